// SPDX-License-Identifier: Apache-2.0

//! State from a preset, blocks made the way a node makes them, and signed transactions.

use crate::{
	constants::time::SLOT_DURATION, genesis_config_presets, tx_extension, AccountId, BlockNumber,
	Executive, Hash, Header, Nonce, Runtime, RuntimeCall, RuntimeGenesisConfig, SignedPayload,
	System, UncheckedExtrinsic,
};
use codec::Encode;
use frame_support::traits::Get;
use serde_json::Value;
use sp_consensus_babe::digests::{CompatibleDigestItem, PreDigest, SecondaryPlainPreDigest};
use sp_core::offchain::{testing::TestTransactionPoolExt, TransactionPoolExt};
use sp_genesis_builder::{PresetId, LOCAL_TESTNET_RUNTIME_PRESET};
use sp_io::TestExternalities;
use sp_keyring::Sr25519Keyring;
use sp_runtime::{generic::Era, BuildStorage, Digest, DigestItem, MultiSignature};

/// Slot of the first block: late enough that block times lie in this decade.
pub const FIRST_SLOT: u64 = 600_000_000;

fn merge(base: &mut Value, patch: Value) {
	match (base, patch) {
		(Value::Object(base), Value::Object(patch)) => {
			for (key, value) in patch {
				merge(base.entry(key).or_insert(Value::Null), value);
			}
		}
		(base, patch) => *base = patch,
	}
}

/// The whole genesis of a preset, as a node builds it from the patch.
pub fn genesis_config(preset: &str) -> RuntimeGenesisConfig {
	let mut config = serde_json::to_value(RuntimeGenesisConfig::default()).unwrap();
	let patch = genesis_config_presets::get_preset(&PresetId::from(preset)).unwrap();
	merge(&mut config, serde_json::from_slice(&patch).unwrap());
	serde_json::from_value(config).unwrap()
}

/// State at genesis of a preset, and the transactions that the runtime submits by itself.
pub fn from_preset(preset: &str) -> (TestExternalities, impl Fn() -> Vec<Vec<u8>>) {
	let mut ext = TestExternalities::new(genesis_config(preset).build_storage().unwrap());
	let (pool, state) = TestTransactionPoolExt::new();
	ext.register_extension(TransactionPoolExt::new(pool));
	(ext, move || core::mem::take(&mut state.write().transactions))
}

/// State of the local test network in its first block, authored by the first authority.
pub fn local_testnet() -> TestExternalities {
	let mut ext = from_preset(LOCAL_TESTNET_RUNTIME_PRESET).0;
	ext.execute_with(|| begin_block(FIRST_SLOT, 0));
	ext
}

/// Digest of a block authored in a secondary slot.
pub fn digest(slot: u64, authority_index: u32) -> Digest {
	let claim =
		PreDigest::SecondaryPlain(SecondaryPlainPreDigest { authority_index, slot: slot.into() });
	Digest { logs: vec![DigestItem::babe_pre_digest(claim)] }
}

/// Begins the first block.
pub fn begin_block(slot: u64, authority_index: u32) {
	begin(1, System::parent_hash(), slot, authority_index);
}

/// Ends the block and begins the next one.
pub fn next_block(slot: u64, authority_index: u32) {
	let parent = Executive::finalize_block();
	begin(parent.number + 1, parent.hash(), slot, authority_index);
}

fn begin(number: BlockNumber, parent_hash: Hash, slot: u64, authority_index: u32) {
	let header = Header {
		parent_hash,
		number,
		state_root: Hash::default(),
		extrinsics_root: Hash::default(),
		digest: digest(slot, authority_index),
	};
	Executive::initialize_block(&header);
	let now = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now: slot * SLOT_DURATION });
	Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(now)).unwrap().unwrap();
}

/// Ends the block and begins the first one of the next session.
pub fn next_session(authority_index: u32) {
	let slot = u64::from(pallet_babe::CurrentSlot::<Runtime>::get());
	next_block(slot + epoch(), authority_index);
}

/// A transaction of this account, immortal and without a tip.
pub fn signed(
	who: Sr25519Keyring,
	nonce: Nonce,
	call: impl Into<RuntimeCall>,
) -> UncheckedExtrinsic {
	signed_with_tip(who, nonce, 0, call)
}

/// A transaction of this account with a tip.
pub fn signed_with_tip(
	who: Sr25519Keyring,
	nonce: Nonce,
	tip: crate::Balance,
	call: impl Into<RuntimeCall>,
) -> UncheckedExtrinsic {
	let extension = tx_extension(Era::Immortal, nonce, tip);
	let payload = SignedPayload::new(call.into(), extension.clone()).unwrap();
	let signature = payload.using_encoded(|bytes| who.sign(bytes));
	let (call, _, _) = payload.deconstruct();
	UncheckedExtrinsic::new_signed(
		call,
		who.to_account_id().into(),
		MultiSignature::Sr25519(signature),
		extension,
	)
}

/// Account of a well-known key.
pub fn account(who: Sr25519Keyring) -> AccountId {
	who.to_account_id()
}

/// Slots in an epoch.
pub fn epoch() -> u64 {
	<Runtime as pallet_babe::Config>::EpochDuration::get()
}

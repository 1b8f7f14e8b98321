// SPDX-License-Identifier: Apache-2.0

//! Genesis of a development chain and of a local test network, with well-known keys.

use crate::{
	configs::{consensus::BABE_GENESIS_EPOCH_CONFIG, TreasuryAccount},
	constants::currency::UNIT,
	AccountId, Balance, BalancesConfig, RuntimeGenesisConfig, SessionConfig, SessionKeys,
	SudoConfig,
};
use alloc::{vec, vec::Vec};
use frame_support::{build_struct_json_patch, traits::TypedGet};
use pallet_babe::GenesisConfig as BabeConfig;
use serde_json::Value;
use sp_genesis_builder::{PresetId, DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};

/// Endowment of each test account.
pub const ENDOWMENT: Balance = 1_000_000 * UNIT;
/// Endowment of the treasury: it must be alive before the first small share reaches it.
pub const TREASURY_ENDOWMENT: Balance = 10_000 * UNIT;

/// A well-known key pair that validates: its account is the stash of its own.
fn validator(keyring: Sr25519Keyring, grandpa: Ed25519Keyring) -> (AccountId, SessionKeys) {
	let keys = SessionKeys { babe: keyring.public().into(), grandpa: grandpa.public().into() };
	(keyring.to_account_id(), keys)
}

fn test_accounts() -> impl Iterator<Item = AccountId> {
	Sr25519Keyring::well_known().map(|key| key.to_account_id())
}

// BABE and GRANDPA take their authorities from the session keys: filled here, they would panic.
fn genesis(validators: Vec<(AccountId, SessionKeys)>, root: AccountId) -> Value {
	let balances = test_accounts()
		.map(|who| (who, ENDOWMENT))
		.chain([(TreasuryAccount::get(), TREASURY_ENDOWMENT)])
		.collect::<Vec<_>>();
	let keys =
		validators.into_iter().map(|(who, keys)| (who.clone(), who, keys)).collect::<Vec<_>>();
	build_struct_json_patch!(RuntimeGenesisConfig {
		balances: BalancesConfig { balances },
		babe: BabeConfig { epoch_config: BABE_GENESIS_EPOCH_CONFIG },
		session: SessionConfig { keys },
		sudo: SudoConfig { key: Some(root) },
	})
}

/// One validator, Alice, who is sudo too.
pub fn development() -> Value {
	genesis(
		vec![validator(Sr25519Keyring::Alice, Ed25519Keyring::Alice)],
		Sr25519Keyring::Alice.to_account_id(),
	)
}

/// Four validators, Alice to Dave: enough that one may fail. Alice is sudo.
pub fn local_testnet() -> Value {
	genesis(
		vec![
			validator(Sr25519Keyring::Alice, Ed25519Keyring::Alice),
			validator(Sr25519Keyring::Bob, Ed25519Keyring::Bob),
			validator(Sr25519Keyring::Charlie, Ed25519Keyring::Charlie),
			validator(Sr25519Keyring::Dave, Ed25519Keyring::Dave),
		],
		Sr25519Keyring::Alice.to_account_id(),
	)
}

/// The preset of this name as JSON.
pub fn get_preset(id: &PresetId) -> Option<Vec<u8>> {
	let patch = match id.as_ref() {
		DEV_RUNTIME_PRESET => development(),
		LOCAL_TESTNET_RUNTIME_PRESET => local_testnet(),
		_ => return None,
	};
	serde_json::to_vec(&patch).ok()
}

/// Names of the presets.
pub fn preset_names() -> Vec<PresetId> {
	vec![PresetId::from(DEV_RUNTIME_PRESET), PresetId::from(LOCAL_TESTNET_RUNTIME_PRESET)]
}

// SPDX-License-Identifier: Apache-2.0

//! The Tenure runtime: which pallets the chain has, in which order, and what a transaction looks
//! like. [`configs`] says how each pallet is set up, [`apis`] what a node can ask.

// The macro of the runtime recurses over its pallets.
#![recursion_limit = "256"]
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
	not(test),
	deny(
		clippy::arithmetic_side_effects,
		clippy::float_arithmetic,
		clippy::indexing_slicing,
		clippy::panic,
		clippy::string_slice,
		clippy::todo,
		clippy::unimplemented,
		clippy::unwrap_used
	)
)]
// What `frame_support::runtime` makes of the list below carries no docs; the modules must.
#![allow(missing_docs)]

extern crate alloc;

pub mod apis;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarks;
#[warn(missing_docs)]
pub mod configs;
#[warn(missing_docs)]
pub mod constants;
#[warn(missing_docs)]
pub mod genesis_config_presets;
#[warn(missing_docs)]
pub mod migrations;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
mod weights;

#[cfg(feature = "std")]
pub use apis::api;
pub use apis::RuntimeApi;
pub use configs::consensus::BABE_GENESIS_EPOCH_CONFIG;
#[cfg(feature = "std")]
pub use wasm::*;

use alloc::vec::Vec;
use sp_runtime::{
	generic::{self, Era},
	impl_opaque_keys,
	traits::{BlakeTwo256, IdentifyAccount, Verify},
	MultiAddress, MultiSignature,
};
use sp_version::RuntimeVersion;

/// The runtime as wasm; `None` if it was built with `SKIP_WASM_BUILD`.
#[cfg(feature = "std")]
mod wasm {
	include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));
}

/// Version of the runtime. `spec_version` rises with every change of behaviour or metadata,
/// `transaction_version` with every change of how an existing transaction is encoded.
#[sp_version::runtime_version]
pub const VERSION: RuntimeVersion = RuntimeVersion {
	spec_name: alloc::borrow::Cow::Borrowed("tenure"),
	impl_name: alloc::borrow::Cow::Borrowed("tenure"),
	authoring_version: 1,
	spec_version: 1,
	impl_version: 1,
	apis: apis::RUNTIME_API_VERSIONS,
	transaction_version: 1,
	system_version: 1,
};

/// Signature of a transaction by an account.
pub type Signature = MultiSignature;
/// Account: the public key or the hash of one, 32 bytes.
pub type AccountId = <<Signature as Verify>::Signer as IdentifyAccount>::AccountId;
/// How a transaction names an account.
pub type Address = MultiAddress<AccountId, ()>;
/// Amount of the native token, in plancks: a TNR has twelve decimals.
pub type Balance = u128;
/// Count of an account's transactions.
pub type Nonce = u32;
/// Hash of blocks, transactions and state.
pub type Hash = sp_core::H256;
/// Number of a block.
pub type BlockNumber = u32;
/// Header of a block.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
/// Block with decoded transactions.
pub type Block = generic::Block<Header, UncheckedExtrinsic>;
/// Block with its justifications.
pub type SignedBlock = generic::SignedBlock<Block>;
/// Number or hash of a block.
pub type BlockId = generic::BlockId<Block>;
/// Transaction as it is submitted.
pub type UncheckedExtrinsic =
	generic::UncheckedExtrinsic<Address, RuntimeCall, Signature, TxExtension>;
/// What the signer of a transaction signs.
pub type SignedPayload = generic::SignedPayload<RuntimeCall, TxExtension>;

/// What surrounds a call in a transaction. Wallets encode these by name, so only standard ones are
/// here, in one pipeline of version 0.
pub type TxExtension = (
	frame_system::AuthorizeCall<Runtime>,
	frame_system::CheckNonZeroSender<Runtime>,
	frame_system::CheckSpecVersion<Runtime>,
	frame_system::CheckTxVersion<Runtime>,
	frame_system::CheckGenesis<Runtime>,
	frame_system::CheckEra<Runtime>,
	frame_system::CheckNonce<Runtime>,
	frame_system::CheckWeight<Runtime>,
	pallet_transaction_payment::ChargeTransactionPayment<Runtime>,
	frame_metadata_hash_extension::CheckMetadataHash<Runtime>,
	frame_system::WeightReclaim<Runtime>,
);

/// The extension of a transaction with this era, nonce and tip, without a metadata hash.
pub fn tx_extension(era: Era, nonce: Nonce, tip: Balance) -> TxExtension {
	(
		frame_system::AuthorizeCall::new(),
		frame_system::CheckNonZeroSender::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckEra::from(era),
		frame_system::CheckNonce::from(nonce),
		frame_system::CheckWeight::new(),
		pallet_transaction_payment::ChargeTransactionPayment::from(tip),
		frame_metadata_hash_extension::CheckMetadataHash::new(false),
		frame_system::WeightReclaim::new(),
	)
}

/// Applies blocks and transactions to the state.
pub type Executive = frame_executive::Executive<
	Runtime,
	Block,
	frame_system::ChainContext<Runtime>,
	Runtime,
	AllPalletsWithSystem,
>;

/// Types for the parts of a node that need not understand transactions.
pub mod opaque {
	use super::{generic, BlakeTwo256, BlockNumber};

	pub use super::SessionKeys;
	pub use sp_runtime::OpaqueExtrinsic as UncheckedExtrinsic;

	/// Header of a block.
	pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
	/// Block with transactions as bytes.
	pub type Block = generic::Block<Header, UncheckedExtrinsic>;
	/// Number or hash of a block.
	pub type BlockId = generic::BlockId<Block>;
	/// Hash of a block.
	pub type Hash = super::Hash;
}

impl_opaque_keys! {
	/// Keys that a validator works with.
	pub struct SessionKeys {
		/// Signs blocks.
		pub babe: Babe,
		/// Votes on finality.
		pub grandpa: Grandpa,
	}
}

/// The pallets. An index is for ever; groups are ten apart, so that each has room to grow:
/// 0 system, 10 money, 20 consensus, 30 accounts, 40 governance, 50 leasing, 60 and on later ones.
/// The order is that of the hooks: authorship before session, which changes the validators it
/// looks up, and accounts before whoever needs them at genesis.
#[frame_support::runtime]
mod runtime {
	/// The runtime.
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Runtime;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Timestamp = pallet_timestamp;

	#[runtime::pallet_index(10)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(11)]
	pub type TransactionPayment = pallet_transaction_payment;
	#[runtime::pallet_index(12)]
	pub type Assets = pallet_assets;

	#[runtime::pallet_index(20)]
	pub type Babe = pallet_babe;
	#[runtime::pallet_index(21)]
	pub type Authorship = pallet_authorship;
	#[runtime::pallet_index(22)]
	pub type Offences = pallet_offences;
	#[runtime::pallet_index(23)]
	pub type Historical = pallet_session::historical;
	#[runtime::pallet_index(24)]
	pub type Session = pallet_session;
	#[runtime::pallet_index(25)]
	pub type Grandpa = pallet_grandpa;

	#[runtime::pallet_index(30)]
	pub type Utility = pallet_utility;
	#[runtime::pallet_index(31)]
	pub type Multisig = pallet_multisig;
	#[runtime::pallet_index(32)]
	pub type Proxy = pallet_proxy;

	#[runtime::pallet_index(40)]
	pub type Treasury = pallet_treasury;
	#[runtime::pallet_index(41)]
	pub type Preimage = pallet_preimage;
	#[runtime::pallet_index(42)]
	pub type Scheduler = pallet_scheduler;
	#[runtime::pallet_index(43)]
	pub type Parameters = pallet_parameters;
	#[runtime::pallet_index(49)]
	pub type Sudo = pallet_sudo;

	#[runtime::pallet_index(50)]
	pub type DeviceRegistry = pallet_device_registry;
	#[runtime::pallet_index(51)]
	pub type UsageToken = pallet_usage_token;
	#[runtime::pallet_index(52)]
	pub type LeaseEscrow = pallet_lease_escrow;
	#[runtime::pallet_index(53)]
	pub type Attestation = pallet_attestation;
	#[runtime::pallet_index(54)]
	pub type Arbitration = pallet_arbitration;
}

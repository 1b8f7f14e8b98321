// SPDX-License-Identifier: Apache-2.0

//! The pallets that can be benchmarked in this runtime. Session and offences can't: their
//! benchmarks need the staking pallet. BABE and GRANDPA have weights for `()` only.

use crate::*;
use alloc::string::String;
use frame_benchmarking::{
	baseline::{self, Pallet as BaselineBench},
	BenchmarkBatch, BenchmarkConfig, BenchmarkList,
};
use frame_support::traits::{StorageInfo, StorageInfoTrait, WhitelistedStorageKeys};
use frame_system_benchmarking::{
	extensions::Pallet as SystemExtensionsBench, Pallet as SystemBench,
};
use sp_storage::TrackedStorageKey;

frame_benchmarking::define_benchmarks!(
	[frame_benchmarking, BaselineBench::<Runtime>]
	[frame_system, SystemBench::<Runtime>]
	[frame_system_extensions, SystemExtensionsBench::<Runtime>]
	[pallet_assets, Assets]
	[pallet_arbitration, Arbitration]
	[pallet_attestation, Attestation]
	[pallet_balances, Balances]
	[pallet_device_registry, DeviceRegistry]
	[pallet_lease_escrow, LeaseEscrow]
	[pallet_multisig, Multisig]
	[pallet_parameters, Parameters]
	[pallet_preimage, Preimage]
	[pallet_proxy, Proxy]
	[pallet_scheduler, Scheduler]
	[pallet_sudo, Sudo]
	[pallet_timestamp, Timestamp]
	[pallet_transaction_payment, TransactionPayment]
	[pallet_treasury, Treasury]
	[pallet_usage_token, UsageToken]
	[pallet_utility, Utility]
);

impl frame_system_benchmarking::Config for Runtime {}
impl baseline::Config for Runtime {}
impl pallet_transaction_payment::BenchmarkConfig for Runtime {}

/// What can be run, and the storage of all pallets.
pub fn metadata(extra: bool) -> (Vec<BenchmarkList>, Vec<StorageInfo>) {
	let mut list = Vec::<BenchmarkList>::new();
	list_benchmarks!(list, extra);
	(list, AllPalletsWithSystem::storage_info())
}

/// Runs what `config` names.
pub fn dispatch(config: BenchmarkConfig) -> Result<Vec<BenchmarkBatch>, String> {
	let whitelist: Vec<TrackedStorageKey> = AllPalletsWithSystem::whitelisted_storage_keys();
	let mut batches = Vec::<BenchmarkBatch>::new();
	let params = (&config, &whitelist);
	add_benchmarks!(params, batches);
	Ok(batches)
}

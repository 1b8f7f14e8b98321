// SPDX-License-Identifier: Apache-2.0

//! Weights of `pallet_lease_escrow`. Made by `scripts/benchmark.sh`; don't edit.
//!
//! Date: 2026-11-20, steps: 20, repeats: 10, processor: AMD EPYC

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(missing_docs)]
#![allow(unused_parens)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// Weight functions needed for `pallet_lease_escrow`.
pub trait WeightInfo {
	fn bond() -> Weight;
	fn unbond() -> Weight;
	fn rent() -> Weight;
	fn book() -> Weight;
	fn cancel() -> Weight;
	fn end() -> Weight;
	fn settle() -> Weight;
	fn settle_close() -> Weight;
	fn withdraw_unbonded() -> Weight;
	fn set_access_key() -> Weight;
	fn set_payout() -> Weight;
	fn extend() -> Weight;
	fn revoke() -> Weight;
	fn revoke_running() -> Weight;
	fn claim(n: u32, ) -> Weight;
	fn sweep_base() -> Weight;
	fn sweep_end() -> Weight;
	fn sweep_close() -> Weight;
}

/// Weights of `pallet_lease_escrow` with the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Bonds` (r:1 w:1)
	/// Proof: `LeaseEscrow::Bonds` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(211), added: 2686, mode: `MaxEncodedLen`)
	fn bond() -> Weight {
		// Minimum execution time: 72_218_000 picoseconds.
		Weight::from_parts(78_276_000, 3676)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	/// Storage: `LeaseEscrow::Bonds` (r:1 w:1)
	/// Proof: `LeaseEscrow::Bonds` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Unbondings` (r:1 w:1)
	/// Proof: `LeaseEscrow::Unbondings` (`max_values`: None, `max_size`: Some(241), added: 2716, mode: `MaxEncodedLen`)
	fn unbond() -> Weight {
		// Estimated, not measured yet.
		Weight::from_parts(48_000_000, 3706)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Series` (r:1 w:1)
	/// Proof: `UsageToken::Series` (`max_values`: None, `max_size`: Some(1749), added: 4224, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::Devices` (r:1 w:0)
	/// Proof: `DeviceRegistry::Devices` (`max_values`: None, `max_size`: Some(549), added: 3024, mode: `MaxEncodedLen`)
	/// Storage: `Attestation::Livenesses` (r:1 w:0)
	/// Proof: `Attestation::Livenesses` (`max_values`: None, `max_size`: Some(230), added: 2705, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Bonds` (r:1 w:1)
	/// Proof: `LeaseEscrow::Bonds` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Calendars` (r:1 w:1)
	/// Proof: `LeaseEscrow::Calendars` (`max_values`: None, `max_size`: Some(2322), added: 4797, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Lifetimes` (r:1 w:1)
	/// Proof: `LeaseEscrow::Lifetimes` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::Fleets` (r:1 w:0)
	/// Proof: `DeviceRegistry::Fleets` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Windows` (r:1 w:1)
	/// Proof: `UsageToken::Windows` (`max_values`: None, `max_size`: Some(786), added: 3261, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::FleetTimes` (r:1 w:1)
	/// Proof: `UsageToken::FleetTimes` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::FleetChanges` (r:8 w:6)
	/// Proof: `UsageToken::FleetChanges` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(211), added: 2686, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::NextLeaseId` (r:1 w:1)
	/// Proof: `LeaseEscrow::NextLeaseId` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:1 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Leases` (r:1 w:1)
	/// Proof: `LeaseEscrow::Leases` (`max_values`: None, `max_size`: Some(420), added: 2895, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Deadlines` (r:0 w:1)
	/// Proof: `LeaseEscrow::Deadlines` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::AccessGrants` (r:0 w:1)
	/// Proof: `LeaseEscrow::AccessGrants` (`max_values`: None, `max_size`: Some(200), added: 2675, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::LeasesByTenant` (r:0 w:1)
	/// Proof: `LeaseEscrow::LeasesByTenant` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::LeasesBySeries` (r:0 w:1)
	/// Proof: `LeaseEscrow::LeasesBySeries` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	fn rent() -> Weight {
		// Minimum execution time: 286_155_000 picoseconds.
		Weight::from_parts(338_543_000, 21014)
			.saturating_add(T::DbWeight::get().reads(22))
			.saturating_add(T::DbWeight::get().writes(19))
	}
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Series` (r:1 w:0)
	/// Proof: `UsageToken::Series` (`max_values`: None, `max_size`: Some(1749), added: 4224, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::Devices` (r:1 w:0)
	/// Proof: `DeviceRegistry::Devices` (`max_values`: None, `max_size`: Some(549), added: 3024, mode: `MaxEncodedLen`)
	/// Storage: `Attestation::Livenesses` (r:1 w:0)
	/// Proof: `Attestation::Livenesses` (`max_values`: None, `max_size`: Some(230), added: 2705, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Bonds` (r:1 w:1)
	/// Proof: `LeaseEscrow::Bonds` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Calendars` (r:1 w:1)
	/// Proof: `LeaseEscrow::Calendars` (`max_values`: None, `max_size`: Some(2322), added: 4797, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Lifetimes` (r:1 w:1)
	/// Proof: `LeaseEscrow::Lifetimes` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:2 w:2)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(211), added: 2686, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:1 w:1)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Windows` (r:1 w:1)
	/// Proof: `UsageToken::Windows` (`max_values`: None, `max_size`: Some(786), added: 3261, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::FleetTimes` (r:1 w:1)
	/// Proof: `UsageToken::FleetTimes` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::FleetChanges` (r:8 w:6)
	/// Proof: `UsageToken::FleetChanges` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::NextLeaseId` (r:1 w:1)
	/// Proof: `LeaseEscrow::NextLeaseId` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:1 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Leases` (r:1 w:1)
	/// Proof: `LeaseEscrow::Leases` (`max_values`: None, `max_size`: Some(420), added: 2895, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Deadlines` (r:0 w:1)
	/// Proof: `LeaseEscrow::Deadlines` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::AccessGrants` (r:0 w:1)
	/// Proof: `LeaseEscrow::AccessGrants` (`max_values`: None, `max_size`: Some(200), added: 2675, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::LeasesByTenant` (r:0 w:1)
	/// Proof: `LeaseEscrow::LeasesByTenant` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::LeasesBySeries` (r:0 w:1)
	/// Proof: `LeaseEscrow::LeasesBySeries` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	fn book() -> Weight {
		// Minimum execution time: 349_930_000 picoseconds.
		Weight::from_parts(383_570_000, 21014)
			.saturating_add(T::DbWeight::get().reads(25))
			.saturating_add(T::DbWeight::get().writes(22))
	}
	/// Storage: `LeaseEscrow::NextLeaseId` (r:1 w:0)
	/// Proof: `LeaseEscrow::NextLeaseId` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Leases` (r:3 w:1)
	/// Proof: `LeaseEscrow::Leases` (`max_values`: None, `max_size`: Some(420), added: 2895, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Series` (r:1 w:0)
	/// Proof: `UsageToken::Series` (`max_values`: None, `max_size`: Some(1749), added: 4224, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:2 w:2)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(211), added: 2686, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:3 w:3)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:1 w:1)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Windows` (r:1 w:1)
	/// Proof: `UsageToken::Windows` (`max_values`: None, `max_size`: Some(786), added: 3261, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::FleetTimes` (r:1 w:1)
	/// Proof: `UsageToken::FleetTimes` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::FleetChanges` (r:8 w:6)
	/// Proof: `UsageToken::FleetChanges` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Bonds` (r:1 w:1)
	/// Proof: `LeaseEscrow::Bonds` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Calendars` (r:1 w:1)
	/// Proof: `LeaseEscrow::Calendars` (`max_values`: None, `max_size`: Some(2322), added: 4797, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::Devices` (r:1 w:0)
	/// Proof: `DeviceRegistry::Devices` (`max_values`: None, `max_size`: Some(549), added: 3024, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Deadlines` (r:0 w:1)
	/// Proof: `LeaseEscrow::Deadlines` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::AccessGrants` (r:0 w:1)
	/// Proof: `LeaseEscrow::AccessGrants` (`max_values`: None, `max_size`: Some(200), added: 2675, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::LeasesByTenant` (r:0 w:1)
	/// Proof: `LeaseEscrow::LeasesByTenant` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::LeasesBySeries` (r:0 w:1)
	/// Proof: `LeaseEscrow::LeasesBySeries` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Payouts` (r:0 w:1)
	/// Proof: `LeaseEscrow::Payouts` (`max_values`: None, `max_size`: Some(146), added: 2621, mode: `MaxEncodedLen`)
	fn cancel() -> Weight {
		// Minimum execution time: 413_465_000 picoseconds.
		Weight::from_parts(482_518_000, 21014)
			.saturating_add(T::DbWeight::get().reads(26))
			.saturating_add(T::DbWeight::get().writes(23))
	}
	/// Storage: `LeaseEscrow::NextLeaseId` (r:1 w:0)
	/// Proof: `LeaseEscrow::NextLeaseId` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Leases` (r:2 w:1)
	/// Proof: `LeaseEscrow::Leases` (`max_values`: None, `max_size`: Some(420), added: 2895, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Series` (r:1 w:0)
	/// Proof: `UsageToken::Series` (`max_values`: None, `max_size`: Some(1749), added: 4224, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:2 w:2)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(211), added: 2686, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:1 w:1)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Windows` (r:1 w:1)
	/// Proof: `UsageToken::Windows` (`max_values`: None, `max_size`: Some(786), added: 3261, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::FleetTimes` (r:1 w:1)
	/// Proof: `UsageToken::FleetTimes` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::FleetChanges` (r:8 w:6)
	/// Proof: `UsageToken::FleetChanges` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Calendars` (r:1 w:1)
	/// Proof: `LeaseEscrow::Calendars` (`max_values`: None, `max_size`: Some(2322), added: 4797, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::Devices` (r:1 w:0)
	/// Proof: `DeviceRegistry::Devices` (`max_values`: None, `max_size`: Some(549), added: 3024, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Deadlines` (r:0 w:2)
	/// Proof: `LeaseEscrow::Deadlines` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::AccessGrants` (r:0 w:1)
	/// Proof: `LeaseEscrow::AccessGrants` (`max_values`: None, `max_size`: Some(200), added: 2675, mode: `MaxEncodedLen`)
	fn end() -> Weight {
		// Minimum execution time: 281_309_000 picoseconds.
		Weight::from_parts(325_574_000, 21014)
			.saturating_add(T::DbWeight::get().reads(22))
			.saturating_add(T::DbWeight::get().writes(18))
	}
	/// Storage: `LeaseEscrow::NextLeaseId` (r:1 w:0)
	/// Proof: `LeaseEscrow::NextLeaseId` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Leases` (r:3 w:1)
	/// Proof: `LeaseEscrow::Leases` (`max_values`: None, `max_size`: Some(420), added: 2895, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Calendars` (r:1 w:0)
	/// Proof: `LeaseEscrow::Calendars` (`max_values`: None, `max_size`: Some(2322), added: 4797, mode: `MaxEncodedLen`)
	/// Storage: `Attestation::Livenesses` (r:1 w:0)
	/// Proof: `Attestation::Livenesses` (`max_values`: None, `max_size`: Some(230), added: 2705, mode: `MaxEncodedLen`)
	/// Storage: `Attestation::ProvenMinutes` (r:1 w:0)
	/// Proof: `Attestation::ProvenMinutes` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(211), added: 2686, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::AccessGrants` (r:0 w:1)
	/// Proof: `LeaseEscrow::AccessGrants` (`max_values`: None, `max_size`: Some(200), added: 2675, mode: `MaxEncodedLen`)
	fn settle() -> Weight {
		// Minimum execution time: 159_597_000 picoseconds.
		Weight::from_parts(171_044_000, 9651)
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	/// Storage: `LeaseEscrow::NextLeaseId` (r:1 w:0)
	/// Proof: `LeaseEscrow::NextLeaseId` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Leases` (r:3 w:1)
	/// Proof: `LeaseEscrow::Leases` (`max_values`: None, `max_size`: Some(420), added: 2895, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Calendars` (r:1 w:1)
	/// Proof: `LeaseEscrow::Calendars` (`max_values`: None, `max_size`: Some(2322), added: 4797, mode: `MaxEncodedLen`)
	/// Storage: `Attestation::Livenesses` (r:1 w:0)
	/// Proof: `Attestation::Livenesses` (`max_values`: None, `max_size`: Some(230), added: 2705, mode: `MaxEncodedLen`)
	/// Storage: `Attestation::ProvenMinutes` (r:1 w:1)
	/// Proof: `Attestation::ProvenMinutes` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Lifetimes` (r:1 w:1)
	/// Proof: `LeaseEscrow::Lifetimes` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:2 w:2)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(211), added: 2686, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Bonds` (r:1 w:1)
	/// Proof: `LeaseEscrow::Bonds` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Deadlines` (r:0 w:1)
	/// Proof: `LeaseEscrow::Deadlines` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::AccessGrants` (r:0 w:1)
	/// Proof: `LeaseEscrow::AccessGrants` (`max_values`: None, `max_size`: Some(200), added: 2675, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::LeasesByTenant` (r:0 w:1)
	/// Proof: `LeaseEscrow::LeasesByTenant` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::LeasesBySeries` (r:0 w:1)
	/// Proof: `LeaseEscrow::LeasesBySeries` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Payouts` (r:0 w:1)
	/// Proof: `LeaseEscrow::Payouts` (`max_values`: None, `max_size`: Some(146), added: 2621, mode: `MaxEncodedLen`)
	fn settle_close() -> Weight {
		// Minimum execution time: 291_284_000 picoseconds.
		Weight::from_parts(304_283_000, 9651)
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().writes(14))
	}
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Unbondings` (r:1 w:1)
	/// Proof: `LeaseEscrow::Unbondings` (`max_values`: None, `max_size`: Some(241), added: 2716, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(211), added: 2686, mode: `MaxEncodedLen`)
	fn withdraw_unbonded() -> Weight {
		// Estimated, not measured yet.
		Weight::from_parts(66_000_000, 3706)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	/// Storage: `LeaseEscrow::NextLeaseId` (r:1 w:0)
	/// Proof: `LeaseEscrow::NextLeaseId` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Leases` (r:1 w:1)
	/// Proof: `LeaseEscrow::Leases` (`max_values`: None, `max_size`: Some(420), added: 2895, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::AccessGrants` (r:1 w:1)
	/// Proof: `LeaseEscrow::AccessGrants` (`max_values`: None, `max_size`: Some(200), added: 2675, mode: `MaxEncodedLen`)
	fn set_access_key() -> Weight {
		// Estimated, not measured yet.
		Weight::from_parts(48_000_000, 3885)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	/// Storage: `LeaseEscrow::NextLeaseId` (r:1 w:0)
	/// Proof: `LeaseEscrow::NextLeaseId` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Leases` (r:1 w:1)
	/// Proof: `LeaseEscrow::Leases` (`max_values`: None, `max_size`: Some(420), added: 2895, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Payouts` (r:0 w:1)
	/// Proof: `LeaseEscrow::Payouts` (`max_values`: None, `max_size`: Some(146), added: 2621, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::AccessGrants` (r:1 w:1)
	/// Proof: `LeaseEscrow::AccessGrants` (`max_values`: None, `max_size`: Some(200), added: 2675, mode: `MaxEncodedLen`)
	fn set_payout() -> Weight {
		// Estimated, not measured yet.
		Weight::from_parts(55_000_000, 3885)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	/// Storage: `LeaseEscrow::NextLeaseId` (r:1 w:0)
	/// Proof: `LeaseEscrow::NextLeaseId` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Leases` (r:1 w:1)
	/// Proof: `LeaseEscrow::Leases` (`max_values`: None, `max_size`: Some(420), added: 2895, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Series` (r:1 w:1)
	/// Proof: `UsageToken::Series` (`max_values`: None, `max_size`: Some(1749), added: 4224, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::Devices` (r:1 w:0)
	/// Proof: `DeviceRegistry::Devices` (`max_values`: None, `max_size`: Some(549), added: 3024, mode: `MaxEncodedLen`)
	/// Storage: `Attestation::Livenesses` (r:1 w:0)
	/// Proof: `Attestation::Livenesses` (`max_values`: None, `max_size`: Some(230), added: 2705, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Bonds` (r:1 w:1)
	/// Proof: `LeaseEscrow::Bonds` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Calendars` (r:1 w:1)
	/// Proof: `LeaseEscrow::Calendars` (`max_values`: None, `max_size`: Some(2322), added: 4797, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:1 w:1)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Windows` (r:1 w:1)
	/// Proof: `UsageToken::Windows` (`max_values`: None, `max_size`: Some(786), added: 3261, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:2 w:2)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(211), added: 2686, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Deadlines` (r:0 w:2)
	/// Proof: `LeaseEscrow::Deadlines` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::AccessGrants` (r:1 w:1)
	/// Proof: `LeaseEscrow::AccessGrants` (`max_values`: None, `max_size`: Some(200), added: 2675, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::FleetTimes` (r:1 w:1)
	/// Proof: `UsageToken::FleetTimes` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::FleetChanges` (r:20 w:14)
	/// Proof: `UsageToken::FleetChanges` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	fn extend() -> Weight {
		// Estimated, not measured yet.
		Weight::from_parts(650_000_000, 21014)
			.saturating_add(T::DbWeight::get().reads(37))
			.saturating_add(T::DbWeight::get().writes(29))
	}
	/// Storage: `LeaseEscrow::NextLeaseId` (r:1 w:0)
	/// Proof: `LeaseEscrow::NextLeaseId` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Leases` (r:3 w:1)
	/// Proof: `LeaseEscrow::Leases` (`max_values`: None, `max_size`: Some(420), added: 2895, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:2 w:2)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(211), added: 2686, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Bonds` (r:1 w:1)
	/// Proof: `LeaseEscrow::Bonds` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Calendars` (r:1 w:1)
	/// Proof: `LeaseEscrow::Calendars` (`max_values`: None, `max_size`: Some(2322), added: 4797, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::Devices` (r:1 w:0)
	/// Proof: `DeviceRegistry::Devices` (`max_values`: None, `max_size`: Some(549), added: 3024, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Deadlines` (r:0 w:1)
	/// Proof: `LeaseEscrow::Deadlines` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Payouts` (r:0 w:1)
	/// Proof: `LeaseEscrow::Payouts` (`max_values`: None, `max_size`: Some(146), added: 2621, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::AccessGrants` (r:0 w:1)
	/// Proof: `LeaseEscrow::AccessGrants` (`max_values`: None, `max_size`: Some(200), added: 2675, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::LeasesByTenant` (r:0 w:1)
	/// Proof: `LeaseEscrow::LeasesByTenant` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::LeasesBySeries` (r:0 w:1)
	/// Proof: `LeaseEscrow::LeasesBySeries` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::FleetTimes` (r:1 w:1)
	/// Proof: `UsageToken::FleetTimes` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::FleetChanges` (r:8 w:6)
	/// Proof: `UsageToken::FleetChanges` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	fn revoke() -> Weight {
		// Estimated, not measured yet.
		Weight::from_parts(450_000_000, 21014)
			.saturating_add(T::DbWeight::get().reads(21))
			.saturating_add(T::DbWeight::get().writes(19))
	}
	/// Storage: `LeaseEscrow::NextLeaseId` (r:1 w:0)
	/// Proof: `LeaseEscrow::NextLeaseId` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Leases` (r:2 w:1)
	/// Proof: `LeaseEscrow::Leases` (`max_values`: None, `max_size`: Some(420), added: 2895, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Series` (r:1 w:0)
	/// Proof: `UsageToken::Series` (`max_values`: None, `max_size`: Some(1749), added: 4224, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Calendars` (r:1 w:1)
	/// Proof: `LeaseEscrow::Calendars` (`max_values`: None, `max_size`: Some(2322), added: 4797, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::Devices` (r:1 w:0)
	/// Proof: `DeviceRegistry::Devices` (`max_values`: None, `max_size`: Some(549), added: 3024, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Deadlines` (r:0 w:2)
	/// Proof: `LeaseEscrow::Deadlines` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::AccessGrants` (r:0 w:1)
	/// Proof: `LeaseEscrow::AccessGrants` (`max_values`: None, `max_size`: Some(200), added: 2675, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::FleetTimes` (r:1 w:1)
	/// Proof: `UsageToken::FleetTimes` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::FleetChanges` (r:8 w:6)
	/// Proof: `UsageToken::FleetChanges` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	fn revoke_running() -> Weight {
		// Estimated, not measured yet.
		Weight::from_parts(326_000_000, 21014)
			.saturating_add(T::DbWeight::get().reads(16))
			.saturating_add(T::DbWeight::get().writes(12))
	}
	/// `n` is in `[0, 32]`.
	/// Storage: `LeaseEscrow::NextLeaseId` (r:1 w:0)
	/// Proof: `LeaseEscrow::NextLeaseId` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Leases` (r:3 * n w:1 * n)
	/// Proof: `LeaseEscrow::Leases` (`max_values`: None, `max_size`: Some(420), added: 2895, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Calendars` (r:1 * n w:1 * n)
	/// Proof: `LeaseEscrow::Calendars` (`max_values`: None, `max_size`: Some(2322), added: 4797, mode: `MaxEncodedLen`)
	/// Storage: `Attestation::Livenesses` (r:1 * n w:0)
	/// Proof: `Attestation::Livenesses` (`max_values`: None, `max_size`: Some(230), added: 2705, mode: `MaxEncodedLen`)
	/// Storage: `Attestation::ProvenMinutes` (r:1 * n w:1 * n)
	/// Proof: `Attestation::ProvenMinutes` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Lifetimes` (r:1 * n w:1 * n)
	/// Proof: `LeaseEscrow::Lifetimes` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:2 * n w:2 * n)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(211), added: 2686, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 + 2 * n w:1 + 2 * n)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Bonds` (r:1 * n w:1 * n)
	/// Proof: `LeaseEscrow::Bonds` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Deadlines` (r:0 w:1 * n)
	/// Proof: `LeaseEscrow::Deadlines` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::AccessGrants` (r:0 w:1 * n)
	/// Proof: `LeaseEscrow::AccessGrants` (`max_values`: None, `max_size`: Some(200), added: 2675, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Payouts` (r:0 w:1 * n)
	/// Proof: `LeaseEscrow::Payouts` (`max_values`: None, `max_size`: Some(146), added: 2621, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::LeasesByTenant` (r:0 w:1 * n)
	/// Proof: `LeaseEscrow::LeasesByTenant` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::LeasesBySeries` (r:0 w:1 * n)
	/// Proof: `LeaseEscrow::LeasesBySeries` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	fn claim(n: u32, ) -> Weight {
		// Estimated, not measured yet.
		Weight::from_parts(20_000_000, 3593)
			.saturating_add(Weight::from_parts(310_000_000, 9651).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().reads((12_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes((14_u64).saturating_mul(n.into())))
	}
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Deadlines` (r:1 w:0)
	/// Proof: `LeaseEscrow::Deadlines` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	fn sweep_base() -> Weight {
		// Minimum execution time: 10_235_000 picoseconds.
		Weight::from_parts(12_088_000, 3485)
			.saturating_add(T::DbWeight::get().reads(2))
	}
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Deadlines` (r:2 w:2)
	/// Proof: `LeaseEscrow::Deadlines` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Leases` (r:3 w:1)
	/// Proof: `LeaseEscrow::Leases` (`max_values`: None, `max_size`: Some(420), added: 2895, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Calendars` (r:1 w:0)
	/// Proof: `LeaseEscrow::Calendars` (`max_values`: None, `max_size`: Some(2322), added: 4797, mode: `MaxEncodedLen`)
	/// Storage: `Attestation::Livenesses` (r:1 w:0)
	/// Proof: `Attestation::Livenesses` (`max_values`: None, `max_size`: Some(230), added: 2705, mode: `MaxEncodedLen`)
	/// Storage: `Attestation::ProvenMinutes` (r:1 w:0)
	/// Proof: `Attestation::ProvenMinutes` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::AccessGrants` (r:0 w:1)
	/// Proof: `LeaseEscrow::AccessGrants` (`max_values`: None, `max_size`: Some(200), added: 2675, mode: `MaxEncodedLen`)
	fn sweep_end() -> Weight {
		// Minimum execution time: 60_870_000 picoseconds.
		Weight::from_parts(67_891_000, 9651)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Deadlines` (r:2 w:1)
	/// Proof: `LeaseEscrow::Deadlines` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Leases` (r:3 w:1)
	/// Proof: `LeaseEscrow::Leases` (`max_values`: None, `max_size`: Some(420), added: 2895, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Calendars` (r:1 w:1)
	/// Proof: `LeaseEscrow::Calendars` (`max_values`: None, `max_size`: Some(2322), added: 4797, mode: `MaxEncodedLen`)
	/// Storage: `Attestation::Livenesses` (r:1 w:0)
	/// Proof: `Attestation::Livenesses` (`max_values`: None, `max_size`: Some(230), added: 2705, mode: `MaxEncodedLen`)
	/// Storage: `Attestation::ProvenMinutes` (r:1 w:1)
	/// Proof: `Attestation::ProvenMinutes` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Lifetimes` (r:1 w:1)
	/// Proof: `LeaseEscrow::Lifetimes` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:2 w:2)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(211), added: 2686, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Bonds` (r:1 w:1)
	/// Proof: `LeaseEscrow::Bonds` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::AccessGrants` (r:0 w:1)
	/// Proof: `LeaseEscrow::AccessGrants` (`max_values`: None, `max_size`: Some(200), added: 2675, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::LeasesByTenant` (r:0 w:1)
	/// Proof: `LeaseEscrow::LeasesByTenant` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::LeasesBySeries` (r:0 w:1)
	/// Proof: `LeaseEscrow::LeasesBySeries` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Payouts` (r:0 w:1)
	/// Proof: `LeaseEscrow::Payouts` (`max_values`: None, `max_size`: Some(146), added: 2621, mode: `MaxEncodedLen`)
	fn sweep_close() -> Weight {
		// Minimum execution time: 295_249_000 picoseconds.
		Weight::from_parts(320_106_000, 9651)
			.saturating_add(T::DbWeight::get().reads(15))
			.saturating_add(T::DbWeight::get().writes(14))
	}
}

// For tests.
impl WeightInfo for () {
	fn bond() -> Weight {
		Weight::from_parts(78_276_000, 3676)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(3))
	}
	fn unbond() -> Weight {
		Weight::from_parts(48_000_000, 3706)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn rent() -> Weight {
		Weight::from_parts(338_543_000, 21014)
			.saturating_add(ParityDbWeight::get().reads(22))
			.saturating_add(ParityDbWeight::get().writes(19))
	}
	fn book() -> Weight {
		Weight::from_parts(383_570_000, 21014)
			.saturating_add(ParityDbWeight::get().reads(25))
			.saturating_add(ParityDbWeight::get().writes(22))
	}
	fn cancel() -> Weight {
		Weight::from_parts(482_518_000, 21014)
			.saturating_add(ParityDbWeight::get().reads(26))
			.saturating_add(ParityDbWeight::get().writes(23))
	}
	fn end() -> Weight {
		Weight::from_parts(325_574_000, 21014)
			.saturating_add(ParityDbWeight::get().reads(22))
			.saturating_add(ParityDbWeight::get().writes(18))
	}
	fn settle() -> Weight {
		Weight::from_parts(171_044_000, 9651)
			.saturating_add(ParityDbWeight::get().reads(11))
			.saturating_add(ParityDbWeight::get().writes(5))
	}
	fn settle_close() -> Weight {
		Weight::from_parts(304_283_000, 9651)
			.saturating_add(ParityDbWeight::get().reads(14))
			.saturating_add(ParityDbWeight::get().writes(14))
	}
	fn withdraw_unbonded() -> Weight {
		Weight::from_parts(66_000_000, 3706)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(3))
	}
	fn set_access_key() -> Weight {
		Weight::from_parts(48_000_000, 3885)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn set_payout() -> Weight {
		Weight::from_parts(55_000_000, 3885)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(3))
	}
	fn extend() -> Weight {
		Weight::from_parts(650_000_000, 21014)
			.saturating_add(ParityDbWeight::get().reads(37))
			.saturating_add(ParityDbWeight::get().writes(29))
	}
	fn revoke() -> Weight {
		Weight::from_parts(450_000_000, 21014)
			.saturating_add(ParityDbWeight::get().reads(21))
			.saturating_add(ParityDbWeight::get().writes(19))
	}
	fn revoke_running() -> Weight {
		Weight::from_parts(326_000_000, 21014)
			.saturating_add(ParityDbWeight::get().reads(16))
			.saturating_add(ParityDbWeight::get().writes(12))
	}
	fn claim(n: u32, ) -> Weight {
		Weight::from_parts(20_000_000, 3593)
			.saturating_add(Weight::from_parts(310_000_000, 9651).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().reads((12_u64).saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(1))
			.saturating_add(ParityDbWeight::get().writes((14_u64).saturating_mul(n.into())))
	}
	fn sweep_base() -> Weight {
		Weight::from_parts(12_088_000, 3485)
			.saturating_add(ParityDbWeight::get().reads(2))
	}
	fn sweep_end() -> Weight {
		Weight::from_parts(67_891_000, 9651)
			.saturating_add(ParityDbWeight::get().reads(9))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn sweep_close() -> Weight {
		Weight::from_parts(320_106_000, 9651)
			.saturating_add(ParityDbWeight::get().reads(15))
			.saturating_add(ParityDbWeight::get().writes(14))
	}
}

// SPDX-License-Identifier: Apache-2.0

//! Weights of `pallet_device_registry`. Made by `scripts/benchmark.sh`; don't edit.
//!
//! Date: 2026-11-20, steps: 20, repeats: 10, processor: AMD EPYC

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(missing_docs)]
#![allow(unused_parens)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// Weight functions needed for `pallet_device_registry`.
pub trait WeightInfo {
	fn register() -> Weight;
	fn update() -> Weight;
	fn retire() -> Weight;
	fn offer_transfer() -> Weight;
	fn withdraw_transfer() -> Weight;
	fn accept_transfer(l: u32, ) -> Weight;
	fn release_key() -> Weight;
	fn rotate_key() -> Weight;
	fn report_missing() -> Weight;
	fn report_found() -> Weight;
	fn force_retire(l: u32, ) -> Weight;
	fn create_fleet() -> Weight;
	fn add_to_fleet() -> Weight;
	fn remove_from_fleet() -> Weight;
	fn disband_fleet(d: u32, ) -> Weight;
}

/// Weights of `pallet_device_registry` with the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `DeviceRegistry::ActiveKeys` (r:1 w:0)
	/// Proof: `DeviceRegistry::ActiveKeys` (`max_values`: None, `max_size`: Some(58), added: 2533, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::NextDeviceId` (r:1 w:1)
	/// Proof: `DeviceRegistry::NextDeviceId` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::DevicesByOwner` (r:0 w:1)
	/// Proof: `DeviceRegistry::DevicesByOwner` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::Devices` (r:0 w:1)
	/// Proof: `DeviceRegistry::Devices` (`max_values`: None, `max_size`: Some(558), added: 3033, mode: `MaxEncodedLen`)
	fn register() -> Weight {
		// Minimum execution time: 68_682_000 picoseconds.
		Weight::from_parts(104_506_000, 3730)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	/// Storage: `DeviceRegistry::Devices` (r:1 w:1)
	/// Proof: `DeviceRegistry::Devices` (`max_values`: None, `max_size`: Some(558), added: 3033, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::ActiveKeys` (r:1 w:0)
	/// Proof: `DeviceRegistry::ActiveKeys` (`max_values`: None, `max_size`: Some(58), added: 2533, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	fn update() -> Weight {
		// Minimum execution time: 65_768_000 picoseconds.
		Weight::from_parts(92_587_000, 4023)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	/// Storage: `DeviceRegistry::Devices` (r:1 w:1)
	/// Proof: `DeviceRegistry::Devices` (`max_values`: None, `max_size`: Some(558), added: 3033, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Windows` (r:1 w:0)
	/// Proof: `UsageToken::Windows` (`max_values`: None, `max_size`: Some(1042), added: 3517, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Calendars` (r:1 w:0)
	/// Proof: `LeaseEscrow::Calendars` (`max_values`: None, `max_size`: Some(2642), added: 5117, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Requests` (r:1 w:0)
	/// Proof: `LeaseEscrow::Requests` (`max_values`: None, `max_size`: Some(673), added: 3148, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Lifetimes` (r:1 w:0)
	/// Proof: `LeaseEscrow::Lifetimes` (`max_values`: None, `max_size`: Some(76), added: 2551, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::DevicesByOwner` (r:0 w:1)
	/// Proof: `DeviceRegistry::DevicesByOwner` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::ActiveKeys` (r:0 w:1)
	/// Proof: `DeviceRegistry::ActiveKeys` (`max_values`: None, `max_size`: Some(58), added: 2533, mode: `MaxEncodedLen`)
	fn retire() -> Weight {
		// Minimum execution time: 73_479_000 picoseconds.
		Weight::from_parts(119_247_000, 6107)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	/// Storage: `DeviceRegistry::Devices` (r:1 w:1)
	/// Proof: `DeviceRegistry::Devices` (`max_values`: None, `max_size`: Some(558), added: 3033, mode: `MaxEncodedLen`)
	fn offer_transfer() -> Weight {
		// Minimum execution time: 15_763_000 picoseconds.
		Weight::from_parts(25_718_000, 4023)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `DeviceRegistry::Devices` (r:1 w:1)
	/// Proof: `DeviceRegistry::Devices` (`max_values`: None, `max_size`: Some(558), added: 3033, mode: `MaxEncodedLen`)
	fn withdraw_transfer() -> Weight {
		// Minimum execution time: 15_713_000 picoseconds.
		Weight::from_parts(25_298_000, 4023)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `DeviceRegistry::Devices` (r:1 w:1)
	/// Proof: `DeviceRegistry::Devices` (`max_values`: None, `max_size`: Some(558), added: 3033, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:2 w:2)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Calendars` (r:1 w:0)
	/// Proof: `LeaseEscrow::Calendars` (`max_values`: None, `max_size`: Some(2642), added: 5117, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::NextLeaseId` (r:1 w:0)
	/// Proof: `LeaseEscrow::NextLeaseId` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Leases` (r:64 w:64)
	/// Proof: `LeaseEscrow::Leases` (`max_values`: None, `max_size`: Some(610), added: 3085, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Bonds` (r:2 w:2)
	/// Proof: `LeaseEscrow::Bonds` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::DevicesByOwner` (r:0 w:2)
	/// Proof: `DeviceRegistry::DevicesByOwner` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// `l` is in `[0, 64]`.
	fn accept_transfer(l: u32, ) -> Weight {
		// Minimum execution time: 124_925_000 picoseconds.
		Weight::from_parts(200_692_358, 6470)
			// Standard error: 1_893_386
			.saturating_add(Weight::from_parts(19_266_470, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(8))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 3085).saturating_mul(l.into()))
	}
	/// Storage: `DeviceRegistry::Devices` (r:1 w:1)
	/// Proof: `DeviceRegistry::Devices` (`max_values`: None, `max_size`: Some(558), added: 3033, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Windows` (r:1 w:0)
	/// Proof: `UsageToken::Windows` (`max_values`: None, `max_size`: Some(1042), added: 3517, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Calendars` (r:1 w:0)
	/// Proof: `LeaseEscrow::Calendars` (`max_values`: None, `max_size`: Some(2642), added: 5117, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Requests` (r:1 w:0)
	/// Proof: `LeaseEscrow::Requests` (`max_values`: None, `max_size`: Some(673), added: 3148, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Lifetimes` (r:1 w:0)
	/// Proof: `LeaseEscrow::Lifetimes` (`max_values`: None, `max_size`: Some(76), added: 2551, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::ActiveKeys` (r:0 w:1)
	/// Proof: `DeviceRegistry::ActiveKeys` (`max_values`: None, `max_size`: Some(58), added: 2533, mode: `MaxEncodedLen`)
	fn release_key() -> Weight {
		// Minimum execution time: 33_409_000 picoseconds.
		Weight::from_parts(37_827_000, 6107)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	/// Storage: `DeviceRegistry::Devices` (r:1 w:1)
	/// Proof: `DeviceRegistry::Devices` (`max_values`: None, `max_size`: Some(558), added: 3033, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::ActiveKeys` (r:1 w:1)
	/// Proof: `DeviceRegistry::ActiveKeys` (`max_values`: None, `max_size`: Some(58), added: 2533, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Windows` (r:1 w:0)
	/// Proof: `UsageToken::Windows` (`max_values`: None, `max_size`: Some(1042), added: 3517, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Calendars` (r:1 w:0)
	/// Proof: `LeaseEscrow::Calendars` (`max_values`: None, `max_size`: Some(2642), added: 5117, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Requests` (r:1 w:0)
	/// Proof: `LeaseEscrow::Requests` (`max_values`: None, `max_size`: Some(673), added: 3148, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Lifetimes` (r:1 w:0)
	/// Proof: `LeaseEscrow::Lifetimes` (`max_values`: None, `max_size`: Some(76), added: 2551, mode: `MaxEncodedLen`)
	fn rotate_key() -> Weight {
		// Minimum execution time: 39_279_000 picoseconds.
		Weight::from_parts(55_753_000, 6107)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	/// Storage: `DeviceRegistry::Devices` (r:1 w:1)
	/// Proof: `DeviceRegistry::Devices` (`max_values`: None, `max_size`: Some(558), added: 3033, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::Fleets` (r:1 w:1)
	/// Proof: `DeviceRegistry::Fleets` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Windows` (r:1 w:1)
	/// Proof: `UsageToken::Windows` (`max_values`: None, `max_size`: Some(1042), added: 3517, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::FleetTimes` (r:1 w:1)
	/// Proof: `UsageToken::FleetTimes` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::FleetChanges` (r:168 w:166)
	/// Proof: `UsageToken::FleetChanges` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Lifetimes` (r:1 w:0)
	/// Proof: `LeaseEscrow::Lifetimes` (`max_values`: None, `max_size`: Some(76), added: 2551, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Calendars` (r:1 w:0)
	/// Proof: `LeaseEscrow::Calendars` (`max_values`: None, `max_size`: Some(2642), added: 5117, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Requests` (r:1 w:0)
	/// Proof: `LeaseEscrow::Requests` (`max_values`: None, `max_size`: Some(673), added: 3148, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::FleetMembers` (r:0 w:1)
	/// Proof: `DeviceRegistry::FleetMembers` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	fn report_missing() -> Weight {
		// Minimum execution time: 974_059_000 picoseconds.
		Weight::from_parts(1_592_127_000, 421494)
			.saturating_add(T::DbWeight::get().reads(176))
			.saturating_add(T::DbWeight::get().writes(171))
	}
	/// Storage: `DeviceRegistry::Devices` (r:1 w:1)
	/// Proof: `DeviceRegistry::Devices` (`max_values`: None, `max_size`: Some(558), added: 3033, mode: `MaxEncodedLen`)
	fn report_found() -> Weight {
		// Minimum execution time: 16_284_000 picoseconds.
		Weight::from_parts(31_857_000, 4023)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `DeviceRegistry::Devices` (r:1 w:1)
	/// Proof: `DeviceRegistry::Devices` (`max_values`: None, `max_size`: Some(558), added: 3033, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::Fleets` (r:1 w:1)
	/// Proof: `DeviceRegistry::Fleets` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Windows` (r:1 w:1)
	/// Proof: `UsageToken::Windows` (`max_values`: None, `max_size`: Some(1042), added: 3517, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::FleetTimes` (r:1 w:1)
	/// Proof: `UsageToken::FleetTimes` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::FleetChanges` (r:168 w:167)
	/// Proof: `UsageToken::FleetChanges` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Lifetimes` (r:1 w:1)
	/// Proof: `LeaseEscrow::Lifetimes` (`max_values`: None, `max_size`: Some(76), added: 2551, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Calendars` (r:1 w:1)
	/// Proof: `LeaseEscrow::Calendars` (`max_values`: None, `max_size`: Some(2642), added: 5117, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Requests` (r:1 w:1)
	/// Proof: `LeaseEscrow::Requests` (`max_values`: None, `max_size`: Some(673), added: 3148, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Leases` (r:80 w:80)
	/// Proof: `LeaseEscrow::Leases` (`max_values`: None, `max_size`: Some(610), added: 3085, mode: `MaxEncodedLen`)
	/// Storage: `Attestation::Livenesses` (r:1 w:1)
	/// Proof: `Attestation::Livenesses` (`max_values`: None, `max_size`: Some(230), added: 2705, mode: `MaxEncodedLen`)
	/// Storage: `Attestation::ProvenMinutes` (r:63 w:64)
	/// Proof: `Attestation::ProvenMinutes` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:82 w:82)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:81 w:81)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Bonds` (r:1 w:1)
	/// Proof: `LeaseEscrow::Bonds` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Series` (r:1 w:1)
	/// Proof: `UsageToken::Series` (`max_values`: None, `max_size`: Some(1753), added: 4228, mode: `MaxEncodedLen`)
	/// Storage: `Attestation::SilentEnds` (r:0 w:64)
	/// Proof: `Attestation::SilentEnds` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Payouts` (r:0 w:64)
	/// Proof: `LeaseEscrow::Payouts` (`max_values`: None, `max_size`: Some(146), added: 2621, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Deadlines` (r:0 w:80)
	/// Proof: `LeaseEscrow::Deadlines` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::AccessGrants` (r:0 w:1)
	/// Proof: `LeaseEscrow::AccessGrants` (`max_values`: None, `max_size`: Some(200), added: 2675, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::LeasesByTenant` (r:0 w:80)
	/// Proof: `LeaseEscrow::LeasesByTenant` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::LeasesBySeries` (r:0 w:80)
	/// Proof: `LeaseEscrow::LeasesBySeries` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::ForceRetirements` (r:0 w:1)
	/// Proof: `DeviceRegistry::ForceRetirements` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::DevicesByOwner` (r:0 w:1)
	/// Proof: `DeviceRegistry::DevicesByOwner` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::ActiveKeys` (r:0 w:1)
	/// Proof: `DeviceRegistry::ActiveKeys` (`max_values`: None, `max_size`: Some(58), added: 2533, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::FleetMembers` (r:0 w:1)
	/// Proof: `DeviceRegistry::FleetMembers` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	/// `l` is in `[0, 80]`.
	fn force_retire(l: u32, ) -> Weight {
		// Minimum execution time: 268_829_000 picoseconds.
		Weight::from_parts(2_115_781_726, 21014)
			// Standard error: 29_711_604
			.saturating_add(Weight::from_parts(472_355_674, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(22))
			.saturating_add(T::DbWeight::get().reads((6_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(28))
			.saturating_add(T::DbWeight::get().writes((11_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 5006).saturating_mul(l.into()))
	}
	/// Storage: `DeviceRegistry::NextFleetId` (r:1 w:1)
	/// Proof: `DeviceRegistry::NextFleetId` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::FleetsByOwner` (r:0 w:1)
	/// Proof: `DeviceRegistry::FleetsByOwner` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::Fleets` (r:0 w:1)
	/// Proof: `DeviceRegistry::Fleets` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	fn create_fleet() -> Weight {
		// Minimum execution time: 56_214_000 picoseconds.
		Weight::from_parts(59_168_000, 3730)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	/// Storage: `DeviceRegistry::Fleets` (r:1 w:1)
	/// Proof: `DeviceRegistry::Fleets` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::Devices` (r:1 w:1)
	/// Proof: `DeviceRegistry::Devices` (`max_values`: None, `max_size`: Some(558), added: 3033, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Windows` (r:2 w:1)
	/// Proof: `UsageToken::Windows` (`max_values`: None, `max_size`: Some(1042), added: 3517, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::FleetTimes` (r:1 w:1)
	/// Proof: `UsageToken::FleetTimes` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::FleetChanges` (r:168 w:166)
	/// Proof: `UsageToken::FleetChanges` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Lifetimes` (r:1 w:0)
	/// Proof: `LeaseEscrow::Lifetimes` (`max_values`: None, `max_size`: Some(76), added: 2551, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Calendars` (r:1 w:0)
	/// Proof: `LeaseEscrow::Calendars` (`max_values`: None, `max_size`: Some(2642), added: 5117, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Requests` (r:1 w:0)
	/// Proof: `LeaseEscrow::Requests` (`max_values`: None, `max_size`: Some(673), added: 3148, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::FleetMembers` (r:0 w:1)
	/// Proof: `DeviceRegistry::FleetMembers` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	fn add_to_fleet() -> Weight {
		// Minimum execution time: 839_899_000 picoseconds.
		Weight::from_parts(877_485_000, 421494)
			.saturating_add(T::DbWeight::get().reads(177))
			.saturating_add(T::DbWeight::get().writes(171))
	}
	/// Storage: `DeviceRegistry::Fleets` (r:1 w:1)
	/// Proof: `DeviceRegistry::Fleets` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::Devices` (r:1 w:1)
	/// Proof: `DeviceRegistry::Devices` (`max_values`: None, `max_size`: Some(558), added: 3033, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Windows` (r:1 w:1)
	/// Proof: `UsageToken::Windows` (`max_values`: None, `max_size`: Some(1042), added: 3517, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::FleetTimes` (r:1 w:1)
	/// Proof: `UsageToken::FleetTimes` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::FleetChanges` (r:168 w:166)
	/// Proof: `UsageToken::FleetChanges` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Lifetimes` (r:1 w:0)
	/// Proof: `LeaseEscrow::Lifetimes` (`max_values`: None, `max_size`: Some(76), added: 2551, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Calendars` (r:1 w:0)
	/// Proof: `LeaseEscrow::Calendars` (`max_values`: None, `max_size`: Some(2642), added: 5117, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Requests` (r:1 w:0)
	/// Proof: `LeaseEscrow::Requests` (`max_values`: None, `max_size`: Some(673), added: 3148, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::FleetMembers` (r:0 w:1)
	/// Proof: `DeviceRegistry::FleetMembers` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	fn remove_from_fleet() -> Weight {
		// Minimum execution time: 904_865_000 picoseconds.
		Weight::from_parts(942_021_000, 421494)
			.saturating_add(T::DbWeight::get().reads(176))
			.saturating_add(T::DbWeight::get().writes(171))
	}
	/// Storage: `DeviceRegistry::Fleets` (r:1 w:1)
	/// Proof: `DeviceRegistry::Fleets` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Windows` (r:1 w:0)
	/// Proof: `UsageToken::Windows` (`max_values`: None, `max_size`: Some(1042), added: 3517, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::FleetMembers` (r:129 w:128)
	/// Proof: `DeviceRegistry::FleetMembers` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::Devices` (r:128 w:128)
	/// Proof: `DeviceRegistry::Devices` (`max_values`: None, `max_size`: Some(558), added: 3033, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::FleetsByOwner` (r:0 w:1)
	/// Proof: `DeviceRegistry::FleetsByOwner` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::FleetTimes` (r:0 w:1)
	/// Proof: `UsageToken::FleetTimes` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// `d` is in `[0, 128]`.
	fn disband_fleet(d: u32, ) -> Weight {
		// Minimum execution time: 73_800_000 picoseconds.
		Weight::from_parts(110_310_993, 4507)
			// Standard error: 42_908
			.saturating_add(Weight::from_parts(12_139_521, 0).saturating_mul(d.into()))
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(d.into())))
			.saturating_add(T::DbWeight::get().writes(4))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(d.into())))
			.saturating_add(Weight::from_parts(0, 3033).saturating_mul(d.into()))
	}
}

// For tests.
impl WeightInfo for () {
	fn register() -> Weight {
		Weight::from_parts(104_506_000, 3730)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn update() -> Weight {
		Weight::from_parts(92_587_000, 4023)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn retire() -> Weight {
		Weight::from_parts(119_247_000, 6107)
			.saturating_add(ParityDbWeight::get().reads(7))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn offer_transfer() -> Weight {
		Weight::from_parts(25_718_000, 4023)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn withdraw_transfer() -> Weight {
		Weight::from_parts(25_298_000, 4023)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn accept_transfer(l: u32, ) -> Weight {
		Weight::from_parts(200_692_358, 6470)
			.saturating_add(Weight::from_parts(19_266_470, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(8))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(l.into())))
			.saturating_add(ParityDbWeight::get().writes(8))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(l.into())))
	}
	fn release_key() -> Weight {
		Weight::from_parts(37_827_000, 6107)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn rotate_key() -> Weight {
		Weight::from_parts(55_753_000, 6107)
			.saturating_add(ParityDbWeight::get().reads(7))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn report_missing() -> Weight {
		Weight::from_parts(1_592_127_000, 421494)
			.saturating_add(ParityDbWeight::get().reads(176))
			.saturating_add(ParityDbWeight::get().writes(171))
	}
	fn report_found() -> Weight {
		Weight::from_parts(31_857_000, 4023)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn force_retire(l: u32, ) -> Weight {
		Weight::from_parts(2_115_781_726, 21014)
			.saturating_add(Weight::from_parts(472_355_674, 0).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(22))
			.saturating_add(ParityDbWeight::get().reads((6_u64).saturating_mul(l.into())))
			.saturating_add(ParityDbWeight::get().writes(28))
			.saturating_add(ParityDbWeight::get().writes((11_u64).saturating_mul(l.into())))
	}
	fn create_fleet() -> Weight {
		Weight::from_parts(59_168_000, 3730)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn add_to_fleet() -> Weight {
		Weight::from_parts(877_485_000, 421494)
			.saturating_add(ParityDbWeight::get().reads(177))
			.saturating_add(ParityDbWeight::get().writes(171))
	}
	fn remove_from_fleet() -> Weight {
		Weight::from_parts(942_021_000, 421494)
			.saturating_add(ParityDbWeight::get().reads(176))
			.saturating_add(ParityDbWeight::get().writes(171))
	}
	fn disband_fleet(d: u32, ) -> Weight {
		Weight::from_parts(110_310_993, 4507)
			.saturating_add(Weight::from_parts(12_139_521, 0).saturating_mul(d.into()))
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(d.into())))
			.saturating_add(ParityDbWeight::get().writes(4))
			.saturating_add(ParityDbWeight::get().writes((2_u64).saturating_mul(d.into())))
	}
}

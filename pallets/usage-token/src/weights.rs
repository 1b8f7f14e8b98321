// SPDX-License-Identifier: Apache-2.0

//! Weights of `pallet_usage_token`. Made by `scripts/benchmark.sh`; don't edit.
//!
//! Date: 2026-11-20, steps: 20, repeats: 10, processor: AMD EPYC

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(missing_docs)]
#![allow(unused_parens)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// Weight functions needed for `pallet_usage_token`.
pub trait WeightInfo {
	fn create_series(m: u32, ) -> Weight;
	fn close_series() -> Weight;
	fn buy_device() -> Weight;
	fn buy_fleet() -> Weight;
	fn redeem_device() -> Weight;
	fn redeem_fleet(m: u32, ) -> Weight;
	fn reap_series(a: u32, p: u32, ) -> Weight;
	fn catch_up(c: u32, ) -> Weight;
}

/// Weights of `pallet_usage_token` with the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::Fleets` (r:1 w:0)
	/// Proof: `DeviceRegistry::Fleets` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Windows` (r:1 w:1)
	/// Proof: `UsageToken::Windows` (`max_values`: None, `max_size`: Some(1042), added: 3517, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::FleetTimes` (r:1 w:1)
	/// Proof: `UsageToken::FleetTimes` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::FleetChanges` (r:6 w:4)
	/// Proof: `UsageToken::FleetChanges` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::FleetMembers` (r:129 w:0)
	/// Proof: `DeviceRegistry::FleetMembers` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Lifetimes` (r:128 w:0)
	/// Proof: `LeaseEscrow::Lifetimes` (`max_values`: None, `max_size`: Some(76), added: 2551, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Calendars` (r:128 w:0)
	/// Proof: `LeaseEscrow::Calendars` (`max_values`: None, `max_size`: Some(2642), added: 5117, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Requests` (r:128 w:0)
	/// Proof: `LeaseEscrow::Requests` (`max_values`: None, `max_size`: Some(673), added: 3148, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::NextSeriesId` (r:1 w:1)
	/// Proof: `UsageToken::NextSeriesId` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Metadata` (r:1 w:1)
	/// Proof: `Assets::Metadata` (`max_values`: None, `max_size`: Some(140), added: 2615, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::SeriesByOwner` (r:0 w:1)
	/// Proof: `UsageToken::SeriesByOwner` (`max_values`: None, `max_size`: Some(60), added: 2535, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Series` (r:0 w:1)
	/// Proof: `UsageToken::Series` (`max_values`: None, `max_size`: Some(1753), added: 4228, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::SeriesBySubject` (r:0 w:1)
	/// Proof: `UsageToken::SeriesBySubject` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// `m` is in `[0, 128]`.
	fn create_series(m: u32, ) -> Weight {
		// Minimum execution time: 199_516_000 picoseconds.
		Weight::from_parts(204_154_000, 16008)
			// Standard error: 3_290_350
			.saturating_add(Weight::from_parts(53_235_701, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(16))
			.saturating_add(T::DbWeight::get().reads((4_u64).saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(14))
			.saturating_add(Weight::from_parts(0, 5117).saturating_mul(m.into()))
	}
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Series` (r:1 w:1)
	/// Proof: `UsageToken::Series` (`max_values`: None, `max_size`: Some(1753), added: 4228, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::Fleets` (r:1 w:0)
	/// Proof: `DeviceRegistry::Fleets` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Windows` (r:1 w:1)
	/// Proof: `UsageToken::Windows` (`max_values`: None, `max_size`: Some(1042), added: 3517, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::FleetTimes` (r:1 w:1)
	/// Proof: `UsageToken::FleetTimes` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::FleetChanges` (r:6 w:4)
	/// Proof: `UsageToken::FleetChanges` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	fn close_series() -> Weight {
		// Minimum execution time: 80_900_000 picoseconds.
		Weight::from_parts(101_912_000, 16008)
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Series` (r:1 w:1)
	/// Proof: `UsageToken::Series` (`max_values`: None, `max_size`: Some(1753), added: 4228, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::Devices` (r:1 w:0)
	/// Proof: `DeviceRegistry::Devices` (`max_values`: None, `max_size`: Some(558), added: 3033, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Windows` (r:1 w:1)
	/// Proof: `UsageToken::Windows` (`max_values`: None, `max_size`: Some(1042), added: 3517, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Lifetimes` (r:1 w:0)
	/// Proof: `LeaseEscrow::Lifetimes` (`max_values`: None, `max_size`: Some(76), added: 2551, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Calendars` (r:1 w:0)
	/// Proof: `LeaseEscrow::Calendars` (`max_values`: None, `max_size`: Some(2642), added: 5117, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Requests` (r:1 w:0)
	/// Proof: `LeaseEscrow::Requests` (`max_values`: None, `max_size`: Some(673), added: 3148, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:1 w:1)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	fn buy_device() -> Weight {
		// Minimum execution time: 136_353_000 picoseconds.
		Weight::from_parts(186_197_000, 6107)
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Series` (r:1 w:1)
	/// Proof: `UsageToken::Series` (`max_values`: None, `max_size`: Some(1753), added: 4228, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::Fleets` (r:1 w:0)
	/// Proof: `DeviceRegistry::Fleets` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Windows` (r:1 w:1)
	/// Proof: `UsageToken::Windows` (`max_values`: None, `max_size`: Some(1042), added: 3517, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::FleetTimes` (r:1 w:1)
	/// Proof: `UsageToken::FleetTimes` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::FleetChanges` (r:6 w:4)
	/// Proof: `UsageToken::FleetChanges` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:1 w:1)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	fn buy_fleet() -> Weight {
		// Minimum execution time: 162_441_000 picoseconds.
		Weight::from_parts(286_126_000, 16008)
			.saturating_add(T::DbWeight::get().reads(15))
			.saturating_add(T::DbWeight::get().writes(11))
	}
	/// Storage: `UsageToken::Series` (r:1 w:1)
	/// Proof: `UsageToken::Series` (`max_values`: None, `max_size`: Some(1753), added: 4228, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::ForceRetirements` (r:1 w:0)
	/// Proof: `DeviceRegistry::ForceRetirements` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::Devices` (r:1 w:0)
	/// Proof: `DeviceRegistry::Devices` (`max_values`: None, `max_size`: Some(558), added: 3033, mode: `MaxEncodedLen`)
	/// Storage: `Attestation::Livenesses` (r:1 w:0)
	/// Proof: `Attestation::Livenesses` (`max_values`: None, `max_size`: Some(230), added: 2705, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Bonds` (r:1 w:0)
	/// Proof: `LeaseEscrow::Bonds` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:1 w:1)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Windows` (r:1 w:1)
	/// Proof: `UsageToken::Windows` (`max_values`: None, `max_size`: Some(1042), added: 3517, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	fn redeem_device() -> Weight {
		// Minimum execution time: 203_262_000 picoseconds.
		Weight::from_parts(296_511_000, 6196)
			.saturating_add(T::DbWeight::get().reads(12))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	/// Storage: `UsageToken::Series` (r:1 w:1)
	/// Proof: `UsageToken::Series` (`max_values`: None, `max_size`: Some(1753), added: 4228, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::FleetMembers` (r:129 w:0)
	/// Proof: `DeviceRegistry::FleetMembers` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::Devices` (r:128 w:0)
	/// Proof: `DeviceRegistry::Devices` (`max_values`: None, `max_size`: Some(558), added: 3033, mode: `MaxEncodedLen`)
	/// Storage: `Attestation::Livenesses` (r:128 w:0)
	/// Proof: `Attestation::Livenesses` (`max_values`: None, `max_size`: Some(230), added: 2705, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Bonds` (r:1 w:0)
	/// Proof: `LeaseEscrow::Bonds` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:1 w:1)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Windows` (r:1 w:1)
	/// Proof: `UsageToken::Windows` (`max_values`: None, `max_size`: Some(1042), added: 3517, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::FleetTimes` (r:1 w:1)
	/// Proof: `UsageToken::FleetTimes` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::FleetChanges` (r:6 w:4)
	/// Proof: `UsageToken::FleetChanges` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::Fleets` (r:1 w:0)
	/// Proof: `DeviceRegistry::Fleets` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// `m` is in `[0, 128]`.
	fn redeem_fleet(m: u32, ) -> Weight {
		// Minimum execution time: 190_634_000 picoseconds.
		Weight::from_parts(333_897_413, 16008)
			// Standard error: 443_501
			.saturating_add(Weight::from_parts(13_198_006, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(17))
			.saturating_add(T::DbWeight::get().reads((3_u64).saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(12))
			.saturating_add(Weight::from_parts(0, 3033).saturating_mul(m.into()))
	}
	/// Storage: `UsageToken::Series` (r:1 w:1)
	/// Proof: `UsageToken::Series` (`max_values`: None, `max_size`: Some(1753), added: 4228, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::LeasesBySeries` (r:1 w:0)
	/// Proof: `LeaseEscrow::LeasesBySeries` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:64 w:63)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:65 w:65)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Approvals` (r:64 w:63)
	/// Proof: `Assets::Approvals` (`max_values`: None, `max_size`: Some(148), added: 2623, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Metadata` (r:1 w:1)
	/// Proof: `Assets::Metadata` (`max_values`: None, `max_size`: Some(140), added: 2615, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::Fleets` (r:1 w:0)
	/// Proof: `DeviceRegistry::Fleets` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Windows` (r:1 w:1)
	/// Proof: `UsageToken::Windows` (`max_values`: None, `max_size`: Some(1042), added: 3517, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::FleetTimes` (r:1 w:1)
	/// Proof: `UsageToken::FleetTimes` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::FleetChanges` (r:6 w:4)
	/// Proof: `UsageToken::FleetChanges` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Reserves` (r:0 w:1)
	/// Proof: `Assets::Reserves` (`max_values`: None, `max_size`: Some(21), added: 2496, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::SeriesByOwner` (r:0 w:1)
	/// Proof: `UsageToken::SeriesByOwner` (`max_values`: None, `max_size`: Some(60), added: 2535, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::SeriesBySubject` (r:0 w:1)
	/// Proof: `UsageToken::SeriesBySubject` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// `a` is in `[0, 63]`.
	/// `p` is in `[0, 63]`.
	fn reap_series(a: u32, p: u32, ) -> Weight {
		// Minimum execution time: 996_532_000 picoseconds.
		Weight::from_parts(366_536_038, 170185)
			// Standard error: 1_214_837
			.saturating_add(Weight::from_parts(11_718_596, 0).saturating_mul(a.into()))
			// Standard error: 1_214_837
			.saturating_add(Weight::from_parts(28_653_850, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(82))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(a.into())))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(78))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(a.into())))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(p.into())))
			.saturating_add(Weight::from_parts(0, 2609).saturating_mul(a.into()))
			.saturating_add(Weight::from_parts(0, 2623).saturating_mul(p.into()))
	}
	/// Storage: `UsageToken::FleetTimes` (r:1 w:1)
	/// Proof: `UsageToken::FleetTimes` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Windows` (r:1 w:1)
	/// Proof: `UsageToken::Windows` (`max_values`: None, `max_size`: Some(1042), added: 3517, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::FleetChanges` (r:130 w:128)
	/// Proof: `UsageToken::FleetChanges` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// `c` is in `[0, 128]`.
	fn catch_up(c: u32, ) -> Weight {
		// Minimum execution time: 40_380_000 picoseconds.
		Weight::from_parts(61_197_869, 5996)
			// Standard error: 40_422
			.saturating_add(Weight::from_parts(4_987_864, 0).saturating_mul(c.into()))
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(c.into())))
			.saturating_add(T::DbWeight::get().writes(2))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(c.into())))
			.saturating_add(Weight::from_parts(0, 2503).saturating_mul(c.into()))
	}
}

// For tests.
impl WeightInfo for () {
	fn create_series(m: u32, ) -> Weight {
		Weight::from_parts(204_154_000, 16008)
			.saturating_add(Weight::from_parts(53_235_701, 0).saturating_mul(m.into()))
			.saturating_add(ParityDbWeight::get().reads(16))
			.saturating_add(ParityDbWeight::get().reads((4_u64).saturating_mul(m.into())))
			.saturating_add(ParityDbWeight::get().writes(14))
	}
	fn close_series() -> Weight {
		Weight::from_parts(101_912_000, 16008)
			.saturating_add(ParityDbWeight::get().reads(11))
			.saturating_add(ParityDbWeight::get().writes(7))
	}
	fn buy_device() -> Weight {
		Weight::from_parts(186_197_000, 6107)
			.saturating_add(ParityDbWeight::get().reads(11))
			.saturating_add(ParityDbWeight::get().writes(6))
	}
	fn buy_fleet() -> Weight {
		Weight::from_parts(286_126_000, 16008)
			.saturating_add(ParityDbWeight::get().reads(15))
			.saturating_add(ParityDbWeight::get().writes(11))
	}
	fn redeem_device() -> Weight {
		Weight::from_parts(296_511_000, 6196)
			.saturating_add(ParityDbWeight::get().reads(12))
			.saturating_add(ParityDbWeight::get().writes(7))
	}
	fn redeem_fleet(m: u32, ) -> Weight {
		Weight::from_parts(333_897_413, 16008)
			.saturating_add(Weight::from_parts(13_198_006, 0).saturating_mul(m.into()))
			.saturating_add(ParityDbWeight::get().reads(17))
			.saturating_add(ParityDbWeight::get().reads((3_u64).saturating_mul(m.into())))
			.saturating_add(ParityDbWeight::get().writes(12))
	}
	fn reap_series(a: u32, p: u32, ) -> Weight {
		Weight::from_parts(366_536_038, 170185)
			.saturating_add(Weight::from_parts(11_718_596, 0).saturating_mul(a.into()))
			.saturating_add(Weight::from_parts(28_653_850, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(82))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(a.into())))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(78))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(a.into())))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(p.into())))
	}
	fn catch_up(c: u32, ) -> Weight {
		Weight::from_parts(61_197_869, 5996)
			.saturating_add(Weight::from_parts(4_987_864, 0).saturating_mul(c.into()))
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(c.into())))
			.saturating_add(ParityDbWeight::get().writes(2))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(c.into())))
	}
}

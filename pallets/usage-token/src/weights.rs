// SPDX-License-Identifier: Apache-2.0

//! Weights of `pallet_usage_token`. Made by `scripts/benchmark.sh`; don't edit.
//!
//! Date: 2026-11-20, steps: 10, repeats: 5, processor: AMD EPYC

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(missing_docs)]
#![allow(unused_parens)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// Weight functions needed for `pallet_usage_token`.
pub trait WeightInfo {
	fn create_series() -> Weight;
	fn close_series() -> Weight;
	fn buy() -> Weight;
	fn redeem() -> Weight;
}

/// Weights of `pallet_usage_token` with the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::Devices` (r:1 w:0)
	/// Proof: `DeviceRegistry::Devices` (`max_values`: None, `max_size`: Some(473), added: 2948, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Windows` (r:1 w:1)
	/// Proof: `UsageToken::Windows` (`max_values`: None, `max_size`: Some(466), added: 2941, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::NextSeriesId` (r:1 w:1)
	/// Proof: `UsageToken::NextSeriesId` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(193), added: 2668, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Metadata` (r:1 w:1)
	/// Proof: `Assets::Metadata` (`max_values`: None, `max_size`: Some(140), added: 2615, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Series` (r:0 w:1)
	/// Proof: `UsageToken::Series` (`max_values`: None, `max_size`: Some(1748), added: 4223, mode: `MaxEncodedLen`)
	fn create_series() -> Weight {
		// Minimum execution time: 144_415_000 picoseconds.
		Weight::from_parts(151_435_000, 3938)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Series` (r:1 w:1)
	/// Proof: `UsageToken::Series` (`max_values`: None, `max_size`: Some(1748), added: 4223, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Windows` (r:1 w:1)
	/// Proof: `UsageToken::Windows` (`max_values`: None, `max_size`: Some(466), added: 2941, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Lifetimes` (r:1 w:0)
	/// Proof: `LeaseEscrow::Lifetimes` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Calendars` (r:1 w:0)
	/// Proof: `LeaseEscrow::Calendars` (`max_values`: None, `max_size`: Some(2322), added: 4797, mode: `MaxEncodedLen`)
	fn close_series() -> Weight {
		// Minimum execution time: 38_848_000 picoseconds.
		Weight::from_parts(42_863_000, 5787)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Series` (r:1 w:1)
	/// Proof: `UsageToken::Series` (`max_values`: None, `max_size`: Some(1748), added: 4223, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::Devices` (r:1 w:0)
	/// Proof: `DeviceRegistry::Devices` (`max_values`: None, `max_size`: Some(473), added: 2948, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Windows` (r:1 w:1)
	/// Proof: `UsageToken::Windows` (`max_values`: None, `max_size`: Some(466), added: 2941, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Lifetimes` (r:1 w:0)
	/// Proof: `LeaseEscrow::Lifetimes` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Calendars` (r:1 w:0)
	/// Proof: `LeaseEscrow::Calendars` (`max_values`: None, `max_size`: Some(2322), added: 4797, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(193), added: 2668, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:1 w:1)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	fn buy() -> Weight {
		// Minimum execution time: 120_549_000 picoseconds.
		Weight::from_parts(127_450_000, 5787)
			.saturating_add(T::DbWeight::get().reads(10))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Series` (r:1 w:1)
	/// Proof: `UsageToken::Series` (`max_values`: None, `max_size`: Some(1748), added: 4223, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:1 w:1)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Windows` (r:1 w:1)
	/// Proof: `UsageToken::Windows` (`max_values`: None, `max_size`: Some(466), added: 2941, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(193), added: 2668, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	fn redeem() -> Weight {
		// Minimum execution time: 159_817_000 picoseconds.
		Weight::from_parts(169_081_000, 6196)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(7))
	}
}

// For tests.
impl WeightInfo for () {
	fn create_series() -> Weight {
		Weight::from_parts(151_435_000, 3938)
			.saturating_add(ParityDbWeight::get().reads(8))
			.saturating_add(ParityDbWeight::get().writes(7))
	}
	fn close_series() -> Weight {
		Weight::from_parts(42_863_000, 5787)
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn buy() -> Weight {
		Weight::from_parts(127_450_000, 5787)
			.saturating_add(ParityDbWeight::get().reads(10))
			.saturating_add(ParityDbWeight::get().writes(6))
	}
	fn redeem() -> Weight {
		Weight::from_parts(169_081_000, 6196)
			.saturating_add(ParityDbWeight::get().reads(8))
			.saturating_add(ParityDbWeight::get().writes(7))
	}
}

// SPDX-License-Identifier: Apache-2.0

//! Weights of `pallet_usage_token`.
//!
//! Estimated by hand: twice what comparable calls of the assets and balances pallets measure, plus
//! every read and write. The benchmarks replace them.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::RocksDbWeight, Weight}};

/// Weight functions needed for `pallet_usage_token`.
pub trait WeightInfo {
	fn create_series() -> Weight;
	fn close_series() -> Weight;
	fn buy() -> Weight;
	fn redeem() -> Weight;
}

/// Weights for `pallet_usage_token` with the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Storage: `DeviceRegistry::Devices` (r:1 w:0)
	/// Storage: `UsageToken::Windows` (r:1 w:1)
	/// Storage: `LeaseEscrow::Calendars` (r:1 w:0)
	/// Storage: `UsageToken::NextSeriesId` (r:1 w:1)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Storage: `System::Account` (r:2 w:2)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Storage: `Assets::Metadata` (r:1 w:1)
	/// Storage: `UsageToken::Series` (r:0 w:1)
	fn create_series() -> Weight {
		Weight::from_parts(150_000_000, 20_000)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(8_u64))
	}
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Storage: `UsageToken::Series` (r:1 w:1)
	/// Storage: `UsageToken::Windows` (r:1 w:1)
	/// Storage: `LeaseEscrow::Calendars` (r:1 w:0)
	fn close_series() -> Weight {
		Weight::from_parts(40_000_000, 10_000)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Storage: `UsageToken::Series` (r:1 w:1)
	/// Storage: `DeviceRegistry::Devices` (r:1 w:0)
	/// Storage: `UsageToken::Windows` (r:1 w:1)
	/// Storage: `LeaseEscrow::Calendars` (r:1 w:0)
	/// Storage: `System::Account` (r:2 w:2)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Storage: `Assets::Account` (r:1 w:1)
	fn buy() -> Weight {
		Weight::from_parts(140_000_000, 20_000)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Storage: `UsageToken::Series` (r:1 w:1)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Storage: `Assets::Account` (r:1 w:1)
	/// Storage: `UsageToken::Windows` (r:1 w:1)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Storage: `System::Account` (r:3 w:3)
	fn redeem() -> Weight {
		Weight::from_parts(180_000_000, 20_000)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(8_u64))
	}
}

// For tests and for chains without measured database weights.
impl WeightInfo for () {
	fn create_series() -> Weight {
		Weight::from_parts(150_000_000, 20_000)
			.saturating_add(RocksDbWeight::get().reads(10_u64))
			.saturating_add(RocksDbWeight::get().writes(8_u64))
	}
	fn close_series() -> Weight {
		Weight::from_parts(40_000_000, 10_000)
			.saturating_add(RocksDbWeight::get().reads(4_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	fn buy() -> Weight {
		Weight::from_parts(140_000_000, 20_000)
			.saturating_add(RocksDbWeight::get().reads(10_u64))
			.saturating_add(RocksDbWeight::get().writes(7_u64))
	}
	fn redeem() -> Weight {
		Weight::from_parts(180_000_000, 20_000)
			.saturating_add(RocksDbWeight::get().reads(9_u64))
			.saturating_add(RocksDbWeight::get().writes(8_u64))
	}
}

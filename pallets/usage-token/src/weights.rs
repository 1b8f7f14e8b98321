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
	fn create_series(m: u32) -> Weight;
	fn close_series() -> Weight;
	fn buy() -> Weight;
	fn redeem(m: u32) -> Weight;
	fn reap_series(a: u32, p: u32) -> Weight;
	fn catch_up(c: u32) -> Weight;
}

/// Weights of `pallet_usage_token` with the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn create_series(m: u32) -> Weight {
		Weight::from_parts(260_000_000, 60_000)
			.saturating_add(Weight::from_parts(12_000_000, 7_400).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(28))
			.saturating_add(T::DbWeight::get().reads((3_u64).saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(27))
	}
	fn close_series() -> Weight {
		Weight::from_parts(120_000_000, 60_000)
			.saturating_add(T::DbWeight::get().reads(22))
			.saturating_add(T::DbWeight::get().writes(19))
	}
	fn buy() -> Weight {
		Weight::from_parts(230_000_000, 60_000)
			.saturating_add(T::DbWeight::get().reads(27))
			.saturating_add(T::DbWeight::get().writes(23))
	}
	fn redeem(m: u32) -> Weight {
		Weight::from_parts(260_000_000, 60_000)
			.saturating_add(Weight::from_parts(16_000_000, 11_000).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(27))
			.saturating_add(T::DbWeight::get().reads((4_u64).saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(24))
	}
	fn reap_series(a: u32, p: u32) -> Weight {
		Weight::from_parts(300_000_000, 180_000)
			.saturating_add(Weight::from_parts(18_000_000, 2_700).saturating_mul(a.into()))
			.saturating_add(Weight::from_parts(22_000_000, 2_700).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(77))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(a.into())))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(73))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(a.into())))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(p.into())))
	}
	fn catch_up(c: u32) -> Weight {
		Weight::from_parts(60_000_000, 12_000)
			.saturating_add(Weight::from_parts(5_000_000, 2_600).saturating_mul(c.into()))
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(c.into())))
			.saturating_add(T::DbWeight::get().writes(2))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(c.into())))
	}
}

// For tests.
impl WeightInfo for () {
	fn create_series(m: u32) -> Weight {
		Weight::from_parts(260_000_000, 60_000)
			.saturating_add(Weight::from_parts(12_000_000, 7_400).saturating_mul(m.into()))
			.saturating_add(ParityDbWeight::get().reads(28))
			.saturating_add(ParityDbWeight::get().reads((3_u64).saturating_mul(m.into())))
			.saturating_add(ParityDbWeight::get().writes(27))
	}
	fn close_series() -> Weight {
		Weight::from_parts(120_000_000, 60_000)
			.saturating_add(ParityDbWeight::get().reads(22))
			.saturating_add(ParityDbWeight::get().writes(19))
	}
	fn buy() -> Weight {
		Weight::from_parts(230_000_000, 60_000)
			.saturating_add(ParityDbWeight::get().reads(27))
			.saturating_add(ParityDbWeight::get().writes(23))
	}
	fn redeem(m: u32) -> Weight {
		Weight::from_parts(260_000_000, 60_000)
			.saturating_add(Weight::from_parts(16_000_000, 11_000).saturating_mul(m.into()))
			.saturating_add(ParityDbWeight::get().reads(27))
			.saturating_add(ParityDbWeight::get().reads((4_u64).saturating_mul(m.into())))
			.saturating_add(ParityDbWeight::get().writes(24))
	}
	fn reap_series(a: u32, p: u32) -> Weight {
		Weight::from_parts(300_000_000, 180_000)
			.saturating_add(Weight::from_parts(18_000_000, 2_700).saturating_mul(a.into()))
			.saturating_add(Weight::from_parts(22_000_000, 2_700).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(77))
			.saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(a.into())))
			.saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(73))
			.saturating_add(ParityDbWeight::get().writes((2_u64).saturating_mul(a.into())))
			.saturating_add(ParityDbWeight::get().writes((2_u64).saturating_mul(p.into())))
	}
	fn catch_up(c: u32) -> Weight {
		Weight::from_parts(60_000_000, 12_000)
			.saturating_add(Weight::from_parts(5_000_000, 2_600).saturating_mul(c.into()))
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(c.into())))
			.saturating_add(ParityDbWeight::get().writes(2))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(c.into())))
	}
}

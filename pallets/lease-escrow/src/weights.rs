// SPDX-License-Identifier: Apache-2.0

//! Weights of `pallet_lease_escrow`.
//!
//! Estimates by hand until the benchmarks of `benchmarking.rs` are run on the real runtime, whose
//! output takes this file's place.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]

use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};
use core::marker::PhantomData;

/// Weight functions needed for `pallet_lease_escrow`.
pub trait WeightInfo {
	/// `bond`: an owner that already has a bond.
	fn bond() -> Weight;
	/// `unbond`: part of the free bond.
	fn unbond() -> Weight;
	/// `rent`: an immediate lease on a device whose calendar has one entry left, grants rewritten.
	fn rent() -> Weight;
	/// `book`: the same with units that the tenant has.
	fn book() -> Weight;
	/// `cancel`: the first lease of a full calendar, part of its units returned, grants rewritten.
	fn cancel() -> Weight;
	/// `end`: the running lease of a full calendar, units returned, grants rewritten.
	fn end() -> Weight;
	/// `settle` of a lease that goes on, with something to pay.
	fn settle() -> Weight;
	/// `settle` of a lease that closes with a penalty, in a full calendar.
	fn settle_close() -> Weight;
	/// The sweep when nothing is due.
	fn sweep_base() -> Weight;
	/// The sweep at the end of a lease whose evidence is not final, in a full calendar.
	fn sweep_end() -> Weight;
	/// The sweep at a lease that closes with a penalty, in a full calendar.
	fn sweep_close() -> Weight;
}

/// Weights for `pallet_lease_escrow` using the runtime's database weights.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// `bond`: an owner that already has a bond.
	fn bond() -> Weight {
		// Minimum execution time: not measured yet, estimated with care.
		Weight::from_parts(60_000_000, 3_800)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// `unbond`: part of the free bond.
	fn unbond() -> Weight {
		// Minimum execution time: not measured yet, estimated with care.
		Weight::from_parts(60_000_000, 3_800)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// `rent`: an immediate lease on a device whose calendar has one entry left, grants rewritten.
	fn rent() -> Weight {
		// Minimum execution time: not measured yet, estimated with care.
		Weight::from_parts(260_000_000, 12_000)
			.saturating_add(T::DbWeight::get().reads(20_u64))
			.saturating_add(T::DbWeight::get().writes(14_u64))
	}
	/// `book`: the same with units that the tenant has.
	fn book() -> Weight {
		// Minimum execution time: not measured yet, estimated with care.
		Weight::from_parts(240_000_000, 12_000)
			.saturating_add(T::DbWeight::get().reads(20_u64))
			.saturating_add(T::DbWeight::get().writes(15_u64))
	}
	/// `cancel`: the first lease of a full calendar, part of its units returned, grants rewritten.
	fn cancel() -> Weight {
		// Minimum execution time: not measured yet, estimated with care.
		Weight::from_parts(230_000_000, 12_000)
			.saturating_add(T::DbWeight::get().reads(17_u64))
			.saturating_add(T::DbWeight::get().writes(17_u64))
	}
	/// `end`: the running lease of a full calendar, units returned, grants rewritten.
	fn end() -> Weight {
		// Minimum execution time: not measured yet, estimated with care.
		Weight::from_parts(180_000_000, 12_000)
			.saturating_add(T::DbWeight::get().reads(14_u64))
			.saturating_add(T::DbWeight::get().writes(11_u64))
	}
	/// `settle` of a lease that goes on, with something to pay.
	fn settle() -> Weight {
		// Minimum execution time: not measured yet, estimated with care.
		Weight::from_parts(130_000_000, 9_000)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// `settle` of a lease that closes with a penalty, in a full calendar.
	fn settle_close() -> Weight {
		// Minimum execution time: not measured yet, estimated with care.
		Weight::from_parts(230_000_000, 12_000)
			.saturating_add(T::DbWeight::get().reads(16_u64))
			.saturating_add(T::DbWeight::get().writes(14_u64))
	}
	/// The sweep when nothing is due.
	fn sweep_base() -> Weight {
		// Minimum execution time: not measured yet, estimated with care.
		Weight::from_parts(5_000_000, 2_000)
			.saturating_add(T::DbWeight::get().reads(1_u64))
	}
	/// The sweep at the end of a lease whose evidence is not final, in a full calendar.
	fn sweep_end() -> Weight {
		// Minimum execution time: not measured yet, estimated with care.
		Weight::from_parts(60_000_000, 9_000)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// The sweep at a lease that closes with a penalty, in a full calendar.
	fn sweep_close() -> Weight {
		// Minimum execution time: not measured yet, estimated with care.
		Weight::from_parts(240_000_000, 12_000)
			.saturating_add(T::DbWeight::get().reads(17_u64))
			.saturating_add(T::DbWeight::get().writes(15_u64))
	}
}

// For backwards compatibility and tests.
impl WeightInfo for () {
	/// `bond`: an owner that already has a bond.
	fn bond() -> Weight {
		// Minimum execution time: not measured yet, estimated with care.
		Weight::from_parts(60_000_000, 3_800)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	/// `unbond`: part of the free bond.
	fn unbond() -> Weight {
		// Minimum execution time: not measured yet, estimated with care.
		Weight::from_parts(60_000_000, 3_800)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	/// `rent`: an immediate lease on a device whose calendar has one entry left, grants rewritten.
	fn rent() -> Weight {
		// Minimum execution time: not measured yet, estimated with care.
		Weight::from_parts(260_000_000, 12_000)
			.saturating_add(ParityDbWeight::get().reads(20_u64))
			.saturating_add(ParityDbWeight::get().writes(14_u64))
	}
	/// `book`: the same with units that the tenant has.
	fn book() -> Weight {
		// Minimum execution time: not measured yet, estimated with care.
		Weight::from_parts(240_000_000, 12_000)
			.saturating_add(ParityDbWeight::get().reads(20_u64))
			.saturating_add(ParityDbWeight::get().writes(15_u64))
	}
	/// `cancel`: the first lease of a full calendar, part of its units returned, grants rewritten.
	fn cancel() -> Weight {
		// Minimum execution time: not measured yet, estimated with care.
		Weight::from_parts(230_000_000, 12_000)
			.saturating_add(ParityDbWeight::get().reads(17_u64))
			.saturating_add(ParityDbWeight::get().writes(17_u64))
	}
	/// `end`: the running lease of a full calendar, units returned, grants rewritten.
	fn end() -> Weight {
		// Minimum execution time: not measured yet, estimated with care.
		Weight::from_parts(180_000_000, 12_000)
			.saturating_add(ParityDbWeight::get().reads(14_u64))
			.saturating_add(ParityDbWeight::get().writes(11_u64))
	}
	/// `settle` of a lease that goes on, with something to pay.
	fn settle() -> Weight {
		// Minimum execution time: not measured yet, estimated with care.
		Weight::from_parts(130_000_000, 9_000)
			.saturating_add(ParityDbWeight::get().reads(9_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	/// `settle` of a lease that closes with a penalty, in a full calendar.
	fn settle_close() -> Weight {
		// Minimum execution time: not measured yet, estimated with care.
		Weight::from_parts(230_000_000, 12_000)
			.saturating_add(ParityDbWeight::get().reads(16_u64))
			.saturating_add(ParityDbWeight::get().writes(14_u64))
	}
	/// The sweep when nothing is due.
	fn sweep_base() -> Weight {
		// Minimum execution time: not measured yet, estimated with care.
		Weight::from_parts(5_000_000, 2_000)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
	}
	/// The sweep at the end of a lease whose evidence is not final, in a full calendar.
	fn sweep_end() -> Weight {
		// Minimum execution time: not measured yet, estimated with care.
		Weight::from_parts(60_000_000, 9_000)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	/// The sweep at a lease that closes with a penalty, in a full calendar.
	fn sweep_close() -> Weight {
		// Minimum execution time: not measured yet, estimated with care.
		Weight::from_parts(240_000_000, 12_000)
			.saturating_add(ParityDbWeight::get().reads(17_u64))
			.saturating_add(ParityDbWeight::get().writes(15_u64))
	}
}

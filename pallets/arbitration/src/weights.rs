// SPDX-License-Identifier: Apache-2.0

//! Weights of `pallet_arbitration`. Made by `scripts/benchmark.sh`; don't edit.
//!
//! Date: 2026-11-20, steps: 20, repeats: 10, processor: AMD EPYC

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(missing_docs)]
#![allow(unused_parens)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// Weight functions needed for `pallet_arbitration`.
pub trait WeightInfo {
	fn add_arbiter() -> Weight;
	fn remove_arbiter() -> Weight;
	fn decide() -> Weight;
}

/// Weights of `pallet_arbitration` with the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Arbitration::Arbiters` (r:1 w:1)
	/// Proof: `Arbitration::Arbiters` (`max_values`: None, `max_size`: Some(178), added: 2653, mode: `MaxEncodedLen`)
	fn add_arbiter() -> Weight {
		// Minimum execution time: 10_445_000 picoseconds.
		Weight::from_parts(11_707_000, 3643)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `Arbitration::Arbiters` (r:1 w:1)
	/// Proof: `Arbitration::Arbiters` (`max_values`: None, `max_size`: Some(178), added: 2653, mode: `MaxEncodedLen`)
	fn remove_arbiter() -> Weight {
		// Minimum execution time: 11_006_000 picoseconds.
		Weight::from_parts(13_561_000, 3643)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `Arbitration::Cases` (r:1 w:1)
	/// Proof: `Arbitration::Cases` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Disputes` (r:1 w:1)
	/// Proof: `LeaseEscrow::Disputes` (`max_values`: None, `max_size`: Some(252), added: 2727, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:2 w:2)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(265), added: 2740, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:3 w:3)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::DisputeDeadlines` (r:0 w:1)
	/// Proof: `LeaseEscrow::DisputeDeadlines` (`max_values`: None, `max_size`: Some(21), added: 2496, mode: `MaxEncodedLen`)
	fn decide() -> Weight {
		// Minimum execution time: 315_719_000 picoseconds.
		Weight::from_parts(337_702_000, 8799)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(8))
	}
}

// For tests.
impl WeightInfo for () {
	fn add_arbiter() -> Weight {
		Weight::from_parts(11_707_000, 3643)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn remove_arbiter() -> Weight {
		Weight::from_parts(13_561_000, 3643)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn decide() -> Weight {
		Weight::from_parts(337_702_000, 8799)
			.saturating_add(ParityDbWeight::get().reads(8))
			.saturating_add(ParityDbWeight::get().writes(8))
	}
}

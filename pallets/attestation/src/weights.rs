// SPDX-License-Identifier: Apache-2.0

//! Weights of `pallet_attestation`.
//!
//! Estimated by hand, from above, until the runtime's benchmarks are run: reads and writes are
//! counted, times and proof sizes are guesses.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// Weight functions needed for `pallet_attestation`.
pub trait WeightInfo {
	fn activate() -> Weight;
	fn authorize_activate() -> Weight;
	fn heartbeat() -> Weight;
	fn authorize_heartbeat() -> Weight;
	fn prove_windows(w: u32, ) -> Weight;
}

/// Weights of `pallet_attestation` with the runtime's database.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `DeviceRegistry::Devices` (r:1 w:1)
	/// Storage: `DeviceRegistry::ActiveKeys` (r:1 w:1)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Storage: `Attestation::Livenesses` (r:1 w:1)
	fn activate() -> Weight {
		Weight::from_parts(40_000_000, 8000)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `DeviceRegistry::Devices` (r:1 w:0)
	/// Storage: `DeviceRegistry::ActiveKeys` (r:1 w:0)
	/// Storage: `Attestation::Livenesses` (r:1 w:0)
	/// Storage: `System::BlockHash` (r:2 w:0)
	fn authorize_activate() -> Weight {
		Weight::from_parts(90_000_000, 8000)
			.saturating_add(T::DbWeight::get().reads(5_u64))
	}
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Storage: `Attestation::Livenesses` (r:1 w:1)
	/// Storage: `LeaseEscrow::Calendars` (r:1 w:0)
	fn heartbeat() -> Weight {
		Weight::from_parts(40_000_000, 8000)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `DeviceRegistry::Devices` (r:1 w:0)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Storage: `Attestation::Livenesses` (r:1 w:0)
	/// Storage: `UsageToken::Windows` (r:1 w:0)
	/// Storage: `LeaseEscrow::Calendars` (r:1 w:0)
	/// Storage: `System::BlockHash` (r:2 w:0)
	fn authorize_heartbeat() -> Weight {
		Weight::from_parts(100_000_000, 12000)
			.saturating_add(T::DbWeight::get().reads(7_u64))
	}
	/// Storage: `Attestation::ProvenDays` (r:5 w:4)
	/// Storage: `Attestation::ProvenMinutes` (r:64 w:64)
	/// The range of component `w` is `[0, 64]`.
	fn prove_windows(w: u32, ) -> Weight {
		Weight::from_parts(30_000_000, 14000)
			.saturating_add(Weight::from_parts(3_000_000, 2500).saturating_mul(w.into()))
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(w.into())))
			.saturating_add(T::DbWeight::get().writes(4_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(w.into())))
	}
}

// For backwards compatibility and tests.
impl WeightInfo for () {
	fn activate() -> Weight {
		Weight::from_parts(40_000_000, 8000)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn authorize_activate() -> Weight {
		Weight::from_parts(90_000_000, 8000)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
	}
	fn heartbeat() -> Weight {
		Weight::from_parts(40_000_000, 8000)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn authorize_heartbeat() -> Weight {
		Weight::from_parts(100_000_000, 12000)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
	}
	fn prove_windows(w: u32, ) -> Weight {
		Weight::from_parts(30_000_000, 14000)
			.saturating_add(Weight::from_parts(3_000_000, 2500).saturating_mul(w.into()))
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(w.into())))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(w.into())))
	}
}

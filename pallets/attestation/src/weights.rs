// SPDX-License-Identifier: Apache-2.0

//! Weights of `pallet_attestation`. Made by `scripts/benchmark.sh`; don't edit.
//!
//! Date: 2026-11-20, steps: 20, repeats: 10, processor: AMD EPYC

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(missing_docs)]
#![allow(unused_parens)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// Weight functions needed for `pallet_attestation`.
pub trait WeightInfo {
	fn activate() -> Weight;
	fn authorize_activate() -> Weight;
	fn heartbeat() -> Weight;
	fn authorize_heartbeat() -> Weight;
	fn prove_windows(w: u32, ) -> Weight;
	fn submit_receipt() -> Weight;
	fn authorize_receipt() -> Weight;
}

/// Weights of `pallet_attestation` with the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `DeviceRegistry::Devices` (r:1 w:1)
	/// Proof: `DeviceRegistry::Devices` (`max_values`: None, `max_size`: Some(558), added: 3033, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::ActiveKeys` (r:1 w:2)
	/// Proof: `DeviceRegistry::ActiveKeys` (`max_values`: None, `max_size`: Some(58), added: 2533, mode: `MaxEncodedLen`)
	/// Storage: `Attestation::Livenesses` (r:1 w:1)
	/// Proof: `Attestation::Livenesses` (`max_values`: None, `max_size`: Some(230), added: 2705, mode: `MaxEncodedLen`)
	fn activate() -> Weight {
		// Minimum execution time: 50_154_000 picoseconds.
		Weight::from_parts(61_401_000, 4023)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	/// Storage: `DeviceRegistry::Devices` (r:1 w:0)
	/// Proof: `DeviceRegistry::Devices` (`max_values`: None, `max_size`: Some(558), added: 3033, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::ActiveKeys` (r:1 w:0)
	/// Proof: `DeviceRegistry::ActiveKeys` (`max_values`: None, `max_size`: Some(58), added: 2533, mode: `MaxEncodedLen`)
	/// Storage: `Attestation::Livenesses` (r:1 w:0)
	/// Proof: `Attestation::Livenesses` (`max_values`: None, `max_size`: Some(230), added: 2705, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:2 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	fn authorize_activate() -> Weight {
		// Minimum execution time: 80_450_000 picoseconds.
		Weight::from_parts(100_380_000, 6028)
			.saturating_add(T::DbWeight::get().reads(6))
	}
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Attestation::Livenesses` (r:1 w:1)
	/// Proof: `Attestation::Livenesses` (`max_values`: None, `max_size`: Some(230), added: 2705, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Calendars` (r:1 w:0)
	/// Proof: `LeaseEscrow::Calendars` (`max_values`: None, `max_size`: Some(2642), added: 5117, mode: `MaxEncodedLen`)
	fn heartbeat() -> Weight {
		// Minimum execution time: 32_859_000 picoseconds.
		Weight::from_parts(40_961_000, 6107)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `DeviceRegistry::Devices` (r:1 w:0)
	/// Proof: `DeviceRegistry::Devices` (`max_values`: None, `max_size`: Some(558), added: 3033, mode: `MaxEncodedLen`)
	/// Storage: `Attestation::Livenesses` (r:1 w:0)
	/// Proof: `Attestation::Livenesses` (`max_values`: None, `max_size`: Some(230), added: 2705, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Windows` (r:2 w:0)
	/// Proof: `UsageToken::Windows` (`max_values`: None, `max_size`: Some(1042), added: 3517, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Lifetimes` (r:1 w:0)
	/// Proof: `LeaseEscrow::Lifetimes` (`max_values`: None, `max_size`: Some(76), added: 2551, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Calendars` (r:1 w:0)
	/// Proof: `LeaseEscrow::Calendars` (`max_values`: None, `max_size`: Some(2642), added: 5117, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Requests` (r:1 w:0)
	/// Proof: `LeaseEscrow::Requests` (`max_values`: None, `max_size`: Some(673), added: 3148, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:2 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	fn authorize_heartbeat() -> Weight {
		// Minimum execution time: 101_752_000 picoseconds.
		Weight::from_parts(119_027_000, 8024)
			.saturating_add(T::DbWeight::get().reads(10))
	}
	/// Storage: `Attestation::ProvenDays` (r:6 w:6)
	/// Proof: `Attestation::ProvenDays` (`max_values`: None, `max_size`: Some(200), added: 2675, mode: `MaxEncodedLen`)
	/// Storage: `Attestation::ProvenMinutes` (r:64 w:64)
	/// Proof: `Attestation::ProvenMinutes` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// `w` is in `[0, 64]`.
	fn prove_windows(w: u32, ) -> Weight {
		// Minimum execution time: 11_908_000 picoseconds.
		Weight::from_parts(27_915_725, 15092)
			// Standard error: 5_391
			.saturating_add(Weight::from_parts(4_190_237, 0).saturating_mul(w.into()))
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(w.into())))
			.saturating_add(T::DbWeight::get().writes(5))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(w.into())))
			.saturating_add(Weight::from_parts(0, 2495).saturating_mul(w.into()))
	}
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Attestation::Receipts` (r:0 w:1)
	/// Proof: `Attestation::Receipts` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	fn submit_receipt() -> Weight {
		// Minimum execution time: 16_965_000 picoseconds.
		Weight::from_parts(26_710_000, 1493)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `LeaseEscrow::Leases` (r:1 w:0)
	/// Proof: `LeaseEscrow::Leases` (`max_values`: None, `max_size`: Some(610), added: 3085, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Outages` (r:1 w:0)
	/// Proof: `LeaseEscrow::Outages` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Attestation::Receipts` (r:1 w:0)
	/// Proof: `Attestation::Receipts` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	fn authorize_receipt() -> Weight {
		// Minimum execution time: 107_319_000 picoseconds.
		Weight::from_parts(114_721_000, 4075)
			.saturating_add(T::DbWeight::get().reads(5))
	}
}

// For tests.
impl WeightInfo for () {
	fn activate() -> Weight {
		Weight::from_parts(61_401_000, 4023)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn authorize_activate() -> Weight {
		Weight::from_parts(100_380_000, 6028)
			.saturating_add(ParityDbWeight::get().reads(6))
	}
	fn heartbeat() -> Weight {
		Weight::from_parts(40_961_000, 6107)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn authorize_heartbeat() -> Weight {
		Weight::from_parts(119_027_000, 8024)
			.saturating_add(ParityDbWeight::get().reads(10))
	}
	fn prove_windows(w: u32, ) -> Weight {
		Weight::from_parts(27_915_725, 15092)
			.saturating_add(Weight::from_parts(4_190_237, 0).saturating_mul(w.into()))
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().reads((1_u64).saturating_mul(w.into())))
			.saturating_add(ParityDbWeight::get().writes(5))
			.saturating_add(ParityDbWeight::get().writes((1_u64).saturating_mul(w.into())))
	}
	fn submit_receipt() -> Weight {
		Weight::from_parts(26_710_000, 1493)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn authorize_receipt() -> Weight {
		Weight::from_parts(114_721_000, 4075)
			.saturating_add(ParityDbWeight::get().reads(5))
	}
}

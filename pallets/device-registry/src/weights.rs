// SPDX-License-Identifier: Apache-2.0

//! Weights of `pallet_device_registry`. Made by `scripts/benchmark.sh`; don't edit.
//!
//! Date: 2026-11-20, steps: 10, repeats: 5, processor: AMD EPYC

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
	fn accept_transfer(l: u32) -> Weight;
	fn release_key() -> Weight;
	fn rotate_key() -> Weight;
	fn report_missing() -> Weight;
	fn report_found() -> Weight;
	fn force_retire(l: u32) -> Weight;
	fn create_fleet() -> Weight;
	fn add_to_fleet() -> Weight;
	fn remove_from_fleet() -> Weight;
	fn disband_fleet(d: u32) -> Weight;
}

/// Weights of `pallet_device_registry` with the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `DeviceRegistry::ActiveKeys` (r:1 w:0)
	/// Proof: `DeviceRegistry::ActiveKeys` (`max_values`: None, `max_size`: Some(58), added: 2533, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::NextDeviceId` (r:1 w:1)
	/// Proof: `DeviceRegistry::NextDeviceId` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(193), added: 2668, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::DevicesByOwner` (r:0 w:1)
	/// Proof: `DeviceRegistry::DevicesByOwner` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::Devices` (r:0 w:1)
	/// Proof: `DeviceRegistry::Devices` (`max_values`: None, `max_size`: Some(473), added: 2948, mode: `MaxEncodedLen`)
	fn register() -> Weight {
		// Minimum execution time: 68_232_000 picoseconds.
		Weight::from_parts(73_730_000, 3658)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	/// Storage: `DeviceRegistry::Devices` (r:1 w:1)
	/// Proof: `DeviceRegistry::Devices` (`max_values`: None, `max_size`: Some(473), added: 2948, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::ActiveKeys` (r:1 w:0)
	/// Proof: `DeviceRegistry::ActiveKeys` (`max_values`: None, `max_size`: Some(58), added: 2533, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(193), added: 2668, mode: `MaxEncodedLen`)
	fn update() -> Weight {
		// Minimum execution time: 65_448_000 picoseconds.
		Weight::from_parts(70_394_000, 3938)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	/// Storage: `DeviceRegistry::Devices` (r:1 w:1)
	/// Proof: `DeviceRegistry::Devices` (`max_values`: None, `max_size`: Some(473), added: 2948, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `UsageToken::Windows` (r:1 w:0)
	/// Proof: `UsageToken::Windows` (`max_values`: None, `max_size`: Some(466), added: 2941, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Calendars` (r:1 w:0)
	/// Proof: `LeaseEscrow::Calendars` (`max_values`: None, `max_size`: Some(2322), added: 4797, mode: `MaxEncodedLen`)
	/// Storage: `LeaseEscrow::Lifetimes` (r:1 w:0)
	/// Proof: `LeaseEscrow::Lifetimes` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(193), added: 2668, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::DevicesByOwner` (r:0 w:1)
	/// Proof: `DeviceRegistry::DevicesByOwner` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `DeviceRegistry::ActiveKeys` (r:0 w:1)
	/// Proof: `DeviceRegistry::ActiveKeys` (`max_values`: None, `max_size`: Some(58), added: 2533, mode: `MaxEncodedLen`)
	fn retire() -> Weight {
		// Minimum execution time: 72_257_000 picoseconds.
		Weight::from_parts(77_896_000, 5787)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	fn offer_transfer() -> Weight {
		// Estimated, not measured.
		Weight::from_parts(40_000_000, 3990)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	fn withdraw_transfer() -> Weight {
		// Estimated, not measured.
		Weight::from_parts(40_000_000, 3990)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	fn accept_transfer(l: u32) -> Weight {
		// Estimated, not measured.
		Weight::from_parts(140_000_000, 6280)
			.saturating_add(Weight::from_parts(30_000_000, 2700).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(7))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(l.into())))
	}
	fn release_key() -> Weight {
		// Estimated, not measured.
		Weight::from_parts(80_000_000, 5787)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	fn rotate_key() -> Weight {
		// Estimated, not measured.
		Weight::from_parts(90_000_000, 5787)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	fn report_missing() -> Weight {
		// Estimated, not measured.
		Weight::from_parts(1_500_000_000, 360000)
			.saturating_add(T::DbWeight::get().reads(150))
			.saturating_add(T::DbWeight::get().writes(150))
	}
	fn report_found() -> Weight {
		// Estimated, not measured.
		Weight::from_parts(38_000_000, 3990)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	fn force_retire(l: u32) -> Weight {
		// Estimated, not measured.
		Weight::from_parts(250_000_000, 6280)
			.saturating_add(Weight::from_parts(250_000_000, 5300).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(26))
			.saturating_add(T::DbWeight::get().reads((16_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(26))
			.saturating_add(T::DbWeight::get().writes((16_u64).saturating_mul(l.into())))
	}
	fn create_fleet() -> Weight {
		// Estimated, not measured.
		Weight::from_parts(75_000_000, 3658)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	fn add_to_fleet() -> Weight {
		// Estimated, not measured.
		Weight::from_parts(1_500_000_000, 360000)
			.saturating_add(T::DbWeight::get().reads(150))
			.saturating_add(T::DbWeight::get().writes(150))
	}
	fn remove_from_fleet() -> Weight {
		// Estimated, not measured.
		Weight::from_parts(1_500_000_000, 360000)
			.saturating_add(T::DbWeight::get().reads(150))
			.saturating_add(T::DbWeight::get().writes(150))
	}
	fn disband_fleet(d: u32) -> Weight {
		// Estimated, not measured.
		Weight::from_parts(90_000_000, 6280)
			.saturating_add(Weight::from_parts(25_000_000, 2990).saturating_mul(d.into()))
			.saturating_add(T::DbWeight::get().reads(24))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(d.into())))
			.saturating_add(T::DbWeight::get().writes(22))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(d.into())))
	}
}

// For tests.
impl WeightInfo for () {
	fn register() -> Weight {
		Weight::from_parts(73_730_000, 3658)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn update() -> Weight {
		Weight::from_parts(70_394_000, 3938)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn retire() -> Weight {
		Weight::from_parts(77_896_000, 5787)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn offer_transfer() -> Weight {
		Weight::from_parts(40_000_000, 3990)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn withdraw_transfer() -> Weight {
		Weight::from_parts(40_000_000, 3990)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn accept_transfer(l: u32) -> Weight {
		Weight::from_parts(140_000_000, 6280)
			.saturating_add(Weight::from_parts(30_000_000, 2700).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(7))
			.saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(l.into())))
			.saturating_add(ParityDbWeight::get().writes(7))
			.saturating_add(ParityDbWeight::get().writes((2_u64).saturating_mul(l.into())))
	}
	fn release_key() -> Weight {
		Weight::from_parts(80_000_000, 5787)
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn rotate_key() -> Weight {
		Weight::from_parts(90_000_000, 5787)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn report_missing() -> Weight {
		Weight::from_parts(1_500_000_000, 360000)
			.saturating_add(ParityDbWeight::get().reads(150))
			.saturating_add(ParityDbWeight::get().writes(150))
	}
	fn report_found() -> Weight {
		Weight::from_parts(38_000_000, 3990)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn force_retire(l: u32) -> Weight {
		Weight::from_parts(250_000_000, 6280)
			.saturating_add(Weight::from_parts(250_000_000, 5300).saturating_mul(l.into()))
			.saturating_add(ParityDbWeight::get().reads(26))
			.saturating_add(ParityDbWeight::get().reads((16_u64).saturating_mul(l.into())))
			.saturating_add(ParityDbWeight::get().writes(26))
			.saturating_add(ParityDbWeight::get().writes((16_u64).saturating_mul(l.into())))
	}
	fn create_fleet() -> Weight {
		Weight::from_parts(75_000_000, 3658)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn add_to_fleet() -> Weight {
		Weight::from_parts(1_500_000_000, 360000)
			.saturating_add(ParityDbWeight::get().reads(150))
			.saturating_add(ParityDbWeight::get().writes(150))
	}
	fn remove_from_fleet() -> Weight {
		Weight::from_parts(1_500_000_000, 360000)
			.saturating_add(ParityDbWeight::get().reads(150))
			.saturating_add(ParityDbWeight::get().writes(150))
	}
	fn disband_fleet(d: u32) -> Weight {
		Weight::from_parts(90_000_000, 6280)
			.saturating_add(Weight::from_parts(25_000_000, 2990).saturating_mul(d.into()))
			.saturating_add(ParityDbWeight::get().reads(24))
			.saturating_add(ParityDbWeight::get().reads((2_u64).saturating_mul(d.into())))
			.saturating_add(ParityDbWeight::get().writes(22))
			.saturating_add(ParityDbWeight::get().writes((2_u64).saturating_mul(d.into())))
	}
}

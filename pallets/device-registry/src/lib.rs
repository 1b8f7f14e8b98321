// SPDX-License-Identifier: Apache-2.0

//! # Device registry
//!
//! Who owns which device, what it is, and which key speaks for it. Everything else on the chain
//! refers to a device by the number that it gets here.
//!
//! ## Terms
//!
//! - **Record**: what the chain keeps of a device. Small, bounded, paid by a deposit of its owner that
//!   follows the record's size and comes back when the record goes.
//! - **Pending key**: a public key that the owner named. It speaks for nobody yet: several records
//!   may name the same one.
//! - **Active key**: a key whose holder signed for this record and this owner. It belongs to one
//!   device until that device is retired.
//! - **Committed**: others hold claims on the device (units sold, leases open). Such a device stays.
//! - **Retired**: a number that was given out and has no record any more. Numbers are never reused.
//! - **Missing**: not returned by a tenant. The record and its key stay, so that the device can
//!   neither be leased nor registered again.
//!
//! ## A short story
//!
//! Olga has an idle GPU. She calls [`Pallet::register`] with its class, its memory and throughput, a
//! coarse H3 cell, the hash of a data sheet and the public key that her agent printed. The chain holds
//! a deposit and answers with device 7. The agent on the GPU signs an activation that names Olga; the
//! attestation pallet checks it and activates the key through
//! [`Devices::activate_key`](tenure_primitives::traits::Devices::activate_key). Mallory, who had
//! registered a device with a copy of Olga's public key, can no longer activate his. Olga buys
//! more memory and says so with [`Pallet::update`]; the deposit follows the record's size. Two
//! years later nobody holds a unit or a lease of the device: [`Pallet::retire`] removes the record,
//! frees the key and gives the deposit back.
//!
//! ## Neighbours
//!
//! The pallet implements [`tenure_primitives::traits::Devices`] for those above it and asks them,
//! through [`DeviceCommitments`], whether a device may go. It names none of them.

#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
	not(test),
	deny(
		clippy::arithmetic_side_effects,
		clippy::indexing_slicing,
		clippy::unwrap_used,
		clippy::panic,
		clippy::float_arithmetic,
		clippy::todo,
		clippy::unimplemented,
		clippy::string_slice
	)
)]

mod amendment;
mod keys;
mod lookup;
mod registration;
mod types;
mod validity;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod mock;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;

pub use pallet::*;
pub use types::{DeviceRecord, DeviceUpdate};
pub use weights::WeightInfo;

use tenure_primitives::traits::DeviceCommitments;

/// A device's record with the types of the runtime.
pub type DeviceRecordOf<T> =
	DeviceRecord<<T as frame_system::Config>::AccountId, <T as Config>::Consideration>;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::{
		pallet_prelude::*,
		traits::{Consideration, ConstU64, Footprint, UnixTime},
	};
	use frame_system::pallet_prelude::*;
	use tenure_primitives::{Capabilities, DeviceClass, DeviceId, Location, Metadata, PublicKey};

	/// Layout of the storage, for migrations.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// The registry of devices.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the registry needs from the runtime.
	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// The time of the block.
		type Time: UnixTime;

		/// The owner's payment for a record's storage. The footprint is one item of the size of the
		/// record and its index entries in bytes.
		type Consideration: Consideration<Self::AccountId, Footprint>;

		/// Who else has claims on a device. A device with claims can't be retired.
		type Commitments: DeviceCommitments;

		/// Shortest heartbeat gap that a device may name, in seconds.
		#[pallet::constant]
		type MinHeartbeatGap: Get<u32>;

		/// Longest heartbeat gap that a device may name, in seconds.
		#[pallet::constant]
		type MaxHeartbeatGap: Get<u32>;

		/// Finest H3 resolution that a location may have, 0 to 15. Coarse on purpose: a device's
		/// place is often its owner's home.
		#[pallet::constant]
		type MaxLocationResolution: Get<u8>;

		/// What the calls weigh.
		type WeightInfo: WeightInfo;
	}

	/// Why this pallet holds an owner's money.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// Deposit for a device's record; back when the device is retired.
		#[codec(index = 0)]
		DeviceRecord,
	}

	/// The number that the next device gets. Every number below it was given out.
	#[pallet::storage]
	pub type NextDeviceId<T> = StorageValue<_, DeviceId, ValueQuery, ConstU64<1>>;

	/// The record of each device. A number below the next one without a record is a retired device.
	#[pallet::storage]
	pub type Devices<T: Config> =
		StorageMap<_, Twox64Concat, DeviceId, DeviceRecordOf<T>, OptionQuery>;

	/// The devices of each owner.
	#[pallet::storage]
	pub type DevicesByOwner<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		T::AccountId,
		Twox64Concat,
		DeviceId,
		(),
		OptionQuery,
	>;

	/// The one device that each active key speaks for.
	#[pallet::storage]
	pub type ActiveKeys<T> = StorageMap<_, Blake2_128Concat, PublicKey, DeviceId, OptionQuery>;

	/// What happened to devices.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A device was registered.
		DeviceRegistered {
			/// Its number.
			device: DeviceId,
			/// Who registered it.
			owner: T::AccountId,
			/// The kind of hardware.
			class: DeviceClass,
		},
		/// The description of a device was changed.
		DeviceUpdated {
			/// The device.
			device: DeviceId,
		},
		/// A device showed that it holds its key, and speaks with it from now on.
		KeyActivated {
			/// The device.
			device: DeviceId,
			/// Its key.
			key: PublicKey,
		},
		/// A device was retired: its record is gone, its key is free, its deposit is back.
		DeviceRetired {
			/// The device.
			device: DeviceId,
			/// Who owned it.
			owner: T::AccountId,
		},
	}

	/// Why a call was refused.
	#[pallet::error]
	pub enum Error<T> {
		/// There never was a device of this number.
		UnknownDevice,
		/// The device is retired.
		DeviceRetired,
		/// The device was not returned to its owner: it can't be retired and its key can't be activated.
		DeviceMissing,
		/// Others hold units of the device or lease it, or it is offered.
		DeviceCommitted,
		/// The device belongs to somebody else.
		NotOwner,
		/// The update changes nothing.
		NothingToChange,
		/// The device has no key.
		NoKey,
		/// The device's key is active: it stays until the device is retired.
		KeyActive,
		/// The key is active for another device.
		KeyActiveElsewhere,
		/// The location is not an H3 cell.
		InvalidCell,
		/// The location is finer than the registry allows.
		LocationTooPrecise,
		/// The country is not two capital letters.
		InvalidCountry,
		/// The heartbeat gap is shorter or longer than the registry allows.
		GapOutOfRange,
		/// A capability is given twice.
		DuplicateCapability,
		/// No device number is left.
		NumbersExhausted,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MinHeartbeatGap::get() > 0, "a heartbeat gap of 0 s can't be kept");
			assert!(
				T::MinHeartbeatGap::get() <= T::MaxHeartbeatGap::get(),
				"no heartbeat gap is between the shortest and the longest"
			);
			assert!(T::MaxLocationResolution::get() <= 15, "H3 ends at resolution 15");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight = T::WeightInfo)]
	impl<T: Config> Pallet<T> {
		/// Registers a device of the caller and holds a deposit for its record.
		///
		/// - `origin`: must be signed; the signer becomes the owner.
		/// - `class`: the kind of hardware.
		/// - `capabilities`: what it can do, at most 16 measures.
		/// - `location`: a coarse H3 cell and the ISO 3166-1 alpha-2 code of the country, or none.
		/// - `metadata`: Blake2-256 hash of the public description and where to find it, at most 128
		///   bytes of URI.
		/// - `heartbeat_gap`: longest pause between two heartbeats that counts as unbroken service,
		///   in seconds, between `MinHeartbeatGap` and `MaxHeartbeatGap`.
		/// - `key`: the device's public key, if it has one. It is pending until the device signs
		///   for this record.
		///
		/// Fails with `InvalidCell`, `LocationTooPrecise`, `InvalidCountry`, `GapOutOfRange`, `DuplicateCapability`,
		/// `KeyActiveElsewhere`, or the currency's error if the caller can't pay the deposit.
		#[pallet::call_index(0)]
		pub fn register(
			origin: OriginFor<T>,
			class: DeviceClass,
			capabilities: Capabilities,
			location: Option<Location>,
			metadata: Metadata,
			heartbeat_gap: u32,
			key: Option<PublicKey>,
		) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_register(owner, class, capabilities, location, metadata, heartbeat_gap, key)?;
			Ok(())
		}

		/// Changes the description of a device, or its key while that is not active. The deposit
		/// follows the record's size at today's price. Leases that are agreed keep their terms.
		///
		/// - `origin`: must be signed by the owner.
		/// - `device`: the device.
		/// - `changes`: the new values; what is none stays. A location is removed by naming none
		///   inside the change.
		///
		/// Fails with `UnknownDevice`, `DeviceRetired`, `NotOwner`, `NothingToChange`, `InvalidCell`,
		/// `LocationTooPrecise`, `InvalidCountry`, `GapOutOfRange`, `DuplicateCapability`, `KeyActive`, `KeyActiveElsewhere`,
		/// or the currency's error if the caller can't pay a higher deposit.
		#[pallet::call_index(1)]
		pub fn update(
			origin: OriginFor<T>,
			device: DeviceId,
			changes: DeviceUpdate,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_update(who, device, changes)
		}

		/// Removes a device that nobody has a claim on: frees its key and gives the deposit back. Its
		/// number is never used again.
		///
		/// - `origin`: must be signed by the owner.
		/// - `device`: the device.
		///
		/// Fails with `UnknownDevice`, `DeviceRetired`, `NotOwner`, `DeviceMissing` or
		/// `DeviceCommitted`.
		#[pallet::call_index(2)]
		pub fn retire(origin: OriginFor<T>, device: DeviceId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_retire(who, device)
		}
	}
}

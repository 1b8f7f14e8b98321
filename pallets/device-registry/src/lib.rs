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
//!   device until that device releases it, gets another or goes.
//! - **Rotation**: a key that is to take the place of the active one, from a moment on that is far
//!   enough ahead that nobody is surprised in mid-lease.
//! - **Committed**: others hold claims on the device (units sold, leases open). Such a device stays.
//! - **Retired**: a number that was given out and has no record any more. Numbers are never reused.
//! - **Missing**: not where its owner left it. The record and its key stay, so that the device can
//!   neither be leased nor registered again.
//! - **Offer**: who may become the owner of a device by accepting it.
//! - **Fleet**: devices of one owner that are sold together. A device is in one fleet at most.
//!
//! ## A short story
//!
//! Olga has an idle GPU. She calls [`Pallet::register`] with its class, its memory and throughput, a
//! coarse H3 cell, the hash of a data sheet and the public key that her agent printed. The chain holds
//! a deposit and answers with device 7. The agent on the GPU signs an activation that names Olga; the
//! attestation pallet checks it and activates the key through
//! [`Devices::activate_key`](tenure_primitives::traits::Devices::activate_key). Mallory, who had
//! registered a device with a copy of Olga's public key, can no longer activate his. Olga buys
//! more memory and says so with [`Pallet::update`]; the deposit follows the record's size.
//!
//! She buys two more, calls [`Pallet::create_fleet`] and puts all three in: one series now sells hours
//! that are good on any of them. When she gives up one, it leaves the fleet by
//! [`Pallet::remove_from_fleet`], provided that the other two can serve what is sold. She offers it to
//! Oscar ([`Pallet::offer_transfer`]), he accepts: he pays for the record, she has her deposit back, the
//! bookings that lie ahead are his. The lease that runs stays hers. Oscar's agent gets a key of its
//! own ([`Pallet::rotate_key`]); since tenants lean on the old one it takes over a day later. In the end
//! nobody holds a unit or a lease of the device: [`Pallet::retire`] removes the record, frees the key and
//! gives the deposit back.
//!
//! ## Neighbours
//!
//! The pallet implements [`tenure_primitives::traits::Devices`] for those above it. It asks them,
//! through [`DeviceCommitments`], whether a device may go, and tells them, through [`FleetSales`] and
//! [`DeviceLeases`], who joins and leaves fleets and which device has another owner or none. It names
//! none of them.

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

extern crate alloc;

mod amendment;
mod condition;
mod errors;
mod events;
mod fleets;
mod keys;
mod lookup;
mod membership;
mod ownership;
mod pages;
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
pub use types::{DeviceRecord, DeviceUpdate, FleetRecord, LocationChange};
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;
use tenure_primitives::traits::{DeviceCommitments, DeviceLeases, FleetSales};

/// A device's record with the types of the runtime.
pub type DeviceRecordOf<T> =
	DeviceRecord<<T as frame_system::Config>::AccountId, <T as Config>::Consideration>;

/// A fleet's record with the types of the runtime.
pub type FleetRecordOf<T> =
	FleetRecord<<T as frame_system::Config>::AccountId, <T as Config>::FleetConsideration>;

#[import_section(events::registry_events)]
#[import_section(errors::registry_errors)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::{
		pallet_prelude::*,
		traits::{Consideration, ConstU64, Footprint, UnixTime},
	};
	use frame_system::pallet_prelude::*;
	use tenure_primitives::{
		Balance, Capabilities, DeviceClass, DeviceId, FleetId, Location, Metadata, Moment,
		PublicKey,
	};

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

		/// The owner's payment for a fleet's storage. The footprint is one item of the size of the record
		/// and its entry in the owner's index in bytes.
		type FleetConsideration: Consideration<Self::AccountId, Footprint>;

		/// Who else has claims on a device. A device with claims can't be retired and keeps its key.
		type Commitments: DeviceCommitments;

		/// The leases that a device brings along when it changes hands, or loses when governance retires
		/// it.
		type Leases: DeviceLeases<Self::AccountId>;

		/// What has been sold on fleets.
		type Fleets: FleetSales;

		/// Who can retire a device whatever others have with it.
		type ForceOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Most devices of a fleet, at least 1.
		#[pallet::constant]
		type MaxFleetMembers: Get<u32>;

		/// How long a new key waits before it can take the place of one that others lean on, in seconds.
		#[pallet::constant]
		type KeyRotationDelay: Get<Moment>;

		/// Shortest heartbeat gap that a device may name, in seconds.
		#[pallet::constant]
		type MinHeartbeatGap: Get<u32>;

		/// Longest heartbeat gap that a device may name, in seconds.
		#[pallet::constant]
		type MaxHeartbeatGap: Get<u32>;

		/// Finest H3 resolution that a location may have, 0 to 15.
		/// Coarse on purpose: a device's place is often its owner's home.
		#[pallet::constant]
		type MaxLocationResolution: Get<u8>;

		/// What the calls weigh.
		type WeightInfo: WeightInfo;
	}

	/// Why this pallet holds an owner's money.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// Deposit for a device's record; back when the device is retired or has another owner.
		#[codec(index = 0)]
		DeviceRecord,
		/// Deposit for a fleet's record; back when the fleet is disbanded.
		#[codec(index = 1)]
		FleetRecord,
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

	/// When governance retired a device, for those that it retired.
	#[pallet::storage]
	pub type ForceRetirements<T> = StorageMap<_, Twox64Concat, DeviceId, Moment, OptionQuery>;

	/// The number that the next fleet gets. Every number below it was given out.
	#[pallet::storage]
	pub type NextFleetId<T> = StorageValue<_, FleetId, ValueQuery, ConstU64<1>>;

	/// The record of each fleet. A number below the next one without a record is a disbanded fleet.
	#[pallet::storage]
	pub type Fleets<T: Config> =
		StorageMap<_, Twox64Concat, FleetId, FleetRecordOf<T>, OptionQuery>;

	/// The devices of each fleet, at most [`Config::MaxFleetMembers`].
	#[pallet::storage]
	pub type FleetMembers<T> =
		StorageDoubleMap<_, Twox64Concat, FleetId, Twox64Concat, DeviceId, (), OptionQuery>;

	/// The fleets of each owner.
	#[pallet::storage]
	pub type FleetsByOwner<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, FleetId, (), OptionQuery>;

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MinHeartbeatGap::get() > 0, "a heartbeat gap of 0 s can't be kept");
			assert!(
				T::MinHeartbeatGap::get() <= T::MaxHeartbeatGap::get(),
				"no heartbeat gap is between the shortest and the longest"
			);
			assert!(T::MaxLocationResolution::get() <= 15, "H3 ends at resolution 15");
			assert!(T::MaxFleetMembers::get() > 0, "a fleet must be able to have a member");
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

		/// Changes the description of a device, or its key while that is not active.
		/// The deposit follows the record's size at today's price. Leases that are agreed keep
		/// their terms.
		///
		/// - `origin`: must be signed by the owner.
		/// - `device`: the device.
		/// - `changes`: the new values; what is none stays, and so does a location to keep.
		///
		/// Fails with `UnknownDevice`, `DeviceRetired`, `NotOwner`, `NothingToChange`, `InvalidCell`,
		/// `LocationTooPrecise`, `InvalidCountry`, `GapOutOfRange`, `DuplicateCapability`, `KeyActive`,
		/// `DeviceMissing` (for a key), `KeyActiveElsewhere`, or the currency's error if the caller can't
		/// pay a higher deposit.
		#[pallet::call_index(1)]
		pub fn update(
			origin: OriginFor<T>,
			device: DeviceId,
			changes: DeviceUpdate,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_update(who, device, changes)
		}

		/// Removes a device that nobody has a claim on: frees its key and gives the deposit back.
		/// Its number is never used again.
		///
		/// - `origin`: must be signed by the owner.
		/// - `device`: the device.
		///
		/// Fails with `UnknownDevice`, `DeviceRetired`, `NotOwner`, `DeviceMissing`, `DeviceInFleet` or
		/// `DeviceCommitted`.
		#[pallet::call_index(2)]
		pub fn retire(origin: OriginFor<T>, device: DeviceId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_retire(who, device)
		}

		/// Offers a device to another account, in place of the one it was offered to before.
		/// Nothing else changes until that one accepts; the offer stands for the device as it is by
		/// then.
		///
		/// - `origin`: must be signed by the owner.
		/// - `device`: the device.
		/// - `to`: who may accept it.
		///
		/// Fails with `UnknownDevice`, `DeviceRetired`, `NotOwner`, `AlreadyOwner`, `DeviceMissing`,
		/// `DeviceInFleet`, or `NothingToChange` if it is offered to that account.
		#[pallet::call_index(3)]
		pub fn offer_transfer(
			origin: OriginFor<T>,
			device: DeviceId,
			to: T::AccountId,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_offer_transfer(who, device, to)
		}

		/// Takes back the offer of a device.
		///
		/// - `origin`: must be signed by the owner.
		/// - `device`: the device.
		///
		/// Fails with `UnknownDevice`, `DeviceRetired`, `NotOwner` or `NotOffered`.
		#[pallet::call_index(4)]
		pub fn withdraw_transfer(origin: OriginFor<T>, device: DeviceId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw_transfer(who, device)
		}

		/// Makes the caller, to whom the device is offered, its owner.
		/// The caller pays the deposit at today's price, who owned it gets what it paid back. The
		/// active key stays; a rotation of it that was scheduled does not. Leases that have not
		/// begun are paid to the caller, whose bond stands behind them; those that run keep payee
		/// and bond. Units stay good on the device.
		///
		/// - `origin`: must be signed by the account that the device is offered to.
		/// - `device`: the device.
		/// - `max_bond`: most of the caller's free bond that the leases which move may take.
		///
		/// Fails with `UnknownDevice`, `DeviceRetired`, `NotOffered`, `OfferedToAnother`, the currency's
		/// error if the caller can't pay the deposit, or the error of the leases if its bond is too small or
		/// they need more of it than `max_bond`. A key that is not active is forgotten.
		#[pallet::call_index(5)]
		#[pallet::weight(Pallet::<T>::weight_to_accept(T::Leases::max_booked()))]
		pub fn accept_transfer(
			origin: OriginFor<T>,
			device: DeviceId,
			max_bond: Balance,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let leases = Self::do_accept_transfer(who, device, max_bond)?;
			Ok(Some(Self::weight_to_accept(leases)).into())
		}

		/// Makes the active key of a device pending again.
		/// It can be activated for any record that names it, or for this one again. A rotation that
		/// was scheduled is off.
		///
		/// - `origin`: must be signed by the owner.
		/// - `device`: the device.
		///
		/// Fails with `UnknownDevice`, `DeviceRetired`, `NotOwner`, `NoKey`, `KeyNotActive`,
		/// `DeviceMissing`, `DeviceInFleet` or `DeviceCommitted`.
		#[pallet::call_index(6)]
		pub fn release_key(origin: OriginFor<T>, device: DeviceId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_release_key(who, device)
		}

		/// Gives a device another key.
		///
		/// A device without active key has it at once, pending; the deposit follows. So has a device that
		/// nobody has a claim on and that is in no fleet: the key before is free. Else the key before stays
		/// active, and `KeyRotationDelay` seconds later the device can activate the new one in its place.
		/// Another call before that replaces the new key and starts the delay again; a call with the active
		/// key itself calls the change off.
		///
		/// - `origin`: must be signed by the owner.
		/// - `device`: the device.
		/// - `key`: the new key.
		///
		/// Fails with `UnknownDevice`, `DeviceRetired`, `NotOwner`, `DeviceMissing`, `NothingToChange` if
		/// the key is the device's own already and no other is about to take its place,
		/// `KeyActiveElsewhere`, or the currency's error if the caller can't pay a higher deposit.
		#[pallet::call_index(7)]
		pub fn rotate_key(
			origin: OriginFor<T>,
			device: DeviceId,
			key: PublicKey,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_rotate_key(who, device, key)
		}

		/// Marks a device missing: nobody can lease it or buy units of it.
		/// It leaves its fleet whatever that has sold, and its offer ends. Leases that are agreed run on and are judged by their evidence. Its key
		/// stays, so that whoever has the device can't register it.
		///
		/// - `origin`: must be signed by the owner.
		/// - `device`: the device.
		///
		/// Fails with `UnknownDevice`, `DeviceRetired`, `NotOwner` or `DeviceMissing`.
		#[pallet::call_index(8)]
		pub fn report_missing(origin: OriginFor<T>, device: DeviceId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_report_missing(who, device)
		}

		/// Lists a missing device again, in the fleet that it was in.
		/// If that is disbanded, it is in none.
		///
		/// - `origin`: must be signed by the owner.
		/// - `device`: the device.
		///
		/// Fails with `UnknownDevice`, `DeviceRetired`, `NotOwner`, `DeviceNotMissing`, `FleetFull`, or
		/// the error of sales while units of the device itself are outstanding.
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::report_found().saturating_add(T::WeightInfo::add_to_fleet()))]
		pub fn report_found(origin: OriginFor<T>, device: DeviceId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_report_found(who, device)
		}

		/// Removes a device that is stolen or unlawful, whatever others have with it.
		/// It leaves its fleet, its leases are closed (what is proven is paid, the rest goes back to the
		/// tenants), its key is free, its owner has the deposit back. Its units redeem at par.
		///
		/// - `origin`: must be [`Config::ForceOrigin`].
		/// - `device`: the device.
		///
		/// Fails with `UnknownDevice` or `DeviceRetired`.
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::force_retire(T::Leases::max_leases()))]
		pub fn force_retire(origin: OriginFor<T>, device: DeviceId) -> DispatchResultWithPostInfo {
			T::ForceOrigin::ensure_origin(origin)?;
			let leases = Self::do_force_retire(device)?;
			Ok(Some(T::WeightInfo::force_retire(leases)).into())
		}

		/// Makes a fleet of the caller, without members, and holds a deposit for its record.
		/// A fleet stays its maker's: it can be disbanded, not transferred.
		///
		/// - `origin`: must be signed; the signer becomes the owner.
		///
		/// Fails with `NumbersExhausted`, or the currency's error if the caller can't pay the deposit.
		#[pallet::call_index(11)]
		pub fn create_fleet(origin: OriginFor<T>) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_create_fleet(owner)?;
			Ok(())
		}

		/// Puts a device into a fleet. From now on it is sold through the fleet's series only.
		/// Its key must be active, and stays so while it is a member: members are what the fleet's series
		/// count on.
		///
		/// - `origin`: must be signed by the owner of both.
		/// - `fleet`: the fleet.
		/// - `device`: the device.
		///
		/// Fails with `UnknownFleet`, `FleetDisbanded`, `NotFleetOwner`, `UnknownDevice`, `DeviceRetired`,
		/// `NotOwner`, `DeviceMissing`, `DeviceInFleet`, `DeviceOffered`, `KeyNotActive`, `FleetFull`, or the
		/// error of the usage tokens if units of the device itself are for sale or outstanding.
		#[pallet::call_index(12)]
		pub fn add_to_fleet(
			origin: OriginFor<T>,
			fleet: FleetId,
			device: DeviceId,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_add_to_fleet(who, fleet, device)
		}

		/// Takes a device out of a fleet.
		///
		/// - `origin`: must be signed by the owner.
		/// - `fleet`: the fleet.
		/// - `device`: the device.
		///
		/// Fails with `UnknownFleet`, `FleetDisbanded`, `NotFleetOwner`, `UnknownDevice`, `DeviceRetired`,
		/// `NotInFleet`, or the error of the usage tokens if the other members can't serve what the
		/// fleet has sold, the leases of this one included.
		#[pallet::call_index(13)]
		pub fn remove_from_fleet(
			origin: OriginFor<T>,
			fleet: FleetId,
			device: DeviceId,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_remove_from_fleet(who, fleet, device)
		}

		/// Lets all members of a fleet go and removes it; the deposit comes back.
		/// Its number is never used again.
		///
		/// - `origin`: must be signed by the owner.
		/// - `fleet`: the fleet.
		///
		/// Fails with `UnknownFleet`, `FleetDisbanded`, `NotFleetOwner`, or the error of the usage tokens
		/// if units of the fleet are for sale or outstanding.
		#[pallet::call_index(14)]
		#[pallet::weight(T::WeightInfo::disband_fleet(T::MaxFleetMembers::get()))]
		pub fn disband_fleet(origin: OriginFor<T>, fleet: FleetId) -> DispatchResultWithPostInfo {
			let owner = ensure_signed(origin)?;
			let members = Self::do_disband_fleet(owner, fleet)?;
			Ok(Some(T::WeightInfo::disband_fleet(members)).into())
		}
	}
}

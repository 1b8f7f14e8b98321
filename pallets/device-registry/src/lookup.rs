// SPDX-License-Identifier: Apache-2.0

//! What others read of devices and fleets.

use crate::{
	Config, DeviceRecordOf, Devices, Error, FleetMembers, FleetRecordOf, Fleets, ForceRetirements,
	NextDeviceId, NextFleetId, Pallet,
};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	traits::{Get, UnixTime},
};
use sp_runtime::DispatchError;
use tenure_primitives::{
	apis::{DeviceDetails, FleetDetails},
	traits, Balance, DeviceId, DeviceInfo, DeviceStatus, FleetId, FleetInfo, KeyRotation, Moment,
	PublicKey,
};

impl<T: Config> Pallet<T> {
	/// The time of the block, in seconds since the Unix epoch.
	pub(crate) fn now() -> Moment {
		T::Time::now().as_secs()
	}

	/// The record, or why there is none.
	pub(crate) fn record(device: DeviceId) -> Result<DeviceRecordOf<T>, Error<T>> {
		Devices::<T>::get(device).ok_or_else(|| {
			if (1..NextDeviceId::<T>::get()).contains(&device) {
				Error::<T>::DeviceRetired
			} else {
				Error::<T>::UnknownDevice
			}
		})
	}

	/// The record if it belongs to `who`.
	pub(crate) fn record_of(
		who: &T::AccountId,
		device: DeviceId,
	) -> Result<DeviceRecordOf<T>, Error<T>> {
		let record = Self::record(device)?;
		ensure!(record.owner == *who, Error::<T>::NotOwner);
		Ok(record)
	}

	/// Refuses a device that is missing or in a fleet: its owner alone can't decide on it.
	pub(crate) fn ensure_apart(record: &DeviceRecordOf<T>) -> Result<(), Error<T>> {
		ensure!(record.status == DeviceStatus::Listed, Error::<T>::DeviceMissing);
		ensure!(record.fleet.is_none(), Error::<T>::DeviceInFleet);
		Ok(())
	}

	/// The fleet's record, or why there is none.
	pub(crate) fn fleet_record(fleet: FleetId) -> Result<FleetRecordOf<T>, Error<T>> {
		Fleets::<T>::get(fleet).ok_or_else(|| {
			if (1..NextFleetId::<T>::get()).contains(&fleet) {
				Error::<T>::FleetDisbanded
			} else {
				Error::<T>::UnknownFleet
			}
		})
	}

	/// The fleet's record if it belongs to `who`.
	pub(crate) fn fleet_record_of(
		who: &T::AccountId,
		fleet: FleetId,
	) -> Result<FleetRecordOf<T>, Error<T>> {
		let record = Self::fleet_record(fleet)?;
		ensure!(record.owner == *who, Error::<T>::NotFleetOwner);
		Ok(record)
	}

	/// The numbers of the fleet's members, in no particular order.
	pub(crate) fn members(fleet: FleetId) -> Vec<DeviceId> {
		FleetMembers::<T>::iter_key_prefix(fleet).collect()
	}

	/// The device in full, or none if there never was one or it is retired.
	pub fn details(device: DeviceId) -> Option<DeviceDetails<T::AccountId>> {
		let record = Devices::<T>::get(device)?;
		Some(DeviceDetails {
			deposit: Self::deposit(&record.ticket),
			owner: record.owner,
			class: record.class,
			capabilities: record.capabilities,
			location: record.location,
			metadata: record.metadata,
			key: record.key,
			heartbeat_gap: record.heartbeat_gap,
			status: record.status,
			fleet: record.fleet,
			registered_at: record.registered_at,
			offered_to: record.offered_to,
			rotation: record.rotation,
		})
	}

	/// The fleet in full, its members in the order of their numbers, or none if there never was one or
	/// it is disbanded.
	pub fn fleet_details(fleet: FleetId) -> Option<FleetDetails<T::AccountId>> {
		let record = Fleets::<T>::get(fleet)?;
		let mut members = Self::members(fleet);
		members.sort_unstable();
		Some(FleetDetails { deposit: Self::deposit(&record.ticket), owner: record.owner, members })
	}

	/// The amount behind a ticket; 0 if the runtime's tickets carry none. A ticket hides its
	/// amount but encodes to it, which spares a second copy that could drift.
	pub(crate) fn deposit(ticket: &impl Encode) -> Balance {
		Balance::decode(&mut ticket.encode().as_slice()).unwrap_or_default()
	}
}

impl<T: Config> traits::Devices<T::AccountId> for Pallet<T> {
	fn device(device: DeviceId) -> Result<DeviceInfo<T::AccountId>, DispatchError> {
		let record = Self::record(device)?;
		Ok(DeviceInfo {
			owner: record.owner,
			status: record.status,
			fleet: record.fleet,
			offered: record.offered_to.is_some(),
			key: record.key,
			heartbeat_gap: record.heartbeat_gap,
			registered_at: record.registered_at,
		})
	}

	fn pending_key(device: DeviceId) -> Result<PublicKey, DispatchError> {
		Ok(Self::key_to_activate(&Self::record(device)?)?)
	}

	fn activate_key(device: DeviceId) -> DispatchResult {
		Self::do_activate_key(device)
	}

	fn key_rotation(device: DeviceId) -> Option<KeyRotation> {
		Devices::<T>::get(device)?.rotation
	}

	fn is_retired(device: DeviceId) -> bool {
		matches!(Self::record(device), Err(Error::DeviceRetired))
	}

	fn force_retired_at(device: DeviceId) -> Option<Moment> {
		ForceRetirements::<T>::get(device)
	}

	fn mark_not_returned(device: DeviceId) {
		Self::do_mark_not_returned(device);
	}

	fn fleet(fleet: FleetId) -> Result<FleetInfo<T::AccountId>, DispatchError> {
		let record = Self::fleet_record(fleet)?;
		Ok(FleetInfo { owner: record.owner, members: record.members })
	}

	fn fleet_members(fleet: FleetId) -> Vec<DeviceId> {
		Self::members(fleet)
	}

	fn max_fleet_members() -> u32 {
		T::MaxFleetMembers::get()
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_pending_device(owner: &T::AccountId, key: PublicKey) -> DeviceId {
		crate::benchmarking::rotating_device::<T>(owner, key)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_device(owner: &T::AccountId, key: PublicKey) -> DeviceId {
		crate::benchmarking::active_device::<T>(owner, key)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_fleet(owner: &T::AccountId, members: u32) -> FleetId {
		crate::benchmarking::fleet::<T>(owner, members)
	}
}

// SPDX-License-Identifier: Apache-2.0

//! What is always true of the registry's storage.

use crate::{
	ActiveKeys, Config, DeviceRecordOf, Devices, DevicesByOwner, FleetMembers, Fleets,
	FleetsByOwner, ForceRetirements, NextDeviceId, NextFleetId, Pallet,
};
use frame_support::{ensure, traits::Get};
use sp_runtime::TryRuntimeError;
use tenure_primitives::{DeviceId, DeviceStatus};

impl<T: Config> Pallet<T> {
	/// Checks what is said at each of the parts.
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::try_devices()?;
		Self::try_fleets()?;
		Self::try_force_retirements()
	}

	/// 1. Every device's number is at least 1 and below the next one;
	/// 2. every device is in its owner's index, and the index names nothing else;
	/// 3. every active key is in the index of keys under its device, and the index names nothing
	///    else;
	/// 4. every device that says so is in its fleet's list, and the lists name nothing else.
	fn try_devices() -> Result<(), TryRuntimeError> {
		let next = NextDeviceId::<T>::get();
		let mut devices = 0u64;
		let mut active_keys = 0u64;
		let mut members = 0u64;
		for (device, record) in Devices::<T>::iter() {
			devices = devices.saturating_add(1);
			ensure!((1..next).contains(&device), "a device has a number that was not given out");
			ensure!(
				DevicesByOwner::<T>::contains_key(&record.owner, device),
				"a device is missing in its owner's index"
			);
			if let Some(public) = record.active_key() {
				active_keys = active_keys.saturating_add(1);
				ensure!(
					ActiveKeys::<T>::get(public) == Some(device),
					"an active key is not in the index of keys under its device"
				);
			}
			members = members.saturating_add(record.fleet.is_some().into());
			Self::try_record(device, &record)?;
		}
		// Each device accounts for one entry of each index: equal numbers leave none without one.
		ensure!(
			u64::try_from(DevicesByOwner::<T>::iter_keys().count()) == Ok(devices),
			"an owner's index names a device that is not the owner's"
		);
		ensure!(
			u64::try_from(ActiveKeys::<T>::iter_keys().count()) == Ok(active_keys),
			"the index of keys names a key that is not active"
		);
		ensure!(
			u64::try_from(FleetMembers::<T>::iter_keys().count()) == Ok(members),
			"a fleet's list names a device that is not in it"
		);
		Ok(())
	}

	/// 1. A device in a fleet is in the list of one of its owner, listed, not offered, and has an active
	///    key;
	/// 2. an offered device is listed, and offered to another than its owner;
	/// 3. only an active key is to be replaced, by another one.
	fn try_record(device: DeviceId, record: &DeviceRecordOf<T>) -> Result<(), TryRuntimeError> {
		let is_listed = record.status == DeviceStatus::Listed;
		if let Some(fleet) = record.fleet {
			ensure!(
				FleetMembers::<T>::contains_key(fleet, device),
				"a device is not in the list of its fleet"
			);
			let owner = Fleets::<T>::get(fleet).map(|fleet| fleet.owner);
			ensure!(owner.as_ref() == Some(&record.owner), "a device is in another owner's fleet");
			ensure!(is_listed, "a missing device is in a fleet");
			ensure!(record.offered_to.is_none(), "a device in a fleet is offered");
			ensure!(record.active_key().is_some(), "a device in a fleet has no active key");
		}
		ensure!(
			record.home.is_none() || !is_listed,
			"a device that is not missing has a fleet to go to"
		);
		if let Some(to) = &record.offered_to {
			ensure!(is_listed, "a missing device is offered");
			ensure!(*to != record.owner, "a device is offered to its owner");
		}
		if let Some(rotation) = record.rotation {
			ensure!(
				record.active_key().is_some_and(|active| active != rotation.public),
				"a key is to take the place of none or of itself"
			);
		}
		Ok(())
	}

	/// 1. Every fleet's number is at least 1 and below the next one;
	/// 2. every fleet is in its owner's index, and the index names nothing else;
	/// 3. every fleet has as many members as it says, and no more than it can have.
	fn try_fleets() -> Result<(), TryRuntimeError> {
		let next = NextFleetId::<T>::get();
		let mut fleets = 0u64;
		for (fleet, record) in Fleets::<T>::iter() {
			fleets = fleets.saturating_add(1);
			ensure!((1..next).contains(&fleet), "a fleet has a number that was not given out");
			ensure!(
				FleetsByOwner::<T>::contains_key(&record.owner, fleet),
				"a fleet is missing in its owner's index"
			);
			ensure!(
				u32::try_from(FleetMembers::<T>::iter_key_prefix(fleet).count())
					== Ok(record.members),
				"a fleet has another number of members than it says"
			);
			ensure!(record.members <= T::MaxFleetMembers::get(), "a fleet has too many members");
		}
		ensure!(
			u64::try_from(FleetsByOwner::<T>::iter_keys().count()) == Ok(fleets),
			"an owner's index names a fleet that is not the owner's"
		);
		Ok(())
	}

	/// What governance retired was there, is gone, and went in the past.
	fn try_force_retirements() -> Result<(), TryRuntimeError> {
		let next = NextDeviceId::<T>::get();
		for (device, at) in ForceRetirements::<T>::iter() {
			ensure!((1..next).contains(&device), "a device that never was is force-retired");
			ensure!(!Devices::<T>::contains_key(device), "a force-retired device has a record");
			ensure!(at <= Self::now(), "a device will have been force-retired");
		}
		Ok(())
	}
}

// SPDX-License-Identifier: Apache-2.0

//! How a device comes and goes.

use crate::{
	ActiveKeys, Config, DeviceRecord, DeviceRecordOf, Devices, DevicesByOwner, Error, Event,
	NextDeviceId, Pallet,
};
use frame_support::{dispatch::DispatchResult, ensure, traits::Consideration};
use sp_runtime::DispatchError;
use tenure_primitives::{
	traits::DeviceCommitments, Capabilities, DeviceClass, DeviceId, DeviceKey, DeviceStatus,
	Location, Metadata, PublicKey,
};

impl<T: Config> Pallet<T> {
	/// Makes a record of `owner`, who pays for it. Returns its number.
	pub(crate) fn do_register(
		owner: T::AccountId,
		class: DeviceClass,
		capabilities: Capabilities,
		location: Option<Location>,
		metadata: Metadata,
		heartbeat_gap: u32,
		key: Option<PublicKey>,
	) -> Result<DeviceId, DispatchError> {
		Self::ensure_valid_capabilities(&capabilities)?;
		if let Some(location) = &location {
			Self::ensure_valid_location(location)?;
		}
		Self::ensure_valid_gap(heartbeat_gap)?;
		if let Some(key) = &key {
			Self::ensure_key_free(key)?;
		}
		let device = NextDeviceId::<T>::get();
		let next = device.checked_add(1).ok_or(Error::<T>::NumbersExhausted)?;

		let footprint = DeviceRecordOf::<T>::footprint(&capabilities, &location, &metadata, &key);
		let ticket = T::Consideration::new(&owner, footprint)?;

		let record = DeviceRecord {
			owner: owner.clone(),
			class,
			capabilities,
			location,
			metadata,
			key: key.map(|public| DeviceKey { public, active: false }),
			heartbeat_gap,
			status: DeviceStatus::Listed,
			fleet: None,
			home: None,
			registered_at: Self::now(),
			offered_to: None,
			rotation: None,
			ticket,
		};
		NextDeviceId::<T>::put(next);
		Devices::<T>::insert(device, record);
		DevicesByOwner::<T>::insert(&owner, device, ());
		Self::deposit_event(Event::DeviceRegistered { device, owner, class });
		Ok(device)
	}

	/// Removes the device's record for its owner and gives back what it paid.
	pub(crate) fn do_retire(who: T::AccountId, device: DeviceId) -> DispatchResult {
		let record = Self::record_of(&who, device)?;
		// Without its record a missing device could be registered again as if it were at home.
		Self::ensure_apart(&record)?;
		ensure!(!T::Commitments::is_committed(device), Error::<T>::DeviceCommitted);

		Self::remove_record(device, record.active_key(), &record.owner);
		// A refund that fails must not be lost with the record, so it fails the call.
		record.ticket.drop(&record.owner)?;
		Self::deposit_event(Event::DeviceRetired { device, owner: record.owner });
		Ok(())
	}

	/// Removes the device's record and all that leads to it.
	pub(crate) fn remove_record(
		device: DeviceId,
		active_key: Option<PublicKey>,
		owner: &T::AccountId,
	) {
		if let Some(key) = active_key {
			ActiveKeys::<T>::remove(key);
		}
		DevicesByOwner::<T>::remove(owner, device);
		Devices::<T>::remove(device);
	}
}

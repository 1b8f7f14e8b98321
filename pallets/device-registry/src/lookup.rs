// SPDX-License-Identifier: Apache-2.0

//! What others read of a device.

use crate::{Config, DeviceRecordOf, Devices, Error, NextDeviceId, Pallet};
use codec::{Decode, Encode};
use frame_support::{dispatch::DispatchResult, ensure};
use sp_runtime::DispatchError;
use tenure_primitives::{apis::DeviceDetails, traits, Balance, DeviceId, DeviceInfo};

impl<T: Config> Pallet<T> {
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
		})
	}

	/// The amount behind a ticket; 0 if the runtime's tickets carry none. A ticket hides its
	/// amount but encodes to it, which spares a second copy that could drift.
	pub(crate) fn deposit(ticket: &T::Consideration) -> Balance {
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
			key: record.key,
			heartbeat_gap: record.heartbeat_gap,
			registered_at: record.registered_at,
		})
	}

	fn activate_key(device: DeviceId) -> DispatchResult {
		Self::do_activate_key(device)
	}

	fn can_activate_key(device: DeviceId) -> DispatchResult {
		Self::pending_key(&Self::record(device)?)?;
		Ok(())
	}

	fn is_retired(device: DeviceId) -> bool {
		matches!(Self::record(device), Err(Error::DeviceRetired))
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_pending_device(
		owner: &T::AccountId,
		key: tenure_primitives::PublicKey,
	) -> DeviceId {
		crate::benchmarking::pending_device::<T>(owner, key)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_device(owner: &T::AccountId, key: tenure_primitives::PublicKey) -> DeviceId {
		crate::benchmarking::active_device::<T>(owner, key)
	}
}

// SPDX-License-Identifier: Apache-2.0

//! How a key becomes a device's own.

use crate::{ActiveKeys, Config, DeviceRecordOf, Devices, Error, Event, Pallet};
use frame_support::{dispatch::DispatchResult, ensure};
use tenure_primitives::{DeviceId, DeviceKey, DeviceStatus, PublicKey};

impl<T: Config> Pallet<T> {
	/// Refuses a key that speaks for a device already.
	pub(crate) fn ensure_key_free(key: &PublicKey) -> Result<(), Error<T>> {
		ensure!(!ActiveKeys::<T>::contains_key(key), Error::<T>::KeyActiveElsewhere);
		Ok(())
	}

	/// The key that may become active for this record.
	pub(crate) fn pending_key(record: &DeviceRecordOf<T>) -> Result<PublicKey, Error<T>> {
		let key = record.key.ok_or(Error::<T>::NoKey)?;
		ensure!(!key.active, Error::<T>::KeyActive);
		ensure!(record.status == DeviceStatus::Listed, Error::<T>::DeviceMissing);
		Self::ensure_key_free(&key.public)?;
		Ok(key.public)
	}

	/// Lets the pending key of the device speak for it. The caller has checked that the holder of
	/// the key signed for this record and its owner.
	pub(crate) fn do_activate_key(device: DeviceId) -> DispatchResult {
		let mut record = Self::record(device)?;
		let key = Self::pending_key(&record)?;
		record.key = Some(DeviceKey { public: key, active: true });
		Devices::<T>::insert(device, record);
		ActiveKeys::<T>::insert(key, device);
		Self::deposit_event(Event::KeyActivated { device, key });
		Ok(())
	}
}

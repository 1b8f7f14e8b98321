// SPDX-License-Identifier: Apache-2.0

//! What is always true of the registry's storage.

use crate::{ActiveKeys, Config, Devices, DevicesByOwner, NextDeviceId, Pallet};
use frame_support::ensure;
use sp_runtime::TryRuntimeError;
use tenure_primitives::DeviceKey;

impl<T: Config> Pallet<T> {
	/// Checks that:
	/// 1. every device's number is at least 1 and below the next one;
	/// 2. every device is in its owner's index, and the index names nothing else;
	/// 3. every active key is in the index of keys under its device, and the index names nothing
	///    else.
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		let next = NextDeviceId::<T>::get();
		let mut devices = 0u64;
		let mut active_keys = 0u64;
		for (device, record) in Devices::<T>::iter() {
			devices = devices.saturating_add(1);
			ensure!((1..next).contains(&device), "a device has a number that was not given out");
			ensure!(
				DevicesByOwner::<T>::contains_key(&record.owner, device),
				"a device is missing in its owner's index"
			);
			if let Some(DeviceKey { public, active: true }) = record.key {
				active_keys = active_keys.saturating_add(1);
				ensure!(
					ActiveKeys::<T>::get(public) == Some(device),
					"an active key is not in the index of keys under its device"
				);
			}
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
		Ok(())
	}
}

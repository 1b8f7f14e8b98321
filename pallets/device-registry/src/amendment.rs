// SPDX-License-Identifier: Apache-2.0

//! How a device's record changes.

use crate::{Config, DeviceRecordOf, DeviceUpdate, Devices, Error, Event, LocationChange, Pallet};
use frame_support::{dispatch::DispatchResult, ensure, traits::Consideration};
use tenure_primitives::{DeviceId, DeviceKey, DeviceStatus};

impl<T: Config> Pallet<T> {
	/// Applies `changes` to the device for its owner and lets the deposit follow.
	pub(crate) fn do_update(
		who: T::AccountId,
		device: DeviceId,
		changes: DeviceUpdate,
	) -> DispatchResult {
		let mut record = Self::record_of(&who, device)?;
		ensure!(!changes.is_empty(), Error::<T>::NothingToChange);
		Self::amend(&mut record, changes)?;

		Self::reprice(&mut record)?;
		Devices::<T>::insert(device, record);
		Self::deposit_event(Event::DeviceUpdated { device });
		Ok(())
	}

	/// Lets the owner's deposit follow the size of the record, at today's price.
	pub(crate) fn reprice(record: &mut DeviceRecordOf<T>) -> DispatchResult {
		record.ticket = record.ticket.clone().update(&record.owner, record.size())?;
		Ok(())
	}

	/// Writes valid `changes` into `record`; touches no storage.
	fn amend(record: &mut DeviceRecordOf<T>, changes: DeviceUpdate) -> Result<(), Error<T>> {
		if let Some(capabilities) = changes.capabilities {
			Self::ensure_valid_capabilities(&capabilities)?;
			record.capabilities = capabilities;
		}
		match changes.location {
			LocationChange::Keep => {}
			LocationChange::Remove => record.location = None,
			LocationChange::Set(location) => {
				Self::ensure_valid_location(&location)?;
				record.location = Some(location);
			}
		}
		if let Some(metadata) = changes.metadata {
			record.metadata = metadata;
		}
		if let Some(gap) = changes.heartbeat_gap {
			Self::ensure_valid_gap(gap)?;
			record.heartbeat_gap = gap;
		}
		if let Some(public) = changes.key {
			// Leases and evidence refer to the active key: it can't change under them.
			ensure!(record.active_key().is_none(), Error::<T>::KeyActive);
			ensure!(record.status == DeviceStatus::Listed, Error::<T>::DeviceMissing);
			Self::ensure_key_free(&public)?;
			record.key = Some(DeviceKey { public, active: false });
		}
		Ok(())
	}
}

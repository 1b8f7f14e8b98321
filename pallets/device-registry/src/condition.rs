// SPDX-License-Identifier: Apache-2.0

//! Devices that their owners miss, and those that governance takes off the chain.

use crate::{Config, DeviceRecordOf, Devices, Error, Event, Fleets, ForceRetirements, Pallet};
use frame_support::{
	dispatch::DispatchResult, ensure, storage::with_storage_layer, traits::Consideration,
};
use sp_runtime::DispatchError;
use tenure_primitives::{traits::DeviceLeases, DeviceId, DeviceStatus};

impl<T: Config> Pallet<T> {
	/// Marks the device of `who` missing. Its offer and its membership end.
	pub(crate) fn do_report_missing(who: T::AccountId, device: DeviceId) -> DispatchResult {
		let mut record = Self::record_of(&who, device)?;
		ensure!(record.status == DeviceStatus::Listed, Error::<T>::DeviceMissing);
		Self::set_aside(device, &mut record, DeviceStatus::Missing);
		Self::deposit_event(Event::DeviceReportedMissing { device });
		Ok(())
	}

	/// Marks a device that its tenant did not bring back. Its offer and its membership end.
	pub(crate) fn do_mark_not_returned(device: DeviceId) {
		let Ok(mut record) = Self::record(device) else { return };
		Self::set_aside(device, &mut record, DeviceStatus::NotReturned);
		Self::deposit_event(Event::DeviceNotReturned { device });
	}

	/// Gives a device a status in which it can't be leased.
	fn set_aside(device: DeviceId, record: &mut DeviceRecordOf<T>, status: DeviceStatus) {
		record.status = status;
		if let Some(to) = record.offered_to.take() {
			Self::deposit_event(Event::TransferWithdrawn { device, to });
		}
		// One that is missing already keeps the fleet that it was in.
		record.home = record.fleet.or(record.home);
		Devices::<T>::insert(device, &*record);
		Self::take_out_of_fleet(device, record);
	}

	/// Lists a missing device of `who` again, in the fleet that it was in: being missing is no way out
	/// of what the fleet has sold.
	pub(crate) fn do_report_found(who: T::AccountId, device: DeviceId) -> DispatchResult {
		let mut record = Self::record_of(&who, device)?;
		ensure!(record.status != DeviceStatus::Listed, Error::<T>::DeviceNotMissing);
		record.status = DeviceStatus::Listed;
		match record.home.take().filter(|fleet| Fleets::<T>::contains_key(fleet)) {
			Some(fleet) => Self::join_fleet(fleet, device, &mut record)?,
			None => Devices::<T>::insert(device, record),
		}
		Self::deposit_event(Event::DeviceReportedFound { device });
		Ok(())
	}

	/// Removes the device, whatever its owner and others have with it. Returns how many leases were
	/// closed.
	pub(crate) fn do_force_retire(device: DeviceId) -> Result<u32, DispatchError> {
		let mut record = Self::record(device)?;
		Self::take_out_of_fleet(device, &mut record);
		// The leases end while the device is still there to be asked.
		let closed_leases = T::Leases::force_closed(device);

		Self::remove_record(device, record.active_key(), &record.owner);
		ForceRetirements::<T>::insert(device, Self::now());
		let owner = record.owner;
		let refund = with_storage_layer(|| record.ticket.drop(&owner));
		if let Err(error) = refund {
			// What is stolen or unlawful goes all the same. The deposit stays on hold, for governance.
			Self::deposit_event(Event::DepositNotReturned { device, owner: owner.clone(), error });
		}
		Self::deposit_event(Event::DeviceForceRetired { device, owner, closed_leases });
		Ok(closed_leases)
	}
}

// SPDX-License-Identifier: Apache-2.0

//! How a device changes hands: its owner offers it, the other accepts.

use crate::{Config, Devices, DevicesByOwner, Error, Event, Pallet, WeightInfo};
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	traits::{Consideration, Get},
	weights::Weight,
};
use sp_runtime::DispatchError;
use tenure_primitives::{traits::DeviceLeases, Balance, DeviceId};

impl<T: Config> Pallet<T> {
	/// Offers the device of `who` to `to`, in place of whom it was offered to before.
	pub(crate) fn do_offer_transfer(
		who: T::AccountId,
		device: DeviceId,
		to: T::AccountId,
	) -> DispatchResult {
		let mut record = Self::record_of(&who, device)?;
		ensure!(to != who, Error::<T>::AlreadyOwner);
		Self::ensure_apart(&record)?;
		ensure!(record.offered_to.as_ref() != Some(&to), Error::<T>::NothingToChange);
		record.offered_to = Some(to.clone());
		Devices::<T>::insert(device, record);
		Self::deposit_event(Event::TransferOffered { device, to });
		Ok(())
	}

	/// Takes the offer back.
	pub(crate) fn do_withdraw_transfer(who: T::AccountId, device: DeviceId) -> DispatchResult {
		let mut record = Self::record_of(&who, device)?;
		let to = record.offered_to.take().ok_or(Error::<T>::NotOffered)?;
		Devices::<T>::insert(device, record);
		Self::deposit_event(Event::TransferWithdrawn { device, to });
		Ok(())
	}

	/// What it weighs to accept a device with so many leases: those of devices that are handed over, which no
	/// benchmark has, have a record that changes too.
	pub(crate) fn weight_to_accept(leases: u32) -> Weight {
		let records = T::DbWeight::get().reads_writes(leases.into(), leases.into());
		T::WeightInfo::accept_transfer(leases).saturating_add(records)
	}

	/// Makes `who`, to whom the device is offered, its owner. Returns how many leases moved along.
	pub(crate) fn do_accept_transfer(
		who: T::AccountId,
		device: DeviceId,
		max_bond: Balance,
	) -> Result<u32, DispatchError> {
		let mut record = Self::record(device)?;
		let offered_to = record.offered_to.take().ok_or(Error::<T>::NotOffered)?;
		ensure!(offered_to == who, Error::<T>::OfferedToAnother);
		Self::ensure_apart(&record)?;

		// A key that the seller named, and may hold, must not take over the buyer's device.
		record.key = record.key.filter(|key| key.active);
		record.rotation = None;
		let ticket = T::Consideration::new(&who, record.size())?;
		let from = core::mem::replace(&mut record.owner, who.clone());
		core::mem::replace(&mut record.ticket, ticket).drop(&from)?;
		Devices::<T>::insert(device, record);
		DevicesByOwner::<T>::remove(&from, device);
		DevicesByOwner::<T>::insert(&who, device, ());

		let leases = T::Leases::handed_over(device, &who, max_bond)?;
		Self::deposit_event(Event::DeviceTransferred { device, from, to: who, leases });
		Ok(leases)
	}
}

// SPDX-License-Identifier: Apache-2.0

//! Leases that the owner of the device has to accept. Until then they take no place in the calendar and
//! commit no bond. Their units are sold nonetheless: their time counts as taken, so that nothing is
//! oversold should they come back. Whoever wants to take the device home has made the deposit already:
//! the hand-over can begin once the owner accepts.

use crate::{
	settlement::Closing, types::Entry, Config, Error, Event, LeaseOf, Leases, Pallet, Requests,
	RequestsOf, WeightInfo, MAX_REQUESTS,
};
use alloc::vec::Vec;
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult, Weight},
	storage::with_storage_layer,
	traits::Get,
};
use tenure_primitives::{
	traits::{Devices, TenantGate, UsageUnits},
	Acceptance, Balance, CloseReason, DeviceId, DeviceInfo, LeaseId, Moment, Units,
};

impl<T: Config> Pallet<T> {
	/// Until when the owner may accept a lease from `from` that is made now, if it has to. It has its whole
	/// time to answer before the start.
	pub(crate) fn check_acceptance(
		device: DeviceId,
		acceptance: Acceptance,
		start: Option<Moment>,
		from: Moment,
		now: Moment,
	) -> Result<Option<Moment>, Error<T>> {
		let Acceptance::Manual { deadline } = acceptance else { return Ok(None) };
		ensure!(start.is_some(), Error::<T>::StartMissing);
		let waiting = Requests::<T>::decode_len(device).unwrap_or_default();
		ensure!(
			u32::try_from(waiting).is_ok_and(|waiting| waiting < MAX_REQUESTS),
			Error::<T>::TooManyRequests
		);
		let lapses = now.checked_add(deadline.into()).ok_or(Error::<T>::AmountOverflow)?;
		ensure!(lapses <= from, Error::<T>::StartTooSoon);
		Ok(Some(lapses))
	}

	/// Lets a lease that is written wait for the owner of the device.
	pub(crate) fn add_request(device: DeviceId, entry: Entry) -> DispatchResult {
		Requests::<T>::try_append(device, entry).map_err(|()| Error::<T>::TooManyRequests)?;
		Ok(())
	}

	pub(crate) fn do_accept(owner: T::AccountId, id: LeaseId) -> DispatchResult {
		let (mut lease, info) = Self::request_of(&owner, id)?;
		let now = Self::now();
		ensure!(!lease.has_lapsed(now), Error::<T>::RequestLapsed);
		let series = T::Units::series(lease.series)?;
		Self::check_parties(&lease.tenant, &series, lease.device, &info)?;
		Self::check_admitted(&lease.tenant, &series.terms)?;
		Self::check_arbiter(&lease.tenant, &owner, &series.terms, lease.arbiter.as_ref())?;
		Self::check_there(&series.terms, lease.evidence, lease.device, &info, lease.from, now)?;
		let place =
			Self::find_place(lease.device, lease.from, lease.free_from(), lease.previous, now)?;
		T::TenantGate::admit(&lease.tenant, lease.device)?;

		let bond = lease.owner_penalty.mul_floor(lease.escrowed);
		Self::commit_bond(&owner, bond)?;
		lease.bond = bond;
		lease.payee = owner.clone();
		lease.requested_until = None;
		Self::file_anew(id, &mut lease, now);
		let (device, entry) = (lease.device, lease.entry(id));
		let (from, previous) = (lease.from, lease.previous);
		Leases::<T>::insert(id, lease);
		Self::take_request(device, id);
		Self::write_calendar(device, place, entry, now)?;
		Self::deposit_event(Event::LeaseAccepted { lease: id, payee: owner, bond });
		if let Some(previous) = previous {
			Self::waive_pause(previous, device, from);
		}
		Ok(())
	}

	pub(crate) fn do_decline(owner: T::AccountId, id: LeaseId) -> DispatchResult {
		let (lease, _) = Self::request_of(&owner, id)?;
		Self::refuse(id, lease, CloseReason::Declined)
	}

	/// The tenant takes a request back before it is answered: nothing was kept free for it.
	pub(crate) fn cancel_request(id: LeaseId, mut lease: LeaseOf<T>) -> DispatchResult {
		ensure!(!lease.has_lapsed(Self::now()), Error::<T>::RequestLapsed);
		let returned_units = lease.units;
		Self::return_units(&mut lease, returned_units)?;
		Self::deposit_event(Event::LeaseCancelled { lease: id, returned_units, kept_units: 0 });
		Self::close_request(id, lease, CloseReason::Cancelled, returned_units)
	}

	/// Closes a request that nobody can accept any more. May change state before it fails.
	pub(crate) fn lapse(id: LeaseId, lease: LeaseOf<T>) -> DispatchResult {
		let reason =
			if lease.force_retired { CloseReason::ForceRetired } else { CloseReason::Declined };
		Self::refuse(id, lease, reason)
	}

	/// Closes a request that no lease comes of: all goes back in money, and its units can be sold again. If
	/// units of the tenant's went in and another lease has its place all goes back as units, for the tenant
	/// may have taken that place itself. May change state before it fails.
	fn refuse(id: LeaseId, mut lease: LeaseOf<T>, reason: CloseReason) -> DispatchResult {
		let units = lease.units;
		if lease.own_units && !lease.force_retired && Self::is_displaced(&lease) {
			match with_storage_layer(|| Self::return_units(&mut lease, units)) {
				Ok(()) => return Self::close_request(id, lease, reason, units),
				// Nothing may stop a request from closing.
				Err(error) => {
					Self::deposit_event(Event::UnitsNotReturned { lease: id, units, error });
				}
			}
		}
		T::Units::unsell(lease.series, units);
		Self::close_request(id, lease, reason, 0)
	}

	/// Whether other leases leave a request no place in the calendar.
	fn is_displaced(lease: &LeaseOf<T>) -> bool {
		let (from, free_from) = (lease.from, lease.free_from());
		Self::find_place(lease.device, from, free_from, lease.previous, Self::now()).is_err()
	}

	/// The most weight of closing a request that no lease comes of.
	pub(crate) fn weight_to_refuse() -> Weight {
		// Whether its place is taken; its series, the ledger of its window, and the changes of a fleet.
		let looks = T::DbWeight::get().reads_writes(12, 7);
		T::WeightInfo::decline()
			.max(T::WeightInfo::cancel_receipts())
			.saturating_add(Self::custody_weight())
			.saturating_add(looks)
	}

	fn close_request(
		id: LeaseId,
		lease: LeaseOf<T>,
		reason: CloseReason,
		returned_units: Units,
	) -> DispatchResult {
		let no_money: Balance = 0;
		let closing =
			Closing { reason, proven: 0, gross: no_money, penalty: no_money, returned_units };
		let (device, free_from) = (lease.device, lease.free_from());
		let from = lease.from.max(Self::now());
		Self::close(id, lease, closing)?;
		if from < free_from {
			Self::free_time(device, from, free_from);
		}
		Ok(())
	}

	/// The request and its device, which must be `owner`'s.
	fn request_of(
		owner: &T::AccountId,
		id: LeaseId,
	) -> Result<(LeaseOf<T>, DeviceInfo<T::AccountId>), DispatchError> {
		let lease = Self::open_lease(id)?;
		ensure!(lease.is_request(), Error::<T>::NotRequested);
		let info = T::Devices::device(lease.device)?;
		ensure!(info.owner == *owner, Error::<T>::NotDeviceOwner);
		Ok((lease, info))
	}

	/// Takes a request off the list of its device. It is not there any more if governance retired that.
	pub(crate) fn take_request(device: DeviceId, lease: LeaseId) {
		Requests::<T>::mutate_exists(device, |slot| {
			let Some(requests) = slot else { return };
			requests.retain(|entry| entry.lease != lease);
			if requests.is_empty() {
				*slot = None;
			}
		});
	}

	/// Takes all requests off the list of a device.
	pub(crate) fn take_requests(device: DeviceId) -> RequestsOf {
		Requests::<T>::take(device)
	}

	/// Leases of the device that its owner can accept or decline now.
	pub fn requests(device: DeviceId) -> Vec<LeaseId> {
		let now = Self::now();
		let waits = |id: &LeaseId| Leases::<T>::get(id).is_some_and(|lease| !lease.has_lapsed(now));
		Requests::<T>::get(device).iter().map(|entry| entry.lease).filter(waits).collect()
	}
}

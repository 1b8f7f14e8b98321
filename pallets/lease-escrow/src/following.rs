// SPDX-License-Identifier: Apache-2.0

//! Leases of another series that go on where a lease ends, without the pause between.

use crate::{BookingRequest, CalendarOf, Calendars, Config, Error, LeaseOf, Leases, Pallet};
use frame_support::{ensure, pallet_prelude::DispatchResult};
use sp_core::H256;
use tenure_primitives::{
	traits::{Devices, UsageUnits},
	Balance, DeviceId, LeaseId, Moment, SeriesId, Units,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_follow(
		tenant: T::AccountId,
		id: LeaseId,
		series: SeriesId,
		units: Units,
		max_cost: Balance,
		legal_document: H256,
		arbiter: Option<T::AccountId>,
	) -> DispatchResult {
		let lease = Self::lease_to_use(&tenant, id)?;
		ensure!(series != lease.series, Error::<T>::SameSeries);
		ensure!(!lease.is_physical(), Error::<T>::NotRemote);
		let request = BookingRequest {
			series,
			device: lease.device,
			start: Some(lease.until),
			units,
			legal_document,
			access_key: lease.access_key,
			arbiter,
			previous: Some(id),
			group: None,
			own_units: T::Units::units_of(series, &tenant) > 0,
		};
		let plan = Self::check_request(&tenant, &request)?;
		// The pause before a hand-over is needed: the device has to come back first, or be made ready.
		ensure!(!plan.series.terms.custody.is_physical(), Error::<T>::NotRemote);
		let price = plan.series.sale.unit_price;
		let deposit = Self::record_deposit(&plan.series.terms)?;
		let escrowed = Self::escrow_units(series, &tenant, units, price, max_cost, deposit)?;
		Self::make_lease(tenant, request, plan, escrowed)?;
		Ok(())
	}

	/// Takes the pause after `previous` out of a calendar that is not written yet, if it ends at `from`.
	pub(crate) fn waive_in(calendar: &mut CalendarOf<T>, previous: LeaseId, from: Moment) {
		calendar
			.iter_mut()
			.filter(|entry| entry.lease == previous && entry.until == from)
			.for_each(|entry| entry.free_from = entry.until);
	}

	/// The calendar of the device has no pause any more between `previous` and the lease from `from`: notes
	/// it where else that is kept.
	pub(crate) fn waive_pause(previous: LeaseId, device: DeviceId, from: Moment) {
		let Some(mut lease) = Self::neighbour_before(previous, device, from) else { return };
		let (until, free_from) = (lease.until, lease.free_from());
		if until < free_from {
			lease.waived_pause = lease.turnaround;
			Leases::<T>::insert(previous, lease);
			Self::free_time(device, until, free_from);
		}
	}

	/// The lease from `from` is gone before its start: the pause after `previous` comes back, as far as the
	/// next lease leaves room.
	pub(crate) fn restore_pause(previous: LeaseId, device: DeviceId, from: Moment) {
		let Some(mut lease) = Self::neighbour_before(previous, device, from) else { return };
		let was_free_from = lease.free_from();
		lease.waived_pause = Self::missing_pause(previous, &lease);
		let free_from = lease.free_from();
		if free_from <= was_free_from {
			return;
		}
		Self::move_entry_end(device, previous, lease.until, free_from);
		Leases::<T>::insert(previous, lease);
		let fleet = T::Devices::device(device).ok().and_then(|info| info.fleet);
		if let Some(fleet) = fleet {
			T::Units::time_taken(fleet, was_free_from, free_from);
		}
	}

	/// How much of the pause after the lease the next one in the calendar leaves no room for.
	pub(crate) fn missing_pause(id: LeaseId, lease: &LeaseOf<T>) -> u32 {
		let calendar = Calendars::<T>::get(lease.device);
		let next = calendar.iter().skip_while(|entry| entry.lease != id).nth(1);
		let room = next.map_or(Moment::MAX, |next| next.from.saturating_sub(lease.until));
		lease.turnaround.saturating_sub(u32::try_from(room).unwrap_or(u32::MAX))
	}

	/// The lease before one of the device that starts at `from`, if it is open and ends there.
	fn neighbour_before(id: LeaseId, device: DeviceId, from: Moment) -> Option<LeaseOf<T>> {
		Leases::<T>::get(id)
			.filter(|lease| lease.device == device && lease.until == from && !lease.force_retired)
	}
}

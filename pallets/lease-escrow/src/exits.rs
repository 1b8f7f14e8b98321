// SPDX-License-Identifier: Apache-2.0

//! How a tenant leaves a lease: with units, not with money.

use crate::{
	settlement::Closing, Config, Custodies, Deadlines, Error, Event, HoldReason, LeaseOf, Leases,
	MinuteKey, Pallet,
};
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult},
};
use tenure_lease_math::{cancelled_units, early_end};
use tenure_primitives::{
	traits::UsageUnits, CancellationStep, CloseReason, LeaseId, Moment, Units,
};

/// Time from which it shows how well a device serves, in seconds. Shorter leases show it as a whole.
const SAMPLE: u32 = 3_600;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_cancel(tenant: T::AccountId, id: LeaseId) -> DispatchResult {
		let mut lease = Self::open_lease(id)?;
		ensure!(lease.tenant == tenant, Error::<T>::NotTenant);
		let now = Self::now();
		ensure!(!lease.force_retired, Error::<T>::AlreadyOver);
		if lease.is_request() {
			return Self::cancel_request(id, lease);
		}
		ensure!(now < lease.from, Error::<T>::AlreadyStarted);

		let notice = lease.from.saturating_sub(now);
		let share = CancellationStep::share_at(&lease.cancellation, notice);
		let (returned_units, gross) = if lease.is_co_signed() {
			let split = lease.cancelled_by_receipts(share).map_err(Error::<T>::from)?;
			Self::return_split(id, &mut lease, split)?
		} else {
			let units = cancelled_units(lease.units, share).map_err(Error::<T>::from)?;
			Self::return_units(&mut lease, units)?;
			(units, lease.escrowed)
		};
		Self::deposit_event(Event::LeaseCancelled {
			lease: id,
			returned_units,
			kept_units: lease.units,
		});

		let (device, from, free_from) = (lease.device, lease.from, lease.free_from());
		let previous = lease.previous;
		let closing = Closing {
			reason: CloseReason::Cancelled,
			proven: 0,
			gross,
			penalty: 0,
			returned_units,
		};
		Self::close(id, lease, closing)?;
		Self::free_time(device, from, free_from);
		if let Some(previous) = previous {
			Self::restore_pause(previous, device, from);
		}
		Self::refresh_grants(device, now);
		Ok(())
	}

	pub(crate) fn do_end(tenant: T::AccountId, id: LeaseId) -> DispatchResult {
		let mut lease = Self::open_lease(id)?;
		ensure!(lease.tenant == tenant, Error::<T>::NotTenant);
		let now = Self::now();
		ensure!(!lease.force_retired, Error::<T>::AlreadyOver);
		ensure!(!lease.is_request(), Error::<T>::RequestPending);
		ensure!(lease.from <= now, Error::<T>::NotStarted);
		ensure!(now < lease.until, Error::<T>::AlreadyOver);
		ensure!(!lease.ended_early && !lease.is_substituted(), Error::<T>::AlreadyEnding);
		Self::check_in_hands(id, &lease)?;
		let until = Self::earliest_end(&lease, lease.tenant_notice.into(), now)?;
		ensure!(until < lease.until, Error::<T>::AlreadyEnding);

		// What a revocation cut off stays undelivered: leaving does not turn its money into units.
		let kept_seconds = until
			.saturating_sub(lease.from)
			.checked_add(lease.cut_off_seconds)
			.ok_or(Error::<T>::AmountOverflow)?;
		// Of receipts only the close can tell: what goes back then depends on what was signed by the end.
		let most_returned = if lease.is_co_signed() {
			0
		} else {
			lease.least_sample = SAMPLE.min(u32::try_from(lease.seconds()).unwrap_or(SAMPLE));
			cancelled_units(lease.units, lease.last_step()).map_err(Error::<T>::from)?
		};
		let end = early_end(
			lease.units,
			lease.unit_seconds,
			lease.unit_price,
			kept_seconds,
			most_returned,
		)
		.map_err(Error::<T>::from)?;
		Self::return_units(&mut lease, end.returned_units)?;
		lease.rounding = end.rounding;
		lease.ended_early = true;
		ensure!(lease.pot() == Ok(end.pot), Error::<T>::EscrowMismatch);
		Self::shorten(id, lease, until, now);
		Self::deposit_event(Event::LeaseEndingEarly {
			lease: id,
			until,
			returned_units: end.returned_units,
		});
		Ok(())
	}

	/// The first whole minute after the notice, or the first second where receipts are the evidence. At
	/// least a second passes, so that a lease which has begun keeps some time: ending at once must not
	/// be a free way to cancel.
	pub(crate) fn earliest_end(
		lease: &LeaseOf<T>,
		notice: Moment,
		now: Moment,
	) -> Result<Moment, Error<T>> {
		let soonest = now.checked_add(notice.max(1)).ok_or(Error::<T>::AmountOverflow)?;
		Self::soonest(soonest, lease.evidence.resolution())
	}

	/// Gives a running lease a nearer end and writes it. The pause after it comes back if a lease that goes
	/// on from it had left none.
	pub(crate) fn shorten(id: LeaseId, mut lease: LeaseOf<T>, until: Moment, now: Moment) {
		let (device, was_free_from) = (lease.device, lease.free_from());
		lease.until = until;
		if lease.waived_pause > 0 {
			lease.waived_pause = Self::missing_pause(id, &lease);
		}
		let free_from = lease.free_from();
		Self::move_entry_end(device, id, until, free_from);
		if free_from < was_free_from {
			Self::free_time(device, free_from, was_free_from);
		}
		Self::file_anew(id, &mut lease, now);
		Leases::<T>::insert(id, lease);
		Self::refresh_grants(device, now);
	}

	/// Files a lease whose end has moved under the minute of its next warning, or of its end; or of what
	/// happens before if its device is handed over.
	pub(crate) fn file_anew(id: LeaseId, lease: &mut LeaseOf<T>, now: Moment) {
		let custody = if lease.is_physical() { Custodies::<T>::get(id) } else { None };
		Deadlines::<T>::remove(MinuteKey::from(lease.deadline), id);
		lease.deadline = match custody {
			Some(custody) => Self::custody_look(id, lease, &custody, now),
			None => Self::next_look(lease, now),
		};
		Deadlines::<T>::insert(MinuteKey::from(lease.deadline), id, ());
	}

	/// Gives units of the lease back to its tenant, their backing to the series.
	pub(crate) fn return_units(lease: &mut LeaseOf<T>, units: Units) -> Result<(), DispatchError> {
		if units == 0 {
			return Ok(());
		}
		let price = tenure_lease_math::rent(units, lease.unit_price).map_err(Error::<T>::from)?;
		let returned =
			T::Units::unstake(lease.series, &lease.tenant, units, HoldReason::Rent.into())?;
		ensure!(returned == price, Error::<T>::EscrowMismatch);
		let kept = lease.units.checked_sub(units).ok_or(Error::<T>::EscrowMismatch)?;
		lease.escrowed = lease.escrowed.checked_sub(price).ok_or(Error::<T>::EscrowMismatch)?;
		lease.units = kept;
		Ok(())
	}
}

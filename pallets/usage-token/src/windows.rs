// SPDX-License-Identifier: Apache-2.0

//! How much time of a subject is promised, per usable window.

#![cfg_attr(
	not(test),
	deny(clippy::as_conversions, clippy::cast_possible_truncation, clippy::expect_used)
)]

use crate::{
	fleets::{FleetState, STEPS},
	Config, Error, Pallet, SeriesRecordOf, WindowLedger, Windows,
};
use frame_support::{
	defensive,
	dispatch::DispatchResult,
	ensure,
	traits::{Get, UnixTime},
	BoundedVec,
};
use tenure_primitives::{
	traits::{Devices, LeaseBook},
	DeviceId, Moment, SaleConditions, Subject, Units,
};

/// The ledgers of a subject as they are at one moment.
pub(crate) struct Ledgers<T: Config> {
	pub(crate) subject: Subject,
	pub(crate) windows: BoundedVec<WindowLedger, T::MaxWindowsPerSubject>,
	/// Of a fleet: how much of it is taken.
	pub(crate) fleet: Option<FleetState>,
}

impl<T: Config> Pallet<T> {
	/// The time of this block.
	pub(crate) fn now() -> Moment {
		T::Time::now().as_secs()
	}

	/// The ledgers of the subject. Those of a fleet are brought to `now`, or some way towards it.
	pub(crate) fn ledgers_at(subject: &Subject, now: Moment) -> Ledgers<T> {
		Self::ledgers_after(subject, now, STEPS)
	}

	/// Writes the ledgers. For a fleet this also notes the time that has passed.
	pub(crate) fn store(ledgers: Ledgers<T>) {
		if ledgers.windows.is_empty() {
			Windows::<T>::remove(ledgers.subject);
		} else {
			Windows::<T>::insert(ledgers.subject, ledgers.windows);
		}
		if let (Subject::Fleet(fleet), Some(state)) = (ledgers.subject, ledgers.fleet) {
			Self::store_fleet(fleet, state);
		}
	}

	/// Seconds of the usable window that are ahead for `devices` devices and neither promised by
	/// outstanding units of any series nor taken by a lease.
	pub(crate) fn free_seconds(
		ledgers: &Ledgers<T>,
		sale: &SaleConditions,
		devices: u32,
		now: Moment,
	) -> u64 {
		ledgers
			.windows
			.iter()
			.find(|ledger| ledger.is_of(sale))
			.map_or(0, |ledger| Self::free_of(&ledgers.subject, ledger, devices, now))
	}

	pub(crate) fn free_of(
		subject: &Subject,
		ledger: &WindowLedger,
		devices: u32,
		now: Moment,
	) -> u64 {
		ledger
			.remaining_seconds(devices, now)
			.checked_sub(ledger.outstanding_seconds)
			.and_then(|left| left.checked_sub(Self::booked_of(subject, ledger, now)))
			.unwrap_or(0)
	}

	/// Seconds of the window that are ahead and taken by leases, for a fleet also by those of devices
	/// that left it. Of a fleet whose passed time is not all noted, more.
	pub(crate) fn booked_of(subject: &Subject, ledger: &WindowLedger, now: Moment) -> u64 {
		match subject {
			Subject::Device(device) => {
				T::Leases::booked_seconds(*device, ledger.from.max(now), ledger.until)
			}
			// More than can be counted leaves nothing to sell.
			Subject::Fleet(_) => ledger.booked_seconds.saturating_add(ledger.returnable_at(now)),
		}
	}

	/// Notes that a series with this usable window is open. Returns how many members it looked at.
	pub(crate) fn open_window(
		subject: &Subject,
		sale: &SaleConditions,
		now: Moment,
	) -> Result<u32, Error<T>> {
		let mut ledgers = Self::ledgers_at(subject, now);
		ledgers.windows.retain(|ledger| ledger.is_live(now));
		let mut looked_at = 0u32;
		if let Some(ledger) = ledgers.windows.iter_mut().find(|ledger| ledger.is_of(sale)) {
			let more = |count: u32| count.checked_add(1).ok_or(Error::<T>::AmountOverflow);
			ledger.open_series = more(ledger.open_series)?;
			ledger.series = more(ledger.series)?;
		} else {
			let (from, until) = (sale.usable_from, sale.usable_until);
			ensure!(
				!ledgers.windows.iter().any(|ledger| ledger.overlaps(from, until)),
				Error::<T>::WindowsConflict
			);
			let place = ledgers.windows.partition_point(|ledger| ledger.from < from);
			let booked_from = from.max(now);
			let mut booked_seconds = 0u64;
			if let Subject::Fleet(fleet) = subject {
				for member in T::Devices::fleet_members(*fleet) {
					booked_seconds = booked_seconds
						.checked_add(T::Leases::booked_seconds(member, booked_from, until))
						.ok_or(Error::<T>::AmountOverflow)?;
					looked_at = looked_at.saturating_add(1);
				}
			}
			let ledger = WindowLedger {
				from,
				until,
				outstanding_seconds: 0,
				open_series: 1,
				series: 1,
				booked_from,
				booked_seconds,
				returnable_seconds: 0,
				returnable_until: 0,
			};
			ledgers.windows.try_insert(place, ledger).map_err(|_| Error::<T>::TooManyWindows)?;
		}
		Self::store(ledgers);
		Ok(looked_at)
	}

	/// Notes that the series is not open any more. `could_have_units`: before.
	pub(crate) fn close_window(record: &SeriesRecordOf<T>, could_have_units: bool, now: Moment) {
		Self::change_ledger(record, now, |ledger| {
			ledger.open_series = ledger.open_series.checked_sub(1)?;
			Self::leave_ledger(ledger, record, could_have_units)
		});
		Self::prune(&record.subject, now);
	}

	/// Drops the ledgers of the subject that are over.
	pub(crate) fn prune(subject: &Subject, now: Moment) {
		let mut windows = Windows::<T>::get(subject);
		windows.retain(|ledger| ledger.is_live(now));
		if windows.is_empty() {
			Windows::<T>::remove(subject);
		} else {
			Windows::<T>::insert(subject, windows);
		}
	}

	/// Notes `units` more in people's hands.
	pub(crate) fn add_outstanding(record: &SeriesRecordOf<T>, units: Units, now: Moment) {
		Self::change_ledger(record, now, |ledger| Self::raise(ledger, record, units));
	}

	/// Notes `units` fewer in people's hands, because they became a lease.
	pub(crate) fn subtract_outstanding(record: &SeriesRecordOf<T>, units: Units, now: Moment) {
		Self::change_ledger(record, now, |ledger| Self::lower(ledger, record, units));
	}

	/// Notes that `units` in people's hands were redeemed. `could_have_units`: before.
	pub(crate) fn subtract_redeemed(
		record: &SeriesRecordOf<T>,
		units: Units,
		could_have_units: bool,
		now: Moment,
	) {
		Self::change_ledger(record, now, |ledger| {
			Self::lower(ledger, record, units)?;
			Self::leave_ledger(ledger, record, could_have_units)
		});
	}

	/// Notes that units which no lease came of were paid back in money. `could_have_units`: before.
	pub(crate) fn subtract_unsold(record: &SeriesRecordOf<T>, could_have_units: bool, now: Moment) {
		Self::change_ledger(record, now, |ledger| {
			Self::leave_ledger(ledger, record, could_have_units)
		});
	}

	/// Notes that the series, of which nothing is open or outstanding, goes.
	pub(crate) fn forget_series(record: &SeriesRecordOf<T>, now: Moment) {
		if record.can_have_units() {
			Self::change_ledger(record, now, |ledger| {
				ledger.series = ledger.series.checked_sub(1)?;
				Some(())
			});
		}
		Self::prune(&record.subject, now);
	}

	pub(crate) fn raise(
		ledger: &mut WindowLedger,
		record: &SeriesRecordOf<T>,
		units: Units,
	) -> Option<()> {
		let seconds = units.checked_mul(record.sale.unit_seconds.into())?;
		ledger.outstanding_seconds = ledger.outstanding_seconds.checked_add(seconds)?;
		Some(())
	}

	fn lower(ledger: &mut WindowLedger, record: &SeriesRecordOf<T>, units: Units) -> Option<()> {
		let seconds = units.checked_mul(record.sale.unit_seconds.into())?;
		ledger.outstanding_seconds = ledger.outstanding_seconds.checked_sub(seconds)?;
		Some(())
	}

	fn leave_ledger(
		ledger: &mut WindowLedger,
		record: &SeriesRecordOf<T>,
		could_have_units: bool,
	) -> Option<()> {
		if could_have_units && !record.can_have_units() {
			ledger.series = ledger.series.checked_sub(1)?;
		}
		Some(())
	}

	/// Whether a series is open for the subject or units are outstanding, in a window that is not over.
	pub(crate) fn is_promised(subject: &Subject, now: Moment) -> bool {
		Windows::<T>::get(subject).iter().any(|ledger| ledger.is_live(now) && !ledger.is_idle())
	}

	/// Whether a lease takes time of the device, or did not long ago: a lease can outlast the sale of
	/// all that was offered, and its last minutes are proven by a heartbeat after its end.
	pub(crate) fn is_booked(device: DeviceId, now: Moment) -> bool {
		let since = now.saturating_sub(T::MaxHeartbeatGap::get().into());
		T::Leases::booked_seconds(device, since, Moment::MAX) > 0
	}

	fn change_ledger(
		record: &SeriesRecordOf<T>,
		now: Moment,
		change: impl FnOnce(&mut WindowLedger) -> Option<()>,
	) {
		if now < record.sale.usable_until {
			let ledgers = Self::ledgers_at(&record.subject, now);
			Self::change_and_store(ledgers, &record.sale, change);
		}
	}

	// Ledgers limit sales only. A fault in one must not block the way out of anybody's units, so it is
	// reported and no error.
	pub(crate) fn change_and_store(
		mut ledgers: Ledgers<T>,
		sale: &SaleConditions,
		change: impl FnOnce(&mut WindowLedger) -> Option<()>,
	) {
		let found = ledgers.windows.iter_mut().find(|ledger| ledger.is_of(sale));
		if found.and_then(change).is_none() {
			defensive!("a series whose window is not over has a ledger with what was noted");
			return;
		}
		ledgers.windows.retain(|ledger| !(ledger.is_of(sale) && ledger.series == 0));
		Self::store(ledgers);
	}

	/// Whether `devices` devices can serve what is sold on the subject.
	pub(crate) fn ensure_room(ledgers: &Ledgers<T>, devices: u32, now: Moment) -> DispatchResult {
		for ledger in ledgers.windows.iter().filter(|ledger| ledger.is_live(now)) {
			// The leases of these devices have their device, and what they may give back, too. More can be
			// asked for only by units that are out, or that leases of other devices may give back.
			if ledger.outstanding_seconds == 0 && ledger.returnable_at(now) == 0 {
				continue;
			}
			let needed = Self::booked_of(&ledgers.subject, ledger, now)
				.checked_add(ledger.outstanding_seconds)
				.ok_or(Error::<T>::FleetTooSmall)?;
			ensure!(needed <= ledger.remaining_seconds(devices, now), Error::<T>::FleetTooSmall);
		}
		Ok(())
	}
}

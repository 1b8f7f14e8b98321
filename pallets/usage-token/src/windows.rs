// SPDX-License-Identifier: Apache-2.0

//! How much time of a subject is promised, per usable window.

#![cfg_attr(
	not(test),
	deny(clippy::as_conversions, clippy::cast_possible_truncation, clippy::expect_used)
)]

use crate::{Config, Error, Pallet, SeriesRecordOf, WindowLedger, Windows};
use frame_support::{
	defensive,
	dispatch::DispatchResult,
	ensure,
	traits::{Get, UnixTime},
	BoundedVec,
};
use tenure_primitives::{traits::BookedTime, DeviceId, Moment, SaleConditions, Subject, Units};

impl<T: Config> Pallet<T> {
	/// The time of this block.
	pub(crate) fn now() -> Moment {
		T::Time::now().as_secs()
	}

	/// Seconds of the usable window that are still ahead.
	pub(crate) fn remaining_seconds(sale: &SaleConditions, now: Moment) -> u64 {
		sale.usable_until.saturating_sub(sale.usable_from.max(now))
	}

	/// Seconds of the usable window that are ahead and neither promised by outstanding units of any
	/// series nor taken by a lease.
	pub(crate) fn free_seconds(record: &SeriesRecordOf<T>, now: Moment) -> u64 {
		let sale = &record.sale;
		let outstanding = Windows::<T>::get(record.subject)
			.iter()
			.find(|ledger| ledger.is_of(sale))
			.map_or(0, |ledger| ledger.outstanding_seconds);
		let booked = T::BookedTime::booked_seconds(
			&record.subject,
			sale.usable_from.max(now),
			sale.usable_until,
		);
		Self::remaining_seconds(sale, now)
			.checked_sub(outstanding)
			.and_then(|left| left.checked_sub(booked))
			.unwrap_or(0)
	}

	/// Notes that a series with this usable window is open.
	pub(crate) fn open_window(
		subject: &Subject,
		sale: &SaleConditions,
		now: Moment,
	) -> DispatchResult {
		let mut ledgers = Windows::<T>::get(subject);
		Self::prune(subject, &mut ledgers, now);
		if let Some(ledger) = ledgers.iter_mut().find(|ledger| ledger.is_of(sale)) {
			ledger.open_series =
				ledger.open_series.checked_add(1).ok_or(Error::<T>::AmountOverflow)?;
		} else {
			let (from, until) = (sale.usable_from, sale.usable_until);
			ensure!(
				!ledgers.iter().any(|ledger| ledger.overlaps(from, until)),
				Error::<T>::WindowsConflict
			);
			let place = ledgers.partition_point(|ledger| ledger.from < from);
			let ledger = WindowLedger { from, until, outstanding_seconds: 0, open_series: 1 };
			ledgers.try_insert(place, ledger).map_err(|_| Error::<T>::TooManyWindows)?;
		}
		Windows::<T>::insert(subject, ledgers);
		Ok(())
	}

	/// Notes that the series is not open any more.
	pub(crate) fn close_window(record: &SeriesRecordOf<T>, now: Moment) {
		Self::change_ledger(record, now, |ledger| {
			ledger.open_series = ledger.open_series.checked_sub(1)?;
			Some(())
		});
		let mut ledgers = Windows::<T>::get(record.subject);
		Self::prune(&record.subject, &mut ledgers, now);
		if ledgers.is_empty() {
			Windows::<T>::remove(record.subject);
		} else {
			Windows::<T>::insert(record.subject, ledgers);
		}
	}

	/// Notes `units` more in people's hands.
	pub(crate) fn add_outstanding(record: &SeriesRecordOf<T>, units: Units, now: Moment) {
		Self::change_ledger(record, now, |ledger| {
			let seconds = units.checked_mul(record.sale.unit_seconds.into())?;
			ledger.outstanding_seconds = ledger.outstanding_seconds.checked_add(seconds)?;
			Some(())
		});
	}

	/// Notes `units` fewer in people's hands.
	pub(crate) fn subtract_outstanding(record: &SeriesRecordOf<T>, units: Units, now: Moment) {
		Self::change_ledger(record, now, |ledger| {
			let seconds = units.checked_mul(record.sale.unit_seconds.into())?;
			ledger.outstanding_seconds = ledger.outstanding_seconds.checked_sub(seconds)?;
			Some(())
		});
	}

	/// Whether a series is open for the device or units are outstanding, in a window that is not over.
	pub(crate) fn is_promised(device: DeviceId, now: Moment) -> bool {
		Windows::<T>::get(Subject::Device(device))
			.iter()
			.any(|ledger| ledger.is_live(now) && !ledger.is_idle())
	}

	/// Whether a lease takes time of the device, or did not long ago: a lease can outlast the sale of
	/// all that was offered, and its last minutes are proven by a heartbeat after its end.
	pub(crate) fn is_booked(device: DeviceId, now: Moment) -> bool {
		let since = now.saturating_sub(T::MaxHeartbeatGap::get().into());
		T::BookedTime::booked_seconds(&Subject::Device(device), since, Moment::MAX) > 0
	}

	// Ledgers limit sales only. A fault in one must not block the way out of anybody's units, so it is
	// reported and no error. Once its window is over a ledger says nothing any more.
	fn change_ledger(
		record: &SeriesRecordOf<T>,
		now: Moment,
		change: impl FnOnce(&mut WindowLedger) -> Option<()>,
	) {
		if now >= record.sale.usable_until {
			return;
		}
		let done = Windows::<T>::mutate(record.subject, |ledgers| {
			ledgers.iter_mut().find(|ledger| ledger.is_of(&record.sale)).and_then(change)
		});
		if done.is_none() {
			defensive!("a series whose window is not over has a ledger with what was noted");
		}
	}

	// A lease that is not over may give units back, so an idle window with booked time keeps its ledger.
	fn prune(
		subject: &Subject,
		ledgers: &mut BoundedVec<WindowLedger, T::MaxWindowsPerSubject>,
		now: Moment,
	) {
		ledgers.retain(|ledger| {
			ledger.is_live(now)
				&& (!ledger.is_idle()
					|| T::BookedTime::booked_seconds(subject, ledger.from.max(now), ledger.until)
						> 0)
		});
	}
}

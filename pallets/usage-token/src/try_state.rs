// SPDX-License-Identifier: Apache-2.0

//! What must be true after every block.

use crate::{
	Config, FleetChanges, FleetTimes, HoldReason, MomentKey, NextSeriesId, Pallet, Series,
	SeriesByOwner, SeriesBySubject, SeriesRecordOf, WindowLedger, Windows,
};
use alloc::collections::BTreeMap;
use frame_support::{
	ensure,
	traits::{fungible::Inspect, fungibles::Inspect as _, tokens::fungible::hold::Inspect as _},
};
use sp_runtime::TryRuntimeError;
use tenure_primitives::{
	traits::{Devices, LeaseBook},
	Balance, FleetId, Moment, SeriesId, Subject,
};

/// Outstanding seconds, open series, and series that can have units, of a window.
type Promise = (u64, u32, u32);

impl<T: Config> Pallet<T> {
	/// 1. What is on hold in a series' account is outstanding units × unit price, and its endowment is
	///    there beside it.
	/// 2. No more units are outstanding than sold, nor sold than the cap. Of a series that is being
	///    reaped none is outstanding.
	/// 3. Every series that is not being reaped has an asset, and all have a number below the next one,
	///    which has none. Both lists name each series, and no others.
	/// 4. The ledgers of a subject are in order; those whose window is not over are disjoint and say
	///    what the series say. Every series that can have units in such a window has one.
	/// 5. Units come back to fleets only, from leases that end inside the window.
	/// 6. Once all that has passed is noted, as many members of a fleet are taken as their leases say,
	///    and as many of their seconds in each window that is not over.
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		let now = Self::now();
		let next = NextSeriesId::<T>::get();
		ensure!(!T::Units::asset_exists(next), "the next series has an asset");
		let mut promised = BTreeMap::<_, Promise>::new();
		let mut count = 0usize;
		for (series, record) in Series::<T>::iter() {
			ensure!(series > 0 && series < next, "a series has no number below the next one");
			Self::check_backing(series, &record)?;
			ensure!(
				SeriesBySubject::<T>::contains_key(record.subject, series)
					&& SeriesByOwner::<T>::contains_key(&record.owner, series),
				"a list lacks a series"
			);
			count = count.checked_add(1).ok_or("too many series")?;
			if now < record.sale.usable_until && record.can_have_units() {
				Self::add_promise(&mut promised, series, &record)?;
			}
		}
		ensure!(
			SeriesBySubject::<T>::iter_keys().count() == count
				&& SeriesByOwner::<T>::iter_keys().count() == count,
			"a list has a series that is not there"
		);
		for (subject, ledgers) in Windows::<T>::iter() {
			Self::check_order(&ledgers, now)?;
			Self::check_returnable(&subject, &ledgers)?;
			for ledger in ledgers.iter().filter(|ledger| ledger.is_live(now)) {
				let key = (subject.encode_key(), ledger.from, ledger.until);
				let said = (ledger.outstanding_seconds, ledger.open_series, ledger.series);
				ensure!(
					promised.remove(&key) == Some(said),
					"a ledger does not say what its series say"
				);
			}
		}
		ensure!(promised.is_empty(), "units are outstanding or offered without a ledger");
		FleetTimes::<T>::iter_keys().try_for_each(|fleet| Self::check_fleet(fleet, now))
	}

	fn add_promise(
		promised: &mut BTreeMap<((u8, u64), Moment, Moment), Promise>,
		series: SeriesId,
		record: &SeriesRecordOf<T>,
	) -> Result<(), TryRuntimeError> {
		let subject = record.subject.encode_key();
		let key = (subject, record.sale.usable_from, record.sale.usable_until);
		let (seconds, open, all) = promised.entry(key).or_default();
		*seconds = Self::outstanding(series)
			.checked_mul(record.sale.unit_seconds.into())
			.and_then(|more| seconds.checked_add(more))
			.ok_or("outstanding time overflows")?;
		let is_open = u32::from(record.closed_at.is_none());
		*open = open.checked_add(is_open).ok_or("too many series")?;
		*all = all.checked_add(1).ok_or("too many series")?;
		Ok(())
	}

	fn check_backing(series: SeriesId, record: &SeriesRecordOf<T>) -> Result<(), TryRuntimeError> {
		let account = Self::account_of(series);
		let outstanding = Self::outstanding(series);
		ensure!(T::Units::asset_exists(series) || record.reaping, "a series has no asset");
		ensure!(outstanding == 0 || !record.reaping, "a series with units is being reaped");
		ensure!(outstanding <= record.sold, "more units are outstanding than sold");
		ensure!(record.sold <= record.sale.cap, "more units are sold than the cap allows");
		let backing = Balance::from(outstanding).checked_mul(record.sale.unit_price);
		let held = T::Currency::balance_on_hold(&HoldReason::Backing.into(), &account);
		ensure!(backing == Some(held), "units and their backing differ");
		ensure!(T::Currency::balance(&account) >= record.endowment, "an endowment is gone");
		Ok(())
	}

	fn check_order(ledgers: &[WindowLedger], now: Moment) -> Result<(), TryRuntimeError> {
		ensure!(ledgers.iter().all(|ledger| ledger.from < ledger.until), "a window is empty");
		for (earlier, later) in ledgers.iter().zip(ledgers.iter().skip(1)) {
			ensure!(earlier.from <= later.from, "windows are out of order");
			ensure!(
				!earlier.is_live(now) || earlier.until <= later.from,
				"windows that are not over overlap"
			);
		}
		Ok(())
	}

	fn check_returnable(
		subject: &Subject,
		ledgers: &[WindowLedger],
	) -> Result<(), TryRuntimeError> {
		let is_fleet = matches!(subject, Subject::Fleet(_));
		for ledger in ledgers {
			let (seconds, until) = (ledger.returnable_seconds, ledger.returnable_until);
			let is_inside = ledger.from < until && until <= ledger.until;
			ensure!(
				if seconds > 0 { is_fleet && is_inside } else { until == 0 },
				"units come back from leases that can't be"
			);
		}
		Ok(())
	}

	fn check_fleet(fleet: FleetId, now: Moment) -> Result<(), TryRuntimeError> {
		ensure!(
			FleetChanges::<T>::iter_prefix_values(fleet).all(|delta| delta != 0),
			"a change of a fleet is none"
		);
		let mut time = FleetTimes::<T>::get(fleet).ok_or("a fleet has no time")?;
		ensure!(time.as_of <= now, "a fleet is ahead of time");
		let first = FleetChanges::<T>::iter_key_prefix(fleet).next();
		ensure!(
			first.is_none_or(|first: MomentKey| time.as_of < first.into()),
			"a change of a fleet is past and not passed"
		);
		let mut windows = Windows::<T>::get(Subject::Fleet(fleet));
		let due: alloc::vec::Vec<_> = FleetChanges::<T>::iter_prefix(fleet)
			.map(|(at, delta)| (Moment::from(at), delta))
			.take_while(|(at, _)| *at <= now)
			.collect();
		time.advance(windows.as_mut(), &due, Some(now))
			.map_err(|_| "what a fleet has passed was not noted")?;

		let members = T::Devices::fleet_members(fleet);
		let sum = |from: Moment, until: Moment| {
			members
				.iter()
				.map(|member| T::Leases::booked_seconds(*member, from, until))
				.fold(0u64, u64::saturating_add)
		};
		let next = now.checked_add(1).ok_or("the end of time")?;
		ensure!(sum(now, next) == u64::from(time.taken), "a fleet's taken members are others");
		for ledger in windows.iter().filter(|ledger| ledger.is_live(now)) {
			ensure!(
				sum(ledger.from.max(now), ledger.until) == ledger.booked_seconds,
				"a ledger does not say what the fleet's calendars say"
			);
		}
		Ok(())
	}
}

trait EncodeKey {
	fn encode_key(&self) -> (u8, u64);
}

// Subjects have no order of their own.
impl EncodeKey for Subject {
	fn encode_key(&self) -> (u8, u64) {
		match self {
			Self::Device(device) => (0, *device),
			Self::Fleet(fleet) => (1, *fleet),
		}
	}
}

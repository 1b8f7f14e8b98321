// SPDX-License-Identifier: Apache-2.0

//! Broken states are seen.

use super::*;
use crate::{FleetChanges, FleetTimes, MomentKey, NextSeriesId, SeriesByOwner, SeriesBySubject};
use frame_support::traits::{
	fungibles::{Create, Mutate as _},
	tokens::{fungible::hold::Mutate as _, Precision::Exact},
};

/// A good state with everything in it, then broken.
fn broken(by: impl FnOnce(SeriesId), complaint: &'static str) {
	new_test_ext().execute_with(|| {
		let series = create(&OLGA, GPU, sale());
		let (usable_from, usable_until) = (START + 11 * DAY, START + 12 * DAY);
		create(&OLGA, GPU, SaleConditions { usable_from, usable_until, ..sale() });
		assert_ok!(UsageToken::buy(signed(&TOM), series, 10, 1_000));
		assert_ok!(UsageToken::stake(series, &TOM, 2, rent_reason()));
		assert_ok!(UsageToken::do_try_state());
		by(series);
		assert_eq!(UsageToken::do_try_state(), Err(complaint.into()));
	});
}

fn break_series(series: SeriesId, change: impl FnOnce(&mut crate::SeriesRecordOf<Test>)) {
	Series::<Test>::mutate(series, |record| change(record.as_mut().unwrap()));
}

fn break_ledgers(change: impl FnOnce(&mut [WindowLedger])) {
	Windows::<Test>::mutate(Subject::Device(GPU), |ledgers| change(ledgers.as_mut()));
}

#[test]
fn lost_backing_is_seen() {
	broken(
		|series| {
			let reason = HoldReason::Backing.into();
			assert_ok!(Balances::release(&reason, &UsageToken::account_of(series), 1, Exact));
		},
		"units and their backing differ",
	);
	broken(
		|series| {
			assert_ok!(Assets::mint_into(series, &TOM, 1));
		},
		"units and their backing differ",
	);
}

#[test]
fn wrong_counts_are_seen() {
	broken(
		|series| break_series(series, |record| record.sold = 7),
		"more units are outstanding than sold",
	);
	broken(
		|series| break_series(series, |record| record.sold = record.sale.cap + 1),
		"more units are sold than the cap allows",
	);
	broken(
		|series| break_series(series, |record| record.endowment = ED + 1),
		"an endowment is gone",
	);
}

#[test]
fn wrong_numbers_are_seen() {
	broken(|_| NextSeriesId::<Test>::put(2), "the next series has an asset");
	broken(
		|series| {
			let record = Series::<Test>::get(series).unwrap();
			Series::<Test>::insert(9, record);
		},
		"a series has no number below the next one",
	);
	broken(
		|_| {
			assert_ok!(<Assets as Create<_>>::create(3, TOM, true, 1));
		},
		"the next series has an asset",
	);
}

#[test]
fn wrong_ledgers_are_seen() {
	let wrong = "a ledger does not say what its series say";
	broken(|_| break_ledgers(|ledgers| ledgers[0].outstanding_seconds += 1), wrong);
	broken(|_| break_ledgers(|ledgers| ledgers[1].open_series = 2), wrong);
	broken(|_| break_ledgers(|ledgers| ledgers[0].series = 2), wrong);
	broken(
		|_| Windows::<Test>::remove(Subject::Device(GPU)),
		"units are outstanding or offered without a ledger",
	);
	broken(|_| break_ledgers(|ledgers| ledgers.swap(0, 1)), "windows are out of order");
	broken(|_| break_ledgers(|ledgers| ledgers[1].from -= 1), "windows that are not over overlap");
	broken(|_| break_ledgers(|ledgers| ledgers[0].until = ledgers[0].from), "a window is empty");
}

#[test]
fn wrong_lists_are_seen() {
	broken(|series| SeriesByOwner::<Test>::remove(OLGA, series), "a list lacks a series");
	broken(
		|series| SeriesBySubject::<Test>::remove(Subject::Device(GPU), series),
		"a list lacks a series",
	);
	broken(
		|series| SeriesByOwner::<Test>::insert(TOM, series, ()),
		"a list has a series that is not there",
	);
}

#[test]
fn reaping_with_units_is_seen() {
	broken(
		|series| break_series(series, |record| record.reaping = true),
		"a series with units is being reaped",
	);
}

const FLEET: FleetId = 1;

/// A good state with a booked fleet, then broken.
fn broken_fleet(by: impl FnOnce(), complaint: &'static str) {
	new_test_ext().execute_with(|| {
		add_fleet(FLEET, OLGA, &[GPU, RIG]);
		create_for_fleet(&OLGA, FLEET, sale());
		book(GPU, START, START + 2 * DAY);
		book(RIG, START + DAY, START + 3 * DAY);
		assert_ok!(UsageToken::do_try_state());
		by();
		assert_eq!(UsageToken::do_try_state(), Err(complaint.into()));
	});
}

#[test]
fn wrong_fleets_are_seen() {
	let other_ledger = "a ledger does not say what the fleet's calendars say";
	broken_fleet(
		|| {
			Windows::<Test>::mutate(Subject::Fleet(FLEET), |ledgers| {
				ledgers.as_mut()[0].booked_seconds += 1
			})
		},
		other_ledger,
	);
	broken_fleet(|| Bookings::mutate(|bookings| bookings[1].2 += 1), other_ledger);
	let returnable = |seconds, until| {
		move || {
			Windows::<Test>::mutate(Subject::Fleet(FLEET), |ledgers| {
				let ledger = &mut ledgers.as_mut()[0];
				(ledger.returnable_seconds, ledger.returnable_until) = (seconds, until);
			})
		}
	};
	let no_lease = "units come back from leases that can't be";
	broken_fleet(returnable(1, sale().usable_from), no_lease);
	broken_fleet(returnable(1, sale().usable_until + 1), no_lease);
	broken_fleet(returnable(0, sale().usable_until), no_lease);
	broken(
		|_| {
			break_ledgers(|ledgers| {
				let ledger = &mut ledgers[0];
				(ledger.returnable_seconds, ledger.returnable_until) = (1, ledger.until);
			})
		},
		no_lease,
	);
	broken_fleet(
		|| FleetTimes::<Test>::mutate(FLEET, |time| time.as_mut().unwrap().taken = 2),
		"a fleet's taken members are others",
	);
	broken_fleet(
		|| FleetTimes::<Test>::mutate(FLEET, |time| time.as_mut().unwrap().as_of = START + 1),
		"a fleet is ahead of time",
	);
	broken_fleet(
		|| FleetChanges::<Test>::insert(FLEET, MomentKey::from(START + 9), 0),
		"a change of a fleet is none",
	);
	broken_fleet(
		|| FleetChanges::<Test>::insert(FLEET, MomentKey::from(START), 1),
		"a change of a fleet is past and not passed",
	);
	broken_fleet(
		|| {
			FleetChanges::<Test>::insert(FLEET, MomentKey::from(START + 1), -2);
			Now::set(START + 1);
		},
		"what a fleet has passed was not noted",
	);
}

// SPDX-License-Identifier: Apache-2.0

use super::*;
use crate::{FleetChanges, FleetTimes, MAX_CATCH_UP};
use sp_runtime::DispatchError;
use tenure_lease_math::FleetTime;
use tenure_primitives::apis::WindowCapacity;

const FLEET: FleetId = 1;
/// Olga's, beside GPU and RIG.
const THIRD: DeviceId = 4;

/// Olga's fleet of three, with a series of units usable for ten days from tomorrow.
fn fleet_of_three() -> SeriesId {
	add_device(THIRD, OLGA);
	add_fleet(FLEET, OLGA, &[GPU, RIG, THIRD]);
	create_for_fleet(&OLGA, FLEET, sale())
}

fn buy(series: SeriesId, units: Units) -> sp_runtime::DispatchResult {
	let outcome = UsageToken::buy(signed(&TOM), series, units, Balance::MAX);
	outcome.map(|_| ()).map_err(|error| error.error)
}

fn booked() -> u64 {
	Windows::<Test>::get(Subject::Fleet(FLEET))[0].booked_seconds
}

fn changes() -> usize {
	FleetChanges::<Test>::iter_prefix(FLEET).count()
}

fn returnable() -> (u64, Moment) {
	let ledger = Windows::<Test>::get(Subject::Fleet(FLEET))[0];
	(ledger.returnable_seconds, ledger.returnable_until)
}

fn capacity() -> WindowCapacity {
	UsageToken::capacity(&Subject::Fleet(FLEET))[0]
}

#[test]
fn the_time_of_all_members_is_sold_and_no_more() {
	build_and_execute(|| {
		let series = fleet_of_three();
		// Three times ten days are 43,200 minutes.
		assert_noop!(buy(series, 43_201), Error::<Test>::CapacityExceeded);
		assert_ok!(buy(series, 43_200));
		assert_noop!(buy(series, 1), Error::<Test>::CapacityExceeded);
		assert_ok!(UsageToken::redeem(signed(&TOM), series, 100));
		assert_eq!(UsageToken::details(series).unwrap().available, 100);
		Now::set(START + 6 * DAY);
		assert_noop!(buy(series, 1), Error::<Test>::CapacityExceeded);
	});
}

#[test]
fn only_the_owner_of_the_fleet_makes_series_for_it() {
	build_and_execute(|| {
		fleet_of_three();
		let create = |who, fleet| {
			UsageToken::create_series(signed(&who), Subject::Fleet(fleet), sale(), terms().into())
		};
		assert_noop!(create(OTTO, FLEET), Error::<Test>::NotDeviceOwner);
		assert_noop!(create(OLGA, 9), DispatchError::Other("no such fleet"));
		// A fleet that has no members yet sells nothing yet.
		add_fleet(2, OTTO, &[]);
		let series = create_for_fleet(&OTTO, 2, sale());
		assert_noop!(buy(series, 1), Error::<Test>::CapacityExceeded);
		assert_ok!(join(2, DRONE));
		assert_ok!(buy(series, 14_400));
	});
}

#[test]
fn what_is_booked_on_members_is_not_sold() {
	build_and_execute(|| {
		let series = fleet_of_three();
		book(GPU, START + 2 * DAY, START + 4 * DAY);
		book(RIG, START, START + 2 * DAY);
		// One ends where the other begins.
		assert_eq!((booked(), changes()), (3 * DAY, 1));
		assert_eq!(FleetTimes::<Test>::get(FLEET), Some(FleetTime { as_of: START, taken: 1 }));
		assert_noop!(buy(series, 27 * 1_440 + 1), Error::<Test>::CapacityExceeded);
		assert_ok!(buy(series, 27 * 1_440));
		check_state();
		unbook(GPU, START + 2 * DAY, START + 4 * DAY, START + 3 * DAY);
		assert_ok!(buy(series, 1_440));
		assert_noop!(buy(series, 1), Error::<Test>::CapacityExceeded);
		// What has passed is noted by the next sale.
		Now::set(START + 3 * DAY + DAY / 2);
		check_state();
		assert_ok!(UsageToken::redeem(signed(&TOM), series, 25_000));
		assert_eq!((booked(), changes()), (0, 0));
		let now = START + 3 * DAY + DAY / 2;
		assert_eq!(FleetTimes::<Test>::get(FLEET), Some(FleetTime { as_of: now, taken: 0 }));
	});
}

#[test]
fn earlier_bookings_of_members_come_along_and_go_with_them() {
	build_and_execute(|| {
		add_device(THIRD, OLGA);
		add_fleet(FLEET, OLGA, &[GPU]);
		let series = create_for_fleet(&OLGA, FLEET, sale());
		book(RIG, START, START + 2 * DAY);
		book(RIG, START + 4 * DAY, START + 5 * DAY);
		Now::set(START + 100);
		assert_ok!(join(FLEET, RIG));
		assert_eq!(booked(), 2 * DAY);
		check_state();
		assert_ok!(buy(series, 18 * 1_440));
		assert_noop!(buy(series, 1), Error::<Test>::CapacityExceeded);
		assert_noop!(leave(FLEET, RIG), Error::<Test>::FleetTooSmall);
		assert_ok!(join(FLEET, THIRD));
		// Two members have twenty days: just enough for eighteen and the two that are booked on the one
		// that leaves.
		assert_ok!(leave(FLEET, RIG));
		assert_eq!((booked(), changes()), (0, 0));
		assert_eq!(returnable(), (2 * DAY, START + 5 * DAY));
		// A window that opens later counts what is booked on all.
		book(GPU, START + 11 * DAY, START + 12 * DAY);
		let until = START + 13 * DAY;
		let later = SaleConditions {
			usable_from: START + 11 * DAY,
			usable_until: until,
			sale_until: until,
			..sale()
		};
		let later = create_for_fleet(&OLGA, FLEET, later);
		assert_noop!(buy(later, 3 * 1_440 + 1), Error::<Test>::CapacityExceeded);
		assert_ok!(buy(later, 3 * 1_440));
	});
}

#[test]
fn a_device_for_sale_can_not_join() {
	build_and_execute(|| {
		add_fleet(FLEET, OLGA, &[]);
		let series = create(&OLGA, GPU, sale());
		assert_noop!(join(FLEET, GPU), Error::<Test>::UnitsPromised);
		assert_ok!(buy(series, 10));
		assert_ok!(UsageToken::stake(series, &TOM, 4, rent_reason()));
		assert_ok!(UsageToken::close_series(signed(&OLGA), series));
		assert_noop!(join(FLEET, GPU), Error::<Test>::UnitsPromised);
		assert_ok!(UsageToken::redeem(signed(&TOM), series, 6));
		assert_ok!(join(FLEET, GPU));
		// A lease of its own gives units back: they can't be staked while it is a member.
		assert_ok!(UsageToken::unstake(series, &TOM, 3, rent_reason()));
		assert_noop!(
			UsageToken::stake(series, &TOM, 3, rent_reason()),
			Error::<Test>::DeviceInFleet
		);
		assert_ok!(leave(FLEET, GPU));
		assert_ok!(UsageToken::stake(series, &TOM, 1, rent_reason()));
		// In a window that is over nothing is promised.
		Now::set(sale().usable_until);
		assert_ok!(join(FLEET, GPU));
	});
}

#[test]
fn what_leases_may_give_back_keeps_members() {
	build_and_execute(|| {
		let series = fleet_of_three();
		for device in [GPU, RIG, THIRD] {
			book(device, START + 2 * DAY, START + 11 * DAY);
		}
		// Nine days are booked on each and nothing is outstanding: all might be given back, and two
		// members have twenty days.
		for device in [GPU, RIG, THIRD] {
			assert_noop!(leave(FLEET, device), Error::<Test>::FleetTooSmall);
		}
		unbook(GPU, START + 2 * DAY, START + 11 * DAY, START + 4 * DAY);
		assert_ok!(leave(FLEET, GPU));
		assert_eq!(returnable(), (2 * DAY, START + 4 * DAY));
		assert_eq!((booked(), capacity().booked_seconds), (18 * DAY, 20 * DAY));
		assert_eq!(capacity().free_seconds, 0);
		assert_noop!(leave(FLEET, RIG), Error::<Test>::FleetTooSmall);
		// Who wants all out closes the series and disbands the fleet.
		assert_noop!(disband(FLEET), Error::<Test>::UnitsPromised);
		assert_ok!(UsageToken::close_series(signed(&OLGA), series));
		assert_ok!(disband(FLEET));
		assert!(!FleetTimes::<Test>::contains_key(FLEET));
	});
}

#[test]
fn members_without_leases_leave_a_fleet_that_owes_nothing() {
	build_and_execute(|| {
		let series = fleet_of_three();
		book(GPU, START + 2 * DAY, START + 11 * DAY);
		for device in [RIG, THIRD] {
			assert_ok!(leave(FLEET, device));
			check_state();
		}
		assert_noop!(leave(FLEET, GPU), Error::<Test>::FleetTooSmall);
		unbook(GPU, START + 2 * DAY, START + 11 * DAY, START + 2 * DAY);
		assert_ok!(leave(FLEET, GPU));
		assert_eq!((booked(), changes(), returnable()), (0, 0, (0, 0)));
		assert_noop!(buy(series, 1), Error::<Test>::CapacityExceeded);
	});
}

/// Tom has a lease of `days` days on a member from tomorrow on.
fn leased(series: SeriesId, device: DeviceId, days: u64) {
	let reason = rent_reason();
	assert_ok!(UsageToken::buy_staked(series, &TOM, days * 1_440, reason));
	book(device, START + DAY, START + (1 + days) * DAY);
}

/// He cancels it and has all his units back.
fn cancelled(series: SeriesId, device: DeviceId, days: u64) {
	assert_ok!(UsageToken::unstake(series, &TOM, days * 1_440, rent_reason()));
	unbook(device, START + DAY, START + (1 + days) * DAY, START + DAY);
}

#[test]
fn what_a_device_took_along_is_not_sold_again() {
	build_and_execute(|| {
		let series = fleet_of_three();
		leased(series, GPU, 6);
		assert_ok!(buy(series, 8 * 1_440));
		assert_ok!(leave(FLEET, GPU));
		assert_eq!(capacity().booked_seconds, 6 * DAY);
		assert_eq!(capacity().free_seconds, 6 * DAY);
		assert_eq!(UsageToken::details(series).unwrap().available, 6 * 1_440);
		assert_noop!(buy(series, 6 * 1_440 + 1), Error::<Test>::CapacityExceeded);
		assert_ok!(buy(series, 6 * 1_440));
		// The lease gives its units back: the two that are left can serve all.
		cancelled(series, GPU, 6);
		check_state();
		let sold = capacity();
		assert_eq!((sold.outstanding_seconds, sold.remaining_seconds), (20 * DAY, 20 * DAY));
		assert_noop!(buy(series, 1), Error::<Test>::CapacityExceeded);
		assert_noop!(leave(FLEET, RIG), Error::<Test>::FleetTooSmall);
	});
}

#[test]
fn what_a_device_took_along_counts_until_it_is_over() {
	build_and_execute(|| {
		let series = fleet_of_three();
		leased(series, GPU, 2);
		leased(series, RIG, 3);
		assert_ok!(leave(FLEET, GPU));
		assert_eq!(returnable(), (2 * DAY, START + 3 * DAY));
		assert_ok!(leave(FLEET, RIG));
		assert_eq!(returnable(), (5 * DAY, START + 4 * DAY));
		// What came back is outstanding and counts all the same, until the time is over.
		cancelled(series, GPU, 2);
		assert_eq!(capacity().booked_seconds, 5 * DAY);
		assert_eq!(capacity().free_seconds, 3 * DAY);
		Now::set(START + 4 * DAY - 1);
		assert_eq!(capacity().free_seconds, 1);
		Now::set(START + 4 * DAY);
		assert_eq!((capacity().booked_seconds, capacity().free_seconds), (0, 5 * DAY));
		assert_ok!(buy(series, 5 * 1_440));
		assert_noop!(buy(series, 1), Error::<Test>::CapacityExceeded);
		// Whoever leaves then finds nothing of it.
		assert_ok!(UsageToken::redeem(signed(&TOM), series, 7 * 1_440));
		assert_ok!(leave(FLEET, THIRD));
		assert_eq!(returnable(), (0, 0));
	});
}

#[test]
fn who_comes_back_counts_twice_for_a_while() {
	build_and_execute(|| {
		let series = fleet_of_three();
		leased(series, GPU, 2);
		assert_ok!(leave(FLEET, GPU));
		assert_ok!(join(FLEET, GPU));
		assert_eq!(capacity().booked_seconds, 4 * DAY);
		assert_noop!(buy(series, 26 * 1_440 + 1), Error::<Test>::CapacityExceeded);
		Now::set(START + 3 * DAY);
		assert_eq!((capacity().booked_seconds, capacity().free_seconds), (0, 24 * DAY));
	});
}

#[test]
fn a_member_taken_out_leaves_whatever_was_sold() {
	build_and_execute(|| {
		let series = fleet_of_three();
		book(GPU, START + 2 * DAY, START + 4 * DAY);
		assert_ok!(buy(series, 28 * 1_440));
		lose(GPU);
		assert_eq!(booked(), 0);
		assert_eq!(capacity().remaining_seconds, 20 * DAY);
		assert_noop!(buy(series, 1), Error::<Test>::CapacityExceeded);
		check_state();
		force_retire(RIG);
		assert_noop!(leave(FLEET, THIRD), Error::<Test>::FleetTooSmall);
	});
}

#[test]
fn what_is_left_of_a_fleets_bookings_goes_with_its_series() {
	build_and_execute(|| {
		let series = fleet_of_three();
		assert_ok!(buy(series, 100));
		assert_ok!(UsageToken::stake(series, &TOM, 90, rent_reason()));
		for day in 2..10 {
			for device in [GPU, RIG, THIRD] {
				let from = START + day * DAY + device;
				book(device, from, from + DAY / 4);
				book(device, from + DAY / 2, from + 3 * DAY / 4);
			}
		}
		assert_eq!(changes(), 96);
		assert_noop!(disband(FLEET), Error::<Test>::UnitsPromised);
		assert_ok!(UsageToken::close_series(signed(&OLGA), series));
		assert_noop!(disband(FLEET), Error::<Test>::UnitsPromised);
		assert_ok!(UsageToken::redeem(signed(&TOM), series, 10));
		assert_ok!(disband(FLEET));
		assert_eq!((FleetTimes::<Test>::get(FLEET), changes()), (None, 96));
		// Leases still give units back; nobody can stake them again, and they are worth their price.
		Now::set(START + 4 * DAY);
		assert_ok!(UsageToken::unstake(series, &TOM, 50, rent_reason()));
		let before = free(&TOM);
		assert_ok!(UsageToken::redeem(signed(&TOM), series, 50));
		assert_eq!(free(&TOM), before + 5_000);
		check_state();
		our_events();
		assert_ok!(UsageToken::reap_series(signed(&TINA), series));
		assert_eq!(
			our_events(),
			[Event::SeriesReapingContinues { series, accounts: 0, approvals: 0 }]
		);
		assert_eq!(changes(), 32);
		assert_ok!(UsageToken::reap_series(signed(&TINA), series));
		assert_eq!((changes(), Series::<Test>::iter().count()), (0, 0));
		assert!(!Windows::<Test>::contains_key(Subject::Fleet(FLEET)));
	});
}

#[test]
fn a_disbanded_fleet_without_series_can_be_cleared() {
	build_and_execute(|| {
		add_fleet(FLEET, OLGA, &[GPU]);
		for hour in 0..10 {
			let from = START + DAY + hour * 7_200;
			book(GPU, from, from + 3_600);
		}
		assert_ok!(disband(FLEET));
		assert_eq!(changes(), 20);
		assert_ok!(UsageToken::catch_up(signed(&TINA), FLEET));
		assert_eq!((FleetTimes::<Test>::iter().count(), changes()), (0, 0));
	});
}

/// Thirty short bookings have passed and nobody noted it.
fn behind(series: SeriesId) {
	for index in 0..30 {
		let from = START + DAY + index * 7_200;
		book(GPU, from, from + 3_600);
	}
	Now::set(START + 5 * DAY);
	assert_eq!((booked(), changes()), (30 * 3_600, 60));
	check_state();
	// Two bookings are noted at once: what others took still counts, so too little is free.
	let free = 3 * 6 * DAY - 28 * 3_600;
	assert_eq!(UsageToken::details(series).unwrap().available, free / 60);
	assert_eq!(capacity().free_seconds, free);
	assert_noop!(buy(series, free / 60 + 1), Error::<Test>::CapacityExceeded);
}

#[test]
fn sales_catch_up_step_by_step() {
	build_and_execute(|| {
		let series = fleet_of_three();
		behind(series);
		for bought in 1..=16 {
			assert_ok!(buy(series, 1));
			assert_eq!(changes(), 60usize.saturating_sub(4 * bought));
			check_state();
		}
		assert_eq!(booked(), 0);
		assert_ok!(buy(series, 3 * 6 * 1_440 - 16));
		assert_noop!(buy(series, 1), Error::<Test>::CapacityExceeded);
	});
}

#[test]
fn unnoted_time_keeps_no_member_of_a_fleet_that_owes_nothing() {
	build_and_execute(|| {
		let series = fleet_of_three();
		behind(series);
		for (device, left) in [(GPU, 56), (RIG, 52), (THIRD, 48)] {
			assert_ok!(leave(FLEET, device));
			assert_eq!(changes(), left);
		}
		assert!(booked() > 0);
	});
}

#[test]
fn anyone_can_catch_up_at_once() {
	build_and_execute(|| {
		let series = fleet_of_three();
		behind(series);
		const { assert!(MAX_CATCH_UP >= 60) };
		assert_ok!(UsageToken::catch_up(signed(&NOBODY), FLEET));
		assert_eq!((booked(), changes()), (0, 0));
		assert_ok!(buy(series, 3 * 6 * 1_440));
		assert_ok!(UsageToken::catch_up(signed(&NOBODY), FLEET));
		// A fleet that never was.
		assert_ok!(UsageToken::catch_up(signed(&NOBODY), 77));
		assert!(!FleetTimes::<Test>::contains_key(77));
	});
}

#[test]
fn a_window_that_opens_behind_time_counts_from_then_on() {
	build_and_execute(|| {
		let series = fleet_of_three();
		behind(series);
		book(RIG, START + 5 * DAY, START + 12 * DAY);
		let until = START + 14 * DAY;
		assert_ok!(UsageToken::close_series(signed(&OLGA), series));
		let now_on =
			SaleConditions { usable_from: START, usable_until: until, sale_until: until, ..sale() };
		let series = create_for_fleet(&OLGA, FLEET, now_on);
		assert!(changes() > 1);
		check_state();
		// Three times nine days but for the seven that are booked.
		assert_noop!(buy(series, 20 * 1_440 + 1), Error::<Test>::CapacityExceeded);
		assert_ok!(UsageToken::catch_up(signed(&NOBODY), FLEET));
		check_state();
		assert_noop!(buy(series, 20 * 1_440 + 1), Error::<Test>::CapacityExceeded);
		assert_ok!(buy(series, 20 * 1_440));
	});
}

#[test]
fn members_are_offered_while_the_fleet_has_promised_something() {
	build_and_execute(|| {
		let series = fleet_of_three();
		assert!([GPU, RIG, THIRD].iter().all(|device| UsageToken::is_offered(*device)));
		assert!(!UsageToken::is_committed(GPU));
		assert!(!UsageToken::is_offered(DRONE));
		assert_ok!(UsageToken::close_series(signed(&OLGA), series));
		assert!(!UsageToken::is_offered(GPU));
	});
}

// SPDX-License-Identifier: Apache-2.0

//! Leases of members of fleets: any of them serves, and the fleet hears of each change of its time.

use super::*;
use tenure_primitives::traits::LeaseBook;

fn noted() -> i64 {
	Neighbours::noted_seconds(FLEET, now(), Moment::MAX)
}

#[test]
fn any_member_serves_the_fleets_units() {
	ExtBuilder::default().build_and_execute(|| {
		make_fleet();
		assert_ok!(Neighbours::buy(FLEET_SERIES, TENANT, 10));
		let [first, second] = MEMBERS;
		let book = |device, tenant| {
			LeaseEscrow::book(
				signed(tenant),
				FLEET_SERIES,
				device,
				None,
				5,
				TEXT,
				key_of(tenant),
				None,
			)
		};
		assert_ok!(book(second, TENANT));
		assert_noop!(book(second, TENANT), Error::<Runtime>::SlotTaken);
		assert_ok!(book(first, TENANT));
		assert_eq!((lease(1).device, lease(2).device), (second, first));
		assert_eq!(lease(1).payee, OWNER);
		for _ in 0..5 {
			set_time(now() + 60);
			MEMBERS.into_iter().for_each(heartbeat);
		}
		poll();
		assert_eq!(total(OWNER), RICH + 9_500);
	});
}

#[test]
fn fleet_hears_of_bookings_ends_and_cancels() {
	ExtBuilder::default().terms(|terms| terms.turnaround = 60).build_and_execute(|| {
		make_fleet();
		let [first, second] = MEMBERS;
		let running = rent_of(FLEET_SERIES, first, TENANT, None, 10);
		assert_eq!(noted(), 660);
		let ahead = rent_of(FLEET_SERIES, second, TENANT, Some(START + HOUR), 20);
		assert_eq!(noted(), 660 + 1_260);
		assert_ok!(LeaseEscrow::cancel(signed(TENANT), ahead));
		assert_eq!(noted(), 660);
		set_time(START + 120);
		assert_ok!(LeaseEscrow::end(signed(TENANT), running));
		// Until 3:00, and a minute's pause.
		assert_eq!(noted(), 120);
		assert_ok!(Neighbours::do_try_state());
		// An ordinary close frees nothing: the pause stays.
		set_time(START + 180);
		heartbeat(first);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), running));
		assert!(crate::Leases::<Runtime>::get(running).is_none());
		assert_eq!(noted(), 60);
		assert_eq!(LeaseEscrow::booked_seconds(first, now(), Moment::MAX), 60);
		let notes = neighbours::FleetTimes::<Runtime>::get(FLEET);
		assert_eq!(
			notes
				.iter()
				.map(|(from, until, n)| (from - START, until - START, *n))
				.collect::<Vec<_>>(),
			[(0, 660, 1), (3_600, 4_860, 1), (3_600, 4_860, -1), (240, 660, -1)]
		);
	});
}

#[test]
fn device_in_no_fleet_tells_nobody() {
	ExtBuilder::default().build_and_execute(|| {
		let first = rent(10);
		let second = rent_at(TENANT, Some(START + HOUR), 10);
		assert_ok!(LeaseEscrow::cancel(signed(TENANT), second));
		assert_ok!(LeaseEscrow::end(signed(TENANT), first));
		assert_eq!(neighbours::FleetTimes::<Runtime>::iter().count(), 0);
	});
}

#[test]
fn leases_from_before_the_fleet_count_and_are_told_of() {
	ExtBuilder::default().terms(|terms| terms.turnaround = 120).build_and_execute(|| {
		make_fleet();
		let running = rent(10);
		let ahead = rent_at(OTHER, Some(START + HOUR), 10);
		set_time(START + 60);
		assert_ok!(Neighbours::join_fleet(FLEET, DEVICE));
		assert_eq!(noted(), 660 + 720);
		assert_ok!(LeaseEscrow::cancel(signed(OTHER), ahead));
		assert_eq!(noted(), 660);
		assert_ok!(LeaseEscrow::end(signed(TENANT), running));
		assert_eq!(noted(), 60 + 120);
		assert_ok!(Neighbours::leave_fleet(DEVICE));
		assert_eq!(noted(), 0);
	});
}

#[test]
fn units_and_leases_of_a_fleet_never_exceed_the_time_there_is() {
	ExtBuilder::default().sale(|sale| sale.usable_until = START + 1_200).build_and_execute(|| {
		make_fleet();
		let [first, second] = MEMBERS;
		assert_ok!(Neighbours::buy(FLEET_SERIES, OTHER, 5));
		rent_of(FLEET_SERIES, first, TENANT, None, 20);
		rent_of(FLEET_SERIES, second, TENANT, None, 15);
		assert_noop!(
			Neighbours::buy(FLEET_SERIES, OTHER, 1),
			neighbours::Error::<Runtime>::CapacityExceeded
		);
		assert_ok!(LeaseEscrow::book(
			signed(OTHER),
			FLEET_SERIES,
			second,
			Some(START + 900),
			5,
			TEXT,
			key_of(OTHER),
			None
		));
	});
}

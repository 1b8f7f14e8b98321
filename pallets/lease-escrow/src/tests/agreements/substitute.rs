// SPDX-License-Identifier: Apache-2.0

//! Another device takes over where rent can be objected to, the chain stood still, or devices are handed over.

use super::*;
use tenure_lease_math::Review;
use tenure_primitives::DeviceId;

const FIRST: DeviceId = MEMBERS[0];
const SECOND: DeviceId = MEMBERS[1];

/// Time passes, a heartbeat of `device` in each minute.
fn serve(device: DeviceId, until: Moment) {
	while now() < until {
		set_time(until.min(now() + 60));
		heartbeat(device);
		poll();
	}
}

fn substitute(id: LeaseId) -> DispatchResult {
	LeaseEscrow::substitute(signed(TENANT), id, SECOND)
}

/// Ten minutes on the first device, which serves two.
fn begun() -> LeaseId {
	make_fleet();
	let id = rent_of(FLEET_SERIES, FIRST, TENANT, None, 10);
	serve(FIRST, START + 120);
	id
}

/// It is silent then; the second is seen at five.
fn fail() {
	pass_until(START + 300);
	heartbeat(SECOND);
}

#[test]
fn objection_to_the_first_goes_on_and_the_second_has_its_own() {
	ExtBuilder::default().objections(WINDOW).build_and_execute(|| {
		let id = begun();
		assert_ok!(object(TENANT, id, 1_000));
		fail();
		assert_ok!(substitute(id));
		let (first, second) = (lease(id), lease(id + 1));
		assert_eq!(
			(first.escrowed, first.review.frozen(), first.held()),
			(6_000, 1_000, Ok(5_000))
		);
		assert_eq!(second.review, Review::with_window(WINDOW));
		assert_eq!((second.arbiter, second.escrowed), (Some(ARBITER), 4_000));
		assert_eq!((rent_held(TENANT), disputed_of(TENANT)), (9_000, [1_000, 1_000]));
		assert_ok!(LeaseEscrow::do_try_state());

		serve(SECOND, START + 480);
		assert_noop!(object(TENANT, id + 1, 2_001), Error::<Runtime>::ObjectionTooLarge);
		assert_ok!(object(TENANT, id + 1, 2_000));
		serve(SECOND, START + 1_200);
		assert_eq!(
			closed(),
			[(id, CloseReason::Substituted, 4_000, 0), (id + 1, CloseReason::Completed, 0, 0)]
		);
		// A thousand of each lease was undisputed, with the last two minutes.
		assert_eq!(gains(), [2_850, -3_000, 0, 150, 0]);
		assert_eq!(disputed_of(TENANT), [3_000, 3_000]);
		assert_ok!(LeaseEscrow::concede(signed(OWNER), id, Rent));
		assert_ok!(LeaseEscrow::withdraw_claim(signed(TENANT), id + 1, Rent));
		assert_eq!(gains(), [2_850 + 1_900, -5_000, 0, 250, 0]);
		nothing_is_left();
	});
}

#[test]
fn what_was_noted_of_the_first_is_paid_as_ever() {
	ExtBuilder::default().objections(WINDOW).build_and_execute(|| {
		let id = begun();
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		let review = lease(id).review;
		assert!(review.noted.is_some());
		fail();
		assert_ok!(substitute(id));
		assert_eq!(lease(id).review, review);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		assert_eq!(lease(id).paid_to_payee, 1_900);
		serve(SECOND, START + 1_200);
		assert_eq!(gains(), [5_700, -6_000, 0, 300, 0]);
		nothing_is_left();
	});
}

#[test]
fn tenant_may_object_to_the_first_after_another_took_over() {
	ExtBuilder::default().objections(WINDOW).build_and_execute(|| {
		let id = begun();
		fail();
		assert_ok!(substitute(id));
		assert_ok!(object(TENANT, id, 2_000));
		serve(SECOND, START + 1_200);
		// Its owner stays silent.
		set_time(START + 4 * DAY);
		poll();
		assert_eq!(Disputes::<Runtime>::iter().count(), 0);
		assert_eq!(gains(), [3_800, -4_000, 0, 200, 0]);
		nothing_is_left();
	});
}

#[test]
fn arbiter_does_not_come_to_serve() {
	ExtBuilder::default().objections(WINDOW).build_and_execute(|| {
		let id = begun();
		fail();
		neighbours::Devices::<Runtime>::mutate(SECOND, |info| {
			info.as_mut().unwrap().owner = ARBITER;
		});
		assert_noop!(substitute(id), Error::<Runtime>::ArbiterIsParty);
	});
}

#[test]
fn arbiter_stays_though_it_is_not_listed_any_more() {
	ExtBuilder::default().objections(WINDOW).build_and_execute(|| {
		let id = begun();
		fail();
		neighbours::Arbiters::<Runtime>::remove(ARBITER);
		assert_ok!(substitute(id));
		assert_eq!(lease(id + 1).arbiter, Some(ARBITER));
	});
}

#[test]
fn device_that_nobody_could_see_has_not_failed() {
	ExtBuilder::default().outages(120).build_and_execute(|| {
		make_fleet();
		let id = rent_of(FLEET_SERIES, FIRST, TENANT, None, 180);
		serve(FIRST, START + 120);
		// The chain stands still for an hour; the second device is the first to be seen again.
		set_time(START + 120 + HOUR);
		heartbeat(SECOND);
		assert_noop!(substitute(id), Error::<Runtime>::DeviceServes);
		serve(SECOND, START + 120 + HOUR + Moment::from(GAP));
		assert_noop!(substitute(id), Error::<Runtime>::DeviceServes);
		serve(SECOND, START + 180 + HOUR + Moment::from(GAP));
		assert_ok!(substitute(id));
	});
}

#[test]
fn what_is_handed_over_has_no_substitute() {
	ExtBuilder::default().physical().build_and_execute(|| {
		make_fleet();
		let id = rent_of(FLEET_SERIES, FIRST, TENANT, None, 60);
		assert_noop!(substitute(id), Error::<Runtime>::NotRemote);
		assert_ok!(ready(id));
		assert_ok!(take(TENANT, id));
		assert_noop!(substitute(id), Error::<Runtime>::NotRemote);
	});
}

#[test]
fn device_that_is_out_does_not_take_over() {
	ExtBuilder::default().build_and_execute(|| {
		make_fleet();
		let mut series = neighbours::Series::<Runtime>::get(FLEET_SERIES).unwrap();
		series.id = HOME_SERIES;
		series.terms = physical_terms();
		neighbours::Series::<Runtime>::insert(HOME_SERIES, series);
		let out = rent_of(HOME_SERIES, SECOND, OTHER, None, 30);
		assert_ok!(ready(out));
		assert_ok!(take(OTHER, out));
		let id = rent_of(FLEET_SERIES, FIRST, TENANT, None, 60);
		// Its lease is over, and the pause after it; it is seen, but not back.
		pass_until(START + 2_400);
		heartbeat(SECOND);
		assert_noop!(substitute(id), Error::<Runtime>::DeviceNotReturned);
		assert_ok!(bring(OTHER, out));
		assert_ok!(substitute(id));
	});
}

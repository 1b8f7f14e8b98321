// SPDX-License-Identifier: Apache-2.0

//! Cancelled, ended, revoked, extended.

use super::*;
use crate::{Calendars, HoldReason};

fn end(id: LeaseId) {
	assert_ok!(LeaseEscrow::end(signed(TENANT), id));
}

fn revoke(id: LeaseId) {
	assert_ok!(LeaseEscrow::revoke(signed(OWNER), id));
}

#[test]
fn cancelling_costs_the_step_of_its_moment() {
	for (notice, kept, refunded, units) in [
		(2 * DAY, 190, 810, 9),
		(DAY, 190, 810, 9),
		(DAY - 1, 550, 450, 9),
		(HOUR, 550, 450, 9),
		(HOUR - 1, 1_000, 0, 9),
		(1, 1_000, 0, 9),
	] {
		ExtBuilder::default().co_signed().build_and_execute(|| {
			let id = rent_at(TENANT, Some(START + 3 * DAY), 10);
			set_time(START + 3 * DAY - notice);
			System::reset_events();
			assert_ok!(LeaseEscrow::cancel(signed(TENANT), id));
			assert_eq!(
				events()[0],
				Event::LeaseCancelled { lease: id, returned_units: units, kept_units: 10 - units }
			);
			assert_eq!(closed(), [(CloseReason::Cancelled, kept, refunded, units, 0)]);
			assert_eq!(total(OWNER) + total(TREASURY), RICH + ED + kept);
			assert_eq!((free(TENANT), units_of(TENANT)), (RICH - 10_000 + refunded, units));
			assert_eq!(held(HoldReason::LeaseRecord, TENANT), 0);
			assert!(!Calendars::<Runtime>::contains_key(DEVICE));
		});
	}
}

#[test]
fn cancelling_is_not_dearer_than_not_turning_up() {
	let outcome = |cancels: bool| {
		ExtBuilder::default().co_signed().build().execute_with(|| {
			let id = rent_at(TENANT, Some(START + 60), 10);
			set_time(START + 59);
			if cancels {
				assert_ok!(LeaseEscrow::cancel(signed(TENANT), id));
			} else {
				wait_for_close(id);
			}
			(total(TENANT), units_of(TENANT))
		})
	};
	assert_eq!(outcome(true), outcome(false));
}

#[test]
fn units_that_can_not_go_back_stop_no_cancelling() {
	ExtBuilder::default().co_signed().build_and_execute(|| {
		let id = rent_at(TENANT, Some(START + HOUR), 10);
		neighbours::Stuck::<Runtime>::insert(SERIES, ());
		assert_ok!(LeaseEscrow::cancel(signed(TENANT), id));
		assert!(events().contains(&Event::LeaseCancelled {
			lease: id,
			returned_units: 0,
			kept_units: 10
		}));
		// Nine tenths of 9,000 and of 500.
		assert_eq!(closed(), [(CloseReason::Cancelled, 1_450, 8_550, 0, 0)]);
		assert_eq!((free(TENANT), units_of(TENANT)), (RICH - 1_450, 0));
	});
}

#[test]
fn end_moves_at_once_and_units_go_back_at_the_close() {
	ExtBuilder::default().co_signed().build_and_execute(|| {
		let id = rent(10);
		set_time(START + 120);
		sign(id, 120);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		set_time(START + 125);
		System::reset_events();
		end(id);
		// The notice is a minute, to the second.
		let until = START + 185;
		assert_eq!(events(), [Event::LeaseEndingEarly { lease: id, until, returned_units: 0 }]);
		let ended = lease(id);
		assert_eq!((ended.until, ended.units, ended.escrowed), (until, 10, 10_000));
		assert_eq!((ended.rounding, ended.least_sample, units_of(TENANT)), (6_916, 0, 0));
		assert_eq!(Calendars::<Runtime>::get(DEVICE)[0].until, until);
		assert_ok!(LeaseEscrow::do_try_state());
		assert_noop!(LeaseEscrow::end(signed(TENANT), id), Error::<Runtime>::AlreadyEnding);
		// The rest is free for others.
		rent_at(OTHER, Some(until), 5);

		set_time(until);
		sign(id, 185);
		poll();
		assert!(!is_closed(id));
		set_time(START + 240);
		poll();
		// 3,083 are signed; 6,917 are six units and 917, of which a tenth is lost.
		assert_eq!(closed(), [(CloseReason::EndedEarly, 3_175, 825, 6, 0)]);
		assert_eq!(units_of(TENANT), 6);
	});
}

#[test]
fn notice_that_is_not_signed_costs_the_reservation() {
	ExtBuilder::default().co_signed().build_and_execute(|| {
		let id = rent(10);
		set_time(START + 120);
		sign(id, 120);
		end(id);
		wait_for_close(id);
		// 2,000 and a tenth of the minute of notice; 7,900 go back.
		assert_eq!(closed(), [(CloseReason::EndedEarly, 2_190, 810, 7, 0)]);
	});
}

#[test]
fn ending_at_once_costs_what_cancelling_would_have() {
	ExtBuilder::default().co_signed().terms(|terms| terms.tenant_notice = 0).build_and_execute(
		|| {
			let id = rent(10);
			end(id);
			assert_eq!(lease(id).until, START + 1);
			wait_for_close(id);
			assert_eq!(closed(), [(CloseReason::EndedEarly, 1_000, 0, 9, 0)]);
		},
	);
}

#[test]
fn revoked_time_goes_back_in_money_with_a_penalty_and_unsigned_time_without() {
	ExtBuilder::default().co_signed().build_and_execute(|| {
		let id = rent(10);
		set_time(START + 120);
		sign(id, 120);
		set_time(START + 185);
		revoke(id);
		// A minute's notice, to the second: 355 seconds are cut off.
		assert_eq!((lease(id).until, lease(id).cut_off_seconds), (START + 245, 355));
		assert_ok!(LeaseEscrow::do_try_state());
		wait_for_close(id);
		// 5,916 at par, half of that as penalty. 2,000 are signed; of 125 seconds, 2,084, 208 are kept.
		// 1,876 are a unit and 876, of which 788 go back.
		let refunded = 5_916 + 788;
		assert_eq!(closed(), [(CloseReason::Revoked, 9_000 - refunded, refunded, 1, 2_958)]);
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND - 2_958, committed: 0 });
		assert_eq!(free(TENANT), RICH - 10_000 + refunded + 2_958);
	});
}

#[test]
fn what_the_terms_leave_free_stays_free() {
	ExtBuilder::default().co_signed().build_and_execute(|| {
		let id = rent(10);
		set_time(START + 480);
		revoke(id);
		assert_eq!(lease(id).cut_off_seconds, 60);
		set_time(START + 540);
		sign(id, 540);
		poll();
		assert_eq!(closed(), [(CloseReason::Revoked, 9_000, 1_000, 0, 0)]);
	});
}

#[test]
fn revoked_before_its_start_all_goes_back_in_money() {
	ExtBuilder::default().co_signed().build_and_execute(|| {
		let id = rent_at(TENANT, Some(START + HOUR), 10);
		revoke(id);
		assert_eq!(closed(), [(CloseReason::Revoked, 0, 10_000, 0, 5_000)]);
		assert_eq!(total(TENANT), RICH + 5_000);
	});
}

#[test]
fn tenant_that_leaves_a_revoked_lease_gets_the_time_between_as_units() {
	let long_notice = ExtBuilder::default().co_signed().terms(|terms| terms.owner_notice = 360);
	long_notice.build_and_execute(|| {
		let id = rent(10);
		revoke(id);
		assert_eq!((lease(id).until, lease(id).cut_off_seconds), (START + 360, 240));
		set_time(START + 60);
		end(id);
		assert_eq!((lease(id).until, lease(id).rounding), (START + 120, 4_000));
		assert_ok!(LeaseEscrow::do_try_state());
		set_time(START + 120);
		sign(id, 120);
		poll();
		assert_eq!(closed(), [(CloseReason::Revoked, 2_000, 4_000, 4, 2_000)]);
	});
}

#[test]
fn leaving_a_revoked_lease_costs_no_step_of_the_ladder() {
	let long_notice = ExtBuilder::default().co_signed().terms(|terms| terms.owner_notice = 360);
	long_notice.build_and_execute(|| {
		let id = rent(10);
		revoke(id);
		end(id);
		wait_for_close(id);
		// A minute that is not signed costs 100; 5,900 of the time between, 4,000 at par.
		assert_eq!(closed(), [(CloseReason::Revoked, 190, 4_810, 5, 2_000)]);
	});
}

#[test]
fn longer_lease_is_one_lease() {
	let odd = ExtBuilder::default().co_signed().sale(|sale| sale.unit_seconds = 7);
	odd.build_and_execute(|| {
		let id = rent(10);
		set_time(START + 69);
		sign(id, 69);
		heartbeat(DEVICE);
		assert_ok!(LeaseEscrow::extend(signed(TENANT), id, 5, Balance::MAX));
		assert_eq!((lease(id).until, lease(id).escrowed), (START + 105, 15_000));
		assert_ok!(LeaseEscrow::do_try_state());
		set_time(START + 105);
		sign(id, 100);
		wait_for_close(id);
		// 14,285 are signed and 71 of 715 kept; nothing of the rest is a unit.
		assert_eq!(closed(), [(CloseReason::Completed, 14_421, 579, 0, 0)]);
	});
}

#[test]
fn silent_device_gets_no_longer_lease() {
	let short_gap = ExtBuilder::default().co_signed().device(|device| device.heartbeat_gap = 60);
	short_gap.build_and_execute(|| {
		let id = rent(10);
		set_time(START + 580);
		assert_noop!(
			LeaseEscrow::extend(signed(TENANT), id, 5, Balance::MAX),
			Error::<Runtime>::DeviceNotSeenLately
		);
		heartbeat(DEVICE);
		assert_ok!(LeaseEscrow::extend(signed(TENANT), id, 5, Balance::MAX));
	});
}

// SPDX-License-Identifier: Apache-2.0

//! A device that did not come back, and bookings of it.

use super::*;
use tenure_primitives::DeviceStatus;

const LATER: Moment = START + 12 * HOUR;

fn set_status(status: DeviceStatus) {
	neighbours::Devices::<Runtime>::mutate(DEVICE, |device| {
		device.as_mut().unwrap().status = status;
	});
}

/// A device that did not come back, with another lease ahead.
fn lost() -> LeaseId {
	let id = taken();
	let later = rent_at(OTHER, Some(LATER), 60);
	pass_until(END);
	closes_at(id, END + 7_200);
	System::reset_events();
	later
}

#[test]
fn bookings_of_a_device_that_did_not_come_back_close_at_par() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let later = lost();
		closes_at(later, LATER + 600);
		assert_eq!(closed(), [(CloseReason::NoShow, 0, 60_000, 0, 0)]);
		assert_eq!((total(OTHER), deposit_of(OTHER)), (RICH, 0));
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND, committed: 0 });
	});
}

#[test]
fn owner_may_revoke_them_without_a_penalty() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let later = lost();
		assert_ok!(LeaseEscrow::revoke(signed(OWNER), later));
		assert_eq!(closed(), [(CloseReason::Revoked, 0, 60_000, 0, 0)]);
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND, committed: 0 });
	});
}

#[test]
fn owner_that_has_found_it_answers_again() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let later = lost();
		set_status(DeviceStatus::Listed);
		closes_at(later, LATER + 600);
		assert_eq!(closed(), [(CloseReason::NoShow, 0, 60_000, 0, 30_000)]);
	});
	// And can hand it over.
	ExtBuilder::default().physical().build_and_execute(|| {
		let later = lost();
		set_status(DeviceStatus::Listed);
		offer(later);
		set_time(LATER);
		confirm(later);
	});
}

#[test]
fn owners_own_report_excuses_nothing() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let later = rent_at(OTHER, Some(LATER), 60);
		set_status(DeviceStatus::Missing);
		closes_at(later, LATER + 600);
		assert_eq!(closed(), [(CloseReason::NoShow, 0, 60_000, 0, 30_000)]);
	});
	ExtBuilder::default().physical().build_and_execute(|| {
		let later = rent_at(OTHER, Some(LATER), 60);
		set_status(DeviceStatus::Missing);
		assert_ok!(LeaseEscrow::revoke(signed(OWNER), later));
		assert_eq!(closed(), [(CloseReason::Revoked, 0, 60_000, 0, 30_000)]);
	});
}

#[test]
fn nobody_books_it() {
	ExtBuilder::default().physical().build_and_execute(|| {
		lost();
		assert_eq!(
			LeaseEscrow::quote(TENANT, SERIES, DEVICE, None, 10, Some(ARBITER)),
			Err(Error::<Runtime>::DeviceNotListed.into())
		);
	});
}

#[test]
fn member_of_a_fleet_leaves_it() {
	ExtBuilder::default().physical().build_and_execute(|| {
		make_fleet();
		let id = rent_of(FLEET_SERIES, MEMBERS[0], TENANT, None, 60);
		rent_of(FLEET_SERIES, MEMBERS[0], OTHER, Some(LATER), 60);
		offer(id);
		confirm(id);
		closes_at(id, END + 7_200);
		let device = neighbours::Devices::<Runtime>::get(MEMBERS[0]).unwrap();
		assert_eq!((device.status, device.fleet), (DeviceStatus::NotReturned, None));
	});
}

#[test]
fn offer_does_not_revive_when_the_device_was_lost() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let later = rent_at(OTHER, Some(LATER), 60);
		offer(later);
		let id = taken();
		pass_until(END);
		closes_at(id, END + 7_200);
		System::reset_events();
		let refused = |error: Error<Runtime>| {
			let confirmed = LeaseEscrow::confirm_handover(signed(OTHER), later, CONDITION);
			assert_eq!(confirmed, Err(error.into()));
		};
		set_time(LATER);
		refused(Error::DeviceNotListed);
		set_status(DeviceStatus::Listed);
		// It was found, and its owner has to say so.
		refused(Error::HandoverNotOffered);
		closes_at(later, LATER + 600);
		assert_eq!(closed(), [(CloseReason::NoShow, 0, 60_000, 0, 30_000)]);
	});
}

#[test]
fn offer_is_worth_nothing_while_the_device_is_missing() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let later = rent_at(OTHER, Some(LATER), 60);
		offer(later);
		set_status(DeviceStatus::Missing);
		assert_noop!(
			LeaseEscrow::offer_handover(signed(OWNER), later, CONDITION),
			Error::<Runtime>::DeviceNotListed
		);
		set_time(LATER);
		assert_noop!(
			LeaseEscrow::confirm_handover(signed(OTHER), later, CONDITION),
			Error::<Runtime>::DeviceNotListed
		);
		// The tenant is not to blame.
		closes_at(later, LATER + 600);
		assert_eq!(closed(), [(CloseReason::NoShow, 0, 60_000, 0, 30_000)]);
	});
}

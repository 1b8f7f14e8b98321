// SPDX-License-Identifier: Apache-2.0

//! Devices that governance retires.

use super::*;

fn retire() {
	assert_ok!(Neighbours::force_retire(DEVICE));
}

#[test]
fn what_is_signed_is_paid_and_all_the_rest_goes_back_in_money() {
	ExtBuilder::default().co_signed().build_and_execute(|| {
		let running = rent(10);
		rent_at(OTHER, Some(START + HOUR), 10);
		set_time(START + 300);
		sign(running, 200);
		retire();
		assert_eq!(
			closed(),
			[
				(CloseReason::ForceRetired, 3_333, 6_667, 0, 0),
				(CloseReason::ForceRetired, 0, 10_000, 0, 0)
			]
		);
		assert_eq!((units_of(TENANT), total(OTHER)), (0, RICH));
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND, committed: 0 });
	});
}

#[test]
fn lease_whose_receipts_can_still_come_loses_no_reservation() {
	ExtBuilder::default().co_signed().build_and_execute(|| {
		let id = rent(10);
		set_time(START + 700);
		sign(id, 300);
		retire();
		assert_eq!(closed(), [(CloseReason::ForceRetired, 5_000, 5_000, 0, 0)]);
	});
}

#[test]
fn ended_and_revoked_leases_are_no_exception() {
	ExtBuilder::default().co_signed().build_and_execute(|| {
		let id = rent(10);
		set_time(START + 120);
		sign(id, 60);
		assert_ok!(LeaseEscrow::end(signed(TENANT), id));
		retire();
		assert_eq!(closed(), [(CloseReason::ForceRetired, 1_000, 9_000, 0, 0)]);
	});
	ExtBuilder::default().co_signed().build_and_execute(|| {
		let id = rent(10);
		set_time(START + 120);
		sign(id, 60);
		assert_ok!(LeaseEscrow::revoke(signed(OWNER), id));
		retire();
		assert_eq!(closed(), [(CloseReason::ForceRetired, 1_000, 9_000, 0, 0)]);
	});
}

#[test]
fn lease_that_was_due_to_be_closed_closes_as_it_would_have() {
	ExtBuilder::default().co_signed().build_and_execute(|| {
		let id = rent(10);
		set_time(START + 600 + RECEIPT_WINDOW - 1);
		sign(id, 300);
		set_time(START + 600 + RECEIPT_WINDOW);
		retire();
		assert_eq!(closed(), [(CloseReason::Completed, 5_550, 450, 4, 0)]);
	});
}

// SPDX-License-Identifier: Apache-2.0

//! Governance retires a device.

use super::*;

#[test]
fn lease_that_was_not_handed_over_closes_at_par() {
	for (start, offered) in [(START + HOUR, true), (START, true), (START, false)] {
		ExtBuilder::default().physical().build_and_execute(|| {
			let id = rent_at(TENANT, Some(start), 60);
			if offered {
				offer(id);
			}
			set_time(START + 60);
			assert_eq!(Neighbours::force_retire(DEVICE), Ok(1));
			assert_eq!(closed(), [(CloseReason::ForceRetired, 0, 60_000, 0, 0)]);
			assert_eq!((gains(), deposit_of(TENANT)), ([0, 0, 0], 0));
		});
	}
}

#[test]
fn device_that_is_out_serves_no_more_and_has_to_come_back() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = taken();
		pass_until(START + 1_800);
		assert_eq!(Neighbours::force_retire(DEVICE), Ok(1));
		assert_eq!((is_closed(id), deposit_of(TENANT)), (false, DAMAGE));
		assert_eq!(state(id), LeaseState::Returning);
		for call in [
			LeaseEscrow::end(signed(TENANT), id),
			LeaseEscrow::extend(signed(TENANT), id, 1, Balance::MAX),
			LeaseEscrow::confirm_handover(signed(TENANT), id, CONDITION),
		] {
			assert_eq!(call, Err(Error::<Runtime>::AlreadyOver.into()));
		}
		// Nothing is earned from then on; its return is due when it was.
		pass_until(END);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		assert_eq!(gains(), [28_500, -30_000, 1_500]);
		set_time(END + 600);
		report(TENANT, id);
		assert!(!is_closed(id));
		closes_at(id, END + 600 + 1_800);
		assert_eq!(closed(), [(CloseReason::ForceRetired, 30_000, 30_000, 0, 0)]);
		assert_eq!((gains(), deposit_of(TENANT)), ([28_500, -30_000, 1_500], 0));
	});
	// Brought back before the end, to an owner that has nothing against it.
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = taken();
		pass_until(START + 1_800);
		assert_eq!(Neighbours::force_retire(DEVICE), Ok(1));
		set_time(START + 2_400);
		report(OWNER, id);
		assert_eq!(closed(), [(CloseReason::ForceRetired, 30_000, 30_000, 0, 0)]);
		assert_eq!(deposit_of(TENANT), 0);
	});
	// Kept.
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = taken();
		pass_until(START + 1_800);
		assert_eq!(Neighbours::force_retire(DEVICE), Ok(1));
		closes_at(id, END + 7_200);
		assert_eq!(closed(), [(CloseReason::Forfeited, 30_000, 30_000, 0, 0)]);
		assert_eq!(gains(), [28_500 + 30_000, -60_000, 1_500]);
	});
}

#[test]
fn return_that_was_reported_counts() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = taken();
		pass_until(END + 900);
		report(TENANT, id);
		assert_eq!(Neighbours::force_retire(DEVICE), Ok(1));
		// Its owner may still inspect it.
		assert!(!is_closed(id));
		closes_at(id, END + 900 + 1_800);
		assert_eq!(closed(), [(CloseReason::ForceRetired, 60_000, 0, 0, 0)]);
		assert_eq!((gains(), deposit_of(TENANT)), ([57_000 + 22_500, -82_500, 3_000], 0));
	});
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = taken();
		pass_until(END);
		report(TENANT, id);
		assert_eq!(Neighbours::force_retire(DEVICE), Ok(1));
		assert_ok!(LeaseEscrow::contest_return(signed(OWNER), id, 10_000, CONDITION));
		assert!(is_closed(id));
		assert_eq!((deposit_of(TENANT), held(HoldReason::Disputed, TENANT)), (0, 10_000));
	});
}

#[test]
fn what_was_due_to_close_closes_as_it_would_have() {
	ExtBuilder::default().physical().build_and_execute(|| {
		rent(60);
		set_time(START + 600);
		assert_eq!(Neighbours::force_retire(DEVICE), Ok(1));
		assert_eq!(closed(), [(CloseReason::NoShow, 0, 60_000, 0, 30_000)]);
	});
}

#[test]
fn next_tenant_of_a_retired_device_gets_its_money_back() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = taken();
		rent_at(OTHER, Some(END + 600), 60);
		assert_eq!(Neighbours::force_retire(DEVICE), Ok(2));
		assert_eq!(closed(), [(CloseReason::ForceRetired, 0, 60_000, 0, 0)]);
		assert_eq!((total(OTHER), deposit_of(OTHER)), (RICH, 0));
		assert!(!is_closed(id));
		report(TENANT, id);
		report(OWNER, id);
		assert!(is_closed(id));
	});
}

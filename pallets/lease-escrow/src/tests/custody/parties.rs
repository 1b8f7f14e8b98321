// SPDX-License-Identifier: Apache-2.0

//! New owners, and parties that can't receive.

use super::*;

#[test]
fn new_owner_hands_over_itself() {
	ExtBuilder::default().physical().build_and_execute(|| {
		assert_ok!(LeaseEscrow::bond(signed(OTHER), 100_000));
		let id = rent_at(TENANT, Some(START + HOUR), 60);
		offer(id);
		assert_eq!(Neighbours::transfer(DEVICE, OTHER), Ok(1));
		assert_eq!(custody(id).offer, None);
		assert_noop!(
			LeaseEscrow::offer_handover(signed(OWNER), id, CONDITION),
			Error::<Runtime>::NotPayee
		);
		assert_ok!(LeaseEscrow::offer_handover(signed(OTHER), id, CONDITION));
	});
}

#[test]
fn who_leased_it_out_gets_it_back_though_it_is_sold() {
	ExtBuilder::default().physical().build_and_execute(|| {
		assert_ok!(LeaseEscrow::bond(signed(OTHER), 100_000));
		let id = taken();
		let next = rent_at(KEEPER, Some(END + 600), 60);
		assert_eq!(Neighbours::transfer(DEVICE, OTHER), Ok(1));
		assert_eq!((lease(id).payee, lease(next).payee), (OWNER, OTHER));
		pass_until(END);
		report(TENANT, id);
		assert_noop!(
			LeaseEscrow::report_return(signed(OTHER), id, CONDITION),
			Error::<Runtime>::NotParty
		);
		report(OWNER, id);
		assert_ok!(LeaseEscrow::offer_handover(signed(OTHER), next, CONDITION));
	});
}

#[test]
fn tenant_that_buys_the_device_is_no_less_bound() {
	ExtBuilder::default().physical().build_and_execute(|| {
		assert_ok!(LeaseEscrow::bond(signed(TENANT), 100_000));
		let id = rent_at(TENANT, Some(START + HOUR), 60);
		assert_eq!(Neighbours::transfer(DEVICE, TENANT), Ok(1));
		assert_ok!(LeaseEscrow::offer_handover(signed(TENANT), id, CONDITION));
		set_time(START + HOUR);
		confirm(id);
		set_time(END + HOUR);
		report(TENANT, id);
		closes_at(id, END + HOUR + 1_800);
		assert_eq!(closed(), [(CloseReason::Completed, 60_000, 0, 0, 0)]);
	});
}

#[test]
fn deposit_reaches_whoever_has_no_account_left() {
	ExtBuilder::default().physical().build().execute_with(|| {
		let id = taken();
		pass_until(END + 900);
		impoverish(OWNER);
		impoverish(TENANT);
		report(OWNER, id);
		closes_at(id, END + 900 + 1_800);
		assert_eq!(deposit_of(TENANT), 0);
	});
	// Less than an existential deposit stays on hold until the record's deposit comes back.
	ExtBuilder::default()
		.physical()
		.terms(|terms| terms.damage_deposit = 22_505)
		.build_and_execute(|| {
			let id = taken();
			pass_until(END + 900);
			let before = free(TENANT);
			report(OWNER, id);
			assert_eq!((free(TENANT), custody(id).held), (before + 5, 22_500));
		});
}

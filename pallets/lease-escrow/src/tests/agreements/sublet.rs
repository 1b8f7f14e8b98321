// SPDX-License-Identifier: Apache-2.0

//! Leases that go to another tenant with a deposit, or with rent that can be objected to.

use super::*;

fn offer(id: LeaseId, to: AccountId, price: Balance) -> DispatchResult {
	LeaseEscrow::offer_lease(signed(TENANT), id, to, price)
}

fn accept(to: AccountId, id: LeaseId) -> DispatchResult {
	LeaseEscrow::accept_lease(signed(to), id, key_of(to), TEXT, Balance::MAX)
}

fn pass_on(id: LeaseId, price: Balance) {
	assert_ok!(offer(id, OTHER, price));
	assert_ok!(accept(OTHER, id));
}

/// An hour from now on, handed over at once.
fn taken() -> LeaseId {
	let id = rent(60);
	assert_ok!(ready(id));
	assert_ok!(take(TENANT, id));
	id
}

#[test]
fn device_goes_from_hand_to_hand_with_deposits_of_its_own() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = taken();
		set_time(START + 1_800);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		let custody = Custodies::<Runtime>::get(id);
		pass_on(id, 5_000);
		assert_eq!((rent_held(TENANT), deposits_of(TENANT)), (0, [0, 0]));
		assert_eq!(free(TENANT), RICH - 60_000 + 5_000);
		assert_eq!(rent_held(OTHER), 30_000);
		assert_eq!(deposits_of(OTHER), [DEPOSIT + CUSTODY_DEPOSIT, DAMAGE]);
		assert_eq!(free(OTHER), RICH - 5_000 - DAMAGE - DEPOSIT - CUSTODY_DEPOSIT);
		assert_eq!(Custodies::<Runtime>::get(id), custody);
		assert_eq!(DevicesOut::<Runtime>::get(DEVICE), Some(id));
		assert_ok!(LeaseEscrow::do_try_state());

		// Eleven minutes late, which is the new tenant's.
		set_time(END + 660);
		poll();
		assert_noop!(bring(TENANT, id), Error::<Runtime>::NotParty);
		assert_ok!(bring(OTHER, id));
		assert_ok!(bring(OWNER, id));
		assert_eq!(gains(), [57_000 + 16_500, -55_000, -5_000 - 16_500, 3_000, 0]);
		nothing_is_left();
	});
}

#[test]
fn new_tenant_answers_for_the_whole_deposit() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = taken();
		pass_on(id, 0);
		set_time(END + 7_200);
		poll();
		assert_eq!(closed(), [(id, CloseReason::Forfeited, 0, 0)]);
		assert_eq!(gains(), [57_000 + 30_000, -60_000, -30_000, 3_000, 0]);
		nothing_is_left();
	});
}

#[test]
fn lease_to_come_is_taken_by_its_new_tenant() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = rent_at(TENANT, Some(START + HOUR), 60);
		assert_ok!(ready(id));
		pass_on(id, 0);
		set_time(START + HOUR);
		assert_noop!(take(TENANT, id), Error::<Runtime>::NotTenant);
		// It does not come: that is its loss.
		set_time(START + HOUR + 600);
		poll();
		assert_eq!(closed(), [(id, CloseReason::Cancelled, 0, 0)]);
		assert_eq!((units_of(OTHER), units_of(TENANT)), (30, 0));
		assert_eq!(gains(), [28_500, -60_000, 0, 1_500, 0]);
		nothing_is_left();
	});
}

#[test]
fn what_is_on_its_way_back_stays_with_its_tenant() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = taken();
		assert_ok!(offer(id, OTHER, 0));
		// Too late for the notice: the lease does not end sooner.
		set_time(END - 30);
		assert_ok!(bring(TENANT, id));
		assert!(!lease(id).is_ending());
		assert_noop!(accept(OTHER, id), Error::<Runtime>::AlreadyReturned);
		assert_noop!(offer(id, OTHER, 1), Error::<Runtime>::AlreadyReturned);
		assert_ok!(LeaseEscrow::withdraw_lease_offer(signed(TENANT), id));
		// What is claimed is the tenant's who brought it.
		assert_ok!(LeaseEscrow::contest_return(signed(OWNER), id, 1_000, CONDITION));
		assert_eq!(disputed_of(TENANT), [1_000, 0]);
		set_time(END);
		poll();
		assert_eq!(deposits_of(TENANT), [0, 0]);
	});
}

#[test]
fn hand_over_that_failed_is_its_tenants() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = rent(60);
		assert_ok!(offer(id, OTHER, 0));
		set_time(START + 600);
		assert_noop!(accept(OTHER, id), Error::<Runtime>::AlreadyOver);
		assert_noop!(offer(id, KEEPER, 0), Error::<Runtime>::AlreadyOver);
		poll();
		assert_eq!(closed(), [(id, CloseReason::NoShow, 60_000, 30_000)]);
		assert_eq!(gains(), [-30_000, 30_000, 0, 0, 0]);
		nothing_is_left();
	});
}

#[test]
fn new_tenant_makes_all_deposits_or_none() {
	let enough = 700 + DAMAGE + DEPOSIT + CUSTODY_DEPOSIT + ED;
	for (balance, is_enough) in [(enough - 1, false), (enough, true)] {
		ExtBuilder::default().physical().balance(OTHER, balance).build_and_execute(|| {
			let id = taken();
			assert_ok!(offer(id, OTHER, 700));
			if is_enough {
				assert_ok!(accept(OTHER, id));
				assert_eq!(free(OTHER), ED);
			} else {
				assert_noop!(accept(OTHER, id), Error::<Runtime>::BalanceTooLow);
			}
		});
	}
}

#[test]
fn old_tenant_that_has_nothing_else_is_paid() {
	ExtBuilder::default().physical().build().execute_with(|| {
		let id = taken();
		impoverish(TENANT);
		pass_on(id, 1);
		assert_eq!(free(TENANT), DAMAGE + DEPOSIT + CUSTODY_DEPOSIT + ED + 1);
		assert_ok!(LeaseEscrow::do_try_state());
	});
}

#[test]
fn arbiter_does_not_become_the_tenant_of_what_it_judges() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = taken();
		assert_ok!(offer(id, ARBITER, 0));
		assert_noop!(accept(ARBITER, id), Error::<Runtime>::ArbiterIsParty);
		assert_ok!(offer(id, OWNER, 0));
		assert_noop!(accept(OWNER, id), Error::<Runtime>::OwnDevice);
	});
}

#[test]
fn objection_stays_with_the_tenant_that_made_it() {
	ExtBuilder::default().objections(WINDOW).build_and_execute(|| {
		let id = rent(10);
		serve_until(START + 300);
		assert_ok!(object(TENANT, id, 2_000));
		pass_on(id, 0);
		assert_eq!((rent_held(TENANT), rent_held(OTHER)), (0, 8_000));
		assert_eq!((disputed_of(TENANT), disputed_of(OTHER)), ([2_000, 2_000], [0, 0]));
		assert_eq!(LeaseEscrow::lease_details(id).unwrap().objected, 2_000);
		assert_ok!(LeaseEscrow::do_try_state());
		// The lease had its objection.
		assert_noop!(object(OTHER, id, 1), Error::<Runtime>::AlreadyDisputed);
		serve_until(START + 600);
		assert_eq!(closed(), [(id, CloseReason::Completed, 0, 0)]);
		assert_eq!(gains(), [7_600, -8_000, 0, 400, 0]);

		// The dispute outlives the lease; half of it, and half of the fee, is each side's.
		let no = LeaseEscrow::withdraw_claim(signed(OTHER), id, Rent);
		assert_eq!(no, Err(Error::<Runtime>::NotClaimant.into()));
		assert_ok!(LeaseEscrow::contest(signed(OWNER), id, Rent));
		assert_ok!(Neighbours::decide(ARBITER, DisputeId { lease: id, kind: Rent }, 50));
		assert_eq!(gains(), [7_600 + 950 - 50, -9_000 - 50, 0, 450, 100]);
		nothing_is_left();
	});
}

#[test]
fn new_tenant_may_object_to_what_is_not_payable_yet() {
	ExtBuilder::default().objections(WINDOW).build_and_execute(|| {
		let id = rent(10);
		serve_until(START + 120);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		serve_until(START + 300);
		// Two minutes are payable now, three others are earned.
		pass_on(id, 0);
		assert_eq!(rent_held(OTHER), 10_000);
		assert_noop!(object(TENANT, id, 1), Error::<Runtime>::NotTenant);
		assert_noop!(object(OTHER, id, 3_001), Error::<Runtime>::ObjectionTooLarge);
		assert_ok!(object(OTHER, id, 3_000));
		assert_eq!((rent_held(OTHER), disputed_of(OTHER)), (7_000, [3_000, 3_000]));
		assert_ok!(LeaseEscrow::concede(signed(OWNER), id, Rent));
		serve_until(START + 600);
		assert_eq!(gains(), [6_650, -10_000, 3_000, 350, 0]);
		nothing_is_left();
	});
}

#[test]
fn rent_that_waits_for_objections_is_paid_by_the_new_tenant() {
	ExtBuilder::default().objections(WINDOW).build_and_execute(|| {
		let id = rent(10);
		serve_until(START + 120);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		pass_on(id, 0);
		serve_until(START + 300);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		assert_eq!((lease(id).paid_to_payee, rent_held(OTHER)), (1_900, 8_000));
		serve_until(START + 900);
		assert_eq!(gains(), [9_500, -10_000, 0, 500, 0]);
		nothing_is_left();
	});
}

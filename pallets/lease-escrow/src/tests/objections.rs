// SPDX-License-Identifier: Apache-2.0

//! Rent that can be objected to before it is paid, and what becomes of the lease.

use super::*;
use crate::{Disputes, HoldReason, Leases, OwnerBond};
use sp_core::H256;
use sp_runtime::Perbill;
use tenure_primitives::{apis::DisputeDetails, DisputeId, DisputeKind::Rent};

/// Time to object in most tests, in seconds.
pub(super) const WINDOW: u32 = 180;
pub(super) const PHOTO: H256 = H256([3; 32]);
pub(super) const ANSWER: Moment = 3 * DAY;

pub(super) fn object(id: LeaseId, amount: Balance) {
	assert_ok!(LeaseEscrow::object(signed(TENANT), id, amount, PHOTO));
}

pub(super) fn contest(id: LeaseId) {
	assert_ok!(LeaseEscrow::contest(signed(OWNER), id, Rent));
}

pub(super) fn settle(id: LeaseId) {
	assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
}

/// The money of the four: owner, tenant, treasury, arbiter, each less what it had.
pub(super) fn balances() -> [i128; 4] {
	[(OWNER, RICH), (TENANT, RICH), (TREASURY, ED), (ARBITER, RICH)]
		.map(|(who, before)| total(who) as i128 - before as i128)
}

/// Ten minutes of which five are served and 2,000 are objected to, without time to object again.
pub(super) fn objected() -> LeaseId {
	let id = rent(10);
	serve_until(START + 300);
	object(id, 2_000);
	id
}

#[test]
fn rent_is_paid_after_the_time_to_object() {
	ExtBuilder::default().objections(WINDOW).build_and_execute(|| {
		let id = rent(10);
		serve_until(START + 120);
		settle(id);
		assert_eq!((rent_held(TENANT), lease(id).paid_to_payee), (10_000, 0));
		serve_until(START + 240);
		settle(id);
		// A second settlement does not put the first one off.
		serve_until(START + 120 + 179);
		settle(id);
		assert_eq!(lease(id).paid_to_payee, 0);
		serve_until(START + 300);
		settle(id);
		assert_eq!((rent_held(TENANT), lease(id).paid_to_payee), (8_000, 1_900));
		serve_until(START + 480);
		settle(id);
		assert_eq!(lease(id).paid_to_payee, 4 * 950 + 950);
		serve_until(START + 600);
		assert!(lease(id).end_noted, "it is over and waits");
		pass_until(START + 600 + 120);
		assert!(Leases::<Runtime>::contains_key(id));
		pass_until(START + 600 + 180);
		assert!(!Leases::<Runtime>::contains_key(id));
		assert_eq!(balances(), [9_500, -10_000, 500, 0]);
	});
}

#[test]
fn lease_closes_as_soon_as_the_last_settlement_is_old_enough() {
	ExtBuilder::default().objections(WINDOW).build_and_execute(|| {
		let id = rent(1);
		serve_until(START + 60);
		settle(id);
		set_time(START + 60 + 179);
		settle(id);
		assert!(Leases::<Runtime>::contains_key(id));
		set_time(START + 60 + 180);
		settle(id);
		assert!(!Leases::<Runtime>::contains_key(id));
	});
}

#[test]
fn lease_without_anything_proven_waits_for_nobody() {
	ExtBuilder::default().objections(WINDOW).build_and_execute(|| {
		let id = rent(1);
		set_time(START + 60 + Moment::from(GAP) + 1);
		settle(id);
		assert!(!Leases::<Runtime>::contains_key(id));
	});
}

#[test]
fn objected_rent_is_frozen_and_the_rest_is_payable_at_once() {
	ExtBuilder::default().objections(WINDOW).build_and_execute(|| {
		let id = rent(10);
		serve_until(START + 300);
		let details = LeaseEscrow::lease_details(id).unwrap();
		assert_eq!((details.objectable, details.objected), (5_000, 0));
		assert_eq!((details.arbiter, details.objection_window), (Some(ARBITER), WINDOW));
		System::reset_events();
		object(id, 2_000);
		assert_eq!(rent_held(TENANT), 8_000);
		assert_eq!(held(HoldReason::Disputed, TENANT), 2_000);
		assert_eq!(held(HoldReason::DisputeBond, TENANT), 2_000);
		let deadline = now() + ANSWER;
		assert_eq!(
			events(),
			[Event::DisputeOpened {
				lease: id,
				kind: Rent,
				claimant: TENANT,
				respondent: OWNER,
				amount: 2_000,
				bond: 2_000,
				arbiter: ARBITER,
				evidence: PHOTO,
				deadline,
			}]
		);
		assert_eq!(
			LeaseEscrow::disputes(id),
			[DisputeDetails {
				kind: Rent,
				claimant: TENANT,
				respondent: OWNER,
				amount: 2_000,
				claimant_bond: 2_000,
				respondent_bond: 0,
				arbiter: ARBITER,
				before_arbiter: false,
				fee: 100,
				evidence: PHOTO,
				opened_at: now(),
				deadline,
			}]
		);
		let details = LeaseEscrow::lease_details(id).unwrap();
		assert_eq!((details.objectable, details.objected), (0, 2_000));
		settle(id);
		assert_eq!(lease(id).paid_to_payee, 3 * 950);
		assert_ok!(LeaseEscrow::do_try_state());
		// The lease closes in its time, the dispute stays.
		serve_until(START + 600);
		assert!(!Leases::<Runtime>::contains_key(id));
		assert_eq!((rent_held(TENANT), held(HoldReason::Disputed, TENANT)), (0, 2_000));
		assert_eq!(balances(), [8 * 950, -8_000, 400, 0]);
		assert_ok!(LeaseEscrow::do_try_state());

		contest(id);
		assert_ok!(Neighbours::decide(ARBITER, DisputeId { lease: id, kind: Rent }, 0));
		assert_eq!(balances(), [9_500, -10_000 - 100, 500, 100]);
	});
}

#[test]
fn what_was_paid_can_not_be_objected_to() {
	ExtBuilder::default().objections(WINDOW).build_and_execute(|| {
		let id = rent(10);
		serve_until(START + 120);
		settle(id);
		let fails = |amount, error: Error<Runtime>| {
			assert_noop!(LeaseEscrow::object(signed(TENANT), id, amount, PHOTO), error);
		};
		serve_until(START + 240);
		fails(4_001, Error::<Runtime>::ObjectionTooLarge);
		// Nobody settled again, and yet the time for the first two minutes is over.
		serve_until(START + 300);
		fails(3_001, Error::<Runtime>::ObjectionTooLarge);
		object(id, 3_000);
		settle(id);
		assert_eq!(lease(id).paid_to_payee, 1_900);
		fails(1, Error::<Runtime>::AlreadyDisputed);
		serve_until(START + 600);
		assert_eq!(balances(), [7 * 950, -7_000, 350, 0]);
	});
}

#[test]
fn objection_comes_from_the_tenant_and_in_time() {
	ExtBuilder::default().objections(WINDOW).build_and_execute(|| {
		let object = |who, id, amount| LeaseEscrow::object(signed(who), id, amount, PHOTO);
		assert_noop!(object(TENANT, 1, 1), Error::<Runtime>::UnknownLease);
		let id = rent(2);
		assert_noop!(object(TENANT, id, 1), Error::<Runtime>::ObjectionTooLarge);
		serve_until(START + 120);
		assert_noop!(object(OTHER, id, 1), Error::<Runtime>::NotTenant);
		assert_noop!(object(TENANT, id, 0), Error::<Runtime>::ZeroAmount);
		set_time(START + 120 + 179);
		let open = LeaseEscrow::lease_details(id).unwrap().objectable;
		assert_eq!(open, 2_000);
		set_time(START + 120 + 180);
		assert_noop!(object(TENANT, id, 1), Error::<Runtime>::ObjectionNotOpen);
		assert_eq!(LeaseEscrow::lease_details(id).unwrap().objectable, 0);
		settle(id);
		assert_noop!(object(TENANT, id, 1), Error::<Runtime>::LeaseClosed);
	});
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(2);
		serve_until(START + 60);
		assert_noop!(
			LeaseEscrow::object(signed(TENANT), id, 1, PHOTO),
			Error::<Runtime>::ObjectionNotOpen
		);
	});
}

#[test]
fn objecting_takes_as_much_again() {
	let most = 10_000 + DEPOSIT + ED + 1_999;
	ExtBuilder::default().objections(WINDOW).balance(TENANT, most).build_and_execute(|| {
		let id = rent(10);
		serve_until(START + 300);
		assert_noop!(
			LeaseEscrow::object(signed(TENANT), id, 2_000, PHOTO),
			Error::<Runtime>::BalanceTooLow
		);
		object(id, 1_999);
	});
}

#[test]
fn small_objection_takes_the_deposit_for_its_record() {
	ExtBuilder::default().objections(WINDOW).build_and_execute(|| {
		let id = rent(10);
		serve_until(START + 60);
		object(id, 1);
		assert_eq!(held(HoldReason::DisputeBond, TENANT), DEPOSIT);
		contest(id);
		assert_eq!(held(HoldReason::DisputeBond, OWNER), DEPOSIT);
		// A twentieth of one is nothing.
		assert_ok!(Neighbours::decide(ARBITER, DisputeId { lease: id, kind: Rent }, 100));
		assert_eq!(balances(), [0; 4]);
	});
}

#[test]
fn objection_lets_the_owner_end_the_lease_for_nothing() {
	let outcome = |objects: bool| {
		let mut after = None;
		ExtBuilder::default().objections(WINDOW).build_and_execute(|| {
			let id = rent(100);
			serve_until(START + 300);
			if objects {
				object(id, 1_000);
				assert_ok!(LeaseEscrow::concede(signed(OWNER), id, Rent));
			}
			assert_ok!(LeaseEscrow::revoke(signed(OWNER), id));
			assert_eq!(lease(id).until, START + 360);
			assert_ok!(LeaseEscrow::do_try_state());
			serve_until(START + 360);
			pass_until(START + 600);
			assert!(!Leases::<Runtime>::contains_key(id));
			after = Some((balances()[0], bond_of(OWNER)));
		});
		after.unwrap()
	};
	// Half the rent of 94 minutes.
	assert_eq!(outcome(false), (6 * 950 - 47_000, OwnerBond { held: BOND - 47_000, committed: 0 }));
	assert_eq!(outcome(true), (5 * 950, OwnerBond { held: BOND, committed: 0 }));
}

#[test]
fn owner_that_may_revoke_still_answers_for_the_time_before() {
	ExtBuilder::default().objections(WINDOW).build_and_execute(|| {
		let id = rent(10);
		serve_until(START + 120);
		object(id, 1_000);
		pass_until(START + 300);
		assert_ok!(LeaseEscrow::revoke(signed(OWNER), id));
		assert_eq!(lease(id).until, START + 360);
		pass_until(START + 600);
		assert!(!Leases::<Runtime>::contains_key(id));
		// Four minutes of six were not served, four were cut off: half the rent of the former.
		assert_eq!(bond_of(OWNER).held, BOND - 2_000);
	});
}

#[test]
fn objection_after_a_revocation_does_not_make_it_free() {
	ExtBuilder::default().objections(WINDOW).build_and_execute(|| {
		let id = rent(10);
		serve_until(START + 120);
		assert_ok!(LeaseEscrow::revoke(signed(OWNER), id));
		object(id, 1_000);
		serve_until(START + 180);
		assert!(!Leases::<Runtime>::contains_key(id));
		assert_eq!(bond_of(OWNER).held, BOND - 3_500);
	});
}

#[test]
fn tenant_that_objected_can_leave() {
	ExtBuilder::default().objections(WINDOW).build_and_execute(|| {
		let id = objected();
		assert_ok!(LeaseEscrow::end(signed(TENANT), id));
		// Four whole minutes are not needed any more, of five that may go back.
		assert_eq!(units_of(TENANT), 4);
		serve_until(START + 360);
		assert!(!Leases::<Runtime>::contains_key(id));
		assert_eq!(balances(), [4 * 950, -8_000, 200, 0]);
	});
}

#[test]
fn lease_can_be_extended_while_its_rent_is_in_dispute() {
	ExtBuilder::default().objections(WINDOW).build_and_execute(|| {
		let id = objected();
		assert_ok!(LeaseEscrow::extend(signed(TENANT), id, 5, Balance::MAX));
		assert_eq!(rent_held(TENANT), 13_000);
		serve_until(START + 900);
		assert!(!Leases::<Runtime>::contains_key(id));
		assert_eq!(balances(), [13 * 950, -13_000, 650, 0]);
	});
}

#[test]
fn retirement_by_force_leaves_the_dispute() {
	ExtBuilder::default().objections(WINDOW).build_and_execute(|| {
		let id = objected();
		assert_eq!(Neighbours::force_retire(DEVICE), Ok(1));
		assert!(Disputes::<Runtime>::contains_key(id, Rent));
		assert_eq!(balances(), [3 * 950, -3_000, 150, 0]);
		contest(id);
		assert_ok!(LeaseEscrow::concede(signed(OWNER), id, Rent));
		// The arbiter was called in vain.
		assert_eq!(balances(), [3 * 950 - 100, -3_000, 150, 100]);
	});
}

#[test]
fn retirement_by_force_does_not_wait_for_objections() {
	ExtBuilder::default().objections(WINDOW).build_and_execute(|| {
		let id = rent(10);
		serve_until(START + 540);
		pass_until(START + 600);
		heartbeat(DEVICE);
		// Over, final and unpaid: the tenant could still have objected.
		assert!(LeaseEscrow::lease_details(id).unwrap().objectable > 0);
		assert_eq!(Neighbours::force_retire(DEVICE), Ok(1));
		assert_eq!(balances(), [9_500, -10_000, 500, 0]);
	});
}

#[test]
fn lease_that_waits_to_be_closed_by_force_takes_no_objection() {
	ExtBuilder::default().objections(WINDOW).build_and_execute(|| {
		let id = rent(10);
		serve_until(START + 300);
		Leases::<Runtime>::mutate(id, |lease| lease.as_mut().unwrap().force_retired = true);
		assert_noop!(
			LeaseEscrow::object(signed(TENANT), id, 1, PHOTO),
			Error::<Runtime>::AlreadyOver
		);
		Leases::<Runtime>::mutate(id, |lease| lease.as_mut().unwrap().force_retired = false);
	});
}

#[test]
fn tenant_that_became_its_own_landlord_objects_to_nothing() {
	ExtBuilder::default().objections(WINDOW).build_and_execute(|| {
		let id = rent_at(TENANT, Some(START + 60), 2);
		assert_ok!(LeaseEscrow::bond(signed(TENANT), BOND));
		assert_ok!(Neighbours::transfer(DEVICE, TENANT));
		serve_until(START + 120);
		assert_noop!(
			LeaseEscrow::object(signed(TENANT), id, 1, PHOTO),
			Error::<Runtime>::OwnDevice
		);
		assert_eq!(LeaseEscrow::lease_details(id).unwrap().objectable, 0);
	});
}

#[test]
fn payee_that_can_not_receive_crumbs_gets_them_after_the_objection() {
	// A minute costs less than an existential deposit, and the owner has no account.
	ExtBuilder::default()
		.bond(0)
		.sale(|sale| sale.unit_price = ED / 2)
		.objections(WINDOW)
		.terms(|terms| terms.owner_penalty = Perbill::zero())
		.balance(OWNER, 0)
		.build_and_execute(|| {
			let id = rent(10);
			serve_until(START + 60);
			settle(id);
			serve_until(START + 240);
			settle(id);
			assert_eq!(lease(id).paid(), Ok(0));
			object(id, 10);
			// One minute is payable and two are disputed: the fourth makes it enough.
			settle(id);
			assert_eq!(total(OWNER), 10);
			serve_until(START + 600);
			assert_eq!(total(OWNER) + total(TREASURY) - ED, 40);
			set_time(now() + ANSWER);
			poll();
			assert_eq!(total(TENANT), RICH - 40);
		});
}

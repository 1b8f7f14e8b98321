// SPDX-License-Identifier: Apache-2.0

//! One side does not agree to how the device came back.

use super::*;
use crate::Disputes;
use tenure_primitives::{DisputeId, DisputeKind};

const EVIDENCE: H256 = H256([9; 32]);

fn contest(who: AccountId, id: LeaseId, claim: Balance) {
	assert_ok!(LeaseEscrow::contest_return(signed(who), id, claim, EVIDENCE));
}

fn refused(who: AccountId, id: LeaseId, claim: Balance, error: Error<Runtime>) {
	assert_noop!(LeaseEscrow::contest_return(signed(who), id, claim, EVIDENCE), error);
}

fn is_disputed(id: LeaseId) -> bool {
	Disputes::<Runtime>::contains_key(id, DisputeKind::Damage)
}

/// A lease whose tenant says that it brought the device back so long after the end.
fn brought_back(late: Moment) -> LeaseId {
	let id = taken();
	pass_until(END);
	set_time(END + late);
	report(TENANT, id);
	System::reset_events();
	id
}

#[test]
fn owner_claims_damage() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = brought_back(300);
		contest(OWNER, id, 10_000);
		// Only what is claimed is frozen; the lease is closed.
		assert!(is_closed(id));
		assert_eq!((deposit_of(TENANT), held(HoldReason::Disputed, TENANT)), (0, 10_000));
		assert_eq!(closed(), [(CloseReason::Completed, 60_000, 0, 0, 0)]);
		let dispute = Disputes::<Runtime>::get(id, DisputeKind::Damage).unwrap();
		assert_eq!((dispute.claimant, dispute.respondent), (OWNER, TENANT));
		assert_eq!((dispute.arbiter, dispute.evidence), (ARBITER, EVIDENCE));
		assert!(events().contains(&Event::ReturnContested {
			lease: id,
			by_tenant: false,
			claim: 10_000,
			evidence: EVIDENCE
		}));
		assert!(events().contains(&Event::DepositReturned { lease: id, amount: 20_000 }));

		assert_ok!(LeaseEscrow::concede(signed(TENANT), id, DisputeKind::Damage));
		assert_eq!(gains(), [57_000 + 10_000, -70_000, 3_000]);
		assert!(!is_disputed(id));
	});
}

#[test]
fn owner_claims_all_of_a_device_that_never_came_back() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = brought_back(0);
		contest(OWNER, id, DAMAGE);
		let dispute = DisputeId { lease: id, kind: DisputeKind::Damage };
		assert_ok!(<LeaseEscrow as tenure_primitives::traits::Disputes<_>>::decided(
			dispute,
			sp_runtime::Perbill::from_percent(50),
			&ARBITER
		));
		let [owner, tenant, _] = gains();
		assert!(owner > 57_000 && tenant < -60_000);
		assert_eq!(held(HoldReason::Disputed, TENANT), 0);
	});
}

#[test]
fn what_being_late_costs_is_paid_beside_a_claim() {
	ExtBuilder::default().physical().build_and_execute(|| {
		// Fifteen minutes cost 22,500.
		let id = brought_back(900);
		refused(OWNER, id, 7_501, Error::ClaimTooLarge);
		contest(OWNER, id, 7_500);
		assert!(is_closed(id));
		assert_eq!(gains(), [57_000 + 22_500, -82_500, 3_000]);
		assert_ok!(LeaseEscrow::withdraw_claim(signed(OWNER), id, DisputeKind::Damage));
		assert_eq!(gains(), [57_000 + 22_500, -82_500, 3_000]);
	});
}

#[test]
fn tenant_objects_to_what_being_late_costs() {
	for (claim, to_owner) in [(22_500, 0), (10_000, 12_500)] {
		ExtBuilder::default().physical().build_and_execute(|| {
			let id = taken();
			pass_until(END + 900);
			report(OWNER, id);
			refused(TENANT, id, 22_501, Error::ClaimTooLarge);
			contest(TENANT, id, claim);
			assert!(is_closed(id));
			assert_eq!((deposit_of(TENANT), held(HoldReason::Disputed, TENANT)), (0, claim));
			assert_eq!(gains(), [57_000 + to_owner, -60_000 - to_owner, 3_000]);
			let dispute = Disputes::<Runtime>::get(id, DisputeKind::Damage).unwrap();
			assert_eq!((dispute.claimant, dispute.respondent), (TENANT, OWNER));
			// The owner gives in.
			assert_ok!(LeaseEscrow::concede(signed(OWNER), id, DisputeKind::Damage));
			assert_eq!(gains(), [57_000 + to_owner, -60_000 - to_owner, 3_000]);
		});
	}
}

#[test]
fn return_before_the_end_can_be_contested_too() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = taken();
		pass_until(START + 1_200);
		report(TENANT, id);
		contest(OWNER, id, 5_000);
		// It ends in its time.
		assert_eq!((is_closed(id), deposit_of(TENANT)), (false, 0));
		assert_noop!(
			LeaseEscrow::report_return(signed(OWNER), id, CONDITION),
			Error::<Runtime>::AlreadyReturned
		);
		pass_until(START + 1_260);
		assert_eq!(closed(), [(CloseReason::EndedEarly, 30_000, 0, 0, 0)]);
		assert!(is_disputed(id));
	});
}

#[test]
fn only_the_other_side_contests_and_only_within_the_inspection() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = taken();
		refused(OWNER, id, 1, Error::ReturnNotReported);
		pass_until(END);
		report(TENANT, id);
		refused(TENANT, id, 1, Error::AlreadyReturned);
		refused(OTHER, id, 1, Error::NotParty);
		refused(OWNER, id, 0, Error::ZeroAmount);
		refused(OWNER, id, DAMAGE + 1, Error::ClaimTooLarge);
		set_time(END + 1_800);
		refused(OWNER, id, 1, Error::InspectionOver);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		refused(OWNER, id, 1, Error::LeaseClosed);
	});
	// Not after it agreed; the lease waits for its end.
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = taken();
		set_time(START + 1_200);
		report(TENANT, id);
		report(OWNER, id);
		refused(OWNER, id, 1, Error::AlreadyReturned);
	});
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		refused(OWNER, id, 1, Error::NotPhysical);
	});
}

#[test]
fn without_a_deposit_there_is_nothing_to_contest() {
	ExtBuilder::default()
		.physical()
		.terms(|terms| (terms.damage_deposit, terms.arbiters) = (0, Default::default()))
		.build_and_execute(|| {
			let id = brought_back(0);
			refused(OWNER, id, 1, Error::ClaimTooLarge);
		});
}

#[test]
fn claim_needs_a_bond() {
	ExtBuilder::default().physical().build().execute_with(|| {
		let id = brought_back(0);
		impoverish(OWNER);
		refused(OWNER, id, 10_000, Error::BalanceTooLow);
	});
}

#[test]
fn arbiter_is_needed_for_a_deposit() {
	let rent = |arbiter| {
		LeaseEscrow::rent(
			signed(TENANT),
			SERIES,
			DEVICE,
			None,
			60,
			Balance::MAX,
			TEXT,
			key_of(TENANT),
			arbiter,
		)
	};
	ExtBuilder::default().physical().build_and_execute(|| {
		assert_noop!(rent(None), Error::<Runtime>::ArbiterMissing);
		assert_noop!(rent(Some(KEEPER)), Error::<Runtime>::ArbiterNotListed);
		assert_ok!(rent(Some(ARBITER)));
	});
}

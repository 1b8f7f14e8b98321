// SPDX-License-Identifier: Apache-2.0

//! How objections end: by the payee, the tenant, the arbiter, or by themselves.

use super::{objections::*, *};
use crate::{DisputeDeadlines, HoldReason};
use sp_runtime::Perbill;
use tenure_primitives::{DisputeId, DisputeKind::Rent, DisputeOutcome};

const ARBITRATION: Moment = 14 * DAY;

fn closed_dispute() -> Event<Runtime> {
	let closed = |event: &Event<Runtime>| matches!(event, Event::DisputeClosed { .. });
	events().into_iter().rfind(closed).expect("a dispute was closed")
}

#[test]
fn silent_payee_has_conceded() {
	ExtBuilder::default().objections(WINDOW).build_and_execute(|| {
		let id = objected();
		let end = now() + ANSWER;
		serve_until(START + 600);
		let settle = || LeaseEscrow::settle_dispute(signed(KEEPER), id, Rent);
		set_time(end - 1);
		poll();
		assert_noop!(settle(), Error::<Runtime>::DisputeNotOver);
		set_time(end);
		poll();
		assert_noop!(settle(), Error::<Runtime>::UnknownDispute);
		assert_eq!(
			closed_dispute(),
			Event::DisputeClosed {
				lease: id,
				kind: Rent,
				outcome: DisputeOutcome::Unanswered,
				to_claimant: 2_000,
				to_respondent: 0,
				to_protocol: 0,
				to_arbiter: 0,
			}
		);
		assert_eq!(balances(), [8 * 950, -8_000, 400, 0]);
	});
}

#[test]
fn payee_concedes() {
	ExtBuilder::default().objections(WINDOW).build_and_execute(|| {
		let id = objected();
		assert_noop!(
			LeaseEscrow::concede(signed(TENANT), id, Rent),
			Error::<Runtime>::NotRespondent
		);
		assert_ok!(LeaseEscrow::concede(signed(OWNER), id, Rent));
		assert_eq!(DisputeDeadlines::<Runtime>::iter().count(), 0);
		assert_eq!(held(HoldReason::Disputed, TENANT), 0);
		assert_noop!(
			LeaseEscrow::concede(signed(OWNER), id, Rent),
			Error::<Runtime>::UnknownDispute
		);
		serve_until(START + 600);
		assert_eq!(balances(), [8 * 950, -8_000, 400, 0]);
	});
}

#[test]
fn tenant_objects_once_in_a_lease() {
	ExtBuilder::default().objections(WINDOW).build_and_execute(|| {
		let id = objected();
		assert_ok!(LeaseEscrow::withdraw_claim(signed(TENANT), id, Rent));
		serve_until(START + 360);
		assert_noop!(
			LeaseEscrow::object(signed(TENANT), id, 1, PHOTO),
			Error::<Runtime>::AlreadyDisputed
		);
	});
}

#[test]
fn withdrawn_objection_pays_rent_with_the_protocols_share() {
	ExtBuilder::default().objections(WINDOW).build_and_execute(|| {
		let id = objected();
		contest(id);
		assert_noop!(
			LeaseEscrow::withdraw_claim(signed(OWNER), id, Rent),
			Error::<Runtime>::NotClaimant
		);
		assert_ok!(LeaseEscrow::withdraw_claim(signed(TENANT), id, Rent));
		assert_eq!(
			closed_dispute(),
			Event::DisputeClosed {
				lease: id,
				kind: Rent,
				outcome: DisputeOutcome::Withdrawn,
				to_claimant: 0,
				to_respondent: 1_900,
				to_protocol: 100,
				to_arbiter: 100,
			}
		);
		serve_until(START + 600);
		// As if nobody had objected; the arbiter was called in vain.
		assert_eq!(balances(), [9_500, -10_100, 500, 100]);
	});
}

#[test]
fn contested_objection_goes_to_the_arbiter() {
	ExtBuilder::default().objections(WINDOW).build_and_execute(|| {
		let id = objected();
		let dispute = DisputeId { lease: id, kind: Rent };
		let early = Neighbours::decide(ARBITER, dispute, 100);
		assert_eq!(early, Err(Error::<Runtime>::NotArbiter.into()));
		let contest = |who| LeaseEscrow::contest(signed(who), id, Rent);
		assert_noop!(contest(TENANT), Error::<Runtime>::NotRespondent);
		set_time(now() + DAY);
		System::reset_events();
		assert_ok!(contest(OWNER));
		let deadline = now() + ARBITRATION;
		assert_eq!(
			events(),
			[Event::DisputeContested { lease: id, kind: Rent, bond: 2_000, deadline }]
		);
		assert_eq!(held(HoldReason::DisputeBond, OWNER), 2_000);
		assert_eq!(neighbours::Cases::<Runtime>::get(dispute), Some((ARBITER, 2_000, deadline)));
		assert_ok!(LeaseEscrow::do_try_state());
		assert_noop!(contest(OWNER), Error::<Runtime>::AlreadyContested);
		let wrong = Neighbours::decide(OTHER, dispute, 100);
		assert_eq!(wrong, Err(Error::<Runtime>::NotArbiter.into()));

		let before = balances();
		assert_ok!(Neighbours::decide(ARBITER, dispute, 30));
		assert_eq!(
			closed_dispute(),
			Event::DisputeClosed {
				lease: id,
				kind: Rent,
				outcome: DisputeOutcome::Verdict { claimant_share: Perbill::from_percent(30) },
				to_claimant: 600,
				to_respondent: 1_400 - 70,
				to_protocol: 70,
				to_arbiter: 100,
			}
		);
		// The fee of 100: 30 by the owner, which lost three tenths, 70 by the tenant.
		let change: Vec<_> =
			balances().iter().zip(before).map(|(after, before)| after - before).collect();
		assert_eq!(change, [1_330 - 30, -1_400 - 70, 70, 100]);
		assert_eq!(held(HoldReason::DisputeBond, OWNER), 0);
		assert_eq!(held(HoldReason::DisputeBond, TENANT), 0);
		assert_eq!(held(HoldReason::Disputed, TENANT), 0);
	});
}

#[test]
fn contesting_takes_the_same_bond() {
	let all_but = RICH - BOND - ED - 2_000;
	ExtBuilder::default().objections(WINDOW).build_and_execute(|| {
		let id = objected();
		assert_ok!(LeaseEscrow::bond(signed(OWNER), all_but + 1));
		assert_noop!(
			LeaseEscrow::contest(signed(OWNER), id, Rent),
			Error::<Runtime>::BalanceTooLow
		);
		// Its bond is to be free of leases for that: rent that is payable makes up for it.
		settle(id);
		contest(id);
		assert_eq!(held(HoldReason::DisputeBond, OWNER), 2_000);
	});
}

#[test]
fn silent_arbiter_splits_evenly() {
	ExtBuilder::default().objections(WINDOW).build_and_execute(|| {
		let id = objected();
		contest(id);
		let end = now() + ARBITRATION;
		serve_until(START + 600);
		let dispute = DisputeId { lease: id, kind: Rent };
		set_time(end);
		for late in [
			Neighbours::decide(ARBITER, dispute, 100),
			LeaseEscrow::concede(signed(OWNER), id, Rent),
			LeaseEscrow::withdraw_claim(signed(TENANT), id, Rent),
			LeaseEscrow::contest(signed(OWNER), id, Rent),
		] {
			assert_eq!(late, Err(Error::<Runtime>::DisputeOver.into()));
		}
		assert_ok!(LeaseEscrow::settle_dispute(signed(KEEPER), id, Rent));
		assert_eq!(
			closed_dispute(),
			Event::DisputeClosed {
				lease: id,
				kind: Rent,
				outcome: DisputeOutcome::Undecided,
				to_claimant: 1_000,
				to_respondent: 950,
				to_protocol: 50,
				to_arbiter: 0,
			}
		);
		assert_eq!(balances(), [9 * 950, -9_000, 450, 0]);
		assert!(!neighbours::Cases::<Runtime>::contains_key(dispute));
	});
}

#[test]
fn time_to_answer_moves_with_the_chain() {
	ExtBuilder::default().outages(120).objections(WINDOW).build_and_execute(|| {
		let id = objected();
		let end = now() + ANSWER;
		// Nobody could answer: the chain stood still all the time.
		set_time(end);
		poll();
		assert_noop!(
			LeaseEscrow::settle_dispute(signed(KEEPER), id, Rent),
			Error::<Runtime>::DisputeNotOver
		);
		assert_eq!(LeaseEscrow::disputes(id)[0].deadline, end + ANSWER);
		assert_ok!(LeaseEscrow::do_try_state());
		OutageThreshold::set(u32::MAX);
		set_time(end + ANSWER - 1);
		poll();
		assert_eq!(LeaseEscrow::disputes(id).len(), 1);
		set_time(end + ANSWER);
		poll();
		assert!(matches!(
			closed_dispute(),
			Event::DisputeClosed { outcome: DisputeOutcome::Unanswered, .. }
		));
	});
}

#[test]
fn time_to_object_moves_with_the_chain() {
	ExtBuilder::default().outages(120).objections(WINDOW).build_and_execute(|| {
		let id = rent(20);
		serve_until(START + 120);
		settle(id);
		set_time(START + 300);
		heartbeat(DEVICE);
		settle(id);
		assert_eq!(lease(id).paid_to_payee, 0);
		assert_eq!(LeaseEscrow::lease_details(id).unwrap().objectable, 2_000);
		serve_until(START + 479);
		settle(id);
		assert_eq!(lease(id).paid_to_payee, 0);
		serve_until(START + 480);
		settle(id);
		assert_eq!(lease(id).paid_to_payee, 1_900);
	});
}

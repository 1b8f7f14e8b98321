// SPDX-License-Identifier: Apache-2.0

//! Disputes whatever they are about: claims for damage, receivers that can't receive, the sweep.

use super::*;
use crate::{disputes::Claim, DisputeDeadlines, Disputes, HoldReason, MinuteKey};
use frame_support::{storage::with_storage_layer, traits::fungible::hold::Mutate as _};
use sp_core::H256;
use sp_runtime::Perbill;
use tenure_primitives::{DisputeId, DisputeKind, DisputeKind::Damage, Side};

const ARBITRATION: Moment = 14 * DAY;

/// The owner claims `amount` of what the tenant has on hold, which is its rent here.
fn claim(id: LeaseId, amount: Balance) -> Claim<AccountId> {
	Claim {
		id: DisputeId { lease: id, kind: Damage },
		claimant: OWNER,
		respondent: TENANT,
		arbiter: ARBITER,
		amount,
		held_by: Side::Respondent,
		held_for: HoldReason::LeaseRecord,
		protocol_share: Perbill::zero(),
		evidence: H256([4; 32]),
	}
}

/// A claim for damage of `amount`, which is put on hold for that.
fn damaged(amount: Balance) -> LeaseId {
	let id = rent(10);
	assert_ok!(Balances::hold(&HoldReason::LeaseRecord.into(), &TENANT, amount));
	assert_ok!(LeaseEscrow::open_dispute(claim(id, amount)));
	id
}

/// Nothing of an account is free any more, not even what keeps it alive.
fn strip(who: AccountId) {
	frame_system::Account::<Runtime>::mutate(who, |account| account.data.free = 0);
}

fn decide(id: LeaseId, percent: u32) {
	assert_ok!(Neighbours::decide(ARBITER, DisputeId { lease: id, kind: Damage }, percent));
}

#[test]
fn claim_for_damage_goes_to_the_arbiter_at_once() {
	ExtBuilder::default().build_and_execute(|| {
		let id = damaged(1_001);
		assert_eq!(held(HoldReason::Disputed, TENANT), 1_001);
		assert_eq!(held(HoldReason::LeaseRecord, TENANT), DEPOSIT);
		// A tenth, rounded up.
		assert_eq!(held(HoldReason::DisputeBond, OWNER), 101);
		let deadline = now() + ARBITRATION;
		let case = neighbours::Cases::<Runtime>::get(DisputeId { lease: id, kind: Damage });
		assert_eq!(case, Some((ARBITER, 1_001, deadline)));
		assert_ok!(LeaseEscrow::do_try_state());
		let before = [OWNER, TENANT, TREASURY, ARBITER].map(total);
		decide(id, 80);
		// 800 less the tenant's part of the fee, which put up nothing; the owner bears the rest.
		let after = [OWNER, TENANT, TREASURY, ARBITER].map(total);
		assert_eq!(after[0], before[0] + 800 - 40 - 10);
		assert_eq!(after[1], before[1] - 800);
		assert_eq!(after[2], before[2]);
		assert_eq!(after[3], before[3] + 50);
		assert_eq!(held(HoldReason::Disputed, TENANT), 0);
	});
}

#[test]
fn respondent_that_puts_up_a_bond_pays_its_part_of_the_fee() {
	ExtBuilder::default().build_and_execute(|| {
		let id = damaged(1_000);
		let deadline = Disputes::<Runtime>::get(id, Damage).unwrap().deadline;
		set_time(now() + DAY);
		assert_ok!(LeaseEscrow::contest(signed(TENANT), id, Damage));
		// It does not gain time by that.
		assert_eq!(
			last_event(),
			Event::DisputeContested { lease: id, kind: Damage, bond: 100, deadline }
		);
		let before = [OWNER, TENANT, ARBITER].map(total);
		decide(id, 100);
		let after = [OWNER, TENANT, ARBITER].map(total);
		assert_eq!(after, [before[0] + 1_000, before[1] - 1_050, before[2] + 50]);
	});
}

#[test]
fn giving_in_before_the_verdict_does_not_save_the_arbiters_fee() {
	for (gives_in, change) in [(TENANT, [1_000, -1_050, 50]), (OWNER, [-50, 0, 50])] {
		ExtBuilder::default().build_and_execute(|| {
			let id = damaged(1_000);
			let people = || [OWNER, TENANT, ARBITER].map(|who| total(who) as i128);
			let before = people();
			assert_ok!(LeaseEscrow::contest(signed(TENANT), id, Damage));
			if gives_in == TENANT {
				assert_ok!(LeaseEscrow::concede(signed(TENANT), id, Damage));
			} else {
				assert_ok!(LeaseEscrow::withdraw_claim(signed(OWNER), id, Damage));
			}
			let after = people();
			assert_eq!([0, 1, 2].map(|who| after[who] - before[who]), change);
		});
	}
}

#[test]
fn damage_is_conceded_withdrawn_or_split() {
	for (end, to_owner) in [(0, 1_001), (1, 0), (2, 500)] {
		ExtBuilder::default().build_and_execute(|| {
			let id = damaged(1_001);
			let before = [OWNER, TENANT].map(total);
			let ended = match end {
				0 => LeaseEscrow::concede(signed(TENANT), id, Damage),
				1 => LeaseEscrow::withdraw_claim(signed(OWNER), id, Damage),
				_ => {
					set_time(now() + ARBITRATION);
					LeaseEscrow::settle_dispute(signed(KEEPER), id, Damage)
				}
			};
			assert_ok!(ended);
			assert_eq!([OWNER, TENANT].map(total), [before[0] + to_owner, before[1] - to_owner]);
			assert_eq!(held(HoldReason::DisputeBond, OWNER), 0);
		});
	}
}

#[test]
fn claim_needs_an_amount_a_bond_and_somebody_else_to_decide() {
	ExtBuilder::default().build_and_execute(|| {
		let id = damaged(1_000);
		let fails = |claim, error: Error<Runtime>| {
			assert_noop!(with_storage_layer(|| LeaseEscrow::open_dispute(claim)), error);
		};
		fails(claim(id, 1), Error::<Runtime>::AlreadyDisputed);
		let other = rent_at(OTHER, Some(START + HOUR), 10);
		fails(claim(other, 0), Error::<Runtime>::ZeroAmount);
		let partial = |arbiter| Claim { arbiter, ..claim(other, 10) };
		fails(partial(OWNER), Error::<Runtime>::ArbiterIsParty);
		fails(partial(TENANT), Error::<Runtime>::ArbiterIsParty);
		let poor = Claim { claimant: 77, ..claim(other, 10) };
		fails(poor, Error::<Runtime>::BalanceTooLow);
		// More than is on hold.
		let more = claim(other, DEPOSIT + 1);
		assert!(with_storage_layer(|| LeaseEscrow::open_dispute(more)).is_err());
	});
}

#[test]
fn nothing_free_is_needed_to_freeze_an_amount() {
	ExtBuilder::default().build().execute_with(|| {
		let id = rent(10);
		assert_ok!(Balances::hold(&HoldReason::LeaseRecord.into(), &TENANT, 1_000));
		strip(TENANT);
		assert_ok!(LeaseEscrow::open_dispute(claim(id, 1_000)));
		assert_eq!((free(TENANT), held(HoldReason::Disputed, TENANT)), (0, 1_000));
		// What is less than an existential deposit can't be free alone.
		decide(id, 100 - 1);
		assert_eq!(held(HoldReason::Disputed, TENANT), 0);
		assert_eq!(free(TENANT), 10);
		assert_ok!(LeaseEscrow::do_try_state());
	});
}

#[test]
fn crumbs_that_nobody_can_receive_go_to_the_treasury() {
	ExtBuilder::default().build().execute_with(|| {
		let id = rent(10);
		assert_ok!(Balances::hold(&HoldReason::LeaseRecord.into(), &TENANT, 100));
		strip(TENANT);
		assert_ok!(LeaseEscrow::open_dispute(claim(id, 100)));
		let before = total(TREASURY);
		// Five for the tenant, of whom nothing is free; four and one for the arbiter, who has no account.
		impoverish(ARBITER);
		decide(id, 95);
		assert_eq!(total(TREASURY), before + 5 + 4 + 1);
		assert_eq!((free(TENANT), held(HoldReason::Disputed, TENANT)), (0, 0));
		let diverted = events()
			.into_iter()
			.filter(|event| matches!(event, Event::DustDiverted { .. }))
			.count();
		assert_eq!(diverted, 3);
		assert_ok!(LeaseEscrow::do_try_state());
	});
}

#[test]
fn claimant_without_a_free_balance_gets_its_award() {
	ExtBuilder::default().build().execute_with(|| {
		let id = damaged(1_000);
		impoverish(OWNER);
		decide(id, 50);
		// Its bond less 25 for the arbiter; 500 less 25 as the tenant put up nothing.
		assert_eq!(free(OWNER), ED + 75 + 475);
		assert_ok!(LeaseEscrow::do_try_state());
	});
}

#[test]
fn dispute_that_fails_stops_no_other() {
	ExtBuilder::default().build().execute_with(|| {
		let first = damaged(1_000);
		let second = rent_at(OTHER, Some(START + HOUR), 10);
		assert_ok!(Balances::hold(&HoldReason::LeaseRecord.into(), &OTHER, 500));
		let other = Claim { respondent: OTHER, ..claim(second, 500) };
		assert_ok!(LeaseEscrow::open_dispute(other));
		// A fault: what is on hold of the first is not there.
		assert_ok!(Balances::release(
			&HoldReason::Disputed.into(),
			&TENANT,
			1_000,
			frame_support::traits::tokens::Precision::Exact
		));
		set_time(now() + ARBITRATION);
		System::reset_events();
		poll();
		assert!(Disputes::<Runtime>::contains_key(first, Damage));
		assert!(!Disputes::<Runtime>::contains_key(second, Damage));
		let minute = (now() / 60) as u32;
		let deferred = |minutes| {
			events().into_iter().any(|event| {
				matches!(
					event,
					Event::DisputeDeferred { lease, kind: Damage, until_minute, .. }
						if lease == first && until_minute == minute + minutes
				)
			})
		};
		assert!(deferred(1));
		for (passed, next) in [(1, 2), (3, 4 + 3)] {
			set_time((u64::from(minute) + passed) * 60);
			poll();
			assert!(deferred(if next == 2 { 3 } else { next as u32 }));
		}
		// Mended, it ends.
		assert_ok!(Balances::hold(&HoldReason::Disputed.into(), &TENANT, 1_000));
		set_time(now() + HOUR);
		poll();
		assert_eq!(Disputes::<Runtime>::iter().count(), 0);
		assert_eq!(DisputeDeadlines::<Runtime>::iter().count(), 0);
		assert_ok!(LeaseEscrow::do_try_state());
	});
}

#[test]
fn sweep_ends_as_many_disputes_as_the_block_has_room_for() {
	use crate::WeightInfo;
	ExtBuilder::default().build_and_execute(|| {
		for number in 0..5 {
			let id = rent_at(TENANT, Some(START + DAY + number * HOUR), 1);
			assert_ok!(Balances::hold(&HoldReason::LeaseRecord.into(), &TENANT, 100));
			assert_ok!(LeaseEscrow::open_dispute(claim(id, 100)));
			assert_ok!(LeaseEscrow::revoke(signed(OWNER), id));
		}
		set_time(now() + ARBITRATION);
		let step = <() as WeightInfo>::sweep_dispute();
		assert_eq!(poll_within(idle_weight() + step * 2), idle_weight() + step * 2);
		assert_eq!(Disputes::<Runtime>::iter().count(), 3);
		poll();
		assert_eq!(Disputes::<Runtime>::iter().count(), 0);
		assert_eq!(poll(), idle_weight());
	});
}

#[test]
fn deadline_that_came_too_soon_is_filed_again() {
	ExtBuilder::default().build_and_execute(|| {
		let id = damaged(1_000);
		let dispute = DisputeId { lease: id, kind: Damage };
		let due = Disputes::<Runtime>::mutate(id, Damage, |record| {
			let record = record.as_mut().unwrap();
			LeaseEscrow::file_dispute(dispute, record, (START / 60) as u32);
			record.deadline
		});
		poll();
		assert!(DisputeDeadlines::<Runtime>::contains_key(
			MinuteKey::from((due / 60) as u32),
			dispute
		));
	});
}

#[test]
fn broken_disputes_are_seen() {
	let breaks = |harm: fn(LeaseId), complaint: &'static str| {
		ExtBuilder::default().objections(600).build().execute_with(|| {
			let id = rent(10);
			serve_until(START + 120);
			assert_ok!(LeaseEscrow::object(signed(TENANT), id, 1_000, H256::zero()));
			assert_ok!(LeaseEscrow::do_try_state());
			harm(id);
			assert_eq!(
				LeaseEscrow::do_try_state(),
				Err(sp_runtime::TryRuntimeError::Other(complaint))
			);
		});
	};
	fn change(id: LeaseId, harm: fn(&mut crate::DisputeOf<Runtime>)) {
		Disputes::<Runtime>::mutate(id, DisputeKind::Rent, |dispute| {
			harm(dispute.as_mut().unwrap());
		});
	}
	breaks(
		|id| change(id, |dispute| dispute.amount += 1),
		"lease and the dispute about its rent differ",
	);
	breaks(
		|id| change(id, |dispute| dispute.claimant_bond += 1),
		"held bonds are not the sum over disputes",
	);
	breaks(|id| change(id, |dispute| dispute.due += 1), "dispute without a deadline");
	breaks(|id| change(id, |dispute| dispute.arbiter = TENANT), "arbiter is a party");
	breaks(
		|_| {
			DisputeDeadlines::<Runtime>::insert(
				MinuteKey::from(1),
				DisputeId { lease: 1, kind: Damage },
				(),
			);
		},
		"deadline of no dispute",
	);
	breaks(
		|_| {
			assert_ok!(Balances::hold(&HoldReason::Disputed.into(), &KEEPER, 1));
		},
		"held amounts are not the sum over disputes",
	);
	breaks(
		|id| {
			let dispute = Disputes::<Runtime>::get(id, DisputeKind::Rent).unwrap();
			Disputes::<Runtime>::insert(77, Damage, dispute);
		},
		"dispute about no lease",
	);
	breaks(
		|id| crate::Leases::<Runtime>::mutate(id, |lease| lease.as_mut().unwrap().arbiter = None),
		"nobody decides about objections to a lease",
	);
	breaks(
		|id| {
			crate::Leases::<Runtime>::mutate(id, |lease| {
				lease.as_mut().unwrap().arbiter = Some(OWNER);
			});
		},
		"arbiter is a party",
	);
}

#[test]
fn nobody_decides_what_is_not_in_dispute() {
	ExtBuilder::default().build_and_execute(|| {
		use tenure_primitives::traits::Disputes as _;
		let none = DisputeId { lease: 1, kind: Damage };
		assert_eq!(LeaseEscrow::arbiter_of(none), None);
		let refused = Neighbours::decide(ARBITER, none, 1);
		assert_eq!(refused, Err(Error::<Runtime>::UnknownDispute.into()));
	});
}

// SPDX-License-Identifier: Apache-2.0

//! Whoever closes what the sweep left lying.

use super::*;
use crate::{weights::WeightInfo, Leases};

/// A lease of ten minutes whose evidence was final at its end, some seconds ago. No block polled.
fn neglected(seconds: Moment) -> LeaseId {
	let id = rent(10);
	serve_until(START + 540);
	set_time(START + 600);
	heartbeat(DEVICE);
	set_time(START + 600 + seconds);
	System::reset_events();
	id
}

fn rewards() -> Vec<(AccountId, Balance)> {
	let reward = |event| match event {
		Event::KeeperPaid { keeper, amount, .. } => Some((keeper, amount)),
		_ => None,
	};
	events().into_iter().filter_map(reward).collect()
}

#[test]
fn keeper_gets_a_fifth_of_the_protocols_share_after_the_delay() {
	ExtBuilder::default().build_and_execute(|| {
		let id = neglected(600);
		let post = LeaseEscrow::settle(signed(KEEPER), id).unwrap();
		assert_eq!(post.actual_weight, Some(<() as WeightInfo>::settle_close()));
		assert_eq!(total(KEEPER), RICH + 100);
		assert_eq!(total(TREASURY), ED + 400);
		assert_eq!(total(OWNER), RICH + 9_500);
		assert_eq!(total(TENANT), RICH - 10_000);
		assert!(events().contains(&Event::KeeperPaid { lease: id, keeper: KEEPER, amount: 100 }));
		assert!(matches!(
			last_event(),
			Event::LeaseClosed { paid_to_payee: 9_500, paid_to_protocol: 500, .. }
		));
		assert_noop!(LeaseEscrow::settle(signed(KEEPER), id), Error::<Runtime>::LeaseClosed);
	});
}

#[test]
fn nobody_is_rewarded_before_the_delay() {
	ExtBuilder::default().build_and_execute(|| {
		let id = neglected(599);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		assert!(!Leases::<Runtime>::contains_key(id));
		assert_eq!((rewards(), total(KEEPER), total(TREASURY)), (vec![], RICH, ED + 500));
	});
}

#[test]
fn delay_begins_when_the_evidence_is_final() {
	for (seconds, expected) in [(600, vec![]), (720, vec![]), (721, vec![(KEEPER, 90)])] {
		ExtBuilder::default().build_and_execute(|| {
			let id = rent(10);
			serve_until(START + 540);
			// The last heartbeat can be joined until 660; it is final from 661 on, the reward at 1261.
			set_time(START + 540 + seconds);
			assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
			assert!(!Leases::<Runtime>::contains_key(id));
			assert_eq!(rewards(), expected, "{seconds}");
		});
	}
}

#[test]
fn claim_is_rewarded_for_each_lease() {
	ExtBuilder::default().build_and_execute(|| {
		let first = rent(10);
		let second = rent_at(OTHER, Some(START + 600), 20);
		for minute in 1..=30 {
			set_time(START + minute * 60);
			heartbeat(DEVICE);
		}
		set_time(START + 1_800 + 599);
		System::reset_events();
		let leases = vec![first, second].try_into().unwrap();
		assert_ok!(LeaseEscrow::claim(signed(KEEPER), leases));
		// The second one was final ten minutes ago less a second.
		assert_eq!(rewards(), [(KEEPER, 100)]);
		assert_eq!(total(TREASURY), ED + 400 + 1_000);
	});
}

#[test]
fn everybody_may_be_the_keeper() {
	for keeper in [TENANT, OWNER, OTHER] {
		ExtBuilder::default().build_and_execute(|| {
			let id = neglected(DAY);
			let before = total(keeper);
			assert_ok!(LeaseEscrow::settle(signed(keeper), id));
			let earned = if keeper == OWNER { 9_500 } else { 0 };
			let spent = if keeper == TENANT { 10_000 } else { 0 };
			assert_eq!(total(keeper) + spent, before + earned + 100);
			assert_eq!(rewards(), [(keeper, 100)]);
		});
	}
}

#[test]
fn reward_comes_out_of_what_is_not_paid_yet() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		serve_until(START + 540);
		set_time(START + 600);
		heartbeat(DEVICE);
		lease_settled_up_to(id, 9_600);
		set_time(START + 1_200);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		// Of 500 only 20 were left to pay.
		assert_eq!(rewards(), [(KEEPER, 20)]);
		assert_eq!(total(TREASURY), ED + 480);
	});
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		serve_until(START + 540);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		assert_eq!(lease(id).paid(), Ok(9_000));
		// Nothing was earned since.
		set_time(START + DAY);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		assert_eq!(rewards(), []);
	});
}

/// Moves what `gross` has earned out of the hold, as a settlement before the last heartbeat would have.
fn lease_settled_up_to(id: LeaseId, gross: Balance) {
	use frame_support::traits::{
		fungible::MutateHold,
		tokens::{Fortitude::Force, Precision::Exact, Restriction::Free},
	};
	let (payee, protocol) = (gross - gross / 20, gross / 20);
	let rent = crate::HoldReason::Rent.into();
	for (who, amount) in [(OWNER, payee), (TREASURY, protocol)] {
		assert_ok!(Balances::transfer_on_hold(&rent, &TENANT, &who, amount, Exact, Free, Force));
	}
	Leases::<Runtime>::mutate(id, |lease| {
		let lease = lease.as_mut().unwrap();
		(lease.paid_to_payee, lease.paid_to_protocol) = (payee, protocol);
	});
}

#[test]
fn lease_that_earned_nothing_rewards_nobody() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		set_time(START + DAY);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		assert_eq!((rewards(), total(KEEPER)), (vec![], RICH));
	});
}

#[test]
fn keeper_that_cannot_receive_leaves_it_to_the_treasury() {
	ExtBuilder::default().balance(KEEPER, 0).build_and_execute(|| {
		let id = neglected(DAY);
		// It has no account, and 5 are less than an existential deposit.
		Leases::<Runtime>::mutate(id, |lease| {
			lease.as_mut().unwrap().protocol_share = sp_runtime::Perbill::from_parts(2_500_000);
		});
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		assert_eq!((rewards(), total(KEEPER), total(TREASURY)), (vec![], 0, ED + 25));
	});
}

#[test]
fn sweep_earns_nothing_and_neither_does_retirement_by_force() {
	ExtBuilder::default().build_and_execute(|| {
		let id = neglected(DAY);
		poll();
		assert!(!Leases::<Runtime>::contains_key(id));
		assert_eq!((rewards(), total(TREASURY)), (vec![], ED + 500));
	});
	ExtBuilder::default().build_and_execute(|| {
		let id = neglected(DAY);
		assert_ok!(Neighbours::force_retire(DEVICE));
		assert!(!Leases::<Runtime>::contains_key(id));
		assert_eq!((rewards(), total(TREASURY)), (vec![], ED + 500));
	});
}

#[test]
fn settling_a_lease_that_stays_open_is_not_rewarded() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(100);
		serve_until(START + HOUR);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		assert!(Leases::<Runtime>::contains_key(id));
		assert_eq!((rewards(), total(TREASURY)), (vec![], ED + 3_000));
	});
}

#[test]
fn evidence_that_was_held_back_rewards_nobody() {
	// The last heartbeat of a lease with a long gap, an hour after the end.
	let day = DAY as u32;
	ExtBuilder::default()
		.terms(|terms| {
			terms.evidence = tenure_primitives::EvidencePolicy::Heartbeat { max_gap: day }
		})
		.device(|device| device.heartbeat_gap = day)
		.build_and_execute(|| {
			let id = rent(10);
			serve_until(START + 540);
			pass_until(START + HOUR);
			heartbeat(DEVICE);
			let due = Moment::from(lease(id).deadline) * 60;
			assert!(now() < due);
			assert_ok!(LeaseEscrow::settle(signed(OWNER), id));
			assert!(!Leases::<Runtime>::contains_key(id));
			assert_eq!((rewards(), total(TREASURY)), (vec![], ED + 500));
		});
	// The last receipt.
	for (late, expected) in [(599, vec![]), (600, vec![(OWNER, 100)])] {
		ExtBuilder::default().co_signed().build_and_execute(|| {
			let id = rent(10);
			pass_until(START + HOUR);
			sign(id, 600);
			let due = Moment::from(lease(id).deadline) * 60;
			// The sweep comes when it said it would, or it is late.
			set_time(due + late);
			assert_ok!(LeaseEscrow::settle(signed(OWNER), id));
			assert!(!Leases::<Runtime>::contains_key(id));
			assert_eq!(rewards(), expected);
		});
	}
}

#[test]
fn sweep_is_not_late_while_the_chain_stands_still() {
	for (passed, expected) in [(599, vec![]), (600, vec![(KEEPER, 100)])] {
		ExtBuilder::default().outages(120).build_and_execute(|| {
			let id = rent(10);
			serve_until(START + 540);
			set_time(START + 600);
			heartbeat(DEVICE);
			set_time(START + DAY);
			OutageThreshold::set(u32::MAX);
			set_time(START + DAY + passed);
			assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
			assert_eq!(rewards(), expected);
		});
	}
}

#[test]
fn device_that_came_back_unnoticed_rewards_whoever_closes_its_lease() {
	// The inspection is over half an hour after the return.
	for (late, expected) in [(599, 0), (600, 1)] {
		ExtBuilder::default().physical().build_and_execute(|| {
			let id = rent(60);
			assert_ok!(LeaseEscrow::offer_handover(signed(OWNER), id, TEXT));
			assert_ok!(LeaseEscrow::confirm_handover(signed(TENANT), id, TEXT));
			set_time(START + HOUR);
			assert_ok!(LeaseEscrow::report_return(signed(TENANT), id, TEXT));
			set_time(START + HOUR + 1_800 + late);
			assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
			assert!(!Leases::<Runtime>::contains_key(id));
			assert_eq!(rewards().len(), expected);
		});
	}
}

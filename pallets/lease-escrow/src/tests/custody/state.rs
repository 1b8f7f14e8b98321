// SPDX-License-Identifier: Apache-2.0

//! Broken states are seen.

use super::*;
use frame_support::traits::fungible::hold::Mutate;

fn breaks(harm: impl FnOnce(LeaseId), complaint: &'static str) {
	ExtBuilder::default().physical().build().execute_with(|| {
		let id = taken();
		assert_ok!(LeaseEscrow::do_try_state());
		harm(id);
		assert_eq!(LeaseEscrow::do_try_state(), Err(sp_runtime::TryRuntimeError::Other(complaint)));
	});
}

fn change(id: LeaseId, harm: impl FnOnce(&mut CustodyRecord<AccountId>)) {
	Custodies::<Runtime>::mutate(id, |custody| harm(custody.as_mut().unwrap()));
}

#[test]
fn deposits_that_do_not_add_up_are_seen() {
	let complaint = "held deposits are not the sum over leases";
	breaks(|id| change(id, |custody| custody.held -= 1), complaint);
	let hold = |_| {
		let reason = HoldReason::DamageDeposit.into();
		Balances::hold(&reason, &KEEPER, 1).unwrap();
	};
	breaks(hold, complaint);
	let claim = |amount| crate::LateClaim { lease: 9, tenant: OTHER, amount };
	breaks(
		|id| change(id, |custody| custody.claims.try_push(claim(DAMAGE + 1)).unwrap()),
		"more of a deposit is claimed than is there",
	);
	let early = |_| {
		let other = rent_at(OTHER, Some(START + DAY), 60);
		change(other, |custody| custody.claims.try_push(claim(1)).unwrap());
	};
	breaks(early, "claim on a deposit before the hand-over");
	let complaint = "more of a deposit is there than was made";
	breaks(|id| change(id, |custody| custody.compensated = 1), complaint);
}

#[test]
fn records_without_leases_and_leases_without_records_are_seen() {
	breaks(
		|id| Custodies::<Runtime>::insert(id + 1, custody(id)),
		"custody of a lease that is not open",
	);
	breaks(Custodies::<Runtime>::remove, "lease without the custody of its device");
	let add = |id| {
		make_co_signed_series(60);
		let other = rent_of(CO_SERIES, DEVICE, OTHER, Some(START + DAY), 10);
		Custodies::<Runtime>::insert(other, custody(id));
	};
	breaks(add, "custody of a device that stays with its owner");
}

#[test]
fn devices_that_are_elsewhere_are_seen() {
	let complaint = "device is not where its lease says";
	breaks(|_| DevicesOut::<Runtime>::remove(DEVICE), complaint);
	breaks(|_| DevicesOut::<Runtime>::insert(77, 1), "device is out in no lease");
	breaks(|id| change(id, |custody| custody.takeover = None), complaint);
}

#[test]
fn impossible_histories_are_seen() {
	breaks(|id| change(id, |custody| custody.offer = None), "device taken that was not offered");
	let early = |custody: &mut CustodyRecord<AccountId>| {
		custody.takeover.as_mut().unwrap().served_from = START - 1;
	};
	breaks(|id| change(id, early), "device serves before it can");
	breaks(
		|id| change(id, |custody| custody.retired_at = Some(START)),
		"device retired and its lease does not know",
	);
	let untaken = |change_it: fn(&mut CustodyRecord<AccountId>)| {
		move |_: LeaseId| {
			let other = rent_at(OTHER, Some(START + DAY), 60);
			change(other, change_it);
		}
	};
	let back = |custody: &mut CustodyRecord<AccountId>| {
		let report = crate::ConditionReport { at: START, condition: CONDITION };
		custody.returned =
			Some(crate::ReturnReport { report, by_tenant: true, answer: None, is_final: false });
	};
	breaks(untaken(back), "device back that was not taken");
	let used = |custody: &mut CustodyRecord<AccountId>| custody.held -= 1;
	breaks(untaken(used), "deposit used before the hand-over");
}

#[test]
fn grants_for_tenants_who_do_not_have_the_device_are_seen() {
	let complaint = "grant of a device that its tenant does not have";
	let add = |_| {
		let other = rent_at(OTHER, Some(START + DAY), 60);
		crate::AccessGrants::<Runtime>::mutate(DEVICE, |grants| {
			grants.as_mut().unwrap().next = Some(lease(other).grant(other));
		});
	};
	breaks(add, complaint);
	let take = |_| crate::AccessGrants::<Runtime>::remove(DEVICE);
	breaks(take, "grant of a coming lease is missing");
}

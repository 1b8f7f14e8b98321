// SPDX-License-Identifier: Apache-2.0

//! Broken states are seen.

use super::*;
use crate::{
	AccessGrants, Bonds, Calendars, Deadlines, HoldReason, Leases, LeasesBySeries, LeasesByTenant,
	Lifetimes, MinuteKey, Payouts, Unbondings,
};
use frame_support::traits::fungible::hold::Mutate;
use tenure_primitives::{EvidencePolicy, FormerKey};

fn breaks(harm: impl FnOnce(LeaseId), complaint: &'static str) {
	ExtBuilder::default().build().execute_with(|| {
		let id = rent(10);
		rent_at(OTHER, Some(START + HOUR), 10);
		assert_ok!(LeaseEscrow::do_try_state());
		harm(id);
		assert_eq!(LeaseEscrow::do_try_state(), Err(sp_runtime::TryRuntimeError::Other(complaint)));
	});
}

fn change(id: LeaseId, harm: impl FnOnce(&mut crate::LeaseOf<Runtime>)) {
	Leases::<Runtime>::mutate(id, |lease| harm(lease.as_mut().unwrap()));
}

#[test]
fn money_that_does_not_add_up_is_seen() {
	breaks(
		|id| change(id, |lease| lease.escrowed += 1),
		"units, time and money of a lease don't add up",
	);
	breaks(
		|id| change(id, |lease| lease.paid_to_payee = 1),
		"held rent is not the sum over leases",
	);
	breaks(
		|id| change(id, |lease| lease.deposit += 1),
		"held record deposits are not the sum over leases",
	);
	breaks(
		|id| change(id, |lease| lease.cut_off_seconds = 60),
		"units, time and money of a lease don't add up",
	);
	breaks(|id| change(id, |lease| lease.bond += 1), "committed bond is not the sum over leases");
	breaks(
		|_| Bonds::<Runtime>::mutate(OWNER, |bond| bond.held += 1),
		"held bond is not what its record says",
	);
	breaks(
		|_| Bonds::<Runtime>::mutate(OWNER, |bond| bond.held = 1),
		"more bond committed than held",
	);
	breaks(
		|_| {
			hold(HoldReason::OwnerBond, KEEPER);
			Bonds::<Runtime>::insert(KEEPER, crate::OwnerBond { held: 1, committed: 1 });
		},
		"bond committed to no lease",
	);
	breaks(
		|_| Bonds::<Runtime>::insert(77, crate::OwnerBond { held: 1, committed: 0 }),
		"bond of an account that does not exist",
	);
}

fn hold(reason: HoldReason, who: AccountId) {
	assert_ok!(Balances::hold(&reason.into(), &who, 1));
}

#[test]
fn money_that_stays_on_hold_is_seen() {
	breaks(|_| hold(HoldReason::Rent, KEEPER), "held rent is not the sum over leases");
	breaks(
		|_| hold(HoldReason::LeaseRecord, KEEPER),
		"held record deposits are not the sum over leases",
	);
	breaks(|_| hold(HoldReason::OwnerBond, KEEPER), "held bond is not what its record says");
}

#[test]
fn bond_on_its_way_back_that_differs_is_seen() {
	let part = |amount| crate::Unbonding { amount, due: START };
	let queue = |parts: Vec<_>| crate::UnbondingQueue::truncate_from(parts);
	breaks(
		|_| Unbondings::<Runtime>::insert(OWNER, queue(vec![part(1)])),
		"held bond is not what its record says",
	);
	breaks(
		|_| Unbondings::<Runtime>::insert(OWNER, queue(vec![])),
		"empty queue of bond to come back is kept",
	);
	breaks(
		|_| Unbondings::<Runtime>::insert(OWNER, queue(vec![part(0)])),
		"nothing comes back of a bond",
	);
	breaks(
		|_| Unbondings::<Runtime>::insert(77, queue(vec![part(1)])),
		"bond of an account that does not exist",
	);
}

#[test]
fn evidence_that_nobody_collects_is_seen() {
	breaks(
		|id| change(id, |lease| lease.evidence = EvidencePolicy::Output),
		"lease with evidence that nobody collects",
	);
}

#[test]
fn former_key_out_of_place_is_seen() {
	let former = |until| Some(FormerKey { key: key_of(OTHER), until });
	let complaint = "former key of a lease that can't have one";
	breaks(|id| change(id, |lease| lease.former_key = former(START)), complaint);
	for until in [START - 1, START + 600] {
		ExtBuilder::default().co_signed().build().execute_with(|| {
			let id = rent(10);
			change(id, |lease| lease.former_key = former(START + 599));
			assert_ok!(LeaseEscrow::do_try_state());
			change(id, |lease| lease.former_key = former(until));
			assert_eq!(LeaseEscrow::do_try_state(), Err(complaint.into()));
		});
	}
}

#[test]
fn payout_addresses_that_differ_are_seen() {
	let address = || tenure_primitives::PayoutAddress::truncate_from(b"wallet".to_vec());
	breaks(|id| Payouts::<Runtime>::insert(id, address()), "payout address and its hash differ");
	breaks(
		|id| change(id, |lease| lease.payout = Some(TEXT)),
		"payout address and its hash differ",
	);
	breaks(
		|_| Payouts::<Runtime>::insert(77, address()),
		"payout address of a lease that is not open",
	);
}

#[test]
fn lease_ahead_of_another_owner_is_seen() {
	breaks(
		|_| {
			neighbours::Devices::<Runtime>::mutate(DEVICE, |device| {
				device.as_mut().unwrap().owner = KEEPER;
			});
		},
		"lease ahead is not paid to the device's owner",
	);
}

#[test]
fn indexes_that_differ_are_seen() {
	breaks(
		|id| LeasesByTenant::<Runtime>::remove(TENANT, id),
		"lease missing in the index by tenant",
	);
	breaks(
		|_| LeasesByTenant::<Runtime>::insert(TENANT, 77, ()),
		"index by tenant has more leases than there are",
	);
	breaks(
		|id| LeasesBySeries::<Runtime>::remove(SERIES, id),
		"lease missing in the index by series",
	);
	breaks(
		|_| LeasesBySeries::<Runtime>::insert(SERIES, 77, ()),
		"index by series has more leases than there are",
	);
	breaks(
		|id| Deadlines::<Runtime>::remove(MinuteKey::from(lease(id).deadline), id),
		"lease without a deadline",
	);
	breaks(
		|id| Deadlines::<Runtime>::insert(MinuteKey::from(1), id, ()),
		"deadline and lease differ",
	);
	breaks(
		|_| Deadlines::<Runtime>::insert(MinuteKey::from(1), 77, ()),
		"deadline of a lease that is not open",
	);
	breaks(
		|id| {
			let (old, late) = (lease(id).deadline, lease(id).deadline + 1_000);
			Deadlines::<Runtime>::remove(MinuteKey::from(old), id);
			Deadlines::<Runtime>::insert(MinuteKey::from(late), id, ());
			change(id, |lease| lease.deadline = late);
		},
		"deadline behind the end of a lease",
	);
}

#[test]
fn calendars_that_differ_are_seen() {
	breaks(|_| Calendars::<Runtime>::remove(DEVICE), "lease is missing in the calendar");
	breaks(
		|_| {
			Calendars::<Runtime>::mutate(DEVICE, |calendar| {
				let first = calendar.remove(0);
				calendar.try_push(first).unwrap();
			});
		},
		"calendar is out of order or overlaps",
	);
	breaks(|id| change(id, |lease| lease.turnaround = 60), "calendar and lease differ");
	breaks(|_| AccessGrants::<Runtime>::remove(DEVICE), "grant of a coming lease is missing");
	breaks(
		|_| {
			AccessGrants::<Runtime>::mutate(DEVICE, |grants| {
				grants.as_mut().unwrap().current.as_mut().unwrap().access_key = key_of(OTHER);
			});
		},
		"grant and lease differ",
	);
	breaks(
		|_| AccessGrants::<Runtime>::insert(77, tenure_primitives::AccessGrant::default()),
		"grants without a calendar",
	);
	breaks(
		|_| Lifetimes::<Runtime>::mutate(DEVICE, |totals| totals.unclosed = 1),
		"count of unlisted leases is wrong",
	);
}

// SPDX-License-Identifier: Apache-2.0

//! A crowd of leases that end in the same minute.
//!
//! The chain is simulated with the block limits of the runtime (which are the defaults that the mock
//! has), the weights of `weights.rs` with those of ParityDB, and a block each three seconds.

use super::*;
use crate::{
	weights::WeightInfo, Bonds, CalendarOf, Calendars, Deadlines, Entry, HoldReason, Leases,
	LeasesBySeries, LeasesByTenant, MinuteKey, NextLeaseId, OwnerBond,
};
use frame_support::traits::fungible::{Mutate, MutateHold};
use std::collections::BTreeSet;
use tenure_lease_math::Pulse;

/// Seconds between two blocks.
const SLOT: Moment = 3;

/// People on either side; each has as many leases.
const PEOPLE: u64 = 100;

fn tenant_of(id: LeaseId) -> AccountId {
	10_000 + id % PEOPLE
}

fn owner_of(id: LeaseId) -> AccountId {
	20_000 + id % PEOPLE
}

/// So many leases of ten minutes, each of a device of its own, half of which was served. Of every other
/// one the evidence is final at the end; the others' devices were seen shortly before it.
/// As calls would make them, and far quicker.
fn leases_of_the_same_minute(count: u64) {
	let template = lease(rent(10));
	let rents = count.div_ceil(PEOPLE) as Balance * template.escrowed;
	for person in 0..PEOPLE {
		let deposits = count.div_ceil(PEOPLE) as Balance * template.deposit;
		for (who, reason, amount) in [
			(tenant_of(person), HoldReason::Rent, rents),
			(tenant_of(person), HoldReason::LeaseRecord, deposits),
			(owner_of(person), HoldReason::OwnerBond, rents / 2),
		] {
			assert_ok!(Balances::mint_into(&who, amount + ED));
			assert_ok!(Balances::hold(&reason.into(), &who, amount));
		}
		let bond = OwnerBond { held: rents / 2, committed: rents / 2 };
		Bonds::<Runtime>::insert(owner_of(person), bond);
	}
	let deadline = crate::types::minute_of(template.until);
	for id in 2..2 + count {
		let mut lease = template.clone();
		(lease.device, lease.series, lease.deadline) = (id, id as u32, deadline);
		(lease.tenant, lease.payee) = (tenant_of(id), owner_of(id));
		let calendar: Vec<Entry> = vec![lease.entry(id)];
		Calendars::<Runtime>::insert(id, CalendarOf::<Runtime>::truncate_from(calendar));
		Deadlines::<Runtime>::insert(MinuteKey::from(deadline), id, ());
		LeasesByTenant::<Runtime>::insert(lease.tenant, id, ());
		LeasesBySeries::<Runtime>::insert(lease.series, id, ());
		neighbours::Tallies::<Runtime>::insert(id, 5);
		if id % 2 == 0 {
			neighbours::Pulses::<Runtime>::insert(id, Pulse::first(lease.until - 30));
		}
		Leases::<Runtime>::insert(id, lease);
	}
	NextLeaseId::<Runtime>::put(2 + count);
	// The first one was the model.
	assert_eq!(Neighbours::force_retire(DEVICE), Ok(1));
}

/// Lets `count` leases end at once and follows the blocks after that. Returns how many leases the
/// fullest block closed, and how many blocks it took.
fn let_end(count: u64) -> (usize, u64) {
	let mut ext = ExtBuilder::default().build();
	let poisoned = 2 + count / 2;
	ext.execute_with(|| {
		leases_of_the_same_minute(count);
		// What was paid of it can't be proven any more.
		neighbours::Lost::<Runtime>::insert(poisoned, ());
		Leases::<Runtime>::mutate(poisoned, |lease| lease.as_mut().unwrap().paid_to_payee = 1);
	});
	let (mut closed, mut fullest, mut blocks) = (BTreeSet::new(), 0, 0);
	while (closed.len() as u64) < count - 1 {
		let ids = ext.execute_with(|| {
			System::reset_events();
			set_time(START + 600 + blocks * SLOT);
			assert!(poll().all_lte(LeaseEscrow::sweep_limit()), "block {blocks} is too heavy");
			events()
				.into_iter()
				.filter_map(|event| match event {
					Event::LeaseClosed { lease, refunded, penalty, .. } => {
						assert_eq!((refunded, penalty), (5_000, 2_500));
						Some(lease)
					}
					_ => None,
				})
				.collect::<Vec<_>>()
		});
		fullest = fullest.max(ids.len());
		for id in ids {
			assert!(closed.insert(id), "lease {id} was closed twice");
		}
		blocks += 1;
		assert!(blocks < count, "the sweep makes no progress");
	}
	ext.execute_with(|| {
		assert!(!closed.contains(&poisoned));
		assert_eq!(Leases::<Runtime>::iter_keys().collect::<Vec<_>>(), [poisoned]);
		let left: Vec<_> = Deadlines::<Runtime>::iter_keys().map(|(_, id)| id).collect();
		assert_eq!(left, [poisoned]);
		let rents: Balance = (0..PEOPLE).map(|person| rent_held(tenant_of(person))).sum();
		assert_eq!(rents, 10_000);
	});
	(fullest, blocks)
}

/// What the limits allow a block that does nothing but close leases.
fn most_per_block() -> u64 {
	let room = LeaseEscrow::sweep_limit() - <() as WeightInfo>::sweep_base();
	room.checked_div_per_component(&<() as WeightInfo>::sweep_close()).unwrap()
}

fn check(count: u64) {
	let (fullest, blocks) = let_end(count);
	println!(
		"{count} leases: closed in {blocks} blocks of {SLOT} s, {fullest} in the fullest one, \
		 at most {} fit",
		most_per_block()
	);
	assert!(fullest as u64 <= most_per_block());
	// Half of the leases are looked at twice, and a look is a third of a close.
	assert!(blocks <= count * 3 / 2 / most_per_block() + 60);
}

#[test]
fn leases_of_the_same_minute_all_settle() {
	check(1_000);
}

#[test]
#[ignore = "takes minutes without optimization"]
fn hundred_thousand_leases_of_the_same_minute_all_settle() {
	check(100_000);
}

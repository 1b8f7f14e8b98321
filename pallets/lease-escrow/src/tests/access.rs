// SPDX-License-Identifier: Apache-2.0

//! What locks, evidence, the token pallet and the registry see.

use super::*;
use crate::AccessGrants;
use tenure_primitives::{
	traits::{DeviceCommitments, LeaseBook, LeaseWindows},
	AccessGrant, LeaseWindow,
};

fn granted() -> [Option<LeaseId>; 2] {
	let grants = AccessGrants::<Runtime>::get(DEVICE).unwrap_or_default();
	[grants.current, grants.next].map(|grant| grant.map(|grant| grant.lease))
}

#[test]
fn grant_names_the_first_two_leases() {
	ExtBuilder::default().build_and_execute(|| {
		let third = rent_at(TENANT, Some(START + 3 * HOUR), 10);
		assert_eq!(granted(), [Some(third), None]);
		let second = rent_at(OTHER, Some(START + 2 * HOUR), 10);
		assert_eq!(granted(), [Some(second), Some(third)]);
		let fourth = rent_at(TENANT, Some(START + 4 * HOUR), 10);
		assert_eq!(granted(), [Some(second), Some(third)]);
		let first = rent_at(TENANT, None, 10);
		assert_eq!(granted(), [Some(first), Some(second)]);
		assert_ok!(LeaseEscrow::cancel(signed(OTHER), second));
		assert_eq!(granted(), [Some(first), Some(third)]);
		serve_until(START + 600);
		assert_eq!(granted(), [Some(third), Some(fourth)]);
	});
}

#[test]
fn grant_is_what_a_lock_needs() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		let grants = AccessGrants::<Runtime>::get(DEVICE).unwrap();
		let grant = lease(id).grant(id);
		assert_eq!(grant.access_key, key_of(TENANT));
		assert_eq!((grant.from, grant.until), (START, START + 600));
		assert_eq!(grants, AccessGrant { current: Some(grant), next: None });
	});
}

#[test]
fn back_to_back_leases_switch_without_a_transaction() {
	ExtBuilder::default().build_and_execute(|| {
		let first = rent(10);
		let second = rent_at(OTHER, Some(START + 600), 10);
		let grants = AccessGrants::<Runtime>::get(DEVICE).unwrap();
		let lock = |moment| grants.at(moment).map(|grant| grant.lease);
		assert_eq!(lock(START - 1), None);
		assert_eq!(lock(START), Some(first));
		assert_eq!(lock(START + 599), Some(first));
		assert_eq!(lock(START + 600), Some(second));
		assert_eq!(lock(START + 1_200), None);
		// The chain says the same, though nobody wrote anything.
		let chain = || LeaseEscrow::access_grant(DEVICE).map(|grant| grant.lease);
		set_time(START + 599);
		assert_eq!(chain(), Some(first));
		set_time(START + 600);
		assert_eq!(chain(), Some(second));
		set_time(START + 1_200);
		assert_eq!(chain(), None);
	});
}

#[test]
fn early_end_shortens_the_grant() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		assert_ok!(LeaseEscrow::end(signed(TENANT), id));
		let grants = AccessGrants::<Runtime>::get(DEVICE).unwrap();
		assert_eq!(grants.current.unwrap().until, START + 60);
		set_time(START + 60);
		assert_eq!(LeaseEscrow::access_grant(DEVICE), None);
	});
}

#[test]
fn evidence_sees_open_leases_in_order() {
	ExtBuilder::default().build_and_execute(|| {
		let second = rent_at(OTHER, Some(START + 600), 10);
		let first = rent(10);
		let window = |lease, from, until| LeaseWindow { lease, from, until, evidence: HEARTBEAT };
		let (a, b) =
			(window(first, START, START + 600), window(second, START + 600, START + 1_200));
		let windows = |from, until| LeaseEscrow::lease_windows(DEVICE, START + from, START + until);
		assert_eq!(windows(0, 1_200), [a, b]);
		assert_eq!(windows(0, 600), [a]);
		assert_eq!(windows(600, 601), [b]);
		assert_eq!(windows(599, 601), [a, b]);
		assert_eq!(windows(1_200, 2_000), []);
		// Over, but not closed: a late heartbeat may still prove its last minutes.
		set_time(START + 650);
		assert_eq!(windows(590, 650), [a, b]);
	});
}

#[test]
fn new_lease_does_not_hide_one_that_can_still_be_proven() {
	ExtBuilder::default().build_and_execute(|| {
		let first = rent(10);
		serve_until(START + 540);
		set_time(START + 610);
		rent(1);
		assert_eq!(LeaseEscrow::lease_windows(DEVICE, START + 540, START + 610)[0].lease, first);
		set_time(START + 650);
		heartbeat(DEVICE);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), first));
		assert_eq!(total(OWNER), RICH + 9_500);
	});
}

#[test]
fn booked_time_counts_pauses() {
	ExtBuilder::default().terms(|terms| terms.turnaround = 120).build_and_execute(|| {
		rent(10);
		let booked = |from, until| LeaseEscrow::booked_seconds(DEVICE, START + from, START + until);
		assert_eq!(booked(0, 10_000), 720);
		assert_eq!(booked(300, 660), 360);
		assert_eq!(booked(720, 10_000), 0);
	});
}

#[test]
fn units_and_leases_never_exceed_the_time_there_is() {
	ExtBuilder::default().sale(|sale| sale.usable_until = START + 1_200).build_and_execute(|| {
		assert_ok!(Neighbours::buy(SERIES, OTHER, 5));
		rent(15);
		assert_noop!(
			Neighbours::buy(SERIES, OTHER, 1),
			neighbours::Error::<Runtime>::CapacityExceeded
		);
		book_at(OTHER, Some(START + 900), 5);
		assert_noop!(
			Neighbours::buy(SERIES, OTHER, 1),
			neighbours::Error::<Runtime>::CapacityExceeded
		);
	});
}

#[test]
fn leased_device_is_committed() {
	ExtBuilder::default().build_and_execute(|| {
		assert!(!LeaseEscrow::is_committed(DEVICE));
		let id = rent_at(TENANT, Some(START + HOUR), 10);
		assert!(LeaseEscrow::is_committed(DEVICE));
		assert_ok!(LeaseEscrow::cancel(signed(TENANT), id));
		assert!(!LeaseEscrow::is_committed(DEVICE));
	});
}

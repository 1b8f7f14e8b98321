// SPDX-License-Identifier: Apache-2.0

//! What neighbours get for their benchmarks.

use super::*;
use crate::Leases;
use tenure_primitives::traits::{DeviceLeases, LeaseBook, LeaseWindows};

#[test]
fn booked_leases_can_be_handed_over_and_closed() {
	for count in [0, 1, 64, 65, 80] {
		ExtBuilder::default().bond(0).build().execute_with(|| {
			LeaseEscrow::benchmark_leases(DEVICE, count);
			assert_eq!(Leases::<Runtime>::iter().count() as u32, count);
			assert!(Leases::<Runtime>::iter_values().all(|lease| lease.from > now()));
			let waiting = LeaseEscrow::requests(DEVICE).len() as u32;
			assert_eq!(waiting, count.saturating_sub(64));
			assert!(Leases::<Runtime>::iter_values()
				.all(|lease| { lease.is_request() == (lease.bond == 0) }));
			assert_ok!(LeaseEscrow::do_try_state());
			LeaseEscrow::benchmark_bond(&OTHER);
			assert_eq!(Neighbours::transfer(DEVICE, OTHER), Ok(count - waiting));
			assert_ok!(LeaseEscrow::do_try_state());
			let before = total(OTHER);
			assert_eq!(Neighbours::force_retire(DEVICE), Ok(count));
			assert_eq!(Leases::<Runtime>::iter().count(), 0);
			// Something was proven of each.
			assert_eq!(total(OTHER) > before, count > 0);
		});
	}
}

#[test]
fn leases_of_a_member_are_told_to_its_fleet() {
	ExtBuilder::default().build().execute_with(|| {
		make_fleet();
		LeaseEscrow::benchmark_leases(MEMBERS[0], 5);
		assert_ok!(Neighbours::do_try_state());
	});
}

#[test]
fn calendar_is_filled_with_leases_apart() {
	ExtBuilder::default().build().execute_with(|| {
		LeaseEscrow::benchmark_taken(DEVICE);
		let taken = LeaseEscrow::taken(DEVICE, now());
		assert_eq!(taken.len(), 64 + 16);
		assert!(taken.windows(2).all(|pair| pair[0].1 < pair[1].0));
	});
}

#[test]
fn silent_device_of_a_poor_owner_is_made_to_be_had() {
	ExtBuilder::default().bond(0).balance(OWNER, 0).build().execute_with(|| {
		set_time(START + 10 * DAY);
		assert!(!LeaseEscrow::is_to_be_had(DEVICE, 0));
		LeaseEscrow::benchmark_to_be_had(DEVICE);
		assert!(LeaseEscrow::is_to_be_had(DEVICE, RICH));
	});
}

#[test]
fn lease_that_receipts_pay_began_as_long_ago_as_asked() {
	ExtBuilder::default().build().execute_with(|| {
		let running = rent(10);
		for seconds in [0, 90, DAY] {
			let id = LeaseEscrow::benchmark_co_signed(DEVICE, key_of(OTHER), seconds);
			let terms = LeaseEscrow::receipt_terms(id).unwrap();
			assert_eq!((terms.device, terms.access_key), (DEVICE, key_of(OTHER)));
			assert_eq!(terms.from, now() - seconds);
			assert!(lease(id).is_co_signed() && terms.until > now());
			assert_eq!(Neighbours::sign(id, seconds).is_ok(), seconds > 0);
		}
		assert!(lease(running).evidence.heartbeat_gap().is_some());
		// However full the calendar is.
		LeaseEscrow::benchmark_windows(DEVICE, now());
		let id = LeaseEscrow::benchmark_co_signed(DEVICE, key_of(OTHER), 1);
		assert_ok!(Neighbours::sign(id, 1));
	});
}

#[test]
fn dispute_waits_for_the_arbiter_that_is_to_be_measured() {
	use tenure_primitives::traits::Disputes;
	ExtBuilder::default().build().execute_with(|| {
		let dispute = LeaseEscrow::benchmark_dispute(&ARBITER);
		assert_eq!(LeaseEscrow::arbiter_of(dispute), Some(ARBITER));
		assert_ok!(Neighbours::decide(ARBITER, dispute, 40));
	});
}

// SPDX-License-Identifier: Apache-2.0

//! What the token pallet asks: is a device to be had, was it seen, what of its time is taken.

use super::*;
use crate::SEEN_BEFORE_BOOKING;
use tenure_primitives::{traits::LeaseBook, DeviceInfo, DeviceStatus};

fn to_be_had(least_bond: Balance) -> bool {
	LeaseEscrow::is_to_be_had(DEVICE, least_bond)
}

#[test]
fn device_in_good_order_is_to_be_had() {
	ExtBuilder::default().build_and_execute(|| {
		assert!(to_be_had(0));
		assert!(!LeaseEscrow::is_to_be_had(77, 0));
	});
	let unfit: [fn(&mut DeviceInfo<AccountId>); 3] = [
		|device| device.status = DeviceStatus::Missing,
		|device| device.key = None,
		|device| device.key.as_mut().unwrap().active = false,
	];
	for change in unfit {
		ExtBuilder::default().device(change).build_and_execute(|| {
			assert!(!to_be_had(0));
			assert!(LeaseEscrow::quote(TENANT, SERIES, DEVICE, None, 1, None).is_err());
		});
	}
}

#[test]
fn held_bond_counts_committed_or_not() {
	ExtBuilder::default().bond(5_000).build_and_execute(|| {
		assert!(to_be_had(5_000) && !to_be_had(5_001));
		rent_at(TENANT, Some(START + HOUR), 10);
		assert!(to_be_had(5_000));
	});
	// The bond of whoever owns it now.
	ExtBuilder::default().bond(5_000).build_and_execute(|| {
		assert_ok!(Neighbours::transfer(DEVICE, OTHER));
		assert!(to_be_had(0) && !to_be_had(1));
		assert_ok!(LeaseEscrow::bond(signed(OTHER), ED));
		assert!(to_be_had(ED));
	});
}

#[test]
fn device_must_have_been_seen_within_a_day_or_its_gap() {
	ExtBuilder::default().device(|device| device.heartbeat_gap = 60).build_and_execute(|| {
		set_time(START + SEEN_BEFORE_BOOKING);
		assert!(to_be_had(0));
		set_time(START + SEEN_BEFORE_BOOKING + 1);
		assert!(!to_be_had(0));
		heartbeat(DEVICE);
		assert!(to_be_had(0));
		neighbours::Pulses::<Runtime>::remove(DEVICE);
		assert!(!to_be_had(0));
	});
	ExtBuilder::default().device(|device| device.heartbeat_gap = 3 * 86_400).build_and_execute(
		|| {
			set_time(START + 3 * DAY);
			assert!(to_be_had(0));
			set_time(START + 3 * DAY + 1);
			assert!(!to_be_had(0));
		},
	);
}

#[test]
fn was_seen_judges_by_the_moment_asked_for() {
	ExtBuilder::default().device(|device| device.heartbeat_gap = 60).build_and_execute(|| {
		set_time(START + 100 * DAY);
		let seen = |at| LeaseEscrow::was_seen(DEVICE, START + at);
		assert!(seen(0) && seen(DAY) && !seen(DAY + 1));
		// Before it was first seen: it was seen later.
		assert!(LeaseEscrow::was_seen(DEVICE, START - DAY));
		heartbeat(DEVICE);
		assert!(seen(DAY + 1) && seen(101 * DAY) && !seen(101 * DAY + 1));
		assert!(!LeaseEscrow::was_seen(77, 0));
		// The record is gone, what was seen is not.
		assert_ok!(Neighbours::force_retire(DEVICE));
		assert!(seen(101 * DAY) && !seen(101 * DAY + 1));
	});
	ExtBuilder::default().device(|device| device.heartbeat_gap = 3 * 86_400).build_and_execute(
		|| {
			assert!(LeaseEscrow::was_seen(DEVICE, START + 3 * DAY));
			assert!(!LeaseEscrow::was_seen(DEVICE, START + 3 * DAY + 1));
		},
	);
}

#[test]
fn taken_time_is_told_in_order() {
	ExtBuilder::default().terms(|terms| terms.turnaround = 120).build_and_execute(|| {
		assert_eq!(LeaseEscrow::taken(DEVICE, START), []);
		let ahead = rent_at(TENANT, Some(START + HOUR), 10);
		let first = rent(10);
		let taken = || LeaseEscrow::taken(DEVICE, now());
		let later = (START + HOUR, START + HOUR + 720);
		assert_eq!(taken(), [(START, START + 720), later]);
		set_time(START + 60);
		assert_eq!(taken(), [(START + 60, START + 720), later]);
		// Closed, but its pause is kept; and then nothing of it.
		set_time(START + 600);
		heartbeat(DEVICE);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), first));
		assert!(crate::Leases::<Runtime>::get(first).is_none());
		assert_eq!(taken(), [(START + 600, START + 720), later]);
		set_time(START + 720);
		assert_eq!(taken(), [later]);
		assert_ok!(LeaseEscrow::cancel(signed(TENANT), ahead));
		assert_eq!(taken(), []);
		assert_eq!(LeaseEscrow::max_taken(), 64 + 16 + 1);
	});
}

#[test]
fn booked_seconds_are_the_taken_stretches() {
	ExtBuilder::default().terms(|terms| terms.turnaround = 120).build_and_execute(|| {
		for minute in [0, 15, 40] {
			rent_at(TENANT, Some(START + minute * 60), 10);
		}
		serve_until(START + 660);
		for from in (now()..now() + 3_600).step_by(300) {
			for until in (from..from + 5_000).step_by(700) {
				let taken: u64 = LeaseEscrow::taken(DEVICE, from)
					.iter()
					.map(|(a, b)| b.min(&until).saturating_sub(*a))
					.sum();
				assert_eq!(LeaseEscrow::booked_seconds(DEVICE, from, until), taken);
			}
		}
	});
}

#[test]
fn series_with_open_leases_is_known() {
	ExtBuilder::default().build_and_execute(|| {
		make_fleet();
		let open = |series| LeaseEscrow::has_open_leases(series);
		assert!(!open(SERIES));
		let first = rent(1);
		let second = rent_at(TENANT, Some(START + HOUR), 10);
		rent_of(FLEET_SERIES, MEMBERS[0], TENANT, Some(START + HOUR), 10);
		assert!(open(SERIES) && open(FLEET_SERIES) && !open(3));
		serve_until(START + 60);
		assert!(crate::Leases::<Runtime>::get(first).is_none());
		assert!(open(SERIES));
		assert_ok!(LeaseEscrow::cancel(signed(TENANT), second));
		assert!(!open(SERIES) && open(FLEET_SERIES));
	});
}

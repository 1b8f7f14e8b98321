// SPDX-License-Identifier: Apache-2.0

use super::*;
use crate::{AccessGrants, Calendars, HoldReason, Lifetimes, OwnerBond};

#[test]
fn cancelling_gives_units_and_not_money() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent_at(TENANT, Some(START + 2 * HOUR), 100);
		System::reset_events();
		assert_ok!(LeaseEscrow::cancel(signed(TENANT), id));
		// Two hours' notice: 10 units are the payee's.
		assert_eq!(units_of(TENANT), 90);
		assert_eq!(total(TENANT), RICH - 100_000);
		assert_eq!(total(OWNER), RICH + 9_500);
		assert_eq!(total(TREASURY), ED + 500);
		assert_eq!(rent_held(TENANT), 0);
		assert_eq!(held(HoldReason::LeaseRecord, TENANT), 0);
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND, committed: 0 });
		assert!(!Calendars::<Runtime>::contains_key(DEVICE));
		assert!(!AccessGrants::<Runtime>::contains_key(DEVICE));
		assert!(!Lifetimes::<Runtime>::contains_key(DEVICE));
		assert_eq!(
			events(),
			[
				Event::LeaseCancelled { lease: id, returned_units: 90, kept_units: 10 },
				Event::LeaseClosed {
					lease: id,
					device: DEVICE,
					tenant: TENANT,
					payee: OWNER,
					reason: CloseReason::Cancelled,
					leased_seconds: 6_000,
					proven_seconds: 0,
					paid_to_payee: 9_500,
					paid_to_protocol: 500,
					refunded: 0,
					penalty: 0,
					returned_units: 90,
				}
			]
		);
		assert_noop!(LeaseEscrow::cancel(signed(TENANT), id), Error::<Runtime>::LeaseClosed);
	});
}

#[test]
fn ladder_follows_the_notice() {
	for (notice, returned) in
		[(DAY, 99), (DAY - 60, 90), (HOUR, 90), (HOUR - 60, 50), (60, 50), (120, 50)]
	{
		ExtBuilder::default().build_and_execute(|| {
			let id = rent_at(TENANT, Some(START + notice), 100);
			assert_ok!(LeaseEscrow::cancel(signed(TENANT), id));
			assert_eq!(units_of(TENANT), returned);
		});
	}
}

#[test]
fn cancelling_one_unit_costs_it() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent_at(TENANT, Some(START + 2 * DAY), 1);
		assert_ok!(LeaseEscrow::cancel(signed(TENANT), id));
		assert_eq!(units_of(TENANT), 0);
		assert_eq!(total(OWNER) + total(TREASURY), RICH + ED + 1_000);
	});
}

#[test]
fn lease_without_a_ladder_gives_nothing_back() {
	ExtBuilder::default().terms(|terms| terms.cancellation = Default::default()).build_and_execute(
		|| {
			let id = rent_at(TENANT, Some(START + 2 * DAY), 10);
			assert_ok!(LeaseEscrow::cancel(signed(TENANT), id));
			assert_eq!(units_of(TENANT), 0);
			assert_eq!(total(OWNER), RICH + 9_500);
		},
	);
}

#[test]
fn book_and_cancel_does_not_beat_redeem() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Neighbours::buy(SERIES, TENANT, 100));
		let id = book_at(TENANT, Some(START + 2 * DAY), 100);
		assert_ok!(LeaseEscrow::cancel(signed(TENANT), id));
		assert_ok!(Neighbours::redeem(SERIES, TENANT, units_of(TENANT)));
		assert!(total(TENANT) < RICH);
	});
}

#[test]
fn only_the_tenant_cancels_and_only_before_the_start() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(LeaseEscrow::cancel(signed(TENANT), 1), Error::<Runtime>::UnknownLease);
		assert_noop!(LeaseEscrow::cancel(signed(TENANT), 0), Error::<Runtime>::UnknownLease);
		let id = rent_at(TENANT, Some(START + 60), 10);
		assert_noop!(LeaseEscrow::cancel(signed(OTHER), id), Error::<Runtime>::NotTenant);
		set_time(START + 60);
		assert_noop!(LeaseEscrow::cancel(signed(TENANT), id), Error::<Runtime>::AlreadyStarted);
	});
}

#[test]
fn cancelled_time_is_free_again() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent_at(TENANT, Some(START + HOUR), 10);
		assert_ok!(LeaseEscrow::cancel(signed(TENANT), id));
		rent_at(OTHER, Some(START + HOUR), 10);
	});
}

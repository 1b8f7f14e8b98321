// SPDX-License-Identifier: Apache-2.0

use super::*;
use crate::{types::minute_of, Calendars, Leases, Lifetimes, OwnerBond};
use sp_runtime::Perbill;
use tenure_primitives::CancellationStep;

#[test]
fn whole_unused_units_go_back() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		serve_until(START + 180);
		set_time(START + 190);
		System::reset_events();
		assert_ok!(LeaseEscrow::end(signed(TENANT), id));
		// A minute's notice from 3:10 is 4:10; the next whole minute is the fifth.
		let ended = lease(id);
		assert_eq!(ended.until, START + 300);
		assert_eq!((ended.units, ended.escrowed, ended.rounding), (5, 5_000, 0));
		// A fifth is left then.
		assert_eq!(ended.deadline, minute_of(START + 240));
		assert_eq!(units_of(TENANT), 5);
		assert_eq!(rent_held(TENANT), 5_000);
		assert_eq!(Calendars::<Runtime>::get(DEVICE)[0].until, START + 300);
		assert_eq!(
			events(),
			[Event::LeaseEndingEarly { lease: id, until: START + 300, returned_units: 5 }]
		);
		assert_ok!(LeaseEscrow::do_try_state());

		serve_until(START + 310);
		assert_eq!(total(OWNER), RICH + 4_750);
		assert_eq!(total(TENANT), RICH - 10_000);
		assert_eq!(
			last_event(),
			Event::LeaseClosed {
				lease: id,
				device: DEVICE,
				tenant: TENANT,
				payee: OWNER,
				reason: CloseReason::EndedEarly,
				leased_seconds: 300,
				proven_seconds: 300,
				paid_to_payee: 4_750,
				paid_to_protocol: 250,
				refunded: 0,
				penalty: 0,
				returned_units: 0,
			}
		);
	});
}

#[test]
fn begun_unit_is_paid_as_the_time_before_was_served() {
	// Units of an hour at 3,600; the tenant ends 2 h 30 min into ten.
	let hours = || {
		let tenth = CancellationStep { notice: 0, share: Perbill::from_percent(10) };
		ExtBuilder::default()
			.sale(|sale| {
				sale.unit_seconds = 3_600;
				sale.unit_price = 3_600;
			})
			.terms(|terms| terms.cancellation = vec![tenth].try_into().unwrap())
	};
	let end = |id| {
		set_time(START + 9_000 - 60);
		assert_ok!(LeaseEscrow::end(signed(TENANT), id));
		let ended = lease(id);
		assert_eq!(ended.until, START + 9_000);
		assert_eq!((ended.units, ended.escrowed, ended.rounding), (3, 10_800, 1_800));
		assert_eq!(units_of(TENANT), 7);
	};
	hours().build_and_execute(|| {
		let id = rent(10);
		serve_until(START + 9_000 - 60);
		end(id);
		serve_until(START + 9_000);
		assert_eq!(total(OWNER) + total(TREASURY), RICH + ED + 10_800);
		assert_eq!(total(TENANT), RICH - 36_000);
	});
	// Half of the time was served: half of the begun unit is paid.
	hours().build_and_execute(|| {
		let id = rent(10);
		serve_until(START + 4_500);
		end(id);
		pass_until(START + 9_000);
		assert_eq!(
			last_event(),
			Event::LeaseClosed {
				lease: id,
				device: DEVICE,
				tenant: TENANT,
				payee: OWNER,
				reason: CloseReason::Unproven,
				leased_seconds: 9_000,
				proven_seconds: 4_500,
				paid_to_payee: 5_130,
				paid_to_protocol: 270,
				refunded: 5_400,
				penalty: 2_250,
				returned_units: 0,
			}
		);
	});
	// Nothing was served: nothing is paid, however early the tenant leaves.
	hours().build_and_execute(|| {
		let id = rent(10);
		end(id);
		pass_until(START + 9_000);
		assert_eq!(total(OWNER), RICH - 4_500);
		assert_eq!(total(TENANT), RICH - 7 * 3_600 + 4_500);
	});
}

#[test]
fn ending_at_once_keeps_a_minute() {
	ExtBuilder::default().terms(|terms| terms.tenant_notice = 0).build_and_execute(|| {
		let id = rent(10);
		assert_ok!(LeaseEscrow::end(signed(TENANT), id));
		assert_eq!(lease(id).until, START + 60);
	});
}

#[test]
fn ending_never_gives_more_back_than_the_last_step_of_the_ladder() {
	ExtBuilder::default().terms(|terms| terms.tenant_notice = 0).build_and_execute(|| {
		// Cancelling just before the start costs half of the units.
		let id = rent(10);
		assert_ok!(LeaseEscrow::end(signed(TENANT), id));
		let ended = lease(id);
		assert_eq!((ended.units, ended.escrowed, ended.rounding), (5, 5_000, 4_000));
		assert_eq!(units_of(TENANT), 5);
		serve_until(START + 60);
		assert_eq!(total(OWNER), RICH + 4_750);
	});
}

#[test]
fn leaving_a_dead_device_costs_nothing() {
	ExtBuilder::default().terms(|terms| terms.tenant_notice = 0).build_and_execute(|| {
		let id = rent(10);
		assert_ok!(LeaseEscrow::end(signed(TENANT), id));
		pass_until(START + 600);
		assert_eq!(units_of(TENANT), 5);
		assert!(total(TENANT) >= RICH - 5_000);
		assert!(total(OWNER) <= RICH);
	});
}

#[test]
fn series_without_a_ladder_sells_a_fixed_term() {
	ExtBuilder::default().terms(|terms| terms.cancellation = Default::default()).build_and_execute(
		|| {
			let id = rent(10);
			assert_ok!(LeaseEscrow::end(signed(TENANT), id));
			assert_eq!((units_of(TENANT), lease(id).units), (0, 10));
		},
	);
}

#[test]
fn what_was_paid_before_counts() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		serve_until(START + 180);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		assert_eq!(total(OWNER), RICH + 2_850);
		assert_ok!(LeaseEscrow::end(signed(TENANT), id));
		assert_eq!(rent_held(TENANT), 2_000);
		serve_until(START + 240);
		assert_eq!(total(OWNER), RICH + 4_750);
	});
}

#[test]
fn ended_time_is_free_again() {
	ExtBuilder::default().terms(|terms| terms.turnaround = 60).build_and_execute(|| {
		let id = rent(10);
		assert_ok!(LeaseEscrow::end(signed(TENANT), id));
		rent_at(OTHER, Some(START + 120), 5);
		assert_eq!(Lifetimes::<Runtime>::get(DEVICE).leases, 0);
	});
}

#[test]
fn only_the_tenant_ends_and_only_a_running_lease() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(LeaseEscrow::end(signed(TENANT), 1), Error::<Runtime>::UnknownLease);
		let id = rent_at(TENANT, Some(START + 60), 10);
		assert_noop!(LeaseEscrow::end(signed(TENANT), id), Error::<Runtime>::NotStarted);
		set_time(START + 60);
		assert_noop!(LeaseEscrow::end(signed(OTHER), id), Error::<Runtime>::NotTenant);
		// The notice alone takes it to its end.
		set_time(START + 660 - 60);
		assert_noop!(LeaseEscrow::end(signed(TENANT), id), Error::<Runtime>::AlreadyEnding);
		set_time(START + 660);
		assert_noop!(LeaseEscrow::end(signed(TENANT), id), Error::<Runtime>::AlreadyOver);
	});
}

#[test]
fn lease_ends_early_once() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		assert_ok!(LeaseEscrow::end(signed(TENANT), id));
		assert_noop!(LeaseEscrow::end(signed(TENANT), id), Error::<Runtime>::AlreadyEnding);
	});
}

#[test]
fn moment_of_failure_does_not_make_leaving_free() {
	// Two of the first five minutes were served; the hour from which a device is judged has 55 more.
	ExtBuilder::default().terms(|terms| terms.tenant_notice = 0).build_and_execute(|| {
		let id = rent(100);
		serve_until(START + 120);
		set_time(START + 290);
		assert_ok!(LeaseEscrow::end(signed(TENANT), id));
		let ended = lease(id);
		assert_eq!((ended.units, ended.rounding, ended.least_sample), (50, 45_000, 3_600));
		pass_until(START + 400);
		let paid = 2_000 + 45_000 * (120 + 3_300) / 3_600;
		assert_eq!(total(OWNER) + total(TREASURY), RICH + ED + paid);
	});
}

#[test]
fn early_end_does_not_turn_a_small_gap_into_a_penalty() {
	// A tenth of a hundred minutes is free of penalty: eight may be missing, however short it gets.
	ExtBuilder::default().terms(|terms| terms.tenant_notice = 0).build_and_execute(|| {
		let id = rent(100);
		pass_until(START + 480);
		serve_until(START + 590);
		assert_ok!(LeaseEscrow::end(signed(TENANT), id));
		serve_until(START + 700);
		pass_until(START + 800);
		assert!(Leases::<Runtime>::get(id).is_none());
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND, committed: 0 });
	});
}

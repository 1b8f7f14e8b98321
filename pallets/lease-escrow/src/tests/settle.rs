// SPDX-License-Identifier: Apache-2.0

use super::*;
use crate::{
	weights::WeightInfo, AccessGrants, Calendars, Deadlines, DeviceTotals, HoldReason, Leases,
	LeasesByTenant, Lifetimes, OwnerBond,
};

fn nothing_is_left() {
	for who in [OWNER, TENANT, OTHER] {
		assert_eq!(rent_held(who), 0);
		assert_eq!(held(HoldReason::LeaseRecord, who), 0);
	}
	assert_eq!(bond_of(OWNER).committed, 0);
	assert_eq!(Leases::<Runtime>::iter().count(), 0);
	assert_eq!(Deadlines::<Runtime>::iter().count(), 0);
	assert_eq!(LeasesByTenant::<Runtime>::iter().count(), 0);
	assert_eq!(Calendars::<Runtime>::iter().count(), 0);
	assert_eq!(AccessGrants::<Runtime>::iter().count(), 0);
}

#[test]
fn ten_minutes_of_which_seven_are_served() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		serve_until(START + 240);
		pass_until(START + 360);
		assert_eq!(LeaseEscrow::access_grant(DEVICE).map(|grant| grant.lease), Some(id));
		serve_until(START + 600);

		assert_eq!(total(OWNER), RICH + 6_650 - 1_500);
		assert_eq!(total(TREASURY), ED + 350);
		assert_eq!(total(TENANT), RICH - 7_000 + 1_500);
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND - 1_500, committed: 0 });
		assert_eq!(
			Lifetimes::<Runtime>::get(DEVICE),
			DeviceTotals {
				leases: 1,
				leased_seconds: 600,
				proven_seconds: 420,
				earned: 7_000,
				unclosed: 0,
				free_from: START + 600,
				back_at: 0,
			}
		);
		nothing_is_left();
		assert_eq!(LeaseEscrow::access_grant(DEVICE), None);
		assert_eq!(
			events()[3..],
			[
				Event::LeaseEnded { lease: id, device: DEVICE },
				Event::LeaseClosed {
					lease: id,
					device: DEVICE,
					tenant: TENANT,
					payee: OWNER,
					reason: CloseReason::Unproven,
					leased_seconds: 600,
					proven_seconds: 420,
					paid_to_payee: 6_650,
					paid_to_protocol: 350,
					refunded: 3_000,
					penalty: 1_500,
					returned_units: 0,
				}
			]
		);
	});
}

#[test]
fn served_lease_pays_the_whole_rent() {
	ExtBuilder::default().build_and_execute(|| {
		rent(10);
		serve_until(START + 600);
		assert_eq!(total(OWNER), RICH + 9_500);
		assert_eq!(total(TREASURY), ED + 500);
		assert_eq!(total(TENANT), RICH - 10_000);
		nothing_is_left();
		assert!(matches!(
			last_event(),
			Event::LeaseClosed { reason: CloseReason::Completed, refunded: 0, penalty: 0, .. }
		));
	});
}

#[test]
fn dead_device_pays_for_it() {
	ExtBuilder::default().build_and_execute(|| {
		rent(10);
		pass_until(START + 600);
		assert_eq!(total(OWNER), RICH - 5_000);
		assert_eq!(total(TENANT), RICH + 5_000);
		assert_eq!(total(TREASURY), ED);
		nothing_is_left();
	});
}

#[test]
fn small_gaps_cost_rent_but_no_penalty() {
	ExtBuilder::default()
		.terms(|terms| terms.penalty_free_share = sp_runtime::Perbill::from_percent(30))
		.build_and_execute(|| {
			rent(10);
			serve_until(START + 240);
			pass_until(START + 360);
			serve_until(START + 600);
			assert_eq!(total(OWNER), RICH + 6_650);
			assert_eq!(total(TENANT), RICH - 7_000);
			assert!(matches!(
				last_event(),
				Event::LeaseClosed { reason: CloseReason::Completed, .. }
			));
		});
}

#[test]
fn settling_pays_what_is_proven_and_no_more() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent_at(TENANT, Some(START + 60), 10);
		System::reset_events();
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		assert_eq!(events(), []);
		serve_until(START + 240);
		let post = LeaseEscrow::settle(signed(KEEPER), id).unwrap();
		assert_eq!(post.actual_weight, Some(<() as WeightInfo>::settle()));
		assert_eq!(
			events(),
			[Event::LeaseSettled { lease: id, to_payee: 2_850, to_protocol: 150 }]
		);
		assert_eq!(rent_held(TENANT), 7_000);
		// Again in the same block, and after an idle minute: nothing.
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		set_time(START + 300);
		assert_ok!(LeaseEscrow::settle(signed(OTHER), id));
		assert_eq!(events().len(), 1);
		assert_eq!(total(OWNER), RICH + 2_850);
		serve_until(START + 660);
		assert_eq!(total(OWNER), RICH + 9_500);
		nothing_is_left();
	});
}

#[test]
fn anyone_closes_a_lease_without_the_sweep() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		set_time(START + 600);
		let post = LeaseEscrow::settle(signed(KEEPER), id).unwrap();
		assert_eq!(post.actual_weight, Some(<() as WeightInfo>::settle_close()));
		nothing_is_left();
		assert_noop!(LeaseEscrow::settle(signed(KEEPER), id), Error::<Runtime>::LeaseClosed);
		poll();
		assert_eq!(
			events().iter().filter(|event| matches!(event, Event::LeaseEnded { .. })).count(),
			1
		);
	});
}

#[test]
fn lease_waits_for_evidence_that_may_still_come() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		serve_until(START + 540);
		set_time(START + 600);
		// The heartbeat at 9:00 could still be joined by one before 11:00.
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		assert!(lease(id).end_noted);
		assert_eq!(total(OWNER), RICH + 8_550);
		assert_eq!(LeaseEscrow::access_grant(DEVICE), None);
		assert!(!AccessGrants::<Runtime>::contains_key(DEVICE));
		set_time(START + 650);
		heartbeat(DEVICE);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		assert_eq!(total(OWNER), RICH + 9_500);
		nothing_is_left();
	});
}

#[test]
fn time_after_the_end_costs_the_tenant_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		rent(10);
		// Nobody settles, no block polls: the chain stands still for a month.
		serve_until(START + 300);
		set_time(START + 30 * DAY);
		heartbeat(DEVICE);
		poll();
		assert_eq!(total(OWNER) + total(TREASURY), RICH + ED + 5_000 - 2_500);
		nothing_is_left();
	});
}

#[test]
fn unknown_leases_are_told_from_closed_ones() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(LeaseEscrow::settle(signed(KEEPER), 1), Error::<Runtime>::UnknownLease);
		assert_noop!(
			LeaseEscrow::settle(signed(KEEPER), LeaseId::MAX),
			Error::<Runtime>::UnknownLease
		);
	});
}

#[test]
fn lost_evidence_moves_no_money() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		serve_until(START + 300);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		neighbours::Lost::<Runtime>::insert(id, ());
		assert_noop!(LeaseEscrow::settle(signed(KEEPER), id), Error::<Runtime>::EscrowMismatch);
	});
}

#[test]
fn proof_beyond_the_lease_earns_no_more_than_the_pot() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		neighbours::Tallies::<Runtime>::insert(id, 1_000);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		assert_eq!(total(OWNER) + total(TREASURY), RICH + ED + 10_000);
		pass_until(START + 720);
		nothing_is_left();
	});
}

#[test]
fn pause_after_a_lease_outlives_it() {
	ExtBuilder::default().terms(|terms| terms.turnaround = 1_800).build_and_execute(|| {
		let id = rent(10);
		serve_until(START + 620);
		assert!(Leases::<Runtime>::get(id).is_none());
		let quote = |start| LeaseEscrow::quote(OTHER, SERIES, DEVICE, Some(start), 10, None);
		assert_eq!(quote(START + 660).unwrap_err(), Error::<Runtime>::SlotTaken.into());
		assert_eq!(quote(START + 2_340).unwrap_err(), Error::<Runtime>::SlotTaken.into());
		assert!(quote(START + 2_400).is_ok());
		let free = |from| LeaseEscrow::availability(DEVICE, from, from + 600).unwrap().is_free;
		assert!(!free(START + 660) && free(START + 2_400));
		use tenure_primitives::traits::LeaseBook;
		assert_eq!(LeaseEscrow::booked_seconds(DEVICE, START + 620, START + 10_000), 1_780);
		assert_eq!(LeaseEscrow::taken(DEVICE, START + 620), [(START + 620, START + 2_400)]);
	});
}

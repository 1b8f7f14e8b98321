// SPDX-License-Identifier: Apache-2.0

//! Devices that governance retires: what is proven is paid, all the rest goes back.

use super::*;
use crate::{
	types::minute_of, AccessGrants, Calendars, Deadlines, HoldReason, Leases, LeasesBySeries,
	LeasesByTenant, Lifetimes, OwnerBond,
};
use tenure_primitives::{
	apis::LeaseState,
	traits::{DeviceLeases, LeaseBook},
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
	assert_eq!(LeasesBySeries::<Runtime>::iter().count(), 0);
	assert_eq!(Calendars::<Runtime>::iter().count(), 0);
	assert_eq!(AccessGrants::<Runtime>::iter().count(), 0);
}

#[test]
fn all_leases_close_at_once() {
	ExtBuilder::default().terms(|terms| terms.turnaround = 60).build_and_execute(|| {
		let running = rent(10);
		let ahead = rent_at(OTHER, Some(START + HOUR), 10);
		serve_until(START + 240);
		pass_until(START + 300);
		System::reset_events();
		assert_eq!(Neighbours::force_retire(DEVICE), Ok(2));

		// Four minutes are proven; no penalty for the fifth, nor for what is ahead.
		assert_eq!(total(OWNER), RICH + 3_800);
		assert_eq!(total(TREASURY), ED + 200);
		assert_eq!(total(TENANT), RICH - 4_000);
		assert_eq!((total(OTHER), free(OTHER)), (RICH, RICH));
		assert_eq!((units_of(TENANT), units_of(OTHER)), (0, 0));
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND, committed: 0 });
		nothing_is_left();
		let closed = |lease, tenant, proven_seconds, paid_to_payee, paid_to_protocol, refunded| {
			Event::LeaseClosed {
				lease,
				device: DEVICE,
				tenant,
				payee: OWNER,
				reason: CloseReason::ForceRetired,
				leased_seconds: 600,
				proven_seconds,
				paid_to_payee,
				paid_to_protocol,
				refunded,
				penalty: 0,
				returned_units: 0,
			}
		};
		assert_eq!(
			events(),
			[
				closed(running, TENANT, 240, 3_800, 200, 6_000),
				closed(ahead, OTHER, 0, 0, 0, 10_000)
			]
		);
		let totals = Lifetimes::<Runtime>::get(DEVICE);
		assert_eq!((totals.leases, totals.leased_seconds, totals.proven_seconds), (1, 300, 240));
		assert_eq!((totals.unclosed, totals.free_from), (0, 0));
		assert_eq!(LeaseEscrow::booked_seconds(DEVICE, now(), Moment::MAX), 0);
	});
}

#[test]
fn what_was_paid_before_counts() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		serve_until(START + 180);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		serve_until(START + 240);
		assert_ok!(Neighbours::force_retire(DEVICE));
		assert_eq!((total(OWNER), total(TENANT)), (RICH + 3_800, RICH - 4_000));
		nothing_is_left();
	});
}

#[test]
fn lease_that_ends_early_is_paid_as_at_its_close() {
	ExtBuilder::default().terms(|terms| terms.tenant_notice = 0).build_and_execute(|| {
		// Half of the units are kept, three minutes of which stand behind the time.
		let id = rent(10);
		serve_until(START + 120);
		assert_ok!(LeaseEscrow::end(signed(TENANT), id));
		let ended = lease(id);
		assert_eq!((ended.units, ended.rounding), (5, 2_000));
		let gross = ended.earned_at_close(120).unwrap();
		assert_ok!(Neighbours::force_retire(DEVICE));
		assert_eq!(total(OWNER) + total(TREASURY), RICH + ED + gross);
		assert_eq!(total(TENANT), RICH - 5_000 - gross);
		assert_eq!(units_of(TENANT), 5);
		nothing_is_left();
	});
}

#[test]
fn lease_that_was_due_to_be_closed_closes_as_it_would_have() {
	ExtBuilder::default().build_and_execute(|| {
		rent(10);
		let open = rent_at(OTHER, Some(START + 600), 10);
		serve_until(START + 300);
		// The chain stood still: the first is over and final, the second runs.
		set_time(START + 800);
		assert_eq!(Neighbours::force_retire(DEVICE), Ok(2));
		assert_eq!(total(TENANT), RICH - 5_000 + 2_500);
		assert_eq!(total(OTHER), RICH);
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND - 2_500, committed: 0 });
		assert!(matches!(
			last_event(),
			Event::LeaseClosed { lease, reason: CloseReason::ForceRetired, penalty: 0, .. }
				if lease == open
		));
		nothing_is_left();
	});
}

#[test]
fn lease_that_fails_stops_no_other_and_closes_later() {
	ExtBuilder::default().build_and_execute(|| {
		let bad = rent(10);
		rent_at(OTHER, Some(START + HOUR), 10);
		serve_until(START + 300);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), bad));
		neighbours::Lost::<Runtime>::insert(bad, ());
		System::reset_events();
		assert_eq!(Neighbours::force_retire(DEVICE), Ok(2));
		assert_eq!(
			events()[0],
			Event::SettlementDeferred {
				lease: bad,
				until_minute: minute_of(now()) + 1,
				error: Error::<Runtime>::EscrowMismatch.into(),
			}
		);
		assert_eq!(total(OTHER), RICH);
		// It waits for the sweep and opens no lock meanwhile.
		assert_eq!(Leases::<Runtime>::iter_keys().collect::<Vec<_>>(), [bad]);
		assert!(!AccessGrants::<Runtime>::contains_key(DEVICE));
		assert_eq!(LeaseEscrow::access_grant(DEVICE), None);
		assert!(!Calendars::<Runtime>::contains_key(DEVICE));
		assert_eq!(Lifetimes::<Runtime>::get(DEVICE).unclosed, 1);
		assert_eq!(LeaseEscrow::lease_details(bad).unwrap().state, LeaseState::Ended);
		assert_noop!(LeaseEscrow::end(signed(TENANT), bad), Error::<Runtime>::AlreadyOver);
		assert_ok!(LeaseEscrow::do_try_state());
		pass_until(START + 360);
		assert!(lease(bad).force_retired);
		assert_ok!(LeaseEscrow::do_try_state());

		neighbours::Lost::<Runtime>::remove(bad);
		pass_until(START + 600);
		assert_eq!((total(OWNER), total(TENANT)), (RICH + 4_750, RICH - 5_000));
		assert!(matches!(
			last_event(),
			Event::LeaseClosed { reason: CloseReason::ForceRetired, penalty: 0, .. }
		));
		assert_eq!(Lifetimes::<Runtime>::get(DEVICE).unclosed, 0);
		nothing_is_left();
	});
}

#[test]
fn anyone_may_settle_what_failed_before_its_start() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent_at(TENANT, Some(START + HOUR), 10);
		// Its money does not add up for a moment.
		Leases::<Runtime>::mutate(id, |lease| lease.as_mut().unwrap().paid_to_payee = 20_000);
		assert_ok!(Neighbours::force_retire(DEVICE));
		assert_eq!(lease(id).deadline, minute_of(START) + 1);
		assert_noop!(LeaseEscrow::cancel(signed(TENANT), id), Error::<Runtime>::AlreadyOver);
		assert!(LeaseEscrow::settle(signed(KEEPER), id).is_err());
		Leases::<Runtime>::mutate(id, |lease| lease.as_mut().unwrap().paid_to_payee = 0);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		assert_eq!(free(TENANT), RICH);
		nothing_is_left();
	});
}

#[test]
fn full_calendar_closes() {
	ExtBuilder::default().build_and_execute(|| {
		for minute in 100..156 {
			rent_at(TENANT, Some(START + minute * 60), 1);
		}
		for minute in 0..8 {
			rent_at(OTHER, Some(START + minute * 60), 1);
		}
		assert_eq!(Neighbours::force_retire(DEVICE), Ok(64));
		assert_eq!((free(TENANT), free(OTHER)), (RICH, RICH));
		nothing_is_left();
	});
}

#[test]
fn member_of_a_fleet_is_taken_out_first() {
	ExtBuilder::default().build_and_execute(|| {
		make_fleet();
		let [member, other] = MEMBERS;
		rent_of(FLEET_SERIES, member, TENANT, None, 10);
		rent_of(FLEET_SERIES, other, OTHER, Some(START + HOUR), 10);
		assert_eq!(Neighbours::force_retire(member), Ok(1));
		assert_eq!(free(TENANT), RICH);
		assert_eq!(Neighbours::noted_seconds(FLEET, START, Moment::MAX), 600);
	});
}

#[test]
fn device_without_leases_has_none_to_close() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(LeaseEscrow::force_closed(DEVICE), 0);
		assert_eq!(LeaseEscrow::force_closed(77), 0);
		assert!(!Lifetimes::<Runtime>::contains_key(77));
	});
}

// SPDX-License-Identifier: Apache-2.0

use super::*;
use crate::{
	types::minute_of, Calendars, Deadlines, Entry, HoldReason, LeasesByTenant, MinuteKey, OwnerBond,
};

#[test]
fn rent_waits_in_the_tenants_own_account() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		assert_eq!(id, 1);
		assert_eq!(rent_held(TENANT), 10_000);
		assert_eq!(held(HoldReason::LeaseRecord, TENANT), DEPOSIT);
		assert_eq!(free(TENANT), RICH - 10_000 - DEPOSIT);
		assert_eq!(total(OWNER), RICH);
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND, committed: 5_000 });
		assert_eq!(
			events(),
			[Event::LeaseBooked {
				lease: id,
				series: SERIES,
				device: DEVICE,
				tenant: TENANT,
				payee: OWNER,
				from: START,
				until: START + 600,
				units: 10,
				rent: 10_000,
				bond: 5_000,
			}]
		);
	});
}

#[test]
fn record_is_complete() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent_at(TENANT, Some(START + HOUR), 10);
		let lease = lease(id);
		assert_eq!((lease.from, lease.until), (START + HOUR, START + HOUR + 600));
		assert_eq!((lease.units, lease.unit_price, lease.escrowed), (10, PRICE, 10_000));
		assert_eq!((lease.evidence, lease.access_key), (HEARTBEAT, key_of(TENANT)));
		assert_eq!((lease.legal_document, lease.deposit), (TEXT, DEPOSIT));
		assert_eq!(lease.booked_at, START);
		// A fifth is left then.
		assert_eq!(lease.deadline, minute_of(lease.until) - 2);
		assert!(Deadlines::<Runtime>::contains_key(MinuteKey::from(lease.deadline), id));
		assert!(LeasesByTenant::<Runtime>::contains_key(TENANT, id));
		assert_eq!(
			Calendars::<Runtime>::get(DEVICE).to_vec(),
			[Entry {
				lease: id,
				from: lease.from,
				until: lease.until,
				free_from: lease.until,
				evidence: HEARTBEAT
			}]
		);
	});
}

#[test]
fn start_defaults_to_the_next_whole_minute() {
	ExtBuilder::default().build_and_execute(|| {
		set_time(START + 1);
		assert_eq!(lease(rent(1)).from, START + 60);
		set_time(START + 120);
		heartbeat(DEVICE);
		assert_eq!(lease(rent(1)).from, START + 120);
	});
}

#[test]
fn immediate_rent_works_with_no_advance_at_all() {
	ExtBuilder::default().terms(|terms| terms.advance_limit = 0).build_and_execute(|| {
		set_time(START + 1);
		rent(1);
		assert_noop!(
			LeaseEscrow::rent(
				signed(TENANT),
				SERIES,
				DEVICE,
				Some(START + 120),
				1,
				Balance::MAX,
				TEXT,
				key_of(TENANT),
				None
			),
			Error::<Runtime>::TooFarAhead
		);
	});
}

#[test]
fn device_with_a_smaller_gap_keeps_it() {
	ExtBuilder::default().device(|device| device.heartbeat_gap = 60).build_and_execute(|| {
		assert_eq!(lease(rent(1)).evidence.heartbeat_gap(), Some(60));
	});
}

#[test]
fn whole_balance_but_an_existential_deposit_can_be_spent() {
	let needed = 10_000 + DEPOSIT + ED;
	ExtBuilder::default().balance(TENANT, needed).build_and_execute(|| {
		rent(10);
		assert_eq!(free(TENANT), ED);
	});
	ExtBuilder::default().balance(TENANT, needed - 1).build_and_execute(|| {
		assert_noop!(
			LeaseEscrow::rent(
				signed(TENANT),
				SERIES,
				DEVICE,
				None,
				10,
				Balance::MAX,
				TEXT,
				key_of(TENANT),
				None
			),
			Error::<Runtime>::BalanceTooLow
		);
	});
}

#[test]
fn price_is_paid_up_to_the_maximum() {
	ExtBuilder::default().build_and_execute(|| {
		let rent = |max_cost| {
			LeaseEscrow::rent(
				signed(TENANT),
				SERIES,
				DEVICE,
				None,
				10,
				max_cost,
				TEXT,
				key_of(TENANT),
				None,
			)
		};
		assert_noop!(rent(9_999), Error::<Runtime>::CostAboveMax);
		assert_ok!(rent(10_000));
	});
}

#[test]
fn protocol_share_is_frozen() {
	ExtBuilder::default().build_and_execute(|| {
		rent(10);
		ProtocolShare::set(sp_runtime::Perbill::one());
		serve_until(START + 600);
		assert_eq!(total(OWNER), RICH + 9_500);
		assert_eq!(total(TREASURY), ED + 500);
	});
}

#[test]
fn frozen_balance_can_be_put_into_a_lease_and_is_paid() {
	ExtBuilder::default().build_and_execute(|| {
		use frame_support::traits::LockableCurrency;
		<Balances as LockableCurrency<_>>::set_lock(
			*b"vesting_",
			&TENANT,
			RICH,
			frame_support::traits::WithdrawReasons::all(),
		);
		rent(10);
		serve_until(START + 600);
		assert_eq!(total(TENANT), RICH - 10_000);
		assert_eq!(total(OWNER), RICH + 9_500);
	});
}

#[test]
fn leases_may_touch_but_not_overlap() {
	ExtBuilder::default().terms(|terms| terms.turnaround = 300).build_and_execute(|| {
		let at = |minute: Moment, units| {
			LeaseEscrow::rent(
				signed(OTHER),
				SERIES,
				DEVICE,
				Some(START + minute * 60),
				units,
				Balance::MAX,
				TEXT,
				key_of(OTHER),
				None,
			)
		};
		rent_at(TENANT, Some(START + 60 * 60), 10);
		let before = free(OTHER);
		for (minute, units) in [(60, 10), (69, 1), (74, 1), (50, 11), (50, 6), (40, 60)] {
			assert_noop!(at(minute, units), Error::<Runtime>::SlotTaken);
		}
		assert_eq!(free(OTHER), before);
		assert_ok!(at(75, 1));
		assert_ok!(at(50, 5));
	});
}

#[test]
fn some_entries_are_kept_for_immediate_leases() {
	ExtBuilder::default().build_and_execute(|| {
		let at = |minute: Moment| {
			LeaseEscrow::rent(
				signed(TENANT),
				SERIES,
				DEVICE,
				Some(START + minute * 60),
				1,
				Balance::MAX,
				TEXT,
				key_of(TENANT),
				None,
			)
		};
		for minute in 100..156 {
			assert_ok!(at(minute));
		}
		assert_noop!(at(99), Error::<Runtime>::CalendarFull);
		assert_noop!(at(61), Error::<Runtime>::CalendarFull);
		for minute in 53..61 {
			assert_ok!(at(minute));
		}
		assert_noop!(at(0), Error::<Runtime>::CalendarFull);
	});
}

#[test]
fn each_lease_commits_its_own_part_of_the_bond() {
	ExtBuilder::default().bond(9_990).build_and_execute(|| {
		rent(10);
		assert_noop!(
			LeaseEscrow::rent(
				signed(OTHER),
				SERIES,
				DEVICE,
				Some(START + HOUR),
				10,
				Balance::MAX,
				TEXT,
				key_of(OTHER),
				None
			),
			Error::<Runtime>::OwnerBondTooSmall
		);
		assert_ok!(LeaseEscrow::bond(signed(OWNER), ED));
		rent_at(OTHER, Some(START + HOUR), 10);
		assert_eq!(bond_of(OWNER), OwnerBond { held: 10_000, committed: 10_000 });
	});
}

#[test]
fn free_device_needs_no_bond() {
	ExtBuilder::default()
		.bond(0)
		.terms(|terms| terms.owner_penalty = sp_runtime::Perbill::zero())
		.build_and_execute(|| {
			rent(10);
			pass_until(START + 1_200);
			assert_eq!(total(TENANT), RICH);
		});
}

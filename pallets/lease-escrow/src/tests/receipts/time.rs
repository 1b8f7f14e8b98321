// SPDX-License-Identifier: Apache-2.0

//! To the second: starts, and what calendar and evidence see.

use super::*;
use crate::{weights::WeightInfo, Calendars, Lifetimes};
use frame_support::{dispatch::GetDispatchInfo, BoundedVec};
use tenure_primitives::traits::{DeviceCommitments, LeaseBook, LeaseWindows};

#[test]
fn lease_starts_at_once() {
	ExtBuilder::default().co_signed().build_and_execute(|| {
		set_time(START + 13);
		let id = rent(10);
		assert_eq!((lease(id).from, lease(id).until), (START + 13, START + 613));
		assert_eq!(LeaseEscrow::access_grant(DEVICE).map(|grant| grant.lease), Some(id));
		assert_noop!(LeaseEscrow::cancel(signed(TENANT), id), Error::<Runtime>::AlreadyStarted);
		let ahead = rent_at(TENANT, Some(START + 701), 1);
		assert_eq!(lease(ahead).from, START + 701);
		let touching = rent_at(OTHER, Some(START + 613), 1);
		assert_eq!(lease(touching).until, START + 673);
	});
}

#[test]
fn device_must_have_been_seen_within_its_own_gap() {
	let short_gap = ExtBuilder::default().co_signed().device(|device| device.heartbeat_gap = 60);
	short_gap.build_and_execute(|| {
		set_time(START + 61);
		let quote = |start| LeaseEscrow::quote(TENANT, SERIES, DEVICE, start, 10, None);
		assert_eq!(quote(None), Err(Error::<Runtime>::DeviceNotSeenLately.into()));
		assert_ok!(quote(Some(START + 122)));
		heartbeat(DEVICE);
		assert_ok!(quote(None));
	});
}

#[test]
fn heartbeats_see_only_leases_that_they_pay() {
	ExtBuilder::default().build_and_execute(|| {
		make_co_signed_series(60);
		let signed = rent_of(CO_SERIES, DEVICE, TENANT, None, 10);
		let served = rent_at(OTHER, Some(START + 600), 10);
		let seen: Vec<_> = LeaseEscrow::lease_windows(DEVICE, START, START + DAY)
			.into_iter()
			.map(|window| window.lease)
			.collect();
		assert_eq!(seen, [served]);
		assert!(LeaseEscrow::receipt_terms(signed).is_some());
		assert!(LeaseEscrow::receipt_terms(served).unwrap().evidence.heartbeat_gap().is_some());
		assert_eq!(LeaseEscrow::receipt_terms(77), None);
	});
}

#[test]
fn lease_that_is_over_leaves_the_calendar_before_its_receipts_are_final() {
	ExtBuilder::default().co_signed().terms(|terms| terms.turnaround = 60).build_and_execute(
		|| {
			let first = rent(10);
			let listed = || {
				let calendar = Calendars::<Runtime>::get(DEVICE);
				calendar.iter().map(|entry| entry.lease).collect::<Vec<_>>()
			};
			// Its pause is just over.
			set_time(START + 660);
			let second = rent(1);
			assert_eq!(listed(), [first, second]);
			set_time(START + 800);
			let third = rent_at(TENANT, Some(START + HOUR), 1);
			assert_eq!(listed(), [third]);
			assert_eq!(Lifetimes::<Runtime>::get(DEVICE).unclosed, 2);
			assert!(LeaseEscrow::is_committed(DEVICE) && LeaseEscrow::has_open_leases(SERIES));
			assert_ok!(LeaseEscrow::do_try_state());
			sign(first, 600);
			pass_until(START + 900);
			assert!(is_closed(first));
			assert_eq!(Lifetimes::<Runtime>::get(DEVICE).unclosed, 1);
			wait_for_close(second);
			assert_eq!(Lifetimes::<Runtime>::get(DEVICE).unclosed, 0);
		},
	);
}

#[test]
fn weight_is_that_of_what_was_done() {
	type Weights = ();
	ExtBuilder::default().co_signed().build_and_execute(|| {
		let settle = |id| LeaseEscrow::settle(signed(KEEPER), id).unwrap().actual_weight;
		let id = rent(10);
		let other = rent_at(OTHER, Some(START + 600), 10);
		let call = crate::Call::<Runtime>::settle { lease: id };
		let heaviest = Weights::settle_close_receipts();
		assert!(heaviest.all_lte(call.get_dispatch_info().call_weight));
		assert_eq!(settle(id), Some(Weights::settle()));
		set_time(START + DAY + 1_200);
		assert_eq!(settle(id), Some(heaviest));
		let leases = BoundedVec::truncate_from(vec![other]);
		assert_eq!(
			LeaseEscrow::claim(signed(KEEPER), leases).unwrap().actual_weight,
			Some(Weights::claim(0) + heaviest)
		);

		heartbeat(DEVICE);
		rent(10);
		let used = {
			set_time(START + 3 * DAY);
			poll()
		};
		assert_eq!(used, Weights::sweep_base() + Weights::sweep_close_receipts());
	});
}

#[test]
fn receipts_have_their_day_after_a_chain_that_slept() {
	for signed_seconds in [600, 300] {
		ExtBuilder::default().co_signed().outages(120).build_and_execute(|| {
			let id = rent(10);
			pass_until(START + 600);
			// Nobody could bring any for a day. The sweep comes before all transactions.
			set_time(START + 600 + RECEIPT_WINDOW);
			OutageThreshold::set(u32::MAX);
			poll();
			assert!(!is_closed(id));
			sign(id, signed_seconds);
			if signed_seconds < 600 {
				set_time(START + 600 + 2 * RECEIPT_WINDOW - 1);
				poll();
				assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
				assert!(!is_closed(id));
				set_time(START + 600 + 2 * RECEIPT_WINDOW);
			}
			assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
			let paid = if signed_seconds < 600 { 5_550 } else { 10_000 };
			assert_eq!(closed()[0].1, paid);
		});
	}
}

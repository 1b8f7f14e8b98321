// SPDX-License-Identifier: Apache-2.0

//! Leases of another series that go on where a lease ends.

use super::*;
use crate::{Calendars, Leases, OwnerBond};
use tenure_primitives::{traits::LeaseBook, Acceptance, SeriesId, SeriesInfo, Units};

/// Another series of the device: heartbeats, half the price.
const NEXT: SeriesId = 4;
const NEXT_PRICE: Balance = 500;

fn make_next(change: impl FnOnce(&mut SeriesInfo<AccountId>)) {
	let mut series = neighbours::Series::<Runtime>::get(SERIES).unwrap();
	series.id = NEXT;
	series.sale.unit_price = NEXT_PRICE;
	change(&mut series);
	neighbours::Series::<Runtime>::insert(NEXT, series);
}

/// Each series keeps two minutes free after its leases.
fn paused() -> ExtBuilder {
	ExtBuilder::default().terms(|terms| terms.turnaround = 120)
}

fn follow(id: LeaseId, units: Units) -> frame_support::pallet_prelude::DispatchResult {
	LeaseEscrow::follow(signed(TENANT), id, NEXT, units, Balance::MAX, TEXT, None)
}

/// Ten minutes from now on, and ten of the other series after them.
fn two() -> (LeaseId, LeaseId) {
	make_next(|_| {});
	let id = rent(10);
	assert_ok!(follow(id, 10));
	(id, id + 1)
}

/// The taken stretches, in seconds from the start.
fn taken() -> Vec<(Moment, Moment)> {
	Calendars::<Runtime>::get(DEVICE)
		.iter()
		.map(|entry| (entry.from - START, entry.free_from - START))
		.collect()
}

#[test]
fn lease_goes_on_in_another_series_without_a_pause() {
	paused().build_and_execute(|| {
		make_next(|_| {});
		let id = rent(10);
		assert_eq!(taken(), [(0, 720)]);
		System::reset_events();
		assert_ok!(LeaseEscrow::follow(signed(TENANT), id, NEXT, 10, 5_000, TEXT, None));
		assert_eq!(
			events(),
			[
				Event::LeaseBooked {
					lease: id + 1,
					series: NEXT,
					device: DEVICE,
					tenant: TENANT,
					payee: OWNER,
					from: START + 600,
					until: START + 1_200,
					units: 10,
					rent: 5_000,
					bond: 2_500,
				},
				Event::LeaseLinked { lease: id + 1, previous: id },
			]
		);
		assert_eq!(taken(), [(0, 600), (600, 1_320)]);
		assert_eq!((lease(id + 1).previous, lease(id).previous), (Some(id), None));
		assert_eq!(LeaseEscrow::lease_details(id + 1).unwrap().previous, Some(id));
		assert_eq!(lease(id + 1).access_key, key_of(TENANT));
		assert_eq!(rent_held(TENANT), 15_000);
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND, committed: 7_500 });
		assert_eq!(LeaseEscrow::booked_seconds(DEVICE, START, Moment::MAX), 1_320);

		serve_until(START + 1_200);
		assert_eq!(Leases::<Runtime>::iter().count(), 0);
		assert_eq!((total(OWNER), total(TREASURY)), (RICH + 14_250, ED + 750));
		assert_eq!((free(TENANT), total(TENANT)), (RICH - 15_000, RICH - 15_000));
	});
}

#[test]
fn own_units_are_used_first() {
	ExtBuilder::default().build_and_execute(|| {
		make_next(|_| {});
		assert_ok!(Neighbours::buy(NEXT, TENANT, 3));
		let id = rent(10);
		let follow = |max| LeaseEscrow::follow(signed(TENANT), id, NEXT, 10, max, TEXT, None);
		assert_noop!(follow(3_499), Error::<Runtime>::CostAboveMax);
		assert_ok!(follow(3_500));
		assert_eq!(neighbours::UnitsOf::<Runtime>::get(NEXT, TENANT), 0);
		assert_eq!((rent_held(TENANT), total(TENANT)), (15_000, RICH));
	});
}

#[test]
fn refusals_of_a_lease_that_goes_on() {
	let money = 10_000 + 5_000 + 2 * DEPOSIT + ED;
	paused().balance(TENANT, money).bond(7_490).build_and_execute(|| {
		make_next(|_| {});
		let refused = |id, units, error: sp_runtime::DispatchError| {
			assert_noop!(follow(id, units), error);
		};
		refused(1, 10, Error::<Runtime>::UnknownLease.into());
		let id = rent(10);
		assert_noop!(
			LeaseEscrow::follow(signed(OTHER), id, NEXT, 10, Balance::MAX, TEXT, None),
			Error::<Runtime>::NotTenant
		);
		assert_noop!(
			LeaseEscrow::follow(signed(TENANT), id, SERIES, 10, Balance::MAX, TEXT, None),
			Error::<Runtime>::SameSeries
		);
		refused(id, 0, Error::<Runtime>::ZeroUnits.into());
		refused(id, 10, Error::<Runtime>::OwnerBondTooSmall.into());
		assert_ok!(LeaseEscrow::bond(signed(OWNER), ED));
		assert_noop!(
			LeaseEscrow::follow(
				signed(TENANT),
				id,
				NEXT,
				10,
				Balance::MAX,
				Default::default(),
				None
			),
			Error::<Runtime>::WrongLegalDocument
		);
		assert_ok!(<Balances as frame_support::traits::fungible::Mutate<_>>::transfer(
			&TENANT,
			&OTHER,
			1,
			frame_support::traits::tokens::Preservation::Preserve
		));
		refused(id, 10, Error::<Runtime>::BalanceTooLow.into());
		assert_ok!(follow(id, 8));
		// There is one already.
		refused(id, 1, Error::<Runtime>::SlotTaken.into());
		set_time(START + 600);
		refused(id, 1, Error::<Runtime>::AlreadyOver.into());
	});
}

#[test]
fn lease_with_one_after_it_is_not_extended() {
	paused().build_and_execute(|| {
		let (first, second) = two();
		assert_noop!(
			LeaseEscrow::extend(signed(TENANT), first, 1, Balance::MAX),
			Error::<Runtime>::SlotTaken
		);
		assert_ok!(LeaseEscrow::extend(signed(TENANT), second, 1, Balance::MAX));
		assert_eq!(taken(), [(0, 600), (600, 1_380)]);
	});
}

#[test]
fn pause_comes_back_with_a_cancel_or_a_revocation() {
	paused().build_and_execute(|| {
		let (_, second) = two();
		assert_ok!(LeaseEscrow::cancel(signed(TENANT), second));
		assert_eq!(taken(), [(0, 720)]);
	});
	paused().build_and_execute(|| {
		let (first, second) = two();
		assert_ok!(LeaseEscrow::revoke(signed(OWNER), second));
		assert_eq!(taken(), [(0, 720)]);
		assert_eq!(lease(first).waived_pause, 0);
		// And goes again.
		assert_ok!(follow(first, 5));
		assert_eq!(taken(), [(0, 600), (600, 1_020)]);
	});
}

#[test]
fn pause_comes_back_as_far_as_there_is_room() {
	paused().terms(|terms| terms.turnaround = 120).build_and_execute(|| {
		make_next(|series| series.terms.turnaround = 0);
		let first = rent(10);
		assert_ok!(follow(first, 1));
		let third = rent_at(OTHER, Some(START + 660), 10);
		assert_ok!(LeaseEscrow::cancel(signed(TENANT), first + 1));
		assert_eq!(taken(), [(0, 660), (660, 1_380)]);
		assert_eq!(lease(first).waived_pause, 60);
		// An early end leaves room for all of it.
		serve_until(START + 60);
		assert_ok!(LeaseEscrow::end(signed(TENANT), first));
		assert_eq!(taken(), [(0, 240), (660, 1_380)]);
		assert_eq!(lease(third).from, START + 660);
	});
}

#[test]
fn longer_lease_has_its_whole_pause_again() {
	paused().build_and_execute(|| {
		make_next(|series| series.terms.turnaround = 0);
		let first = rent(10);
		assert_ok!(follow(first, 1));
		let third = rent_at(OTHER, Some(START + 660), 10);
		assert_ok!(LeaseEscrow::cancel(signed(TENANT), first + 1));
		assert_ok!(LeaseEscrow::revoke(signed(OWNER), third));
		assert_eq!(taken(), [(0, 660)]);
		assert_ok!(LeaseEscrow::extend(signed(TENANT), first, 1, Balance::MAX));
		assert_eq!(taken(), [(0, 780)]);
		assert_eq!(lease(first).waived_pause, 0);
	});
}

#[test]
fn early_end_leaves_the_next_lease_where_it_is() {
	paused().build_and_execute(|| {
		let (first, second) = two();
		serve_until(START + 60);
		assert_ok!(LeaseEscrow::end(signed(TENANT), first));
		assert_eq!(taken(), [(0, 240), (600, 1_320)]);
		// It has come back already.
		assert_ok!(LeaseEscrow::cancel(signed(TENANT), second));
		assert_eq!(taken(), [(0, 240)]);
	});
	// So does a revocation, a minute before the end: a minute's pause is all there is.
	paused().build_and_execute(|| {
		let (first, _) = two();
		serve_until(START + 480);
		assert_ok!(LeaseEscrow::revoke(signed(OWNER), first));
		assert_eq!(lease(first).until, START + 540);
		assert_eq!(taken(), [(0, 600), (600, 1_320)]);
	});
}

#[test]
fn chain_of_leases_loses_its_middle() {
	paused().build_and_execute(|| {
		let (first, second) = two();
		assert_ok!(LeaseEscrow::follow(
			signed(TENANT),
			second,
			SERIES,
			10,
			Balance::MAX,
			TEXT,
			None
		));
		assert_eq!(taken(), [(0, 600), (600, 1_200), (1_200, 1_920)]);
		assert_ok!(LeaseEscrow::cancel(signed(TENANT), second));
		assert_eq!(taken(), [(0, 720), (1_200, 1_920)]);
		assert_ok!(LeaseEscrow::cancel(signed(TENANT), second + 1));
		assert_eq!(taken(), [(0, 720)]);
		assert_eq!(lease(first).waived_pause, 0);
	});
}

#[test]
fn fleet_hears_of_the_waived_pause() {
	paused().build_and_execute(|| {
		make_fleet();
		make_next(|series| series.subject = tenure_primitives::Subject::Fleet(FLEET));
		let noted = || Neighbours::noted_seconds(FLEET, START, Moment::MAX);
		let id = rent_of(FLEET_SERIES, MEMBERS[0], TENANT, None, 10);
		assert_eq!(noted(), 720);
		assert_ok!(follow(id, 10));
		assert_eq!(noted(), 1_320);
		assert_ok!(LeaseEscrow::cancel(signed(TENANT), id + 1));
		assert_eq!(noted(), 720);
		assert_ok!(follow(id, 10));
		assert_eq!(noted(), 1_320);
		// The first ends at 2:00, its pause at 4:00.
		set_time(START + 60);
		assert_ok!(LeaseEscrow::end(signed(TENANT), id));
		assert_eq!(noted(), 240 + 720);
		assert_ok!(Neighbours::do_try_state());
	});
}

#[test]
fn next_lease_may_have_to_be_accepted() {
	paused().build_and_execute(|| {
		make_next(|series| {
			series.terms.acceptance = Acceptance::Manual { deadline: DEADLINE };
		});
		let id = rent(10);
		assert_ok!(follow(id, 10));
		assert!(lease(id + 1).is_request());
		assert_eq!(taken(), [(0, 720)]);
		assert_ok!(LeaseEscrow::accept(signed(OWNER), id + 1));
		assert_eq!(taken(), [(0, 600), (600, 1_320)]);
		assert_ok!(LeaseEscrow::revoke(signed(OWNER), id + 1));
		assert_eq!(taken(), [(0, 720)]);
		// One that nobody accepts changes nothing.
		assert_ok!(follow(id, 10));
		assert_ok!(LeaseEscrow::decline(signed(OWNER), id + 2));
		assert_eq!(taken(), [(0, 720)]);
	});
}

#[test]
fn own_units_that_go_on_come_back_as_units_when_their_time_is_taken() {
	let units = || neighbours::UnitsOf::<Runtime>::get(NEXT, TENANT);
	for (own, returned) in [(0, 0), (1, 10), (10, 10)] {
		ExtBuilder::default().build_and_execute(|| {
			make_next(|series| {
				series.terms.acceptance = Acceptance::Manual { deadline: DEADLINE };
			});
			let id = rent(10);
			if own > 0 {
				assert_ok!(Neighbours::buy(NEXT, TENANT, own));
			}
			assert_ok!(follow(id, 10));
			assert_eq!(lease(id + 1).own_units, own > 0);
			// The tenant itself takes the time.
			assert_ok!(LeaseEscrow::extend(signed(TENANT), id, 5, Balance::MAX));
			assert_ok!(LeaseEscrow::decline(signed(OWNER), id + 1));
			assert_eq!(units(), returned);
			let paid = 15_000 + Balance::from(returned) * NEXT_PRICE;
			assert_eq!(free(TENANT), RICH - paid - DEPOSIT);
		});
	}
}

#[test]
fn owner_that_accepts_needs_its_time_before_a_lease_goes_on() {
	ExtBuilder::default().build_and_execute(|| {
		make_next(|series| {
			series.terms.acceptance = Acceptance::Manual { deadline: DEADLINE };
		});
		let id = rent(10);
		serve_until(START + 60);
		assert_noop!(follow(id, 10), Error::<Runtime>::StartTooSoon);
	});
}

#[test]
fn heartbeats_follow_receipts_on_whole_minutes_only() {
	ExtBuilder::default().build_and_execute(|| {
		make_co_signed_series(90);
		let id = rent_of(CO_SERIES, DEVICE, TENANT, None, 1);
		let follow =
			|id| LeaseEscrow::follow(signed(TENANT), id, SERIES, 10, Balance::MAX, TEXT, None);
		assert_noop!(follow(id), Error::<Runtime>::NotWholeMinute);
		assert_ok!(LeaseEscrow::extend(signed(TENANT), id, 1, Balance::MAX));
		assert_ok!(follow(id));
		assert_eq!(lease(id + 1).from, START + 180);
	});
}

#[test]
fn both_close_when_the_device_is_retired() {
	paused().build_and_execute(|| {
		two();
		assert_eq!(Neighbours::force_retire(DEVICE), Ok(2));
		assert_eq!((free(TENANT), total(OWNER)), (RICH, RICH));
	});
	// Its new owner serves the second only.
	paused().build_and_execute(|| {
		let (first, second) = two();
		assert_ok!(LeaseEscrow::bond(signed(OTHER), 10_000));
		assert_eq!(Neighbours::transfer(DEVICE, OTHER), Ok(1));
		assert_eq!((lease(first).payee, lease(second).payee), (OWNER, OTHER));
		serve_until(START + 1_200);
		assert_eq!((total(OWNER), total(OTHER)), (RICH + 9_500, RICH + 4_750));
	});
}

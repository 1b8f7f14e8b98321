// SPDX-License-Identifier: Apache-2.0

//! Leases that the owner of the device has to accept.

use super::*;
use crate::{
	types::{minute_from, minute_of},
	AccessGrants, Calendars, Deadlines, HoldReason, Leases, Lifetimes, MinuteKey, OwnerBond,
	Requests, MAX_REQUESTS,
};
use tenure_primitives::{
	apis::LeaseState,
	traits::{DeviceCommitments, LeaseBook, LeaseWindows},
	Acceptance, DeviceStatus, PublicKey, Units,
};

/// The series of the device takes leases only if its owner accepts them, within ten minutes.
fn manual() -> ExtBuilder {
	ExtBuilder::default()
		.terms(|terms| terms.acceptance = Acceptance::Manual { deadline: DEADLINE })
}

/// A request for ten minutes in an hour.
fn request() -> LeaseId {
	rent_at(TENANT, Some(START + HOUR), 10)
}

fn accept(id: LeaseId) -> frame_support::pallet_prelude::DispatchResult {
	LeaseEscrow::accept(signed(OWNER), id)
}

/// A request of the tenant's for ten minutes in an hour, of units that it had.
fn request_of_units() -> LeaseId {
	assert_ok!(Neighbours::buy(SERIES, TENANT, 10));
	book_at(TENANT, Some(START + HOUR), 10)
}

/// Somebody else's lease of a part of that time.
fn take_the_place() {
	let id = rent_at(OTHER, Some(START + HOUR + 300), 1);
	assert_ok!(accept(id));
}

/// Units of the series sold and neither redeemed nor paid back.
fn sold() -> Units {
	neighbours::Sold::<Runtime>::get(SERIES)
}

/// All of the tenant's is free again, and nothing of the request is left.
fn all_came_back() {
	assert_eq!((free(TENANT), total(TENANT)), (RICH, RICH));
	assert_eq!((total(OWNER), total(TREASURY)), (RICH, ED));
	assert_eq!(bond_of(OWNER), OwnerBond { held: BOND, committed: 0 });
	assert_eq!(units_of(TENANT), 0);
	nothing_is_left();
}

fn nothing_is_left() {
	assert_eq!(Leases::<Runtime>::iter().count(), 0);
	assert_eq!(Requests::<Runtime>::iter().count(), 0);
	assert_eq!(Deadlines::<Runtime>::iter().count(), 0);
	assert_eq!(Calendars::<Runtime>::iter().count(), 0);
	assert_eq!(Lifetimes::<Runtime>::iter().count(), 0);
	assert_eq!(LeaseEscrow::booked_seconds(DEVICE, now(), Moment::MAX), 0);
	assert_eq!(sold(), units_of(TENANT));
}

fn closed(lease: LeaseId, reason: CloseReason, refunded: Balance, units: Units) -> Event<Runtime> {
	Event::LeaseClosed {
		lease,
		device: DEVICE,
		tenant: TENANT,
		payee: OWNER,
		reason,
		leased_seconds: 600,
		proven_seconds: 0,
		paid_to_payee: 0,
		paid_to_protocol: 0,
		refunded,
		penalty: 0,
		returned_units: units,
	}
}

#[test]
fn request_holds_the_rent_and_takes_no_slot() {
	manual().build_and_execute(|| {
		let id = request();
		assert_eq!(
			events(),
			[Event::LeaseRequested {
				lease: id,
				series: SERIES,
				device: DEVICE,
				tenant: TENANT,
				from: START + HOUR,
				until: START + HOUR + 600,
				units: 10,
				rent: 10_000,
				requested_until: START + 600,
			}]
		);
		assert_eq!((rent_held(TENANT), held(HoldReason::LeaseRecord, TENANT)), (10_000, DEPOSIT));
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND, committed: 0 });
		assert!(!Calendars::<Runtime>::contains_key(DEVICE));
		assert!(!AccessGrants::<Runtime>::contains_key(DEVICE));
		assert_eq!(LeaseEscrow::requests(DEVICE), [id]);
		assert_eq!(LeaseEscrow::booked_seconds(DEVICE, START, Moment::MAX), 600);
		assert_eq!(LeaseEscrow::taken(DEVICE, START), [(START + HOUR, START + HOUR + 600)]);
		assert!(LeaseEscrow::is_committed(DEVICE) && LeaseEscrow::has_open_leases(SERIES));
		assert!(LeaseEscrow::receipt_terms(id).is_none());
		let details = LeaseEscrow::lease_details(id).unwrap();
		assert_eq!(details.state, LeaseState::Requested);
		assert_eq!(details.requested_until, Some(START + 600));
		let deadlines: Vec<_> = Deadlines::<Runtime>::iter_keys().collect();
		assert_eq!(deadlines, [(MinuteKey::from(minute_from(START + 600)), id)]);
		// Nobody is paid for it, and it waits on.
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		assert!(lease(id).is_request());
	});
}

#[test]
fn accepted_request_is_a_lease_like_others() {
	manual().build_and_execute(|| {
		let id = request();
		set_time(START + 599);
		System::reset_events();
		assert_ok!(accept(id));
		assert_eq!(events(), [Event::LeaseAccepted { lease: id, payee: OWNER, bond: 5_000 }]);
		let accepted = lease(id);
		assert_eq!((accepted.requested_until, accepted.bond), (None, 5_000));
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND, committed: 5_000 });
		assert_eq!(Calendars::<Runtime>::get(DEVICE)[0], accepted.entry(id));
		assert_eq!(AccessGrants::<Runtime>::get(DEVICE).unwrap().current, Some(accepted.grant(id)));
		assert!(LeaseEscrow::requests(DEVICE).is_empty());
		assert_eq!(LeaseEscrow::booked_seconds(DEVICE, START, Moment::MAX), 600);
		let deadlines: Vec<_> = Deadlines::<Runtime>::iter_keys().collect();
		// A fifth of it is left then.
		assert_eq!(deadlines, [(MinuteKey::from(minute_of(START + HOUR + 480)), id)]);
		assert_eq!(LeaseEscrow::lease_details(id).unwrap().state, LeaseState::Booked);
		assert_noop!(accept(id), Error::<Runtime>::NotRequested);
		assert_noop!(LeaseEscrow::decline(signed(OWNER), id), Error::<Runtime>::NotRequested);
		serve_until(START + HOUR + 600);
		assert_eq!((total(OWNER), total(TREASURY)), (RICH + 9_500, ED + 500));
		assert_eq!((free(TENANT), total(TENANT)), (RICH - 10_000, RICH - 10_000));
	});
}

#[test]
fn declined_request_gives_all_back_in_money() {
	manual().build_and_execute(|| {
		let id = request();
		System::reset_events();
		assert_noop!(LeaseEscrow::decline(signed(OTHER), id), Error::<Runtime>::NotDeviceOwner);
		assert_ok!(LeaseEscrow::decline(signed(OWNER), id));
		assert_eq!(events(), [closed(id, CloseReason::Declined, 10_000, 0)]);
		all_came_back();
		assert_noop!(LeaseEscrow::decline(signed(OWNER), id), Error::<Runtime>::LeaseClosed);
	});
}

#[test]
fn silence_gives_all_back_by_the_sweep() {
	manual().build_and_execute(|| {
		let id = request();
		System::reset_events();
		pass_until(START + 599);
		assert!(lease(id).is_request());
		pass_until(START + 600);
		assert_eq!(events(), [closed(id, CloseReason::Declined, 10_000, 0)]);
		all_came_back();
	});
}

#[test]
fn silence_gives_all_back_by_settling() {
	manual().build_and_execute(|| {
		let id = request();
		set_time(START + 600);
		assert!(LeaseEscrow::requests(DEVICE).is_empty());
		assert_noop!(accept(id), Error::<Runtime>::RequestLapsed);
		assert_noop!(LeaseEscrow::cancel(signed(TENANT), id), Error::<Runtime>::RequestLapsed);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		all_came_back();
	});
}

#[test]
fn request_lapses_at_its_start_at_the_latest() {
	manual().build_and_execute(|| {
		let id = rent_at(TENANT, Some(START + 600), 10);
		assert_eq!(lease(id).requested_until, Some(START + 600));
		// Long after the end of what would have been a lease.
		set_time(START + DAY);
		assert_noop!(LeaseEscrow::end(signed(TENANT), id), Error::<Runtime>::RequestPending);
		assert_noop!(LeaseEscrow::cancel(signed(TENANT), id), Error::<Runtime>::RequestLapsed);
		assert!(LeaseEscrow::receipt_terms(id).is_none());
		poll();
		all_came_back();
	});
}

#[test]
fn tenant_takes_a_request_back_as_units() {
	manual().build_and_execute(|| {
		let id = request();
		System::reset_events();
		assert_noop!(LeaseEscrow::cancel(signed(OTHER), id), Error::<Runtime>::NotTenant);
		assert_ok!(LeaseEscrow::cancel(signed(TENANT), id));
		assert_eq!(
			events(),
			[
				Event::LeaseCancelled { lease: id, returned_units: 10, kept_units: 0 },
				closed(id, CloseReason::Cancelled, 0, 10)
			]
		);
		assert_eq!(units_of(TENANT), 10);
		assert_eq!((free(TENANT), total(TENANT)), (RICH - 10_000, RICH - 10_000));
		assert_eq!(total(OWNER), RICH);
		nothing_is_left();
	});
}

#[test]
fn request_needs_a_start_ahead() {
	manual().build_and_execute(|| {
		let rent = |start| {
			LeaseEscrow::rent(
				signed(TENANT),
				SERIES,
				DEVICE,
				start,
				10,
				Balance::MAX,
				TEXT,
				key_of(TENANT),
				None,
			)
		};
		assert_noop!(rent(None), Error::<Runtime>::StartMissing);
		assert_noop!(rent(Some(START - 60)), Error::<Runtime>::StartInPast);
		assert_noop!(rent(Some(START)), Error::<Runtime>::StartTooSoon);
		let quote = |start| LeaseEscrow::quote(TENANT, SERIES, DEVICE, start, 10, None);
		assert_eq!(quote(None), Err(Error::<Runtime>::StartMissing.into()));
		assert_eq!(quote(Some(START + 600)).map(|quote| quote.owner_bond), Ok(5_000));
		assert_ok!(Neighbours::buy(SERIES, TENANT, 10));
		let id = book_at(TENANT, Some(START + 600), 10);
		assert!(lease(id).is_request());
		assert_ok!(accept(id));
	});
}

#[test]
fn owner_that_had_no_time_to_answer_makes_no_money_of_units() {
	manual().build_and_execute(|| {
		// They would be money at par a minute later.
		assert_ok!(Neighbours::buy(SERIES, TENANT, 10));
		let book = |start| {
			LeaseEscrow::book(
				signed(TENANT),
				SERIES,
				DEVICE,
				Some(start),
				10,
				TEXT,
				key_of(TENANT),
				None,
			)
		};
		assert_noop!(book(START + 60), Error::<Runtime>::StartTooSoon);
		assert_noop!(book(START + 540), Error::<Runtime>::StartTooSoon);
		let quote = LeaseEscrow::quote(TENANT, SERIES, DEVICE, Some(START + 540), 10, None);
		assert_eq!(quote, Err(Error::<Runtime>::StartTooSoon.into()));
		assert_ok!(book(START + 600));
		assert_eq!(lease(1).requested_until, Some(START + 600));
	});
}

#[test]
fn requests_that_no_lease_comes_of_leave_the_cap_alone() {
	manual().sale(|sale| sale.cap = 10).build_and_execute(|| {
		let full = || {
			assert_noop!(Neighbours::buy(SERIES, OTHER, 1), neighbours::Error::<Runtime>::SoldOut);
		};
		let id = request();
		full();
		assert_ok!(LeaseEscrow::decline(signed(OWNER), id));
		assert_eq!(sold(), 0);
		request();
		full();
		pass_until(START + 600);
		assert_eq!(sold(), 0);
		let id = request();
		full();
		set_time(now() + 600);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		assert_eq!(sold(), 0);
		// Units that were out before are gone like redeemed ones.
		request_of_units();
		full();
		assert_ok!(LeaseEscrow::decline(signed(OWNER), id + 1));
		assert_eq!((sold(), units_of(TENANT)), (0, 0));
		// What comes back as units stays sold.
		let id = request();
		assert_ok!(LeaseEscrow::cancel(signed(TENANT), id));
		full();
		assert_ok!(Neighbours::redeem(SERIES, TENANT, 10));
		request();
		assert_eq!(Neighbours::force_retire(DEVICE), Ok(1));
		all_came_back();
	});
}

#[test]
fn own_units_whose_time_another_lease_takes_come_back_as_units() {
	let ends: [fn(LeaseId); 3] = [
		|_| pass_until(START + 600),
		|id| {
			assert_ok!(LeaseEscrow::decline(signed(OWNER), id));
		},
		|id| {
			set_time(START + 600);
			assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		},
	];
	for end in ends {
		manual().build_and_execute(|| {
			let id = request_of_units();
			take_the_place();
			assert_noop!(accept(id), Error::<Runtime>::SlotTaken);
			System::reset_events();
			end(id);
			assert_eq!(events(), [closed(id, CloseReason::Declined, 0, 10)]);
			assert_eq!((units_of(TENANT), sold()), (10, 11));
			assert_eq!((free(TENANT), rent_held(TENANT)), (RICH - 10_000, 0));
		});
		// Its time is free: the owner did not want it.
		manual().build_and_execute(|| {
			let id = request_of_units();
			System::reset_events();
			end(id);
			assert_eq!(events(), [closed(id, CloseReason::Declined, 10_000, 0)]);
			all_came_back();
		});
		// Only money went in.
		manual().build_and_execute(|| {
			let id = request();
			take_the_place();
			System::reset_events();
			end(id);
			assert_eq!(events(), [closed(id, CloseReason::Declined, 10_000, 0)]);
			assert_eq!((free(TENANT), units_of(TENANT), sold()), (RICH, 0, 1));
		});
	}
}

#[test]
fn own_units_come_back_at_par_when_governance_or_a_fault_is_the_cause() {
	manual().build_and_execute(|| {
		request_of_units();
		take_the_place();
		assert_eq!(Neighbours::force_retire(DEVICE), Ok(2));
		assert_eq!((free(TENANT), units_of(TENANT), sold()), (RICH, 0, 1));
	});
	manual().build_and_execute(|| {
		let id = request_of_units();
		take_the_place();
		neighbours::Stuck::<Runtime>::insert(SERIES, ());
		System::reset_events();
		assert_ok!(LeaseEscrow::decline(signed(OWNER), id));
		let error = neighbours::Error::<Runtime>::UnitsStuck.into();
		assert_eq!(
			events(),
			[
				Event::UnitsNotReturned { lease: id, units: 10, error },
				closed(id, CloseReason::Declined, 10_000, 0)
			]
		);
		assert_eq!((free(TENANT), units_of(TENANT), sold()), (RICH, 0, 1));
	});
}

#[test]
fn refusing_weighs_more_than_what_it_may_do() {
	let refuse = LeaseEscrow::weight_to_refuse();
	assert!(LeaseEscrow::heaviest_settlement().all_gte(refuse));
	assert!(LeaseEscrow::heaviest_step().all_gte(refuse));
	manual().build_and_execute(|| {
		let id = request();
		set_time(START + 600);
		let settled = LeaseEscrow::settle(signed(KEEPER), id).unwrap();
		assert_eq!(settled.actual_weight, Some(refuse));
		request();
		set_time(START + 1_200);
		assert_eq!(poll(), idle_weight() + refuse);
	});
}

#[test]
fn sixteen_requests_wait_at_most() {
	manual().build_and_execute(|| {
		// They may be for the same hour.
		for _ in 0..MAX_REQUESTS {
			request();
		}
		let again = || {
			LeaseEscrow::rent(
				signed(OTHER),
				SERIES,
				DEVICE,
				Some(START + HOUR),
				1,
				Balance::MAX,
				TEXT,
				key_of(OTHER),
				None,
			)
		};
		assert_noop!(again(), Error::<Runtime>::TooManyRequests);
		assert_ok!(LeaseEscrow::decline(signed(OWNER), 3));
		assert_ok!(again());
		assert_eq!(LeaseEscrow::requests(DEVICE).len() as u32, MAX_REQUESTS);
	});
}

#[test]
fn one_of_two_for_the_same_hour_is_accepted() {
	manual().build_and_execute(|| {
		let first = request();
		let second = rent_at(OTHER, Some(START + HOUR), 5);
		assert_ok!(accept(second));
		assert_noop!(accept(first), Error::<Runtime>::SlotTaken);
		assert_eq!(LeaseEscrow::booked_seconds(DEVICE, START, Moment::MAX), 900);
		pass_until(START + 600);
		assert_eq!((free(TENANT), total(TENANT)), (RICH, RICH));
		assert_eq!(LeaseEscrow::booked_seconds(DEVICE, START, Moment::MAX), 300);
		assert!(!Leases::<Runtime>::contains_key(first));
	});
}

#[test]
fn accepting_is_checked_like_a_booking() {
	let change = |change: fn(&mut tenure_primitives::DeviceInfo<AccountId>)| {
		neighbours::Devices::<Runtime>::mutate(DEVICE, |device| change(device.as_mut().unwrap()));
	};
	manual().bond(5_000).build_and_execute(|| {
		assert_noop!(accept(1), Error::<Runtime>::UnknownLease);
		let id = rent_at(TENANT, Some(START + 600), 10);
		assert_noop!(LeaseEscrow::accept(signed(TENANT), id), Error::<Runtime>::NotDeviceOwner);
		change(|device| device.status = DeviceStatus::Missing);
		assert_noop!(accept(id), Error::<Runtime>::DeviceNotListed);
		change(|device| {
			device.status = DeviceStatus::Listed;
			device.offered = true;
		});
		assert_noop!(accept(id), Error::<Runtime>::DeviceOffered);
		change(|device| device.offered = false);
		assert_ok!(Neighbours::join_fleet(FLEET, DEVICE));
		assert_noop!(accept(id), Error::<Runtime>::DeviceInFleet);
		assert_ok!(Neighbours::leave_fleet(DEVICE));
		neighbours::Bans::<Runtime>::insert(TENANT, ());
		assert_noop!(accept(id), neighbours::Error::<Runtime>::Banned);
		neighbours::Bans::<Runtime>::remove(TENANT);
		assert_ok!(LeaseEscrow::unbond(signed(OWNER), ED));
		assert_noop!(accept(id), Error::<Runtime>::OwnerBondTooSmall);
		assert_ok!(LeaseEscrow::bond(signed(OWNER), ED));
		assert_ok!(accept(id));
	});
	manual().build_and_execute(|| {
		let id = rent_at(TENANT, Some(START + 600), 10);
		set_time(START + 500);
		assert_noop!(accept(id), Error::<Runtime>::DeviceNotSeenLately);
		heartbeat(DEVICE);
		assert_ok!(accept(id));
	});
}

#[test]
fn nothing_else_is_done_with_a_request() {
	manual().build_and_execute(|| {
		let id = request();
		let refused: sp_runtime::DispatchError = Error::<Runtime>::RequestPending.into();
		assert_noop!(LeaseEscrow::end(signed(TENANT), id), refused);
		assert_noop!(LeaseEscrow::extend(signed(TENANT), id, 1, Balance::MAX), refused);
		let key = PublicKey::Ed25519([1; 32]);
		assert_noop!(LeaseEscrow::set_access_key(signed(TENANT), id, key), refused);
		assert_noop!(LeaseEscrow::set_payout(signed(TENANT), id, None), refused);
		assert_noop!(LeaseEscrow::revoke(signed(OWNER), id), refused);
		// What the owner did not agree to is not added to what it did.
		assert_ok!(accept(id));
		assert_noop!(
			LeaseEscrow::extend(signed(TENANT), id, 1, Balance::MAX),
			Error::<Runtime>::NeedsAcceptance
		);
	});
}

#[test]
fn requests_stay_with_the_device() {
	manual().build_and_execute(|| {
		let id = request();
		assert_eq!(Neighbours::transfer(DEVICE, OTHER), Ok(0));
		assert_noop!(accept(id), Error::<Runtime>::NotDeviceOwner);
		assert_noop!(LeaseEscrow::accept(signed(OTHER), id), Error::<Runtime>::OwnerBondTooSmall);
		assert_ok!(LeaseEscrow::bond(signed(OTHER), 5_000));
		assert_ok!(LeaseEscrow::accept(signed(OTHER), id));
		assert_eq!(lease(id).payee, OTHER);
		assert_eq!(bond_of(OTHER), OwnerBond { held: 5_000, committed: 5_000 });
	});
	// The tenant may come to own what it asked for.
	manual().build_and_execute(|| {
		let id = request();
		assert_ok!(LeaseEscrow::bond(signed(TENANT), 5_000));
		assert_eq!(Neighbours::transfer(DEVICE, TENANT), Ok(0));
		assert_noop!(LeaseEscrow::accept(signed(TENANT), id), Error::<Runtime>::OwnDevice);
		assert_ok!(LeaseEscrow::decline(signed(TENANT), id));
		assert_eq!((rent_held(TENANT), total(TENANT)), (0, RICH));
	});
}

#[test]
fn retired_device_gives_requests_back_at_par() {
	manual().build_and_execute(|| {
		let id = request();
		System::reset_events();
		assert_eq!(Neighbours::force_retire(DEVICE), Ok(1));
		assert_eq!(events(), [closed(id, CloseReason::ForceRetired, 10_000, 0)]);
		all_came_back();
	});
}

#[test]
fn closed_series_and_broken_series_trap_no_request() {
	manual().build_and_execute(|| {
		let id = request();
		Neighbours::close_series(SERIES, START + 60);
		set_time(START + 120);
		// Its units were staked in time: the owner may still agree.
		heartbeat(DEVICE);
		assert_ok!(accept(id));
	});
	manual().build_and_execute(|| {
		let id = request();
		neighbours::Stuck::<Runtime>::insert(SERIES, ());
		assert_noop!(
			LeaseEscrow::cancel(signed(TENANT), id),
			neighbours::Error::<Runtime>::UnitsStuck
		);
		// Money comes back anyway.
		pass_until(START + 600);
		all_came_back();
	});
}

#[test]
fn units_of_a_request_are_not_sold_twice() {
	manual().sale(|sale| sale.usable_until = START + 1_200).build_and_execute(|| {
		let id = rent_at(TENANT, Some(START + 600), 10);
		assert_ok!(Neighbours::buy(SERIES, OTHER, 10));
		let full: sp_runtime::DispatchError = neighbours::Error::<Runtime>::CapacityExceeded.into();
		assert_noop!(Neighbours::buy(SERIES, OTHER, 1), full);
		assert_ok!(LeaseEscrow::cancel(signed(TENANT), id));
		assert_noop!(Neighbours::buy(SERIES, OTHER, 1), full);
		assert_ok!(Neighbours::redeem(SERIES, TENANT, 10));
		assert_ok!(Neighbours::buy(SERIES, OTHER, 10));
	});
}

#[test]
fn fleet_hears_of_requests() {
	let noted = || Neighbours::noted_seconds(FLEET, now(), Moment::MAX);
	let fleet_request = || rent_of(FLEET_SERIES, MEMBERS[0], TENANT, Some(START + 600), 10);
	manual().terms(|terms| terms.turnaround = 60).build_and_execute(|| {
		make_fleet();
		let declined = fleet_request();
		let cancelled = fleet_request();
		let accepted = fleet_request();
		let silent = fleet_request();
		assert_eq!(noted(), 4 * 660);
		assert_ok!(LeaseEscrow::decline(signed(OWNER), declined));
		assert_eq!(noted(), 3 * 660);
		assert_ok!(LeaseEscrow::cancel(signed(TENANT), cancelled));
		assert_eq!(noted(), 2 * 660);
		assert_ok!(LeaseEscrow::accept(signed(OWNER), accepted));
		assert_eq!(noted(), 2 * 660);
		assert_ok!(Neighbours::do_try_state());
		// Half of it has passed when the sweep comes by.
		set_time(START + 900);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), silent));
		assert_eq!(noted(), 360);
	});
	// A member may leave with its requests.
	manual().build_and_execute(|| {
		make_fleet();
		let id = fleet_request();
		assert_ok!(Neighbours::leave_fleet(MEMBERS[0]));
		assert_eq!(noted(), 0);
		assert_noop!(LeaseEscrow::accept(signed(OWNER), id), Error::<Runtime>::NotInFleet);
		assert_ok!(LeaseEscrow::decline(signed(OWNER), id));
		assert_eq!(noted(), 0);
	});
}

#[test]
fn request_that_can_not_be_closed_is_parked() {
	manual().build_and_execute(|| {
		let id = request();
		// A fault: its deposit is gone.
		Leases::<Runtime>::mutate_extant(id, |lease| lease.deposit += 1);
		pass_until(START + 600);
		assert!(matches!(last_event(), Event::SettlementDeferred { lease, .. } if lease == id));
		assert_eq!(Neighbours::force_retire(DEVICE), Ok(1));
		assert_eq!(lease(id).state(now()), LeaseState::Ended);
		assert_noop!(LeaseEscrow::cancel(signed(TENANT), id), Error::<Runtime>::AlreadyOver);
		Leases::<Runtime>::mutate_extant(id, |lease| lease.deposit -= 1);
		assert_ok!(LeaseEscrow::do_try_state());
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		assert!(matches!(
			last_event(),
			Event::LeaseClosed { reason: CloseReason::ForceRetired, .. }
		));
		all_came_back();
	});
}

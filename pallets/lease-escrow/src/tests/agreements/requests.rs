// SPDX-License-Identifier: Apache-2.0

//! Requests for devices that are handed over, and about which there can be disputes.

use super::*;
use crate::{types::minute_from, Deadlines, MinuteKey};
use tenure_primitives::{apis::LeaseState, Acceptance, DeviceStatus};

/// The owner accepts, within ten minutes, who takes the device home.
fn manual_home() -> ExtBuilder {
	ExtBuilder::default()
		.physical()
		.terms(|terms| terms.acceptance = Acceptance::Manual { deadline: DEADLINE })
}

/// A request for an hour in an hour.
fn request() -> LeaseId {
	rent_at(TENANT, Some(END), 60)
}

fn accept(who: AccountId, id: LeaseId) -> DispatchResult {
	LeaseEscrow::accept(signed(who), id)
}

#[test]
fn request_has_the_deposits_on_hold_and_nothing_begins() {
	manual_home().build_and_execute(|| {
		let id = request();
		assert_eq!(deposits_of(TENANT), [DEPOSIT + CUSTODY_DEPOSIT, DAMAGE]);
		assert_eq!((rent_held(TENANT), lease(id).arbiter), (60_000, Some(ARBITER)));
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND, committed: 0 });
		let details = LeaseEscrow::lease_details(id).unwrap();
		assert_eq!(details.state, LeaseState::Requested);
		assert_eq!(details.custody.map(|custody| custody.deadline), Some(START + 600));
		let deadlines = || Deadlines::<Runtime>::iter_keys().collect::<Vec<_>>();
		let at = |moment| [(MinuteKey::from(minute_from(moment)), id)];
		assert_eq!(deadlines(), at(START + 600));

		let pending = Error::<Runtime>::RequestPending;
		assert_noop!(ready(id), pending);
		let pending = Error::<Runtime>::RequestPending;
		assert_noop!(take(TENANT, id), pending);
		assert_noop!(bring(TENANT, id), Error::<Runtime>::RequestPending);
		assert_noop!(
			LeaseEscrow::contest_return(signed(OWNER), id, 1, CONDITION),
			Error::<Runtime>::RequestPending
		);
		assert_noop!(object(TENANT, id, 1), Error::<Runtime>::RequestPending);
		let offer = LeaseEscrow::offer_lease(signed(TENANT), id, OTHER, 0);
		assert_eq!(offer, Err(Error::<Runtime>::RequestPending.into()));

		set_time(START + 599);
		assert_ok!(accept(OWNER, id));
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND, committed: 30_000 });
		assert_eq!(deposits_of(TENANT), [DEPOSIT + CUSTODY_DEPOSIT, DAMAGE]);
		// Now the time for the hand-over counts.
		assert_eq!(deadlines(), at(END + 600));
		assert_ok!(ready(id));
		set_time(END);
		assert_ok!(take(TENANT, id));
		set_time(END + HOUR);
		poll();
		assert_ok!(bring(TENANT, id));
		assert_ok!(bring(OWNER, id));
		assert_eq!(closed(), [(id, CloseReason::Completed, 0, 0)]);
		assert_eq!(gains(), [57_000, -60_000, 0, 3_000, 0]);
		nothing_is_left();
	});
}

#[test]
fn deposit_goes_back_however_a_request_closes() {
	let back = |close: fn(LeaseId), reason, refunded| {
		manual_home().build_and_execute(|| {
			let id = request();
			close(id);
			assert_eq!(closed(), [(id, reason, refunded, 0)]);
			assert_eq!(gains(), [0, refunded as i128 - 60_000, 0, 0, 0]);
			assert_eq!(units_of(TENANT), if refunded == 0 { 60 } else { 0 });
			nothing_is_left();
		});
	};
	let decline = |id| {
		assert_ok!(LeaseEscrow::decline(signed(OWNER), id));
	};
	back(decline, CloseReason::Declined, 60_000);
	let cancel = |id| {
		assert_ok!(LeaseEscrow::cancel(signed(TENANT), id));
	};
	back(cancel, CloseReason::Cancelled, 0);
	let lapse = |_| {
		set_time(START + 600);
		poll();
	};
	back(lapse, CloseReason::Declined, 60_000);
	let settle = |id| {
		set_time(START + DAY);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		assert_eq!(total(KEEPER), RICH);
	};
	back(settle, CloseReason::Declined, 60_000);
	let claim = |id| {
		set_time(START + DAY);
		assert_ok!(LeaseEscrow::claim(signed(KEEPER), vec![id].try_into().unwrap()));
	};
	back(claim, CloseReason::Declined, 60_000);
	let retire = |_| assert_eq!(Neighbours::force_retire(DEVICE), Ok(1));
	back(retire, CloseReason::ForceRetired, 60_000);
	// Its series is closed, and its tenant has nothing else.
	let closed_series = |id| {
		Neighbours::close_series(SERIES, now());
		impoverish(TENANT);
		assert_noop!(accept(KEEPER, id), Error::<Runtime>::NotDeviceOwner);
		set_time(START + 600);
		poll();
	};
	manual_home().build().execute_with(|| {
		let id = request();
		closed_series(id);
		assert_eq!(closed(), [(id, CloseReason::Declined, 60_000, 0)]);
		assert_eq!(free(TENANT), 60_000 + DAMAGE + DEPOSIT + CUSTODY_DEPOSIT + ED);
		nothing_is_left();
	});
}

#[test]
fn deposit_is_needed_at_the_request() {
	let enough = 60_000 + DAMAGE + DEPOSIT + CUSTODY_DEPOSIT + ED;
	for (balance, is_enough) in [(enough - 1, false), (enough, true)] {
		manual_home().balance(TENANT, balance).build_and_execute(|| {
			let arbiter = Some(ARBITER);
			let quote = LeaseEscrow::quote(TENANT, SERIES, DEVICE, Some(END), 60, arbiter);
			assert_eq!(quote.is_ok(), is_enough);
			if let Err(error) = quote {
				assert_eq!(error, Error::<Runtime>::BalanceTooLow.into());
				return;
			}
			// The tenant has nothing left, and accepting needs nothing of it.
			let id = request();
			assert_eq!(free(TENANT), ED);
			assert_ok!(accept(OWNER, id));
		});
	}
}

#[test]
fn request_has_no_clock_but_its_own() {
	manual_home().outages(120).build_and_execute(|| {
		let id = request();
		// The chain stands still over its deadline: that makes it no later.
		set_time(START + 1_200);
		assert_noop!(accept(OWNER, id), Error::<Runtime>::RequestLapsed);
		poll();
		assert_eq!(closed(), [(id, CloseReason::Declined, 60_000, 0)]);
		nothing_is_left();
		let warned = |event: &Event<Runtime>| {
			matches!(event, Event::LeaseEndsSoon { .. } | Event::KeeperPaid { .. })
		};
		assert!(!events().iter().any(warned));
	});
}

#[test]
fn new_owner_that_is_the_arbiter_can_only_decline() {
	manual_home().build_and_execute(|| {
		assert_ok!(LeaseEscrow::bond(signed(ARBITER), BOND));
		let id = request();
		assert_ok!(Neighbours::transfer(DEVICE, ARBITER));
		assert_noop!(accept(OWNER, id), Error::<Runtime>::NotDeviceOwner);
		assert_noop!(accept(ARBITER, id), Error::<Runtime>::ArbiterIsParty);
		assert_ok!(LeaseEscrow::decline(signed(ARBITER), id));
		assert_eq!(gains(), [0; 5]);
	});
}

#[test]
fn arbiter_that_governance_took_off_its_list_judges_no_new_lease() {
	manual_home().build_and_execute(|| {
		let id = request();
		neighbours::Arbiters::<Runtime>::remove(ARBITER);
		assert_noop!(accept(OWNER, id), Error::<Runtime>::ArbiterNotListed);
		neighbours::Arbiters::<Runtime>::insert(ARBITER, ());
		assert_ok!(accept(OWNER, id));
	});
}

#[test]
fn request_for_a_device_that_is_not_back_is_not_accepted_and_lapses_at_par() {
	ExtBuilder::default().physical().build_and_execute(|| {
		make_manual_series();
		let id = rent(60);
		assert_ok!(ready(id));
		assert_ok!(take(TENANT, id));
		let ask = |start| rent_of(MANUAL_SERIES, DEVICE, OTHER, Some(start), 60);
		set_time(END - 60);
		let soon = ask(END + 700);
		set_time(END);
		poll();
		// It is over, and the device is not there.
		assert_noop!(accept(OWNER, soon), Error::<Runtime>::DeviceNotReturned);
		set_time(END + 540);
		poll();
		assert_eq!(closed(), [(soon, CloseReason::Declined, 60_000, 0)]);

		set_time(END + 7_200 - 300);
		poll();
		let late = ask(END + 7_200 + 3_600);
		set_time(END + 7_200);
		poll();
		assert_eq!(
			neighbours::Devices::<Runtime>::get(DEVICE).unwrap().status,
			DeviceStatus::NotReturned
		);
		assert_noop!(accept(OWNER, late), Error::<Runtime>::DeviceNotListed);
		System::reset_events();
		set_time(END + 7_200 + 300);
		poll();
		assert_eq!(closed(), [(late, CloseReason::Declined, 60_000, 0)]);
		assert_eq!(gains(), [57_000 + 30_000, -90_000, 0, 3_000, 0]);
		nothing_is_left();
	});
}

#[test]
fn request_with_objections_waits_without_a_review() {
	ExtBuilder::default().objections(WINDOW).build_and_execute(|| {
		make_manual_series();
		let id = rent_of(MANUAL_SERIES, DEVICE, TENANT, Some(END), 10);
		assert_eq!((lease(id).arbiter, lease(id).review.window), (Some(ARBITER), WINDOW));
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		assert_ok!(accept(OWNER, id));
		serve_until(END + 300);
		assert_ok!(object(TENANT, id, 2_000));
		assert_ok!(LeaseEscrow::concede(signed(OWNER), id, Rent));
		serve_until(END + 900);
		assert_eq!(gains(), [7_600, -8_000, 0, 400, 0]);
		nothing_is_left();
	});
}

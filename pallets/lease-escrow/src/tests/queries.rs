// SPDX-License-Identifier: Apache-2.0

use super::*;
use tenure_primitives::apis::{Booking, LeaseState, Quote};

#[test]
fn quote_is_what_renting_costs() {
	ExtBuilder::default().build_and_execute(|| {
		let quote = LeaseEscrow::quote(TENANT, SERIES, DEVICE, None, 10, None).unwrap();
		assert_eq!(
			quote,
			Quote {
				from: START,
				until: START + 600,
				units: 10,
				rent: 10_000,
				record_deposit: DEPOSIT,
				damage_deposit: 0,
				protocol_fee: 500,
				owner_bond: 5_000,
				legal_document: TEXT,
			}
		);
		let before = free(TENANT);
		rent(10);
		assert_eq!(before - free(TENANT), quote.rent + quote.record_deposit);
	});
}

#[test]
fn availability_tells_what_is_taken() {
	ExtBuilder::default().terms(|terms| terms.turnaround = 60).build_and_execute(|| {
		let id = rent_at(TENANT, Some(START + HOUR), 10);
		let available =
			|from, until| LeaseEscrow::availability(DEVICE, START + from, START + until).unwrap();
		let taken = available(HOUR + 600, HOUR + 700);
		assert!(!taken.is_free);
		assert_eq!(
			taken.bookings,
			[Booking {
				lease: id,
				from: START + HOUR,
				until: START + HOUR + 600,
				free_from: START + HOUR + 660
			}]
		);
		assert_eq!((taken.entries_left, taken.last_seen), (55, Some(START)));
		let open = available(HOUR + 660, HOUR + 700);
		assert!(open.is_free && open.bookings.is_empty());
		assert_eq!(
			LeaseEscrow::availability(DEVICE, START, START),
			Err(Error::<Runtime>::InvalidWindow.into())
		);
		assert_eq!(
			LeaseEscrow::availability(9, START, START + 1),
			Err(neighbours::Error::<Runtime>::UnknownDevice.into())
		);
	});
}

#[test]
fn device_that_is_not_back_is_free_when_it_must_be() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = rent(60);
		assert_ok!(LeaseEscrow::offer_handover(signed(OWNER), id, TEXT));
		assert_ok!(LeaseEscrow::confirm_handover(signed(TENANT), id, TEXT));
		let end = START + HOUR;
		let is_free = |from| LeaseEscrow::availability(DEVICE, from, from + HOUR).unwrap().is_free;
		// Due back after the grace, and nothing says that it won't be.
		set_time(end - 1);
		assert!(!is_free(end) && is_free(end + 600));
		// Overdue: what booking says, too.
		set_time(end + 600);
		let quote = |from| LeaseEscrow::quote(OTHER, SERIES, DEVICE, Some(from), 60, Some(ARBITER));
		let overdue = Err(Error::<Runtime>::DeviceNotReturned.into());
		assert!(!is_free(end + 7_199) && quote(end + 7_199) == overdue);
		assert!(is_free(end + 7_200) && quote(end + 7_200).is_ok());
		assert_ok!(LeaseEscrow::report_return(signed(TENANT), id, TEXT));
		assert!(is_free(end + 660));
	});
}

#[test]
fn lease_is_told_with_its_state() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(LeaseEscrow::lease_details(1), None);
		let id = rent_at(TENANT, Some(START + 60), 10);
		let details = || LeaseEscrow::lease_details(id).unwrap();
		assert_eq!(details().state, LeaseState::Booked);
		serve_until(START + 180);
		assert_eq!(details().state, LeaseState::Running);
		assert_eq!((details().earned, details().paid, details().proven_seconds), (2_000, 0, 120));
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		assert_eq!((details().earned, details().paid), (2_000, 2_000));
		assert_eq!((details().escrowed, details().bond), (10_000, 5_000));
		serve_until(START + 600);
		set_time(START + 660);
		assert_eq!(details().state, LeaseState::Ended);
		assert_eq!(details().final_from, START + 600 + Moment::from(GAP) + 1);
	});
}

#[test]
fn details_tell_how_a_lease_would_close() {
	let closing = |id| LeaseEscrow::lease_details(id).unwrap().closing;
	ExtBuilder::default()
		.terms(|terms| terms.legal.uri = b"ipfs://text".to_vec().try_into().unwrap())
		.build_and_execute(|| {
			let id = rent(10);
			assert_eq!(closing(id), CloseReason::Unproven);
			assert_eq!(LeaseEscrow::lease_details(id).unwrap().legal_uri.to_vec(), b"ipfs://text");
			serve_until(START + 540);
			assert_eq!(closing(id), CloseReason::Completed);
		});
	ExtBuilder::default().physical().build_and_execute(|| {
		let report = |who, id| {
			assert_ok!(LeaseEscrow::report_return(signed(who), id, TEXT));
		};
		let id = rent(60);
		assert_eq!(closing(id), CloseReason::NoShow);
		assert_ok!(LeaseEscrow::offer_handover(signed(OWNER), id, TEXT));
		assert_eq!(closing(id), CloseReason::Cancelled);
		assert_ok!(LeaseEscrow::confirm_handover(signed(TENANT), id, TEXT));
		assert_eq!(closing(id), CloseReason::Forfeited);
		set_time(START + 600);
		report(TENANT, id);
		assert_eq!(closing(id), CloseReason::EndedEarly);
		Neighbours::force_retire(DEVICE).unwrap();
		assert_eq!(closing(id), CloseReason::ForceRetired);
	});
	ExtBuilder::default().build_and_execute(|| {
		make_co_signed_series(60);
		let id = rent_of(CO_SERIES, DEVICE, TENANT, None, 10);
		assert_eq!(closing(id), CloseReason::Completed);
		set_time(now() + 60);
		assert_ok!(LeaseEscrow::end(signed(TENANT), id));
		assert_eq!(closing(id), CloseReason::EndedEarly);
	});
	ExtBuilder::default().build_and_execute(|| {
		make_manual_series();
		let id = rent_of(MANUAL_SERIES, DEVICE, TENANT, Some(START + HOUR), 10);
		assert_eq!(closing(id), CloseReason::Declined);
	});
}

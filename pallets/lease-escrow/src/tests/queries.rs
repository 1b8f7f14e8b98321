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

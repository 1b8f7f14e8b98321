// SPDX-License-Identifier: Apache-2.0

use super::*;
use crate::HoldReason;

#[test]
fn units_become_a_lease() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Neighbours::buy(SERIES, TENANT, 12));
		assert_eq!(free(TENANT), RICH - 12_000);
		let id = book_at(TENANT, None, 10);
		assert_eq!(units_of(TENANT), 2);
		assert_eq!(rent_held(TENANT), 10_000);
		assert_eq!(held(HoldReason::LeaseRecord, TENANT), DEPOSIT);
		assert_eq!(free(TENANT), RICH - 12_000 - DEPOSIT);
		assert_eq!(lease(id).escrowed, 10_000);
	});
}

#[test]
fn units_that_are_not_there_make_no_lease() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Neighbours::buy(SERIES, TENANT, 9));
		assert_noop!(
			LeaseEscrow::book(signed(TENANT), SERIES, DEVICE, None, 10, TEXT, key_of(TENANT), None),
			neighbours::Error::<Runtime>::NotEnoughUnits
		);
	});
}

#[test]
fn deposit_is_needed_to_book() {
	ExtBuilder::default().balance(TENANT, DEPOSIT + ED - 1 + 10_000).build_and_execute(|| {
		assert_ok!(Neighbours::buy(SERIES, TENANT, 10));
		assert_noop!(
			LeaseEscrow::book(signed(TENANT), SERIES, DEVICE, None, 10, TEXT, key_of(TENANT), None),
			Error::<Runtime>::BalanceTooLow
		);
	});
}

#[test]
fn units_of_a_closed_series_are_still_good_until_it_expires() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Neighbours::buy(SERIES, TENANT, 15));
		Neighbours::close_series(SERIES, START + 600);
		// Staked in time, for a time after the series expires.
		book_at(TENANT, Some(START + 600), 10);
		serve_until(START + 599);
		assert!(LeaseEscrow::book(
			signed(TENANT),
			SERIES,
			DEVICE,
			Some(START + 1_200),
			1,
			TEXT,
			key_of(TENANT),
			None
		)
		.is_ok());
		serve_until(START + 600);
		assert_noop!(
			LeaseEscrow::book(
				signed(TENANT),
				SERIES,
				DEVICE,
				Some(START + 1_260),
				1,
				TEXT,
				key_of(TENANT),
				None
			),
			Error::<Runtime>::SeriesExpired
		);
		serve_until(START + 1_260);
		assert_eq!(total(OWNER), RICH + 10_450);
	});
}

#[test]
fn booking_checks_what_renting_checks() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Neighbours::buy(SERIES, TENANT, 10));
		let book = |start, units, text| {
			LeaseEscrow::book(
				signed(TENANT),
				SERIES,
				DEVICE,
				start,
				units,
				text,
				key_of(TENANT),
				None,
			)
		};
		assert_noop!(book(None, 0, TEXT), Error::<Runtime>::ZeroUnits);
		assert_noop!(book(Some(START - 60), 1, TEXT), Error::<Runtime>::StartInPast);
		assert_noop!(book(None, 1, Default::default()), Error::<Runtime>::WrongLegalDocument);
		rent_at(OTHER, None, 1);
		assert_noop!(book(None, 1, TEXT), Error::<Runtime>::SlotTaken);
	});
}

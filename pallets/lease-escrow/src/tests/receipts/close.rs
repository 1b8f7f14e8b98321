// SPDX-License-Identifier: Apache-2.0

//! What is whose when nobody left early.

use super::*;
use crate::{types::minute_of, Lifetimes};
use tenure_primitives::traits::UsageUnits;

#[test]
fn lease_that_is_signed_whole_closes_at_its_end() {
	ExtBuilder::default().co_signed().build_and_execute(|| {
		let id = rent(10);
		pass_until(START + 540);
		set_time(START + 600);
		sign(id, 600);
		System::reset_events();
		poll();
		assert_eq!(
			last_event(),
			Event::LeaseClosed {
				lease: id,
				device: DEVICE,
				tenant: TENANT,
				payee: OWNER,
				reason: CloseReason::Completed,
				leased_seconds: 600,
				proven_seconds: 600,
				paid_to_payee: 9_500,
				paid_to_protocol: 500,
				refunded: 0,
				penalty: 0,
				returned_units: 0,
			}
		);
		assert_eq!((total(OWNER), total(TREASURY)), (RICH + 9_500, ED + 500));
		assert_eq!((free(TENANT), units_of(TENANT)), (RICH - 10_000, 0));
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND, committed: 0 });
		let totals = Lifetimes::<Runtime>::get(DEVICE);
		assert_eq!((totals.leases, totals.leased_seconds), (1, 600));
		assert_eq!((totals.proven_seconds, totals.earned), (600, 10_000));
	});
}

#[test]
fn half_that_is_not_signed_goes_back_as_units_but_a_tenth() {
	ExtBuilder::default().co_signed().build_and_execute(|| {
		let id = rent(10);
		pass_until(START + 300);
		sign(id, 300);
		wait_for_close(id);
		// Of 5,000 a tenth is kept; 4,500 are four units and half of one, of which a tenth is lost.
		assert_eq!(closed(), [(CloseReason::Completed, 5_550, 450, 4, 0)]);
		assert_eq!((total(OWNER), total(TREASURY)), (RICH + 5_273, ED + 277));
		assert_eq!((free(TENANT), units_of(TENANT)), (RICH - 10_000 + 450, 4));
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND, committed: 0 });
	});
}

#[test]
fn nothing_signed_costs_the_reservation() {
	ExtBuilder::default().co_signed().build_and_execute(|| {
		let id = rent(10);
		wait_for_close(id);
		assert_eq!(closed(), [(CloseReason::Completed, 1_000, 0, 9, 0)]);
		assert_eq!((total(OWNER), total(TREASURY)), (RICH + 950, ED + 50));
		assert_eq!((total(TENANT), units_of(TENANT)), (RICH - 10_000, 9));
	});
}

#[test]
fn sweep_looks_until_receipts_are_final() {
	ExtBuilder::default().co_signed().build_and_execute(|| {
		let id = rent(10);
		let last = START + 600 + RECEIPT_WINDOW;
		pass_until(last - 60);
		assert!(lease(id).end_noted);
		assert_eq!(lease(id).deadline, minute_of(last));
		assert_eq!(lease(id).looks, 11);
		pass_until(last);
		assert_eq!(closed(), [(CloseReason::Completed, 1_000, 0, 9, 0)]);
	});
}

#[test]
fn receipts_are_paid_as_they_come() {
	ExtBuilder::default().co_signed().build_and_execute(|| {
		let id = rent(10);
		pass_until(START + 120);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		assert_eq!(total(OWNER), RICH);
		sign(id, 120);
		System::reset_events();
		for _ in 0..2 {
			assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		}
		assert_eq!(
			events(),
			[Event::LeaseSettled { lease: id, to_payee: 1_900, to_protocol: 100 }]
		);
		let details = LeaseEscrow::lease_details(id).unwrap();
		assert_eq!((details.earned, details.paid, details.proven_seconds), (2_000, 2_000, 120));
		assert_eq!(details.evidence, co_signed_terms().evidence);
		assert_eq!(details.final_from, START + 600 + RECEIPT_WINDOW);
		// The tenant stops to sign: 8,000 less a tenth are seven units and a fifth of one.
		wait_for_close(id);
		assert_eq!(closed(), [(CloseReason::Completed, 2_820, 180, 7, 0)]);
		assert_eq!((total(OWNER), total(TREASURY)), (RICH + 2_679, ED + 141));
	});
}

#[test]
fn last_receipt_may_come_after_the_end() {
	ExtBuilder::default().co_signed().build_and_execute(|| {
		let id = rent(10);
		pass_until(START + 600 + HOUR);
		sign(id, 599);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		assert!(!is_closed(id));
		sign(id, 600);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		assert_eq!(closed(), [(CloseReason::Completed, 10_000, 0, 0, 0)]);
	});
}

#[test]
fn heartbeats_earn_nothing() {
	ExtBuilder::default().co_signed().build_and_execute(|| {
		let id = rent(10);
		serve_until(START + 700);
		assert_eq!(LeaseEscrow::lease_details(id).unwrap().proven_seconds, 0);
		assert_eq!(total(OWNER), RICH);
	});
}

#[test]
fn units_that_can_not_go_back_go_back_as_money() {
	ExtBuilder::default().co_signed().build_and_execute(|| {
		let id = rent(10);
		pass_until(START + 300);
		sign(id, 300);
		neighbours::Stuck::<Runtime>::insert(SERIES, ());
		wait_for_close(id);
		let error = neighbours::Error::<Runtime>::UnitsStuck.into();
		assert!(events().contains(&Event::UnitsNotReturned { lease: id, units: 4, error }));
		// Nine tenths of 4,000 and of 500.
		assert_eq!(closed(), [(CloseReason::Completed, 5_950, 4_050, 0, 0)]);
		assert_eq!((free(TENANT), units_of(TENANT)), (RICH - 5_950, 0));
		assert_eq!((total(OWNER), total(TREASURY)), (RICH + 5_653, ED + 297));
	});
}

#[test]
fn units_of_a_second_go_back_one_by_one() {
	let seconds = ExtBuilder::default().co_signed().sale(|sale| {
		sale.unit_seconds = 1;
		sale.unit_price = 10;
	});
	seconds.build_and_execute(|| {
		set_time(START + 7);
		let short = LeaseEscrow::quote(TENANT, SERIES, DEVICE, None, 59, None);
		assert_eq!(short, Err(Error::<Runtime>::TooShort.into()));
		let id = rent(101);
		assert_eq!((lease(id).from, lease(id).until), (START + 7, START + 108));
		assert_eq!(lease(id).deadline, minute_of(START) + 2);
		set_time(START + 60);
		sign(id, 33);
		wait_for_close(id);
		// 330 and 68 are kept; 612 are 61 units and a fifth of one, which is worth 1.8.
		assert_eq!(closed(), [(CloseReason::Completed, 399, 1, 61, 0)]);
	});
}

#[test]
fn part_of_a_day_goes_back_in_money() {
	let days = ExtBuilder::default().co_signed().sale(|sale| {
		sale.unit_seconds = DAY as u32;
		sale.unit_price = DAY.into();
	});
	days.build_and_execute(|| {
		let id = rent(1);
		set_time(START + DAY);
		sign(id, 21_600);
		wait_for_close(id);
		// A quarter is signed, 6,480 are kept of the rest; nine tenths of 58,320 go back.
		assert_eq!(closed(), [(CloseReason::Completed, 33_912, 52_488, 0, 0)]);
	});
}

#[test]
fn part_of_a_unit_gives_what_redeeming_gives_at_least() {
	ExtBuilder::default()
		.co_signed()
		.sale(|sale| sale.redeem_shares.after = sp_runtime::Perbill::from_percent(96))
		.build_and_execute(|| {
			let id = rent(10);
			// What the series says later changes nothing.
			neighbours::Series::<Runtime>::mutate(SERIES, |series| {
				series.as_mut().unwrap().sale.redeem_shares.after = sp_runtime::Perbill::one();
			});
			set_time(START + 300);
			sign(id, 300);
			wait_for_close(id);
			assert_eq!(closed(), [(CloseReason::Completed, 5_520, 480, 4, 0)]);
		});
}

#[test]
fn dust_of_a_payee_without_account_goes_to_the_treasury() {
	let cheap = || {
		ExtBuilder::default()
			.co_signed()
			.bond(0)
			.balance(OWNER, 0)
			.sale(|sale| sale.unit_price = ED / 2)
			.terms(|terms| terms.owner_penalty = sp_runtime::Perbill::zero())
	};
	cheap().build_and_execute(|| {
		let id = rent(2);
		wait_for_close(id);
		// Of 10 one is kept and one of the part of a unit.
		assert_eq!(closed(), [(CloseReason::Completed, 2, 3, 1, 0)]);
		assert!(events().contains(&Event::DustDiverted { lease: id, amount: 2 }));
		assert_eq!((total(OWNER), total(TREASURY)), (0, ED + 2));
	});
	cheap().build_and_execute(|| {
		let id = rent(10);
		for (seconds, paid) in [(60, 0), (120, 10)] {
			set_time(START + seconds);
			sign(id, seconds);
			assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
			assert_eq!(total(OWNER), paid);
		}
		wait_for_close(id);
		assert_eq!((total(OWNER), total(TREASURY)), (15, ED));
		assert_eq!(closed(), [(CloseReason::Completed, 15, 0, 7, 0)]);
	});
}

#[test]
fn tenant_with_nothing_free_gets_its_units() {
	ExtBuilder::default().co_signed().balance(TENANT, 10_000 + DEPOSIT + ED).build().execute_with(
		|| {
			let id = rent(10);
			impoverish(TENANT);
			wait_for_close(id);
			assert_eq!((units_of(TENANT), rent_held(TENANT), free(TENANT)), (9, 0, DEPOSIT + ED));
			assert_ok!(LeaseEscrow::do_try_state());
		},
	);
}

#[test]
fn units_go_back_to_a_series_that_is_closed() {
	ExtBuilder::default().co_signed().build_and_execute(|| {
		let id = rent(10);
		Neighbours::close_series(SERIES, START + 60);
		wait_for_close(id);
		assert_eq!(units_of(TENANT), 9);
		assert_eq!(Neighbours::units_of(SERIES, &TENANT), 9);
	});
}

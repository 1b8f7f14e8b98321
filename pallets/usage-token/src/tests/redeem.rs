// SPDX-License-Identifier: Apache-2.0

use super::*;
use tenure_primitives::RedeemShares;

/// A series of Olga's with units at `price`, of which Tom has ten.
fn ten_units(price: Balance) -> SeriesId {
	let series = create(&OLGA, GPU, SaleConditions { unit_price: price, ..sale() });
	assert_ok!(UsageToken::buy(signed(&TOM), series, 10, Balance::MAX));
	our_events();
	series
}

/// Takes all that Olga can spend.
fn empty_olga(series: SeriesId) {
	let mut record = Series::<Test>::get(series).unwrap();
	frame_support::traits::Consideration::<_, _>::drop(record.ticket.clone(), &OLGA).unwrap();
	record.ticket =
		frame_support::traits::Consideration::<_, frame_support::traits::Footprint>::new(
			&OTTO,
			Default::default(),
		)
		.unwrap();
	Series::<Test>::insert(series, record);
	assert_ok!(Balances::transfer_all(signed(&OLGA), OTTO, false));
	assert_eq!(Balances::total_balance(&OLGA), 0);
}

#[test]
fn share_depends_on_the_time() {
	build_and_execute(|| {
		let series = ten_units(103);
		let olga = free(&OLGA);
		let cases = [
			(START + DAY - 1, 206, 0),
			(START + DAY, 195, 11),
			(START + 11 * DAY - 1, 195, 11),
			(START + 11 * DAY, 185, 21),
		];
		let (mut to_tom, mut to_olga) = (0, 0);
		for (moment, paid, to_owner) in cases {
			Now::set(moment);
			assert_ok!(UsageToken::redeem(signed(&TOM), series, 2));
			assert_eq!(
				our_events(),
				[Event::UnitsRedeemed { series, holder: TOM, units: 2, paid, to_owner }]
			);
			(to_tom, to_olga) = (to_tom + paid, to_olga + to_owner);
			assert_eq!(free(&TOM), FORTUNE - 1_030 + to_tom);
			assert_eq!(free(&OLGA), olga + to_olga);
			check_state();
		}
		assert_eq!((units_of(series, &TOM), sold(series), backing(series)), (2, 2, 206));
	});
}

#[test]
fn redeemed_units_can_be_sold_again() {
	build_and_execute(|| {
		let series = ten_units(100);
		assert_ok!(UsageToken::redeem(signed(&TOM), series, 10));
		assert_eq!(ledgers(GPU)[0].outstanding_seconds, 0);
		assert_eq!((sold(series), free(&TOM)), (0, FORTUNE));
		assert_ok!(UsageToken::buy(signed(&TINA), series, 14_400, Balance::MAX));
	});
}

#[test]
fn only_what_one_has_can_be_redeemed() {
	build_and_execute(|| {
		let series = ten_units(100);
		let redeem = |who, units| UsageToken::redeem(signed(who), series, units);
		assert_noop!(redeem(&TOM, 0), Error::<Test>::ZeroUnits);
		assert_noop!(redeem(&TOM, 11), Error::<Test>::NotEnoughUnits);
		assert_noop!(redeem(&TINA, 1), Error::<Test>::NotEnoughUnits);
		assert_noop!(UsageToken::redeem(signed(&TOM), 9, 1), Error::<Test>::UnknownSeries);
	});
}

#[test]
fn transferred_units_are_their_holders() {
	build_and_execute(|| {
		let series = ten_units(100);
		assert_ok!(Assets::transfer(signed(&TOM), series, TINA, 4));
		assert_ok!(UsageToken::redeem(signed(&TINA), series, 4));
		assert_eq!(free(&TINA), FORTUNE + 400);
		assert_noop!(UsageToken::redeem(signed(&TOM), series, 7), Error::<Test>::NotEnoughUnits);
	});
}

#[test]
fn holder_without_money_is_paid_from_an_existential_deposit_on() {
	build_and_execute(|| {
		// During the window one unit gives 4, three give 14.
		let series = ten_units(5);
		Now::set(START + DAY);
		assert_ok!(Assets::transfer(signed(&TOM), series, NOBODY, 3));
		assert_noop!(
			UsageToken::redeem(signed(&NOBODY), series, 1),
			Error::<Test>::AmountBelowExistentialDeposit
		);
		assert_ok!(UsageToken::redeem(signed(&NOBODY), series, 3));
		assert_eq!(free(&NOBODY), 14);
	});
}

#[test]
fn dead_owners_dust_goes_to_the_treasury() {
	build_and_execute(|| {
		let series = ten_units(100);
		empty_olga(series);
		Now::set(START + DAY);
		assert_ok!(UsageToken::redeem(signed(&TOM), series, 1));
		assert_eq!(
			our_events(),
			[
				Event::DustDiverted { series, amount: 5 },
				Event::UnitsRedeemed { series, holder: TOM, units: 1, paid: 95, to_owner: 0 },
			]
		);
		assert_eq!((free(&OLGA), free(&TREASURY)), (0, FORTUNE + 5));
		// An existential deposit or more makes the account anew.
		assert_ok!(UsageToken::redeem(signed(&TOM), series, 2));
		assert_eq!((free(&OLGA), free(&TREASURY)), (10, FORTUNE + 5));
	});
}

#[test]
fn owner_may_redeem_its_own_units() {
	build_and_execute(|| {
		let series = create(&OLGA, GPU, sale());
		assert_ok!(UsageToken::buy(signed(&OLGA), series, 10, 1_000));
		let before = free(&OLGA);
		Now::set(START + DAY);
		assert_ok!(UsageToken::redeem(signed(&OLGA), series, 10));
		assert_eq!(free(&OLGA), before + 1_000);
	});
}

#[test]
fn holders_frozen_account_is_paid() {
	use frame_support::traits::{LockableCurrency, WithdrawReasons};
	build_and_execute(|| {
		let series = ten_units(100);
		Balances::set_lock(*b"vesting ", &TOM, FORTUNE, WithdrawReasons::all());
		assert_ok!(UsageToken::redeem(signed(&TOM), series, 10));
		assert_eq!(free(&TOM), FORTUNE);
	});
}

#[test]
fn redeeming_needs_no_device() {
	build_and_execute(|| {
		let series = ten_units(100);
		Registry::set(Default::default());
		assert_ok!(UsageToken::redeem(signed(&TOM), series, 10));
		assert_eq!(free(&TOM), FORTUNE);
	});
}

#[test]
fn less_than_the_minimum_is_never_given() {
	build_and_execute(|| {
		let flat = |percent| {
			let share = Perbill::from_percent(percent);
			RedeemShares { before: share, during: share, after: share }
		};
		let series = create(&OLGA, GPU, SaleConditions { redeem_shares: flat(90), ..sale() });
		assert_ok!(UsageToken::buy(signed(&TOM), series, 10, 1_000));
		assert_ok!(UsageToken::redeem(signed(&TOM), series, 10));
		assert_eq!(free(&TOM), FORTUNE - 100);
	});
}

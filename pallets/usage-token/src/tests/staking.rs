// SPDX-License-Identifier: Apache-2.0

use super::*;
use frame_support::traits::{LockableCurrency, WithdrawReasons};
use sp_runtime::TokenError;

#[test]
fn staked_units_become_rent_in_the_tenants_account() {
	build_and_execute(|| {
		let series = create(&OLGA, GPU, sale());
		assert_ok!(UsageToken::buy(signed(&TOM), series, 10, 1_000));
		our_events();
		assert_eq!(UsageToken::stake(series, &TOM, 4, rent_reason()), Ok(400));
		assert_eq!(
			our_events(),
			[Event::UnitsStaked { series, tenant: TOM, units: 4, amount: 400 }]
		);
		assert_eq!((units_of(series, &TOM), sold(series)), (6, 10));
		assert_eq!((backing(series), rent_of(&TOM)), (600, 400));
		assert_eq!(free(&TOM), FORTUNE - 1_000);
		assert_eq!(free(&UsageToken::account_of(series)), ED);
		assert_eq!(ledgers(GPU)[0].outstanding_seconds, 6 * 60);
	});
}

#[test]
fn staking_needs_units_a_window_and_an_account() {
	build_and_execute(|| {
		let series = create(&OLGA, GPU, sale());
		assert_ok!(UsageToken::buy(signed(&TOM), series, 10, 1_000));
		assert_ok!(Assets::transfer(signed(&TOM), series, NOBODY, 2));
		let stake = |who, units| UsageToken::stake(series, who, units, rent_reason());
		assert_noop!(stake(&TOM, 0), Error::<Test>::ZeroUnits);
		assert_noop!(stake(&TOM, 9), Error::<Test>::NotEnoughUnits);
		assert_noop!(stake(&NOBODY, 2), Error::<Test>::TenantNeedsAccount);
		assert_noop!(UsageToken::stake(9, &TOM, 1, rent_reason()), Error::<Test>::UnknownSeries);
		Now::set(sale().usable_until);
		assert_noop!(stake(&TOM, 1), Error::<Test>::SeriesExpired);
	});
}

#[test]
fn units_of_a_closed_series_can_be_staked_and_come_back() {
	build_and_execute(|| {
		let series = create(&OLGA, GPU, sale());
		assert_ok!(UsageToken::buy(signed(&TOM), series, 10, 1_000));
		assert_ok!(UsageToken::close_series(signed(&OLGA), series));
		assert_ok!(UsageToken::stake(series, &TOM, 10, rent_reason()));
		assert_ok!(UsageToken::unstake(series, &TOM, 10, rent_reason()));
		assert_ok!(UsageToken::redeem(signed(&TOM), series, 10));
		assert_eq!(free(&TOM), FORTUNE);
	});
}

#[test]
fn buying_staked_leaves_nothing_outstanding() {
	build_and_execute(|| {
		let series = create(&OLGA, GPU, sale());
		our_events();
		assert_eq!(UsageToken::buy_staked(series, &TOM, 7, rent_reason()), Ok(700));
		assert_eq!(
			our_events(),
			[
				Event::UnitsBought { series, buyer: TOM, units: 7, cost: 700 },
				Event::UnitsStaked { series, tenant: TOM, units: 7, amount: 700 },
			]
		);
		assert_eq!((units_of(series, &TOM), sold(series)), (0, 7));
		assert_eq!((backing(series), rent_of(&TOM)), (0, 700));
		assert_eq!(free(&TOM), FORTUNE - 700);
		assert_eq!(ledgers(GPU)[0].outstanding_seconds, 0);
	});
}

#[test]
fn returned_units_are_backed_again() {
	build_and_execute(|| {
		let series = create(&OLGA, GPU, sale());
		assert_ok!(UsageToken::buy_staked(series, &TOM, 7, rent_reason()));
		our_events();
		assert_eq!(UsageToken::unstake(series, &TOM, 5, rent_reason()), Ok(500));
		assert_eq!(
			our_events(),
			[Event::UnitsReturned { series, tenant: TOM, units: 5, amount: 500 }]
		);
		assert_eq!((units_of(series, &TOM), sold(series)), (5, 7));
		assert_eq!((backing(series), rent_of(&TOM)), (500, 200));
		assert_eq!(ledgers(GPU)[0].outstanding_seconds, 5 * 60);
		assert_noop!(UsageToken::unstake(series, &TOM, 0, rent_reason()), Error::<Test>::ZeroUnits);
		assert_noop!(UsageToken::unstake(series, &TOM, 3, rent_reason()), TokenError::Frozen);
	});
}

#[test]
fn nothing_stops_units_from_coming_back() {
	build_and_execute(|| {
		let series = create(&OLGA, GPU, sale());
		assert_ok!(UsageToken::buy_staked(series, &TOM, 10, rent_reason()));
		let unstake = || UsageToken::unstake(series, &TOM, 2, rent_reason());
		// Frozen money.
		Balances::set_lock(*b"vesting ", &TOM, FORTUNE, WithdrawReasons::all());
		assert_ok!(unstake());
		// All time sold to others.
		assert_ok!(UsageToken::buy(signed(&TINA), series, 14_398, Balance::MAX));
		assert_ok!(unstake());
		// A closed series, a device that is gone, a window that is over.
		assert_ok!(UsageToken::close_series(signed(&OLGA), series));
		Registry::set(Default::default());
		assert_ok!(unstake());
		check_state();
		Now::set(sale().usable_until);
		assert_ok!(unstake());
		assert_eq!((units_of(series, &TOM), rent_of(&TOM)), (8, 200));
	});
}

#[test]
fn units_of_a_lease_that_never_was_can_be_sold_again() {
	build_and_execute(|| {
		let sale = SaleConditions { cap: 10, ..sale() };
		let series = create(&OLGA, GPU, sale);
		assert_ok!(UsageToken::buy(signed(&TOM), series, 4, 400));
		assert_ok!(UsageToken::buy_staked(series, &TINA, 6, rent_reason()));
		let buy = |units| UsageToken::buy(signed(&TINA), series, units, Balance::MAX);
		assert_noop!(buy(1), Error::<Test>::SoldOut);
		our_events();
		UsageToken::do_unsell(series, 6);
		assert_eq!(our_events(), [Event::UnitsUnsold { series, units: 6 }]);
		assert_eq!((sold(series), backing(series)), (4, 400));
		assert_eq!(ledgers(GPU)[0].outstanding_seconds, 4 * 60);
		assert_noop!(buy(7), Error::<Test>::SoldOut);
		assert_ok!(buy(6));
		// Of no series nothing is sold.
		UsageToken::do_unsell(series + 1, 6);
		assert_eq!(our_events().len(), 1);
	});
}

#[test]
fn closed_series_of_which_nothing_is_sold_any_more_binds_no_window() {
	build_and_execute(|| {
		let series = create(&OLGA, GPU, sale());
		assert_ok!(UsageToken::buy_staked(series, &TOM, 6, rent_reason()));
		assert_ok!(UsageToken::close_series(signed(&OLGA), series));
		UsageToken::do_unsell(series, 5);
		check_state();
		assert_eq!(ledgers(GPU)[0].series, 1);
		UsageToken::do_unsell(series, 1);
		assert!(ledgers(GPU).is_empty());
		check_state();
		assert_ok!(UsageToken::reap_series(signed(&TOM), series));
	});
}

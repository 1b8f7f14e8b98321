// SPDX-License-Identifier: Apache-2.0

use super::*;
use frame_support::dispatch::Pays;

/// A series of Olga's, of which Tom has ten units.
fn ten_units(price: Balance) -> SeriesId {
	let series = create(&OLGA, GPU, SaleConditions { unit_price: price, ..sale() });
	assert_ok!(UsageToken::buy(signed(&TOM), series, 10, Balance::MAX));
	our_events();
	series
}

fn redeem_for(series: SeriesId, holder: AccountId) -> sp_runtime::DispatchResult {
	let outcome = UsageToken::redeem_for(signed(&TINA), series, holder);
	let post = outcome.map_err(|error| error.error)?;
	assert_eq!(post.pays_fee, Pays::No, "helping others is free");
	Ok(())
}

#[test]
fn anyone_gives_a_holder_its_money_once_the_window_is_over() {
	build_and_execute(|| {
		let series = ten_units(100);
		let olga = free(&OLGA);
		Now::set(sale().usable_until - 1);
		assert_noop!(redeem_for(series, TOM), Error::<Test>::NotExpired);
		Now::set(sale().usable_until);
		assert_ok!(redeem_for(series, TOM));
		assert_eq!(
			our_events(),
			[Event::UnitsRedeemed { series, holder: TOM, units: 10, paid: 900, to_owner: 100 }]
		);
		assert_eq!((free(&TOM), free(&OLGA)), (FORTUNE - 100, olga + 100));
		assert_eq!((free(&TINA), sold(series)), (FORTUNE, 0));
		assert_noop!(redeem_for(series, TOM), Error::<Test>::NothingToRedeem);
		assert_noop!(redeem_for(series, TINA), Error::<Test>::NothingToRedeem);
		assert_noop!(redeem_for(9, TOM), Error::<Test>::UnknownSeries);
	});
}

#[test]
fn closed_series_expires_after_the_notice_and_at_par() {
	build_and_execute(|| {
		let series = ten_units(100);
		Now::set(START + 2 * DAY);
		assert_ok!(UsageToken::close_series(signed(&OLGA), series));
		let info = || <UsageToken as UsageUnits<_, _>>::series(series).unwrap();
		assert_eq!(info().expires, START + 5 * DAY);
		Now::set(START + 5 * DAY - 1);
		assert_noop!(redeem_for(series, TOM), Error::<Test>::NotExpired);
		assert_ok!(UsageToken::stake(series, &TOM, 4, rent_reason()));
		Now::set(START + 5 * DAY);
		assert_noop!(
			UsageToken::stake(series, &TOM, 4, rent_reason()),
			Error::<Test>::SeriesExpired
		);
		assert_ok!(redeem_for(series, TOM));
		assert_eq!(free(&TOM), FORTUNE - 400);
		// Leases go on, and what they give back can go the same way.
		assert_ok!(UsageToken::unstake(series, &TOM, 3, rent_reason()));
		assert_ok!(redeem_for(series, TOM));
		assert_eq!(free(&TOM), FORTUNE - 100);
	});
}

#[test]
fn notice_ends_with_the_window() {
	build_and_execute(|| {
		let series = ten_units(100);
		assert_eq!(UsageToken::details(series).unwrap().expires, sale().usable_until);
		Now::set(sale().usable_until - 60);
		assert_ok!(UsageToken::close_series(signed(&OLGA), series));
		assert_eq!(UsageToken::details(series).unwrap().expires, sale().usable_until);
	});
}

#[test]
fn dust_that_a_dead_holder_can_not_receive_goes_to_the_treasury() {
	build_and_execute(|| {
		let series = ten_units(5);
		assert_ok!(Assets::transfer(signed(&TOM), series, NOBODY, 2));
		Now::set(sale().usable_until);
		assert_ok!(redeem_for(series, NOBODY));
		assert_eq!(
			our_events(),
			[
				Event::DustDiverted { series, amount: 9 },
				Event::UnitsRedeemed { series, holder: NOBODY, units: 2, paid: 0, to_owner: 1 },
			]
		);
		assert_eq!((free(&NOBODY), free(&TREASURY)), (0, FORTUNE + 9));
		// An existential deposit makes the account anew.
		assert_ok!(Assets::transfer(signed(&TOM), series, NOBODY, 3));
		assert_ok!(redeem_for(series, NOBODY));
		assert_eq!(free(&NOBODY), 13);
	});
}

#[test]
fn unsigned_origin_is_refused() {
	build_and_execute(|| {
		let series = ten_units(100);
		Now::set(sale().usable_until);
		assert_noop!(
			UsageToken::redeem_for(RuntimeOrigin::root(), series, TOM),
			sp_runtime::DispatchError::BadOrigin
		);
		assert_noop!(
			UsageToken::reap_series(RuntimeOrigin::root(), series),
			sp_runtime::DispatchError::BadOrigin
		);
		assert_noop!(
			UsageToken::catch_up(RuntimeOrigin::root(), 1),
			sp_runtime::DispatchError::BadOrigin
		);
	});
}

// SPDX-License-Identifier: Apache-2.0

//! What a holder, an owner or a stranger might try.

use super::*;

#[test]
fn units_sent_to_the_series_itself_lock_nothing() {
	build_and_execute(|| {
		let series = create(&OLGA, GPU, sale());
		assert_ok!(UsageToken::buy(signed(&TOM), series, 10, 1_000));
		let account = UsageToken::account_of(series);
		assert_ok!(Assets::transfer(signed(&TOM), series, account.clone(), 10));
		Now::set(sale().usable_until);
		assert_ok!(UsageToken::redeem_for(signed(&TINA), series, account.clone()));
		assert_eq!((free(&account), backing(series)), (ED + 900, 0));
		assert_ok!(UsageToken::reap_series(signed(&TINA), series));
		assert_eq!(Balances::total_balance(&OLGA), FORTUNE + 1_000);
	});
}

#[test]
fn units_of_another_series_in_its_account_stop_no_reaping() {
	build_and_execute(|| {
		let (series, other) = (create(&OLGA, GPU, sale()), create(&OTTO, DRONE, sale()));
		assert_ok!(UsageToken::buy(signed(&TOM), other, 10, 1_000));
		assert_ok!(Assets::transfer(signed(&TOM), other, UsageToken::account_of(series), 10));
		assert_ok!(UsageToken::close_series(signed(&OLGA), series));
		assert_ok!(UsageToken::reap_series(signed(&TINA), series));
		assert_eq!(Balances::total_balance(&OLGA), FORTUNE);
		check_state();
		// And they can be redeemed for whom they were given to.
		Now::set(sale().usable_until);
		let account = UsageToken::account_of(series);
		assert_ok!(UsageToken::redeem_for(signed(&TINA), other, account.clone()));
		assert_eq!(free(&account), 900);
		assert_ok!(UsageToken::reap_series(signed(&TINA), other));
	});
}

#[test]
fn scattered_units_can_all_be_redeemed_for_their_holders() {
	build_and_execute(|| {
		let series = create(&OLGA, GPU, SaleConditions { unit_price: 5, ..sale() });
		assert_ok!(UsageToken::buy(signed(&TOM), series, 50, 250));
		let holder = |index: u8| AccountId::new([100 + index; 32]);
		for index in 0..50 {
			assert_ok!(Assets::transfer(signed(&TOM), series, holder(index), 1));
		}
		Now::set(sale().usable_until);
		for index in 0..50 {
			assert_ok!(UsageToken::redeem_for(signed(&TINA), series, holder(index)));
		}
		// Each would get less than an account needs.
		assert_eq!(free(&TREASURY), FORTUNE + 50 * 4);
		assert_ok!(UsageToken::reap_series(signed(&TINA), series));
	});
}

#[test]
fn buying_out_a_device_and_going_back_costs_what_the_owner_asks() {
	build_and_execute(|| {
		let series = create(&OLGA, GPU, sale());
		Now::set(START + DAY);
		assert_ok!(UsageToken::buy(signed(&TOM), series, 14_400, Balance::MAX));
		let olga = free(&OLGA);
		assert_ok!(UsageToken::redeem(signed(&TOM), series, 14_400));
		assert_eq!(free(&TOM), FORTUNE - 72_000);
		assert_eq!(free(&OLGA), olga + 72_000);
	});
}

#[test]
fn an_owner_gains_nothing_by_closing_hiding_or_selling() {
	build_and_execute(|| {
		let series = create(&OLGA, GPU, sale());
		assert_ok!(UsageToken::buy(signed(&TOM), series, 40, 4_000));
		Now::set(START + 2 * DAY);
		let owners = free(&OLGA) + free(&OTTO);
		let redeemed = |act: &dyn Fn()| {
			frame_support::hypothetically!({
				act();
				assert_ok!(UsageToken::redeem(signed(&TOM), series, 40));
				free(&OLGA) + free(&OTTO) - owners
			})
		};
		let registry = Registry::get();
		assert_eq!(redeemed(&|| ()), 200);
		let acts: [&dyn Fn(); 4] = [
			&|| UsageToken::close_series(signed(&OLGA), series).unwrap(),
			&|| change_device(GPU, |device| device.status = DeviceStatus::Missing),
			&|| change_device(GPU, |device| device.key = None),
			&|| force_retire(GPU),
		];
		for act in acts {
			assert_eq!(redeemed(act), 0);
			Registry::set(registry.clone());
			ForceRetired::set(Default::default());
		}
		assert_eq!(redeemed(&|| change_device(GPU, |device| device.owner = OTTO)), 200);
	});
}

#[test]
fn strangers_can_hurry_nobody() {
	build_and_execute(|| {
		let series = create(&OLGA, GPU, sale());
		assert_ok!(UsageToken::buy(signed(&TOM), series, 10, 1_000));
		let hurry = || UsageToken::redeem_for(signed(&TINA), series, TOM);
		assert_noop!(hurry(), Error::<Test>::NotExpired);
		assert_noop!(
			UsageToken::close_series(signed(&TINA), series),
			Error::<Test>::NotSeriesOwner
		);
		assert_ok!(UsageToken::close_series(signed(&OLGA), series));
		assert_noop!(hurry(), Error::<Test>::NotExpired);
		assert_noop!(
			UsageToken::reap_series(signed(&TINA), series),
			Error::<Test>::UnitsOutstanding
		);
	});
}

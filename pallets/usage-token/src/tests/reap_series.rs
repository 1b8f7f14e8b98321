// SPDX-License-Identifier: Apache-2.0

use super::*;
use crate::{SeriesByOwner, SeriesBySubject, REAPED_AT_ONCE};
use frame_support::traits::fungibles::roles::Inspect as _;

fn reap(series: SeriesId) -> sp_runtime::DispatchResult {
	UsageToken::reap_series(signed(&TINA), series).map(drop).map_err(|error| error.error)
}

fn closed() -> SeriesId {
	let series = create(&OLGA, GPU, sale());
	assert_ok!(UsageToken::close_series(signed(&OLGA), series));
	our_events();
	series
}

fn stranger(index: u32) -> AccountId {
	let mut id = [77; 32];
	id[..4].copy_from_slice(&index.to_le_bytes());
	AccountId::new(id)
}

#[test]
fn all_that_the_maker_gave_comes_back() {
	build_and_execute(|| {
		let series = closed();
		assert_ok!(reap(series));
		assert_eq!(our_events(), [Event::SeriesReaped { series, owner: OLGA, returned: ED }]);
		assert_eq!((Balances::total_balance(&OLGA), free(&OLGA)), (FORTUNE, FORTUNE));
		assert_eq!(Balances::total_balance(&UsageToken::account_of(series)), 0);
		assert_eq!(Assets::owner(series), None);
		assert!(!Series::<Test>::contains_key(series));
		assert_eq!(SeriesByOwner::<Test>::iter().count(), 0);
		assert_eq!(SeriesBySubject::<Test>::iter().count(), 0);
		assert_eq!(Windows::<Test>::iter().count(), 0);
		assert_eq!(create(&OLGA, GPU, sale()), series + 1);
	});
}

#[test]
fn every_call_knows_a_reaped_series() {
	build_and_execute(|| {
		let series = closed();
		assert_ok!(reap(series));
		let gone = Error::<Test>::SeriesReaped;
		assert_noop!(UsageToken::close_series(signed(&OLGA), series), gone);
		assert_noop!(
			UsageToken::buy(signed(&TOM), series, 1, Balance::MAX),
			Error::<Test>::SeriesReaped
		);
		assert_noop!(UsageToken::redeem(signed(&TOM), series, 1), Error::<Test>::SeriesReaped);
		assert_noop!(
			UsageToken::redeem_for(signed(&TOM), series, TOM),
			Error::<Test>::SeriesReaped
		);
		assert_noop!(reap(series), Error::<Test>::SeriesReaped);
		assert_noop!(reap(series + 1), Error::<Test>::UnknownSeries);
		assert_noop!(reap(0), Error::<Test>::UnknownSeries);
		let reason = rent_reason;
		assert_noop!(UsageToken::stake(series, &TOM, 1, reason()), Error::<Test>::SeriesReaped);
		assert_noop!(
			UsageToken::buy_staked(series, &TOM, 1, reason()),
			Error::<Test>::SeriesReaped
		);
		assert_noop!(UsageToken::unstake(series, &TOM, 1, reason()), Error::<Test>::SeriesReaped);
		assert_eq!(UsageToken::details(series), None);
		assert!(!UsageToken::may_transfer(series));
	});
}

#[test]
fn only_what_is_over_is_reaped() {
	build_and_execute(|| {
		let series = create(&OLGA, GPU, sale());
		assert_noop!(reap(series), Error::<Test>::SeriesOpen);
		assert_ok!(UsageToken::buy(signed(&TOM), series, 10, 1_000));
		assert_ok!(UsageToken::stake(series, &TOM, 9, rent_reason()));
		Leased::mutate(|leased| leased.insert(series));
		Now::set(sale().usable_until);
		assert_noop!(reap(series), Error::<Test>::UnitsOutstanding);
		assert_ok!(UsageToken::redeem_for(signed(&TINA), series, TOM));
		assert_noop!(reap(series), Error::<Test>::LeasesOpen);
		Leased::mutate(|leased| leased.remove(&series));
		assert_ok!(reap(series));
		// The lease that was settled keeps its money; it was not the series' any more.
		assert_eq!(rent_of(&TOM), 900);
	});
}

#[test]
fn strangers_gifts_are_the_makers() {
	build_and_execute(|| {
		let series = closed();
		let account = UsageToken::account_of(series);
		assert_ok!(Balances::transfer_allow_death(signed(&TOM), account, 777));
		assert_ok!(reap(series));
		assert_eq!(our_events(), [Event::SeriesReaped { series, owner: OLGA, returned: ED + 777 }]);
		assert_eq!(free(&OLGA), FORTUNE + 777);
	});
}

#[test]
fn a_maker_that_died_lives_again() {
	build_and_execute(|| {
		change_device(GPU, |device| device.owner = NOBODY);
		assert_ok!(Balances::transfer_allow_death(signed(&TOM), NOBODY, FORTUNE / 2));
		let series = create(&NOBODY, GPU, sale());
		assert_ok!(UsageToken::close_series(signed(&NOBODY), series));
		assert_ok!(Balances::transfer_all(signed(&NOBODY), TOM, false));
		assert_ok!(reap(series));
		assert!(free(&NOBODY) > ED);
		assert_eq!(Balances::total_balance(&TOM) + Balances::total_balance(&NOBODY), FORTUNE);
	});
}

#[test]
fn accounts_and_approvals_go_step_by_step() {
	build_and_execute(|| {
		let series = closed();
		// Accounts without units: strangers can't make them where the call filter stands, but there is
		// no other way to have more than a few.
		let (accounts, approvals) = (2 * REAPED_AT_ONCE + 5, REAPED_AT_ONCE + 3);
		for index in 0..accounts {
			let who = stranger(index);
			assert_ok!(Balances::transfer_allow_death(signed(&TOM), who.clone(), 100 * ED));
			assert_ok!(Assets::touch(signed(&who), series));
			if index < approvals {
				assert_ok!(Assets::approve_transfer(signed(&who), series, TINA, 1));
			}
		}
		let continues =
			|accounts, approvals| [Event::SeriesReapingContinues { series, accounts, approvals }];
		our_events();
		assert_ok!(reap(series));
		assert_eq!(our_events(), continues(64, 64));
		check_state();
		assert_noop!(
			UsageToken::unstake(series, &TOM, 1, rent_reason()),
			Error::<Test>::SeriesReaped
		);
		// Nothing new can come up meanwhile.
		assert!(Assets::touch(signed(&TOM), series).is_err());
		assert!(Assets::approve_transfer(signed(&TOM), series, TINA, 1).is_err());
		assert_ok!(reap(series));
		assert_eq!(our_events(), continues(64, 3));
		assert_ok!(reap(series));
		assert_eq!(our_events(), [Event::SeriesReaped { series, owner: OLGA, returned: ED }]);
		for index in 0..accounts {
			assert_eq!(free(&stranger(index)), 100 * ED);
			assert_eq!(frame_system::Pallet::<Test>::sufficients(&stranger(index)), 0);
		}
	});
}

#[test]
fn weight_is_that_of_what_went() {
	use crate::WeightInfo;
	build_and_execute(|| {
		let series = closed();
		assert_ok!(Assets::approve_transfer(signed(&TOM), series, TINA, 1));
		let post = UsageToken::reap_series(signed(&TINA), series).unwrap();
		assert_eq!(post.pays_fee, frame_support::dispatch::Pays::No);
		let weight = post.actual_weight;
		let expected =
			<() as WeightInfo>::reap_series(0, 1).saturating_add(<() as WeightInfo>::catch_up(0));
		assert_eq!(weight, Some(expected));
	});
}

#[test]
fn others_may_help_with_the_asset() {
	build_and_execute(|| {
		let series = closed();
		for index in 0..REAPED_AT_ONCE {
			let who = stranger(index);
			assert_ok!(Balances::transfer_allow_death(signed(&TOM), who.clone(), 100 * ED));
			assert_ok!(Assets::touch(signed(&who), series));
		}
		assert_ok!(reap(series));
		assert!(Series::<Test>::get(series).unwrap().reaping);
		assert_ok!(Assets::destroy_accounts(signed(&TOM), series));
		assert_ok!(Assets::destroy_approvals(signed(&TOM), series));
		assert_ok!(Assets::finish_destroy(signed(&TOM), series));
		check_state();
		our_events();
		assert_ok!(reap(series));
		assert_eq!(our_events(), [Event::SeriesReaped { series, owner: OLGA, returned: ED }]);
	});
}

#[test]
fn series_of_the_same_window_keep_their_ledger() {
	build_and_execute(|| {
		let (first, second) = (create(&OLGA, GPU, sale()), create(&OLGA, GPU, sale()));
		assert_ok!(UsageToken::buy(signed(&TOM), second, 10, 1_000));
		assert_ok!(UsageToken::buy_staked(first, &TOM, 10, rent_reason()));
		assert_ok!(UsageToken::close_series(signed(&OLGA), first));
		assert_eq!((ledgers(GPU)[0].open_series, ledgers(GPU)[0].series), (1, 2));
		assert_ok!(reap(first));
		assert_eq!((ledgers(GPU)[0].open_series, ledgers(GPU)[0].series), (1, 1));
		assert_eq!(ledgers(GPU)[0].outstanding_seconds, 600);
	});
}

// SPDX-License-Identifier: Apache-2.0

use super::*;
use frame_support::traits::{LockableCurrency, WithdrawReasons};
use sp_runtime::DispatchError;

fn buy(series: SeriesId, units: Units) -> sp_runtime::DispatchResult {
	let outcome = UsageToken::buy(signed(&TOM), series, units, Balance::MAX);
	outcome.map(|_| ()).map_err(|error| error.error)
}

fn refused(series: SeriesId, units: Units, error: Error<Test>) {
	// The price answers as the purchase does, and both kinds of purchase agree.
	let price = <UsageToken as UsageUnits<AccountId, RuntimeHoldReason>>::price_of(series, units);
	let error: DispatchError = error.into();
	assert_eq!(price, Err(error));
	assert_noop!(UsageToken::buy_staked(series, &TOM, units, rent_reason()), error);
	assert_noop!(buy(series, units), error);
}

#[test]
fn units_are_backed_by_what_they_cost() {
	build_and_execute(|| {
		let series = create(&OLGA, GPU, sale());
		let issuance = Balances::total_issuance();
		our_events();
		assert_ok!(UsageToken::buy(signed(&TOM), series, 12, 1_200));
		assert_eq!(
			our_events(),
			[Event::UnitsBought { series, buyer: TOM, units: 12, cost: 1_200 }]
		);
		assert_eq!((units_of(series, &TOM), sold(series)), (12, 12));
		assert_eq!((free(&TOM), backing(series)), (FORTUNE - 1_200, 1_200));
		assert_eq!(ledgers(GPU)[0].outstanding_seconds, 12 * 60);
		assert_eq!(Balances::total_issuance(), issuance);
		assert_ok!(buy(series, 3));
		assert_eq!((units_of(series, &TOM), backing(series)), (15, 1_500));
	});
}

#[test]
fn zero_units_and_unknown_series_are_refused() {
	build_and_execute(|| {
		let series = create(&OLGA, GPU, sale());
		refused(series, 0, Error::ZeroUnits);
		refused(series + 1, 1, Error::UnknownSeries);
	});
}

#[test]
fn units_are_sold_in_the_sale_window_only() {
	build_and_execute(|| {
		let (from, until) = (START + 10, START + 20);
		let series =
			create(&OLGA, GPU, SaleConditions { sale_from: from, sale_until: until, ..sale() });
		refused(series, 1, Error::SaleNotOpen);
		Now::set(from);
		assert_ok!(buy(series, 1));
		Now::set(until - 1);
		assert_ok!(buy(series, 1));
		Now::set(until);
		refused(series, 1, Error::SaleOver);
		Now::set(sale().usable_until);
		refused(series, 1, Error::SeriesExpired);
		assert_ok!(UsageToken::redeem(signed(&TOM), series, 2));
	});
}

#[test]
fn closed_series_is_not_sold() {
	build_and_execute(|| {
		let series = create(&OLGA, GPU, sale());
		assert_ok!(UsageToken::close_series(signed(&OLGA), series));
		refused(series, 1, Error::SeriesClosed);
	});
}

#[test]
fn cap_counts_units_until_they_are_redeemed() {
	build_and_execute(|| {
		let series = create(&OLGA, GPU, SaleConditions { cap: 100, ..sale() });
		refused(series, 101, Error::SoldOut);
		assert_ok!(buy(series, 100));
		refused(series, 1, Error::SoldOut);
		assert_ok!(UsageToken::stake(series, &TOM, 40, rent_reason()));
		refused(series, 1, Error::SoldOut);
		assert_ok!(UsageToken::redeem(signed(&TOM), series, 10));
		refused(series, 11, Error::SoldOut);
		assert_ok!(buy(series, 10));
		assert_eq!(sold(series), 100);
	});
}

#[test]
fn amounts_that_overflow_are_refused() {
	build_and_execute(|| {
		let series = create(&OLGA, GPU, sale());
		refused(series, Units::MAX, Error::AmountOverflow);
	});
}

#[test]
fn no_more_time_is_sold_than_there_is() {
	build_and_execute(|| {
		// Ten days are 14,400 minutes.
		let (minutes, hours) = (
			create(&OLGA, GPU, sale()),
			create(&OLGA, GPU, SaleConditions { unit_seconds: 3_600, ..sale() }),
		);
		refused(minutes, 14_401, Error::CapacityExceeded);
		assert_ok!(buy(minutes, 14_400 - 59));
		refused(hours, 1, Error::CapacityExceeded);
		refused(minutes, 60, Error::CapacityExceeded);
		assert_ok!(UsageToken::redeem(signed(&TOM), minutes, 1));
		assert_ok!(buy(hours, 1));
		refused(minutes, 1, Error::CapacityExceeded);
	});
}

#[test]
fn booked_and_past_time_is_not_sold() {
	build_and_execute(|| {
		let series = create(&OLGA, GPU, sale());
		// Two days are booked, one of them before the window.
		Bookings::set(vec![(GPU, START, START + 2 * DAY), (RIG, START, START + 9 * DAY)]);
		refused(series, 9 * 1_440 + 1, Error::CapacityExceeded);
		// Six days and a half are over; of the booking nothing is ahead.
		Now::set(START + 7 * DAY + DAY / 2);
		refused(series, 3 * 1_440 + 721, Error::CapacityExceeded);
		assert_ok!(buy(series, 3 * 1_440 + 720));
		refused(series, 1, Error::CapacityExceeded);
	});
}

#[test]
fn capacity_of_other_windows_and_devices_is_their_own() {
	build_and_execute(|| {
		let (from, until) = (START + 11 * DAY, START + 12 * DAY);
		let later = SaleConditions { usable_from: from, usable_until: until, ..sale() };
		let (first, second, third) =
			(create(&OLGA, GPU, sale()), create(&OLGA, GPU, later), create(&OLGA, RIG, sale()));
		assert_ok!(buy(first, 14_400));
		assert_ok!(buy(second, 1_440));
		assert_ok!(buy(third, 14_400));
		refused(second, 1, Error::CapacityExceeded);
	});
}

#[test]
fn buyer_never_pays_more_than_it_wants() {
	build_and_execute(|| {
		let series = create(&OLGA, GPU, sale());
		assert_noop!(UsageToken::buy(signed(&TOM), series, 10, 999), Error::<Test>::CostAboveMax);
	});
}

#[test]
fn buyer_must_keep_an_existential_deposit() {
	build_and_execute(|| {
		let series = create(&OLGA, GPU, sale());
		assert_ok!(Balances::transfer_allow_death(signed(&TOM), NOBODY, 1_000 + ED - 1));
		let buy = || UsageToken::buy(signed(&NOBODY), series, 10, 1_000);
		assert_noop!(buy(), Error::<Test>::BalanceTooLow);
		assert_noop!(
			UsageToken::buy_staked(series, &NOBODY, 10, rent_reason()),
			Error::<Test>::BalanceTooLow
		);
		assert_ok!(Balances::transfer_allow_death(signed(&TOM), NOBODY, 1));
		assert_ok!(buy());
		assert_eq!(free(&NOBODY), ED);
	});
}

#[test]
fn frozen_money_buys_nothing() {
	build_and_execute(|| {
		let series = create(&OLGA, GPU, sale());
		Balances::set_lock(*b"vesting ", &TOM, FORTUNE - 500, WithdrawReasons::all());
		assert_noop!(buy(series, 10), Error::<Test>::BalanceTooLow);
		assert_ok!(buy(series, 5));
	});
}

#[test]
fn device_must_still_be_there_and_to_be_leased() {
	build_and_execute(|| {
		let series = create(&OLGA, GPU, sale());
		change_device(GPU, |device| device.status = DeviceStatus::Missing);
		refused(series, 1, Error::DeviceNotListed);
		change_device(GPU, |device| device.status = DeviceStatus::Listed);
		change_device(GPU, |device| device.fleet = Some(1));
		refused(series, 1, Error::DeviceInFleet);
		Registry::mutate(|devices| devices.remove(&GPU));
		assert_noop!(buy(series, 1), DispatchError::Other("no such device"));
	});
}

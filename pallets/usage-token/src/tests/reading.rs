// SPDX-License-Identifier: Apache-2.0

use super::*;

fn available(series: SeriesId) -> Units {
	UsageToken::details(series).unwrap().available
}

#[test]
fn details_tell_the_whole_series() {
	build_and_execute(|| {
		assert_eq!(UsageToken::details(1), None);
		let series = create(&OLGA, GPU, sale());
		assert_ok!(UsageToken::buy(signed(&TOM), series, 10, 1_000));
		assert_ok!(UsageToken::stake(series, &TOM, 4, rent_reason()));
		Now::set(START + DAY);
		let details = UsageToken::details(series).unwrap();
		assert_eq!((details.subject, details.owner), (Subject::Device(GPU), OLGA));
		assert_eq!((details.sale, details.terms), (sale(), terms()));
		assert_eq!((details.outstanding, details.sold, details.closed), (6, 10, false));
		assert_eq!(details.redeem_value, 95);
		assert_eq!(details.account, UsageToken::account_of(series));
		assert_eq!(details.available, 14_394);

		let info = <UsageToken as UsageUnits<_, _>>::series(series).unwrap();
		assert_eq!((info.id, info.subject, info.owner), (series, Subject::Device(GPU), OLGA));
		assert_eq!((info.sale, info.terms, info.closed), (sale(), terms(), false));
		assert_noop!(
			<UsageToken as UsageUnits<AccountId, RuntimeHoldReason>>::series(9),
			Error::<Test>::UnknownSeries
		);
		assert_eq!(
			<UsageToken as UsageUnits<AccountId, RuntimeHoldReason>>::price_of(series, 3),
			Ok(300)
		);
	});
}

#[test]
fn exactly_what_is_available_can_be_bought() {
	build_and_execute(|| {
		let series = create(&OLGA, GPU, SaleConditions { cap: 20_000, ..sale() });
		let check = |expected| {
			assert_eq!(available(series), expected);
			let buy = |units| UsageToken::buy(signed(&TOM), series, units, Balance::MAX);
			assert!(frame_support::hypothetically!(buy(expected + 1)).is_err());
			if expected > 0 {
				frame_support::hypothetically!({
					assert_ok!(buy(expected));
				});
			}
		};
		check(14_400);
		Bookings::set(vec![(GPU, START + 2 * DAY, START + 3 * DAY + 30)]);
		check(12_959);
		assert_ok!(UsageToken::buy(signed(&TOM), series, 10_000, Balance::MAX));
		check(2_959);
		Now::set(START + 11 * DAY);
		check(0);
		Now::set(START);
		change_device(GPU, |device| device.status = DeviceStatus::Missing);
		check(0);
	});
}

#[test]
fn cap_limits_what_is_available() {
	build_and_execute(|| {
		let series = create(&OLGA, GPU, SaleConditions { cap: 50, ..sale() });
		assert_ok!(UsageToken::buy(signed(&TOM), series, 20, Balance::MAX));
		assert_eq!(available(series), 30);
		assert_ok!(UsageToken::close_series(signed(&OLGA), series));
		assert_eq!(available(series), 0);
		assert_eq!(UsageToken::details(series).unwrap().redeem_value, 100);
	});
}

#[test]
fn bound_and_unknown_series_do_not_transfer() {
	build_and_execute(|| {
		let (free, bound) = (
			create(&OLGA, GPU, sale()),
			create(&OLGA, GPU, SaleConditions { transferable: false, ..sale() }),
		);
		assert!(UsageToken::may_transfer(free));
		assert!(!UsageToken::may_transfer(bound));
		assert!(!UsageToken::may_transfer(9));
	});
}

#[test]
fn nobody_commands_the_units_but_the_pallet() {
	build_and_execute(|| {
		let series = create(&OLGA, GPU, sale());
		assert_ok!(UsageToken::buy(signed(&TOM), series, 10, 1_000));
		for who in [OLGA, TOM] {
			assert!(Assets::mint(signed(&who), series, TOM, 1).is_err());
			assert!(Assets::burn(signed(&who), series, TOM, 1).is_err());
			assert!(Assets::freeze_asset(signed(&who), series).is_err());
			assert!(Assets::start_destroy(signed(&who), series).is_err());
			assert!(Assets::create(signed(&who), 77, who.clone(), 1).is_err());
		}
	});
}

// SPDX-License-Identifier: Apache-2.0

use super::*;

#[test]
fn closed_series_sells_no_more_and_redeems_at_par() {
	build_and_execute(|| {
		let series = create(&OLGA, GPU, sale());
		assert_ok!(UsageToken::buy(signed(&TOM), series, 10, 1_000));
		Now::set(START + 2 * DAY);
		our_events();
		assert_ok!(UsageToken::close_series(signed(&OLGA), series));
		assert_eq!(our_events(), [Event::SeriesClosed { series }]);
		assert_eq!(Series::<Test>::get(series).unwrap().closed_at, Some(START + 2 * DAY));
		assert!(<UsageToken as UsageUnits<_, _>>::series(series).unwrap().closed);

		assert_noop!(UsageToken::buy(signed(&TOM), series, 1, 1_000), Error::<Test>::SeriesClosed);
		for moment in [2 * DAY, 20 * DAY] {
			Now::set(START + moment);
			assert_ok!(UsageToken::redeem(signed(&TOM), series, 5));
		}
		assert_eq!((free(&TOM), backing(series)), (FORTUNE, 0));
	});
}

#[test]
fn only_the_owner_closes_and_only_once() {
	build_and_execute(|| {
		let series = create(&OLGA, GPU, sale());
		assert_noop!(UsageToken::close_series(signed(&TOM), series), Error::<Test>::NotSeriesOwner);
		assert_noop!(UsageToken::close_series(signed(&OLGA), 9), Error::<Test>::UnknownSeries);
		assert_ok!(UsageToken::close_series(signed(&OLGA), series));
		assert_noop!(UsageToken::close_series(signed(&OLGA), series), Error::<Test>::SeriesClosed);
	});
}

#[test]
fn expired_series_can_not_be_closed() {
	build_and_execute(|| {
		let series = create(&OLGA, GPU, sale());
		Now::set(sale().usable_until);
		assert_noop!(UsageToken::close_series(signed(&OLGA), series), Error::<Test>::SeriesExpired);
	});
}

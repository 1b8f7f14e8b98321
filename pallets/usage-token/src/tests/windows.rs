// SPDX-License-Identifier: Apache-2.0

use super::*;

fn window(from: Moment, until: Moment) -> SaleConditions {
	let (usable_from, usable_until) = (START + from, START + until);
	SaleConditions { sale_until: usable_until, usable_from, usable_until, ..sale() }
}

fn refused(from: Moment, until: Moment, error: Error<Test>) {
	let subject = Subject::Device(GPU);
	assert_noop!(
		UsageToken::create_series(signed(&OLGA), subject, window(from, until), Box::new(terms())),
		error
	);
}

fn stretches() -> Vec<(Moment, Moment, u32)> {
	ledgers(GPU)
		.iter()
		.map(|ledger| (ledger.from - START, ledger.until - START, ledger.open_series))
		.collect()
}

#[test]
fn windows_are_identical_or_disjoint() {
	build_and_execute(|| {
		create(&OLGA, GPU, window(10_000, 20_000));
		create(&OLGA, GPU, window(10_000, 20_000));
		create(&OLGA, GPU, window(20_000, 30_000));
		create(&OLGA, GPU, window(5_000, 10_000));
		assert_eq!(stretches(), [(5_000, 10_000, 1), (10_000, 20_000, 2), (20_000, 30_000, 1)]);
		refused(9_000, 12_000, Error::WindowsConflict);
		refused(10_000, 19_999, Error::WindowsConflict);
		refused(1_000, 90_000, Error::WindowsConflict);
		refused(29_000, 90_000, Error::WindowsConflict);
		// Another device has windows of its own.
		create(&OLGA, RIG, window(9_000, 12_000));
	});
}

#[test]
fn windows_are_bounded_and_old_ones_make_room() {
	build_and_execute(|| {
		for index in 1..=4 {
			create(&OLGA, GPU, window(index * 10_000, index * 10_000 + 10_000));
		}
		refused(60_000, 70_000, Error::TooManyWindows);
		Now::set(START + 20_000);
		create(&OLGA, GPU, window(60_000, 70_000));
		assert_eq!(stretches()[0], (20_000, 30_000, 1));
		// An expired window is in nobody's way.
		create(&OLGA, RIG, window(10_000, 30_000));
		Now::set(START + 30_000);
		create(&OLGA, RIG, window(20_000, 40_000));
	});
}

#[test]
fn idle_window_makes_room_once_no_lease_can_give_units_back() {
	build_and_execute(|| {
		let series = create(&OLGA, GPU, window(10_000, 20_000));
		assert_ok!(UsageToken::buy_staked(series, &TOM, 20, rent_reason()));
		assert_ok!(UsageToken::close_series(signed(&OLGA), series));
		refused(12_000, 22_000, Error::WindowsConflict);

		assert_ok!(UsageToken::unstake(series, &TOM, 20, rent_reason()));
		assert_eq!(ledgers(GPU)[0].outstanding_seconds, 20 * 60);
		refused(12_000, 22_000, Error::WindowsConflict);
		assert_ok!(UsageToken::redeem(signed(&TOM), series, 20));
		assert!(!Windows::<Test>::contains_key(Subject::Device(GPU)));
		create(&OLGA, GPU, window(12_000, 22_000));
		assert_eq!(stretches(), [(12_000, 22_000, 1)]);
	});
}

#[test]
fn window_of_used_units_makes_room_once_the_series_is_reaped() {
	build_and_execute(|| {
		let series = create(&OLGA, GPU, window(10_000, 20_000));
		assert_ok!(UsageToken::buy_staked(series, &TOM, 20, rent_reason()));
		assert_ok!(UsageToken::close_series(signed(&OLGA), series));
		refused(12_000, 22_000, Error::WindowsConflict);
		assert_ok!(UsageToken::reap_series(signed(&TINA), series));
		assert!(!Windows::<Test>::contains_key(Subject::Device(GPU)));
		create(&OLGA, GPU, window(12_000, 22_000));
	});
}

#[test]
fn closing_the_last_series_leaves_no_window() {
	build_and_execute(|| {
		let (first, second) = (
			create(&OLGA, GPU, window(10_000, 20_000)),
			create(&OLGA, GPU, window(10_000, 20_000)),
		);
		assert_ok!(UsageToken::close_series(signed(&OLGA), first));
		assert_eq!(stretches(), [(10_000, 20_000, 1)]);
		assert_ok!(UsageToken::close_series(signed(&OLGA), second));
		assert!(!Windows::<Test>::contains_key(Subject::Device(GPU)));
	});
}

#[test]
fn device_is_committed_while_time_is_promised() {
	build_and_execute(|| {
		let committed = || (UsageToken::is_committed(GPU), UsageToken::is_offered(GPU));
		assert_eq!(committed(), (false, false));
		let series = create(&OLGA, GPU, sale());
		assert_eq!(committed(), (true, true));
		assert_ok!(UsageToken::buy(signed(&TOM), series, 5, 500));
		assert_ok!(UsageToken::close_series(signed(&OLGA), series));
		assert_eq!(committed(), (true, true));
		assert_ok!(UsageToken::redeem(signed(&TOM), series, 5));
		assert_eq!(committed(), (false, false));
		assert!(!UsageToken::is_committed(RIG));
	});
}

#[test]
fn forgotten_units_bind_no_device_after_their_window() {
	build_and_execute(|| {
		let series = create(&OLGA, GPU, sale());
		assert_ok!(UsageToken::buy(signed(&TOM), series, 5, 500));
		Now::set(sale().usable_until);
		assert!(!UsageToken::is_committed(GPU));
		assert!(!UsageToken::is_offered(GPU));
	});
}

#[test]
fn leased_device_may_report_when_nothing_is_for_sale() {
	build_and_execute(|| {
		// Its last minutes are proven by the first heartbeat after the lease.
		Bookings::set(vec![(GPU, START, START + 600)]);
		for (moment, offered) in [(0, true), (600, true), (600 + DAY - 1, true), (600 + DAY, false)]
		{
			Now::set(START + moment);
			assert_eq!(UsageToken::is_offered(GPU), offered);
			assert!(!UsageToken::is_committed(GPU));
		}
	});
}

// SPDX-License-Identifier: Apache-2.0

use super::*;
use tenure_primitives::apis::{Holding, Page, WindowCapacity};

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
		let has =
			|who| <UsageToken as UsageUnits<AccountId, RuntimeHoldReason>>::units_of(series, who);
		assert_eq!([has(&TOM), has(&TINA)], [6, 0]);
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

#[test]
fn series_are_listed_page_by_page() {
	build_and_execute(|| {
		let made: Vec<SeriesId> = (0..7).map(|_| create(&OLGA, GPU, sale())).collect();
		create(&OLGA, RIG, sale());
		create(&OTTO, DRONE, sale());
		let subject = Subject::Device(GPU);
		let all = |page: &dyn Fn(Option<SeriesId>) -> Page<SeriesId, SeriesId>| {
			let (mut items, mut after) = (Vec::new(), None);
			loop {
				let found = page(after);
				assert!(found.items.len() <= 3);
				items.extend(found.items);
				after = found.next;
				if after.is_none() {
					items.sort_unstable();
					return items;
				}
			}
		};
		assert_eq!(all(&|after| UsageToken::series_of_subject(&subject, after, 3)), made);
		let of_olga = all(&|after| UsageToken::series_of_owner(&OLGA, after, 3));
		assert_eq!(of_olga, (1..=8).collect::<Vec<_>>());
		assert!(all(&|after| UsageToken::series_of_owner(&TOM, after, 3)).is_empty());
		let whole = UsageToken::series_of_subject(&subject, None, 7);
		assert_eq!((whole.items.len(), whole.next), (7, None));
		// The cursor need not be there any more.
		let first = UsageToken::series_of_subject(&subject, None, 3);
		let last = first.next.unwrap();
		assert_ok!(UsageToken::close_series(signed(&OLGA), last));
		assert_ok!(UsageToken::reap_series(signed(&TINA), last));
		let rest = UsageToken::series_of_subject(&subject, Some(last), 100);
		assert_eq!((rest.items.len(), rest.next), (4, None));
	});
}

#[test]
fn pages_are_bounded() {
	build_and_execute(|| {
		for _ in 0..105 {
			create(&OLGA, GPU, sale());
		}
		let page = UsageToken::series_of_owner(&OLGA, None, u32::MAX);
		assert_eq!((page.items.len(), page.next), (100, page.items.last().copied()));
		for series in 1..=105 {
			assert_ok!(UsageToken::buy(signed(&TOM), series, 1, 100));
		}
		let page = UsageToken::holdings(&TOM, 0, u32::MAX);
		assert_eq!((page.items.len(), page.next), (100, Some(101)));
		let page = UsageToken::holdings(&TOM, 101, u32::MAX);
		assert_eq!((page.items.len(), page.next), (5, None));
		assert_eq!(UsageToken::holdings(&TOM, 1, 0).next, Some(1));
		// Numbers far ahead are not gone through at once.
		frame_support::hypothetically!({
			crate::NextSeriesId::<Test>::put(5_000);
			assert_eq!(UsageToken::holdings(&TINA, 1, 100).next, Some(1_001));
			assert_eq!(UsageToken::holdings(&TINA, 4_001, 100).next, None);
			assert_eq!(UsageToken::holdings(&TINA, SeriesId::MAX, 100).next, None);
		});
	});
}

#[test]
fn holdings_say_what_can_be_done() {
	build_and_execute(|| {
		let first = create(&OLGA, GPU, sale());
		let bound = create(&OTTO, DRONE, SaleConditions { transferable: false, ..sale() });
		assert_ok!(UsageToken::buy(signed(&TOM), first, 7, 700));
		assert_ok!(UsageToken::buy(signed(&TOM), bound, 3, 300));
		let holdings = || {
			let page = UsageToken::holdings(&TOM, 1, 100);
			assert_eq!(page.next, None);
			page.items
		};
		Now::set(START + DAY);
		let of_first = Holding {
			series: first,
			units: 7,
			unit_seconds: 60,
			subject: Subject::Device(GPU),
			value: 665,
			redeem_share: Perbill::from_percent(95),
			can_be_staked: true,
			can_be_transferred: true,
			can_be_redeemed_by_anyone: false,
			expires: sale().usable_until,
		};
		assert_eq!(holdings()[0], of_first);
		assert_eq!((holdings()[1].units, holdings()[1].can_be_transferred), (3, false));
		change_device(GPU, |device| device.status = DeviceStatus::Missing);
		assert_eq!((holdings()[0].value, holdings()[0].can_be_staked), (700, false));
		change_device(GPU, |device| device.status = DeviceStatus::Listed);
		assert_ok!(UsageToken::close_series(signed(&OLGA), first));
		Now::set(START + 4 * DAY);
		let expired = &holdings()[0];
		assert_eq!((expired.value, expired.expires), (700, START + 4 * DAY));
		assert!(!expired.can_be_staked && expired.can_be_redeemed_by_anyone);
		assert_eq!(UsageToken::holdings(&TINA, 1, 100).items, []);
	});
}

#[test]
fn holdings_look_at_the_members_of_a_fleet_once() {
	build_and_execute(|| {
		add_fleet(1, OLGA, &[GPU, RIG]);
		let series = create_for_fleet(&OLGA, 1, sale());
		assert_ok!(UsageToken::buy(signed(&TOM), series, 7, 700));
		Now::set(START + 2 * DAY);
		let holding = |walks| {
			Walks::set(0);
			let holding = UsageToken::holdings(&TOM, 1, 100).items.remove(0);
			assert_eq!(Walks::get(), walks);
			(holding.value, holding.can_be_staked)
		};
		assert_eq!(holding(1), (665, true));
		assert_ok!(UsageToken::close_series(signed(&OLGA), series));
		assert_eq!(holding(1), (700, true));
		[GPU, RIG].into_iter().for_each(lose);
		assert_eq!(holding(1), (700, false));
		// Of a closed series that has expired there is nothing to ask.
		Now::set(START + 5 * DAY);
		assert_eq!(holding(0), (700, false));
	});
}

#[test]
fn capacity_tells_what_is_left_of_each_window() {
	build_and_execute(|| {
		let (from, until) = (START + 11 * DAY, START + 12 * DAY);
		let later = SaleConditions { usable_from: from, usable_until: until, ..sale() };
		let series = create(&OLGA, GPU, sale());
		create(&OLGA, GPU, later);
		assert_ok!(UsageToken::buy(signed(&TOM), series, 1_440, Balance::MAX));
		book(GPU, START + 2 * DAY, START + 4 * DAY);
		Now::set(START + 3 * DAY);
		let first = WindowCapacity {
			from: START + DAY,
			until: START + 11 * DAY,
			open_series: 1,
			remaining_seconds: 8 * DAY,
			outstanding_seconds: DAY,
			booked_seconds: DAY,
			free_seconds: 6 * DAY,
		};
		let capacity = UsageToken::capacity(&Subject::Device(GPU));
		assert_eq!((capacity.len(), capacity[0]), (2, first));
		assert_eq!((capacity[1].free_seconds, capacity[1].outstanding_seconds), (DAY, 0));
		assert_eq!(UsageToken::capacity(&Subject::Device(99)), []);
		Now::set(START + 11 * DAY);
		assert_eq!(UsageToken::capacity(&Subject::Device(GPU)).len(), 1);
	});
}

// SPDX-License-Identifier: Apache-2.0

//! When units give their whole price: nobody shall pay for what could not be had.

use super::*;

fn share(series: SeriesId) -> u32 {
	let record = Series::<Test>::get(series).unwrap();
	UsageToken::worth(&record, Now::get()).share.deconstruct() / 10_000_000
}

/// A series in whose window we are: 95 percent, unless something is wrong.
fn running() -> SeriesId {
	let series = create(&OLGA, GPU, sale());
	assert_ok!(UsageToken::buy(signed(&TOM), series, 10, 1_000));
	Now::set(START + 2 * DAY);
	assert_eq!(share(series), 95);
	series
}

fn worth_par(change: impl FnOnce()) {
	build_and_execute(|| {
		let series = running();
		change();
		assert_eq!(share(series), 100);
		assert_eq!(UsageToken::details(series).unwrap().redeem_value, 100);
		assert_ok!(UsageToken::redeem(signed(&TOM), series, 10));
		assert_eq!(free(&TOM), FORTUNE);
	});
}

#[test]
fn a_device_that_is_not_to_be_had() {
	worth_par(|| change_device(GPU, |device| device.status = DeviceStatus::Missing));
	worth_par(|| change_device(GPU, |device| device.key = None));
	worth_par(|| change_device(GPU, |device| device.key.as_mut().unwrap().active = false));
	worth_par(|| change_device(GPU, |device| device.fleet = Some(3)));
	worth_par(|| Silent::set([(GPU, START + DAY - 1)].into()));
	worth_par(|| force_retire(GPU));
	worth_par(|| Registry::set(Default::default()));
}

#[test]
fn an_owner_without_the_bond_for_the_shortest_lease() {
	// Ten minutes at 100, of which a fifth is the penalty.
	worth_par(|| Bonds::set([(OLGA, 199)].into()));
	build_and_execute(|| {
		let series = running();
		Bonds::mutate(|bonds| bonds.insert(OLGA, 200));
		assert_eq!(share(series), 95);
		// The bond that counts is the present owner's.
		change_device(GPU, |device| device.owner = OTTO);
		Bonds::mutate(|bonds| bonds.insert(OTTO, 0));
		assert_eq!(share(series), 100);
	});
}

#[test]
fn the_shortest_lease_is_whole_units() {
	build_and_execute(|| {
		// Ten minutes of hours are one hour.
		let hours = SaleConditions { unit_seconds: 3_600, unit_price: 7_000, ..sale() };
		let series = create(&OLGA, GPU, hours);
		Now::set(START + 2 * DAY);
		Bonds::mutate(|bonds| bonds.insert(OLGA, 1_399));
		assert_eq!(share(series), 100);
		Bonds::mutate(|bonds| bonds.insert(OLGA, 1_400));
		assert_eq!(share(series), 95);
	});
}

#[test]
fn before_the_window_too() {
	build_and_execute(|| {
		let ninety = Perbill::from_percent(90);
		let shares =
			tenure_primitives::RedeemShares { before: ninety, during: ninety, after: ninety };
		let series = create(&OLGA, GPU, SaleConditions { redeem_shares: shares, ..sale() });
		assert_eq!(share(series), 90);
		change_device(GPU, |device| device.key.as_mut().unwrap().active = false);
		assert_eq!(share(series), 100);
	});
}

#[test]
fn after_the_window_what_counts_is_whether_it_was_on_at_the_end() {
	build_and_execute(|| {
		let series = running();
		let end = sale().usable_until;
		Now::set(end + 30 * DAY);
		assert_eq!(share(series), 90);
		Silent::mutate(|silent| silent.insert(GPU, end - SEEN));
		assert_eq!(share(series), 90);
		Silent::mutate(|silent| silent.insert(GPU, end - SEEN - 1));
		assert_eq!(share(series), 100);
		Silent::mutate(|silent| silent.remove(&GPU));
		// What became of it later is of no consequence.
		change_device(GPU, |device| device.status = DeviceStatus::Missing);
		change_device(GPU, |device| device.fleet = Some(3));
		Bonds::mutate(|bonds| bonds.insert(OLGA, 0));
		assert_eq!(share(series), 90);
		force_retire(GPU);
		assert_eq!(share(series), 90);
		ForceRetired::mutate(|retired| retired.insert(GPU, end - 1));
		assert_eq!(share(series), 100);
	});
}

#[test]
fn a_fleet_of_which_no_member_is_to_be_had() {
	build_and_execute(|| {
		add_fleet(1, OLGA, &[GPU, RIG]);
		let series = create_for_fleet(&OLGA, 1, sale());
		assert_ok!(UsageToken::buy(signed(&TOM), series, 10, 1_000));
		Now::set(START + 2 * DAY);
		assert_eq!(share(series), 95);
		force_retire(GPU);
		assert_eq!(share(series), 95);
		Silent::mutate(|silent| silent.insert(RIG, START + 2 * DAY));
		assert_eq!(share(series), 95);
		Now::set(START + 3 * DAY + 1);
		assert_eq!(share(series), 100);
		// At the end of the window it was silent, too.
		Now::set(sale().usable_until);
		assert_eq!(share(series), 100);
		Silent::mutate(|silent| silent.insert(RIG, sale().usable_until - SEEN));
		assert_eq!(share(series), 90);
		lose(RIG);
		assert_eq!(share(series), 100);
	});
}

#[test]
fn weight_is_that_of_the_members_looked_at() {
	use crate::WeightInfo;
	build_and_execute(|| {
		add_fleet(1, OLGA, &[GPU, RIG]);
		let series = create_for_fleet(&OLGA, 1, sale());
		assert_ok!(UsageToken::buy(signed(&TOM), series, 10, 1_000));
		let weight =
			|units| UsageToken::redeem(signed(&TOM), series, units).unwrap().actual_weight.unwrap();
		assert_eq!(weight(1), <() as WeightInfo>::redeem_fleet(2));
		assert_ok!(UsageToken::close_series(signed(&OLGA), series));
		assert_eq!(weight(1), <() as WeightInfo>::redeem_fleet(0));
	});
}

#[test]
fn units_of_a_device_weigh_less_than_those_of_a_fleet() {
	use crate::{Call, WeightInfo};
	use frame_support::dispatch::GetDispatchInfo;
	build_and_execute(|| {
		let buy = |series| UsageToken::buy(signed(&TOM), series, 10, 1_000).unwrap().actual_weight;
		let redeem = |series| UsageToken::redeem(signed(&TOM), series, 1).unwrap().actual_weight;
		let of_device = create(&OLGA, GPU, sale());
		assert_eq!(buy(of_device), Some(<() as WeightInfo>::buy_device()));
		assert_eq!(redeem(of_device), Some(<() as WeightInfo>::redeem_device()));
		assert_ok!(UsageToken::close_series(signed(&OLGA), of_device));
		assert_eq!(redeem(of_device), Some(<() as WeightInfo>::redeem_device()));

		add_fleet(1, OLGA, &[RIG]);
		let of_fleet = create_for_fleet(&OLGA, 1, sale());
		assert_eq!(buy(of_fleet), Some(<() as WeightInfo>::buy_fleet()));

		// What is charged first is enough for both.
		let charged = |call: Call<Test>| call.get_dispatch_info().call_weight;
		let to_buy = charged(Call::buy { series: 1, units: 1, max_cost: 1 });
		assert!(<() as WeightInfo>::buy_device().all_lte(to_buy));
		assert!(<() as WeightInfo>::buy_fleet().all_lte(to_buy));
		for to_redeem in [
			charged(Call::redeem { series: 1, units: 1 }),
			charged(Call::redeem_for { series: 1, holder: TOM }),
		] {
			assert!(<() as WeightInfo>::redeem_device().all_lte(to_redeem));
			assert!(<() as WeightInfo>::redeem_fleet(MOST_MEMBERS).all_lte(to_redeem));
		}
	});
}

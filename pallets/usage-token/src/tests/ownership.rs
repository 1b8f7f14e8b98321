// SPDX-License-Identifier: Apache-2.0

//! Who serves, who is paid, and who may close when a device is sold under its units.

use super::*;

#[test]
fn whoever_owns_the_device_serves_its_units() {
	build_and_execute(|| {
		let series = create(&OLGA, GPU, sale());
		assert_ok!(UsageToken::buy(signed(&TOM), series, 10, 1_000));
		change_device(GPU, |device| device.owner = OTTO);
		// The sale goes on.
		assert_ok!(UsageToken::buy(signed(&TOM), series, 10, 1_000));
		Now::set(START + DAY);
		let (olga, otto) = (free(&OLGA), free(&OTTO));
		assert_ok!(UsageToken::redeem(signed(&TOM), series, 10));
		assert_eq!((free(&OLGA), free(&OTTO)), (olga, otto + 50));
		assert_noop!(
			UsageToken::close_series(signed(&OLGA), series),
			Error::<Test>::NotSeriesOwner
		);
		assert_ok!(UsageToken::close_series(signed(&OTTO), series));
		assert_ok!(UsageToken::redeem(signed(&TOM), series, 10));
		assert_eq!(<UsageToken as UsageUnits<_, _>>::series(series).unwrap().owner, OLGA);
		// Deposit and endowment were the maker's.
		assert_ok!(UsageToken::reap_series(signed(&TINA), series));
		assert_eq!((free(&OLGA), free(&OTTO)), (FORTUNE, otto + 50));
	});
}

#[test]
fn the_owner_of_a_fleet_serves_its_units() {
	build_and_execute(|| {
		add_fleet(1, OLGA, &[GPU]);
		let series = create_for_fleet(&OLGA, 1, sale());
		assert_ok!(UsageToken::buy(signed(&TOM), series, 10, 1_000));
		FleetOwners::mutate(|fleets| fleets.insert(1, OTTO));
		Now::set(START + DAY);
		let otto = free(&OTTO);
		assert_ok!(UsageToken::redeem(signed(&TOM), series, 10));
		assert_eq!(free(&OTTO), otto + 50);
		assert_noop!(
			UsageToken::close_series(signed(&OLGA), series),
			Error::<Test>::NotSeriesOwner
		);
		assert_ok!(UsageToken::close_series(signed(&OTTO), series));
	});
}

#[test]
fn the_maker_stands_in_for_a_device_that_is_gone() {
	build_and_execute(|| {
		let series = create(&OLGA, GPU, sale());
		assert_ok!(UsageToken::buy(signed(&TOM), series, 10, 1_000));
		change_device(GPU, |device| device.owner = OTTO);
		// Retired after the window, with units forgotten.
		Now::set(sale().usable_until);
		Registry::mutate(|devices| devices.remove(&GPU));
		let olga = free(&OLGA);
		assert_ok!(UsageToken::redeem(signed(&TOM), series, 10));
		assert_eq!(free(&OLGA), olga + 100);
		let other = create(&OLGA, RIG, {
			let usable_until = START + 30 * DAY;
			SaleConditions { usable_until, sale_until: usable_until, ..sale() }
		});
		Registry::mutate(|devices| devices.remove(&RIG));
		assert_ok!(UsageToken::close_series(signed(&OLGA), other));
	});
}

#[test]
fn series_on_a_device_that_was_sold_are_the_new_owners_to_make() {
	build_and_execute(|| {
		let first = create(&OLGA, GPU, sale());
		change_device(GPU, |device| device.owner = OTTO);
		let again =
			UsageToken::create_series(signed(&OLGA), Subject::Device(GPU), sale(), terms().into());
		assert_noop!(again, Error::<Test>::NotDeviceOwner);
		let second = create(&OTTO, GPU, sale());
		assert_eq!(ledgers(GPU)[0].open_series, 2);
		// They share the device's time.
		assert_ok!(UsageToken::buy(signed(&TOM), first, 14_000, Balance::MAX));
		assert_noop!(
			UsageToken::buy(signed(&TOM), second, 401, Balance::MAX),
			Error::<Test>::CapacityExceeded
		);
	});
}

// SPDX-License-Identifier: Apache-2.0

//! Devices sold together: one series, good on any member.

use super::{people::*, *};
use crate::constants::currency::UNIT;
use frame_support::{assert_noop, assert_ok};
use pallet_device_registry::Call as Registry;
use pallet_lease_escrow::Call as Lease;
use pallet_usage_token::{Call as Token, Error as TokenError};
use sp_keyring::Sr25519Keyring::{Dave, Eve, Ferdie};
use tenure_primitives::{FleetId, SaleConditions, SeriesId, Subject};

/// A fleet of three devices, usable for two hours, with a series.
fn fleet_of_three(owner: &AccountId) -> (Vec<Device>, FleetId, SeriesId) {
	let fleet = pallet_device_registry::NextFleetId::<Runtime>::get();
	assert_ok!(call(owner, Registry::create_fleet {}));
	let devices: Vec<Device> = (1..=3).map(|seed| Device::registered(owner, GAP, seed)).collect();
	for device in &devices {
		assert_ok!(device.activate(owner).unwrap());
		assert_ok!(call(owner, Registry::add_to_fleet { fleet, device: device.id }));
	}
	assert_ok!(call(owner, Lease::bond { amount: 100 * UNIT }));
	let two_hours =
		SaleConditions { usable_until: START + 7_200, sale_until: START + 7_200, ..sale() };
	let series = next_series();
	let (subject, terms) = (Subject::Fleet(fleet), Box::new(terms()));
	assert_ok!(call(owner, Token::create_series { subject, sale: two_hours, terms }));
	(devices, fleet, series)
}

fn buy(who: &AccountId, series: SeriesId, units: u64) -> Result<(), DispatchError> {
	call(who, Token::buy { series, units, max_cost: Balance::MAX })
}

#[test]
fn two_tenants_use_one_series_on_different_members_at_once() {
	on_chain(|| {
		let [owner, ferdie, dave] = [Eve, Ferdie, Dave].map(account);
		let (devices, _, series) = fleet_of_three(&owner);
		assert_ok!(buy(&ferdie, series, 20));
		assert_ok!(buy(&dave, series, 20));
		block_at(START + 60);
		for device in &devices {
			assert_ok!(device.beat().unwrap());
		}
		let before = total(&owner);
		assert_ok!(call(&ferdie, booking(&ferdie, series, devices[0].id, None, 10)));
		assert_ok!(call(&dave, booking(&dave, series, devices[1].id, None, 10)));
		assert_noop!(
			call(&dave, booking(&dave, series, devices[0].id, None, 10)),
			pallet_lease_escrow::Error::<Runtime>::SlotTaken
		);
		for minute in 2..=13 {
			block_at(START + minute * 60);
			for device in &devices {
				assert_ok!(device.beat().unwrap());
			}
		}
		assert_eq!(pallet_lease_escrow::Leases::<Runtime>::iter().count(), 0);
		assert_eq!(total(&owner), before + 2 * (10 * PRICE * 95 / 100));
		assert_eq!([units_of(series, &ferdie), units_of(series, &dave)], [10, 10]);
	});
}

#[test]
fn a_fleet_sells_the_time_of_all_and_no_more() {
	on_chain(|| {
		let [owner, ferdie] = [Eve, Ferdie].map(account);
		let (devices, fleet, series) = fleet_of_three(&owner);
		block_at(START + 60);
		for device in &devices {
			assert_ok!(device.beat().unwrap());
		}
		let left = (START + 7_200 - now()) / 60 * 3;
		assert_noop!(buy(&ferdie, series, left + 2), TokenError::<Runtime>::CapacityExceeded);
		assert_ok!(buy(&ferdie, series, left - 10));
		// What is booked counts like what is outstanding, for members that leave, too.
		assert_ok!(call(&ferdie, booking(&ferdie, series, devices[2].id, None, 60)));
		assert_noop!(buy(&ferdie, series, 13), TokenError::<Runtime>::CapacityExceeded);
		let leave = |device: &Device| {
			call(&owner, Registry::remove_from_fleet { fleet, device: device.id })
		};
		assert!(leave(&devices[0]).is_err());
		assert_ok!(call(&ferdie, Token::redeem { series, units: left - 70 }));
		assert_ok!(leave(&devices[0]));
		assert_noop!(
			call(&ferdie, rental(&ferdie, series, devices[0].id, None, 5)),
			pallet_lease_escrow::Error::<Runtime>::NotInFleet
		);
		assert!(call(&owner, Registry::disband_fleet { fleet }).is_err());
	});
}

#[test]
fn a_member_is_sold_through_its_fleet_only() {
	on_chain(|| {
		let [owner, ferdie] = [Eve, Ferdie].map(account);
		let (devices, fleet, _) = fleet_of_three(&owner);
		let own = call(&owner, series_of(devices[0].id, sale(), terms()));
		assert_eq!(own, Err(TokenError::<Runtime>::DeviceInFleet.into()));

		let apart = Device::registered(&owner, GAP, 9);
		assert_ok!(apart.activate(&owner).unwrap());
		let series = next_series();
		assert_ok!(call(&owner, series_of(apart.id, sale(), terms())));
		assert_ok!(buy(&ferdie, series, 5));
		let join = || call(&owner, Registry::add_to_fleet { fleet, device: apart.id });
		assert!(join().is_err(), "it is for sale by itself");
		assert_ok!(call(&owner, Token::close_series { series }));
		assert!(join().is_err(), "units of it are outstanding");
		assert_ok!(call(&ferdie, Token::redeem { series, units: 5 }));
		assert_ok!(join());
	});
}

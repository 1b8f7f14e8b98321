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

#[test]
fn a_device_that_can_prove_nothing_does_not_join() {
	on_chain(|| {
		let owner = account(Eve);
		let (_, fleet, _) = fleet_of_three(&owner);
		let pending = Device::registered(&owner, GAP, 9);
		let join = || call(&owner, Registry::add_to_fleet { fleet, device: pending.id });
		let refusal = pallet_device_registry::Error::<Runtime>::KeyNotActive;
		assert_noop!(join(), refusal);
		assert_ok!(pending.activate(&owner).unwrap());
		assert_ok!(join());
		let release = Registry::release_key { device: pending.id };
		let refusal = pallet_device_registry::Error::<Runtime>::DeviceInFleet;
		assert_noop!(call(&owner, release), refusal);
	});
}

#[test]
fn what_a_device_took_along_is_not_sold_again() {
	on_chain(|| {
		let [owner, ferdie, dave] = [Eve, Ferdie, Dave].map(account);
		let (devices, fleet, series) = fleet_of_three(&owner);
		block_at(START + 60);
		for device in &devices {
			assert_ok!(device.beat().unwrap());
		}
		let lease = next_lease();
		assert_ok!(call(&ferdie, rental(&ferdie, series, devices[2].id, Some(START + 4_200), 30)));
		assert_ok!(call(&owner, Registry::remove_from_fleet { fleet, device: devices[2].id }));
		let capacity = || UsageToken::capacity(&Subject::Fleet(fleet))[0];
		let left = 2 * (START + 7_200 - now());
		assert_eq!((capacity().remaining_seconds, capacity().booked_seconds), (left, 1_800));
		let units = (left - 1_800) / 60;
		assert_noop!(buy(&dave, series, units + 1), TokenError::<Runtime>::CapacityExceeded);
		assert_ok!(buy(&dave, series, units));

		// The lease gives all units back but one: the other two can serve them.
		assert_ok!(call(&ferdie, Lease::cancel { lease }));
		assert_eq!(units_of(series, &ferdie), 29);
		assert_eq!(capacity().outstanding_seconds, (units + 29) * 60);
		assert!(capacity().outstanding_seconds <= left);
		assert_noop!(buy(&dave, series, 1), TokenError::<Runtime>::CapacityExceeded);
		let start = Some(START + 4_200);
		assert_ok!(call(&ferdie, booking(&ferdie, series, devices[1].id, start, 29)));
	});
}

#[test]
fn a_fleet_changes_hands_device_by_device() {
	on_chain(|| {
		let [seller, buyer, tenant] = [Eve, Dave, Ferdie].map(account);
		let (devices, fleet, series) = fleet_of_three(&seller);
		assert_ok!(call(&buyer, Lease::bond { amount: 100 * UNIT }));
		block_at(START + 60);
		for device in &devices {
			assert_ok!(device.beat().unwrap());
		}
		let lease = next_lease();
		let start = Some(START + 3_600);
		assert_ok!(call(&tenant, rental(&tenant, series, devices[0].id, start, 10)));
		let disband = || call(&seller, Registry::disband_fleet { fleet });
		assert_noop!(disband(), TokenError::<Runtime>::UnitsPromised);
		assert_ok!(call(&seller, Token::close_series { series }));
		assert_ok!(disband());
		for Device { id, .. } in &devices {
			let offer = Registry::offer_transfer { device: *id, to: buyer.clone() };
			assert_ok!(call(&seller, offer));
			let accept = Registry::accept_transfer { device: *id, max_bond: Balance::MAX };
			assert_ok!(call(&buyer, accept));
		}
		// The lease went along, the keys are active, and the buyer sells them as one again.
		assert_eq!(pallet_lease_escrow::Leases::<Runtime>::get(lease).unwrap().payee, buyer);
		let fleet = pallet_device_registry::NextFleetId::<Runtime>::get();
		assert_ok!(call(&buyer, Registry::create_fleet {}));
		for Device { id, .. } in &devices {
			assert_ok!(call(&buyer, Registry::add_to_fleet { fleet, device: *id }));
		}
		let series = next_series();
		let (subject, terms) = (Subject::Fleet(fleet), Box::new(terms()));
		assert_ok!(call(&buyer, Token::create_series { subject, sale: sale(), terms }));
		assert_ok!(buy(&tenant, series, 30));
		assert_ok!(call(&tenant, booking(&tenant, series, devices[2].id, None, 10)));
	});
}

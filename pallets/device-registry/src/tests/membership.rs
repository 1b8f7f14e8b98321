// SPDX-License-Identifier: Apache-2.0

use crate::{mock::*, Devices, Error, Event};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{traits::BadOrigin, DispatchResult};
use tenure_primitives::{traits::Devices as _, DeviceId, FleetId};

fn add(who: AccountId, fleet: FleetId, device: DeviceId) -> DispatchResult {
	DeviceRegistry::add_to_fleet(signed(who), fleet, device)
}

fn remove(who: AccountId, fleet: FleetId, device: DeviceId) -> DispatchResult {
	DeviceRegistry::remove_from_fleet(signed(who), fleet, device)
}

#[test]
fn a_device_joins_and_leaves() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		let fleet = fleet_with(OLGA, &[]);
		assert_ok!(add(OLGA, fleet, device));
		assert_eq!(DeviceRegistry::device(device).unwrap().fleet, Some(fleet));
		assert_eq!(DeviceRegistry::fleet(fleet).unwrap().members, 1);
		assert_eq!(DeviceRegistry::fleet_members(fleet), [device]);
		assert_eq!(told(), [Told::Joined(fleet, device, 1)]);
		System::assert_last_event(Event::DeviceJoinedFleet { fleet, device }.into());

		assert_ok!(remove(OLGA, fleet, device));
		assert_eq!(DeviceRegistry::device(device).unwrap().fleet, None);
		assert_eq!(DeviceRegistry::fleet(fleet).unwrap().members, 0);
		assert!(DeviceRegistry::fleet_members(fleet).is_empty());
		assert_eq!(told(), [Told::Left(fleet, device, 0)]);
		System::assert_last_event(Event::DeviceLeftFleet { fleet, device }.into());
	});
}

#[test]
fn the_deposits_stay() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		let fleet = fleet_with(OLGA, &[]);
		let deposits = (held(OLGA), held_for_fleets(OLGA));
		assert_ok!(add(OLGA, fleet, device));
		assert_eq!((held(OLGA), held_for_fleets(OLGA)), deposits);
		assert_ok!(remove(OLGA, fleet, device));
		assert_eq!((held(OLGA), held_for_fleets(OLGA)), deposits);
	});
}

#[test]
fn a_device_without_active_key_does_not_join() {
	build_and_execute(|| {
		let pending = registered(OLGA, Some(key(1)));
		let keyless = registered(OLGA, None);
		let fleet = fleet_with(OLGA, &[]);
		for device in [pending, keyless] {
			assert_noop!(add(OLGA, fleet, device), Error::<Test>::KeyNotActive);
		}
		assert_eq!(told(), []);
		assert_ok!(DeviceRegistry::do_activate_key(pending));
		assert_ok!(add(OLGA, fleet, pending));
	});
}

#[test]
fn a_member_has_an_active_key_until_it_leaves() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		let fleet = fleet_with(OLGA, &[device]);
		let has_active_key = || Devices::<Test>::get(device).unwrap().active_key().is_some();
		let release = || DeviceRegistry::release_key(signed(OLGA), device);
		assert_noop!(release(), Error::<Test>::DeviceInFleet);
		// Another key waits until the device signs with it, and only then takes the place of the old one.
		assert_ok!(DeviceRegistry::rotate_key(signed(OLGA), device, key(2)));
		assert!(has_active_key());
		Clock::pass(DELAY);
		assert!(has_active_key());
		assert_ok!(DeviceRegistry::do_activate_key(device));
		assert!(has_active_key());

		// Missing and found it has it still, back in its fleet.
		assert_ok!(DeviceRegistry::report_missing(signed(OLGA), device));
		assert_noop!(release(), Error::<Test>::DeviceMissing);
		let rotate = || DeviceRegistry::rotate_key(signed(OLGA), device, key(3));
		assert_noop!(rotate(), Error::<Test>::DeviceMissing);
		assert_ok!(DeviceRegistry::report_found(signed(OLGA), device));
		assert_eq!(DeviceRegistry::fleet_members(fleet), [device]);
		assert!(has_active_key());

		assert_ok!(remove(OLGA, fleet, device));
		assert_ok!(release());
		assert_noop!(add(OLGA, fleet, device), Error::<Test>::KeyNotActive);
	});
}

#[test]
fn a_fleet_has_so_many_members_and_no_more() {
	build_and_execute(|| {
		let fleet = fleet_with(OLGA, &[]);
		let devices: Vec<DeviceId> =
			(0..=MAX_MEMBERS as u8).map(|byte| activated(OLGA, key(byte))).collect();
		for device in &devices[1..] {
			assert_ok!(add(OLGA, fleet, *device));
		}
		assert_noop!(add(OLGA, fleet, devices[0]), Error::<Test>::FleetFull);
		assert_ok!(remove(OLGA, fleet, devices[1]));
		assert_ok!(add(OLGA, fleet, devices[0]));
	});
}

#[test]
fn a_device_is_in_one_fleet() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		let [first, second] = [fleet_with(OLGA, &[device]), fleet_with(OLGA, &[])];
		for fleet in [first, second] {
			assert_noop!(add(OLGA, fleet, device), Error::<Test>::DeviceInFleet);
		}
		assert_noop!(remove(OLGA, second, device), Error::<Test>::NotInFleet);
		assert_ok!(remove(OLGA, first, device));
		assert_noop!(remove(OLGA, first, device), Error::<Test>::NotInFleet);
		assert_ok!(add(OLGA, second, device));
	});
}

#[test]
fn only_ones_own_devices_are_in_ones_own_fleets() {
	build_and_execute(|| {
		let [olgas, oscars] = [activated(OLGA, key(1)), activated(OSCAR, key(2))];
		let fleet = fleet_with(OLGA, &[]);
		assert_noop!(add(OLGA, fleet, oscars), Error::<Test>::NotOwner);
		assert_noop!(add(OSCAR, fleet, oscars), Error::<Test>::NotFleetOwner);
		assert_ok!(add(OLGA, fleet, olgas));
		assert_noop!(remove(OSCAR, fleet, olgas), Error::<Test>::NotFleetOwner);
		let root = RuntimeOrigin::root;
		assert_noop!(DeviceRegistry::add_to_fleet(root(), fleet, olgas), BadOrigin);
		assert_noop!(DeviceRegistry::remove_from_fleet(root(), fleet, olgas), BadOrigin);
	});
}

#[test]
fn a_missing_or_offered_device_does_not_join() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		let fleet = fleet_with(OLGA, &[]);
		assert_ok!(DeviceRegistry::offer_transfer(signed(OLGA), device, OSCAR));
		assert_noop!(add(OLGA, fleet, device), Error::<Test>::DeviceOffered);
		lose(device);
		assert_noop!(add(OLGA, fleet, device), Error::<Test>::DeviceMissing);
		assert_ok!(DeviceRegistry::report_found(signed(OLGA), device));
		assert_ok!(add(OLGA, fleet, device));
	});
}

#[test]
fn what_is_sold_can_stop_a_device_from_joining_and_leaving() {
	build_and_execute(|| {
		let [member, other] = [1, 2].map(|byte| activated(OLGA, key(byte)));
		let fleet = fleet_with(OLGA, &[member]);
		refuse(true);
		assert_undone(|| add(OLGA, fleet, other), REFUSAL);
		assert_undone(|| remove(OLGA, fleet, member), REFUSAL);
		assert_eq!(Devices::<Test>::get(member).unwrap().fleet, Some(fleet));
	});
}

#[test]
fn a_fleet_or_device_that_is_not_there_is_refused_by_name() {
	build_and_execute(|| {
		let [device, gone] = [1, 2].map(|byte| activated(OLGA, key(byte)));
		let [fleet, disbanded] = [fleet_with(OLGA, &[]), fleet_with(OLGA, &[])];
		assert_ok!(DeviceRegistry::retire(signed(OLGA), gone));
		assert_ok!(DeviceRegistry::disband_fleet(signed(OLGA), disbanded));
		let calls: [fn(AccountId, FleetId, DeviceId) -> DispatchResult; 2] = [add, remove];
		for call in calls {
			assert_noop!(call(OLGA, 0, device), Error::<Test>::UnknownFleet);
			assert_noop!(call(OLGA, 9, device), Error::<Test>::UnknownFleet);
			assert_noop!(call(OLGA, disbanded, device), Error::<Test>::FleetDisbanded);
			assert_noop!(call(OLGA, fleet, gone), Error::<Test>::DeviceRetired);
			assert_noop!(call(OLGA, fleet, 9), Error::<Test>::UnknownDevice);
		}
	});
}

#[test]
fn a_member_neither_goes_nor_changes_hands() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		let fleet = fleet_with(OLGA, &[device]);
		assert_noop!(DeviceRegistry::retire(signed(OLGA), device), Error::<Test>::DeviceInFleet);
		assert_ok!(remove(OLGA, fleet, device));
		assert_ok!(DeviceRegistry::retire(signed(OLGA), device));
	});
}

// SPDX-License-Identifier: Apache-2.0

use crate::{mock::*, Error};
use frame_support::assert_ok;
use tenure_primitives::{
	apis::DeviceDetails, traits::Devices as _, DeviceClass, DeviceInfo, DeviceKey, DeviceStatus,
	KeyRotation,
};

#[test]
fn details_tell_everything() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		Claims::put(device);
		assert_ok!(DeviceRegistry::rotate_key(signed(OLGA), device, key(2)));
		assert_ok!(DeviceRegistry::offer_transfer(signed(OLGA), device, OSCAR));
		let expected = DeviceDetails {
			owner: OLGA,
			class: DeviceClass::Gpu,
			capabilities: capabilities(),
			location: Some(location()),
			metadata: metadata(),
			key: Some(DeviceKey { public: key(1), active: true }),
			heartbeat_gap: 300,
			status: DeviceStatus::Listed,
			fleet: None,
			registered_at: START,
			deposit: held(OLGA),
			offered_to: Some(OSCAR),
			rotation: Some(KeyRotation { public: key(2), from: START + DELAY }),
		};
		assert_eq!(DeviceRegistry::details(device), Some(expected));
		assert_eq!(
			DeviceRegistry::key_rotation(device),
			Some(KeyRotation { public: key(2), from: START + DELAY })
		);
	});
}

#[test]
fn the_deposit_is_each_devices_own() {
	build_and_execute(|| {
		let first = registered(OLGA, None);
		let alone = held(OLGA);
		let second = registered(OLGA, Some(key(1)));
		assert_eq!(DeviceRegistry::details(first).unwrap().deposit, alone);
		assert_eq!(DeviceRegistry::details(second).unwrap().deposit, held(OLGA) - alone);
	});
}

#[test]
fn there_are_no_details_of_a_device_that_is_not_there() {
	build_and_execute(|| {
		let device = registered(OLGA, None);
		assert_eq!(DeviceRegistry::details(device + 1), None);
		assert_ok!(DeviceRegistry::retire(signed(OLGA), device));
		assert_eq!(DeviceRegistry::details(device), None);
	});
}

#[test]
fn neighbours_see_what_they_need() {
	build_and_execute(|| {
		let device = registered(OLGA, Some(key(1)));
		let expected = DeviceInfo {
			owner: OLGA,
			status: DeviceStatus::Listed,
			offered: false,
			fleet: None,
			key: Some(DeviceKey { public: key(1), active: false }),
			heartbeat_gap: 300,
			registered_at: START,
		};
		assert_eq!(DeviceRegistry::device(device), Ok(expected));
	});
}

#[test]
fn neighbours_learn_why_there_is_no_device() {
	build_and_execute(|| {
		let device = registered(OLGA, None);
		assert_eq!(DeviceRegistry::device(0), Err(Error::<Test>::UnknownDevice.into()));
		assert_eq!(DeviceRegistry::device(device + 1), Err(Error::<Test>::UnknownDevice.into()));
		assert_ok!(DeviceRegistry::retire(signed(OLGA), device));
		assert_eq!(DeviceRegistry::device(device), Err(Error::<Test>::DeviceRetired.into()));
	});
}

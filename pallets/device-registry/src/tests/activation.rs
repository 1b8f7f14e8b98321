// SPDX-License-Identifier: Apache-2.0

use crate::{mock::*, ActiveKeys, Error, Event};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;
use tenure_primitives::{traits::Devices as _, DeviceId, DeviceKey};

/// Both questions have to give the same answer.
fn assert_refused(device: DeviceId, error: Error<Test>) {
	let error: DispatchError = error.into();
	assert_noop!(DeviceRegistry::pending_key(device), error);
	assert_noop!(DeviceRegistry::activate_key(device), error);
}

#[test]
fn a_pending_key_becomes_active() {
	build_and_execute(|| {
		let device = registered(OLGA, Some(key(1)));
		assert_eq!(DeviceRegistry::pending_key(device), Ok(key(1)));
		assert_eq!(key_of(device), Some(DeviceKey { public: key(1), active: false }));
		assert_ok!(DeviceRegistry::activate_key(device));
		assert_eq!(key_of(device), Some(DeviceKey { public: key(1), active: true }));
		assert_eq!(ActiveKeys::<Test>::get(key(1)), Some(device));
		System::assert_last_event(Event::KeyActivated { device, key: key(1) }.into());
	});
}

#[test]
fn the_first_to_activate_gets_the_key() {
	build_and_execute(|| {
		let copycat = registered(OSCAR, Some(key(1)));
		let genuine = registered(OLGA, Some(key(1)));
		assert_ok!(DeviceRegistry::activate_key(genuine));
		assert_refused(copycat, Error::KeyActiveElsewhere);
		assert_eq!(ActiveKeys::<Test>::get(key(1)), Some(genuine));
	});
}

#[test]
fn who_lost_the_race_can_name_another_key() {
	build_and_execute(|| {
		let late = registered(OSCAR, Some(key(1)));
		activated(OLGA, key(1));
		assert_ok!(DeviceRegistry::update(signed(OSCAR), late, new_key(key(2))));
		assert_ok!(DeviceRegistry::activate_key(late));
	});
}

#[test]
fn a_device_without_key_activates_nothing() {
	build_and_execute(|| {
		let device = registered(OLGA, None);
		assert_refused(device, Error::NoKey);
	});
}

#[test]
fn a_key_is_activated_once() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		assert_refused(device, Error::KeyActive);
	});
}

#[test]
fn a_missing_device_activates_nothing() {
	build_and_execute(|| {
		let device = registered(OLGA, Some(key(1)));
		lose(device);
		assert_refused(device, Error::DeviceMissing);
	});
}

#[test]
fn a_device_that_is_not_there_activates_nothing() {
	build_and_execute(|| {
		let device = registered(OLGA, Some(key(1)));
		assert_refused(0, Error::UnknownDevice);
		assert_refused(device + 1, Error::UnknownDevice);
		assert_ok!(DeviceRegistry::retire(signed(OLGA), device));
		assert_refused(device, Error::DeviceRetired);
	});
}

// SPDX-License-Identifier: Apache-2.0

use crate::{mock::*, ActiveKeys, Error, Event};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{traits::BadOrigin, DispatchResult, TokenError};
use tenure_primitives::{traits::Devices as _, DeviceId, DeviceKey, KeyRotation, PublicKey};

fn release(device: DeviceId) -> DispatchResult {
	DeviceRegistry::release_key(signed(OLGA), device)
}

fn rotate(device: DeviceId, key: PublicKey) -> DispatchResult {
	DeviceRegistry::rotate_key(signed(OLGA), device, key)
}

fn pending(public: PublicKey) -> Option<DeviceKey> {
	Some(DeviceKey { public, active: false })
}

fn active(public: PublicKey) -> Option<DeviceKey> {
	Some(DeviceKey { public, active: true })
}

fn rotation(public: PublicKey, from: u64) -> Option<KeyRotation> {
	Some(KeyRotation { public, from })
}

/// A device that others have claims on.
fn committed(key: PublicKey) -> DeviceId {
	let device = activated(OLGA, key);
	Claims::put(device);
	device
}

#[test]
fn a_released_key_is_pending_again() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		let deposit = held(OLGA);
		assert_ok!(release(device));
		assert_eq!(key_of(device), pending(key(1)));
		assert_eq!(ActiveKeys::<Test>::get(key(1)), None);
		assert_eq!(held(OLGA), deposit);
		System::assert_last_event(Event::KeyReleased { device, key: key(1) }.into());
	});
}

#[test]
fn a_released_key_can_be_activated_elsewhere() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		assert_ok!(release(device));
		let elsewhere = activated(OSCAR, key(1));
		assert_eq!(ActiveKeys::<Test>::get(key(1)), Some(elsewhere));
		assert_noop!(DeviceRegistry::activate_key(device), Error::<Test>::KeyActiveElsewhere);
	});
}

#[test]
fn a_released_key_can_be_activated_here_again() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		assert_ok!(release(device));
		assert_ok!(DeviceRegistry::activate_key(device));
		assert_eq!(key_of(device), active(key(1)));
	});
}

#[test]
fn releasing_calls_a_rotation_off() {
	build_and_execute(|| {
		let device = committed(key(1));
		assert_ok!(rotate(device, key(2)));
		Claims::clear(device);
		assert_ok!(release(device));
		assert_eq!(key_of(device), pending(key(1)));
		assert_eq!(DeviceRegistry::key_rotation(device), None);
	});
}

#[test]
fn a_key_that_others_lean_on_is_not_released() {
	build_and_execute(|| {
		let device = committed(key(1));
		assert_noop!(release(device), Error::<Test>::DeviceCommitted);
		Claims::clear(device);
		fleet_with(OLGA, &[device]);
		assert_noop!(release(device), Error::<Test>::DeviceInFleet);
		lose(device);
		assert_noop!(release(device), Error::<Test>::DeviceMissing);
	});
}

#[test]
fn only_an_active_key_is_released() {
	build_and_execute(|| {
		let device = registered(OLGA, Some(key(1)));
		assert_noop!(release(device), Error::<Test>::KeyNotActive);
		let keyless = registered(OLGA, None);
		assert_noop!(release(keyless), Error::<Test>::NoKey);
	});
}

#[test]
fn a_device_without_key_gets_one_and_pays_for_it() {
	build_and_execute(|| {
		let device = registered(OLGA, None);
		let deposit = held(OLGA);
		assert_ok!(rotate(device, key(1)));
		assert_eq!(key_of(device), pending(key(1)));
		assert_eq!(held(OLGA), deposit + 42 * BYTE_PRICE);
		System::assert_last_event(Event::KeyNamed { device, key: key(1) }.into());
	});
}

#[test]
fn who_can_not_pay_for_a_key_names_none() {
	build_and_execute(|| {
		let device = registered(OLGA, None);
		BytePrice::set(ENDOWMENT);
		assert_undone(|| rotate(device, key(1)), TokenError::FundsUnavailable);
	});
}

#[test]
fn a_pending_key_is_replaced_at_once() {
	build_and_execute(|| {
		let device = registered(OLGA, Some(key(1)));
		Claims::put(device);
		let deposit = held(OLGA);
		assert_ok!(rotate(device, key(2)));
		assert_eq!(key_of(device), pending(key(2)));
		assert_eq!(held(OLGA), deposit);
		System::assert_last_event(Event::KeyNamed { device, key: key(2) }.into());
		assert_noop!(rotate(device, key(2)), Error::<Test>::NothingToChange);
	});
}

#[test]
fn the_key_of_a_device_that_nobody_has_a_claim_on_is_replaced_at_once() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		System::reset_events();
		assert_ok!(rotate(device, key(2)));
		assert_eq!(key_of(device), pending(key(2)));
		assert_eq!(ActiveKeys::<Test>::iter().count(), 0);
		let expected =
			[Event::KeyReleased { device, key: key(1) }, Event::KeyNamed { device, key: key(2) }];
		assert_eq!(events(), expected);
		assert_ok!(DeviceRegistry::activate_key(device));
		assert_eq!(key_of(device), active(key(2)));
	});
}

#[test]
fn a_key_that_others_lean_on_is_replaced_after_the_delay() {
	build_and_execute(|| {
		let device = committed(key(1));
		assert_ok!(rotate(device, key(2)));
		let from = START + DELAY;
		assert_eq!(key_of(device), active(key(1)));
		assert_eq!(DeviceRegistry::key_rotation(device), rotation(key(2), from));
		let scheduled = Event::KeyRotationScheduled { device, key: key(2), from };
		System::assert_last_event(scheduled.into());

		Clock::set(from - 1);
		assert_noop!(DeviceRegistry::activate_key(device), Error::<Test>::KeyRotationNotDue);
		let early = DeviceRegistry::pending_key(device);
		assert_eq!(early, Err(Error::<Test>::KeyRotationNotDue.into()));
		assert_eq!(ActiveKeys::<Test>::get(key(1)), Some(device));

		Clock::set(from);
		assert_eq!(DeviceRegistry::pending_key(device), Ok(key(2)));
		System::reset_events();
		assert_ok!(DeviceRegistry::activate_key(device));
		assert_eq!(key_of(device), active(key(2)));
		assert_eq!(DeviceRegistry::key_rotation(device), None);
		assert_eq!(ActiveKeys::<Test>::iter().collect::<Vec<_>>(), [(key(2), device)]);
		let expected = [
			Event::KeyReleased { device, key: key(1) },
			Event::KeyActivated { device, key: key(2) },
		];
		assert_eq!(events(), expected);
		assert_noop!(DeviceRegistry::activate_key(device), Error::<Test>::KeyActive);
	});
}

#[test]
fn the_key_of_a_fleets_member_waits_too() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		fleet_with(OLGA, &[device]);
		assert_ok!(rotate(device, key(2)));
		assert_eq!(DeviceRegistry::key_rotation(device), rotation(key(2), START + DELAY));
	});
}

#[test]
fn another_rotation_starts_the_delay_again() {
	build_and_execute(|| {
		let device = committed(key(1));
		assert_ok!(rotate(device, key(2)));
		Clock::set(START + 100);
		for other in [key(3), key(3)] {
			assert_ok!(rotate(device, other));
			assert_eq!(DeviceRegistry::key_rotation(device), rotation(key(3), START + 100 + DELAY));
		}
		Clock::set(START + DELAY);
		assert_noop!(DeviceRegistry::activate_key(device), Error::<Test>::KeyRotationNotDue);
	});
}

#[test]
fn naming_the_active_key_calls_a_rotation_off() {
	build_and_execute(|| {
		let device = committed(key(1));
		assert_noop!(rotate(device, key(1)), Error::<Test>::NothingToChange);
		assert_ok!(rotate(device, key(2)));
		assert_ok!(rotate(device, key(1)));
		assert_eq!(DeviceRegistry::key_rotation(device), None);
		assert_eq!(key_of(device), active(key(1)));
		System::assert_last_event(Event::KeyRotationCancelled { device }.into());
	});
}

#[test]
fn a_rotation_is_overtaken_when_the_claims_are_gone() {
	build_and_execute(|| {
		let device = committed(key(1));
		assert_ok!(rotate(device, key(2)));
		Claims::clear(device);
		assert_ok!(rotate(device, key(3)));
		assert_eq!(key_of(device), pending(key(3)));
		assert_eq!(DeviceRegistry::key_rotation(device), None);
	});
}

#[test]
fn a_key_that_is_active_elsewhere_can_not_take_over() {
	build_and_execute(|| {
		let device = committed(key(1));
		activated(OSCAR, key(2));
		assert_noop!(rotate(device, key(2)), Error::<Test>::KeyActiveElsewhere);
		let fresh = registered(OLGA, None);
		assert_noop!(rotate(fresh, key(2)), Error::<Test>::KeyActiveElsewhere);
		// It can also become active elsewhere while it waits.
		assert_ok!(rotate(device, key(3)));
		activated(OSCAR, key(3));
		Clock::set(START + DELAY);
		assert_noop!(DeviceRegistry::activate_key(device), Error::<Test>::KeyActiveElsewhere);
		assert_eq!(key_of(device), active(key(1)));
	});
}

#[test]
fn the_key_of_a_missing_device_stays() {
	build_and_execute(|| {
		let device = committed(key(1));
		assert_ok!(rotate(device, key(2)));
		lose(device);
		Clock::set(START + DELAY);
		assert_noop!(DeviceRegistry::activate_key(device), Error::<Test>::DeviceMissing);
		assert_noop!(rotate(device, key(3)), Error::<Test>::DeviceMissing);
		assert_noop!(rotate(device, key(1)), Error::<Test>::DeviceMissing);
		assert_ok!(DeviceRegistry::report_found(signed(OLGA), device));
		assert_ok!(DeviceRegistry::activate_key(device));
	});
}

#[test]
fn retiring_frees_the_active_key_during_a_rotation() {
	build_and_execute(|| {
		let device = committed(key(1));
		assert_ok!(rotate(device, key(2)));
		Claims::clear(device);
		assert_ok!(DeviceRegistry::retire(signed(OLGA), device));
		assert_eq!(ActiveKeys::<Test>::iter().count(), 0);
	});
}

#[test]
fn only_the_owner_changes_keys() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		let release = |origin| DeviceRegistry::release_key(origin, device);
		assert_noop!(release(signed(OSCAR)), Error::<Test>::NotOwner);
		assert_noop!(release(RuntimeOrigin::root()), BadOrigin);
		let rotate = |origin| DeviceRegistry::rotate_key(origin, device, key(2));
		assert_noop!(rotate(signed(OSCAR)), Error::<Test>::NotOwner);
		assert_noop!(rotate(RuntimeOrigin::root()), BadOrigin);
	});
}

#[test]
fn a_device_that_is_not_there_has_no_key_to_change() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		assert_ok!(DeviceRegistry::retire(signed(OLGA), device));
		assert_noop!(release(device), Error::<Test>::DeviceRetired);
		assert_noop!(release(device + 1), Error::<Test>::UnknownDevice);
		assert_noop!(rotate(device, key(2)), Error::<Test>::DeviceRetired);
		assert_noop!(rotate(device + 1, key(2)), Error::<Test>::UnknownDevice);
		assert_eq!(DeviceRegistry::key_rotation(device), None);
	});
}

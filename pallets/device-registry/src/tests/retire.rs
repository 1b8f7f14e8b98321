// SPDX-License-Identifier: Apache-2.0

use crate::{mock::*, ActiveKeys, Devices, DevicesByOwner, Error, Event, NextDeviceId};
use frame_support::{assert_noop, assert_ok, traits::fungible::Inspect};
use sp_runtime::traits::BadOrigin;

#[test]
fn nothing_of_the_device_is_left() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		assert_ok!(DeviceRegistry::retire(signed(OLGA), device));
		assert_eq!(Devices::<Test>::iter().count(), 0);
		assert_eq!(DevicesByOwner::<Test>::iter().count(), 0);
		assert_eq!(ActiveKeys::<Test>::iter().count(), 0);
		assert_eq!(held(OLGA), 0);
		assert_eq!(Balances::balance(&OLGA), ENDOWMENT);
		System::assert_last_event(Event::DeviceRetired { device, owner: OLGA }.into());
	});
}

#[test]
fn the_owners_other_devices_stay() {
	build_and_execute(|| {
		let gone = activated(OLGA, key(1));
		let deposit = held(OLGA);
		let kept = activated(OLGA, key(2));
		assert_ok!(DeviceRegistry::retire(signed(OLGA), gone));
		assert_eq!(held(OLGA), deposit);
		assert_eq!(ActiveKeys::<Test>::get(key(2)), Some(kept));
		assert!(DevicesByOwner::<Test>::contains_key(OLGA, kept));
	});
}

#[test]
fn a_number_is_never_used_again() {
	build_and_execute(|| {
		let device = registered(OLGA, Some(key(1)));
		assert_ok!(DeviceRegistry::retire(signed(OLGA), device));
		assert_eq!(NextDeviceId::<Test>::get(), device + 1);
		assert_eq!(registered(OLGA, Some(key(1))), device + 1);
	});
}

#[test]
fn the_key_is_free_for_another_device() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		assert_ok!(DeviceRegistry::retire(signed(OLGA), device));
		let successor = activated(OSCAR, key(1));
		assert_eq!(ActiveKeys::<Test>::get(key(1)), Some(successor));
	});
}

#[test]
fn a_pending_key_leaves_the_active_one_of_another_device_alone() {
	build_and_execute(|| {
		let pending = registered(OSCAR, Some(key(1)));
		let active = activated(OLGA, key(1));
		assert_ok!(DeviceRegistry::retire(signed(OSCAR), pending));
		assert_eq!(ActiveKeys::<Test>::get(key(1)), Some(active));
	});
}

#[test]
fn a_device_with_claims_stays() {
	build_and_execute(|| {
		let device = registered(OLGA, Some(key(1)));
		Claims::put(device);
		assert_noop!(DeviceRegistry::retire(signed(OLGA), device), Error::<Test>::DeviceCommitted);
		Claims::clear(device);
		assert_ok!(DeviceRegistry::retire(signed(OLGA), device));
	});
}

#[test]
fn a_missing_device_stays() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		lose(device);
		assert_noop!(DeviceRegistry::retire(signed(OLGA), device), Error::<Test>::DeviceMissing);
	});
}

#[test]
fn an_offer_does_not_keep_a_device() {
	build_and_execute(|| {
		let device = registered(OLGA, Some(key(1)));
		assert_ok!(DeviceRegistry::offer_transfer(signed(OLGA), device, OSCAR));
		assert_ok!(DeviceRegistry::retire(signed(OLGA), device));
		let accept = || DeviceRegistry::accept_transfer(signed(OSCAR), device, u128::MAX);
		assert_noop!(accept(), Error::<Test>::DeviceRetired);
	});
}

#[test]
fn a_refund_that_fails_keeps_the_device() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		block_refunds(true);
		assert_undone(|| DeviceRegistry::retire(signed(OLGA), device), REFUSAL);
	});
}

#[test]
fn only_the_owner_retires() {
	build_and_execute(|| {
		let device = registered(OLGA, Some(key(1)));
		assert_noop!(DeviceRegistry::retire(signed(OSCAR), device), Error::<Test>::NotOwner);
		assert_noop!(DeviceRegistry::retire(RuntimeOrigin::root(), device), BadOrigin);
	});
}

#[test]
fn a_device_that_is_not_there_can_not_be_retired() {
	build_and_execute(|| {
		let device = registered(OLGA, Some(key(1)));
		for never in [0, device + 1] {
			assert_noop!(DeviceRegistry::retire(signed(OLGA), never), Error::<Test>::UnknownDevice);
		}
		assert_ok!(DeviceRegistry::retire(signed(OLGA), device));
		assert_noop!(DeviceRegistry::retire(signed(OLGA), device), Error::<Test>::DeviceRetired);
	});
}

#[test]
fn what_was_paid_comes_back_whatever_the_price_is_now() {
	build_and_execute(|| {
		let device = registered(OLGA, Some(key(1)));
		BytePrice::set(100 * BYTE_PRICE);
		assert_ok!(DeviceRegistry::retire(signed(OLGA), device));
		assert_eq!(Balances::balance(&OLGA), ENDOWMENT);
	});
}

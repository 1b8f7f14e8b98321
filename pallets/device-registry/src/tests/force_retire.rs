// SPDX-License-Identifier: Apache-2.0

use crate::{mock::*, ActiveKeys, Devices, DevicesByOwner, Error, Event, ForceRetirements};
use frame_support::{
	assert_noop, assert_ok,
	dispatch::DispatchResultWithPostInfo,
	traits::{
		fungible::{Inspect, MutateHold},
		tokens::Precision,
	},
};
use sp_runtime::traits::BadOrigin;
use tenure_primitives::{traits::Devices as _, DeviceId};

fn force_retire(device: DeviceId) -> DispatchResultWithPostInfo {
	DeviceRegistry::force_retire(RuntimeOrigin::root(), device)
}

#[test]
fn nothing_of_the_device_is_left_but_a_stone() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		LeasesAhead::set(device, 5);
		Clock::set(START + 77);
		assert_ok!(force_retire(device));
		assert!(!Devices::<Test>::contains_key(device));
		assert_eq!(DevicesByOwner::<Test>::iter().count(), 0);
		assert_eq!(ActiveKeys::<Test>::iter().count(), 0);
		assert_eq!(Balances::balance(&OLGA), ENDOWMENT);
		assert_eq!(DeviceRegistry::force_retired_at(device), Some(START + 77));
		assert!(DeviceRegistry::is_retired(device));
		assert_eq!(told(), [Told::ForceClosed(device)]);
		let event = Event::DeviceForceRetired { device, owner: OLGA, closed_leases: 5 };
		System::assert_last_event(event.into());
	});
}

#[test]
fn what_others_have_with_it_does_not_stop_it() {
	build_and_execute(|| {
		let [device, other] = [1, 2].map(|byte| activated(OLGA, key(byte)));
		Claims::put(device);
		let fleet = fleet_with(OLGA, &[device, other]);
		told();
		refuse(true);
		System::reset_events();
		assert_ok!(force_retire(device));
		assert_eq!(DeviceRegistry::fleet_members(fleet), [other]);
		let expected = [Told::TakenOut(fleet, device, 1), Told::ForceClosed(device)];
		assert_eq!(told(), expected);
		let expected = [
			Event::DeviceLeftFleet { fleet, device },
			Event::DeviceForceRetired { device, owner: OLGA, closed_leases: 0 },
		];
		assert_eq!(events(), expected);
	});
}

#[test]
fn a_missing_device_an_offered_one_and_one_with_a_rotation_go_too() {
	build_and_execute(|| {
		let [missing, offered, rotating] = [1, 2, 3].map(|byte| activated(OLGA, key(byte)));
		lose(missing);
		assert_ok!(DeviceRegistry::offer_transfer(signed(OLGA), offered, OSCAR));
		Claims::put(rotating);
		assert_ok!(DeviceRegistry::rotate_key(signed(OLGA), rotating, key(4)));
		for device in [missing, offered, rotating] {
			assert_ok!(force_retire(device));
		}
		assert_eq!(ActiveKeys::<Test>::iter().count(), 0);
		assert_eq!(Balances::balance(&OLGA), ENDOWMENT);
		// A record of its own proves itself.
		activated(OSCAR, key(1));
	});
}

#[test]
fn a_refund_that_fails_does_not_stop_it_and_is_told() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		let deposit = held(OLGA);
		block_refunds(true);
		System::reset_events();
		assert_ok!(force_retire(device));
		assert!(!Devices::<Test>::contains_key(device));
		assert_eq!(held(OLGA), deposit);
		let expected = [
			Event::DepositNotReturned { device, owner: OLGA, error: REFUSAL },
			Event::DeviceForceRetired { device, owner: OLGA, closed_leases: 0 },
		];
		assert_eq!(events(), expected);
		// What governance would do; the invariants want no money on hold without a record.
		assert_ok!(Balances::release(&RecordReason::get(), &OLGA, deposit, Precision::Exact));
	});
}

#[test]
fn the_owners_retirement_leaves_no_stone() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		assert_ok!(DeviceRegistry::retire(signed(OLGA), device));
		assert_eq!(DeviceRegistry::force_retired_at(device), None);
		assert_eq!(ForceRetirements::<Test>::iter().count(), 0);
	});
}

#[test]
fn only_governance_forces() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		for origin in [signed(OLGA), signed(OSCAR), RuntimeOrigin::none()] {
			assert_noop!(DeviceRegistry::force_retire(origin, device), BadOrigin);
		}
	});
}

#[test]
fn a_device_that_is_not_there_is_not_forced() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		assert_ok!(force_retire(device));
		assert_noop!(force_retire(device), Error::<Test>::DeviceRetired);
		assert_noop!(force_retire(device + 1), Error::<Test>::UnknownDevice);
		assert_eq!(DeviceRegistry::force_retired_at(device + 1), None);
	});
}

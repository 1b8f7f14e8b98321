// SPDX-License-Identifier: Apache-2.0

use crate::{mock::*, ActiveKeys, Devices, Error, Event};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::traits::BadOrigin;
use tenure_primitives::{traits::Devices as _, DeviceStatus};

#[test]
fn a_device_is_reported_missing_and_found() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		let deposit = held(OLGA);
		assert_ok!(DeviceRegistry::report_missing(signed(OLGA), device));
		assert_eq!(DeviceRegistry::device(device).unwrap().status, DeviceStatus::Missing);
		assert_eq!(ActiveKeys::<Test>::get(key(1)), Some(device));
		assert_eq!(held(OLGA), deposit);
		System::assert_last_event(Event::DeviceReportedMissing { device }.into());

		assert_ok!(DeviceRegistry::report_found(signed(OLGA), device));
		assert_eq!(DeviceRegistry::device(device).unwrap().status, DeviceStatus::Listed);
		System::assert_last_event(Event::DeviceReportedFound { device }.into());
		assert_ok!(DeviceRegistry::retire(signed(OLGA), device));
	});
}

#[test]
fn claims_do_not_stop_the_report() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		Claims::put(device);
		assert_ok!(DeviceRegistry::report_missing(signed(OLGA), device));
		assert_eq!(told(), []);
	});
}

#[test]
fn a_missing_device_leaves_its_fleet_whatever_that_has_sold() {
	build_and_execute(|| {
		let [device, other] = [1, 2].map(|byte| activated(OLGA, key(byte)));
		let fleet = fleet_with(OLGA, &[device, other]);
		told();
		refuse(true);
		System::reset_events();
		assert_ok!(DeviceRegistry::report_missing(signed(OLGA), device));
		assert_eq!(Devices::<Test>::get(device).unwrap().fleet, None);
		assert_eq!(DeviceRegistry::fleet_members(fleet), [other]);
		assert_eq!(told(), [Told::TakenOut(fleet, device, 1)]);
		let expected =
			[Event::DeviceLeftFleet { fleet, device }, Event::DeviceReportedMissing { device }];
		assert_eq!(events(), expected);
	});
}

#[test]
fn a_missing_device_is_offered_no_more() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		assert_ok!(DeviceRegistry::offer_transfer(signed(OLGA), device, OSCAR));
		System::reset_events();
		lose(device);
		let expected = [
			Event::TransferWithdrawn { device, to: OSCAR },
			Event::DeviceReportedMissing { device },
		];
		assert_eq!(events(), expected);
		let accept = || DeviceRegistry::accept_transfer(signed(OSCAR), device, u128::MAX);
		assert_noop!(accept(), Error::<Test>::NotOffered);
	});
}

#[test]
fn a_device_is_missing_once() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		let found = || DeviceRegistry::report_found(signed(OLGA), device);
		assert_noop!(found(), Error::<Test>::DeviceNotMissing);
		lose(device);
		let missing = || DeviceRegistry::report_missing(signed(OLGA), device);
		assert_noop!(missing(), Error::<Test>::DeviceMissing);
	});
}

#[test]
fn only_the_owner_reports() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		let missing = |origin| DeviceRegistry::report_missing(origin, device);
		assert_noop!(missing(signed(OSCAR)), Error::<Test>::NotOwner);
		assert_noop!(missing(RuntimeOrigin::root()), BadOrigin);
		lose(device);
		let found = |origin| DeviceRegistry::report_found(origin, device);
		assert_noop!(found(signed(OSCAR)), Error::<Test>::NotOwner);
		assert_noop!(found(RuntimeOrigin::root()), BadOrigin);
	});
}

#[test]
fn a_device_that_is_not_there_is_neither_missing_nor_found() {
	build_and_execute(|| {
		let gone = activated(OLGA, key(1));
		assert_ok!(DeviceRegistry::retire(signed(OLGA), gone));
		let missing = |device| DeviceRegistry::report_missing(signed(OLGA), device);
		let found = |device| DeviceRegistry::report_found(signed(OLGA), device);
		assert_noop!(missing(gone), Error::<Test>::DeviceRetired);
		assert_noop!(found(gone), Error::<Test>::DeviceRetired);
		assert_noop!(missing(gone + 1), Error::<Test>::UnknownDevice);
		assert_noop!(found(gone + 1), Error::<Test>::UnknownDevice);
	});
}

#[test]
fn a_missing_member_goes_back_to_its_fleet() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		assert_ok!(DeviceRegistry::create_fleet(signed(OLGA)));
		assert_ok!(DeviceRegistry::add_to_fleet(signed(OLGA), 1, device));
		assert_ok!(DeviceRegistry::report_missing(signed(OLGA), device));
		assert_ok!(DeviceRegistry::report_found(signed(OLGA), device));
		assert_eq!(Devices::<Test>::get(device).unwrap().fleet, Some(1));
		assert_eq!(DeviceRegistry::fleet(1).unwrap().members, 1);

		assert_ok!(DeviceRegistry::report_missing(signed(OLGA), device));
		assert_ok!(DeviceRegistry::disband_fleet(signed(OLGA), 1));
		assert_ok!(DeviceRegistry::report_found(signed(OLGA), device));
		assert_eq!(Devices::<Test>::get(device).unwrap().fleet, None);
	});
}

#[test]
fn a_device_that_a_tenant_did_not_bring_back_is_marked() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		let fleet = fleet_with(OLGA, &[device]);
		told();
		System::reset_events();
		DeviceRegistry::mark_not_returned(device);
		assert_eq!(DeviceRegistry::device(device).unwrap().status, DeviceStatus::NotReturned);
		assert_eq!(ActiveKeys::<Test>::get(key(1)), Some(device));
		assert_eq!(told(), [Told::TakenOut(fleet, device, 0)]);
		assert_eq!(
			events(),
			[Event::DeviceLeftFleet { fleet, device }, Event::DeviceNotReturned { device }]
		);
		// It can do no more than a missing one, and its owner can't turn the mark into its own report.
		let missing = || DeviceRegistry::report_missing(signed(OLGA), device);
		assert_noop!(missing(), Error::<Test>::DeviceMissing);
		let retire = || DeviceRegistry::retire(signed(OLGA), device);
		assert_noop!(retire(), Error::<Test>::DeviceMissing);

		assert_ok!(DeviceRegistry::report_found(signed(OLGA), device));
		let found = Devices::<Test>::get(device).unwrap();
		assert_eq!((found.status, found.fleet), (DeviceStatus::Listed, Some(fleet)));
	});
}

#[test]
fn a_missing_device_that_is_not_brought_back_keeps_its_fleet() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		let fleet = fleet_with(OLGA, &[device]);
		assert_ok!(DeviceRegistry::report_missing(signed(OLGA), device));
		DeviceRegistry::mark_not_returned(device);
		assert_eq!(DeviceRegistry::device(device).unwrap().status, DeviceStatus::NotReturned);
		assert_ok!(DeviceRegistry::report_found(signed(OLGA), device));
		assert_eq!(Devices::<Test>::get(device).unwrap().fleet, Some(fleet));
	});
}

#[test]
fn an_offer_of_a_device_that_is_not_brought_back_ends() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		assert_ok!(DeviceRegistry::offer_transfer(signed(OLGA), device, OSCAR));
		DeviceRegistry::mark_not_returned(device);
		assert_eq!(Devices::<Test>::get(device).unwrap().offered_to, None);
		let accept = || DeviceRegistry::accept_transfer(signed(OSCAR), device, u128::MAX);
		assert_noop!(accept(), Error::<Test>::NotOffered);
	});
}

#[test]
fn a_device_that_is_gone_is_not_marked() {
	build_and_execute(|| {
		let gone = activated(OLGA, key(1));
		assert_ok!(DeviceRegistry::retire(signed(OLGA), gone));
		System::reset_events();
		DeviceRegistry::mark_not_returned(gone);
		assert_eq!(events(), []);
		assert!(!Devices::<Test>::contains_key(gone));
	});
}

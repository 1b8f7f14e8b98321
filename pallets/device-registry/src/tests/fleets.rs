// SPDX-License-Identifier: Apache-2.0

use crate::{
	mock::*, Devices, Error, Event, FleetMembers, FleetRecord, Fleets, FleetsByOwner, NextFleetId,
};
use frame_support::{assert_noop, assert_ok, traits::fungible::Inspect};
use sp_runtime::{traits::BadOrigin, TokenError};
use tenure_primitives::{apis::FleetDetails, traits::Devices as _, FleetInfo};

#[test]
fn the_first_fleet_is_number_one_and_empty() {
	build_and_execute(|| {
		assert_ok!(DeviceRegistry::create_fleet(signed(OLGA)));
		System::assert_last_event(Event::FleetCreated { fleet: 1, owner: OLGA }.into());
		assert_ok!(DeviceRegistry::create_fleet(signed(OSCAR)));
		assert!(FleetsByOwner::<Test>::contains_key(OLGA, 1));
		assert!(FleetsByOwner::<Test>::contains_key(OSCAR, 2));
		assert_eq!(NextFleetId::<Test>::get(), 3);
		let FleetRecord { owner, members, .. } = Fleets::<Test>::get(1).unwrap();
		assert_eq!((owner, members), (OLGA, 0));
	});
}

#[test]
fn the_deposit_is_the_price_of_the_fleets_bytes() {
	build_and_execute(|| {
		assert_ok!(DeviceRegistry::create_fleet(signed(OLGA)));
		// Number 8, owner 8, members 4, ticket 16, and the owner's index 16.
		let deposit = BASE_PRICE + 52 * BYTE_PRICE;
		assert_eq!((held_for_fleets(OLGA), held(OLGA)), (deposit, 0));
		let devices = [1, 2].map(|byte| activated(OLGA, key(byte)));
		let for_devices = held(OLGA);
		for device in devices {
			assert_ok!(DeviceRegistry::add_to_fleet(signed(OLGA), 1, device));
		}
		assert_eq!((held_for_fleets(OLGA), held(OLGA)), (deposit, for_devices));
	});
}

#[test]
fn who_can_not_pay_the_deposit_makes_no_fleet() {
	build_and_execute(|| {
		let create = || DeviceRegistry::create_fleet(signed(PAUL));
		assert_noop!(create(), TokenError::FundsUnavailable);
	});
}

#[test]
fn the_last_number_is_not_given_out() {
	build_and_execute(|| {
		NextFleetId::<Test>::put(u64::MAX);
		let create = || DeviceRegistry::create_fleet(signed(OLGA));
		assert_noop!(create(), Error::<Test>::NumbersExhausted);
	});
}

#[test]
fn nothing_of_a_disbanded_fleet_is_left() {
	build_and_execute(|| {
		let devices = [1, 2, 3].map(|byte| activated(OLGA, key(byte)));
		let deposits = held(OLGA);
		let fleet = fleet_with(OLGA, &devices);
		told();
		System::reset_events();
		assert_ok!(DeviceRegistry::disband_fleet(signed(OLGA), fleet));
		assert_eq!(told(), [Told::Disbanding(fleet, 3)]);
		assert_eq!(Fleets::<Test>::iter().count(), 0);
		assert_eq!(FleetMembers::<Test>::iter().count(), 0);
		assert_eq!(FleetsByOwner::<Test>::iter().count(), 0);
		assert!(Devices::<Test>::iter_values().all(|record| record.fleet.is_none()));
		assert_eq!((held_for_fleets(OLGA), held(OLGA)), (0, deposits));
		assert_eq!(Balances::balance(&OLGA), ENDOWMENT - deposits);
		let events = events();
		for device in devices {
			assert!(events.contains(&Event::DeviceLeftFleet { fleet, device }));
		}
		assert_eq!(events.last(), Some(&Event::FleetDisbanded { fleet, owner: OLGA }));
		assert_eq!(events.len(), 4);
	});
}

#[test]
fn the_number_of_a_fleet_is_never_used_again() {
	build_and_execute(|| {
		let fleet = fleet_with(OLGA, &[]);
		assert_ok!(DeviceRegistry::disband_fleet(signed(OLGA), fleet));
		assert_eq!(fleet_with(OLGA, &[]), fleet + 1);
	});
}

#[test]
fn a_fleet_that_is_sold_stays() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		let fleet = fleet_with(OLGA, &[device]);
		refuse(true);
		assert_noop!(DeviceRegistry::disband_fleet(signed(OLGA), fleet), REFUSAL);
		refuse(false);
		assert_ok!(DeviceRegistry::disband_fleet(signed(OLGA), fleet));
	});
}

#[test]
fn only_its_owner_disbands_a_fleet() {
	build_and_execute(|| {
		let fleet = fleet_with(OLGA, &[]);
		let disband = |origin, fleet| DeviceRegistry::disband_fleet(origin, fleet);
		assert_noop!(disband(signed(OSCAR), fleet), Error::<Test>::NotFleetOwner);
		assert_noop!(disband(RuntimeOrigin::root(), fleet), BadOrigin);
		assert_noop!(DeviceRegistry::create_fleet(RuntimeOrigin::root()), BadOrigin);
	});
}

#[test]
fn a_fleet_that_is_not_there_is_told_why() {
	build_and_execute(|| {
		let fleet = fleet_with(OLGA, &[]);
		assert_ok!(DeviceRegistry::disband_fleet(signed(OLGA), fleet));
		let disband = |fleet| DeviceRegistry::disband_fleet(signed(OLGA), fleet);
		assert_noop!(disband(fleet), Error::<Test>::FleetDisbanded);
		for never in [0, fleet + 1] {
			assert_noop!(disband(never), Error::<Test>::UnknownFleet);
			assert_eq!(DeviceRegistry::fleet(never), Err(Error::<Test>::UnknownFleet.into()));
			assert_eq!(DeviceRegistry::fleet_details(never), None);
		}
		assert_eq!(DeviceRegistry::fleet(fleet), Err(Error::<Test>::FleetDisbanded.into()));
		assert_eq!(DeviceRegistry::fleet_details(fleet), None);
		assert!(DeviceRegistry::fleet_members(fleet).is_empty());
	});
}

#[test]
fn others_read_what_a_fleet_is() {
	build_and_execute(|| {
		let devices = [1, 2].map(|byte| activated(OLGA, key(byte)));
		let fleet = fleet_with(OLGA, &devices);
		let info = FleetInfo { owner: OLGA, members: 2 };
		assert_eq!(DeviceRegistry::fleet(fleet), Ok(info));
		let details =
			FleetDetails { owner: OLGA, members: devices.to_vec(), deposit: held_for_fleets(OLGA) };
		assert_eq!(DeviceRegistry::fleet_details(fleet), Some(details));
		assert_eq!(
			<DeviceRegistry as tenure_primitives::traits::Devices<_>>::max_fleet_members(),
			MAX_MEMBERS
		);
	});
}

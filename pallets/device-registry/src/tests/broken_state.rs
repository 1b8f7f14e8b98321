// SPDX-License-Identifier: Apache-2.0

use crate::{
	mock::*, ActiveKeys, DeviceRecordOf, Devices, DevicesByOwner, FleetMembers, Fleets,
	FleetsByOwner, ForceRetirements, NextDeviceId, NextFleetId,
};
use frame_support::{assert_err, hypothetically};
use tenure_primitives::{DeviceId, DeviceStatus, FleetId, KeyRotation};

fn assert_broken(why: &'static str) {
	assert_err!(DeviceRegistry::do_try_state(), why);
}

fn corrupt(device: DeviceId, change: impl FnOnce(&mut DeviceRecordOf<Test>)) {
	Devices::<Test>::mutate(device, |record| change(record.as_mut().unwrap()));
}

#[test]
fn a_broken_index_is_noticed() {
	build_and_execute(|| {
		let active = activated(OLGA, key(1));
		let pending = registered(OLGA, Some(key(2)));

		hypothetically!({
			NextDeviceId::<Test>::put(pending);
			assert_broken("a device has a number that was not given out");
		});
		hypothetically!({
			DevicesByOwner::<Test>::remove(OLGA, active);
			assert_broken("a device is missing in its owner's index");
		});
		hypothetically!({
			DevicesByOwner::<Test>::insert(OSCAR, active, ());
			assert_broken("an owner's index names a device that is not the owner's");
		});
		hypothetically!({
			ActiveKeys::<Test>::insert(key(1), pending);
			assert_broken("an active key is not in the index of keys under its device");
		});
		hypothetically!({
			ActiveKeys::<Test>::insert(key(2), pending);
			assert_broken("the index of keys names a key that is not active");
		});
	});
}

#[test]
fn a_broken_record_is_noticed() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		let rotation = |public| Some(KeyRotation { public, from: START });
		hypothetically!({
			corrupt(device, |record| record.offered_to = Some(OLGA));
			assert_broken("a device is offered to its owner");
		});
		hypothetically!({
			corrupt(device, |record| {
				record.offered_to = Some(OSCAR);
				record.status = DeviceStatus::Missing;
			});
			assert_broken("a missing device is offered");
		});
		hypothetically!({
			corrupt(device, |record| record.rotation = rotation(key(1)));
			assert_broken("a key is to take the place of none or of itself");
		});
		let pending = registered(OLGA, Some(key(2)));
		hypothetically!({
			corrupt(pending, |record| record.rotation = rotation(key(3)));
			assert_broken("a key is to take the place of none or of itself");
		});
	});
}

#[test]
fn a_broken_membership_is_noticed() {
	build_and_execute(|| {
		let [member, alone] = [1, 2].map(|byte| activated(OLGA, key(byte)));
		let fleet = fleet_with(OLGA, &[member]);
		let corrupt_fleet = |owner, members| {
			Fleets::<Test>::mutate(fleet, |record| {
				let record = record.as_mut().unwrap();
				(record.owner, record.members) = (owner, members);
			})
		};
		hypothetically!({
			FleetMembers::<Test>::remove(fleet, member);
			assert_broken("a device is not in the list of its fleet");
		});
		hypothetically!({
			FleetMembers::<Test>::insert(fleet, alone, ());
			assert_broken("a fleet's list names a device that is not in it");
		});
		hypothetically!({
			corrupt_fleet(OSCAR, 1);
			assert_broken("a device is in another owner's fleet");
		});
		hypothetically!({
			corrupt_fleet(OLGA, 2);
			assert_broken("a fleet has another number of members than it says");
		});
		hypothetically!({
			corrupt(member, |record| record.status = DeviceStatus::Missing);
			assert_broken("a missing device is in a fleet");
		});
		hypothetically!({
			corrupt(member, |record| record.offered_to = Some(OSCAR));
			assert_broken("a device in a fleet is offered");
		});
		hypothetically!({
			ActiveKeys::<Test>::remove(key(1));
			corrupt(member, |record| record.key = None);
			assert_broken("a device in a fleet has no active key");
		});
	});
}

#[test]
fn a_broken_fleet_is_noticed() {
	build_and_execute(|| {
		let fleet = fleet_with(OLGA, &[]);
		hypothetically!({
			NextFleetId::<Test>::put(fleet);
			assert_broken("a fleet has a number that was not given out");
		});
		hypothetically!({
			FleetsByOwner::<Test>::remove(OLGA, fleet);
			assert_broken("a fleet is missing in its owner's index");
		});
		hypothetically!({
			let of_nobody: FleetId = 9;
			FleetsByOwner::<Test>::insert(OSCAR, of_nobody, ());
			assert_broken("an owner's index names a fleet that is not the owner's");
		});
		hypothetically!({
			for byte in 0..=MAX_MEMBERS as u8 {
				let device = activated(OLGA, key(byte));
				FleetMembers::<Test>::insert(fleet, device, ());
				corrupt(device, |record| record.fleet = Some(fleet));
			}
			Fleets::<Test>::mutate(fleet, |record| {
				record.as_mut().unwrap().members = MAX_MEMBERS + 1;
			});
			assert_broken("a fleet has too many members");
		});
	});
}

#[test]
fn a_broken_force_retirement_is_noticed() {
	build_and_execute(|| {
		let [device, gone] = [1, 2].map(|byte| activated(OLGA, key(byte)));
		DeviceRegistry::force_retire(RuntimeOrigin::root(), gone).unwrap();
		hypothetically!({
			ForceRetirements::<Test>::insert(gone + 1, START);
			assert_broken("a device that never was is force-retired");
		});
		hypothetically!({
			ForceRetirements::<Test>::insert(device, START);
			assert_broken("a force-retired device has a record");
		});
		hypothetically!({
			ForceRetirements::<Test>::insert(gone, START + 1);
			assert_broken("a device will have been force-retired");
		});
	});
}

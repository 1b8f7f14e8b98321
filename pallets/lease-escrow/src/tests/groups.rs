// SPDX-License-Identifier: Apache-2.0

//! Several devices of a fleet at once.

use super::*;
use crate::{HoldReason, Leases, NextGroupId, OwnerBond, MAX_GROUP};
use tenure_primitives::{Acceptance, DeviceId, GroupId, Subject, Units};

fn rent_fleet(
	devices: &[DeviceId],
	units: Units,
	max_cost: Balance,
) -> frame_support::pallet_prelude::DispatchResult {
	LeaseEscrow::rent_fleet(
		signed(TENANT),
		FLEET_SERIES,
		devices.to_vec().try_into().unwrap(),
		None,
		units,
		max_cost,
		TEXT,
		key_of(TENANT),
		None,
	)
}

fn groups() -> GroupId {
	NextGroupId::<Runtime>::get() - 1
}

#[test]
fn fleet_is_rented_at_once() {
	ExtBuilder::default().build_and_execute(|| {
		make_fleet();
		System::reset_events();
		assert_ok!(rent_fleet(&MEMBERS, 10, 20_000));
		assert_eq!(last_event(), Event::GroupBooked { group: 1, first: 1, last: 2 });
		let booked = |event: &Event<Runtime>| matches!(event, Event::LeaseBooked { .. });
		assert_eq!(events().iter().filter(|event| booked(event)).count(), 2);
		for (id, device) in [(1, MEMBERS[0]), (2, MEMBERS[1])] {
			let made = lease(id);
			assert_eq!((made.device, made.group, made.units), (device, Some(1), 10));
			assert_eq!((made.from, made.until), (START, START + 600));
			assert_eq!(LeaseEscrow::lease_details(id).unwrap().group, Some(1));
		}
		assert_eq!(rent_held(TENANT), 20_000);
		assert_eq!(held(HoldReason::LeaseRecord, TENANT), 2 * DEPOSIT);
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND, committed: 10_000 });
		assert_ok!(Neighbours::do_try_state());

		for _ in 0..10 {
			set_time(now() + 60);
			MEMBERS.into_iter().for_each(heartbeat);
			poll();
		}
		assert_eq!(Leases::<Runtime>::iter().count(), 0);
		assert_eq!((total(OWNER), total(TREASURY)), (RICH + 19_000, ED + 1_000));
		assert_eq!(free(TENANT), RICH - 20_000);
		// The next group is another one.
		assert_ok!(rent_fleet(&MEMBERS[..1], 1, 1_000));
		assert_eq!((groups(), lease(3).group), (2, Some(2)));
	});
}

#[test]
fn all_or_none() {
	ExtBuilder::default().build_and_execute(|| {
		make_fleet();
		let refused = |devices: &[DeviceId], units, max, error: sp_runtime::DispatchError| {
			assert_noop!(rent_fleet(devices, units, max), error);
		};
		let [first, second] = MEMBERS;
		refused(&[], 10, 0, Error::<Runtime>::NoDevices.into());
		refused(&[first, second, first], 10, 0, Error::<Runtime>::DuplicateDevice.into());
		refused(&MEMBERS, 10, 19_999, Error::<Runtime>::CostAboveMax.into());
		refused(&MEMBERS, 0, 0, Error::<Runtime>::ZeroUnits.into());
		refused(&MEMBERS, Units::MAX, Balance::MAX, Error::<Runtime>::AmountOverflow.into());
		refused(&[first, DEVICE], 10, Balance::MAX, Error::<Runtime>::NotInFleet.into());
		let id = rent_of(FLEET_SERIES, second, OTHER, None, 1);
		refused(&MEMBERS, 10, Balance::MAX, Error::<Runtime>::SlotTaken.into());
		assert_eq!((groups(), crate::NextLeaseId::<Runtime>::get()), (0, id + 1));
		assert_eq!((free(TENANT), total(TENANT)), (RICH, RICH));
	});
}

#[test]
fn thirty_two_devices_are_rented_at_most() {
	ExtBuilder::default().build_and_execute(|| {
		make_fleet();
		let devices: Vec<DeviceId> = (100..100 + DeviceId::from(MAX_GROUP)).collect();
		for device in &devices {
			neighbours::Devices::<Runtime>::insert(device, device_info());
			assert_ok!(Neighbours::join_fleet(FLEET, *device));
			heartbeat(*device);
		}
		assert_ok!(rent_fleet(&devices, 10, Balance::MAX));
		assert_eq!(Leases::<Runtime>::iter().count() as u32, MAX_GROUP);
		assert!(Leases::<Runtime>::iter_values().all(|lease| lease.group == Some(1)));
		let more: Result<
			frame_support::BoundedVec<_, frame_support::traits::ConstU32<MAX_GROUP>>,
			_,
		> = vec![0u64; MAX_GROUP as usize + 1].try_into();
		assert!(more.is_err());
	});
}

#[test]
fn group_may_have_to_be_accepted_one_by_one() {
	ExtBuilder::default().build_and_execute(|| {
		make_fleet();
		neighbours::Series::<Runtime>::mutate(FLEET_SERIES, |series| {
			let series = series.as_mut().unwrap();
			assert_eq!(series.subject, Subject::Fleet(FLEET));
			series.terms.acceptance = Acceptance::Manual { deadline: DEADLINE };
		});
		assert_noop!(rent_fleet(&MEMBERS, 10, 20_000), Error::<Runtime>::StartMissing);
		assert_ok!(LeaseEscrow::rent_fleet(
			signed(TENANT),
			FLEET_SERIES,
			MEMBERS.to_vec().try_into().unwrap(),
			Some(START + HOUR),
			10,
			20_000,
			TEXT,
			key_of(TENANT),
			None,
		));
		assert_ok!(LeaseEscrow::accept(signed(OWNER), 1));
		pass_until(START + 600);
		assert_eq!(Leases::<Runtime>::iter_keys().collect::<Vec<_>>(), [1]);
		assert_eq!(rent_held(TENANT), 10_000);
	});
}

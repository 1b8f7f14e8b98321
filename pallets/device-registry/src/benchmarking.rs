// SPDX-License-Identifier: Apache-2.0

//! What the calls cost at their worst: the largest record, a key of the longest kind.

#![allow(clippy::arithmetic_side_effects)]

use crate::{
	ActiveKeys, Call, Config, DeviceRecordOf, DeviceUpdate, Devices, Event, FleetRecordOf, Fleets,
	ForceRetirements, NextDeviceId, NextFleetId, Pallet,
};
use codec::MaxEncodedLen;
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{Consideration, EnsureOrigin, Footprint, Get},
	BoundedVec,
};
use frame_system::RawOrigin;
use tenure_primitives::{
	traits::{DeviceLeases, FleetSales},
	Balance, Capabilities, Capability, CapabilityValue, DeviceClass, DeviceId, DeviceStatus,
	FleetId, KeyRotation, Location, Metadata, PublicKey, MAX_CAPABILITIES, MAX_URI,
};

/// A cell of resolution 0: valid whatever resolution the runtime allows.
const COARSEST_CELL: u64 = 0x0800_1fff_ffff_ffff;

/// Members of a fleet in a benchmark whose cost does not depend on them: enough that one can leave.
const FLEET: u32 = 3;

fn full_capabilities(value: u64) -> Capabilities {
	let mut capabilities = Capabilities::new();
	for measure in 0..MAX_CAPABILITIES as u16 {
		let capability = Capability::Custom(measure);
		capabilities.try_push(CapabilityValue { capability, value }).expect("within the bound");
	}
	capabilities
}

fn full_metadata(byte: u8) -> Metadata {
	let uri = BoundedVec::truncate_from([byte; MAX_URI as usize].to_vec());
	Metadata { document: [byte; 32].into(), uri }
}

fn location() -> Location {
	Location { cell: COARSEST_CELL, country: *b"NO" }
}

/// Gives `owner` enough for one more record of any size.
fn fund<T: Config>(owner: &T::AccountId) {
	let largest = Footprint::from_parts(1, DeviceRecordOf::<T>::max_encoded_len() * 2);
	T::Consideration::ensure_successful(owner, largest);
}

/// A device of `owner` with a pending key and a record of the greatest size.
pub(crate) fn pending_device<T: Config>(owner: &T::AccountId, key: PublicKey) -> DeviceId {
	fund::<T>(owner);
	Pallet::<T>::do_register(
		owner.clone(),
		DeviceClass::Other,
		full_capabilities(u64::MAX),
		Some(location()),
		full_metadata(b'a'),
		T::MaxHeartbeatGap::get(),
		Some(key),
	)
	.expect("a valid description of a funded owner")
}

/// The same with an active key that nobody holds.
pub(crate) fn active_device<T: Config>(owner: &T::AccountId, key: PublicKey) -> DeviceId {
	let device = pending_device::<T>(owner, key);
	Pallet::<T>::do_activate_key(device).expect("no other device has the key");
	device
}

/// A member of a fleet, with another key due to take the place of its active one.
pub(crate) fn rotating_device<T: Config>(owner: &T::AccountId, key: PublicKey) -> DeviceId {
	let fleet = fleet::<T>(owner, 1);
	let device = *Pallet::<T>::members(fleet).first().expect("it has one");
	Devices::<T>::mutate(device, |record| {
		let record = record.as_mut().expect("it was registered");
		record.rotation = Some(KeyRotation { public: key, from: 0 });
	});
	device
}

/// A key that no device has and nobody holds.
fn fresh_key<T: Config>() -> PublicKey {
	let number = NextDeviceId::<T>::get().to_le_bytes();
	let mut bytes = [7; 33];
	bytes.iter_mut().zip(number).for_each(|(byte, part)| *byte = part);
	PublicKey::Secp256k1(bytes)
}

/// A fleet of `owner` with so many devices, whose keys are active.
pub(crate) fn fleet<T: Config>(owner: &T::AccountId, members: u32) -> FleetId {
	T::FleetConsideration::ensure_successful(owner, FleetRecordOf::<T>::footprint());
	let fleet = Pallet::<T>::do_create_fleet(owner.clone()).expect("the owner is funded");
	for _ in 0..members {
		let device = active_device::<T>(owner, fresh_key::<T>());
		Pallet::<T>::do_add_to_fleet(owner.clone(), fleet, device).expect("there is room for it");
	}
	fleet
}

/// The first member of a new fleet of three that has sold and booked as much as it can, `leases` of
/// them on this device.
fn busy_member<T: Config>(owner: &T::AccountId, leases: u32) -> (FleetId, DeviceId) {
	let fleet = fleet::<T>(owner, FLEET.min(T::MaxFleetMembers::get()));
	let device = *Pallet::<T>::members(fleet).first().expect("it has members");
	T::Leases::benchmark_leases(device, leases);
	T::Fleets::benchmark_sales(fleet);
	(fleet, device)
}

#[benchmarks]
mod benchmarks {
	use super::*;

	// Worst case: everything given, and a key, which is looked up.
	#[benchmark]
	fn register() {
		let owner: T::AccountId = whitelisted_caller();
		fund::<T>(&owner);
		let device = NextDeviceId::<T>::get();

		#[extrinsic_call]
		_(
			RawOrigin::Signed(owner),
			DeviceClass::Other,
			full_capabilities(u64::MAX),
			Some(location()),
			full_metadata(b'a'),
			T::MaxHeartbeatGap::get(),
			Some(PublicKey::Secp256k1([7; 33])),
		);

		assert!(Devices::<T>::contains_key(device));
	}

	// Worst case: a small record becomes the largest, so that the deposit grows.
	#[benchmark]
	fn update() {
		let owner: T::AccountId = whitelisted_caller();
		fund::<T>(&owner);
		fund::<T>(&owner);
		let metadata = Metadata { document: [0; 32].into(), uri: Default::default() };
		let device = Pallet::<T>::do_register(
			owner.clone(),
			DeviceClass::Other,
			Capabilities::new(),
			None,
			metadata,
			T::MinHeartbeatGap::get(),
			None,
		)
		.expect("a valid description of a funded owner");
		let key = PublicKey::Secp256k1([7; 33]);
		let changes = DeviceUpdate {
			capabilities: Some(full_capabilities(u64::MAX)),
			location: crate::LocationChange::Set(location()),
			metadata: Some(full_metadata(b'b')),
			heartbeat_gap: Some(T::MaxHeartbeatGap::get()),
			key: Some(key),
		};

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), device, changes);

		let record = Pallet::<T>::details(device).expect("it was registered");
		assert_eq!(record.key.map(|key| key.public), Some(key));
	}

	// Worst case: the largest record, with an active key to free.
	#[benchmark]
	fn retire() {
		let owner: T::AccountId = whitelisted_caller();
		let key = PublicKey::Secp256k1([7; 33]);
		let device = active_device::<T>(&owner, key);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), device);

		assert!(!Devices::<T>::contains_key(device));
		assert!(!ActiveKeys::<T>::contains_key(key));
	}

	#[benchmark]
	fn offer_transfer() {
		let owner: T::AccountId = whitelisted_caller();
		let to: T::AccountId = account("buyer", 0, 0);
		let device = active_device::<T>(&owner, fresh_key::<T>());

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), device, to.clone());

		assert_eq!(Devices::<T>::get(device).and_then(|record| record.offered_to), Some(to));
	}

	#[benchmark]
	fn withdraw_transfer() {
		let owner: T::AccountId = whitelisted_caller();
		let to: T::AccountId = account("buyer", 0, 0);
		let device = active_device::<T>(&owner, fresh_key::<T>());
		Pallet::<T>::do_offer_transfer(owner.clone(), device, to).expect("it is the owner's");

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), device);

		assert_eq!(Devices::<T>::get(device).and_then(|record| record.offered_to), None);
	}

	// Worst case: the largest record, `l` leases ahead.
	#[benchmark]
	fn accept_transfer(l: Linear<0, { T::Leases::max_booked() }>) {
		let owner: T::AccountId = account("seller", 0, 0);
		let to: T::AccountId = whitelisted_caller();
		let device = active_device::<T>(&owner, fresh_key::<T>());
		T::Leases::benchmark_leases(device, l);
		fund::<T>(&to);
		T::Leases::benchmark_bond(&to);
		Pallet::<T>::do_offer_transfer(owner.clone(), device, to.clone())
			.expect("it is the owner's");

		#[extrinsic_call]
		_(RawOrigin::Signed(to.clone()), device, Balance::MAX);

		assert_eq!(Devices::<T>::get(device).map(|record| record.owner), Some(to.clone()));
		let event = Event::<T>::DeviceTransferred { device, from: owner, to, leases: l };
		frame_system::Pallet::<T>::assert_last_event(event.into());
	}

	// Worst case: an active key to free.
	#[benchmark]
	fn release_key() {
		let owner: T::AccountId = whitelisted_caller();
		let key = fresh_key::<T>();
		let device = active_device::<T>(&owner, key);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), device);

		assert!(!ActiveKeys::<T>::contains_key(key));
	}

	// Worst case: an active key of a device that nobody has a claim on, so that everybody is asked and
	// the key is freed.
	#[benchmark]
	fn rotate_key() {
		let owner: T::AccountId = whitelisted_caller();
		let device = active_device::<T>(&owner, fresh_key::<T>());
		let key = fresh_key::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), device, key);

		let record = Devices::<T>::get(device).expect("it was registered");
		assert_eq!(record.key.map(|key| key.public), Some(key));
	}

	// Worst case: a member with a full calendar of a fleet that has sold what it can.
	#[benchmark]
	fn report_missing() {
		let owner: T::AccountId = whitelisted_caller();
		let (_, device) = busy_member::<T>(&owner, T::Leases::max_leases());

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), device);

		let record = Devices::<T>::get(device).expect("it was registered");
		assert_eq!((record.status, record.fleet), (DeviceStatus::Missing, None));
	}

	#[benchmark]
	fn report_found() {
		let owner: T::AccountId = whitelisted_caller();
		let device = active_device::<T>(&owner, fresh_key::<T>());
		Pallet::<T>::do_report_missing(owner.clone(), device).expect("it is the owner's");

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), device);

		let status = Devices::<T>::get(device).map(|record| record.status);
		assert_eq!(status, Some(DeviceStatus::Listed));
	}

	// Worst case: a member with `l` leases of a fleet that has sold what it can.
	#[benchmark]
	fn force_retire(l: Linear<0, { T::Leases::max_leases() }>) -> Result<(), BenchmarkError> {
		let origin =
			T::ForceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let owner: T::AccountId = account("owner", 0, 0);
		let (_, device) = busy_member::<T>(&owner, l);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, device);

		assert!(!Devices::<T>::contains_key(device));
		assert!(ForceRetirements::<T>::contains_key(device));
		let event = Event::<T>::DeviceForceRetired { device, owner, closed_leases: l };
		frame_system::Pallet::<T>::assert_last_event(event.into());
		Ok(())
	}

	#[benchmark]
	fn create_fleet() {
		let owner: T::AccountId = whitelisted_caller();
		T::FleetConsideration::ensure_successful(&owner, FleetRecordOf::<T>::footprint());
		let fleet = NextFleetId::<T>::get();

		#[extrinsic_call]
		_(RawOrigin::Signed(owner));

		assert!(Fleets::<T>::contains_key(fleet));
	}

	// Worst case: a device with a full calendar, from its time in another fleet, joins one that has sold
	// what it can.
	#[benchmark]
	fn add_to_fleet() {
		let owner: T::AccountId = whitelisted_caller();
		let (_, device) = busy_member::<T>(&owner, T::Leases::max_leases());
		let mut record = Devices::<T>::get(device).expect("it was registered");
		Pallet::<T>::take_out_of_fleet(device, &mut record);
		let fleet = fleet::<T>(&owner, FLEET.min(T::MaxFleetMembers::get()) - 1);
		T::Fleets::benchmark_sales(fleet);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), fleet, device);

		assert_eq!(Devices::<T>::get(device).and_then(|record| record.fleet), Some(fleet));
	}

	// Worst case: a member with a full calendar of a fleet that has sold what it can.
	#[benchmark]
	fn remove_from_fleet() {
		let owner: T::AccountId = whitelisted_caller();
		let (fleet, device) = busy_member::<T>(&owner, T::Leases::max_leases());

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), fleet, device);

		assert_eq!(Devices::<T>::get(device).and_then(|record| record.fleet), None);
	}

	#[benchmark]
	fn disband_fleet(d: Linear<0, { T::MaxFleetMembers::get() }>) {
		let owner: T::AccountId = whitelisted_caller();
		let fleet = fleet::<T>(&owner, d);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), fleet);

		assert!(!Fleets::<T>::contains_key(fleet));
		assert!(Pallet::<T>::members(fleet).is_empty());
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}

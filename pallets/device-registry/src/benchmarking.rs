// SPDX-License-Identifier: Apache-2.0

//! What the calls cost at their worst: the largest record, a key of the longest kind.

#![allow(clippy::arithmetic_side_effects)]

use crate::{
	ActiveKeys, Call, Config, DeviceRecordOf, DeviceUpdate, Devices, NextDeviceId, Pallet,
};
use codec::MaxEncodedLen;
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{Consideration, Footprint, Get},
	BoundedVec,
};
use frame_system::RawOrigin;
use tenure_primitives::{
	Capabilities, Capability, CapabilityValue, DeviceClass, DeviceId, Location, Metadata,
	PublicKey, MAX_CAPABILITIES, MAX_URI,
};

/// A cell of resolution 0: valid whatever resolution the runtime allows.
const COARSEST_CELL: u64 = 0x0800_1fff_ffff_ffff;

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
			location: Some(Some(location())),
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

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}

// SPDX-License-Identifier: Apache-2.0

use crate::{mock::*, ActiveKeys, Devices, DevicesByOwner, Error, Event, NextDeviceId};
use frame_support::{assert_noop, assert_ok, traits::fungible::Inspect};
use sp_runtime::{traits::BadOrigin, TokenError};
use tenure_primitives::{
	Capability, CapabilityValue, DeviceClass, DeviceKey, DeviceStatus, Location, PublicKey,
	MAX_CAPABILITIES,
};

#[test]
fn the_first_device_is_number_one() {
	build_and_execute(|| {
		assert_ok!(Registration::default().by(OLGA));
		assert_ok!(Registration::default().by(OSCAR));
		assert!(DevicesByOwner::<Test>::contains_key(OLGA, 1));
		assert!(DevicesByOwner::<Test>::contains_key(OSCAR, 2));
		assert_eq!(NextDeviceId::<Test>::get(), 3);
	});
}

#[test]
fn the_record_says_what_the_owner_said() {
	build_and_execute(|| {
		assert_ok!(Registration::default().by(OLGA));
		let record = Devices::<Test>::get(1).unwrap();
		assert_eq!(record.owner, OLGA);
		assert_eq!(record.class, DeviceClass::Gpu);
		assert_eq!(record.capabilities, capabilities());
		assert_eq!(record.location, Some(location()));
		assert_eq!(record.metadata, metadata());
		assert_eq!(record.key, Some(DeviceKey { public: key(1), active: false }));
		assert_eq!(record.heartbeat_gap, 300);
		assert_eq!(record.status, DeviceStatus::Listed);
		assert_eq!(record.fleet, None);
		assert_eq!(record.registered_at, START);
		assert_eq!(record.offered_to, None);
		assert_eq!(record.rotation, None);
		System::assert_last_event(
			Event::DeviceRegistered { device: 1, owner: OLGA, class: DeviceClass::Gpu }.into(),
		);
	});
}

#[test]
fn the_deposit_is_the_price_of_the_records_bytes() {
	build_and_execute(|| {
		assert_ok!(Registration::default().by(OLGA));
		// Capabilities 1 + 2 × 9, location 1 + 10, metadata 32 + 1 + 10.
		let bytes = FIXED_BYTES + 19 + 11 + 43 + KEY_INDEX_BYTES;
		let deposit = BASE_PRICE + BYTE_PRICE * bytes;
		assert_eq!(held(OLGA), deposit);
		assert_eq!(Balances::balance(&OLGA), ENDOWMENT - deposit);
	});
}

/// Number 8, owner 8, class 1, key 36, gap 4, status 1, fleet 9, home 9, moment 8, offer 9, rotation 43,
/// ticket 16, the owner's index 16, and the fleet's 16.
const FIXED_BYTES: u128 = 184;
const KEY_INDEX_BYTES: u128 = 42;

#[test]
fn a_device_without_key_location_and_capabilities_costs_least() {
	build_and_execute(|| {
		let bare = Registration {
			location: None,
			capabilities: Default::default(),
			key: None,
			..Default::default()
		};
		assert_ok!(bare.by(OLGA));
		assert_eq!(held(OLGA), BASE_PRICE + BYTE_PRICE * (FIXED_BYTES + 1 + 1 + 43));
		assert_eq!(key_of(1), None);
	});
}

#[test]
fn a_full_record_is_accepted() {
	build_and_execute(|| {
		let mut full = Registration::default();
		for measure in 0..MAX_CAPABILITIES as u16 {
			let capability = Capability::Custom(measure);
			let _ = full.capabilities.try_push(CapabilityValue { capability, value: u64::MAX });
		}
		full.metadata.uri = uri(&[b'a'; 128]);
		full.key = Some(PublicKey::Secp256k1([3; 33]));
		assert_eq!(full.capabilities.len(), MAX_CAPABILITIES as usize);
		assert_ok!(full.by(OLGA));
	});
}

#[test]
fn a_capability_is_given_once() {
	build_and_execute(|| {
		let mut twice = Registration::default();
		let first = twice.capabilities[0];
		twice.capabilities.try_push(CapabilityValue { value: 2, ..first }).unwrap();
		assert_noop!(twice.by(OLGA), Error::<Test>::DuplicateCapability);
	});
}

#[test]
fn the_bounds_of_the_heartbeat_gap_are_inside() {
	build_and_execute(|| {
		for heartbeat_gap in [60, 86_400] {
			assert_ok!(Registration { heartbeat_gap, ..Default::default() }.by(OLGA));
		}
		for heartbeat_gap in [0, 59, 86_401, u32::MAX] {
			assert_noop!(
				Registration { heartbeat_gap, ..Default::default() }.by(OLGA),
				Error::<Test>::GapOutOfRange
			);
		}
	});
}

fn at(cell: u64, country: &[u8; 2]) -> Registration {
	Registration { location: Some(Location { cell, country: *country }), ..Default::default() }
}

#[test]
fn a_location_is_an_h3_cell() {
	build_and_execute(|| {
		// Nothing, everything, no mode, another kind of index, and a base cell that H3 lacks.
		for cell in [0, u64::MAX, CELL & !(0xf << 59), CELL ^ (0b11 << 59), 0x080f_5fff_ffff_ffff] {
			assert_noop!(at(cell, b"US").by(OLGA), Error::<Test>::InvalidCell);
		}
	});
}

#[test]
fn a_location_is_coarse() {
	build_and_execute(|| {
		assert_noop!(at(FINER_CELL, b"US").by(OLGA), Error::<Test>::LocationTooPrecise);
		assert_noop!(at(0x08f2_8347_0000_0000, b"US").by(OLGA), Error::<Test>::LocationTooPrecise);
		assert_ok!(at(0x0800_1fff_ffff_ffff, b"NO").by(OLGA));
	});
}

#[test]
fn a_country_is_two_capital_letters() {
	build_and_execute(|| {
		for country in [b"us", b"U1", b"\0\0", b"U ", b"\xc3\x9c"] {
			assert_noop!(at(CELL, country).by(OLGA), Error::<Test>::InvalidCountry);
		}
	});
}

#[test]
fn two_pending_records_may_name_one_key() {
	build_and_execute(|| {
		assert_ok!(Registration::default().by(OLGA));
		assert_ok!(Registration::default().by(OSCAR));
		assert_eq!(ActiveKeys::<Test>::iter().count(), 0);
	});
}

#[test]
fn a_key_that_is_active_can_not_be_named_again() {
	build_and_execute(|| {
		activated(OLGA, key(1));
		for owner in [OLGA, OSCAR] {
			assert_noop!(Registration::default().by(owner), Error::<Test>::KeyActiveElsewhere);
		}
	});
}

#[test]
fn the_key_of_a_missing_device_can_not_be_named_again() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		lose(device);
		assert_noop!(Registration::default().by(OSCAR), Error::<Test>::KeyActiveElsewhere);
	});
}

#[test]
fn who_can_not_pay_the_deposit_registers_nothing() {
	build_and_execute(|| {
		assert_noop!(Registration::default().by(PAUL), TokenError::FundsUnavailable);
	});
}

#[test]
fn the_deposit_leaves_the_account_alive() {
	build_and_execute(|| {
		assert_ok!(Registration::default().by(OLGA));
		let deposit = held(OLGA);
		let free = Balances::balance(&OSCAR);
		// One less than deposit and existential deposit together.
		let rest = deposit + EXISTENTIAL_DEPOSIT - 1;
		assert_ok!(Balances::transfer_allow_death(signed(OSCAR), OLGA, free - rest));
		assert_noop!(Registration::default().by(OSCAR), TokenError::FundsUnavailable);
		assert_ok!(Balances::transfer_allow_death(signed(OLGA), OSCAR, 1));
		assert_ok!(Registration::default().by(OSCAR));
		assert_eq!(Balances::balance(&OSCAR), EXISTENTIAL_DEPOSIT);
	});
}

#[test]
fn the_last_number_is_not_given_out() {
	build_and_execute(|| {
		NextDeviceId::<Test>::put(u64::MAX);
		assert_noop!(Registration::default().by(OLGA), Error::<Test>::NumbersExhausted);
	});
}

#[test]
fn only_signed_origins_register() {
	build_and_execute(|| {
		let call = |origin| {
			DeviceRegistry::register(
				origin,
				DeviceClass::Gpu,
				capabilities(),
				None,
				metadata(),
				300,
				None,
			)
		};
		assert_noop!(call(RuntimeOrigin::none()), BadOrigin);
		assert_noop!(call(RuntimeOrigin::root()), BadOrigin);
	});
}

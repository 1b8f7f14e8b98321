// SPDX-License-Identifier: Apache-2.0

use crate::{mock::*, DeviceUpdate, Devices, Error, Event, LocationChange};
use frame_support::{assert_noop, assert_ok, traits::fungible::Inspect};
use sp_runtime::{traits::BadOrigin, DispatchResult, TokenError};
use tenure_primitives::{Capabilities, DeviceId, DeviceKey, Location, Metadata};

fn update(who: AccountId, device: DeviceId, changes: DeviceUpdate) -> DispatchResult {
	DeviceRegistry::update(signed(who), device, changes)
}

fn new_gap(gap: u32) -> DeviceUpdate {
	DeviceUpdate { heartbeat_gap: Some(gap), ..Default::default() }
}

fn new_location(location: LocationChange) -> DeviceUpdate {
	DeviceUpdate { location, ..Default::default() }
}

#[test]
fn everything_that_is_named_changes() {
	build_and_execute(|| {
		let device = registered(OLGA, Some(key(1)));
		let before = Devices::<Test>::get(device).unwrap();
		let place = Location { cell: 0x0800_1fff_ffff_ffff, country: *b"NO" };
		let description = Metadata { document: [8; 32].into(), uri: uri(b"ipfs://other") };
		Clock::set(START + 1_000);
		let changes = DeviceUpdate {
			capabilities: Some(Capabilities::new()),
			location: LocationChange::Set(place),
			metadata: Some(description.clone()),
			heartbeat_gap: Some(600),
			key: Some(key(2)),
		};
		assert_ok!(update(OLGA, device, changes));

		let after = Devices::<Test>::get(device).unwrap();
		assert_eq!(after.capabilities, Capabilities::new());
		assert_eq!(after.location, Some(place));
		assert_eq!(after.metadata, description);
		assert_eq!(after.heartbeat_gap, 600);
		assert_eq!(after.key, Some(DeviceKey { public: key(2), active: false }));
		assert_eq!(after.owner, before.owner);
		assert_eq!(after.class, before.class);
		assert_eq!(after.status, before.status);
		assert_eq!(after.registered_at, START);
		System::assert_last_event(Event::DeviceUpdated { device }.into());
	});
}

#[test]
fn what_is_not_named_stays() {
	build_and_execute(|| {
		let device = registered(OLGA, Some(key(1)));
		let mut expected = Devices::<Test>::get(device).unwrap();
		assert_ok!(update(OLGA, device, new_gap(61)));
		expected.heartbeat_gap = 61;
		assert_eq!(Devices::<Test>::get(device), Some(expected));
	});
}

#[test]
fn a_location_can_be_removed() {
	build_and_execute(|| {
		let device = registered(OLGA, None);
		let deposit = held(OLGA);
		assert_ok!(update(OLGA, device, new_location(LocationChange::Remove)));
		assert_eq!(Devices::<Test>::get(device).unwrap().location, None);
		assert_eq!(held(OLGA), deposit - 10 * BYTE_PRICE);
	});
}

#[test]
fn the_deposit_follows_the_size() {
	build_and_execute(|| {
		let device = registered(OLGA, None);
		let deposit = held(OLGA);
		let free = Balances::balance(&OLGA);
		let mut longer = metadata();
		longer.uri = uri(b"ipfs://gpu0123456789");
		let changes = DeviceUpdate { metadata: Some(longer), ..Default::default() };
		assert_ok!(update(OLGA, device, changes));
		assert_eq!(held(OLGA), deposit + 10 * BYTE_PRICE);

		let changes = DeviceUpdate { metadata: Some(metadata()), ..Default::default() };
		assert_ok!(update(OLGA, device, changes));
		assert_eq!(held(OLGA), deposit);
		assert_eq!(Balances::balance(&OLGA), free);
	});
}

#[test]
fn naming_a_key_pays_for_its_index_entry() {
	build_and_execute(|| {
		let device = registered(OLGA, None);
		let deposit = held(OLGA);
		assert_ok!(update(OLGA, device, new_key(key(1))));
		assert_eq!(held(OLGA), deposit + 42 * BYTE_PRICE);
		DeviceRegistry::do_activate_key(device).unwrap();
		assert_eq!(held(OLGA), deposit + 42 * BYTE_PRICE);
	});
}

#[test]
fn a_new_price_counts_from_the_next_update() {
	build_and_execute(|| {
		let device = registered(OLGA, None);
		let bytes = (held(OLGA) - BASE_PRICE) / BYTE_PRICE;
		BytePrice::set(BYTE_PRICE / 2);
		assert_ok!(update(OLGA, device, new_gap(61)));
		assert_eq!(held(OLGA), BASE_PRICE + bytes * BYTE_PRICE / 2);
	});
}

#[test]
fn who_can_not_pay_a_higher_deposit_changes_nothing() {
	build_and_execute(|| {
		let device = registered(OSCAR, None);
		let free = Balances::balance(&OSCAR);
		let rest = EXISTENTIAL_DEPOSIT + 41 * BYTE_PRICE;
		assert_ok!(Balances::transfer_allow_death(signed(OSCAR), OLGA, free - rest));
		assert_noop!(update(OSCAR, device, new_key(key(1))), TokenError::FundsUnavailable);
	});
}

#[test]
fn an_empty_update_is_refused() {
	build_and_execute(|| {
		let device = registered(OLGA, Some(key(1)));
		assert_noop!(update(OLGA, device, DeviceUpdate::default()), Error::<Test>::NothingToChange);
	});
}

#[test]
fn only_the_owner_updates() {
	build_and_execute(|| {
		let device = registered(OLGA, Some(key(1)));
		assert_noop!(update(OSCAR, device, new_gap(61)), Error::<Test>::NotOwner);
		assert_noop!(DeviceRegistry::update(RuntimeOrigin::root(), device, new_gap(61)), BadOrigin);
	});
}

#[test]
fn a_device_that_is_not_there_can_not_be_updated() {
	build_and_execute(|| {
		let device = registered(OLGA, Some(key(1)));
		for never in [0, device + 1, u64::MAX] {
			assert_noop!(update(OLGA, never, new_gap(61)), Error::<Test>::UnknownDevice);
		}
		assert_ok!(DeviceRegistry::retire(signed(OLGA), device));
		assert_noop!(update(OLGA, device, new_gap(61)), Error::<Test>::DeviceRetired);
	});
}

#[test]
fn an_update_keeps_to_the_rules_of_registration() {
	build_and_execute(|| {
		let device = registered(OLGA, Some(key(1)));
		let place = |cell, country: &[u8; 2]| {
			new_location(LocationChange::Set(Location { cell, country: *country }))
		};
		assert_noop!(update(OLGA, device, place(1, b"US")), Error::<Test>::InvalidCell);
		assert_noop!(
			update(OLGA, device, place(FINER_CELL, b"US")),
			Error::<Test>::LocationTooPrecise
		);
		assert_noop!(update(OLGA, device, place(CELL, b"uS")), Error::<Test>::InvalidCountry);
		assert_noop!(update(OLGA, device, new_gap(59)), Error::<Test>::GapOutOfRange);
		assert_noop!(update(OLGA, device, new_gap(86_401)), Error::<Test>::GapOutOfRange);
	});
}

#[test]
fn one_bad_change_spoils_the_whole_update() {
	build_and_execute(|| {
		let device = registered(OLGA, Some(key(1)));
		let changes = DeviceUpdate {
			heartbeat_gap: Some(59),
			capabilities: Some(Capabilities::new()),
			..Default::default()
		};
		assert_noop!(update(OLGA, device, changes), Error::<Test>::GapOutOfRange);
	});
}

#[test]
fn an_active_key_stays() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		for other in [key(1), key(2)] {
			assert_noop!(update(OLGA, device, new_key(other)), Error::<Test>::KeyActive);
		}
		assert_ok!(update(OLGA, device, new_gap(61)));
		assert_eq!(key_of(device), Some(DeviceKey { public: key(1), active: true }));
	});
}

#[test]
fn a_key_that_is_active_elsewhere_can_not_be_taken() {
	build_and_execute(|| {
		activated(OLGA, key(1));
		let device = registered(OSCAR, Some(key(2)));
		assert_noop!(update(OSCAR, device, new_key(key(1))), Error::<Test>::KeyActiveElsewhere);
	});
}

#[test]
fn the_record_of_a_missing_device_can_be_amended() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		lose(device);
		assert_ok!(update(OLGA, device, new_location(LocationChange::Remove)));
	});
}

#[test]
fn a_missing_device_gets_no_key() {
	build_and_execute(|| {
		let device = registered(OLGA, Some(key(1)));
		lose(device);
		assert_noop!(update(OLGA, device, new_key(key(2))), Error::<Test>::DeviceMissing);
	});
}

#[test]
fn a_description_changes_in_a_fleet_and_during_a_rotation() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		fleet_with(OLGA, &[device]);
		assert_ok!(DeviceRegistry::rotate_key(signed(OLGA), device, key(2)));
		let deposit = held(OLGA);
		assert_ok!(update(OLGA, device, new_location(LocationChange::Remove)));
		assert_eq!(held(OLGA), deposit - 10 * BYTE_PRICE);
		assert_noop!(update(OLGA, device, new_key(key(3))), Error::<Test>::KeyActive);
	});
}

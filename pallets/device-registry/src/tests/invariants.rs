// SPDX-License-Identifier: Apache-2.0

use crate::{mock::*, ActiveKeys, DeviceUpdate, Devices, DevicesByOwner, NextDeviceId};
use frame_support::{
	assert_err, hypothetically, storage::with_storage_layer, traits::fungible::Inspect,
};
use proptest::prelude::*;
use tenure_primitives::{
	traits::DeviceCommitments, Balance, DeviceId, DeviceStatus, Location, PublicKey,
};

#[test]
fn a_broken_state_is_noticed() {
	build_and_execute(|| {
		let active = activated(OLGA, key(1));
		let pending = registered(OLGA, Some(key(2)));

		hypothetically!({
			NextDeviceId::<Test>::put(pending);
			assert_err!(
				DeviceRegistry::do_try_state(),
				"a device has a number that was not given out"
			);
		});
		hypothetically!({
			DevicesByOwner::<Test>::remove(OLGA, active);
			assert_err!(DeviceRegistry::do_try_state(), "a device is missing in its owner's index");
		});
		hypothetically!({
			DevicesByOwner::<Test>::insert(OSCAR, active, ());
			assert_err!(
				DeviceRegistry::do_try_state(),
				"an owner's index names a device that is not the owner's"
			);
		});
		hypothetically!({
			ActiveKeys::<Test>::insert(key(1), pending);
			assert_err!(
				DeviceRegistry::do_try_state(),
				"an active key is not in the index of keys under its device"
			);
		});
		hypothetically!({
			ActiveKeys::<Test>::insert(key(2), pending);
			assert_err!(
				DeviceRegistry::do_try_state(),
				"the index of keys names a key that is not active"
			);
		});
	});
}

/// One thing that can happen to the registry.
#[derive(Clone, Debug)]
enum Step {
	Register { who: AccountId, uri: usize, located: bool, key: Option<u8> },
	Update { who: AccountId, device: DeviceId, uri: Option<usize>, clear: bool, key: Option<u8> },
	Activate { device: DeviceId },
	Retire { who: AccountId, device: DeviceId },
	Lose { device: DeviceId },
	Claim { device: DeviceId, claimed: bool },
	Price { per_byte: Balance },
	Spend { who: AccountId, amount: Balance },
}

fn step() -> impl Strategy<Value = Step> {
	let who = 1..=3u64;
	let device = 0..8u64;
	let key = prop::option::of(0..4u8);
	let uri = 0..=128usize;
	prop_oneof![
		4 => (who.clone(), uri.clone(), any::<bool>(), key.clone())
			.prop_map(|(who, uri, located, key)| Step::Register { who, uri, located, key }),
		4 => (who.clone(), device.clone(), prop::option::of(uri), any::<bool>(), key).prop_map(
			|(who, device, uri, clear, key)| Step::Update { who, device, uri, clear, key }
		),
		3 => device.clone().prop_map(|device| Step::Activate { device }),
		3 => (who.clone(), device.clone()).prop_map(|(who, device)| Step::Retire { who, device }),
		1 => device.clone().prop_map(|device| Step::Lose { device }),
		1 => (device, any::<bool>())
			.prop_map(|(device, claimed)| Step::Claim { device, claimed }),
		1 => (0..20u128).prop_map(|per_byte| Step::Price { per_byte }),
		1 => (who, 0..300_000u128).prop_map(|(who, amount)| Step::Spend { who, amount }),
	]
}

fn named(key: Option<u8>) -> Option<PublicKey> {
	key.map(crate::mock::key)
}

/// Whether the step worked does not matter here, what it leaves does.
fn take(step: Step) {
	let mut description = metadata();
	let _ = with_storage_layer(|| match step {
		Step::Register { who, uri: length, located, key } => {
			description.uri = uri(&vec![b'a'; length]);
			let location = located.then(location);
			let key = named(key);
			Registration { location, metadata: description, key, ..Default::default() }.by(who)
		}
		Step::Update { who, device, uri: length, clear, key } => {
			let metadata = length.map(|length| {
				description.uri = uri(&vec![b'a'; length]);
				description
			});
			let location: Option<Option<Location>> = clear.then_some(None);
			let key = named(key);
			let changes = DeviceUpdate { metadata, location, key, ..Default::default() };
			DeviceRegistry::update(signed(who), device, changes)
		}
		Step::Activate { device } => DeviceRegistry::do_activate_key(device),
		Step::Retire { who, device } => DeviceRegistry::retire(signed(who), device),
		Step::Lose { device } => {
			if Devices::<Test>::contains_key(device) {
				lose(device);
			}
			Ok(())
		}
		Step::Claim { device, claimed } => {
			if claimed {
				Claims::put(device);
			} else {
				Claims::clear(device);
			}
			Ok(())
		}
		Step::Price { per_byte } => {
			BytePrice::set(per_byte);
			Ok(())
		}
		Step::Spend { who, amount } => {
			let sink = 99;
			Balances::transfer_allow_death(signed(who), sink, amount)
		}
	});
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(128))]

	/// Whatever happens in whatever order: the indices agree with the records, deposits on hold are
	/// those of the records, active keys are unique, missing and claimed devices stay.
	#[test]
	fn any_sequence_of_steps_leaves_the_registry_whole(
		steps in prop::collection::vec(step(), 1..60)
	) {
		build_and_execute(|| {
			for step in steps {
				let stay: Vec<DeviceId> = Devices::<Test>::iter()
					.filter(|(device, record)| {
						record.status == DeviceStatus::Missing || Claims::is_committed(*device)
					})
					.map(|(device, _)| device)
					.collect();
				take(step);
				check_invariants();
				assert!(stay.into_iter().all(Devices::<Test>::contains_key));
			}
		});
	}

	/// Who retires everything has back what it started with.
	#[test]
	fn deposits_come_back_whole(
		steps in prop::collection::vec(step(), 1..40)
	) {
		build_and_execute(|| {
			for step in steps {
				if !matches!(step, Step::Lose { .. } | Step::Claim { .. } | Step::Spend { .. }) {
					take(step);
				}
			}
			for (device, record) in Devices::<Test>::iter().collect::<Vec<_>>() {
				DeviceRegistry::retire(signed(record.owner), device).unwrap();
			}
			for (owner, endowment) in [(OLGA, ENDOWMENT), (OSCAR, ENDOWMENT), (PAUL, PITTANCE)] {
				assert_eq!(Balances::balance(&owner), endowment);
			}
		});
	}
}

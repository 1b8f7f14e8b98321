// SPDX-License-Identifier: Apache-2.0

//! What can happen to the registry, for the property tests: every call, the device's activation, and
//! what neighbours, prices and time do.

use crate::{
	mock::*, DeviceRecordOf, DeviceUpdate, Devices, DevicesByOwner, FleetMembers, Fleets,
	LocationChange,
};
use frame_support::{dispatch::DispatchResultWithPostInfo, storage::with_storage_layer};
use proptest::prelude::*;
use sp_runtime::{DispatchError, DispatchResult};
use tenure_primitives::{Balance, DeviceId, DeviceStatus, FleetId, Moment, PublicKey};

/// One thing that can happen to the registry.
#[derive(Clone, Debug)]
pub enum Step {
	Register { who: AccountId, uri: usize, located: bool, key: Option<u8> },
	Update { who: AccountId, device: DeviceId, uri: Option<usize>, clear: bool, key: Option<u8> },
	Activate { device: DeviceId },
	Retire { who: AccountId, device: DeviceId },
	Offer { who: AccountId, device: DeviceId, to: AccountId },
	Withdraw { who: AccountId, device: DeviceId },
	Accept { who: AccountId, device: DeviceId },
	ReleaseKey { who: AccountId, device: DeviceId },
	RotateKey { who: AccountId, device: DeviceId, key: u8 },
	ReportMissing { who: AccountId, device: DeviceId },
	ReportFound { who: AccountId, device: DeviceId },
	ForceRetire { device: DeviceId },
	CreateFleet { who: AccountId },
	Join { who: AccountId, fleet: FleetId, device: DeviceId },
	Leave { who: AccountId, fleet: FleetId, device: DeviceId },
	Disband { who: AccountId, fleet: FleetId },
	Claim { device: DeviceId, claimed: bool },
	Refuse { refused: bool },
	Pass { seconds: Moment },
	Price { per_byte: Balance },
	Spend { who: AccountId, amount: Balance },
}

/// A step, and whether it is to be taken by whom it is up to, with devices and fleets that there are.
pub fn step() -> impl Strategy<Value = (Step, bool)> {
	let any = prop_oneof![30 => devices_step(), 15 => fleets_step(), 6 => surroundings_step()];
	(any, prop::bool::weighted(0.85))
}

/// One of these, if there are any.
fn one_of<N: Copy>(all: &[N], number: u64) -> Option<N> {
	let index = (number as usize).checked_rem(all.len())?;
	Some(all[index])
}

fn live_device(number: u64) -> Option<(DeviceId, DeviceRecordOf<Test>)> {
	let mut live: Vec<DeviceId> = Devices::<Test>::iter_keys().collect();
	live.sort_unstable();
	let device = one_of(&live, number)?;
	Some((device, Devices::<Test>::get(device)?))
}

fn live_fleet(number: u64) -> Option<(FleetId, AccountId)> {
	let mut live: Vec<FleetId> = Fleets::<Test>::iter_keys().collect();
	live.sort_unstable();
	let fleet = one_of(&live, number)?;
	Some((fleet, Fleets::<Test>::get(fleet)?.owner))
}

/// The same step, by whom it is up to; nothing if nobody can take it.
fn aim(step: Step) -> Option<Step> {
	Some(match step {
		Step::Activate { device } => Step::Activate { device: live_device(device)?.0 },
		Step::ForceRetire { device } => Step::ForceRetire { device: live_device(device)?.0 },
		Step::Claim { device, claimed } => Step::Claim { device: live_device(device)?.0, claimed },
		Step::Update { device, uri, clear, key, .. } => {
			let (device, record) = live_device(device)?;
			Step::Update { who: record.owner, device, uri, clear, key }
		}
		Step::Retire { device, .. } => {
			let (device, record) = live_device(device)?;
			Step::Retire { who: record.owner, device }
		}
		Step::Offer { device, to, .. } => {
			let (device, record) = live_device(device)?;
			Step::Offer { who: record.owner, device, to }
		}
		Step::Withdraw { device, .. } => {
			let (device, record) = live_device(device)?;
			Step::Withdraw { who: record.owner, device }
		}
		Step::Accept { device, .. } => {
			let mut offers: Vec<(DeviceId, AccountId)> = Devices::<Test>::iter()
				.filter_map(|(device, record)| Some((device, record.offered_to?)))
				.collect();
			offers.sort_unstable();
			let (device, who) = one_of(&offers, device)?;
			Step::Accept { who, device }
		}
		Step::ReleaseKey { device, .. } => {
			let (device, record) = live_device(device)?;
			Step::ReleaseKey { who: record.owner, device }
		}
		Step::RotateKey { device, key, .. } => {
			let (device, record) = live_device(device)?;
			Step::RotateKey { who: record.owner, device, key }
		}
		Step::ReportMissing { device, .. } => {
			let (device, record) = live_device(device)?;
			Step::ReportMissing { who: record.owner, device }
		}
		Step::ReportFound { device, .. } => {
			let mut missing: Vec<(DeviceId, AccountId)> = Devices::<Test>::iter()
				.filter(|(_, record)| record.status == DeviceStatus::Missing)
				.map(|(device, record)| (device, record.owner))
				.collect();
			missing.sort_unstable();
			let (device, who) = one_of(&missing, device)?;
			Step::ReportFound { who, device }
		}
		Step::Join { fleet, device, .. } => {
			let (fleet, who) = live_fleet(fleet)?;
			// Mostly one that can join.
			let can_join = |device: &DeviceId| {
				Devices::<Test>::get(device).is_some_and(|record| record.active_key().is_some())
			};
			let mut own: Vec<DeviceId> =
				DevicesByOwner::<Test>::iter_key_prefix(who).filter(can_join).collect();
			own.sort_unstable();
			Step::Join { who, fleet, device: one_of(&own, device)? }
		}
		Step::Leave { device, .. } => {
			let mut members: Vec<(FleetId, DeviceId)> = FleetMembers::<Test>::iter_keys().collect();
			members.sort_unstable();
			let (fleet, device) = one_of(&members, device)?;
			Step::Leave { who: Fleets::<Test>::get(fleet)?.owner, fleet, device }
		}
		Step::Disband { fleet, .. } => {
			let (fleet, who) = live_fleet(fleet)?;
			Step::Disband { who, fleet }
		}
		other => other,
	})
}

fn who() -> impl Strategy<Value = AccountId> {
	// Paul can't pay for anything while he has his pittance.
	prop_oneof![9 => 1..=2u64, 1 => Just(PAUL)]
}

fn device() -> impl Strategy<Value = DeviceId> {
	0..8u64
}

fn devices_step() -> impl Strategy<Value = Step> {
	let named = prop::option::of(0..4u8);
	let uri = 0..=128usize;
	let owned = || (who(), device());
	prop_oneof![
		6 => (who(), uri.clone(), any::<bool>(), named.clone())
			.prop_map(|(who, uri, located, key)| Step::Register { who, uri, located, key }),
		2 => (who(), device(), prop::option::of(uri), any::<bool>(), named).prop_map(
			|(who, device, uri, clear, key)| Step::Update { who, device, uri, clear, key }
		),
		4 => device().prop_map(|device| Step::Activate { device }),
		2 => owned().prop_map(|(who, device)| Step::Retire { who, device }),
		4 => (who(), device(), who())
			.prop_map(|(who, device, to)| Step::Offer { who, device, to }),
		1 => owned().prop_map(|(who, device)| Step::Withdraw { who, device }),
		4 => owned().prop_map(|(who, device)| Step::Accept { who, device }),
		2 => owned().prop_map(|(who, device)| Step::ReleaseKey { who, device }),
		4 => (who(), device(), 0..4u8)
			.prop_map(|(who, device, key)| Step::RotateKey { who, device, key }),
		1 => owned().prop_map(|(who, device)| Step::ReportMissing { who, device }),
		2 => owned().prop_map(|(who, device)| Step::ReportFound { who, device }),
		1 => device().prop_map(|device| Step::ForceRetire { device }),
	]
}

fn fleets_step() -> impl Strategy<Value = Step> {
	let fleet = || 0..5u64;
	prop_oneof![
		3 => who().prop_map(|who| Step::CreateFleet { who }),
		8 => (who(), fleet(), device())
			.prop_map(|(who, fleet, device)| Step::Join { who, fleet, device }),
		3 => (who(), fleet(), device())
			.prop_map(|(who, fleet, device)| Step::Leave { who, fleet, device }),
		1 => (who(), fleet()).prop_map(|(who, fleet)| Step::Disband { who, fleet }),
	]
}

fn surroundings_step() -> impl Strategy<Value = Step> {
	prop_oneof![
		3 => (device(), any::<bool>())
			.prop_map(|(device, claimed)| Step::Claim { device, claimed }),
		1 => prop::bool::weighted(0.2).prop_map(|refused| Step::Refuse { refused }),
		2 => (0..2 * DELAY).prop_map(|seconds| Step::Pass { seconds }),
		1 => (0..20u128).prop_map(|per_byte| Step::Price { per_byte }),
		1 => (who(), 0..300_000u128).prop_map(|(who, amount)| Step::Spend { who, amount }),
	]
}

fn named(key: Option<u8>) -> Option<PublicKey> {
	key.map(crate::mock::key)
}

/// Takes the step as a transaction and returns it as it was taken. Whether it worked does not matter
/// here, what it leaves does.
pub fn take((step, rightful): (Step, bool)) -> Step {
	let step = if rightful { aim(step.clone()).unwrap_or(step) } else { step };
	let _ = with_storage_layer(|| call(step.clone()));
	step
}

fn call(step: Step) -> DispatchResult {
	let plain =
		|result: DispatchResultWithPostInfo| result.map(|_| ()).map_err(|refused| refused.error);
	match step {
		Step::Register { who, uri, located, key } => {
			let location = located.then(location);
			let metadata = described(uri);
			Registration { location, metadata, key: named(key), ..Default::default() }.by(who)
		}
		Step::Update { who, device, uri, clear, key } => {
			let metadata = uri.map(described);
			let location = if clear { LocationChange::Remove } else { LocationChange::Keep };
			let key = named(key);
			let changes = DeviceUpdate { metadata, location, key, ..Default::default() };
			DeviceRegistry::update(signed(who), device, changes)
		}
		Step::Activate { device } => DeviceRegistry::do_activate_key(device),
		Step::Retire { who, device } => DeviceRegistry::retire(signed(who), device),
		Step::Offer { who, device, to } => DeviceRegistry::offer_transfer(signed(who), device, to),
		Step::Withdraw { who, device } => DeviceRegistry::withdraw_transfer(signed(who), device),
		Step::Accept { who, device } => {
			plain(DeviceRegistry::accept_transfer(signed(who), device, u128::MAX))
		}
		Step::ReleaseKey { who, device } => DeviceRegistry::release_key(signed(who), device),
		Step::RotateKey { who, device, key } => {
			DeviceRegistry::rotate_key(signed(who), device, crate::mock::key(key))
		}
		Step::ReportMissing { who, device } => DeviceRegistry::report_missing(signed(who), device),
		Step::ReportFound { who, device } => DeviceRegistry::report_found(signed(who), device),
		Step::ForceRetire { device } => {
			plain(DeviceRegistry::force_retire(RuntimeOrigin::root(), device))
		}
		Step::CreateFleet { who } => DeviceRegistry::create_fleet(signed(who)),
		Step::Join { who, fleet, device } => {
			DeviceRegistry::add_to_fleet(signed(who), fleet, device)
		}
		Step::Leave { who, fleet, device } => {
			DeviceRegistry::remove_from_fleet(signed(who), fleet, device)
		}
		Step::Disband { who, fleet } => plain(DeviceRegistry::disband_fleet(signed(who), fleet)),
		Step::Spend { who, amount } => {
			let sink = 99;
			Balances::transfer_allow_death(signed(who), sink, amount)
		}
		other => surround(other),
	}
}

/// What happens around the registry.
fn surround(step: Step) -> Result<(), DispatchError> {
	match step {
		Step::Claim { device, claimed: true } => Claims::put(device),
		Step::Claim { device, claimed: false } => Claims::clear(device),
		Step::Refuse { refused } => refuse(refused),
		Step::Pass { seconds } => Clock::pass(seconds),
		Step::Price { per_byte } => BytePrice::set(per_byte),
		_ => unreachable!("the registry's own calls are taken elsewhere"),
	}
	Ok(())
}

fn described(length: usize) -> tenure_primitives::Metadata {
	tenure_primitives::Metadata { uri: uri(&vec![b'a'; length]), ..metadata() }
}

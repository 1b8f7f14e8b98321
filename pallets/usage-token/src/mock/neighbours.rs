// SPDX-License-Identifier: Apache-2.0

//! Doubles for the device registry and for the leases.

use super::*;
use alloc::{collections::BTreeMap, collections::BTreeSet, vec::Vec};
use frame_support::storage::with_storage_layer;
use sp_runtime::{DispatchError, DispatchResult};
use tenure_primitives::{
	traits::{Arbitration, Devices, FleetSales, LeaseBook, UsageUnits},
	DeviceInfo, DeviceKey, DeviceStatus, DisputeId, FleetInfo, PublicKey,
};

/// Most members of a fleet here.
pub const MOST_MEMBERS: u32 = 8;

/// Most stretches that a device is booked for here.
pub const MOST_BOOKINGS: u32 = 4;

/// For how long a device that is silent is taken to be on.
pub const SEEN: Moment = DAY;

parameter_types! {
	pub static Registry: BTreeMap<DeviceId, DeviceInfo<AccountId>> = BTreeMap::new();
	pub static FleetOwners: BTreeMap<FleetId, AccountId> = BTreeMap::new();
	/// Devices that governance retired, and when.
	pub static ForceRetired: BTreeMap<DeviceId, Moment> = BTreeMap::new();
	/// Booked stretches of time, pauses included.
	pub static Bookings: Vec<(DeviceId, Moment, Moment)> = vec![];
	/// Series with open leases.
	pub static Leased: BTreeSet<SeriesId> = BTreeSet::new();
	/// When devices that are silent now were last seen.
	pub static Silent: BTreeMap<DeviceId, Moment> = BTreeMap::new();
	/// Bonds of owners that have not all the money in the world.
	pub static Bonds: BTreeMap<AccountId, Balance> = BTreeMap::new();
	/// Arbiters that governance took off its list.
	pub static Delisted: Vec<AccountId> = vec![];
	/// How often the members of a fleet were asked for.
	pub static Walks: u32 = 0;
}

pub fn forget_neighbours() {
	Registry::set(BTreeMap::new());
	FleetOwners::set(BTreeMap::new());
	ForceRetired::set(BTreeMap::new());
	Bookings::set(vec![]);
	Leased::set(BTreeSet::new());
	Silent::set(BTreeMap::new());
	Bonds::set(BTreeMap::new());
	Delisted::set(vec![]);
}

/// Governance's list of arbiters.
pub struct List;

impl Arbitration<AccountId> for List {
	fn is_arbiter(who: &AccountId) -> bool {
		[OLGA, OTTO, TINA].contains(who) && !Delisted::get().contains(who)
	}

	fn opened(_: DisputeId, _: &AccountId, _: Balance, _: Moment) {}

	fn closed(_: DisputeId) {}
}

pub struct DeviceDouble;

impl Devices<AccountId> for DeviceDouble {
	fn device(device: DeviceId) -> Result<DeviceInfo<AccountId>, DispatchError> {
		Registry::get().get(&device).cloned().ok_or(DispatchError::Other("no such device"))
	}

	fn pending_key(_: DeviceId) -> Result<PublicKey, DispatchError> {
		Err(DispatchError::Unavailable)
	}

	fn activate_key(_: DeviceId) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}

	fn force_retired_at(device: DeviceId) -> Option<Moment> {
		ForceRetired::get().get(&device).copied()
	}

	fn fleet(fleet: FleetId) -> Result<FleetInfo<AccountId>, DispatchError> {
		let owner =
			FleetOwners::get().get(&fleet).cloned().ok_or(DispatchError::Other("no such fleet"))?;
		let members = u32::try_from(Self::fleet_members(fleet).len()).unwrap();
		Ok(FleetInfo { owner, members })
	}

	fn fleet_members(fleet: FleetId) -> Vec<DeviceId> {
		Walks::mutate(|walks| *walks += 1);
		let is_member = |info: &DeviceInfo<_>| info.fleet == Some(fleet);
		let devices = Registry::get().into_iter();
		devices.filter(|(_, info)| is_member(info)).map(|(device, _)| device).collect()
	}

	fn max_fleet_members() -> u32 {
		MOST_MEMBERS
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_device(owner: &AccountId, key: PublicKey) -> DeviceId {
		let device = Registry::get().len() as DeviceId + 1_000;
		add_device(device, owner.clone());
		change_device(device, |info| info.key = Some(DeviceKey { public: key, active: true }));
		device
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_fleet(owner: &AccountId, members: u32) -> FleetId {
		let fleet = FleetOwners::get().len() as FleetId + 1_000;
		add_fleet(fleet, owner.clone(), &[]);
		for member in 0..members {
			let key = PublicKey::Ed25519([member as u8; 32]);
			join(fleet, Self::benchmark_device(owner, key)).unwrap();
		}
		fleet
	}
}

pub struct Calendars;

impl LeaseBook for Calendars {
	fn booked_seconds(device: DeviceId, from: Moment, until: Moment) -> u64 {
		Bookings::get()
			.into_iter()
			.filter(|booking| booking.0 == device)
			.map(|(_, start, end)| end.min(until).saturating_sub(start.max(from)))
			.sum()
	}

	fn taken(device: DeviceId, from: Moment) -> Vec<(Moment, Moment)> {
		let mut stretches: Vec<_> = Bookings::get()
			.into_iter()
			.filter(|(booked, _, end)| *booked == device && from < *end)
			.map(|(_, start, end)| (start.max(from), end))
			.collect();
		stretches.sort_unstable();
		stretches
	}

	fn max_taken() -> u32 {
		MOST_BOOKINGS
	}

	fn has_open_leases(series: SeriesId) -> bool {
		Leased::get().contains(&series)
	}

	fn is_to_be_had(device: DeviceId, least_bond: Balance) -> bool {
		let Some(info) = Registry::get().get(&device).cloned() else { return false };
		info.status == DeviceStatus::Listed
			&& info.key.is_some_and(|key| key.active)
			&& Now::get() - last_seen(device) <= SEEN
			&& Bonds::get().get(&info.owner).copied().unwrap_or(Balance::MAX) >= least_bond
	}

	fn is_to_be_taken(device: DeviceId, least_bond: Balance) -> bool {
		let Some(info) = Registry::get().get(&device).cloned() else { return false };
		info.status == DeviceStatus::Listed
			&& Bonds::get().get(&info.owner).copied().unwrap_or(Balance::MAX) >= least_bond
	}

	fn was_seen(device: DeviceId, at: Moment) -> bool {
		last_seen(device) + SEEN >= at
	}
}

fn last_seen(device: DeviceId) -> Moment {
	Silent::get().get(&device).copied().unwrap_or_else(Now::get)
}

pub fn add_device(device: DeviceId, owner: AccountId) {
	let public = PublicKey::Ed25519([u8::try_from(device % 251).unwrap(); 32]);
	let info = DeviceInfo {
		owner,
		status: DeviceStatus::Listed,
		offered: false,
		fleet: None,
		key: Some(DeviceKey { public, active: true }),
		heartbeat_gap: 120,
		registered_at: START,
	};
	Registry::mutate(|devices| devices.insert(device, info));
}

pub fn change_device(device: DeviceId, change: impl FnOnce(&mut DeviceInfo<AccountId>)) {
	Registry::mutate(|devices| change(devices.get_mut(&device).unwrap()));
}

/// Makes a fleet with these members.
pub fn add_fleet(fleet: FleetId, owner: AccountId, members: &[DeviceId]) {
	FleetOwners::mutate(|fleets| fleets.insert(fleet, owner));
	for member in members {
		join(fleet, *member).unwrap();
	}
}

/// As the registry does it: first its own records, then the others' word, and all or nothing.
fn change_membership(
	device: DeviceId,
	fleet: Option<FleetId>,
	told: impl FnOnce() -> DispatchResult,
) -> DispatchResult {
	let before = Registry::get();
	change_device(device, |info| info.fleet = fleet);
	let done = with_storage_layer(told);
	if done.is_err() {
		Registry::set(before);
	}
	done
}

pub fn join(fleet: FleetId, device: DeviceId) -> DispatchResult {
	change_membership(device, Some(fleet), || UsageToken::joined(fleet, device))
}

pub fn leave(fleet: FleetId, device: DeviceId) -> DispatchResult {
	change_membership(device, None, || UsageToken::left(fleet, device))
}

/// Removes a fleet with its members.
pub fn disband(fleet: FleetId) -> DispatchResult {
	let before = (Registry::get(), FleetOwners::get());
	for member in DeviceDouble::fleet_members(fleet) {
		change_device(member, |info| info.fleet = None);
	}
	FleetOwners::mutate(|fleets| fleets.remove(&fleet));
	let done = with_storage_layer(|| UsageToken::can_disband(fleet));
	if done.is_err() {
		Registry::set(before.0);
		FleetOwners::set(before.1);
	}
	done
}

fn take_out(device: DeviceId) {
	let fleet = Registry::get()[&device].fleet;
	change_device(device, |info| info.fleet = None);
	if let Some(fleet) = fleet {
		UsageToken::taken_out(fleet, device);
	}
}

/// Governance takes the device away with all that is booked on it.
pub fn force_retire(device: DeviceId) {
	take_out(device);
	Registry::mutate(|devices| devices.remove(&device));
	ForceRetired::mutate(|retired| retired.insert(device, Now::get()));
	Bookings::mutate(|bookings| bookings.retain(|booking| booking.0 != device));
}

/// The device is gone astray.
pub fn lose(device: DeviceId) {
	take_out(device);
	change_device(device, |info| info.status = DeviceStatus::Missing);
}

/// Books [from, until) of the device, as a lease would.
pub fn book(device: DeviceId, from: Moment, until: Moment) {
	Bookings::mutate(|bookings| bookings.push((device, from, until)));
	if let Some(fleet) = Registry::get().get(&device).and_then(|info| info.fleet) {
		<UsageToken as UsageUnits<_, RuntimeHoldReason>>::time_taken(fleet, from, until);
	}
}

/// Frees what lies after `new_until` of the booking [from, until), as a lease would.
pub fn unbook(device: DeviceId, from: Moment, until: Moment, new_until: Moment) {
	let new_until = new_until.max(from);
	Bookings::mutate(|bookings| {
		let booking = bookings.iter_mut().find(|booking| **booking == (device, from, until));
		booking.unwrap().2 = new_until;
		bookings.retain(|(_, from, until)| from < until);
	});
	if let Some(fleet) = Registry::get().get(&device).and_then(|info| info.fleet) {
		<UsageToken as UsageUnits<_, RuntimeHoldReason>>::time_freed(fleet, new_until, until);
	}
}

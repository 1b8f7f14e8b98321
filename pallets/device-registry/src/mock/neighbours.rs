// SPDX-License-Identifier: Apache-2.0

//! Doubles of what the registry asks others and tells them.

use super::{AccountId, Test, BYTE_PRICE, START};
use crate::{Devices, Fleets};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::time::Duration;
use frame_support::traits::{Consideration, Footprint, UnixTime};
use scale_info::TypeInfo;
use sp_runtime::{DispatchError, DispatchResult};
use std::{
	cell::{Cell, RefCell},
	collections::{BTreeMap, BTreeSet},
};
use tenure_primitives::{
	traits::{DeviceCommitments, DeviceLeases, FleetSales},
	Balance, DeviceId, FleetId, Moment,
};

/// The error of every double that refuses.
pub const REFUSAL: DispatchError = DispatchError::Unavailable;

thread_local! {
	static NOW: RefCell<Moment> = const { RefCell::new(START) };
	static PRICE: RefCell<Balance> = const { RefCell::new(BYTE_PRICE) };
	static CLAIMED: RefCell<BTreeSet<DeviceId>> = const { RefCell::new(BTreeSet::new()) };
	static AHEAD: RefCell<BTreeMap<DeviceId, u32>> = const { RefCell::new(BTreeMap::new()) };
	static REFUSED: Cell<bool> = const { Cell::new(false) };
	static STUCK: Cell<bool> = const { Cell::new(false) };
	static TOLD: RefCell<Vec<Told>> = const { RefCell::new(Vec::new()) };
}

/// Everything as at the start.
pub fn reset() {
	Clock::set(START);
	BytePrice::set(BYTE_PRICE);
	CLAIMED.take();
	AHEAD.take();
	REFUSED.set(false);
	STUCK.set(false);
	TOLD.take();
}

/// A clock that tests set.
pub struct Clock;

impl Clock {
	pub fn set(now: Moment) {
		NOW.set(now);
	}

	pub fn get() -> Moment {
		NOW.with_borrow(|now| *now)
	}

	pub fn pass(seconds: Moment) {
		NOW.with_borrow_mut(|now| *now += seconds);
	}
}

impl UnixTime for Clock {
	fn now() -> Duration {
		Duration::from_secs(Self::get())
	}
}

/// A price for a stored byte that tests change, as a runtime upgrade would.
pub struct BytePrice;

impl BytePrice {
	pub fn set(price: Balance) {
		PRICE.set(price);
	}
}

impl frame_support::traits::Get<Balance> for BytePrice {
	fn get() -> Balance {
		PRICE.with_borrow(|price| *price)
	}
}

/// Claims of others on devices.
pub struct Claims;

impl Claims {
	pub fn put(device: DeviceId) {
		CLAIMED.with_borrow_mut(|claimed| claimed.insert(device));
	}

	pub fn clear(device: DeviceId) {
		CLAIMED.with_borrow_mut(|claimed| claimed.remove(&device));
	}
}

impl DeviceCommitments for Claims {
	fn is_committed(device: DeviceId) -> bool {
		CLAIMED.with_borrow(|claimed| claimed.contains(&device))
	}
}

/// What the registry told its neighbours, with what they could read of it in that moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Told {
	/// With the number of members.
	Joined(FleetId, DeviceId, u32),
	/// With the number of members.
	Left(FleetId, DeviceId, u32),
	/// With the number of members.
	TakenOut(FleetId, DeviceId, u32),
	/// With the number of members.
	Disbanding(FleetId, u32),
	HandedOver(DeviceId, AccountId),
	ForceClosed(DeviceId),
}

fn tell(told: Told) -> DispatchResult {
	TOLD.with_borrow_mut(|all| all.push(told));
	if REFUSED.get() {
		return Err(REFUSAL);
	}
	Ok(())
}

/// What was told since the last time somebody asked.
pub fn told() -> Vec<Told> {
	TOLD.take()
}

/// Lets the neighbours refuse whatever they can.
pub fn refuse(refused: bool) {
	REFUSED.set(refused);
}

fn members_of(fleet: FleetId) -> u32 {
	Fleets::<Test>::get(fleet).unwrap().members
}

/// What has been sold on fleets.
pub struct Sales;

impl FleetSales for Sales {
	fn joined(fleet: FleetId, device: DeviceId) -> DispatchResult {
		assert_eq!(Devices::<Test>::get(device).unwrap().fleet, Some(fleet));
		tell(Told::Joined(fleet, device, members_of(fleet)))
	}

	fn left(fleet: FleetId, device: DeviceId) -> DispatchResult {
		assert_eq!(Devices::<Test>::get(device).unwrap().fleet, None);
		tell(Told::Left(fleet, device, members_of(fleet)))
	}

	fn taken_out(fleet: FleetId, device: DeviceId) {
		assert_eq!(Devices::<Test>::get(device).unwrap().fleet, None);
		let _ = tell(Told::TakenOut(fleet, device, members_of(fleet)));
	}

	fn can_disband(fleet: FleetId) -> DispatchResult {
		tell(Told::Disbanding(fleet, members_of(fleet)))
	}
}

/// The leases that lie ahead of each device.
pub struct LeasesAhead;

impl LeasesAhead {
	pub fn set(device: DeviceId, leases: u32) {
		AHEAD.with_borrow_mut(|ahead| ahead.insert(device, leases));
	}
}

impl DeviceLeases<AccountId> for LeasesAhead {
	fn handed_over(device: DeviceId, to: &AccountId, _: Balance) -> Result<u32, DispatchError> {
		assert_eq!(Devices::<Test>::get(device).unwrap().owner, *to);
		tell(Told::HandedOver(device, *to))?;
		Ok(AHEAD.with_borrow(|ahead| ahead.get(&device).copied().unwrap_or_default()))
	}

	fn force_closed(device: DeviceId) -> u32 {
		assert_eq!(Devices::<Test>::get(device).unwrap().fleet, None);
		let _ = tell(Told::ForceClosed(device));
		AHEAD.with_borrow_mut(|ahead| ahead.remove(&device).unwrap_or_default())
	}

	fn max_leases() -> u32 {
		8
	}

	fn max_booked() -> u32 {
		6
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_leases(device: DeviceId, leases: u32) {
		Self::set(device, leases);
	}
}

/// A ticket that can be made impossible to drop.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Ticket<Inner>(Inner);

/// Makes refunds fail.
pub fn block_refunds(stuck: bool) {
	STUCK.set(stuck);
}

impl<Inner: Consideration<AccountId, Footprint>> Consideration<AccountId, Footprint>
	for Ticket<Inner>
where
	Self: frame_support::pallet_prelude::Member + codec::FullCodec + TypeInfo + MaxEncodedLen,
{
	fn new(who: &AccountId, footprint: Footprint) -> Result<Self, DispatchError> {
		Inner::new(who, footprint).map(Self)
	}

	fn update(self, who: &AccountId, footprint: Footprint) -> Result<Self, DispatchError> {
		self.0.update(who, footprint).map(Self)
	}

	fn drop(self, who: &AccountId) -> Result<(), DispatchError> {
		self.0.drop(who)?;
		if STUCK.get() {
			return Err(REFUSAL);
		}
		Ok(())
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn ensure_successful(who: &AccountId, footprint: Footprint) {
		Inner::ensure_successful(who, footprint);
	}
}

// SPDX-License-Identifier: Apache-2.0

//! Whether a device is to be had, and when. What bookings check and what the token pallet asks is one
//! code, so that units never redeem as if a device could be leased that can't.

use crate::{
	Bonds, Calendars, Config, Error, LeasesBySeries, Lifetimes, Pallet, Requests, MAX_REQUESTS,
	SEEN_BEFORE_BOOKING,
};
use alloc::vec::Vec;
use frame_support::{ensure, pallet_prelude::DispatchResult, traits::Get};
use tenure_lease_math::booked_seconds;
use tenure_primitives::{
	traits::{Devices, Evidence, LeaseBook},
	Balance, Custody, DeviceId, DeviceInfo, DeviceStatus, Moment, SeriesId,
};

impl<T: Config> Pallet<T> {
	/// Fails unless the device is listed and, if it stays with its owner, its key active. One that is
	/// offered to another owner is not for lease: what is booked at the last moment would fall on whoever
	/// can't see it.
	pub(crate) fn check_leasable(
		info: &DeviceInfo<T::AccountId>,
		custody: &Custody,
	) -> DispatchResult {
		ensure!(!info.offered, Error::<T>::DeviceOffered);
		ensure!(info.status == DeviceStatus::Listed, Error::<T>::DeviceNotListed);
		ensure!(
			custody.is_physical() || info.key.is_some_and(|key| key.active),
			Error::<T>::DeviceKeyNotActive
		);
		Ok(())
	}

	/// A start within one heartbeat gap needs a device that was seen within one; a later one needs it to
	/// have been seen within [`SEEN_BEFORE_BOOKING`], or dead devices would be hunted for their bonds.
	/// The gap is that of the lease, or the device's own where heartbeats are not its evidence.
	pub(crate) fn check_alive(
		device: DeviceId,
		from: Moment,
		heartbeat_gap: u32,
		now: Moment,
	) -> DispatchResult {
		let gap = Moment::from(heartbeat_gap);
		let pause = if from.saturating_sub(now) > gap { gap.max(SEEN_BEFORE_BOOKING) } else { gap };
		ensure!(Self::seen_within(device, pause, now), Error::<T>::DeviceNotSeenLately);
		Ok(())
	}

	/// Whether the device was seen in the `seconds` up to `at`, or later.
	pub(crate) fn seen_within(device: DeviceId, seconds: Moment, at: Moment) -> bool {
		T::Evidence::last_seen(device).is_some_and(|seen| at.saturating_sub(seen) <= seconds)
	}
}

impl<T: Config> LeaseBook for Pallet<T> {
	fn booked_seconds(device: DeviceId, from: Moment, until: Moment) -> u64 {
		let pause = Lifetimes::<T>::get(device).free_from.min(until).saturating_sub(from);
		booked_seconds(&Calendars::<T>::get(device), from, until)
			.saturating_add(booked_seconds(&Requests::<T>::get(device), from, until))
			.saturating_add(pause)
	}

	fn taken(device: DeviceId, from: Moment) -> Vec<(Moment, Moment)> {
		// The pause after a closed lease precedes all leases that are not over.
		let pause = (from, Lifetimes::<T>::get(device).free_from);
		let calendar = Calendars::<T>::get(device);
		let requests = Requests::<T>::get(device);
		let leases =
			calendar.iter().chain(&requests).map(|entry| (entry.from.max(from), entry.free_from));
		core::iter::once(pause).chain(leases).filter(|(from, until)| from < until).collect()
	}

	fn max_taken() -> u32 {
		T::MaxBookings::get().saturating_add(MAX_REQUESTS).saturating_add(1)
	}

	fn has_open_leases(series: SeriesId) -> bool {
		LeasesBySeries::<T>::iter_key_prefix(series).next().is_some()
	}

	// Held and not free: whoever books a device can commit its owner's bond itself.
	fn is_to_be_had(device: DeviceId, least_bond: Balance) -> bool {
		let Ok(info) = T::Devices::device(device) else { return false };
		Self::check_leasable(&info, &Custody::Remote).is_ok()
			&& Self::check_alive(device, Moment::MAX, info.heartbeat_gap, Self::now()).is_ok()
			&& Bonds::<T>::get(&info.owner).held >= least_bond
	}

	fn is_to_be_taken(device: DeviceId, least_bond: Balance) -> bool {
		let Ok(info) = T::Devices::device(device) else { return false };
		let is_there = !info.offered && info.status == DeviceStatus::Listed;
		is_there && Bonds::<T>::get(&info.owner).held >= least_bond
	}

	fn was_seen(device: DeviceId, at: Moment) -> bool {
		let gap = T::Devices::device(device).map_or(0, |info| info.heartbeat_gap);
		Self::seen_within(device, SEEN_BEFORE_BOOKING.max(gap.into()), at)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_taken(device: DeviceId) {
		crate::benchmarking::take_time::<T>(device);
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_to_be_had(device: DeviceId) {
		crate::benchmarking::offer_to_all::<T>(device);
	}
}

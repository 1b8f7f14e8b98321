// SPDX-License-Identifier: Apache-2.0

//! What becomes of leases when their device changes hands or is retired by governance.

use crate::{
	AccessGrants, Calendars, Config, Error, Event, LeaseOf, Leases, MinuteKey, Pallet, MAX_REQUESTS,
};
use frame_support::{
	defensive, ensure,
	pallet_prelude::{DispatchError, DispatchResult},
	traits::Get,
};
use tenure_primitives::{
	traits::{DeviceLeases, Evidence},
	Balance, DeviceId, LeaseId, Moment,
};

impl<T: Config> Pallet<T> {
	/// Makes `to` the payee of a lease that has not begun.
	fn hand_over(id: LeaseId, mut lease: LeaseOf<T>, to: &T::AccountId) -> DispatchResult {
		ensure!(lease.arbiter.as_ref() != Some(to), Error::<T>::ArbiterIsParty);
		Self::uncommit_bond(&lease.payee, lease.bond, 0, &lease.tenant)?;
		Self::commit_bond(to, lease.bond)?;
		lease.payee = to.clone();
		if lease.is_physical() {
			Self::forget_offer(id);
		}
		Leases::<T>::insert(id, lease);
		Self::deposit_event(Event::LeasePayeeChanged { lease: id, payee: to.clone() });
		Ok(())
	}

	/// Closes a lease of a device that governance retired. One that is over and was due to be closed
	/// anyway closes as it would have: when the sweep comes by changes nothing.
	fn force_close(id: LeaseId, now: Moment) {
		let Some(mut lease) = Leases::<T>::get(id) else {
			// A record that can't be read. It keeps its deadline, for whoever mends it.
			defensive!("each calendar is of open leases");
			return;
		};
		if lease.is_physical() {
			return Self::force_close_physical(id, lease, now);
		}
		let proof = T::Evidence::proven(lease.device, &lease.window(id));
		lease.force_retired = now < Self::proven_from(&lease, &proof);
		let minute = MinuteKey::from(lease.deadline);
		Self::close_or_park(id, lease, proof, minute, now);
	}

	/// Closes a request for a device that governance retired.
	fn force_lapse(id: LeaseId, now: Moment) {
		let Some(mut lease) = Leases::<T>::get(id) else {
			defensive!("each request is an open lease");
			return;
		};
		lease.force_retired = true;
		let minute = MinuteKey::from(lease.deadline);
		Self::lapse_or_park(id, lease, minute, now);
	}
}

impl<T: Config> DeviceLeases<T::AccountId> for Pallet<T> {
	fn handed_over(
		device: DeviceId,
		to: &T::AccountId,
		max_bond: Balance,
	) -> Result<u32, DispatchError> {
		let now = Self::now();
		let (mut moved, mut bond) = (0u32, 0u128);
		for entry in Calendars::<T>::get(device).iter().filter(|entry| entry.from > now) {
			let lease = Self::open_lease(entry.lease)?;
			bond = bond.checked_add(lease.bond).ok_or(Error::<T>::AmountOverflow)?;
			// Whoever buys a device must not stand behind leases that were made while it was not looking.
			ensure!(bond <= max_bond, Error::<T>::BondAboveMax);
			Self::hand_over(entry.lease, lease, to)?;
			moved = moved.saturating_add(1);
		}
		Ok(moved)
	}

	fn force_closed(device: DeviceId) -> u32 {
		let now = Self::now();
		let calendar = Calendars::<T>::take(device);
		AccessGrants::<T>::remove(device);
		let count = u32::try_from(calendar.len()).unwrap_or(u32::MAX);
		if count > 0 {
			// Each is counted until it is closed, even if that fails now.
			Self::note_unlisted(device, count);
		}
		for entry in &calendar {
			Self::force_close(entry.lease, now);
		}
		let requests = Self::take_requests(device);
		for entry in &requests {
			Self::force_lapse(entry.lease, now);
		}
		count.saturating_add(u32::try_from(requests.len()).unwrap_or(u32::MAX))
	}

	fn max_leases() -> u32 {
		T::MaxBookings::get().saturating_add(MAX_REQUESTS)
	}

	fn max_booked() -> u32 {
		T::MaxBookings::get()
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_leases(device: DeviceId, leases: u32) {
		crate::benchmarking::book_ahead::<T>(device, leases);
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_bond(owner: &T::AccountId) {
		crate::benchmarking::bond_plenty::<T>(owner);
	}
}

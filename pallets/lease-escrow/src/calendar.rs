// SPDX-License-Identifier: Apache-2.0

//! Which time of a device is taken, and what its lock and its evidence see of that.

use crate::{
	types::Entry, AccessGrants, CalendarOf, Calendars, Config, Custodies, LeaseOf, Leases,
	Lifetimes, Pallet, Requests,
};
use alloc::vec::Vec;
use frame_support::defensive;
#[cfg(feature = "runtime-benchmarks")]
use tenure_primitives::PublicKey;
use tenure_primitives::{
	traits::{DeviceCommitments, Devices, Evidence, LeaseWindows, UsageUnits},
	AccessGrant, DeviceId, Grant, LeaseId, LeaseWindow, Moment, ReceiptTerms,
};

impl<T: Config> Pallet<T> {
	/// The calendar of a device without stale entries, and how many of these there were.
	pub(crate) fn fresh_calendar(device: DeviceId, now: Moment) -> (CalendarOf<T>, u32) {
		let mut calendar = Calendars::<T>::get(device);
		let before = calendar.len();
		if calendar.iter().any(|entry| entry.until <= now) {
			let last_seen = T::Evidence::last_seen(device);
			calendar.retain(|entry| !entry.is_stale(last_seen, now));
		}
		let stale = before.saturating_sub(calendar.len());
		(calendar, u32::try_from(stale).unwrap_or(u32::MAX))
	}

	/// Takes a lease out of its device's calendar.
	pub(crate) fn remove_entry(device: DeviceId, lease: LeaseId) {
		let found = Calendars::<T>::mutate_exists(device, |slot| {
			let Some(calendar) = slot else { return false };
			let before = calendar.len();
			calendar.retain(|entry| entry.lease != lease);
			let found = calendar.len() < before;
			if calendar.is_empty() {
				*slot = None;
			}
			found
		});
		if !found {
			// It left before: when a later lease was made, or when its device was retired.
			Lifetimes::<T>::mutate(device, |totals| {
				totals.unclosed = totals.unclosed.saturating_sub(1);
			});
		}
	}

	/// Counts leases that are open and have left the calendar.
	pub(crate) fn note_unlisted(device: DeviceId, leases: u32) {
		Lifetimes::<T>::mutate(device, |totals| {
			totals.unclosed = totals.unclosed.saturating_add(leases);
		});
	}

	/// Tells the fleet of the device, if it is in one, that [from, until) of it is free again.
	pub(crate) fn free_time(device: DeviceId, from: Moment, until: Moment) {
		let fleet = T::Devices::device(device).ok().and_then(|info| info.fleet);
		if let Some(fleet) = fleet {
			T::Units::time_freed(fleet, from, until);
		}
	}

	/// Gives a lease in the calendar another end.
	pub(crate) fn move_entry_end(
		device: DeviceId,
		lease: LeaseId,
		until: Moment,
		free_from: Moment,
	) {
		Calendars::<T>::mutate(device, |calendar| {
			match calendar.iter_mut().find(|entry| entry.lease == lease) {
				Some(entry) => {
					entry.until = until;
					entry.free_from = free_from;
				}
				None => {
					defensive!("a running lease is in its device's calendar");
				}
			}
		});
	}

	/// Writes what changed in a lease into the device's grants, if it is one of these.
	pub(crate) fn rewrite_grant(device: DeviceId, grant: Grant) {
		AccessGrants::<T>::mutate_extant(device, |grants| {
			for slot in [&mut grants.current, &mut grants.next] {
				if slot.is_some_and(|old| old.lease == grant.lease) {
					*slot = Some(grant);
				}
			}
		});
	}

	/// Writes the device's grants as its calendar says at `now`.
	pub(crate) fn refresh_grants(device: DeviceId, now: Moment) {
		Self::write_grants(device, &Calendars::<T>::get(device), now);
	}

	/// The grant of a lease, if it opens the device when its time comes. Of one that is handed over only while
	/// its tenant has it: whoever opens its box has to be bound before.
	pub(crate) fn grant_of(id: LeaseId, lease: &LeaseOf<T>) -> Option<Grant> {
		let opens =
			!lease.is_physical() || Custodies::<T>::get(id).is_some_and(|custody| custody.is_out());
		opens.then(|| lease.grant(id))
	}

	/// Writes the device's grants: those of the first two leases of `calendar` that are not over at `now`.
	pub(crate) fn write_grants(device: DeviceId, calendar: &[Entry], now: Moment) {
		let mut grants = calendar
			.iter()
			.filter(|entry| entry.until > now)
			.take(2)
			.filter_map(|entry| Self::grant_of(entry.lease, &Leases::<T>::get(entry.lease)?));
		match grants.next() {
			Some(current) => AccessGrants::<T>::insert(
				device,
				AccessGrant { current: Some(current), next: grants.next() },
			),
			None => AccessGrants::<T>::remove(device),
		}
	}
}

impl<T: Config> LeaseWindows for Pallet<T> {
	fn lease_windows(device: DeviceId, from: Moment, until: Moment) -> Vec<LeaseWindow> {
		Calendars::<T>::get(device)
			.iter()
			.filter(|entry| entry.from < until && from < entry.until)
			.filter(|entry| entry.evidence.heartbeat_gap().is_some())
			.map(Entry::window)
			.collect()
	}

	fn receipt_terms(lease: LeaseId) -> Option<ReceiptTerms> {
		let lease = Leases::<T>::get(lease).filter(|lease| !lease.is_request())?;
		Some(lease.receipt_terms())
	}

	fn moved(deadline: Moment, since: Moment) -> Moment {
		Self::moved(deadline, since)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_co_signed(device: DeviceId, key: PublicKey, seconds: u64) -> LeaseId {
		crate::benchmarking::add_co_signed::<T>(device, key, seconds)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_windows(device: DeviceId, now: Moment) {
		crate::benchmarking::fill_calendar::<T>(device, now);
	}
}

impl<T: Config> DeviceCommitments for Pallet<T> {
	fn is_committed(device: DeviceId) -> bool {
		Calendars::<T>::contains_key(device)
			|| Requests::<T>::contains_key(device)
			|| Lifetimes::<T>::get(device).unclosed > 0
	}
}

// SPDX-License-Identifier: Apache-2.0

//! Devices that leave their fleet while they are booked: units may come back from their leases.

use super::{world::*, *};
use sp_runtime::DispatchError;
use std::collections::BTreeMap;

/// A usable window of a fleet.
type FleetWindow = (FleetId, Moment, Moment);

/// Seconds for which units may come back from leases of devices that left, and until when that counts.
pub type Kept = BTreeMap<FleetWindow, (u64, Moment)>;

impl World {
	/// Seconds of the window that open leases of its own series take on devices that left the fleet. Those
	/// of devices that went astray as members are nobody's promise any more.
	pub fn owed(&self, subject: &Subject, from: Moment, until: Moment) -> u64 {
		let Subject::Fleet(_) = subject else { return 0 };
		let members = devices_of(subject);
		let is_owed = |lease: &&Lease| {
			let record = record(lease.series);
			let window = (record.sale.usable_from, record.sale.usable_until);
			!lease.is_stray
				&& !members.contains(&lease.device)
				&& (record.subject, window) == (*subject, (from, until))
		};
		let owed = self.leases.iter().filter(is_owed);
		owed.map(|lease| overlap(lease.from, lease.free_from, from.max(Now::get()), until)).sum()
	}

	/// Whether the device of the lease is not in the fleet that sold it any more.
	pub fn has_left(&self, lease: &Lease) -> bool {
		let subject = record(lease.series).subject;
		matches!(subject, Subject::Fleet(_)) && !devices_of(&subject).contains(&lease.device)
	}

	/// What the chain counts for leases of devices that left.
	pub fn kept(&self, subject: &Subject, from: Moment, until: Moment) -> u64 {
		let Subject::Fleet(fleet) = subject else { return 0 };
		let kept = self.kept.get(&(*fleet, from, until));
		kept.filter(|(_, last)| Now::get() < *last).map_or(0, |(seconds, _)| *seconds)
	}

	/// The same for all windows of the fleet, if this device left it now.
	fn kept_without(&self, fleet: FleetId, device: DeviceId) -> Kept {
		let (now, subject) = (Now::get(), Subject::Fleet(fleet));
		let mut kept = self.kept.clone();
		for window in Windows::<Test>::get(subject).iter().filter(|window| window.is_live(now)) {
			let (from, until) = (window.from, window.until);
			let before = self.kept(&subject, from, until);
			let ends = |(booked, start, end): &(DeviceId, Moment, Moment)| {
				let is_its = *booked == device && overlap(*start, *end, from.max(now), until) > 0;
				is_its.then_some(((*end).min(until), overlap(*start, *end, from.max(now), until)))
			};
			let stretches: Vec<_> = Bookings::get().iter().filter_map(ends).collect();
			let seconds = before + stretches.iter().map(|(_, seconds)| seconds).sum::<u64>();
			let old_end = kept.get(&(fleet, from, until)).filter(|_| before > 0);
			let ends = stretches.iter().map(|(end, _)| *end).chain(old_end.map(|(_, end)| *end));
			let last = ends.max().unwrap_or(0);
			kept.insert((fleet, from, until), (seconds, last));
		}
		kept
	}

	/// INV7: a member leaves if and only if the rest can serve what is outstanding, what it has booked
	/// itself, and what the one that leaves has booked.
	pub fn leave(&mut self, device: DeviceId) -> Option<&'static str> {
		let fleet = Registry::get()[&device].fleet?;
		let subject = Subject::Fleet(fleet);
		let kept_before = std::mem::take(&mut self.kept);
		self.kept = kept_before.clone();
		let kept_after = self.kept_without(fleet, device);
		let result = leave(fleet, device);
		self.kept = kept_after;
		change_device(device, |info| info.fleet = None);
		let windows = Windows::<Test>::get(subject);
		let live = || windows.iter().filter(|window| window.is_live(Now::get()));
		let fits = live().all(|window| {
			let (from, until) = (window.from, window.until);
			let (outstanding, booked, room) = load(&subject, from, until);
			let kept = self.kept(&subject, from, until);
			outstanding + kept == 0 || outstanding + booked + kept <= room
		});
		match result {
			Ok(()) => {
				assert!(fits, "the rest can't serve what is sold");
				for lease in self.leases.iter_mut().filter(|lease| lease.device == device) {
					lease.is_stray &= record(lease.series).subject != subject;
				}
				// By the leases themselves, too.
				for window in live() {
					let (outstanding, booked, room) = load(&subject, window.from, window.until);
					let owed = self.owed(&subject, window.from, window.until);
					assert!(outstanding + owed == 0 || outstanding + booked + owed <= room);
				}
				let is_leased = self.leases.iter().any(|lease| lease.device == device);
				Some(if is_leased { "leave with leases" } else { "leave" })
			}
			Err(error) => {
				assert_eq!(error, DispatchError::from(Error::<Test>::FleetTooSmall));
				change_device(device, |info| info.fleet = Some(fleet));
				self.kept = kept_before;
				assert!(!fits || is_behind(&subject), "the rest could serve what is sold");
				None
			}
		}
	}

	/// The device goes astray as a member: what its leases give back nobody counts.
	pub fn lose(&mut self, device: DeviceId) {
		if let Some(fleet) = Registry::get()[&device].fleet {
			for lease in self.leases.iter_mut().filter(|lease| lease.device == device) {
				lease.is_stray |= record(lease.series).subject == Subject::Fleet(fleet);
			}
		}
		super::super::lose(device);
	}

	/// Seconds promised in each window of the series: outstanding, booked, or owed by devices that left.
	pub fn promised(&self) -> BTreeMap<SeriesId, u64> {
		let all = Series::<Test>::iter().map(|(series, record)| {
			let (from, until) = (record.sale.usable_from, record.sale.usable_until);
			let (outstanding, booked, _) = load(&record.subject, from, until);
			(series, outstanding + booked + self.owed(&record.subject, from, until))
		});
		all.collect()
	}

	/// INV8: a lease that gives units back takes no more of any window than before. `was_stray`: nobody
	/// counted it.
	pub fn check_returned(&self, before: &BTreeMap<SeriesId, u64>, was_stray: bool) {
		let after = self.promised();
		for (series, promised) in before {
			assert!(was_stray || after[series] <= *promised, "units came back out of nothing");
		}
	}

	/// The chain counts for devices that left what was noted here when they did.
	pub fn check_kept(&mut self) {
		let mut noted = Kept::new();
		for (subject, windows) in Windows::<Test>::iter() {
			let Subject::Fleet(fleet) = subject else { continue };
			for window in windows {
				let key = (fleet, window.from, window.until);
				let kept = self.kept.get(&key).copied().unwrap_or_default();
				assert_eq!((window.returnable_seconds, window.returnable_until), kept);
				noted.insert(key, kept);
			}
		}
		// A window that is opened again owes nothing: it closed without units sold.
		self.kept = noted;
	}
}

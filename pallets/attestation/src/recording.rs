// SPDX-License-Identifier: Apache-2.0

//! What a report changes. It has been checked by the rules of `admission` on the same state.

use crate::{
	admission::ReportKind, Config, Day, DayRecord, Event, Liveness, Livenesses, Pallet, ProvenDays,
	ProvenMinutes, ReportsInBlock, SilentEnds, Tally,
};
use alloc::vec::Vec;
use frame_support::{
	dispatch::DispatchResult,
	traits::{Get, UnixTime},
};
use tenure_lease_math::{MinuteRange, Pulse};
use tenure_primitives::{
	traits::{Devices, LeaseWindows},
	DeviceId, LeaseId, LeaseWindow, Moment,
};

/// Most old days that are removed when one is added: more than one, so that a backlog shrinks.
const DAYS_REMOVED_AT_ONCE: usize = 2;

impl<T: Config> Pallet<T> {
	/// The time of the block, in seconds since the Unix epoch.
	pub(crate) fn now() -> Moment {
		T::Time::now().as_secs()
	}

	/// Makes the device's key active and lets it be seen. No run reaches over an activation.
	pub(crate) fn do_activate(device: DeviceId, named_block: u32) -> DispatchResult {
		T::Devices::activate_key(device)?;
		let pulse = Pulse::first(Self::now());
		let liveness = match Livenesses::<T>::get(device) {
			Some(known) => Liveness { pulse, named_block, ..known },
			None => Liveness { pulse, named_block, tally: None, day: None },
		};
		Livenesses::<T>::insert(device, liveness);
		Self::note_report(device, 0, ReportKind::Idle);
		Ok(())
	}

	/// Lets the device be seen and proves what that proves. Returns how many leases it was judged for;
	/// `None` when it was judged for none and no day was put away either.
	pub(crate) fn do_heartbeat(device: DeviceId, named_block: u32) -> Option<u32> {
		let now = Self::now();
		let known = Livenesses::<T>::get(device);
		let windows = Self::windows_at_stake(device, known.as_ref(), now);
		let idle = windows.is_empty();
		let silent =
			known.as_ref().map_or(0, |known| Self::note_silent_ends(device, known, &windows, now));
		let is_work =
			known.as_ref().is_some_and(|known| !idle || known.day.is_some()) || silent > 0;
		let (liveness, proven_minutes) = match known {
			Some(mut known) => {
				let proven = Self::prove_windows(device, &mut known, &windows, now);
				let pulse = known.pulse.beat(now);
				(Liveness { pulse, named_block, ..known }, proven)
			}
			None => {
				let pulse = Pulse::first(now);
				(Liveness { pulse, named_block, tally: None, day: None }, 0)
			}
		};
		Livenesses::<T>::insert(device, liveness);
		let kind = if idle { ReportKind::Idle } else { ReportKind::Leased };
		Self::note_report(device, proven_minutes, kind);
		let judged = windows.len().max(silent);
		is_work.then(|| u32::try_from(judged).unwrap_or(T::MaxLeaseWindows::get()))
	}

	/// Remembers, of leases that ended since the device was last seen and longer than their gap ago, from
	/// when their evidence was final: from now on nobody could tell it from that of a device that was seen
	/// at the end. Returns how many these are.
	fn note_silent_ends(
		device: DeviceId,
		known: &Liveness,
		at_stake: &[LeaseWindow],
		now: Moment,
	) -> usize {
		let pause = now.saturating_sub(known.pulse.last_seen);
		let note = |windows: &[LeaseWindow]| {
			windows.iter().filter(|window| window.until <= now).fold(0usize, |count, window| {
				match Self::gap_of(window) {
					Some(gap) if pause > gap.into() => {
						let final_from = known.pulse.final_from(window.until, gap);
						SilentEnds::<T>::insert(window.lease, final_from);
						count.saturating_add(1)
					}
					_ => count,
				}
			})
		};
		if pause <= T::MaxHeartbeatGap::get().into() {
			return note(at_stake);
		}
		// A pause that proves nothing: of its leases only one that still runs is at stake.
		note(&T::LeaseWindows::lease_windows(device, known.pulse.last_seen, now))
	}

	/// The leases that a heartbeat now is for: those of which it could prove a minute, and the one that
	/// has begun. A device without any is idle.
	pub(crate) fn windows_at_stake(
		device: DeviceId,
		known: Option<&Liveness>,
		now: Moment,
	) -> Vec<LeaseWindow> {
		// A longer pause proves nothing of the past, nor does a first heartbeat.
		let since = known
			.map(|liveness| liveness.pulse.last_seen)
			.filter(|seen| now.saturating_sub(*seen) <= T::MaxHeartbeatGap::get().into())
			.unwrap_or(now);
		let mut windows = T::LeaseWindows::lease_windows(device, since, now.saturating_add(1));
		let most = usize::try_from(T::MaxLeaseWindows::get()).unwrap_or(usize::MAX);
		frame_support::defensive_assert!(windows.len() <= most, "a calendar is bounded");
		windows.truncate(most);
		windows
	}

	/// Records what a heartbeat now newly proves of each of the leases. Returns how many minutes. An
	/// idle device's day is put away, so that its liveness is small again.
	pub(crate) fn prove_windows(
		device: DeviceId,
		liveness: &mut Liveness,
		windows: &[LeaseWindow],
		now: Moment,
	) -> u32 {
		if windows.is_empty() {
			if let Some(record) = liveness.day.take() {
				Self::shelve(device, record);
			}
		}
		windows.iter().fold(0, |sum: u32, window| {
			let Some(gap) = Self::gap_of(window) else { return sum };
			let minutes = liveness.pulse.newly_proven(now, window.from, window.until, gap);
			let proven = Self::set_minutes(device, liveness, minutes);
			if proven > 0 {
				Self::credit(liveness, window.lease, proven);
			}
			sum.saturating_add(proven)
		})
	}

	/// The gap by which the lease is judged, if heartbeats count for it.
	pub(crate) fn gap_of(window: &LeaseWindow) -> Option<u32> {
		window.evidence.heartbeat_gap().map(|gap| gap.min(T::MaxHeartbeatGap::get()))
	}

	/// Sets the bits of the minutes. Returns how many were not set.
	pub(crate) fn set_minutes(
		device: DeviceId,
		liveness: &mut Liveness,
		minutes: MinuteRange,
	) -> u32 {
		let Some((first_day, last_day)) = minutes.days() else { return 0 };
		(first_day..=last_day).fold(0, |sum: u32, day| {
			let mut record = Self::open_day(device, liveness, day);
			let (first, end) = minutes.in_day(day);
			let newly_set = record.bits.set(first, end);
			liveness.day = Some(record);
			sum.saturating_add(newly_set)
		})
	}

	/// Takes out the record of the day, after putting away that of another.
	fn open_day(device: DeviceId, liveness: &mut Liveness, day: u32) -> DayRecord {
		match liveness.day.take() {
			Some(record) if record.day == day => record,
			other => {
				if let Some(record) = other {
					Self::shelve(device, record);
				}
				let bits = ProvenDays::<T>::take(device, Day::from(day)).unwrap_or_default();
				DayRecord { day, bits }
			}
		}
	}

	/// Puts a day away, and removes days that need not be kept any longer.
	fn shelve(device: DeviceId, record: DayRecord) {
		let keep_from = record.day.saturating_sub(T::RetainedDays::get());
		let outdated: Vec<Day> = ProvenDays::<T>::iter_key_prefix(device)
			.take(DAYS_REMOVED_AT_ONCE)
			.filter(|day| u32::from(*day) < keep_from)
			.collect();
		for day in outdated {
			ProvenDays::<T>::remove(device, day);
		}
		ProvenDays::<T>::insert(device, Day::from(record.day), record.bits);
	}

	/// Adds minutes to the tally of the lease, after putting away that of another.
	pub(crate) fn credit(liveness: &mut Liveness, lease: LeaseId, minutes: u32) {
		let before = match liveness.tally.take() {
			Some(tally) if tally.lease == lease => tally.minutes,
			other => {
				if let Some(tally) = other {
					ProvenMinutes::<T>::insert(tally.lease, tally.minutes);
				}
				ProvenMinutes::<T>::take(lease).unwrap_or(0)
			}
		};
		liveness.tally = Some(Tally { lease, minutes: before.saturating_add(minutes) });
	}

	fn note_report(device: DeviceId, proven_minutes: u32, kind: ReportKind) {
		Self::count_report(kind);
		Self::deposit_event(Event::HeartbeatRecorded { device, proven_minutes });
	}

	/// Counts a report, or a receipt, for the quotas of the block.
	pub(crate) fn count_report(kind: ReportKind) {
		let so_far = Self::reports_so_far();
		ReportsInBlock::<T>::put((
			frame_system::Pallet::<T>::block_number(),
			so_far.total.saturating_add(1),
			so_far.idle.saturating_add((kind == ReportKind::Idle).into()),
			so_far.receipts.saturating_add((kind == ReportKind::Receipt).into()),
		));
	}
}

// SPDX-License-Identifier: Apache-2.0

//! Time in which the chain stood still: nobody could prove, settle or answer anything.
//!
//! Such time is nobody's fault. It is refunded like other time that was not proven, its owner owes no
//! penalty for it, and deadlines of people move by it.

use crate::{undelivered, MINUTE};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// A stretch of time, [from, until), in which the chain took no transactions.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Outage {
	/// The last block before it that took transactions, in seconds.
	pub from: u64,
	/// The first one after it.
	pub until: u64,
}

impl Outage {
	/// Its length.
	pub fn seconds(&self) -> u64 {
		self.until.saturating_sub(self.from)
	}

	/// The time that a device with this heartbeat gap may be unable to prove because of it, in whole
	/// minutes. A run that it breaks is lost from the last heartbeat before to the first one after; with
	/// two heartbeats a gap, as devices are told to send them, it breaks only runs of devices whose
	/// pause is shorter than itself. So it excuses no more than three times its length.
	pub fn excuse(&self, gap: u32) -> Self {
		let around = self.seconds().min(gap.into());
		let (from, until) = (self.from.saturating_sub(around), self.until.saturating_add(around));
		Self {
			from: from.saturating_sub(from.checked_rem(MINUTE).unwrap_or_default()),
			until: until.checked_next_multiple_of(MINUTE).unwrap_or(until),
		}
	}
}

/// Seconds of [from, until) in any of `stretches`, which are in order of their beginnings. Those in
/// more than one count once.
pub fn covered_seconds(stretches: &[Outage], from: u64, until: u64) -> u64 {
	let (mut counted_to, mut seconds) = (from, 0u64);
	for stretch in stretches {
		let end = stretch.until.min(until);
		let begin = stretch.from.max(counted_to);
		seconds = seconds.saturating_add(end.saturating_sub(begin));
		counted_to = counted_to.max(end);
	}
	seconds
}

/// Seconds of a lease [from, until) that its owner did not prove and does not answer for, given how
/// many it proved and the heartbeat gap. Never more than those which are not proven. An outage that
/// begins after the end counts while a heartbeat could still have proven the last minutes, which is until
/// `final_from`: it may have kept that away. A later one excuses nothing: the lease may have been closed
/// before it, and when it is closed must change nothing.
pub fn excused_seconds(
	outages: &[Outage],
	from: u64,
	until: u64,
	final_from: u64,
	gap: u32,
	proven: u64,
) -> u64 {
	let mut excuses: Vec<Outage> = outages
		.iter()
		.filter(|outage| outage.from < final_from.max(until))
		.map(|outage| outage.excuse(gap))
		.collect();
	// A long outage reaches back further than a short one before it.
	excuses.sort_unstable_by_key(|excuse| excuse.from);
	let unproven = undelivered(until.saturating_sub(from), 0, proven);
	covered_seconds(&excuses, from, until).min(unproven)
}

/// When a deadline is over that was set at `since`: as much later as outages took of the time before
/// that very moment. `outages` are in order of time and apart.
pub fn moved(outages: &[Outage], deadline: u64, since: u64) -> u64 {
	if deadline <= since {
		return deadline;
	}
	outages.iter().filter(|outage| outage.until > since).fold(deadline, |deadline, outage| {
		if outage.from < deadline {
			deadline.saturating_add(outage.until.saturating_sub(outage.from.max(since)))
		} else {
			deadline
		}
	})
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
	use super::*;
	use crate::{earned, penalty, window_rent, Pulse};
	use proptest::prelude::*;
	use sp_arithmetic::Perbill;

	fn outage(from: u64, until: u64) -> Outage {
		Outage { from, until }
	}

	#[test]
	fn outage_is_counted_inside_the_window_only() {
		let outages = [outage(100, 200), outage(300, 400)];
		assert_eq!(covered_seconds(&outages, 0, 100), 0);
		assert_eq!(covered_seconds(&outages, 200, 300), 0);
		assert_eq!(covered_seconds(&outages, 150, 350), 100);
		assert_eq!(covered_seconds(&outages, 0, 1_000), 200);
		assert_eq!(covered_seconds(&outages, 350, 150), 0);
		assert_eq!(covered_seconds(&[], 0, 1_000), 0);
	}

	#[test]
	fn excuse_reaches_a_gap_around_the_outage_in_whole_minutes() {
		assert_eq!(outage(7_210, 10_810).excuse(120), outage(7_080, 10_980));
		// No further than the outage is long.
		assert_eq!(outage(7_200, 7_500).excuse(86_400), outage(6_900, 7_800));
		assert_eq!(outage(7_200, 7_203).excuse(0), outage(7_200, 7_260));
		assert_eq!(outage(10, u64::MAX).excuse(60), outage(0, u64::MAX));
	}

	#[test]
	fn what_is_proven_needs_no_excuse() {
		let outages = [outage(600, 1_200)];
		assert_eq!(excused_seconds(&outages, 0, 3_600, 3_600, 60, 3_600), 0);
		assert_eq!(excused_seconds(&outages, 0, 3_600, 3_600, 60, 3_300), 300);
		assert_eq!(excused_seconds(&outages, 0, 3_600, 3_600, 60, 0), 720);
		assert_eq!(excused_seconds(&outages, 3_600, 0, 0, 60, 0), 0);
		assert_eq!(excused_seconds(&outages, 0, 3_600, 3_600, 60, 9_999), 0);
		// It begins with the end.
		assert_eq!(excused_seconds(&outages, 0, 600, 600, 60, 0), 0);
		assert_eq!(excused_seconds(&outages, 0, 601, 601, 60, 0), 61);
	}

	#[test]
	fn outage_after_the_end_is_excused_while_a_heartbeat_could_have_come() {
		// A gap of a day, seen at noon; the next heartbeat is due soon after the lease of a day.
		let (hour, day) = (3_600, 86_400);
		let outages = [outage(day + 120, 2 * day + 120)];
		let excused = |final_from| excused_seconds(&outages, 0, day, final_from, 86_400, 12 * hour);
		assert_eq!(excused(36 * hour + 1), 12 * hour);
		assert_eq!(excused(day + 121), 12 * hour);
		// Seen at the end: what is missing, it owed before.
		assert_eq!((excused(day), excused(day + 120)), (0, 0));
		// Two minutes of standstill excuse no more than two minutes before them.
		let short = [outage(day + 60, day + 180)];
		assert_eq!(excused_seconds(&short, 0, day, 36 * hour, 86_400, 12 * hour), 60);
	}

	#[test]
	fn excuses_that_overlap_count_once() {
		// The long one reaches back behind the beginning of the short one before it.
		let outages = [outage(6_000, 6_060), outage(6_120, 9_720)];
		assert_eq!(outages[1].excuse(3_600).from, 2_520);
		assert_eq!(excused_seconds(&outages, 0, 20_000, 20_000, 3_600, 0), 13_320 - 2_520);
	}

	#[test]
	fn deadlines_move_by_what_was_lost_before_them() {
		let outages = [outage(100, 200), outage(250, 350), outage(900, 1_000)];
		assert_eq!(moved(&outages, 90, 0), 90);
		assert_eq!(moved(&outages, 100, 0), 100);
		assert_eq!(moved(&outages, 101, 0), 201);
		// Moved by the first, it is behind the second.
		assert_eq!(moved(&outages, 160, 0), 360);
		// What was before it was set does not count; what it was set in counts from then on.
		assert_eq!(moved(&outages, 240, 200), 240);
		assert_eq!(moved(&outages, 240, 150), 290 + 100);
		assert_eq!(moved(&outages, 50, 150), 50);
		assert_eq!(moved(&[], 50, 0), 50);
	}

	fn outages(apart: bool) -> impl Strategy<Value = Vec<Outage>> {
		proptest::collection::vec((u64::from(apart)..400, 1u64..400), 0..12).prop_map(|steps| {
			let mut at = 0;
			steps
				.into_iter()
				.map(|(pause, length)| {
					let from = at + pause;
					at = from + length;
					Outage { from, until: at }
				})
				.collect()
		})
	}

	proptest! {
		#[test]
		fn seconds_are_counted_one_by_one(
			outages in outages(false),
			from in 0u64..4_000,
			until in 0u64..4_000,
			late in 0u64..1_000,
			gap in 0u32..600,
			proven in 0u64..4_000,
		) {
			let within = |second: u64, list: &[Outage]| {
				list.iter().any(|outage| (outage.from..outage.until).contains(&second))
			};
			let count = |list: &[Outage]| {
				(from..until).filter(|second| within(*second, list)).count() as u64
			};
			prop_assert_eq!(covered_seconds(&outages, from, until), count(&outages));
			let wide: Vec<_> = outages
				.iter()
				.filter(|outage| outage.from < until + late)
				.map(|outage| outage.excuse(gap))
				.collect();
			let unproven = until.saturating_sub(from).saturating_sub(proven);
			let excused = excused_seconds(&outages, from, until, until + late, gap, proven);
			prop_assert_eq!(excused, count(&wide).min(unproven));
			prop_assert!(proven + excused <= until.saturating_sub(from).max(proven));
		}

		#[test]
		fn excuse_never_costs_anybody_anything(
			outages in outages(false),
			length in 1u64..4_000,
			proven in 0u64..4_000,
			gap in 60u32..600,
			cut_off in 0u64..4_000,
			(price, unit) in (0u128..1 << 90, 1u32..10_000),
			(share, free) in (0u32..=1_000_000_000, 0u64..4_000),
		) {
			let (from, until) = (600, 600 + length);
			let proven = proven.min(length);
			let share = Perbill::from_parts(share);
			let pot = window_rent(price, unit, length + cut_off).unwrap();
			let owed = |served: u64| {
				let rent = pot - earned(price, unit, served).unwrap();
				penalty(share, free, undelivered(length, cut_off, served), rent)
			};
			let excused = excused_seconds(&outages, from, until, until, gap, proven);
			prop_assert!(undelivered(length, cut_off, proven) - excused >= cut_off);
			prop_assert!(owed(proven + excused) <= owed(proven));
		}

		#[test]
		fn moved_deadline_leaves_as_much_time_as_there_was(
			outages in outages(true),
			since in 0u64..4_000,
			time in 0u64..4_000,
		) {
			let deadline = since + time;
			let moved = moved(&outages, deadline, since);
			prop_assert_eq!(moved - covered_seconds(&outages, since, moved), deadline);
		}

		// A device that sends two heartbeats a gap, and after an outage that lost one as soon as its
		// turn comes, owes nothing for any outage.
		#[test]
		fn steady_device_loses_no_more_than_it_is_excused(
			outages in outages(true),
			gap in 60u32..600,
			phase in 0u64..300,
			late in 0u64..30,
		) {
			let (cadence, until) = (u64::from(gap / 2), 3_600);
			let arrival = |due: u64| {
				let Some(out) = outages.iter().find(|out| out.from < due && due < out.until) else {
					return due;
				};
				let later = out.until + late;
				// Others want room in those blocks too.
				let is_open = outages.iter().all(|next| later < next.from || next.from <= out.from);
				if out.seconds() >= cadence && is_open { later } else { out.until }
			};
			let mut beats: Vec<u64> = (0..=until / cadence + 1)
				.map(|beat| arrival(beat * cadence + phase % cadence))
				.collect();
			beats.sort_unstable();
			beats.dedup();
			let (mut pulse, mut proven, mut final_from) = (Pulse::first(0), 0, until);
			for beat in beats {
				proven += pulse.newly_proven(beat, 0, until, gap).len() * 60;
				if pulse.last_seen < until && beat - pulse.last_seen > gap.into() {
					final_from = pulse.final_from(until, gap);
				}
				pulse = pulse.beat(beat);
			}
			let excused = excused_seconds(&outages, 0, until, final_from, gap, proven);
			prop_assert_eq!(proven + excused, until);
		}
	}
}

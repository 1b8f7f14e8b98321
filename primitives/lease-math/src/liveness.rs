// SPDX-License-Identifier: Apache-2.0

//! Which minutes a row of heartbeats proves.
//!
//! Two heartbeats no further apart than a gap make an unbroken run; a minute is proven when it lies
//! wholly inside a run. Each lease has its own gap, so the same heartbeats may prove a minute to one
//! lease and not to another.

use crate::{MINUTE, MINUTES_PER_DAY};
use codec::{Decode, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// What must be remembered of past heartbeats to judge the next one, for any gap of a minute or more.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Pulse {
	/// When the last heartbeat was, in seconds.
	pub last_seen: u64,
	/// The pause in which that minute began, in seconds: whether the part of the minute before its first
	/// heartbeat is inside a run. Zero when the minute began with a heartbeat, `u32::MAX` when there was
	/// none before.
	pub entry_pause: u32,
}

impl Pulse {
	/// The first heartbeat.
	pub fn first(now: u64) -> Self {
		Self { last_seen: now, entry_pause: if now.is_multiple_of(MINUTE) { 0 } else { u32::MAX } }
	}

	/// After one more heartbeat at `now`.
	pub fn beat(self, now: u64) -> Self {
		let entry_pause = if minute_of(now) == minute_of(self.last_seen) {
			self.entry_pause
		} else if now.is_multiple_of(MINUTE) {
			0
		} else {
			u32::try_from(now.saturating_sub(self.last_seen)).unwrap_or(u32::MAX)
		};
		Self { last_seen: now.max(self.last_seen), entry_pause }
	}

	/// The minutes inside [from, until) that a heartbeat at `now` newly proves, given a gap in seconds
	/// (a minute or more). No minute is ever given twice.
	pub fn newly_proven(&self, now: u64, from: u64, until: u64, gap: u32) -> MinuteRange {
		if now.saturating_sub(self.last_seen) > gap.into() {
			return MinuteRange::EMPTY;
		}
		let unbroken = self.entry_pause <= gap;
		let first = minute_of(self.last_seen).saturating_add(u64::from(!unbroken));
		MinuteRange {
			first: first.max(from.div_ceil(MINUTE)),
			end: minute_of(now).min(minute_of(until)),
		}
	}

	/// From when on no later heartbeat can prove anything of a window that ends at `until`.
	pub fn final_from(&self, until: u64, gap: u32) -> u64 {
		if self.last_seen >= until {
			return until;
		}
		self.last_seen.saturating_add(gap.into()).saturating_add(1).max(until)
	}
}

fn minute_of(moment: u64) -> u64 {
	moment / MINUTE
}

/// Whole minutes since the Unix epoch, [first, end).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MinuteRange {
	/// The first.
	pub first: u64,
	/// The one after the last.
	pub end: u64,
}

impl MinuteRange {
	/// None.
	pub const EMPTY: Self = Self { first: 0, end: 0 };

	/// How many.
	pub fn len(&self) -> u64 {
		self.end.saturating_sub(self.first)
	}

	/// Whether there is none.
	pub fn is_empty(&self) -> bool {
		self.len() == 0
	}

	/// Those of one day since the epoch, counted from its midnight: what [`DayBits`] takes.
	pub fn in_day(&self, day: u32) -> (u32, u32) {
		let midnight = u64::from(day).saturating_mul(MINUTES_PER_DAY.into());
		let within = |minute: u64| {
			let minute = minute.saturating_sub(midnight).min(MINUTES_PER_DAY.into());
			u32::try_from(minute).unwrap_or(MINUTES_PER_DAY)
		};
		(within(self.first), within(self.end))
	}

	/// The days that it touches, first and last, if it is not empty and they fit.
	pub fn days(&self) -> Option<(u32, u32)> {
		let day = |minute: u64| u32::try_from(minute.checked_div(MINUTES_PER_DAY.into())?).ok();
		if self.is_empty() {
			return None;
		}
		Some((day(self.first)?, day(self.end.checked_sub(1)?)?))
	}
}

/// Bytes of a day's minutes.
const DAY_BYTES: usize = 180;

/// The proven minutes of one device and day, a bit each, the first minute in the lowest bit of the
/// first byte.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct DayBits([u8; DAY_BYTES]);

impl Default for DayBits {
	fn default() -> Self {
		Self([0; DAY_BYTES])
	}
}

impl DayBits {
	/// Sets the minutes [first, end) of the day; what is set stays set. Returns how many were not.
	pub fn set(&mut self, first: u32, end: u32) -> u32 {
		let before = self.count(0, MINUTES_PER_DAY);
		for (index, byte) in (0u32..).zip(self.0.iter_mut()) {
			*byte |= mask(index, first, end);
		}
		self.count(0, MINUTES_PER_DAY).saturating_sub(before)
	}

	/// How many of the minutes [first, end) are set.
	pub fn count(&self, first: u32, end: u32) -> u32 {
		(0u32..)
			.zip(self.0.iter())
			.map(|(index, byte)| (byte & mask(index, first, end)).count_ones())
			.fold(0, u32::saturating_add)
	}
}

/// The bits of the byte `index` that stand for minutes of [first, end).
fn mask(index: u32, first: u32, end: u32) -> u8 {
	let start = index.saturating_mul(8);
	let within = |minute: u32| minute.saturating_sub(start).min(8);
	let below = |bits: u32| u8::MAX.checked_shr(8u32.saturating_sub(bits)).unwrap_or(0);
	below(within(end)) & !below(within(first))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
	use super::*;
	use proptest::prelude::*;
	use std::collections::BTreeSet;

	/// The rule as it is written: a minute is proven when each two neighbouring heartbeats that touch it
	/// are no further apart than the gap, and it lies between the first and the last.
	fn by_the_book(beats: &[u64], from: u64, until: u64, gap: u32) -> BTreeSet<u64> {
		(from.div_ceil(60)..until / 60)
			.filter(|minute| {
				let (start, end) = (minute * 60, minute * 60 + 60);
				let Some(first) = beats.iter().rposition(|beat| *beat <= start) else {
					return false;
				};
				let Some(last) = beats.iter().position(|beat| *beat >= end) else { return false };
				beats[first..=last].windows(2).all(|pair| pair[1] - pair[0] <= gap.into())
			})
			.collect()
	}

	fn by_pulse(beats: &[u64], from: u64, until: u64, gap: u32) -> BTreeSet<u64> {
		let mut proven = BTreeSet::new();
		let mut pulse = Pulse::first(beats[0]);
		for beat in &beats[1..] {
			let range = pulse.newly_proven(*beat, from, until, gap);
			for minute in range.first..range.end {
				assert!(proven.insert(minute), "minute {minute} given twice");
			}
			pulse = pulse.beat(*beat);
		}
		proven
	}

	#[test]
	fn silence_of_three_minutes_costs_three_minutes() {
		// Every minute at second 0 from 0 to 240, silent, again from 420 to 600; gap one minute.
		let beats: Vec<u64> = (0..=4).chain(7..=10).map(|minute| minute * 60).collect();
		assert_eq!(by_pulse(&beats, 0, 600, 60).len(), 7);
	}

	#[test]
	fn answer_is_final_once_no_heartbeat_can_join() {
		let pulse = Pulse::first(1_000);
		assert_eq!(pulse.final_from(900, 60), 900);
		assert_eq!(pulse.final_from(1_000, 60), 1_000);
		assert_eq!(pulse.final_from(1_020, 60), 1_061);
		assert_eq!(pulse.final_from(2_000, 60), 2_000);
	}

	#[test]
	fn bits_are_idempotent_and_counted() {
		let mut bits = DayBits::default();
		assert_eq!(bits.set(5, 21), 16);
		assert_eq!(bits.set(0, 10), 5);
		assert_eq!(bits.set(0, 10), 0);
		assert_eq!(bits.count(0, MINUTES_PER_DAY), 21);
		assert_eq!(bits.count(20, 30), 1);
		assert_eq!(bits.set(1_430, 2_000), 10);
		assert_eq!(bits.set(10, 5), 0);
	}

	#[test]
	fn range_splits_at_midnight() {
		let range = MinuteRange { first: 1_430, end: 1_450 };
		assert_eq!(range.days(), Some((0, 1)));
		assert_eq!(range.in_day(0), (1_430, 1_440));
		assert_eq!(range.in_day(1), (0, 10));
		assert_eq!(MinuteRange::EMPTY.days(), None);
	}

	proptest! {
		#[test]
		fn pulse_agrees_with_the_rule(
			pauses in proptest::collection::vec(1u64..200, 1..60),
			start in 0u64..500,
			from in 0u64..30,
			length in 0u64..120,
			gap in 60u32..180,
		) {
			let mut beats = vec![start];
			for pause in pauses {
				beats.push(beats.last().unwrap() + pause);
			}
			let (from, until) = (from * 60, (from + length) * 60);
			prop_assert_eq!(by_pulse(&beats, from, until, gap), by_the_book(&beats, from, until, gap));
		}

		#[test]
		fn nothing_is_added_after_the_final_moment(
			pauses in proptest::collection::vec(1u64..200, 1..60),
			cut in 1usize..60,
			until in 1u64..60,
			gap in 60u32..180,
		) {
			let mut beats = vec![0];
			for pause in pauses {
				beats.push(beats.last().unwrap() + pause);
			}
			let cut = cut.min(beats.len());
			let until = until * 60;
			let mut pulse = Pulse::first(beats[0]);
			for beat in &beats[1..cut] {
				pulse = pulse.beat(*beat);
			}
			let final_from = pulse.final_from(until, gap);
			let known = by_pulse(&beats[..cut], 0, until, gap);
			if beats.get(cut).is_some_and(|next| *next >= final_from) {
				prop_assert_eq!(by_pulse(&beats, 0, until, gap), known);
			}
		}

		#[test]
		fn bits_count_what_was_set(ranges in proptest::collection::vec((0u32..1_440, 0u32..1_500), 0..20)) {
			let mut bits = DayBits::default();
			let mut minutes = BTreeSet::new();
			for (first, end) in ranges {
				let before = minutes.len();
				minutes.extend(first..end.min(1_440));
				prop_assert_eq!(bits.set(first, end) as usize, minutes.len() - before);
			}
			for first in [0, 1, 7, 8, 700] {
				prop_assert_eq!(bits.count(first, 1_000) as usize, minutes.range(first..1_000).count());
			}
		}
	}
}

// SPDX-License-Identifier: Apache-2.0

//! Which time of a device is taken.
//!
//! A calendar is a slice of slots in order of time that do not overlap.

/// A stretch of time that a booking takes, with the pause that is kept free after it.
pub trait Slot {
	/// Its start.
	fn from(&self) -> u64;

	/// Its end (exclusive), pause included. Later than its start.
	fn free_from(&self) -> u64;
}

/// Another booking takes some of the time; its place in the calendar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SlotTaken(pub usize);

/// Where a booking of [from, free_from) belongs in `calendar`, or which one is in its way.
/// Logarithmic in the number of bookings.
pub fn free_slot<S: Slot>(calendar: &[S], from: u64, free_from: u64) -> Result<usize, SlotTaken> {
	let index = calendar.partition_point(|slot| slot.free_from() <= from);
	match calendar.get(index) {
		Some(slot) if slot.from() < free_from => Err(SlotTaken(index)),
		_ => Ok(index),
	}
}

/// Seconds of [from, until) that are taken, pauses included.
pub fn booked_seconds<S: Slot>(calendar: &[S], from: u64, until: u64) -> u64 {
	calendar
		.iter()
		.map(|slot| slot.free_from().min(until).saturating_sub(slot.from().max(from)))
		.fold(0u64, u64::saturating_add)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	#[derive(Clone, Copy, Debug)]
	struct Span(u64, u64);

	impl Slot for Span {
		fn from(&self) -> u64 {
			self.0
		}

		fn free_from(&self) -> u64 {
			self.1
		}
	}

	#[test]
	fn neighbours_may_touch_but_not_overlap() {
		let calendar = [Span(100, 200), Span(300, 400)];
		assert_eq!(free_slot(&calendar, 0, 100), Ok(0));
		assert_eq!(free_slot(&calendar, 0, 101), Err(SlotTaken(0)));
		assert_eq!(free_slot(&calendar, 200, 300), Ok(1));
		assert_eq!(free_slot(&calendar, 199, 250), Err(SlotTaken(0)));
		assert_eq!(free_slot(&calendar, 250, 301), Err(SlotTaken(1)));
		assert_eq!(free_slot(&calendar, 400, 500), Ok(2));
		assert_eq!(free_slot(&calendar, 150, 160), Err(SlotTaken(0)));
	}

	#[test]
	fn booked_time_is_clipped_to_the_window() {
		let calendar = [Span(100, 200), Span(300, 400)];
		assert_eq!(booked_seconds(&calendar, 150, 350), 100);
		assert_eq!(booked_seconds(&calendar, 200, 300), 0);
		assert_eq!(booked_seconds(&calendar, 0, u64::MAX), 200);
		assert_eq!(booked_seconds(&calendar, 350, 150), 0);
	}

	proptest! {
		#[test]
		fn insertion_keeps_the_calendar_in_order(
			spans in proptest::collection::vec((0u64..1_000, 1u64..100), 0..80),
		) {
			let mut calendar: Vec<Span> = Vec::new();
			for (from, length) in spans {
				let new = Span(from, from + length);
				let overlaps = calendar.iter().any(|slot| slot.0 < new.1 && new.0 < slot.1);
				match free_slot(&calendar, new.0, new.1) {
					Ok(index) => {
						prop_assert!(!overlaps);
						calendar.insert(index, new);
					},
					Err(SlotTaken(index)) => {
						let slot = calendar[index];
						prop_assert!(slot.0 < new.1 && new.0 < slot.1);
					},
				}
			}
			prop_assert!(calendar.windows(2).all(|pair| pair[0].1 <= pair[1].0));
			let whole: u64 = calendar.iter().map(|slot| slot.1 - slot.0).sum();
			prop_assert_eq!(booked_seconds(&calendar, 0, u64::MAX), whole);
			prop_assert_eq!(
				booked_seconds(&calendar, 0, 500) + booked_seconds(&calendar, 500, 2_000),
				whole
			);
		}
	}
}

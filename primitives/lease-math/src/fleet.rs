// SPDX-License-Identifier: Apache-2.0

//! How much of a fleet's time is taken, at a cost that does not grow with its members.
//!
//! How many members are taken is a step function of time. It is kept as its value at one moment and
//! the changes after it, in order; each usable window keeps the integral of the function over what
//! is ahead of that moment. Time passes from change to change: what lies behind leaves the integrals.

use crate::MathError;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// A stretch of time over which taken time is summed up.
pub trait LoadWindow {
	/// From when time counts.
	fn counts_from(&self) -> u64;

	/// Until when (exclusive).
	fn until(&self) -> u64;

	/// Member seconds that are taken inside the window, after the moment of the [`FleetTime`].
	fn booked(&mut self) -> &mut u64;
}

/// By how many the number of taken members changes at a moment.
pub type Change = (u64, i32);

/// How many members of a fleet are taken at a moment, and until the next change.
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
pub struct FleetTime {
	/// The moment.
	pub as_of: u64,
	/// How many members are taken then.
	pub taken: u32,
}

impl FleetTime {
	/// Passes the changes in `due`, which lie after [`Self::as_of`] in order of time and are the next
	/// ones, and then goes on to `now` if there is no further change up to it. After an error, throw
	/// this and the windows away.
	pub fn advance<W: LoadWindow>(
		&mut self,
		windows: &mut [W],
		due: &[Change],
		now: Option<u64>,
	) -> Result<(), MathError> {
		for (at, delta) in due {
			self.pass(windows, *at)?;
			self.change(*delta)?;
		}
		now.map_or(Ok(()), |now| self.pass(windows, now))
	}

	/// A member is taken in [from, until). Returns the changes to note. After an error, throw this and
	/// the windows away.
	pub fn take<W: LoadWindow>(
		&mut self,
		windows: &mut [W],
		from: u64,
		until: u64,
	) -> Result<[Option<Change>; 2], MathError> {
		self.shift(windows, from, until, 1)
	}

	/// The reverse of [`Self::take`], for all of what was taken or its last part.
	pub fn free<W: LoadWindow>(
		&mut self,
		windows: &mut [W],
		from: u64,
		until: u64,
	) -> Result<[Option<Change>; 2], MathError> {
		self.shift(windows, from, until, -1)
	}

	fn shift<W: LoadWindow>(
		&mut self,
		windows: &mut [W],
		from: u64,
		until: u64,
		delta: i32,
	) -> Result<[Option<Change>; 2], MathError> {
		let begins = from.max(self.as_of);
		if until <= begins {
			return Ok([None, None]);
		}
		let back = delta.checked_neg().ok_or(MathError::Overflow)?;
		for window in windows {
			let seconds = overlap(begins, until, window.counts_from(), window.until());
			let booked = window.booked();
			*booked = if delta > 0 {
				booked.checked_add(seconds).ok_or(MathError::Overflow)?
			} else {
				booked.checked_sub(seconds).ok_or(MathError::Underflow)?
			};
		}
		let end = Some((until, back));
		if from > self.as_of {
			return Ok([Some((from, delta)), end]);
		}
		self.change(delta)?;
		Ok([None, end])
	}

	fn change(&mut self, delta: i32) -> Result<(), MathError> {
		let error = if delta > 0 { MathError::Overflow } else { MathError::Underflow };
		self.taken = self.taken.checked_add_signed(delta).ok_or(error)?;
		Ok(())
	}

	fn pass<W: LoadWindow>(&mut self, windows: &mut [W], to: u64) -> Result<(), MathError> {
		for window in windows {
			let behind = overlap(self.as_of, to, window.counts_from(), window.until())
				.checked_mul(self.taken.into())
				.ok_or(MathError::Overflow)?;
			let booked = window.booked();
			*booked = booked.checked_sub(behind).ok_or(MathError::Underflow)?;
		}
		self.as_of = self.as_of.max(to);
		Ok(())
	}
}

fn overlap(from: u64, until: u64, window_from: u64, window_until: u64) -> u64 {
	until.min(window_until).saturating_sub(from.max(window_from))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
	use super::*;
	use proptest::prelude::*;
	use std::collections::BTreeMap;

	#[derive(Clone, Debug)]
	struct Window(u64, u64, u64);

	impl LoadWindow for Window {
		fn counts_from(&self) -> u64 {
			self.0
		}

		fn until(&self) -> u64 {
			self.1
		}

		fn booked(&mut self) -> &mut u64 {
			&mut self.2
		}
	}

	/// A fleet with all its bookings beside what is kept of them.
	struct Fleet {
		time: FleetTime,
		changes: BTreeMap<u64, i32>,
		windows: Vec<Window>,
		stretches: Vec<(u64, u64)>,
	}

	impl Fleet {
		fn new(windows: &[(u64, u64)]) -> Self {
			Self {
				time: FleetTime { as_of: 0, taken: 0 },
				changes: BTreeMap::new(),
				windows: windows.iter().map(|(from, until)| Window(*from, *until, 0)).collect(),
				stretches: Vec::new(),
			}
		}

		fn note(&mut self, changes: [Option<Change>; 2]) {
			for (at, delta) in changes.into_iter().flatten() {
				let sum = self.changes.remove(&at).unwrap_or_default() + delta;
				if sum != 0 {
					self.changes.insert(at, sum);
				}
			}
		}

		fn take(&mut self, from: u64, until: u64) {
			let changes = self.time.take(&mut self.windows, from, until).unwrap();
			self.note(changes);
			self.stretches.push((from, until));
		}

		/// Frees what lies after `from` of a stretch.
		fn free(&mut self, index: usize, from: u64) {
			let (start, until) = self.stretches[index];
			let from = from.max(start);
			let changes = self.time.free(&mut self.windows, from, until).unwrap();
			self.note(changes);
			self.stretches[index].1 = self.stretches[index].1.min(from);
		}

		fn advance(&mut self, now: u64, steps: usize) {
			let due: Vec<_> = self.changes.range(..=now).map(|(at, delta)| (*at, *delta)).collect();
			let (due, rest) = due.split_at(due.len().min(steps));
			self.time.advance(&mut self.windows, due, rest.is_empty().then_some(now)).unwrap();
			self.changes.retain(|at, _| due.iter().all(|(passed, _)| passed != at));
		}

		/// What is taken of a window after `now`, by adding up.
		fn taken(&self, window: usize, now: u64) -> u64 {
			let Window(from, until, _) = self.windows[window];
			let ahead = |(start, end): &(u64, u64)| overlap(*start, *end, from.max(now), until);
			self.stretches.iter().map(ahead).sum()
		}
	}

	#[test]
	fn what_is_behind_leaves_the_sum() {
		let mut fleet = Fleet::new(&[(100, 200), (200, 300)]);
		fleet.take(50, 150);
		fleet.take(120, 220);
		let booked = |fleet: &Fleet| [fleet.windows[0].2, fleet.windows[1].2];
		assert_eq!(booked(&fleet), [50 + 80, 20]);
		assert_eq!(fleet.changes.len(), 4);
		fleet.advance(130, 16);
		assert_eq!(fleet.time, FleetTime { as_of: 130, taken: 2 });
		assert_eq!(booked(&fleet), [20 + 70, 20]);
		fleet.advance(300, 16);
		assert_eq!((booked(&fleet), fleet.changes.len()), ([0, 0], 0));
		assert_eq!(fleet.time, FleetTime { as_of: 300, taken: 0 });
	}

	#[test]
	fn bounded_steps_count_too_much_and_never_too_little() {
		let mut fleet = Fleet::new(&[(0, 1_000)]);
		for start in 0..10 {
			fleet.take(10 + start * 20, 20 + start * 20);
		}
		fleet.advance(500, 4);
		assert_eq!((fleet.time.as_of, fleet.windows[0].2), (40, 80));
		fleet.advance(500, 100);
		assert_eq!((fleet.time.as_of, fleet.windows[0].2), (500, 0));
	}

	#[test]
	fn time_that_begins_now_is_taken_at_once() {
		let mut fleet = Fleet::new(&[(0, 100)]);
		fleet.advance(10, 1);
		fleet.take(10, 30);
		assert_eq!(fleet.time, FleetTime { as_of: 10, taken: 1 });
		assert_eq!(fleet.changes, BTreeMap::from([(30, -1)]));
		fleet.free(0, 10);
		assert_eq!((fleet.time.taken, fleet.changes.len(), fleet.windows[0].2), (0, 0, 0));
		// What is over takes nothing.
		fleet.take(2, 9);
		assert_eq!((fleet.time.taken, fleet.changes.len()), (0, 0));
	}

	#[test]
	fn impossible_states_are_errors() {
		let mut time = FleetTime { as_of: 0, taken: 0 };
		let mut windows = [Window(0, 100, 5)];
		assert_eq!(time.free(&mut windows, 10, 20), Err(MathError::Underflow));
		assert_eq!(time.advance(&mut windows, &[(5, -1)], None), Err(MathError::Underflow));
		time.taken = u32::MAX;
		assert_eq!(time.take(&mut windows, 5, 6), Err(MathError::Overflow));
		windows[0].2 = u64::MAX;
		assert_eq!(time.take(&mut windows, 7, 8), Err(MathError::Overflow));
	}

	#[derive(Clone, Debug)]
	enum Op {
		Take(u64, u64),
		Free(usize, u64),
		Wait(u64, usize),
		Open(u64, u64),
	}

	fn op() -> impl Strategy<Value = Op> {
		prop_oneof![
			4 => (0u64..300, 1u64..100).prop_map(|(ahead, length)| Op::Take(ahead, length)),
			2 => (0usize..50, 0u64..200).prop_map(|(index, ahead)| Op::Free(index, ahead)),
			4 => (0u64..60, 0usize..6).prop_map(|(seconds, steps)| Op::Wait(seconds, steps)),
			1 => (0u64..300, 1u64..300).prop_map(|(ahead, length)| Op::Open(ahead, length)),
		]
	}

	proptest! {
		#![proptest_config(ProptestConfig::with_cases(1_000))]

		#[test]
		fn sums_are_those_of_brute_force(ops in proptest::collection::vec(op(), 1..80)) {
			let mut fleet = Fleet::new(&[(100, 400), (400, 2_000)]);
			let mut now = 0;
			for op in ops {
				match op {
					Op::Take(ahead, length) => fleet.take(now + ahead, now + ahead + length),
					Op::Free(index, ahead) => if let Some(len) = fleet.stretches.len().checked_sub(1) {
						fleet.free(index % (len + 1), now + ahead);
					},
					Op::Wait(seconds, steps) => {
						now += seconds;
						fleet.advance(now, steps);
					},
					// A window that is opened while the fleet lags behind counts from now on.
					Op::Open(ahead, length) => {
						let window = Window(now + ahead, now + ahead + length, 0);
						fleet.windows.push(window);
						let index = fleet.windows.len() - 1;
						fleet.windows[index].2 = fleet.taken(index, now);
					},
				}
				prop_assert!(fleet.time.as_of <= now);
				for index in 0..fleet.windows.len() {
					prop_assert!(fleet.windows[index].2 >= fleet.taken(index, now));
				}
				let mut caught_up = Fleet {
					windows: fleet.windows.clone(),
					changes: fleet.changes.clone(),
					stretches: fleet.stretches.clone(),
					..fleet
				};
				caught_up.advance(now, usize::MAX);
				prop_assert_eq!(caught_up.time.as_of, now);
				let busy = |(from, until): &&(u64, u64)| *from <= now && now < *until;
				let taken = fleet.stretches.iter().filter(busy).count();
				prop_assert_eq!(caught_up.time.taken as usize, taken);
				for index in 0..fleet.windows.len() {
					prop_assert_eq!(caught_up.windows[index].2, fleet.taken(index, now));
				}
			}
		}
	}
}

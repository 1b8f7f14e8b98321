// SPDX-License-Identifier: Apache-2.0

//! How much of a fleet is taken by leases, without a walk over its members.
//!
//! The arithmetic and its proof by brute force are in `tenure_lease_math::fleet`.

#![cfg_attr(
	not(test),
	deny(clippy::as_conversions, clippy::cast_possible_truncation, clippy::expect_used)
)]

use crate::{
	windows::Ledgers, Config, Error, FleetChanges, FleetTimes, MomentKey, Pallet, Windows,
};
use alloc::vec::Vec;
use frame_support::{defensive, dispatch::DispatchResult, ensure};
use tenure_lease_math::{fleet::Change, FleetTime, MathError};
use tenure_primitives::{
	traits::{Devices, FleetSales, LeaseBook},
	DeviceId, FleetId, Moment, Subject,
};

/// Changes of a fleet that a sale, and all else that writes its ledgers, comes past.
pub(crate) const STEPS: u32 = 4;

/// Changes of a fleet that one call of `catch_up` comes past.
pub const MAX_CATCH_UP: u32 = 128;

/// How much of a fleet is taken, and the changes that this has come past since it was read.
pub(crate) struct FleetState {
	pub(crate) time: FleetTime,
	pub(crate) passed: Vec<Change>,
}

impl<T: Config> Pallet<T> {
	/// The ledgers of the subject; those of a fleet after at most `steps` changes on the way to `now`.
	pub(crate) fn ledgers_after(subject: &Subject, now: Moment, steps: u32) -> Ledgers<T> {
		let windows = Windows::<T>::get(subject);
		let Some((fleet, time)) = Self::time_of(subject) else {
			return Ledgers { subject: *subject, windows, fleet: None };
		};
		let steps = usize::try_from(steps).unwrap_or(usize::MAX);
		let mut passed: Vec<Change> = FleetChanges::<T>::iter_prefix(fleet)
			.map(|(at, delta)| (Moment::from(at), delta))
			.take_while(|(at, _)| *at <= now)
			.take(steps.saturating_add(1))
			.collect();
		let is_all = passed.len() <= steps;
		passed.truncate(steps);

		let (mut new_windows, mut new_time) = (windows.clone(), time);
		if new_time.advance(new_windows.as_mut(), &passed, is_all.then_some(now)).is_ok() {
			let fleet = Some(FleetState { time: new_time, passed });
			Ledgers { subject: *subject, windows: new_windows, fleet }
		} else {
			defensive!("what a fleet has passed was noted");
			let fleet = Some(FleetState { time, passed: Vec::new() });
			Ledgers { subject: *subject, windows, fleet }
		}
	}

	// A fleet has a time from its first member on, until it is disbanded.
	fn time_of(subject: &Subject) -> Option<(FleetId, FleetTime)> {
		match subject {
			Subject::Device(_) => None,
			Subject::Fleet(fleet) => Some((*fleet, FleetTimes::<T>::get(fleet)?)),
		}
	}

	pub(crate) fn store_fleet(fleet: FleetId, state: FleetState) {
		for (at, _) in state.passed {
			FleetChanges::<T>::remove(fleet, MomentKey::from(at));
		}
		FleetTimes::<T>::insert(fleet, state.time);
	}

	/// Comes past up to [`MAX_CATCH_UP`] changes of a fleet; those of a disbanded one are dropped.
	/// Returns how many there were.
	pub(crate) fn do_catch_up(fleet: FleetId) -> u32 {
		if !FleetTimes::<T>::contains_key(fleet) {
			return Self::drop_changes(fleet, MAX_CATCH_UP);
		}
		let ledgers = Self::ledgers_after(&Subject::Fleet(fleet), Self::now(), MAX_CATCH_UP);
		let passed = ledgers.fleet.as_ref().map_or(0, |state| state.passed.len());
		Self::store(ledgers);
		u32::try_from(passed).unwrap_or(MAX_CATCH_UP)
	}

	/// Drops up to `limit` changes of a fleet that is disbanded. Returns how many there were.
	pub(crate) fn drop_changes(fleet: FleetId, limit: u32) -> u32 {
		let limit_size = usize::try_from(limit).unwrap_or(usize::MAX);
		let dropped = FleetChanges::<T>::drain_prefix(fleet).take(limit_size).count();
		u32::try_from(dropped).unwrap_or(limit)
	}

	/// Takes or frees the stretches of a member. What can't be is reported and not done: too much
	/// taken sells less, and no lease may fail for it.
	pub(crate) fn shift_all(
		ledgers: &mut Ledgers<T>,
		stretches: &[(Moment, Moment)],
		shift: impl Fn(&mut FleetTime, &mut [crate::WindowLedger], (Moment, Moment)) -> ShiftResult,
	) {
		let (Subject::Fleet(fleet), Some(state)) = (ledgers.subject, ledgers.fleet.as_mut()) else {
			return;
		};
		for stretch in stretches {
			let (mut windows, mut time) = (ledgers.windows.clone(), state.time);
			let noted = shift(&mut time, windows.as_mut(), *stretch)
				.is_ok_and(|changes| Self::note_changes(fleet, changes).is_some());
			if noted {
				(ledgers.windows, state.time) = (windows, time);
			} else {
				defensive!("what a fleet's member frees was taken, and few enough are taken");
			}
		}
	}

	// Changes at the same moment add up; where nothing is left there is no entry.
	fn note_changes(fleet: FleetId, changes: [Option<Change>; 2]) -> Option<()> {
		let mut sums = Vec::new();
		for (at, delta) in changes.into_iter().flatten() {
			let at = MomentKey::from(at);
			let before = FleetChanges::<T>::get(fleet, at).unwrap_or(0);
			sums.push((at, before.checked_add(delta)?));
		}
		for (at, sum) in sums {
			if sum == 0 {
				FleetChanges::<T>::remove(fleet, at);
			} else {
				FleetChanges::<T>::insert(fleet, at, sum);
			}
		}
		Some(())
	}

	/// A member's time is taken or freed, outside of a sale: nothing is passed.
	pub(crate) fn shift_one(
		fleet: FleetId,
		stretch: (Moment, Moment),
		shift: impl Fn(&mut FleetTime, &mut [crate::WindowLedger], (Moment, Moment)) -> ShiftResult,
	) {
		let mut ledgers = Self::ledgers_after(&Subject::Fleet(fleet), Self::now(), 0);
		Self::shift_all(&mut ledgers, &[stretch], shift);
		Self::store(ledgers);
	}
}

/// The changes to note, or why the shift can't be.
pub(crate) type ShiftResult = Result<[Option<Change>; 2], MathError>;

pub(crate) fn take(
	time: &mut FleetTime,
	windows: &mut [crate::WindowLedger],
	(from, until): (Moment, Moment),
) -> ShiftResult {
	time.take(windows, from, until)
}

pub(crate) fn free(
	time: &mut FleetTime,
	windows: &mut [crate::WindowLedger],
	(from, until): (Moment, Moment),
) -> ShiftResult {
	time.free(windows, from, until)
}

impl<T: Config> FleetSales for Pallet<T> {
	fn joined(fleet: FleetId, device: DeviceId) -> DispatchResult {
		let now = Self::now();
		ensure!(!Self::is_promised(&Subject::Device(device), now), Error::<T>::UnitsPromised);
		if !FleetTimes::<T>::contains_key(fleet) {
			FleetTimes::<T>::insert(fleet, FleetTime { as_of: now, taken: 0 });
		}
		let mut ledgers = Self::ledgers_at(&Subject::Fleet(fleet), now);
		Self::shift_all(&mut ledgers, &T::Leases::taken(device, now), take);
		Self::store(ledgers);
		Ok(())
	}

	fn left(fleet: FleetId, device: DeviceId) -> DispatchResult {
		let now = Self::now();
		let mut ledgers = Self::ledgers_at(&Subject::Fleet(fleet), now);
		let stretches = T::Leases::taken(device, now);
		Self::shift_all(&mut ledgers, &stretches, free);
		for ledger in ledgers.windows.iter_mut().filter(|ledger| ledger.is_live(now)) {
			ledger.add_returnable(&stretches, now).ok_or(Error::<T>::FleetTooSmall)?;
		}
		Self::ensure_room(&ledgers, T::Devices::fleet(fleet)?.members, now)?;
		Self::store(ledgers);
		Ok(())
	}

	fn taken_out(fleet: FleetId, device: DeviceId) {
		let now = Self::now();
		let mut ledgers = Self::ledgers_at(&Subject::Fleet(fleet), now);
		Self::shift_all(&mut ledgers, &T::Leases::taken(device, now), free);
		Self::store(ledgers);
	}

	fn can_disband(fleet: FleetId) -> DispatchResult {
		let now = Self::now();
		ensure!(!Self::is_promised(&Subject::Fleet(fleet), now), Error::<T>::UnitsPromised);
		// What is noted of its bookings goes when its series are reaped, or by `catch_up`.
		FleetTimes::<T>::remove(fleet);
		Ok(())
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_sales(fleet: FleetId) {
		crate::benchmarking::fleet_sales::<T>(fleet)
	}
}

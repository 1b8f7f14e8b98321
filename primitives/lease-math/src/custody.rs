// SPDX-License-Identifier: Apache-2.0

//! When things that a tenant takes home are handed over and brought back, and what it costs to be late.

use crate::MathError;
use sp_arithmetic::{helpers_128bit::multiply_by_rational_with_rounding, Rounding};

/// What a hand-over waits for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Awaited {
	/// The owner says that the device is ready.
	Offer,
	/// The tenant confirms that it has it.
	Confirmation,
}

/// A hand-over that is not confirmed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Handover {
	/// Start of the lease.
	pub from: u64,
	/// When the owner said that the device is ready, if it did.
	pub offered_at: Option<u64>,
	/// When the device last came back from a tenant; 0 if it never was with one.
	pub back_at: u64,
	/// Whether it can't be handed over: it is with the tenant of another lease, lost or missing.
	pub elsewhere: bool,
}

impl Handover {
	/// When the owner said that the device is ready, if that is worth anything: not while it can't be handed
	/// over, and not if it was out since.
	fn offered(&self) -> Option<u64> {
		self.offered_at.filter(|at| !self.elsewhere && self.back_at <= *at)
	}

	/// Whether the device was not there when the time to hand it over ended, at `missed`, counted from
	/// the start. What comes later changes nothing.
	pub fn was_missed(&self, missed: u64) -> bool {
		missed <= self.back_at
	}

	/// What it waits for, and since when: each side has the whole time for that from the moment on from
	/// which it can act, so that nobody loses time that another tenant took.
	pub fn awaits(&self) -> (Awaited, u64) {
		if self.elsewhere {
			return (Awaited::Offer, self.from);
		}
		let ready = self.from.max(self.back_at);
		match self.offered() {
			None => (Awaited::Offer, ready),
			Some(offered) => (Awaited::Confirmation, ready.max(offered)),
		}
	}

	/// From when on the device served its tenant, if the hand-over is confirmed.
	pub fn served_from(&self) -> u64 {
		self.from.max(self.back_at).max(self.offered().unwrap_or_default())
	}
}

/// Seconds of a lease that ends at `until` in which the tenant had the device by `at`.
pub fn handed_over_seconds(served_from: u64, until: u64, at: u64) -> u64 {
	at.min(until).saturating_sub(served_from)
}

/// Seconds for which a device that comes back at `at` is overdue: from the end of its lease on, nothing if
/// it is back by `due_back`. The seconds of that in which the chain stood still don't count.
pub fn overdue_seconds(until: u64, due_back: u64, at: u64, stood_still: u64) -> u64 {
	if at <= due_back {
		0
	} else {
		at.saturating_sub(until).saturating_sub(stood_still)
	}
}

/// `⌊percent % of the rent of so many seconds⌋`, at most `deposit`: what a late return costs, rounded in
/// favour of the tenant.
pub fn overdue_charge(
	unit_price: u128,
	unit_seconds: u32,
	percent: u16,
	seconds: u64,
	deposit: u128,
) -> Result<u128, MathError> {
	let part = u128::from(seconds).checked_mul(percent.into()).ok_or(MathError::Overflow)?;
	let whole = u128::from(unit_seconds).checked_mul(100).ok_or(MathError::Overflow)?;
	if whole == 0 {
		return Err(MathError::DivisionByZero);
	}
	// What is too large for its type is more than the deposit.
	let charge = multiply_by_rational_with_rounding(unit_price, part, whole, Rounding::Down);
	Ok(charge.map_or(deposit, |charge| charge.min(deposit)))
}

/// What the next tenant gets of a late one's deposit: what its own lease would have brought it as a
/// penalty, at most what accrued and was not given to others before.
pub fn compensation(owed: u128, accrued: u128, given: u128) -> u128 {
	accrued.checked_sub(given).map_or(0, |left| owed.min(left))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	const HOUR: u64 = 3_600;

	fn handover() -> Handover {
		Handover { from: 100 * HOUR, offered_at: None, back_at: 0, elsewhere: false }
	}

	#[test]
	fn time_of_each_side_begins_when_it_can_act() {
		let awaits = |change: fn(&mut Handover)| {
			let mut changed = handover();
			change(&mut changed);
			let (awaited, since) = changed.awaits();
			(awaited, since - 100 * HOUR, changed.served_from() - 100 * HOUR)
		};
		assert_eq!(awaits(|_| {}), (Awaited::Offer, 0, 0));
		let early = |it: &mut Handover| it.offered_at = Some(50 * HOUR);
		assert_eq!(awaits(early), (Awaited::Confirmation, 0, 0));
		let late = |it: &mut Handover| it.offered_at = Some(100 * HOUR + 1_800);
		assert_eq!(awaits(late), (Awaited::Confirmation, 1_800, 1_800));
		// It is with another tenant: an offer is worth nothing.
		let elsewhere = |it: &mut Handover| (it.offered_at, it.elsewhere) = (Some(50 * HOUR), true);
		assert_eq!(awaits(elsewhere), (Awaited::Offer, 0, 0));
		// It came back late: both have their time from then on, and what was said before is void.
		let back = |it: &mut Handover| it.back_at = 100 * HOUR + 600;
		assert_eq!(awaits(back), (Awaited::Offer, 600, 600));
		let back = |it: &mut Handover| {
			(it.offered_at, it.back_at) = (Some(50 * HOUR), 100 * HOUR + 600);
		};
		assert_eq!(awaits(back), (Awaited::Offer, 600, 600));
		let again = |it: &mut Handover| {
			(it.offered_at, it.back_at) = (Some(100 * HOUR + 600), 100 * HOUR + 600);
		};
		assert_eq!(awaits(again), (Awaited::Confirmation, 600, 600));
		let missed = |back_at| Handover { back_at, ..handover() }.was_missed(101 * HOUR);
		assert!(!missed(0) && !missed(101 * HOUR - 1) && missed(101 * HOUR));
	}

	#[test]
	fn served_time_begins_with_the_hand_over_and_ends_with_the_lease() {
		assert_eq!(handed_over_seconds(100, 200, 50), 0);
		assert_eq!(handed_over_seconds(100, 200, 150), 50);
		assert_eq!(handed_over_seconds(100, 200, 500), 100);
		assert_eq!(handed_over_seconds(300, 200, 500), 0);
	}

	#[test]
	fn late_return_costs_from_the_end_on() {
		assert_eq!(overdue_seconds(1_000, 1_060, 900, 0), 0);
		assert_eq!(overdue_seconds(1_000, 1_060, 1_060, 0), 0);
		assert_eq!(overdue_seconds(1_000, 1_060, 1_061, 0), 61);
		assert_eq!(overdue_seconds(1_000, 1_060, 1_061, 60), 1);
		// An hour at 3,600, half as much again.
		assert_eq!(overdue_charge(3_600, 3_600, 150, 61, 1_000), Ok(91));
		assert_eq!(overdue_charge(3_600, 3_600, 150, 3_600, 1_000), Ok(1_000));
		assert_eq!(overdue_charge(u128::MAX, 1, 1_000, u64::MAX, 7), Ok(7));
		assert_eq!(overdue_charge(1, 0, 100, 1, 1), Err(MathError::DivisionByZero));
	}

	#[test]
	fn next_tenant_gets_no_more_than_accrued() {
		assert_eq!(compensation(500, 300, 0), 300);
		assert_eq!(compensation(500, 900, 0), 500);
		assert_eq!(compensation(500, 900, 600), 300);
		// Leases may be closed in another order than they were due.
		assert_eq!(compensation(500, 900, 901), 0);
	}

	proptest! {
		#[test]
		fn charge_never_falls_and_never_exceeds_the_deposit(
			price in 0u128..1 << 100,
			unit in 1u32..100_000,
			percent in 100u16..=1_000,
			deposit in 0u128..1 << 110,
			(grace, until) in (0u32..3_000_000, 0u64..1 << 40),
			(a, b) in (0u64..40_000_000, 0u64..40_000_000),
		) {
			let charge = |at: u64| {
				let seconds = overdue_seconds(until, until + u64::from(grace), until + at, 0);
				overdue_charge(price, unit, percent, seconds, deposit).unwrap()
			};
			prop_assert!(charge(a.min(b)) <= charge(a.max(b)));
			prop_assert!(charge(a) <= deposit);
			prop_assert!(a > u64::from(grace) || charge(a) == 0);
			// Not less than the rent of that time, if the deposit covers it.
			let rent = crate::earned(price, unit, a).unwrap();
			prop_assert!(a <= u64::from(grace) || charge(a) >= rent.min(deposit));
		}

		#[test]
		fn nobody_answers_for_time_in_which_it_could_not_act(
			from in 0u64..1 << 40,
			offered in proptest::option::of(0u64..1 << 40),
			back_at in 0u64..1 << 40,
			elsewhere: bool,
		) {
			let handover = Handover { from, offered_at: offered, back_at, elsewhere };
			let (awaited, since) = handover.awaits();
			prop_assert!(since >= from);
			prop_assert!(elsewhere || since >= back_at);
			let counts = offered.is_some_and(|offered| back_at <= offered) && !elsewhere;
			prop_assert_eq!(awaited == Awaited::Confirmation, counts);
			prop_assert!(handover.served_from() >= from);
			prop_assert!(elsewhere || handover.served_from() == since);
		}

		#[test]
		fn others_never_get_more_than_the_charge(
			charges in proptest::collection::vec((0u128..1_000, 0u128..1_000), 1..10),
		) {
			let (mut accrued, mut given) = (0u128, 0u128);
			for (more, owed) in charges {
				accrued += more;
				given += compensation(owed, accrued, given);
				prop_assert!(given <= accrued);
			}
		}
	}
}

// SPDX-License-Identifier: Apache-2.0

//! Rent that can be objected to for a while before it is paid.
//!
//! A settlement notes what is proven. What it noted is payable once the tenant had its time to object;
//! meanwhile no other is noted, so that paying goes on with a delay of at most twice that time. A lease
//! has one objection: after it there is nothing to wait for any more.

use codec::{Decode, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// What may be objected to of a lease, and what was.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Review {
	/// How long the tenant may object to what a settlement found proven, in seconds; never if zero.
	pub window: u32,
	/// Proven seconds that can't be objected to any more.
	pub payable_seconds: u64,
	/// What the last settlement found proven that can still be objected to.
	pub noted: Option<Noted>,
	/// What the tenant objected to.
	pub objection: Option<Objection>,
}

/// What a settlement found proven.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Noted {
	/// When.
	pub at: u64,
	/// Proven seconds.
	pub seconds: u64,
}

/// Rent that the tenant objected to. It is on hold apart from the lease.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Objection {
	/// How much.
	pub amount: u128,
	/// What was earned by time that could not be objected to any more.
	pub payable: u128,
	/// Whether the owner revoked the lease afterwards: what it cut off costs it nothing.
	pub revoked: bool,
}

impl Review {
	/// Of a lease whose rent can be objected to for `window` seconds.
	pub fn with_window(window: u32) -> Self {
		Self { window, ..Self::default() }
	}

	/// Whether rent waits before it is paid.
	pub fn is_delayed(&self) -> bool {
		self.window > 0 && self.objection.is_none()
	}

	/// Of `proven` seconds, those that are payable at `now`. `moved` says when a deadline is over that was
	/// set at some moment, here and below.
	pub fn payable(&self, proven: u64, now: u64, moved: impl Fn(u64, u64) -> u64) -> u64 {
		if self.is_delayed() {
			self.matured(now, moved)
		} else {
			proven
		}
	}

	/// Notes that `proven` seconds are proven at `now`. Tells whether that changed anything.
	pub fn note(&mut self, proven: u64, now: u64, moved: impl Fn(u64, u64) -> u64) -> bool {
		if !self.is_delayed() {
			return false;
		}
		let before = *self;
		self.payable_seconds = self.matured(now, moved);
		self.noted = self.noted.filter(|noted| noted.seconds > self.payable_seconds);
		if self.noted.is_none() && proven > self.payable_seconds {
			self.noted = Some(Noted { at: now, seconds: proven });
		}
		*self != before
	}

	/// From when on a lease can be closed whose `proven` seconds are final from `final_from`.
	pub fn closes_from(
		&self,
		proven: u64,
		final_from: u64,
		moved: impl Fn(u64, u64) -> u64,
	) -> u64 {
		if !self.is_delayed() || proven <= self.payable_seconds {
			return final_from;
		}
		match self.noted {
			Some(noted) if noted.seconds >= proven => {
				final_from.max(self.open_until(noted.at, moved))
			}
			_ => self.open_until(final_from, moved),
		}
	}

	/// Notes the objection to `amount` when time that earned `payable` can't be objected to any more.
	pub fn object(&mut self, amount: u128, payable: u128) {
		self.noted = None;
		self.objection = Some(Objection { amount, payable, revoked: false });
	}

	/// What was objected to.
	pub fn frozen(&self) -> u128 {
		self.objection.map_or(0, |objection| objection.amount)
	}

	/// What is the payee's in all of `earned`, without what was objected to. Never falls while `earned`
	/// does not, an objection included.
	pub fn undisputed(&self, earned: u128) -> u128 {
		self.objection.map_or(earned, |objection| {
			earned.saturating_sub(objection.amount).max(objection.payable.min(earned))
		})
	}

	/// Whether the owner may take what it cut off for nothing.
	pub fn is_freely_revoked(&self) -> bool {
		self.objection.is_some_and(|objection| objection.revoked)
	}

	fn matured(&self, now: u64, moved: impl Fn(u64, u64) -> u64) -> u64 {
		match self.noted {
			Some(noted) if self.open_until(noted.at, moved) <= now => {
				noted.seconds.max(self.payable_seconds)
			}
			_ => self.payable_seconds,
		}
	}

	fn open_until(&self, since: u64, moved: impl Fn(u64, u64) -> u64) -> u64 {
		moved(since.saturating_add(self.window.into()), since)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	/// The chain never stands still.
	fn still(deadline: u64, _: u64) -> u64 {
		deadline
	}

	#[test]
	fn noted_time_is_payable_after_the_window() {
		let mut review = Review::with_window(100);
		assert!(!review.note(0, 1_000, still));
		assert!(review.note(60, 1_000, still));
		assert!(!review.note(120, 1_099, still));
		assert_eq!((review.payable(120, 1_099, still), review.payable(120, 1_100, still)), (0, 60));
		assert!(review.note(120, 1_150, still));
		assert_eq!(review.payable(120, 1_249, still), 60);
		assert_eq!(review.payable(120, 1_250, still), 120);
	}

	#[test]
	fn lease_closes_when_nothing_can_be_objected_to() {
		let mut review = Review::with_window(100);
		assert_eq!(review.closes_from(0, 2_000, still), 2_000);
		assert_eq!(review.closes_from(60, 2_000, still), 2_100);
		review.note(60, 1_950, still);
		assert_eq!(
			(review.closes_from(60, 2_000, still), review.closes_from(61, 2_000, still)),
			(2_050, 2_100)
		);
		assert_eq!(review.closes_from(60, 2_060, still), 2_060);
		review.note(60, 2_050, still);
		assert_eq!(review.closes_from(60, 2_000, still), 2_000);
		assert_eq!(Review::with_window(0).closes_from(60, 2_000, still), 2_000);
	}

	#[test]
	fn objection_takes_its_amount_and_the_delay_away() {
		let mut review = Review::with_window(100);
		review.note(60, 1_000, still);
		review.note(120, 1_100, still);
		review.object(700, 600);
		assert_eq!(
			(review.payable(150, 1_101, still), review.closes_from(150, 2_000, still)),
			(150, 2_000)
		);
		assert!(!review.note(150, 1_200, still));
		assert_eq!((review.undisputed(600), review.undisputed(1_300)), (600, 600));
		assert_eq!((review.undisputed(1_350), review.frozen()), (650, 700));
	}

	#[test]
	fn window_moves_with_the_chain() {
		let mut review = Review::with_window(100);
		let late =
			|deadline: u64, since: u64| if since == 1_000 { deadline + 50 } else { deadline };
		assert!(review.note(60, 1_000, late));
		assert_eq!((review.payable(60, 1_149, late), review.payable(60, 1_150, late)), (0, 60));
		assert_eq!(review.closes_from(60, 1_020, late), 1_150);
		assert_eq!(review.closes_from(61, 1_020, late), 1_120);
	}

	proptest! {
		#[test]
		fn nothing_is_payable_before_it_was_noted_for_the_window(
			window in 1u32..500,
			steps in proptest::collection::vec((0u64..300, 0u64..120), 1..60),
		) {
			let mut review = Review::with_window(window);
			let (mut now, mut proven, mut paid) = (1_000, 0, 0);
			let mut history = vec![(0, 0)];
			for (wait, more) in steps {
				now += wait;
				proven += more;
				review.note(proven, now, still);
				history.push((now, proven));
				let payable = review.payable(proven, now, still);
				prop_assert!(paid <= payable && payable <= proven);
				let known = history
					.iter()
					.filter(|(at, _)| at + u64::from(window) <= now)
					.map(|(_, seconds)| *seconds)
					.max();
				prop_assert!(payable <= known.unwrap_or(0));
				paid = payable;
			}
			// Two settlements later everything is payable.
			review.note(proven, now + u64::from(window), still);
			let last = now + 2 * u64::from(window);
			prop_assert_eq!(review.payable(proven, last, still), proven);
			prop_assert!(review.closes_from(proven, now, still) <= last);
		}

		#[test]
		fn what_is_undisputed_never_falls(
			payable in 0u128..10_000,
			amount in 0u128..10_000,
			more in 0u128..10_000,
			later in 0u128..10_000,
		) {
			let mut review = Review::with_window(1);
			prop_assert_eq!(review.undisputed(payable), payable);
			review.object(amount, payable);
			let (soon, end) = (payable + more, payable + more + later);
			prop_assert!(payable <= review.undisputed(soon));
			prop_assert!(review.undisputed(soon) <= review.undisputed(end));
			if payable + amount <= end {
				prop_assert_eq!(review.undisputed(end) + review.frozen(), end);
			}
		}
	}
}

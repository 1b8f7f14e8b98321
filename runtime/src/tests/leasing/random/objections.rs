// SPDX-License-Identifier: Apache-2.0

//! Rent that waits for a while, so that its tenant can object to it.

use super::{contracts::Contract, outages::Standstills, park::Park, *};
use pallet_lease_escrow::LeaseOf;

/// What can be objected to of a lease, and what was.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Review {
	/// Seconds that were noted so long ago that nobody can object to them.
	payable: u64,
	/// When it was last noted how many seconds are proven, and how many.
	noted: Option<(Moment, u64)>,
	pub objection: Option<Objection>,
}

/// What was objected to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Objection {
	pub amount: Balance,
	/// What nobody could object to by then.
	pub payable: Balance,
	/// Whether the owner took the lease back afterwards.
	pub is_left: bool,
}

impl Contract {
	/// Whether what is proven is not payable at once.
	pub fn is_delayed(&self) -> bool {
		self.terms.objection_window > 0 && self.review.objection.is_none()
	}

	/// Until when what was noted then can be objected to.
	fn open_until(&self, since: Moment, standstills: &Standstills) -> Moment {
		standstills.moved(since + Moment::from(self.terms.objection_window), since)
	}

	/// Of what was noted, what nobody can object to any more.
	fn ripe(&self, standstills: &Standstills) -> u64 {
		match self.review.noted {
			Some((at, seconds)) if self.open_until(at, standstills) <= now() => seconds,
			_ => self.review.payable,
		}
	}

	/// Proven seconds that are payable.
	pub fn payable(&self, park: &Park, standstills: &Standstills) -> u64 {
		if self.is_delayed() {
			self.ripe(standstills)
		} else {
			self.proven(park)
		}
	}

	/// Rent that can be objected to.
	pub fn objectable(&self, park: &Park, standstills: &Standstills) -> Balance {
		let is_own = self.tenant == self.payee;
		if is_own || !self.is_delayed() || self.closes_from(park, standstills) <= now() {
			return 0;
		}
		self.earned(park) - self.rent_of(self.payable(park, standstills))
	}

	/// Somebody settled it: what is proven is noted, unless what was noted before still waits.
	pub fn note_proven(&mut self, park: &Park, standstills: &Standstills) {
		if !self.is_delayed() || now() < self.from {
			return;
		}
		let payable = self.ripe(standstills);
		let proven = self.proven(park);
		let waits = self.review.noted.filter(|(_, seconds)| *seconds > payable);
		let noted = waits.or((proven > payable).then(|| (now(), proven)));
		self.review = Review { payable, noted, objection: None };
	}

	/// Its tenant objected to so much.
	pub fn note_objection(&mut self, amount: Balance, park: &Park, standstills: &Standstills) {
		let payable = self.rent_of(self.payable(park, standstills));
		self.review.noted = None;
		self.review.objection = Some(Objection { amount, payable, is_left: false });
	}

	/// What is in dispute of its rent, or was.
	pub fn frozen(&self) -> Balance {
		self.review.objection.map_or(0, |objection| objection.amount)
	}

	/// Of what is earned, what is not in dispute; what was payable when the dispute began stays so.
	pub fn undisputed(&self, earned: Balance) -> Balance {
		let Some(Objection { amount, payable, .. }) = self.review.objection else { return earned };
		earned.saturating_sub(amount).max(payable.min(earned))
	}

	/// Whether its owner took it back after an objection.
	pub fn is_left_in_dispute(&self) -> bool {
		self.review.objection.is_some_and(|objection| objection.is_left)
	}

	/// From when on it can be closed: nothing more can be proven, and nothing objected to.
	pub fn closes_from(&self, park: &Park, standstills: &Standstills) -> Moment {
		let (proven, proven_from) = (self.proven(park), self.proven_from(park, standstills));
		if !self.is_delayed() || proven <= self.review.payable {
			return proven_from;
		}
		match self.review.noted {
			Some((at, seconds)) if seconds >= proven => {
				proven_from.max(self.open_until(at, standstills))
			}
			_ => self.open_until(proven_from, standstills),
		}
	}

	/// Compares what waits, and what was objected to.
	pub fn compare_review(&self, lease: &LeaseOf<Runtime>, when: &str) {
		let review = &lease.review;
		let noted = review.noted.map(|noted| (noted.at, noted.seconds));
		let objection = review.objection.map(|objection| Objection {
			amount: objection.amount,
			payable: objection.payable,
			is_left: objection.revoked,
		});
		let seen = Review { payable: review.payable_seconds, noted, objection };
		assert_eq!(seen, self.review, "{self:?} {when}");
		let agreed = (review.window, lease.arbiter.as_ref());
		assert_eq!(agreed, (self.terms.objection_window, self.arbiter.as_ref()), "{when}");
	}
}

// SPDX-License-Identifier: Apache-2.0

//! What a unit is worth when it is given back.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_arithmetic::Perbill;

/// What a redeemed unit gives, as shares of its price, by the time of redeeming.
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
pub struct RedeemShares {
	/// Before the usable window.
	pub before: Perbill,
	/// Inside it.
	pub during: Perbill,
	/// After it.
	pub after: Perbill,
}

impl RedeemShares {
	/// Whether the shares never rise with time and none is below `floor`.
	pub fn are_falling(&self, floor: Perbill) -> bool {
		self.before >= self.during && self.during >= self.after && self.after >= floor
	}

	/// The share at `now` for units usable in [usable_from, usable_until).
	pub fn at(&self, usable_from: u64, usable_until: u64, now: u64) -> Perbill {
		if now < usable_from {
			self.before
		} else if now < usable_until {
			self.during
		} else {
			self.after
		}
	}
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	fn shares(before: u32, during: u32, after: u32) -> RedeemShares {
		let [before, during, after] = [before, during, after].map(Perbill::from_percent);
		RedeemShares { before, during, after }
	}

	#[test]
	fn share_follows_the_window() {
		let shares = shares(100, 95, 90);
		let at = |now| shares.at(100, 200, now).deconstruct() / 10_000_000;
		assert_eq!([at(99), at(100), at(199), at(200)], [100, 95, 95, 90]);
	}

	#[test]
	fn rising_or_low_shares_are_seen() {
		let floor = Perbill::from_percent(90);
		assert!(shares(100, 95, 90).are_falling(floor));
		assert!(!shares(100, 95, 89).are_falling(floor));
		assert!(!shares(95, 100, 90).are_falling(floor));
		assert!(!shares(95, 90, 95).are_falling(floor));
	}

	proptest! {
		#[test]
		fn worth_never_rises(a in 0u64..300, b in 0u64..300, x in 90u32..=100, y in 90u32..=100, z in 90u32..=100) {
			let mut sorted = [x, y, z];
			sorted.sort_unstable();
			let shares = shares(sorted[2], sorted[1], sorted[0]);
			prop_assert!(shares.at(100, 200, a.max(b)) <= shares.at(100, 200, a.min(b)));
		}
	}
}

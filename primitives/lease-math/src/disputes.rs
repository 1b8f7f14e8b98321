// SPDX-License-Identifier: Apache-2.0

//! What is whose when a dispute ends.
//!
//! The amount in dispute is split; bonds go back, but for the fee of an arbiter who decided. Each side
//! bears of the fee what it lost: the claimant from its bond, the respondent from its own. A respondent
//! that has put up no bond bears nothing: its part comes out of what the claimant is awarded.

use crate::MathError;
use sp_arithmetic::Perbill;

/// The money of a dispute.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stakes {
	/// What is in dispute.
	pub amount: u128,
	/// What the claimant put up.
	pub claimant_bond: u128,
	/// What the respondent put up, if anything.
	pub respondent_bond: u128,
	/// What an arbiter gets for deciding.
	pub fee: u128,
}

/// Who gets what of it. `to_claimant + to_respondent + fee_of_award` is the amount, exactly; what is
/// not taken of the bonds goes back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DisputeSplit {
	/// Of the amount, to the claimant.
	pub to_claimant: u128,
	/// Of the amount, to the respondent.
	pub to_respondent: u128,
	/// Of the amount, to the arbiter.
	pub fee_of_award: u128,
	/// Of the claimant's bond, to the arbiter.
	pub fee_of_claimant: u128,
	/// Of the respondent's bond, to the arbiter.
	pub fee_of_respondent: u128,
}

impl DisputeSplit {
	/// What the arbiter gets in all.
	pub fn fee(&self) -> Result<u128, MathError> {
		self.fee_of_award
			.checked_add(self.fee_of_claimant)
			.and_then(|fee| fee.checked_add(self.fee_of_respondent))
			.ok_or(MathError::Overflow)
	}
}

impl Stakes {
	/// `⌊share × amount⌋` to the claimant, the rest to the respondent; nobody decided, nobody is paid for
	/// it.
	pub fn without_verdict(&self, share: Perbill) -> Result<DisputeSplit, MathError> {
		let to_claimant = share.mul_floor(self.amount);
		Ok(DisputeSplit {
			to_claimant,
			to_respondent: self.amount.checked_sub(to_claimant).ok_or(MathError::Underflow)?,
			fee_of_award: 0,
			fee_of_claimant: 0,
			fee_of_respondent: 0,
		})
	}

	/// The same by an arbiter, who is paid for it: `⌊share × fee⌋` by the respondent, the rest by the
	/// claimant.
	pub fn verdict(&self, share: Perbill) -> Result<DisputeSplit, MathError> {
		let split = self.without_verdict(share)?;
		let by_respondent = share.mul_floor(self.fee);
		let by_claimant = self.fee.checked_sub(by_respondent).ok_or(MathError::Underflow)?;
		if by_claimant > self.claimant_bond {
			return Err(MathError::Underflow);
		}
		let of_bond = if self.respondent_bond >= by_respondent { by_respondent } else { 0 };
		let fee_of_award = by_respondent.checked_sub(of_bond).ok_or(MathError::Underflow)?;
		Ok(DisputeSplit {
			to_claimant: split.to_claimant.checked_sub(fee_of_award).ok_or(MathError::Underflow)?,
			fee_of_award,
			fee_of_claimant: by_claimant,
			fee_of_respondent: of_bond,
			..split
		})
	}
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	const HALF: Perbill = Perbill::from_percent(50);

	/// A claim of 1,001 that both sides put up a tenth for.
	fn stakes() -> Stakes {
		Stakes { amount: 1_001, claimant_bond: 101, respondent_bond: 101, fee: 50 }
	}

	#[test]
	fn loser_pays_the_arbiter() {
		let split = |share| stakes().verdict(share).unwrap();
		let all = DisputeSplit {
			to_claimant: 1_001,
			to_respondent: 0,
			fee_of_award: 0,
			fee_of_claimant: 0,
			fee_of_respondent: 50,
		};
		assert_eq!(split(Perbill::one()), all);
		let none = DisputeSplit {
			to_claimant: 0,
			to_respondent: 1_001,
			fee_of_award: 0,
			fee_of_claimant: 50,
			fee_of_respondent: 0,
		};
		assert_eq!(split(Perbill::zero()), none);
		let half = DisputeSplit {
			to_claimant: 500,
			to_respondent: 501,
			fee_of_award: 0,
			fee_of_claimant: 25,
			fee_of_respondent: 25,
		};
		assert_eq!(split(HALF), half);
		assert_eq!(half.fee(), Ok(50));
	}

	#[test]
	fn respondent_without_a_bond_pays_nothing() {
		let split =
			Stakes { respondent_bond: 0, ..stakes() }.verdict(Perbill::from_percent(80)).unwrap();
		let expected = DisputeSplit {
			to_claimant: 800 - 40,
			to_respondent: 201,
			fee_of_award: 40,
			fee_of_claimant: 10,
			fee_of_respondent: 0,
		};
		assert_eq!(split, expected);
	}

	#[test]
	fn without_a_verdict_there_is_no_fee() {
		let split = stakes().without_verdict(HALF).unwrap();
		assert_eq!((split.to_claimant, split.to_respondent, split.fee()), (500, 501, Ok(0)));
	}

	#[test]
	fn bond_that_can_not_bear_the_fee_is_an_error() {
		let poor = Stakes { claimant_bond: 49, ..stakes() };
		assert_eq!(poor.verdict(Perbill::zero()), Err(MathError::Underflow));
	}

	fn any_stakes() -> impl Strategy<Value = Stakes> {
		(0u128..1 << 100, 0u32..=1_000_000_000, 0u128..1 << 90, any::<bool>()).prop_map(
			|(amount, fee, more, bonded)| {
				let fee = Perbill::from_parts(fee).mul_floor(amount);
				let claimant_bond = fee + more;
				let respondent_bond = if bonded { claimant_bond } else { 0 };
				Stakes { amount, claimant_bond, respondent_bond, fee }
			},
		)
	}

	proptest! {
		#[test]
		fn nothing_is_lost_and_nobody_pays_more_than_it_put_up(
			stakes in any_stakes(),
			share in 0u32..=1_000_000_000,
		) {
			let share = Perbill::from_parts(share);
			for (split, fee) in [
				(stakes.verdict(share).unwrap(), stakes.fee),
				(stakes.without_verdict(share).unwrap(), 0),
			] {
				prop_assert_eq!(
					split.to_claimant + split.to_respondent + split.fee_of_award,
					stakes.amount
				);
				prop_assert_eq!(split.fee(), Ok(fee));
				prop_assert!(split.fee_of_claimant <= stakes.claimant_bond);
				prop_assert!(split.fee_of_respondent <= stakes.respondent_bond);
			}
		}

		#[test]
		fn more_of_a_verdict_is_never_worse(
			stakes in any_stakes(),
			a in 0u32..=1_000_000_000,
			b in 0u32..=1_000_000_000,
		) {
			let split = |share| stakes.verdict(Perbill::from_parts(share)).unwrap();
			let (less, more) = (split(a.min(b)), split(a.max(b)));
			// What each side ends up with, of the amount and of its own bond.
			let claimant =
				|split: &DisputeSplit| split.to_claimant + stakes.claimant_bond - split.fee_of_claimant;
			let respondent = |split: &DisputeSplit| {
				split.to_respondent + stakes.respondent_bond - split.fee_of_respondent
			};
			prop_assert!(claimant(&less) <= claimant(&more));
			prop_assert!(respondent(&more) <= respondent(&less));
		}
	}
}

// SPDX-License-Identifier: Apache-2.0

//! What is earned by served time.

use crate::MathError;
use sp_arithmetic::{helpers_128bit::multiply_by_rational_with_rounding, Perbill, Rounding};

/// `units × unit_price`, exactly.
pub fn rent(units: u64, unit_price: u128) -> Result<u128, MathError> {
	u128::from(units).checked_mul(unit_price).ok_or(MathError::Overflow)
}

/// `⌊unit_price × seconds ÷ unit_seconds⌋`: what `seconds` of service earn, rounded in favour of the
/// tenant. From the total time, never from steps: how often it is settled changes nothing.
pub fn earned(unit_price: u128, unit_seconds: u32, seconds: u64) -> Result<u128, MathError> {
	scale(unit_price, unit_seconds, seconds, Rounding::Down)
}

/// `⌈unit_price × seconds ÷ unit_seconds⌉`: what `seconds` of a lease are worth at most, rounded so
/// that it always covers what they earn.
pub fn window_rent(unit_price: u128, unit_seconds: u32, seconds: u64) -> Result<u128, MathError> {
	scale(unit_price, unit_seconds, seconds, Rounding::Up)
}

fn scale(price: u128, unit: u32, seconds: u64, rounding: Rounding) -> Result<u128, MathError> {
	if unit == 0 {
		return Err(MathError::DivisionByZero);
	}
	multiply_by_rational_with_rounding(price, seconds.into(), unit.into(), rounding)
		.ok_or(MathError::Overflow)
}

/// `⌊share × amount⌋`: the protocol's part of what the owner gets, rounded in favour of the owner.
pub fn protocol_fee(share: Perbill, amount: u128) -> u128 {
	share.mul_floor(amount)
}

/// What the owner owes for `undelivered` seconds, whose rent is `undelivered_rent`:
/// `⌊share × undelivered_rent⌋` once more than `free_seconds` are undelivered, else nothing.
/// Never more than `⌊share × rent of the whole⌋`, which is what a booking commits.
pub fn penalty(
	share: Perbill,
	free_seconds: u64,
	undelivered: u64,
	undelivered_rent: u128,
) -> u128 {
	if undelivered <= free_seconds {
		return 0;
	}
	share.mul_floor(undelivered_rent)
}

/// What there is to pay at one settlement, from totals.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Settlement {
	/// To the owner.
	pub to_payee: u128,
	/// To the treasury.
	pub to_protocol: u128,
}

impl Settlement {
	/// The difference between what is due in total, `gross` with the protocol's `share` of it, and what
	/// was paid before. Zero, twice, when nothing was added.
	pub fn new(
		gross: u128,
		share: Perbill,
		paid_to_payee: u128,
		paid_to_protocol: u128,
	) -> Result<Self, MathError> {
		let protocol = protocol_fee(share, gross);
		let payee = gross.checked_sub(protocol).ok_or(MathError::Underflow)?;
		Ok(Self {
			to_payee: payee.checked_sub(paid_to_payee).ok_or(MathError::Underflow)?,
			to_protocol: protocol.checked_sub(paid_to_protocol).ok_or(MathError::Underflow)?,
		})
	}
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	#[test]
	fn seven_of_ten_minutes_earn_seven_units() {
		assert_eq!(earned(1_000, 60, 420), Ok(7_000));
		assert_eq!(earned(1_000, 3_600, 1), Ok(0));
		assert_eq!(window_rent(1_000, 3_600, 1), Ok(1));
		assert_eq!(earned(1, 0, 1), Err(MathError::DivisionByZero));
		assert_eq!(earned(u128::MAX, 1, 2), Err(MathError::Overflow));
		assert_eq!(rent(2, u128::MAX), Err(MathError::Overflow));
	}

	#[test]
	fn penalty_starts_above_the_free_share() {
		assert_eq!(penalty(Perbill::from_percent(50), 60, 60, 1_000), 0);
		assert_eq!(penalty(Perbill::from_percent(50), 60, 61, 1_000), 500);
		assert_eq!(penalty(Perbill::from_percent(50), 0, 0, 0), 0);
	}

	proptest! {
		#[test]
		fn how_often_it_is_settled_changes_nothing(
			price in 0u128..1 << 90,
			unit in 1u32..100_000,
			share in 0u32..=1_000_000_000,
			mut moments in proptest::collection::vec(0u64..40_000_000, 1..20),
		) {
			let share = Perbill::from_parts(share);
			moments.sort_unstable();
			let (mut payee, mut protocol) = (0u128, 0u128);
			for seconds in &moments {
				let step = Settlement::new(earned(price, unit, *seconds).unwrap(), share, payee, protocol)
					.unwrap();
				payee += step.to_payee;
				protocol += step.to_protocol;
			}
			let last = *moments.last().unwrap();
			let gross = earned(price, unit, last).unwrap();
			prop_assert_eq!(payee + protocol, gross);
			prop_assert_eq!(protocol, protocol_fee(share, gross));
		}

		#[test]
		fn whole_units_earn_their_price(price in 0u128..1 << 90, unit in 1u32..100_000, units in 0u64..10_000) {
			let seconds = units * u64::from(unit);
			prop_assert_eq!(earned(price, unit, seconds).unwrap(), rent(units, price).unwrap());
			prop_assert_eq!(window_rent(price, unit, seconds).unwrap(), rent(units, price).unwrap());
		}

		#[test]
		fn committed_bond_covers_every_penalty(
			price in 0u128..1 << 90,
			unit in 1u32..100_000,
			total in 1u64..40_000_000,
			served in 0u64..40_000_000,
			share in 0u32..=1_000_000_000,
			free in 0u64..40_000_000,
		) {
			let served = served.min(total);
			let share = Perbill::from_parts(share);
			let pot = window_rent(price, unit, total).unwrap();
			let undelivered = pot - earned(price, unit, served).unwrap();
			let owed = penalty(share, free, total - served, undelivered);
			prop_assert!(owed <= share.mul_floor(pot));
		}
	}
}

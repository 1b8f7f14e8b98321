// SPDX-License-Identifier: Apache-2.0

//! What a tenant gets back when it leaves: whole units, never money.

use crate::{accrual::window_rent, MathError};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_arithmetic::Perbill;

/// One step of a cancellation ladder: with at least `notice` seconds left to the start, cancelling
/// costs `share` of the units.
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
pub struct CancellationStep {
	/// Seconds left to the start.
	pub notice: u32,
	/// Share of the units that the owner is paid for.
	pub share: Perbill,
}

impl CancellationStep {
	/// What cancelling costs with `notice` seconds left: the share of the first step that is met, all
	/// if none is. `ladder` has the longest notice first.
	pub fn share_at(ladder: &[Self], notice: u64) -> Perbill {
		ladder
			.iter()
			.find(|step| u64::from(step.notice) <= notice)
			.map_or(Perbill::one(), |step| step.share)
	}

	/// Whether the ladder has falling notices and shares that never fall, each at least `least`: then
	/// waiting never pays.
	pub fn is_ladder(ladder: &[Self], least: Perbill) -> bool {
		ladder.iter().all(|step| step.share >= least)
			&& ladder.iter().zip(ladder.iter().skip(1)).all(|(earlier, later)| {
				earlier.notice > later.notice && earlier.share <= later.share
			})
	}
}

/// Units that go back to a tenant that cancels: `⌊units × (1 − share)⌋`, the rest is the owner's.
pub fn cancelled_units(units: u64, share: Perbill) -> Result<u64, MathError> {
	units.checked_sub(share.mul_ceil(units)).ok_or(MathError::Underflow)
}

/// What a tenant's early end leaves of a lease.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EarlyEnd {
	/// Whole unused units, which go back to the tenant.
	pub returned_units: u64,
	/// Part of the escrow that stands behind the time up to the new end.
	pub pot: u128,
	/// The rest: what is left of a unit that was begun and can't be sold again, and of the units that
	/// leaving costs.
	pub rounding: u128,
}

/// Splits the escrow of a lease of `units` that now ends after `kept_seconds`. No more than
/// `most_returned` units go back: what the last moment before the start would have given, so that
/// waiting for the start never pays. Units, pot and rounding
/// add up to `units × unit_price` exactly.
pub fn early_end(
	units: u64,
	unit_seconds: u32,
	unit_price: u128,
	kept_seconds: u64,
	most_returned: u64,
) -> Result<EarlyEnd, MathError> {
	if unit_seconds == 0 {
		return Err(MathError::DivisionByZero);
	}
	let used_units = kept_seconds.div_ceil(unit_seconds.into());
	let unused_units = units.checked_sub(used_units).ok_or(MathError::Underflow)?;
	let returned_units = unused_units.min(most_returned);
	let kept_units = units.checked_sub(returned_units).ok_or(MathError::Underflow)?;
	let pot = window_rent(unit_price, unit_seconds, kept_seconds)?;
	let rounding =
		crate::rent(kept_units, unit_price)?.checked_sub(pot).ok_or(MathError::Underflow)?;
	Ok(EarlyEnd { returned_units, pot, rounding })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	const DAY: u32 = 86_400;

	fn ladder() -> [CancellationStep; 3] {
		[(7 * DAY, 1), (DAY, 20), (0, 50)].map(|(notice, percent)| CancellationStep {
			notice,
			share: Perbill::from_percent(percent),
		})
	}

	#[test]
	fn ladder_takes_the_first_step_that_is_met() {
		let share = |notice: u32| CancellationStep::share_at(&ladder(), notice.into());
		assert_eq!(share(8 * DAY), Perbill::from_percent(1));
		assert_eq!(share(7 * DAY), Perbill::from_percent(1));
		assert_eq!(share(7 * DAY - 1), Perbill::from_percent(20));
		assert_eq!(share(0), Perbill::from_percent(50));
		assert_eq!(CancellationStep::share_at(&ladder()[..2], 5), Perbill::one());
		assert_eq!(CancellationStep::share_at(&[], 5), Perbill::one());
	}

	#[test]
	fn ladder_where_waiting_pays_is_none() {
		assert!(CancellationStep::is_ladder(&ladder(), Perbill::from_percent(1)));
		assert!(!CancellationStep::is_ladder(&ladder(), Perbill::from_percent(2)));
		let mut reversed = ladder();
		reversed.reverse();
		assert!(!CancellationStep::is_ladder(&reversed, Perbill::zero()));
		assert!(CancellationStep::is_ladder(&[], Perbill::one()));
	}

	#[test]
	fn cancelling_is_never_free() {
		assert_eq!(cancelled_units(10, Perbill::from_percent(1)), Ok(9));
		assert_eq!(cancelled_units(1, Perbill::from_percent(1)), Ok(0));
		assert_eq!(cancelled_units(10, Perbill::one()), Ok(0));
		assert_eq!(cancelled_units(10, Perbill::zero()), Ok(10));
	}

	#[test]
	fn early_end_gives_whole_units_back() {
		// Ten hours at 3,600 each, ended after two hours and a half.
		assert_eq!(
			early_end(10, 3_600, 3_600, 9_000, 10),
			Ok(EarlyEnd { returned_units: 7, pot: 9_000, rounding: 1_800 })
		);
		assert_eq!(early_end(1, 60, 1, 61, 1), Err(MathError::Underflow));
		// The ladder's last step costs half: five hours go back, and half an hour and two are paid for.
		assert_eq!(
			early_end(10, 3_600, 3_600, 9_000, 5),
			Ok(EarlyEnd { returned_units: 5, pot: 9_000, rounding: 9_000 })
		);
	}

	proptest! {
		#[test]
		fn nothing_is_lost_at_an_early_end(
			units in 1u64..100_000,
			unit in 1u32..100_000,
			price in 0u128..1 << 90,
			kept in 0u64..u64::MAX,
			most in 0u64..100_000,
		) {
			let kept = kept % (units * u64::from(unit) + 1);
			let end = early_end(units, unit, price, kept, most).unwrap();
			let whole = crate::rent(units, price).unwrap();
			prop_assert_eq!(
				crate::rent(end.returned_units, price).unwrap() + end.pot + end.rounding,
				whole
			);
			prop_assert!(crate::earned(price, unit, kept).unwrap() <= end.pot);
		}

		#[test]
		fn waiting_never_pays(a in 0u64..2_000_000, b in 0u64..2_000_000, units in 0u64..1_000_000) {
			let (early, late) = (a.max(b), a.min(b));
			let back = |notice| {
				cancelled_units(units, CancellationStep::share_at(&ladder(), notice)).unwrap()
			};
			prop_assert!(back(late) <= back(early));
		}
	}
}

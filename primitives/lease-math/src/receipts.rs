// SPDX-License-Identifier: Apache-2.0

//! What is whose at the close of a lease that is paid by receipts of its tenant.
//!
//! Time that the tenant signed for is paid. Nobody can prove who is to blame for the rest, so that the
//! tenant gets it back as units, less a share for which the device was kept free for it. What is less
//! than a unit can't go back as one: it goes back in money, at a share that no redemption falls below.

use crate::{earned, rent, window_rent, MathError};
use sp_arithmetic::Perbill;

/// A lease that is paid by receipts, once no more of them count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ReceiptLease {
	/// Units staked in it.
	pub units: u64,
	/// Seconds that one unit stands for.
	pub unit_seconds: u32,
	/// Price of one unit.
	pub unit_price: u128,
	/// Seconds that the tenant signed for, at most the length of the lease.
	pub signed: u64,
	/// Seconds up to its end that the tenant did not sign for.
	pub unsigned: u64,
	/// Seconds behind its end that its owner cut off.
	pub cut_off: u64,
	/// Part of the rent that leaving it costs at least; nothing if its tenant did not leave.
	pub least_share: Perbill,
	/// What time without signature costs the tenant, as a share of its rent.
	pub reservation_share: Perbill,
	/// What a part of a unit gives back, as a share of its price.
	pub fraction_share: Perbill,
}

/// How the escrow of a lease is split. `gross + refunded + returned_units × unit_price` is the escrow,
/// exactly.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ReceiptSplit {
	/// Whole units that go back to the tenant.
	pub returned_units: u64,
	/// What is the payee's in all, protocol share included.
	pub gross: u128,
	/// What goes back to the tenant in money: time that was cut off, at par, and the part of a unit.
	pub refunded: u128,
}

impl ReceiptLease {
	/// What is whose.
	///
	/// The payee's: `⌊price × signed ÷ unit⌋ + ⌊reservation share × rent of the unsigned time⌋`, at least
	/// `⌈least share × rent⌉`, and of the part of a unit that can't go back what is not its tenant's.
	pub fn split(&self) -> Result<ReceiptSplit, MathError> {
		let escrowed = rent(self.units, self.unit_price)?;
		let refund_at_par = earned(self.unit_price, self.unit_seconds, self.cut_off)?.min(escrowed);
		let rest = escrowed.checked_sub(refund_at_par).ok_or(MathError::Underflow)?;
		let kept = self.kept()?.min(rest);
		let back = rest.checked_sub(kept).ok_or(MathError::Underflow)?;

		let whole = back.checked_div(self.unit_price).unwrap_or(0);
		let returned_units = u64::try_from(whole).map_err(|_| MathError::Overflow)?;
		let fraction =
			back.checked_sub(rent(returned_units, self.unit_price)?).ok_or(MathError::Underflow)?;
		let of_fraction = self.fraction_share.mul_floor(fraction);
		let gross = fraction
			.checked_sub(of_fraction)
			.and_then(|forgone| kept.checked_add(forgone))
			.ok_or(MathError::Overflow)?;
		let refunded = refund_at_par.checked_add(of_fraction).ok_or(MathError::Overflow)?;
		Ok(ReceiptSplit { returned_units, gross, refunded })
	}

	fn kept(&self) -> Result<u128, MathError> {
		let signed = earned(self.unit_price, self.unit_seconds, self.signed)?;
		let unsigned = window_rent(self.unit_price, self.unit_seconds, self.unsigned)?;
		let by_time = signed
			.checked_add(self.reservation_share.mul_floor(unsigned))
			.ok_or(MathError::Overflow)?;
		Ok(by_time.max(self.least_share.mul_ceil(rent(self.units, self.unit_price)?)))
	}
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	const TENTH: Perbill = Perbill::from_percent(10);

	/// Ten hours at 3,600 each.
	fn lease() -> ReceiptLease {
		ReceiptLease {
			units: 10,
			unit_seconds: 3_600,
			unit_price: 3_600,
			signed: 36_000,
			unsigned: 0,
			cut_off: 0,
			least_share: Perbill::zero(),
			reservation_share: TENTH,
			fraction_share: Perbill::from_percent(90),
		}
	}

	#[test]
	fn signed_time_is_paid() {
		assert_eq!(
			lease().split(),
			Ok(ReceiptSplit { returned_units: 0, gross: 36_000, refunded: 0 })
		);
	}

	#[test]
	fn unsigned_time_goes_back_but_a_share() {
		let nothing_signed = ReceiptLease { signed: 0, unsigned: 36_000, ..lease() };
		assert_eq!(
			nothing_signed.split(),
			Ok(ReceiptSplit { returned_units: 9, gross: 3_600, refunded: 0 })
		);
		// Seven hours are paid and a tenth of three: 27 of 36 minutes are less than a unit.
		let seven_signed = ReceiptLease { signed: 25_200, unsigned: 10_800, ..lease() };
		assert_eq!(
			seven_signed.split(),
			Ok(ReceiptSplit { returned_units: 2, gross: 26_280 + 252, refunded: 2_268 })
		);
	}

	#[test]
	fn what_the_owner_cut_off_goes_back_at_par() {
		let revoked = ReceiptLease { signed: 18_000, cut_off: 18_000, ..lease() };
		assert_eq!(
			revoked.split(),
			Ok(ReceiptSplit { returned_units: 0, gross: 18_000, refunded: 18_000 })
		);
	}

	#[test]
	fn leaving_costs_what_cancelling_would() {
		let left = ReceiptLease {
			signed: 0,
			unsigned: 60,
			least_share: Perbill::from_percent(5),
			..lease()
		};
		// 5 % of 36,000 is half a unit; of the other half a tenth is lost.
		assert_eq!(
			left.split(),
			Ok(ReceiptSplit { returned_units: 9, gross: 1_980, refunded: 1_620 })
		);
	}

	fn leases() -> impl Strategy<Value = ReceiptLease> {
		(
			(1u64..10_000, 1u32..100_000, 0u128..1 << 90),
			(0u64..u64::MAX, 0u64..u64::MAX, 0u64..u64::MAX),
			(0u32..=100_000_000, 0u32..=100_000_000, 900_000_000u32..=1_000_000_000),
		)
			.prop_map(|((units, unit_seconds, unit_price), times, shares)| {
				let whole = units * u64::from(unit_seconds);
				let length = times.0 % (whole + 1);
				let signed = times.1 % (length + 1);
				let unsigned = times.2 % (length - signed + 1);
				let cut_off = if times.2 % 3 == 0 { whole - length } else { 0 };
				let reservation_share = Perbill::from_parts(shares.0);
				ReceiptLease {
					units,
					unit_seconds,
					unit_price,
					signed,
					unsigned,
					cut_off,
					least_share: Perbill::from_parts(shares.1.min(shares.0)),
					reservation_share,
					fraction_share: Perbill::from_parts(shares.2),
				}
			})
	}

	/// What the tenant has afterwards, a unit at its price.
	fn tenants(lease: &ReceiptLease) -> u128 {
		let split = lease.split().unwrap();
		split.refunded + rent(split.returned_units, lease.unit_price).unwrap()
	}

	proptest! {
		#[test]
		fn nothing_is_lost(lease in leases()) {
			let split = lease.split().unwrap();
			prop_assert_eq!(split.gross + tenants(&lease), rent(lease.units, lease.unit_price).unwrap());
			prop_assert!(split.gross >= earned(lease.unit_price, lease.unit_seconds, lease.signed).unwrap());
		}

		#[test]
		fn money_without_fault_of_the_owner_is_less_than_a_unit(lease in leases()) {
			let at_par = earned(lease.unit_price, lease.unit_seconds, lease.cut_off).unwrap();
			let split = lease.split().unwrap();
			let most = lease.fraction_share.mul_floor(lease.unit_price);
			prop_assert!(split.refunded <= at_par + most);
		}

		#[test]
		fn signing_and_staying_never_give_more_back(lease in leases(), more in 0u64..1_000_000) {
			// A second that was not signed for is signed; a second more passes without a signature.
			let signed = more.min(lease.unsigned);
			let later =
				ReceiptLease { signed: lease.signed + signed, unsigned: lease.unsigned - signed, ..lease };
			// The part of a unit gives at most a tenth less.
			let slack = lease.unit_price / 10 + 2;
			prop_assert!(tenants(&later) <= tenants(&lease) + slack);
			let longer = ReceiptLease { unsigned: lease.unsigned + more, ..lease };
			prop_assert!(tenants(&longer) <= tenants(&lease) + slack);
		}
	}
}

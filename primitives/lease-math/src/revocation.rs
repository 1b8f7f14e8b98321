// SPDX-License-Identifier: Apache-2.0

//! What it costs an owner to take a lease back.
//!
//! A lease that runs is cut off: the time behind its new end counts as undelivered, and
//! [`penalty`](crate::penalty) of all undelivered time is what the owner owes. So revoking costs
//! exactly what not serving the same time would.

use sp_arithmetic::Perbill;

/// `⌊share × rent⌋`: what the owner owes for taking back a lease that has not begun. It is what a
/// booking commits.
pub fn revoked_before_start(share: Perbill, rent: u128) -> u128 {
	share.mul_floor(rent)
}

/// Seconds of a lease that its owner did not deliver, when `proven` of the `seconds` up to its end are
/// proven and `cut_off` behind that were taken back.
pub fn undelivered(seconds: u64, cut_off: u64, proven: u64) -> u64 {
	seconds.saturating_sub(proven).saturating_add(cut_off)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
	use super::*;
	use crate::{cancelled_units, early_end, earned, penalty, rent, window_rent};
	use proptest::prelude::*;

	#[test]
	fn taking_back_costs_the_share_of_the_rent() {
		assert_eq!(revoked_before_start(Perbill::from_percent(50), 10_001), 5_000);
		assert_eq!(undelivered(600, 0, 420), 180);
		assert_eq!(undelivered(600, 300, 420), 480);
		assert_eq!(undelivered(600, 300, 700), 300);
	}

	/// A lease of `units` that is cut off after `kept` seconds, of which `proven` are served.
	#[derive(Debug)]
	struct Revoked {
		price: u128,
		unit: u32,
		units: u64,
		kept: u64,
		proven: u64,
		share: Perbill,
		free: u64,
	}

	impl Revoked {
		fn whole(&self) -> u64 {
			self.units * u64::from(self.unit)
		}

		fn escrowed(&self) -> u128 {
			rent(self.units, self.price).unwrap()
		}

		/// As it is computed at the close, from the lease's pot.
		fn penalty(&self, pot: u128, kept: u64) -> u128 {
			let seconds = undelivered(kept, self.whole() - self.kept, self.proven);
			penalty(self.share, self.free, seconds, pot - self.earned())
		}

		fn earned(&self) -> u128 {
			earned(self.price, self.unit, self.proven).unwrap()
		}

		fn bond(&self) -> u128 {
			self.share.mul_floor(self.escrowed())
		}
	}

	fn revoked() -> impl Strategy<Value = Revoked> {
		(
			(0u128..1 << 90, 1u32..100_000, 1u64..10_000),
			(0u64..u64::MAX, 0u64..u64::MAX),
			(0u32..=1_000_000_000, 0u64..40_000_000),
		)
			.prop_map(|((price, unit, units), (kept, proven), (share, free))| {
				let kept = kept % (units * u64::from(unit)) + 1;
				let share = Perbill::from_parts(share);
				Revoked { price, unit, units, kept, proven: proven % (kept + 1), share, free }
			})
	}

	proptest! {
		#[test]
		fn owner_pays_no_more_than_its_bond_and_tenant_gets_no_more_than_there_is(lease in revoked()) {
			let penalty = lease.penalty(lease.escrowed(), lease.kept);
			prop_assert!(penalty <= lease.bond());
			let refunded = lease.escrowed() - lease.earned();
			prop_assert!(refunded + penalty <= lease.escrowed() + lease.bond());
			prop_assert!(revoked_before_start(lease.share, lease.escrowed()) <= lease.bond());
		}

		#[test]
		fn revoking_costs_what_not_serving_would(lease in revoked()) {
			let undelivered = lease.whole() - lease.proven;
			let rent = window_rent(lease.price, lease.unit, lease.whole()).unwrap() - lease.earned();
			let silent = penalty(lease.share, lease.free, undelivered, rent);
			prop_assert_eq!(lease.penalty(lease.escrowed(), lease.kept), silent);
			prop_assert!(revoked_before_start(lease.share, lease.escrowed()) >= silent);
		}

		#[test]
		fn tenant_that_leaves_after_a_revocation_gains_nothing(
			lease in revoked(),
			left in 0u64..u64::MAX,
			last_step in 0u32..=1_000_000_000,
		) {
			// It leaves before the new end: what lies between turns into units, what was cut off not.
			let left = lease.proven + left % (lease.kept - lease.proven + 1);
			let cut_off = lease.whole() - lease.kept;
			let most = cancelled_units(lease.units, Perbill::from_parts(last_step)).unwrap();
			let end =
				early_end(lease.units, lease.unit, lease.price, left + cut_off, most).unwrap();
			let returned = rent(end.returned_units, lease.price).unwrap();
			prop_assert_eq!(returned + end.pot + end.rounding, lease.escrowed());
			prop_assert!(end.returned_units * u64::from(lease.unit) <= lease.kept - left);
			prop_assert!(lease.penalty(end.pot, left) <= lease.penalty(lease.escrowed(), lease.kept));
		}
	}
}

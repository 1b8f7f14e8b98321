// SPDX-License-Identifier: Apache-2.0

//! What closing a lease earns that nobody else touched.

use sp_arithmetic::Perbill;

/// `⌊share × protocol⌋`, at most `unpaid`: the keeper's part of what is the protocol's in all, out of
/// what of that was not paid before. So it never costs anybody but the protocol anything.
pub fn keeper_reward(share: Perbill, protocol: u128, unpaid: u128) -> u128 {
	share.mul_floor(protocol).min(unpaid)
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	#[test]
	fn fifth_of_the_share_goes_to_the_keeper() {
		let fifth = Perbill::from_percent(20);
		assert_eq!(keeper_reward(fifth, 500, 500), 100);
		assert_eq!(keeper_reward(fifth, 500, 30), 30);
		assert_eq!(keeper_reward(fifth, 4, 4), 0);
		assert_eq!(keeper_reward(fifth, 500, 0), 0);
	}

	proptest! {
		#[test]
		fn reward_is_never_more_than_the_protocol_still_gets(
			share in 0u32..=1_000_000_000,
			protocol in 0u128..1 << 100,
			unpaid in 0u128..1 << 100,
		) {
			let reward = keeper_reward(Perbill::from_parts(share), protocol, unpaid);
			prop_assert!(reward <= protocol && reward <= unpaid);
		}
	}
}

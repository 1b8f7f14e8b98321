// SPDX-License-Identifier: Apache-2.0

use super::*;
use crate::{Bonds, HoldReason::OwnerBond};

#[test]
fn bond_goes_on_hold_and_back() {
	ExtBuilder::default().bond(0).build_and_execute(|| {
		assert_ok!(LeaseEscrow::bond(signed(OWNER), 300));
		assert_ok!(LeaseEscrow::bond(signed(OWNER), 200));
		assert_eq!(bond_of(OWNER), crate::OwnerBond { held: 500, committed: 0 });
		assert_eq!(held(OwnerBond, OWNER), 500);
		assert_eq!(free(OWNER), RICH - 500);
		assert_ok!(LeaseEscrow::unbond(signed(OWNER), 500));
		assert_eq!(free(OWNER), RICH);
		assert!(!Bonds::<Runtime>::contains_key(OWNER));
		assert_eq!(
			events(),
			[
				Event::BondDeposited { owner: OWNER, amount: 300 },
				Event::BondDeposited { owner: OWNER, amount: 200 },
				Event::BondWithdrawn { owner: OWNER, amount: 500 },
			]
		);
	});
}

#[test]
fn bond_of_nothing_is_refused() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(LeaseEscrow::bond(signed(OWNER), 0), Error::<Runtime>::ZeroAmount);
		assert_noop!(LeaseEscrow::unbond(signed(OWNER), 0), Error::<Runtime>::ZeroAmount);
	});
}

#[test]
fn bond_leaves_an_existential_deposit() {
	ExtBuilder::default().bond(0).balance(OWNER, 100).build_and_execute(|| {
		assert_noop!(
			LeaseEscrow::bond(signed(OWNER), 100 - ED + 1),
			Error::<Runtime>::BalanceTooLow
		);
		assert_noop!(
			LeaseEscrow::bond(signed(OWNER), Balance::MAX),
			Error::<Runtime>::BalanceTooLow
		);
		assert_ok!(LeaseEscrow::bond(signed(OWNER), 100 - ED));
	});
}

#[test]
fn committed_bond_stays() {
	ExtBuilder::default().bond(6_000).build_and_execute(|| {
		let id = rent(10);
		assert_eq!(bond_of(OWNER), crate::OwnerBond { held: 6_000, committed: 5_000 });
		assert_noop!(LeaseEscrow::unbond(signed(OWNER), 1_001), Error::<Runtime>::BondNotFree);
		assert_ok!(LeaseEscrow::unbond(signed(OWNER), 1_000));
		serve_until(START + 600);
		assert!(crate::Leases::<Runtime>::get(id).is_none());
		assert_ok!(LeaseEscrow::unbond(signed(OWNER), 5_000));
	});
}

#[test]
fn nobody_unbonds_what_it_has_not() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(LeaseEscrow::unbond(signed(OTHER), 1), Error::<Runtime>::BondNotFree);
	});
}

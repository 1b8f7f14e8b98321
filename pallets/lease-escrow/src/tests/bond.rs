// SPDX-License-Identifier: Apache-2.0

use super::*;
use crate::{Bonds, HoldReason::OwnerBond, Unbondings, MAX_UNBONDINGS};
use tenure_primitives::traits::LeaseBook;

/// How long bond is on its way back.
const DELAY: Moment = 7 * DAY;

#[test]
fn bond_goes_on_hold_and_back() {
	ExtBuilder::default().bond(0).build_and_execute(|| {
		assert_ok!(LeaseEscrow::bond(signed(OWNER), 300));
		assert_ok!(LeaseEscrow::bond(signed(OWNER), 200));
		assert_eq!(bond_of(OWNER), crate::OwnerBond { held: 500, committed: 0 });
		assert_eq!(held(OwnerBond, OWNER), 500);
		assert_eq!(free(OWNER), RICH - 500);
		assert_ok!(LeaseEscrow::unbond(signed(OWNER), 500));
		let due = START + DELAY;
		// Still on hold, but behind no lease.
		assert!(!Bonds::<Runtime>::contains_key(OWNER));
		assert_eq!((held(OwnerBond, OWNER), free(OWNER)), (500, RICH - 500));
		set_time(due - 1);
		assert_noop!(
			LeaseEscrow::withdraw_unbonded(signed(OWNER)),
			Error::<Runtime>::NothingToWithdraw
		);
		set_time(due);
		assert_ok!(LeaseEscrow::withdraw_unbonded(signed(OWNER)));
		assert_eq!((held(OwnerBond, OWNER), free(OWNER)), (0, RICH));
		assert!(!Unbondings::<Runtime>::contains_key(OWNER));
		assert_eq!(
			events(),
			[
				Event::BondDeposited { owner: OWNER, amount: 300 },
				Event::BondDeposited { owner: OWNER, amount: 200 },
				Event::BondUnlocking { owner: OWNER, amount: 500, due },
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
fn parts_of_a_bond_are_worth_an_existential_deposit() {
	ExtBuilder::default().bond(5_005).build_and_execute(|| {
		let small = sp_runtime::DispatchError::from(Error::<Runtime>::AmountTooSmall);
		assert_noop!(LeaseEscrow::bond(signed(OTHER), ED - 1), small);
		assert_ok!(LeaseEscrow::bond(signed(OTHER), ED));
		assert_noop!(LeaseEscrow::unbond(signed(OWNER), ED - 1), small);
		assert_ok!(LeaseEscrow::unbond(signed(OWNER), ED));
		assert_ok!(LeaseEscrow::bond(signed(OWNER), ED));
		rent(10);
		// All that is free, however little.
		assert_noop!(LeaseEscrow::unbond(signed(OWNER), 4), small);
		assert_noop!(LeaseEscrow::unbond(signed(OWNER), 6), Error::<Runtime>::BondNotFree);
		assert_ok!(LeaseEscrow::unbond(signed(OWNER), 5));
		assert_eq!(bond_of(OWNER), crate::OwnerBond { held: 5_000, committed: 5_000 });
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

#[test]
fn bond_on_its_way_back_stands_behind_nothing() {
	ExtBuilder::default().bond(6_000).build_and_execute(|| {
		assert!(LeaseEscrow::is_to_be_had(DEVICE, 6_000));
		assert_ok!(LeaseEscrow::unbond(signed(OWNER), 2_000));
		assert!(!LeaseEscrow::is_to_be_had(DEVICE, 4_001));
		assert!(LeaseEscrow::is_to_be_had(DEVICE, 4_000));
		assert_eq!(
			LeaseEscrow::quote(TENANT, SERIES, DEVICE, None, 9, None),
			Err(Error::<Runtime>::OwnerBondTooSmall.into())
		);
		rent(8);
		assert_noop!(LeaseEscrow::unbond(signed(OWNER), 1), Error::<Runtime>::BondNotFree);
	});
}

#[test]
fn parts_come_back_each_in_its_time() {
	ExtBuilder::default().build_and_execute(|| {
		let parts = Moment::from(MAX_UNBONDINGS);
		for part in 0..parts {
			set_time(START + part);
			assert_ok!(LeaseEscrow::unbond(signed(OWNER), 100));
		}
		assert_noop!(LeaseEscrow::unbond(signed(OWNER), 100), Error::<Runtime>::TooManyUnbondings);
		set_time(START + DELAY + 2);
		assert_ok!(LeaseEscrow::withdraw_unbonded(signed(OWNER)));
		assert_eq!(last_event(), Event::BondWithdrawn { owner: OWNER, amount: 300 });
		assert_eq!(held(OwnerBond, OWNER), BOND - 300);
		assert_ok!(LeaseEscrow::unbond(signed(OWNER), 100));
		set_time(START + 3 * DELAY);
		assert_ok!(LeaseEscrow::withdraw_unbonded(signed(OWNER)));
		assert_eq!(held(OwnerBond, OWNER), BOND - 900);
		assert_eq!(free(OWNER), RICH - BOND + 900);
	});
}

#[test]
fn nobody_withdraws_what_it_did_not_take_back() {
	ExtBuilder::default().build_and_execute(|| {
		set_time(START + 2 * DELAY);
		for who in [OWNER, OTHER] {
			assert_noop!(
				LeaseEscrow::withdraw_unbonded(signed(who)),
				Error::<Runtime>::NothingToWithdraw
			);
		}
	});
}

#[test]
fn penalty_does_not_reach_what_is_on_its_way_back() {
	ExtBuilder::default().bond(6_000).build_and_execute(|| {
		rent(10);
		assert_ok!(LeaseEscrow::unbond(signed(OWNER), 1_000));
		pass_until(START + 1_200);
		assert_eq!(bond_of(OWNER), crate::OwnerBond::default());
		assert_eq!(held(OwnerBond, OWNER), 1_000);
		set_time(START + DELAY);
		assert_ok!(LeaseEscrow::withdraw_unbonded(signed(OWNER)));
	});
}

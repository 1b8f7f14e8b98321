// SPDX-License-Identifier: Apache-2.0

//! Devices that change hands: who serves and who is paid.

use super::*;
use crate::{HoldReason, OwnerBond};
use tenure_primitives::traits::DeviceLeases;

fn bonded(who: AccountId, amount: Balance) {
	assert_ok!(LeaseEscrow::bond(signed(who), amount));
	System::reset_events();
}

#[test]
fn owner_at_the_time_of_booking_serves_and_is_paid() {
	ExtBuilder::default().build_and_execute(|| {
		bonded(OTHER, 6_000);
		assert_eq!(Neighbours::transfer(DEVICE, OTHER), Ok(0));
		// The series is still that of its maker; its bond is not asked.
		let id = rent(10);
		assert_eq!(lease(id).payee, OTHER);
		assert_eq!(bond_of(OTHER), OwnerBond { held: 6_000, committed: 5_000 });
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND, committed: 0 });
		serve_until(START + 600);
		assert_eq!(total(OTHER), RICH + 9_500);
		assert_eq!(total(OWNER), RICH);
	});
}

#[test]
fn bond_that_is_asked_is_the_present_owners() {
	ExtBuilder::default().build_and_execute(|| {
		bonded(OTHER, 4_999);
		assert_ok!(Neighbours::transfer(DEVICE, OTHER));
		assert_noop!(
			LeaseEscrow::rent(
				signed(TENANT),
				SERIES,
				DEVICE,
				None,
				10,
				Balance::MAX,
				TEXT,
				key_of(TENANT),
				None
			),
			Error::<Runtime>::OwnerBondTooSmall
		);
		// The maker of the series may rent it, its new owner may not.
		rent_at(OWNER, None, 9);
		assert_noop!(
			LeaseEscrow::rent(
				signed(OTHER),
				SERIES,
				DEVICE,
				Some(START + HOUR),
				1,
				Balance::MAX,
				TEXT,
				key_of(OTHER),
				None
			),
			Error::<Runtime>::OwnDevice
		);
	});
}

#[test]
fn leases_ahead_go_to_the_new_owner_and_running_ones_stay() {
	ExtBuilder::default().build_and_execute(|| {
		bonded(OTHER, 10_000);
		let running = rent(10);
		let starting = rent_at(TENANT, Some(START + 600), 4);
		let ahead = [1, 2].map(|hours| rent_at(TENANT, Some(START + hours * HOUR), 10));
		serve_until(START + 600);
		assert_eq!(bond_of(OWNER).committed, 2_000 + 10_000);
		System::reset_events();

		// The first is over and not closed everywhere, the second begins this second.
		assert_eq!(Neighbours::transfer(DEVICE, OTHER), Ok(2));
		assert_eq!(events(), ahead.map(|lease| Event::LeasePayeeChanged { lease, payee: OTHER }));
		assert!(crate::Leases::<Runtime>::get(running).is_none());
		assert_eq!(lease(starting).payee, OWNER);
		assert!(ahead.iter().all(|id| lease(*id).payee == OTHER));
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND, committed: 2_000 });
		assert_eq!(bond_of(OTHER), OwnerBond { held: 10_000, committed: 10_000 });
		assert_eq!(held(HoldReason::OwnerBond, OTHER), 10_000);
		assert_ok!(LeaseEscrow::do_try_state());

		serve_until(START + 840);
		assert_eq!(total(OWNER), RICH + 9_500 + 3_800);
		pass_until(START + HOUR);
		heartbeat(DEVICE);
		serve_until(START + HOUR + 600);
		assert_eq!(total(OTHER), RICH + 9_500);
		// The new owner answers for the last one.
		pass_until(START + 3 * HOUR);
		assert_eq!(total(OTHER), RICH + 9_500 - 5_000);
		assert_eq!(bond_of(OTHER), OwnerBond { held: 5_000, committed: 0 });
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND, committed: 0 });
	});
}

#[test]
fn new_owner_without_the_bond_is_refused_whole() {
	ExtBuilder::default().build_and_execute(|| {
		bonded(OTHER, 9_990);
		for hours in [1, 2] {
			rent_at(TENANT, Some(START + hours * HOUR), 10);
		}
		assert_noop!(Neighbours::transfer(DEVICE, OTHER), Error::<Runtime>::OwnerBondTooSmall);
		assert_eq!(bond_of(OTHER), OwnerBond { held: 9_990, committed: 0 });
		assert_ok!(LeaseEscrow::bond(signed(OTHER), ED));
		assert_eq!(Neighbours::transfer(DEVICE, OTHER), Ok(2));
		// Freed with the old owner, who can take it back.
		assert_ok!(LeaseEscrow::unbond(signed(OWNER), BOND));
	});
}

#[test]
fn device_that_comes_back_brings_its_leases() {
	ExtBuilder::default().build_and_execute(|| {
		bonded(OTHER, 5_000);
		let id = rent_at(TENANT, Some(START + HOUR), 10);
		assert_eq!(Neighbours::transfer(DEVICE, OTHER), Ok(1));
		assert_eq!(Neighbours::transfer(DEVICE, OWNER), Ok(1));
		assert_eq!(lease(id).payee, OWNER);
		// To oneself changes nothing, whole bond committed or not.
		assert_ok!(LeaseEscrow::unbond(signed(OWNER), BOND - 5_000));
		assert_eq!(LeaseEscrow::handed_over(DEVICE, &OWNER, Balance::MAX), Ok(1));
		assert_eq!(bond_of(OWNER), OwnerBond { held: 5_000, committed: 5_000 });
		assert_eq!(bond_of(OTHER), OwnerBond { held: 5_000, committed: 0 });
	});
}

#[test]
fn lease_without_a_bond_moves_too() {
	ExtBuilder::default()
		.bond(0)
		.terms(|terms| terms.owner_penalty = sp_runtime::Perbill::zero())
		.build_and_execute(|| {
			let id = rent_at(TENANT, Some(START + HOUR), 10);
			assert_eq!(Neighbours::transfer(DEVICE, OTHER), Ok(1));
			assert_eq!(lease(id).payee, OTHER);
			assert!(!crate::Bonds::<Runtime>::contains_key(OTHER));
		});
}

#[test]
fn tenant_that_becomes_the_owner_pays_itself() {
	// Served: its own rent comes back but for the protocol's share.
	ExtBuilder::default().build_and_execute(|| {
		bonded(TENANT, 5_000);
		let id = rent_at(TENANT, Some(START + 60), 10);
		assert_eq!(Neighbours::transfer(DEVICE, TENANT), Ok(1));
		serve_until(START + 360);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		assert_eq!((rent_held(TENANT), total(TENANT)), (5_000, RICH - 250));
		assert_eq!(free(TENANT), RICH - 5_000 - 5_000 - DEPOSIT - 250);
		assert_ok!(LeaseEscrow::do_try_state());
		serve_until(START + 660);
		assert_eq!(total(TENANT), RICH - 500);
		assert_eq!(free(TENANT), RICH - 5_000 - 500);
		assert_eq!(bond_of(TENANT), OwnerBond { held: 5_000, committed: 0 });
		assert_eq!((total(OWNER), total(TREASURY)), (RICH, ED + 500));
	});
	// Not served: the penalty comes out of its own bond.
	ExtBuilder::default().build_and_execute(|| {
		bonded(TENANT, 5_000);
		rent_at(TENANT, Some(START + 60), 10);
		assert_eq!(Neighbours::transfer(DEVICE, TENANT), Ok(1));
		pass_until(START + 1_200);
		assert_eq!((total(TENANT), free(TENANT)), (RICH, RICH));
		assert!(!crate::Bonds::<Runtime>::contains_key(TENANT));
		assert_eq!(held(HoldReason::OwnerBond, TENANT), 0);
		assert!(matches!(
			last_event(),
			Event::LeaseClosed {
				tenant: TENANT,
				payee: TENANT,
				refunded: 10_000,
				penalty: 5_000,
				..
			}
		));
	});
}

#[test]
fn own_lease_can_be_cancelled_and_ended() {
	ExtBuilder::default().build_and_execute(|| {
		bonded(TENANT, 10_000);
		let first = rent_at(TENANT, Some(START + 2 * HOUR), 10);
		let second = rent_at(TENANT, Some(START + 60), 10);
		assert_eq!(Neighbours::transfer(DEVICE, TENANT), Ok(2));
		assert_ok!(LeaseEscrow::cancel(signed(TENANT), first));
		assert_eq!(units_of(TENANT), 9);
		assert_eq!(total(TENANT), RICH - 9_000 - 50);
		serve_until(START + 120);
		assert_ok!(LeaseEscrow::end(signed(TENANT), second));
		serve_until(START + 240);
		// Five units back, three minutes and two units kept, all its own but for a twentieth.
		assert_eq!(units_of(TENANT), 14);
		assert_eq!(total(TENANT), RICH - 14_000 - 50 - 250);
		assert_eq!(free(TENANT) + 10_000, total(TENANT));
	});
}

#[test]
fn own_lease_with_nothing_free_closes_to_the_planck() {
	ExtBuilder::default()
		.balance(TENANT, 10_007 + 3_333 + DEPOSIT + ED)
		.sale(|sale| sale.unit_price = 10_007)
		.terms(|terms| terms.owner_penalty = sp_runtime::Perbill::from_parts(333_000_000))
		.build()
		.execute_with(|| {
			bonded(TENANT, 3_333);
			rent_at(TENANT, Some(START + 60), 1);
			assert_eq!(Neighbours::transfer(DEVICE, TENANT), Ok(1));
			impoverish(TENANT);
			let all = total(TENANT);
			pass_until(START + 600);
			assert_eq!(total(TENANT), all);
			assert_eq!(rent_held(TENANT), 0);
			assert_eq!(bond_of(TENANT), OwnerBond { held: 1, committed: 0 });
			assert_ok!(LeaseEscrow::do_try_state());
		});
}

#[test]
fn unknown_device_brings_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(LeaseEscrow::handed_over(77, &OTHER, Balance::MAX), Ok(0));
		assert_eq!(LeaseEscrow::max_leases(), 64 + 16);
		assert_eq!(LeaseEscrow::max_booked(), 64);
	});
}

#[test]
fn the_buyer_says_how_much_bond_may_come_along() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent_at(TENANT, Some(START + HOUR), 10);
		let bond = lease(id).bond;
		bonded(OTHER, bond);
		let refusal = Error::<Runtime>::BondAboveMax;
		assert_noop!(LeaseEscrow::handed_over(DEVICE, &OTHER, bond - 1), refusal);
	});
}

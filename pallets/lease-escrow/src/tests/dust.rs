// SPDX-License-Identifier: Apache-2.0

//! Receivers without an account. What fails to arrive is always less than an existential deposit.

use super::*;

/// A minute costs less than an existential deposit.
fn cheap() -> ExtBuilder {
	ExtBuilder::default().bond(0).sale(|sale| sale.unit_price = ED / 2).terms(|terms| {
		terms.owner_penalty = sp_runtime::Perbill::zero();
	})
}

#[test]
fn dead_payee_is_paid_later_and_its_dust_not_burnt_piece_by_piece() {
	cheap().balance(OWNER, 0).build_and_execute(|| {
		let id = rent(10);
		serve_until(START + 60);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		// Below the existential deposit: it waits.
		assert_eq!(total(OWNER), 0);
		assert_eq!(lease(id).paid_to_payee, 0);
		serve_until(START + 120);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		assert_eq!(total(OWNER), 10);
		serve_until(START + 600);
		assert_eq!(total(OWNER), 48);
		assert_eq!(total(TREASURY), ED + 2);
	});
}

#[test]
fn last_dust_goes_to_the_treasury() {
	cheap().balance(OWNER, 0).build_and_execute(|| {
		let id = rent(1);
		serve_until(START + 60);
		assert_eq!(total(OWNER), 0);
		assert_eq!(total(TREASURY), ED + ED / 2);
		assert_eq!(total(TENANT), RICH - ED / 2);
		assert_eq!(events()[2], Event::DustDiverted { lease: id, amount: ED / 2 });
	});
}

#[test]
fn dead_treasury_stops_nothing() {
	ExtBuilder::default().balance(TREASURY, 0).build_and_execute(|| {
		let id = rent(10);
		crate::Leases::<Runtime>::mutate(id, |lease| {
			lease.as_mut().unwrap().protocol_share = sp_runtime::Perbill::from_parts(100_000);
		});
		serve_until(START + 300);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		assert_eq!(total(OWNER), RICH + 5_000);
		serve_until(START + 600);
		// One unit of protocol share that nobody could take stays with the tenant.
		assert_eq!(total(OWNER), RICH + 9_999);
		assert_eq!(total(TENANT), RICH - 9_999);
	});
}

#[test]
fn tenant_with_nothing_free_gets_all_back() {
	ExtBuilder::default().balance(TENANT, 10_000 + DEPOSIT + ED).build().execute_with(|| {
		let id = rent(10);
		// Something took its free balance: it lives on what is on hold.
		impoverish(TENANT);
		serve_until(START + 600 - 60);
		pass_until(START + 1_200);
		assert!(crate::Leases::<Runtime>::get(id).is_none());
		assert_eq!(rent_held(TENANT), 0);
		assert_eq!(total(OWNER) + total(TREASURY), RICH + ED + 9_000);
		assert_ok!(LeaseEscrow::do_try_state());
	});
}

#[test]
fn owner_whose_free_balance_is_gone_still_pays_the_penalty() {
	ExtBuilder::default().build().execute_with(|| {
		rent(10);
		impoverish(OWNER);
		pass_until(START + 600);
		assert_eq!(total(TENANT), RICH + 5_000);
		assert_eq!(bond_of(OWNER).held, BOND - 5_000);
		assert_ok!(LeaseEscrow::do_try_state());
	});
}

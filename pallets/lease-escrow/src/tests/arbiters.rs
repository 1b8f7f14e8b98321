// SPDX-License-Identifier: Apache-2.0

//! Who decides is named when a lease is made.

use super::*;
use crate::Leases;

fn refused(arbiter: Option<AccountId>, error: Error<Runtime>) {
	let quote = LeaseEscrow::quote(TENANT, SERIES, DEVICE, None, 10, arbiter);
	assert_eq!(quote, Err(error.into()));
	let key = key_of(TENANT);
	let rent = || {
		LeaseEscrow::rent(
			signed(TENANT),
			SERIES,
			DEVICE,
			None,
			10,
			Balance::MAX,
			TEXT,
			key,
			arbiter,
		)
	};
	let quoted = quote.unwrap_err();
	assert_noop!(rent(), quoted);
	let book = || LeaseEscrow::book(signed(TENANT), SERIES, DEVICE, None, 10, TEXT, key, arbiter);
	assert_noop!(book(), quoted);
}

#[test]
fn lease_that_can_be_objected_to_needs_a_listed_arbiter() {
	ExtBuilder::default().objections(600).build_and_execute(|| {
		refused(None, Error::<Runtime>::ArbiterMissing);
		// On governance's list only.
		neighbours::Arbiters::<Runtime>::insert(KEEPER, ());
		refused(Some(KEEPER), Error::<Runtime>::ArbiterNotListed);
		refused(Some(TENANT), Error::<Runtime>::ArbiterIsParty);
		refused(Some(OWNER), Error::<Runtime>::ArbiterIsParty);
		assert!(LeaseEscrow::quote(TENANT, SERIES, DEVICE, None, 10, Some(ARBITER)).is_ok());
		let id = rent(10);
		assert_eq!(lease(id).arbiter, Some(ARBITER));
		// On the list of the terms only, from now on. It keeps the lease.
		neighbours::Arbiters::<Runtime>::remove(ARBITER);
		refused(Some(ARBITER), Error::<Runtime>::ArbiterNotListed);
		serve_until(START + 60);
		assert_ok!(LeaseEscrow::object(signed(TENANT), id, 1_000, TEXT));
	});
}

#[test]
fn lease_without_disputes_has_no_arbiter() {
	ExtBuilder::default().build_and_execute(|| {
		refused(Some(ARBITER), Error::<Runtime>::ArbiterNotNeeded);
		let id = rent(1);
		assert_eq!(lease(id).arbiter, None);
	});
}

#[test]
fn arbiter_does_not_become_the_owner_of_what_it_judges() {
	ExtBuilder::default().objections(600).build_and_execute(|| {
		assert_ok!(LeaseEscrow::bond(signed(ARBITER), BOND));
		let id = rent_at(TENANT, Some(START + HOUR), 10);
		assert_noop!(Neighbours::transfer(DEVICE, ARBITER), Error::<Runtime>::ArbiterIsParty);
		// A lease that runs keeps its payee: the arbiter is no party of that.
		set_time(START + HOUR);
		assert_ok!(Neighbours::transfer(DEVICE, ARBITER));
		assert_eq!(lease(id).payee, OWNER);
		assert!(Leases::<Runtime>::contains_key(id));
	});
}

#[test]
fn arbiter_that_no_terms_need_is_not_looked_for() {
	let price = |arbiter| {
		use frame_support::dispatch::GetDispatchInfo;
		crate::Call::<Runtime>::rent {
			series: SERIES,
			device: DEVICE,
			start: None,
			units: 1,
			max_cost: 1,
			legal_document: TEXT,
			access_key: key_of(TENANT),
			arbiter,
		}
		.get_dispatch_info()
		.call_weight
	};
	assert!(price(Some(ARBITER)).ref_time() >= price(None).ref_time());
}

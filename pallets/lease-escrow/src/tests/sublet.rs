// SPDX-License-Identifier: Apache-2.0

//! Leases that go to another tenant.

use super::*;
use crate::{AccessGrants, HoldReason, LeaseOffers, LeasesByTenant, OwnerBond, Payouts};
use sp_core::H256;
use tenure_primitives::{Acceptance, Admission, FormerKey, PublicKey, Units};

const KEY: PublicKey = PublicKey::Ed25519([42; 32]);

fn offer(
	id: LeaseId,
	to: AccountId,
	price: Balance,
) -> frame_support::pallet_prelude::DispatchResult {
	LeaseEscrow::offer_lease(signed(TENANT), id, to, price)
}

fn accept(id: LeaseId, max_price: Balance) -> frame_support::pallet_prelude::DispatchResult {
	LeaseEscrow::accept_lease(signed(OTHER), id, KEY, TEXT, max_price)
}

fn change_series(change: impl FnOnce(&mut tenure_primitives::SeriesInfo<AccountId>)) {
	neighbours::Series::<Runtime>::mutate(SERIES, |series| change(series.as_mut().unwrap()));
}

#[test]
fn lease_goes_to_another_tenant_with_its_rent() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		let address = Some(vec![1; 8].try_into().unwrap());
		assert_ok!(LeaseEscrow::set_payout(signed(TENANT), id, address));
		serve_until(START + 240);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		System::reset_events();
		assert_ok!(offer(id, OTHER, 5_000));
		assert_eq!(events(), [Event::LeaseOffered { lease: id, to: OTHER, price: 5_000 }]);
		let details = LeaseEscrow::lease_details(id).unwrap();
		assert_eq!((details.offered_to, details.offer_price), (Some(OTHER), Some(5_000)));
		assert_ok!(LeaseEscrow::do_try_state());

		// Another minute is earned and not paid: it stays the lease's.
		serve_until(START + 300);
		System::reset_events();
		assert_noop!(accept(id, 4_999), Error::<Runtime>::CostAboveMax);
		assert_ok!(accept(id, 5_000));
		assert_eq!(
			events(),
			[Event::LeaseTransferred {
				lease: id,
				from: TENANT,
				to: OTHER,
				price: 5_000,
				access_key: KEY,
				rent: 6_000,
			}]
		);
		assert_eq!((rent_held(TENANT), held(HoldReason::LeaseRecord, TENANT)), (0, 0));
		assert_eq!((rent_held(OTHER), held(HoldReason::LeaseRecord, OTHER)), (6_000, DEPOSIT));
		assert_eq!(free(TENANT), RICH - 10_000 + 5_000);
		assert_eq!(free(OTHER), RICH - 5_000 - DEPOSIT);
		let moved = lease(id);
		assert_eq!((moved.tenant, moved.access_key, moved.payout), (OTHER, KEY, None));
		assert_eq!((moved.former_key, moved.is_offered), (None, false));
		assert!(!LeaseOffers::<Runtime>::contains_key(id) && !Payouts::<Runtime>::contains_key(id));
		assert!(LeasesByTenant::<Runtime>::contains_key(OTHER, id));
		assert!(!LeasesByTenant::<Runtime>::contains_key(TENANT, id));
		assert_eq!(AccessGrants::<Runtime>::get(DEVICE).unwrap().current, Some(moved.grant(id)));

		// Three of ten minutes are missing: refund and penalty are the new tenant's.
		serve_until(START + 420);
		pass_until(START + 900);
		assert_eq!(total(OWNER), RICH + 6_650 - 1_500);
		assert_eq!(free(TENANT), RICH - 10_000 + 5_000);
		assert_eq!(total(OTHER), RICH - 5_000 + 6_000 - 3_000 + 1_500);
		assert_eq!(free(OTHER), total(OTHER));
	});
}

#[test]
fn lease_to_come_goes_too_and_is_cancelled_by_its_new_tenant() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent_at(TENANT, Some(START + HOUR), 10);
		assert_ok!(offer(id, OTHER, 0));
		assert_ok!(accept(id, 0));
		assert_noop!(LeaseEscrow::cancel(signed(TENANT), id), Error::<Runtime>::NotTenant);
		assert_ok!(LeaseEscrow::cancel(signed(OTHER), id));
		assert_eq!((units_of(OTHER), units_of(TENANT)), (9, 0));
		assert_eq!((free(TENANT), total(TENANT)), (RICH - 10_000, RICH - 10_000));
		assert_eq!((free(OTHER), total(OTHER)), (RICH, RICH));
	});
}

#[test]
fn offer_is_taken_back_or_replaced() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		let withdraw = |who| LeaseEscrow::withdraw_lease_offer(signed(who), id);
		assert_noop!(withdraw(TENANT), Error::<Runtime>::LeaseNotOffered);
		assert_noop!(accept(id, 0), Error::<Runtime>::LeaseNotOffered);
		assert_ok!(offer(id, OTHER, 5));
		assert_noop!(withdraw(OTHER), Error::<Runtime>::NotTenant);
		assert_ok!(withdraw(TENANT));
		assert_eq!(last_event(), Event::LeaseOfferWithdrawn { lease: id });
		assert_noop!(accept(id, 5), Error::<Runtime>::LeaseNotOffered);
		assert_ok!(offer(id, OTHER, 5));
		assert_ok!(offer(id, KEEPER, 6));
		assert_noop!(accept(id, 6), Error::<Runtime>::NotOfferedToYou);
		assert_ok!(LeaseEscrow::accept_lease(signed(KEEPER), id, KEY, TEXT, 6));
	});
}

#[test]
fn offer_goes_with_the_lease() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		assert_ok!(offer(id, OTHER, 5));
		serve_until(START + 600);
		assert_noop!(accept(id, 5), Error::<Runtime>::LeaseClosed);
		assert_eq!(LeaseOffers::<Runtime>::iter().count(), 0);
	});
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		assert_ok!(offer(id, OTHER, 5));
		set_time(START + 600);
		assert_noop!(accept(id, 5), Error::<Runtime>::AlreadyOver);
		assert_noop!(offer(id, OTHER, 5), Error::<Runtime>::AlreadyOver);
		assert_ok!(Neighbours::force_retire(DEVICE));
		assert_eq!(LeaseOffers::<Runtime>::iter().count(), 0);
	});
}

#[test]
fn offers_that_can_not_be() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(offer(1, OTHER, 0), Error::<Runtime>::UnknownLease);
		let id = rent(10);
		assert_noop!(offer(id, TENANT, 0), Error::<Runtime>::AlreadyTenant);
		assert_noop!(
			LeaseEscrow::offer_lease(signed(OTHER), id, KEEPER, 0),
			Error::<Runtime>::NotTenant
		);
		change_series(|series| series.sale.transferable = false);
		assert_noop!(offer(id, OTHER, 0), Error::<Runtime>::SeriesNotTransferable);
		change_series(|series| {
			series.sale.transferable = true;
			series.terms.acceptance = Acceptance::Manual { deadline: DEADLINE };
		});
		// The owner agreed to this tenant.
		assert_noop!(offer(id, OTHER, 0), Error::<Runtime>::NeedsAcceptance);
		let request = rent_at(TENANT, Some(START + HOUR), 10);
		assert_noop!(offer(request, OTHER, 0), Error::<Runtime>::RequestPending);
		change_series(|series| series.terms.acceptance = Acceptance::Automatic);
		assert_ok!(offer(id, OTHER, 0));
		serve_until(START + 60);
		assert_ok!(LeaseEscrow::end(signed(TENANT), id));
		assert_noop!(offer(id, OTHER, 0), Error::<Runtime>::AlreadyEnding);
		assert_noop!(accept(id, 0), Error::<Runtime>::AlreadyEnding);
	});
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		assert_ok!(offer(id, OTHER, 0));
		assert_ok!(LeaseEscrow::revoke(signed(OWNER), id));
		assert_noop!(accept(id, 0), Error::<Runtime>::AlreadyEnding);
	});
}

#[test]
fn new_tenant_is_checked_like_one_that_books() {
	ExtBuilder::default().balance(KEEPER, 1_000).build_and_execute(|| {
		let id = rent(10);
		let accept_as = |who, text| LeaseEscrow::accept_lease(signed(who), id, KEY, text, 5_000);
		assert_ok!(offer(id, OTHER, 5_000));
		assert_noop!(accept_as(OTHER, H256::zero()), Error::<Runtime>::WrongLegalDocument);
		neighbours::Bans::<Runtime>::insert(OTHER, ());
		assert_noop!(accept_as(OTHER, TEXT), neighbours::Error::<Runtime>::Banned);
		neighbours::Bans::<Runtime>::remove(OTHER);
		change_series(|series| {
			series.terms.admission = Admission::Only(vec![TENANT].try_into().unwrap());
		});
		assert_noop!(accept_as(OTHER, TEXT), Error::<Runtime>::TenantNotAdmitted);
		change_series(|series| series.terms.admission = Admission::Anyone);
		assert_ok!(offer(id, OWNER, 0));
		assert_noop!(accept_as(OWNER, TEXT), Error::<Runtime>::OwnDevice);
		// Nor whoever is paid for it, once the device has another owner.
		assert_eq!(Neighbours::transfer(DEVICE, OTHER), Ok(0));
		assert_noop!(accept_as(OWNER, TEXT), Error::<Runtime>::OwnDevice);
		assert_ok!(offer(id, OTHER, 0));
		assert_noop!(accept_as(OTHER, TEXT), Error::<Runtime>::OwnDevice);
		// Price, deposit and an existential deposit.
		assert_ok!(offer(id, KEEPER, 1_000 - DEPOSIT - ED + 1));
		assert_noop!(accept_as(KEEPER, TEXT), Error::<Runtime>::BalanceTooLow);
		assert_ok!(offer(id, KEEPER, 1_000 - DEPOSIT - ED));
		assert_ok!(accept_as(KEEPER, TEXT));
		assert_eq!((free(KEEPER), rent_held(KEEPER)), (ED, 10_000));
	});
}

#[test]
fn objecting_withdraws_the_offer() {
	ExtBuilder::default().objections(600).build_and_execute(|| {
		let id = rent(10);
		assert_ok!(offer(id, OTHER, 5_000));
		serve_until(START + 300);
		System::reset_events();
		// Just before the other one accepts.
		assert_ok!(LeaseEscrow::object(signed(TENANT), id, 3_000, H256([3; 32])));
		assert_eq!(events()[0], Event::LeaseOfferWithdrawn { lease: id });
		assert!(!lease(id).is_offered && !LeaseOffers::<Runtime>::contains_key(id));
		assert_noop!(accept(id, 5_000), Error::<Runtime>::LeaseNotOffered);
		// Who takes it now knows what it takes.
		assert_ok!(offer(id, OTHER, 1_000));
		assert_ok!(accept(id, 1_000));
		assert_eq!(rent_held(OTHER), 7_000);
	});
}

#[test]
fn tenant_with_nothing_free_passes_its_lease_on() {
	ExtBuilder::default().build().execute_with(|| {
		let id = rent(10);
		impoverish(TENANT);
		assert_eq!(free(TENANT), ED);
		assert_ok!(offer(id, OTHER, 1));
		assert_ok!(accept(id, 1));
		assert_eq!((free(TENANT), rent_held(TENANT)), (ED + DEPOSIT + 1, 0));
		assert_eq!(rent_held(OTHER), 10_000);
		assert_ok!(LeaseEscrow::do_try_state());
	});
}

#[test]
fn receipts_of_the_tenant_before_stay_good() {
	ExtBuilder::default().co_signed().build_and_execute(|| {
		let id = rent(10);
		set_time(START + 300);
		assert_ok!(offer(id, OTHER, 0));
		assert_ok!(accept(id, 0));
		let former = FormerKey { key: key_of(TENANT), until: START + 300 };
		assert_eq!(lease(id).former_key, Some(former));
		assert_ok!(Neighbours::sign_with(id, 300, Some(key_of(TENANT))));
		assert_ok!(LeaseEscrow::offer_lease(signed(OTHER), id, TENANT, 0));
		assert_noop!(
			LeaseEscrow::accept_lease(signed(TENANT), id, key_of(TENANT), TEXT, 0),
			Error::<Runtime>::AccessKeyChangedLately
		);
		// With the same key nothing changes for the device.
		assert_ok!(LeaseEscrow::accept_lease(signed(TENANT), id, KEY, TEXT, 0));
		assert_ok!(LeaseEscrow::offer_lease(signed(TENANT), id, OTHER, 0));
		assert_ok!(accept(id, 0));

		// Half is signed: the rest goes back to the new tenant, less a tenth.
		set_time(START + 600 + RECEIPT_WINDOW);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		let units = |who| -> Units { units_of(who) };
		assert_eq!((units(OTHER), units(TENANT)), (4, 0));
		assert_eq!(total(TENANT), RICH - 10_000);
		// Half a unit gives nine tenths of its price in money.
		assert_eq!(total(OTHER), RICH + 450);
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND, committed: 0 });
	});
}

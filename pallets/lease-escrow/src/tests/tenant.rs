// SPDX-License-Identifier: Apache-2.0

//! What a tenant may change: access key and payout address.

use super::*;
use crate::{AccessGrants, Payouts};
use sp_core::H256;
use tenure_primitives::{Grant, PayoutAddress, PublicKey};

const NEW_KEY: PublicKey = PublicKey::Ed25519([42; 32]);

fn address() -> PayoutAddress {
	b"pool.example/worker".to_vec().try_into().unwrap()
}

/// Blake2-256 of [`address`].
fn digest() -> H256 {
	H256(sp_io::hashing::blake2_256(&address()))
}

fn grants() -> [Option<Grant>; 2] {
	let grants = AccessGrants::<Runtime>::get(DEVICE).unwrap_or_default();
	[grants.current, grants.next]
}

#[test]
fn new_key_is_served_at_once() {
	ExtBuilder::default().build_and_execute(|| {
		let first = rent(10);
		let second = rent_at(OTHER, Some(START + 600), 10);
		let third = rent_at(TENANT, Some(START + 1_200), 10);
		System::reset_events();
		for id in [first, third] {
			assert_ok!(LeaseEscrow::set_access_key(signed(TENANT), id, NEW_KEY));
			assert_eq!(last_event(), Event::AccessKeyChanged { lease: id, access_key: NEW_KEY });
		}
		assert_eq!(LeaseEscrow::access_grant(DEVICE).unwrap().access_key, NEW_KEY);
		assert_eq!(grants(), [first, second].map(|id| Some(lease(id).grant(id))));
		assert_ok!(LeaseEscrow::set_access_key(signed(OTHER), second, NEW_KEY));
		assert_eq!(grants()[1].unwrap().access_key, NEW_KEY);
		// The one that was not among the grants comes with its new key.
		serve_until(START + 600);
		assert_eq!(grants()[1].unwrap(), lease(third).grant(third));
		assert_eq!(lease(third).access_key, NEW_KEY);
	});
}

#[test]
fn payout_address_is_kept_until_the_close_and_granted_as_its_hash() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		assert_ok!(LeaseEscrow::set_payout(signed(TENANT), id, Some(address())));
		let payout = Some(digest());
		assert_eq!(last_event(), Event::PayoutChanged { lease: id, payout });
		assert_eq!(LeaseEscrow::access_grant(DEVICE).unwrap().payout, payout);
		assert_eq!(lease(id).payout, payout);
		assert_eq!(LeaseEscrow::lease_details(id).unwrap().payout, Some(address()));
		assert_ok!(LeaseEscrow::do_try_state());

		assert_ok!(LeaseEscrow::set_payout(signed(TENANT), id, None));
		assert_eq!(last_event(), Event::PayoutChanged { lease: id, payout: None });
		assert_eq!(grants()[0].unwrap().payout, None);
		assert_eq!(Payouts::<Runtime>::iter().count(), 0);

		let longest: PayoutAddress = vec![7; 128].try_into().unwrap();
		assert_ok!(LeaseEscrow::set_payout(signed(TENANT), id, Some(longest)));
		serve_until(START + 600);
		assert_eq!(Payouts::<Runtime>::iter().count(), 0);
		assert_noop!(
			LeaseEscrow::set_payout(signed(TENANT), id, None),
			Error::<Runtime>::LeaseClosed
		);
	});
}

#[test]
fn address_goes_however_a_lease_closes() {
	ExtBuilder::default().build_and_execute(|| {
		let ahead = rent_at(TENANT, Some(START + HOUR), 10);
		let revoked = rent_at(TENANT, Some(START + 2 * HOUR), 10);
		let retired = rent_at(TENANT, Some(START + 3 * HOUR), 10);
		for id in [ahead, revoked, retired] {
			assert_ok!(LeaseEscrow::set_payout(signed(TENANT), id, Some(address())));
		}
		assert_ok!(LeaseEscrow::cancel(signed(TENANT), ahead));
		assert_ok!(LeaseEscrow::revoke(signed(OWNER), revoked));
		assert_ok!(Neighbours::force_retire(DEVICE));
		assert_eq!(Payouts::<Runtime>::iter().count(), 0);
	});
}

#[test]
fn only_the_tenant_changes_a_lease_and_only_until_its_end() {
	type Call = fn(AccountId, LeaseId) -> frame_support::pallet_prelude::DispatchResult;
	let calls: [Call; 2] = [
		|who, id| LeaseEscrow::set_access_key(signed(who), id, NEW_KEY),
		|who, id| LeaseEscrow::set_payout(signed(who), id, Some(address())),
	];
	for call in calls {
		ExtBuilder::default().build_and_execute(|| {
			assert_noop!(call(TENANT, 1), Error::<Runtime>::UnknownLease);
			let id = rent_at(TENANT, Some(START + 60), 10);
			assert_noop!(call(OTHER, id), Error::<Runtime>::NotTenant);
			assert_noop!(call(OWNER, id), Error::<Runtime>::NotTenant);
			assert_ok!(call(TENANT, id));
			set_time(START + 660);
			assert_noop!(call(TENANT, id), Error::<Runtime>::AlreadyOver);
		});
	}
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		let nothing = Some(PayoutAddress::default());
		assert_noop!(
			LeaseEscrow::set_payout(signed(TENANT), id, nothing),
			Error::<Runtime>::PayoutEmpty
		);
	});
}

// SPDX-License-Identifier: Apache-2.0

//! Whose receipts count.

use super::*;
use crate::ACCESS_KEY_PAUSE;
use tenure_primitives::{traits::LeaseWindows, FormerKey, PublicKey};

const SECOND: PublicKey = PublicKey::Ed25519([42; 32]);
const THIRD: PublicKey = PublicKey::Ed25519([43; 32]);

fn set_key(id: LeaseId, key: PublicKey) -> frame_support::pallet_prelude::DispatchResult {
	LeaseEscrow::set_access_key(signed(TENANT), id, key)
}

fn former_key(id: LeaseId) -> Option<(PublicKey, Moment)> {
	lease(id).former_key.map(|former| (former.key, former.until))
}

fn long_lease() -> ExtBuilder {
	ExtBuilder::default().co_signed().sale(|sale| sale.unit_seconds = HOUR as u32)
}

#[test]
fn receipts_of_the_key_before_stay_good_for_the_time_before() {
	long_lease().build_and_execute(|| {
		let id = rent(10);
		set_time(START + 300);
		assert_ok!(set_key(id, SECOND));
		assert_eq!(former_key(id), Some((key_of(TENANT), START + 300)));
		assert_ok!(LeaseEscrow::do_try_state());
		let terms = LeaseEscrow::receipt_terms(id).unwrap();
		assert_eq!((terms.device, terms.from, terms.until), (DEVICE, START, START + 10 * HOUR));
		assert_eq!(terms.evidence, co_signed_terms().evidence);
		assert_eq!(terms.access_key, SECOND);
		assert_eq!(terms.former_key, Some(FormerKey { key: key_of(TENANT), until: START + 300 }));

		set_time(START + 400);
		assert_ok!(Neighbours::sign_with(id, 300, Some(key_of(TENANT))));
		assert!(Neighbours::sign_with(id, 301, Some(key_of(TENANT))).is_err());
		assert_ok!(Neighbours::sign_with(id, 301, Some(SECOND)));
	});
}

#[test]
fn key_changes_once_an_hour_at_most() {
	long_lease().build_and_execute(|| {
		let id = rent(10);
		set_time(START + 300);
		assert_ok!(set_key(id, SECOND));
		set_time(START + 300 + ACCESS_KEY_PAUSE - 1);
		assert_noop!(set_key(id, THIRD), Error::<Runtime>::AccessKeyChangedLately);
		// The same again is no change.
		assert_ok!(set_key(id, SECOND));
		assert_eq!(former_key(id), Some((key_of(TENANT), START + 300)));
		set_time(START + 300 + ACCESS_KEY_PAUSE);
		assert_ok!(set_key(id, THIRD));
		assert_eq!(former_key(id), Some((SECOND, START + 300 + ACCESS_KEY_PAUSE)));
		assert_eq!(LeaseEscrow::access_grant(DEVICE).unwrap().access_key, THIRD);
	});
}

#[test]
fn pause_between_two_keys_waits_for_the_chain() {
	long_lease().outages(120).build_and_execute(|| {
		let id = rent(10);
		assert_ok!(set_key(id, SECOND));
		// The device could bring nothing in that hour.
		set_time(START + ACCESS_KEY_PAUSE);
		OutageThreshold::set(u32::MAX);
		assert_noop!(set_key(id, THIRD), Error::<Runtime>::AccessKeyChangedLately);
		set_time(START + 2 * ACCESS_KEY_PAUSE - 1);
		assert_noop!(set_key(id, THIRD), Error::<Runtime>::AccessKeyChangedLately);
		set_time(START + 2 * ACCESS_KEY_PAUSE);
		assert_ok!(set_key(id, THIRD));
	});
}

#[test]
fn before_the_start_keys_are_free_to_change() {
	long_lease().build_and_execute(|| {
		let id = rent_at(TENANT, Some(START + 60), 10);
		assert_ok!(set_key(id, SECOND));
		set_time(START + 59);
		assert_ok!(set_key(id, THIRD));
		assert_eq!(former_key(id), None);
		set_time(START + 60);
		assert_ok!(set_key(id, SECOND));
		assert_eq!(former_key(id), Some((THIRD, START + 60)));
	});
}

#[test]
fn keys_of_heartbeat_leases_change_at_any_time() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		assert_ok!(set_key(id, SECOND));
		assert_ok!(set_key(id, THIRD));
		assert_eq!(former_key(id), None);
	});
}

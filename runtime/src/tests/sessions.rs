// SPDX-License-Identifier: Apache-2.0

use super::environment::{account, epoch, local_testnet, next_block, next_session, FIRST_SLOT};
use crate::{
	constants::consensus::{REPORT_LONGEVITY_SESSIONS, REPORT_LONGEVITY_SLOTS},
	*,
};
use codec::Encode;
use frame_support::{assert_noop, assert_ok, traits::Get};
use sp_keyring::Sr25519Keyring;
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};

fn keystore() -> KeystoreExt {
	KeystoreExt::new(MemoryKeystore::new())
}

#[test]
fn a_session_is_an_epoch_and_the_set_stays() {
	local_testnet().execute_with(|| {
		let validators = Session::validators();
		for slot in 1..epoch() {
			assert_eq!(Session::current_index(), 0);
			if slot % 100 == 0 || slot + 1 == epoch() {
				next_block(FIRST_SLOT + slot, 0);
			}
		}
		next_block(FIRST_SLOT + epoch(), 0);
		assert_eq!(Session::current_index(), 1);
		assert_eq!(Session::validators(), validators);
		assert_eq!(Babe::authorities().len(), 4);
	});
}

#[test]
fn the_block_of_a_rotation_is_full() {
	local_testnet().execute_with(|| {
		next_session(0);
		let max = <Runtime as frame_system::Config>::BlockWeights::get().max_block;
		assert!(System::block_weight().total().ref_time() >= max.ref_time());
	});
}

#[test]
fn every_session_has_its_own_root_and_grandpa_set() {
	local_testnet().execute_with(|| {
		for session in 1..5u32 {
			next_session(0);
			assert_eq!(Session::current_index(), session);
			assert!(Historical::historical_root(session).is_some());
			// The set that genesis queued for the second session counts as unchanged.
			let set = u64::from(session) - 1;
			assert_eq!(Grandpa::current_set_id(), set);
			assert_eq!(pallet_grandpa::SetIdSession::<Runtime>::get(set), Some(session));
		}
	});
}

#[test]
fn roots_older_than_the_longevity_of_reports_are_pruned() {
	local_testnet().execute_with(|| {
		let extra = 3;
		for _ in 0..REPORT_LONGEVITY_SESSIONS + extra {
			next_session(0);
		}
		let (first, end) = pallet_session::historical::StoredRange::<Runtime>::get().unwrap();
		assert_eq!(first, extra);
		assert_eq!(end, Session::current_index() + 2);
		let stored = pallet_session::historical::HistoricalSessions::<Runtime>::iter().count();
		assert_eq!(stored as u32, end - first);
	});
}

#[test]
fn the_longevity_of_reports_is_the_same_in_slots_and_sessions() {
	assert_eq!(u64::from(REPORT_LONGEVITY_SESSIONS) * epoch(), REPORT_LONGEVITY_SLOTS);
}

#[test]
fn new_keys_need_a_proof_and_work_two_sessions_later() {
	let mut ext = local_testnet();
	ext.register_extension(keystore());
	ext.execute_with(|| {
		let bob = account(Sr25519Keyring::Bob);
		let generated = SessionKeys::generate(&bob.encode(), None);
		let (keys, proof) = (generated.keys, generated.proof.encode());
		let origin = RuntimeOrigin::signed(bob.clone());
		assert_noop!(
			Session::set_keys(origin.clone(), keys.clone(), vec![]),
			pallet_session::Error::<Runtime>::InvalidProof
		);
		assert_ok!(Session::set_keys(origin, keys.clone(), proof));
		for _ in 0..2 {
			assert!(Babe::authorities().iter().all(|(id, _)| *id != keys.babe));
			next_session(0);
		}
		assert!(Babe::authorities().iter().any(|(id, _)| *id == keys.babe));
	});
}

#[test]
fn a_stranger_with_keys_does_not_validate_and_gets_its_deposit_back() {
	let mut ext = local_testnet();
	ext.register_extension(keystore());
	ext.execute_with(|| {
		let eve = account(Sr25519Keyring::Eve);
		let generated = SessionKeys::generate(&eve.encode(), None);
		let proof = generated.proof.encode();
		let origin = RuntimeOrigin::signed(eve.clone());
		let free = Balances::free_balance(&eve);
		assert_ok!(Session::set_keys(origin.clone(), generated.keys, proof));
		let deposit: Balance = <Runtime as pallet_session::Config>::KeyDeposit::get();
		assert_eq!(Balances::free_balance(&eve), free - deposit);
		for _ in 0..3 {
			next_session(0);
		}
		assert!(!Session::validators().contains(&eve));
		assert_ok!(Session::purge_keys(origin));
		assert_eq!(Balances::free_balance(&eve), free);
	});
}

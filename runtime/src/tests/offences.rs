// SPDX-License-Identifier: Apache-2.0

//! Manufactured equivocations travel the whole way: runtime API, pool, block, offence.

use super::environment::{
	begin_block, digest, epoch, from_preset, next_block, next_session, FIRST_SLOT,
};
use crate::{
	constants::consensus::{REPORT_LONGEVITY_SESSIONS, REPORT_LONGEVITY_SLOTS},
	*,
};
use codec::{Decode, Encode};
use frame_support::assert_ok;
use sp_consensus_babe::{digests::CompatibleDigestItem, runtime_decl_for_babe_api::BabeApi, Slot};
use sp_consensus_grandpa::runtime_decl_for_grandpa_api::GrandpaApi;
use sp_genesis_builder::LOCAL_TESTNET_RUNTIME_PRESET;
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};
use sp_runtime::{
	traits::Header as _,
	transaction_validity::{InvalidTransaction, TransactionSource, TransactionValidityError},
	DigestItem,
};
use sp_staking::offence::OffenceSeverity;

/// Runs a test with a way to take the transactions that the runtime has submitted.
fn on_testnet(test: impl FnOnce(&dyn Fn() -> Vec<UncheckedExtrinsic>)) {
	let (mut ext, submitted) = from_preset(LOCAL_TESTNET_RUNTIME_PRESET);
	let submitted =
		|| submitted().iter().map(|tx| UncheckedExtrinsic::decode(&mut &tx[..]).unwrap()).collect();
	ext.execute_with(|| {
		begin_block(FIRST_SLOT, 0);
		test(&submitted);
	});
}

/// Position of a well-known key among the authorities.
fn authority(who: Sr25519Keyring) -> u32 {
	let public = who.public().into();
	Babe::authorities().iter().position(|(id, _)| *id == public).unwrap() as u32
}

/// An author that is neither of the offenders below.
fn honest() -> u32 {
	authority(Sr25519Keyring::Alice)
}

/// Two different blocks that `who` sealed for one slot.
fn babe_equivocation(
	who: Sr25519Keyring,
	slot: u64,
	sealed: bool,
) -> sp_consensus_babe::EquivocationProof<Header> {
	let header = |state_root: u8| {
		let mut header = Header::new(
			System::block_number(),
			Hash::default(),
			Hash::repeat_byte(state_root),
			Hash::default(),
			digest(slot, authority(who)),
		);
		if sealed {
			let signature = who.sign(header.hash().as_ref());
			header.digest_mut().push(DigestItem::babe_seal(signature.into()));
		}
		header
	};
	sp_consensus_babe::EquivocationProof {
		offender: who.public().into(),
		slot: Slot::from(slot),
		first_header: header(1),
		second_header: header(2),
	}
}

/// Two different votes that `who` signed in one round.
fn grandpa_equivocation(
	who: Ed25519Keyring,
	set_id: u64,
) -> sp_consensus_grandpa::EquivocationProof<Hash, BlockNumber> {
	type Prevote = sp_consensus_grandpa::Prevote<Header>;
	type Message = sp_consensus_grandpa::Message<Header>;
	let round = 1u64;
	let vote = |target: u8| {
		let prevote = Prevote { target_hash: Hash::repeat_byte(target), target_number: 10 };
		let payload = sp_consensus_grandpa::localized_payload(
			round,
			set_id,
			&Message::Prevote(prevote.clone()),
		);
		(prevote, who.sign(&payload))
	};
	let prevotes = 0u8;
	let encoded = (set_id, prevotes, round, who.public(), vote(1), vote(2)).encode();
	sp_consensus_grandpa::EquivocationProof::decode(&mut &encoded[..]).unwrap()
}

fn report_babe(proof: sp_consensus_babe::EquivocationProof<Header>) -> Option<()> {
	let ownership = <Runtime as BabeApi<Block>>::generate_key_ownership_proof(
		proof.slot,
		proof.offender.clone(),
	)?;
	<Runtime as BabeApi<Block>>::submit_report_equivocation_unsigned_extrinsic(proof, ownership)
}

fn report_grandpa(proof: sp_consensus_grandpa::EquivocationProof<Hash, BlockNumber>) -> Option<()> {
	let ownership = <Runtime as GrandpaApi<Block>>::generate_key_ownership_proof(
		proof.set_id(),
		proof.offender().clone(),
	)?;
	<Runtime as GrandpaApi<Block>>::submit_report_equivocation_unsigned_extrinsic(proof, ownership)
}

fn offences() -> usize {
	System::events()
		.iter()
		.filter(|record| matches!(record.event, RuntimeEvent::Offences(_)))
		.count()
}

fn disabled() -> Vec<u32> {
	Session::disabled_validators()
}

#[test]
fn a_sealed_babe_equivocation_disables_its_author() {
	on_testnet(|submitted| {
		let bob = authority(Sr25519Keyring::Bob);
		assert_ok!(report_babe(babe_equivocation(Sr25519Keyring::Bob, FIRST_SLOT, true)).ok_or(()));
		let [report] = &submitted()[..] else { panic!("one report") };
		let hash = System::parent_hash();
		assert_ok!(Executive::validate_transaction(TransactionSource::Local, report.clone(), hash));
		assert_ok!(Executive::apply_extrinsic(report.clone()).unwrap());
		assert_eq!(offences(), 1);
		assert_eq!(disabled(), vec![bob]);
		// The block can be closed by an honest author, and the next one made.
		next_block(FIRST_SLOT + 1, honest());
		assert_eq!(disabled(), vec![bob]);
	});
}

#[test]
fn a_babe_report_counts_once() {
	on_testnet(|submitted| {
		let report = || {
			let proof = babe_equivocation(Sr25519Keyring::Bob, FIRST_SLOT, true);
			report_babe(proof).unwrap();
			submitted().remove(0)
		};
		assert_ok!(Executive::apply_extrinsic(report()).unwrap());
		let stale = TransactionValidityError::Invalid(InvalidTransaction::Stale);
		let hash = System::parent_hash();
		assert_eq!(
			Executive::validate_transaction(TransactionSource::Local, report(), hash),
			Err(stale)
		);
		assert_eq!(Executive::apply_extrinsic(report()), Err(stale));
		assert_eq!(offences(), 1);
	});
}

#[test]
fn foreign_reports_are_refused_by_the_pool() {
	on_testnet(|submitted| {
		report_babe(babe_equivocation(Sr25519Keyring::Bob, FIRST_SLOT, true)).unwrap();
		let hash = System::parent_hash();
		let outcome = Executive::validate_transaction(
			TransactionSource::External,
			submitted().remove(0),
			hash,
		);
		assert_eq!(outcome, Err(InvalidTransaction::Call.into()));
	});
}

#[test]
fn headers_without_seals_prove_nothing() {
	on_testnet(|submitted| {
		report_babe(babe_equivocation(Sr25519Keyring::Bob, FIRST_SLOT, false)).unwrap();
		let outcome = Executive::apply_extrinsic(submitted().remove(0)).unwrap();
		assert_eq!(
			outcome.unwrap_err(),
			pallet_babe::Error::<Runtime>::InvalidEquivocationProof.into()
		);
		assert!(disabled().is_empty());
	});
}

#[test]
fn keys_that_do_not_validate_can_not_be_reported() {
	on_testnet(|submitted| {
		let mut proof = babe_equivocation(Sr25519Keyring::Bob, FIRST_SLOT, true);
		proof.offender = Sr25519Keyring::Eve.public().into();
		report_babe(proof).unwrap();
		assert_eq!(
			Executive::apply_extrinsic(submitted().remove(0)),
			Err(InvalidTransaction::BadProof.into())
		);
	});
}

#[test]
fn a_grandpa_equivocation_disables_its_voter_and_counts_once() {
	on_testnet(|submitted| {
		let charlie = authority(Sr25519Keyring::Charlie);
		let report = || {
			report_grandpa(grandpa_equivocation(
				Ed25519Keyring::Charlie,
				Grandpa::current_set_id(),
			))
			.unwrap();
			submitted().remove(0)
		};
		assert_ok!(Executive::apply_extrinsic(report()).unwrap());
		assert_eq!(offences(), 1);
		assert_eq!(disabled(), vec![charlie]);
		let stale = TransactionValidityError::Invalid(InvalidTransaction::Stale);
		assert_eq!(Executive::apply_extrinsic(report()), Err(stale));
		assert_eq!(offences(), 1);
	});
}

#[test]
fn never_more_than_a_third_is_disabled() {
	on_testnet(|submitted| {
		for who in [Sr25519Keyring::Bob, Sr25519Keyring::Charlie] {
			report_babe(babe_equivocation(who, FIRST_SLOT, true)).unwrap();
			assert_ok!(Executive::apply_extrinsic(submitted().remove(0)).unwrap());
		}
		assert_eq!(offences(), 2);
		assert_eq!(disabled().len(), 1);
	});
}

#[test]
fn the_severity_is_the_fraction_of_the_offence() {
	on_testnet(|submitted| {
		report_babe(babe_equivocation(Sr25519Keyring::Bob, FIRST_SLOT, true)).unwrap();
		assert_ok!(Executive::apply_extrinsic(submitted().remove(0)).unwrap());
		// One of four: (3 / 4)^2.
		let fraction = sp_runtime::Perbill::from_rational(9u32, 16);
		assert_eq!(
			pallet_session::DisabledValidators::<Runtime>::get(),
			vec![(authority(Sr25519Keyring::Bob), OffenceSeverity(fraction))]
		);
	});
}

#[test]
fn an_offence_of_a_past_session_lands_without_disabling() {
	on_testnet(|submitted| {
		report_babe(babe_equivocation(Sr25519Keyring::Bob, FIRST_SLOT, true)).unwrap();
		report_grandpa(grandpa_equivocation(Ed25519Keyring::Charlie, Grandpa::current_set_id()))
			.unwrap();
		for _ in 0..5 {
			next_session(honest());
		}
		assert_eq!(Session::current_index(), 5);
		// The block of a rotation has no room for them.
		next_block(FIRST_SLOT + 5 * epoch() + 1, honest());
		for report in submitted() {
			assert_ok!(Executive::apply_extrinsic(report).unwrap());
		}
		assert_eq!(offences(), 2);
		assert!(disabled().is_empty());
	});
}

#[test]
fn a_new_session_starts_with_nobody_disabled() {
	on_testnet(|submitted| {
		// The set that genesis queued for the second session counts as unchanged.
		next_session(honest());
		let slot = FIRST_SLOT + epoch() + 1;
		next_block(slot, honest());
		report_babe(babe_equivocation(Sr25519Keyring::Bob, slot, true)).unwrap();
		assert_ok!(Executive::apply_extrinsic(submitted().remove(0)).unwrap());
		assert_eq!(disabled().len(), 1);
		next_session(honest());
		assert!(disabled().is_empty());
	});
}

#[test]
fn offences_can_be_reported_for_the_whole_longevity_and_no_longer() {
	on_testnet(|submitted| {
		let made_in = 3;
		let sessions = |count| (0..count).for_each(|_| next_session(honest()));
		let report_both = |babe, grandpa, slot| {
			report_babe(babe_equivocation(babe, slot, true)).unwrap();
			report_grandpa(grandpa_equivocation(grandpa, Grandpa::current_set_id())).unwrap();
			submitted()
		};
		sessions(made_in);
		let slot = FIRST_SLOT + u64::from(made_in) * epoch();
		let in_time = report_both(Sr25519Keyring::Bob, Ed25519Keyring::Bob, slot);
		let late = report_both(Sr25519Keyring::Charlie, Ed25519Keyring::Charlie, slot);

		sessions(REPORT_LONGEVITY_SESSIONS);
		let slot = slot + REPORT_LONGEVITY_SLOTS;
		next_block(slot + 1, honest());
		for report in in_time {
			assert_ok!(Executive::apply_extrinsic(report).unwrap());
		}
		assert_eq!(offences(), 2);

		sessions(1);
		next_block(slot + epoch() + 2, honest());
		for report in late {
			assert_eq!(
				Executive::apply_extrinsic(report),
				Err(InvalidTransaction::BadProof.into())
			);
		}
	});
}

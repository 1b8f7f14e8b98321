// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! Remembers which header each author has sealed in a slot, and so finds a second one.
//!
//! `sc_consensus_slots::check_equivocation` does the same under fixed database keys, which the
//! BABE import fills with headers without their seals. A proof needs the seals, hence a book of our
//! own under keys of our own.

use codec::{Decode, Encode};
use sc_client_api::AuxStore;
use sp_blockchain::{Error, Result};
use sp_consensus_babe::{AuthorityId, EquivocationProof, Slot};
use tenure_runtime::opaque::Header;

/// Headers older than this many slots are not looked at: with slots of three seconds, 50 minutes.
pub const MAX_AGE: u64 = 1_000;
/// Pages are removed once the oldest one is this old, down to [`MAX_AGE`].
const PRUNE_AT: u64 = 2 * MAX_AGE;

const PAGE_PREFIX: &[u8] = b"tenure:babe_sealed_headers:";
const PAGES_KEY: &[u8] = b"tenure:babe_sealed_headers";

/// What was sealed in one slot: the first header of each author.
type Page = Vec<(AuthorityId, Header)>;
/// The first and last slot that may have a page.
type Pages = (u64, u64);

/// Takes down that `author` has sealed `header`, seal included, in `slot`. Returns a proof if it
/// had sealed another one in that slot.
///
/// Not atomic: the caller sees to it that one call at a time runs.
pub fn check<S: AuxStore>(
	store: &S,
	slot_now: Slot,
	slot: Slot,
	header: &Header,
	author: &AuthorityId,
) -> Result<Option<EquivocationProof<Header>>> {
	let (slot_now, slot_number) = (u64::from(slot_now), u64::from(slot));
	if slot_now.saturating_sub(slot_number) > MAX_AGE {
		return Ok(None);
	}

	let page_key = page_key(slot_number);
	let mut page: Page = load(store, &page_key)?.unwrap_or_default();
	if let Some((_, first_header)) = page.iter().find(|(known, _)| known == author) {
		return Ok((first_header.hash() != header.hash()).then(|| EquivocationProof {
			offender: author.clone(),
			slot,
			first_header: first_header.clone(),
			second_header: header.clone(),
		}));
	}
	page.push((author.clone(), header.clone()));

	let (first, last): Pages = load(store, PAGES_KEY)?.unwrap_or((slot_number, slot_number));
	let mut pages = (first.min(slot_number), last.max(slot_number));
	let mut outdated = Vec::new();
	if slot_now.saturating_sub(first) >= PRUNE_AT {
		pages.0 = slot_now.saturating_sub(MAX_AGE);
		outdated = (first..pages.0.min(last.saturating_add(1))).map(self::page_key).collect();
	}
	let outdated = outdated.iter().map(Vec::as_slice).collect::<Vec<_>>();

	store.insert_aux(
		&[(page_key.as_slice(), page.encode().as_slice()), (PAGES_KEY, pages.encode().as_slice())],
		&outdated,
	)?;
	Ok(None)
}

fn page_key(slot: u64) -> Vec<u8> {
	[PAGE_PREFIX, &slot.to_be_bytes()].concat()
}

fn load<S: AuxStore, T: Decode>(store: &S, key: &[u8]) -> Result<Option<T>> {
	store
		.get_aux(key)?
		.map(|bytes| T::decode(&mut bytes.as_slice()))
		.transpose()
		.map_err(|e| Error::Backend(format!("Record of sealed headers: {e}")))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
	use std::{cell::RefCell, collections::HashMap};

	use sp_consensus_babe::{
		check_equivocation_proof,
		digests::{CompatibleDigestItem, PreDigest, SecondaryPlainPreDigest},
		AuthoritySignature,
	};
	use sp_keyring::Sr25519Keyring;
	use sp_runtime::{traits::Header as _, Digest, DigestItem};
	use tenure_runtime::Hash;

	use super::*;

	#[derive(Default)]
	struct Store(RefCell<HashMap<Vec<u8>, Vec<u8>>>);

	impl AuxStore for Store {
		fn insert_aux<
			'a,
			'b: 'a,
			'c: 'a,
			I: IntoIterator<Item = &'a (&'c [u8], &'c [u8])>,
			D: IntoIterator<Item = &'a &'b [u8]>,
		>(
			&self,
			insert: I,
			delete: D,
		) -> Result<()> {
			let mut map = self.0.borrow_mut();
			map.extend(insert.into_iter().map(|(key, value)| (key.to_vec(), value.to_vec())));
			delete.into_iter().for_each(|key| {
				map.remove(*key);
			});
			Ok(())
		}

		fn get_aux(&self, key: &[u8]) -> Result<Option<Vec<u8>>> {
			Ok(self.0.borrow().get(key).cloned())
		}
	}

	fn id(author: Sr25519Keyring) -> AuthorityId {
		author.public().into()
	}

	/// A header in `slot` that has not been sealed yet, made unique by `state_root`.
	fn unsealed(slot: u64, state_root: u8) -> Header {
		let pre_digest =
			DigestItem::babe_pre_digest(PreDigest::SecondaryPlain(SecondaryPlainPreDigest {
				slot: slot.into(),
				authority_index: 0,
			}));
		let digest = Digest { logs: vec![pre_digest] };
		Header::new(7, Hash::zero(), Hash::repeat_byte(state_root), Hash::zero(), digest)
	}

	fn sealed(author: Sr25519Keyring, slot: u64, state_root: u8) -> Header {
		let mut header = unsealed(slot, state_root);
		let signature: AuthoritySignature = author.sign(header.hash().as_bytes()).into();
		header.digest_mut().push(DigestItem::babe_seal(signature));
		header
	}

	fn seen(
		store: &Store,
		now: u64,
		slot: u64,
		header: &Header,
	) -> Option<EquivocationProof<Header>> {
		check(store, now.into(), slot.into(), header, &id(Sr25519Keyring::Bob)).unwrap()
	}

	#[test]
	fn proof_of_two_sealed_headers_is_accepted() {
		let store = Store::default();
		let first = sealed(Sr25519Keyring::Bob, 100, 1);
		let second = sealed(Sr25519Keyring::Bob, 100, 2);

		assert_eq!(seen(&store, 100, 100, &first), None);
		let proof = seen(&store, 101, 100, &second).unwrap();
		assert_eq!((&proof.first_header, &proof.second_header), (&first, &second));
		assert_eq!((proof.slot, &proof.offender), (100.into(), &id(Sr25519Keyring::Bob)));
		assert!(check_equivocation_proof(proof));
	}

	#[test]
	fn proof_of_headers_without_seals_is_not() {
		// What sc-consensus-babe 0.60 reports by itself, and why this book exists.
		let store = Store::default();
		let first = unsealed(100, 1);
		let second = unsealed(100, 2);

		assert_eq!(seen(&store, 100, 100, &first), None);
		assert!(!check_equivocation_proof(seen(&store, 100, 100, &second).unwrap()));
	}

	#[test]
	fn honest_blocks_prove_nothing() {
		let store = Store::default();
		let header = sealed(Sr25519Keyring::Bob, 100, 1);
		let next = sealed(Sr25519Keyring::Bob, 101, 2);
		let other = sealed(Sr25519Keyring::Alice, 100, 3);

		assert_eq!(seen(&store, 100, 100, &header), None);
		assert_eq!(seen(&store, 100, 100, &header), None, "the same block again");
		assert_eq!(seen(&store, 101, 101, &next), None, "another slot");
		let by_alice = check(&store, 101.into(), 100.into(), &other, &id(Sr25519Keyring::Alice));
		assert_eq!(by_alice.unwrap(), None, "another author");
	}

	#[test]
	fn old_headers_are_neither_taken_down_nor_kept() {
		let store = Store::default();
		let old = unsealed(100, 1);
		assert_eq!(seen(&store, 101 + MAX_AGE, 100, &old), None);
		assert!(store.0.borrow().is_empty());

		for slot in 100..100 + 3 * PRUNE_AT {
			let header = unsealed(slot, 1);
			assert_eq!(seen(&store, slot, slot, &header), None);
		}
		let entries = store.0.borrow().len() as u64;
		assert!((MAX_AGE..=PRUNE_AT + 2).contains(&entries), "{entries}");
	}

	#[test]
	fn a_long_pause_is_pruned_at_once() {
		let store = Store::default();
		let header = unsealed(100, 1);
		assert_eq!(seen(&store, 100, 100, &header), None);
		let later = 1 << 60;
		let header = unsealed(later, 1);
		assert_eq!(seen(&store, later, later, &header), None);
		assert_eq!(store.0.borrow().len(), 2, "one page and the range");
	}
}

// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! Reports authors that seal two blocks in one slot.
//!
//! The BABE import of sc-consensus-babe 0.60 means to do that, but it proves the offence with
//! headers that have lost their seals, and the runtime refuses the proof. [`EquivocationReporter`]
//! wraps it and reports the sealed headers, and [`unchecked_slot`] keeps it from reporting too: in
//! the transaction pool a useless report could take the place of the good one, which bears the
//! same tag.

use std::sync::{Arc, Mutex, PoisonError};

use log::{debug, info, warn};
use sc_client_api::AuxStore;
use sc_consensus::{BlockCheckParams, BlockImport, BlockImportParams, ImportResult};
use sc_consensus_babe::{find_pre_digest, BabeIntermediate, BabeLink, Epoch, INTERMEDIATE_KEY};
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_api::{ApiExt, ProvideRuntimeApi};
use sp_blockchain::HeaderBackend;
use sp_consensus::BlockOrigin;
use sp_consensus_babe::{
	digests::CompatibleDigestItem, inherents::InherentDataProvider, AuthorityId, BabeApi,
	EquivocationProof, Slot,
};
use sp_runtime::traits::Header as _;
use sp_timestamp::Timestamp;
use tenure_runtime::{
	opaque::{Block, Header},
	Hash,
};

use crate::equivocation_book;

const LOG_TARGET: &str = "babe";

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// What the wrapped BABE import takes for the present slot, and nothing else: it looks for
/// equivocations in the last thousand slots before it, hence in none at all. The slot that the
/// inherents of a block are checked against is the block's own.
pub fn unchecked_slot() -> InherentDataProvider {
	InherentDataProvider::new(Slot::from(u64::MAX))
}

/// A [`BlockImport`] that looks for equivocations before the import it wraps, which has to be the
/// `BabeBlockImport`.
pub struct EquivocationReporter<I, C> {
	inner: I,
	client: Arc<C>,
	babe_link: BabeLink<Block>,
	transaction_pool: OffchainTransactionPoolFactory<Block>,
	/// Own blocks and those of others are imported side by side.
	book: Arc<Mutex<()>>,
}

impl<I: Clone, C> Clone for EquivocationReporter<I, C> {
	fn clone(&self) -> Self {
		Self {
			inner: self.inner.clone(),
			client: self.client.clone(),
			babe_link: self.babe_link.clone(),
			transaction_pool: self.transaction_pool.clone(),
			book: self.book.clone(),
		}
	}
}

impl<I, C> EquivocationReporter<I, C> {
	/// Wraps `inner`; reports go into `transaction_pool`.
	pub fn new(
		inner: I,
		client: Arc<C>,
		babe_link: BabeLink<Block>,
		transaction_pool: OffchainTransactionPoolFactory<Block>,
	) -> Self {
		Self { inner, client, babe_link, transaction_pool, book: Arc::default() }
	}

	/// The authority that has sealed this block, from the epoch that its verifier (or the author)
	/// has put next to it.
	fn author(&self, block: &BlockImportParams<Block>, index: u32) -> Result<AuthorityId> {
		let intermediate = block.get_intermediate::<BabeIntermediate<Block>>(INTERMEDIATE_KEY)?;
		let epoch_changes = self.babe_link.epoch_changes().shared_data();
		let epoch = epoch_changes
			.viable_epoch(&intermediate.epoch_descriptor, |slot| {
				Epoch::genesis(self.babe_link.config(), slot)
			})
			.ok_or("the block's epoch is unknown")?;
		let (author, _) = usize::try_from(index)
			.ok()
			.and_then(|index| epoch.as_ref().authorities.get(index))
			.ok_or("the block's author is not in its epoch")?;
		Ok(author.clone())
	}
}

impl<I, C> EquivocationReporter<I, C>
where
	C: AuxStore + HeaderBackend<Block> + ProvideRuntimeApi<Block>,
	C::Api: BabeApi<Block> + ApiExt<Block>,
{
	fn check_and_report(&self, block: &BlockImportParams<Block>) -> Result<()> {
		// A verified block has its seal beside the header. Blocks that come without verification
		// (below a finalised one, or with a state) have it inside, blocks of a sealing node have
		// none, and the first sync brings offences that are long past.
		let verified = block.post_digests.iter().any(|item| item.as_babe_seal().is_some());
		if !verified || block.origin == BlockOrigin::NetworkInitialSync {
			return Ok(());
		}

		let pre_digest = find_pre_digest::<Block>(&block.header)?;
		let author = self.author(block, pre_digest.authority_index())?;
		let slot_duration = self.babe_link.config().slot_duration();
		let slot_now = Slot::from_timestamp(Timestamp::current(), slot_duration);
		let header = block.post_header();
		let equivocation = {
			let _guard = self.book.lock().unwrap_or_else(PoisonError::into_inner);
			equivocation_book::check(&*self.client, slot_now, pre_digest.slot(), &header, &author)?
		};
		match equivocation {
			Some(proof) => self.report(proof, *header.parent_hash()),
			None => Ok(()),
		}
	}

	fn report(&self, proof: EquivocationProof<Header>, parent: Hash) -> Result<()> {
		let (offender, slot) = (proof.offender.clone(), proof.slot);
		info!(
			target: LOG_TARGET,
			"Author {offender:?} has sealed two blocks in slot {slot}: {:?} and {:?}",
			proof.first_header.hash(),
			proof.second_header.hash(),
		);

		// The parent is in the same session as a rule, so its state holds the offender's keys; if
		// a session starts with this very block, or that state is gone, the best block may do.
		let best = self.client.info().best_hash;
		let key_owner_proof = [parent, best].into_iter().find_map(|at| {
			self.client
				.runtime_api()
				.generate_key_ownership_proof(at, slot, offender.clone())
				.unwrap_or_else(|error| {
					debug!(target: LOG_TARGET, "No key ownership proof at {at:?}: {error}");
					None
				})
		});
		let Some(key_owner_proof) = key_owner_proof else {
			warn!(target: LOG_TARGET, "Author {offender:?} owns no key any more: not reported");
			return Ok(());
		};

		let mut api = self.client.runtime_api();
		api.register_extension(self.transaction_pool.offchain_transaction_pool(best));
		api.submit_report_equivocation_unsigned_extrinsic(best, proof, key_owner_proof)?
			.ok_or("the runtime or the transaction pool took no report")?;
		info!(target: LOG_TARGET, "Reported author {offender:?} for slot {slot}");
		Ok(())
	}
}

#[async_trait::async_trait]
impl<I, C> BlockImport<Block> for EquivocationReporter<I, C>
where
	I: BlockImport<Block> + Send + Sync,
	C: AuxStore + HeaderBackend<Block> + ProvideRuntimeApi<Block> + Send + Sync,
	C::Api: BabeApi<Block> + ApiExt<Block>,
{
	type Error = I::Error;

	async fn check_block(
		&self,
		block: BlockCheckParams<Block>,
	) -> std::result::Result<ImportResult, Self::Error> {
		self.inner.check_block(block).await
	}

	async fn import_block(
		&self,
		block: BlockImportParams<Block>,
	) -> std::result::Result<ImportResult, Self::Error> {
		if let Err(error) = self.check_and_report(&block) {
			warn!(target: LOG_TARGET, "Looking for an equivocation failed: {error}");
		}
		self.inner.import_block(block).await
	}
}

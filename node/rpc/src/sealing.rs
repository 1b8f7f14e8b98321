// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! RPC of a development node that seals its own blocks (`--sealing`). All of it is unsafe: served
//! on the local interface only, unless `--rpc-methods unsafe` is given.
//!
//! `engine_createBlock` and `engine_finalizeBlock` take what other Substrate development nodes
//! take, with one difference: nothing is ever finalised by force, because that would leave the
//! GRANDPA voter behind for good. `finalize: true` and `engine_finalizeBlock` wait for GRANDPA.

use std::{sync::Arc, time::Duration};

use futures::{
	channel::{mpsc, oneshot},
	future::{self, Either},
	SinkExt, StreamExt,
};
use futures_timer::Delay;
use jsonrpsee::{
	core::async_trait,
	proc_macros::rpc,
	types::{ErrorObject, ErrorObjectOwned},
	Extensions,
};
use sc_client_api::BlockchainEvents;
use sc_consensus_manual_seal::{CreatedBlock, Error as SealError};
use sc_rpc_api::check_if_safe;
use serde::{Deserialize, Serialize};
use sp_blockchain::HeaderBackend;
use tenure_runtime::{opaque::Block, Hash};

/// How long a call waits for GRANDPA.
const FINALITY_TIMEOUT: Duration = Duration::from_secs(30);

/// JSON-RPC error: more slots than [`SealingClock::skip_slots`] takes.
pub const SKIP_OUT_OF_RANGE: i32 = 21_001;
/// JSON-RPC error: GRANDPA didn't finalise the block in 30 seconds.
pub const FINALITY_TIMED_OUT: i32 = 21_002;
/// JSON-RPC error: the block is unknown, or GRANDPA finalised another one at its height.
pub const NOT_FINALIZED: i32 = 21_003;

/// When the next block will be dated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NextBlock {
	/// Its BABE slot.
	pub slot: u64,
	/// Its timestamp, in milliseconds since 1970.
	pub timestamp: u64,
}

/// The clock of a sealed chain, which only goes on with its blocks.
pub trait SealingClock: Send + Sync {
	/// When the next block will be dated.
	fn next_block(&self) -> NextBlock;

	/// Leaves out `slots` slots before the next block. `None`, and nothing happens, if that is
	/// more than the clock allows at once.
	fn skip_slots(&self, slots: u64) -> Option<NextBlock>;
}

/// Asks the sealing task for one block.
pub struct SealRequest {
	/// Seal also while no transaction is ready.
	pub create_empty: bool,
	/// Parent of the new block; `None` for the best block.
	pub parent_hash: Option<Hash>,
	/// Where the answer goes.
	pub sender: oneshot::Sender<Result<CreatedBlock<Hash>, SealError>>,
}

/// What the `engine` and `sealing` methods need.
#[derive(Clone)]
pub struct SealingDeps {
	/// To the sealing task.
	pub requests: mpsc::Sender<SealRequest>,
	/// The clock of the chain.
	pub clock: Arc<dyn SealingClock>,
}

/// RPC of a node that seals its own blocks.
#[rpc(server)]
pub trait SealingApi {
	/// Seals one block. With `create_empty` false it fails while no transaction is ready; with
	/// `finalize` true it answers once GRANDPA has finalised the block, at most 30 seconds later.
	#[method(name = "engine_createBlock", with_extensions)]
	async fn create_block(
		&self,
		create_empty: bool,
		finalize: Option<bool>,
		parent_hash: Option<Hash>,
	) -> Result<CreatedBlock<Hash>, ErrorObjectOwned>;

	/// Waits up to 30 seconds until GRANDPA has finalised the block; `justification` is ignored.
	#[method(name = "engine_finalizeBlock", with_extensions)]
	async fn finalize_block(
		&self,
		hash: Hash,
		justification: Option<Vec<u8>>,
	) -> Result<bool, ErrorObjectOwned>;

	/// Leaves out this many slots before the next block, so that it is dated that much later;
	/// adds to earlier calls. Returns the next block's slot and timestamp.
	#[method(name = "sealing_skipSlots", with_extensions)]
	fn skip_slots(&self, slots: u64) -> Result<NextBlock, ErrorObjectOwned>;

	/// Slot and timestamp that the next block will have.
	#[method(name = "sealing_nextBlock", with_extensions)]
	fn next_block(&self) -> Result<NextBlock, ErrorObjectOwned>;
}

/// The [`SealingApiServer`] of the node.
pub struct Sealing<C> {
	client: Arc<C>,
	deps: SealingDeps,
}

impl<C> Sealing<C>
where
	C: HeaderBackend<Block> + BlockchainEvents<Block>,
{
	/// Talks to the sealing task and the clock of `deps`; `client` tells what is finalised.
	pub fn new(client: Arc<C>, deps: SealingDeps) -> Self {
		Self { client, deps }
	}

	/// Whether `hash` is finalised; an error if it can't be any more, or isn't known.
	fn is_finalized(&self, hash: Hash) -> Result<bool, ErrorObjectOwned> {
		let failed = |e| ErrorObjectOwned::from(SealError::from(e));
		let Some(number) = self.client.number(hash).map_err(failed)? else {
			return Err(error(NOT_FINALIZED, format!("Block {hash:?} is unknown")));
		};
		if number > self.client.info().finalized_number {
			return Ok(false);
		}
		if self.client.hash(number).map_err(failed)? == Some(hash) {
			return Ok(true);
		}
		Err(error(NOT_FINALIZED, format!("Another block than {hash:?} is final at #{number}")))
	}

	async fn wait_until_finalized(&self, hash: Hash) -> Result<(), ErrorObjectOwned> {
		let mut notifications = self.client.finality_notification_stream();
		let mut timeout = Delay::new(FINALITY_TIMEOUT);
		while !self.is_finalized(hash)? {
			match future::select(notifications.next(), &mut timeout).await {
				Either::Left((Some(_), _)) => {}
				Either::Left((None, _)) => return Err(stopping().into()),
				Either::Right(_) => {
					let seconds = FINALITY_TIMEOUT.as_secs();
					let message = format!("GRANDPA didn't finalise {hash:?} in {seconds} s");
					return Err(error(FINALITY_TIMED_OUT, message));
				}
			}
		}
		Ok(())
	}
}

fn error(code: i32, message: String) -> ErrorObjectOwned {
	ErrorObject::owned(code, message, None::<()>)
}

fn stopping() -> SealError {
	oneshot::Canceled.into()
}

#[async_trait]
impl<C> SealingApiServer for Sealing<C>
where
	C: HeaderBackend<Block> + BlockchainEvents<Block> + Send + Sync + 'static,
{
	async fn create_block(
		&self,
		ext: &Extensions,
		create_empty: bool,
		finalize: Option<bool>,
		parent_hash: Option<Hash>,
	) -> Result<CreatedBlock<Hash>, ErrorObjectOwned> {
		check_if_safe(ext)?;

		let (sender, receiver) = oneshot::channel();
		let request = SealRequest { create_empty, parent_hash, sender };
		self.deps.requests.clone().send(request).await.map_err(SealError::from)?;
		let created = receiver.await.map_err(SealError::from)??;

		if finalize == Some(true) {
			self.wait_until_finalized(created.hash).await?;
		}
		Ok(created)
	}

	async fn finalize_block(
		&self,
		ext: &Extensions,
		hash: Hash,
		_justification: Option<Vec<u8>>,
	) -> Result<bool, ErrorObjectOwned> {
		check_if_safe(ext)?;
		self.wait_until_finalized(hash).await?;
		Ok(true)
	}

	fn skip_slots(&self, ext: &Extensions, slots: u64) -> Result<NextBlock, ErrorObjectOwned> {
		check_if_safe(ext)?;
		self.deps
			.clock
			.skip_slots(slots)
			.ok_or_else(|| error(SKIP_OUT_OF_RANGE, format!("{slots} slots are too many at once")))
	}

	fn next_block(&self, ext: &Extensions) -> Result<NextBlock, ErrorObjectOwned> {
		check_if_safe(ext)?;
		Ok(self.deps.clock.next_block())
	}
}

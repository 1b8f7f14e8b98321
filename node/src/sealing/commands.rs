// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! What tells the sealing task to seal. No command of these ever finalises: client finality set by
//! force would jump over changes of the authority set and leave the GRANDPA voter behind for good.

use std::{sync::Arc, time::Duration};

use futures::{
	channel::{mpsc, oneshot},
	future, stream, FutureExt, Stream, StreamExt,
};
use futures_timer::Delay;
use log::warn;
use sc_consensus_manual_seal::{CreatedBlock, EngineCommand, Error};
use sc_transaction_pool_api::{ImportNotificationStream, TransactionPool, TxHash};
use sp_blockchain::HeaderBackend;
use tenure_rpc::sealing::SealRequest;
use tenure_runtime::{opaque::Block, Hash};

/// A command to the sealing task.
pub type Command = EngineCommand<Hash>;

type Answer = oneshot::Receiver<Result<CreatedBlock<Hash>, Error>>;

/// How many requests wait for the sealing task before further callers have to wait themselves.
pub const MAX_PENDING_REQUESTS: usize = 1_000;

/// How many blocks in a row `instant` seals without getting a transaction in. The first block of a
/// session takes none, so it has to be more than one.
const MAX_FRUITLESS_BLOCKS: u32 = 3;

/// How long `instant` waits until the pool has caught up with the last block.
const POOL_TIMEOUT: Duration = Duration::from_secs(2);

/// Blocks that the RPC asks for.
pub fn requested<P>(
	requests: mpsc::Receiver<SealRequest>,
	pool: Arc<P>,
) -> impl Stream<Item = Command>
where
	P: TransactionPool<Block = Block>,
{
	requests.filter_map(move |SealRequest { create_empty, parent_hash, sender }| {
		// With `create_empty: false` the sealing task would also refuse a block with just one
		// transaction, as it takes the two kinds of inherent data for two inherents.
		if !create_empty && pool.status().ready == 0 {
			// The caller may be gone by now.
			let _ = sender.send(Err(Error::EmptyTransactionPool));
			return future::ready(None);
		}
		future::ready(Some(EngineCommand::SealNewBlock {
			create_empty: true,
			finalize: false,
			parent_hash,
			sender: Some(sender),
		}))
	})
}

/// One block on top of the best one.
fn seal() -> (Command, Answer) {
	let (sender, answer) = oneshot::channel();
	let command = EngineCommand::SealNewBlock {
		create_empty: true,
		finalize: false,
		parent_hash: None,
		sender: Some(sender),
	};
	(command, answer)
}

/// Waits until the block of an earlier [`seal`] is done. `None` once the sealing task is gone.
async fn settle(answer: Answer) -> Option<()> {
	if let Err(error) = answer.await.ok()? {
		warn!("Sealing a block failed: {error}");
	}
	Some(())
}

/// A block whenever `period` has passed.
pub fn interval(period: Duration) -> impl Stream<Item = Command> {
	stream::unfold(None, move |pending: Option<Answer>| async move {
		if let Some(answer) = pending {
			settle(answer).await?;
		}
		Delay::new(period).await;
		let (command, answer) = seal();
		Some((command, Some(answer)))
	})
}

/// Blocks as long as transactions are ready.
pub fn instant<P, C>(pool: Arc<P>, client: Arc<C>) -> impl Stream<Item = Command>
where
	P: TransactionPool<Block = Block>,
	C: HeaderBackend<Block>,
{
	let imports = pool.import_notification_stream();
	let state = Instant { pool, client, imports, pending: None, patience: Patience::default() };
	stream::unfold(state, |mut state| async move {
		let command = state.next().await?;
		Some((command, state))
	})
}

struct Instant<P: TransactionPool, C> {
	pool: Arc<P>,
	client: Arc<C>,
	imports: ImportNotificationStream<TxHash<P>>,
	pending: Option<Answer>,
	patience: Patience,
}

impl<P, C> Instant<P, C>
where
	P: TransactionPool<Block = Block>,
	C: HeaderBackend<Block>,
{
	/// Waits until a block should be sealed. `None` once the node stops.
	async fn next(&mut self) -> Option<Command> {
		if let Some(answer) = self.pending.take() {
			settle(answer).await?;
		}
		loop {
			// Whatever was announced until here is among the ready ones counted next.
			while let Some(import) = self.imports.next().now_or_never() {
				import?;
				self.patience = Patience::default();
			}
			if self.patience.allows(self.ready().await) {
				let (command, answer) = seal();
				self.pending = Some(answer);
				return Some(command);
			}
			self.imports.next().await?;
			self.patience = Patience::default();
		}
	}

	/// How many transactions are ready on top of the best block.
	async fn ready(&self) -> usize {
		let best = self.client.info().best_hash;
		self.pool.ready_at_with_timeout(best, POOL_TIMEOUT).await.count()
	}
}

/// Tells when to stop sealing for transactions that don't get in.
#[derive(Default)]
struct Patience {
	last_ready: Option<usize>,
	fruitless: u32,
}

impl Patience {
	/// Whether to seal once more, with so many transactions ready now.
	fn allows(&mut self, ready: usize) -> bool {
		match self.last_ready.replace(ready) {
			Some(last) if ready >= last => self.fruitless += 1,
			_ => self.fruitless = 0,
		}
		ready > 0 && self.fruitless < MAX_FRUITLESS_BLOCKS
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn patience_lasts_while_the_pool_shrinks() {
		let mut patience = Patience::default();
		assert!((1..=100).rev().all(|ready| patience.allows(ready)));
		assert!(!patience.allows(0));
	}

	#[test]
	fn patience_outlasts_a_session_change_but_not_a_stuck_transaction() {
		let mut patience = Patience::default();
		let blocks = (0..10).take_while(|_| patience.allows(1)).count();
		assert_eq!(blocks as u32, MAX_FRUITLESS_BLOCKS);
	}

	#[test]
	fn no_block_without_transactions() {
		assert!(!Patience::default().allows(0));
	}
}

// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! The clock of a sealed chain.

use std::sync::atomic::{AtomicU64, Ordering::SeqCst};

use codec::Decode;
use sc_client_api::{Backend, StorageKey, StorageProvider};
use sc_service::Error as ServiceError;
use sp_blockchain::HeaderBackend;
use sp_consensus_babe::{Slot, SlotDuration};
use sp_io::hashing::twox_128;
use tenure_rpc::sealing::{NextBlock, SealingClock};
use tenure_runtime::opaque::Block;

/// Most time that one call may leave out, in milliseconds: 366 days.
const MAX_SKIP_MS: u64 = 366 * 24 * 60 * 60 * 1000;

/// What a block's inherents are made of.
pub type Inherents =
	(sp_consensus_babe::inherents::InherentDataProvider, sp_timestamp::InherentDataProvider);

/// Goes on by one slot with each block, and further when told to. It knows nothing of real time
/// once it runs.
pub struct SlotClock {
	/// Timestamp of the next block, in milliseconds.
	next: AtomicU64,
	/// In milliseconds, never 0.
	slot_duration: u64,
}

impl SlotClock {
	/// The clock of the chain in `client`'s database: it starts now, or one slot after the best
	/// block where that one is ahead of real time.
	pub fn of_chain<C, B>(client: &C, slot_duration: SlotDuration) -> Result<Self, ServiceError>
	where
		B: Backend<Block>,
		C: HeaderBackend<Block> + StorageProvider<Block, B>,
	{
		let key = StorageKey([twox_128(b"Timestamp"), twox_128(b"Now")].concat());
		let best = client
			.storage(client.info().best_hash, &key)?
			.map(|now| u64::decode(&mut now.0.as_slice()))
			.transpose()
			.map_err(|e| ServiceError::Other(format!("Timestamp of the best block: {e}")))?;
		let now = sp_timestamp::Timestamp::current().as_millis();
		Ok(Self::start(best.unwrap_or_default(), now, slot_duration.as_millis()))
	}

	fn start(best: u64, now: u64, slot_duration: u64) -> Self {
		let slot_duration = slot_duration.max(1);
		let this_slot = now - now % slot_duration;
		let next = this_slot.max(best.saturating_add(slot_duration));
		Self { next: AtomicU64::new(next), slot_duration }
	}

	/// Inherents of the next block, which takes its time from the clock.
	pub fn next_inherents(&self) -> Inherents {
		let timestamp = self.next.fetch_add(self.slot_duration, SeqCst);
		let slot = Slot::from(timestamp / self.slot_duration);
		(sp_consensus_babe::inherents::InherentDataProvider::new(slot), at(timestamp))
	}

	/// Timestamp to check a block of this node against. Asking leaves the clock alone.
	pub fn checking_timestamp(&self) -> sp_timestamp::InherentDataProvider {
		at(self.next.load(SeqCst))
	}

	fn date(&self, timestamp: u64) -> NextBlock {
		NextBlock { slot: timestamp / self.slot_duration, timestamp }
	}
}

fn at(timestamp: u64) -> sp_timestamp::InherentDataProvider {
	sp_timestamp::InherentDataProvider::new(timestamp.into())
}

impl SealingClock for SlotClock {
	fn next_block(&self) -> NextBlock {
		self.date(self.next.load(SeqCst))
	}

	fn skip_slots(&self, slots: u64) -> Option<NextBlock> {
		let skipped = slots.checked_mul(self.slot_duration).filter(|ms| *ms <= MAX_SKIP_MS)?;
		let before =
			self.next.fetch_update(SeqCst, SeqCst, |next| next.checked_add(skipped)).ok()?;
		Some(self.date(before + skipped))
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const SLOT: u64 = 3_000;

	fn timestamp(inherents: Inherents) -> u64 {
		inherents.1.timestamp().as_millis()
	}

	#[test]
	fn starts_with_the_slot_of_real_time() {
		let clock = SlotClock::start(0, 10 * SLOT + 1_234, SLOT);
		assert_eq!(clock.next_block(), NextBlock { slot: 10, timestamp: 10 * SLOT });
	}

	#[test]
	fn goes_on_after_a_best_block_that_is_ahead() {
		let clock = SlotClock::start(99 * SLOT + 7, 10 * SLOT, SLOT);
		assert_eq!(clock.next_block(), NextBlock { slot: 100, timestamp: 100 * SLOT + 7 });
	}

	#[test]
	fn each_block_takes_one_slot_and_checking_takes_none() {
		let clock = SlotClock::start(0, 10 * SLOT, SLOT);
		for slot in 10..13 {
			let inherents = clock.next_inherents();
			assert_eq!(inherents.0.slot(), slot);
			assert_eq!(timestamp(inherents), slot * SLOT);
			assert!(clock.checking_timestamp().timestamp().as_millis() >= slot * SLOT);
		}
		assert_eq!(clock.next_block().slot, 13);
	}

	#[test]
	fn skipping_adds_up_and_is_bounded() {
		let clock = SlotClock::start(0, 10 * SLOT, SLOT);
		assert_eq!(clock.skip_slots(5).map(|next| next.slot), Some(15));
		assert_eq!(clock.skip_slots(0).map(|next| next.slot), Some(15));
		assert_eq!(clock.skip_slots(201_600).map(|next| next.slot), Some(201_615));
		assert_eq!(clock.skip_slots(MAX_SKIP_MS / SLOT + 1), None);
		assert_eq!(clock.skip_slots(u64::MAX), None);
		assert_eq!(timestamp(clock.next_inherents()), 201_615 * SLOT);
	}
}

// SPDX-License-Identifier: Apache-2.0

//! When the chain stood still, and what that changes.

use crate::{types::BlockTime, Config, Event, LastBlockTime, LeaseOf, Outages, Pallet};
use frame_support::{
	defensive,
	traits::{Get, OnTimestampSet},
};
use tenure_lease_math::{excused_seconds, moved, Outage};
use tenure_primitives::Moment;

// Told by the inherent that sets the clock: before any other transaction of the block.
impl<T: Config> OnTimestampSet<u64> for Pallet<T> {
	fn on_timestamp_set(milliseconds: u64) {
		Self::note_block(milliseconds / 1_000, T::Standstill::get());
	}
}

impl<T: Config> Pallet<T> {
	/// Notes that a block is made at `now`, and the outage that ends with it, if one does.
	/// One that is `closed` takes no transactions.
	fn note_block(now: Moment, closed: bool) {
		let last = match LastBlockTime::<T>::get() {
			None => BlockTime { open: now, stood_still: false },
			// A clock that goes back must not make the same time an outage again.
			Some(last) => last,
		};
		if closed {
			LastBlockTime::<T>::put(BlockTime { stood_still: true, ..last });
			return;
		}
		let pause = now.saturating_sub(last.open);
		let is_outage = last.stood_still || pause > T::OutageThreshold::get().into();
		if is_outage && pause > 0 {
			Self::note_outage(Outage { from: last.open, until: now });
		}
		LastBlockTime::<T>::put(BlockTime { open: now.max(last.open), stood_still: false });
	}

	/// Adds an outage; the oldest one goes if there is no room.
	fn note_outage(outage: Outage) {
		Outages::<T>::mutate(|outages| {
			if outages.is_full() {
				outages.remove(0);
			}
			if outages.try_push(outage).is_err() {
				defensive!("there is room for one outage at least");
			}
		});
		Self::deposit_event(Event::OutageNoted { from: outage.from, until: outage.until });
	}

	/// When a deadline of people is over that was set at `since`: as much later as the chain stood still
	/// in between. Changes when the chain stands still again; ask for it when it matters.
	pub fn moved(deadline: Moment, since: Moment) -> Moment {
		moved(&Outages::<T>::get(), deadline, since)
	}

	/// Seconds of the lease that are not proven and that its payee does not answer for, given how many are
	/// and from when on nothing could be added to them.
	pub(crate) fn excused_seconds(lease: &LeaseOf<T>, proven: u64, final_from: Moment) -> u64 {
		if lease.force_retired || proven >= lease.seconds() {
			return 0;
		}
		let outages = Outages::<T>::get();
		let gap = lease.evidence.heartbeat_gap().unwrap_or_default();
		excused_seconds(&outages, lease.from, lease.until, final_from, gap, proven)
	}
}

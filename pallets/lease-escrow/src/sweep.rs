// SPDX-License-Identifier: Apache-2.0

//! How leases end by themselves.
//!
//! A lease's deadline is the minute of its next warning or of its end, then those of ever rarer looks,
//! at the latest the one in which its evidence is final and can't be objected to any more. The sweep
//! takes past deadlines in order of time, each lease in a storage layer of its own: one that fails is
//! parked, ever longer, and stops nothing. Disputes come after them, by deadlines of their own.

use crate::{
	settlement::Settled,
	types::{minute_from, minute_of},
	Config, Deadlines, Event, LeaseOf, Leases, MinuteKey, Pallet, WeightInfo,
};
use frame_support::{
	defensive,
	pallet_prelude::DispatchError,
	storage::with_storage_layer,
	traits::Get,
	weights::{Weight, WeightMeter},
};
use tenure_primitives::{traits::Evidence, LeaseId, Moment, Proof};

/// The longest pause between two tries is 2^`MAX_BACK_OFF` minutes, some 17 hours.
const MAX_BACK_OFF: u8 = 10;

/// Set in the `looks` of a lease since it could not be closed: from then on they count that.
pub(crate) const FAILED: u8 = 1 << 7;

impl<T: Config> Pallet<T> {
	/// The most weight that the sweep uses in a block.
	pub(crate) fn sweep_limit() -> Weight {
		let (share, block) = (T::SweepShare::get(), T::BlockWeights::get().max_block);
		Weight::from_parts(share.mul_floor(block.ref_time()), share.mul_floor(block.proof_size()))
	}

	/// The most weight that it uses on one lease.
	pub(crate) fn heaviest_step() -> Weight {
		Self::sweep_warn_custody()
			.max(Self::sweep_end_custody())
			.max(T::WeightInfo::sweep_close())
			.max(T::WeightInfo::sweep_close_receipts())
			.max(T::WeightInfo::sweep_close_custody().saturating_add(Self::most_claims_weight()))
			.max(T::WeightInfo::sweep_forfeit())
			.max(Self::weight_to_refuse())
	}

	/// Weight of a warning about a lease whose device is handed over.
	pub(crate) fn sweep_warn_custody() -> Weight {
		T::WeightInfo::sweep_warn().saturating_add(Self::custody_weight())
	}

	/// Weight of a look at a lease whose device is handed over and that stays open.
	pub(crate) fn sweep_end_custody() -> Weight {
		T::WeightInfo::sweep_end().saturating_add(Self::custody_weight())
	}

	/// Serves past deadlines while the block and the sweep's share of it have room.
	pub(crate) fn sweep(block: &mut WeightMeter) {
		let mut meter = WeightMeter::with_limit(block.remaining().min(Self::sweep_limit()));
		if meter.try_consume(T::WeightInfo::sweep_base()).is_err() {
			return;
		}
		let now = Self::now();
		let heaviest = Self::heaviest_step();
		// One iterator: it remembers where it is, so that what it left behind is not walked again.
		// Leases are filed under minutes to come only, which ends the loop.
		let mut deadlines = Deadlines::<T>::iter_keys();
		while meter.can_consume(heaviest) {
			let Some((minute, lease)) = deadlines.next() else { break };
			if minute.get() > minute_of(now) {
				break;
			}
			meter.consume(Self::serve_deadline(minute, lease, now));
		}
		Self::sweep_disputes(&mut meter, now);
		block.consume(meter.consumed());
	}

	/// Warns of the lease's end, ends or closes it. Returns the weight of that.
	fn serve_deadline(minute: MinuteKey, id: LeaseId, now: Moment) -> Weight {
		let Some(mut lease) = Leases::<T>::get(id) else {
			defensive!("each deadline is of an open lease");
			Deadlines::<T>::remove(minute, id);
			if Leases::<T>::contains_key(id) {
				// A record that can't be read. It waits for whoever mends it.
				let later = minute_of(now).saturating_add(1 << MAX_BACK_OFF);
				Deadlines::<T>::insert(MinuteKey::from(later), id, ());
			}
			return Self::heaviest_step();
		};
		if lease.is_request() {
			if lease.has_lapsed(now) {
				Self::lapse_or_park(id, lease, minute, now);
			} else {
				let due = minute_from(lease.requested_until.unwrap_or(lease.from));
				Self::file(id, lease, minute, due, now);
			}
			return Self::weight_to_refuse();
		}
		if lease.is_physical() {
			return Self::serve_physical(minute, id, lease, now);
		}
		if now < lease.until && !lease.force_retired {
			Self::warn(id, lease, minute, now);
			return T::WeightInfo::sweep_warn();
		}
		Self::note_end(id, &mut lease, now);
		let proof = T::Evidence::proven(lease.device, &lease.window(id));
		if !Self::is_final(&lease, &proof, now) {
			let last = minute_from(Self::closes_from(&lease, &proof));
			let due = if now >= Self::proven_from(&lease, &proof) {
				// Only the tenant's time to object is left.
				last
			} else {
				// A heartbeat, or a receipt for all of it, may make it final long before the last moment.
				minute_of(now).saturating_add(Self::pause(&mut lease)).min(last)
			};
			Self::file(id, lease, minute, due, now);
			return T::WeightInfo::sweep_end();
		}
		let weight = match Settled::closed(&lease) {
			Settled::ClosedByReceipts => T::WeightInfo::sweep_close_receipts(),
			_ => T::WeightInfo::sweep_close(),
		};
		Self::close_or_park(id, lease, proof, minute, now);
		weight
	}

	/// Closes a lease whose evidence is final in a storage layer of its own. One that fails is parked.
	pub(crate) fn close_or_park(
		id: LeaseId,
		lease: LeaseOf<T>,
		proof: Proof,
		minute: MinuteKey,
		now: Moment,
	) {
		let closed = with_storage_layer(|| Self::close_by_evidence(id, lease.clone(), proof, None));
		if let Err(error) = closed {
			Self::park(id, lease, minute, error, now);
		}
	}

	/// Closes a request that nobody can accept any more in a storage layer of its own. One that fails is
	/// parked.
	pub(crate) fn lapse_or_park(id: LeaseId, lease: LeaseOf<T>, minute: MinuteKey, now: Moment) {
		let closed = with_storage_layer(|| Self::lapse(id, lease.clone()));
		if let Err(error) = closed {
			Self::park(id, lease, minute, error, now);
		}
	}

	/// Puts off a lease that could not be closed: for a minute, then each time for twice as long. How often
	/// it was looked at in vain before does not count.
	pub(crate) fn park(
		id: LeaseId,
		mut lease: LeaseOf<T>,
		minute: MinuteKey,
		error: DispatchError,
		now: Moment,
	) {
		if lease.looks & FAILED == 0 {
			lease.looks = FAILED;
		}
		let due = minute_of(now).saturating_add(Self::pause(&mut lease));
		let until_minute = Self::file(id, lease, minute, due, now);
		Self::deposit_event(Event::SettlementDeferred { lease: id, until_minute, error });
	}

	/// Minutes until the next look at the lease: one, then twice as many each time.
	fn pause(lease: &mut LeaseOf<T>) -> u32 {
		let (failed, count) = (lease.looks & FAILED, lease.looks & !FAILED);
		let pause = 1u32.checked_shl(count.min(MAX_BACK_OFF).into()).unwrap_or(1);
		lease.looks = failed | count.saturating_add(1).min(!FAILED);
		pause
	}

	/// Files a lease under another minute, which is one to come. Returns it.
	pub(crate) fn file(
		id: LeaseId,
		mut lease: LeaseOf<T>,
		minute: MinuteKey,
		due: u32,
		now: Moment,
	) -> u32 {
		let due = due.max(minute_of(now).saturating_add(1));
		Deadlines::<T>::remove(minute, id);
		lease.deadline = due;
		Deadlines::<T>::insert(MinuteKey::from(due), id, ());
		Leases::<T>::insert(id, lease);
		due
	}
}

// SPDX-License-Identifier: Apache-2.0

//! What must always hold.

use crate::{
	types::Liveness, Config, Day, Livenesses, Pallet, ProvenDays, ProvenMinutes, Receipts,
	ReportsInBlock, SilentEnds,
};
use frame_support::{ensure, traits::Get};
use sp_runtime::{traits::UniqueSaturatedInto, TryRuntimeError};
use tenure_lease_math::{MinuteRange, MINUTE, MINUTES_PER_DAY};
use tenure_primitives::{traits::LeaseWindows, DeviceId, EvidencePolicy, LeaseWindow};

impl<T: Config> Pallet<T> {
	/// 1. no device was seen, and no minute proven, in the future; no named block is ahead;
	/// 2. a day is in one place: either it is being written, or it is put away;
	/// 3. a lease's minutes are in one place: either it is being served, or they are put away;
	/// 4. the minutes of each lease are the bits inside its window;
	/// 5. no block has more reports, more of idle devices or more receipts than it takes;
	/// 6. each receipt is of an open lease that is paid by receipts, and for time that had passed when it
	///    was recorded;
	/// 7. no evidence is final from a moment on that is still to come.
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		let now = Self::now();
		let block: u32 = frame_system::Pallet::<T>::block_number().unique_saturated_into();
		for (device, liveness) in Livenesses::<T>::iter() {
			ensure!(liveness.pulse.last_seen <= now, "a device was seen in the future");
			ensure!(liveness.named_block <= block, "a device named a block of the future");
			if let Some(record) = &liveness.day {
				ensure!(!is_ahead(record.day, now), "a minute of the future is proven");
				ensure!(
					!ProvenDays::<T>::contains_key(device, Day::from(record.day)),
					"a day is in two places"
				);
			}
			if let Some(tally) = &liveness.tally {
				ensure!(
					!ProvenMinutes::<T>::contains_key(tally.lease),
					"the minutes of a lease are in two places"
				);
			}
			for window in T::LeaseWindows::lease_windows(device, 0, now) {
				Self::try_window(device, &liveness, &window)?;
			}
		}
		for (device, day) in ProvenDays::<T>::iter_keys() {
			ensure!(Livenesses::<T>::contains_key(device), "minutes of a device never seen");
			ensure!(!is_ahead(day.into(), now), "a minute of the future is proven");
		}
		for moment in SilentEnds::<T>::iter_values() {
			ensure!(moment <= now, "evidence of a lease that is over is final in the future");
		}
		let (_, total, idle, receipts) = ReportsInBlock::<T>::get();
		ensure!(total <= T::MaxReportsPerBlock::get(), "a block has more reports than it takes");
		ensure!(
			idle <= total.min(T::MaxIdleReportsPerBlock::get()),
			"a block has more reports of idle devices than it takes"
		);
		ensure!(
			receipts <= total.saturating_sub(idle).min(T::MaxReceiptsPerBlock::get()),
			"a block has more receipts than it takes"
		);
		Self::try_receipts()
	}

	/// A lease may have become shorter than its receipt, so that its end is not asked for.
	fn try_receipts() -> Result<(), TryRuntimeError> {
		for (lease, receipt) in Receipts::<T>::iter() {
			let terms = T::LeaseWindows::receipt_terms(lease)
				.ok_or("a receipt is of a lease that is not open")?;
			ensure!(
				matches!(terms.evidence, EvidencePolicy::CoSigned { .. }),
				"a receipt is of a lease that is not paid by receipts"
			);
			ensure!(receipt.at <= Self::now(), "a receipt was recorded in the future");
			ensure!(
				receipt.seconds > 0 && receipt.seconds <= receipt.at.saturating_sub(terms.from),
				"a receipt is for time that had not passed"
			);
		}
		Ok(())
	}

	fn try_window(
		device: DeviceId,
		liveness: &Liveness,
		window: &LeaseWindow,
	) -> Result<(), TryRuntimeError> {
		let minutes = MinuteRange {
			first: window.from.div_ceil(MINUTE),
			end: window.until.min(liveness.pulse.last_seen).checked_div(MINUTE).unwrap_or(0),
		};
		let tallied = Self::minutes_of(liveness, window.lease);
		let Some((first, last)) = minutes.days() else {
			ensure!(tallied == 0, "minutes are proven outside a lease");
			return Ok(());
		};
		// The bits of a lease that nobody closed may be gone; its minutes are not.
		if last_day(liveness).saturating_sub(T::RetainedDays::get()) > first {
			return Ok(());
		}
		let in_bits = (first..=last).fold(0u32, |sum, day| {
			let (from, end) = minutes.in_day(day);
			sum.saturating_add(Self::proven_day(device, day).count(from, end))
		});
		ensure!(tallied == in_bits, "the minutes of a lease differ from its bits");
		Ok(())
	}
}

fn last_day(liveness: &Liveness) -> u32 {
	let day = u64::from(MINUTES_PER_DAY).saturating_mul(MINUTE);
	liveness.pulse.last_seen.checked_div(day).unwrap_or(0).unique_saturated_into()
}

fn is_ahead(day: u32, now: u64) -> bool {
	let midnight = u64::from(day).saturating_mul(MINUTES_PER_DAY.into()).saturating_mul(MINUTE);
	midnight > now
}

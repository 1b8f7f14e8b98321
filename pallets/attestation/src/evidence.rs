// SPDX-License-Identifier: Apache-2.0

//! What others may ask: what is proven of a lease, and whether a device is on.

use crate::{
	Config, Day, Liveness, Livenesses, Pallet, ProvenDays, ProvenMinutes, Receipts, SilentEnds,
};
use tenure_lease_math::{DayBits, MINUTE};
use tenure_primitives::{
	traits::Evidence, DeviceId, EvidencePolicy, LeaseId, LeaseWindow, Moment, Proof,
};

impl<T: Config> Pallet<T> {
	/// What is known of the device, if it ever reported.
	pub fn liveness(device: DeviceId) -> Option<Liveness> {
		Livenesses::<T>::get(device)
	}

	/// The proven minutes of the device on a day, counted in days since the Unix epoch; none if the day
	/// was not leased or is no longer kept.
	pub fn proven_day(device: DeviceId, day: u32) -> DayBits {
		Livenesses::<T>::get(device)
			.and_then(|liveness| liveness.day)
			.filter(|record| record.day == day)
			.map(|record| record.bits)
			.unwrap_or_else(|| ProvenDays::<T>::get(device, Day::from(day)).unwrap_or_default())
	}

	/// What heartbeats prove of a lease that is judged by this gap.
	fn proven_by_heartbeats(device: DeviceId, window: &LeaseWindow, gap: u32) -> Proof {
		let Some(liveness) = Livenesses::<T>::get(device) else {
			return Proof { seconds: 0, final_from: window.until };
		};
		let minutes = Self::minutes_of(&liveness, window.lease);
		let was_silent = if liveness.pulse.last_seen < window.until {
			None
		} else {
			SilentEnds::<T>::get(window.lease)
		};
		Proof {
			seconds: u64::from(minutes).saturating_mul(MINUTE),
			final_from: was_silent.unwrap_or_else(|| liveness.pulse.final_from(window.until, gap)),
		}
	}

	/// Forgets the minutes of a closed lease.
	fn forget_minutes(device: DeviceId, lease: LeaseId) {
		ProvenMinutes::<T>::remove(lease);
		SilentEnds::<T>::remove(lease);
		let tallied =
			|liveness: &Liveness| liveness.tally.is_some_and(|tally| tally.lease == lease);
		if let Some(liveness) = Livenesses::<T>::get(device).filter(tallied) {
			Livenesses::<T>::insert(device, Liveness { tally: None, ..liveness });
		}
	}

	/// Proven minutes of a lease of the device that `liveness` is of.
	pub(crate) fn minutes_of(liveness: &Liveness, lease: LeaseId) -> u32 {
		liveness
			.tally
			.filter(|tally| tally.lease == lease)
			.map(|tally| tally.minutes)
			.or_else(|| ProvenMinutes::<T>::get(lease))
			.unwrap_or(0)
	}
}

impl<T: Config> Evidence for Pallet<T> {
	fn proven(device: DeviceId, window: &LeaseWindow) -> Proof {
		match window.evidence {
			EvidencePolicy::CoSigned { .. } => Self::proven_by_receipts(window),
			_ => match Self::gap_of(window) {
				Some(gap) => Self::proven_by_heartbeats(device, window, gap),
				// Nobody reports what such a lease is paid for yet.
				None => Proof { seconds: 0, final_from: window.until },
			},
		}
	}

	fn last_seen(device: DeviceId) -> Option<Moment> {
		Livenesses::<T>::get(device).map(|liveness| liveness.pulse.last_seen)
	}

	fn released(device: DeviceId, window: &LeaseWindow) {
		match window.evidence {
			EvidencePolicy::CoSigned { .. } => Receipts::<T>::remove(window.lease),
			_ => Self::forget_minutes(device, window.lease),
		}
	}

	/// The dearest case: minutes are in the device's liveness, which is written when the lease is
	/// closed, and that is as large as it gets.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_served(device: DeviceId, window: &LeaseWindow, now: Moment) {
		use tenure_lease_math::{MinuteRange, Pulse};

		let mut liveness = Livenesses::<T>::get(device).unwrap_or(Liveness {
			pulse: Pulse::first(now),
			named_block: 0,
			tally: None,
			day: None,
		});
		if Self::gap_of(window).is_some() {
			let minutes = MinuteRange {
				first: window.from.div_ceil(MINUTE),
				end: window.until.checked_div(MINUTE).unwrap_or(0),
			};
			let proven = Self::set_minutes(device, &mut liveness, minutes);
			Self::credit(&mut liveness, window.lease, proven);
		}
		if let EvidencePolicy::CoSigned { .. } = window.evidence {
			let seconds = window.until.saturating_sub(window.from);
			Receipts::<T>::insert(window.lease, crate::Receipt { seconds, at: now });
		}
		liveness.pulse = Pulse::first(now);
		Livenesses::<T>::insert(device, liveness);
	}
}

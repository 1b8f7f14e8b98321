// SPDX-License-Identifier: Apache-2.0

//! Which series can be made.

#![cfg_attr(
	not(test),
	deny(clippy::as_conversions, clippy::cast_possible_truncation, clippy::expect_used)
)]

use crate::{Config, Error, LeaseTermsOf, Pallet};
use frame_support::{ensure, traits::Get, weights::Weight};
use sp_runtime::Perbill;
use tenure_lease_math::{rent, CancellationStep, MINUTE};
use tenure_primitives::{
	traits::Arbitration, Acceptance, Admission, Custody, EvidencePolicy, Moment, SaleConditions,
};

/// No series sells leases of fewer seconds, however short its units are.
const SHORTEST_LEASE: u32 = 60;

/// Seconds that an owner may take to accept a lease, if it has to.
const ACCEPTANCE_TIME: core::ops::RangeInclusive<u32> = 60..=7 * 86_400;

/// The longest lag of receipts that terms can allow, in seconds.
const MAX_RECEIPT_LAG: u32 = 86_400;

/// What either side can have as time for a step of a hand-over or a return, in seconds.
const CUSTODY_WINDOW: core::ops::RangeInclusive<u32> = 600..=30 * 86_400;

/// When a deposit can be forfeit, in seconds after the end of its lease.
const FORFEIT_AFTER: core::ops::RangeInclusive<u32> = 3_600..=30 * 86_400;

/// What a late return can cost, in percent of the rent.
const OVERDUE_PERCENT: core::ops::RangeInclusive<u16> = 100..=1_000;

/// Most of the rent that a tenant can lose by staying away, where nobody can prove who did: for time without
/// a signature, and for a device that it does not take.
const MAX_UNPROVEN_SHARE: Perbill = Perbill::from_percent(10);

/// How long a tenant may object to evidence at most, in seconds.
const MAX_OBJECTION_WINDOW: u32 = 7 * 86_400;

impl<T: Config> Pallet<T> {
	/// Refuses by name what the types can say and no pallet serves yet.
	pub(crate) fn ensure_available(terms: &LeaseTermsOf<T>) -> Result<(), Error<T>> {
		ensure!(
			!matches!(terms.evidence, EvidencePolicy::Metered { .. } | EvidencePolicy::Output),
			Error::<T>::EvidenceNotAvailable
		);
		let has_clock = terms.evidence == EvidencePolicy::Clock;
		ensure!(terms.custody.is_physical() == has_clock, Error::<T>::EvidenceDoesNotSuitCustody);
		ensure!(
			terms.custody.is_physical() || terms.damage_deposit == 0,
			Error::<T>::DamageDepositNotAvailable
		);
		match &terms.admission {
			Admission::Anyone | Admission::Only(_) | Admission::Except(_) => {}
			Admission::Credential(_) => return Err(Error::<T>::AdmissionNotAvailable),
		}
		ensure!(terms.required_endorsement.is_none(), Error::<T>::EndorsementNotAvailable);
		ensure!(terms.geofence.is_none(), Error::<T>::GeofenceNotAvailable);
		ensure!(
			terms.objection_window == 0
				|| matches!(terms.evidence, EvidencePolicy::Heartbeat { .. }),
			Error::<T>::ObjectionNotAvailable
		);
		Ok(())
	}

	/// Whether units could be sold, used and redeemed on these conditions.
	pub(crate) fn ensure_valid_sale(
		sale: &SaleConditions,
		evidence: &EvidencePolicy,
		now: Moment,
	) -> Result<(), Error<T>> {
		let unit = Moment::from(sale.unit_seconds);
		let fits = match evidence {
			// Heartbeats prove whole minutes.
			EvidencePolicy::Heartbeat { .. } => unit.is_multiple_of(MINUTE),
			EvidencePolicy::CoSigned { .. }
			| EvidencePolicy::Metered { .. }
			| EvidencePolicy::Output
			| EvidencePolicy::Clock => true,
		};
		ensure!(unit > 0 && fits, Error::<T>::InvalidUnit);
		ensure!(sale.unit_price >= T::MinUnitPrice::get(), Error::<T>::PriceTooLow);
		ensure!(sale.cap > 0, Error::<T>::NoUnits);
		rent(sale.cap, sale.unit_price).map_err(|_| Error::<T>::AmountOverflow)?;
		sale.cap.checked_mul(sale.unit_seconds.into()).ok_or(Error::<T>::AmountOverflow)?;
		ensure!(
			sale.usable_from < sale.usable_until && now < sale.usable_until,
			Error::<T>::InvalidUsableWindow
		);
		let horizon = now.checked_add(T::MaxHorizon::get()).ok_or(Error::<T>::AmountOverflow)?;
		ensure!(sale.usable_until <= horizon, Error::<T>::WindowTooFar);
		ensure!(
			sale.sale_from < sale.sale_until
				&& now < sale.sale_until
				&& sale.sale_until <= sale.usable_until,
			Error::<T>::InvalidSaleWindow
		);
		ensure!(
			sale.redeem_shares.are_falling(T::MinRedeemShare::get()),
			Error::<T>::RedeemSharesInvalid
		);
		Ok(())
	}

	/// Whether a lease with these terms can be made of such units.
	pub(crate) fn ensure_valid_terms(
		terms: &LeaseTermsOf<T>,
		sale: &SaleConditions,
		now: Moment,
	) -> Result<(), Error<T>> {
		ensure!(
			terms.min_duration >= SHORTEST_LEASE && terms.max_duration <= T::MaxDuration::get(),
			Error::<T>::InvalidDuration
		);
		let shortest = terms
			.min_duration
			.checked_next_multiple_of(sale.unit_seconds)
			.filter(|shortest| *shortest <= terms.max_duration)
			.ok_or(Error::<T>::InvalidDuration)?;
		ensure!(
			Moment::from(shortest) <= sale.usable_until.saturating_sub(sale.usable_from.max(now)),
			Error::<T>::InvalidUsableWindow
		);
		ensure!(terms.advance_limit <= T::MaxAdvance::get(), Error::<T>::AdvanceTooLong);
		ensure!(terms.turnaround <= T::MaxDuration::get(), Error::<T>::TurnaroundTooLong);
		ensure!(
			CancellationStep::is_ladder(&terms.cancellation, T::MinCancellationShare::get()),
			Error::<T>::InvalidLadder
		);
		if let Acceptance::Manual { deadline } = terms.acceptance {
			// No lease starts before the owner's time to answer is over, or none could be asked for.
			ensure!(
				ACCEPTANCE_TIME.contains(&deadline) && deadline <= terms.advance_limit,
				Error::<T>::AcceptanceDeadlineOutOfRange
			);
		}
		if let Admission::Only(admitted) = &terms.admission {
			ensure!(!admitted.is_empty(), Error::<T>::NobodyAdmitted);
		}
		match terms.evidence {
			EvidencePolicy::Heartbeat { max_gap } => ensure!(
				(T::MinHeartbeatGap::get()..=T::MaxHeartbeatGap::get()).contains(&max_gap),
				Error::<T>::HeartbeatGapOutOfRange
			),
			EvidencePolicy::CoSigned { max_lag, reservation_share } => {
				Self::ensure_valid_receipts(max_lag, reservation_share, &terms.cancellation)?;
			}
			EvidencePolicy::Metered { .. } | EvidencePolicy::Output | EvidencePolicy::Clock => {}
		}
		Self::ensure_valid_custody(terms)
	}

	/// Whether a device can be handed over and brought back on these terms. Its owner must not be able to
	/// take the deposit of a tenant that is on its way, nor the rent of one to whom it gives no device.
	fn ensure_valid_custody(terms: &LeaseTermsOf<T>) -> Result<(), Error<T>> {
		let Custody::Physical {
			handover_window,
			inspection,
			return_grace,
			overdue_percent,
			forfeit_after,
		} = terms.custody
		else {
			return Ok(());
		};
		ensure!(
			CUSTODY_WINDOW.contains(&handover_window)
				&& CUSTODY_WINDOW.contains(&inspection)
				&& FORFEIT_AFTER.contains(&forfeit_after),
			Error::<T>::CustodyWindowOutOfRange
		);
		// One window in which the device may still be with the tenant before, one for each side: then it
		// is known before the end whether the lease runs.
		ensure!(
			handover_window.saturating_mul(3) <= terms.min_duration,
			Error::<T>::HandoverWindowTooLong
		);
		ensure!(
			return_grace.saturating_add(handover_window) <= forfeit_after,
			Error::<T>::ReturnGraceTooLong
		);
		ensure!(terms.owner_notice >= handover_window, Error::<T>::OwnerNoticeTooShort);
		// Without a step for the last moment it is all.
		ensure!(
			CancellationStep::share_at(&terms.cancellation, 0) <= MAX_UNPROVEN_SHARE,
			Error::<T>::LadderTooHigh
		);
		ensure!(OVERDUE_PERCENT.contains(&overdue_percent), Error::<T>::OverduePercentOutOfRange);
		Ok(())
	}

	/// Whether somebody can decide each dispute that there can be, and nobody is named for none. Units
	/// could be used for nothing if it were nobody whom leases admit.
	pub(crate) fn ensure_valid_disputes(
		owner: &T::AccountId,
		terms: &LeaseTermsOf<T>,
	) -> Result<(), Error<T>> {
		ensure!(terms.objection_window <= MAX_OBJECTION_WINDOW, Error::<T>::ObjectionWindowTooLong);
		if terms.damage_deposit > 0 || terms.objection_window > 0 {
			ensure!(!terms.arbiters.is_empty(), Error::<T>::ArbitersMissing);
		} else {
			ensure!(terms.arbiters.is_empty(), Error::<T>::ArbitersNotNeeded);
		}
		let decides = |arbiter| arbiter != owner && T::Arbitration::is_arbiter(arbiter);
		ensure!(terms.arbiters.iter().all(decides), Error::<T>::ArbiterNotListed);
		Ok(())
	}

	/// Weight of looking for the arbiters of the terms on governance's list, which no benchmark's have.
	pub(crate) fn listing(terms: &LeaseTermsOf<T>) -> Weight {
		let arbiters = u64::try_from(terms.arbiters.len()).unwrap_or(u64::MAX);
		T::DbWeight::get().reads(arbiters)
	}

	/// Whether a lease can be paid by receipts of its tenant on these terms. Not turning up costs the
	/// reservation share: a step of the ladder above it, or none for the last moment, would make that
	/// cheaper than cancelling, and the device would stand idle for it.
	fn ensure_valid_receipts(
		max_lag: u32,
		reservation_share: Perbill,
		ladder: &[CancellationStep],
	) -> Result<(), Error<T>> {
		ensure!(reservation_share <= MAX_UNPROVEN_SHARE, Error::<T>::ReservationShareTooHigh);
		ensure!((1..=MAX_RECEIPT_LAG).contains(&max_lag), Error::<T>::ReceiptLagOutOfRange);
		// The shares never fall, so that the last one is the highest; without a last moment it is all.
		ensure!(
			CancellationStep::share_at(ladder, 0) <= reservation_share,
			Error::<T>::LadderAboveReservation
		);
		Ok(())
	}
}

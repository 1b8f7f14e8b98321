// SPDX-License-Identifier: Apache-2.0

//! Receipts of tenants: which are taken, how the pool treats them, and what they prove. The pool and
//! the block ask the same questions, the cheap ones first and the signature last.

use crate::{
	admission::{ReportKind, LONGEVITY},
	Config, Event, Pallet, Receipt, Receipts, Refusal,
};
use frame_support::{
	ensure,
	pallet_prelude::{InvalidTransaction, TransactionValidityError, ValidTransaction, Weight},
	traits::Get,
};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{
	traits::{UniqueSaturatedInto, Zero},
	transaction_validity::{TransactionPriority, TransactionValidityWithRefund},
};
use tenure_primitives::{
	traits::LeaseWindows, EvidencePolicy, LeaseId, LeaseWindow, Moment, Proof, ReceiptTerms,
	ReportSignature, SignedReceipt,
};

/// Least priority of a receipt: above all of idle devices, which name blocks below it. The most is
/// twice that, far below all of leased devices: a receipt has a day, a heartbeat a minute.
pub(crate) const RECEIPT_PRIORITY: TransactionPriority = 1 << 32;

/// Shortest time between two receipts of a lease once the first of them came after its end, in seconds:
/// whoever still collects them has had its chance, and leases that are over cost nothing any more.
pub const RECEIPT_INTERVAL_AFTER_END: u32 = 600;

impl<T: Config> Pallet<T> {
	/// The newest receipt of the lease that was brought, if the lease is open.
	pub fn receipt(lease: LeaseId) -> Option<Receipt> {
		Receipts::<T>::get(lease)
	}

	/// Whether the receipt is taken, and how the pool treats it.
	pub(crate) fn admit_receipt(
		lease: LeaseId,
		seconds: u64,
		signature: &ReportSignature,
	) -> TransactionValidityWithRefund {
		let terms = T::LeaseWindows::receipt_terms(lease).ok_or(Refusal::UnknownLease)?;
		ensure!(matches!(terms.evidence, EvidencePolicy::CoSigned { .. }), Refusal::NotCoSigned);
		let now = Self::now();
		ensure!(now < Self::receipts_end(terms.until), Refusal::ReceiptWindowOver);
		let passed = now.min(terms.until).saturating_sub(terms.from);
		ensure!(seconds <= passed, Refusal::AheadOfTime);
		let news = Self::ensure_newer(lease, seconds, terms.until, now)?;
		Self::ensure_room(ReportKind::Receipt)?;
		Self::ensure_receipt_signed(&terms, lease, seconds, signature)?;
		// One receipt per lease waits in the pool: one for more seconds takes the place of the one before.
		// Of two leases that goes first of which more is at stake: whoever brings one after the other gains
		// little by each.
		let news: u32 = news.unique_saturated_into();
		let validity = ValidTransaction::with_tag_prefix("TenureReceipt")
			.priority(RECEIPT_PRIORITY.saturating_add(news.into()))
			.and_provides(lease)
			.longevity(LONGEVITY.into())
			.propagate(true);
		Ok((validity.into(), Weight::zero()))
	}

	/// From when no more receipts of a lease that ends at `until` are taken. Time in which the chain stood
	/// still does not count: nobody could bring any.
	fn receipts_end(until: Moment) -> Moment {
		let end = until.saturating_add(T::ReceiptWindow::get().into());
		T::LeaseWindows::moved(end, until)
	}

	/// Refuses a receipt that says no more than the one before, and one that comes too soon after it.
	/// Returns how many seconds are new.
	fn ensure_newer(
		lease: LeaseId,
		seconds: u64,
		until: Moment,
		now: Moment,
	) -> Result<u64, TransactionValidityError> {
		let Some(newest) = Receipts::<T>::get(lease) else {
			ensure!(seconds > 0, InvalidTransaction::Stale);
			return Ok(seconds);
		};
		ensure!(seconds > newest.seconds, InvalidTransaction::Stale);
		let interval = if newest.at >= until {
			RECEIPT_INTERVAL_AFTER_END
		} else {
			T::MinReportInterval::get()
		};
		ensure!(now.saturating_sub(newest.at) >= interval.into(), Refusal::TooSoon);
		Ok(seconds.saturating_sub(newest.seconds))
	}

	/// Refuses a receipt that neither the access key nor, for time before it was replaced, the one before
	/// it has signed. Checks two signatures at most.
	fn ensure_receipt_signed(
		terms: &ReceiptTerms,
		lease: LeaseId,
		seconds: u64,
		signature: &ReportSignature,
	) -> Result<(), TransactionValidityError> {
		let former = terms
			.former_key
			.filter(|former| seconds <= former.until.saturating_sub(terms.from))
			.map(|former| former.key);
		let mut keys = [Some(terms.access_key), former]
			.into_iter()
			.flatten()
			.filter(|key| key.is_kind_of(signature))
			.peekable();
		ensure!(keys.peek().is_some(), Refusal::WrongKindOfSignature);
		let genesis = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero());
		let payload = SignedReceipt::new(genesis, lease, seconds).signing_payload();
		ensure!(keys.any(|key| key.verify(&payload, signature)), InvalidTransaction::BadProof);
		Ok(())
	}

	/// Records the receipt. It has been checked on the same state.
	pub(crate) fn do_submit_receipt(lease: LeaseId, seconds: u64) {
		Receipts::<T>::insert(lease, Receipt { seconds, at: Self::now() });
		Self::count_report(ReportKind::Receipt);
		Self::deposit_event(Event::ReceiptRecorded { lease, seconds });
	}

	/// What is signed of a lease that is paid by receipts.
	pub(crate) fn proven_by_receipts(window: &LeaseWindow) -> Proof {
		let length = window.until.saturating_sub(window.from);
		let seconds =
			Receipts::<T>::get(window.lease).map_or(0, |receipt| receipt.seconds.min(length));
		let is_whole = seconds == length;
		let final_from = if is_whole { window.until } else { Self::receipts_end(window.until) };
		Proof { seconds, final_from }
	}
}

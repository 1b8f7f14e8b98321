// SPDX-License-Identifier: Apache-2.0

//! Disputes: amounts that are frozen beside a lease until it is known whose they are.
//!
//! A dispute stops nothing. The lease goes on, closes and is forgotten; the dispute has its own money, its
//! own parties and its own deadline. It ends when one side gives in, when the arbiter decides, or by
//! itself.

use crate::{
	types::minute_from, Config, DisputeDeadlines, Disputes, Error, Event, HoldReason, MinuteKey,
	Pallet,
};
use alloc::vec::Vec;
use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult},
	traits::{fungible::hold::Mutate, Get},
};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::Perbill;
use tenure_lease_math::{DisputeSplit, MathError, Stakes};
use tenure_primitives::{
	apis::DisputeDetails,
	traits::{Arbitration, Disputes as DisputesTrait},
	Balance, DisputeId, DisputeKind, DisputeOutcome, LeaseId, Moment, Side,
};

/// An amount in dispute. It carries its own money and outlives its lease.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Dispute<AccountId> {
	/// Who made the claim.
	pub claimant: AccountId,
	/// Against whom it is.
	pub respondent: AccountId,
	/// In whose account the amount is on hold.
	pub held_by: Side,
	/// What is in dispute.
	pub amount: Balance,
	/// What the claimant put up.
	pub claimant_bond: Balance,
	/// What the respondent put up; nothing before it contests the claim.
	pub respondent_bond: Balance,
	/// What the arbiter gets for deciding.
	pub fee: Balance,
	/// The protocol's share of what the respondent gets: rent stays rent.
	pub protocol_share: Perbill,
	/// Who decides.
	pub arbiter: AccountId,
	/// Whether it waits for the arbiter; else for the respondent's answer.
	pub before_arbiter: bool,
	/// Hash of what the claimant shows.
	pub evidence: H256,
	/// When it began.
	pub opened_at: Moment,
	/// Since when it waits for what it waits for.
	pub since: Moment,
	/// From when on it is over without an answer, or without a verdict; later by as much as the chain stood
	/// still since.
	pub deadline: Moment,
	/// Minute of its entry among the deadlines.
	pub due: u32,
	/// How often the sweep failed to end it.
	pub tries: u8,
}

/// A dispute of this runtime.
pub type DisputeOf<T> = Dispute<<T as frame_system::Config>::AccountId>;

/// A claim that becomes a dispute.
pub(crate) struct Claim<AccountId> {
	/// The lease, and what about it.
	pub id: DisputeId,
	/// Who makes it, and puts up a bond.
	pub claimant: AccountId,
	/// Against whom it is.
	pub respondent: AccountId,
	/// Who decides.
	pub arbiter: AccountId,
	/// How much is claimed.
	pub amount: Balance,
	/// In whose account that is on hold.
	pub held_by: Side,
	/// What it is on hold for until now.
	pub held_for: HoldReason,
	/// The protocol's share of what the respondent gets.
	pub protocol_share: Perbill,
	/// Hash of what the claimant shows.
	pub evidence: H256,
}

impl<AccountId> Dispute<AccountId> {
	/// How it ends by itself.
	pub fn outcome(&self) -> DisputeOutcome {
		if self.before_arbiter {
			DisputeOutcome::Undecided
		} else {
			DisputeOutcome::Unanswered
		}
	}

	/// In whose account the amount is on hold, and who else may get it.
	pub fn holder_and_other(&self) -> (&AccountId, &AccountId) {
		match self.held_by {
			Side::Claimant => (&self.claimant, &self.respondent),
			Side::Respondent => (&self.respondent, &self.claimant),
		}
	}

	/// Whether the arbiter was called by both sides: it is paid then, even if they part without it. Else
	/// whoever sees a verdict coming could give in just before, and go free.
	fn is_arbiters(&self) -> bool {
		self.before_arbiter && self.respondent_bond > 0
	}

	/// Who gets what of it.
	pub fn split(&self, outcome: DisputeOutcome) -> Result<DisputeSplit, MathError> {
		let stakes = Stakes {
			amount: self.amount,
			claimant_bond: self.claimant_bond,
			respondent_bond: self.respondent_bond,
			fee: self.fee,
		};
		match outcome {
			DisputeOutcome::Conceded if self.is_arbiters() => stakes.verdict(Perbill::one()),
			DisputeOutcome::Withdrawn if self.is_arbiters() => stakes.verdict(Perbill::zero()),
			DisputeOutcome::Conceded | DisputeOutcome::Unanswered => {
				stakes.without_verdict(Perbill::one())
			}
			DisputeOutcome::Withdrawn => stakes.without_verdict(Perbill::zero()),
			DisputeOutcome::Verdict { claimant_share } => stakes.verdict(claimant_share),
			DisputeOutcome::Undecided => stakes.without_verdict(Perbill::from_percent(50)),
		}
	}
}

impl<T: Config> Pallet<T> {
	/// Freezes the amount of a claim. The claimant puts up a bond: as much as it claims if that is rent,
	/// else a share of it, and never less than the deposit for a record. A claim to rent waits for an
	/// answer, any other for its arbiter.
	pub(crate) fn open_dispute(claim: Claim<T::AccountId>) -> DispatchResult {
		let Claim { id, claimant, respondent, arbiter, amount, .. } = claim;
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		ensure!(!Disputes::<T>::contains_key(id.lease, id.kind), Error::<T>::AlreadyDisputed);
		ensure!(arbiter != claimant && arbiter != respondent, Error::<T>::ArbiterIsParty);
		let claimant_bond = Self::bond_of_claim(id.kind, amount);
		Self::ensure_can_hold(&claimant, claimant_bond)?;

		let now = Self::now();
		let before_arbiter = id.kind != DisputeKind::Rent;
		let period =
			if before_arbiter { T::ArbitrationPeriod::get() } else { T::AnswerPeriod::get() };
		let deadline = now.checked_add(period.into()).ok_or(Error::<T>::AmountOverflow)?;
		let dispute = Dispute {
			claimant: claimant.clone(),
			respondent: respondent.clone(),
			held_by: claim.held_by,
			amount,
			claimant_bond,
			respondent_bond: 0,
			fee: T::ArbiterFee::get().mul_floor(amount),
			protocol_share: claim.protocol_share,
			arbiter: arbiter.clone(),
			before_arbiter,
			evidence: claim.evidence,
			opened_at: now,
			since: now,
			deadline,
			due: minute_from(deadline),
			tries: 0,
		};
		let (holder, _) = dispute.holder_and_other();
		Self::rename_hold(claim.held_for, HoldReason::Disputed, holder, amount)?;
		T::Currency::hold(&HoldReason::DisputeBond.into(), &claimant, claimant_bond)?;
		DisputeDeadlines::<T>::insert(MinuteKey::from(dispute.due), id, ());
		Disputes::<T>::insert(id.lease, id.kind, dispute);
		Self::deposit_event(Event::DisputeOpened {
			lease: id.lease,
			kind: id.kind,
			claimant,
			respondent,
			amount,
			bond: claimant_bond,
			arbiter: arbiter.clone(),
			evidence: claim.evidence,
			deadline,
		});
		if before_arbiter {
			T::Arbitration::opened(id, &arbiter, amount, deadline);
		}
		Ok(())
	}

	fn bond_of_claim(kind: DisputeKind, amount: Balance) -> Balance {
		let bond = match kind {
			DisputeKind::Damage => T::DisputeBondShare::get().mul_ceil(amount),
			DisputeKind::Rent => amount,
		};
		bond.max(T::RecordDeposit::get())
	}

	pub(crate) fn do_contest(who: T::AccountId, id: DisputeId) -> DispatchResult {
		let (mut dispute, now) = Self::dispute_in_time(id)?;
		ensure!(dispute.respondent == who, Error::<T>::NotRespondent);
		ensure!(dispute.respondent_bond == 0, Error::<T>::AlreadyContested);
		let bond = dispute.claimant_bond;
		Self::ensure_can_hold(&who, bond)?;
		T::Currency::hold(&HoldReason::DisputeBond.into(), &who, bond)?;
		dispute.respondent_bond = bond;
		let called = !dispute.before_arbiter;
		if called {
			dispute.before_arbiter = true;
			dispute.since = now;
			dispute.deadline = now
				.checked_add(T::ArbitrationPeriod::get().into())
				.ok_or(Error::<T>::AmountOverflow)?;
			let due = minute_from(dispute.deadline);
			Self::file_dispute(id, &mut dispute, due);
		}
		Self::deposit_event(Event::DisputeContested {
			lease: id.lease,
			kind: id.kind,
			bond,
			deadline: dispute.deadline,
		});
		if called {
			T::Arbitration::opened(id, &dispute.arbiter, dispute.amount, dispute.deadline);
		}
		Disputes::<T>::insert(id.lease, id.kind, dispute);
		Ok(())
	}

	pub(crate) fn do_concede(who: T::AccountId, id: DisputeId) -> DispatchResult {
		let (dispute, _) = Self::dispute_in_time(id)?;
		ensure!(dispute.respondent == who, Error::<T>::NotRespondent);
		Self::end_dispute(id, dispute, DisputeOutcome::Conceded)
	}

	pub(crate) fn do_withdraw_claim(who: T::AccountId, id: DisputeId) -> DispatchResult {
		let (dispute, _) = Self::dispute_in_time(id)?;
		ensure!(dispute.claimant == who, Error::<T>::NotClaimant);
		Self::end_dispute(id, dispute, DisputeOutcome::Withdrawn)
	}

	pub(crate) fn do_settle_dispute(id: DisputeId) -> DispatchResult {
		let dispute = Self::open_dispute_of(id)?;
		ensure!(Self::is_over(&dispute, Self::now()), Error::<T>::DisputeNotOver);
		let outcome = dispute.outcome();
		Self::end_dispute(id, dispute, outcome)
	}

	fn open_dispute_of(id: DisputeId) -> Result<DisputeOf<T>, Error<T>> {
		Disputes::<T>::get(id.lease, id.kind).ok_or(Error::<T>::UnknownDispute)
	}

	/// Whether the dispute's time is over.
	pub(crate) fn is_over(dispute: &DisputeOf<T>, now: Moment) -> bool {
		now >= dispute.deadline && now >= Self::moved(dispute.deadline, dispute.since)
	}

	/// The dispute, if it is not over, and now.
	fn dispute_in_time(id: DisputeId) -> Result<(DisputeOf<T>, Moment), Error<T>> {
		let (dispute, now) = (Self::open_dispute_of(id)?, Self::now());
		ensure!(!Self::is_over(&dispute, now), Error::<T>::DisputeOver);
		Ok((dispute, now))
	}

	/// Files the dispute under another minute.
	pub(crate) fn file_dispute(id: DisputeId, dispute: &mut DisputeOf<T>, due: u32) {
		DisputeDeadlines::<T>::remove(MinuteKey::from(dispute.due), id);
		dispute.due = due;
		DisputeDeadlines::<T>::insert(MinuteKey::from(due), id, ());
	}

	/// The open disputes about a lease.
	pub fn disputes(lease: LeaseId) -> Vec<DisputeDetails<T::AccountId>> {
		let details = |kind| {
			let dispute = Disputes::<T>::get(lease, kind)?;
			Some(DisputeDetails {
				kind,
				claimant: dispute.claimant,
				respondent: dispute.respondent,
				amount: dispute.amount,
				claimant_bond: dispute.claimant_bond,
				respondent_bond: dispute.respondent_bond,
				arbiter: dispute.arbiter,
				before_arbiter: dispute.before_arbiter,
				fee: dispute.fee,
				evidence: dispute.evidence,
				opened_at: dispute.opened_at,
				deadline: Self::moved(dispute.deadline, dispute.since),
			})
		};
		[DisputeKind::Damage, DisputeKind::Rent].into_iter().filter_map(details).collect()
	}
}

impl<T: Config> DisputesTrait<T::AccountId> for Pallet<T> {
	fn arbiter_of(id: DisputeId) -> Option<T::AccountId> {
		Disputes::<T>::get(id.lease, id.kind)
			.filter(|dispute| dispute.before_arbiter)
			.map(|dispute| dispute.arbiter)
	}

	fn decided(
		id: DisputeId,
		claimant_share: Perbill,
		arbiter: &T::AccountId,
	) -> Result<(), DispatchError> {
		let (dispute, _) = Self::dispute_in_time(id)?;
		ensure!(dispute.before_arbiter && dispute.arbiter == *arbiter, Error::<T>::NotArbiter);
		Self::end_dispute(id, dispute, DisputeOutcome::Verdict { claimant_share })
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_dispute(arbiter: &T::AccountId) -> DisputeId {
		crate::benchmarking::contested::<T>(arbiter).1
	}
}

// SPDX-License-Identifier: Apache-2.0

//! How leases are paid and closed.

use crate::{
	Config, Deadlines, Error, Event, HoldReason, Lease, LeaseOf, LeaseOffers, Leases,
	LeasesBySeries, LeasesByTenant, Lifetimes, MinuteKey, NextLeaseId, Pallet, Payouts, WeightInfo,
};
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult},
	storage::with_storage_layer,
	traits::{
		fungible::{hold::Mutate, Inspect},
		tokens::{DepositConsequence, Precision, Provenance},
		Get,
	},
	weights::Weight,
};
use tenure_lease_math::Settlement;
use tenure_primitives::{traits::Evidence, Balance, CloseReason, LeaseId, Moment, Proof, Units};

/// How a lease closes.
pub(crate) struct Closing {
	/// Why.
	pub reason: CloseReason,
	/// Proven seconds.
	pub proven: u64,
	/// What is the payee's in all, protocol share included.
	pub gross: Balance,
	/// What the payee owes the tenant.
	pub penalty: Balance,
	/// Units that went back to the tenant.
	pub returned_units: Units,
}

/// What became of a lease that was settled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Settled {
	/// It is open.
	Open,
	/// It is open, and its device is handed over: the record of that was looked at.
	OpenWithCustody,
	/// It is closed.
	Closed,
	/// It is closed, and was paid by receipts: units may have gone back.
	ClosedByReceipts,
	/// It is closed, and its device was handed over: there was a deposit, on which so many had a claim.
	ClosedWithCustody {
		/// How many.
		claims: usize,
	},
	/// It is closed, and its device did not come back.
	Forfeited,
	/// It is closed, and its owner had not accepted it.
	Refused,
}

impl Settled {
	/// A lease was closed.
	pub fn closed<AccountId>(lease: &Lease<AccountId>) -> Self {
		if lease.is_physical() {
			Self::ClosedWithCustody { claims: 0 }
		} else if lease.is_co_signed() {
			Self::ClosedByReceipts
		} else {
			Self::Closed
		}
	}
}

impl<T: Config> Pallet<T> {
	/// The open lease.
	pub(crate) fn open_lease(id: LeaseId) -> Result<LeaseOf<T>, Error<T>> {
		let was_made = id > 0 && id < NextLeaseId::<T>::get();
		Leases::<T>::get(id).ok_or(if was_made {
			Error::<T>::LeaseClosed
		} else {
			Error::<T>::UnknownLease
		})
	}

	/// Pays what the lease has earned and closes it if it is time, on behalf of `keeper`.
	pub(crate) fn do_settle(keeper: &T::AccountId, id: LeaseId) -> Result<Settled, DispatchError> {
		Self::settle_lease(keeper, id, true)
	}

	/// The same. A deposit is only declared forfeit if that is asked for: it is far more work than any other
	/// close.
	fn settle_lease(
		keeper: &T::AccountId,
		id: LeaseId,
		may_forfeit: bool,
	) -> Result<Settled, DispatchError> {
		let mut lease = Self::open_lease(id)?;
		let now = Self::now();
		if lease.is_request() {
			if !lease.has_lapsed(now) {
				return Ok(Settled::Open);
			}
			Self::lapse(id, lease)?;
			return Ok(Settled::Refused);
		}
		if now < lease.from && !lease.force_retired {
			return Ok(Settled::Open);
		}
		if lease.is_physical() {
			return Self::settle_physical(keeper, id, lease, may_forfeit);
		}
		let noted = Self::note_end(id, &mut lease, now);
		let proof = T::Evidence::proven(lease.device, &lease.window(id));
		if Self::is_final(&lease, &proof, now) {
			let settled = Settled::closed(&lease);
			let keeper = Some(keeper).filter(|_| Self::is_neglected(&lease, &proof, now));
			Self::close_by_evidence(id, lease, proof, keeper)?;
			return Ok(settled);
		}
		let reviewed = lease.review.note(proof.seconds, now, Self::moved);
		let paid = Self::pay_earned(id, &mut lease, &proof, now)?;
		if noted || reviewed || paid {
			Leases::<T>::insert(id, lease);
		}
		Ok(Settled::Open)
	}

	/// Settles each of `leases` in a storage layer of its own. Returns the weight of that.
	pub(crate) fn do_claim(keeper: &T::AccountId, leases: &[LeaseId]) -> Weight {
		let (mut heavy, mut others) = (0u32, Weight::zero());
		for lease in leases {
			match with_storage_layer(|| Self::settle_lease(keeper, *lease, false)) {
				Ok(Settled::Closed) => heavy = heavy.saturating_add(1),
				Ok(settled) => others = others.saturating_add(Self::settled_weight(settled)),
				Err(error) => {
					// It may have failed at the very end of a close.
					others = others.saturating_add(Self::heaviest_of_claim());
					Self::deposit_event(Event::ClaimFailed { lease: *lease, error });
				}
			}
		}
		T::WeightInfo::claim(heavy).saturating_add(others)
	}

	/// The most weight of a claim of so many leases.
	pub(crate) fn claim_weight(leases: u32) -> Weight {
		let others = Self::heaviest_of_claim().saturating_mul(leases.into());
		T::WeightInfo::claim(leases).max(T::WeightInfo::claim(0).saturating_add(others))
	}

	/// Weight of a settlement by what became of the lease.
	pub(crate) fn settled_weight(settled: Settled) -> Weight {
		match settled {
			Settled::Open => T::WeightInfo::settle(),
			Settled::OpenWithCustody => Self::settle_open_custody(),
			Settled::Closed => T::WeightInfo::settle_close(),
			Settled::ClosedByReceipts => T::WeightInfo::settle_close_receipts(),
			Settled::ClosedWithCustody { claims } => {
				T::WeightInfo::settle_close_custody().saturating_add(Self::claims_weight(claims))
			}
			Settled::Forfeited => T::WeightInfo::settle_forfeit(),
			Settled::Refused => Self::weight_to_refuse(),
		}
	}

	fn settle_open_custody() -> Weight {
		T::WeightInfo::settle().saturating_add(Self::custody_weight())
	}

	/// The most weight of a settlement.
	pub(crate) fn heaviest_settlement() -> Weight {
		Self::heaviest_of_claim().max(T::WeightInfo::settle_forfeit())
	}

	/// The most weight of a settlement that is part of a claim.
	fn heaviest_of_claim() -> Weight {
		Self::settle_open_custody()
			.max(T::WeightInfo::settle_close())
			.max(T::WeightInfo::settle_close_receipts())
			.max(T::WeightInfo::settle_close_custody().saturating_add(Self::most_claims_weight()))
			.max(Self::weight_to_refuse())
	}

	/// Whether the lease can be closed: it is over, nothing can be added to its evidence, and its tenant
	/// had the time to object to that; or its device was retired by force.
	pub(crate) fn is_final(lease: &LeaseOf<T>, proof: &Proof, now: Moment) -> bool {
		lease.force_retired || now >= Self::closes_from(lease, proof)
	}

	/// From when on the lease can be closed, by what is proven now.
	pub(crate) fn closes_from(lease: &LeaseOf<T>, proof: &Proof) -> Moment {
		let proven = proof.seconds.min(lease.seconds());
		lease.review.closes_from(proven, Self::proven_from(lease, proof), Self::moved)
	}

	/// From when on nothing can be added to the lease's evidence.
	pub(crate) fn proven_from(lease: &LeaseOf<T>, proof: &Proof) -> Moment {
		proof.final_from.max(lease.until)
	}

	/// Announces, once, that a lease is over, and gives the device's lock the leases after it.
	pub(crate) fn note_end(id: LeaseId, lease: &mut LeaseOf<T>, now: Moment) -> bool {
		if now < lease.until || lease.end_noted {
			return false;
		}
		lease.end_noted = true;
		Self::refresh_grants(lease.device, now);
		Self::deposit_event(Event::LeaseEnded { lease: id, device: lease.device });
		true
	}

	/// Pays what the proven time has earned, as far as it can't be objected to any more, and was not paid
	/// before. Whoever can't receive its part now gets it later with the rest. Tells whether anything was
	/// paid.
	pub(crate) fn pay_earned(
		id: LeaseId,
		lease: &mut LeaseOf<T>,
		proof: &Proof,
		now: Moment,
	) -> Result<bool, DispatchError> {
		let proven = proof.seconds.min(lease.seconds());
		let payable = lease.review.payable(proven, now, Self::moved);
		let due = Self::due(lease, lease.earned(payable).map_err(Error::<T>::from)?)?;
		let treasury = T::Treasury::get();
		let payable =
			|who: &T::AccountId, amount| if Self::can_receive(who, amount) { amount } else { 0 };
		let to_payee = payable(&lease.payee, due.to_payee);
		let to_protocol = payable(&treasury, due.to_protocol);
		if to_payee == 0 && to_protocol == 0 {
			return Ok(false);
		}
		if to_payee > 0 {
			Self::move_held(HoldReason::Rent, &lease.tenant, &lease.payee, to_payee)?;
		}
		if to_protocol > 0 {
			Self::move_held(HoldReason::Rent, &lease.tenant, &treasury, to_protocol)?;
		}
		Self::note_paid(lease, to_payee, to_protocol)?;
		Self::deposit_event(Event::LeaseSettled { lease: id, to_payee, to_protocol });
		Ok(true)
	}

	/// Closes a lease whose evidence is final, and rewards the `keeper` if there is one. May change state
	/// before it fails.
	pub(crate) fn close_by_evidence(
		id: LeaseId,
		mut lease: LeaseOf<T>,
		proof: Proof,
		keeper: Option<&T::AccountId>,
	) -> DispatchResult {
		let now = Self::now();
		let proven = proof.seconds.min(lease.seconds());
		let closing = if lease.is_co_signed() {
			Self::closing_by_receipts(id, &mut lease, proven)?
		} else {
			let final_from = Self::proven_from(&lease, &proof);
			let excused = Self::excused_seconds(&lease, proven, final_from);
			Self::closing_by_time(&lease, proven, excused)?
		};
		Self::add_to_totals(&lease, &closing, now);
		T::Evidence::released(lease.device, &lease.window(id));
		if let Some(keeper) = keeper {
			Self::pay_keeper(id, &mut lease, &closing, keeper)?;
		}
		Self::close(id, lease, closing)
	}

	/// Adds a lease that closes to what its device's leases add up to.
	pub(crate) fn add_to_totals(lease: &LeaseOf<T>, closing: &Closing, now: Moment) {
		Lifetimes::<T>::mutate(lease.device, |totals| {
			if lease.from < now {
				// Statistics: nothing is paid by them.
				let ran = lease.until.min(now).saturating_sub(lease.from);
				totals.leases = totals.leases.saturating_add(1);
				totals.leased_seconds = totals.leased_seconds.saturating_add(ran);
				totals.proven_seconds = totals.proven_seconds.saturating_add(closing.proven);
				totals.earned = totals.earned.saturating_add(closing.gross);
			}
			if !lease.force_retired {
				// The entry goes, the pause after the lease stays.
				totals.free_from = totals.free_from.max(lease.free_from());
			}
		});
	}

	/// How a lease that is paid by proven time closes once `proven` is final and nobody answers for `excused`
	/// seconds of the rest.
	pub(crate) fn closing_by_time(
		lease: &LeaseOf<T>,
		proven: u64,
		excused: u64,
	) -> Result<Closing, Error<T>> {
		// What is excused is refunded like other time, and nobody's fault.
		let served = proven.checked_add(excused).ok_or(Error::<T>::AmountOverflow)?;
		Ok(Closing {
			reason: if lease.force_retired {
				CloseReason::ForceRetired
			} else if lease.is_substituted() {
				CloseReason::Substituted
			} else if lease.is_revoked() {
				CloseReason::Revoked
			} else if lease.is_unproven(served) {
				CloseReason::Unproven
			} else if lease.ended_early {
				CloseReason::EndedEarly
			} else {
				CloseReason::Completed
			},
			proven,
			gross: lease.earned_at_close(proven)?,
			penalty: if lease.force_retired { 0 } else { lease.penalty(served)? },
			returned_units: 0,
		})
	}

	/// Pays everybody off and removes the lease. May change state before it fails.
	pub(crate) fn close(id: LeaseId, mut lease: LeaseOf<T>, closing: Closing) -> DispatchResult {
		// The deposit first: it is no less than an existential deposit, so that the tenant's account can
		// receive whatever follows.
		Self::release_held(HoldReason::LeaseRecord, &lease.tenant, lease.deposit)?;
		if lease.is_physical() {
			Self::end_custody(id, &lease)?;
		}

		let due = Self::due(&lease, closing.gross)?;
		let pay = |to, amount| Self::pay_at_last(HoldReason::Rent, id, &lease.tenant, to, amount);
		let to_payee = pay(&lease.payee, due.to_payee)?;
		let to_protocol = pay(&T::Treasury::get(), due.to_protocol)?;
		Self::note_paid(&mut lease, to_payee, to_protocol)?;
		let refunded = lease.held().map_err(Error::<T>::from)?;
		Self::release_held(HoldReason::Rent, &lease.tenant, refunded)?;
		Self::uncommit_bond(&lease.payee, lease.bond, closing.penalty, &lease.tenant)?;

		Leases::<T>::remove(id);
		if lease.payout.is_some() {
			Payouts::<T>::remove(id);
		}
		if lease.is_offered {
			LeaseOffers::<T>::remove(id);
		}
		LeasesByTenant::<T>::remove(&lease.tenant, id);
		LeasesBySeries::<T>::remove(lease.series, id);
		Deadlines::<T>::remove(MinuteKey::from(lease.deadline), id);
		if lease.is_request() {
			Self::take_request(lease.device, id);
		} else {
			Self::remove_entry(lease.device, id);
		}
		Self::deposit_event(Event::LeaseClosed {
			lease: id,
			device: lease.device,
			leased_seconds: lease.seconds(),
			tenant: lease.tenant,
			payee: lease.payee,
			reason: closing.reason,
			proven_seconds: closing.proven,
			paid_to_payee: lease.paid_to_payee,
			paid_to_protocol: lease.paid_to_protocol,
			refunded,
			penalty: closing.penalty,
			returned_units: closing.returned_units,
		});
		Ok(())
	}

	/// What is left to pay when `gross` is due in all, what is in dispute included.
	pub(crate) fn due(lease: &LeaseOf<T>, gross: Balance) -> Result<Settlement, Error<T>> {
		ensure!(gross <= lease.escrowed, Error::<T>::EscrowMismatch);
		let due = Settlement::new(
			lease.review.undisputed(gross),
			lease.protocol_share,
			lease.paid_to_payee,
			lease.paid_to_protocol,
		)?;
		Ok(due)
	}

	fn note_paid(
		lease: &mut LeaseOf<T>,
		to_payee: Balance,
		to_protocol: Balance,
	) -> Result<(), Error<T>> {
		let add =
			|paid: Balance, more: Balance| paid.checked_add(more).ok_or(Error::<T>::AmountOverflow);
		lease.paid_to_payee = add(lease.paid_to_payee, to_payee)?;
		lease.paid_to_protocol = add(lease.paid_to_protocol, to_protocol)?;
		Ok(())
	}

	/// Pays `amount` of what `from` has on hold to `to`. Only an amount below the existential deposit
	/// can fail to be received; it goes to the treasury, or stays with `from` if even that can't
	/// take it, for nothing may stop a lease from closing. Returns what left the hold.
	pub(crate) fn pay_at_last(
		reason: HoldReason,
		id: LeaseId,
		from: &T::AccountId,
		to: &T::AccountId,
		amount: Balance,
	) -> Result<Balance, DispatchError> {
		if amount == 0 {
			return Ok(0);
		}
		if amount >= T::Currency::minimum_balance() || Self::can_receive(to, amount) {
			Self::move_held(reason, from, to, amount)?;
			return Ok(amount);
		}
		let treasury = T::Treasury::get();
		if !Self::can_receive(&treasury, amount) {
			return Ok(0);
		}
		Self::move_held(reason, from, &treasury, amount)?;
		Self::deposit_event(Event::DustDiverted { lease: id, amount });
		Ok(amount)
	}

	pub(crate) fn can_receive(who: &T::AccountId, amount: Balance) -> bool {
		T::Currency::can_deposit(who, amount, Provenance::Extant) == DepositConsequence::Success
	}

	pub(crate) fn release_held(
		reason: HoldReason,
		who: &T::AccountId,
		amount: Balance,
	) -> DispatchResult {
		if amount > 0 {
			T::Currency::release(&reason.into(), who, amount, Precision::Exact)?;
		}
		Ok(())
	}
}

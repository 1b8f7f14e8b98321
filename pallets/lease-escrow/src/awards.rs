// SPDX-License-Identifier: Apache-2.0

//! How the money of a dispute is paid out, and how disputes end by themselves.

use crate::{
	disputes::DisputeOf,
	types::{minute_from, minute_of},
	Config, DisputeDeadlines, Disputes, Error, Event, HoldReason, MinuteKey, Pallet, WeightInfo,
};
use frame_support::{
	defensive,
	pallet_prelude::DispatchResult,
	storage::with_storage_layer,
	traits::{
		fungible::{hold::Unbalanced, Inspect},
		tokens::Precision,
		Get,
	},
	weights::WeightMeter,
};
use tenure_lease_math::protocol_fee;
use tenure_primitives::{
	traits::Arbitration, Balance, DisputeId, DisputeOutcome, LeaseId, Moment, Side,
};

/// The longest pause between two tries is 2^`MAX_BACK_OFF` minutes, some 17 hours.
const MAX_BACK_OFF: u8 = 10;

impl<T: Config> Pallet<T> {
	/// Pays everybody off and removes the dispute. May change state before it fails.
	pub(crate) fn end_dispute(
		id: DisputeId,
		dispute: DisputeOf<T>,
		outcome: DisputeOutcome,
	) -> DispatchResult {
		let split = dispute.split(outcome).map_err(Error::<T>::from)?;
		let to_protocol = protocol_fee(dispute.protocol_share, split.to_respondent);
		let to_respondent = Self::less(split.to_respondent, to_protocol)?;
		let to_arbiter = split.fee().map_err(Error::<T>::from)?;

		let (lease, arbiter) = (id.lease, &dispute.arbiter);
		// The bonds first: what is left of them gives each side an account that can receive the rest.
		for (who, bond, fee) in [
			(&dispute.claimant, dispute.claimant_bond, split.fee_of_claimant),
			(&dispute.respondent, dispute.respondent_bond, split.fee_of_respondent),
		] {
			let paid = Self::pay_at_last(HoldReason::DisputeBond, lease, who, arbiter, fee)?;
			let left = Self::less(bond, paid)?;
			Self::release_at_last(HoldReason::DisputeBond, lease, who, left)?;
		}
		let (holder, other) = dispute.holder_and_other();
		let to_other = match dispute.held_by {
			Side::Claimant => to_respondent,
			Side::Respondent => split.to_claimant,
		};
		let mut left = dispute.amount;
		for (to, amount) in
			[(other, to_other), (&T::Treasury::get(), to_protocol), (arbiter, split.fee_of_award)]
		{
			let paid = Self::pay_at_last(HoldReason::Disputed, lease, holder, to, amount)?;
			left = Self::less(left, paid)?;
		}
		Self::release_at_last(HoldReason::Disputed, lease, holder, left)?;

		Disputes::<T>::remove(id.lease, id.kind);
		DisputeDeadlines::<T>::remove(MinuteKey::from(dispute.due), id);
		T::Arbitration::closed(id);
		Self::deposit_event(Event::DisputeClosed {
			lease: id.lease,
			kind: id.kind,
			outcome,
			to_claimant: split.to_claimant,
			to_respondent,
			to_protocol,
			to_arbiter,
		});
		Ok(())
	}

	/// Gives `who` back what it has on hold. What its account can't receive, because it is less than an
	/// existential deposit, goes to the treasury.
	fn release_at_last(
		reason: HoldReason,
		lease: LeaseId,
		who: &T::AccountId,
		amount: Balance,
	) -> DispatchResult {
		if amount >= T::Currency::minimum_balance() || Self::can_receive(who, amount) {
			return Self::release_held(reason, who, amount);
		}
		if amount > 0 {
			Self::move_held(reason, who, &T::Treasury::get(), amount)?;
			Self::deposit_event(Event::DustDiverted { lease, amount });
		}
		Ok(())
	}

	/// Lets `amount` of what `who` has on hold for one reason be on hold for another. It never is free in
	/// between: an account of which nothing is free could not put it on hold again.
	pub(crate) fn rename_hold(
		from: HoldReason,
		to: HoldReason,
		who: &T::AccountId,
		amount: Balance,
	) -> DispatchResult {
		T::Currency::increase_balance_on_hold(&to.into(), who, amount, Precision::Exact)?;
		T::Currency::decrease_balance_on_hold(&from.into(), who, amount, Precision::Exact)?;
		Ok(())
	}

	fn less(amount: Balance, by: Balance) -> Result<Balance, Error<T>> {
		amount.checked_sub(by).ok_or(Error::<T>::EscrowMismatch)
	}

	/// Ends disputes whose deadline has passed while `meter` has room.
	pub(crate) fn sweep_disputes(meter: &mut WeightMeter, now: Moment) {
		let step = T::WeightInfo::sweep_dispute();
		let mut deadlines = DisputeDeadlines::<T>::iter_keys();
		while meter.can_consume(step) {
			let Some((minute, id)) = deadlines.next() else { break };
			if minute.get() > minute_of(now) {
				break;
			}
			meter.consume(step);
			Self::serve_dispute(minute, id, now);
		}
	}

	/// Ends the dispute in a storage layer of its own. One that fails is put off, each time for twice as
	/// long.
	fn serve_dispute(minute: MinuteKey, id: DisputeId, now: Moment) {
		let Some(mut dispute) = Disputes::<T>::get(id.lease, id.kind) else {
			defensive!("each deadline is of an open dispute");
			DisputeDeadlines::<T>::remove(minute, id);
			if Disputes::<T>::contains_key(id.lease, id.kind) {
				// A record that can't be read. It waits for whoever mends it.
				let later = minute_of(now).saturating_add(1 << MAX_BACK_OFF);
				DisputeDeadlines::<T>::insert(MinuteKey::from(later), id, ());
			}
			return;
		};
		let soonest = minute_of(now).saturating_add(1);
		if !Self::is_over(&dispute, now) {
			// The chain stood still, which gives everybody more time.
			let due = minute_from(Self::moved(dispute.deadline, dispute.since)).max(soonest);
			Self::file_dispute(id, &mut dispute, due);
			Disputes::<T>::insert(id.lease, id.kind, dispute);
			return;
		}
		let outcome = dispute.outcome();
		let ended = with_storage_layer(|| Self::end_dispute(id, dispute.clone(), outcome));
		if let Err(error) = ended {
			let pause = 1u32.checked_shl(dispute.tries.min(MAX_BACK_OFF).into()).unwrap_or(1);
			dispute.tries = dispute.tries.saturating_add(1);
			let until_minute = minute_of(now).saturating_add(pause).max(soonest);
			Self::file_dispute(id, &mut dispute, until_minute);
			Disputes::<T>::insert(id.lease, id.kind, dispute);
			Self::deposit_event(Event::DisputeDeferred {
				lease: id.lease,
				kind: id.kind,
				until_minute,
				error,
			});
		}
	}

	/// Fails when the constants of disputes don't go together.
	pub(crate) fn check_dispute_constants() {
		assert!(
			T::ArbiterFee::get() <= T::DisputeBondShare::get(),
			"a claimant's bond must bear the arbiter's fee"
		);
		assert!(
			T::AnswerPeriod::get() > 0 && T::ArbitrationPeriod::get() > 0,
			"both sides must have time to answer"
		);
	}
}

// SPDX-License-Identifier: Apache-2.0

//! Rent that its tenant objects to, and who decides about that.

use crate::{
	disputes::Claim, Config, Error, Event, HoldReason, LeaseOf, LeaseOffers, Leases, Pallet,
};
use frame_support::{
	ensure,
	pallet_prelude::{DispatchResult, Weight},
	traits::Get,
};
use sp_core::H256;
use tenure_primitives::{
	traits::{Arbitration, Evidence},
	Balance, DisputeId, DisputeKind, LeaseId, LeaseTerms, Moment, Proof, Side,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_object(
		tenant: T::AccountId,
		id: LeaseId,
		amount: Balance,
		evidence: H256,
	) -> DispatchResult {
		let mut lease = Self::open_lease(id)?;
		ensure!(lease.tenant == tenant, Error::<T>::NotTenant);
		ensure!(lease.payee != tenant, Error::<T>::OwnDevice);
		ensure!(!lease.force_retired, Error::<T>::AlreadyOver);
		ensure!(!lease.is_request(), Error::<T>::RequestPending);
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		ensure!(lease.review.objection.is_none(), Error::<T>::AlreadyDisputed);
		ensure!(lease.review.window > 0, Error::<T>::ObjectionNotOpen);
		let now = Self::now();
		let proof = T::Evidence::proven(lease.device, &lease.window(id));
		ensure!(!Self::is_final(&lease, &proof, now), Error::<T>::ObjectionNotOpen);
		ensure!(amount <= Self::objectable(&lease, &proof, now)?, Error::<T>::ObjectionTooLarge);
		let arbiter = lease.arbiter.clone().ok_or(Error::<T>::ArbiterMissing)?;

		let payable = lease
			.earned(lease.review.payable(proof.seconds, now, Self::moved))
			.map_err(Error::<T>::from)?;
		lease.review.object(amount, payable);
		if lease.is_offered {
			// Whoever takes it gets less rent with it, and a lease that can be revoked for nothing.
			lease.is_offered = false;
			LeaseOffers::<T>::remove(id);
			Self::deposit_event(Event::LeaseOfferWithdrawn { lease: id });
		}
		let (respondent, protocol_share) = (lease.payee.clone(), lease.protocol_share);
		Leases::<T>::insert(id, lease);
		Self::open_dispute(Claim {
			id: DisputeId { lease: id, kind: DisputeKind::Rent },
			claimant: tenant,
			respondent,
			arbiter,
			amount,
			held_by: Side::Claimant,
			held_for: HoldReason::Rent,
			protocol_share,
			evidence,
		})
	}

	/// Rent that is earned and that its tenant can still object to. Whoever became its own payee can't.
	pub(crate) fn objectable(
		lease: &LeaseOf<T>,
		proof: &Proof,
		now: Moment,
	) -> Result<Balance, Error<T>> {
		let is_own = lease.tenant == lease.payee;
		if is_own || !lease.review.is_delayed() || Self::is_final(lease, proof, now) {
			return Ok(0);
		}
		let payable = lease.earned(lease.review.payable(proof.seconds, now, Self::moved))?;
		lease.earned(proof.seconds)?.checked_sub(payable).ok_or(Error::<T>::EscrowMismatch)
	}

	/// Weight of looking for a named arbiter on governance's list, which no benchmark's terms ask for.
	pub(crate) fn naming(arbiter: &Option<T::AccountId>) -> Weight {
		T::DbWeight::get().reads(arbiter.is_some().into())
	}

	/// Whether `arbiter` can decide disputes about a lease of `tenant` with `payee`: one is named if and
	/// only if there can be any, by the terms and from governance's list, and it is neither of the two.
	pub(crate) fn check_arbiter(
		tenant: &T::AccountId,
		payee: &T::AccountId,
		terms: &LeaseTerms<T::AccountId>,
		arbiter: Option<&T::AccountId>,
	) -> Result<(), Error<T>> {
		let needed = terms.damage_deposit > 0 || terms.objection_window > 0;
		let Some(arbiter) = arbiter else {
			ensure!(!needed, Error::<T>::ArbiterMissing);
			return Ok(());
		};
		ensure!(needed, Error::<T>::ArbiterNotNeeded);
		ensure!(arbiter != tenant && arbiter != payee, Error::<T>::ArbiterIsParty);
		ensure!(
			terms.arbiters.contains(arbiter) && T::Arbitration::is_arbiter(arbiter),
			Error::<T>::ArbiterNotListed
		);
		Ok(())
	}
}

// SPDX-License-Identifier: Apache-2.0

//! What tenants get who waited in vain for a device that another one had not brought back.
//!
//! Nothing is paid from a deposit before the device is back: a tenant that keeps it could book it again by a
//! straw man, and take its own deposit out by waiting in vain. Until then claims stand in the record.

use crate::{
	custody::LateClaim, types::Entry, Calendars, Config, Custodies, CustodyOf, Error, Event,
	HoldReason, LeaseOf, Leases, Pallet, WeightInfo, MAX_LATE_CLAIMS,
};
use frame_support::{pallet_prelude::DispatchResult, traits::Get, weights::Weight};
use tenure_lease_math::compensation;
use tenure_primitives::{Balance, EvidencePolicy, LeaseId, Moment};

impl<T: Config> Pallet<T> {
	/// Weight of paying so many claims.
	pub(crate) fn claims_weight(claims: usize) -> Weight {
		let claims = u64::try_from(claims).unwrap_or(u64::MAX);
		T::WeightInfo::pay_late_claim().saturating_mul(claims)
	}

	/// Weight of paying as many claims as there can be.
	pub(crate) fn most_claims_weight() -> Weight {
		T::WeightInfo::pay_late_claim().saturating_mul(MAX_LATE_CLAIMS.into())
	}

	/// Weight of looking for tenants who wait when a device comes back.
	pub(crate) fn waiting_weight() -> Weight {
		T::DbWeight::get().reads(u64::from(MAX_LATE_CLAIMS).saturating_mul(2).saturating_add(1))
	}

	/// Gives the tenant of `next`, who waited until `due`, a claim on the deposit of the tenant of `late`.
	pub(crate) fn claim_of_late(
		late: LeaseId,
		next: LeaseId,
		waited: &LeaseOf<T>,
		due: Moment,
	) -> DispatchResult {
		let late_lease = Self::open_lease(late)?;
		let mut custody = Self::custody_of(late)?;
		Self::add_claim((late, &late_lease, &mut custody), (next, waited), due)?;
		Custodies::<T>::insert(late, custody);
		Ok(())
	}

	/// Gives those a claim who wait for a device that comes back now, if their time is over and nobody has
	/// closed their leases yet.
	pub(crate) fn claims_of_waiting(
		late: LeaseId,
		lease: &LeaseOf<T>,
		custody: &mut CustodyOf<T>,
		now: Moment,
	) -> DispatchResult {
		let waits = |entry: &&Entry| {
			let is_next = lease.until <= entry.from && entry.from < now;
			is_next && entry.lease != late && entry.evidence == EvidencePolicy::Clock
		};
		let calendar = Calendars::<T>::get(lease.device);
		let most = usize::try_from(MAX_LATE_CLAIMS).unwrap_or(usize::MAX);
		for entry in calendar.iter().filter(waits).take(most) {
			let Some(waited) = Leases::<T>::get(entry.lease) else { continue };
			let Some(terms) = Custodies::<T>::get(entry.lease) else { continue };
			let due = Self::time_is_over(waited.from, terms.handover_window);
			if terms.takeover.is_none() && !waited.force_retired && due <= now {
				Self::add_claim((late, lease, &mut *custody), (entry.lease, &waited), due)?;
			}
		}
		Ok(())
	}

	/// What the payee would have owed the tenant, at most what being late had cost by `due` and is not claimed
	/// by others. There is room for a few; more tenants than that wait for nobody.
	fn add_claim(
		(late, lease, custody): (LeaseId, &LeaseOf<T>, &mut CustodyOf<T>),
		(next, waited): (LeaseId, &LeaseOf<T>),
		due: Moment,
	) -> Result<(), Error<T>> {
		let claimed = custody.claimed();
		let accrued = Self::overdue(lease, custody, due)?.min(custody.held);
		let amount = compensation(Self::owed_for_no_show(waited), accrued, claimed);
		if amount == 0 {
			return Ok(());
		}
		let claim = LateClaim { lease: next, tenant: waited.tenant.clone(), amount };
		if custody.claims.try_push(claim).is_ok() {
			Self::deposit_event(Event::LateReturnClaimed { lease: next, late, amount });
		}
		Ok(())
	}

	/// Pays those who waited, now that the device is back, as far as what is on hold for being late suffices.
	pub(crate) fn pay_late_claims(
		id: LeaseId,
		lease: &LeaseOf<T>,
		custody: &mut CustodyOf<T>,
		now: Moment,
	) -> DispatchResult {
		for claim in core::mem::take(&mut custody.claims) {
			let amount: Balance = claim.amount.min(Self::overdue_left(lease, custody, now)?);
			let reason = HoldReason::DamageDeposit;
			let paid =
				Self::pay_at_last(reason, claim.lease, &lease.tenant, &claim.tenant, amount)?;
			if paid == 0 {
				continue;
			}
			custody.held = custody.held.checked_sub(paid).ok_or(Error::<T>::EscrowMismatch)?;
			custody.compensated =
				custody.compensated.checked_add(paid).ok_or(Error::<T>::AmountOverflow)?;
			Self::deposit_event(Event::LateReturnCompensated {
				lease: claim.lease,
				late: id,
				amount: paid,
			});
		}
		Ok(())
	}
}

// SPDX-License-Identifier: Apache-2.0

//! How an owner takes a lease back: with money, and for a penalty.

use crate::{custody::Outlook, settlement::Closing, Config, Error, Event, LeaseOf, Pallet};
use frame_support::{ensure, pallet_prelude::DispatchError};
use tenure_lease_math::{revoked_before_start, MINUTE};
use tenure_primitives::{traits::UsageUnits, CloseReason, LeaseId, Moment};

impl<T: Config> Pallet<T> {
	/// Tells whether the lease was closed.
	pub(crate) fn do_revoke(payee: T::AccountId, id: LeaseId) -> Result<bool, DispatchError> {
		let lease = Self::open_lease(id)?;
		ensure!(!lease.is_request(), Error::<T>::RequestPending);
		ensure!(lease.payee == payee, Error::<T>::NotPayee);
		let now = Self::now();
		ensure!(!lease.force_retired && now < lease.until, Error::<T>::AlreadyOver);
		ensure!(!lease.is_ending(), Error::<T>::AlreadyEnding);
		if now < lease.from || Self::is_to_be_handed_over(id, &lease, now)? {
			Self::revoke_ahead(id, lease, now)?;
			return Ok(true);
		}
		Self::revoke_running(id, lease, now)?;
		Ok(false)
	}

	/// All rent goes back, with the penalty for all of it; without one if a tenant did not bring back the
	/// device that was to be handed over.
	fn revoke_ahead(id: LeaseId, lease: LeaseOf<T>, now: Moment) -> Result<(), DispatchError> {
		Self::deposit_event(Event::LeaseRevoked { lease: id, until: lease.from });
		let is_excused = lease.is_physical() && Self::was_not_returned(lease.device);
		let penalty = revoked_before_start(lease.owner_penalty, lease.escrowed).min(lease.bond);
		let closing = Closing {
			reason: CloseReason::Revoked,
			proven: 0,
			gross: 0,
			penalty: if is_excused { 0 } else { penalty },
			returned_units: 0,
		};
		Self::close_unused(id, lease, closing, now)
	}

	/// Whether the tenant of the lease does not have the device that is to be handed over. Fails once the
	/// time for that is over: what follows is not up to the owner any more.
	fn is_to_be_handed_over(
		id: LeaseId,
		lease: &LeaseOf<T>,
		now: Moment,
	) -> Result<bool, Error<T>> {
		if !lease.is_physical() {
			return Ok(false);
		}
		let custody = Self::custody_of(id)?;
		let outlook = Self::outlook(id, lease, &custody, now);
		ensure!(matches!(outlook, Outlook::Waits(_)), Error::<T>::AlreadyOver);
		Ok(custody.takeover.is_none())
	}

	/// The end moves; what lies behind it is undelivered, and the close computes what that costs.
	fn revoke_running(
		id: LeaseId,
		mut lease: LeaseOf<T>,
		now: Moment,
	) -> Result<(), DispatchError> {
		let notice = T::Units::series(lease.series)?.terms.owner_notice;
		let notice = Moment::from(notice).max(MINUTE);
		let until = Self::earliest_end(&lease, notice, now)?;
		ensure!(until < lease.until, Error::<T>::AlreadyEnding);
		lease.cut_off_seconds = lease.until.saturating_sub(until);
		if let Some(objection) = &mut lease.review.objection {
			objection.revoked = true;
		}
		Self::shorten(id, lease, until, now);
		Self::deposit_event(Event::LeaseRevoked { lease: id, until });
		Ok(())
	}
}

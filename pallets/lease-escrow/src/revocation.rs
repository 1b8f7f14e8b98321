// SPDX-License-Identifier: Apache-2.0

//! How an owner takes a lease back: with money, and for a penalty.

use crate::{settlement::Closing, Config, Error, Event, LeaseOf, Pallet};
use frame_support::{ensure, pallet_prelude::DispatchError};
use tenure_lease_math::{revoked_before_start, MINUTE};
use tenure_primitives::{traits::UsageUnits, CloseReason, LeaseId, Moment};

impl<T: Config> Pallet<T> {
	/// Tells whether the lease was closed.
	pub(crate) fn do_revoke(payee: T::AccountId, id: LeaseId) -> Result<bool, DispatchError> {
		let lease = Self::open_lease(id)?;
		ensure!(lease.payee == payee, Error::<T>::NotPayee);
		let now = Self::now();
		ensure!(!lease.force_retired && now < lease.until, Error::<T>::AlreadyOver);
		ensure!(!lease.ended_early && !lease.is_revoked(), Error::<T>::AlreadyEnding);
		if now < lease.from {
			Self::revoke_ahead(id, lease, now)?;
			return Ok(true);
		}
		Self::revoke_running(id, lease, now)?;
		Ok(false)
	}

	/// All rent goes back, with the penalty for all of it.
	fn revoke_ahead(id: LeaseId, lease: LeaseOf<T>, now: Moment) -> Result<(), DispatchError> {
		let (device, from, free_from) = (lease.device, lease.from, lease.free_from());
		Self::deposit_event(Event::LeaseRevoked { lease: id, until: from });
		let closing = Closing {
			reason: CloseReason::Revoked,
			proven: 0,
			gross: 0,
			penalty: revoked_before_start(lease.owner_penalty, lease.escrowed).min(lease.bond),
			returned_units: 0,
		};
		Self::close(id, lease, closing)?;
		Self::free_time(device, from, free_from);
		Self::refresh_grants(device, now);
		Ok(())
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
		Self::shorten(id, lease, until, now);
		Self::deposit_event(Event::LeaseRevoked { lease: id, until });
		Ok(())
	}
}

// SPDX-License-Identifier: Apache-2.0

//! What those earn who close leases that the sweep left lying.

use crate::{settlement::Closing, Config, Error, Event, HoldReason, LeaseOf, Pallet};
use frame_support::{pallet_prelude::DispatchResult, traits::Get};
use tenure_lease_math::{keeper_reward, protocol_fee, MINUTE};
use tenure_primitives::{Balance, LeaseId, Moment, Proof};

impl<T: Config> Pallet<T> {
	/// Whether closing the lease is rewarded: the sweep should have closed it long ago.
	pub(crate) fn is_neglected(lease: &LeaseOf<T>, proof: &Proof, now: Moment) -> bool {
		Self::is_neglected_since(lease, Self::closes_from(lease, proof), now)
	}

	/// Whether closing a lease is rewarded that could have been closed since a moment. What counts is by how
	/// much the sweep is late: evidence that somebody held back makes a lease closable in the past.
	pub(crate) fn is_neglected_since(
		lease: &LeaseOf<T>,
		closable_from: Moment,
		now: Moment,
	) -> bool {
		let due = closable_from.max(Moment::from(lease.deadline).saturating_mul(MINUTE));
		Self::time_is_over(due, T::KeeperDelay::get()) <= now
	}

	/// Pays whoever closes the lease its part of the protocol's share, out of what is left to pay of
	/// that. A keeper that can't receive it leaves it to the treasury.
	pub(crate) fn pay_keeper(
		id: LeaseId,
		lease: &mut LeaseOf<T>,
		closing: &Closing,
		keeper: &T::AccountId,
	) -> DispatchResult {
		let unpaid: Balance = Self::due(lease, closing.gross)?.to_protocol;
		let protocol = protocol_fee(lease.protocol_share, lease.review.undisputed(closing.gross));
		let amount = keeper_reward(T::KeeperShare::get(), protocol, unpaid);
		if amount == 0 || !Self::can_receive(keeper, amount) {
			return Ok(());
		}
		Self::move_held(HoldReason::Rent, &lease.tenant, keeper, amount)?;
		lease.paid_to_protocol =
			lease.paid_to_protocol.checked_add(amount).ok_or(Error::<T>::AmountOverflow)?;
		Self::deposit_event(Event::KeeperPaid { lease: id, keeper: keeper.clone(), amount });
		Ok(())
	}
}

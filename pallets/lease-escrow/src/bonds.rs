// SPDX-License-Identifier: Apache-2.0

//! What owners keep on hold to stand behind their leases.

use crate::{
	types::{OwnerBond, Unbonding},
	Bonds, Config, Error, Event, HoldReason, Pallet, Unbondings,
};
use frame_support::{
	ensure,
	pallet_prelude::DispatchResult,
	traits::{
		fungible::{hold::Mutate, Inspect},
		tokens::{Fortitude, Precision, Preservation, Restriction},
		Get,
	},
};
use tenure_primitives::Balance;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_bond(owner: T::AccountId, amount: Balance) -> DispatchResult {
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		ensure!(amount >= T::Currency::minimum_balance(), Error::<T>::AmountTooSmall);
		Self::ensure_can_hold(&owner, amount)?;
		let mut bond = Bonds::<T>::get(&owner);
		bond.held = bond.held.checked_add(amount).ok_or(Error::<T>::AmountOverflow)?;
		T::Currency::hold(&HoldReason::OwnerBond.into(), &owner, amount)?;
		Bonds::<T>::insert(&owner, bond);
		Self::deposit_event(Event::BondDeposited { owner, amount });
		Ok(())
	}

	pub(crate) fn do_unbond(owner: T::AccountId, amount: Balance) -> DispatchResult {
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		let mut bond = Bonds::<T>::get(&owner);
		ensure!(amount <= bond.free(), Error::<T>::BondNotFree);
		// The hold pays for the record of its part; what a penalty left over may be less.
		ensure!(
			amount >= T::Currency::minimum_balance() || amount == bond.free(),
			Error::<T>::AmountTooSmall
		);
		bond.held = bond.held.checked_sub(amount).ok_or(Error::<T>::EscrowMismatch)?;
		let due = Self::now()
			.checked_add(T::UnbondingDelay::get().into())
			.ok_or(Error::<T>::AmountOverflow)?;
		Unbondings::<T>::try_mutate(&owner, |queue| {
			queue.try_push(Unbonding { amount, due }).map_err(|_| Error::<T>::TooManyUnbondings)
		})?;
		Self::write_bond(&owner, bond);
		Self::deposit_event(Event::BondUnlocking { owner, amount, due });
		Ok(())
	}

	pub(crate) fn do_withdraw_unbonded(owner: T::AccountId) -> DispatchResult {
		let now = Self::now();
		let mut queue = Unbondings::<T>::get(&owner);
		let mut amount: Balance = 0;
		for part in queue.iter().filter(|part| part.due <= now) {
			amount = amount.checked_add(part.amount).ok_or(Error::<T>::AmountOverflow)?;
		}
		ensure!(amount > 0, Error::<T>::NothingToWithdraw);
		queue.retain(|part| part.due > now);
		if queue.is_empty() {
			Unbondings::<T>::remove(&owner);
		} else {
			Unbondings::<T>::insert(&owner, queue);
		}
		T::Currency::release(&HoldReason::OwnerBond.into(), &owner, amount, Precision::Exact)?;
		Self::deposit_event(Event::BondWithdrawn { owner, amount });
		Ok(())
	}

	/// Commits `amount` of the owner's free bond.
	pub(crate) fn commit_bond(owner: &T::AccountId, amount: Balance) -> DispatchResult {
		if amount == 0 {
			return Ok(());
		}
		Bonds::<T>::try_mutate(owner, |bond| {
			ensure!(amount <= bond.free(), Error::<T>::OwnerBondTooSmall);
			bond.committed =
				bond.committed.checked_add(amount).ok_or(Error::<T>::AmountOverflow)?;
			Ok(())
		})
	}

	/// Frees `committed` of the owner's bond, and pays `penalty` of it to `tenant`.
	pub(crate) fn uncommit_bond(
		owner: &T::AccountId,
		committed: Balance,
		penalty: Balance,
		tenant: &T::AccountId,
	) -> DispatchResult {
		if committed == 0 {
			return Ok(());
		}
		let mut bond = Bonds::<T>::get(owner);
		ensure!(penalty <= committed, Error::<T>::EscrowMismatch);
		bond.committed = bond.committed.checked_sub(committed).ok_or(Error::<T>::EscrowMismatch)?;
		bond.held = bond.held.checked_sub(penalty).ok_or(Error::<T>::EscrowMismatch)?;
		if penalty > 0 {
			Self::move_held(HoldReason::OwnerBond, owner, tenant, penalty)?;
		}
		Self::write_bond(owner, bond);
		Ok(())
	}

	fn write_bond(owner: &T::AccountId, bond: OwnerBond) {
		if bond == OwnerBond::default() {
			Bonds::<T>::remove(owner);
		} else {
			Bonds::<T>::insert(owner, bond);
		}
	}

	/// Pays exactly `amount` of what `from` has on hold for `reason` to `to`. Freezes of `from` don't
	/// stop it. May change state before it fails.
	pub(crate) fn move_held(
		reason: HoldReason,
		from: &T::AccountId,
		to: &T::AccountId,
		amount: Balance,
	) -> DispatchResult {
		T::Currency::transfer_on_hold(
			&reason.into(),
			from,
			to,
			amount,
			Precision::Exact,
			Restriction::Free,
			Fortitude::Force,
		)?;
		Ok(())
	}

	/// Fails when `who` has not `amount` to put on hold and an existential deposit besides.
	pub(crate) fn ensure_can_hold(who: &T::AccountId, amount: Balance) -> DispatchResult {
		let available =
			T::Currency::reducible_balance(who, Preservation::Protect, Fortitude::Force);
		ensure!(amount <= available, Error::<T>::BalanceTooLow);
		Ok(())
	}
}

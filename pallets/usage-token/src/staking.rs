// SPDX-License-Identifier: Apache-2.0

//! Units into leases and back. The lease keeps the money on hold in its tenant's own account.

#![cfg_attr(
	not(test),
	deny(clippy::as_conversions, clippy::cast_possible_truncation, clippy::expect_used)
)]

use crate::{Config, Error, Event, HoldReason, Pallet, Series};
use frame_support::{
	ensure,
	traits::{
		fungibles::Mutate as _,
		tokens::{
			fungible::hold::{Inspect as _, Mutate as _},
			Fortitude::{Force, Polite},
			Precision::Exact,
			Preservation::Preserve,
			Restriction::Free,
		},
	},
};
use sp_runtime::DispatchError;
use tenure_primitives::{Balance, SeriesId, Units};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_stake(
		series: SeriesId,
		tenant: &T::AccountId,
		units: Units,
		reason: &T::RuntimeHoldReason,
	) -> Result<Balance, DispatchError> {
		let now = Self::now();
		let record = Self::record_of(series)?;
		ensure!(units > 0, Error::<T>::ZeroUnits);
		ensure!(now < record.sale.usable_until, Error::<T>::SeriesExpired);
		ensure!(T::Currency::hold_available(reason, tenant), Error::<T>::TenantNeedsAccount);
		let amount = Self::par_value(&record, units)?;
		Self::burn(series, tenant, units)?;
		let account = Self::account_of(series);
		T::Currency::release(&HoldReason::Backing.into(), &account, amount, Exact)?;
		T::Currency::transfer_and_hold(reason, &account, tenant, amount, Exact, Preserve, Polite)?;
		Self::subtract_outstanding(&record, units, now);
		let tenant = tenant.clone();
		Self::deposit_event(Event::UnitsStaked { series, tenant, units, amount });
		Ok(amount)
	}

	pub(crate) fn do_buy_staked(
		series: SeriesId,
		tenant: &T::AccountId,
		units: Units,
		reason: &T::RuntimeHoldReason,
	) -> Result<Balance, DispatchError> {
		let mut record = Self::record_of(series)?;
		let amount = Self::ensure_sale(&record, units, Self::now())?;
		ensure!(T::Currency::can_hold(reason, tenant, amount), Error::<T>::BalanceTooLow);
		T::Currency::hold(reason, tenant, amount)?;
		record.sold = record.sold.checked_add(units).ok_or(Error::<T>::SoldOut)?;
		Series::<T>::insert(series, record);
		let (buyer, tenant) = (tenant.clone(), tenant.clone());
		Self::deposit_event(Event::UnitsBought { series, buyer, units, cost: amount });
		Self::deposit_event(Event::UnitsStaked { series, tenant, units, amount });
		Ok(amount)
	}

	// Never asks for a window or a sale: this is a tenant's way out.
	pub(crate) fn do_unstake(
		series: SeriesId,
		tenant: &T::AccountId,
		units: Units,
		reason: &T::RuntimeHoldReason,
	) -> Result<Balance, DispatchError> {
		let record = Self::record_of(series)?;
		ensure!(units > 0, Error::<T>::ZeroUnits);
		let amount = Self::par_value(&record, units)?;
		let account = Self::account_of(series);
		T::Currency::transfer_on_hold(reason, tenant, &account, amount, Exact, Free, Force)?;
		T::Currency::hold(&HoldReason::Backing.into(), &account, amount)?;
		T::Units::mint_into(series, tenant, units.into())?;
		Self::add_outstanding(&record, units, Self::now());
		let tenant = tenant.clone();
		Self::deposit_event(Event::UnitsReturned { series, tenant, units, amount });
		Ok(amount)
	}
}

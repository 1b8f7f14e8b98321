// SPDX-License-Identifier: Apache-2.0

//! Units into leases and back. The lease keeps the money on hold in its tenant's own account.

#![cfg_attr(
	not(test),
	deny(clippy::as_conversions, clippy::cast_possible_truncation, clippy::expect_used)
)]

use crate::{selling::Sale, Config, Error, Event, HoldReason, Pallet, Series};
use frame_support::{
	defensive, ensure,
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
use tenure_primitives::{traits::Devices, Balance, SeriesId, Subject, Units};

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
		ensure!(now < Self::expires(&record), Error::<T>::SeriesExpired);
		Self::ensure_not_in_fleet(&record.subject)?;
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
		let Sale { cost: amount, ledgers } = Self::ensure_sale(&record, units, Self::now())?;
		ensure!(T::Currency::can_hold(reason, tenant, amount), Error::<T>::BalanceTooLow);
		T::Currency::hold(reason, tenant, amount)?;
		record.sold = record.sold.checked_add(units).ok_or(Error::<T>::SoldOut)?;
		Series::<T>::insert(series, record);
		if ledgers.fleet.is_some() {
			Self::store(ledgers);
		}
		let (buyer, tenant) = (tenant.clone(), tenant.clone());
		Self::deposit_event(Event::UnitsBought { series, buyer, units, cost: amount });
		Self::deposit_event(Event::UnitsStaked { series, tenant, units, amount });
		Ok(amount)
	}

	/// Staked units went back in money, because no lease came of them: they are gone like redeemed ones.
	/// Never fails: nothing may stop that money.
	pub(crate) fn do_unsell(series: SeriesId, units: Units) {
		let Some(mut record) = Series::<T>::get(series) else { return };
		let could_have_units = record.can_have_units();
		let Some(sold) = record.sold.checked_sub(units) else {
			defensive!("staked units were sold");
			return;
		};
		record.sold = sold;
		Self::subtract_unsold(&record, could_have_units, Self::now());
		Series::<T>::insert(series, record);
		Self::deposit_event(Event::UnitsUnsold { series, units });
	}

	// A device that joined a fleet is sold through it. Its own units are those that leases gave back
	// since: they redeem at par.
	fn ensure_not_in_fleet(subject: &Subject) -> Result<(), Error<T>> {
		let Subject::Device(device) = subject else { return Ok(()) };
		let is_member = T::Devices::device(*device).is_ok_and(|info| info.fleet.is_some());
		ensure!(!is_member, Error::<T>::DeviceInFleet);
		Ok(())
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

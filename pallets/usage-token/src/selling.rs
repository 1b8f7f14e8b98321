// SPDX-License-Identifier: Apache-2.0

//! Selling units.

#![cfg_attr(
	not(test),
	deny(clippy::as_conversions, clippy::cast_possible_truncation, clippy::expect_used)
)]

use crate::{Config, Error, Event, HoldReason, Pallet, Series, SeriesRecordOf};
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	traits::{
		fungible::Inspect,
		fungibles::Mutate as _,
		tokens::{
			fungible::hold::Mutate as _, Fortitude::Polite, Precision::Exact,
			Preservation::Preserve,
		},
	},
};
use sp_runtime::DispatchError;
use tenure_lease_math::rent;
use tenure_primitives::{Balance, DeviceStatus, Moment, SeriesId, Units};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_buy(
		buyer: &T::AccountId,
		series: SeriesId,
		units: Units,
		max_cost: Balance,
	) -> DispatchResult {
		let now = Self::now();
		let mut record = Self::record_of(series)?;
		let cost = Self::ensure_sale(&record, units, now)?;
		ensure!(cost <= max_cost, Error::<T>::CostAboveMax);
		ensure!(
			T::Currency::reducible_balance(buyer, Preserve, Polite) >= cost,
			Error::<T>::BalanceTooLow
		);
		T::Currency::transfer_and_hold(
			&HoldReason::Backing.into(),
			buyer,
			&Self::account_of(series),
			cost,
			Exact,
			Preserve,
			Polite,
		)?;
		T::Units::mint_into(series, buyer, units.into())?;
		record.sold = record.sold.checked_add(units).ok_or(Error::<T>::SoldOut)?;
		Self::add_outstanding(&record, units, now);
		Series::<T>::insert(series, record);
		Self::deposit_event(Event::UnitsBought { series, buyer: buyer.clone(), units, cost });
		Ok(())
	}

	/// What `units` cost, if they can be sold now.
	pub(crate) fn ensure_sale(
		record: &SeriesRecordOf<T>,
		units: Units,
		now: Moment,
	) -> Result<Balance, DispatchError> {
		ensure!(units > 0, Error::<T>::ZeroUnits);
		Self::ensure_on_sale(record, now)?;
		let cost = Self::par_value(record, units)?;
		let seconds =
			units.checked_mul(record.sale.unit_seconds.into()).ok_or(Error::<T>::AmountOverflow)?;
		ensure!(units <= Self::unsold(record), Error::<T>::SoldOut);
		ensure!(seconds <= Self::free_seconds(record, now), Error::<T>::CapacityExceeded);
		Ok(cost)
	}

	/// Whether any unit could be sold now, as far as time, owner and device go.
	pub(crate) fn ensure_on_sale(record: &SeriesRecordOf<T>, now: Moment) -> DispatchResult {
		ensure!(record.closed_at.is_none(), Error::<T>::SeriesClosed);
		ensure!(now < record.sale.usable_until, Error::<T>::SeriesExpired);
		ensure!(record.sale.sale_from <= now, Error::<T>::SaleNotOpen);
		ensure!(now < record.sale.sale_until, Error::<T>::SaleOver);
		let device = Self::device_of(&record.subject)?;
		ensure!(device.status == DeviceStatus::Listed, Error::<T>::DeviceNotListed);
		ensure!(device.owner == record.owner, Error::<T>::NotSeriesOwnersDevice);
		Ok(())
	}

	/// Units that the cap leaves.
	pub(crate) fn unsold(record: &SeriesRecordOf<T>) -> Units {
		record.sale.cap.saturating_sub(record.sold)
	}

	/// What `units` cost, and what backs them.
	pub(crate) fn par_value(
		record: &SeriesRecordOf<T>,
		units: Units,
	) -> Result<Balance, DispatchError> {
		Ok(rent(units, record.sale.unit_price).map_err(|_| Error::<T>::AmountOverflow)?)
	}
}

// SPDX-License-Identifier: Apache-2.0

//! Selling units.

#![cfg_attr(
	not(test),
	deny(clippy::as_conversions, clippy::cast_possible_truncation, clippy::expect_used)
)]

use crate::{
	windows::Ledgers, Config, Error, Event, HoldReason, Pallet, Series, SeriesRecordOf, WeightInfo,
};
use frame_support::{
	ensure,
	traits::{
		fungible::Inspect,
		fungibles::Mutate as _,
		tokens::{
			fungible::hold::Mutate as _, Fortitude::Polite, Precision::Exact,
			Preservation::Preserve,
		},
	},
	weights::Weight,
};
use sp_runtime::DispatchError;
use tenure_lease_math::rent;
use tenure_primitives::{traits::Devices, Balance, DeviceStatus, Moment, SeriesId, Subject, Units};

/// Units that can be sold now.
pub(crate) struct Sale<T: Config> {
	pub(crate) cost: Balance,
	pub(crate) ledgers: Ledgers<T>,
}

impl<T: Config> Pallet<T> {
	/// What a purchase of units of the subject weighs.
	pub(crate) fn weight_to_buy(subject: &Subject) -> Weight {
		match subject {
			Subject::Device(_) => T::WeightInfo::buy_device(),
			Subject::Fleet(_) => T::WeightInfo::buy_fleet(),
		}
	}

	/// Returns what the units are good on.
	pub(crate) fn do_buy(
		buyer: &T::AccountId,
		series: SeriesId,
		units: Units,
		max_cost: Balance,
	) -> Result<Subject, DispatchError> {
		let now = Self::now();
		let mut record = Self::record_of(series)?;
		let Sale { cost, ledgers } = Self::ensure_sale(&record, units, now)?;
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
		Self::change_and_store(ledgers, &record.sale, |ledger| Self::raise(ledger, &record, units));
		let subject = record.subject;
		Series::<T>::insert(series, record);
		Self::deposit_event(Event::UnitsBought { series, buyer: buyer.clone(), units, cost });
		Ok(subject)
	}

	/// What `units` cost, if they can be sold now.
	pub(crate) fn ensure_sale(
		record: &SeriesRecordOf<T>,
		units: Units,
		now: Moment,
	) -> Result<Sale<T>, DispatchError> {
		ensure!(units > 0, Error::<T>::ZeroUnits);
		let devices = Self::ensure_on_sale(record, now)?;
		let cost = Self::par_value(record, units)?;
		let seconds =
			units.checked_mul(record.sale.unit_seconds.into()).ok_or(Error::<T>::AmountOverflow)?;
		ensure!(units <= Self::unsold(record), Error::<T>::SoldOut);
		let ledgers = Self::ledgers_at(&record.subject, now);
		let free = Self::free_seconds(&ledgers, &record.sale, devices, now);
		ensure!(seconds <= free, Error::<T>::CapacityExceeded);
		Ok(Sale { cost, ledgers })
	}

	/// Whether any unit could be sold now, as far as time and subject go. Returns how many devices there
	/// are for it.
	pub(crate) fn ensure_on_sale(
		record: &SeriesRecordOf<T>,
		now: Moment,
	) -> Result<u32, DispatchError> {
		ensure!(record.closed_at.is_none(), Error::<T>::SeriesClosed);
		ensure!(now < record.sale.usable_until, Error::<T>::SeriesExpired);
		ensure!(record.sale.sale_from <= now, Error::<T>::SaleNotOpen);
		ensure!(now < record.sale.sale_until, Error::<T>::SaleOver);
		Self::devices_of(&record.subject)
	}

	/// How many devices serve the subject, if it can be leased.
	pub(crate) fn devices_of(subject: &Subject) -> Result<u32, DispatchError> {
		match subject {
			Subject::Device(device) => {
				let device = T::Devices::device(*device)?;
				ensure!(device.status == DeviceStatus::Listed, Error::<T>::DeviceNotListed);
				ensure!(device.fleet.is_none(), Error::<T>::DeviceInFleet);
				Ok(1)
			}
			Subject::Fleet(fleet) => Ok(T::Devices::fleet(*fleet)?.members),
		}
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

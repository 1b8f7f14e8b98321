// SPDX-License-Identifier: Apache-2.0

//! Making and closing series.

#![cfg_attr(
	not(test),
	deny(clippy::as_conversions, clippy::cast_possible_truncation, clippy::expect_used)
)]

use crate::{
	Config, Error, Event, LeaseTermsOf, NextSeriesId, Pallet, Series, SeriesRecord, SeriesRecordOf,
};
use alloc::format;
use codec::Encode;
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	traits::{
		fungible::{Inspect, Mutate},
		fungibles::{metadata::Mutate as _, Create},
		tokens::{Fortitude::Polite, Preservation::Preserve},
		Consideration, Footprint, Get,
	},
};
use sp_runtime::{traits::AccountIdConversion, DispatchError};
use tenure_primitives::{
	traits::Devices, Balance, DeviceInfo, DeviceStatus, SaleConditions, SeriesId, Subject,
};

/// Bytes that a series occupies beside its owner, subject, conditions and terms: its asset with name
/// and symbol, its account with the hold, its place among the windows, and all their keys.
const COMPANION_BYTES: usize = 512;

impl<T: Config> Pallet<T> {
	/// The keyless account of a series: team of its asset, and where its backing is held.
	pub fn account_of(series: SeriesId) -> T::AccountId {
		T::PalletId::get().into_sub_account_truncating(series)
	}

	pub(crate) fn record_of(series: SeriesId) -> Result<SeriesRecordOf<T>, Error<T>> {
		Series::<T>::get(series).ok_or(Error::<T>::UnknownSeries)
	}

	pub(crate) fn do_create_series(
		owner: T::AccountId,
		subject: Subject,
		sale: SaleConditions,
		terms: LeaseTermsOf<T>,
	) -> Result<SeriesId, DispatchError> {
		let now = Self::now();
		let device = Self::device_of(&subject)?;
		ensure!(device.owner == owner, Error::<T>::NotDeviceOwner);
		ensure!(device.status == DeviceStatus::Listed, Error::<T>::DeviceNotListed);
		ensure!(device.fleet.is_none(), Error::<T>::DeviceInFleet);
		Self::ensure_available(&terms)?;
		ensure!(device.key.is_some(), Error::<T>::NoDeviceKey);
		Self::ensure_valid_sale(&sale, now)?;
		Self::ensure_valid_terms(&terms, &sale, now)?;
		Self::open_window(&subject, &sale, now)?;

		let series = NextSeriesId::<T>::get();
		NextSeriesId::<T>::put(series.checked_add(1).ok_or(Error::<T>::NoMoreSeries)?);
		let ticket =
			T::Consideration::new(&owner, Self::footprint(&owner, &subject, &sale, &terms))?;
		let endowment = Self::endow(&owner, series)?;
		Self::create_asset(series)?;
		let record = SeriesRecord {
			subject,
			owner: owner.clone(),
			sale,
			terms,
			closed_at: None,
			sold: 0,
			ticket,
			endowment,
		};
		Series::<T>::insert(series, record);
		let SaleConditions { unit_price, unit_seconds, .. } = sale;
		Self::deposit_event(Event::SeriesCreated {
			series,
			subject,
			owner,
			unit_price,
			unit_seconds,
		});
		Ok(series)
	}

	pub(crate) fn do_close_series(owner: &T::AccountId, series: SeriesId) -> DispatchResult {
		let now = Self::now();
		let mut record = Self::record_of(series)?;
		ensure!(record.owner == *owner, Error::<T>::NotSeriesOwner);
		ensure!(record.closed_at.is_none(), Error::<T>::SeriesClosed);
		ensure!(now < record.sale.usable_until, Error::<T>::SeriesExpired);
		record.closed_at = Some(now);
		Self::close_window(&record, now);
		Series::<T>::insert(series, record);
		Self::deposit_event(Event::SeriesClosed { series });
		Ok(())
	}

	/// The device behind the subject, or the registry's error.
	pub(crate) fn device_of(subject: &Subject) -> Result<DeviceInfo<T::AccountId>, DispatchError> {
		match subject {
			Subject::Device(device) => T::Devices::device(*device),
			Subject::Fleet(_) => Err(Error::<T>::FleetsNotAvailable.into()),
		}
	}

	/// What the deposit for a series is computed from.
	pub(crate) fn footprint(
		owner: &T::AccountId,
		subject: &Subject,
		sale: &SaleConditions,
		terms: &LeaseTermsOf<T>,
	) -> Footprint {
		let bytes = (owner, subject, sale, terms).encoded_size();
		Footprint::from_parts(1, bytes.saturating_add(COMPANION_BYTES))
	}

	// Apart from the backing, so that the backing can be the exact amount on hold.
	fn endow(owner: &T::AccountId, series: SeriesId) -> Result<Balance, DispatchError> {
		let endowment = T::Currency::minimum_balance();
		ensure!(
			T::Currency::reducible_balance(owner, Preserve, Polite) >= endowment,
			Error::<T>::BalanceTooLow
		);
		T::Currency::transfer(owner, &Self::account_of(series), endowment, Preserve)
	}

	// Sufficient, so that a holder needs no native balance.
	fn create_asset(series: SeriesId) -> DispatchResult {
		let team = Self::account_of(series);
		T::Units::create(series, team.clone(), true, 1)?;
		let name = format!("Tenure series {series}").into_bytes();
		let symbol = format!("TNU{series}").into_bytes();
		T::Units::set(series, &team, name, symbol, 0)
	}
}

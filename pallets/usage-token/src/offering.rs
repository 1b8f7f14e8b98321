// SPDX-License-Identifier: Apache-2.0

//! Making and closing series.

#![cfg_attr(
	not(test),
	deny(clippy::as_conversions, clippy::cast_possible_truncation, clippy::expect_used)
)]

use crate::{
	Config, Error, Event, LeaseTermsOf, NextSeriesId, Pallet, Series, SeriesByOwner,
	SeriesBySubject, SeriesRecord, SeriesRecordOf,
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
	traits::Devices, Balance, DeviceStatus, Moment, SaleConditions, SeriesId, Subject,
};

/// Bytes that a series occupies beside its owner, subject, conditions and terms: its asset with name
/// and symbol, its account with the hold, its place among the windows and in two lists, and all their
/// keys.
const COMPANION_BYTES: usize = 704;

impl<T: Config> Pallet<T> {
	/// The keyless account of a series: team of its asset, and where its backing is held.
	pub fn account_of(series: SeriesId) -> T::AccountId {
		T::PalletId::get().into_sub_account_truncating(series)
	}

	/// The series, unless it is gone or going.
	pub(crate) fn record_of(series: SeriesId) -> Result<SeriesRecordOf<T>, Error<T>> {
		match Series::<T>::get(series) {
			Some(record) if record.reaping => Err(Error::<T>::SeriesReaped),
			Some(record) => Ok(record),
			None => Err(Self::missing_series(series)),
		}
	}

	/// Why there is no record of the series.
	pub(crate) fn missing_series(series: SeriesId) -> Error<T> {
		if series > 0 && series < NextSeriesId::<T>::get() {
			Error::<T>::SeriesReaped
		} else {
			Error::<T>::UnknownSeries
		}
	}

	pub(crate) fn do_create_series(
		owner: T::AccountId,
		subject: Subject,
		sale: SaleConditions,
		terms: LeaseTermsOf<T>,
	) -> Result<(SeriesId, u32), DispatchError> {
		let now = Self::now();
		let has_key = Self::ensure_owns(&owner, &subject)?;
		Self::ensure_available(&terms)?;
		ensure!(has_key || terms.custody.is_physical(), Error::<T>::NoDeviceKey);
		Self::ensure_valid_sale(&sale, &terms.evidence, now)?;
		Self::ensure_valid_terms(&terms, &sale, now)?;
		Self::ensure_valid_disputes(&owner, &terms)?;
		let looked_at = Self::open_window(&subject, &sale, now)?;

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
			reaping: false,
		};
		Series::<T>::insert(series, record);
		SeriesBySubject::<T>::insert(subject, series, ());
		SeriesByOwner::<T>::insert(&owner, series, ());
		let SaleConditions { unit_price, unit_seconds, .. } = sale;
		Self::deposit_event(Event::SeriesCreated {
			series,
			subject,
			owner,
			unit_price,
			unit_seconds,
		});
		Ok((series, looked_at))
	}

	pub(crate) fn do_close_series(who: &T::AccountId, series: SeriesId) -> DispatchResult {
		let now = Self::now();
		let mut record = Self::record_of(series)?;
		ensure!(Self::server_of(&record) == *who, Error::<T>::NotSeriesOwner);
		ensure!(record.closed_at.is_none(), Error::<T>::SeriesClosed);
		ensure!(now < record.sale.usable_until, Error::<T>::SeriesExpired);
		let could_have_units = record.can_have_units();
		record.closed_at = Some(now);
		Self::close_window(&record, could_have_units, now);
		Series::<T>::insert(series, record);
		Self::deposit_event(Event::SeriesClosed { series });
		Ok(())
	}

	/// Who serves the series: the owner of its device or fleet, or who made it if that is gone.
	pub(crate) fn server_of(record: &SeriesRecordOf<T>) -> T::AccountId {
		let owner = match record.subject {
			Subject::Device(device) => T::Devices::device(device).map(|info| info.owner),
			Subject::Fleet(fleet) => T::Devices::fleet(fleet).map(|info| info.owner),
		};
		owner.unwrap_or_else(|_| record.owner.clone())
	}

	/// From when units can't be staked, and anyone may redeem them for their holders.
	pub(crate) fn expires(record: &SeriesRecordOf<T>) -> Moment {
		let end = record.sale.usable_until;
		record
			.closed_at
			.and_then(|closed_at| closed_at.checked_add(T::ClosingNotice::get()))
			.map_or(end, |notice_ends| notice_ends.min(end))
	}

	/// Most members that an offer of the subject is about.
	pub(crate) fn most_members(subject: &Subject) -> u32 {
		match subject {
			Subject::Device(_) => 0,
			Subject::Fleet(_) => T::Devices::max_fleet_members(),
		}
	}

	// Whether `owner` may offer the subject. Returns whether it has a key, which only what tenants take home
	// does without; each member of a fleet needs one when it is booked.
	fn ensure_owns(owner: &T::AccountId, subject: &Subject) -> Result<bool, DispatchError> {
		match subject {
			Subject::Device(device) => {
				let device = T::Devices::device(*device)?;
				ensure!(device.owner == *owner, Error::<T>::NotDeviceOwner);
				ensure!(device.status == DeviceStatus::Listed, Error::<T>::DeviceNotListed);
				ensure!(device.fleet.is_none(), Error::<T>::DeviceInFleet);
				Ok(device.key.is_some())
			}
			Subject::Fleet(fleet) => {
				ensure!(T::Devices::fleet(*fleet)?.owner == *owner, Error::<T>::NotDeviceOwner);
				Ok(true)
			}
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

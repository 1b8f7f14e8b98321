// SPDX-License-Identifier: Apache-2.0

//! Removing series that are over.

#![cfg_attr(
	not(test),
	deny(clippy::as_conversions, clippy::cast_possible_truncation, clippy::expect_used)
)]

use crate::{Config, Error, Event, Pallet, Series, SeriesByOwner, SeriesBySubject, SeriesRecordOf};
use frame_support::{
	ensure,
	traits::{
		fungible::{Inspect, Mutate},
		fungibles::{Destroy, Inspect as _},
		tokens::{
			DepositConsequence::Success, Fortitude::Polite, Preservation::Expendable,
			Provenance::Extant,
		},
		Consideration, Get,
	},
};
use sp_runtime::DispatchError;
use tenure_primitives::{
	traits::{Devices, LeaseBook},
	Balance, SeriesId, Subject,
};

/// Empty accounts, and as many approvals, of a series' asset that one call of `reap_series` removes.
/// The same for what is left of a fleet's bookings.
pub const REAPED_AT_ONCE: u32 = 64;

/// What one call of `reap_series` removed.
pub(crate) struct Reaped {
	pub(crate) accounts: u32,
	pub(crate) approvals: u32,
	/// Of the bookings of a fleet that is disbanded.
	pub(crate) changes: u32,
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_reap_series(series: SeriesId) -> Result<Reaped, DispatchError> {
		let mut record = Series::<T>::get(series).ok_or_else(|| Self::missing_series(series))?;
		if !record.reaping {
			Self::ensure_reapable(series, &record)?;
			T::Units::start_destroy(series, None)?;
			record.reaping = true;
		}
		// The assets pallet lets anyone clean up after a start, so its part may be done already.
		let (accounts, approvals) =
			if T::Units::asset_exists(series) { Self::destroy_some(series)? } else { (0, 0) };
		let changes = Self::drop_fleet(&record);
		if changes < REAPED_AT_ONCE && !T::Units::asset_exists(series) {
			Self::remove_series(series, record)?;
		} else {
			Series::<T>::insert(series, record);
			Self::deposit_event(Event::SeriesReapingContinues { series, accounts, approvals });
		}
		Ok(Reaped { accounts, approvals, changes })
	}

	fn ensure_reapable(series: SeriesId, record: &SeriesRecordOf<T>) -> Result<(), Error<T>> {
		let is_over = record.closed_at.is_some() || record.sale.usable_until <= Self::now();
		ensure!(is_over, Error::<T>::SeriesOpen);
		ensure!(T::Units::total_issuance(series) == 0, Error::<T>::UnitsOutstanding);
		ensure!(!T::Leases::has_open_leases(series), Error::<T>::LeasesOpen);
		Ok(())
	}

	fn destroy_some(series: SeriesId) -> Result<(u32, u32), DispatchError> {
		let accounts = T::Units::destroy_accounts(series, REAPED_AT_ONCE)?;
		let approvals = T::Units::destroy_approvals(series, REAPED_AT_ONCE)?;
		if accounts < REAPED_AT_ONCE && approvals < REAPED_AT_ONCE {
			T::Units::finish_destroy(series)?;
		}
		Ok((accounts, approvals))
	}

	// Drops what is left of the bookings of a fleet that is disbanded. Returns how much that was.
	fn drop_fleet(record: &SeriesRecordOf<T>) -> u32 {
		match record.subject {
			Subject::Fleet(fleet) if T::Devices::fleet(fleet).is_err() => {
				Self::drop_changes(fleet, REAPED_AT_ONCE)
			}
			_ => 0,
		}
	}

	fn remove_series(series: SeriesId, record: SeriesRecordOf<T>) -> Result<(), DispatchError> {
		Self::forget_series(&record, Self::now());
		let owner = record.owner;
		let returned = Self::empty_account(series, &owner)?;
		record.ticket.drop(&owner)?;
		Series::<T>::remove(series);
		SeriesBySubject::<T>::remove(record.subject, series);
		SeriesByOwner::<T>::remove(&owner, series);
		Self::deposit_event(Event::SeriesReaped { series, owner, returned });
		Ok(())
	}

	// Nothing is on hold any more: endowment and gifts are free. Returns what the maker got.
	fn empty_account(series: SeriesId, owner: &T::AccountId) -> Result<Balance, DispatchError> {
		let account = Self::account_of(series);
		let amount = T::Currency::reducible_balance(&account, Expendable, Polite);
		if amount == 0 {
			return Ok(0);
		}
		let is_owner_able = T::Currency::can_deposit(owner, amount, Extant) == Success;
		let to = if is_owner_able { owner.clone() } else { T::Treasury::get() };
		T::Currency::transfer(&account, &to, amount, Expendable)?;
		if is_owner_able {
			return Ok(amount);
		}
		Self::deposit_event(Event::DustDiverted { series, amount });
		Ok(0)
	}
}

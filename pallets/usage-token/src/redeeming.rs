// SPDX-License-Identifier: Apache-2.0

//! Turning units back into money.

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
		fungibles::{Inspect as _, Mutate as _},
		tokens::{
			fungible::hold::Mutate as _,
			DepositConsequence::Success,
			Fortitude::{Force, Polite},
			Precision::Exact,
			Preservation::Expendable,
			Provenance::Extant,
			Restriction::Free,
		},
		Get,
	},
};
use sp_runtime::{DispatchError, Perbill};
use tenure_primitives::{Balance, Moment, SeriesId, Units};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_redeem(
		holder: &T::AccountId,
		series: SeriesId,
		units: Units,
	) -> DispatchResult {
		let now = Self::now();
		let mut record = Self::record_of(series)?;
		ensure!(units > 0, Error::<T>::ZeroUnits);
		Self::burn(series, holder, units)?;
		record.sold = record.sold.checked_sub(units).ok_or(Error::<T>::Inconsistent)?;
		Self::subtract_outstanding(&record, units, now);

		let value = Self::par_value(&record, units)?;
		let paid = Self::redeem_share(&record, now).mul_floor(value);
		let rest = value.checked_sub(paid).ok_or(Error::<T>::Inconsistent)?;
		ensure!(
			T::Currency::can_deposit(holder, paid, Extant) == Success,
			Error::<T>::AmountBelowExistentialDeposit
		);
		Self::pay_from_backing(series, holder, paid)?;
		let to_owner = Self::pay_owner(series, &record.owner, rest)?;
		Series::<T>::insert(series, record);
		let holder = holder.clone();
		Self::deposit_event(Event::UnitsRedeemed { series, holder, units, paid, to_owner });
		Ok(())
	}

	/// The share of its price that a unit gives at `now`.
	pub(crate) fn redeem_share(record: &SeriesRecordOf<T>, now: Moment) -> Perbill {
		if record.closed_at.is_some() {
			return Perbill::one();
		}
		let sale = &record.sale;
		sale.redeem_shares.at(sale.usable_from, sale.usable_until, now)
	}

	/// Takes `units` from `holder` out of the world.
	pub(crate) fn burn(series: SeriesId, holder: &T::AccountId, units: Units) -> DispatchResult {
		let units: Balance = units.into();
		ensure!(T::Units::balance(series, holder) >= units, Error::<T>::NotEnoughUnits);
		T::Units::burn_from(series, holder, units, Expendable, Exact, Polite)?;
		Ok(())
	}

	// Less than an existential deposit can't go to an account that does not exist; it must not lock the
	// holder's units. Returns what the owner got.
	fn pay_owner(
		series: SeriesId,
		owner: &T::AccountId,
		amount: Balance,
	) -> Result<Balance, DispatchError> {
		if T::Currency::can_deposit(owner, amount, Extant) == Success {
			Self::pay_from_backing(series, owner, amount)?;
			return Ok(amount);
		}
		Self::pay_from_backing(series, &T::Treasury::get(), amount)?;
		Self::deposit_event(Event::DustDiverted { series, amount });
		Ok(0)
	}

	fn pay_from_backing(series: SeriesId, to: &T::AccountId, amount: Balance) -> DispatchResult {
		if amount == 0 {
			return Ok(());
		}
		let reason = HoldReason::Backing.into();
		let account = Self::account_of(series);
		T::Currency::transfer_on_hold(&reason, &account, to, amount, Exact, Free, Force)?;
		Ok(())
	}
}

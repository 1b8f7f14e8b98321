// SPDX-License-Identifier: Apache-2.0

//! Turning units back into money.

#![cfg_attr(
	not(test),
	deny(clippy::as_conversions, clippy::cast_possible_truncation, clippy::expect_used)
)]

use crate::{Config, Error, Event, HoldReason, Pallet, Series, SeriesRecordOf, WeightInfo};
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
	weights::Weight,
};
use sp_runtime::{DispatchError, Perbill};
use tenure_lease_math::rent;
use tenure_primitives::{
	traits::{Arbitration, Devices, LeaseBook},
	Balance, DeviceId, DeviceStatus, Moment, SeriesId, Subject, Units, MAX_ARBITERS,
};

/// What was looked at to know what a unit gives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum LookedAt {
	/// The device at most.
	Device,
	/// So many members of the fleet.
	Members(u32),
}

/// What a unit gives at one moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Worth {
	/// The share of its price.
	pub(crate) share: Perbill,
	/// What was looked at to know it.
	pub(crate) looked_at: LookedAt,
}

impl<T: Config> Pallet<T> {
	/// What it weighs to redeem units after looking at so much.
	pub(crate) fn weight_to_redeem(looked_at: LookedAt) -> Weight {
		match looked_at {
			LookedAt::Device => T::WeightInfo::redeem_device(),
			LookedAt::Members(members) => T::WeightInfo::redeem_fleet(members),
		}
		// Whether governance still lists the arbiters, which the terms of no benchmark name.
		.saturating_add(T::DbWeight::get().reads(MAX_ARBITERS.into()))
	}

	/// The most that it can weigh.
	pub(crate) fn most_to_redeem() -> Weight {
		let largest_fleet = LookedAt::Members(T::Devices::max_fleet_members());
		Self::weight_to_redeem(LookedAt::Device).max(Self::weight_to_redeem(largest_fleet))
	}

	/// Returns what was looked at.
	pub(crate) fn do_redeem(
		holder: &T::AccountId,
		series: SeriesId,
		units: Units,
	) -> Result<LookedAt, DispatchError> {
		let record = Self::record_of(series)?;
		ensure!(units > 0, Error::<T>::ZeroUnits);
		let worth = Self::worth(&record, Self::now());
		let paid = worth.share.mul_floor(Self::par_value(&record, units)?);
		ensure!(
			T::Units::balance(series, holder) < units.into()
				|| T::Currency::can_deposit(holder, paid, Extant) == Success,
			Error::<T>::AmountBelowExistentialDeposit
		);
		Self::redeem_at(worth, record, series, holder, units)
	}

	/// Returns what was looked at.
	pub(crate) fn do_redeem_for(
		holder: &T::AccountId,
		series: SeriesId,
	) -> Result<LookedAt, DispatchError> {
		let now = Self::now();
		let record = Self::record_of(series)?;
		ensure!(Self::expires(&record) <= now, Error::<T>::NotExpired);
		let units = Units::try_from(T::Units::balance(series, holder))
			.map_err(|_| Error::<T>::Inconsistent)?;
		ensure!(units > 0, Error::<T>::NothingToRedeem);
		Self::redeem_at(Self::worth(&record, now), record, series, holder, units)
	}

	fn redeem_at(
		worth: Worth,
		mut record: SeriesRecordOf<T>,
		series: SeriesId,
		holder: &T::AccountId,
		units: Units,
	) -> Result<LookedAt, DispatchError> {
		Self::burn(series, holder, units)?;
		let could_have_units = record.can_have_units();
		record.sold = record.sold.checked_sub(units).ok_or(Error::<T>::Inconsistent)?;
		Self::subtract_redeemed(&record, units, could_have_units, Self::now());

		let value = Self::par_value(&record, units)?;
		let due = worth.share.mul_floor(value);
		let rest = value.checked_sub(due).ok_or(Error::<T>::Inconsistent)?;
		let paid = Self::pay_or_divert(series, holder, due)?;
		let to_owner = Self::pay_or_divert(series, &Self::server_of(&record), rest)?;
		Series::<T>::insert(series, record);
		let holder = holder.clone();
		Self::deposit_event(Event::UnitsRedeemed { series, holder, units, paid, to_owner });
		Ok(worth.looked_at)
	}

	/// What a unit gives at `now`: its whole price if the series is closed, if nobody could decide disputes
	/// about its leases, or if its device, or every member of its fleet, is not to be had or was not at the
	/// end; else by the time.
	pub(crate) fn worth(record: &SeriesRecordOf<T>, now: Moment) -> Worth {
		if record.closed_at.is_some() {
			return Worth { share: Perbill::one(), looked_at: Self::nothing_of(record) };
		}
		let (is_served, looked_at) = Self::is_served(record, now);
		Worth { share: Self::share_at(record, is_served, now), looked_at }
	}

	/// The share of its price that a unit gives at `now`, if [`Self::is_served`] says `is_served`.
	pub(crate) fn share_at(record: &SeriesRecordOf<T>, is_served: bool, now: Moment) -> Perbill {
		let sale = &record.sale;
		if record.closed_at.is_some() || !is_served {
			return Perbill::one();
		}
		sale.redeem_shares.at(sale.usable_from, sale.usable_until, now)
	}

	/// Whether some device for the units is to be had, or was when their window ended; and what was
	/// looked at to know it. None is to be had if nobody could decide disputes about its leases.
	pub(crate) fn is_served(record: &SeriesRecordOf<T>, now: Moment) -> (bool, LookedAt) {
		if !Self::can_be_judged(record) {
			return (false, Self::nothing_of(record));
		}
		let end = record.sale.usable_until;
		let is_over = end <= now;
		let least_bond = Self::least_bond(record);
		let is_taken_home = record.terms.custody.is_physical();
		let serves = |device: DeviceId| match least_bond {
			// It shows no sign of life: what is known is whether it is there.
			_ if is_over && is_taken_home => {
				T::Devices::device(device).is_ok_and(|info| info.status == DeviceStatus::Listed)
			}
			_ if is_over => T::Leases::was_seen(device, end),
			Some(least_bond) if is_taken_home => T::Leases::is_to_be_taken(device, least_bond),
			Some(least_bond) => T::Leases::is_to_be_had(device, least_bond),
			None => false,
		};
		match record.subject {
			Subject::Device(device) => {
				let was_taken_away =
					T::Devices::force_retired_at(device).is_some_and(|at| at < end);
				let is_there =
					is_over || T::Devices::device(device).is_ok_and(|info| info.fleet.is_none());
				(!was_taken_away && is_there && serves(device), LookedAt::Device)
			}
			Subject::Fleet(fleet) => {
				let members = T::Devices::fleet_members(fleet);
				let looked_at = u32::try_from(members.len()).unwrap_or(u32::MAX);
				(members.into_iter().any(serves), LookedAt::Members(looked_at))
			}
		}
	}

	fn nothing_of(record: &SeriesRecordOf<T>) -> LookedAt {
		match record.subject {
			Subject::Device(_) => LookedAt::Device,
			Subject::Fleet(_) => LookedAt::Members(0),
		}
	}

	/// Whether somebody can decide disputes about leases of the series, if there can be any: without it
	/// nobody can make one.
	fn can_be_judged(record: &SeriesRecordOf<T>) -> bool {
		let terms = &record.terms;
		if terms.damage_deposit == 0 && terms.objection_window == 0 {
			return true;
		}
		let server = Self::server_of(record);
		let decides =
			|arbiter: &T::AccountId| *arbiter != server && T::Arbitration::is_arbiter(arbiter);
		terms.arbiters.iter().any(decides)
	}

	// What the server has to bond for the shortest lease. Nothing if that can't be paid at all.
	fn least_bond(record: &SeriesRecordOf<T>) -> Option<Balance> {
		let units = record.terms.min_duration.checked_next_multiple_of(record.sale.unit_seconds)?;
		let units = units.checked_div(record.sale.unit_seconds)?;
		let shortest = rent(units.into(), record.sale.unit_price).ok()?;
		Some(record.terms.owner_penalty.mul_floor(shortest))
	}

	/// Takes `units` from `holder` out of the world.
	pub(crate) fn burn(series: SeriesId, holder: &T::AccountId, units: Units) -> DispatchResult {
		let units: Balance = units.into();
		ensure!(T::Units::balance(series, holder) >= units, Error::<T>::NotEnoughUnits);
		T::Units::burn_from(series, holder, units, Expendable, Exact, Polite)?;
		Ok(())
	}

	// Less than an existential deposit can't go to an account that does not exist; it must not lock
	// anybody's units. Returns what `to` got.
	fn pay_or_divert(
		series: SeriesId,
		to: &T::AccountId,
		amount: Balance,
	) -> Result<Balance, DispatchError> {
		if T::Currency::can_deposit(to, amount, Extant) == Success {
			Self::pay_from_backing(series, to, amount)?;
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

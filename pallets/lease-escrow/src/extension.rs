// SPDX-License-Identifier: Apache-2.0

//! How a lease gets longer. What is added is checked like a booking of its own that begins with the
//! end of the lease.

use crate::{Bonds, Calendars, Config, Error, Event, HoldReason, LeaseOf, Leases, Pallet};
use frame_support::{
	defensive, ensure,
	pallet_prelude::{DispatchError, DispatchResult},
};
use tenure_primitives::{
	traits::{Devices, TenantGate, UsageUnits},
	Acceptance, Balance, DeviceId, FleetId, LeaseId, Moment, SeriesId, SeriesInfo, Units,
};

/// By how much a lease can get longer now.
struct Extension {
	/// The fleet that the device is in.
	fleet: Option<FleetId>,
	/// Its new end (exclusive).
	until: Moment,
	/// The rent of the new stretch.
	rent: Balance,
	/// Bond that the new stretch needs more.
	bond: Balance,
	/// Seconds of the new stretch that are free of penalty.
	penalty_free_seconds: u64,
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_extend(
		tenant: T::AccountId,
		id: LeaseId,
		units: Units,
		max_cost: Balance,
	) -> DispatchResult {
		let mut lease = Self::lease_to_use(&tenant, id)?;
		ensure!(!lease.is_ending(), Error::<T>::AlreadyEnding);
		let more = Self::check_extension(id, &lease, units)?;
		let rent =
			Self::escrow_units(lease.series, &lease.tenant, units, lease.unit_price, max_cost, 0)?;
		ensure!(rent == more.rent, Error::<T>::EscrowMismatch);
		Self::commit_bond(&lease.payee, more.bond)?;

		let add = |amount: Balance, more: Balance| {
			amount.checked_add(more).ok_or(Error::<T>::AmountOverflow)
		};
		let was_free_from = lease.free_from();
		lease.until = more.until;
		// There is room for all of it, or this would have been refused.
		lease.waived_pause = 0;
		lease.units = lease.units.checked_add(units).ok_or(Error::<T>::AmountOverflow)?;
		lease.escrowed = add(lease.escrowed, rent)?;
		lease.bond = add(lease.bond, more.bond)?;
		lease.penalty_free_seconds = lease
			.penalty_free_seconds
			.checked_add(more.penalty_free_seconds)
			.ok_or(Error::<T>::AmountOverflow)?;
		ensure!(lease.adds_up(), Error::<T>::EscrowMismatch);

		let free_from = lease.free_from();
		Self::move_entry_end(lease.device, id, lease.until, free_from);
		if let Some(fleet) = more.fleet {
			T::Units::time_taken(fleet, was_free_from, free_from);
		}
		Self::file_anew(id, &mut lease, Self::now());
		Self::rewrite_grant(lease.device, lease.grant(id));
		let until = lease.until;
		Leases::<T>::insert(id, lease);
		Self::deposit_event(Event::LeaseExtended { lease: id, until, units, rent });
		Ok(())
	}

	/// Whether the lease can go on for `units` from its end. Changes nothing.
	fn check_extension(
		id: LeaseId,
		lease: &LeaseOf<T>,
		units: Units,
	) -> Result<Extension, DispatchError> {
		let now = Self::now();
		let series = T::Units::series(lease.series)?;
		let info = T::Devices::device(lease.device)?;
		ensure!(info.owner == lease.payee, Error::<T>::DeviceHandedOver);
		Self::check_parties(&lease.tenant, &series, lease.device, &info)?;
		if lease.from <= now {
			// Or whoever waits for a device in vain could raise what its owner will owe.
			Self::check_in_hands(id, lease)?;
		}
		Self::check_admitted(&lease.tenant, &series.terms)?;
		ensure!(series.terms.acceptance == Acceptance::Automatic, Error::<T>::NeedsAcceptance);
		let (rent, seconds) = Self::size_of(&series, units)?;
		let until = Self::check_longer(&series, lease, seconds, now)?;
		if !lease.is_physical() {
			let gap = lease.evidence.heartbeat_gap().unwrap_or(info.heartbeat_gap);
			Self::check_alive(lease.device, lease.until, gap, now)?;
		}

		let escrowed = lease.escrowed.checked_add(rent).ok_or(Error::<T>::AmountOverflow)?;
		let bond = lease
			.owner_penalty
			.mul_floor(escrowed)
			.checked_sub(lease.bond)
			.ok_or(Error::<T>::EscrowMismatch)?;
		ensure!(bond <= Bonds::<T>::get(&lease.payee).free(), Error::<T>::OwnerBondTooSmall);
		let free_from =
			until.checked_add(lease.turnaround.into()).ok_or(Error::<T>::AmountOverflow)?;
		Self::check_free_until(lease.device, id, free_from)?;
		T::TenantGate::admit(&lease.tenant, lease.device)?;
		Ok(Extension {
			fleet: info.fleet,
			until,
			rent,
			bond,
			penalty_free_seconds: series.terms.penalty_free_share.mul_floor(seconds),
		})
	}

	/// The end of the lease if it is `seconds` longer. Fails when the series does not sell such a one.
	fn check_longer(
		series: &SeriesInfo<T::AccountId>,
		lease: &LeaseOf<T>,
		seconds: u64,
		now: Moment,
	) -> Result<Moment, Error<T>> {
		ensure!(now < series.expires, Error::<T>::SeriesExpired);
		ensure!(seconds.is_multiple_of(lease.evidence.resolution()), Error::<T>::NotWholeMinute);
		let until = lease.until.checked_add(seconds).ok_or(Error::<T>::AmountOverflow)?;
		ensure!(
			until.saturating_sub(lease.from) <= series.terms.max_duration.into(),
			Error::<T>::TooLong
		);
		ensure!(until <= series.sale.usable_until, Error::<T>::OutsideUsableWindow);
		Ok(until)
	}

	/// Whether no other lease of the device begins between the end of this one and `free_from`.
	fn check_free_until(device: DeviceId, id: LeaseId, free_from: Moment) -> Result<(), Error<T>> {
		let calendar = Calendars::<T>::get(device);
		let mut entries = calendar.iter().skip_while(|entry| entry.lease != id);
		if entries.next().is_none() {
			defensive!("a lease that is not over is in its device's calendar");
			return Err(Error::<T>::EscrowMismatch);
		}
		ensure!(entries.next().is_none_or(|next| free_from <= next.from), Error::<T>::SlotTaken);
		Ok(())
	}

	/// Stakes `units`: those that the tenant has, and others that it buys for at most `max_cost`. Leaves it
	/// enough for a `deposit`. Returns what went on hold.
	pub(crate) fn escrow_units(
		series: SeriesId,
		tenant: &T::AccountId,
		units: Units,
		unit_price: Balance,
		max_cost: Balance,
		deposit: Balance,
	) -> Result<Balance, DispatchError> {
		let own = T::Units::units_of(series, tenant).min(units);
		let bought = units.checked_sub(own).ok_or(Error::<T>::AmountOverflow)?;
		let cost = tenure_lease_math::rent(bought, unit_price).map_err(Error::<T>::from)?;
		ensure!(cost <= max_cost, Error::<T>::CostAboveMax);
		let total = cost.checked_add(deposit).ok_or(Error::<T>::AmountOverflow)?;
		Self::ensure_can_hold(tenant, total)?;
		let mut escrowed: Balance = 0;
		// Bought first, while those that the tenant has still count as outstanding: or their time would
		// be sold a second time.
		if bought > 0 {
			escrowed = T::Units::buy_staked(series, tenant, bought, HoldReason::Rent.into())?;
		}
		if own > 0 {
			let staked = T::Units::stake(series, tenant, own, HoldReason::Rent.into())?;
			escrowed = escrowed.checked_add(staked).ok_or(Error::<T>::AmountOverflow)?;
		}
		Ok(escrowed)
	}
}

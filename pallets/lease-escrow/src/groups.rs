// SPDX-License-Identifier: Apache-2.0

//! Several devices of a fleet at once, and another one for a device that failed.

use crate::{
	booking::Plan, Bonds, BookingRequest, Config, Error, Event, LeaseOf, NextGroupId, NextLeaseId,
	Pallet, Payouts,
};
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult},
};
use sp_runtime::{ArithmeticError, Perbill};
use tenure_primitives::{
	traits::{Devices, Evidence, TenantGate, UsageUnits},
	Balance, DeviceId, DeviceInfo, DeviceStatus, LeaseId, Moment, SeriesInfo, Subject, Units,
};

/// What another device takes over of a lease.
struct Rest {
	from: Moment,
	until: Moment,
	units: Units,
	rent: Balance,
}

impl<T: Config> Pallet<T> {
	/// Makes a lease as `request` says of each of `devices`, for at most `max_cost` in all.
	pub(crate) fn do_rent_fleet(
		tenant: T::AccountId,
		request: BookingRequest<T::AccountId>,
		devices: &[DeviceId],
		max_cost: Balance,
	) -> DispatchResult {
		ensure!(!devices.is_empty(), Error::<T>::NoDevices);
		let earlier = |at: usize| devices.iter().take(at);
		ensure!(
			devices.iter().enumerate().all(|(at, device)| earlier(at).all(|other| other != device)),
			Error::<T>::DuplicateDevice
		);
		let series = T::Units::series(request.series)?;
		let (each, _) = Self::size_of(&series, request.units)?;
		let count = Balance::try_from(devices.len()).map_err(|_| Error::<T>::AmountOverflow)?;
		let cost = each.checked_mul(count).ok_or(Error::<T>::AmountOverflow)?;
		ensure!(cost <= max_cost, Error::<T>::CostAboveMax);

		let group = NextGroupId::<T>::get();
		NextGroupId::<T>::put(group.checked_add(1).ok_or(ArithmeticError::Overflow)?);
		let first = NextLeaseId::<T>::get();
		let mut last = first;
		for device in devices {
			last = NextLeaseId::<T>::get();
			let request = BookingRequest { device: *device, group: Some(group), ..request.clone() };
			Self::do_rent(tenant.clone(), request, each)?;
		}
		Self::deposit_event(Event::GroupBooked { group, first, last });
		Ok(())
	}

	pub(crate) fn do_substitute(
		tenant: T::AccountId,
		id: LeaseId,
		device: DeviceId,
	) -> DispatchResult {
		let mut lease = Self::lease_to_use(&tenant, id)?;
		let now = Self::now();
		ensure!(lease.from <= now, Error::<T>::NotStarted);
		ensure!(!lease.is_ending(), Error::<T>::AlreadyEnding);
		let series = T::Units::series(lease.series)?;
		ensure!(matches!(series.subject, Subject::Fleet(_)), Error::<T>::NotOfFleet);
		// Who does not hand a device over, or keeps it, has its answer in the terms of the hand-over.
		ensure!(!lease.is_physical(), Error::<T>::NotRemote);
		ensure!(Self::has_failed(&lease, now), Error::<T>::DeviceServes);
		let rest = Self::rest_of(&lease, &series, now)?;
		let info = T::Devices::device(device)?;
		Self::check_parties(&tenant, &series, device, &info)?;
		Self::check_admitted(&tenant, &series.terms)?;
		T::TenantGate::admit(&tenant, device)?;
		ensure!(lease.arbiter.as_ref() != Some(&info.owner), Error::<T>::ArbiterIsParty);
		Self::ensure_can_pay(&tenant, 0, &series.terms)?;

		// What was committed to the first stands behind the other one, if both have one owner.
		Self::uncommit_bond(&lease.payee, lease.bond, 0, &tenant)?;
		lease.bond = 0;
		lease.owner_penalty = Perbill::zero();
		let (units, from, until) = (rest.units, rest.from, rest.until);
		let request = BookingRequest {
			series: lease.series,
			device,
			start: Some(from),
			units,
			legal_document: lease.legal_document,
			access_key: lease.access_key,
			arbiter: lease.arbiter.clone(),
			previous: Some(id),
			group: lease.group,
			own_units: false,
		};
		let plan = Self::plan_of_rest(&rest, device, info, series, lease.protocol_share, now)?;
		let payout = lease.payout.and_then(|_| Payouts::<T>::get(id));
		Self::cut_down(id, lease, &rest, now)?;
		let by = Self::make_lease(tenant.clone(), request, plan, rest.rent)?;
		if payout.is_some() {
			Self::do_set_payout(tenant, by, payout)?;
		}
		let rent = rest.rent;
		Self::deposit_event(Event::LeaseSubstituted { lease: id, by, device, until, units, rent });
		Ok(())
	}

	/// Whether the device of a lease that runs does not serve it. A device that is seen may serve: of
	/// receipts nobody can tell who withholds them. While the chain stood still none could be seen.
	fn has_failed(lease: &LeaseOf<T>, now: Moment) -> bool {
		let Ok(info) = T::Devices::device(lease.device) else { return true };
		let gap = lease.evidence.heartbeat_gap().unwrap_or(info.heartbeat_gap);
		let is_seen = T::Evidence::last_seen(lease.device)
			.is_some_and(|seen| now <= Self::time_is_over(seen, gap));
		let is_there =
			info.status == DeviceStatus::Listed && info.key.is_some_and(|key| key.active);
		!(is_seen && (is_there || lease.is_co_signed()))
	}

	/// The whole units of the lease that are left from the next whole minute on, or second if receipts pay.
	fn rest_of(
		lease: &LeaseOf<T>,
		series: &SeriesInfo<T::AccountId>,
		now: Moment,
	) -> Result<Rest, Error<T>> {
		let from = Self::earliest_end(lease, 0, now)?;
		let left = lease.until.saturating_sub(from);
		let units = left.checked_div(lease.unit_seconds.into()).unwrap_or(0);
		ensure!(units > 0, Error::<T>::TooShort);
		let (rent, seconds) = Self::size_of(series, units)?;
		ensure!(seconds.is_multiple_of(lease.evidence.resolution()), Error::<T>::NotWholeMinute);
		let until = from.checked_add(seconds).ok_or(Error::<T>::AmountOverflow)?;
		Ok(Rest { from, until, units, rent })
	}

	/// The lease of the other device, if that is free and its owner's bond covers it.
	fn plan_of_rest(
		rest: &Rest,
		device: DeviceId,
		info: DeviceInfo<T::AccountId>,
		series: SeriesInfo<T::AccountId>,
		protocol_share: Perbill,
		now: Moment,
	) -> Result<Plan<T>, DispatchError> {
		let evidence = Self::served_evidence(&series.terms, info.heartbeat_gap)?;
		let gap = evidence.heartbeat_gap().unwrap_or(info.heartbeat_gap);
		let (from, until, rent) = (rest.from, rest.until, rest.rent);
		ensure!(Self::seen_within(device, gap.into(), now), Error::<T>::DeviceNotSeenLately);
		Self::check_returned(device, from, now)?;
		let bond = series.terms.owner_penalty.mul_floor(rent);
		ensure!(bond <= Bonds::<T>::get(&info.owner).free(), Error::<T>::OwnerBondTooSmall);
		let pause = Self::pause_after(&series.terms)?;
		let free_from = until.checked_add(pause.into()).ok_or(Error::<T>::AmountOverflow)?;
		let place = Self::find_place(device, from, free_from, None, now)?;
		Ok(Plan {
			now,
			series,
			payee: info.owner,
			fleet: info.fleet,
			from,
			until,
			free_from,
			evidence,
			rent,
			bond,
			protocol_share,
			requested_until: None,
			place,
		})
	}

	/// Ends the lease where the other one begins. What that can't take over goes back in money at its close.
	fn cut_down(id: LeaseId, mut lease: LeaseOf<T>, rest: &Rest, now: Moment) -> DispatchResult {
		lease.units = lease.units.checked_sub(rest.units).ok_or(Error::<T>::EscrowMismatch)?;
		lease.escrowed = lease.escrowed.checked_sub(rest.rent).ok_or(Error::<T>::EscrowMismatch)?;
		lease.cut_off_seconds = lease.until.saturating_sub(rest.until);
		lease.substituted_by = Some(NextLeaseId::<T>::get());
		Self::shorten(id, lease, rest.from, now);
		Ok(())
	}
}

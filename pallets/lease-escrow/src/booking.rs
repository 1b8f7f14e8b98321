// SPDX-License-Identifier: Apache-2.0

//! How leases are made. One check serves renting, booking and quotes.

use crate::{
	types::{BookingRequest, Entry, Lease},
	Bonds, CalendarOf, Calendars, Config, Deadlines, Error, Event, HoldReason, Leases,
	LeasesBySeries, LeasesByTenant, Lifetimes, NextLeaseId, Pallet, IMMEDIATE,
};
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult},
	traits::{fungible::hold::Mutate, Get, UnixTime},
};
use sp_runtime::{ArithmeticError, Perbill};
use tenure_lease_math::{free_slot, MathError, Review};
use tenure_primitives::{
	traits::{Devices, TenantGate, UsageUnits},
	Admission, Balance, DeviceId, DeviceInfo, EvidencePolicy, FleetId, LeaseId, LeaseTerms, Moment,
	SeriesId, SeriesInfo, Subject, Units,
};

/// A free place in a device's calendar.
pub(crate) struct Place<T: Config> {
	/// The calendar without stale entries.
	pub calendar: CalendarOf<T>,
	/// How many of these there were.
	pub stale: u32,
	/// Where the place is.
	pub index: usize,
}

/// A lease that can be made now.
pub(crate) struct Plan<T: Config> {
	pub now: Moment,
	pub series: SeriesInfo<T::AccountId>,
	/// The device's owner: it serves and is paid.
	pub payee: T::AccountId,
	/// The fleet that the device is in.
	pub fleet: Option<FleetId>,
	pub from: Moment,
	pub until: Moment,
	pub free_from: Moment,
	pub evidence: EvidencePolicy,
	pub rent: Balance,
	pub bond: Balance,
	pub protocol_share: Perbill,
	/// Until when the owner may accept it, if it has to.
	pub requested_until: Option<Moment>,
	/// The lease's place in the calendar.
	pub place: Place<T>,
}

impl<T: Config> Pallet<T> {
	/// Now, in seconds.
	pub(crate) fn now() -> Moment {
		T::Time::now().as_secs()
	}

	pub(crate) fn do_rent(
		tenant: T::AccountId,
		request: BookingRequest<T::AccountId>,
		max_cost: Balance,
	) -> DispatchResult {
		let plan = Self::check_request(&tenant, &request)?;
		ensure!(plan.rent <= max_cost, Error::<T>::CostAboveMax);
		Self::ensure_can_pay(&tenant, plan.rent, &plan.series.terms)?;
		// Before the lease enters the calendar, or its time would count twice against the units.
		let escrowed =
			T::Units::buy_staked(request.series, &tenant, request.units, HoldReason::Rent.into())?;
		Self::make_lease(tenant, request, plan, escrowed)?;
		Ok(())
	}

	pub(crate) fn do_book(
		tenant: T::AccountId,
		request: BookingRequest<T::AccountId>,
	) -> DispatchResult {
		let plan = Self::check_request(&tenant, &request)?;
		Self::ensure_can_pay(&tenant, 0, &plan.series.terms)?;
		let escrowed =
			T::Units::stake(request.series, &tenant, request.units, HoldReason::Rent.into())?;
		Self::make_lease(tenant, request, plan, escrowed)?;
		Ok(())
	}

	pub(crate) fn check_request(
		tenant: &T::AccountId,
		request: &BookingRequest<T::AccountId>,
	) -> Result<Plan<T>, DispatchError> {
		let plan = Self::check_booking(
			tenant,
			request.series,
			request.device,
			request.start,
			request.units,
			request.arbiter.as_ref(),
			request.previous,
		)?;
		ensure!(
			request.legal_document == plan.series.terms.legal.document,
			Error::<T>::WrongLegalDocument
		);
		Ok(plan)
	}

	/// Whether `tenant` can lease the device for `units` of the series from `start`, or as soon as can be
	/// if there is none. `previous` is the lease that it goes on from. Changes nothing.
	pub(crate) fn check_booking(
		tenant: &T::AccountId,
		series: SeriesId,
		device: DeviceId,
		start: Option<Moment>,
		units: Units,
		arbiter: Option<&T::AccountId>,
		previous: Option<LeaseId>,
	) -> Result<Plan<T>, DispatchError> {
		let now = Self::now();
		let series = T::Units::series(series)?;
		let info = T::Devices::device(device)?;
		Self::check_parties(tenant, &series, device, &info)?;
		Self::check_admitted(tenant, &series.terms)?;
		let evidence = Self::served_evidence(&series.terms, info.heartbeat_gap)?;
		Self::check_arbiter(tenant, &info.owner, &series.terms, arbiter)?;
		let turnaround = Self::pause_after(&series.terms)?;

		let (rent, duration) = Self::size_of(&series, units)?;
		let (from, until) = Self::check_window(&series, start, duration, now)?;
		let free_from = until.checked_add(turnaround.into()).ok_or(Error::<T>::AmountOverflow)?;
		let requested_until =
			Self::check_acceptance(device, series.terms.acceptance, start, from, now)?;
		Self::check_there(&series.terms, evidence, device, &info, from, now)?;

		let bond = series.terms.owner_penalty.mul_floor(rent);
		let free_bond = Bonds::<T>::get(&info.owner).free();
		ensure!(bond <= free_bond, Error::<T>::OwnerBondTooSmall);
		let place = Self::find_place(device, from, free_from, previous, now)?;
		T::TenantGate::admit(tenant, device)?;
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
			protocol_share: T::ProtocolShare::get(),
			requested_until,
			place,
		})
	}

	/// Whether the device is where a lease from `from` needs it: seen lately if it stays with its owner, and
	/// not with a tenant who is late.
	pub(crate) fn check_there(
		terms: &LeaseTerms<T::AccountId>,
		evidence: EvidencePolicy,
		device: DeviceId,
		info: &DeviceInfo<T::AccountId>,
		from: Moment,
		now: Moment,
	) -> DispatchResult {
		if !terms.custody.is_physical() {
			let gap = evidence.heartbeat_gap().unwrap_or(info.heartbeat_gap);
			Self::check_alive(device, from, gap, now)?;
		}
		Self::check_returned(device, from, now)
	}

	/// The place of a lease of [from, free_from) in the calendar of the device, if that is free. The pause
	/// after `previous` is not asked for if that ends at `from`.
	pub(crate) fn find_place(
		device: DeviceId,
		from: Moment,
		free_from: Moment,
		previous: Option<LeaseId>,
		now: Moment,
	) -> Result<Place<T>, Error<T>> {
		let (mut calendar, stale) = Self::fresh_calendar(device, now);
		if let Some(previous) = previous {
			Self::waive_in(&mut calendar, previous, from);
		}
		let index = free_slot(&calendar, from, free_from).map_err(|_| Error::<T>::SlotTaken)?;
		ensure!(Lifetimes::<T>::get(device).free_from <= from, Error::<T>::SlotTaken);
		let room = Self::room_for(&calendar, from, now);
		ensure!(room > 0, Error::<T>::CalendarFull);
		Ok(Place { calendar, stale, index })
	}

	pub(crate) fn check_parties(
		tenant: &T::AccountId,
		series: &SeriesInfo<T::AccountId>,
		device: DeviceId,
		info: &DeviceInfo<T::AccountId>,
	) -> DispatchResult {
		match series.subject {
			Subject::Device(subject) => {
				ensure!(subject == device, Error::<T>::WrongDevice);
				ensure!(info.fleet.is_none(), Error::<T>::DeviceInFleet);
			}
			Subject::Fleet(fleet) => ensure!(info.fleet == Some(fleet), Error::<T>::NotInFleet),
		}
		ensure!(*tenant != info.owner, Error::<T>::OwnDevice);
		Self::check_leasable(info, &series.terms.custody)
	}

	/// Whether the owner's list in the terms lets `tenant` rent.
	pub(crate) fn check_admitted(
		tenant: &T::AccountId,
		terms: &LeaseTerms<T::AccountId>,
	) -> Result<(), Error<T>> {
		let admitted = match &terms.admission {
			Admission::Anyone => true,
			Admission::Only(listed) => listed.contains(tenant),
			Admission::Except(listed) => !listed.contains(tenant),
			Admission::Credential(_) => return Err(Error::<T>::TermsNotServed),
		};
		ensure!(admitted, Error::<T>::TenantNotAdmitted);
		Ok(())
	}

	/// What counts as service of a lease with these terms, if this pallet can serve them: of heartbeats,
	/// with the gap of the device if that is smaller.
	pub(crate) fn served_evidence(
		terms: &LeaseTerms<T::AccountId>,
		device_gap: u32,
	) -> Result<EvidencePolicy, Error<T>> {
		let served = terms.custody.is_physical() == (terms.evidence == EvidencePolicy::Clock)
			&& (terms.custody.is_physical() || terms.damage_deposit == 0)
			&& terms.required_endorsement.is_none()
			&& terms.geofence.is_none();
		match terms.evidence {
			EvidencePolicy::Heartbeat { max_gap } if served => {
				Ok(EvidencePolicy::Heartbeat { max_gap: max_gap.min(device_gap) })
			}
			EvidencePolicy::CoSigned { .. } | EvidencePolicy::Clock
				if served && terms.objection_window == 0 =>
			{
				Ok(terms.evidence)
			}
			_ => Err(Error::<T>::TermsNotServed),
		}
	}

	/// What `units` cost, and how many seconds they last.
	pub(crate) fn size_of(
		series: &SeriesInfo<T::AccountId>,
		units: Units,
	) -> Result<(Balance, u64), Error<T>> {
		ensure!(units > 0, Error::<T>::ZeroUnits);
		let rent = tenure_lease_math::rent(units, series.sale.unit_price)?;
		let duration =
			units.checked_mul(series.sale.unit_seconds.into()).ok_or(Error::<T>::AmountOverflow)?;
		Ok((rent, duration))
	}

	fn check_window(
		series: &SeriesInfo<T::AccountId>,
		start: Option<Moment>,
		duration: u64,
		now: Moment,
	) -> Result<(Moment, Moment), Error<T>> {
		let (sale, terms) = (&series.sale, &series.terms);
		ensure!(now < series.expires, Error::<T>::SeriesExpired);
		let resolution = terms.evidence.resolution();
		let soonest = Self::soonest(now, resolution)?;
		let from = start.unwrap_or(soonest);
		ensure!(from >= now, Error::<T>::StartInPast);
		ensure!(from.is_multiple_of(resolution), Error::<T>::NotWholeMinute);
		let advance = terms.advance_limit.min(T::MaxAdvance::get());
		ensure!(from.saturating_sub(soonest) <= advance.into(), Error::<T>::TooFarAhead);
		ensure!(duration >= terms.min_duration.into(), Error::<T>::TooShort);
		ensure!(duration <= terms.max_duration.into(), Error::<T>::TooLong);
		ensure!(duration.is_multiple_of(resolution), Error::<T>::NotWholeMinute);
		let until = from.checked_add(duration).ok_or(Error::<T>::AmountOverflow)?;
		ensure!(
			sale.usable_from <= from && until <= sale.usable_until,
			Error::<T>::OutsideUsableWindow
		);
		Ok((from, until))
	}

	/// The first multiple of `resolution` at or after `moment`.
	pub(crate) fn soonest(moment: Moment, resolution: Moment) -> Result<Moment, Error<T>> {
		moment.checked_next_multiple_of(resolution).ok_or(Error::<T>::AmountOverflow)
	}

	/// Entries left in a calendar for a lease that starts at `from`.
	pub(crate) fn room_for(calendar: &CalendarOf<T>, from: Moment, now: Moment) -> u32 {
		let kept =
			if from.saturating_sub(now) <= IMMEDIATE { 0 } else { T::ReservedBookings::get() };
		let taken = u32::try_from(calendar.len()).unwrap_or(u32::MAX);
		T::MaxBookings::get().saturating_sub(kept).saturating_sub(taken)
	}

	/// Whether `tenant` can put `rent`, the deposit for the records and that against damage on hold.
	pub(crate) fn ensure_can_pay(
		tenant: &T::AccountId,
		rent: Balance,
		terms: &LeaseTerms<T::AccountId>,
	) -> DispatchResult {
		let total = rent
			.checked_add(Self::record_deposit(terms)?)
			.and_then(|total| total.checked_add(terms.damage_deposit))
			.ok_or(Error::<T>::AmountOverflow)?;
		Self::ensure_can_hold(tenant, total)
	}

	/// Writes a lease whose rent is on hold. One that its owner has to accept commits no bond and takes no
	/// place in the calendar yet. Returns its number.
	pub(crate) fn make_lease(
		tenant: T::AccountId,
		request: BookingRequest<T::AccountId>,
		plan: Plan<T>,
		escrowed: Balance,
	) -> Result<LeaseId, DispatchError> {
		ensure!(escrowed == plan.rent, Error::<T>::EscrowMismatch);
		let deposit = Self::record_deposit(&plan.series.terms)?;
		T::Currency::hold(&HoldReason::LeaseRecord.into(), &tenant, deposit)?;
		let bond = if plan.requested_until.is_some() { 0 } else { plan.bond };
		Self::commit_bond(&plan.payee, bond)?;

		let id = NextLeaseId::<T>::get();
		NextLeaseId::<T>::put(id.checked_add(1).ok_or(ArithmeticError::Overflow)?);
		Self::begin_custody(id, &tenant, &plan.series.terms)?;
		let Plan { now, payee, from, until, free_from, evidence, requested_until, .. } = plan;
		let (sale, terms) = (plan.series.sale, plan.series.terms);
		let mut lease = Lease {
			series: request.series,
			device: request.device,
			tenant: tenant.clone(),
			payee: payee.clone(),
			from,
			until,
			units: request.units,
			unit_seconds: sale.unit_seconds,
			unit_price: sale.unit_price,
			escrowed,
			cut_off_seconds: 0,
			rounding: 0,
			least_sample: 0,
			paid_to_payee: 0,
			paid_to_protocol: 0,
			protocol_share: plan.protocol_share,
			bond,
			owner_penalty: terms.owner_penalty,
			penalty_free_seconds: terms.penalty_free_share.mul_floor(until.saturating_sub(from)),
			cancellation: terms.cancellation,
			fraction_share: sale.redeem_shares.after,
			tenant_notice: terms.tenant_notice,
			turnaround: u32::try_from(free_from.saturating_sub(until))
				.map_err(|_| Error::<T>::AmountOverflow)?,
			waived_pause: 0,
			evidence,
			access_key: request.access_key,
			former_key: None,
			payout: None,
			legal_document: request.legal_document,
			deposit,
			booked_at: now,
			previous: request.previous,
			substituted_by: None,
			group: request.group,
			requested_until,
			own_units: request.own_units,
			is_offered: false,
			ended_early: false,
			end_noted: false,
			force_retired: false,
			deadline: 0,
			looks: 0,
			arbiter: request.arbiter,
			review: Review::with_window(terms.objection_window),
		};
		lease.deadline = Self::first_look(&lease, &terms.custody, now);
		Deadlines::<T>::insert(crate::MinuteKey::from(lease.deadline), id, ());
		let entry = lease.entry(id);
		Leases::<T>::insert(id, lease);
		LeasesByTenant::<T>::insert(&tenant, id, ());
		LeasesBySeries::<T>::insert(request.series, id, ());
		let (series, device, units) = (request.series, request.device, request.units);
		let event = match requested_until {
			None => {
				Self::write_calendar(device, plan.place, entry, now)?;
				let (lease, rent) = (id, escrowed);
				Event::LeaseBooked {
					lease,
					series,
					device,
					tenant,
					payee,
					from,
					until,
					units,
					rent,
					bond,
				}
			}
			Some(requested_until) => {
				Self::add_request(device, entry)?;
				let (lease, rent) = (id, escrowed);
				Event::LeaseRequested {
					lease,
					series,
					device,
					tenant,
					from,
					until,
					units,
					rent,
					requested_until,
				}
			}
		};
		if let Some(fleet) = plan.fleet {
			T::Units::time_taken(fleet, from, free_from);
		}
		Self::deposit_event(event);
		if let Some(previous) = request.previous {
			Self::deposit_event(Event::LeaseLinked { lease: id, previous });
			if requested_until.is_none() {
				Self::waive_pause(previous, device, from);
			}
		}
		Ok(id)
	}

	/// Puts a lease that is written into its place in the calendar.
	pub(crate) fn write_calendar(
		device: DeviceId,
		place: Place<T>,
		entry: Entry,
		now: Moment,
	) -> DispatchResult {
		let Place { mut calendar, stale, index } = place;
		calendar.try_insert(index, entry).map_err(|_| Error::<T>::CalendarFull)?;
		if stale > 0 {
			Self::note_unlisted(device, stale);
		}
		let ahead = calendar.iter().take(index).filter(|entry| entry.until > now).count();
		if ahead < 2 || stale > 0 {
			Self::write_grants(device, &calendar, now);
		}
		Calendars::<T>::insert(device, calendar);
		Ok(())
	}
}

impl<T: Config> From<MathError> for Error<T> {
	fn from(error: MathError) -> Self {
		match error {
			MathError::Overflow => Self::AmountOverflow,
			MathError::DivisionByZero | MathError::Underflow => Self::EscrowMismatch,
		}
	}
}

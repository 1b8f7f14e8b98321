// SPDX-License-Identifier: Apache-2.0

//! What people ask, for the runtime APIs. Nothing here changes state.

use crate::{Calendars, Config, Error, LeaseOffers, Leases, Lifetimes, Pallet, Payouts};
use alloc::vec::Vec;
use frame_support::{ensure, pallet_prelude::DispatchError, traits::Get};
use tenure_lease_math::{free_slot, protocol_fee, Slot};
use tenure_primitives::{
	apis::{Availability, Booking, LeaseDetails, Quote},
	traits::{Devices, Evidence, UsageUnits},
	DeviceId, Grant, LeaseId, Moment, SeriesId, Units,
};

impl<T: Config> Pallet<T> {
	/// What `tenant` would pay to rent, or the error that renting would give.
	pub fn quote(
		tenant: T::AccountId,
		series: SeriesId,
		device: DeviceId,
		start: Option<Moment>,
		units: Units,
		arbiter: Option<T::AccountId>,
	) -> Result<Quote, DispatchError> {
		let plan =
			Self::check_booking(&tenant, series, device, start, units, arbiter.as_ref(), None)?;
		Self::ensure_can_pay(&tenant, plan.rent, &plan.series.terms)?;
		let rent = T::Units::price_of(series, units)?;
		ensure!(rent == plan.rent, Error::<T>::EscrowMismatch);
		Ok(Quote {
			from: plan.from,
			until: plan.until,
			units,
			rent,
			record_deposit: Self::record_deposit(&plan.series.terms)?,
			damage_deposit: plan.series.terms.damage_deposit,
			protocol_fee: protocol_fee(T::ProtocolShare::get(), rent),
			owner_bond: plan.bond,
			legal_document: plan.series.terms.legal.document,
		})
	}

	/// When the device is taken in [from, until), and whether it is on.
	pub fn availability(
		device: DeviceId,
		from: Moment,
		until: Moment,
	) -> Result<Availability, DispatchError> {
		T::Devices::device(device)?;
		ensure!(from < until, Error::<T>::InvalidWindow);
		let now = Self::now();
		let (calendar, _) = Self::fresh_calendar(device, now);
		let bookings: Vec<Booking> = calendar
			.iter()
			.filter(|entry| entry.from < until && from < entry.free_from)
			.map(|entry| Booking {
				lease: entry.lease,
				from: entry.from,
				until: entry.until,
				free_from: entry.free_from,
			})
			.collect();
		Ok(Availability {
			is_free: free_slot(&calendar, from, until).is_ok()
				&& Lifetimes::<T>::get(device).free_from <= from,
			bookings,
			entries_left: Self::room_for(&calendar, Moment::MAX, now),
			last_seen: T::Evidence::last_seen(device),
		})
	}

	/// The lease with its derived state, or nothing if it is closed.
	pub fn lease_details(id: LeaseId) -> Option<LeaseDetails<T::AccountId>> {
		let lease = Leases::<T>::get(id)?;
		let now = Self::now();
		let proof = Self::proof_of(id, &lease, now);
		let custody = Self::custody_details(id, &lease, now);
		let objectable = Self::objectable(&lease, &proof, now).ok()?;
		let offer = LeaseOffers::<T>::get(id);
		Some(LeaseDetails {
			state: Self::state_of(id, &lease, now),
			series: lease.series,
			device: lease.device,
			from: lease.from,
			until: lease.until,
			units: lease.units,
			unit_price: lease.unit_price,
			unit_seconds: lease.unit_seconds,
			escrowed: lease.escrowed,
			earned: lease.earned(proof.seconds).ok()?,
			paid: lease.paid().ok()?,
			evidence: lease.evidence,
			proven_seconds: proof.seconds,
			final_from: proof.final_from,
			bond: lease.bond,
			protocol_share: lease.protocol_share,
			access_key: lease.access_key,
			legal_document: lease.legal_document,
			payout: Payouts::<T>::get(id),
			ended_early: lease.ended_early,
			cut_off_seconds: lease.cut_off_seconds,
			objection_window: lease.review.window,
			objectable,
			objected: lease.review.frozen(),
			arbiter: lease.arbiter,
			custody,
			previous: lease.previous,
			substituted_by: lease.substituted_by,
			group: lease.group,
			requested_until: lease.requested_until,
			offer_price: offer.as_ref().map(|offer| offer.price),
			offered_to: offer.map(|offer| offer.to),
			tenant: lease.tenant,
			payee: lease.payee,
		})
	}

	/// Whose key opens the device now.
	pub fn access_grant(device: DeviceId) -> Option<Grant> {
		let now = Self::now();
		let calendar = Calendars::<T>::get(device);
		let entry = calendar.iter().find(|entry| entry.from() <= now && now < entry.until)?;
		Some(Leases::<T>::get(entry.lease)?.grant(entry.lease))
	}
}

// SPDX-License-Identifier: Apache-2.0

//! What people ask, for the runtime APIs. Nothing here changes state.

use crate::{
	custody::Ending, Calendars, Config, Custodies, Error, LeaseOf, LeaseOffers, Leases, Lifetimes,
	Pallet, Payouts,
};
use alloc::vec::Vec;
use frame_support::{ensure, pallet_prelude::DispatchError, traits::Get};
use tenure_lease_math::{free_slot, protocol_fee, Slot};
use tenure_primitives::{
	apis::{Availability, Booking, LeaseDetails, Quote},
	traits::{Devices, Evidence, UsageUnits},
	CloseReason, DeviceId, Grant, LeaseId, Moment, Proof, SeriesId, Units,
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
				&& Lifetimes::<T>::get(device).free_from <= from
				&& Self::check_returned(device, from, now).is_ok(),
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
		let closing = Self::closing_of(id, &lease, &proof, now)?;
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
			legal_uri: T::Units::series(lease.series).ok()?.terms.legal.uri,
			closing,
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

	/// Why the lease would close if nobody proved or said anything more.
	fn closing_of(
		id: LeaseId,
		lease: &LeaseOf<T>,
		proof: &Proof,
		now: Moment,
	) -> Option<CloseReason> {
		if lease.is_request() {
			return Some(if lease.force_retired {
				CloseReason::ForceRetired
			} else {
				CloseReason::Declined
			});
		}
		let proven = proof.seconds.min(lease.seconds());
		let by_time = |served, excused| {
			Self::closing_by_time(lease, served, excused).ok().map(|closing| closing.reason)
		};
		if !lease.is_physical() {
			return if lease.is_co_signed() {
				Some(Self::reason_by_receipts(lease))
			} else {
				let final_from = Self::proven_from(lease, proof);
				by_time(proven, Self::excused_seconds(lease, proven, final_from))
			};
		}
		let custody = Custodies::<T>::get(id)?;
		match Self::ending(id, lease, &custody, now) {
			(Ending::Retired, _) => Some(CloseReason::ForceRetired),
			(Ending::Forfeited, _) => Some(CloseReason::Forfeited),
			(Ending::NotTaken, due) if due <= lease.until => Some(CloseReason::Cancelled),
			(Ending::NotTaken | Ending::NotOffered, _) => Some(CloseReason::NoShow),
			(Ending::Returned, _) => {
				let served = custody.served_seconds(lease.until, lease.until);
				by_time(served, Self::excused_before_handover(lease, &custody, served))
			}
		}
	}

	/// Whose key opens the device now.
	pub fn access_grant(device: DeviceId) -> Option<Grant> {
		let now = Self::now();
		let calendar = Calendars::<T>::get(device);
		let entry = calendar.iter().find(|entry| entry.from() <= now && now < entry.until)?;
		Self::grant_of(entry.lease, &Leases::<T>::get(entry.lease)?)
	}
}

// SPDX-License-Identifier: Apache-2.0

//! How a device that its tenant takes home is handed over and comes back: what both sides report.

use crate::{
	custody::{ConditionReport, Outlook, ReturnReport, Takeover},
	settlement::Settled,
	types::minute_from,
	Config, Custodies, CustodyOf, DevicesOut, Error, Event, LeaseOf, Lifetimes, MinuteKey, Outages,
	Pallet,
};
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult},
};
use sp_core::H256;
use tenure_lease_math::{covered_seconds, Awaited};
use tenure_primitives::{LeaseId, Moment};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_offer_handover(
		payee: T::AccountId,
		id: LeaseId,
		condition: H256,
	) -> DispatchResult {
		let (lease, mut custody) = Self::physical_lease(id)?;
		ensure!(lease.payee == payee, Error::<T>::NotPayee);
		let now = Self::now();
		ensure!(!lease.force_retired && now < lease.until, Error::<T>::AlreadyOver);
		ensure!(custody.takeover.is_none(), Error::<T>::AlreadyOffered);
		Self::check_on_hand(id, &lease)?;
		let (awaited, due) = Self::awaits(&Self::handover_of(id, &lease, &custody), &custody);
		// One that the device was out after counts for nothing.
		ensure!(awaited == Awaited::Offer, Error::<T>::AlreadyOffered);
		ensure!(now < due, Error::<T>::HandoverOver);

		custody.offer = Some(ConditionReport { at: now, condition });
		Self::deposit_event(Event::HandoverOffered { lease: id, condition });
		Self::write_custody(id, lease, custody, now);
		Ok(())
	}

	pub(crate) fn do_confirm_handover(
		tenant: T::AccountId,
		id: LeaseId,
		condition: H256,
	) -> DispatchResult {
		let (lease, mut custody) = Self::physical_lease(id)?;
		ensure!(lease.tenant == tenant, Error::<T>::NotTenant);
		let now = Self::now();
		ensure!(!lease.force_retired && now < lease.until, Error::<T>::AlreadyOver);
		ensure!(custody.takeover.is_none(), Error::<T>::AlreadyHandedOver);
		ensure!(lease.from <= now, Error::<T>::NotStarted);
		Self::check_on_hand(id, &lease)?;
		let handover = Self::handover_of(id, &lease, &custody);
		let (awaited, due) = Self::awaits(&handover, &custody);
		ensure!(awaited == Awaited::Confirmation, Error::<T>::HandoverNotOffered);
		ensure!(now < due, Error::<T>::HandoverOver);

		// The tenant could not say anything while the chain stood still.
		let ready = handover.served_from();
		let served_from = ready.saturating_add(Self::stood_still(ready, now));
		let report = ConditionReport { at: now, condition };
		custody.takeover = Some(Takeover { report, served_from });
		DevicesOut::<T>::insert(lease.device, id);
		Self::deposit_event(Event::HandoverConfirmed { lease: id, condition, served_from });
		let device = lease.device;
		Self::write_custody(id, Self::excuse_waiting(lease, handover.back_at)?, custody, now);
		Self::refresh_grants(device, now);
		Ok(())
	}

	/// Fails when the device can't be handed over: it is with another tenant, missing or lost.
	fn check_on_hand(id: LeaseId, lease: &LeaseOf<T>) -> DispatchResult {
		ensure!(!Self::is_elsewhere(lease.device, id), Error::<T>::DeviceNotReturned);
		ensure!(Self::is_listed(lease.device), Error::<T>::DeviceNotListed);
		Ok(())
	}

	/// Seconds of [from, until) in which the chain stood still.
	fn stood_still(from: Moment, until: Moment) -> u64 {
		covered_seconds(&Outages::<T>::get(), from, until)
	}

	/// The owner does not answer for the time in which the device was with a tenant who was late. Nobody does
	/// for what of it the chain stood still.
	fn excuse_waiting(mut lease: LeaseOf<T>, back_at: Moment) -> Result<LeaseOf<T>, Error<T>> {
		let waited = back_at
			.saturating_sub(lease.from)
			.saturating_sub(Self::stood_still(lease.from, back_at));
		lease.penalty_free_seconds =
			lease.penalty_free_seconds.checked_add(waited).ok_or(Error::<T>::AmountOverflow)?;
		Ok(lease)
	}

	/// Tells what became of the lease.
	pub(crate) fn do_report_return(
		who: T::AccountId,
		id: LeaseId,
		condition: H256,
	) -> Result<Settled, DispatchError> {
		let (mut lease, mut custody) = Self::physical_lease(id)?;
		let by_tenant = Self::is_tenant(&who, &lease)?;
		ensure!(custody.takeover.is_some(), Error::<T>::NotHandedOver);
		let now = Self::now();
		match &mut custody.returned {
			Some(returned) => {
				let answers = returned.by_tenant != by_tenant && !returned.is_final;
				ensure!(answers, Error::<T>::AlreadyReturned);
				returned.answer = Some(condition);
				returned.is_final = true;
			}
			None => {
				ensure!(now < Self::forfeit_from(&lease, &custody), Error::<T>::AlreadyOver);
				if by_tenant {
					lease = Self::end_with_return(who, id, lease, now)?;
				} else {
					ensure!(now >= lease.until || lease.force_retired, Error::<T>::LeaseNotOver);
				}
				Self::claims_of_waiting(id, &lease, &mut custody, now)?;
				let report = ConditionReport { at: now, condition };
				let is_final = false;
				custody.returned = Some(ReturnReport { report, by_tenant, answer: None, is_final });
				DevicesOut::<T>::remove(lease.device);
				Lifetimes::<T>::mutate(lease.device, |totals| totals.back_at = now);
				Custodies::<T>::insert(id, &custody);
				if now < lease.until {
					// Its key must not open the box again that the device lies in.
					Self::refresh_grants(lease.device, now);
				}
			}
		}
		Self::deposit_event(Event::ReturnReported { lease: id, by_tenant, condition });
		if !by_tenant {
			// Its owner has it and complains of nothing: only what being late costs stays, for its tenant may
			// object to that.
			let owed = Self::overdue_left(&lease, &custody, now)?;
			let rest = custody.held.checked_sub(owed).ok_or(Error::<T>::EscrowMismatch)?;
			Self::return_of_deposit(id, &lease.tenant, &mut custody, rest)?;
			if let Some(returned) = custody.returned.as_mut().filter(|_| owed == 0) {
				returned.is_final = true;
			}
		}
		Self::close_or_wait(id, lease, custody, now)
	}

	/// Ends the tenant's lease, if it does not end sooner anyway. The notice holds.
	fn end_with_return(
		tenant: T::AccountId,
		id: LeaseId,
		lease: LeaseOf<T>,
		now: Moment,
	) -> Result<LeaseOf<T>, DispatchError> {
		let is_ending = lease.force_retired || lease.ended_early || lease.until <= now;
		if is_ending || Self::earliest_end(&lease, lease.tenant_notice.into(), now)? >= lease.until
		{
			return Ok(lease);
		}
		Self::do_end(tenant, id)?;
		Ok(Self::open_lease(id)?)
	}

	/// Closes the lease if nothing is left to wait for; else writes it. Tells what became of it.
	pub(crate) fn close_or_wait(
		id: LeaseId,
		mut lease: LeaseOf<T>,
		custody: CustodyOf<T>,
		now: Moment,
	) -> Result<Settled, DispatchError> {
		match Self::outlook(id, &lease, &custody, now) {
			Outlook::Ends(ending, _) => {
				Self::note_end(id, &mut lease, now);
				Self::close_physical(id, lease, custody, ending, None)
			}
			Outlook::Waits(_) => {
				Self::write_custody(id, lease, custody, now);
				Ok(Settled::Open)
			}
		}
	}

	/// Writes a lease with its custody, and files it under the next moment at which something happens.
	pub(crate) fn write_custody(
		id: LeaseId,
		lease: LeaseOf<T>,
		custody: CustodyOf<T>,
		now: Moment,
	) {
		let due = Self::custody_look(id, &lease, &custody, now);
		let minute = MinuteKey::from(lease.deadline);
		Custodies::<T>::insert(id, custody);
		Self::file(id, lease, minute, due, now);
	}

	/// The minute in which the sweep looks at the lease next: that of a warning, of its end, or in which
	/// something happens by itself.
	pub(crate) fn custody_look(
		id: LeaseId,
		lease: &LeaseOf<T>,
		custody: &CustodyOf<T>,
		now: Moment,
	) -> u32 {
		let due = match Self::outlook(id, lease, custody, now) {
			Outlook::Waits(due) => minute_from(due),
			Outlook::Ends(_, since) => minute_from(since),
		};
		if lease.end_noted {
			due
		} else if Self::runs(lease, custody, now) {
			due.min(Self::next_look(lease, now))
		} else {
			due.min(minute_from(lease.until))
		}
	}

	/// Whether the tenant has the device and may keep it for now.
	pub(crate) fn runs(lease: &LeaseOf<T>, custody: &CustodyOf<T>, now: Moment) -> bool {
		custody.is_out() && now < lease.until && !lease.force_retired
	}

	/// The open lease with its custody, if its device is handed over and its owner accepted it.
	pub(crate) fn physical_lease(id: LeaseId) -> Result<(LeaseOf<T>, CustodyOf<T>), Error<T>> {
		let lease = Self::open_lease(id)?;
		ensure!(lease.is_physical(), Error::<T>::NotPhysical);
		ensure!(!lease.is_request(), Error::<T>::RequestPending);
		Ok((lease, Self::custody_of(id)?))
	}

	/// Whether it is the tenant, and not the payee. Fails for anybody else.
	pub(crate) fn is_tenant(who: &T::AccountId, lease: &LeaseOf<T>) -> Result<bool, Error<T>> {
		let is_tenant = lease.tenant == *who;
		ensure!(is_tenant || lease.payee == *who, Error::<T>::NotParty);
		Ok(is_tenant)
	}

	/// Fails for a lease that can't run: its device is not handed over, or back.
	pub(crate) fn check_in_hands(id: LeaseId, lease: &LeaseOf<T>) -> Result<(), Error<T>> {
		if !lease.is_physical() {
			return Ok(());
		}
		let custody = Self::custody_of(id)?;
		ensure!(custody.takeover.is_some(), Error::<T>::NotHandedOver);
		ensure!(custody.returned.is_none(), Error::<T>::AlreadyReturned);
		Ok(())
	}
}

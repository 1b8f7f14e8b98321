// SPDX-License-Identifier: Apache-2.0

//! Devices that their tenants take home: what is kept of their way there and back, and what it leads to.
//!
//! The record is apart from the lease, so that leases of devices that stay with their owner pay nothing
//! for it. As with leases no state is stored: what is known is who reported what and when, and the clock
//! says what follows, whoever stays silent.

use crate::{
	types::minute_from, Config, Custodies, CustodyOf, DevicesOut, Error, Event, HoldReason, Lease,
	LeaseOf, Lifetimes, Outages, Pallet,
};
use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{
	ensure,
	pallet_prelude::DispatchResult,
	traits::{fungible::hold::Mutate, ConstU32, Get},
	weights::Weight,
	BoundedVec,
};
use scale_info::TypeInfo;
use sp_core::H256;
use tenure_lease_math::{
	covered_seconds, handed_over_seconds, overdue_charge, overdue_seconds, Awaited, Handover,
};
use tenure_primitives::{
	apis::{CustodyDetails, LeaseState},
	traits::{Devices, Evidence},
	Balance, Custody as CustodyTerms, DeviceId, DeviceStatus, EvidencePolicy, LeaseId, LeaseTerms,
	Moment, Proof,
};

/// In which condition a device was, by somebody's report.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct ConditionReport {
	/// When it was reported.
	pub at: Moment,
	/// Hash of the description.
	pub condition: H256,
}

/// The tenant has the device.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Takeover {
	/// What the tenant reported.
	pub report: ConditionReport,
	/// From when on the device counts as served.
	pub served_from: Moment,
}

/// The device came back, by the report of one side.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct ReturnReport {
	/// What it reported.
	pub report: ConditionReport,
	/// Whether that is the tenant; else it is the payee.
	pub by_tenant: bool,
	/// What the other side answered: the hash of the condition that it accepts, or of what it shows for a
	/// claim.
	pub answer: Option<H256>,
	/// Whether nobody can contest it any more.
	pub is_final: bool,
}

/// Most tenants that have a claim on the deposit of one who was late.
pub const MAX_LATE_CLAIMS: u32 = 8;

/// What a tenant who waited in vain gets of the deposit, if the device comes back.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct LateClaim<AccountId> {
	/// Its lease, which is closed or about to be.
	pub lease: LeaseId,
	/// Who it is.
	pub tenant: AccountId,
	/// How much.
	pub amount: Balance,
}

/// The way of a device to its tenant and back. It carries its own terms and says where the deposit went.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct CustodyRecord<AccountId> {
	/// Time of each side for the hand-over, in seconds.
	pub handover_window: u32,
	/// Time to contest a return, in seconds.
	pub inspection: u32,
	/// Time after the end within which a return is in time, in seconds.
	pub return_grace: u32,
	/// What a late return costs, in percent of the rent.
	pub overdue_percent: u16,
	/// Time after the end from which the deposit is forfeit, in seconds.
	pub forfeit_after: u32,
	/// What the tenant deposited.
	pub deposit: Balance,
	/// Of it, what is on hold as a deposit now.
	pub held: Balance,
	/// Of it, what later tenants got who waited for the device.
	pub compensated: Balance,
	/// Of it, what the payee got.
	pub charged: Balance,
	/// The owner said that the device is ready.
	pub offer: Option<ConditionReport>,
	/// The tenant confirmed that it has it.
	pub takeover: Option<Takeover>,
	/// One side said that it is back.
	pub returned: Option<ReturnReport>,
	/// When governance retired the device while its tenant had it; the device served up to then.
	pub retired_at: Option<Moment>,
	/// What tenants have coming who waited for the device, the first who did first.
	pub claims: BoundedVec<LateClaim<AccountId>, ConstU32<MAX_LATE_CLAIMS>>,
}

/// What becomes of a lease whose device is handed over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Ending {
	/// The owner did not hand the device over.
	NotOffered,
	/// The tenant did not take it.
	NotTaken,
	/// It is back, and nobody can contest that any more.
	Returned,
	/// It did not come back.
	Forfeited,
	/// Governance retired it before it was handed over.
	Retired,
}

/// Where a hand-over or a return stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Outlook {
	/// Nothing happens by itself before this moment.
	Waits(Moment),
	/// The lease is to be closed, since this moment.
	Ends(Ending, Moment),
}

impl Outlook {
	fn at(due: Moment, ending: Ending, now: Moment) -> Self {
		if now < due {
			Self::Waits(due)
		} else {
			Self::Ends(ending, due)
		}
	}
}

impl<AccountId> Lease<AccountId> {
	/// Whether its device is handed over and brought back.
	pub fn is_physical(&self) -> bool {
		self.evidence == EvidencePolicy::Clock
	}
}

impl<AccountId> CustodyRecord<AccountId> {
	pub(crate) fn new(terms: &CustodyTerms, deposit: Balance) -> Option<Self> {
		let CustodyTerms::Physical {
			handover_window,
			inspection,
			return_grace,
			overdue_percent,
			forfeit_after,
		} = *terms
		else {
			return None;
		};
		Some(Self {
			handover_window,
			inspection,
			return_grace,
			overdue_percent,
			forfeit_after,
			deposit,
			held: deposit,
			compensated: 0,
			charged: 0,
			offer: None,
			takeover: None,
			returned: None,
			retired_at: None,
			claims: BoundedVec::new(),
		})
	}

	/// Whether the tenant has the device.
	pub fn is_out(&self) -> bool {
		self.takeover.is_some() && self.returned.is_none()
	}

	/// What tenants have coming who waited for the device.
	pub fn claimed(&self) -> Balance {
		// No more than the deposit.
		self.claims.iter().fold(0, |sum, claim| sum.saturating_add(claim.amount))
	}

	/// Seconds up to `now` in which the device served a lease that ends at `until`.
	pub fn served_seconds(&self, until: Moment, now: Moment) -> u64 {
		let until = until.min(self.retired_at.unwrap_or(until));
		self.takeover.map_or(0, |takeover| handed_over_seconds(takeover.served_from, until, now))
	}
}

impl<T: Config> Pallet<T> {
	/// Weight of looking after a device that is handed over: where it is, and what is recorded of that. Added
	/// to calls whose benchmarks have leases of other devices.
	pub(crate) fn custody_weight() -> Weight {
		T::DbWeight::get().reads_writes(6, 3)
	}

	/// What a tenant pays for the records of a lease under these terms.
	pub(crate) fn record_deposit(terms: &LeaseTerms<T::AccountId>) -> Result<Balance, Error<T>> {
		let custody = if terms.custody.is_physical() { T::CustodyDeposit::get() } else { 0 };
		T::RecordDeposit::get().checked_add(custody).ok_or(Error::<T>::AmountOverflow)
	}

	/// The pause that is kept free after a lease under these terms: a return in time must not be too late
	/// for the next tenant.
	pub(crate) fn pause_after(terms: &LeaseTerms<T::AccountId>) -> Result<u32, Error<T>> {
		terms.turnaround.checked_add(terms.custody.return_grace()).ok_or(Error::<T>::AmountOverflow)
	}

	/// Begins the record of a lease whose device is handed over, with the tenant's deposit on hold.
	pub(crate) fn begin_custody(
		id: LeaseId,
		tenant: &T::AccountId,
		terms: &LeaseTerms<T::AccountId>,
	) -> DispatchResult {
		let Some(custody) = CustodyRecord::new(&terms.custody, terms.damage_deposit) else {
			return Ok(());
		};
		if custody.deposit > 0 {
			T::Currency::hold(&HoldReason::DamageDeposit.into(), tenant, custody.deposit)?;
		}
		Custodies::<T>::insert(id, custody);
		Ok(())
	}

	/// The minute in which the sweep looks at a new lease first: of a request, that in which it lapses.
	pub(crate) fn first_look(lease: &LeaseOf<T>, custody: &CustodyTerms, now: Moment) -> u32 {
		if let Some(lapses) = lease.requested_until {
			return minute_from(lapses);
		}
		match custody {
			CustodyTerms::Remote => Self::next_look(lease, now),
			CustodyTerms::Physical { handover_window, .. } => {
				let due = Self::time_is_over(lease.from, *handover_window);
				minute_from(due.min(lease.until))
			}
		}
	}

	/// When `seconds` that somebody has since a moment are over: time in which the chain stood still is added.
	pub(crate) fn time_is_over(since: Moment, seconds: u32) -> Moment {
		Self::moved(since.saturating_add(seconds.into()), since)
	}

	/// What being late costs the tenant of the lease by `now`, or cost it when the device came back; at most
	/// the deposit. Time in which the chain stood still costs nothing: no return could be reported.
	pub(crate) fn overdue(
		lease: &LeaseOf<T>,
		custody: &CustodyOf<T>,
		now: Moment,
	) -> Result<Balance, Error<T>> {
		if custody.takeover.is_none() {
			return Ok(0);
		}
		let back = custody.returned.map_or(now, |returned| returned.report.at);
		let due_back = Self::time_is_over(lease.until, custody.return_grace);
		let stood_still = covered_seconds(&Outages::<T>::get(), lease.until, back);
		let charge = overdue_charge(
			lease.unit_price,
			lease.unit_seconds,
			custody.overdue_percent,
			overdue_seconds(lease.until, due_back, back, stood_still),
			custody.deposit,
		)?;
		Ok(charge)
	}

	/// What of that is still to be paid from what is on hold, to tenants who waited and to the payee.
	pub(crate) fn overdue_left(
		lease: &LeaseOf<T>,
		custody: &CustodyOf<T>,
		now: Moment,
	) -> Result<Balance, Error<T>> {
		let left = Self::overdue(lease, custody, now)?
			.checked_sub(custody.compensated)
			.and_then(|left| left.checked_sub(custody.charged))
			.ok_or(Error::<T>::EscrowMismatch)?;
		Ok(left.min(custody.held))
	}

	/// What of that is the payee's: what those leave who waited.
	pub(crate) fn payees_charge(
		lease: &LeaseOf<T>,
		custody: &CustodyOf<T>,
		now: Moment,
	) -> Result<Balance, Error<T>> {
		let left = Self::overdue_left(lease, custody, now)?;
		left.checked_sub(custody.claimed().min(left)).ok_or(Error::<T>::EscrowMismatch)
	}

	/// From when on the deposit of the lease is forfeit.
	pub(crate) fn forfeit_from(lease: &LeaseOf<T>, custody: &CustodyOf<T>) -> Moment {
		Self::time_is_over(lease.until, custody.forfeit_after)
	}

	/// What the hand-over of the lease waits for, and when the time for that is over. It stays over if the
	/// device comes back later.
	pub(crate) fn awaits(handover: &Handover, custody: &CustodyOf<T>) -> (Awaited, Moment) {
		let missed = Self::time_is_over(handover.from, custody.handover_window);
		if handover.was_missed(missed) {
			return (Awaited::Offer, missed);
		}
		let (awaited, since) = handover.awaits();
		(awaited, Self::time_is_over(since, custody.handover_window))
	}

	pub(crate) fn custody_of(id: LeaseId) -> Result<CustodyOf<T>, Error<T>> {
		Custodies::<T>::get(id).ok_or(Error::<T>::EscrowMismatch)
	}

	/// Whether the device is with the tenant of another lease.
	pub(crate) fn is_elsewhere(device: DeviceId, id: LeaseId) -> bool {
		DevicesOut::<T>::get(device).is_some_and(|out| out != id)
	}

	/// Whether a tenant did not bring the device back, and its owner has not found it.
	pub(crate) fn was_not_returned(device: DeviceId) -> bool {
		T::Devices::device(device).is_ok_and(|info| info.status == DeviceStatus::NotReturned)
	}

	/// Whether the device is listed: not missing, nor kept by a tenant.
	pub(crate) fn is_listed(device: DeviceId) -> bool {
		T::Devices::device(device).is_ok_and(|info| info.status == DeviceStatus::Listed)
	}

	/// Fails when the device is overdue and may not be back by `from`.
	pub(crate) fn check_returned(device: DeviceId, from: Moment, now: Moment) -> DispatchResult {
		let Some(id) = DevicesOut::<T>::get(device) else { return Ok(()) };
		let lease = Self::open_lease(id)?;
		if now < lease.until {
			return Ok(());
		}
		ensure!(
			from >= Self::forfeit_from(&lease, &Self::custody_of(id)?),
			Error::<T>::DeviceNotReturned
		);
		Ok(())
	}

	/// What is proven of a lease: by its evidence, or by the reports of both sides and the clock.
	pub(crate) fn proof_of(id: LeaseId, lease: &LeaseOf<T>, now: Moment) -> Proof {
		if !lease.is_physical() {
			return T::Evidence::proven(lease.device, &lease.window(id));
		}
		let served = |custody: CustodyOf<T>| custody.served_seconds(lease.until, now);
		Proof { seconds: Custodies::<T>::get(id).map_or(0, served), final_from: lease.until }
	}

	/// The hand-over of a lease that is not confirmed.
	pub(crate) fn handover_of(id: LeaseId, lease: &LeaseOf<T>, custody: &CustodyOf<T>) -> Handover {
		Handover {
			from: lease.from,
			offered_at: custody.offer.map(|offer| offer.at),
			back_at: Lifetimes::<T>::get(lease.device).back_at,
			elsewhere: Self::is_elsewhere(lease.device, id) || !Self::is_listed(lease.device),
		}
	}

	/// What happens to the lease by itself, now or later.
	pub(crate) fn outlook(
		id: LeaseId,
		lease: &LeaseOf<T>,
		custody: &CustodyOf<T>,
		now: Moment,
	) -> Outlook {
		let (ending, due) = Self::ending(id, lease, custody, now);
		Outlook::at(due, ending, now)
	}

	/// How the lease ends if nobody says anything more, and when.
	pub(crate) fn ending(
		id: LeaseId,
		lease: &LeaseOf<T>,
		custody: &CustodyOf<T>,
		now: Moment,
	) -> (Ending, Moment) {
		if custody.takeover.is_none() {
			if lease.force_retired {
				return (Ending::Retired, now);
			}
			let (awaited, due) = Self::awaits(&Self::handover_of(id, lease, custody), custody);
			return match awaited {
				Awaited::Offer => (Ending::NotOffered, due),
				Awaited::Confirmation => (Ending::NotTaken, due),
			};
		}
		let Some(returned) = custody.returned else {
			return (Ending::Forfeited, Self::forfeit_from(lease, custody));
		};
		let inspected = if returned.is_final {
			returned.report.at
		} else {
			Self::time_is_over(returned.report.at, custody.inspection)
		};
		let due = if lease.force_retired { inspected } else { inspected.max(lease.until) };
		(Ending::Returned, due)
	}

	/// Seconds of the lease that were not served and that its payee does not answer for: those up to the
	/// hand-over in which the chain stood still. What it does later changes nothing.
	pub(crate) fn excused_before_handover(
		lease: &LeaseOf<T>,
		custody: &CustodyOf<T>,
		served: u64,
	) -> u64 {
		let Some(takeover) = custody.takeover.filter(|_| !lease.force_retired) else { return 0 };
		covered_seconds(&Outages::<T>::get(), lease.from, takeover.report.at)
			.min(lease.seconds().saturating_sub(served))
	}

	/// Where a lease stands, for people.
	pub(crate) fn state_of(id: LeaseId, lease: &LeaseOf<T>, now: Moment) -> LeaseState {
		if !lease.is_physical() || now < lease.from || lease.is_request() {
			return lease.state(now);
		}
		match Custodies::<T>::get(id) {
			Some(custody) if custody.takeover.is_none() && !lease.force_retired => {
				LeaseState::Handover
			}
			Some(custody) if custody.is_out() && now < lease.until && !lease.force_retired => {
				LeaseState::Running
			}
			Some(custody) if custody.takeover.is_some() => LeaseState::Returning,
			_ => LeaseState::Ended,
		}
	}

	/// The way of a lease's device to its tenant and back, for people.
	pub(crate) fn custody_details(
		id: LeaseId,
		lease: &LeaseOf<T>,
		now: Moment,
	) -> Option<CustodyDetails> {
		let custody = Custodies::<T>::get(id)?;
		let deadline = match (lease.requested_until, Self::outlook(id, lease, &custody, now)) {
			(Some(lapses), _) => lapses,
			(None, Outlook::Waits(due)) => due,
			(None, Outlook::Ends(_, since)) => since,
		};
		let returned = custody.returned;
		Some(CustodyDetails {
			deposit: custody.deposit,
			held: custody.held,
			compensated: custody.compensated,
			claimed: custody.claimed(),
			overdue: Self::overdue(lease, &custody, now).ok()?,
			offered_at: custody.offer.map(|offer| offer.at),
			offered_condition: custody.offer.map(|offer| offer.condition),
			handed_over_at: custody.takeover.map(|takeover| takeover.report.at),
			handed_over_condition: custody.takeover.map(|takeover| takeover.report.condition),
			served_from: custody.takeover.map(|takeover| takeover.served_from),
			returned_at: returned.map(|returned| returned.report.at),
			returned_by_tenant: returned.map(|returned| returned.by_tenant),
			returned_condition: returned.map(|returned| returned.report.condition),
			answered_condition: returned.and_then(|returned| returned.answer),
			due_back: Self::time_is_over(lease.until, custody.return_grace),
			forfeit_from: Self::forfeit_from(lease, &custody),
			deadline,
		})
	}

	/// Gives the device of a lease that goes to another owner before its start a hand-over of that one's.
	pub(crate) fn forget_offer(id: LeaseId) {
		Custodies::<T>::mutate_extant(id, |custody| custody.offer = None);
	}

	/// Pays part of the deposit to the payee.
	pub(crate) fn pay_from_deposit(
		id: LeaseId,
		lease: &LeaseOf<T>,
		custody: &mut CustodyOf<T>,
		amount: Balance,
	) -> DispatchResult {
		let reason = HoldReason::DamageDeposit;
		let paid = Self::pay_at_last(reason, id, &lease.tenant, &lease.payee, amount)?;
		custody.held = custody.held.checked_sub(paid).ok_or(Error::<T>::EscrowMismatch)?;
		custody.charged = custody.charged.checked_add(paid).ok_or(Error::<T>::AmountOverflow)?;
		if paid > 0 {
			Self::deposit_event(Event::DepositPaid { lease: id, amount: paid });
		}
		Ok(())
	}
}

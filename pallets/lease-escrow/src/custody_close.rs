// SPDX-License-Identifier: Apache-2.0

//! How leases of devices that are handed over are settled and closed, and what becomes of their deposits.

use crate::{
	custody::{Ending, Outlook},
	settlement::{Closing, Settled},
	Config, Custodies, CustodyOf, DevicesOut, Error, Event, HoldReason, LeaseOf, Leases, Lifetimes,
	MinuteKey, Pallet, WeightInfo,
};
use frame_support::{
	defensive,
	pallet_prelude::{DispatchError, DispatchResult},
	storage::with_storage_layer,
	traits::fungible::Inspect,
	weights::Weight,
};
use tenure_lease_math::{cancelled_units, rent, revoked_before_start, ReceiptSplit};
use tenure_primitives::{traits::Devices, Balance, CloseReason, LeaseId, Moment, Units};

impl<T: Config> Pallet<T> {
	/// Pays what the lease has earned and closes it if it is time, on behalf of `keeper`.
	pub(crate) fn settle_physical(
		keeper: &T::AccountId,
		id: LeaseId,
		mut lease: LeaseOf<T>,
		may_forfeit: bool,
	) -> Result<Settled, DispatchError> {
		let now = Self::now();
		let custody = Self::custody_of(id)?;
		let noted = Self::note_end(id, &mut lease, now);
		match Self::outlook(id, &lease, &custody, now) {
			Outlook::Ends(ending, since) if may_forfeit || ending != Ending::Forfeited => {
				let keeper = Some(keeper).filter(|_| Self::is_neglected_since(&lease, since, now));
				return Self::close_physical(id, lease, custody, ending, keeper);
			}
			_ => {}
		}
		let proof = Self::proof_of(id, &lease, now);
		let paid = Self::pay_earned(id, &mut lease, &proof, now)?;
		if noted || paid {
			Leases::<T>::insert(id, lease);
		}
		Ok(Settled::OpenWithCustody)
	}

	/// The sweep looks at the lease. Returns the weight of that.
	pub(crate) fn serve_physical(
		minute: MinuteKey,
		id: LeaseId,
		mut lease: LeaseOf<T>,
		now: Moment,
	) -> Weight {
		let Some(custody) = Custodies::<T>::get(id) else {
			defensive!("each lease of a device that is handed over has a record of that");
			Self::park(id, lease, minute, Error::<T>::EscrowMismatch.into(), now);
			return Self::sweep_end_custody();
		};
		if Self::runs(&lease, &custody, now) {
			Self::warn(id, lease, minute, now);
			return Self::sweep_warn_custody();
		}
		Self::note_end(id, &mut lease, now);
		match Self::outlook(id, &lease, &custody, now) {
			Outlook::Waits(_) => {
				let due = Self::custody_look(id, &lease, &custody, now);
				Self::file(id, lease, minute, due, now);
				Self::sweep_end_custody()
			}
			Outlook::Ends(ending, _) => {
				let claims = Self::claims_weight(custody.claims.len());
				Self::close_physical_or_park(id, lease, custody, ending, minute, now);
				match ending {
					Ending::Forfeited => T::WeightInfo::sweep_forfeit(),
					_ => T::WeightInfo::sweep_close_custody().saturating_add(claims),
				}
			}
		}
	}

	/// Closes the lease in a storage layer of its own. One that fails is parked.
	fn close_physical_or_park(
		id: LeaseId,
		lease: LeaseOf<T>,
		custody: CustodyOf<T>,
		ending: Ending,
		minute: MinuteKey,
		now: Moment,
	) {
		let closed = with_storage_layer(|| {
			Self::close_physical(id, lease.clone(), custody, ending, None).map(drop)
		});
		if let Err(error) = closed {
			Self::park(id, lease, minute, error, now);
		}
	}

	/// Governance retires the device. What is still out there comes back as ever, but serves no more, and
	/// what came back can be inspected as ever; any other lease closes at once.
	pub(crate) fn force_close_physical(id: LeaseId, mut lease: LeaseOf<T>, now: Moment) {
		let minute = MinuteKey::from(lease.deadline);
		let Some(mut custody) = Custodies::<T>::get(id) else {
			defensive!("each lease of a device that is handed over has a record of that");
			return;
		};
		let mut outlook = Self::outlook(id, &lease, &custody, now);
		if matches!(outlook, Outlook::Waits(_)) {
			lease.force_retired = true;
			custody.retired_at = custody.takeover.map(|_| now);
			Custodies::<T>::insert(id, &custody);
			outlook = Self::outlook(id, &lease, &custody, now);
		}
		match outlook {
			Outlook::Ends(ending, _) => {
				Self::close_physical_or_park(id, lease, custody, ending, minute, now);
			}
			Outlook::Waits(_) => {
				let due = Self::custody_look(id, &lease, &custody, now);
				Self::file(id, lease, minute, due, now);
			}
		}
	}

	/// Closes a lease whose time has come, and rewards the `keeper` if there is one. May change state before
	/// it fails.
	pub(crate) fn close_physical(
		id: LeaseId,
		lease: LeaseOf<T>,
		mut custody: CustodyOf<T>,
		ending: Ending,
		keeper: Option<&T::AccountId>,
	) -> Result<Settled, DispatchError> {
		let now = Self::now();
		match ending {
			Ending::NotOffered => Self::close_not_offered(id, lease, &custody, now)?,
			Ending::NotTaken => Self::close_not_taken(id, lease, &custody, keeper, now)?,
			Ending::Retired => {
				Self::close(id, lease, Self::closing_at_par(CloseReason::ForceRetired, 0))?;
			}
			Ending::Returned => {
				let claims = custody.claims.len();
				Self::pay_late_claims(id, &lease, &mut custody, now)?;
				let owed = Self::overdue_left(&lease, &custody, now)?;
				Self::pay_from_deposit(id, &lease, &mut custody, owed)?;
				Self::close_served(id, lease, custody, None, keeper)?;
				return Ok(Settled::ClosedWithCustody { claims });
			}
			Ending::Forfeited => {
				// Nobody else has a claim on it: whoever keeps a device could have booked it again itself.
				let (device, all) = (lease.device, custody.held);
				custody.claims = Default::default();
				Self::pay_from_deposit(id, &lease, &mut custody, all)?;
				// What its owner said before of leases to come is void.
				Lifetimes::<T>::mutate(device, |totals| totals.back_at = now);
				let reason = Some(CloseReason::Forfeited);
				Self::close_served(id, lease, custody, reason, keeper)?;
				T::Devices::mark_not_returned(device);
				return Ok(Settled::Forfeited);
			}
		}
		Ok(Settled::ClosedWithCustody { claims: 0 })
	}

	/// Closes a lease whose device was handed over. Its tenant gets what is left of the deposit.
	fn close_served(
		id: LeaseId,
		mut lease: LeaseOf<T>,
		custody: CustodyOf<T>,
		reason: Option<CloseReason>,
		keeper: Option<&T::AccountId>,
	) -> DispatchResult {
		let now = Self::now();
		let served = custody.served_seconds(lease.until, now);
		let excused = Self::excused_before_handover(&lease, &custody, served);
		let by_time = Self::closing_by_time(&lease, served, excused)?;
		let closing = Closing { reason: reason.unwrap_or(by_time.reason), ..by_time };
		Self::add_to_totals(&lease, &closing, now);
		Custodies::<T>::insert(id, custody);
		if let Some(keeper) = keeper {
			Self::pay_keeper(id, &mut lease, &closing, keeper)?;
		}
		Self::close(id, lease, closing)
	}

	/// The owner did not hand the device over. If it could not, because another tenant had not brought it
	/// back, its bond is not touched: that one compensates the tenant.
	fn close_not_offered(
		id: LeaseId,
		lease: LeaseOf<T>,
		custody: &CustodyOf<T>,
		now: Moment,
	) -> DispatchResult {
		let handover = Self::handover_of(id, &lease, custody);
		let (_, due) = Self::awaits(&handover, custody);
		let late = DevicesOut::<T>::get(lease.device).filter(|out| *out != id);
		if let Some(late) = late {
			Self::claim_of_late(late, id, &lease, due)?;
		}
		// It may be back since, but was not in time; or the chain stood still for as long as the lease would
		// have run.
		let is_excused = late.is_some()
			|| handover.was_missed(due)
			|| due > lease.until
			|| Self::was_not_returned(lease.device);
		let penalty = if is_excused { 0 } else { Self::owed_for_no_show(&lease) };
		Self::close_unused(id, lease, Self::closing_at_par(CloseReason::NoShow, penalty), now)
	}

	/// What the payee owes a tenant to whom it does not hand the device over.
	pub(crate) fn owed_for_no_show(lease: &LeaseOf<T>) -> Balance {
		revoked_before_start(lease.owner_penalty, lease.escrowed).min(lease.bond)
	}

	/// The tenant did not take the device: as if it had cancelled in the last moment. It is not to blame if
	/// the chain stood still for as long as the lease would have run.
	fn close_not_taken(
		id: LeaseId,
		mut lease: LeaseOf<T>,
		custody: &CustodyOf<T>,
		keeper: Option<&T::AccountId>,
		now: Moment,
	) -> DispatchResult {
		let (_, due) = Self::awaits(&Self::handover_of(id, &lease, custody), custody);
		if due > lease.until {
			return Self::close_unused(
				id,
				lease,
				Self::closing_at_par(CloseReason::NoShow, 0),
				now,
			);
		}
		let units = cancelled_units(lease.units, lease.last_step()).map_err(Error::<T>::from)?;
		let back = rent(units, lease.unit_price).map_err(Error::<T>::from)?;
		let gross = lease.escrowed.checked_sub(back).ok_or(Error::<T>::EscrowMismatch)?;
		let split = ReceiptSplit { returned_units: units, gross, refunded: 0 };
		let (returned_units, gross) = Self::return_split(id, &mut lease, split)?;
		let closing = Closing {
			reason: CloseReason::Cancelled,
			proven: 0,
			gross,
			penalty: 0,
			returned_units,
		};
		if let Some(keeper) = keeper {
			Self::pay_keeper(id, &mut lease, &closing, keeper)?;
		}
		Self::close_unused(id, lease, closing, now)
	}

	/// Closes a lease of which nothing was used; its time is free again, and so is the pause before it if a
	/// lease went on by it.
	pub(crate) fn close_unused(
		id: LeaseId,
		lease: LeaseOf<T>,
		closing: Closing,
		now: Moment,
	) -> DispatchResult {
		let (device, from, free_from) = (lease.device, lease.from, lease.free_from());
		let previous = lease.previous.filter(|_| now < from);
		Self::close(id, lease, closing)?;
		if from.max(now) < free_from {
			Self::free_time(device, from.max(now), free_from);
		}
		if let Some(previous) = previous {
			Self::restore_pause(previous, device, from);
		}
		Self::refresh_grants(device, now);
		Ok(())
	}

	fn closing_at_par(reason: CloseReason, penalty: Balance) -> Closing {
		Closing { reason, proven: 0, gross: 0, penalty, returned_units: Units::default() }
	}

	/// Ends the custody of a lease that closes; what is left of the deposit goes back.
	pub(crate) fn end_custody(id: LeaseId, lease: &LeaseOf<T>) -> DispatchResult {
		let Some(custody) = Custodies::<T>::take(id) else { return Ok(()) };
		if custody.is_out() {
			DevicesOut::<T>::remove(lease.device);
		}
		Self::release_held(HoldReason::DamageDeposit, &lease.tenant, custody.held)?;
		if custody.held > 0 {
			Self::deposit_event(Event::DepositReturned { lease: id, amount: custody.held });
		}
		Ok(())
	}

	/// Gives part of the deposit back before the lease closes. What the tenant's account can't receive,
	/// because it is less than an existential deposit, stays on hold until then.
	pub(crate) fn return_of_deposit(
		id: LeaseId,
		tenant: &T::AccountId,
		custody: &mut CustodyOf<T>,
		amount: Balance,
	) -> DispatchResult {
		let is_received =
			amount >= T::Currency::minimum_balance() || Self::can_receive(tenant, amount);
		if amount == 0 || !is_received {
			return Ok(());
		}
		custody.held = custody.held.checked_sub(amount).ok_or(Error::<T>::EscrowMismatch)?;
		Self::release_held(HoldReason::DamageDeposit, tenant, amount)?;
		Self::deposit_event(Event::DepositReturned { lease: id, amount });
		Ok(())
	}
}

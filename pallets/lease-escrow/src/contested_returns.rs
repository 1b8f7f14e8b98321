// SPDX-License-Identifier: Apache-2.0

//! What one side claims when it does not agree to how the other says that a device came back.

use crate::{disputes::Claim, settlement::Settled, Config, Error, Event, HoldReason, Pallet};
use frame_support::{ensure, pallet_prelude::DispatchError};
use sp_core::H256;
use sp_runtime::Perbill;
use tenure_primitives::{Balance, DisputeId, DisputeKind, LeaseId, Side};

impl<T: Config> Pallet<T> {
	/// The claimed amount is frozen; whatever else there is of the deposit goes to whom it belongs. What the
	/// payee lost comes before those who waited for the device: else a tenant could say that it is back,
	/// and have a straw man wait for it. Tells what became of the lease.
	pub(crate) fn do_contest_return(
		who: T::AccountId,
		id: LeaseId,
		claim: Balance,
		evidence: H256,
	) -> Result<Settled, DispatchError> {
		let (lease, mut custody) = Self::physical_lease(id)?;
		let by_tenant = Self::is_tenant(&who, &lease)?;
		let now = Self::now();
		let returned = custody.returned.as_mut().ok_or(Error::<T>::ReturnNotReported)?;
		ensure!(returned.by_tenant != by_tenant && !returned.is_final, Error::<T>::AlreadyReturned);
		let inspected = Self::time_is_over(returned.report.at, custody.inspection);
		ensure!(now < inspected, Error::<T>::InspectionOver);
		returned.answer = Some(evidence);
		returned.is_final = true;

		let owed = Self::payees_charge(&lease, &custody, now)?;
		let most = if by_tenant { Some(owed) } else { custody.held.checked_sub(owed) };
		ensure!(most.is_some_and(|most| claim <= most), Error::<T>::ClaimTooLarge);
		let (claimant, respondent, held_by) = if by_tenant {
			(lease.tenant.clone(), lease.payee.clone(), Side::Claimant)
		} else {
			(lease.payee.clone(), lease.tenant.clone(), Side::Respondent)
		};
		Self::open_dispute(Claim {
			id: DisputeId { lease: id, kind: DisputeKind::Damage },
			claimant,
			respondent,
			arbiter: lease.arbiter.clone().ok_or(Error::<T>::ArbiterMissing)?,
			amount: claim,
			held_by,
			held_for: HoldReason::DamageDeposit,
			protocol_share: Perbill::zero(),
			evidence,
		})?;
		custody.held = custody.held.checked_sub(claim).ok_or(Error::<T>::EscrowMismatch)?;
		if by_tenant {
			// It is between the two now whose that part of the charge is.
			custody.charged =
				custody.charged.checked_add(claim).ok_or(Error::<T>::AmountOverflow)?;
		}
		Self::deposit_event(Event::ReturnContested { lease: id, by_tenant, claim, evidence });

		let owed = if by_tenant { Self::payees_charge(&lease, &custody, now)? } else { owed };
		Self::pay_from_deposit(id, &lease, &mut custody, owed)?;
		Self::pay_late_claims(id, &lease, &mut custody, now)?;
		let rest = custody.held;
		Self::return_of_deposit(id, &lease.tenant, &mut custody, rest)?;
		Self::close_or_wait(id, lease, custody, now)
	}
}

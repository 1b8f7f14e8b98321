// SPDX-License-Identifier: Apache-2.0

//! Leases that are paid by receipts of their tenants: what is whose when they close.

use crate::{settlement::Closing, Config, Error, Event, Lease, LeaseOf, Pallet};
use frame_support::{pallet_prelude::DispatchError, storage::with_storage_layer};
use sp_runtime::Perbill;
use tenure_lease_math::{earned, penalty, rent, MathError, ReceiptLease, ReceiptSplit};
use tenure_primitives::{Balance, CancellationStep, CloseReason, EvidencePolicy, LeaseId, Units};

impl<AccountId> Lease<AccountId> {
	/// Whether it is paid by receipts of its tenant.
	pub fn is_co_signed(&self) -> bool {
		matches!(self.evidence, EvidencePolicy::CoSigned { .. })
	}

	/// What cancelling it just before its start would cost.
	pub fn last_step(&self) -> Perbill {
		CancellationStep::share_at(&self.cancellation, 0)
	}

	/// How its escrow is split once nobody can bring a receipt for more than `signed` seconds.
	pub fn split_by_receipts(&self, signed: u64) -> Result<ReceiptSplit, MathError> {
		let signed = signed.min(self.seconds());
		let left = self.ended_early && !self.is_revoked();
		let reservation_share = match self.evidence {
			EvidencePolicy::CoSigned { reservation_share, .. } => reservation_share,
			_ => Perbill::zero(),
		};
		ReceiptLease {
			signed,
			unsigned: self.seconds().saturating_sub(signed),
			least_share: if left { self.last_step() } else { Perbill::zero() },
			reservation_share,
			..self.unused()
		}
		.split()
	}

	/// How its escrow is split when its tenant cancels it for `share` of the rent.
	pub fn cancelled_by_receipts(&self, share: Perbill) -> Result<ReceiptSplit, MathError> {
		ReceiptLease { least_share: share, ..self.unused() }.split()
	}

	/// What its payee owes for the time that it cut off. Nobody is to blame for time without signature.
	/// Never more than the committed bond.
	pub fn penalty_for_cut_off(&self) -> Result<Balance, MathError> {
		let rent = earned(self.unit_price, self.unit_seconds, self.cut_off_seconds)?;
		let owed =
			penalty(self.owner_penalty, self.penalty_free_seconds, self.cut_off_seconds, rent);
		Ok(owed.min(self.bond))
	}

	fn unused(&self) -> ReceiptLease {
		ReceiptLease {
			units: self.units,
			unit_seconds: self.unit_seconds,
			unit_price: self.unit_price,
			signed: 0,
			unsigned: 0,
			cut_off: self.cut_off_seconds,
			least_share: Perbill::zero(),
			reservation_share: Perbill::zero(),
			fraction_share: self.fraction_share,
		}
	}
}

impl<T: Config> Pallet<T> {
	/// How a lease that is paid by receipts closes once nobody can bring one for more than `signed`
	/// seconds. Its units have gone back when this returns.
	pub(crate) fn closing_by_receipts(
		id: LeaseId,
		lease: &mut LeaseOf<T>,
		signed: u64,
	) -> Result<Closing, Error<T>> {
		if lease.force_retired {
			return Ok(Closing {
				reason: CloseReason::ForceRetired,
				proven: signed,
				gross: lease.earned(signed)?,
				penalty: 0,
				returned_units: 0,
			});
		}
		let penalty = lease.penalty_for_cut_off()?;
		let split = lease.split_by_receipts(signed)?;
		let (returned_units, gross) = Self::return_split(id, lease, split)?;
		Ok(Closing {
			reason: Self::reason_by_receipts(lease),
			proven: signed,
			gross,
			penalty,
			returned_units,
		})
	}

	/// Why a lease that is paid by receipts closes when it does.
	pub(crate) fn reason_by_receipts(lease: &LeaseOf<T>) -> CloseReason {
		if lease.force_retired {
			CloseReason::ForceRetired
		} else if lease.is_substituted() {
			CloseReason::Substituted
		} else if lease.is_revoked() {
			CloseReason::Revoked
		} else if lease.ended_early {
			CloseReason::EndedEarly
		} else {
			CloseReason::Completed
		}
	}

	/// Gives the units of `split` back. If that fails their price goes back in money, for as much as
	/// redeeming them gives at least: nothing may stop a lease from closing. Returns how many went back,
	/// and what is the payee's then.
	pub(crate) fn return_split(
		id: LeaseId,
		lease: &mut LeaseOf<T>,
		split: ReceiptSplit,
	) -> Result<(Units, Balance), Error<T>> {
		let units = split.returned_units;
		let returned: Result<(), DispatchError> =
			with_storage_layer(|| Self::return_units(lease, units));
		let Err(error) = returned else { return Ok((units, split.gross)) };
		let price = rent(units, lease.unit_price)?;
		let forgone = price
			.checked_sub(lease.fraction_share.mul_floor(price))
			.ok_or(Error::<T>::EscrowMismatch)?;
		Self::deposit_event(Event::UnitsNotReturned { lease: id, units, error });
		Ok((0, split.gross.checked_add(forgone).ok_or(Error::<T>::AmountOverflow)?))
	}
}

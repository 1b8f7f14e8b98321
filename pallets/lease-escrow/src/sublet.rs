// SPDX-License-Identifier: Apache-2.0

//! How a lease goes to another tenant: by offer and acceptance, with the rent that is not paid yet.

use crate::{
	custody::Outlook, types::LeaseOffer, Config, Error, Event, HoldReason, LeaseOf, LeaseOffers,
	Leases, LeasesByTenant, Pallet, Payouts,
};
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult},
	traits::{
		fungible::{hold::Mutate as _, Mutate as _},
		tokens::{Fortitude, Precision, Preservation, Restriction},
	},
};
use sp_core::H256;
use tenure_primitives::{
	traits::{Devices, TenantGate, UsageUnits},
	Acceptance, Balance, LeaseId, LeaseTerms, PublicKey, SeriesInfo,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_offer_lease(
		tenant: T::AccountId,
		id: LeaseId,
		to: T::AccountId,
		price: Balance,
	) -> DispatchResult {
		let mut lease = Self::lease_to_use(&tenant, id)?;
		ensure!(to != tenant, Error::<T>::AlreadyTenant);
		Self::check_sublet(id, &lease)?;
		if !lease.is_offered {
			lease.is_offered = true;
			Leases::<T>::insert(id, lease);
		}
		LeaseOffers::<T>::insert(id, LeaseOffer { to: to.clone(), price });
		Self::deposit_event(Event::LeaseOffered { lease: id, to, price });
		Ok(())
	}

	pub(crate) fn do_withdraw_lease_offer(tenant: T::AccountId, id: LeaseId) -> DispatchResult {
		let mut lease = Self::open_lease(id)?;
		ensure!(lease.tenant == tenant, Error::<T>::NotTenant);
		ensure!(lease.is_offered, Error::<T>::LeaseNotOffered);
		lease.is_offered = false;
		Leases::<T>::insert(id, lease);
		LeaseOffers::<T>::remove(id);
		Self::deposit_event(Event::LeaseOfferWithdrawn { lease: id });
		Ok(())
	}

	pub(crate) fn do_accept_lease(
		to: T::AccountId,
		id: LeaseId,
		access_key: PublicKey,
		legal_document: H256,
		max_price: Balance,
	) -> DispatchResult {
		let mut lease = Self::open_lease(id)?;
		let offer = LeaseOffers::<T>::get(id).ok_or(Error::<T>::LeaseNotOffered)?;
		ensure!(offer.to == to, Error::<T>::NotOfferedToYou);
		ensure!(!lease.force_retired && Self::now() < lease.until, Error::<T>::AlreadyOver);
		ensure!(offer.price <= max_price, Error::<T>::CostAboveMax);
		let series = Self::check_sublet(id, &lease)?;
		ensure!(legal_document == lease.legal_document, Error::<T>::WrongLegalDocument);
		let owner = T::Devices::device(lease.device)?.owner;
		ensure!(to != owner && to != lease.payee, Error::<T>::OwnDevice);
		ensure!(lease.arbiter.as_ref() != Some(&to), Error::<T>::ArbiterIsParty);
		Self::check_admitted(&to, &series.terms)?;
		T::TenantGate::admit(&to, lease.device)?;
		Self::keep_former_key(&mut lease, &access_key)?;

		let from = lease.tenant.clone();
		let rent = Self::pay_for_lease(id, &mut lease, &series.terms, &to, offer.price)?;
		LeasesByTenant::<T>::remove(&from, id);
		LeasesByTenant::<T>::insert(&to, id, ());
		LeaseOffers::<T>::remove(id);
		if lease.payout.take().is_some() {
			Payouts::<T>::remove(id);
		}
		lease.tenant = to.clone();
		lease.access_key = access_key;
		lease.is_offered = false;
		Self::rewrite_grant(lease.device, lease.grant(id));
		Leases::<T>::insert(id, lease);
		let price = offer.price;
		Self::deposit_event(Event::LeaseTransferred {
			lease: id,
			from,
			to,
			price,
			access_key,
			rent,
		});
		Ok(())
	}

	/// Whether the rest of the lease can be another tenant's. Its series. A device that is handed over may be
	/// with the tenant or not, but must not be on its way back.
	fn check_sublet(
		id: LeaseId,
		lease: &LeaseOf<T>,
	) -> Result<SeriesInfo<T::AccountId>, DispatchError> {
		ensure!(!lease.is_ending(), Error::<T>::AlreadyEnding);
		if lease.is_physical() {
			let custody = Self::custody_of(id)?;
			ensure!(custody.returned.is_none(), Error::<T>::AlreadyReturned);
			let outlook = Self::outlook(id, lease, &custody, Self::now());
			ensure!(matches!(outlook, Outlook::Waits(_)), Error::<T>::AlreadyOver);
		}
		let series = T::Units::series(lease.series)?;
		ensure!(series.sale.transferable, Error::<T>::SeriesNotTransferable);
		// Its owner agreed to this tenant only.
		ensure!(series.terms.acceptance == Acceptance::Automatic, Error::<T>::NeedsAcceptance);
		Ok(series)
	}

	/// Moves what the tenant of the lease has on hold for it to `to`, who pays it `price` and makes the
	/// deposits in its place. What it objected to stays where it is, in the dispute about that. Returns the
	/// rent that moved.
	fn pay_for_lease(
		id: LeaseId,
		lease: &mut LeaseOf<T>,
		terms: &LeaseTerms<T::AccountId>,
		to: &T::AccountId,
		price: Balance,
	) -> Result<Balance, DispatchError> {
		let deposit = Self::record_deposit(terms)?;
		let damage =
			if lease.is_physical() { Self::custody_of(id)?.held } else { Balance::default() };
		let total = deposit
			.checked_add(damage)
			.and_then(|total| total.checked_add(price))
			.ok_or(Error::<T>::AmountOverflow)?;
		Self::ensure_can_hold(to, total)?;
		T::Currency::hold(&HoldReason::LeaseRecord.into(), to, deposit)?;
		if damage > 0 {
			T::Currency::hold(&HoldReason::DamageDeposit.into(), to, damage)?;
		}
		// The deposits first: they leave an account that can receive any price.
		Self::release_held(HoldReason::LeaseRecord, &lease.tenant, lease.deposit)?;
		Self::release_held(HoldReason::DamageDeposit, &lease.tenant, damage)?;
		lease.deposit = deposit;
		if price > 0 {
			T::Currency::transfer(to, &lease.tenant, price, Preservation::Preserve)?;
		}
		let rent = lease.held().map_err(Error::<T>::from)?;
		if rent > 0 {
			T::Currency::transfer_on_hold(
				&HoldReason::Rent.into(),
				&lease.tenant,
				to,
				rent,
				Precision::Exact,
				Restriction::OnHold,
				Fortitude::Force,
			)?;
		}
		Ok(rent)
	}
}

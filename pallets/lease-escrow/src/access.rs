// SPDX-License-Identifier: Apache-2.0

//! What a tenant may change of its lease: the key that the device serves, and where it pays to.

use crate::{Config, Error, Event, LeaseOf, Leases, Pallet, Payouts, ACCESS_KEY_PAUSE};
use frame_support::{ensure, pallet_prelude::DispatchResult};
use sp_runtime::traits::{BlakeTwo256, Hash};
use tenure_primitives::{FormerKey, LeaseId, PayoutAddress, PublicKey};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_set_access_key(
		tenant: T::AccountId,
		id: LeaseId,
		access_key: PublicKey,
	) -> DispatchResult {
		let mut lease = Self::lease_to_use(&tenant, id)?;
		Self::keep_former_key(&mut lease, &access_key)?;
		lease.access_key = access_key;
		Self::rewrite_grant(lease.device, lease.grant(id));
		Leases::<T>::insert(id, lease);
		Self::deposit_event(Event::AccessKeyChanged { lease: id, access_key });
		Ok(())
	}

	/// Receipts of a key that is replaced stay good for the time up to now. One such key is kept: its
	/// device has [`ACCESS_KEY_PAUSE`] seconds to bring what the one before signed, and as much more as the
	/// chain stood still.
	pub(crate) fn keep_former_key(
		lease: &mut LeaseOf<T>,
		access_key: &PublicKey,
	) -> Result<(), Error<T>> {
		let now = Self::now();
		if !lease.is_co_signed() || now < lease.from || *access_key == lease.access_key {
			return Ok(());
		}
		let pause_end = |former: FormerKey| {
			Self::moved(former.until.saturating_add(ACCESS_KEY_PAUSE), former.until)
		};
		let lately = lease.former_key.is_some_and(|former| now < pause_end(former));
		ensure!(!lately, Error::<T>::AccessKeyChangedLately);
		lease.former_key = Some(FormerKey { key: lease.access_key, until: now });
		Ok(())
	}

	pub(crate) fn do_set_payout(
		tenant: T::AccountId,
		id: LeaseId,
		address: Option<PayoutAddress>,
	) -> DispatchResult {
		let mut lease = Self::lease_to_use(&tenant, id)?;
		ensure!(
			address.as_ref().is_none_or(|address| !address.is_empty()),
			Error::<T>::PayoutEmpty
		);
		let payout = address.as_ref().map(|address| BlakeTwo256::hash(address));
		Payouts::<T>::set(id, address);
		lease.payout = payout;
		Self::rewrite_grant(lease.device, lease.grant(id));
		Leases::<T>::insert(id, lease);
		Self::deposit_event(Event::PayoutChanged { lease: id, payout });
		Ok(())
	}

	/// The tenant's lease, if its owner has accepted it and it is not over.
	pub(crate) fn lease_to_use(tenant: &T::AccountId, id: LeaseId) -> Result<LeaseOf<T>, Error<T>> {
		let lease = Self::open_lease(id)?;
		ensure!(lease.tenant == *tenant, Error::<T>::NotTenant);
		ensure!(!lease.force_retired && Self::now() < lease.until, Error::<T>::AlreadyOver);
		ensure!(!lease.is_request(), Error::<T>::RequestPending);
		Ok(lease)
	}
}

// SPDX-License-Identifier: Apache-2.0

//! What a tenant may change of its lease: the key that the device serves, and where it pays to.

use crate::{Config, Error, Event, LeaseOf, Leases, Pallet, Payouts};
use frame_support::{ensure, pallet_prelude::DispatchResult};
use sp_runtime::traits::{BlakeTwo256, Hash};
use tenure_primitives::{LeaseId, PayoutAddress, PublicKey};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_set_access_key(
		tenant: T::AccountId,
		id: LeaseId,
		access_key: PublicKey,
	) -> DispatchResult {
		let mut lease = Self::lease_to_use(&tenant, id)?;
		lease.access_key = access_key;
		Self::rewrite_grant(lease.device, lease.grant(id));
		Leases::<T>::insert(id, lease);
		Self::deposit_event(Event::AccessKeyChanged { lease: id, access_key });
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

	/// The tenant's lease, if it is not over.
	pub(crate) fn lease_to_use(tenant: &T::AccountId, id: LeaseId) -> Result<LeaseOf<T>, Error<T>> {
		let lease = Self::open_lease(id)?;
		ensure!(lease.tenant == *tenant, Error::<T>::NotTenant);
		ensure!(!lease.force_retired && Self::now() < lease.until, Error::<T>::AlreadyOver);
		Ok(lease)
	}
}

// SPDX-License-Identifier: Apache-2.0

//! What must be true of hand-overs, returns and deposits between any two transactions.

use crate::{Config, Custodies, DevicesOut, HoldReason, LeaseOf, Pallet};
use alloc::collections::BTreeMap;
use frame_support::{ensure, traits::fungible::hold::Inspect};
use sp_runtime::TryRuntimeError;
use tenure_primitives::{Balance, LeaseId};

impl<T: Config> Pallet<T> {
	/// Checks that leases whose devices are handed over have a record, and no other ones; that what is on
	/// hold as deposits is the sum over the records; and that devices are where these say.
	pub(crate) fn custodies_agree(
		leases: &BTreeMap<LeaseId, LeaseOf<T>>,
	) -> Result<(), TryRuntimeError> {
		// Accounts without a deposit too: nothing may stay on hold there.
		let mut held: BTreeMap<T::AccountId, Balance> =
			frame_system::Account::<T>::iter_keys().map(|who| (who, 0)).collect();
		let (mut records, mut out) = (0usize, 0usize);
		for (id, custody) in Custodies::<T>::iter() {
			records = records.saturating_add(1);
			let lease = leases.get(&id).ok_or("custody of a lease that is not open")?;
			ensure!(lease.is_physical(), "custody of a device that stays with its owner");
			ensure!(
				custody.claimed() <= custody.held,
				"more of a deposit is claimed than is there"
			);
			ensure!(
				custody.claims.is_empty() || custody.takeover.is_some(),
				"claim on a deposit before the hand-over"
			);
			let parts = [custody.held, custody.compensated, custody.charged];
			let sum = parts.into_iter().fold(0, Balance::saturating_add);
			ensure!(sum <= custody.deposit, "more of a deposit is there than was made");
			ensure!(
				!lease.is_request() || custody.offer.is_none() && custody.takeover.is_none(),
				"device is handed over for a request"
			);
			if let Some(takeover) = custody.takeover {
				ensure!(custody.offer.is_some(), "device taken that was not offered");
				ensure!(
					lease.from <= takeover.served_from
						&& takeover.served_from <= takeover.report.at,
					"device serves before it can"
				);
			} else {
				ensure!(custody.returned.is_none(), "device back that was not taken");
				ensure!(custody.held == custody.deposit, "deposit used before the hand-over");
			}
			ensure!(
				custody.retired_at.is_none() || lease.force_retired,
				"device retired and its lease does not know"
			);
			let is_out = DevicesOut::<T>::get(lease.device) == Some(id);
			ensure!(custody.is_out() == is_out, "device is not where its lease says");
			out = out.saturating_add(is_out.into());
			let sum = held.entry(lease.tenant.clone()).or_default();
			*sum = sum.saturating_add(custody.held);
		}
		ensure!(
			leases.values().filter(|lease| lease.is_physical()).count() == records,
			"lease without the custody of its device"
		);
		ensure!(DevicesOut::<T>::iter_keys().count() == out, "device is out in no lease");
		for (who, sum) in held {
			ensure!(
				T::Currency::balance_on_hold(&HoldReason::DamageDeposit.into(), &who) == sum,
				"held deposits are not the sum over leases"
			);
		}
		Ok(())
	}
}

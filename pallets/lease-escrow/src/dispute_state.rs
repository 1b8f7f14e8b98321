// SPDX-License-Identifier: Apache-2.0

//! What must be true of disputes between any two transactions.

use crate::{Config, DisputeDeadlines, Disputes, HoldReason, LeaseOf, NextLeaseId, Pallet};
use alloc::collections::BTreeMap;
use frame_support::{ensure, traits::fungible::hold::Inspect};
use sp_runtime::TryRuntimeError;
use tenure_primitives::{Balance, DisputeId, DisputeKind, LeaseId};

type Result = core::result::Result<(), TryRuntimeError>;

impl<T: Config> Pallet<T> {
	/// Checks that what accounts have on hold as disputed and as bonds are the sums over the disputes, that
	/// each dispute has exactly one deadline, that an open lease whose rent is in dispute knows it, and that
	/// no arbiter is a party.
	pub(crate) fn disputes_agree(leases: &BTreeMap<LeaseId, LeaseOf<T>>) -> Result {
		// Accounts without a dispute too: nothing may stay on hold there.
		let mut held: BTreeMap<T::AccountId, (Balance, Balance)> =
			frame_system::Account::<T>::iter_keys().map(|who| (who, Default::default())).collect();
		let mut count = 0usize;
		for (lease, kind, dispute) in Disputes::<T>::iter() {
			count = count.saturating_add(1);
			ensure!(lease > 0 && lease < NextLeaseId::<T>::get(), "dispute about no lease");
			let id = DisputeId { lease, kind };
			ensure!(
				DisputeDeadlines::<T>::contains_key(crate::MinuteKey::from(dispute.due), id),
				"dispute without a deadline"
			);
			ensure!(
				dispute.arbiter != dispute.claimant && dispute.arbiter != dispute.respondent,
				"arbiter is a party"
			);
			let mut add = |who: &T::AccountId, amount: Balance, bond: Balance| {
				let (amounts, bonds) = held.entry(who.clone()).or_default();
				*amounts = amounts.saturating_add(amount);
				*bonds = bonds.saturating_add(bond);
			};
			add(dispute.holder_and_other().0, dispute.amount, 0);
			add(&dispute.claimant, 0, dispute.claimant_bond);
			add(&dispute.respondent, 0, dispute.respondent_bond);
			if let (DisputeKind::Rent, Some(lease)) = (kind, leases.get(&lease)) {
				ensure!(
					lease.review.frozen() == dispute.amount,
					"lease and the dispute about its rent differ"
				);
			}
		}
		ensure!(DisputeDeadlines::<T>::iter_keys().count() == count, "deadline of no dispute");
		for (who, (amounts, bonds)) in held {
			let on_hold = |reason: HoldReason| T::Currency::balance_on_hold(&reason.into(), &who);
			ensure!(
				on_hold(HoldReason::Disputed) == amounts,
				"held amounts are not the sum over disputes"
			);
			ensure!(
				on_hold(HoldReason::DisputeBond) == bonds,
				"held bonds are not the sum over disputes"
			);
		}
		for lease in leases.values() {
			ensure!(
				lease.review.window == 0 || lease.arbiter.is_some(),
				"nobody decides about objections to a lease"
			);
			ensure!(
				lease
					.arbiter
					.as_ref()
					.is_none_or(|arbiter| *arbiter != lease.tenant && *arbiter != lease.payee),
				"arbiter is a party"
			);
		}
		Ok(())
	}
}

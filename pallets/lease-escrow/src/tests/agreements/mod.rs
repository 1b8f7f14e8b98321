// SPDX-License-Identifier: Apache-2.0

//! Requests, other tenants, other devices and fleets, where devices are handed over, rent can be objected to
//! and arbiters are named.

mod fleets;
mod requests;
mod sublet;
mod substitute;

use super::*;
use crate::{Custodies, DevicesOut, Disputes, HoldReason, Leases, OwnerBond};
use frame_support::pallet_prelude::DispatchResult;
use sp_core::H256;
use tenure_primitives::{DisputeId, DisputeKind::Rent};

const CONDITION: H256 = H256([1; 32]);
/// The end of an hour that began at the start.
const END: Moment = START + HOUR;
/// Time to object, in seconds.
const WINDOW: u32 = 180;

fn ready(id: LeaseId) -> DispatchResult {
	LeaseEscrow::offer_handover(signed(OWNER), id, CONDITION)
}

fn take(who: AccountId, id: LeaseId) -> DispatchResult {
	LeaseEscrow::confirm_handover(signed(who), id, CONDITION)
}

fn bring(who: AccountId, id: LeaseId) -> DispatchResult {
	LeaseEscrow::report_return(signed(who), id, CONDITION).map(drop).map_err(|error| error.error)
}

fn object(who: AccountId, id: LeaseId, amount: Balance) -> DispatchResult {
	LeaseEscrow::object(signed(who), id, amount, CONDITION)
}

/// The deposits of `who`: for records, and against damage.
fn deposits_of(who: AccountId) -> [Balance; 2] {
	[HoldReason::LeaseRecord, HoldReason::DamageDeposit].map(|reason| held(reason, who))
}

/// What `who` has on hold in disputes: amounts and bonds.
fn disputed_of(who: AccountId) -> [Balance; 2] {
	[HoldReason::Disputed, HoldReason::DisputeBond].map(|reason| held(reason, who))
}

/// How much more or less everybody has than at the start: owner, tenant, other tenant, treasury, arbiter.
fn gains() -> [i128; 5] {
	[(OWNER, RICH), (TENANT, RICH), (OTHER, RICH), (TREASURY, ED), (ARBITER, RICH)]
		.map(|(who, before)| total(who) as i128 - before as i128)
}

/// Nobody has anything on hold, but the owner its bond.
fn nothing_is_left() {
	assert_eq!(Leases::<Runtime>::iter().count(), 0);
	assert_eq!(Custodies::<Runtime>::iter().count(), 0);
	assert_eq!(DevicesOut::<Runtime>::iter().count(), 0);
	assert_eq!(crate::Requests::<Runtime>::iter().count(), 0);
	assert_eq!(crate::LeaseOffers::<Runtime>::iter().count(), 0);
	assert_eq!(crate::Deadlines::<Runtime>::iter().count(), 0);
	for who in [TENANT, OTHER, ARBITER, KEEPER] {
		assert_eq!(free(who), total(who), "{who} has something on hold");
	}
	assert_eq!(bond_of(OWNER).committed, 0);
}

/// Why leases closed, and what of their rent went back.
fn closed() -> Vec<(LeaseId, CloseReason, Balance, Balance)> {
	events()
		.into_iter()
		.filter_map(|event| match event {
			Event::LeaseClosed { lease, reason, refunded, penalty, .. } => {
				Some((lease, reason, refunded, penalty))
			}
			_ => None,
		})
		.collect()
}

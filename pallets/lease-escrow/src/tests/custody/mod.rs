// SPDX-License-Identifier: Apache-2.0

//! Devices that tenants take home. An hour at 1,000 a minute, a deposit of 30,000; ten minutes for each side
//! of the hand-over, half an hour to inspect, ten minutes of grace, 1,500 a minute for being late, two hours
//! until the deposit is forfeit.

mod contested;
mod forced;
mod handover;
mod late;
mod lost;
mod parties;
mod random;
mod returning;
mod state;
mod time;

use super::*;
use crate::{Custodies, CustodyRecord, DevicesOut, HoldReason, Leases, OwnerBond};
use sp_core::H256;
use tenure_primitives::apis::LeaseState;

const CONDITION: H256 = H256([1; 32]);
/// The end of a lease that began at the start.
const END: Moment = START + HOUR;

fn offer(id: LeaseId) {
	assert_ok!(LeaseEscrow::offer_handover(signed(OWNER), id, CONDITION));
}

fn confirm(id: LeaseId) {
	assert_ok!(LeaseEscrow::confirm_handover(signed(lease(id).tenant), id, CONDITION));
}

fn report(who: AccountId, id: LeaseId) {
	assert_ok!(LeaseEscrow::report_return(signed(who), id, CONDITION));
}

/// An hour from now on, handed over at once.
fn taken() -> LeaseId {
	let id = rent(60);
	offer(id);
	confirm(id);
	id
}

fn custody(id: LeaseId) -> CustodyRecord<AccountId> {
	Custodies::<Runtime>::get(id).expect("the lease is open and physical")
}

fn deposit_of(who: AccountId) -> Balance {
	held(HoldReason::DamageDeposit, who)
}

fn state(id: LeaseId) -> LeaseState {
	LeaseEscrow::lease_details(id).expect("the lease is open").state
}

fn is_closed(id: LeaseId) -> bool {
	!Leases::<Runtime>::contains_key(id)
}

/// Nothing closes the lease before `due`; then the sweep does.
fn closes_at(id: LeaseId, due: Moment) {
	set_time(due - 1);
	poll();
	assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
	assert!(!is_closed(id), "closed too early");
	set_time(due.next_multiple_of(60));
	poll();
	assert!(is_closed(id), "not closed in time");
}

/// What closed leases were split into: reason, to payee and protocol, money back, units back, penalty.
fn closed() -> Vec<(CloseReason, Balance, Balance, u64, Balance)> {
	events()
		.into_iter()
		.filter_map(|event| match event {
			Event::LeaseClosed {
				reason,
				paid_to_payee,
				paid_to_protocol,
				refunded,
				returned_units,
				penalty,
				..
			} => Some((reason, paid_to_payee + paid_to_protocol, refunded, returned_units, penalty)),
			_ => None,
		})
		.collect()
}

/// How much the owner, the tenant and the treasury have more or less than at the start.
fn gains() -> [i128; 3] {
	[(OWNER, RICH), (TENANT, RICH), (TREASURY, ED)]
		.map(|(who, before)| total(who) as i128 - before as i128)
}

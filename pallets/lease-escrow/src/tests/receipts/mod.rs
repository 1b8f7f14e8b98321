// SPDX-License-Identifier: Apache-2.0

//! Leases that are paid by receipts of their tenants. Ten minutes at 1,000 each, a tenth of what is not
//! signed for is kept, and the part of a unit gives nine tenths of its price.

mod close;
mod exits;
mod forced;
mod key;
mod time;
mod worth;

use super::*;
use crate::{Leases, OwnerBond};

/// Whether the lease is closed.
fn is_closed(id: LeaseId) -> bool {
	!Leases::<Runtime>::contains_key(id)
}

/// No receipts come any more: the lease closes.
fn wait_for_close(id: LeaseId) {
	set_time(lease(id).until + RECEIPT_WINDOW - 1);
	poll();
	assert!(!is_closed(id));
	assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
	assert!(!is_closed(id));
	set_time(lease(id).until + RECEIPT_WINDOW);
	assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
	assert!(is_closed(id));
}

/// What closed leases were split into: reason, what the payee and the protocol got, money back, units
/// back, penalty.
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

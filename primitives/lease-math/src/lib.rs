// SPDX-License-Identifier: Apache-2.0

//! The arithmetic of leases, pure: no storage, no clock, no FRAME.
//!
//! Amounts are in the smallest unit of the currency, times in seconds. Nothing saturates and nothing
//! wraps: what does not fit is a [`MathError`]. Each function that rounds says in whose favour.

#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
	not(test),
	deny(
		clippy::arithmetic_side_effects,
		clippy::as_conversions,
		clippy::cast_possible_truncation,
		clippy::expect_used,
		clippy::float_arithmetic,
		clippy::indexing_slicing,
		clippy::panic,
		clippy::string_slice,
		clippy::todo,
		clippy::unimplemented,
		clippy::unreachable,
		clippy::unwrap_used
	)
)]

extern crate alloc;

pub mod accrual;
pub mod calendar;
pub mod custody;
pub mod disputes;
pub mod exits;
pub mod fleet;
pub mod keeper;
pub mod liveness;
pub mod objections;
pub mod outages;
pub mod receipts;
pub mod redeem;
pub mod revocation;

pub use accrual::{earned, penalty, protocol_fee, rent, window_rent, Settlement};
pub use calendar::{booked_seconds, free_slot, Slot, SlotTaken};
pub use custody::{
	compensation, handed_over_seconds, overdue_charge, overdue_seconds, Awaited, Handover,
};
pub use disputes::{DisputeSplit, Stakes};
pub use exits::{cancelled_units, early_end, CancellationStep, EarlyEnd};
pub use fleet::{FleetTime, LoadWindow};
pub use keeper::keeper_reward;
pub use liveness::{DayBits, MinuteRange, Pulse};
pub use objections::{Noted, Objection, Review};
pub use outages::{covered_seconds, excused_seconds, moved, Outage};
pub use receipts::{ReceiptLease, ReceiptSplit};
pub use redeem::RedeemShares;
pub use revocation::{revoked_before_start, undelivered};

/// Seconds of a minute, the resolution of proven time.
pub const MINUTE: u64 = 60;

/// Minutes of a day.
pub const MINUTES_PER_DAY: u32 = 1440;

/// Why a computation has no result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MathError {
	/// The result is larger than its type.
	Overflow,
	/// A divisor is zero.
	DivisionByZero,
	/// More is asked for than there is.
	Underflow,
}

/// The next whole minute at or after `moment`.
pub fn next_minute(moment: u64) -> Result<u64, MathError> {
	moment.checked_next_multiple_of(MINUTE).ok_or(MathError::Overflow)
}

// SPDX-License-Identifier: Apache-2.0

//! What is remembered of a device's reports.

use codec::{Decode, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use tenure_lease_math::{DayBits, Pulse};
use tenure_primitives::{LeaseId, Moment};

/// What is known of a device that has reported. Small while it is not leased.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Liveness {
	/// When it was last seen, and what else the next heartbeat is judged by.
	pub pulse: Pulse,
	/// Number of the block that it named last.
	pub named_block: u32,
	/// The lease whose minutes were proven last.
	pub tally: Option<Tally>,
	/// The day whose minutes were proven last.
	pub day: Option<DayRecord>,
}

/// Proven minutes of a lease.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Tally {
	/// The lease.
	pub lease: LeaseId,
	/// How many of its minutes are proven.
	pub minutes: u32,
}

/// Proven minutes of a day.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct DayRecord {
	/// Days since the Unix epoch.
	pub day: u32,
	/// Its proven minutes.
	pub bits: DayBits,
}

/// The newest receipt of a lease.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Receipt {
	/// Seconds that the lease's tenant has signed for, counted from its start.
	pub seconds: u64,
	/// When the receipt was recorded.
	pub at: Moment,
}

/// A day as a storage key: days since the Unix epoch, highest byte first, so that a device's days are
/// stored in their order.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Day([u8; 4]);

impl From<u32> for Day {
	fn from(day: u32) -> Self {
		Self(day.to_be_bytes())
	}
}

impl From<Day> for u32 {
	fn from(day: Day) -> Self {
		Self::from_be_bytes(day.0)
	}
}

// SPDX-License-Identifier: Apache-2.0

//! What the world sees of a lease.

use crate::{EvidencePolicy, LeaseId, Moment, PublicKey};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use sp_core::H256;

/// Most bytes of a payout address.
pub const MAX_PAYOUT_BYTES: u32 = 128;

/// Where a device that earns shall send what it earns: a wallet, or an account of a mining pool.
pub type PayoutAddress = BoundedVec<u8, ConstU32<MAX_PAYOUT_BYTES>>;

/// Whose key a device serves, and when.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Grant {
	/// The lease behind it.
	pub lease: LeaseId,
	/// The tenant's access key.
	pub access_key: PublicKey,
	/// From when the key opens the device.
	pub from: Moment,
	/// Until when (exclusive).
	pub until: Moment,
	/// Blake2-256 hash of the tenant's payout address, for devices that earn.
	pub payout: Option<H256>,
}

/// What a lock reads: one small value per device. The lock compares the times with its clock, so
/// that one lease follows another without a transaction.
#[derive(
	Clone,
	Copy,
	Default,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct AccessGrant {
	/// The first lease that is not over.
	pub current: Option<Grant>,
	/// The one after it.
	pub next: Option<Grant>,
}

impl AccessGrant {
	/// The grant that opens the device at `now`, if one does.
	pub fn at(&self, now: Moment) -> Option<Grant> {
		[self.current, self.next]
			.into_iter()
			.flatten()
			.find(|grant| grant.from <= now && now < grant.until)
	}
}

/// A lease as evidence sees it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct LeaseWindow {
	/// The lease.
	pub lease: LeaseId,
	/// Its start.
	pub from: Moment,
	/// Its end (exclusive).
	pub until: Moment,
	/// What counts as its service; of heartbeats, with the gap that holds for it.
	pub evidence: EvidencePolicy,
}

/// What is proven of a lease.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct Proof {
	/// Seconds of the lease that are proven so far. Never falls.
	pub seconds: u64,
	/// From when on nothing can be added to it.
	pub final_from: Moment,
}

/// Why a lease was closed.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum CloseReason {
	/// It ran to its end.
	#[codec(index = 0)]
	Completed,
	/// The tenant ended it early.
	#[codec(index = 1)]
	EndedEarly,
	/// The owner revoked it.
	#[codec(index = 2)]
	Revoked,
	/// The tenant cancelled it before its start.
	#[codec(index = 3)]
	Cancelled,
	/// The owner declined it or stayed silent.
	#[codec(index = 4)]
	Declined,
	/// The device was not handed over: its owner did not, or nobody could.
	#[codec(index = 5)]
	NoShow,
	/// More of it stayed undelivered than the terms leave free of penalty.
	#[codec(index = 6)]
	Unproven,
	/// The device was not returned.
	#[codec(index = 7)]
	Forfeited,
	/// Governance retired the device.
	#[codec(index = 9)]
	ForceRetired,
	/// Its device failed, and another of the fleet took over.
	#[codec(index = 10)]
	Substituted,
}

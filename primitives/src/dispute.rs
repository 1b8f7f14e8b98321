// SPDX-License-Identifier: Apache-2.0

//! Disputes about the money of a lease, and who decides them.
//!
//! A dispute is an amount that is frozen beside its lease until somebody says whose it is. Leases know
//! nobody who decides but the trait [`Arbitration`], and whoever decides knows no lease but the trait
//! [`Disputes`]: arbiters from a list today, others in their place later.

use crate::{Balance, LeaseId, Moment};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::dispatch::DispatchResult;
use scale_info::TypeInfo;
use sp_runtime::{DispatchError, Perbill};

/// What a dispute is about. A lease has at most one of each kind.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum DisputeKind {
	/// What became of the device in the tenant's hands.
	#[codec(index = 0)]
	Damage,
	/// Rent that is proven, but not deserved in the tenant's eyes.
	#[codec(index = 1)]
	Rent,
}

/// A dispute.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct DisputeId {
	/// The lease.
	pub lease: LeaseId,
	/// What about it.
	pub kind: DisputeKind,
}

/// One of the two sides of a dispute.
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
pub enum Side {
	/// Who made the claim.
	#[codec(index = 0)]
	Claimant,
	/// Against whom it is.
	#[codec(index = 1)]
	Respondent,
}

/// How a dispute ended.
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
pub enum DisputeOutcome {
	/// The respondent gave in: all is the claimant's.
	#[codec(index = 0)]
	Conceded,
	/// The respondent did not answer in time: all is the claimant's.
	#[codec(index = 1)]
	Unanswered,
	/// The claimant gave up: all is the respondent's.
	#[codec(index = 2)]
	Withdrawn,
	/// The arbiter split the amount.
	#[codec(index = 3)]
	Verdict {
		/// The claimant's share.
		claimant_share: Perbill,
	},
	/// Nobody decided in time: half each.
	#[codec(index = 4)]
	Undecided,
}

/// Who decides disputes, as leases see it.
pub trait Arbitration<AccountId> {
	/// Whether `who` can be named as arbiter when a lease is made.
	fn is_arbiter(who: &AccountId) -> bool;

	/// The dispute waits for its arbiter, until `deadline`.
	fn opened(dispute: DisputeId, arbiter: &AccountId, amount: Balance, deadline: Moment);

	/// The dispute is over, however it ended. It may not have been opened.
	fn closed(dispute: DisputeId);
}

impl<AccountId> Arbitration<AccountId> for () {
	fn is_arbiter(_: &AccountId) -> bool {
		false
	}

	fn opened(_: DisputeId, _: &AccountId, _: Balance, _: Moment) {}

	fn closed(_: DisputeId) {}
}

/// The disputes of leases, as whoever decides them sees it.
pub trait Disputes<AccountId> {
	/// Who may decide the dispute now; nobody if there is none or it does not wait for that.
	fn arbiter_of(dispute: DisputeId) -> Option<AccountId>;

	/// `arbiter` gives the claimant `claimant_share` of the amount. Fails when it may not. Whatever it
	/// does it does whole: the caller runs it in a storage layer.
	fn decided(dispute: DisputeId, claimant_share: Perbill, arbiter: &AccountId) -> DispatchResult;

	/// A dispute that waits for `arbiter`, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_dispute(arbiter: &AccountId) -> DisputeId;
}

impl<AccountId> Disputes<AccountId> for () {
	fn arbiter_of(_: DisputeId) -> Option<AccountId> {
		None
	}

	fn decided(_: DisputeId, _: Perbill, _: &AccountId) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_dispute(_: &AccountId) -> DisputeId {
		DisputeId { lease: 0, kind: DisputeKind::Damage }
	}
}

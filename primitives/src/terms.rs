// SPDX-License-Identifier: Apache-2.0

//! The terms of a lease, frozen in the series that sells it.
//!
//! The types are final; a series with a variant that no pallet serves yet is refused by name.

use crate::{Balance, Moment, Uri};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::Perbill;

use tenure_lease_math::MINUTE;

pub use tenure_lease_math::CancellationStep;

/// Most steps of a cancellation ladder.
pub const MAX_CANCELLATION_STEPS: u32 = 4;

/// What cancelling costs by the time left to the start, the longest notice first.
pub type CancellationLadder = BoundedVec<CancellationStep, ConstU32<MAX_CANCELLATION_STEPS>>;

/// Most accounts on an owner's allow or deny list.
pub const MAX_LISTED_ACCOUNTS: u32 = 32;

/// Most arbiters that terms can name.
pub const MAX_ARBITERS: u32 = 8;

/// The terms of every lease that a series sells.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct LeaseTerms<AccountId> {
	/// Shortest lease in seconds.
	pub min_duration: u32,
	/// Longest lease in seconds.
	pub max_duration: u32,
	/// How far ahead a lease may start, in seconds.
	pub advance_limit: u32,
	/// Pause that is kept free after each booking, in seconds.
	pub turnaround: u32,
	/// Who has to agree, and how.
	pub acceptance: Acceptance,
	/// What a tenant that cancels before the start loses.
	pub cancellation: CancellationLadder,
	/// Notice that a tenant gives to end a running lease, in seconds; it pays for that time.
	pub tenant_notice: u32,
	/// Notice that the owner gives to revoke a running lease, in seconds.
	pub owner_notice: u32,
	/// What the owner pays the tenant for time that it did not deliver, as a share of that time's rent,
	/// on top of giving the rent back.
	pub owner_penalty: Perbill,
	/// Share of the leased time that may stay undelivered without that penalty.
	pub penalty_free_share: Perbill,
	/// What the tenant deposits against theft and damage.
	pub damage_deposit: Balance,
	/// Who may decide a dispute; the tenant picks one when booking.
	pub arbiters: BoundedVec<AccountId, ConstU32<MAX_ARBITERS>>,
	/// Who has the device during the lease.
	pub custody: Custody,
	/// What counts as service.
	pub evidence: EvidencePolicy,
	/// How long after evidence is on chain the tenant may object to it, in seconds.
	pub objection_window: u32,
	/// The text that both sides agree to.
	pub legal: LegalText,
	/// Who may rent.
	pub admission: Admission<AccountId>,
	/// Issuer of a hardware endorsement that the device must carry.
	pub required_endorsement: Option<u32>,
	/// H3 cell that the device must stay in.
	pub geofence: Option<u64>,
}

/// How an owner agrees to a lease.
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
pub enum Acceptance {
	/// By offering the series.
	#[codec(index = 0)]
	Automatic,
	/// By accepting each request.
	#[codec(index = 1)]
	Manual {
		/// Seconds after which a silent owner has declined. No lease starts sooner.
		deadline: u32,
	},
}

/// Who has the device during the lease.
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
pub enum Custody {
	/// The owner; the tenant uses it over the network.
	#[codec(index = 0)]
	Remote,
	/// The tenant, from hand-over to return.
	#[codec(index = 1)]
	Physical {
		/// Time for the owner to hand the device over from the start on, and for the tenant to confirm that
		/// it has it, in seconds.
		handover_window: u32,
		/// Time for the owner to complain of a returned device, in seconds.
		inspection: u32,
		/// Time after the end within which a return is still in time, in seconds.
		return_grace: u32,
		/// What a late return costs, as a multiple of the rent in percent.
		overdue_percent: u16,
		/// Time after the end from which the deposit is forfeit, in seconds.
		forfeit_after: u32,
	},
}

impl Custody {
	/// Whether the tenant takes the device home.
	pub fn is_physical(&self) -> bool {
		matches!(self, Self::Physical { .. })
	}

	/// Time after the end within which a return is still in time, in seconds.
	pub fn return_grace(&self) -> u32 {
		match self {
			Self::Remote => 0,
			Self::Physical { return_grace, .. } => *return_grace,
		}
	}
}

/// What counts as service, and so what is paid.
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
pub enum EvidencePolicy {
	/// Cumulative receipts of the tenant's access key.
	#[codec(index = 0)]
	CoSigned {
		/// By how much the receipts may lag before the device stops serving, in seconds.
		max_lag: u32,
		/// What unsigned time costs the tenant for keeping the device free; at most a tenth.
		reservation_share: Perbill,
	},
	/// Minutes between heartbeats of the device.
	#[codec(index = 1)]
	Heartbeat {
		/// Longest pause between two heartbeats in seconds; the device's own holds if it is smaller.
		max_gap: u32,
	},
	/// A meter in the device.
	#[codec(index = 2)]
	Metered {
		/// Most that the meter may rise in a second.
		max_rate: u64,
	},
	/// Minutes with output for the tenant's payout address.
	#[codec(index = 3)]
	Output,
	/// The time between hand-over and return.
	#[codec(index = 4)]
	Clock,
}

impl EvidencePolicy {
	/// Longest pause between two heartbeats that counts as unbroken service, in seconds; nothing where
	/// heartbeats don't count.
	pub fn heartbeat_gap(&self) -> Option<u32> {
		match self {
			Self::Heartbeat { max_gap } => Some(*max_gap),
			_ => None,
		}
	}

	/// What starts, ends and lengths of leases are multiples of, in seconds: of a minute where minutes
	/// are what is proven.
	pub fn resolution(&self) -> Moment {
		match self {
			Self::Heartbeat { .. } | Self::Output => MINUTE,
			Self::CoSigned { .. } | Self::Metered { .. } | Self::Clock => 1,
		}
	}
}

/// The text that both sides agree to.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct LegalText {
	/// Blake2-256 hash of the text. The tenant names it when booking: that is the acceptance.
	pub document: H256,
	/// Where to find the text.
	pub uri: Uri,
}

/// Who may rent.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Admission<AccountId> {
	/// Anyone.
	#[codec(index = 0)]
	Anyone,
	/// Only these accounts.
	#[codec(index = 1)]
	Only(BoundedVec<AccountId, ConstU32<MAX_LISTED_ACCOUNTS>>),
	/// Anyone but these accounts.
	#[codec(index = 2)]
	Except(BoundedVec<AccountId, ConstU32<MAX_LISTED_ACCOUNTS>>),
	/// Whoever proves a credential of this issuer.
	#[codec(index = 3)]
	Credential(u32),
}

// SPDX-License-Identifier: Apache-2.0

//! What the pallets of Tenure share: identifiers, records, the traits through which they meet,
//! and the runtime APIs that answer people's questions.
//!
//! Calls go one way: registry ← usage token ← lease escrow → evidence. No pallet names another;
//! each sees its neighbours only through [`traits`], and each of those has an `impl` for `()`.

#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
	not(test),
	deny(
		clippy::arithmetic_side_effects,
		clippy::indexing_slicing,
		clippy::unwrap_used,
		clippy::panic,
		clippy::float_arithmetic,
		clippy::todo,
		clippy::unimplemented,
		clippy::string_slice
	)
)]

extern crate alloc;

pub mod apis;
pub mod device;
pub mod dispute;
pub mod key;
pub mod lease;
pub mod receipt;
pub mod report;
pub mod series;
pub mod terms;
pub mod traits;

pub use device::{
	Capabilities, Capability, CapabilityValue, DeviceClass, DeviceInfo, DeviceKey, DeviceStatus,
	FleetInfo, KeyRotation, Location, Metadata, Uri, MAX_CAPABILITIES, MAX_URI,
};
pub use dispute::{DisputeId, DisputeKind, DisputeOutcome, Side};
pub use key::{PublicKey, ReportSignature};
pub use lease::{
	AccessGrant, CloseReason, Grant, LeaseWindow, PayoutAddress, Proof, MAX_PAYOUT_BYTES,
};
pub use receipt::{FormerKey, ReceiptTerms, SignedReceipt};
pub use report::{NamedBlock, ReportBody, SignedReport};
pub use series::{RedeemShares, SaleConditions, SeriesInfo, Subject};
pub use terms::{
	Acceptance, Admission, CancellationLadder, CancellationStep, Custody, EvidencePolicy,
	LeaseTerms, LegalText, MAX_ARBITERS, MAX_LISTED_ACCOUNTS,
};

/// An amount of the native currency, in its smallest unit (10^-12 TNR).
pub type Balance = u128;

/// A moment in whole seconds since the Unix epoch, from block time.
pub type Moment = u64;

/// A device. Never used twice: a number below the next free one without a record is a retired device.
pub type DeviceId = u64;

/// A group of devices of one owner.
pub type FleetId = u64;

/// A series of usage tokens, and at the same time the id of its asset. The first is 1.
pub type SeriesId = u32;

/// A lease. Never used twice.
pub type LeaseId = u64;

/// Leases that were made together. Never used twice.
pub type GroupId = u64;

/// A whole number of usage tokens of one series.
pub type Units = u64;

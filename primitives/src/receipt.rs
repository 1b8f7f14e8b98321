// SPDX-License-Identifier: Apache-2.0

//! What tenants sign.
//!
//! A receipt says how many seconds of a lease were used so far. It counts from the start of the lease,
//! so that the newest one is worth all that came before it, and a lost one costs nothing. The signed
//! bytes are the SCALE encoding of a [`SignedReceipt`], by the lease's access key. They name the chain
//! and the lease.

use crate::{DeviceId, EvidencePolicy, LeaseId, Moment, PublicKey};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::H256;

/// First bytes of each receipt: keeps receipts apart from other signed messages.
pub const RECEIPT_CONTEXT: [u8; 14] = *b"tenure/receipt";

/// Version of the layout of [`SignedReceipt`].
pub const RECEIPT_VERSION: u8 = 1;

/// The bytes under a tenant's signature.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct SignedReceipt {
	context: [u8; 14],
	version: u8,
	genesis: H256,
	lease: LeaseId,
	seconds: u64,
}

impl SignedReceipt {
	/// `seconds` of the lease were used, on the chain with the genesis hash `genesis`.
	pub fn new(genesis: H256, lease: LeaseId, seconds: u64) -> Self {
		Self { context: RECEIPT_CONTEXT, version: RECEIPT_VERSION, genesis, lease, seconds }
	}

	/// What the tenant signs.
	pub fn signing_payload(&self) -> Vec<u8> {
		self.encode()
	}
}

/// A key that a lease's access key has taken the place of. What it signed before stays good.
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
pub struct FormerKey {
	/// The key.
	pub key: PublicKey,
	/// When it was replaced. Its receipts are good for time up to then.
	pub until: Moment,
}

/// A lease as receipts see it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct ReceiptTerms {
	/// The device.
	pub device: DeviceId,
	/// Start of the lease.
	pub from: Moment,
	/// Its end (exclusive).
	pub until: Moment,
	/// What counts as its service.
	pub evidence: EvidencePolicy,
	/// The key whose receipts count.
	pub access_key: PublicKey,
	/// The key before it.
	pub former_key: Option<FormerKey>,
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn payload_is_what_other_languages_build() {
		let payload = SignedReceipt::new(H256([1; 32]), 7, 3_600).signing_payload();
		let mut expected = b"tenure/receipt".to_vec();
		expected.push(1);
		expected.extend([1; 32]);
		expected.extend(7u64.to_le_bytes());
		expected.extend(3_600u64.to_le_bytes());
		assert_eq!(payload, expected);
	}
}

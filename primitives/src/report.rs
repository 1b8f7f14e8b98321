// SPDX-License-Identifier: Apache-2.0

//! What devices sign.
//!
//! The signed bytes are the SCALE encoding of a [`SignedReport`]. They name the chain, the device
//! and a recent block, so that a report can be made neither for another chain or device, nor ahead
//! of time, nor afterwards.

use crate::DeviceId;
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::H256;

/// First bytes of everything that a device signs: keeps reports apart from other signed messages.
pub const REPORT_CONTEXT: [u8; 13] = *b"tenure/report";

/// Version of the layout of [`SignedReport`].
pub const REPORT_VERSION: u8 = 1;

/// A recent block that a report names, by number and hash.
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
pub struct NamedBlock {
	/// Its number.
	pub number: u32,
	/// Its hash.
	pub block_hash: H256,
}

/// What a report says. Later kinds are appended.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum ReportBody<AccountId> {
	/// The device is on.
	#[codec(index = 0)]
	Heartbeat {
		/// A recent block.
		named_block: NamedBlock,
	},
	/// The device holds this key and serves this owner.
	#[codec(index = 1)]
	Activation {
		/// The owner in the device's record.
		owner: AccountId,
		/// A recent block.
		named_block: NamedBlock,
	},
}

/// The bytes under a device's signature.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct SignedReport<AccountId> {
	context: [u8; 13],
	version: u8,
	genesis: H256,
	device: DeviceId,
	body: ReportBody<AccountId>,
}

impl<AccountId: Encode> SignedReport<AccountId> {
	/// The report of `device` on the chain with the genesis hash `genesis`.
	pub fn new(genesis: H256, device: DeviceId, body: ReportBody<AccountId>) -> Self {
		Self { context: REPORT_CONTEXT, version: REPORT_VERSION, genesis, device, body }
	}

	/// What the device signs.
	pub fn signing_payload(&self) -> Vec<u8> {
		self.encode()
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn payload_is_what_other_languages_build() {
		let body: ReportBody<[u8; 32]> = ReportBody::Heartbeat {
			named_block: NamedBlock { number: 5, block_hash: H256([2; 32]) },
		};
		let payload = SignedReport::new(H256([1; 32]), 7, body).signing_payload();
		let mut expected = b"tenure/report".to_vec();
		expected.push(1);
		expected.extend([1; 32]);
		expected.extend(7u64.to_le_bytes());
		expected.push(0);
		expected.extend(5u32.to_le_bytes());
		expected.extend([2; 32]);
		assert_eq!(payload, expected);
	}
}

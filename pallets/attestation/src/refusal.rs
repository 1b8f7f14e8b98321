// SPDX-License-Identifier: Apache-2.0

//! Why the chain does not take a report of a device or a receipt of a tenant.
//!
//! What is refused never gets into a block, so there is neither an event nor a dispatch error: the
//! node that was asked answers with "invalid transaction" and, where none of the general reasons
//! fits, with the number of a [`Refusal`] ("Custom error: 8"). The general ones are:
//!
//! - *stale* ("Transaction is outdated"): the device has named this block or a later one before, so the
//!   report was on chain already or is superseded; or a receipt for as many seconds or more is;
//! - *bad proof* ("Transaction has a bad signature"): not signed by the device's key, or signed for
//!   another chain, device, owner or block; of a receipt, not signed by the access key of the lease,
//!   nor by the one before it for time before it was replaced, or signed for another chain, lease or
//!   number of seconds;
//! - *exhausts resources*: this block takes no more reports, or no more of devices that are not leased, or
//!   no more receipts; the next one will.

use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};

/// Why a report or a receipt is refused. The numbers are stable: none is ever changed or used again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Refusal {
	/// There never was a device of this number.
	UnknownDevice = 1,
	/// The device was retired.
	DeviceRetired = 2,
	/// The device has no key.
	NoKey = 3,
	/// The key of the device is not active yet: it has to send an activation first.
	KeyNotActive = 4,
	/// The key of the device is active already, and none is to take its place.
	KeyAlreadyActive = 5,
	/// The key is active for another device.
	KeyActiveElsewhere = 6,
	/// Neither an open series nor outstanding units are for the device.
	NotOffered = 7,
	/// The last report of the device, or the last receipt of the lease, is less than the shortest
	/// interval ago, which is longer for receipts after the end. As seen from the last block: another may be sent when the interval has passed at
	/// that block's time.
	TooSoon = 8,
	/// The named block is not on this chain: it is ahead, or has another hash.
	NamedBlockUnknown = 9,
	/// The named block is longer ago than is allowed.
	NamedBlockTooOld = 10,
	/// The signature is of another kind than the key of the device, or of the lease.
	WrongKindOfSignature = 11,
	/// The device is marked missing: its key cannot become active.
	DeviceMissing = 12,
	/// The key that is to take the place of the active one can't do so yet.
	KeyRotationNotDue = 13,
	/// There is no open lease of this number.
	UnknownLease = 14,
	/// The lease is not paid by receipts.
	NotCoSigned = 15,
	/// The lease ended too long ago: no more receipts count.
	ReceiptWindowOver = 16,
	/// The receipt is for more seconds of the lease than have passed. As seen from the last block.
	AheadOfTime = 17,
}

impl Refusal {
	/// Its number in `InvalidTransaction::Custom`.
	pub fn code(self) -> u8 {
		self as u8
	}
}

impl From<Refusal> for InvalidTransaction {
	fn from(refusal: Refusal) -> Self {
		Self::Custom(refusal.code())
	}
}

impl From<Refusal> for TransactionValidityError {
	fn from(refusal: Refusal) -> Self {
		Self::Invalid(refusal.into())
	}
}

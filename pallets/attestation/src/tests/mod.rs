// SPDX-License-Identifier: Apache-2.0

//! Tests, by theme. Those of the calls go the way of a real transaction: checked in the pool, checked
//! again in the block, dispatched.

#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used)]

mod activate;
mod evidence;
mod heartbeat;
mod model;
mod pool;
mod proof;
mod quota;
mod receipt_model;
mod receipts;
mod rotation;
mod state;

use crate::{mock::*, Event, Refusal};
use frame_support::assert_ok;
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};
use tenure_primitives::{traits::Evidence, DeviceId, EvidencePolicy, LeaseId, LeaseWindow, Moment};

/// Both the pool and the block refuse the call for this reason, and nothing changes.
#[track_caller]
fn assert_refused(call: RuntimeCall, reason: impl Into<InvalidTransaction>) {
	let expected = TransactionValidityError::Invalid(reason.into());
	assert_eq!(validate(call.clone()).unwrap_err(), expected);
	frame_support::assert_storage_noop!(assert_eq!(apply(call).unwrap_err(), expected));
}

/// The pool takes the call, the block takes it, and it does its work.
#[track_caller]
fn assert_taken(call: RuntimeCall) {
	assert_ok!(validate(call.clone()));
	assert_ok!(apply(call).unwrap());
}

/// A heartbeat of the device that has gone through the pool and the block.
#[track_caller]
fn beat(chip: &Chip, device: DeviceId) {
	assert_taken(chip.heartbeat(device, newest()));
}

/// Heartbeats of the device at these moments, counted from noon.
#[track_caller]
fn beat_at(chip: &Chip, device: DeviceId, seconds: impl IntoIterator<Item = Moment>) {
	for moment in seconds {
		advance_to(NOON + moment);
		beat(chip, device);
	}
}

fn proven_minutes(device: DeviceId, window: &LeaseWindow) -> u64 {
	Attestation::proven(device, window).seconds / 60
}

fn window(lease: LeaseId, from: Moment, until: Moment, max_gap: u32) -> LeaseWindow {
	LeaseWindow { lease, from, until, evidence: EvidencePolicy::Heartbeat { max_gap } }
}

/// A window counted in minutes from noon.
fn from_noon(lease: LeaseId, from: Moment, until: Moment, gap: u32) -> LeaseWindow {
	window(lease, NOON + from * 60, NOON + until * 60, gap)
}

fn recorded(device: DeviceId, proven_minutes: u32) -> RuntimeEvent {
	Event::HeartbeatRecorded { device, proven_minutes }.into()
}

#[test]
fn refusals_have_stable_numbers() {
	let numbers = [
		(Refusal::UnknownDevice, 1),
		(Refusal::DeviceRetired, 2),
		(Refusal::NoKey, 3),
		(Refusal::KeyNotActive, 4),
		(Refusal::KeyAlreadyActive, 5),
		(Refusal::KeyActiveElsewhere, 6),
		(Refusal::NotOffered, 7),
		(Refusal::TooSoon, 8),
		(Refusal::NamedBlockUnknown, 9),
		(Refusal::NamedBlockTooOld, 10),
		(Refusal::WrongKindOfSignature, 11),
		(Refusal::DeviceMissing, 12),
		(Refusal::KeyRotationNotDue, 13),
		(Refusal::UnknownLease, 14),
		(Refusal::NotCoSigned, 15),
		(Refusal::ReceiptWindowOver, 16),
		(Refusal::AheadOfTime, 17),
	];
	for (refusal, number) in numbers {
		assert_eq!(InvalidTransaction::from(refusal), InvalidTransaction::Custom(number));
	}
}

// SPDX-License-Identifier: Apache-2.0

//! How a device's key becomes active.

use super::*;
use tenure_primitives::{DeviceStatus, NamedBlock, ReportBody};

fn pending_device(chip: &Chip) -> DeviceId {
	register(OLGA, chip.key(false))
}

fn is_active(device: DeviceId) -> bool {
	Registry::get()[&device].key.unwrap().active
}

#[test]
fn device_activates_itself_and_is_seen() {
	build_and_execute(|| {
		for chip in [Chip::sr25519(1), Chip::ed25519(2), Chip::secp256k1(3)] {
			let device = pending_device(&chip);
			assert_taken(chip.activation(device, OLGA, newest()));
			assert!(is_active(device));
			assert_eq!(Attestation::last_seen(device), Some(Clock::get()));
			System::assert_last_event(recorded(device, 0));
		}
	});
}

#[test]
fn activation_is_the_first_heartbeat_of_a_run() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = pending_device(&chip);
		let lease = from_noon(1, 0, 10, 60);
		offer(device);
		lease_out(device, lease);
		advance_to(NOON + 60);
		assert_taken(chip.activation(device, OLGA, newest()));
		beat_at(&chip, device, [120]);
		assert_eq!(proven_minutes(device, &lease), 1);
	});
}

#[test]
fn device_that_is_not_offered_activates() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = pending_device(&chip);
		assert_taken(chip.activation(device, OLGA, newest()));
		next_block(60);
		assert_refused(chip.heartbeat(device, newest()), Refusal::NotOffered);
	});
}

#[test]
fn replayed_activation_is_refused() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = pending_device(&chip);
		let call = chip.activation(device, OLGA, newest());
		assert_taken(call.clone());
		assert_refused(call.clone(), Refusal::KeyAlreadyActive);
		// When its owner releases the key, old activations stay worthless.
		amend(device, |info| info.key.as_mut().unwrap().active = false);
		next_block(60);
		assert_refused(call, InvalidTransaction::Stale);
	});
}

#[test]
fn run_does_not_reach_over_an_activation() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		let lease = from_noon(1, 0, 10, 120);
		lease_out(device, lease);
		beat_at(&chip, device, [60, 120]);
		amend(device, |info| info.key.as_mut().unwrap().active = false);
		advance_to(NOON + 180);
		assert_taken(chip.activation(device, OLGA, newest()));
		beat_at(&chip, device, [240]);
		assert_eq!(proven_minutes(device, &lease), 2);
	});
}

#[test]
fn key_of_another_device_is_refused() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let first = pending_device(&chip);
		let second = register(OTTO, chip.key(false));
		assert_taken(chip.activation(first, OLGA, newest()));
		next_block(SLOT);
		assert_refused(chip.activation(second, OTTO, newest()), Refusal::KeyActiveElsewhere);
	});
}

#[test]
fn activation_for_another_owner_is_refused() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = pending_device(&chip);
		let call = chip.activation(device, OLGA, newest());
		amend(device, |info| info.owner = OTTO);
		assert_refused(call, InvalidTransaction::BadProof);
		assert_taken(chip.activation(device, OTTO, newest()));
	});
}

#[test]
fn activation_signed_by_another_key_for_another_chain_or_device_is_refused() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = pending_device(&chip);
		let named_block = newest();
		let body = ReportBody::Activation { owner: OLGA, named_block };
		let forged = Chip::sr25519(2).activation(device, OLGA, named_block);
		assert_refused(forged, InvalidTransaction::BadProof);
		for signature in [
			chip.sign_for(hash_of(9), device, body.clone()),
			chip.sign_for(genesis(), device + 1, body),
			chip.sign_for(genesis(), device, ReportBody::Heartbeat { named_block }),
		] {
			let call = crate::Call::activate { device, named_block, signature }.into();
			assert_refused(call, InvalidTransaction::BadProof);
		}
		assert!(!is_active(device));
	});
}

#[test]
fn device_that_cannot_activate_is_refused_by_name() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = pending_device(&chip);
		let call = || chip.activation(device, OLGA, newest());
		let other_kind = Chip::ed25519(1).activation(device, OLGA, newest());
		assert_refused(other_kind, Refusal::WrongKindOfSignature);
		assert_refused(chip.activation(77, OLGA, newest()), Refusal::UnknownDevice);
		amend(device, |info| info.status = DeviceStatus::Missing);
		assert_refused(call(), Refusal::DeviceMissing);
		amend(device, |info| info.key = None);
		assert_refused(call(), Refusal::NoKey);
		retire(device);
		assert_refused(call(), Refusal::DeviceRetired);
	});
}

#[test]
fn activation_must_name_a_recent_block() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = pending_device(&chip);
		advance_to(NOON + 300 * SLOT);
		let current = System::block_number();
		let call = |named_block| chip.activation(device, OLGA, named_block);
		assert_refused(call(named(current - 201)), Refusal::NamedBlockTooOld);
		assert_refused(call(named(current)), Refusal::NamedBlockUnknown);
		let elsewhere = NamedBlock { number: current - 1, block_hash: hash_of(9) };
		assert_refused(call(elsewhere), Refusal::NamedBlockUnknown);
		assert_taken(call(named(current - 200)));
	});
}

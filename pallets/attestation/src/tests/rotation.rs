// SPDX-License-Identifier: Apache-2.0

//! How another key takes the place of an active one, and how a released key comes back.

use super::*;
use tenure_primitives::{DeviceKey, DeviceStatus};

fn key_of(device: DeviceId) -> Option<DeviceKey> {
	Registry::get()[&device].key
}

#[test]
fn new_key_takes_over_once_its_time_has_come() {
	build_and_execute(|| {
		let [old, new] = [Chip::sr25519(1), Chip::ed25519(2)];
		let device = offered_device(&old);
		let due = NOON + 60;
		rotate(device, &new, due);
		advance_to(due - 1);
		for chip in [&old, &new] {
			let call = chip.activation(device, OLGA, newest());
			assert_refused(call, Refusal::KeyRotationNotDue);
		}
		assert_taken(old.heartbeat(device, newest()));

		advance_to(due + 30);
		assert_taken(new.activation(device, OLGA, newest()));
		assert_eq!(key_of(device), new.key(true));
		System::assert_last_event(recorded(device, 0));
		advance_to(due + 60);
		assert_refused(old.heartbeat(device, newest()), Refusal::WrongKindOfSignature);
		assert_taken(new.heartbeat(device, newest()));
		let again = new.activation(device, OLGA, newest());
		assert_refused(again, Refusal::KeyAlreadyActive);
	});
}

#[test]
fn old_key_reports_until_the_new_one_is_active() {
	build_and_execute(|| {
		let [old, new] = [Chip::sr25519(1), Chip::sr25519(2)];
		let device = offered_device(&old);
		rotate(device, &new, NOON + 60);
		advance_to(NOON + 300);
		assert_refused(new.heartbeat(device, newest()), InvalidTransaction::BadProof);
		beat(&old, device);
		advance_to(NOON + 360);
		// It can't keep the new one away, nor pass for it.
		assert_refused(old.activation(device, OLGA, newest()), InvalidTransaction::BadProof);
		assert_taken(new.activation(device, OLGA, newest()));
		advance_to(NOON + 420);
		assert_refused(old.heartbeat(device, newest()), InvalidTransaction::BadProof);
	});
}

#[test]
fn minutes_before_a_rotation_stay_and_the_run_begins_anew() {
	build_and_execute(|| {
		let [old, new] = [Chip::sr25519(1), Chip::sr25519(2)];
		let device = offered_device(&old);
		let lease = from_noon(1, 0, 10, 120);
		lease_out(device, lease);
		beat_at(&old, device, [60, 120, 180]);
		rotate(device, &new, NOON + 200);
		advance_to(NOON + 240);
		assert_taken(new.activation(device, OLGA, newest()));
		beat_at(&new, device, [300, 360]);
		// 12:01, 12:02, then 12:04 and 12:05: the minute of the change is nobody's.
		assert_eq!(proven_minutes(device, &lease), 4);
	});
}

#[test]
fn key_that_became_active_elsewhere_does_not_take_over() {
	build_and_execute(|| {
		let [old, new] = [Chip::sr25519(1), Chip::sr25519(2)];
		let device = offered_device(&old);
		rotate(device, &new, NOON);
		register(OTTO, new.key(true));
		let call = new.activation(device, OLGA, newest());
		assert_refused(call, Refusal::KeyActiveElsewhere);
	});
}

#[test]
fn missing_device_does_not_change_its_key() {
	build_and_execute(|| {
		let [old, new] = [Chip::sr25519(1), Chip::sr25519(2)];
		let device = offered_device(&old);
		for from in [NOON, NOON + 600] {
			rotate(device, &new, from);
			amend(device, |info| info.status = DeviceStatus::Missing);
			let call = new.activation(device, OLGA, newest());
			assert_refused(call, Refusal::DeviceMissing);
		}
		// What is leased is still judged.
		beat(&old, device);
	});
}

#[test]
fn released_key_comes_back_by_a_new_activation() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		beat(&chip, device);
		amend(device, |info| info.key.as_mut().unwrap().active = false);
		next_block(60);
		assert_refused(chip.heartbeat(device, newest()), Refusal::KeyNotActive);
		assert_taken(chip.activation(device, OLGA, newest()));
		next_block(60);
		beat(&chip, device);
	});
}

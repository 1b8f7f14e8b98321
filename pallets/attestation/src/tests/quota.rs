// SPDX-License-Identifier: Apache-2.0

//! How many reports a block takes, and of whom: five, three of them of idle devices.

use super::*;
use crate::{admission::LEASED_PRIORITY, ReportsInBlock};

const FULL: InvalidTransaction = InvalidTransaction::ExhaustsResources;

/// Offered devices with keys of these seeds.
fn offered(seeds: core::ops::Range<u8>) -> Vec<(Chip, DeviceId)> {
	seeds
		.map(|seed| {
			let chip = Chip::sr25519(seed);
			let device = offered_device(&chip);
			(chip, device)
		})
		.collect()
}

/// The same, leased for ten minutes from noon.
fn leased(seeds: core::ops::Range<u8>) -> Vec<(Chip, DeviceId)> {
	let devices = offered(seeds);
	for (_, device) in &devices {
		lease_out(*device, from_noon(*device, 0, 10, 120));
	}
	devices
}

/// An activation of a new device.
fn activation(seed: u8) -> RuntimeCall {
	let chip = Chip::sr25519(seed);
	chip.activation(register(OLGA, chip.key(false)), OLGA, newest())
}

#[track_caller]
fn assert_reports(total: u32, idle: u32) {
	assert_eq!(ReportsInBlock::<Test>::get(), (System::block_number(), total, idle, 0));
}

#[test]
fn leased_devices_may_use_the_whole_block() {
	build_and_execute(|| {
		let devices = leased(1..7);
		for (chip, device) in &devices[..5] {
			beat(chip, *device);
		}
		assert_reports(5, 0);
		let one_more = devices[5].0.heartbeat(devices[5].1, newest());
		let activation = activation(9);
		assert_refused(one_more.clone(), FULL);
		assert_refused(activation.clone(), FULL);
		next_block(SLOT);
		assert_taken(one_more);
		assert_taken(activation);
		assert_reports(2, 1);
	});
}

#[test]
fn idle_devices_leave_room_for_leased_ones() {
	build_and_execute(|| {
		let (idle, leased) = (offered(1..5), leased(11..14));
		for (chip, device) in &idle[..3] {
			beat(chip, *device);
		}
		let one_more = idle[3].0.heartbeat(idle[3].1, newest());
		assert_refused(one_more.clone(), FULL);
		assert_refused(activation(9), FULL);
		for (chip, device) in &leased[..2] {
			beat(chip, *device);
		}
		assert_reports(5, 3);
		assert_refused(leased[2].0.heartbeat(leased[2].1, newest()), FULL);
		next_block(SLOT);
		assert_taken(one_more);
		assert_reports(1, 1);
	});
}

#[test]
fn activations_count_as_idle() {
	build_and_execute(|| {
		let (idle, leased) = (offered(1..2), leased(11..12));
		for seed in 21..24 {
			assert_taken(activation(seed));
		}
		assert_reports(3, 3);
		assert_refused(activation(24), FULL);
		assert_refused(idle[0].0.heartbeat(idle[0].1, newest()), FULL);
		beat(&leased[0].0, leased[0].1);
		assert_reports(4, 3);
	});
}

#[test]
fn quota_is_asked_before_the_signature() {
	build_and_execute(|| {
		let idle = offered(1..5);
		for (chip, device) in &idle[..3] {
			beat(chip, *device);
		}
		let forged = Chip::sr25519(99).heartbeat(idle[3].1, newest());
		assert_refused(forged.clone(), FULL);
		next_block(SLOT);
		assert_refused(forged, InvalidTransaction::BadProof);
	});
}

/// Whether a heartbeat of the device now is taken as that of a leased one, by the pool and the block.
#[track_caller]
fn beats_as_leased(chip: &Chip, device: DeviceId) -> bool {
	let call = chip.heartbeat(device, newest());
	let leased = validate(call.clone()).unwrap().priority >= LEASED_PRIORITY;
	let before = Attestation::reports_so_far().idle;
	assert_taken(call);
	assert_eq!(Attestation::reports_so_far().idle == before, leased);
	leased
}

#[test]
fn device_is_leased_from_the_start_of_its_lease_to_the_first_heartbeat_after_it() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		lease_out(device, from_noon(1, 2, 4, 60));
		let at = |seconds| {
			advance_to(NOON + seconds);
			beats_as_leased(&chip, device)
		};
		assert!(!at(30));
		assert!(!at(60));
		assert!(at(120));
		assert!(at(180));
		assert!(at(270));
		assert!(!at(300));
	});
}

#[test]
fn lease_that_passed_in_a_pause_counts_as_long_as_a_pause_can_prove_anything() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		beat(&chip, device);
		let seen = Clock::get();
		lease_out(device, from_noon(1, 10, 20, 60));
		let after = |pause| {
			Clock::set(seen + pause);
			next_block(0);
			validate(chip.heartbeat(device, newest())).unwrap().priority >= LEASED_PRIORITY
		};
		assert!(after(86_400));
		assert!(!after(86_401));
		// One that is running is served anew, however long the device was off.
		lease_out(device, window(2, seen + 86_400, seen + 90_000, 60));
		assert!(after(86_401));
		assert!(beats_as_leased(&chip, device));
	});
}

#[test]
fn first_heartbeat_counts_for_the_lease_that_runs() {
	build_and_execute(|| {
		let devices = offered(1..4);
		lease_out(devices[0].1, window(1, NOON - 600, Clock::get() + 1, 60));
		lease_out(devices[1].1, window(2, NOON - 600, Clock::get(), 60));
		lease_out(devices[2].1, window(3, Clock::get() + 1, NOON + 600, 60));
		let leased = devices.iter().map(|(chip, device)| beats_as_leased(chip, *device));
		assert_eq!(leased.collect::<Vec<_>>(), vec![true, false, false]);
	});
}

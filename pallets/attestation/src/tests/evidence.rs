// SPDX-License-Identifier: Apache-2.0

//! What leases are told.

use super::*;
use crate::{Livenesses, ProvenMinutes};
use tenure_primitives::Proof;

#[test]
fn nothing_is_proven_of_a_device_never_seen() {
	build_and_execute(|| {
		let lease = from_noon(1, 0, 10, 120);
		let nothing = Proof { seconds: 0, final_from: lease.until };
		assert_eq!(Attestation::proven(5, &lease), nothing);
		assert_eq!(Attestation::last_seen(5), None);
		assert_eq!(Attestation::liveness(5), None);
		Attestation::released(5, &lease);
	});
}

#[test]
fn proof_is_final_when_no_heartbeat_can_add_to_it() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		let lease = from_noon(1, 0, 10, 120);
		lease_out(device, lease);
		beat_at(&chip, device, [60]);
		assert_eq!(Attestation::proven(device, &lease).final_from, lease.until);
		beat_at(&chip, device, [180, 300, 420, 540]);
		// One more until 12:11 would prove the last minute.
		assert_eq!(Attestation::proven(device, &lease).final_from, NOON + 661);
		beat_at(&chip, device, [660]);
		let proof = Attestation::proven(device, &lease);
		assert_eq!(proof, Proof { seconds: 540, final_from: lease.until });
	});
}

#[test]
fn silence_at_the_end_is_remembered_when_the_device_is_back() {
	// Within the longest gap that counts, and longer.
	for back in [900, 2 * 86_400] {
		build_and_execute(|| {
			let chip = Chip::sr25519(1);
			let device = offered_device(&chip);
			let (lease, next) = (from_noon(1, 0, 10, 120), from_noon(2, 12, 14, 120));
			lease_out(device, lease);
			lease_out(device, next);
			beat_at(&chip, device, [540]);
			let proof = Attestation::proven(device, &lease);
			assert_eq!(proof.final_from, NOON + 661);
			Clock::set(NOON + back - SLOT);
			next_block(SLOT);
			beat(&chip, device);
			beat_at(&chip, device, [back + 60]);
			assert_eq!(Attestation::proven(device, &lease), proof);
			// It was not seen before the start of this one: final at the end.
			assert_eq!(Attestation::proven(device, &next).final_from, next.until);
			assert_eq!(crate::SilentEnds::<Test>::iter().count(), 2);
			Attestation::released(device, &lease);
			close_lease(device, 1);
			assert_eq!(crate::SilentEnds::<Test>::iter_keys().collect::<Vec<_>>(), [2]);
			Attestation::released(device, &next);
			close_lease(device, 2);
			assert_eq!(crate::SilentEnds::<Test>::iter().count(), 0);
		});
	}
}

#[test]
fn minutes_of_a_lease_stay_until_it_is_released() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		let (first, second) = (from_noon(1, 0, 5, 120), from_noon(2, 5, 10, 120));
		lease_out(device, first);
		lease_out(device, second);
		beat_at(&chip, device, (60..=660).step_by(60));
		assert_eq!((proven_minutes(device, &first), proven_minutes(device, &second)), (4, 5));

		Attestation::released(device, &first);
		close_lease(device, 1);
		assert_eq!((proven_minutes(device, &first), proven_minutes(device, &second)), (0, 5));
		Attestation::released(device, &second);
		close_lease(device, 2);
		assert_eq!(proven_minutes(device, &second), 0);
		assert_eq!(ProvenMinutes::<Test>::iter().count(), 0);
		assert_eq!(Livenesses::<Test>::get(device).unwrap().tally, None);
	});
}

#[test]
fn released_lease_does_not_touch_another() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		let lease = from_noon(1, 0, 5, 120);
		lease_out(device, lease);
		beat_at(&chip, device, [60, 120]);
		Attestation::released(device, &from_noon(9, 20, 30, 120));
		assert_eq!(proven_minutes(device, &lease), 1);
	});
}

#[test]
#[cfg(feature = "runtime-benchmarks")]
fn benchmarks_can_have_a_lease_served() {
	build_and_execute(|| {
		let lease = from_noon(1, 0, 10, 120);
		Clock::set(lease.until + 200);
		Attestation::benchmark_served(5, &lease, Clock::get());
		let proof = Attestation::proven(5, &lease);
		assert_eq!(proof, Proof { seconds: 600, final_from: lease.until });
		Attestation::released(5, &lease);
		assert_eq!(Attestation::proven(5, &lease).seconds, 0);
	});
}

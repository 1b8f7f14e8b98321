// SPDX-License-Identifier: Apache-2.0

//! Which minutes heartbeats prove.

use super::*;
use crate::{Day, ProvenDays, ProvenMinutes, Tally};

#[test]
fn three_silent_minutes_of_ten_are_not_proven() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		let lease = from_noon(1, 10, 20, 120);
		lease_out(device, lease);
		beat_at(&chip, device, (540..=780).step_by(60));
		beat_at(&chip, device, (960..=1_200).step_by(60));
		assert_eq!(proven_minutes(device, &lease), 7);
		let bits = Attestation::proven_day(device, 20_000);
		assert_eq!(bits.count(730, 733), 3);
		assert_eq!(bits.count(733, 736), 0);
		assert_eq!(bits.count(736, 740), 4);
		assert_eq!(bits.count(0, 1_440), 7);
	});
}

#[test]
fn minutes_that_a_silence_cuts_are_not_proven() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		let lease = from_noon(1, 10, 20, 120);
		lease_out(device, lease);
		// Silent from 12:12:45 to 12:16:05: minute 12 and minute 16 are not wholly inside a run.
		beat_at(&chip, device, (540..=765).step_by(45));
		beat_at(&chip, device, (965..=1_240).step_by(45));
		assert_eq!(proven_minutes(device, &lease), 5);
		let bits = Attestation::proven_day(device, 20_000);
		assert_eq!(bits.count(730, 732), 2);
		assert_eq!(bits.count(732, 737), 0);
		assert_eq!(bits.count(737, 740), 3);
	});
}

#[test]
fn event_names_what_is_newly_proven() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		lease_out(device, from_noon(1, 0, 10, 120));
		beat_at(&chip, device, [30]);
		System::assert_last_event(recorded(device, 0));
		beat_at(&chip, device, [90]);
		System::assert_last_event(recorded(device, 0));
		beat_at(&chip, device, [190]);
		System::assert_last_event(recorded(device, 2));
		beat_at(&chip, device, [225]);
		System::assert_last_event(recorded(device, 0));
	});
}

#[test]
fn strict_lease_and_lenient_lease_judge_the_same_pause() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		let (strict, lenient) = (from_noon(1, 0, 10, 60), from_noon(2, 10, 20, 180));
		lease_out(device, strict);
		lease_out(device, lenient);
		beat_at(&chip, device, (60..=1_260).step_by(90));
		assert_eq!(proven_minutes(device, &strict), 0);
		assert_eq!(proven_minutes(device, &lenient), 10);
	});
}

#[test]
fn pause_as_long_as_the_gap_is_unbroken_and_a_second_more_is_not() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		let lease = from_noon(1, 0, 30, 120);
		lease_out(device, lease);
		beat_at(&chip, device, [60, 180]);
		assert_eq!(proven_minutes(device, &lease), 2);
		beat_at(&chip, device, [301]);
		assert_eq!(proven_minutes(device, &lease), 2);
		beat_at(&chip, device, [421]);
		// Minute 5 began in the broken pause.
		assert_eq!(proven_minutes(device, &lease), 3);
	});
}

#[test]
fn one_heartbeat_proves_minutes_of_two_leases() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		let (first, second) = (from_noon(1, 0, 5, 600), from_noon(2, 5, 10, 600));
		lease_out(device, first);
		lease_out(device, second);
		beat_at(&chip, device, [120, 540]);
		System::assert_last_event(recorded(device, 7));
		assert_eq!((proven_minutes(device, &first), proven_minutes(device, &second)), (3, 4));
		assert_eq!(ProvenMinutes::<Test>::get(1), Some(3));
		let tally = Attestation::liveness(device).unwrap().tally;
		assert_eq!(tally, Some(Tally { lease: 2, minutes: 4 }));
	});
}

#[test]
fn interrupted_lease_goes_on_counting() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		let lease = from_noon(1, 0, 30, 60);
		lease_out(device, lease);
		beat_at(&chip, device, [60, 120]);
		lease_out(device, from_noon(2, 2, 3, 60));
		close_lease(device, 1);
		beat_at(&chip, device, [180]);
		assert_eq!(ProvenMinutes::<Test>::get(1), Some(1));
		close_lease(device, 2);
		Attestation::released(device, &from_noon(2, 2, 3, 60));
		lease_out(device, lease);
		beat_at(&chip, device, [240]);
		assert_eq!(proven_minutes(device, &lease), 2);
		// The double let two leases overlap, which no calendar does: the bits are of both.
		close_lease(device, 1);
	});
}

#[test]
fn run_goes_on_across_midnight() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		let next_midnight = MIDNIGHT + 86_400;
		let lease = window(1, next_midnight - 300, next_midnight + 300, 120);
		lease_out(device, lease);
		advance_to(next_midnight - 330);
		for moment in [330, 230, 130, 30] {
			advance_to(next_midnight - moment);
			beat(&chip, device);
		}
		assert_eq!(proven_minutes(device, &lease), 4);
		assert_eq!(ProvenDays::<Test>::iter().count(), 0);
		advance_to(next_midnight + 70);
		beat(&chip, device);
		assert_eq!(proven_minutes(device, &lease), 6);
		let before = ProvenDays::<Test>::get(device, Day::from(20_000)).unwrap();
		assert_eq!(before.count(1_435, 1_440), 5);
		assert_eq!(Attestation::liveness(device).unwrap().day.unwrap().day, 20_001);
		assert_eq!(Attestation::proven_day(device, 20_000), before);
		assert_eq!(Attestation::proven_day(device, 20_001).count(0, 1), 1);
	});
}

#[test]
fn day_is_put_away_when_the_device_is_idle_and_taken_up_again() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		let (first, second) = (from_noon(1, 0, 5, 120), from_noon(2, 20, 25, 120));
		lease_out(device, first);
		lease_out(device, second);
		beat_at(&chip, device, (60..=600).step_by(60));
		assert_eq!(Attestation::liveness(device).unwrap().day, None);
		assert!(ProvenDays::<Test>::contains_key(device, Day::from(20_000)));
		beat_at(&chip, device, (660..=1_500).step_by(60));
		assert!(!ProvenDays::<Test>::contains_key(device, Day::from(20_000)));
		assert_eq!(Attestation::proven_day(device, 20_000).count(0, 1_440), 9);
	});
}

#[test]
fn days_are_kept_as_long_as_agreed() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		let day = |number: u64| MIDNIGHT + number * 86_400;
		for number in 1..=9 {
			let lease = window(number, day(number), day(number) + 120, 120);
			lease_out(device, lease);
			Clock::set(day(number));
			beat_at(&chip, device, [day(number) + 60 - NOON, day(number) + 150 - NOON]);
			assert_eq!(proven_minutes(device, &lease), 1);
			Attestation::released(device, &lease);
			close_lease(device, number);
		}
		// The ninth day is being written, and four days before the eighth are kept.
		let mut kept: Vec<u32> =
			ProvenDays::<Test>::iter_key_prefix(device).map(u32::from).collect();
		kept.sort_unstable();
		assert_eq!(kept, vec![20_004, 20_005, 20_006, 20_007, 20_008]);
	});
}

#[test]
fn gap_of_a_lease_counts_up_to_the_longest() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		let lease = window(1, NOON, NOON + 10 * 86_400, u32::MAX);
		lease_out(device, lease);
		beat(&chip, device);
		let seen = Clock::get();
		Clock::set(seen + 86_400);
		next_block(0);
		beat(&chip, device);
		assert_eq!(proven_minutes(device, &lease), 1_439);
		Clock::set(Clock::get() + 86_401);
		next_block(0);
		beat(&chip, device);
		assert_eq!(proven_minutes(device, &lease), 1_439);
		let proof = Attestation::proven(device, &lease);
		assert_eq!(proof.final_from, lease.until);
	});
}

#[test]
fn heartbeat_before_and_after_a_lease_proves_its_edges() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		let lease = from_noon(1, 2, 4, 120);
		lease_out(device, lease);
		beat_at(&chip, device, [90, 150]);
		assert_eq!(proven_minutes(device, &lease), 0);
		beat_at(&chip, device, [270]);
		assert_eq!(proven_minutes(device, &lease), 2);
	});
}

// SPDX-License-Identifier: Apache-2.0

//! Random heartbeats and leases against the rule as it is written.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;
use tenure_primitives::ReportSignature;

/// What can happen.
#[derive(Clone, Debug)]
enum Step {
	/// The device sends a heartbeat after so many seconds.
	Beat(Moment),
	/// A lease of so many minutes, so many minutes after the last one, with this gap.
	Lease(Moment, Moment, u32),
	/// Leases whose proof is final are closed.
	Close,
}

fn step() -> impl Strategy<Value = Step> {
	let pause = prop_oneof![
		6 => 30u64..=130,
		2 => prop::sample::select(vec![30u64, 60, 61, 119, 120, 121, 180, 3_600]),
		1 => 130u64..20_000,
		1 => 80_000u64..90_000,
	];
	prop_oneof![
		12 => pause.prop_map(Step::Beat),
		2 => (0u64..8, 1u64..40, 60u32..=400).prop_map(|(pause, length, gap)| Step::Lease(pause, length, gap)),
		1 => (0u64..3, 100u64..3_000, 60u32..=100_000)
			.prop_map(|(pause, length, gap)| Step::Lease(pause, length, gap)),
		1 => Just(Step::Close),
	]
}

fn gap_of(window: &LeaseWindow) -> u64 {
	window.evidence.heartbeat_gap().unwrap().min(86_400).into()
}

/// A minute is proven when each two neighbouring heartbeats that touch it are no further apart than
/// the gap, and it lies between the first and the last.
fn by_the_book(beats: &[Moment], window: &LeaseWindow) -> BTreeSet<u64> {
	let gap = gap_of(window);
	(window.from.div_ceil(60)..window.until / 60)
		.filter(|minute| {
			let (start, end) = (minute * 60, minute * 60 + 60);
			let Some(first) = beats.iter().rposition(|beat| *beat <= start) else { return false };
			let Some(last) = beats.iter().position(|beat| *beat >= end) else { return false };
			beats[first..=last].windows(2).all(|pair| pair[1] - pair[0] <= gap)
		})
		.collect()
}

/// One more heartbeat just in time proves more, or there is nothing to add since the end. What comes
/// later does not change when that was.
fn final_by_the_book(beats: &[Moment], window: &LeaseWindow) -> Moment {
	let after = beats.iter().position(|beat| *beat >= window.until);
	let before = after.unwrap_or(beats.len()).checked_sub(1).map(|index| beats[index]);
	let Some(before) = before else { return window.until };
	let too_late = before + gap_of(window) + 1;
	match after.map(|index| beats[index]) {
		Some(next) if next < too_late => window.until,
		_ => too_late.max(window.until),
	}
}

/// A heartbeat that was admitted: the signature is not looked at any more.
fn admitted_beat(device: DeviceId, pause: Moment) {
	next_block(pause);
	let signature = ReportSignature::Sr25519([0; 64]);
	assert_ok!(Attestation::heartbeat(authorized(), device, newest(), signature));
}

/// Lets all of it happen to one device; returns how much was proven of leases that were closed.
fn run(steps: Vec<Step>, start: Moment) {
	let device = offered_device(&Chip::sr25519(1));
	Clock::set(start);
	let mut beats: Vec<Moment> = Vec::new();
	let mut leases: Vec<LeaseWindow> = Vec::new();
	let (mut free_from, mut next_lease) = (0, 1);
	for step in steps {
		match step {
			Step::Beat(pause) => {
				admitted_beat(device, pause);
				beats.push(Clock::get());
			}
			Step::Lease(pause, length, gap) if leases.len() < 60 => {
				let from = (free_from.max(Clock::get().next_multiple_of(60))) + pause * 60;
				free_from = from + length * 60;
				let lease = window(next_lease, from, free_from, gap);
				next_lease += 1;
				lease_out(device, lease);
				leases.push(lease);
			}
			Step::Lease(..) => {}
			Step::Close => leases.retain(|lease| {
				let proof = Attestation::proven(device, lease);
				if Clock::get() < lease.until.max(proof.final_from) {
					return true;
				}
				Attestation::released(device, lease);
				close_lease(device, lease.lease);
				false
			}),
		}
		let mut expected_bits = BTreeSet::new();
		for lease in &leases {
			let expected = by_the_book(&beats, lease);
			assert_eq!(proven_minutes(device, lease), expected.len() as u64, "{lease:?}");
			expected_bits.extend(expected);
			let proof = Attestation::proven(device, lease);
			assert_eq!(proof.final_from, final_by_the_book(&beats, lease), "{lease:?}");
		}
		Attestation::do_try_state().unwrap();
	}
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

	#[test]
	fn proven_is_what_the_rule_says(
		steps in prop::collection::vec(step(), 1..70),
		start in 0u64..86_400,
	) {
		new_test_ext().execute_with(|| run(steps, MIDNIGHT + start));
	}

	#[test]
	fn final_proof_never_changes(
		before in prop::collection::vec(30u64..200, 1..30),
		after in prop::collection::vec(30u64..200, 1..10),
		length in 1u64..60,
		gap in 60u32..180,
	) {
		new_test_ext().execute_with(|| {
			let device = offered_device(&Chip::sr25519(1));
			let lease = from_noon(1, 0, length, gap);
			lease_out(device, lease);
			for pause in before {
				admitted_beat(device, pause);
			}
			let known = Attestation::proven(device, &lease);
			Clock::set(Clock::get().max(known.final_from));
			for pause in after {
				admitted_beat(device, pause - 30);
			}
			assert_eq!(Attestation::proven(device, &lease), known);
		});
	}
}

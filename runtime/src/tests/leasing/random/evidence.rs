// SPDX-License-Identifier: Apache-2.0

//! What heartbeats prove, by the rule as it is written and not as the chain counts it.

use tenure_primitives::Moment;

/// Seconds of [from, until) that lie in whole minutes inside an unbroken run of heartbeats. No run
/// reaches over an activation: each of `lives` begins with one.
pub fn proven_seconds(lives: &[Vec<Moment>], from: Moment, until: Moment, gap: u32) -> u64 {
	lives.iter().map(|beats| proven_minutes(beats, from, until, gap) * 60).sum()
}

fn proven_minutes(beats: &[Moment], from: Moment, until: Moment, gap: u32) -> u64 {
	let mut minutes = 0;
	let mut rest = beats;
	while let [first, later @ ..] = rest {
		let mut last = *first;
		let mut length = 0;
		for beat in later {
			if beat - last > gap.into() {
				break;
			}
			last = *beat;
			length += 1;
		}
		rest = &later[length..];
		let begin = first.max(&from).div_ceil(60);
		let end = last.min(until) / 60;
		minutes += end.saturating_sub(begin);
	}
	minutes
}

/// From when on no heartbeat could add to what is proven of [from, until): the first one since then that
/// came in time, or in a new life, makes it final at the end.
pub fn final_from(lives: &[Vec<Moment>], until: Moment, gap: u32) -> Moment {
	let Some(life) = lives.iter().rev().find(|life| life[0] < until) else { return until };
	let before = life.iter().rev().find(|beat| **beat < until).unwrap();
	let in_time = before + Moment::from(gap);
	let is_another = lives.last().is_some_and(|last| last[0] != life[0]);
	let joined = match life.iter().find(|beat| **beat >= until) {
		Some(after) => *after <= in_time,
		None => is_another,
	};
	if joined {
		until
	} else {
		until.max(in_time + 1)
	}
}

#[test]
fn evidence_is_final_when_no_heartbeat_can_add_to_it() {
	let last = |beats: &[Moment]| final_from(&[beats.to_vec()], 600, 120);
	assert_eq!(last(&[900]), 600);
	assert_eq!(last(&[0, 60]), 600);
	assert_eq!(last(&[0, 540]), 661);
	assert_eq!(last(&[0, 540, 600]), 600);
	assert_eq!(last(&[0, 540, 660]), 600);
	assert_eq!(last(&[0, 540, 661, 720]), 661);
	assert_eq!(final_from(&[vec![0, 540], vec![900]], 600, 120), 600);
}

#[test]
fn runs_are_counted_in_whole_minutes() {
	let proven = |beats: &[Moment], gap| proven_seconds(&[beats.to_vec()], 0, 600, gap);
	assert_eq!(proven(&[], 90), 0);
	assert_eq!(proven(&[0, 60, 120], 60), 120);
	assert_eq!(proven(&[3, 63, 123], 60), 60);
	assert_eq!(proven(&[0, 60, 180, 240], 60), 120);
	assert_eq!(proven(&[0, 60, 180, 240], 120), 240);
	assert_eq!(proven_seconds(&[vec![0, 60, 180, 240]], 60, 180, 120), 120);
	assert_eq!(proven_seconds(&[vec![0, 60], vec![120, 180]], 0, 600, 90), 120);
}

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

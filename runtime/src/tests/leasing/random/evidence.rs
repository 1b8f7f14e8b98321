// SPDX-License-Identifier: Apache-2.0

//! What heartbeats prove, by the rule as it is written and not as the chain counts it.

use tenure_primitives::Moment;

/// Seconds of [from, until) that lie in whole minutes inside an unbroken run of heartbeats.
pub fn proven_seconds(beats: &[Moment], from: Moment, until: Moment, gap: u32) -> u64 {
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
	minutes * 60
}

#[test]
fn runs_are_counted_in_whole_minutes() {
	assert_eq!(proven_seconds(&[], 0, 600, 90), 0);
	assert_eq!(proven_seconds(&[0, 60, 120], 0, 600, 60), 120);
	assert_eq!(proven_seconds(&[3, 63, 123], 0, 600, 60), 60);
	assert_eq!(proven_seconds(&[0, 60, 180, 240], 0, 600, 60), 120);
	assert_eq!(proven_seconds(&[0, 60, 180, 240], 0, 600, 120), 240);
	assert_eq!(proven_seconds(&[0, 60, 180, 240], 60, 180, 120), 120);
}

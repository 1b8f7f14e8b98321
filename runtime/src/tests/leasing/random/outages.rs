// SPDX-License-Identifier: Apache-2.0

//! When the chain stood still, and what owners do not answer for because of it.

use super::{books::Books, *};
use pallet_lease_escrow::{Event, Outages};

/// No longer pause between two blocks is an outage.
const LONGEST_PAUSE: Moment = 120;

/// Outages that are remembered.
const REMEMBERED: usize = 64;

/// Times in which no blocks were made, [from, until), in order.
#[derive(Default)]
pub struct Standstills(Vec<(Moment, Moment)>);

impl Standstills {
	/// A block was made at `from` and the next one at `until`.
	pub fn note(&mut self, from: Moment, until: Moment) {
		if until - from > LONGEST_PAUSE {
			self.0.push((from, until));
			self.0.drain(..self.0.len().saturating_sub(REMEMBERED));
		}
	}

	/// How many are remembered.
	pub fn count(&self) -> usize {
		self.0.len()
	}

	/// When a deadline of people is over that was set at `since`: it waits for as long as the chain
	/// stood still in between.
	pub fn moved(&self, deadline: Moment, since: Moment) -> Moment {
		let mut over = deadline;
		if deadline <= since {
			return over;
		}
		for (from, until) in &self.0 {
			if *from < over && *until > since {
				over += until - since.max(*from);
			}
		}
		over
	}

	/// Seconds of [from, until) in which it stood still.
	pub fn covered(&self, from: Moment, until: Moment) -> u64 {
		let overlap =
			|(began, ended): &(Moment, Moment)| until.min(*ended).saturating_sub(from.max(*began));
		self.0.iter().map(overlap).sum()
	}

	/// Seconds of [from, until) that nobody answers for: those of whole minutes in or around an outage
	/// that began before the evidence was final, no further from it than the heartbeat gap or its own length.
	pub fn excused(&self, from: Moment, until: Moment, final_from: Moment, gap: u32) -> u64 {
		let began = self.0.iter().filter(|outage| outage.0 < final_from);
		let reaches: Vec<_> = began
			.map(|(began, ended)| {
				let around = (ended - began).min(gap.into());
				((began - around) / 60, (ended + around).div_ceil(60))
			})
			.collect();
		let is_excused =
			|minute: &Moment| reaches.iter().any(|(first, end)| (*first..*end).contains(minute));
		let excused = (from / 60..until.div_ceil(60)).filter(is_excused);
		excused.map(|minute| until.min(60 * minute + 60) - from.max(60 * minute)).sum()
	}
}

impl Books {
	pub fn enter_outage(&self, event: Event<Runtime>) {
		let Event::OutageNoted { from, until } = event else { unreachable!("{event:?}") };
		assert_eq!(self.standstills.0.last(), Some(&(from, until)));
	}

	/// Compares what the chain remembers.
	pub fn compare_outages(&self, when: &str) {
		let seen = Outages::<Runtime>::get();
		let seen = seen.iter().map(|outage| (outage.from, outage.until));
		assert!(seen.eq(self.standstills.0.iter().copied()), "{when}");
	}
}

#[test]
fn time_around_an_outage_is_excused() {
	let mut standstills = Standstills::default();
	standstills.note(600, 720);
	assert_eq!(standstills.count(), 0);
	standstills.note(900, 1_080);
	assert_eq!(standstills.excused(0, 3_600, 3_600, 60), 300);
	assert_eq!(standstills.excused(0, 3_600, 3_600, 600), 540);
	assert_eq!(standstills.excused(960, 1_020, 1_020, 60), 60);
	assert_eq!(standstills.excused(0, 900, 900, 600), 0);
	assert_eq!(standstills.excused(0, 900, 901, 600), 180);
	assert_eq!(standstills.excused(1_000, 1_130, 1_130, 60), 130);
	assert_eq!(standstills.excused(1_090, 1_330, 1_330, 60), 50);
	assert_eq!(standstills.covered(950, 1_000), 50);
	assert_eq!(standstills.covered(0, 2_000), 180);
	assert_eq!(standstills.moved(900, 0), 900);
	assert_eq!(standstills.moved(901, 0), 1_081);
	assert_eq!(standstills.moved(1_100, 1_000), 1_180);
}

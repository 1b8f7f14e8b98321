// SPDX-License-Identifier: Apache-2.0

//! Random sequences of everything that owners, tenants, devices and governance can do. After each step
//! all invariants hold, the books below agree with the chain to the last planck, units are worth what
//! the written rules say, and nothing is oversold. When all windows are over and all series are reaped,
//! nothing is left on hold.

mod beginning;
mod books;
mod calls;
mod changes;
mod contracts;
mod custody;
mod disputes;
mod ends;
mod evidence;
mod hands;
mod holds;
mod keepers;
mod leases;
mod objections;
mod offers;
mod outages;
mod owners;
mod park;
mod quarrels;
mod receipts;
mod room;
mod signing;
mod steps;
mod tenants;
mod world;
mod worth;

use super::{people::*, *};
use frame_support::traits::CallMetadata;
use proptest::{
	collection::vec,
	test_runner::{Config, TestRunner},
};
use std::{
	cell::RefCell,
	collections::{BTreeMap, BTreeSet},
};
use steps::{step, Step};
use world::World;

/// Sequences, and steps in each at most.
const CASES: u32 = 6;
const STEPS: usize = 68;

/// How often each call succeeded and failed, why it failed, and how leases ended.
#[derive(Default, Debug)]
pub struct Outcomes {
	sequences: u32,
	calls: BTreeMap<&'static str, (u32, u32)>,
	/// Pallets and calls that succeeded.
	made: BTreeSet<(&'static str, &'static str)>,
	errors: BTreeMap<&'static str, u32>,
	endings: BTreeMap<String, u32>,
	penalties: u32,
	heartbeats: u32,
	/// Redemptions of units at their price though the series was open and had a lower share.
	at_par: u32,
	/// How often units gained worth.
	rises: u32,
	/// Leases that got another payee.
	moved: u32,
	/// Tenants that an owner did not list.
	turned_away: u32,
	/// Leases that got longer.
	extended: u32,
	/// Leases of a claim that could not be settled.
	failed_claims: u32,
	/// Leases whose owner would have owed a penalty if the chain had not stood still.
	excused: u32,
	/// Leases that their owner took back after an objection.
	left: u32,
	/// Returns that owners contested, and those that tenants did.
	contested: [u32; 2],
	/// Tenants that paid for being late, and those that were compensated for it.
	charged: u32,
	compensated: u32,
	/// Keepers that were paid.
	rewards: u32,
	/// What was seen of leases that receipts pay.
	receipts: signing::Receipts,
}

impl Outcomes {
	fn note_call(&mut self, name: &'static str, outcome: Result<(), DispatchError>) {
		let (succeeded, failed) = self.calls.entry(name).or_default();
		match outcome {
			Ok(()) => *succeeded += 1,
			Err(error) => {
				*failed += 1;
				*self.errors.entry(error.into()).or_default() += 1;
			}
		}
	}

	/// The same, by the call's own name too.
	fn note_made(
		&mut self,
		name: &'static str,
		call: CallMetadata,
		outcome: Result<(), DispatchError>,
	) {
		self.note_call(name, outcome);
		if outcome.is_ok() {
			self.made.insert((call.pallet_name, call.function_name));
		}
	}

	fn share_of_successes(&self) -> f64 {
		let succeeded: u32 = self.calls.values().map(|(succeeded, _)| succeeded).sum();
		let failed: u32 = self.calls.values().map(|(_, failed)| failed).sum();
		f64::from(succeeded) / f64::from(succeeded + failed)
	}

	/// What is to be seen and was not.
	fn lacks(&self) -> Vec<String> {
		let mut lacks: Vec<String> =
			calls::missing(&self.made).iter().map(|call| format!("{call:?}")).collect();
		let mut lack = |what: &str, is_seen: bool| {
			if !is_seen {
				lacks.push(what.into());
			}
		};
		for name in steps::WAYS {
			lack(name, self.calls.get(name).is_some_and(|(succeeded, _)| *succeeded > 0));
		}
		for ending in
			["Completed", "Cancelled", "EndedEarly", "Unproven", "Revoked", "ForceRetired"]
		{
			lack(ending, self.endings.contains_key(ending));
		}
		for ending in ["NoShow", "Forfeited"] {
			lack(ending, self.endings.contains_key(ending));
		}
		lack("claims for damage", self.contested[0] > 0);
		lack("claims against charges", self.contested[1] > 0);
		lack("late tenants", self.charged > 0);
		lack("compensations", self.compensated > 0);
		for ending in ["Conceded", "Unanswered", "Withdrawn", "Verdict", "Undecided"] {
			lack(ending, self.endings.contains_key(ending));
		}
		lack("tenants that are not admitted", self.turned_away > 0);
		lack("penalties", self.penalties > 0);
		lack("heartbeats", self.heartbeats > 100);
		lack("redemptions at par", self.at_par > 0);
		lack("units that gain worth", self.rises > 0);
		lack("another payee", self.moved > 0);
		lack("longer leases", self.extended > 0);
		lack("claims that fail in part", self.failed_claims > 0);
		lack("owners that are excused", self.excused > 0);
		lack("owners that leave a dispute", self.left > 0);
		lack("keepers that are paid", self.rewards > 0);
		lacks.extend(self.receipts.lacks());
		lacks
	}
}

/// Plays the steps on a chain of its own and then lets all windows pass.
fn play(steps: &[Step], outcomes: &mut Outcomes) {
	outcomes.sequences += 1;
	on_chain(|| {
		let mut world = World::begin(outcomes);
		for step in steps {
			world.take(step);
			world.check(step.cause(), &format!("after {step:?}"));
		}
		world.wind_down();
	});
}

/// Plays so many sequences.
fn play_some(cases: u32, outcomes: &RefCell<Outcomes>) {
	let config = Config { cases, failure_persistence: None, ..Config::default() };
	let shrinks = if is_soak() { config.max_shrink_iters } else { 60 };
	let config = Config { max_shrink_iters: shrinks, ..config };
	let played = TestRunner::new(config).run(&vec(step(), STEPS / 2..STEPS), |steps| {
		play(&steps, &mut outcomes.borrow_mut());
		Ok(())
	});
	if let Err(failure) = played {
		panic!("{failure}");
	}
}

/// Whether somebody wants another number of sequences than is played each time: `PROPTEST_CASES=300`.
fn is_soak() -> bool {
	std::env::var_os("PROPTEST_CASES").is_some()
}

#[test]
fn whatever_people_do_money_time_and_evidence_add_up() {
	let outcomes = RefCell::new(Outcomes::default());
	play_some(if is_soak() { Config::default().cases } else { CASES }, &outcomes);
	// A test whose calls are refused, or never made, tests little. Chance may need some more.
	for _ in 0..12 * CASES {
		if outcomes.borrow().lacks().is_empty() {
			break;
		}
		play_some(1, &outcomes);
	}
	let outcomes = outcomes.into_inner();
	println!("{outcomes:#?}");
	assert_eq!(outcomes.lacks(), [""; 0], "{outcomes:#?}");
	assert!(outcomes.share_of_successes() > 0.7, "{outcomes:#?}");
}

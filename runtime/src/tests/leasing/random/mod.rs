// SPDX-License-Identifier: Apache-2.0

//! Random sequences of everything that owners, tenants, devices and governance can do. After each step
//! all invariants hold, the books below agree with the chain to the last planck, units are worth what
//! the written rules say, and nothing is oversold. When all windows are over and all series are reaped,
//! nothing is left on hold.

mod books;
mod ends;
mod evidence;
mod offers;
mod owners;
mod park;
mod room;
mod steps;
mod tenants;
mod world;
mod worth;

use super::{people::*, *};
use proptest::{
	collection::vec,
	test_runner::{Config, TestRunner},
};
use std::{cell::RefCell, collections::BTreeMap};
use steps::{step, Step};
use world::World;

/// Sequences, and steps in each at most.
const CASES: u32 = 11;
const STEPS: usize = 68;

/// How often each call succeeded and failed, why it failed, and how leases ended.
#[derive(Default, Debug)]
pub struct Outcomes {
	calls: BTreeMap<&'static str, (u32, u32)>,
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

	fn share_of_successes(&self) -> f64 {
		let succeeded: u32 = self.calls.values().map(|(succeeded, _)| succeeded).sum();
		let failed: u32 = self.calls.values().map(|(_, failed)| failed).sum();
		f64::from(succeeded) / f64::from(succeeded + failed)
	}

	/// A test whose calls are refused tests little.
	fn assert_telling(&self) {
		assert!(self.share_of_successes() > 0.7, "{self:#?}");
		for name in steps::CALLS {
			let (succeeded, _) = self.calls.get(name).copied().unwrap_or_default();
			assert!(succeeded > 0, "{name} never succeeded: {self:#?}");
		}
		for ending in ["Completed", "Cancelled", "EndedEarly", "Unproven", "ForceRetired"] {
			assert!(self.endings.contains_key(ending), "no lease was {ending}: {self:#?}");
		}
		assert!(self.penalties > 0 && self.heartbeats > 100, "{self:#?}");
		assert!(self.at_par > 0 && self.rises > 0 && self.moved > 0, "{self:#?}");
	}
}

/// Plays the steps on a chain of its own and then lets all windows pass.
fn play(steps: &[Step], outcomes: &mut Outcomes) {
	on_chain(|| {
		let mut world = World::begin(outcomes);
		for step in steps {
			world.take(step);
			world.check(step.cause(), &format!("after {step:?}"));
		}
		world.wind_down();
	});
}

#[test]
fn whatever_people_do_money_time_and_evidence_add_up() {
	let outcomes = RefCell::new(Outcomes::default());
	let config = Config {
		cases: CASES,
		failure_persistence: None,
		max_shrink_iters: 60,
		..Config::default()
	};
	let played = TestRunner::new(config).run(&vec(step(), STEPS / 2..STEPS), |steps| {
		play(&steps, &mut outcomes.borrow_mut());
		Ok(())
	});
	if let Err(failure) = played {
		panic!("{failure}");
	}
	println!("{:#?}", outcomes.borrow());
	outcomes.borrow().assert_telling();
}

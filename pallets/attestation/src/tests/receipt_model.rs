// SPDX-License-Identifier: Apache-2.0

//! Random receipts against the rules as they are written: a model that keeps everything and asks
//! nothing of the pallet.

use super::*;
use proptest::prelude::*;
use tenure_primitives::{FormerKey, Proof, ReceiptTerms};

const LEASE: LeaseId = 1;

/// What can happen.
#[derive(Clone, Debug)]
enum Step {
	/// So many seconds pass.
	Pass(Moment),
	/// The newest key that many changes back signs for so many seconds more, or less, than have passed.
	Bring { changes_back: usize, ahead: i64 },
	/// The last receipt that was taken is brought again.
	Replay,
	/// Somebody else signs.
	Forge(i64),
	/// The tenant takes another key.
	ChangeKey,
	/// The lease ends so many seconds from now.
	EndIn(Moment),
}

fn step() -> impl Strategy<Value = Step> {
	let pause = prop_oneof![
		4 => 1u64..100,
		2 => prop::sample::select(vec![29u64, 30, 31, 60]),
		1 => 100u64..4_000,
	];
	let ahead = || prop_oneof![3 => -200i64..=0, 2 => -3i64..=3, 1 => Just(i64::MAX / 2)];
	prop_oneof![
		8 => pause.prop_map(Step::Pass),
		8 => (0usize..3, ahead()).prop_map(|(changes_back, ahead)| Step::Bring { changes_back, ahead }),
		1 => Just(Step::Replay),
		1 => ahead().prop_map(Step::Forge),
		1 => Just(Step::ChangeKey),
		1 => (0u64..1_000).prop_map(Step::EndIn),
	]
}

/// All that happened.
struct Model {
	from: Moment,
	until: Moment,
	/// The keys of the lease, the newest last, each with the moment of its replacement.
	keys: Vec<(u8, Option<Moment>)>,
	/// What was taken: seconds and when.
	taken: Vec<(u64, Moment)>,
}

impl Model {
	fn key(&self, changes_back: usize) -> Option<(u8, Option<Moment>)> {
		self.keys.len().checked_sub(changes_back + 1).map(|index| self.keys[index])
	}

	/// How many keys ago the key was the lease's, if it ever was.
	fn changes_since(&self, seed: u8) -> Option<usize> {
		self.keys.iter().rev().position(|(key, _)| *key == seed)
	}

	fn takes(&self, seed: u8, seconds: u64, now: Moment) -> bool {
		let is_open = self.from < now && now < self.until + 3_600;
		let has_passed = self.from + seconds <= now.min(self.until);
		let is_news = self.taken.iter().all(|(before, _)| *before < seconds) && seconds > 0;
		// Rarer once one came after the end.
		let interval = |at: Moment| if at < self.until { 30 } else { 600 };
		let in_time = self.taken.iter().all(|(_, at)| at + interval(*at) <= now);
		let is_signed = match self.changes_since(seed) {
			Some(0) => true,
			Some(1) => {
				self.key(1).and_then(|(_, until)| until).is_some_and(|t| self.from + seconds <= t)
			}
			_ => false,
		};
		is_open && has_passed && is_news && in_time && is_signed
	}

	fn proof(&self) -> Proof {
		let length = self.until - self.from;
		let signed = self.taken.iter().map(|(seconds, _)| *seconds).max().unwrap_or(0);
		let final_from = if signed >= length { self.until } else { self.until + 3_600 };
		Proof { seconds: signed.min(length), final_from }
	}

	/// Tells the double of the calendar.
	fn publish(&self) -> LeaseWindow {
		let (seed, _) = self.keys[self.keys.len() - 1];
		let former_key = self.key(1).and_then(|(seed, until)| {
			until.map(|until| FormerKey { key: Chip::sr25519(seed).public(), until })
		});
		let terms = receipt_terms(Chip::sr25519(seed).public(), self.from, self.until);
		co_sign(LEASE, ReceiptTerms { former_key, ..terms });
		LeaseWindow { lease: LEASE, from: self.from, until: self.until, evidence: terms.evidence }
	}
}

/// A receipt of the key; it is taken exactly when the model takes it.
fn bring(model: &mut Model, seed: u8, seconds: u64) {
	let call = Chip::sr25519(seed).receipt(LEASE, seconds);
	let now = Clock::get();
	let before = model.proof();
	if model.takes(seed, seconds, now) {
		assert_taken(call);
		model.taken.push((seconds, now));
		assert!(now < before.final_from, "a final proof has changed");
		assert!(model.proof().seconds > before.seconds);
	} else {
		assert!(validate(call.clone()).is_err());
		frame_support::assert_storage_noop!(assert!(apply(call).is_err()));
	}
}

/// So many seconds of the lease as have passed, and some more or less.
fn about_now(model: &Model, ahead: i64) -> u64 {
	let passed = Clock::get().min(model.until).saturating_sub(model.from);
	passed.saturating_add_signed(ahead)
}

fn run(steps: Vec<Step>, length: Moment, delay: Moment) {
	let from = Clock::get() + delay;
	let mut model = Model { from, until: from + length, keys: vec![(1, None)], taken: vec![] };
	for step in steps {
		let now = Clock::get();
		model.publish();
		match step {
			Step::Pass(seconds) => next_block(seconds),
			Step::Bring { changes_back, ahead } => {
				let Some((seed, _)) = model.key(changes_back) else { continue };
				let seconds = about_now(&model, ahead);
				bring(&mut model, seed, seconds);
			}
			Step::Replay => {
				let Some((seconds, _)) = model.taken.last().copied() else { continue };
				bring(&mut model, 1, seconds);
			}
			Step::Forge(ahead) => {
				let seconds = about_now(&model, ahead);
				bring(&mut model, 200, seconds);
			}
			Step::ChangeKey if model.from < now && now < model.until && model.keys.len() < 100 => {
				let count = model.keys.len();
				model.keys[count - 1].1 = Some(now);
				model.keys.push((count as u8 + 1, None));
			}
			Step::EndIn(seconds) if model.from < now && now + seconds < model.until => {
				model.until = now + seconds;
			}
			Step::ChangeKey | Step::EndIn(_) => {}
		}
		let window = model.publish();
		assert_eq!(Attestation::proven(1, &window), model.proof());
		Attestation::do_try_state().unwrap();
	}
	let window = model.publish();
	Attestation::released(1, &window);
	assert_eq!(Attestation::proven(1, &window).seconds, 0);
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

	#[test]
	fn receipts_are_taken_as_the_rules_say(
		steps in prop::collection::vec(step(), 1..60),
		length in 60u64..6_000,
		delay in 0u64..100,
	) {
		new_test_ext().execute_with(|| run(steps, length, delay));
	}
}

// SPDX-License-Identifier: Apache-2.0

//! Random sequences of everything that moves units, money, devices or time, over devices and fleets
//! with several windows.
//!
//! After each step that is not refused: the invariants of `try_state`, of which the fleets' are a brute-force sum over the
//! calendars of their members, and
//! - INV1: total issuance never changes;
//! - INV2: what left an account or came to it is what the call promised, to the planck;
//! - INV3: per series, paid in = backing + staked + paid out, and sold = held + staked + used;
//! - INV4: a sale fits into what is left of its window by a sum over all series and calendars, and over
//!   the leases that devices took along when they left the fleet; one that is refused for lack of
//!   capacity does not, unless the fleet is behind;
//! - INV5: redeeming gives the share that a second, independent look at the neighbours gives, and no
//!   more than the price;
//! - INV6: as long as nobody but the clock acts, no share rises, but to par for devices that are silent;
//! - INV7: a member leaves if and only if the rest can serve what is outstanding and all that is booked,
//!   on the one that leaves, too; and every member has an active key;
//! - INV8: a lease that gives units back, wherever its device is by then, promises nothing more in any
//!   window. Only leases of members that were taken out are excepted.
//!
//! At the end every unit is redeemed by others and every series reaped: nothing locks anything.

mod leasing;
mod leavers;
mod neighbours;
mod trading;
mod world;

use super::*;
use proptest::prelude::*;
use world::World;

/// Numbers are taken modulo what there is.
#[derive(Clone, Debug)]
enum Step {
	Offer { subject: usize, window: usize, price: Balance, unit: u32, cap: Units },
	Close(usize),
	Buy { series: usize, who: usize, units: Units },
	Redeem { series: usize, who: usize, units: Units },
	RedeemFor { series: usize, who: usize },
	Transfer { series: usize, who: usize, to: usize, units: Units },
	Approve { series: usize, who: usize },
	Gift { series: usize },
	Reap(usize),
	Lease { series: usize, who: usize, units: Units, ahead: u64, member: usize, buys: bool },
	Cancel(usize),
	Refuse(usize),
	End(usize),
	Settle(usize),
	Join { fleet: usize, device: usize },
	Leave(usize),
	Found { owner: usize },
	Disband(usize),
	Register { owner: usize },
	HandOver { device: usize, to: usize },
	ChangeKey(usize),
	Lose(usize),
	Find(usize),
	Retire(usize),
	TakeAway(usize),
	Silence(usize),
	Wake(usize),
	CatchUp(usize),
	Wait(u64),
}

/// Minutes to the start of a lease: some begin soon enough to run.
fn ahead() -> impl Strategy<Value = u64> {
	prop_oneof![0u64..300, 0u64..3 * 1_440]
}

fn step() -> impl Strategy<Value = Step> {
	let any = || 0usize..1_000;
	let units = || 1u64..120;
	prop_oneof![
		3 => (any(), any(), 5u128..1_000, 1u32..20, 1u64..6_000).prop_map(
			|(subject, window, price, unit, cap)| Step::Offer { subject, window, price, unit, cap }
		),
		2 => any().prop_map(Step::Close),
		12 => (any(), any(), units()).prop_map(|(series, who, units)| Step::Buy { series, who, units }),
		5 => (any(), any(), units())
			.prop_map(|(series, who, units)| Step::Redeem { series, who, units }),
		2 => (any(), any()).prop_map(|(series, who)| Step::RedeemFor { series, who }),
		4 => (any(), any(), any(), units())
			.prop_map(|(series, who, to, units)| Step::Transfer { series, who, to, units }),
		1 => (any(), any()).prop_map(|(series, who)| Step::Approve { series, who }),
		1 => any().prop_map(|series| Step::Gift { series }),
		3 => any().prop_map(Step::Reap),
		18 => (any(), any(), units(), ahead(), any(), proptest::bool::ANY).prop_map(
			|(series, who, units, ahead, member, buys)| {
				Step::Lease { series, who, units, ahead: ahead * 60, member, buys }
			}
		),
		5 => any().prop_map(Step::Cancel),
		3 => any().prop_map(Step::Refuse),
		4 => any().prop_map(Step::End),
		5 => any().prop_map(Step::Settle),
		6 => (any(), any()).prop_map(|(fleet, device)| Step::Join { fleet, device }),
		7 => any().prop_map(Step::Leave),
		1 => any().prop_map(|owner| Step::Found { owner }),
		1 => any().prop_map(Step::Disband),
		1 => any().prop_map(|owner| Step::Register { owner }),
		1 => (any(), any()).prop_map(|(device, to)| Step::HandOver { device, to }),
		2 => any().prop_map(Step::ChangeKey),
		1 => any().prop_map(Step::Lose),
		2 => any().prop_map(Step::Find),
		1 => any().prop_map(Step::Retire),
		1 => any().prop_map(Step::TakeAway),
		1 => any().prop_map(Step::Silence),
		2 => any().prop_map(Step::Wake),
		1 => any().prop_map(Step::CatchUp),
		9 => (0u64..DAY / 3).prop_map(Step::Wait),
	]
}

/// How many sequences are run: `PROPTEST_CASES` says otherwise.
const CASES: u32 = 64;

proptest! {
	#![proptest_config(ProptestConfig {
		cases: std::env::var("PROPTEST_CASES").map_or(CASES, |cases| cases.parse().unwrap()),
		max_shrink_iters: 400,
		..ProptestConfig::default()
	})]

	#[test]
	fn money_units_and_time_stay_in_step(steps in proptest::collection::vec(step(), 50..150)) {
		new_test_ext().execute_with(|| {
			let mut world = World::new();
			for step in &steps {
				if world.take(step) {
					world.check();
				}
			}
			world.unwind();
			world.report(steps.len());
		});
	}
}

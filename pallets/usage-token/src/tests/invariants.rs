// SPDX-License-Identifier: Apache-2.0

//! Random sequences of everything that moves units, money or time.
//!
//! After each step: the invariants of `try_state`, and
//! - INV1: total issuance never changes;
//! - INV2: what left a person's account or came to it is what the call promised, exactly;
//! - INV3: per series, paid in = backing + staked + paid out.
//!
//! At the end, everything goes back and all money is where it came from, but for what holders left
//! to owners: never more than a tenth of what was redeemed.

use super::*;
use crate::NextSeriesId;
use proptest::prelude::*;
use std::collections::BTreeMap;

const PEOPLE: [AccountId; 4] = [OLGA, OTTO, TOM, TINA];

#[derive(Clone, Debug)]
enum Op {
	Create { device: DeviceId, window: u64, price: Balance, unit: u32, cap: Units },
	Close { series: SeriesId },
	Buy { series: SeriesId, who: usize, units: Units },
	Redeem { series: SeriesId, who: usize, units: Units },
	Stake { series: SeriesId, who: usize, units: Units },
	BuyStaked { series: SeriesId, who: usize, units: Units },
	Unstake { series: SeriesId, who: usize, units: Units },
	Transfer { series: SeriesId, from: usize, to: usize, units: Units },
	Wait { seconds: u64 },
}

fn op() -> impl Strategy<Value = Op> {
	let holding = || (0u32..6, 0usize..4, 0u64..100);
	prop_oneof![
		1 => (GPU..=DRONE, 0u64..6, 5u128..1_000, 1u32..20, 1u64..600).prop_map(
			|(device, window, price, unit, cap)| Op::Create { device, window, price, unit, cap }
		),
		1 => (0u32..6).prop_map(|series| Op::Close { series }),
		5 => holding().prop_map(|(series, who, units)| Op::Buy { series, who, units }),
		3 => holding().prop_map(|(series, who, units)| Op::Redeem { series, who, units }),
		3 => holding().prop_map(|(series, who, units)| Op::Stake { series, who, units }),
		2 => holding().prop_map(|(series, who, units)| Op::BuyStaked { series, who, units }),
		3 => holding().prop_map(|(series, who, units)| Op::Unstake { series, who, units }),
		2 => (holding(), 0usize..4)
			.prop_map(|((series, from, units), to)| Op::Transfer { series, from, to, units }),
		2 => (0u64..DAY / 2).prop_map(|seconds| Op::Wait { seconds }),
	]
}

/// What has to be so, kept beside the chain.
#[derive(Default)]
struct Model {
	staked: BTreeMap<(SeriesId, usize), Units>,
	paid_in: BTreeMap<SeriesId, Balance>,
	paid_out: BTreeMap<SeriesId, Balance>,
	to_owners: Balance,
	redeemed: Balance,
}

impl Model {
	/// The operation with a series that exists, a person that has units if anybody has, and mostly no
	/// more units than it has, so that most calls work.
	fn sensible(&self, op: Op) -> Op {
		let known = |series: SeriesId| 1 + series % (NextSeriesId::<Test>::get() - 1);
		let some = |series: SeriesId, who: usize, units: Units, all: &dyn Fn(usize) -> Units| {
			let who = (who..who + 4).map(|who| who % 4).find(|who| all(*who) > 0).unwrap_or(who);
			let units = if units < 95 { (all(who) * units).div_ceil(95) } else { all(who) + units };
			(series, who, units)
		};
		let held = |series: SeriesId, who: usize, units: Units| {
			let series = known(series);
			some(series, who, units, &|who| units_of(series, &PEOPLE[who]))
		};
		match op {
			Op::Close { series } => Op::Close { series: known(series) },
			Op::Buy { series, who, units } => Op::Buy { series: known(series), who, units },
			Op::BuyStaked { series, who, units } => {
				Op::BuyStaked { series: known(series), who, units }
			}
			Op::Redeem { series, who, units } => {
				let (series, who, units) = held(series, who, units);
				Op::Redeem { series, who, units }
			}
			Op::Stake { series, who, units } => {
				let (series, who, units) = held(series, who, units);
				Op::Stake { series, who, units }
			}
			Op::Transfer { series, from, to, units } => {
				let (series, from, units) = held(series, from, units);
				Op::Transfer { series, from, to, units }
			}
			Op::Unstake { series, who, units } => {
				let series = known(series);
				let staked =
					|who: usize| self.staked.get(&(series, who)).copied().unwrap_or_default();
				let (series, who, units) = some(series, who, units, &staked);
				Op::Unstake { series, who, units }
			}
			other => other,
		}
	}

	fn apply(&mut self, op: &Op) {
		let wealth = PEOPLE.map(|who| Balances::total_balance(&who));
		our_events();
		if self.dispatch(op) {
			self.account_for(op, wealth);
			self.book();
		}
	}

	/// A lease that can give units back still takes time: here the last second of the window.
	fn book(&self) {
		let bookings =
			self.staked.iter().filter(|(_, units)| **units > 0).map(|((series, _), _)| {
				let record = Series::<Test>::get(series).unwrap();
				let Subject::Device(device) = record.subject else { panic!("no fleets") };
				(device, record.sale.usable_until - 1, record.sale.usable_until)
			});
		Bookings::set(bookings.collect());
	}

	/// Whether it was done.
	fn dispatch(&mut self, op: &Op) -> bool {
		let person = |index: &usize| PEOPLE[*index].clone();
		match op {
			Op::Create { device, window, price, unit, cap } => {
				// Windows of six shapes: the first four are the days of a week, the others in their way.
				let (from, days) =
					[(1, 2), (3, 2), (5, 1), (6, 3), (2, 2), (1, 8)][*window as usize];
				let conditions = SaleConditions {
					unit_seconds: unit * 60,
					unit_price: *price,
					cap: *cap,
					sale_until: START + (from + days) * DAY,
					usable_from: START + from * DAY,
					usable_until: START + (from + days) * DAY,
					..sale()
				};
				let owner = if *device == DRONE { OTTO } else { OLGA };
				let (subject, terms) = (Subject::Device(*device), Box::new(terms()));
				done(|| UsageToken::create_series(signed(&owner), subject, conditions, terms))
			}
			Op::Close { series } => {
				let owner = Series::<Test>::get(series).map_or(TOM, |record| record.owner);
				done(|| UsageToken::close_series(signed(&owner), *series))
			}
			Op::Buy { series, who, units } => {
				done(|| UsageToken::buy(signed(&person(who)), *series, *units, Balance::MAX))
			}
			Op::Redeem { series, who, units } => {
				done(|| UsageToken::redeem(signed(&person(who)), *series, *units))
			}
			Op::Stake { series, who, units } => {
				done(|| UsageToken::stake(*series, &person(who), *units, rent_reason()).map(drop))
			}
			Op::BuyStaked { series, who, units } => done(|| {
				UsageToken::buy_staked(*series, &person(who), *units, rent_reason()).map(drop)
			}),
			Op::Unstake { series, who, units } => {
				// A lease gives back no more than was staked in it.
				let staked = self.staked.get(&(*series, *who)).copied().unwrap_or_default();
				*units <= staked
					&& done(|| {
						UsageToken::unstake(*series, &person(who), *units, rent_reason()).map(drop)
					})
			}
			Op::Transfer { series, from, to, units } => {
				let amount = Balance::from(*units);
				done(|| Assets::transfer(signed(&person(from)), *series, person(to), amount))
			}
			Op::Wait { seconds } => {
				Now::mutate(|now| *now += seconds);
				false
			}
		}
	}

	/// INV2 and the sums for INV3.
	fn account_for(&mut self, op: &Op, before: [Balance; 4]) {
		let change =
			|index: usize| Balances::total_balance(&PEOPLE[index]) as i128 - before[index] as i128;
		let price = |series: &SeriesId| Series::<Test>::get(series).unwrap().sale.unit_price;
		let value = |series: &SeriesId, units: &Units| price(series) * Balance::from(*units);
		let mut expected = [0i128; 4];
		match op {
			Op::Buy { series, who, units } => {
				expected[*who] -= value(series, units) as i128;
				*self.paid_in.entry(*series).or_default() += value(series, units);
			}
			Op::BuyStaked { series, who, units } => {
				*self.paid_in.entry(*series).or_default() += value(series, units);
				*self.staked.entry((*series, *who)).or_default() += units;
			}
			Op::Stake { series, who, units } => {
				expected[*who] += value(series, units) as i128;
				*self.staked.entry((*series, *who)).or_default() += units;
			}
			Op::Unstake { series, who, units } => {
				expected[*who] -= value(series, units) as i128;
				*self.staked.entry((*series, *who)).or_default() -= units;
			}
			Op::Redeem { series, who, units } => {
				let record = Series::<Test>::get(series).unwrap();
				let (paid, to_owner) = redeemed();
				assert_eq!(paid + to_owner, value(series, units));
				assert!(paid >= Perbill::from_percent(90).mul_floor(value(series, units)));
				let owner = PEOPLE.iter().position(|who| *who == record.owner).unwrap();
				expected[*who] += paid as i128;
				expected[owner] += to_owner as i128;
				*self.paid_out.entry(*series).or_default() += paid + to_owner;
				self.to_owners += to_owner;
				self.redeemed += paid + to_owner;
			}
			Op::Create { .. } => {
				expected[if matches!(op, Op::Create { device: DRONE, .. }) { 1 } else { 0 }] =
					-(ED as i128);
			}
			Op::Close { .. } | Op::Transfer { .. } | Op::Wait { .. } => {}
		}
		for (index, expected) in expected.into_iter().enumerate() {
			assert_eq!(change(index), expected, "{op:?} moved money of person {index}");
		}
	}

	fn check(&self, issuance: Balance) {
		check_state();
		// INV1
		assert_eq!(Balances::total_issuance(), issuance);
		// INV3
		for (series, record) in Series::<Test>::iter() {
			let of =
				|sums: &BTreeMap<SeriesId, Balance>| sums.get(&series).copied().unwrap_or_default();
			let staked = self.staked.iter().filter(|((id, _), _)| *id == series);
			let staked: Units = staked.map(|(_, units)| units).sum();
			let rent = Balance::from(staked) * record.sale.unit_price;
			assert_eq!(of(&self.paid_in), backing(series) + rent + of(&self.paid_out));
			let held: Units = PEOPLE.iter().map(|who| units_of(series, who)).sum();
			assert_eq!(UsageToken::outstanding(series), held);
			assert_eq!(record.sold, held + staked);
		}
	}

	/// Ends every lease and redeems every unit.
	fn unwind(&mut self) {
		for ((series, who), units) in self.staked.clone() {
			if units > 0 {
				self.apply(&Op::Unstake { series, who, units });
			}
		}
		for series in Series::<Test>::iter_keys() {
			for (who, person) in PEOPLE.iter().enumerate() {
				let units = units_of(series, person);
				if units > 0 {
					self.apply(&Op::Redeem { series, who, units });
				}
			}
		}
	}
}

/// As a transaction: all or nothing.
fn done(call: impl FnOnce() -> sp_runtime::DispatchResult) -> bool {
	frame_support::storage::with_storage_layer(call).is_ok()
}

/// What the holder and the owner got by the last event.
fn redeemed() -> (Balance, Balance) {
	match our_events().pop() {
		Some(Event::UnitsRedeemed { paid, to_owner, .. }) => (paid, to_owner),
		other => panic!("redeeming said {other:?}"),
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(64))]

	#[test]
	fn money_and_units_stay_in_step(
		ops in proptest::collection::vec(op(), 1..60),
	) {
		new_test_ext().execute_with(|| {
			let issuance = Balances::total_issuance();
			let mut model = Model::default();
			// So that short sequences do something.
			for device in [GPU, DRONE] {
				model.apply(&Op::Create { device, window: 0, price: 99, unit: 1, cap: 500 });
			}
			for op in ops {
				let op = model.sensible(op);
				model.apply(&op);
				model.check(issuance);
			}
			model.unwind();
			model.check(issuance);
			let mut endowments = 0;
			for (series, record) in Series::<Test>::iter() {
				assert_eq!((backing(series), record.sold), (0, 0));
				endowments += record.endowment;
			}
			let wealth: Balance = PEOPLE.iter().map(Balances::total_balance).sum();
			assert_eq!(wealth + endowments, 4 * FORTUNE);
			// Each redemption rounds by less than one.
			assert!(model.to_owners <= model.redeemed / 10 + 400);
			assert_eq!(Balances::balance(&TREASURY), FORTUNE);
			assert!(PEOPLE.iter().all(|who| rent_of(who) == 0));
		});
	}
}

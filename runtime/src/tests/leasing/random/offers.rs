// SPDX-License-Identifier: Apache-2.0

//! Series of all kinds, with numbers that do not divide.

use super::{
	world::{people, ARBITERS},
	*,
};
use proptest::prelude::*;
use sp_runtime::Perbill;
use tenure_primitives::{
	Admission, CancellationStep, Custody, EvidencePolicy, LeaseTerms, RedeemShares, SaleConditions,
};

/// Usable windows are whole ones of this length, so that they are equal or disjoint.
pub const WINDOW: Moment = 16 * 3_600;

/// Least part of the rent that cancelling costs, in billionths.
const LEAST_STEP: u32 = 10_000_000;

/// The least price of a unit.
const LEAST_PRICE: Balance = 10_000_000_000;

/// What distinguishes a series from others.
#[derive(Clone, Debug)]
pub struct Offer {
	unit_seconds: u32,
	price: Balance,
	window: u64,
	cap: u64,
	transferable: bool,
	redeem: (u32, u32, u32),
	turnaround: u32,
	evidence: EvidencePolicy,
	custody: Custody,
	deposit: Balance,
	ladder: usize,
	notice: u32,
	owner_notice: u32,
	penalty: u32,
	free_share: u32,
	guests: Guests,
	/// How long there is to object, and who decides then or about damage: a bit for each arbiter.
	objections: Option<u32>,
	judges: u8,
}

/// Whom the owner lets rent: a bit for each of the people.
#[derive(Clone, Debug)]
enum Guests {
	Anyone,
	Only(u8),
	Except(u8),
}

impl Guests {
	fn admission(&self) -> Admission<AccountId> {
		let listed = |bits: u8| {
			let people = people().into_iter().enumerate();
			let listed = people.filter(|(place, _)| bits & (1 << place) != 0);
			listed.map(|(_, who)| who).collect::<Vec<_>>().try_into().unwrap()
		};
		match *self {
			Self::Anyone => Admission::Anyone,
			Self::Only(bits) => Admission::Only(listed(bits)),
			Self::Except(bits) => Admission::Except(listed(bits)),
		}
	}
}

impl Offer {
	/// Its sale, from now on, in the window that is running or a later one.
	pub fn sale(&self) -> SaleConditions {
		let usable_from = START + ((now() - START) / WINDOW + self.window) * WINDOW;
		let usable_until = usable_from + WINDOW;
		let [a, b, c] = [self.redeem.0, self.redeem.1, self.redeem.2].map(Perbill::from_parts);
		SaleConditions {
			unit_seconds: self.unit_seconds,
			unit_price: self.price,
			cap: self.cap,
			sale_from: now(),
			sale_until: usable_until,
			usable_from,
			usable_until,
			redeem_shares: RedeemShares {
				before: a.max(b).max(c),
				during: a.max(b).min(a.min(b).max(c)),
				after: a.min(b).min(c),
			},
			transferable: self.transferable,
		}
	}

	/// Its terms.
	pub fn terms(&self) -> LeaseTerms<AccountId> {
		LeaseTerms {
			turnaround: self.turnaround,
			cancellation: self.ladder().try_into().unwrap(),
			tenant_notice: self.notice,
			owner_notice: match self.custody {
				Custody::Remote => self.owner_notice,
				Custody::Physical { handover_window, .. } => self.owner_notice.max(handover_window),
			},
			owner_penalty: Perbill::from_parts(self.penalty),
			penalty_free_share: Perbill::from_parts(self.free_share),
			evidence: self.evidence,
			min_duration: self.min_duration(),
			custody: self.custody,
			damage_deposit: self.deposit,
			admission: self.guests.admission(),
			objection_window: self.objections.unwrap_or(0),
			arbiters: self.arbiters().try_into().unwrap(),
			..terms()
		}
	}

	/// Three times what each side has for a hand-over.
	fn min_duration(&self) -> u32 {
		match self.custody {
			Custody::Remote => 60,
			Custody::Physical { handover_window, .. } => 3 * handover_window,
		}
	}

	fn ladder(&self) -> Vec<CancellationStep> {
		match self.evidence {
			EvidencePolicy::CoSigned { reservation_share, .. } => {
				ladder_up_to(self.ladder, reservation_share.deconstruct())
			}
			EvidencePolicy::Clock => ladder_up_to(self.ladder, 100_000_000),
			_ => ladders(self.ladder),
		}
	}
}

fn step(notice: u32, parts: u32) -> CancellationStep {
	CancellationStep { notice, share: Perbill::from_parts(parts) }
}

/// Shares up to that of time without signature, and one for the last moment.
fn ladder_up_to(index: usize, most: u32) -> Vec<CancellationStep> {
	let more = most - LEAST_STEP;
	match index {
		0 => vec![step(0, LEAST_STEP)],
		1 => vec![step(0, most)],
		_ => vec![
			step(1_800, LEAST_STEP),
			step(300, LEAST_STEP + more / 3),
			step(0, LEAST_STEP + more / 2),
		],
	}
}

impl Offer {
	/// Who decides about objections.
	fn arbiters(&self) -> Vec<AccountId> {
		if self.objections.is_none() && self.deposit == 0 {
			return vec![];
		}
		let bits = self.judges;
		let all = ARBITERS.map(account).into_iter().enumerate();
		all.filter(|(place, _)| bits & (1 << place) != 0).map(|(_, who)| who).collect()
	}
}

fn ladders(index: usize) -> Vec<CancellationStep> {
	match index {
		0 => vec![],
		1 => vec![step(0, 333_333_333)],
		_ => vec![step(1_800, LEAST_STEP), step(300, 123_456_789), step(60, 500_000_001)],
	}
}

/// Any offer.
pub fn offer() -> impl Strategy<Value = Offer> {
	let share = || 900_000_000u32..=1_000_000_000;
	let sale = (
		0u128..1 << 38,
		// One that is three days ahead, and one further ahead than a closing's notice.
		prop_oneof![20 => 0u64..2, 2 => Just(5u64), 1 => Just(60u64)],
		prop_oneof![1 => 20u64..200, 4 => 200u64..10_000],
		proptest::bool::weighted(0.8),
		(share(), share(), share()),
	);
	let terms = (
		prop_oneof![2 => Just(0u32), 1 => Just(60u32), 1 => Just(601u32)],
		0usize..3,
		prop_oneof![2 => Just(0u32), 1 => Just(90u32), 1 => Just(700u32)],
		prop_oneof![2 => Just(0u32), 1 => Just(90u32), 1 => Just(700u32)],
		0u32..=1_000_000_000,
		0u32..=500_000_000,
		// Everybody is five people.
		prop_oneof![
			4 => Just(Guests::Anyone),
			1 => (1u8..32).prop_map(Guests::Only),
			1 => (0u8..32).prop_map(Guests::Except),
		],
		proptest::option::of(60u32..3_600),
		1u8..8,
	);
	(evidence(), sale, terms, custody()).prop_map(
		|((evidence, unit_seconds), sale, terms, home)| {
			// What is short can't be cheap: no price is below the existential deposit.
			let is_short = unit_seconds < 60;
			let (most, more) = if is_short { (LEAST_PRICE, 60) } else { (Balance::MAX, 1) };
			Offer {
				unit_seconds,
				price: LEAST_PRICE + sale.0 % most,
				window: sale.1,
				cap: sale.2 * more,
				transferable: sale.3,
				redeem: sale.4,
				turnaround: terms.0,
				evidence,
				custody: if evidence == EvidencePolicy::Clock { home.0 } else { Custody::Remote },
				deposit: if evidence == EvidencePolicy::Clock { home.1 } else { 0 },
				ladder: terms.1,
				notice: terms.2,
				owner_notice: terms.3,
				penalty: terms.4,
				free_share: terms.5,
				guests: terms.6,
				// There is nothing to object to where the tenant signs or has the device.
				objections: terms.7.filter(|_| evidence.heartbeat_gap().is_some()),
				judges: terms.8,
			}
		},
	)
}

/// What pays, and how many seconds a unit has then.
fn evidence() -> impl Strategy<Value = (EvidencePolicy, u32)> {
	let by_heartbeats =
		(60u32..300, prop_oneof![3 => Just(60u32), 2 => Just(420u32), 1 => Just(3_600u32)])
			.prop_map(|(max_gap, unit)| (EvidencePolicy::Heartbeat { max_gap }, unit));
	let unit = prop_oneof![
		2 => Just(1u32),
		2 => Just(7u32),
		2 => Just(60u32),
		1 => Just(499u32),
		1 => Just(3_600u32),
	];
	let by_receipts =
		(1u32..=86_400, LEAST_STEP..=100_000_000, unit).prop_map(|(max_lag, parts, unit)| {
			let reservation_share = Perbill::from_parts(parts);
			(EvidencePolicy::CoSigned { max_lag, reservation_share }, unit)
		});
	let unit = prop_oneof![1 => Just(1u32), 2 => Just(60u32), 2 => Just(77u32)];
	let in_hands = unit.prop_map(|unit| (EvidencePolicy::Clock, unit));
	prop_oneof![2 => by_heartbeats, 2 => by_receipts, 1 => in_hands]
}

/// How a device gets to its tenant and back, and the deposit for it.
fn custody() -> impl Strategy<Value = (Custody, Balance)> {
	let times = (600u32..1_000, 600u32..1_200, 0u32..400, 0u32..2_000, 100u16..1_000);
	let deposit = prop_oneof![1 => Just(0), 6 => 1u128 << 20..1 << 40];
	(times, deposit).prop_map(
		|((handover_window, inspection, return_grace, more, percent), deposit)| {
			let custody = Custody::Physical {
				handover_window,
				inspection,
				return_grace,
				overdue_percent: percent,
				forfeit_after: 3_600 + more,
			};
			(custody, deposit)
		},
	)
}

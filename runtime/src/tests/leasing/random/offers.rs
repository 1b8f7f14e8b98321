// SPDX-License-Identifier: Apache-2.0

//! Series of all kinds, with numbers that do not divide.

use super::{world::people, *};
use proptest::prelude::*;
use sp_runtime::Perbill;
use tenure_primitives::{
	Admission, CancellationStep, EvidencePolicy, LeaseTerms, RedeemShares, SaleConditions,
};

/// Usable windows are whole ones of this length, so that they are equal or disjoint.
pub const WINDOW: Moment = 16 * 3_600;

/// What distinguishes a series from others.
#[derive(Clone, Debug)]
pub struct Offer {
	unit_minutes: u32,
	price: Balance,
	window: u64,
	cap: u64,
	transferable: bool,
	redeem: (u32, u32, u32),
	turnaround: u32,
	gap: u32,
	ladder: usize,
	notice: u32,
	owner_notice: u32,
	penalty: u32,
	free_share: u32,
	guests: Guests,
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
			unit_seconds: self.unit_minutes * 60,
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
			cancellation: ladders(self.ladder).try_into().unwrap(),
			tenant_notice: self.notice,
			owner_notice: self.owner_notice,
			owner_penalty: Perbill::from_parts(self.penalty),
			penalty_free_share: Perbill::from_parts(self.free_share),
			evidence: EvidencePolicy::Heartbeat { max_gap: self.gap },
			admission: self.guests.admission(),
			..terms()
		}
	}
}

fn ladders(index: usize) -> Vec<CancellationStep> {
	let step = |notice, parts| CancellationStep { notice, share: Perbill::from_parts(parts) };
	match index {
		0 => vec![],
		1 => vec![step(0, 333_333_333)],
		_ => vec![step(1_800, 10_000_000), step(300, 123_456_789), step(60, 500_000_001)],
	}
}

/// Any offer.
pub fn offer() -> impl Strategy<Value = Offer> {
	let share = || 900_000_000u32..=1_000_000_000;
	let sale = (
		prop_oneof![3 => Just(1u32), 2 => Just(7u32), 1 => Just(60u32)],
		10_000_000_000u128..1 << 38,
		// One that is three days ahead, and one further ahead than a closing's notice.
		prop_oneof![20 => 0u64..2, 2 => Just(5u64), 1 => Just(60u64)],
		prop_oneof![1 => 20u64..200, 4 => 200u64..10_000],
		proptest::bool::weighted(0.8),
		(share(), share(), share()),
	);
	let terms = (
		prop_oneof![2 => Just(0u32), 1 => Just(60u32), 1 => Just(601u32)],
		60u32..300,
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
	);
	(sale, terms).prop_map(|(sale, terms)| Offer {
		unit_minutes: sale.0,
		price: sale.1,
		window: sale.2,
		cap: sale.3,
		transferable: sale.4,
		redeem: sale.5,
		turnaround: terms.0,
		gap: terms.1,
		ladder: terms.2,
		notice: terms.3,
		owner_notice: terms.4,
		penalty: terms.5,
		free_share: terms.6,
		guests: terms.7,
	})
}

// SPDX-License-Identifier: Apache-2.0

//! What is in dispute, whose it is in the end, and what deciding costs.

use super::{
	books::{everybody, Books},
	holds::record_deposit,
	park::Park,
	*,
};
use crate::configs::TreasuryAccount;
use frame_support::traits::TypedGet;
use pallet_arbitration::Cases;
use pallet_lease_escrow::{DisputeDeadlines, Disputes, Event, HoldReason};
use sp_runtime::Perbill;
use tenure_primitives::{DisputeId, DisputeKind, DisputeOutcome, Side};

/// How long who is claimed against has to answer.
const ANSWER: Moment = 3 * 86_400;
/// How long the arbiter has.
const ARBITRATION: Moment = 14 * 86_400;
/// What it gets, of the amount.
const FEE: Perbill = Perbill::from_percent(5);
/// What a claimant of damage puts up, of the amount.
const BOND: Perbill = Perbill::from_percent(10);

/// An amount in dispute.
#[derive(Clone, Debug)]
pub struct Quarrel {
	pub claimant: AccountId,
	pub respondent: AccountId,
	/// Who has the amount on hold.
	pub holder: Side,
	pub amount: Balance,
	pub claimant_bond: Balance,
	pub respondent_bond: Balance,
	/// The protocol's share of what the respondent gets.
	pub share: Perbill,
	pub arbiter: AccountId,
	/// Whether its arbiter is asked, or its respondent.
	pub is_before_arbiter: bool,
	since: Moment,
	deadline: Moment,
}

/// Who gets what of a dispute.
struct Award {
	to_claimant: Balance,
	to_respondent: Balance,
	to_protocol: Balance,
	/// Of the amount, of the claimant's bond and of the respondent's.
	fees: (Balance, Balance, Balance),
}

impl Quarrel {
	fn award(&self, outcome: DisputeOutcome) -> Award {
		let fee = FEE.mul_floor(self.amount);
		let (to_claimant, by_claimant, by_respondent) = match outcome {
			// Whom both sides called is paid.
			DisputeOutcome::Conceded if self.respondent_bond > 0 => (self.amount, 0, fee),
			DisputeOutcome::Withdrawn if self.respondent_bond > 0 => (0, fee, 0),
			DisputeOutcome::Conceded | DisputeOutcome::Unanswered => (self.amount, 0, 0),
			DisputeOutcome::Withdrawn => (0, 0, 0),
			DisputeOutcome::Undecided => (self.amount / 2, 0, 0),
			DisputeOutcome::Verdict { claimant_share } => {
				let lost = claimant_share.mul_floor(fee);
				(claimant_share.mul_floor(self.amount), fee - lost, lost)
			}
		};
		let rest = self.amount - to_claimant;
		let to_protocol = self.share.mul_floor(rest);
		// Who put up nothing pays nothing: it comes off what the other one is awarded.
		let fees = if self.respondent_bond > 0 {
			(0, by_claimant, by_respondent)
		} else {
			(by_respondent, by_claimant, 0)
		};
		let to_claimant = to_claimant - fees.0;
		Award { to_claimant, to_respondent: rest - to_protocol, to_protocol, fees }
	}

	fn bond_of(&self, who: &AccountId) -> Balance {
		let of_claimant = if self.claimant == *who { self.claimant_bond } else { 0 };
		let of_respondent = if self.respondent == *who { self.respondent_bond } else { 0 };
		of_claimant + of_respondent
	}

	fn is_held_by(&self, who: &AccountId) -> bool {
		match self.holder {
			Side::Claimant => self.claimant == *who,
			Side::Respondent => self.respondent == *who,
		}
	}
}

impl Books {
	/// When the time of a dispute is over, as things are now.
	pub fn over_from(&self, quarrel: &Quarrel) -> Moment {
		self.standstills.moved(quarrel.deadline, quarrel.since)
	}

	/// Whether its time is over.
	pub fn is_over(&self, quarrel: &Quarrel) -> bool {
		self.over_from(quarrel) <= now()
	}

	pub fn enter_dispute(&mut self, event: Event<Runtime>, park: &Park, outcomes: &mut Outcomes) {
		match event {
			Event::DisputeOpened {
				lease,
				kind,
				claimant,
				respondent,
				amount,
				bond,
				arbiter,
				deadline,
				..
			} => {
				let is_rent = kind == DisputeKind::Rent;
				let contract = self.contracts.get_mut(&lease).unwrap();
				let due = if is_rent { amount } else { BOND.mul_ceil(amount) };
				assert_eq!(bond, due.max(record_deposit()));
				assert_eq!(deadline, now() + if is_rent { ANSWER } else { ARBITRATION });
				assert_eq!(Some(&arbiter), contract.arbiter.as_ref());
				assert!(amount > 0);
				if is_rent {
					assert!(amount <= contract.objectable(park, &self.standstills));
					contract.note_objection(amount, park, &self.standstills);
				}
				let is_by_tenant = claimant == contract.tenant;
				let contract = contract.clone();
				if !is_rent {
					self.note_claim(lease, is_by_tenant, amount);
				}
				assert!(is_by_tenant || !is_rent);
				let (one, other) = if is_by_tenant {
					(&contract.tenant, &contract.payee)
				} else {
					(&contract.payee, &contract.tenant)
				};
				assert_eq!((&claimant, &respondent), (one, other));
				let quarrel = Quarrel {
					claimant,
					respondent,
					// The tenant has it on hold: as rent, or as a deposit.
					holder: if is_by_tenant { Side::Claimant } else { Side::Respondent },
					amount,
					claimant_bond: bond,
					respondent_bond: 0,
					share: if is_rent { contract.share } else { Perbill::zero() },
					arbiter,
					is_before_arbiter: !is_rent,
					since: now(),
					deadline,
				};
				assert!(self.disputes.insert(DisputeId { lease, kind }, quarrel).is_none());
			}
			Event::DisputeContested { lease, kind, bond, deadline } => {
				let quarrel = self.disputes.get_mut(&DisputeId { lease, kind }).unwrap();
				assert_eq!((quarrel.respondent_bond, bond), (0, quarrel.claimant_bond));
				quarrel.respondent_bond = bond;
				if !quarrel.is_before_arbiter {
					quarrel.is_before_arbiter = true;
					quarrel.since = now();
					quarrel.deadline = now() + ARBITRATION;
				}
				assert_eq!(deadline, quarrel.deadline);
			}
			event => self.enter_award(event, outcomes),
		}
	}

	fn enter_award(&mut self, event: Event<Runtime>, outcomes: &mut Outcomes) {
		let Event::DisputeClosed {
			lease,
			kind,
			outcome,
			to_claimant,
			to_respondent,
			to_protocol,
			to_arbiter,
		} = event
		else {
			unreachable!("{event:?} ends no dispute")
		};
		let quarrel = self.disputes.remove(&DisputeId { lease, kind }).unwrap();
		self.assert_ends_with(&quarrel, outcome);
		let name = match outcome {
			DisputeOutcome::Verdict { .. } => "Verdict".into(),
			other => format!("{other:?}"),
		};
		*outcomes.endings.entry(name).or_default() += 1;
		let award = quarrel.award(outcome);
		let (of_amount, of_claimant, of_respondent) = award.fees;
		let due = (award.to_claimant, award.to_respondent, award.to_protocol);
		assert_eq!((to_claimant, to_respondent, to_protocol), due, "{quarrel:?}");
		assert_eq!(to_arbiter, of_amount + of_claimant + of_respondent, "{quarrel:?}");

		let (holder, other, to_other) = match quarrel.holder {
			Side::Claimant => (&quarrel.claimant, &quarrel.respondent, to_respondent),
			Side::Respondent => (&quarrel.respondent, &quarrel.claimant, to_claimant),
		};
		self.take(holder, to_other + to_protocol + of_amount);
		self.take(&quarrel.claimant, of_claimant);
		self.take(&quarrel.respondent, of_respondent);
		self.give(other, to_other);
		self.give(&TreasuryAccount::get(), to_protocol);
		self.enter_reward(&quarrel.arbiter, to_arbiter);
	}

	/// It ended as somebody wanted it to, or by itself when its time was over.
	fn assert_ends_with(&self, quarrel: &Quarrel, outcome: DisputeOutcome) {
		let by_itself = if quarrel.is_before_arbiter {
			DisputeOutcome::Undecided
		} else {
			DisputeOutcome::Unanswered
		};
		assert_eq!(outcome, self.ruling.unwrap_or(by_itself), "{quarrel:?}");
		assert_eq!(self.is_over(quarrel), self.ruling.is_none(), "{quarrel:?}");
	}

	/// Compares what is in dispute, what is on hold for it, and what arbiters are asked.
	pub fn compare_disputes(&self, when: &str) {
		for (id, quarrel) in &self.disputes {
			let dispute = Disputes::<Runtime>::get(id.lease, id.kind).unwrap();
			let parties = (&dispute.claimant, &dispute.respondent, &dispute.arbiter);
			let expected = (&quarrel.claimant, &quarrel.respondent, &quarrel.arbiter);
			assert_eq!(parties, expected, "{id:?} {when}");
			let bonds = (dispute.claimant_bond, dispute.respondent_bond);
			assert_eq!(bonds, (quarrel.claimant_bond, quarrel.respondent_bond), "{id:?} {when}");
			let money = (dispute.amount, dispute.fee, dispute.protocol_share, dispute.held_by);
			let fee = FEE.mul_floor(quarrel.amount);
			let expected = (quarrel.amount, fee, quarrel.share, quarrel.holder);
			assert_eq!(money, expected, "{id:?} {when}");
			let time = (dispute.before_arbiter, dispute.since, dispute.deadline);
			let expected = (quarrel.is_before_arbiter, quarrel.since, quarrel.deadline);
			assert_eq!(time, expected, "{id:?} {when}");
			let details = LeaseEscrow::disputes(id.lease);
			let details = details.iter().find(|details| details.kind == id.kind).unwrap();
			assert_eq!(details.deadline, self.over_from(quarrel), "{id:?} {when}");

			let case = Cases::<Runtime>::get(id).map(|case| (case.arbiter, case.amount));
			let asked = (quarrel.arbiter.clone(), quarrel.amount);
			assert_eq!(case, quarrel.is_before_arbiter.then_some(asked), "{id:?} {when}");
		}
		let count = self.disputes.len();
		assert_eq!(Disputes::<Runtime>::iter_keys().count(), count, "{when}");
		assert_eq!(DisputeDeadlines::<Runtime>::iter_keys().count(), count, "{when}");
		let before = self.disputes.values().filter(|quarrel| quarrel.is_before_arbiter);
		assert_eq!(Cases::<Runtime>::iter_keys().count(), before.count(), "{when}");
		for who in everybody() {
			let disputes = || self.disputes.values();
			let amounts: Balance = disputes()
				.filter(|quarrel| quarrel.is_held_by(&who))
				.map(|quarrel| quarrel.amount)
				.sum();
			assert_eq!(held(HoldReason::Disputed, &who), amounts, "{when}");
			let bonds: Balance = disputes().map(|quarrel| quarrel.bond_of(&who)).sum();
			assert_eq!(held(HoldReason::DisputeBond, &who), bonds, "{when}");
		}
	}

	/// Where the sweep had room, none is over for longer than a minute.
	pub fn assert_swept(&self) {
		for (id, quarrel) in &self.disputes {
			assert!(now() < self.over_from(quarrel) + 60, "{id:?} is over");
		}
	}
}

// SPDX-License-Identifier: Apache-2.0

//! Who objects, contests, gives in, decides, and says who may decide.

use super::{
	changes::QUARRELLED,
	contracts::Contract,
	disputes::Quarrel,
	steps::QuarrelStep,
	world::{open_series, people, pick, preferring, ARBITERS},
	*,
};
use pallet_arbitration::{Call as Arbiter, Error as ArbiterError};
use pallet_lease_escrow::{Call as Lease, Error as LeaseError};
use sp_core::H256;
use sp_runtime::Perbill;
use tenure_primitives::{DeviceId, DisputeId, DisputeOutcome, LeaseTerms, SeriesId};

/// Hash of what somebody has to show.
pub const EVIDENCE: H256 = H256([9; 32]);

impl World<'_> {
	pub fn take_quarrel_step(&mut self, step: QuarrelStep) {
		match step {
			QuarrelStep::Object { lease, percent } => self.object(lease, percent),
			QuarrelStep::Contest { dispute } => self.contest(dispute),
			QuarrelStep::Concede { dispute } => {
				let Some((id, quarrel)) = self.pick_dispute(dispute, |_| true) else { return };
				let concede = Lease::concede { lease: id.lease, kind: id.kind };
				self.refuse_others(&quarrel.respondent, concede.clone(), LeaseError::NotRespondent);
				let outcome = DisputeOutcome::Conceded;
				self.end_dispute("concede", &quarrel.respondent, &quarrel, concede, outcome);
			}
			QuarrelStep::Withdraw { dispute } => {
				let Some((id, quarrel)) = self.pick_dispute(dispute, |_| true) else { return };
				let withdraw = Lease::withdraw_claim { lease: id.lease, kind: id.kind };
				self.refuse_others(&quarrel.claimant, withdraw.clone(), LeaseError::NotClaimant);
				let outcome = DisputeOutcome::Withdrawn;
				self.end_dispute("withdraw_claim", &quarrel.claimant, &quarrel, withdraw, outcome);
			}
			QuarrelStep::Decide { dispute, parts } => self.decide(dispute, parts),
			QuarrelStep::Settle { who, dispute } => {
				let Some((id, _)) = self.pick_dispute(dispute, |_| true) else { return };
				self.settle_dispute(who, id);
			}
			QuarrelStep::SetArbiter { who } => {
				let who = pick(&ARBITERS.map(account), who).unwrap();
				self.set_arbiter(&who);
			}
			QuarrelStep::Outlast { who, seconds } => {
				let disputes = self.books.disputes.values();
				let Some(first) = disputes.map(|quarrel| self.books.over_from(quarrel)).min()
				else {
					return;
				};
				self.block_without_sweep_at(first.max(now()) + seconds);
				self.settle_disputes(who);
			}
		}
	}

	/// A tenant objects. If there is nothing to object to, a device serves; if nobody leases any that
	/// leaves time to object, somebody does.
	fn object(&mut self, index: usize, percent: u64) {
		let objectable = |contract: &Contract| {
			contract.objectable(&self.park, &self.books.standstills) > 0
				&& contract.tenant != contract.payee
		};
		if !index.is_multiple_of(8) && !self.books.contracts.values().any(objectable) {
			self.make_objectable(index);
		}
		self.object_to_some(index, percent);
	}

	fn make_objectable(&mut self, index: usize) {
		let is_ahead = |contract: &Contract| contract.is_delayed() && now() < contract.until;
		if !self.books.contracts.values().any(is_ahead) {
			let is_usable = |series: &SeriesId| {
				let facts = &self.books.series[series];
				let (from, until) = (facts.sale.usable_from, facts.sale.usable_until);
				let is_now = from <= now() && now() + 7_200 < until;
				facts.terms.objection_window > 0 && is_now && self.is_to_be_had(series)
			};
			let usable: Vec<SeriesId> = open_series().into_iter().filter(is_usable).collect();
			let Some(series) = pick(&usable, index) else { return };
			self.rent_from(series, index, 15, 0);
			self.enter();
		}
		let next = self.books.contracts.values().filter(|contract| is_ahead(contract));
		let Some(next) = next.map(|contract| contract.from).min() else { return };
		if next > now() + 7_200 {
			return;
		}
		self.block_at(next.max(now() + SLOT));
		for _ in 0..6 {
			self.serve(15, 0, false);
		}
	}

	fn object_to_some(&mut self, index: usize, percent: u64) {
		let objectable =
			|contract: &Contract| contract.objectable(&self.park, &self.books.standstills);
		let Some((lease, contract)) =
			self.pick_contract(index, |contract| objectable(contract) > 0)
		else {
			return;
		};
		let most = objectable(&contract);
		let amount = (most * Balance::from(percent) / 100).max(1);
		let object = |amount| Lease::object { lease, amount, evidence: EVIDENCE };
		let tenant = &contract.tenant;
		// Who came to own what it had rented pays itself.
		let may = most > 0 && *tenant != contract.payee;
		if may {
			let too_large = LeaseError::<Runtime>::ObjectionTooLarge;
			assert_eq!(call(tenant, object(most + 1)), Err(too_large.into()));
			self.refuse_others(tenant, object(1), LeaseError::NotTenant);
		}
		// Owners may leave whoever objects, and chance alone would have few of them do so.
		if self.judge("object", tenant, object(amount), may) && index.is_multiple_of(2) {
			self.leave_block();
			self.revoke(QUARRELLED);
		}
	}

	fn contest(&mut self, index: usize) {
		let is_due = |quarrel: &Quarrel| quarrel.respondent_bond == 0;
		let Some((id, quarrel)) = self.pick_dispute(index, is_due) else { return };
		let contest = Lease::contest { lease: id.lease, kind: id.kind };
		self.refuse_others(&quarrel.respondent, contest.clone(), LeaseError::NotRespondent);
		let may = is_due(&quarrel) && !self.books.is_over(&quarrel);
		self.judge("contest", &quarrel.respondent, contest, may);
	}

	fn decide(&mut self, index: usize, parts: u32) {
		let waits = |quarrel: &Quarrel| quarrel.is_before_arbiter;
		if !self.books.disputes.values().any(waits) {
			self.contest(index);
			self.enter();
		}
		let Some((dispute, quarrel)) = self.pick_dispute(index, waits) else { return };
		let claimant_share = Perbill::from_parts(parts);
		let decide = Arbiter::decide { dispute, claimant_share };
		let other = people().into_iter().find(|who| *who != quarrel.arbiter).unwrap();
		let refusal: ArbiterError<Runtime> = if waits(&quarrel) {
			ArbiterError::NotArbiterOfCase
		} else {
			ArbiterError::UnknownCase
		};
		assert_eq!(call(&other, decide.clone()), Err(refusal.into()));
		if waits(&quarrel) {
			let outcome = DisputeOutcome::Verdict { claimant_share };
			self.end_dispute("decide", &quarrel.arbiter, &quarrel, decide, outcome);
		} else {
			self.judge("decide", &quarrel.arbiter, decide, false);
		}
	}

	/// Somebody ends a dispute, if its time is not over.
	fn end_dispute(
		&mut self,
		name: &'static str,
		who: &AccountId,
		quarrel: &Quarrel,
		inner: impl Into<RuntimeCall>,
		outcome: DisputeOutcome,
	) {
		let may = !self.books.is_over(quarrel);
		self.books.ruling = Some(outcome);
		self.judge(name, who, inner, may);
		self.enter();
		self.books.ruling = None;
	}

	fn settle_dispute(&mut self, who: usize, id: DisputeId) {
		let who = pick(&people(), who).unwrap();
		let may = self.books.is_over(&self.books.disputes[&id]);
		let settle = Lease::settle_dispute { lease: id.lease, kind: id.kind };
		self.judge("settle_dispute", &who, settle, may);
		self.enter();
	}

	/// Somebody settles every other dispute that is over.
	pub fn settle_disputes(&mut self, who: usize) {
		let disputes = self.books.disputes.iter();
		let over = disputes.filter(|(_, quarrel)| self.books.is_over(quarrel));
		let over: Vec<DisputeId> = over.map(|(id, _)| *id).step_by(2).collect();
		for id in over {
			self.settle_dispute(who, id);
		}
	}

	/// Puts somebody on the list of arbiters, or takes it from it.
	pub fn set_arbiter(&mut self, who: &AccountId) {
		let account = who.clone();
		if self.park.arbiters.remove(who) {
			let remove = Arbiter::remove_arbiter { account };
			assert_eq!(self.call_as_root("remove_arbiter", remove), Ok(()));
		} else {
			let add = Arbiter::add_arbiter { account, uri: Default::default() };
			assert_eq!(self.call_as_root("add_arbiter", add), Ok(()));
			self.park.arbiters.insert(who.clone());
		}
	}

	/// Whoever is not the one that it is up to is refused, by name.
	pub fn refuse_others(
		&self,
		whose: &AccountId,
		lease_call: Lease<Runtime>,
		refusal: LeaseError<Runtime>,
	) {
		let is_over = Err(LeaseError::<Runtime>::DisputeOver.into());
		let other = people().into_iter().find(|who| who != whose).unwrap();
		let outcome = call(&other, lease_call);
		assert!(outcome == Err(refusal.into()) || outcome == is_over, "{outcome:?}");
	}

	/// Leaves those arbiters in the terms that this owner can name. If there are none, nobody can object.
	pub fn fit_arbiters(&self, owner: &AccountId, terms: &mut LeaseTerms<AccountId>) {
		let arbiters = &self.park.arbiters;
		terms.arbiters.retain(|arbiter| arbiter != owner && arbiters.contains(arbiter));
		if terms.arbiters.is_empty() {
			(terms.objection_window, terms.damage_deposit) = (0, 0);
		}
	}

	/// Whom the tenant of a lease names: one of those in the terms, if any is needed, rather one that may
	/// be named. The books remember it.
	pub fn name_arbiter(
		&mut self,
		series: SeriesId,
		device: DeviceId,
		tenant: &AccountId,
		index: u64,
	) -> Option<AccountId> {
		let listed = self.books.series[&series].terms.arbiters.to_vec();
		let owner = &self.park.machine(device).owner;
		let may =
			|who: &AccountId| who != tenant && who != owner && self.park.arbiters.contains(who);
		let named = pick(&preferring(listed, may), index as usize);
		self.books.named.clone_from(&named);
		named
	}

	/// An open dispute, mostly one that passes if there is any. If there is none at all, somebody objects.
	fn pick_dispute(
		&mut self,
		index: usize,
		passes: impl Fn(&Quarrel) -> bool,
	) -> Option<(DisputeId, Quarrel)> {
		if self.books.disputes.is_empty() {
			self.object(index, 50);
			self.enter();
		}
		let all: Vec<_> = self.books.disputes.clone().into_iter().collect();
		let is_any_good = index.is_multiple_of(8);
		pick(&preferring(all, |(_, quarrel)| is_any_good || passes(quarrel)), index)
	}
}

/// Names an arbiter in a rental or a booking.
pub fn with_arbiter(mut lease: Lease<Runtime>, named: Option<AccountId>) -> Lease<Runtime> {
	if let Lease::rent { arbiter, .. } | Lease::book { arbiter, .. } = &mut lease {
		*arbiter = named;
	}
	lease
}

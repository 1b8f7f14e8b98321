// SPDX-License-Identifier: Apache-2.0

//! Who hands devices over, takes them, brings them back, complains, or stays silent.

use super::{
	contracts::Contract,
	custody::Fate,
	quarrels::EVIDENCE,
	steps::HandStep,
	world::{open_series, pick},
	*,
};
use pallet_lease_escrow::{Call as Lease, Error as LeaseError};
use tenure_primitives::{DeviceId, LeaseId, SeriesId};

/// Nobody waits longer than that in one step.
const PATIENCE: Moment = 3 * 3_600;

impl World<'_> {
	pub fn take_hand_step(&mut self, step: HandStep) {
		self.enter();
		match step {
			HandStep::Offer { lease } => {
				let Some((id, _)) = self.pick_physical(lease, Contract::is_unused) else { return };
				self.offer_handover(id);
			}
			HandStep::Confirm { lease } => {
				self.hand_device_over(lease);
			}
			HandStep::Report { lease, by_tenant, late } => self.report(lease, by_tenant, late),
			HandStep::Contest { lease, percent, late } => self.contest_return(lease, percent, late),
			HandStep::Queue { lease, late } => self.queue(lease, late),
			HandStep::Outwait { lease, seconds } => {
				let Some((id, contract)) = self.pick_physical(lease, |_| true) else { return };
				let (_, over) = self.books.fate(id, &contract);
				if over < now() + PATIENCE {
					self.block_at((over + seconds).max(now() + SLOT + 60) - 60);
				}
			}
		}
	}

	/// An open lease of a device that is handed over, mostly one that passes if there is any. If there is
	/// none at all, somebody rents.
	fn pick_physical(
		&mut self,
		index: usize,
		passes: impl Fn(&Contract) -> bool,
	) -> Option<(LeaseId, Contract)> {
		if !self.books.contracts.values().any(Contract::is_physical) {
			let is_usable = |series: &SeriesId| {
				let facts = &self.books.series[series];
				let (from, until) = (facts.sale.usable_from, facts.sale.usable_until);
				let is_now = from <= now() && now() + 7_200 < until;
				facts.terms.custody.is_physical() && is_now && self.is_to_be_had(series)
			};
			let usable: Vec<SeriesId> = open_series().into_iter().filter(is_usable).collect();
			self.rent_from(pick(&usable, index)?, index, 3, 0);
			self.enter();
		}
		let is_any_good = index.is_multiple_of(8);
		let all = self.books.contracts.clone().into_iter();
		let all: Vec<_> = all.filter(|(_, contract)| contract.is_physical()).collect();
		pick(&world::preferring(all, |(_, contract)| is_any_good || passes(contract)), index)
	}

	fn offer_handover(&mut self, id: LeaseId) {
		let contract = self.books.contracts[&id].clone();
		let offer = Lease::offer_handover { lease: id, condition: EVIDENCE };
		self.refuse_others(&contract.payee, offer.clone(), LeaseError::NotPayee);
		let may = self.books.may_offer(id, &contract);
		self.judge("offer_handover", &contract.payee, offer, may);
		self.enter();
	}

	/// A device gets to its tenant, if both are there in time.
	fn hand_device_over(&mut self, index: usize) -> Option<LeaseId> {
		let (id, contract) = self.pick_physical(index, Contract::is_unused)?;
		if self.books.may_offer(id, &contract) {
			self.offer_handover(id);
		}
		if now() < contract.from && contract.from < now() + PATIENCE {
			self.block_at(contract.from);
		}
		let contract = self.books.contracts.get(&id)?.clone();
		let confirm = Lease::confirm_handover { lease: id, condition: EVIDENCE };
		self.refuse_others(&contract.tenant, confirm.clone(), LeaseError::NotTenant);
		let may = self.books.may_confirm(id, &contract);
		self.judge("confirm_handover", &contract.tenant, confirm, may);
		self.enter();
		may.then_some(id)
	}

	/// A lease whose tenant has the device; somebody takes one if nobody has.
	fn pick_out(&mut self, index: usize) -> Option<(LeaseId, Contract)> {
		if !self.books.contracts.values().any(Contract::is_out) {
			self.hand_device_over(index);
		}
		self.pick_physical(index, Contract::is_out)
	}

	/// One side says that the device is back, perhaps so long after the end.
	fn report(&mut self, index: usize, by_tenant: bool, late: Option<Moment>) {
		let Some((id, contract)) = self.pick_out(index) else { return };
		if let (true, Some(late)) = (contract.until < now() + PATIENCE, late) {
			self.block_at((contract.until + late).max(now() + SLOT));
		}
		// By now it may be forfeit.
		let Some(contract) = self.books.contracts.get(&id).cloned() else { return };
		self.say_returned(id, &contract, by_tenant);
	}

	fn say_returned(&mut self, id: LeaseId, contract: &Contract, by_tenant: bool) {
		let by_tenant = by_tenant || contract.tenant == contract.payee;
		let who = if by_tenant { &contract.tenant } else { &contract.payee };
		let report = Lease::report_return { lease: id, condition: EVIDENCE };
		let may = self.books.may_report(id, contract, by_tenant);
		self.judge("report_return", who, report, may);
		self.enter();
	}

	/// Who did not report a return claims a part of the deposit.
	fn contest_return(&mut self, index: usize, percent: u64, late: Moment) {
		let claimable = |world: &Self, contract: &Contract| {
			[true, false].map(|by_tenant| world.books.claimable(contract, by_tenant))
		};
		let is_open = |world: &Self| {
			let mut all = world.books.contracts.values().filter(|other| other.is_physical());
			all.any(|contract| claimable(world, contract) != [0, 0])
		};
		if !is_open(self) {
			let by_tenant = !index.is_multiple_of(3);
			self.report(index, by_tenant, Some(late).filter(|_| !by_tenant || percent > 50));
		}
		let all = self.books.contracts.clone().into_iter();
		let all: Vec<_> = all.filter(|(_, contract)| contract.is_physical()).collect();
		let all = world::preferring(all, |(_, contract)| claimable(self, contract) != [0, 0]);
		let Some((lease, contract)) = pick(&all, index) else { return };
		let by_tenant = contract.hands().returned.is_some_and(|back| !back.by_tenant);
		let most = self.books.claimable(&contract, by_tenant);
		let who = if by_tenant { &contract.tenant } else { &contract.payee };
		let contest = |claim| Lease::contest_return { lease, claim, evidence: EVIDENCE };
		if most > 0 {
			let too_large = LeaseError::<Runtime>::ClaimTooLarge;
			assert_eq!(call(who, contest(most + 1)), Err(too_large.into()));
		}
		let claim = (most * Balance::from(percent) / 100).max(1);
		let may = self.books.may_contest(&contract, by_tenant, claim);
		self.judge("contest_return", who, contest(claim), may);
		self.enter();
		self.books.contest = None;
		// Those who waited have what there was for them.
		let hands = self.books.contracts.get_mut(&lease).and_then(|open| open.custody.as_mut());
		if let (true, Some(hands)) = (may, hands) {
			hands.claims.clear();
		}
	}

	/// Somebody rents a device that is out, for afterwards, and whoever has it is late.
	fn queue(&mut self, index: usize, late: Moment) {
		let Some((id, contract)) = self.pick_out(index) else { return };
		self.rent_from(contract.series, index, 3, 0);
		self.enter();
		let of_device = |other: &Contract| {
			other.device == contract.device && other.is_unused() && contract.until <= other.from
		};
		let next = self.books.contracts.iter().filter(|(_, other)| of_device(other));
		let Some((next, other)) = next.min_by_key(|(_, other)| other.from) else { return };
		let (fate, over) = self.books.fate(*next, other);
		if contract.is_out() && fate == Fate::NotOffered && over < now() + PATIENCE {
			self.block_at((over + late).max(now() + SLOT));
		}
		let by_tenant = index.is_multiple_of(2);
		if let Some(contract) = self.books.contracts.get(&id).cloned() {
			self.say_returned(id, &contract, by_tenant);
		}
	}

	/// Governance retires the device: what of it is with a tenant serves no more, what waits is over.
	pub fn note_forced_out(&mut self, device: DeviceId) {
		let ids: Vec<LeaseId> = self.books.contracts.keys().copied().collect();
		for id in ids {
			let contract = self.books.contracts[&id].clone();
			let is_listed = contract.device == device && !contract.is_unlisted;
			if !contract.is_physical() || !is_listed || self.books.fate(id, &contract).1 <= now() {
				continue;
			}
			let contract = self.books.contracts.get_mut(&id).unwrap();
			let hands = contract.custody.as_mut().unwrap();
			hands.forced_at = Some(now());
		}
	}
}

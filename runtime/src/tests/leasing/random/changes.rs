// SPDX-License-Identifier: Apache-2.0

//! What becomes of leases that are made: longer ones, taken back ones, other keys and addresses, and
//! the payment of many at once.

use super::{
	books::Books,
	contracts::Contract,
	park::{Park, DAY},
	steps::ChangeStep,
	world::{people, pick, preferring},
	*,
};
use pallet_lease_escrow::{Call as Lease, Error as LeaseError};
use tenure_primitives::{LeaseId, PublicKey, Subject, Units};

impl World<'_> {
	pub fn take_change_step(&mut self, step: ChangeStep) {
		match step {
			ChangeStep::Extend { lease, units, budget } => self.extend(lease, units, budget),
			ChangeStep::Revoke { lease } => self.revoke(lease),
			ChangeStep::SetAccessKey { lease, seed } => {
				let lasts = |contract: &Contract| now() < contract.until;
				let Some((id, contract)) = self.pick_contract(lease, lasts) else { return };
				let key = PublicKey::Ed25519([seed; 32]);
				let set = Lease::set_access_key { lease: id, key };
				self.assert_no_others_call(&contract.tenant, set.clone());
				if self.judge("set_access_key", &contract.tenant, set, lasts(&contract)) {
					self.books.contracts.get_mut(&id).unwrap().key = key;
				}
			}
			ChangeStep::SetPayout { lease, address } => {
				let lasts = |contract: &Contract| now() < contract.until;
				let Some((id, contract)) = self.pick_contract(lease, lasts) else { return };
				let address = address.map(|bytes| bytes.try_into().unwrap());
				let set = Lease::set_payout { lease: id, address: address.clone() };
				let may = lasts(&contract) && address.as_ref().is_none_or(|text| !text.is_empty());
				if self.judge("set_payout", &contract.tenant, set, may) {
					self.books.contracts.get_mut(&id).unwrap().payout = address;
				}
			}
			ChangeStep::Claim { who, lease, count, strange } => {
				self.claim(who, lease, count, strange);
			}
		}
	}

	fn extend(&mut self, index: usize, units: Units, budget: u8) {
		let whole =
			|contract: &Contract| units.div_ceil(u64::from(contract.sale.unit_seconds) / 60);
		let fits = |contract: &Contract| {
			self.books.may_be_longer(&self.park, contract, whole(contract), Balance::MAX)
				== Some(true)
		};
		let Some((lease, contract)) = self.pick_contract(index, fits) else { return };
		let (units, tenant) = (whole(&contract), &contract.tenant);
		let own = units_of(contract.series, tenant).min(units);
		let cost = self.books.price(contract.series, units - own);
		let max_cost = match budget {
			0 => cost.saturating_sub(1),
			1 => cost,
			_ => Balance::MAX,
		};
		let may = self.books.may_be_longer(&self.park, &contract, units, max_cost);
		let extend = Lease::extend { lease, units, max_cost };
		self.assert_no_others_call(tenant, extend.clone());
		let name = match (&self.books.series[&contract.series].subject, own) {
			(Subject::Fleet(_), _) => "extend on a member",
			(_, 0) => "extend",
			_ => "extend with own units",
		};
		let outcome = self.call(name, tenant, extend);
		assert!(may.is_none_or(|may| outcome.is_ok() == may), "{may:?}, {outcome:?}: {contract:?}");
	}

	fn revoke(&mut self, index: usize) {
		let may_be = |contract: &Contract| {
			let lasts = now() < contract.from || contract.revoked_until() < contract.until;
			now() < contract.until && !contract.is_shortened() && lasts
		};
		// Rather one that runs, every other time.
		let runs = |contract: &Contract| contract.from <= now() && may_be(contract);
		let any_runs = index.is_multiple_of(2) && self.books.contracts.values().any(runs);
		let fits = |contract: &Contract| may_be(contract) && (!any_runs || runs(contract));
		let Some((lease, contract)) = self.pick_contract(index, fits) else { return };
		let name = if now() < contract.from { "revoke ahead" } else { "revoke" };
		let revoke = Lease::revoke { lease };
		self.assert_no_others_call(&contract.payee, revoke.clone());
		self.judge(name, &contract.payee, revoke, may_be(&contract));
	}

	/// Some open leases, and some that are not or were named before.
	fn claim(&mut self, who: usize, index: usize, count: usize, strange: bool) {
		let open: Vec<LeaseId> = self.books.contracts.keys().copied().collect();
		let mut leases: Vec<LeaseId> =
			(0..count.min(open.len())).filter_map(|place| pick(&open, index + place)).collect();
		if strange {
			leases.extend([0, 1, next_lease(), LeaseId::MAX]);
			leases.extend(leases.first().copied());
		}
		let who = pick(&people(), who).unwrap();
		let (failed, before) = (self.outcomes.failed_claims, self.books.contracts.clone());
		let claim = Lease::claim { leases: leases.clone().try_into().unwrap() };
		self.books.keeper = Some(who.clone());
		self.judge("claim", &who, claim, true);
		self.settled(&leases);
		self.books.keeper = None;
		// One fails if it is not open, or if this closed it already.
		let is_open = |place: usize, id: &LeaseId| {
			let is_closed_by_now = !self.books.contracts.contains_key(id);
			before.contains_key(id) && !(is_closed_by_now && leases[..place].contains(id))
		};
		let fail = leases.iter().enumerate().filter(|(place, id)| !is_open(*place, id)).count();
		assert_eq!((self.outcomes.failed_claims - failed) as usize, fail, "{leases:?}");
	}

	/// Enters that these leases were settled, and sees that nothing is left to do.
	pub fn settled(&mut self, leases: &[LeaseId]) {
		self.enter();
		self.books.assert_settled(&self.park, leases);
	}

	/// Whoever is not the one that it is up to is refused, by name.
	fn assert_no_others_call(&self, whose: &AccountId, lease_call: Lease<Runtime>) {
		let other = people().into_iter().find(|who| who != whose).unwrap();
		let refusal: LeaseError<Runtime> = match lease_call {
			Lease::revoke { .. } => LeaseError::NotPayee,
			_ => LeaseError::NotTenant,
		};
		assert_eq!(call(&other, lease_call), Err(refusal.into()));
	}

	/// An open lease, mostly one that passes if there is any.
	pub fn pick_contract(
		&self,
		index: usize,
		passes: impl Fn(&Contract) -> bool,
	) -> Option<(LeaseId, Contract)> {
		let all: Vec<_> = self.books.contracts.clone().into_iter().collect();
		let is_any_good = index.is_multiple_of(8);
		pick(&preferring(all, |(_, contract)| is_any_good || passes(contract)), index)
	}
}

impl Books {
	/// Whether the lease can get longer by so many units, by the written rules. Nothing if the chain
	/// may see a fleet's time more narrowly.
	pub fn may_be_longer(
		&self,
		park: &Park,
		contract: &Contract,
		units: Units,
		max_cost: Balance,
	) -> Option<bool> {
		let facts = &self.series[&contract.series];
		let machine = park.machine(contract.device);
		let own = units_of(contract.series, &contract.tenant).min(units);
		let bought = units - own;
		let length = u64::from(contract.sale.unit_seconds);
		let until = contract.until + units * length;
		let free_from = until + Moment::from(contract.terms.turnaround);
		let is_open = now() < contract.until && !contract.is_shortened();
		let is_served = machine.owner == contract.payee
			&& machine.owner != contract.tenant
			&& park.devices_of(&facts.subject).contains(&contract.device)
			&& machine.fleet.is_some() == matches!(facts.subject, Subject::Fleet(_))
			&& !machine.is_missing
			&& machine.is_active
			&& machine.offered_to.is_none();
		let gap = Moment::from(contract.gap);
		let pause = if contract.until - now().min(contract.until) > gap { DAY } else { gap };
		let is_seen = now() <= machine.last_seen() + pause;
		let is_in_time = now() < facts.expires()
			&& until <= contract.sale.usable_until
			&& until - contract.from <= contract.terms.max_duration.into();
		let is_free = self.contracts.values().all(|other| {
			other.device != contract.device
				|| other.from < contract.until
				|| free_from <= other.from
		});
		let bond = self.bonds.get(&contract.payee).map_or(0, |bond| bond.held);
		let rent = self.price(contract.series, units);
		let more = contract.terms.owner_penalty.mul_floor(contract.rent + rent) - contract.bond();
		let is_backed = self.committed(&contract.payee) + more <= bond;
		let is_for_sale = facts.closed_at.is_none()
			&& now() < facts.sale.sale_until
			&& facts.sold + bought <= facts.sale.cap;
		let is_paid = self.price(contract.series, bought) <= max_cost;
		let room = self.room_for(park, contract.series);
		let has_room = room.outstanding + room.booked + bought * length <= room.left;
		let may =
			is_open
				&& is_served && is_seen
				&& is_in_time
				&& is_free && is_backed
				&& is_paid && facts.admits(&contract.tenant)
				&& (bought == 0 || (is_for_sale && has_room));
		(!may || bought == 0 || !room.may_lag).then_some(may)
	}
}

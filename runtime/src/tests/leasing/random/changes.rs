// SPDX-License-Identifier: Apache-2.0

//! What becomes of leases that are made: longer ones, taken back ones, other keys and addresses, and
//! the payment of many at once.

use super::{
	books::Books,
	contracts::Contract,
	park::{Park, DAY},
	receipts::Key,
	steps::ChangeStep,
	tenants::units_for,
	world::{open_series, people, pick, preferring},
	*,
};
use pallet_lease_escrow::{Call as Lease, Error as LeaseError};
use pallet_usage_token::Call as Token;
use tenure_primitives::{EvidencePolicy, LeaseId, SeriesId, Subject, Units};

/// The choice that takes back a lease in dispute, if there is one.
pub const QUARRELLED: usize = 3;

impl World<'_> {
	pub fn take_change_step(&mut self, step: ChangeStep) {
		match step {
			ChangeStep::Extend { lease, units, budget } => self.extend(lease, units, budget),
			ChangeStep::Revoke { lease } => self.revoke(lease),
			ChangeStep::SetAccessKey { lease, seed } => {
				self.leave_block();
				let lasts =
					|contract: &Contract| now() < contract.until && !contract.is_forced_in_hands();
				// Rather one for which that has consequences.
				let runs = |contract: &Contract| {
					lasts(contract) && contract.from <= now() && contract.is_co_signed()
				};
				let any_runs = self.books.contracts.values().any(runs);
				let fits = |contract: &Contract| lasts(contract) && (!any_runs || runs(contract));
				let Some((id, contract)) = self.pick_contract(lease, fits) else { return };
				let key = Key::new(seed % 16);
				let set = Lease::set_access_key { lease: id, key: key.public };
				self.assert_no_others_call(&contract.tenant, set.clone());
				let may = contract.may_take_key(&key, &self.books.standstills);
				if self.judge("set_access_key", &contract.tenant, set, may) {
					self.take_key(id, key);
				}
			}
			ChangeStep::SetPayout { lease, address } => {
				let lasts =
					|contract: &Contract| now() < contract.until && !contract.is_forced_in_hands();
				let Some((id, contract)) = self.pick_contract(lease, lasts) else { return };
				let address = address.map(|bytes| bytes.try_into().unwrap());
				let set = Lease::set_payout { lease: id, address: address.clone() };
				let may = lasts(&contract) && address.as_ref().is_none_or(|text| !text.is_empty());
				if self.judge("set_payout", &contract.tenant, set, may) {
					self.books.contracts.get_mut(&id).unwrap().payout = address;
				}
			}
			ChangeStep::Sign { lease, percent, by_former } => self.sign(lease, percent, by_former),
			ChangeStep::SignAll { percent } => self.sign_all(percent),
			ChangeStep::Claim { who, lease, count, strange } => {
				self.claim(who, lease, count, strange);
			}
		}
	}

	/// Somebody leases for later, unless somebody did; rather what receipts pay.
	pub fn lease_ahead(&mut self, index: usize) {
		if self.books.contracts.values().any(|contract| now() < contract.from) {
			return;
		}
		let is_soon = |series: &SeriesId| {
			let sale = &self.books.series[series].sale;
			let is_now = sale.usable_from <= now() && now() + 7_200 < sale.usable_until;
			is_now && self.is_to_be_had(series)
		};
		let usable: Vec<SeriesId> = open_series().into_iter().filter(is_soon).collect();
		let by_receipts = |series: &SeriesId| {
			let evidence = self.books.series[series].terms.evidence;
			matches!(evidence, EvidencePolicy::CoSigned { .. })
		};
		let Some(series) = pick(&preferring(usable, by_receipts), index) else { return };
		self.rent_from(series, index, 3, 46);
		self.enter();
	}

	/// A tenant buys units of a series that its lease is of.
	fn stock_up(&mut self, index: usize) {
		let lasts = |contract: &Contract| {
			now() < contract.until && !contract.is_shortened() && contract.is_in_hands()
		};
		let Some((_, contract)) = self.pick_contract(index, lasts) else { return };
		if !lasts(&contract) || units_of(contract.series, &contract.tenant) > 0 {
			return;
		}
		let (series, units) = (contract.series, units_for(&contract.sale, 3));
		let buy = Token::buy { series, units, max_cost: Balance::MAX };
		let name = self.named(series, "buy", "buy of a fleet");
		let _ = self.call(name, &contract.tenant, buy);
		self.enter();
	}

	fn extend(&mut self, index: usize, units: Units, budget: u8) {
		if index.is_multiple_of(2) {
			self.stock_up(index);
		}
		let whole = |contract: &Contract| units_for(&contract.sale, units);
		let fits = |contract: &Contract| {
			self.books.may_be_longer(&self.park, contract, whole(contract), Balance::MAX)
				== Some(true)
		};
		// Rather one whose tenant has units.
		let has_own =
			|contract: &Contract| fits(contract) && units_of(contract.series, &contract.tenant) > 0;
		let any_own = self.books.contracts.values().any(has_own);
		let is_rather =
			|contract: &Contract| if any_own { has_own(contract) } else { fits(contract) };
		let Some((lease, contract)) = self.pick_contract(index, is_rather) else { return };
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

	pub fn revoke(&mut self, index: usize) {
		let is_ahead = index % 4 == 1;
		if is_ahead {
			self.lease_ahead(index);
		}
		let may_be = |contract: &Contract| {
			let lasts = now() < contract.from || contract.revoked_until() < contract.until;
			let is_free = !contract.is_forced_in_hands() && !contract.is_shortened();
			let waits = contract.is_unused();
			now() < contract.until && is_free && (lasts || waits)
		};
		// Rather one that runs, every other time, and of these rather one that receipts pay.
		let runs = |contract: &Contract| contract.from <= now() && may_be(contract);
		let is_signed = |contract: &Contract| runs(contract) && contract.is_co_signed();
		let is_quarrelled = |contract: &Contract| runs(contract) && contract.frozen() > 0;
		let is_even = index.is_multiple_of(2);
		let all = || self.books.contracts.values();
		let any_runs = is_even && all().any(runs);
		let any_signed = is_even && all().any(is_signed);
		let any_quarrelled = index % 4 == QUARRELLED && all().any(is_quarrelled);
		let fits = |contract: &Contract| {
			may_be(contract)
				&& (!any_runs || runs(contract))
				&& (!any_signed || is_signed(contract))
				&& (!any_quarrelled || is_quarrelled(contract))
				&& (!is_ahead || now() < contract.from)
		};
		let Some((lease, contract)) = self.pick_contract(index, fits) else { return };
		let is_ahead = now() < contract.from || contract.is_unused();
		let name = if is_ahead { "revoke ahead" } else { "revoke" };
		let revoke = Lease::revoke { lease };
		self.assert_no_others_call(&contract.payee, revoke.clone());
		let is_in_time = |contract: &Contract| {
			// What is not handed over in time is over.
			!contract.is_unused()
				|| now() < contract.from
				|| now() < self.books.fate(lease, contract).1
		};
		let may = may_be(&contract) && is_in_time(&contract);
		self.judge(name, &contract.payee, revoke, may);
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
		self.note_looks(&leases);
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
		for lease in leases {
			if let Some(contract) = self.books.contracts.get_mut(lease) {
				contract.note_proven(&self.park, &self.books.standstills);
			}
		}
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
		let free_from = until + (contract.free_from() - contract.until);
		let is_open = now() < contract.until && !contract.is_shortened();
		let is_served = machine.owner == contract.payee
			&& machine.owner != contract.tenant
			&& park.devices_of(&facts.subject).contains(&contract.device)
			&& machine.fleet.is_some() == matches!(facts.subject, Subject::Fleet(_))
			&& !machine.is_missing
			&& (machine.is_active || contract.is_physical())
			&& (now() < contract.from || contract.is_in_hands())
			&& machine.offered_to.is_none();
		let gap = Moment::from(contract.evidence.heartbeat_gap().unwrap_or(machine.gap));
		let pause = if contract.until - now().min(contract.until) > gap { DAY } else { gap };
		let is_seen = contract.is_physical() || now() <= machine.last_seen() + pause;
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

// SPDX-License-Identifier: Apache-2.0

//! Devices that tenants take home: who has them, what being late costs, and what follows when somebody
//! stays silent.

use super::{
	books::{everybody, Books},
	contracts::{Contract, Due},
	park::Park,
	*,
};
use pallet_lease_escrow::{Custodies, DevicesOut, Event, HoldReason};
use tenure_primitives::{CloseReason, Custody, DeviceId, DisputeId, DisputeKind, LeaseId};

/// The way of a device to its tenant and back.
#[derive(Clone, Debug)]
pub struct Handling {
	/// Of the deposit, what is on hold as that, what tenants got who waited, and what the payee got.
	pub held: Balance,
	pub compensated: Balance,
	pub charged: Balance,
	/// What tenants have coming who waited for it: for which lease, who, and how much.
	pub claims: Vec<(LeaseId, AccountId, Balance)>,
	/// When its owner said that it is ready.
	pub offered_at: Option<Moment>,
	/// When its tenant had it, and since when that counts.
	pub taken: Option<(Moment, Moment)>,
	pub returned: Option<Return>,
	/// When governance retired it.
	pub forced_at: Option<Moment>,
}

/// Somebody said that it is back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Return {
	pub at: Moment,
	pub by_tenant: bool,
	/// Whether the other side can say nothing more.
	pub is_final: bool,
}

/// What becomes of it by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
	NotOffered,
	NotTaken,
	Returned,
	Forfeited,
	/// Governance retired the device before the hand-over.
	Retired,
}

/// How long who has for what, in seconds.
struct Times {
	handover: u32,
	inspection: u32,
	grace: u32,
	forfeit: u32,
	/// What being late costs, in percent of the rent.
	percent: u16,
}

impl Handling {
	pub fn new(deposit: Balance) -> Self {
		Self {
			held: deposit,
			compensated: 0,
			charged: 0,
			claims: vec![],
			offered_at: None,
			taken: None,
			returned: None,
			forced_at: None,
		}
	}

	fn claimed(&self) -> Balance {
		self.claims.iter().map(|(_, _, amount)| amount).sum()
	}

	/// Whether the tenant has it.
	pub fn is_out(&self) -> bool {
		self.taken.is_some() && self.returned.is_none()
	}
}

impl Contract {
	pub fn is_physical(&self) -> bool {
		self.custody.is_some()
	}

	/// Whether its device is with its tenant.
	pub fn is_out(&self) -> bool {
		self.custody.as_ref().is_some_and(Handling::is_out)
	}

	/// Whether its device was to be handed over and was not.
	pub fn is_unused(&self) -> bool {
		self.custody.as_ref().is_some_and(|custody| custody.taken.is_none())
	}

	/// Whether governance retired the device that was to be handed over, or out.
	pub fn is_forced_in_hands(&self) -> bool {
		self.custody.as_ref().is_some_and(|custody| custody.forced_at.is_some())
	}

	/// Whether its tenant can still use it, if it has begun: nothing is to be done before a hand-over, nor
	/// after a return.
	pub fn is_in_hands(&self) -> bool {
		!self.is_physical() || (self.is_out() && !self.is_forced_in_hands())
	}

	fn times(&self) -> Times {
		let Custody::Physical {
			handover_window,
			inspection,
			return_grace,
			overdue_percent,
			forfeit_after,
		} = self.terms.custody
		else {
			unreachable!("nobody takes it home: {self:?}")
		};
		Times {
			handover: handover_window,
			inspection,
			grace: return_grace,
			forfeit: forfeit_after,
			percent: overdue_percent,
		}
	}

	pub fn hands(&self) -> &Handling {
		self.custody.as_ref().unwrap()
	}

	/// Seconds in which its tenant had it by now.
	pub fn served(&self) -> u64 {
		let hands = self.hands();
		let end = now().min(self.until).min(hands.forced_at.unwrap_or(Moment::MAX));
		hands.taken.map_or(0, |(_, served_from)| end.saturating_sub(served_from))
	}
}

impl Books {
	/// When somebody's time is over that began then: without what the chain stood still.
	fn over(&self, since: Moment, seconds: u32) -> Moment {
		self.standstills.moved(since + Moment::from(seconds), since)
	}

	/// The lease whose tenant has the device.
	pub fn out_with(&self, device: DeviceId) -> Option<LeaseId> {
		let out = |contract: &Contract| contract.device == device && contract.is_out();
		self.contracts.iter().find(|(_, contract)| out(contract)).map(|(id, _)| *id)
	}

	/// Whether the tenant of another lease has it.
	pub fn is_elsewhere(&self, id: LeaseId, device: DeviceId) -> bool {
		self.out_with(device).is_some_and(|out| out != id)
	}

	/// Whether it can be handed over: nobody else has it, and it is not missing.
	fn is_here(&self, id: LeaseId, contract: &Contract) -> bool {
		let device = contract.device;
		let is_gone = self.missing.contains(&device) || self.lost.contains(&device);
		!is_gone && !self.is_elsewhere(id, device)
	}

	pub fn back_at(&self, device: DeviceId) -> Moment {
		self.back_at.get(&device).copied().unwrap_or(0)
	}

	/// What becomes of the lease by itself, and when.
	pub fn fate(&self, id: LeaseId, contract: &Contract) -> (Fate, Moment) {
		let (hands, times) = (contract.hands(), contract.times());
		let back_at = self.back_at(contract.device);
		let missed = self.over(contract.from, times.handover);
		match (hands.taken, hands.returned) {
			(None, _) if hands.forced_at.is_some() => (Fate::Retired, hands.forced_at.unwrap()),
			// What comes back later changes nothing.
			(None, _) if missed <= back_at || !self.is_here(id, contract) => {
				(Fate::NotOffered, missed)
			}
			(None, _) => {
				let ready = contract.from.max(back_at);
				match hands.offered_at.filter(|offered| back_at <= *offered) {
					None => (Fate::NotOffered, self.over(ready, times.handover)),
					Some(offered) => {
						(Fate::NotTaken, self.over(ready.max(offered), times.handover))
					}
				}
			}
			(Some(_), None) => (Fate::Forfeited, self.over(contract.until, times.forfeit)),
			(Some(_), Some(back)) => {
				let seen =
					if back.is_final { back.at } else { self.over(back.at, times.inspection) };
				let end = if hands.forced_at.is_some() { 0 } else { contract.until };
				(Fate::Returned, seen.max(end))
			}
		}
	}

	/// From when on the lease can be closed.
	pub fn closes_from(&self, id: LeaseId, contract: &Contract, park: &Park) -> Moment {
		if contract.is_physical() {
			self.fate(id, contract).1
		} else {
			contract.closes_from(park, &self.standstills)
		}
	}

	/// What being late costs the tenant by then, or cost it when the device was back.
	fn overdue(&self, contract: &Contract, by: Moment) -> Balance {
		let (hands, times) = (contract.hands(), contract.times());
		let back = hands.returned.map_or(by, |back| back.at);
		if hands.taken.is_none() || back <= self.over(contract.until, times.grace) {
			return 0;
		}
		// Nothing could be reported while the chain stood still.
		let still = self.standstills.covered(contract.until, back);
		let seconds = Balance::from(back - contract.until - still);
		let rent = contract.sale.unit_price * seconds * Balance::from(times.percent);
		let charge = rent / (100 * Balance::from(contract.sale.unit_seconds));
		charge.min(contract.terms.damage_deposit)
	}

	/// What of that is still to be paid.
	pub fn overdue_left(&self, contract: &Contract) -> Balance {
		let hands = contract.hands();
		let left = self.overdue(contract, now()) - hands.compensated - hands.charged;
		left.min(hands.held)
	}

	/// What of that is the payee's: what those leave who waited.
	fn payees_charge(&self, contract: &Contract) -> Balance {
		self.overdue_left(contract).saturating_sub(contract.hands().claimed())
	}

	/// What who waits for a device that is late can claim of the one who has it.
	fn claim_of(&self, next: &Contract, late: &Contract) -> Balance {
		let owed = next.terms.owner_penalty.mul_floor(next.escrowed());
		let over = self.over(next.from, next.times().handover);
		let accrued = self.overdue(late, over).min(late.hands().held);
		owed.min(accrued.saturating_sub(late.hands().claimed()))
	}

	/// What a lease owes that closes now.
	pub fn due(&self, id: LeaseId, contract: &Contract, park: &Park) -> Due {
		let mut due = contract.due(park, &self.standstills);
		if !contract.is_physical() || due.reason == CloseReason::Cancelled {
			return due;
		}
		let (device, escrowed) = (contract.device, contract.escrowed());
		let is_lost = self.lost.contains(&device);
		if contract.way_out == Some(contracts::WayOut::RevokedAhead) {
			// Who revokes because a tenant brought nothing back owes nothing.
			due.penalty = if is_lost { 0 } else { due.penalty };
			return due;
		}
		match self.fate(id, contract) {
			(Fate::Retired, _) => Due::nothing(CloseReason::ForceRetired),
			(Fate::NotOffered, over) => {
				let is_missed = over <= self.back_at(device) || over > contract.until;
				let is_excused = self.is_elsewhere(id, device) || is_lost || is_missed;
				let penalty = contract.terms.owner_penalty.mul_floor(escrowed);
				let penalty = if is_excused { 0 } else { penalty };
				Due { penalty, unexcused: penalty, ..Due::nothing(CloseReason::NoShow) }
			}
			(Fate::NotTaken, over) if over > contract.until => Due::nothing(CloseReason::NoShow),
			(Fate::NotTaken, _) => {
				let units = contract.units - contract.kept_with(0);
				let gross = escrowed - Balance::from(units) * contract.sale.unit_price;
				Due { gross, units, ..Due::nothing(CloseReason::Cancelled) }
			}
			(Fate::Returned, _) => due,
			(Fate::Forfeited, _) => Due { reason: CloseReason::Forfeited, ..due },
		}
	}

	/// A lease of a device that was to be handed over, or was, closes.
	pub fn note_physical_close(&mut self, id: LeaseId, contract: &Contract, park: &Park) {
		assert_eq!(contract.hands().held, 0, "{contract:?}");
		if contract.way_out.is_some() && contract.is_unused() {
			return;
		}
		let (fate, _) = self.fate(id, contract);
		let device = contract.device;
		if fate == Fate::Forfeited {
			// What was said before of leases to come is void.
			self.back_at.insert(device, now());
			if !park.machine(device).is_retired {
				self.lost.insert(device);
			}
		}
		if let (Fate::NotOffered, Some(late)) = (fate, self.out_with(device)) {
			let late = &self.contracts[&late];
			let claims = &late.hands().claims;
			let has_claimed = claims.iter().any(|(of, ..)| *of == id);
			let is_full = claims.len() == 8;
			assert!(has_claimed || is_full || self.claim_of(contract, late) == 0, "{contract:?}");
		}
	}

	pub fn enter_custody(&mut self, event: Event<Runtime>, outcomes: &mut Outcomes) {
		match event {
			Event::HandoverOffered { lease, .. } => {
				assert!(self.may_offer(lease, &self.contracts[&lease]));
				self.hands_of(lease).offered_at = Some(now());
			}
			Event::HandoverConfirmed { lease, served_from, .. } => {
				let contract = &self.contracts[&lease];
				assert!(self.may_confirm(lease, contract));
				let back_at = self.back_at(contract.device);
				let offered = contract.hands().offered_at.unwrap();
				let ready = contract.from.max(back_at).max(offered);
				assert_eq!(served_from, ready + self.standstills.covered(ready, now()));
				// Nobody but the tenant before answers for what that one took, and nobody for outages.
				let still = self.standstills.covered(contract.from, back_at);
				let waited = back_at.saturating_sub(contract.from).saturating_sub(still);
				self.contracts.get_mut(&lease).unwrap().free_seconds += waited;
				self.hands_of(lease).taken = Some((now(), served_from));
			}
			Event::ReturnReported { lease, by_tenant, .. } => {
				let contract = &self.contracts[&lease];
				assert!(self.may_report(lease, contract, by_tenant));
				let (device, is_first) = (contract.device, contract.hands().returned.is_none());
				let is_final = !is_first;
				let at = contract.hands().returned.map_or(now(), |back| back.at);
				let said_by_tenant =
					contract.hands().returned.map_or(by_tenant, |back| back.by_tenant);
				self.hands_of(lease).returned =
					Some(Return { at, by_tenant: said_by_tenant, is_final });
				if is_first {
					self.back_at.insert(device, now());
				}
				// Its owner has it and claims nothing: there is only what being late costs.
				if !by_tenant && self.overdue_left(&self.contracts[&lease]) == 0 {
					self.hands_of(lease).returned.as_mut().unwrap().is_final = true;
				}
			}
			Event::ReturnContested { lease, by_tenant, claim, .. } => {
				let quarrel = &self.disputes[&DisputeId { lease, kind: DisputeKind::Damage }];
				let contract = &self.contracts[&lease];
				assert_eq!(
					(quarrel.amount, quarrel.claimant == contract.tenant),
					(claim, by_tenant)
				);
				outcomes.contested[usize::from(by_tenant)] += 1;
			}
			Event::DepositPaid { lease, amount } => {
				let contract = &self.contracts[&lease];
				let (fate, over) = self.fate(lease, contract);
				let due = if fate == Fate::Forfeited && over <= now() {
					contract.hands().held
				} else {
					outcomes.charged += 1;
					match self.contest {
						Some((true, _)) => self.payees_charge(contract),
						Some((false, owed)) => owed,
						None => self.overdue_left(contract),
					}
				};
				assert!(amount > 0);
				assert_eq!(amount, due, "{contract:?}");
				let (tenant, payee) = (contract.tenant.clone(), contract.payee.clone());
				let hands = self.hands_of(lease);
				hands.held -= amount;
				hands.charged += amount;
				self.take(&tenant, amount);
				self.give(&payee, amount);
			}
			Event::DepositReturned { lease, amount } => {
				let contract = &self.contracts[&lease];
				let is_all = self.contest.is_some();
				let owed = if is_all { 0 } else { self.overdue_left(contract) };
				let rest = contract.hands().held - owed;
				assert_eq!(amount, rest, "{contract:?}");
				self.hands_of(lease).held -= amount;
			}
			Event::LateReturnClaimed { lease, late, amount } => {
				let next = &self.contracts[&lease];
				assert!(amount > 0 && next.is_unused() && self.contracts[&late].is_out());
				assert_eq!(amount, self.claim_of(next, &self.contracts[&late]), "{next:?}");
				let tenant = next.tenant.clone();
				self.hands_of(late).claims.push((lease, tenant, amount));
			}
			Event::LateReturnCompensated { lease, late, amount } => {
				let contract = &self.contracts[&late];
				let claims = &contract.hands().claims;
				let place = claims.iter().position(|(of, ..)| *of == lease).unwrap();
				let (_, tenant, claim) = claims[place].clone();
				assert_eq!(amount, claim.min(self.overdue_left(contract)), "{contract:?}");
				let payer = contract.tenant.clone();
				let hands = self.hands_of(late);
				hands.held -= amount;
				hands.compensated += amount;
				hands.claims.drain(..=place);
				self.take(&payer, amount);
				self.enter_reward(&tenant, amount);
				outcomes.compensated += 1;
			}
			event => unreachable!("{event:?} is about no device in hands"),
		}
	}

	/// So much of the deposit is claimed.
	pub fn note_claim(&mut self, lease: LeaseId, by_tenant: bool, amount: Balance) {
		let contract = &self.contracts[&lease];
		assert!(self.may_contest(contract, by_tenant, amount), "{contract:?}");
		self.contest = Some((by_tenant, self.payees_charge(&self.contracts[&lease])));
		let hands = self.hands_of(lease);
		hands.returned.as_mut().unwrap().is_final = true;
		hands.held -= amount;
		if by_tenant {
			// Whose that part of the charge is is between the two now.
			hands.charged += amount;
		}
	}

	fn hands_of(&mut self, lease: LeaseId) -> &mut Handling {
		self.contracts.get_mut(&lease).unwrap().custody.as_mut().unwrap()
	}

	pub fn may_offer(&self, id: LeaseId, contract: &Contract) -> bool {
		let (fate, over) = self.fate(id, contract);
		let is_time = now() < contract.until && now() < over;
		is_time && self.is_here(id, contract) && fate == Fate::NotOffered
	}

	pub fn may_confirm(&self, id: LeaseId, contract: &Contract) -> bool {
		let (fate, over) = self.fate(id, contract);
		let is_time = contract.from <= now() && now() < contract.until && now() < over;
		is_time && fate == Fate::NotTaken
	}

	pub fn may_report(&self, id: LeaseId, contract: &Contract, by_tenant: bool) -> bool {
		let hands = contract.hands();
		match hands.returned {
			_ if hands.taken.is_none() => false,
			Some(back) => back.by_tenant != by_tenant && !back.is_final,
			None => {
				let is_over = contract.until <= now() || hands.forced_at.is_some();
				now() < self.fate(id, contract).1 && (by_tenant || is_over)
			}
		}
	}

	/// How much one side can claim.
	pub fn claimable(&self, contract: &Contract, by_tenant: bool) -> Balance {
		let Some(back) = contract.hands().returned else { return 0 };
		let is_time_over = self.over(back.at, contract.times().inspection) <= now();
		// Who came to own what it had rented has nobody against it.
		let is_one = contract.tenant == contract.payee;
		if is_one || back.by_tenant == by_tenant || back.is_final || is_time_over {
			return 0;
		}
		let owed = self.payees_charge(contract);
		if by_tenant {
			owed
		} else {
			contract.hands().held - owed
		}
	}

	pub fn may_contest(&self, contract: &Contract, by_tenant: bool, claim: Balance) -> bool {
		0 < claim && claim <= self.claimable(contract, by_tenant)
	}

	/// Compares who has what, and what is on hold for it.
	pub fn compare_custody(&self, when: &str) {
		let physical = self.contracts.iter().filter(|(_, contract)| contract.is_physical());
		let mut out = vec![];
		for (id, contract) in physical.clone() {
			let (hands, record) = (contract.hands(), Custodies::<Runtime>::get(id).unwrap());
			let money = (record.deposit, record.held, record.compensated, record.charged);
			let deposit = contract.terms.damage_deposit;
			let expected = (deposit, hands.held, hands.compensated, hands.charged);
			assert_eq!(money, expected, "lease {id} {when}");
			let claims =
				record.claims.iter().map(|claim| (claim.lease, claim.tenant.clone(), claim.amount));
			assert!(claims.eq(hands.claims.iter().cloned()), "lease {id} {when}");
			let taken = record.takeover.map(|taken| (taken.report.at, taken.served_from));
			let seen = (record.offer.map(|offer| offer.at), taken);
			assert_eq!(seen, (hands.offered_at, hands.taken), "lease {id} {when}");
			let returned = record.returned.map(|back| Return {
				at: back.report.at,
				by_tenant: back.by_tenant,
				is_final: back.is_final,
			});
			assert_eq!(returned, hands.returned, "lease {id} {when}");
			let retired = hands.taken.and(hands.forced_at);
			assert_eq!(record.retired_at, retired, "lease {id} {when}");
			let details = LeaseEscrow::lease_details(*id).unwrap().custody.unwrap();
			assert_eq!(details.deadline, self.fate(*id, contract).1, "lease {id} {when}");
			assert_eq!(details.overdue, self.overdue(contract, now()), "lease {id} {when}");
			if contract.is_out() {
				out.push((contract.device, *id));
			}
		}
		assert_eq!(Custodies::<Runtime>::iter_keys().count(), physical.count(), "{when}");
		out.sort_unstable();
		let mut seen: Vec<(DeviceId, LeaseId)> = DevicesOut::<Runtime>::iter().collect();
		seen.sort_unstable();
		assert_eq!(seen, out, "{when}");
		for who in everybody() {
			let of_tenant = self.contracts.values().filter(|contract| contract.tenant == who);
			let hands = of_tenant.filter_map(|contract| contract.custody.as_ref());
			let deposits: Balance = hands.map(|hands| hands.held).sum();
			assert_eq!(held(HoldReason::DamageDeposit, &who), deposits, "{when}");
		}
	}

	/// Nobody books a device that is overdue before it is known what became of it.
	pub fn assert_is_back(&self, contract: &Contract) {
		let Some(out) = self.out_with(contract.device) else { return };
		let late = &self.contracts[&out];
		let is_late = late.until <= now();
		assert!(!is_late || self.fate(out, late).1 <= contract.from, "{contract:?}, {late:?}");
	}
}

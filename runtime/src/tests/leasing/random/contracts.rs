// SPDX-License-Identifier: Apache-2.0

//! What each lease has to be and to pay, from its events and the written rules. Of the chain's record
//! nothing is taken over.

use super::{
	books::Books,
	custody::{Fate, Handling},
	evidence::proven_seconds,
	objections::Review,
	outages::Standstills,
	park::Park,
	receipts::Key,
	worth::Facts,
	*,
};
use pallet_lease_escrow::Leases;
use sp_runtime::Perbill;
use tenure_primitives::{
	CloseReason, DeviceId, EvidencePolicy, LeaseId, LeaseTerms, PayoutAddress, SaleConditions,
	SeriesId, Units,
};

/// How its tenant left a lease, or its payee took it back before it began.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WayOut {
	/// So many seconds before its start.
	Cancelled {
		notice: Moment,
	},
	/// So many seconds tell how well the device served.
	Ended {
		sample: u64,
	},
	RevokedAhead,
}

/// A lease that is open.
#[derive(Clone, Debug)]
pub struct Contract {
	pub series: SeriesId,
	pub device: DeviceId,
	pub tenant: AccountId,
	pub payee: AccountId,
	pub from: Moment,
	pub until: Moment,
	pub sale: SaleConditions,
	pub terms: LeaseTerms<AccountId>,
	/// What pays it. The gap that holds is the smaller one of terms and device when it was made.
	pub evidence: EvidencePolicy,
	/// The newest receipt, in seconds, and when it was brought.
	pub receipt: Option<(u64, Moment)>,
	/// Whether its device's calendar lost it before it was closed.
	pub is_unlisted: bool,
	/// The protocol's share when it was made.
	pub share: Perbill,
	pub booked_at: Moment,
	/// Units that are in it still.
	pub units: Units,
	/// All rent that ever went on hold for it, and what went back to its series of that.
	pub rent: Balance,
	pub returned: Balance,
	/// To the payee and to the treasury.
	pub paid: (Balance, Balance),
	/// Seconds that may be missing without a penalty.
	pub free_seconds: u64,
	/// Seconds that its payee cut off.
	pub cut_off: u64,
	pub way_out: Option<WayOut>,
	pub key: Key,
	/// The key before it, while it ran, and until when that was good.
	pub former: Option<(Key, Moment)>,
	pub payout: Option<PayoutAddress>,
	/// If its device is handed over: how that went.
	pub custody: Option<Handling>,
	/// Who decides disputes.
	pub arbiter: Option<AccountId>,
	pub review: Review,
	/// Most units, and most money, that leaving would have given when last looked at.
	pub most_units_back: Units,
	pub most_money_back: Balance,
	/// If receipts pay it: the most that leaving would have been worth.
	pub most_worth: Balance,
}

/// What a lease owes when it closes.
pub struct Due {
	pub proven: u64,
	pub gross: Balance,
	pub penalty: Balance,
	pub reason: CloseReason,
	/// What the payee would owe if the chain had never stood still.
	pub unexcused: Balance,
	/// Units that go back with the close.
	pub units: Units,
}

impl Due {
	/// Everything goes back in money.
	pub fn nothing(reason: CloseReason) -> Self {
		Self { proven: 0, gross: 0, penalty: 0, reason, units: 0, unexcused: 0 }
	}
}

impl Contract {
	pub fn booked(
		event: &pallet_lease_escrow::Event<Runtime>,
		facts: &Facts,
		park: &Park,
		share: Perbill,
	) -> Self {
		use pallet_lease_escrow::Event::LeaseBooked;
		let LeaseBooked { series, device, tenant, payee, from, until, units, rent, .. } =
			event.clone()
		else {
			unreachable!("{event:?} is no booking")
		};
		let evidence = match facts.terms.evidence {
			EvidencePolicy::Heartbeat { max_gap } => {
				EvidencePolicy::Heartbeat { max_gap: max_gap.min(park.machine(device).gap) }
			}
			by_receipts => by_receipts,
		};
		Self {
			series,
			device,
			payee,
			from,
			until,
			sale: facts.sale,
			evidence,
			receipt: None,
			is_unlisted: false,
			share,
			booked_at: now(),
			units,
			rent,
			returned: 0,
			paid: (0, 0),
			free_seconds: facts.terms.penalty_free_share.mul_floor(until - from),
			terms: facts.terms.clone(),
			cut_off: 0,
			way_out: None,
			key: Key::of(&tenant),
			former: None,
			tenant,
			payout: None,
			custody: facts
				.terms
				.custody
				.is_physical()
				.then(|| Handling::new(facts.terms.damage_deposit)),
			arbiter: None,
			review: Review::default(),
			most_units_back: Units::MAX,
			most_money_back: Balance::MAX,
			most_worth: Balance::MAX,
		}
	}

	/// Its length in seconds.
	pub fn seconds(&self) -> u64 {
		self.until - self.from
	}

	/// End of the pause after it.
	pub fn free_from(&self) -> Moment {
		self.until + Moment::from(self.terms.turnaround + self.terms.custody.return_grace())
	}

	/// What is left of its rent, paid or not.
	pub fn escrowed(&self) -> Balance {
		self.rent - self.returned
	}

	/// What its tenant has on hold for it.
	pub fn held(&self) -> Balance {
		self.escrowed() - self.paid.0 - self.paid.1 - self.frozen()
	}

	/// What its payee has committed to it: the share of all rent that there ever was.
	pub fn bond(&self) -> Balance {
		self.terms.owner_penalty.mul_floor(self.rent)
	}

	/// Whether it has ended early, or will.
	pub fn is_shortened(&self) -> bool {
		self.way_out.is_some() || self.cut_off > 0
	}

	/// What its start and end are multiples of: whole minutes, if heartbeats pay.
	fn pace(&self) -> Moment {
		if self.evidence.heartbeat_gap().is_some() {
			60
		} else {
			1
		}
	}

	/// When it would end if its payee took it back now.
	pub fn revoked_until(&self) -> Moment {
		(now() + Moment::from(self.terms.owner_notice.max(60))).next_multiple_of(self.pace())
	}

	/// When it would end if its tenant left now.
	pub fn left_until(&self) -> Moment {
		(now() + Moment::from(self.terms.tenant_notice.max(1))).next_multiple_of(self.pace())
	}

	/// What leaving so long before the start costs, or at the start, as a share of the rent.
	pub fn step_at(&self, notice: Moment) -> Perbill {
		let step = self.terms.cancellation.iter().find(|step| u64::from(step.notice) <= notice);
		step.map_or(Perbill::one(), |step| step.share)
	}

	/// Units that the payee would keep if the tenant left so long before the start, or at the start.
	pub fn kept_with(&self, notice: Moment) -> Units {
		let share = self.step_at(notice);
		let parts = u128::from(share.deconstruct()) * u128::from(self.units);
		parts.div_ceil(1_000_000_000) as Units
	}

	/// Units that the payee would keep if it ended by its tenant's will then: begun ones, those that
	/// were cut off, and no less than leaving just before the start would have cost.
	pub fn kept_until(&self, until: Moment) -> Units {
		if self.is_co_signed() {
			// What comes back shows at the close.
			return self.units;
		}
		let seconds = until - self.from + self.cut_off;
		seconds.div_ceil(self.sale.unit_seconds.into()).max(self.kept_with(0))
	}

	/// Seconds that are proven.
	pub fn proven(&self, park: &Park) -> u64 {
		let lives = &park.machine(self.device).lives;
		match self.evidence.heartbeat_gap() {
			Some(gap) => proven_seconds(lives, self.from, self.until, gap),
			None if self.is_physical() => self.served(),
			None => self.signed(),
		}
	}

	/// What stands behind its time, that which was cut off included.
	fn pot(&self) -> Balance {
		self.pot_of(self.seconds() + self.cut_off)
	}

	fn pot_of(&self, seconds: u64) -> Balance {
		let unit = Balance::from(self.sale.unit_seconds);
		(self.sale.unit_price * Balance::from(seconds)).div_ceil(unit)
	}

	/// What the proven time has earned.
	pub fn earned(&self, park: &Park) -> Balance {
		self.rent_of(self.proven(park))
	}

	/// Rent of so many seconds, never more than there is.
	pub fn rent_of(&self, seconds: u64) -> Balance {
		let unit = Balance::from(self.sale.unit_seconds);
		(self.sale.unit_price * Balance::from(seconds) / unit).min(self.pot())
	}

	/// The payee's part and the protocol's.
	pub fn split(&self, gross: Balance) -> (Balance, Balance) {
		let fee = self.share.mul_floor(gross);
		(gross - fee, fee)
	}

	/// Whether governance retired the device before all was said and done about the lease.
	pub fn is_forced_out(&self, park: &Park, standstills: &Standstills) -> bool {
		if self.is_physical() {
			return self.is_forced_in_hands();
		}
		let machine = park.machine(self.device);
		let seen = machine.last_seen();
		let Some(at) = machine.forced_out_at else { return false };
		match self.evidence.heartbeat_gap() {
			Some(gap) => at < self.until || (seen < self.until && at <= seen + Moment::from(gap)),
			None => self.is_forced_out_unsigned(at, standstills),
		}
	}

	/// What it owes if it closes now.
	pub fn due(&self, park: &Park, standstills: &Standstills) -> Due {
		if self.is_co_signed() {
			return self.due_by_receipts(park, standstills);
		}
		let escrowed = self.escrowed();
		let sample = match self.way_out {
			Some(WayOut::Cancelled { .. }) => {
				let reason = CloseReason::Cancelled;
				let units = (self.returned / self.sale.unit_price) as Units;
				return Due { gross: escrowed, units, ..Due::nothing(reason) };
			}
			Some(WayOut::RevokedAhead) => {
				let penalty = self.terms.owner_penalty.mul_floor(escrowed);
				let reason = CloseReason::Revoked;
				return Due { penalty, unexcused: penalty, ..Due::nothing(reason) };
			}
			Some(WayOut::Ended { sample }) => sample,
			None => 0,
		};
		let (proven, length, earned) = (self.proven(park), self.seconds(), self.earned(park));
		// Of what an early end left behind no time, the same share; what it lacks of an hour, or of the
		// lease if that was shorter, counts as served unless nothing was.
		let missing = if proven > 0 { sample.saturating_sub(length) } else { 0 };
		let rest = escrowed - self.pot();
		let gross =
			earned + rest * Balance::from(proven + missing) / Balance::from(length + missing);
		if self.is_forced_out(park, standstills) {
			let reason = CloseReason::ForceRetired;
			return Due { proven, gross, ..Due::nothing(reason) };
		}
		let excused = match self.evidence.heartbeat_gap() {
			Some(gap) => {
				let final_from = self.proven_from(park, standstills);
				standstills.excused(self.from, self.until, final_from, gap)
			}
			// Before it was handed over.
			None => standstills.covered(self.from, self.hands().taken.map_or(0, |(at, _)| at)),
		};
		let excused = excused.min(length - proven);
		let (is_unproven, penalty) = self.penalty(proven + excused);
		let reason = match (self.cut_off, is_unproven, self.way_out) {
			(1.., ..) => CloseReason::Revoked,
			(_, true, _) => CloseReason::Unproven,
			(_, false, Some(_)) => CloseReason::EndedEarly,
			(_, false, None) => CloseReason::Completed,
		};
		let unexcused = self.penalty(proven).1;
		Due { proven, gross, penalty, reason, units: 0, unexcused }
	}

	/// Whether more than the terms leave free was not served, if so many seconds were or count as if
	/// they were; and what the payee owes for that.
	fn penalty(&self, served: u64) -> (bool, Balance) {
		// What its owner cut off after an objection costs nothing.
		let cut_off = if self.is_left_in_dispute() { 0 } else { self.cut_off };
		let is_unproven = self.seconds() - served + cut_off > self.free_seconds;
		let undelivered = self.pot_of(self.seconds() + cut_off) - self.rent_of(served);
		let owed = self.terms.owner_penalty.mul_floor(undelivered);
		(is_unproven, if is_unproven { owed } else { 0 })
	}

	/// Compares it with the chain's record: only what its own tenant and payee did has changed it.
	fn compare(&self, id: LeaseId, park: &Park, standstills: &Standstills, when: &str) {
		let lease = Leases::<Runtime>::get(id).unwrap();
		let parties = (lease.series, lease.device, &lease.tenant, &lease.payee, lease.booked_at);
		let expected = (self.series, self.device, &self.tenant, &self.payee, self.booked_at);
		assert_eq!(parties, expected, "lease {id} {when}");
		let time = (lease.from, lease.until, lease.cut_off_seconds, lease.penalty_free_seconds);
		let expected = (self.from, self.until, self.cut_off, self.free_seconds);
		assert_eq!(time, expected, "lease {id} {when}");
		let money = (lease.units, lease.escrowed, lease.bond, lease.deposit);
		let expected = (self.units, self.escrowed(), self.bond(), self.record_deposit());
		assert_eq!(money, expected, "lease {id} {when}");
		let paid = (lease.paid_to_payee, lease.paid_to_protocol, lease.protocol_share);
		assert_eq!(paid, (self.paid.0, self.paid.1, self.share), "lease {id} {when}");
		let (sale, terms) = (&self.sale, &self.terms);
		let pause = terms.turnaround + terms.custody.return_grace();
		let agreed = (
			(lease.unit_price, lease.unit_seconds, lease.owner_penalty, lease.tenant_notice),
			(&lease.cancellation, lease.turnaround, lease.evidence, lease.legal_document),
			lease.fraction_share,
		);
		let expected = (
			(sale.unit_price, sale.unit_seconds, terms.owner_penalty, terms.tenant_notice),
			(&terms.cancellation, pause, self.evidence, terms.legal.document),
			sale.redeem_shares.after,
		);
		assert_eq!(agreed, expected, "lease {id} {when}");
		let flags = (lease.ended_early, lease.force_retired, lease.access_key);
		let expected = (self.way_out.is_some(), self.is_forced_in_hands(), self.key.public);
		assert_eq!(flags, expected, "lease {id} {when}");
		assert_eq!(lease.former_key, self.former_key(), "lease {id} {when}");
		let receipt = Attestation::receipt(id).map(|receipt| (receipt.seconds, receipt.at));
		assert_eq!(receipt, self.receipt, "lease {id} {when}");

		self.compare_review(&lease, when);

		let details = LeaseEscrow::lease_details(id).unwrap();
		let objected = (details.objectable, details.objected);
		let expected = (self.objectable(park, standstills), self.frozen());
		assert_eq!(objected, expected, "lease {id} {when}");
		let seen = (details.proven_seconds, details.earned, &details.payout);
		assert_eq!(seen, (self.proven(park), self.earned(park), &self.payout), "lease {id} {when}");
		let is_wrong = self.is_co_signed() && details.final_from != self.final_from(standstills);
		assert!(!is_wrong, "lease {id} is final from {} {when}", details.final_from);
		// Nothing is paid that is not earned.
		let (to_payee, to_protocol) = self.split(self.earned(park));
		assert!(self.paid.0 <= to_payee && self.paid.1 <= to_protocol, "lease {id} {when}");
		let owner = &park.machine(self.device).owner;
		assert!(self.from <= now() || self.payee == *owner, "lease {id} {when}");
	}
}

impl Books {
	/// Compares all leases with the chain's.
	pub fn compare_contracts(&self, park: &Park, when: &str) {
		let mut ids: Vec<LeaseId> = Leases::<Runtime>::iter_keys().collect();
		ids.sort_unstable();
		assert!(ids.iter().eq(self.contracts.keys()), "{when}");
		for (id, contract) in &self.contracts {
			contract.compare(*id, park, &self.standstills, when);
		}
		for machine in &park.machines {
			self.compare_grants(machine.device.id, when);
		}
	}

	fn compare_grants(&self, device: DeviceId, when: &str) {
		use pallet_lease_escrow::AccessGrants;
		let running = self.contracts.iter().find(|(_, contract)| {
			// A device that is handed over opens for nobody but who has it.
			let is_listed = contract.device == device && contract.is_in_hands();
			is_listed && contract.from <= now() && now() < contract.until
		});
		let expected = running.map(|(id, contract)| {
			let payout = contract.payout.as_ref().map(|address| {
				<sp_runtime::traits::BlakeTwo256 as sp_runtime::traits::Hash>::hash(address)
			});
			(*id, contract.key.public, contract.until, payout)
		});
		let seen = |grant: tenure_primitives::Grant| {
			(grant.lease, grant.access_key, grant.until, grant.payout)
		};
		assert_eq!(LeaseEscrow::access_grant(device).map(seen), expected, "{when}");
		let stored = AccessGrants::<Runtime>::get(device).and_then(|grants| grants.at(now()));
		assert_eq!(stored.map(seen), expected, "{when}");
	}

	/// All that these leases have earned was paid, and asking again pays nothing.
	pub fn assert_settled(&self, park: &Park, leases: &[LeaseId]) {
		let open = leases.iter().filter_map(|id| self.contracts.get(id));
		for contract in open.filter(|contract| contract.from <= now()) {
			let payable = contract.rent_of(contract.payable(park, &self.standstills));
			let due = contract.split(contract.undisputed(payable));
			assert_eq!(contract.paid, due, "{contract:?}");
		}
		// A claim leaves forfeitures to others.
		let is_forfeit = |lease: &LeaseId| {
			let contract = self.contracts.get(lease).filter(|contract| contract.is_physical());
			contract.is_some_and(|contract| {
				let (fate, over) = self.fate(*lease, contract);
				fate == Fate::Forfeited && over <= now()
			})
		};
		let rest: Vec<LeaseId> =
			leases.iter().copied().filter(|lease| !is_forfeit(lease)).collect();
		take_events();
		for lease in &rest {
			if let Some(contract) = self.contracts.get(lease) {
				assert!(now() < self.closes_from(*lease, contract, park), "{contract:?} is open");
			}
			let _ = call(&world::people()[0], pallet_lease_escrow::Call::settle { lease: *lease });
		}
		assert_eq!(take_events(), vec![]);
	}
}

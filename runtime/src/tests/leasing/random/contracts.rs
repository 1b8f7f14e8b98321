// SPDX-License-Identifier: Apache-2.0

//! What each lease has to be and to pay, from its events and the written rules. Of the chain's record
//! nothing is taken over.

use super::{
	books::Books,
	evidence::{final_from, proven_seconds},
	holds::record_deposit,
	outages::Standstills,
	park::Park,
	worth::Facts,
	*,
};
use pallet_lease_escrow::Leases;
use sp_runtime::Perbill;
use tenure_primitives::{
	CloseReason, DeviceId, EvidencePolicy, LeaseId, LeaseTerms, PayoutAddress, PublicKey,
	SaleConditions, SeriesId, Units,
};

/// How its tenant left a lease, or its payee took it back before it began.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WayOut {
	Cancelled,
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
	/// The gap that holds: the smaller one of terms and device when it was made.
	pub gap: u32,
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
	pub key: PublicKey,
	pub payout: Option<PayoutAddress>,
	/// Most units, and most money, that leaving would have given when last looked at.
	pub most_units_back: Units,
	pub most_money_back: Balance,
}

/// What a lease owes when it closes.
pub struct Due {
	pub proven: u64,
	pub gross: Balance,
	pub penalty: Balance,
	pub reason: CloseReason,
	/// What the payee would owe if the chain had never stood still.
	pub unexcused: Balance,
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
		let EvidencePolicy::Heartbeat { max_gap } = facts.terms.evidence else {
			unreachable!("only heartbeats are offered")
		};
		Self {
			series,
			device,
			payee,
			from,
			until,
			sale: facts.sale,
			gap: max_gap.min(park.machine(device).gap),
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
			key: access_key(&tenant),
			tenant,
			payout: None,
			most_units_back: Units::MAX,
			most_money_back: Balance::MAX,
		}
	}

	/// Its length in seconds.
	pub fn seconds(&self) -> u64 {
		self.until - self.from
	}

	/// End of the pause after it.
	pub fn free_from(&self) -> Moment {
		self.until + Moment::from(self.terms.turnaround)
	}

	/// What is left of its rent, paid or not.
	pub fn escrowed(&self) -> Balance {
		self.rent - self.returned
	}

	/// What its tenant has on hold for it.
	pub fn held(&self) -> Balance {
		self.escrowed() - self.paid.0 - self.paid.1
	}

	/// What its payee has committed to it: the share of all rent that there ever was.
	pub fn bond(&self) -> Balance {
		self.terms.owner_penalty.mul_floor(self.rent)
	}

	/// Whether it has ended early, or will.
	pub fn is_shortened(&self) -> bool {
		self.way_out.is_some() || self.cut_off > 0
	}

	/// When it would end if its payee took it back now.
	pub fn revoked_until(&self) -> Moment {
		(now() + Moment::from(self.terms.owner_notice.max(60))).next_multiple_of(60)
	}

	/// When it would end if its tenant left now.
	pub fn left_until(&self) -> Moment {
		(now() + Moment::from(self.terms.tenant_notice.max(1))).next_multiple_of(60)
	}

	/// Units that the payee would keep if the tenant left so long before the start, or at the start.
	pub fn kept_with(&self, notice: Moment) -> Units {
		let step = self.terms.cancellation.iter().find(|step| u64::from(step.notice) <= notice);
		let share = step.map_or(Perbill::one(), |step| step.share);
		let parts = u128::from(share.deconstruct()) * u128::from(self.units);
		parts.div_ceil(1_000_000_000) as Units
	}

	/// Units that the payee would keep if it ended by its tenant's will then: begun ones, those that
	/// were cut off, and no less than leaving just before the start would have cost.
	pub fn kept_until(&self, until: Moment) -> Units {
		let seconds = until - self.from + self.cut_off;
		seconds.div_ceil(self.sale.unit_seconds.into()).max(self.kept_with(0))
	}

	/// Seconds that are proven.
	pub fn proven(&self, park: &Park) -> u64 {
		let lives = &park.machine(self.device).lives;
		proven_seconds(lives, self.from, self.until, self.gap)
	}

	/// What stands behind its time, that which was cut off included.
	fn pot(&self) -> Balance {
		let seconds = Balance::from(self.seconds() + self.cut_off);
		(self.sale.unit_price * seconds).div_ceil(self.sale.unit_seconds.into())
	}

	/// What the proven time has earned.
	pub fn earned(&self, park: &Park) -> Balance {
		self.rent_of(self.proven(park))
	}

	/// Rent of so many seconds, never more than there is.
	fn rent_of(&self, seconds: u64) -> Balance {
		let unit = Balance::from(self.sale.unit_seconds);
		(self.sale.unit_price * Balance::from(seconds) / unit).min(self.pot())
	}

	/// From when on it can be closed.
	pub fn closes_from(&self, park: &Park) -> Moment {
		self.proven_from(park)
	}

	/// The payee's part and the protocol's.
	pub fn split(&self, gross: Balance) -> (Balance, Balance) {
		let fee = self.share.mul_floor(gross);
		(gross - fee, fee)
	}

	/// Whether governance retired the device before all was said and done about the lease.
	pub fn is_forced_out(&self, park: &Park) -> bool {
		let machine = park.machine(self.device);
		let seen = machine.last_seen();
		machine.forced_out_at.is_some_and(|at| {
			at < self.until || (seen < self.until && at <= seen + Moment::from(self.gap))
		})
	}

	/// What it owes if it closes now.
	pub fn due(&self, park: &Park, standstills: &Standstills) -> Due {
		let escrowed = self.escrowed();
		let sample = match self.way_out {
			Some(WayOut::Cancelled) => {
				let reason = CloseReason::Cancelled;
				return Due { proven: 0, gross: escrowed, penalty: 0, reason, unexcused: 0 };
			}
			Some(WayOut::RevokedAhead) => {
				let penalty = self.terms.owner_penalty.mul_floor(escrowed);
				let reason = CloseReason::Revoked;
				return Due { proven: 0, gross: 0, penalty, reason, unexcused: penalty };
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
		if self.is_forced_out(park) {
			let reason = CloseReason::ForceRetired;
			return Due { proven, gross, penalty: 0, reason, unexcused: 0 };
		}
		let lives = &park.machine(self.device).lives;
		let final_from = final_from(lives, self.until, self.gap);
		let excused = standstills.excused(self.from, self.until, final_from, self.gap);
		let excused = excused.min(length - proven);
		let (is_unproven, penalty) = self.penalty(proven + excused);
		let reason = match (self.cut_off, is_unproven, self.way_out) {
			(1.., ..) => CloseReason::Revoked,
			(_, true, _) => CloseReason::Unproven,
			(_, false, Some(_)) => CloseReason::EndedEarly,
			(_, false, None) => CloseReason::Completed,
		};
		Due { proven, gross, penalty, reason, unexcused: self.penalty(proven).1 }
	}

	/// Whether more than the terms leave free was not served, if so many seconds were or count as if
	/// they were; and what the payee owes for that.
	fn penalty(&self, served: u64) -> (bool, Balance) {
		let is_unproven = self.seconds() - served + self.cut_off > self.free_seconds;
		let undelivered = self.pot() - self.rent_of(served);
		let owed = self.terms.owner_penalty.mul_floor(undelivered);
		(is_unproven, if is_unproven { owed } else { 0 })
	}

	/// Compares it with the chain's record: only what its own tenant and payee did has changed it.
	fn compare(&self, id: LeaseId, park: &Park, when: &str) {
		let lease = Leases::<Runtime>::get(id).unwrap();
		let parties = (lease.series, lease.device, &lease.tenant, &lease.payee, lease.booked_at);
		let expected = (self.series, self.device, &self.tenant, &self.payee, self.booked_at);
		assert_eq!(parties, expected, "lease {id} {when}");
		let time = (lease.from, lease.until, lease.cut_off_seconds, lease.penalty_free_seconds);
		let expected = (self.from, self.until, self.cut_off, self.free_seconds);
		assert_eq!(time, expected, "lease {id} {when}");
		let money = (lease.units, lease.escrowed, lease.bond, lease.deposit);
		let expected = (self.units, self.escrowed(), self.bond(), record_deposit());
		assert_eq!(money, expected, "lease {id} {when}");
		let paid = (lease.paid_to_payee, lease.paid_to_protocol, lease.protocol_share);
		assert_eq!(paid, (self.paid.0, self.paid.1, self.share), "lease {id} {when}");
		let (sale, terms) = (&self.sale, &self.terms);
		let agreed = (
			(lease.unit_price, lease.unit_seconds, lease.owner_penalty, lease.tenant_notice),
			(
				&lease.cancellation,
				lease.turnaround,
				lease.evidence.heartbeat_gap(),
				lease.legal_document,
			),
		);
		let expected = (
			(sale.unit_price, sale.unit_seconds, terms.owner_penalty, terms.tenant_notice),
			(&terms.cancellation, terms.turnaround, Some(self.gap), terms.legal.document),
		);
		assert_eq!(agreed, expected, "lease {id} {when}");
		let flags = (lease.ended_early, lease.force_retired, lease.access_key);
		assert_eq!(flags, (self.way_out.is_some(), false, self.key), "lease {id} {when}");

		let details = LeaseEscrow::lease_details(id).unwrap();
		let seen = (details.proven_seconds, details.earned, &details.payout);
		assert_eq!(seen, (self.proven(park), self.earned(park), &self.payout), "lease {id} {when}");
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
			contract.compare(*id, park, when);
		}
		for machine in &park.machines {
			self.compare_grants(machine.device.id, when);
		}
	}

	fn compare_grants(&self, device: DeviceId, when: &str) {
		use pallet_lease_escrow::AccessGrants;
		let running = self.contracts.iter().find(|(_, contract)| {
			contract.device == device && contract.from <= now() && now() < contract.until
		});
		let expected = running.map(|(id, contract)| {
			let payout = contract.payout.as_ref().map(|address| {
				<sp_runtime::traits::BlakeTwo256 as sp_runtime::traits::Hash>::hash(address)
			});
			(*id, contract.key, contract.until, payout)
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
			assert_eq!(contract.paid, contract.split(contract.earned(park)), "{contract:?}");
		}
		take_events();
		for lease in leases {
			let _ = call(&world::people()[0], pallet_lease_escrow::Call::settle { lease: *lease });
		}
		assert_eq!(take_events(), vec![]);
	}
}

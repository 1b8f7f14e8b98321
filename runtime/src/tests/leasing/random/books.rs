// SPDX-License-Identifier: Apache-2.0

//! Double-entry books: what everybody has to have, from events and the written rules alone.

use super::{evidence::proven_seconds, park::Park, steps::Cause, world::people, worth::Facts, *};
use crate::{configs::TreasuryAccount, constants::currency::EXISTENTIAL_DEPOSIT};
use frame_support::traits::TypedGet;
use pallet_lease_escrow::{AccessGrants, DeviceTotals, Event, Leases};
use pallet_usage_token::Series;
use sp_runtime::Perbill;
use tenure_primitives::{
	CancellationStep, CloseReason, DeviceId, LeaseId, SeriesId, Subject, Units,
};

type Open = pallet_lease_escrow::LeaseOf<Runtime>;

#[derive(Default)]
pub struct Books {
	issuance: Balance,
	/// What everybody has in money and units at their price.
	wealth: BTreeMap<AccountId, Balance>,
	/// What those who only rent can have at most: what they had, penalties, and units from others.
	most: BTreeMap<AccountId, Balance>,
	/// All series that there ever were.
	pub series: BTreeMap<SeriesId, Facts>,
	/// What a unit gave when last looked at.
	worths: BTreeMap<SeriesId, Balance>,
	/// Open leases when last looked at, who is to be paid for them, and what was.
	leases: BTreeMap<LeaseId, Open>,
	payees: BTreeMap<LeaseId, AccountId>,
	paid: BTreeMap<LeaseId, (Balance, Balance)>,
	/// The protocol's share, now and of each lease.
	share: Perbill,
	shares: BTreeMap<LeaseId, Perbill>,
	/// Length of each lease when it was booked.
	lengths: BTreeMap<LeaseId, u64>,
	/// Units that a cancelled lease should keep.
	cancelled: BTreeMap<LeaseId, Units>,
	/// What the closed leases of each device add up to.
	pub totals: BTreeMap<DeviceId, DeviceTotals>,
}

/// Everybody who has money.
pub fn everybody() -> Vec<AccountId> {
	people().into_iter().chain([TreasuryAccount::get()]).collect()
}

impl Books {
	pub fn open() -> Self {
		let wealth: BTreeMap<_, _> =
			everybody().into_iter().map(|who| (who.clone(), total(&who))).collect();
		let most = world::TENANTS
			.map(account)
			.into_iter()
			.map(|who| {
				let has = wealth[&who];
				(who, has)
			})
			.collect();
		Self {
			issuance: Balances::total_issuance(),
			wealth,
			most,
			share: Perbill::from_percent(5),
			..Default::default()
		}
	}

	pub fn set_share(&mut self, share: Perbill) {
		self.share = share;
	}

	/// Somebody gave units to somebody else.
	pub fn note_transfer(
		&mut self,
		series: SeriesId,
		units: Units,
		from: &AccountId,
		to: &AccountId,
	) {
		let worth = self.price(series, units);
		self.give(to, worth);
		self.take(from, worth);
		if let Some(most) = self.most.get_mut(to) {
			*most += worth;
		}
		if let Some(most) = self.most.get_mut(from) {
			*most -= worth;
		}
	}

	/// Somebody gave money to the account of a series.
	pub fn note_gift(&mut self, series: SeriesId, amount: Balance, from: &AccountId) {
		self.take(from, amount);
		if let Some(most) = self.most.get_mut(from) {
			*most -= amount;
		}
		self.series.get_mut(&series).unwrap().gifts += amount;
	}

	fn price(&self, series: SeriesId, units: Units) -> Balance {
		Balance::from(units) * self.series[&series].sale.unit_price
	}

	fn wealth_of(&self, who: &AccountId) -> Balance {
		let prices = self.series.keys().map(|series| self.price(*series, units_of(*series, who)));
		total(who) + prices.sum::<Balance>()
	}

	fn give(&mut self, who: &AccountId, amount: Balance) {
		*self.wealth.get_mut(who).unwrap() += amount;
	}

	fn take(&mut self, who: &AccountId, amount: Balance) {
		*self.wealth.get_mut(who).unwrap() -= amount;
	}

	/// Enters what happened since the last time.
	pub fn enter(&mut self, events: Vec<RuntimeEvent>, park: &Park, outcomes: &mut Outcomes) {
		for event in events {
			match event {
				RuntimeEvent::LeaseEscrow(event) => self.enter_lease(event, park, outcomes),
				RuntimeEvent::UsageToken(event) => self.enter_units(event, park, outcomes),
				_ => {}
			}
		}
		self.leases = Leases::<Runtime>::iter().collect();
	}

	fn enter_units(
		&mut self,
		event: pallet_usage_token::Event<Runtime>,
		park: &Park,
		outcomes: &mut Outcomes,
	) {
		use pallet_usage_token::Event;
		match event {
			Event::SeriesCreated { series, subject, owner, .. } => {
				assert_eq!(park.server(&subject).as_ref(), Some(&owner));
				self.take(&owner, EXISTENTIAL_DEPOSIT);
				let record = Series::<Runtime>::get(series).unwrap();
				let facts = Facts {
					maker: owner,
					subject,
					sale: record.sale,
					terms: record.terms,
					closed_at: None,
					gifts: 0,
					is_reaped: false,
				};
				self.series.insert(series, facts);
			}
			Event::SeriesClosed { series } => {
				self.series.get_mut(&series).unwrap().closed_at = Some(now());
			}
			Event::UnitsRedeemed { series, holder, units, paid, to_owner } => {
				let facts = &self.series[&series];
				let (share, price) = (facts.share(park), self.price(series, units));
				assert_eq!(paid, share.mul_floor(price), "no more than the share of the moment");
				assert_eq!(paid + to_owner, price, "a unit is worth its price, whoever gets it");
				let is_gift = facts.closed_at.is_none() && facts.promised_share() < share;
				outcomes.at_par += u32::from(is_gift);
				let server = park.server(&facts.subject).unwrap_or_else(|| facts.maker.clone());
				self.take(&holder, to_owner);
				self.give(&server, to_owner);
			}
			Event::SeriesReaped { series, owner, returned } => {
				let facts = self.series.get_mut(&series).unwrap();
				assert!(!facts.is_reaped);
				facts.is_reaped = true;
				let due = (facts.maker.clone(), EXISTENTIAL_DEPOSIT + facts.gifts);
				assert_eq!((owner.clone(), returned), due);
				self.give(&owner, returned);
				self.worths.remove(&series);
			}
			Event::DustDiverted { .. } => panic!("everybody can receive"),
			_ => {}
		}
	}

	fn enter_lease(&mut self, event: Event<Runtime>, park: &Park, outcomes: &mut Outcomes) {
		match event {
			Event::LeaseBooked {
				lease,
				rent,
				bond,
				units,
				series,
				device,
				payee,
				from,
				until,
				..
			} => {
				let facts = &self.series[&series];
				assert_eq!(rent, self.price(series, units));
				assert_eq!(bond, facts.terms.owner_penalty.mul_floor(rent));
				assert!(until <= facts.sale.usable_until && now() < facts.expires());
				assert!(park.devices_of(&facts.subject).contains(&device));
				let machine = park.machine(device);
				assert!(!machine.is_missing && machine.is_active);
				let is_of_fleet = matches!(facts.subject, Subject::Fleet(_));
				assert_eq!(machine.fleet.is_some(), is_of_fleet);
				assert_eq!(payee, machine.owner);
				self.payees.insert(lease, payee);
				self.lengths.insert(lease, until - from);
				self.shares.insert(lease, self.share);
				self.paid.insert(lease, (0, 0));
			}
			Event::LeasePayeeChanged { lease, payee } => {
				let record = &self.leases[&lease];
				assert!(now() < record.from, "what runs keeps its payee");
				assert_eq!(payee, park.machine(record.device).owner);
				self.payees.insert(lease, payee);
				outcomes.moved += 1;
			}
			Event::LeaseCancelled { lease, returned_units, kept_units } => {
				let record = &self.leases[&lease];
				let ladder = &self.series[&record.series].terms.cancellation;
				let kept = keeps(ladder, record.from - now(), record.units);
				assert_eq!((kept_units, returned_units), (kept, record.units - kept));
				self.cancelled.insert(lease, kept);
			}
			Event::LeaseEndingEarly { lease, until, returned_units } => {
				let record = &self.leases[&lease];
				let terms = &self.series[&record.series].terms;
				let notice = Moment::from(terms.tenant_notice.max(1));
				assert_eq!(until, (now() + notice).next_multiple_of(60));
				let used = (until - record.from).div_ceil(record.unit_seconds.into());
				// Leaving costs no less than it would have just before the start.
				let kept = used.max(keeps(&terms.cancellation, 0, record.units));
				assert_eq!(returned_units, record.units - kept);
			}
			Event::LeaseSettled { lease, to_payee, to_protocol } => {
				self.pay(lease, to_payee, to_protocol);
			}
			Event::LeaseClosed {
				lease,
				reason,
				leased_seconds,
				proven_seconds,
				paid_to_payee,
				paid_to_protocol,
				refunded,
				penalty,
				..
			} => {
				*outcomes.endings.entry(format!("{reason:?}")).or_default() += 1;
				outcomes.penalties += u32::from(penalty > 0);
				let before = self.paid[&lease];
				self.pay(lease, paid_to_payee - before.0, paid_to_protocol - before.1);
				let record = self.leases[&lease].clone();
				let due = self.due_at_close(lease, &record, reason, park);
				let seconds = (leased_seconds, proven_seconds);
				assert_eq!(seconds, (record.until - record.from, due.proven), "{record:?}");
				let money = (paid_to_payee, paid_to_protocol, refunded, penalty);
				let fee = self.shares[&lease].mul_floor(due.gross);
				let rest = due.escrowed - due.gross;
				assert_eq!(money, (due.gross - fee, fee, rest, due.penalty), "{record:?}");
				assert_eq!(reason, due.reason);
				self.take(&record.payee, penalty);
				assert_eq!(record.payee, self.payees[&lease]);
				self.give(&record.tenant, penalty);
				if let Some(most) = self.most.get_mut(&record.tenant) {
					*most += penalty;
				}
				if reason != CloseReason::Cancelled {
					self.add_up(&record, proven_seconds, due.gross, reason);
				}
			}
			Event::SettlementDeferred { .. } => panic!("a lease could not be closed"),
			Event::DustDiverted { .. } => panic!("everybody can receive"),
			_ => {}
		}
	}

	/// Adds a closed lease to what its device did, if it had begun.
	fn add_up(&mut self, lease: &Open, proven: u64, gross: Balance, reason: CloseReason) {
		let end = lease.until.min(now());
		if lease.from >= end {
			return;
		}
		let totals = self.totals.entry(lease.device).or_default();
		totals.leases += 1;
		totals.leased_seconds += end - lease.from;
		totals.proven_seconds += proven;
		totals.earned += gross;
		// Nothing is leased after a device that is gone.
		if reason != CloseReason::ForceRetired {
			let free_from = lease.until + Moment::from(lease.turnaround);
			totals.free_from = totals.free_from.max(free_from);
		}
	}

	fn pay(&mut self, lease: LeaseId, to_payee: Balance, to_protocol: Balance) {
		let paid = self.paid.get_mut(&lease).unwrap();
		*paid = (paid.0 + to_payee, paid.1 + to_protocol);
		let record = self.leases[&lease].clone();
		self.take(&record.tenant, to_payee + to_protocol);
		self.give(&record.payee, to_payee);
		self.give(&TreasuryAccount::get(), to_protocol);
	}

	fn due_at_close(&self, id: LeaseId, lease: &Open, reason: CloseReason, park: &Park) -> Due {
		if let (Some(kept), CloseReason::Cancelled) = (self.cancelled.get(&id), reason) {
			let escrowed = Balance::from(*kept) * lease.unit_price;
			return Due { proven: 0, gross: escrowed, escrowed, penalty: 0, reason };
		}
		let proven = proven_of(lease, park);
		let length = lease.until - lease.from;
		let unit = Balance::from(lease.unit_seconds);
		let pot = (lease.unit_price * Balance::from(length)).div_ceil(unit);
		let earned = (lease.unit_price * Balance::from(proven) / unit).min(pot);
		// Of what an early end left behind no time, the same share; what it lacks of an hour, or of the
		// lease if that is shorter, counts as served unless nothing was.
		let booked_length = self.lengths[&id];
		let missing = if proven > 0 && lease.ended_early {
			booked_length.min(3_600).saturating_sub(length)
		} else {
			0
		};
		let rest = lease.escrowed - pot;
		let gross =
			earned + rest * Balance::from(proven + missing) / Balance::from(length + missing);
		let terms = &self.series[&lease.series].terms;
		if is_forced_out(lease, park) {
			let reason = CloseReason::ForceRetired;
			return Due { proven, gross, escrowed: lease.escrowed, penalty: 0, reason };
		}
		let is_unproven = length - proven > terms.penalty_free_share.mul_floor(booked_length);
		let penalty = if is_unproven { terms.owner_penalty.mul_floor(pot - earned) } else { 0 };
		let reason = if is_unproven {
			CloseReason::Unproven
		} else if lease.ended_early {
			CloseReason::EndedEarly
		} else {
			CloseReason::Completed
		};
		Due { proven, gross, escrowed: lease.escrowed, penalty, reason }
	}

	/// Compares the books with the chain.
	pub fn compare(&mut self, park: &Park, cause: Cause, when: &str, outcomes: &mut Outcomes) {
		assert_eq!(Balances::total_issuance(), self.issuance, "{when}");
		for (who, wealth) in &self.wealth {
			assert_eq!(self.wealth_of(who), *wealth, "{when}");
		}
		for (who, most) in &self.most {
			assert!(self.wealth_of(who) <= *most, "got more than it paid in {when}");
		}
		for (id, lease) in &self.leases {
			let details = LeaseEscrow::lease_details(*id).unwrap();
			assert_eq!(details.proven_seconds, proven_of(lease, park), "{when}");
			assert_eq!(lease.payee, self.payees[id], "{when}");
			let owner = &park.machine(lease.device).owner;
			assert!(lease.from <= now() || lease.payee == *owner, "{when}");
		}
		for machine in &park.machines {
			self.compare_grants(machine.device.id, when);
		}
		self.compare_worths(park, cause, when, outcomes);
		self.compare_holdings(park, when);
		self.compare_rooms(park, when);
	}

	/// Units are worth what the rules say, and gain by nothing that holders or strangers do.
	fn compare_worths(&mut self, park: &Park, cause: Cause, when: &str, outcomes: &mut Outcomes) {
		for (series, facts) in self.series.iter().filter(|(_, facts)| !facts.is_reaped) {
			let details = UsageToken::details(*series).unwrap();
			let worth = facts.share(park).mul_floor(facts.sale.unit_price);
			assert_eq!(details.redeem_value, worth, "series {series} {when}");
			let before = self.worths.insert(*series, worth);
			if before.is_some_and(|before| before < worth) {
				assert!(facts.may_rise(park, cause), "units of {series} gained worth {when}");
				outcomes.rises += 1;
			}
			let seconds = details.available * u64::from(facts.sale.unit_seconds);
			let room = self.room_for(park, *series);
			assert!(seconds <= room.free(), "series {series} is for sale too often {when}");
		}
	}

	/// Wallets see what people have.
	fn compare_holdings(&self, park: &Park, when: &str) {
		for who in people() {
			let expected: Vec<_> = self
				.series
				.iter()
				.map(|(series, facts)| (*series, facts, units_of(*series, &who)))
				.filter(|(.., units)| *units > 0)
				.map(|(series, facts, units)| {
					let value = facts.share(park).mul_floor(self.price(series, units));
					(series, units, value, now() >= facts.expires())
				})
				.collect();
			let page = UsageToken::holdings(&who, 1, 100);
			let seen: Vec<_> = page
				.items
				.iter()
				.map(|item| (item.series, item.units, item.value, item.can_be_redeemed_by_anyone))
				.collect();
			assert_eq!(seen, expected, "{when}");
		}
	}

	fn compare_grants(&self, device: DeviceId, when: &str) {
		let running = self.leases.iter().find(|(_, lease)| {
			lease.device == device && lease.from <= now() && now() < lease.until
		});
		let expected = running.map(|(id, lease)| (*id, access_key(&lease.tenant), lease.until));
		let seen = |grant: tenure_primitives::Grant| (grant.lease, grant.access_key, grant.until);
		assert_eq!(LeaseEscrow::access_grant(device).map(seen), expected, "{when}");
		let stored = AccessGrants::<Runtime>::get(device).and_then(|grants| grants.at(now()));
		assert_eq!(stored.map(seen), expected, "{when}");
	}
}

/// What a lease owes when it closes.
struct Due {
	proven: u64,
	gross: Balance,
	escrowed: Balance,
	penalty: Balance,
	reason: CloseReason,
}

fn proven_of(lease: &Open, park: &Park) -> u64 {
	let lives = &park.machine(lease.device).lives;
	proven_seconds(lives, lease.from, lease.until, lease.heartbeat_gap)
}

/// Whether governance retired the device before all was said and done about the lease.
fn is_forced_out(lease: &Open, park: &Park) -> bool {
	let machine = park.machine(lease.device);
	let seen = machine.last_seen();
	machine.forced_out_at.is_some_and(|at| {
		at < lease.until || (seen < lease.until && at <= seen + Moment::from(lease.heartbeat_gap))
	})
}

/// Units that the payee keeps of a cancelled lease.
fn keeps(ladder: &[CancellationStep], notice: u64, units: Units) -> Units {
	let share = ladder
		.iter()
		.find(|step| u64::from(step.notice) <= notice)
		.map_or(Perbill::one(), |step| step.share);
	let parts = u128::from(share.deconstruct()) * u128::from(units);
	parts.div_ceil(1_000_000_000) as Units
}

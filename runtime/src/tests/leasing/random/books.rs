// SPDX-License-Identifier: Apache-2.0

//! Double-entry books: what everybody has to have, from events and the written rules alone.

use super::{
	evidence::proven_seconds,
	world::{people, Machine, TENANTS},
	*,
};
use crate::configs::TreasuryAccount;
use frame_support::traits::TypedGet;
use pallet_lease_escrow::{AccessGrants, Calendars, Deadlines, Event, HoldReason, Leases};
use pallet_usage_token::Series;
use sp_runtime::Perbill;
use tenure_primitives::{
	CancellationStep, CloseReason, DeviceId, LeaseId, SeriesId, Subject, Units,
};

type Open = pallet_lease_escrow::LeaseOf<Runtime>;

/// The time of a window just before a sale.
pub struct Room {
	promised: u64,
	wanted: u64,
	left: u64,
}

impl Room {
	/// Nothing is sold that there is no time for, and nothing refused that there is.
	pub fn assert_agrees(&self, outcome: Result<(), DispatchError>) {
		let fits = self.promised + self.wanted <= self.left;
		let full = pallet_usage_token::Error::<Runtime>::CapacityExceeded.into();
		match outcome {
			Ok(()) => assert!(fits, "oversold"),
			Err(error) => assert!(error != full || !fits, "refused a unit that fits"),
		}
	}
}

#[derive(Default)]
pub struct Books {
	issuance: Balance,
	/// What everybody has in money and units at their price.
	wealth: BTreeMap<AccountId, Balance>,
	/// What those who only rent can have at most: what they had, penalties, and units from others.
	most: BTreeMap<AccountId, Balance>,
	/// Open leases when last looked at, and what was paid of them.
	leases: BTreeMap<LeaseId, Open>,
	paid: BTreeMap<LeaseId, (Balance, Balance)>,
	/// The protocol's share, now and of each lease.
	share: Perbill,
	shares: BTreeMap<LeaseId, Perbill>,
	/// Length of each lease when it was booked.
	lengths: BTreeMap<LeaseId, u64>,
	/// Units that a cancelled lease should keep.
	cancelled: BTreeMap<LeaseId, Units>,
	redeem_values: BTreeMap<SeriesId, Balance>,
	totals: BTreeMap<DeviceId, pallet_lease_escrow::DeviceTotals>,
}

fn price_of(series: SeriesId) -> Balance {
	Series::<Runtime>::get(series).unwrap().sale.unit_price
}

fn wealth_of(who: &AccountId) -> Balance {
	let units = (1..next_series())
		.map(|series| Balance::from(units_of(series, who)) * price_of(series))
		.sum::<Balance>();
	total(who) + units
}

fn everybody() -> Vec<AccountId> {
	people().into_iter().chain([TreasuryAccount::get()]).collect()
}

impl Books {
	pub fn open() -> Self {
		let wealth: BTreeMap<_, _> =
			everybody().into_iter().map(|who| (who.clone(), wealth_of(&who))).collect();
		let most = TENANTS
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

	/// From now on its units give their price.
	pub fn note_closed(&mut self, series: SeriesId) {
		self.redeem_values.insert(series, price_of(series));
	}

	pub fn note_transfer(
		&mut self,
		series: SeriesId,
		units: Units,
		from: &AccountId,
		to: &AccountId,
	) {
		let worth = Balance::from(units) * price_of(series);
		self.give(to, worth);
		self.take(from, worth);
		if let Some(most) = self.most.get_mut(to) {
			*most += worth;
		}
		if let Some(most) = self.most.get_mut(from) {
			*most -= worth;
		}
	}

	fn give(&mut self, who: &AccountId, amount: Balance) {
		*self.wealth.get_mut(who).unwrap() += amount;
	}

	fn take(&mut self, who: &AccountId, amount: Balance) {
		*self.wealth.get_mut(who).unwrap() -= amount;
	}

	/// Time of the series' window that units of all series and leases take, and what is left of it.
	pub fn room_for(&self, series: SeriesId, units: Units) -> Room {
		let record = Series::<Runtime>::get(series).unwrap();
		let window = (record.sale.usable_from.max(now()), record.sale.usable_until);
		let outstanding: u64 = Series::<Runtime>::iter()
			.filter(|(_, other)| other.subject == record.subject)
			.filter(|(_, other)| {
				other.sale.usable_from == record.sale.usable_from
					&& other.sale.usable_until == record.sale.usable_until
			})
			.map(|(other, with)| {
				Assets::total_supply(other) as u64 * u64::from(with.sale.unit_seconds)
			})
			.sum();
		let pause = self
			.totals
			.iter()
			.filter(|(device, _)| Subject::Device(**device) == record.subject)
			.map(|(_, totals)| totals.free_from.min(window.1).saturating_sub(window.0))
			.sum::<u64>();
		let booked: u64 = Leases::<Runtime>::iter_values()
			.filter(|lease| Subject::Device(lease.device) == record.subject)
			.map(|lease| {
				let free_from = lease.until + Moment::from(lease.turnaround);
				free_from.min(window.1).saturating_sub(lease.from.max(window.0))
			})
			.sum();
		Room {
			promised: outstanding + booked + pause,
			wanted: units * u64::from(record.sale.unit_seconds),
			left: window.1.saturating_sub(window.0),
		}
	}

	/// Enters what happened since the last time.
	pub fn enter(
		&mut self,
		events: Vec<RuntimeEvent>,
		machines: &[Machine],
		outcomes: &mut Outcomes,
	) {
		for event in events {
			match event {
				RuntimeEvent::LeaseEscrow(event) => self.enter_lease(event, machines, outcomes),
				RuntimeEvent::UsageToken(event) => self.enter_units(event),
				_ => {}
			}
		}
		self.leases = Leases::<Runtime>::iter().collect();
	}

	fn enter_units(&mut self, event: pallet_usage_token::Event<Runtime>) {
		use pallet_usage_token::Event;
		match event {
			Event::SeriesCreated { owner, .. } => {
				self.take(&owner, crate::constants::currency::EXISTENTIAL_DEPOSIT);
			}
			Event::UnitsRedeemed { series, holder, units, paid, to_owner } => {
				let price = Balance::from(units) * price_of(series);
				assert_eq!(paid + to_owner, price, "a unit is worth its price, whoever gets it");
				let owner = Series::<Runtime>::get(series).unwrap().owner;
				self.take(&holder, to_owner);
				self.give(&owner, to_owner);
			}
			Event::DustDiverted { .. } => panic!("everybody can receive"),
			_ => {}
		}
	}

	fn enter_lease(
		&mut self,
		event: Event<Runtime>,
		machines: &[Machine],
		outcomes: &mut Outcomes,
	) {
		match event {
			Event::LeaseBooked { lease, rent, bond, units, series, from, until, .. } => {
				let record = Series::<Runtime>::get(series).unwrap();
				assert_eq!(rent, Balance::from(units) * record.sale.unit_price);
				assert_eq!(bond, record.terms.owner_penalty.mul_floor(rent));
				self.lengths.insert(lease, until - from);
				self.shares.insert(lease, self.share);
				self.paid.insert(lease, (0, 0));
			}
			Event::LeaseCancelled { lease, returned_units, kept_units } => {
				let record = &self.leases[&lease];
				let ladder = Series::<Runtime>::get(record.series).unwrap().terms.cancellation;
				let kept = keeps(&ladder, record.from - now(), record.units);
				assert_eq!((kept_units, returned_units), (kept, record.units - kept));
				self.cancelled.insert(lease, kept);
			}
			Event::LeaseEndingEarly { lease, until, returned_units } => {
				let record = &self.leases[&lease];
				let terms = Series::<Runtime>::get(record.series).unwrap().terms;
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
				let due = self.due_at_close(lease, &record, reason, machines);
				let seconds = (leased_seconds, proven_seconds);
				assert_eq!(seconds, (record.until - record.from, due.proven), "{record:?}");
				let money = (paid_to_payee, paid_to_protocol, refunded, penalty);
				let fee = self.shares[&lease].mul_floor(due.gross);
				let rest = due.escrowed - due.gross;
				assert_eq!(money, (due.gross - fee, fee, rest, due.penalty), "{record:?}");
				assert_eq!(reason, due.reason);
				self.take(&record.payee, penalty);
				self.give(&record.tenant, penalty);
				if let Some(most) = self.most.get_mut(&record.tenant) {
					*most += penalty;
				}
				if reason != CloseReason::Cancelled {
					let totals = self.totals.entry(record.device).or_default();
					totals.leases += 1;
					totals.leased_seconds += leased_seconds;
					totals.proven_seconds += proven_seconds;
					totals.earned += due.gross;
					let free_from = record.until + Moment::from(record.turnaround);
					totals.free_from = totals.free_from.max(free_from);
				}
			}
			Event::SettlementDeferred { .. } => panic!("a lease could not be closed"),
			Event::DustDiverted { .. } => panic!("everybody can receive"),
			_ => {}
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

	fn due_at_close(
		&self,
		id: LeaseId,
		lease: &Open,
		reason: CloseReason,
		machines: &[Machine],
	) -> Due {
		if let (Some(kept), CloseReason::Cancelled) = (self.cancelled.get(&id), reason) {
			let escrowed = Balance::from(*kept) * lease.unit_price;
			return Due { proven: 0, gross: escrowed, escrowed, penalty: 0, reason };
		}
		let proven = proven_of(lease, machines);
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
		let terms = Series::<Runtime>::get(lease.series).unwrap().terms;
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
	pub fn compare(&mut self, machines: &[Machine], when: &str) {
		assert_eq!(Balances::total_issuance(), self.issuance, "{when}");
		for (who, wealth) in &self.wealth {
			assert_eq!(wealth_of(who), *wealth, "{when}");
		}
		for (who, most) in &self.most {
			assert!(wealth_of(who) <= *most, "got more than it paid in {when}");
		}
		for series in 1..next_series() {
			let value = UsageToken::details(series).unwrap().redeem_value;
			let before = self.redeem_values.insert(series, value);
			assert!(before.is_none_or(|before| value <= before), "units gained worth {when}");
		}
		for (id, lease) in &self.leases {
			let details = LeaseEscrow::lease_details(*id).unwrap();
			assert_eq!(details.proven_seconds, proven_of(lease, machines), "{when}");
		}
		for machine in machines {
			self.compare_grants(machine, when);
		}
	}

	fn compare_grants(&self, machine: &Machine, when: &str) {
		let device = machine.device.id;
		let running = self.leases.iter().find(|(_, lease)| {
			lease.device == device && lease.from <= now() && now() < lease.until
		});
		let expected = running.map(|(id, lease)| (*id, access_key(&lease.tenant), lease.until));
		let seen = |grant: tenure_primitives::Grant| (grant.lease, grant.access_key, grant.until);
		assert_eq!(LeaseEscrow::access_grant(device).map(seen), expected, "{when}");
		let stored = AccessGrants::<Runtime>::get(device).and_then(|grants| grants.at(now()));
		assert_eq!(stored.map(seen), expected, "{when}");
	}

	/// After the last window the sweep alone has closed everything.
	pub fn assert_all_closed(&self) {
		assert_eq!(Leases::<Runtime>::iter_keys().count(), 0);
		assert_eq!(pallet_lease_escrow::LeasesByTenant::<Runtime>::iter_keys().count(), 0);
		assert_eq!(Deadlines::<Runtime>::iter_keys().count(), 0);
		assert_eq!(Calendars::<Runtime>::iter_keys().count(), 0);
		assert_eq!(AccessGrants::<Runtime>::iter_keys().count(), 0);
		assert_eq!(pallet_attestation::ProvenMinutes::<Runtime>::iter_keys().count(), 0);
		for (_, liveness) in pallet_attestation::Livenesses::<Runtime>::iter() {
			assert_eq!(liveness.tally, None);
		}
		for (_, bond) in pallet_lease_escrow::Bonds::<Runtime>::iter() {
			assert_eq!(bond.committed, 0);
		}
		let totals: BTreeMap<_, _> = pallet_lease_escrow::Lifetimes::<Runtime>::iter()
			.filter(|(_, totals)| *totals != Default::default())
			.collect();
		assert_eq!(totals, self.totals);
	}

	/// When everybody has left only the deposits of series stay on hold.
	pub fn assert_nothing_held(&self) {
		for series in 1..next_series() {
			assert_eq!(Assets::total_supply(series), 0);
			let account = UsageToken::account_of(series);
			assert_eq!(held(pallet_usage_token::HoldReason::Backing, &account), 0);
		}
		for who in everybody() {
			for reason in [HoldReason::Rent, HoldReason::LeaseRecord, HoldReason::OwnerBond] {
				assert_eq!(held(reason, &who), 0);
			}
			assert_eq!(held(pallet_device_registry::HoldReason::DeviceRecord, &who), 0);
		}
		for who in TENANTS.map(account) {
			assert_eq!(Balances::reserved_balance(&who), 0);
		}
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

fn proven_of(lease: &Open, machines: &[Machine]) -> u64 {
	let machine = machines.iter().find(|machine| machine.device.id == lease.device).unwrap();
	proven_seconds(&machine.beats, lease.from, lease.until, lease.heartbeat_gap)
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

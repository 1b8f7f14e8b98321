// SPDX-License-Identifier: Apache-2.0

//! Double-entry books: what everybody has to have, from events and the written rules alone.

use super::{
	contracts::Contract, disputes::Quarrel, holds::Bond, outages::Standstills, park::Park,
	steps::Cause, world::people, worth::Facts, *,
};
use crate::{configs::TreasuryAccount, constants::currency::EXISTENTIAL_DEPOSIT};
use frame_support::traits::TypedGet;
use pallet_lease_escrow::DeviceTotals;
use pallet_usage_token::Series;
use sp_runtime::Perbill;
use tenure_primitives::{DeviceId, DisputeId, DisputeOutcome, LeaseId, SeriesId, Units};

#[derive(Default)]
pub struct Books {
	issuance: Balance,
	/// What everybody has in money and units at their price.
	wealth: BTreeMap<AccountId, Balance>,
	/// What those who only rent can have at most: what they had, penalties, and units from others.
	pub most: BTreeMap<AccountId, Balance>,
	/// All series that there ever were.
	pub series: BTreeMap<SeriesId, Facts>,
	/// What a unit gave when last looked at.
	worths: BTreeMap<SeriesId, Balance>,
	/// Open leases.
	pub contracts: BTreeMap<LeaseId, Contract>,
	/// Owners' bonds.
	pub bonds: BTreeMap<AccountId, Bond>,
	/// The protocol's share of leases to come.
	pub share: Perbill,
	/// What the closed leases of each device add up to.
	pub totals: BTreeMap<DeviceId, DeviceTotals>,
	/// When the chain stood still.
	pub standstills: Standstills,
	/// What is in dispute.
	pub disputes: BTreeMap<DisputeId, Quarrel>,
	/// How somebody ends a dispute now.
	pub ruling: Option<DisputeOutcome>,
	/// Whom the tenant names who makes a lease now.
	pub named: Option<AccountId>,
	/// When devices last came back from tenants.
	pub back_at: BTreeMap<DeviceId, Moment>,
	/// Devices that tenants did not bring back.
	pub lost: BTreeSet<DeviceId>,
	/// Devices that are missing or retired.
	pub missing: BTreeSet<DeviceId>,
	/// If somebody contests a return now: whether the tenant, and what the payee had coming before.
	pub contest: Option<(bool, Balance)>,
	/// Who is settling leases now.
	pub keeper: Option<AccountId>,
	/// When the sweep was to look at the leases that are settled.
	pub looks: BTreeMap<LeaseId, Moment>,
	/// The lease that is closing, and what its keeper got.
	pub rewarded: Option<(LeaseId, Balance)>,
}

/// Everybody who has money.
pub fn everybody() -> Vec<AccountId> {
	let others = [account(world::ARBITERS[0]), TreasuryAccount::get()];
	people().into_iter().chain(others).collect()
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

	pub fn price(&self, series: SeriesId, units: Units) -> Balance {
		Balance::from(units) * self.series[&series].sale.unit_price
	}

	fn wealth_of(&self, who: &AccountId) -> Balance {
		let series = self.series.iter().filter(|(_, facts)| !facts.is_reaped);
		let prices = series.map(|(series, _)| self.price(*series, units_of(*series, who)));
		total(who) + prices.sum::<Balance>()
	}

	pub fn give(&mut self, who: &AccountId, amount: Balance) {
		*self.wealth.get_mut(who).unwrap() += amount;
	}

	pub fn take(&mut self, who: &AccountId, amount: Balance) {
		*self.wealth.get_mut(who).unwrap() -= amount;
	}

	/// Enters what happened since the last time.
	pub fn enter(&mut self, events: Vec<RuntimeEvent>, park: &Park, outcomes: &mut Outcomes) {
		for event in events {
			match event {
				RuntimeEvent::LeaseEscrow(event) => self.enter_lease(event, park, outcomes),
				RuntimeEvent::Attestation(event) => self.enter_receipt(event),
				RuntimeEvent::UsageToken(event) => self.enter_units(event, park, outcomes),
				_ => {}
			}
		}
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
					outstanding: 0,
					sold: 0,
					is_reaped: false,
				};
				self.series.insert(series, facts);
			}
			Event::SeriesClosed { series } => {
				self.series.get_mut(&series).unwrap().closed_at = Some(now());
			}
			Event::UnitsRedeemed { series, holder, units, paid, to_owner } => {
				let facts = self.series.get_mut(&series).unwrap();
				facts.outstanding -= units;
				facts.sold -= units;
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
			Event::UnitsBought { series, units, cost, .. } => {
				assert_eq!(cost, self.price(series, units));
				let facts = self.series.get_mut(&series).unwrap();
				assert!(facts.closed_at.is_none() && now() < facts.sale.sale_until);
				facts.outstanding += units;
				facts.sold += units;
				assert!(facts.sold <= facts.sale.cap);
			}
			Event::UnitsStaked { series, units, amount, .. } => {
				assert_eq!(amount, self.price(series, units));
				self.series.get_mut(&series).unwrap().outstanding -= units;
			}
			Event::UnitsReturned { series, units, amount, .. } => {
				assert_eq!(amount, self.price(series, units));
				self.series.get_mut(&series).unwrap().outstanding += units;
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

	/// Compares the books with the chain.
	pub fn compare(&mut self, park: &Park, cause: Cause, when: &str, outcomes: &mut Outcomes) {
		assert_eq!(Balances::total_issuance(), self.issuance, "{when}");
		for (who, wealth) in &self.wealth {
			assert_eq!(self.wealth_of(who), *wealth, "{when}");
		}
		for (who, most) in &self.most {
			assert!(self.wealth[who] <= *most, "got more than it paid in {when}");
		}
		self.compare_outages(when);
		self.compare_disputes(when);
		self.compare_custody(when);
		self.compare_contracts(park, when);
		self.compare_holds(when);
		self.compare_calendars(park, when);
		self.compare_ways_out(park, when);
		self.compare_worths(park, cause, when, outcomes);
		self.compare_holdings(park, when);
		self.compare_rooms(park, when);
	}

	/// Units are worth what the rules say, and gain by nothing that holders or strangers do.
	fn compare_worths(&mut self, park: &Park, cause: Cause, when: &str, outcomes: &mut Outcomes) {
		for (series, facts) in self.series.iter().filter(|(_, facts)| !facts.is_reaped) {
			let details = UsageToken::details(*series).unwrap();
			assert_eq!(Series::<Runtime>::get(series).unwrap().sold, facts.sold, "{when}");
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
				.filter(|(_, facts)| !facts.is_reaped)
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
}

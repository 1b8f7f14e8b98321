// SPDX-License-Identifier: Apache-2.0

//! What everybody has on hold and why, to the last planck; and what leaving a lease gives, which never
//! gets more by waiting.

use super::{
	books::{everybody, Books},
	contracts::Contract,
	park::{Park, DAY},
	*,
};
use codec::{Decode, Encode};
use frame_support::{
	storage::{with_transaction, TransactionOutcome::Rollback},
	traits::Get,
};
use pallet_device_registry::HoldReason as RegistryReason;
use pallet_lease_escrow::{
	Bonds, Calendars, Call as Lease, Config as Escrow, Deadlines, Error as LeaseError, Event,
	HoldReason, LeasesBySeries, LeasesByTenant, Unbondings, MAX_UNBONDINGS,
};
use pallet_usage_token::HoldReason as TokenReason;
use tenure_primitives::{LeaseId, Units};

/// How long a part of a bond is on its way back.
const UNBONDING: Moment = 7 * DAY;

/// What a tenant has on hold for the record of a lease.
pub fn record_deposit() -> Balance {
	<Runtime as Escrow>::RecordDeposit::get()
}

impl Contract {
	/// The same for this lease, and for where its device is.
	pub fn record_deposit(&self) -> Balance {
		let custody = <Runtime as Escrow>::CustodyDeposit::get();
		record_deposit() + if self.is_physical() { custody } else { 0 }
	}
}

/// An owner's bond.
#[derive(Clone, Default, Debug)]
pub struct Bond {
	/// What stands behind leases or could.
	pub held: Balance,
	/// What is on its way back, and from when it can be withdrawn.
	pub parts: Vec<(Balance, Moment)>,
}

impl Bond {
	/// What can be withdrawn now.
	pub fn due(&self) -> Balance {
		self.parts.iter().filter(|(_, due)| *due <= now()).map(|(amount, _)| amount).sum()
	}
}

impl Books {
	pub fn enter_bond(&mut self, event: Event<Runtime>) {
		match event {
			Event::BondDeposited { owner, amount } => {
				self.bonds.entry(owner).or_default().held += amount;
			}
			Event::BondUnlocking { owner, amount, due } => {
				let committed = self.committed(&owner);
				let bond = self.bonds.get_mut(&owner).unwrap();
				assert_eq!(due, now() + UNBONDING);
				bond.held -= amount;
				bond.parts.push((amount, due));
				assert!(committed <= bond.held, "leases keep what stands behind them");
				assert!(bond.parts.len() <= MAX_UNBONDINGS as usize);
			}
			Event::BondWithdrawn { owner, amount } => {
				let bond = self.bonds.get_mut(&owner).unwrap();
				assert_eq!(amount, bond.due());
				bond.parts.retain(|(_, due)| *due > now());
			}
			Event::SettlementDeferred { .. } => panic!("a lease could not be closed"),
			Event::DisputeDeferred { .. } => panic!("a dispute could not be ended"),
			Event::DustDiverted { .. } => panic!("everybody can receive"),
			Event::UnitsNotReturned { .. } => panic!("a series takes back its units"),
			_ => {}
		}
	}

	/// What open leases commit of the owner's bond.
	pub fn committed(&self, owner: &AccountId) -> Balance {
		let of_owner = self.contracts.values().filter(|contract| contract.payee == *owner);
		of_owner.map(Contract::bond).sum()
	}

	/// Compares what is on hold with what leases, bonds and records say.
	pub fn compare_holds(&self, when: &str) {
		for who in everybody() {
			let of_tenant = || self.contracts.values().filter(|contract| contract.tenant == who);
			let rents: Balance = of_tenant().map(Contract::held).sum();
			assert_eq!(held(HoldReason::Rent, &who), rents, "rent {when}");
			let records: Balance = of_tenant().map(Contract::record_deposit).sum();
			assert_eq!(held(HoldReason::LeaseRecord, &who), records, "deposits {when}");

			let bond = self.bonds.get(&who).cloned().unwrap_or_default();
			let seen = Bonds::<Runtime>::get(&who);
			assert_eq!((seen.held, seen.committed), (bond.held, self.committed(&who)), "{when}");
			assert!(seen.committed <= seen.held, "{when}");
			let parts = Unbondings::<Runtime>::get(&who);
			let parts: Vec<_> = parts.iter().map(|part| (part.amount, part.due)).collect();
			assert_eq!(parts, bond.parts, "{when}");
			let leaving: Balance = parts.iter().map(|(amount, _)| amount).sum();
			assert_eq!(held(HoldReason::OwnerBond, &who), bond.held + leaving, "bond {when}");

			assert_eq!(held(RegistryReason::DeviceRecord, &who), of_devices(&who), "{when}");
			assert_eq!(held(RegistryReason::FleetRecord, &who), of_fleets(&who), "{when}");
			assert_eq!(held(TokenReason::SeriesRecord, &who), of_series(&who), "{when}");
		}
		for (series, facts) in self.series.iter().filter(|(_, facts)| !facts.is_reaped) {
			let supply = Assets::total_supply(*series) as Units;
			assert_eq!(supply, facts.outstanding, "series {series} {when}");
			let account = UsageToken::account_of(*series);
			let backing = self.price(*series, facts.outstanding);
			assert_eq!(held(TokenReason::Backing, &account), backing, "series {series} {when}");
		}
	}

	/// Compares calendars, deadlines and lists with the leases that are open.
	pub fn compare_calendars(&self, park: &Park, when: &str) {
		for machine in &park.machines {
			let device = machine.device.id;
			let mut leases: Vec<(&LeaseId, &Contract)> =
				self.contracts.iter().filter(|(_, contract)| contract.device == device).collect();
			leases.sort_by_key(|(_, contract)| contract.from);
			for pair in leases.windows(2) {
				let (earlier, later) = (pair[0].1, pair[1].1);
				assert!(earlier.free_from() <= later.from, "leases overlap {when}");
			}
			let ahead = leases
				.iter()
				.filter(|(_, contract)| now() < contract.until && !contract.is_forced_in_hands());
			let ahead = ahead.map(|(id, contract)| {
				(**id, contract.from, contract.until, contract.free_from(), contract.evidence)
			});
			let calendar = Calendars::<Runtime>::get(device);
			let listed = calendar.iter().filter(|entry| now() < entry.until).map(|entry| {
				(entry.lease, entry.from, entry.until, entry.free_from, entry.evidence)
			});
			assert!(listed.eq(ahead), "calendar of {device} {when}");
		}
		let mut filed: Vec<LeaseId> = Deadlines::<Runtime>::iter_keys().map(|key| key.1).collect();
		filed.sort_unstable();
		assert!(filed.iter().eq(self.contracts.keys()), "one deadline each {when}");
		let parties = |contract: &Contract| (contract.tenant.clone(), contract.series);
		for (id, contract) in &self.contracts {
			let (tenant, series) = parties(contract);
			assert!(LeasesByTenant::<Runtime>::contains_key(tenant, id), "{when}");
			assert!(LeasesBySeries::<Runtime>::contains_key(series, id), "{when}");
		}
	}

	/// Leaves each lease for a try: never gives that more than it would have given before.
	pub fn compare_ways_out(&mut self, park: &Park, when: &str) {
		for (id, contract) in &mut self.contracts {
			let money = contract.escrowed() - contract.earned(park);
			assert!(money <= contract.most_money_back, "lease {id} owes less {when}");
			contract.most_money_back = money;
			if contract.is_co_signed() {
				contract.compare_leaving(*id, &self.standstills, when);
				continue;
			}
			let is_waiting = contract.from <= now() && !contract.is_in_hands();
			if contract.way_out.is_some() || contract.until <= now() || is_waiting {
				continue;
			}
			let units = units_on_leaving(*id, contract);
			assert!(units <= contract.most_units_back, "waiting gave more of lease {id} {when}");
			contract.most_units_back = units;
		}
	}
}

/// Units that the tenant would get back now, by the chain itself.
fn units_on_leaving(id: LeaseId, contract: &Contract) -> Units {
	let tenant = &contract.tenant;
	let before = units_of(contract.series, tenant);
	let is_ahead = now() < contract.from;
	let leave = if is_ahead { Lease::cancel { lease: id } } else { Lease::end { lease: id } };
	let outcome: Result<Units, DispatchError> = with_transaction(|| {
		let outcome = call(tenant, leave);
		Rollback(outcome.map(|()| units_of(contract.series, tenant) - before))
	});
	let refusal = LeaseError::<Runtime>::AlreadyEnding.into();
	let is_too_late = !is_ahead && contract.until <= contract.left_until();
	match outcome {
		Ok(units) => {
			assert!(!is_too_late, "{contract:?}");
			units
		}
		Err(error) => {
			assert!(is_too_late && error == refusal, "{contract:?} can't be left: {error:?}");
			0
		}
	}
}

fn deposit_of(ticket: &impl Encode) -> Balance {
	Balance::decode(&mut ticket.encode().as_slice()).unwrap()
}

fn of_devices(who: &AccountId) -> Balance {
	let records = pallet_device_registry::Devices::<Runtime>::iter_values();
	records.filter(|record| record.owner == *who).map(|record| deposit_of(&record.ticket)).sum()
}

fn of_fleets(who: &AccountId) -> Balance {
	let records = pallet_device_registry::Fleets::<Runtime>::iter_values();
	records.filter(|record| record.owner == *who).map(|record| deposit_of(&record.ticket)).sum()
}

fn of_series(who: &AccountId) -> Balance {
	let records = pallet_usage_token::Series::<Runtime>::iter_values();
	records.filter(|record| record.owner == *who).map(|record| deposit_of(&record.ticket)).sum()
}

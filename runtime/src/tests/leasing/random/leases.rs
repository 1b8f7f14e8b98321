// SPDX-License-Identifier: Apache-2.0

//! Enters what happened to leases, and what follows from it for money and bonds.

use super::{
	books::Books,
	contracts::{Contract, WayOut},
	park::Park,
	*,
};
use crate::configs::TreasuryAccount;
use frame_support::traits::TypedGet;
use pallet_lease_escrow::{Error, Event};
use tenure_primitives::{CloseReason, LeaseId, Subject};

impl Books {
	pub fn enter_lease(&mut self, event: Event<Runtime>, park: &Park, outcomes: &mut Outcomes) {
		match event.clone() {
			Event::LeaseBooked { lease, series, rent, bond, units, tenant, .. } => {
				let facts = &self.series[&series];
				assert_eq!(rent, self.price(series, units));
				assert_eq!(bond, facts.terms.owner_penalty.mul_floor(rent));
				let contract = Contract::booked(&event, facts, park, self.share);
				assert!(tenant != contract.payee && contract.from >= now());
				self.contracts.insert(lease, contract);
				self.assert_leasable(&self.contracts[&lease], park);
			}
			Event::LeaseExtended { lease, until, units, rent } => {
				let contract = self.contracts.get_mut(&lease).unwrap();
				assert!(now() < contract.until && !contract.is_shortened());
				assert_eq!(rent, Balance::from(units) * contract.sale.unit_price);
				let seconds = units * u64::from(contract.sale.unit_seconds);
				assert_eq!(until, contract.until + seconds);
				contract.until = until;
				contract.units += units;
				contract.rent += rent;
				contract.free_seconds += contract.terms.penalty_free_share.mul_floor(seconds);
				// Of what is longer, more may come back.
				contract.most_units_back = contract.most_units_back.saturating_add(units);
				contract.most_money_back = contract.most_money_back.saturating_add(rent);
				self.assert_leasable(&self.contracts[&lease], park);
				outcomes.extended += 1;
			}
			Event::LeaseRevoked { lease, until } => {
				let contract = self.contracts.get_mut(&lease).unwrap();
				assert!(now() < contract.until && !contract.is_shortened());
				if now() < contract.from {
					assert_eq!(until, contract.from);
					contract.way_out = Some(WayOut::RevokedAhead);
				} else {
					assert_eq!(until, contract.revoked_until());
					assert!(until < contract.until);
					contract.cut_off = contract.until - until;
					contract.until = until;
				}
			}
			Event::LeasePayeeChanged { lease, payee } => {
				let contract = self.contracts.get_mut(&lease).unwrap();
				assert!(now() < contract.from, "what runs keeps its payee");
				assert_eq!(payee, park.machine(contract.device).owner);
				contract.payee = payee;
				outcomes.moved += 1;
			}
			Event::LeaseCancelled { lease, returned_units, kept_units } => {
				let contract = self.contracts.get_mut(&lease).unwrap();
				let kept = contract.kept_with(contract.from - now());
				assert_eq!((kept_units, returned_units), (kept, contract.units - kept));
				contract.leave(kept, WayOut::Cancelled);
			}
			Event::LeaseEndingEarly { lease, until, returned_units } => {
				let contract = self.contracts.get_mut(&lease).unwrap();
				assert_eq!(contract.way_out, None);
				assert_eq!(until, contract.left_until());
				let kept = contract.kept_until(until);
				assert_eq!(returned_units, contract.units - kept);
				let sample = contract.seconds().min(3_600);
				contract.leave(kept, WayOut::Ended { sample });
				contract.until = until;
			}
			Event::LeaseSettled { lease, to_payee, to_protocol } => {
				self.pay(lease, to_payee, to_protocol);
			}
			Event::LeaseClosed { .. } => self.close(event, park, outcomes),
			Event::KeeperPaid { lease, keeper, amount } => {
				assert_eq!(self.keeper.as_ref(), Some(&keeper));
				assert_eq!(self.rewarded.replace((lease, amount)), None);
				self.take(&self.contracts[&lease].tenant.clone(), amount);
				self.enter_reward(&keeper, amount);
			}
			event @ Event::OutageNoted { .. } => self.enter_outage(event),
			// Only those that are not open fail; each of them does.
			Event::ClaimFailed { lease, error } => {
				assert!(!self.contracts.contains_key(&lease));
				let was_made = 0 < lease && lease < next_lease();
				let reason: Error<Runtime> =
					if was_made { Error::LeaseClosed } else { Error::UnknownLease };
				assert_eq!(error, reason.into());
				outcomes.failed_claims += 1;
			}
			event => self.enter_bond(event),
		}
	}

	/// Whether what was booked or added could be: by place, time, device and owner's list.
	fn assert_leasable(&self, contract: &Contract, park: &Park) {
		let facts = &self.series[&contract.series];
		assert!(contract.until <= facts.sale.usable_until && now() < facts.expires());
		assert!(contract.seconds() <= facts.terms.max_duration.into());
		assert!(facts.admits(&contract.tenant), "{contract:?}");
		assert!(park.devices_of(&facts.subject).contains(&contract.device));
		let machine = park.machine(contract.device);
		assert!(!machine.is_missing && machine.is_active && machine.offered_to.is_none());
		assert_eq!(machine.fleet.is_some(), matches!(facts.subject, Subject::Fleet(_)));
		assert_eq!(contract.payee, machine.owner);
		let bond = self.bonds.get(&contract.payee).map_or(0, |bond| bond.held);
		let committed = self.committed(&contract.payee);
		assert!(committed <= bond, "{contract:?}");
	}

	fn close(&mut self, event: Event<Runtime>, park: &Park, outcomes: &mut Outcomes) {
		let Event::LeaseClosed {
			lease,
			device,
			tenant,
			payee,
			reason,
			leased_seconds,
			proven_seconds,
			paid_to_payee,
			paid_to_protocol,
			refunded,
			returned_units,
			penalty,
		} = event
		else {
			unreachable!("{event:?} is no close")
		};
		*outcomes.endings.entry(format!("{reason:?}")).or_default() += 1;
		outcomes.penalties += u32::from(penalty > 0);
		let before = self.contracts[&lease].clone();
		let rewarded = self.rewarded.take().map_or(0, |(of, amount)| {
			assert_eq!(of, lease);
			amount
		});
		outcomes.rewards += u32::from(rewarded > 0);
		let to_protocol = paid_to_protocol - before.paid.1 - rewarded;
		self.pay(lease, paid_to_payee - before.paid.0, to_protocol);
		let contract = self.contracts.remove(&lease).unwrap();
		let is_ahead = matches!(contract.way_out, Some(WayOut::Cancelled | WayOut::RevokedAhead));
		let is_over = now() >= contract.until || contract.is_forced_out(park);
		assert!(is_ahead || is_over, "{contract:?} closed while it ran");

		let due = contract.due(park, &self.standstills);
		outcomes.excused += u32::from(due.penalty < due.unexcused);
		assert_eq!((device, &tenant, &payee), (contract.device, &contract.tenant, &contract.payee));
		let seen = (reason, leased_seconds, proven_seconds);
		assert_eq!(seen, (due.reason, contract.seconds(), due.proven), "{contract:?}");
		let (to_payee, to_protocol) = contract.split(due.gross);
		let reward = if is_ahead { 0 } else { self.reward(lease, &before, park, to_protocol) };
		assert_eq!(rewarded, reward, "{contract:?}");
		let money = (paid_to_payee, paid_to_protocol, refunded, penalty);
		let rest = contract.escrowed() - due.gross;
		assert_eq!(money, (to_payee, to_protocol, rest, due.penalty), "{contract:?}");
		let out = paid_to_payee + paid_to_protocol + refunded + contract.returned;
		assert_eq!(out, contract.rent, "everything that went in came out");
		assert!(penalty <= contract.bond());
		let is_cancelled = matches!(contract.way_out, Some(WayOut::Cancelled));
		let price = Balance::from(returned_units) * contract.sale.unit_price;
		assert_eq!(price, if is_cancelled { contract.returned } else { 0 }, "{contract:?}");

		self.take(&payee, penalty);
		self.give(&tenant, penalty);
		if let Some(most) = self.most.get_mut(&tenant) {
			*most += penalty;
		}
		if penalty > 0 {
			self.bonds.get_mut(&payee).unwrap().held -= penalty;
		}
		if !is_ahead {
			self.add_up(&contract, proven_seconds, due.gross, reason);
		}
	}

	/// Adds a closed lease to what its device did, if it had begun.
	fn add_up(&mut self, lease: &Contract, proven: u64, gross: Balance, reason: CloseReason) {
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
			totals.free_from = totals.free_from.max(lease.free_from());
		}
	}

	fn pay(&mut self, lease: LeaseId, to_payee: Balance, to_protocol: Balance) {
		let contract = self.contracts.get_mut(&lease).unwrap();
		contract.paid = (contract.paid.0 + to_payee, contract.paid.1 + to_protocol);
		let (tenant, payee) = (contract.tenant.clone(), contract.payee.clone());
		self.take(&tenant, to_payee + to_protocol);
		self.give(&payee, to_payee);
		self.give(&TreasuryAccount::get(), to_protocol);
	}
}

impl Contract {
	fn leave(&mut self, kept: u64, how: WayOut) {
		self.returned += Balance::from(self.units - kept) * self.sale.unit_price;
		self.units = kept;
		self.way_out = Some(how);
	}
}

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
			Event::LeaseBooked { lease, series, device, rent, bond, units, tenant, .. } => {
				let facts = &self.series[&series];
				assert_eq!(rent, self.price(series, units));
				assert_eq!(bond, facts.terms.owner_penalty.mul_floor(rent));
				let mut contract = Contract::booked(&event, facts, park, self.share);
				contract.arbiter = self.named.take();
				assert!(tenant != contract.payee && contract.from >= now());
				// The calendar forgets what only receipts are missing of.
				let of_device = self.contracts.values_mut().filter(|other| other.device == device);
				let is_past = |other: &&mut Contract| {
					let needs_no_beats = other.is_co_signed() || other.is_physical();
					needs_no_beats && other.free_from() < now()
				};
				of_device.filter(is_past).for_each(|other| other.is_unlisted = true);
				self.assert_is_back(&contract);
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
				contract.most_worth = contract.most_worth.saturating_add(rent);
				if contract.is_co_signed() {
					outcomes.receipts.note_extended();
				}
				self.assert_leasable(&self.contracts[&lease], park);
				outcomes.extended += 1;
			}
			Event::LeaseRevoked { lease, until } => {
				let contract = self.contracts.get_mut(&lease).unwrap();
				assert!(now() < contract.until && !contract.is_shortened());
				if now() < contract.from || contract.is_unused() {
					assert_eq!(until, contract.from);
					contract.way_out = Some(WayOut::RevokedAhead);
				} else {
					assert_eq!(until, contract.revoked_until());
					assert!(until < contract.until);
					contract.cut_off = contract.until - until;
					if let Some(objection) = &mut contract.review.objection {
						objection.is_left = true;
						outcomes.left += 1;
					}
					contract.until = until;
					// That comes back at par.
					contract.most_worth = Balance::MAX;
				}
			}
			Event::LeasePayeeChanged { lease, payee } => {
				let contract = self.contracts.get_mut(&lease).unwrap();
				assert!(now() < contract.from, "what runs keeps its payee");
				assert_eq!(payee, park.machine(contract.device).owner);
				assert_ne!(Some(&payee), contract.arbiter.as_ref());
				contract.payee = payee;
				if let Some(hands) = &mut contract.custody {
					// That is up to the new owner.
					hands.offered_at = None;
				}
				outcomes.moved += 1;
			}
			Event::LeaseCancelled { lease, returned_units, kept_units } => {
				let contract = self.contracts.get_mut(&lease).unwrap();
				let notice = contract.from - now();
				if contract.is_co_signed() {
					let back = contract.back_if_cancelled_now().units;
					assert_eq!((kept_units, returned_units), (contract.units - back, back));
					contract.way_out = Some(WayOut::Cancelled { notice });
				} else {
					let kept = contract.kept_with(notice);
					assert_eq!((kept_units, returned_units), (kept, contract.units - kept));
					contract.leave(kept, WayOut::Cancelled { notice });
				}
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
			event @ (Event::HandoverOffered { .. }
			| Event::HandoverConfirmed { .. }
			| Event::ReturnReported { .. }
			| Event::ReturnContested { .. }
			| Event::DepositPaid { .. }
			| Event::DepositReturned { .. }
			| Event::LateReturnClaimed { .. }
			| Event::LateReturnCompensated { .. }) => self.enter_custody(event, outcomes),
			event @ (Event::DisputeOpened { .. }
			| Event::DisputeContested { .. }
			| Event::DisputeClosed { .. }) => self.enter_dispute(event, park, outcomes),
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
		let is_there = machine.is_active || contract.is_physical();
		assert!(!machine.is_missing && is_there && machine.offered_to.is_none());
		assert_eq!(machine.fleet.is_some(), matches!(facts.subject, Subject::Fleet(_)));
		assert_eq!(contract.payee, machine.owner);
		contract.assert_can_be_judged();
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
		let mut contract = self.contracts.remove(&lease).unwrap();
		let is_ahead =
			matches!(contract.way_out, Some(WayOut::Cancelled { .. } | WayOut::RevokedAhead));
		// Governance, which retires a device by force, waits for no objection.
		let is_forced = park.machine(contract.device).forced_out_at == Some(now());
		let is_over = now() >= self.closes_from(lease, &contract, park) || is_forced;
		assert!(is_ahead || is_over, "{contract:?} closed while it ran");

		let due = self.due(lease, &contract, park);
		outcomes.excused += u32::from(due.penalty < due.unexcused);
		if contract.is_co_signed() || (contract.is_physical() && !is_ahead) {
			contract.returned += Balance::from(due.units) * contract.sale.unit_price;
		}
		if contract.is_co_signed() {
			outcomes.receipts.note_close(&contract, &due);
		}
		assert_eq!((device, &tenant, &payee), (contract.device, &contract.tenant, &contract.payee));
		let seen = (reason, leased_seconds, proven_seconds);
		assert_eq!(seen, (due.reason, contract.seconds(), due.proven), "{contract:?}");
		let undisputed = contract.undisputed(due.gross);
		let (to_payee, to_protocol) = contract.split(undisputed);
		let reward = if is_ahead { 0 } else { self.reward(lease, &before, park, to_protocol) };
		assert_eq!(rewarded, reward, "{contract:?}");
		let money = (paid_to_payee, paid_to_protocol, refunded, penalty);
		let rest = contract.escrowed() - undisputed - contract.frozen();
		assert_eq!(money, (to_payee, to_protocol, rest, due.penalty), "{contract:?}");
		let out =
			paid_to_payee + paid_to_protocol + refunded + contract.returned + contract.frozen();
		assert_eq!(out, contract.rent, "everything that went in came out");
		assert!(penalty <= contract.bond());
		assert_eq!(returned_units, due.units, "{contract:?}");

		self.take(&payee, penalty);
		self.give(&tenant, penalty);
		if let Some(most) = self.most.get_mut(&tenant) {
			*most += penalty;
		}
		if penalty > 0 {
			self.bonds.get_mut(&payee).unwrap().held -= penalty;
		}
		if contract.is_physical() {
			self.note_physical_close(lease, &before, park);
		}
		if !is_ahead && !contract.is_unused() {
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
		if reason != CloseReason::ForceRetired && !lease.is_forced_in_hands() {
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
	/// Whether who decides about it is none of its sides, and listed in the terms if there can be disputes.
	fn assert_can_be_judged(&self) {
		let is_needed = self.terms.objection_window > 0 || self.terms.damage_deposit > 0;
		assert_eq!(self.arbiter.is_some(), is_needed, "{self:?}");
		if let Some(arbiter) = &self.arbiter {
			assert!(self.terms.arbiters.contains(arbiter), "{self:?}");
			assert!(![&self.tenant, &self.payee].contains(&arbiter), "{self:?}");
		}
	}

	fn leave(&mut self, kept: u64, how: WayOut) {
		self.returned += Balance::from(self.units - kept) * self.sale.unit_price;
		self.units = kept;
		self.way_out = Some(how);
	}
}

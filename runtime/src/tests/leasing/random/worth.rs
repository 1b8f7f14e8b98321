// SPDX-License-Identifier: Apache-2.0

//! What units are worth, by the rules as they are written.

use super::{
	park::{Machine, Park, DAY},
	steps::Cause,
	*,
};
use pallet_lease_escrow::Bonds;
use sp_runtime::Perbill;
use tenure_primitives::{Admission, LeaseTerms, SaleConditions, SeriesId, Subject, Units};

/// From when a closed series expires: so long after it was closed.
const CLOSING_NOTICE: Moment = 30 * DAY;

/// What is known of a series.
#[derive(Clone)]
pub struct Facts {
	pub maker: AccountId,
	pub subject: Subject,
	pub sale: SaleConditions,
	pub terms: LeaseTerms<AccountId>,
	pub closed_at: Option<Moment>,
	/// What strangers gave to its account.
	pub gifts: Balance,
	/// Units in people's hands.
	pub outstanding: Units,
	/// Units sold and not redeemed.
	pub sold: Units,
	pub is_reaped: bool,
}

impl Facts {
	/// From when nothing can be staked any more.
	pub fn expires(&self) -> Moment {
		let end = self.sale.usable_until;
		self.closed_at.map_or(end, |at| end.min(at + CLOSING_NOTICE))
	}

	/// Whether its owner's list lets this tenant rent.
	pub fn admits(&self, tenant: &AccountId) -> bool {
		match &self.terms.admission {
			Admission::Anyone => true,
			Admission::Only(listed) => listed.contains(tenant),
			Admission::Except(listed) => !listed.contains(tenant),
			Admission::Credential(_) => unreachable!("no series asks for credentials"),
		}
	}

	/// Whether its usable window is not over.
	pub fn is_live(&self) -> bool {
		!self.is_reaped && now() < self.sale.usable_until
	}

	/// Whether units are for sale or outstanding, in a window that is not over.
	pub fn is_promised(&self, series: SeriesId) -> bool {
		self.is_live() && (self.closed_at.is_none() || Assets::total_supply(series) > 0)
	}

	/// Whether anyone may make it disappear.
	pub fn is_to_be_reaped(&self, series: SeriesId) -> bool {
		let is_over = self.closed_at.is_some() || now() >= self.sale.usable_until;
		let mut leases = pallet_lease_escrow::Leases::<Runtime>::iter_values();
		let is_leased = leases.any(|lease| lease.series == series);
		!self.is_reaped && is_over && !is_leased && Assets::total_supply(series) == 0
	}

	/// The penalty for the shortest lease: what an owner must at least have bonded to be leased from.
	fn least_bond(&self) -> Balance {
		let units = self.terms.min_duration.div_ceil(self.sale.unit_seconds).max(1);
		self.terms.owner_penalty.mul_floor(Balance::from(units) * self.sale.unit_price)
	}

	/// The share that its owner promised for this moment.
	pub fn promised_share(&self) -> Perbill {
		let shares = self.sale.redeem_shares;
		if now() < self.sale.usable_from {
			shares.before
		} else if now() < self.sale.usable_until {
			shares.during
		} else {
			shares.after
		}
	}

	/// The share of its price that a unit gives.
	pub fn share(&self, park: &Park) -> Perbill {
		let is_forced_out = match self.subject {
			Subject::Device(device) => {
				park.machine(device).forced_out_at.is_some_and(|at| at < self.expires())
			}
			Subject::Fleet(_) => false,
		};
		if self.closed_at.is_some() || is_forced_out || !self.is_to_be_had(park) {
			Perbill::one()
		} else {
			self.promised_share()
		}
	}

	/// Whether any of its devices can be leased at all, or could at the end of its window.
	pub fn is_to_be_had(&self, park: &Park) -> bool {
		let end = self.sale.usable_until;
		if !self.can_be_judged(park) {
			return false;
		}
		if self.terms.custody.is_physical() {
			return park
				.devices_of(&self.subject)
				.into_iter()
				.any(|device| self.is_to_be_taken(park.machine(device)));
		}
		if now() >= end {
			// A retired device is remembered.
			let devices = match self.subject {
				Subject::Device(device) => vec![device],
				Subject::Fleet(_) => park.devices_of(&self.subject),
			};
			return devices.iter().any(|device| !is_silent(park.machine(*device), end));
		}
		park.devices_of(&self.subject).into_iter().any(|device| {
			let machine = park.machine(device);
			let is_free = machine.fleet.is_none() || matches!(self.subject, Subject::Fleet(_));
			is_free
				&& !machine.is_missing
				&& machine.offered_to.is_none()
				&& machine.is_active
				&& !is_silent(machine, now())
				&& self.is_backed(machine)
		})
	}

	/// Whether somebody could decide disputes about its leases, if there can be any.
	fn can_be_judged(&self, park: &Park) -> bool {
		let server = park.server(&self.subject).unwrap_or_else(|| self.maker.clone());
		let mut arbiters = self.terms.arbiters.iter();
		let is_needed = self.terms.damage_deposit > 0 || self.terms.objection_window > 0;
		!is_needed || arbiters.any(|who| *who != server && park.arbiters.contains(who))
	}

	/// Whether the device, which shows no sign of life, can be leased, or is at least there.
	fn is_to_be_taken(&self, machine: &Machine) -> bool {
		let is_free = machine.fleet.is_none() || matches!(self.subject, Subject::Fleet(_));
		let is_for_lease = is_free && machine.offered_to.is_none() && self.is_backed(machine);
		!machine.is_missing && (now() >= self.sale.usable_until || is_for_lease)
	}

	fn is_backed(&self, machine: &Machine) -> bool {
		Bonds::<Runtime>::get(&machine.owner).held >= self.least_bond()
	}

	/// Whether its units may have gained worth by this: never by what holders and strangers do, and by
	/// time only when no device reports or is back, or the bond went to tenants for what was not served.
	pub fn may_rise(&self, park: &Park, cause: Cause) -> bool {
		let at = now().min(self.sale.usable_until);
		let is_failing = |machine: &Machine| {
			let is_gone = if self.terms.custody.is_physical() {
				machine.is_missing
			} else {
				is_silent(machine, at)
			};
			is_gone || machine.is_lost || !self.is_backed(machine)
		};
		let is_par = self.share(park) == Perbill::one();
		match cause {
			Cause::Owner => is_par,
			Cause::Tenant => false,
			Cause::Time => {
				let devices = park.devices_of(&self.subject);
				is_par && devices.iter().all(|device| is_failing(park.machine(*device)))
			}
		}
	}
}

/// Whether the device had not been seen for a day at this time.
fn is_silent(machine: &Machine, at: Moment) -> bool {
	machine.last_seen() + DAY < at
}

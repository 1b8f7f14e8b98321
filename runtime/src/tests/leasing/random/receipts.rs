// SPDX-License-Identifier: Apache-2.0

//! Leases that their tenants' receipts pay: what is signed, and what comes back, by the rules as they are
//! written.

use super::{
	contracts::{Contract, Due, WayOut},
	outages::Standstills,
	park::{Park, DAY},
	world::people,
	*,
};
use frame_support::storage::{with_transaction, TransactionOutcome::Rollback};
use pallet_lease_escrow::{Call as Lease, Event};
use sp_core::Pair;
use sp_runtime::Perbill;
use tenure_primitives::{
	CloseReason, EvidencePolicy, FormerKey, LeaseId, PublicKey, ReportSignature, Units,
};

/// For so long after the end of a lease receipts count.
pub const WINDOW: Moment = DAY;

/// Seconds between two receipts of a lease.
pub const PAUSE: Moment = 30;

/// The same once one came after the end.
pub const PAUSE_AFTER_END: Moment = 600;

/// Seconds between two changes of a running lease's key.
const KEY_PAUSE: Moment = 3_600;

/// Seeds of tenants' keys are apart from those of devices.
const FIRST_KEY: u64 = 1 << 32;

/// Nobody opens a device with this one.
pub const STRANGER: u8 = u8::MAX;

/// A key of a tenant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Key {
	seed: u8,
	pub public: PublicKey,
}

impl Key {
	pub fn new(seed: u8) -> Self {
		let pair = key_pair(FIRST_KEY + u64::from(seed));
		Self { seed, public: PublicKey::Ed25519(pair.public().0) }
	}

	/// The one that somebody rents with.
	pub fn of(who: &AccountId) -> Self {
		let place = people().iter().position(|other| other == who).unwrap();
		Self::new(place as u8)
	}

	pub fn sign(&self, payload: &[u8]) -> ReportSignature {
		let pair = key_pair(FIRST_KEY + u64::from(self.seed));
		ReportSignature::Ed25519(pair.sign(payload).0)
	}
}

/// What a tenant gets back of a lease.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Back {
	pub units: Units,
	pub money: Balance,
}

fn floor_of(share: Perbill, amount: Balance) -> Balance {
	Balance::from(share.deconstruct()) * amount / 1_000_000_000
}

fn ceil_of(share: Perbill, amount: Balance) -> Balance {
	(Balance::from(share.deconstruct()) * amount).div_ceil(1_000_000_000)
}

impl Contract {
	pub fn is_co_signed(&self) -> bool {
		matches!(self.evidence, EvidencePolicy::CoSigned { .. })
	}

	/// Seconds that were signed for, up to its end.
	pub fn signed(&self) -> u64 {
		self.receipt.map_or(0, |(seconds, _)| seconds.min(self.seconds()))
	}

	/// From when no receipts are taken: so long after the end, without what the chain stood still.
	pub fn receipts_end(&self, standstills: &Standstills) -> Moment {
		standstills.moved(self.until + WINDOW, self.until)
	}

	/// From when no receipt can change what is whose.
	pub fn final_from(&self, standstills: &Standstills) -> Moment {
		if self.signed() == self.seconds() {
			self.until
		} else {
			self.receipts_end(standstills)
		}
	}

	/// Seconds after a receipt before which no other is taken: more if that came after the end.
	pub fn pause(&self, at: Moment) -> Moment {
		if at >= self.until {
			PAUSE_AFTER_END
		} else {
			PAUSE
		}
	}

	/// Seconds of it that have passed.
	pub fn passed(&self) -> u64 {
		now().min(self.until).saturating_sub(self.from)
	}

	/// Whether a receipt for more than before is taken now.
	pub fn awaits_receipt(&self, standstills: &Standstills) -> bool {
		let is_due = self
			.receipt
			.is_none_or(|(seconds, at)| seconds < self.passed() && at + self.pause(at) <= now());
		let is_time = self.from < now() && now() < self.receipts_end(standstills);
		self.is_co_signed() && is_time && is_due
	}

	/// What its tenant signs next, if it signs for this part of what it has not signed for.
	pub fn signed_next(&self, percent: u64) -> u64 {
		let before = self.receipt.map_or(0, |(seconds, _)| seconds);
		before + (self.passed().saturating_sub(before) * percent).div_ceil(100)
	}

	/// The chain's name of the key before.
	pub fn former_key(&self) -> Option<FormerKey> {
		self.former.map(|(key, until)| FormerKey { key: key.public, until })
	}

	/// Whether its device is to be opened with another key.
	pub fn replaces_key(&self, key: &Key) -> bool {
		self.is_co_signed() && self.from <= now() && *key != self.key
	}

	/// Whether the tenant can take this key.
	pub fn may_take_key(&self, key: &Key, standstills: &Standstills) -> bool {
		let is_lately =
			self.former.is_some_and(|(_, at)| now() < standstills.moved(at + KEY_PAUSE, at));
		let is_open = now() < self.until && !self.is_forced_in_hands();
		is_open && !(self.replaces_key(key) && is_lately)
	}

	/// The tenant has taken this key.
	pub fn take_key(&mut self, key: Key) {
		if self.replaces_key(&key) {
			self.former = Some((self.key, now()));
		}
		self.key = key;
	}

	/// What comes back if so much is the payee's, besides what comes back at par: whole units, and of a
	/// part of one the least that redeeming gives.
	fn back(&self, kept: Balance, at_par: Balance) -> Back {
		let rest = self.escrowed().saturating_sub(at_par + kept);
		let part = rest % self.sale.unit_price;
		let units = (rest / self.sale.unit_price) as Units;
		Back { units, money: at_par + floor_of(self.sale.redeem_shares.after, part) }
	}

	/// What comes back if it ends then, and nothing more is signed.
	fn back_at(&self, until: Moment, is_left: bool) -> Back {
		let EvidencePolicy::CoSigned { reservation_share, .. } = self.evidence else {
			unreachable!("{self:?} is not paid by receipts")
		};
		let length = until - self.from;
		let signed = self.signed().min(length);
		let (price, unit) = (self.sale.unit_price, Balance::from(self.sale.unit_seconds));
		let unsigned = (price * Balance::from(length - signed)).div_ceil(unit);
		let by_time = self.rent_of(signed) + floor_of(reservation_share, unsigned);
		// Whoever leaves what was taken back does not leave by its own will.
		let step = if is_left && self.cut_off == 0 { self.step_at(0) } else { Perbill::zero() };
		self.back(by_time.max(ceil_of(step, self.escrowed())), self.rent_of(self.cut_off))
	}

	fn back_if_cancelled(&self, notice: Moment) -> Back {
		self.back(ceil_of(self.step_at(notice), self.escrowed()), 0)
	}

	/// What comes back if its tenant cancels now.
	pub fn back_if_cancelled_now(&self) -> Back {
		self.back_if_cancelled(self.from - now())
	}

	/// Whether its tenant can end it now.
	pub fn can_be_ended(&self) -> bool {
		let is_running = self.way_out.is_none() && self.from <= now() && self.is_in_hands();
		is_running && self.left_until() < self.until
	}

	/// What comes back if its tenant leaves now as well as it can, and signs nothing more.
	fn back_on_leaving(&self) -> Back {
		if now() < self.from {
			self.back_if_cancelled_now()
		} else if self.can_be_ended() {
			self.back_at(self.left_until(), true)
		} else {
			self.back_at(self.until, self.way_out.is_some())
		}
	}

	/// What it owes if it closes now.
	pub fn due_by_receipts(&self, park: &Park, standstills: &Standstills) -> Due {
		let proven = self.signed();
		if let Some(WayOut::RevokedAhead) = self.way_out {
			let penalty = floor_of(self.terms.owner_penalty, self.escrowed());
			let reason = CloseReason::Revoked;
			return Due { proven, penalty, ..Due::nothing(reason) };
		}
		if self.is_forced_out(park, standstills) {
			let gross = self.rent_of(proven);
			let reason = CloseReason::ForceRetired;
			return Due { proven, gross, ..Due::nothing(reason) };
		}
		let (back, reason) = match self.way_out {
			Some(WayOut::Cancelled { notice }) => {
				(self.back_if_cancelled(notice), CloseReason::Cancelled)
			}
			_ if self.cut_off > 0 => {
				(self.back_at(self.until, self.way_out.is_some()), CloseReason::Revoked)
			}
			Some(_) => (self.back_at(self.until, true), CloseReason::EndedEarly),
			None => (self.back_at(self.until, false), CloseReason::Completed),
		};
		let units = back.units;
		let gross = self.escrowed() - Balance::from(units) * self.sale.unit_price - back.money;
		// Nobody is to blame for what is not signed.
		let is_fined = self.cut_off > self.free_seconds;
		let fine = floor_of(self.terms.owner_penalty, self.rent_of(self.cut_off));
		let penalty = if is_fined { fine } else { 0 };
		Due { proven, gross, penalty, units, ..Due::nothing(reason) }
	}

	/// Whether governance retired the device while receipts could still come, and its calendar had it.
	pub fn is_forced_out_unsigned(&self, at: Moment, standstills: &Standstills) -> bool {
		!self.is_unlisted && at < self.final_from(standstills)
	}

	/// Leaves it for a try: gives what is written, and that is never worth more than before.
	pub fn compare_leaving(&mut self, id: LeaseId, standstills: &Standstills, when: &str) {
		let back = self.back_on_leaving();
		assert_eq!(tried_to_leave(id, self, standstills), back, "{self:?} {when}");
		// Units count for the least that redeeming them gives.
		let price = Balance::from(back.units) * self.sale.unit_price;
		let worth = back.money + floor_of(self.sale.redeem_shares.after, price);
		let slack = 3;
		assert!(
			worth <= self.most_worth.saturating_add(slack),
			"waiting gave more: {self:?} {when}"
		);
		self.most_worth = worth;
	}
}

/// What the tenant would have back by the chain itself, if it left now and nothing more was signed.
fn tried_to_leave(id: LeaseId, contract: &Contract, standstills: &Standstills) -> Back {
	let tenant = &contract.tenant;
	let tried: Result<Back, DispatchError> = with_transaction(|| {
		if now() < contract.from {
			assert_eq!(call(tenant, Lease::cancel { lease: id }), Ok(()), "{contract:?}");
		} else {
			let outcome = call(tenant, Lease::end { lease: id });
			let may = contract.can_be_ended() && now() < contract.until;
			assert_eq!(outcome.is_ok(), may, "{contract:?}: {outcome:?}");
			let later = now().max(contract.receipts_end(standstills));
			pallet_timestamp::Now::<Runtime>::put(later * 1_000);
			assert_eq!(call(tenant, Lease::settle { lease: id }), Ok(()), "{contract:?}");
		}
		let closed = take_events().into_iter().find_map(|event| match event {
			RuntimeEvent::LeaseEscrow(Event::LeaseClosed {
				lease,
				returned_units: units,
				refunded: money,
				..
			}) if lease == id => Some(Back { units, money }),
			_ => None,
		});
		Rollback(Ok(closed.expect("whoever leaves gets back what there is, a day later")))
	});
	tried.unwrap()
}

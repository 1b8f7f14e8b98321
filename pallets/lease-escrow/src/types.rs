// SPDX-License-Identifier: Apache-2.0

//! The records of the pallet, with what can be derived from one alone.

use codec::{Decode, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::Perbill;
use tenure_lease_math::{
	earned, penalty, undelivered, window_rent, MathError, Review, Slot, MINUTE,
};
use tenure_primitives::{
	apis::LeaseState, Balance, CancellationLadder, DeviceId, EvidencePolicy, FormerKey, Grant,
	GroupId, LeaseId, LeaseWindow, Moment, PublicKey, ReceiptTerms, SeriesId, Units,
};

/// An open lease. It carries its own money and the terms under which it was made: nothing that is
/// decided later changes it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Lease<AccountId> {
	/// The series that sold it.
	pub series: SeriesId,
	/// The device.
	pub device: DeviceId,
	/// Who uses it and paid for it.
	pub tenant: AccountId,
	/// Who is paid, and whose bond stands behind it.
	pub payee: AccountId,
	/// Start; a whole minute if heartbeats are its evidence.
	pub from: Moment,
	/// End (exclusive); a whole minute if heartbeats are its evidence.
	pub until: Moment,
	/// Units staked in it, without those that went back.
	pub units: Units,
	/// Seconds that one unit stands for.
	pub unit_seconds: u32,
	/// Price of one unit.
	pub unit_price: Balance,
	/// `units × unit_price`: rent that went on hold for it, less what went back as units.
	pub escrowed: Balance,
	/// Time behind its end that its payee cut off by revoking it, in seconds. It was not delivered. If another
	/// device took over: what that could not take of it.
	pub cut_off_seconds: u64,
	/// Part of `escrowed` that stands behind no time: the rest of a unit which an early end left begun,
	/// and the units that it cost. Of a lease that is paid by receipts, all that the early end cut off.
	pub rounding: Balance,
	/// Least time in seconds from which an early end tells how well the device serves.
	pub least_sample: u32,
	/// Part of `escrowed` that was paid to the payee.
	pub paid_to_payee: Balance,
	/// Part of `escrowed` that was paid as the protocol's share: to the treasury, and to a keeper.
	pub paid_to_protocol: Balance,
	/// The protocol's share of what the payee earns.
	pub protocol_share: Perbill,
	/// Part of the payee's bond that is committed to it.
	pub bond: Balance,
	/// What the payee owes for undelivered time, as a share of that time's rent.
	pub owner_penalty: Perbill,
	/// Seconds that may stay undelivered without that penalty. An early end does not lower it.
	pub penalty_free_seconds: u64,
	/// What cancelling costs by the time left to the start.
	pub cancellation: CancellationLadder,
	/// What a part of a unit gives back in money, as a share of its price: what redeeming units of the
	/// series gives at least.
	pub fraction_share: Perbill,
	/// Notice of an early end in seconds.
	pub tenant_notice: u32,
	/// Pause that is kept free after it, in seconds.
	pub turnaround: u32,
	/// So much of the pause is waived, because a lease goes on from it.
	pub waived_pause: u32,
	/// What counts as its service; of heartbeats, with the gap that holds for it.
	pub evidence: EvidencePolicy,
	/// The key that the device serves.
	pub access_key: PublicKey,
	/// The key before it, whose receipts are good for the time up to the change.
	pub former_key: Option<FormerKey>,
	/// Blake2-256 hash of the tenant's payout address, for devices that earn.
	pub payout: Option<H256>,
	/// Hash of the legal text that the tenant accepted.
	pub legal_document: H256,
	/// What the tenant has on hold for this record.
	pub deposit: Balance,
	/// When it was made.
	pub booked_at: Moment,
	/// The lease that it goes on from, or whose device it took over from.
	pub previous: Option<LeaseId>,
	/// The lease that took over when its device failed.
	pub substituted_by: Option<LeaseId>,
	/// The leases that it was made together with.
	pub group: Option<GroupId>,
	/// Until when its owner may accept it; nothing once it has, or if nobody has to.
	pub requested_until: Option<Moment>,
	/// Whether units that its tenant had went into it, and not only money.
	pub own_units: bool,
	/// Whether its tenant offers it to another.
	pub is_offered: bool,
	/// Whether the tenant ended it early.
	pub ended_early: bool,
	/// Whether its end was announced and its grant withdrawn.
	pub end_noted: bool,
	/// Whether governance retired its device before it was served: what is not proven goes back, without
	/// penalty.
	pub force_retired: bool,
	/// Minute of its entry among the deadlines.
	pub deadline: u32,
	/// How often the sweep looked at it in vain since its end; from 128 on, how often it could not close it.
	pub looks: u8,
	/// Who decides disputes about it.
	pub arbiter: Option<AccountId>,
	/// What of its rent can be objected to, and what was.
	pub review: Review,
}

impl<AccountId> Lease<AccountId> {
	/// As evidence sees it.
	pub fn window(&self, lease: LeaseId) -> LeaseWindow {
		LeaseWindow { lease, from: self.from, until: self.until, evidence: self.evidence }
	}

	/// As receipts see it.
	pub fn receipt_terms(&self) -> ReceiptTerms {
		ReceiptTerms {
			device: self.device,
			from: self.from,
			until: self.until,
			evidence: self.evidence,
			access_key: self.access_key,
			former_key: self.former_key,
		}
	}

	/// As its device's calendar has it.
	pub fn entry(&self, lease: LeaseId) -> Entry {
		Entry {
			lease,
			from: self.from,
			until: self.until,
			free_from: self.free_from(),
			evidence: self.evidence,
		}
	}

	/// As a lock sees it.
	pub fn grant(&self, lease: LeaseId) -> Grant {
		Grant {
			lease,
			access_key: self.access_key,
			from: self.from,
			until: self.until,
			payout: self.payout,
		}
	}

	/// Whether its owner has not accepted it yet.
	pub fn is_request(&self) -> bool {
		self.requested_until.is_some()
	}

	/// Whether it is a request that can't be accepted any more at `now`.
	pub fn has_lapsed(&self, now: Moment) -> bool {
		self.force_retired || self.requested_until.is_some_and(|until| until <= now)
	}

	/// Whether its payee revoked it while it ran.
	pub fn is_revoked(&self) -> bool {
		self.cut_off_seconds > 0 && !self.is_substituted()
	}

	/// Whether another device took over.
	pub fn is_substituted(&self) -> bool {
		self.substituted_by.is_some()
	}

	/// Whether its end was moved by its tenant or its owner.
	pub fn is_ending(&self) -> bool {
		self.ended_early || self.is_revoked() || self.is_substituted()
	}

	/// Its length in seconds.
	pub fn seconds(&self) -> u64 {
		self.until.saturating_sub(self.from)
	}

	/// End of the pause that is kept free after it, without what is waived of it.
	pub fn free_from(&self) -> Moment {
		self.until.saturating_add(self.turnaround.saturating_sub(self.waived_pause).into())
	}

	/// Paid so far, protocol share included.
	pub fn paid(&self) -> Result<Balance, MathError> {
		self.paid_to_payee.checked_add(self.paid_to_protocol).ok_or(MathError::Overflow)
	}

	/// What the tenant still has on hold for it as rent, without what it objected to.
	pub fn held(&self) -> Result<Balance, MathError> {
		self.escrowed
			.checked_sub(self.paid()?)
			.and_then(|unpaid| unpaid.checked_sub(self.review.frozen()))
			.ok_or(MathError::Underflow)
	}

	/// What stands behind its time, what was cut off included.
	pub fn pot(&self) -> Result<Balance, MathError> {
		self.escrowed.checked_sub(self.rounding).ok_or(MathError::Underflow)
	}

	/// Earned by `proven` seconds, protocol share included, rounded in favour of the tenant. Never
	/// more than the pot.
	pub fn earned(&self, proven: u64) -> Result<Balance, MathError> {
		Ok(earned(self.unit_price, self.unit_seconds, proven)?.min(self.pot()?))
	}

	/// What is the payee's in all once `proven` is final: what that time earned, and of what an early end
	/// left behind no time the same share as of the time before it, rounded in favour of the tenant. If
	/// that time is too short to tell, what is missing of it counts as served, unless nothing was: a
	/// moment's fault must not make leaving free.
	pub fn earned_at_close(&self, proven: u64) -> Result<Balance, MathError> {
		let earned_by_time = self.earned(proven)?;
		if self.rounding == 0 {
			return Ok(earned_by_time);
		}
		let seconds = u32::try_from(self.seconds()).map_err(|_| MathError::Overflow)?;
		let unseen = if proven == 0 { 0 } else { self.least_sample.saturating_sub(seconds) };
		let sample = seconds.checked_add(unseen).ok_or(MathError::Overflow)?;
		let served = proven.checked_add(unseen.into()).ok_or(MathError::Overflow)?;
		let of_the_rest = earned(self.rounding, sample, served.min(sample.into()))?;
		earned_by_time.checked_add(of_the_rest).ok_or(MathError::Overflow)
	}

	/// Whether more of it stayed undelivered than the terms leave free of penalty, if `served` seconds
	/// are proven or excused.
	pub fn is_unproven(&self, served: u64) -> bool {
		self.undelivered_seconds(served) > self.penalty_free_seconds
	}

	/// What the payee owes the tenant once it is final that `served` seconds are proven or excused: what
	/// was cut off counts like any other time that was not delivered. Never more than the committed bond.
	pub fn penalty(&self, served: u64) -> Result<Balance, MathError> {
		let undelivered_rent =
			self.penalised_pot()?.checked_sub(self.earned(served)?).ok_or(MathError::Underflow)?;
		let owed = penalty(
			self.owner_penalty,
			self.penalty_free_seconds,
			self.undelivered_seconds(served),
			undelivered_rent,
		);
		Ok(owed.min(self.bond))
	}

	/// What stands behind the time that its payee answers for. What it cut off after an objection is not
	/// among it.
	fn penalised_pot(&self) -> Result<Balance, MathError> {
		let pot = self.pot()?;
		if !self.review.is_freely_revoked() {
			return Ok(pot);
		}
		Ok(window_rent(self.unit_price, self.unit_seconds, self.seconds())?.min(pot))
	}

	fn undelivered_seconds(&self, served: u64) -> u64 {
		let cut_off = if self.review.is_freely_revoked() { 0 } else { self.cut_off_seconds };
		undelivered(self.seconds(), cut_off, served)
	}

	/// Where it stands at `now`.
	pub fn state(&self, now: Moment) -> LeaseState {
		if self.force_retired {
			LeaseState::Ended
		} else if self.is_request() {
			LeaseState::Requested
		} else if now < self.from {
			LeaseState::Booked
		} else if now < self.until {
			LeaseState::Running
		} else {
			LeaseState::Ended
		}
	}

	/// Whether its units, its time and its money add up.
	pub fn adds_up(&self) -> bool {
		let whole = tenure_lease_math::rent(self.units, self.unit_price);
		let seconds = self.seconds().saturating_add(self.cut_off_seconds);
		let time = window_rent(self.unit_price, self.unit_seconds, seconds);
		whole == Ok(self.escrowed) && time == self.pot() && self.held().is_ok()
	}
}

/// A lease in its device's calendar.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Entry {
	/// The lease.
	pub lease: LeaseId,
	/// Its start.
	pub from: Moment,
	/// Its end (exclusive).
	pub until: Moment,
	/// End of the pause that is kept free after it.
	pub free_from: Moment,
	/// What counts as its service; of heartbeats, with the gap that holds for it.
	pub evidence: EvidencePolicy,
}

impl Entry {
	/// Whether nothing depends on its place in the calendar any more at `now`: its time and the pause
	/// after it are over, and no heartbeat can prove a minute of it. Receipts don't ask the calendar.
	pub fn is_stale(&self, last_seen: Option<Moment>, now: Moment) -> bool {
		let Some(gap) = self.evidence.heartbeat_gap() else { return self.free_from < now };
		let proven_out = last_seen.is_some_and(|seen| seen >= self.until);
		self.free_from < now && (proven_out || self.until.saturating_add(gap.into()) < now)
	}

	/// As evidence sees it.
	pub fn window(&self) -> LeaseWindow {
		LeaseWindow {
			lease: self.lease,
			from: self.from,
			until: self.until,
			evidence: self.evidence,
		}
	}
}

impl Slot for Entry {
	fn from(&self) -> u64 {
		self.from
	}

	fn free_from(&self) -> u64 {
		self.free_from
	}
}

/// What an owner has on hold to stand behind its leases, without what it takes back.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct OwnerBond {
	/// On hold for its leases.
	pub held: Balance,
	/// Of it, committed to open leases.
	pub committed: Balance,
}

impl OwnerBond {
	/// What can be committed or taken back.
	pub fn free(&self) -> Balance {
		self.held.saturating_sub(self.committed)
	}
}

/// A part of its bond that an owner takes back. It is still on hold and stands behind no lease.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Unbonding {
	/// How much.
	pub amount: Balance,
	/// From when it can be withdrawn.
	pub due: Moment,
}

/// What the closed leases of a device add up to. Cancelled ones don't count.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct DeviceTotals {
	/// Leases that ran.
	pub leases: u64,
	/// Seconds that they took.
	pub leased_seconds: u64,
	/// Of them, seconds that were proven.
	pub proven_seconds: u64,
	/// What they earned, protocol share included.
	pub earned: Balance,
	/// Open leases that are long over and have left the calendar.
	pub unclosed: u32,
	/// End of the pause after the closed leases: no lease starts earlier.
	pub free_from: Moment,
	/// When it last came back from a tenant who had it at home.
	pub back_at: Moment,
}

/// A minute since the Unix epoch as a key whose byte order is the order of time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct MinuteKey([u8; 4]);

impl From<u32> for MinuteKey {
	fn from(minute: u32) -> Self {
		Self(minute.to_be_bytes())
	}
}

impl MinuteKey {
	/// The minute.
	pub fn get(self) -> u32 {
		u32::from_be_bytes(self.0)
	}
}

/// The minute that `moment` lies in.
pub fn minute_of(moment: Moment) -> u32 {
	u32::try_from(moment / MINUTE).unwrap_or(u32::MAX)
}

/// The first minute whose start is at or after `moment`.
pub fn minute_from(moment: Moment) -> u32 {
	u32::try_from(moment.div_ceil(MINUTE)).unwrap_or(u32::MAX)
}

/// When blocks were made.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct BlockTime {
	/// The time of the last block that took transactions, in seconds.
	pub open: Moment,
	/// Whether blocks that took none followed.
	pub stood_still: bool,
}

/// To whom a tenant offers its lease.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct LeaseOffer<AccountId> {
	/// Who may take it.
	pub to: AccountId,
	/// What it pays the tenant for it.
	pub price: Balance,
}

/// What a tenant asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BookingRequest<AccountId> {
	/// The series whose terms hold.
	pub series: SeriesId,
	/// The device.
	pub device: DeviceId,
	/// Start; the soonest one that the evidence allows if there is none.
	pub start: Option<Moment>,
	/// How many units long.
	pub units: Units,
	/// Hash of the legal text of the series.
	pub legal_document: H256,
	/// The key that the device shall serve.
	pub access_key: PublicKey,
	/// Who decides disputes.
	pub arbiter: Option<AccountId>,
	/// The lease that it goes on from.
	pub previous: Option<LeaseId>,
	/// The leases that it is made together with.
	pub group: Option<GroupId>,
	/// Whether units that the tenant has go into it.
	pub own_units: bool,
}

// SPDX-License-Identifier: Apache-2.0

//! What the pallet stores.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use tenure_lease_math::LoadWindow;
use tenure_primitives::{Balance, LeaseTerms, Moment, SaleConditions, Subject, Units};

/// A series of usage tokens. Nothing but `closed_at`, `sold` and `reaping` ever changes.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct SeriesRecord<AccountId, Ticket> {
	/// What its units are good on.
	pub subject: Subject,
	/// Who made it, and gets deposit, endowment and gifts when it is reaped.
	pub owner: AccountId,
	/// How its units are sold.
	pub sale: SaleConditions,
	/// The terms of the leases that it sells.
	pub terms: LeaseTerms<AccountId>,
	/// When it was closed, if it was: from then on no sale, and units redeem at par.
	pub closed_at: Option<Moment>,
	/// Units sold that neither were redeemed nor went back in money because no lease came of them: in
	/// people's hands, staked in leases, or used up.
	pub sold: Units,
	/// The maker's deposit for this record.
	pub ticket: Ticket,
	/// What the maker gave the series' account to live on.
	pub endowment: Balance,
	/// Whether the destruction of its asset has begun.
	pub reaping: bool,
}

impl<AccountId, Ticket> SeriesRecord<AccountId, Ticket> {
	/// Whether people have units of it, or could come by some: by a purchase, or from a lease.
	pub fn can_have_units(&self) -> bool {
		self.closed_at.is_none() || self.sold > 0
	}
}

/// What all series of a subject with the same usable window promise together.
///
/// It matters until `until`; later nobody reads it, and the next series made, closed or reaped for
/// the subject drops it.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct WindowLedger {
	/// Start of the usable window.
	pub from: Moment,
	/// End of the usable window (exclusive).
	pub until: Moment,
	/// Seconds that the outstanding units of all these series stand for, closed ones included.
	pub outstanding_seconds: u64,
	/// Number of these series that are not closed.
	pub open_series: u32,
	/// Number of these series that are open, or closed with units sold: as long as there is one, units
	/// can come to people's hands, by a purchase or from a lease.
	pub series: u32,
	/// From when `booked_seconds` counts: the start of the window, or when it was first offered if that
	/// is later.
	pub booked_from: Moment,
	/// Of a fleet: seconds of its members that leases take inside the window, from `booked_from` and
	/// from the moment of the fleet's time on. Of a device 0: its calendar says it.
	pub booked_seconds: u64,
	/// Of a fleet: seconds inside the window that leases took of devices when these left it. As units
	/// may come back from them they count until `returnable_until`. Of a device 0.
	pub returnable_seconds: u64,
	/// When the last of these leases is over.
	pub returnable_until: Moment,
}

impl WindowLedger {
	/// Whether this is the ledger of the series' usable window.
	pub fn is_of(&self, sale: &SaleConditions) -> bool {
		self.from == sale.usable_from && self.until == sale.usable_until
	}

	/// Whether the window has a moment in common with [from, until).
	pub fn overlaps(&self, from: Moment, until: Moment) -> bool {
		self.from < until && from < self.until
	}

	/// Whether the window is still to come or running at `now`.
	pub fn is_live(&self, now: Moment) -> bool {
		now < self.until
	}

	/// Whether nothing is for sale and nothing outstanding.
	pub fn is_idle(&self) -> bool {
		self.open_series == 0 && self.outstanding_seconds == 0
	}

	/// Seconds for which units may come back at `now` from leases of devices that left the fleet.
	pub fn returnable_at(&self, now: Moment) -> u64 {
		if now < self.returnable_until {
			self.returnable_seconds
		} else {
			0
		}
	}

	/// Notes that a device leaves the fleet of which leases take these stretches, none of them past at
	/// `now`. Nothing if that is more than can be counted.
	pub fn add_returnable(&mut self, stretches: &[(Moment, Moment)], now: Moment) -> Option<()> {
		let mut seconds = self.returnable_at(now);
		let mut last = if seconds > 0 { self.returnable_until } else { 0 };
		for (from, until) in stretches {
			let (from, until) = (self.from.max(*from), self.until.min(*until));
			if from < until {
				seconds = seconds.checked_add(until.saturating_sub(from))?;
				last = last.max(until);
			}
		}
		(self.returnable_seconds, self.returnable_until) = (seconds, last);
		Some(())
	}

	/// Seconds of the window that `devices` devices have ahead at `now`.
	pub fn remaining_seconds(&self, devices: u32, now: Moment) -> u64 {
		let seconds = self.until.saturating_sub(self.from.max(now));
		// A horizon of years times a bounded number of devices; too little would only sell less.
		seconds.checked_mul(devices.into()).unwrap_or(0)
	}
}

impl LoadWindow for WindowLedger {
	fn counts_from(&self) -> Moment {
		self.booked_from
	}

	fn until(&self) -> Moment {
		self.until
	}

	fn booked(&mut self) -> &mut u64 {
		&mut self.booked_seconds
	}
}

/// A moment as a storage key under the `Identity` hasher: keys are in order of time.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct MomentKey([u8; 8]);

impl From<Moment> for MomentKey {
	fn from(moment: Moment) -> Self {
		Self(moment.to_be_bytes())
	}
}

impl From<MomentKey> for Moment {
	fn from(key: MomentKey) -> Self {
		Self::from_be_bytes(key.0)
	}
}

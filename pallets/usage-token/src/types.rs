// SPDX-License-Identifier: Apache-2.0

//! What the pallet stores.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use tenure_primitives::{Balance, LeaseTerms, Moment, SaleConditions, Subject, Units};

/// A series of usage tokens. Nothing but `closed_at` and `sold` ever changes.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct SeriesRecord<AccountId, Ticket> {
	/// What its units are good on.
	pub subject: Subject,
	/// Who made it.
	pub owner: AccountId,
	/// How its units are sold.
	pub sale: SaleConditions,
	/// The terms of the leases that it sells.
	pub terms: LeaseTerms<AccountId>,
	/// When its owner closed it, if it did: from then on no sale, and units redeem at par.
	pub closed_at: Option<Moment>,
	/// Units sold and not redeemed: in people's hands, staked in leases, or used up.
	pub sold: Units,
	/// The owner's deposit for this record.
	pub ticket: Ticket,
	/// What the owner gave the series' account to live on.
	pub endowment: Balance,
}

/// What all series of a subject with the same usable window promise together.
///
/// It matters until `until`; later nobody reads it, and the next series made or closed for the
/// subject drops it.
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
}

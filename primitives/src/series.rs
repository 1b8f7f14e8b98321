// SPDX-License-Identifier: Apache-2.0

//! Series of usage tokens.

use crate::{Balance, DeviceId, FleetId, LeaseTerms, Moment, SeriesId, Units};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

pub use tenure_lease_math::RedeemShares;

/// What the units of a series are good on.
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
pub enum Subject {
	/// This device.
	#[codec(index = 0)]
	Device(DeviceId),
	/// Any member of this fleet.
	#[codec(index = 1)]
	Fleet(FleetId),
}

/// How the units of a series are sold. Immutable: another price is another series.
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
pub struct SaleConditions {
	/// Time that one unit stands for, in seconds.
	pub unit_seconds: u32,
	/// Price of one unit.
	pub unit_price: Balance,
	/// Most units that may be sold and not redeemed.
	pub cap: Units,
	/// From when units can be bought.
	pub sale_from: Moment,
	/// Until when units can be bought (exclusive).
	pub sale_until: Moment,
	/// Earliest start of a lease.
	pub usable_from: Moment,
	/// Latest end of a lease.
	pub usable_until: Moment,
	/// What a redeemed unit gives, as shares of its price.
	pub redeem_shares: RedeemShares,
	/// Whether units can be transferred.
	pub transferable: bool,
}

/// What other pallets need to know of a series.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct SeriesInfo<AccountId> {
	/// Its number and the id of its asset.
	pub id: SeriesId,
	/// What its units are good on.
	pub subject: Subject,
	/// Who made it. Whoever owns the device at the time of a lease serves it and is paid.
	pub owner: AccountId,
	/// How its units are sold.
	pub sale: SaleConditions,
	/// The terms of the leases that it sells.
	pub terms: LeaseTerms<AccountId>,
	/// From when its units can't be staked: the end of the usable window, or of the notice after its
	/// owner closed it.
	pub expires: Moment,
	/// Whether its owner closed it: no sale, and units redeem at par.
	pub closed: bool,
}

// SPDX-License-Identifier: Apache-2.0

//! Runtime APIs: the questions that people ask the chain, one call each.

// The macro adds parameters of its own to each.
#![allow(clippy::too_many_arguments)]

use crate::{
	Balance, Capabilities, CloseReason, DeviceClass, DeviceId, DeviceKey, DeviceStatus,
	DisputeKind, EvidencePolicy, FleetId, Grant, GroupId, KeyRotation, LeaseId, LeaseTerms,
	Location, Metadata, Moment, PayoutAddress, PublicKey, SaleConditions, SeriesId, Subject, Units,
	Uri,
};
use alloc::vec::Vec;
use codec::{Codec, Decode, Encode};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::{DispatchError, Perbill};

/// A device in full.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct DeviceDetails<AccountId> {
	/// Who leases it out.
	pub owner: AccountId,
	/// The kind of hardware.
	pub class: DeviceClass,
	/// What it can do.
	pub capabilities: Capabilities,
	/// Where it roughly is.
	pub location: Option<Location>,
	/// Its public description.
	pub metadata: Metadata,
	/// Its key, if it has one.
	pub key: Option<DeviceKey>,
	/// Longest pause between two heartbeats that counts as unbroken service, in seconds.
	pub heartbeat_gap: u32,
	/// Whether it can be leased.
	pub status: DeviceStatus,
	/// The fleet through whose series it is sold.
	pub fleet: Option<FleetId>,
	/// When it was registered.
	pub registered_at: Moment,
	/// What its owner has on hold for the record.
	pub deposit: Balance,
	/// To whom its owner offers it.
	pub offered_to: Option<AccountId>,
	/// The key that is to take the place of the active one.
	pub rotation: Option<KeyRotation>,
}

/// A fleet in full.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct FleetDetails<AccountId> {
	/// Whose devices it has.
	pub owner: AccountId,
	/// Its devices.
	pub members: Vec<DeviceId>,
	/// What its owner has on hold for the record.
	pub deposit: Balance,
}

/// A piece of a longer list.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct Page<Item, Cursor> {
	/// What was found.
	pub items: Vec<Item>,
	/// Where to go on; nothing at the end of the list.
	pub next: Option<Cursor>,
}

/// What an account has of a series, and what it can do with it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct Holding {
	/// The series.
	pub series: SeriesId,
	/// Units that the account has.
	pub units: Units,
	/// Seconds that one unit stands for.
	pub unit_seconds: u32,
	/// What the units are good on.
	pub subject: Subject,
	/// What all of them redeem for now.
	pub value: Balance,
	/// The share of their price that this is.
	pub redeem_share: Perbill,
	/// Whether they can be staked in a lease now, as far as the series and its devices go. A
	/// particular hour may be taken.
	pub can_be_staked: bool,
	/// Whether they can be given to another account.
	pub can_be_transferred: bool,
	/// Whether anyone may redeem them for the account.
	pub can_be_redeemed_by_anyone: bool,
	/// From when they can't be staked any more.
	pub expires: Moment,
}

/// What is left of a usable window.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct WindowCapacity {
	/// Start of the window.
	pub from: Moment,
	/// Its end (exclusive).
	pub until: Moment,
	/// Series that are open in it.
	pub open_series: u32,
	/// Device seconds of it that are still ahead.
	pub remaining_seconds: u64,
	/// Of them, promised by units in people's hands.
	pub outstanding_seconds: u64,
	/// Of them, taken by leases and the pauses after them.
	pub booked_seconds: u64,
	/// Of them, left to sell.
	pub free_seconds: u64,
}

/// A series with what is left to sell.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct SeriesDetails<AccountId> {
	/// What its units are good on.
	pub subject: Subject,
	/// Who made it.
	pub owner: AccountId,
	/// How its units are sold.
	pub sale: SaleConditions,
	/// The terms of the leases that it sells.
	pub terms: LeaseTerms<AccountId>,
	/// Whether its owner closed it.
	pub closed: bool,
	/// Units in people's hands.
	pub outstanding: Units,
	/// Units sold and not redeemed.
	pub sold: Units,
	/// Units that could be bought now: what the cap, the sale window and the free time leave.
	pub available: Units,
	/// What a unit redeems for now.
	pub redeem_value: Balance,
	/// From when its units can't be staked.
	pub expires: Moment,
	/// The account that holds the backing.
	pub account: AccountId,
}

/// A stretch of a device's time that is taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct Booking {
	/// The lease that takes it.
	pub lease: LeaseId,
	/// Its start.
	pub from: Moment,
	/// Its end (exclusive), without the pause after it.
	pub until: Moment,
	/// End of the pause that is kept free after it.
	pub free_from: Moment,
}

/// When a device is taken and whether it is on.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct Availability {
	/// Whether the whole window is free, and the device back by then from whoever has it and is late.
	pub is_free: bool,
	/// Bookings that overlap the window, in order of time.
	pub bookings: Vec<Booking>,
	/// Entries left in its calendar for bookings ahead.
	pub entries_left: u32,
	/// When it last showed that it is on.
	pub last_seen: Option<Moment>,
}

/// What a lease would cost, before any transaction.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct Quote {
	/// Start of the lease.
	pub from: Moment,
	/// Its end (exclusive).
	pub until: Moment,
	/// Units that it takes.
	pub units: Units,
	/// Rent: goes on hold in the tenant's account when it rents.
	pub rent: Balance,
	/// Deposit for the record: on hold until the lease is closed.
	pub record_deposit: Balance,
	/// Deposit against damage: on hold until the device is back.
	pub damage_deposit: Balance,
	/// Part of the rent that goes to the treasury if all is delivered; it comes from the owner's part.
	pub protocol_fee: Balance,
	/// What the owner loses at most, and has committed for it.
	pub owner_bond: Balance,
	/// Hash of the legal text that the tenant has to name.
	pub legal_document: H256,
}

/// Where a lease stands, derived from the time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub enum LeaseState {
	/// Waits for the owner.
	#[codec(index = 0)]
	Requested,
	/// Agreed; its start is ahead.
	#[codec(index = 1)]
	Booked,
	/// Waits for the device to be handed over.
	#[codec(index = 2)]
	Handover,
	/// Running.
	#[codec(index = 3)]
	Running,
	/// Waits for the device to come back.
	#[codec(index = 4)]
	Returning,
	/// Over; its evidence is not final yet, or nobody has settled it.
	#[codec(index = 5)]
	Ended,
}

/// A lease with its derived state.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct LeaseDetails<AccountId> {
	/// Where it stands now.
	pub state: LeaseState,
	/// The series that sold it.
	pub series: SeriesId,
	/// The device.
	pub device: DeviceId,
	/// Who uses it.
	pub tenant: AccountId,
	/// Who is paid.
	pub payee: AccountId,
	/// Start.
	pub from: Moment,
	/// End (exclusive).
	pub until: Moment,
	/// Units staked in it.
	pub units: Units,
	/// Price of one unit.
	pub unit_price: Balance,
	/// Seconds that one unit stands for.
	pub unit_seconds: u32,
	/// Rent on hold when it was made, less what went back as units.
	pub escrowed: Balance,
	/// Earned by what is proven so far, protocol share included.
	pub earned: Balance,
	/// Paid so far, protocol share included.
	pub paid: Balance,
	/// What counts as service.
	pub evidence: EvidencePolicy,
	/// Seconds proven so far.
	pub proven_seconds: u64,
	/// From when on nothing can be added to what is proven.
	pub final_from: Moment,
	/// The owner's bond that is committed to it.
	pub bond: Balance,
	/// The protocol's share of what the owner earns, frozen when the lease was made.
	pub protocol_share: Perbill,
	/// The key that the device serves.
	pub access_key: PublicKey,
	/// Hash of the legal text that the tenant accepted.
	pub legal_document: H256,
	/// Where that can be read, as the series says.
	pub legal_uri: Uri,
	/// Why it will close if nothing more is proven or said; closed leases leave no record but the event.
	pub closing: CloseReason,
	/// The tenant's payout address, for devices that earn. Its Blake2-256 hash is in the grant.
	pub payout: Option<PayoutAddress>,
	/// Whether the tenant ended it early.
	pub ended_early: bool,
	/// Seconds that the owner cut off by revoking it; their rent goes back in money.
	pub cut_off_seconds: u64,
	/// Who decides disputes about it.
	pub arbiter: Option<AccountId>,
	/// How long the tenant may object to what a settlement found proven, in seconds.
	pub objection_window: u32,
	/// Earned rent that the tenant can object to now.
	pub objectable: Balance,
	/// Rent that the tenant objected to.
	pub objected: Balance,
	/// Where a device is that the tenant takes home, and what stands against its loss.
	pub custody: Option<CustodyDetails>,
	/// The lease that it goes on from, or whose device it took over from.
	pub previous: Option<LeaseId>,
	/// The lease that took over when its device failed.
	pub substituted_by: Option<LeaseId>,
	/// The leases that it was made together with.
	pub group: Option<GroupId>,
	/// Until when the owner may accept it, if it has to and has not yet.
	pub requested_until: Option<Moment>,
	/// To whom its tenant offers it.
	pub offered_to: Option<AccountId>,
	/// What that pays the tenant for it.
	pub offer_price: Option<Balance>,
}

/// A dispute in full.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct DisputeDetails<AccountId> {
	/// What it is about.
	pub kind: DisputeKind,
	/// Who made the claim.
	pub claimant: AccountId,
	/// Against whom it is.
	pub respondent: AccountId,
	/// What is frozen.
	pub amount: Balance,
	/// What the claimant put up.
	pub claimant_bond: Balance,
	/// What the respondent put up; it contests the claim if that is anything.
	pub respondent_bond: Balance,
	/// Who decides.
	pub arbiter: AccountId,
	/// Whether it waits for the arbiter; else for the respondent's answer.
	pub before_arbiter: bool,
	/// What the arbiter gets for deciding.
	pub fee: Balance,
	/// Hash of what the claimant shows.
	pub evidence: H256,
	/// When it began.
	pub opened_at: Moment,
	/// From when on it is over without an answer, or without a verdict.
	pub deadline: Moment,
}

/// The hand-over and the return of a device.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct CustodyDetails {
	/// What the tenant deposited against theft and damage.
	pub deposit: Balance,
	/// Of it, what is on hold and not in dispute.
	pub held: Balance,
	/// Of it, what tenants got who had to wait for the device.
	pub compensated: Balance,
	/// What tenants have coming who wait for the device, if it comes back.
	pub claimed: Balance,
	/// What the return costs for being late, as of now, what such tenants get included.
	pub overdue: Balance,
	/// When the owner said that the device is ready.
	pub offered_at: Option<Moment>,
	/// In which condition, by the owner: a hash.
	pub offered_condition: Option<H256>,
	/// When the tenant confirmed that it has it.
	pub handed_over_at: Option<Moment>,
	/// In which condition, by the tenant: a hash.
	pub handed_over_condition: Option<H256>,
	/// From when on it counts as served.
	pub served_from: Option<Moment>,
	/// When its return was reported.
	pub returned_at: Option<Moment>,
	/// Whether the tenant reported that; else the owner did.
	pub returned_by_tenant: Option<bool>,
	/// In which condition it came back, by whoever reported it: a hash.
	pub returned_condition: Option<H256>,
	/// In which condition it came back, by the other side, or what that one shows for its claim: a hash.
	pub answered_condition: Option<H256>,
	/// Until when a return costs nothing.
	pub due_back: Moment,
	/// From when on the deposit is forfeit.
	pub forfeit_from: Moment,
	/// When something happens by itself: a no-show, the end of the inspection, or the forfeiture.
	pub deadline: Moment,
}

sp_api::decl_runtime_apis! {
	/// Devices.
	#[api_version(1)]
	pub trait DeviceRegistryApi<AccountId>
	where
		AccountId: Codec,
	{
		/// The device in full, or nothing if there never was one or it is retired.
		fn device(device: DeviceId) -> Option<DeviceDetails<AccountId>>;

		/// Numbers of the owner's devices after `after`, in no order, at most `limit` and at most 100.
		fn devices_of(
			owner: AccountId,
			after: Option<DeviceId>,
			limit: u32,
		) -> Page<DeviceId, DeviceId>;

		/// The fleet with its members, or nothing if there is none.
		fn fleet(fleet: FleetId) -> Option<FleetDetails<AccountId>>;

		/// Numbers of the owner's fleets after `after`, in no order, at most `limit` and at most 100.
		fn fleets_of(owner: AccountId, after: Option<FleetId>, limit: u32) -> Page<FleetId, FleetId>;
	}

	/// Series of usage tokens.
	#[api_version(1)]
	pub trait UsageTokenApi<AccountId>
	where
		AccountId: Codec,
	{
		/// The series with what is left to sell.
		fn series(series: SeriesId) -> Option<SeriesDetails<AccountId>>;

		/// Numbers of a device's or fleet's series after `after`, in no order, at most `limit` and 100.
		fn series_of_subject(
			subject: Subject,
			after: Option<SeriesId>,
			limit: u32,
		) -> Page<SeriesId, SeriesId>;

		/// Numbers of the series that `owner` made after `after`, in no order, at most `limit` and 100.
		fn series_of_owner(
			owner: AccountId,
			after: Option<SeriesId>,
			limit: u32,
		) -> Page<SeriesId, SeriesId>;

		/// What the account has of series `from` and later: at most `limit` and 100, of 1,000 numbers.
		fn holdings(account: AccountId, from: SeriesId, limit: u32) -> Page<Holding, SeriesId>;

		/// What is left of the usable windows of a device or a fleet that are not over.
		fn capacity(subject: Subject) -> Vec<WindowCapacity>;
	}

	/// Leases.
	#[api_version(1)]
	pub trait LeaseEscrowApi<AccountId>
	where
		AccountId: Codec,
	{
		/// When the device is taken in [from, until), and whether it is on.
		fn availability(
			device: DeviceId,
			from: Moment,
			until: Moment,
		) -> Result<Availability, DispatchError>;

		/// What renting would cost from `start`, or as soon as can be if none; or its error.
		/// `arbiter` is needed where the terms have a damage deposit or let the tenant object.
		fn quote(
			tenant: AccountId,
			series: SeriesId,
			device: DeviceId,
			start: Option<Moment>,
			units: Units,
			arbiter: Option<AccountId>,
		) -> Result<Quote, DispatchError>;

		/// The lease with its derived state, or nothing if it is closed.
		fn lease(lease: LeaseId) -> Option<LeaseDetails<AccountId>>;

		/// Whose key opens the device now.
		fn access_grant(device: DeviceId) -> Option<Grant>;

		/// The open disputes about a lease, at most one of each kind. They outlive it.
		fn disputes(lease: LeaseId) -> Vec<DisputeDetails<AccountId>>;

		/// Leases of the device that its owner can accept or decline now.
		fn requests(device: DeviceId) -> Vec<LeaseId>;
	}
}

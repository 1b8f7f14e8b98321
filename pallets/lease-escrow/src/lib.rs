// SPDX-License-Identifier: Apache-2.0

//! # Lease escrow
//!
//! Leases of devices: who has which device when, where the rent waits, who gets it.
//!
//! ## Terms
//! - **Lease**: the right to use a device from one moment to another, made of units of a series.
//! - **Rent**: `units × unit_price`. It waits on hold in the tenant's own account and belongs to the
//!   lease alone.
//! - **Bond**: what an owner keeps on hold to stand behind its leases. Making a lease *commits* the
//!   greatest penalty that it can cost; the rest is free.
//! - **Calendar**: the leases of one device in order of time, pauses after them included.
//! - **Access grant**: the first two leases of a device that are not over, as one small value. It is
//!   what a lock reads.
//! - **Deadline**: the minute in which the sweep looks at a lease next. Each lease has exactly one.
//! - **Dispute**: an amount that is frozen beside a lease until it is known whose it is. It stops nothing.
//!
//! ## A story
//! Olga bonds 100 and offers her GPU by the minute. Tom rents ten minutes at 1,000 each: 10,000 and the
//! deposit for the record go on hold in his account, the penalty that Olga may come to owe is committed
//! from her bond, the device's grant names Tom's key. At the start nobody does anything; the lock opens
//! because its clock says so. The GPU goes silent for three minutes. At the end the lock closes, and
//! the sweep finds the lease under its deadline. As soon as no further heartbeat can prove anything it
//! closes the lease: seven minutes' rent less the protocol's share go to Olga, three minutes' rent go
//! back to Tom in money, with his deposit and, if three minutes of ten are more than the terms leave
//! free, a penalty from Olga's bond; what is left of her commitment is free again.
//!
//! Had Tom left on his own account he had got units back and not money: what he cancels or ends early
//! returns to the series, whose `redeem` is the only door from units to money that he can open himself. An
//! owner opens another one: what it does not agree to goes back at par.
//!
//! ## Things that tenants take home
//! A drone or a camera proves nothing itself. What counts as its service is the time from the hand-over,
//! which both sides confirm, to the end; then it has to come back. A deposit of the tenant pays for being
//! late and for keeping it. Whoever stays silent at any step has its answer written in the terms.
//!
//! ## Owners
//! Whoever owns the device when a lease is made serves it and is paid, whoever made the series. Should
//! the device change hands, leases that have not begun go to the new owner with the bond for them;
//! those that run keep payee and bond. Should governance retire it, its leases close: what is proven is
//! paid, the rest goes back in money.
//!
//! ## Time
//! The clock is the truth and hooks tidy up: each read treats a lease whose end has passed as over.
//! Anyone may `settle` any lease at any moment; how often changes nothing.

#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
	not(test),
	deny(
		clippy::arithmetic_side_effects,
		clippy::indexing_slicing,
		clippy::unwrap_used,
		clippy::panic,
		clippy::float_arithmetic,
		clippy::todo,
		clippy::unimplemented,
		clippy::string_slice
	)
)]

extern crate alloc;

mod access;
mod availability;
mod awards;
mod bonds;
mod booking;
mod calendar;
mod contested_returns;
mod custody;
mod custody_close;
#[cfg(any(feature = "try-runtime", test))]
mod custody_state;
#[cfg(any(feature = "try-runtime", test))]
mod dispute_state;
mod disputes;
mod errors;
mod events;
mod exits;
mod extension;
mod following;
mod groups;
mod handing_over;
mod handover;
mod keeper;
mod late_claims;
mod objections;
mod outages;
mod queries;
mod receipts;
mod requests;
mod revocation;
mod settlement;
mod sublet;
mod sweep;
pub mod types;
mod warnings;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
#[allow(clippy::arithmetic_side_effects, clippy::unwrap_used, clippy::indexing_slicing)]
pub mod benchmarking;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod mock;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;

pub use custody::{
	ConditionReport, CustodyRecord, LateClaim, ReturnReport, Takeover, MAX_LATE_CLAIMS,
};
pub use disputes::{Dispute, DisputeOf};
pub use pallet::*;
pub use types::{
	BlockTime, BookingRequest, DeviceTotals, Entry, Lease, LeaseOffer, MinuteKey, OwnerBond,
	Unbonding,
};
pub use weights::WeightInfo;

use frame_support::{
	pallet_macros::import_section,
	traits::{tokens::fungible, ConstU32},
	BoundedVec,
};

use tenure_lease_math::Outage;

/// A lease of this runtime.
pub type LeaseOf<T> = Lease<<T as frame_system::Config>::AccountId>;

/// The way of a device to its tenant and back, of this runtime.
pub type CustodyOf<T> = CustodyRecord<<T as frame_system::Config>::AccountId>;

/// A device's calendar: leases in order of time that do not overlap.
pub type CalendarOf<T> = BoundedVec<Entry, <T as Config>::MaxBookings>;

/// What owners may accept of a device. It takes none of its time yet, but is sold nonetheless.
pub type RequestsOf = BoundedVec<Entry, ConstU32<MAX_REQUESTS>>;

/// The parts of its bond that an owner takes back, in the order in which it did.
pub type UnbondingQueue = BoundedVec<Unbonding, ConstU32<MAX_UNBONDINGS>>;

/// When the chain stood still, in order of time.
pub type OutageRing = BoundedVec<Outage, ConstU32<MAX_OUTAGES>>;

#[import_section(events::escrow_events)]
#[import_section(errors::escrow_errors)]
#[frame_support::pallet]
#[allow(clippy::too_many_arguments)]
pub mod pallet {
	use super::{settlement::Settled, *};
	use frame_support::{pallet_prelude::*, traits::UnixTime, weights::WeightMeter};
	use frame_system::pallet_prelude::*;
	use sp_core::H256;
	use sp_runtime::Perbill;
	use tenure_lease_math::MINUTE;
	use tenure_primitives::{
		traits::{Arbitration, Devices, Evidence, TenantGate, UsageUnits},
		AccessGrant, Balance, CloseReason, DeviceId, DisputeId, DisputeKind, DisputeOutcome,
		GroupId, LeaseId, Moment, PayoutAddress, PublicKey, SeriesId, Units,
	};

	/// The in-code storage version.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// The leases of the chain.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the pallet needs of its runtime.
	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// The clock. Block time in whole seconds.
		type Time: UnixTime;

		/// The native token.
		type Currency: fungible::Inspect<Self::AccountId, Balance = Balance>
			+ fungible::Mutate<Self::AccountId>
			+ fungible::hold::Inspect<Self::AccountId, Reason = Self::RuntimeHoldReason>
			+ fungible::hold::Mutate<Self::AccountId>;

		/// The runtime's hold reason.
		type RuntimeHoldReason: From<HoldReason>;

		/// The device registry.
		type Devices: Devices<Self::AccountId>;

		/// The usage tokens that leases are made of.
		type Units: UsageUnits<Self::AccountId, Self::RuntimeHoldReason>;

		/// What devices prove.
		type Evidence: Evidence;

		/// Who may rent.
		type TenantGate: TenantGate<Self::AccountId>;

		/// Where the protocol's share goes, and dust that nobody else can receive. Must be kept alive.
		type Treasury: Get<Self::AccountId>;

		/// The protocol's share of what owners earn. A lease keeps the share of the moment it was made.
		type ProtocolShare: Get<Perbill>;

		/// Deposit of the tenant for the record of a lease.
		/// At least the existential deposit, so that its return always leaves an account that can
		/// receive the rest.
		#[pallet::constant]
		type RecordDeposit: Get<Balance>;

		/// Deposit of the tenant for the record of a hand-over and a return, beside that for the lease.
		#[pallet::constant]
		type CustodyDeposit: Get<Balance>;

		/// Most leases in one device's calendar. Do not reduce this value.
		#[pallet::constant]
		type MaxBookings: Get<u32>;

		/// Of them, how many are kept for leases that start within [`IMMEDIATE`] seconds.
		#[pallet::constant]
		type ReservedBookings: Get<u32>;

		/// How far ahead a lease may start at most, in seconds; terms may demand less.
		#[pallet::constant]
		type MaxAdvance: Get<u32>;

		/// How long an owner waits for a part of its bond that it takes back, in seconds.
		#[pallet::constant]
		type UnbondingDelay: Get<u32>;

		/// Share of a block's weight that the sweep may use.
		#[pallet::constant]
		type SweepShare: Get<Perbill>;

		/// The longest time between two blocks that is no outage, in seconds.
		#[pallet::constant]
		type OutageThreshold: Get<u32>;

		/// How long the evidence of a lease must be final before closing it is rewarded, in seconds.
		#[pallet::constant]
		type KeeperDelay: Get<u32>;

		/// The part of the protocol's share that goes to whoever closes a lease that late.
		type KeeperShare: Get<Perbill>;

		/// Whether the block that is being made takes no transactions because the state is migrated.
		type Standstill: Get<bool>;

		/// Who decides disputes.
		type Arbitration: Arbitration<Self::AccountId>;

		/// How long a payee has to answer an objection, in seconds. If it stays silent it has conceded.
		#[pallet::constant]
		type AnswerPeriod: Get<u32>;

		/// How long an arbiter has to decide, in seconds. If it stays silent the amount is split evenly.
		#[pallet::constant]
		type ArbitrationPeriod: Get<u32>;

		/// What a claimant puts up, as a share of what it claims for damage; of rent it is all.
		#[pallet::constant]
		type DisputeBondShare: Get<Perbill>;

		/// What an arbiter gets for deciding, as a share of the amount in dispute.
		/// At most the share that a claimant puts up.
		#[pallet::constant]
		type ArbiterFee: Get<Perbill>;

		/// Weights of calls and of the steps of the sweep.
		type WeightInfo: WeightInfo;

		/// Sets the clock, for benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkClock: tenure_primitives::traits::BenchmarkClock;
	}

	/// A lease that starts within so many seconds is an immediate one.
	pub const IMMEDIATE: Moment = 3_600;

	/// A lease ahead needs a device that was seen within this many seconds, or within its heartbeat gap
	/// if that is longer.
	pub const SEEN_BEFORE_BOOKING: Moment = 24 * 3_600;

	/// The access key of a running lease that receipts pay can be changed once in so many seconds.
	pub const ACCESS_KEY_PAUSE: Moment = 3_600;

	/// Most parts of a bond that are on their way back at once.
	pub const MAX_UNBONDINGS: u32 = 8;

	/// Most requests for one device that wait for its owner.
	pub const MAX_REQUESTS: u32 = 16;

	/// Most devices that are rented at once.
	pub const MAX_GROUP: u32 = 32;

	/// Most leases of one claim.
	pub const MAX_CLAIMS: u32 = 32;

	/// Most outages that are remembered; the oldest ones are forgotten.
	pub const MAX_OUTAGES: u32 = 64;

	/// The first lease's number.
	#[pallet::type_value]
	pub fn FirstLeaseId() -> LeaseId {
		1
	}

	/// The first group's number.
	#[pallet::type_value]
	pub fn FirstGroupId() -> GroupId {
		1
	}

	/// Number of the next lease.
	#[pallet::storage]
	pub type NextLeaseId<T: Config> = StorageValue<_, LeaseId, ValueQuery, FirstLeaseId>;

	/// Open leases.
	#[pallet::storage]
	pub type Leases<T: Config> = StorageMap<_, Twox64Concat, LeaseId, LeaseOf<T>>;

	/// The leases of each device in order of time.
	/// Those that are over stay until they are closed, or until a new one is made after no evidence
	/// can touch them any more.
	#[pallet::storage]
	pub type Calendars<T: Config> =
		StorageMap<_, Twox64Concat, DeviceId, CalendarOf<T>, ValueQuery>;

	/// Whose key opens each device: the first two leases that were not over when last it changed.
	/// Of a device that is handed over none whose tenant has not confirmed that it has it, or whose return
	/// was reported. Compare the times in it with the clock.
	#[pallet::storage]
	pub type AccessGrants<T: Config> = StorageMap<_, Twox64Concat, DeviceId, AccessGrant>;

	/// Payout addresses of open leases, for devices that earn. The lease and its grant have the hash.
	#[pallet::storage]
	pub type Payouts<T: Config> = StorageMap<_, Twox64Concat, LeaseId, PayoutAddress>;

	/// What owners have on hold to stand behind their leases.
	#[pallet::storage]
	pub type Bonds<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, OwnerBond, ValueQuery>;

	/// What owners take back of their bonds: still on hold, behind no lease.
	#[pallet::storage]
	pub type Unbondings<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, UnbondingQueue, ValueQuery>;

	/// When the sweep looks at which lease.
	/// In order of time, so that the next one is one read away however long the chain stood still.
	#[pallet::storage]
	pub type Deadlines<T: Config> =
		StorageDoubleMap<_, Identity, MinuteKey, Twox64Concat, LeaseId, ()>;

	/// Open leases by tenant.
	#[pallet::storage]
	pub type LeasesByTenant<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, LeaseId, ()>;

	/// Open leases by series.
	#[pallet::storage]
	pub type LeasesBySeries<T: Config> =
		StorageDoubleMap<_, Twox64Concat, SeriesId, Twox64Concat, LeaseId, ()>;

	/// What the closed leases of each device add up to.
	#[pallet::storage]
	pub type Lifetimes<T: Config> = StorageMap<_, Twox64Concat, DeviceId, DeviceTotals, ValueQuery>;

	/// When the chain stood still: stretches of time in order that don't overlap, at most 64.
	#[pallet::storage]
	pub type Outages<T: Config> = StorageValue<_, OutageRing, ValueQuery>;

	/// When a block last took transactions.
	#[pallet::storage]
	#[pallet::whitelist_storage]
	pub type LastBlockTime<T: Config> = StorageValue<_, BlockTime>;

	/// Amounts in dispute, beside their leases and after them.
	#[pallet::storage]
	pub type Disputes<T: Config> =
		StorageDoubleMap<_, Twox64Concat, LeaseId, Twox64Concat, DisputeKind, DisputeOf<T>>;

	/// When the sweep ends which dispute. In order of time, as the deadlines of leases.
	#[pallet::storage]
	pub type DisputeDeadlines<T: Config> =
		StorageDoubleMap<_, Identity, MinuteKey, Twox64Concat, DisputeId, ()>;

	/// Hand-overs and returns of open leases whose tenants take the device home.
	#[pallet::storage]
	pub type Custodies<T: Config> = StorageMap<_, Twox64Concat, LeaseId, CustodyOf<T>>;

	/// Which lease's tenant has a device at home: from the hand-over on, until its return is reported.
	#[pallet::storage]
	pub type DevicesOut<T: Config> = StorageMap<_, Twox64Concat, DeviceId, LeaseId>;

	/// Leases of each device that wait for its owner to accept them, the oldest first.
	#[pallet::storage]
	pub type Requests<T: Config> = StorageMap<_, Twox64Concat, DeviceId, RequestsOf, ValueQuery>;

	/// Leases that their tenants offer to others.
	#[pallet::storage]
	pub type LeaseOffers<T: Config> =
		StorageMap<_, Twox64Concat, LeaseId, LeaseOffer<T::AccountId>>;

	/// Number of the next group of leases.
	#[pallet::storage]
	pub type NextGroupId<T: Config> = StorageValue<_, GroupId, ValueQuery, FirstGroupId>;

	/// Why money of somebody is on hold.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// Rent of the tenant's leases that is not paid yet.
		#[codec(index = 0)]
		Rent,
		/// The owner stands behind its leases.
		#[codec(index = 1)]
		OwnerBond,
		/// Deposit for the records of the tenant's leases.
		#[codec(index = 2)]
		LeaseRecord,
		/// Deposit of tenants who take a device home, against theft and damage.
		#[codec(index = 3)]
		DamageDeposit,
		/// It is in dispute whose it is.
		#[codec(index = 4)]
		Disputed,
		/// Put up by the sides of a dispute.
		#[codec(index = 5)]
		DisputeBond,
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Puts `amount` more on hold to stand behind leases of the caller's devices.
		///
		/// - `origin`: signed by the owner.
		/// - Fails with `ZeroAmount`, `AmountTooSmall` and `BalanceTooLow`.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::bond())]
		pub fn bond(origin: OriginFor<T>, amount: Balance) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_bond(owner, amount)
		}

		/// Takes back `amount` of the caller's free bond, to be withdrawn after the unbonding delay.
		/// It stays on hold until then and stands behind no lease any more.
		///
		/// - `origin`: signed by the owner.
		/// - `amount`: an existential deposit at least, or all that is free.
		/// - Fails with `ZeroAmount`, `BondNotFree`, `AmountTooSmall` and `TooManyUnbondings`.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::unbond())]
		pub fn unbond(origin: OriginFor<T>, amount: Balance) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_unbond(owner, amount)
		}

		/// Buys units and makes a lease of them at once.
		/// The rent and the deposit for the record go on hold in the caller's account. If the terms want the
		/// owner to accept it takes no time of the device before that, and needs a start that leaves the owner
		/// its whole time to answer.
		///
		/// - `origin`: signed by the tenant.
		/// - `series`, `device`: whose terms hold, and the device.
		/// - `start`: a whole minute, or any second if receipts pay; as soon as can be if there is none.
		/// - `units`: how many units long.
		/// - `max_cost`: most rent that the tenant agrees to.
		/// - `legal_document`: hash of the legal text of the series; naming it is the acceptance.
		/// - `access_key`: the key that the device shall serve.
		/// - `arbiter`: who decides disputes, one that the terms list; needed if there can be any.
		///
		/// Fails with the errors of a booking, with `CostAboveMax`, `BalanceTooLow`, and with those of a
		/// purchase of the units.
		#[pallet::call_index(2)]
		#[pallet::weight(
			T::WeightInfo::rent()
				.saturating_add(Pallet::<T>::naming(arbiter))
				.saturating_add(Pallet::<T>::custody_weight())
		)]
		#[allow(clippy::too_many_arguments)]
		pub fn rent(
			origin: OriginFor<T>,
			series: SeriesId,
			device: DeviceId,
			start: Option<Moment>,
			units: Units,
			max_cost: Balance,
			legal_document: H256,
			access_key: PublicKey,
			arbiter: Option<T::AccountId>,
		) -> DispatchResult {
			let tenant = ensure_signed(origin)?;
			let request = BookingRequest {
				series,
				device,
				start,
				units,
				legal_document,
				access_key,
				arbiter,
				previous: None,
				group: None,
				own_units: false,
			};
			Self::do_rent(tenant, request, max_cost)
		}

		/// Makes a lease of units that the caller has.
		/// Their backing goes on hold in the caller's account, and so does the deposit for the
		/// record.
		///
		/// - `origin`: signed by the tenant.
		/// - The rest as for `rent`.
		///
		/// Fails with the errors of a booking, with `BalanceTooLow`, and with those of the token pallet if
		/// the caller has too few units.
		#[pallet::call_index(3)]
		#[pallet::weight(
			T::WeightInfo::book()
				.saturating_add(Pallet::<T>::naming(arbiter))
				.saturating_add(Pallet::<T>::custody_weight())
		)]
		pub fn book(
			origin: OriginFor<T>,
			series: SeriesId,
			device: DeviceId,
			start: Option<Moment>,
			units: Units,
			legal_document: H256,
			access_key: PublicKey,
			arbiter: Option<T::AccountId>,
		) -> DispatchResult {
			let tenant = ensure_signed(origin)?;
			let request = BookingRequest {
				series,
				device,
				start,
				units,
				legal_document,
				access_key,
				arbiter,
				previous: None,
				group: None,
				own_units: true,
			};
			Self::do_book(tenant, request)
		}

		/// Cancels a lease before its start.
		/// One that its owner has not accepted yet costs nothing: all units go back.
		/// The ladder of its terms says how many units the payee is paid for; the other ones go
		/// back to the caller. If receipts pay, the ladder says which part of the rent, whole units go back,
		/// and part of a unit in money at the lowest redeem share of the series.
		///
		/// - `origin`: signed by the tenant.
		/// - Fails with `UnknownLease`, `LeaseClosed`, `NotTenant`, `AlreadyStarted`, with `AlreadyOver` if
		///   governance retired the device, and with `RequestLapsed` if its owner stayed silent.
		#[pallet::call_index(4)]
		#[pallet::weight(
			T::WeightInfo::cancel()
				.max(T::WeightInfo::cancel_receipts())
				.saturating_add(Pallet::<T>::custody_weight())
		)]
		pub fn cancel(origin: OriginFor<T>, lease: LeaseId) -> DispatchResult {
			let tenant = ensure_signed(origin)?;
			Self::do_cancel(tenant, lease)
		}

		/// Ends a running lease as early as its terms allow.
		/// That is on the first whole minute after the notice, or the first second if receipts or the clock pay,
		/// and not before a minute or a second from now. Whole units that it does not need any more go back to the
		/// caller, at most as many as cancelling just before the start would have given. Of what stays
		/// behind the payee gets the same share as of the time before. If receipts pay, units go back at the
		/// close, and the payee keeps at least what cancelling just before the start would have cost.
		///
		/// - `origin`: signed by the tenant.
		/// - Fails with `UnknownLease`, `LeaseClosed`, `NotTenant`, `RequestPending`, `NotStarted`,
		///   `AlreadyOver` and `AlreadyEnding`.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::end().saturating_add(Pallet::<T>::custody_weight()))]
		pub fn end(origin: OriginFor<T>, lease: LeaseId) -> DispatchResult {
			let tenant = ensure_signed(origin)?;
			Self::do_end(tenant, lease)
		}

		/// Pays what a lease has earned so far, and closes it once it is over and its evidence is final.
		/// Does nothing, successfully, when nothing is due.
		/// Whoever closes a lease at least `KeeperDelay` seconds after its evidence was final gets a part
		/// of the protocol's share.
		///
		/// - `origin`: signed by anyone.
		/// - Fails with `UnknownLease` and `LeaseClosed`.
		#[pallet::call_index(6)]
		#[pallet::weight(Pallet::<T>::heaviest_settlement())]
		pub fn settle(origin: OriginFor<T>, lease: LeaseId) -> DispatchResultWithPostInfo {
			let keeper = ensure_signed(origin)?;
			let settled = Self::do_settle(&keeper, lease)?;
			Ok(Some(Self::settled_weight(settled)).into())
		}

		/// Gives a lease another access key, which the device serves from now on.
		/// If receipts pay, those of the key before stay good for the time up to now.
		///
		/// - `origin`: signed by the tenant.
		/// - `key`: the new key.
		/// - Fails with `UnknownLease`, `LeaseClosed`, `NotTenant`, `AlreadyOver` and `RequestPending`; if
		///   receipts pay and the lease runs, with `AccessKeyChangedLately` within an hour of the last change.
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::set_access_key())]
		pub fn set_access_key(
			origin: OriginFor<T>,
			lease: LeaseId,
			key: PublicKey,
		) -> DispatchResult {
			let tenant = ensure_signed(origin)?;
			Self::do_set_access_key(tenant, lease, key)
		}

		/// Names the address that a device which earns shall pay to during a lease, or none.
		/// The address is kept until the lease is closed, its hash is in the device's grant.
		///
		/// - `origin`: signed by the tenant.
		/// - `address`: one byte to 128.
		/// - Fails with `UnknownLease`, `LeaseClosed`, `NotTenant`, `AlreadyOver`, `RequestPending` and
		///   `PayoutEmpty`.
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::set_payout())]
		pub fn set_payout(
			origin: OriginFor<T>,
			lease: LeaseId,
			address: Option<PayoutAddress>,
		) -> DispatchResult {
			let tenant = ensure_signed(origin)?;
			Self::do_set_payout(tenant, lease, address)
		}

		/// Makes a lease longer by `units` of its series, from its end on.
		/// Units that the caller has are used first, the rest is bought; both at the price of the
		/// lease and under its terms.
		///
		/// - `origin`: signed by the tenant.
		/// - `units`: how many units longer.
		/// - `max_cost`: most that the caller pays for those which are bought.
		///
		/// Fails with `UnknownLease`, `LeaseClosed`, `NotTenant`, `AlreadyOver`, `RequestPending`,
		/// `AlreadyEnding`, `DeviceHandedOver`, the errors of a booking, `CostAboveMax`, `BalanceTooLow`, and
		/// those of a purchase of the units.
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::extend().saturating_add(Pallet::<T>::custody_weight()))]
		pub fn extend(
			origin: OriginFor<T>,
			lease: LeaseId,
			units: Units,
			max_cost: Balance,
		) -> DispatchResult {
			let tenant = ensure_signed(origin)?;
			Self::do_extend(tenant, lease, units, max_cost)
		}

		/// Takes a lease back from its tenant, for a penalty from the committed bond.
		/// Before its start it is closed at once, and all rent goes back in money. One that runs ends
		/// on the first whole minute after the owner's notice, or the first second if receipts or the clock pay,
		/// and not before a minute from now; the time that is cut off counts as not delivered.
		///
		/// - `origin`: signed by the payee.
		/// - Fails with `UnknownLease`, `LeaseClosed`, `NotPayee`, `AlreadyOver`, `RequestPending` and
		///   `AlreadyEnding`.
		#[pallet::call_index(10)]
		#[pallet::weight(
			T::WeightInfo::revoke()
				.max(T::WeightInfo::revoke_running())
				.saturating_add(Pallet::<T>::custody_weight())
		)]
		pub fn revoke(origin: OriginFor<T>, lease: LeaseId) -> DispatchResultWithPostInfo {
			let payee = ensure_signed(origin)?;
			let closed = Self::do_revoke(payee, lease)?;
			let weight =
				if closed { T::WeightInfo::revoke() } else { T::WeightInfo::revoke_running() };
			Ok(Some(weight.saturating_add(Self::custody_weight())).into())
		}

		/// Releases what is due of the bond that the caller takes back.
		///
		/// - `origin`: signed by the owner.
		/// - Fails with `NothingToWithdraw`.
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::withdraw_unbonded())]
		pub fn withdraw_unbonded(origin: OriginFor<T>) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_withdraw_unbonded(owner)
		}

		/// Settles many leases as `settle` does, each for itself.
		/// One that can't be settled stops no other: `ClaimFailed` says why. A deposit is not declared forfeit
		/// by it; `settle` and the sweep do that.
		///
		/// - `origin`: signed by anyone.
		/// - `leases`: at most 32.
		#[pallet::call_index(12)]
		#[pallet::weight(Pallet::<T>::claim_weight(leases.len() as u32))]
		pub fn claim(
			origin: OriginFor<T>,
			leases: BoundedVec<LeaseId, ConstU32<MAX_CLAIMS>>,
		) -> DispatchResultWithPostInfo {
			let keeper = ensure_signed(origin)?;
			Ok(Some(Self::do_claim(&keeper, &leases)).into())
		}

		/// Accepts a lease that waits for the caller: its time is taken and the bond for it committed.
		///
		/// - `origin`: signed by the owner of the device.
		/// - Fails with `UnknownLease`, `LeaseClosed`, `NotDeviceOwner`, `NotRequested`, `RequestLapsed`, and
		///   with the errors of a booking.
		#[pallet::call_index(14)]
		#[pallet::weight(
			T::WeightInfo::accept()
				.saturating_add(T::DbWeight::get().reads(1))
				.saturating_add(Pallet::<T>::custody_weight())
		)]
		pub fn accept(origin: OriginFor<T>, lease: LeaseId) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_accept(owner, lease)
		}

		/// Declines a lease that waits for the caller: all goes back to its tenant in money.
		/// A request that is not accepted in time closes in the same way by itself. If another lease has its
		/// place by then, and units that the tenant had went into it, all comes back as units instead: whoever
		/// takes the place itself must not make money of them.
		///
		/// - `origin`: signed by the owner of the device.
		/// - Fails with `UnknownLease`, `LeaseClosed`, `NotDeviceOwner`, `NotRequested`, and with the registry's
		///   error if governance retired the device and the request could not be closed by that.
		#[pallet::call_index(15)]
		#[pallet::weight(Pallet::<T>::weight_to_refuse())]
		pub fn decline(origin: OriginFor<T>, lease: LeaseId) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_decline(owner, lease)
		}

		/// Offers the rest of a lease to another account, in place of an offer before.
		///
		/// - `origin`: signed by the tenant.
		/// - `to`: who may take it.
		/// - `price`: what that pays the caller for it, beside which the rent that is not paid yet becomes its.
		/// - Fails with `UnknownLease`, `LeaseClosed`, `NotTenant`, `AlreadyOver`, `RequestPending`,
		///   `AlreadyEnding`, `AlreadyReturned`, `AlreadyTenant`, `SeriesNotTransferable` and
		///   `NeedsAcceptance`.
		#[pallet::call_index(16)]
		#[pallet::weight(T::WeightInfo::offer_lease().saturating_add(Pallet::<T>::custody_weight()))]
		pub fn offer_lease(
			origin: OriginFor<T>,
			lease: LeaseId,
			to: T::AccountId,
			price: Balance,
		) -> DispatchResult {
			let tenant = ensure_signed(origin)?;
			Self::do_offer_lease(tenant, lease, to, price)
		}

		/// Takes back the offer of a lease.
		///
		/// - `origin`: signed by the tenant.
		/// - Fails with `UnknownLease`, `LeaseClosed`, `NotTenant` and `LeaseNotOffered`.
		#[pallet::call_index(17)]
		#[pallet::weight(T::WeightInfo::withdraw_lease_offer())]
		pub fn withdraw_lease_offer(origin: OriginFor<T>, lease: LeaseId) -> DispatchResult {
			let tenant = ensure_signed(origin)?;
			Self::do_withdraw_lease_offer(tenant, lease)
		}

		/// Takes a lease that its tenant offers to the caller.
		/// The caller pays the price of the offer and puts the deposits on hold, that against damage too; the
		/// tenant has its own back. The rent that is not paid yet goes from hold to hold: who may object to it
		/// is the caller from then on. What was objected to stays with whom it is in dispute. The payout
		/// address is removed. If receipts pay, those of the key before stay good for the time up to now.
		///
		/// - `origin`: signed by whom it is offered to.
		/// - `access_key`: the key that the device shall serve.
		/// - `legal_document`: hash of the legal text of the lease; naming it is the acceptance.
		/// - `max_price`: most that the caller pays to the tenant.
		///
		/// Fails with `UnknownLease`, `LeaseClosed`, `LeaseNotOffered`, `NotOfferedToYou`, `AlreadyOver`,
		/// `AlreadyEnding`, `AlreadyReturned`, `CostAboveMax`, `WrongLegalDocument`, `OwnDevice`,
		/// `ArbiterIsParty`, `TenantNotAdmitted`, `BalanceTooLow`, with the errors of the gate, and with
		/// `AccessKeyChangedLately` if receipts pay.
		#[pallet::call_index(18)]
		#[pallet::weight(T::WeightInfo::accept_lease().saturating_add(Pallet::<T>::custody_weight()))]
		pub fn accept_lease(
			origin: OriginFor<T>,
			lease: LeaseId,
			access_key: PublicKey,
			legal_document: H256,
			max_price: Balance,
		) -> DispatchResult {
			let to = ensure_signed(origin)?;
			Self::do_accept_lease(to, lease, access_key, legal_document, max_price)
		}

		/// Makes a lease of another series of the same device that begins with the end of a lease.
		/// The pause between them is waived; if the owner has to accept it, from then on only. Units that the
		/// caller has are used first, the rest is bought.
		///
		/// - `origin`: signed by the tenant.
		/// - `lease`: the one that is gone on from.
		/// - `series`, `units`: whose terms hold, and how many units long.
		/// - `max_cost`: most that the caller pays for units that are bought.
		/// - `legal_document`: hash of the legal text of the series; naming it is the acceptance.
		/// - `arbiter`: who decides disputes, one that the terms list; needed if there can be any.
		///
		/// Fails with `UnknownLease`, `LeaseClosed`, `NotTenant`, `AlreadyOver`, `RequestPending`, `SameSeries`,
		/// `NotRemote` if the device of either is handed over, and as `rent` does.
		#[pallet::call_index(19)]
		#[pallet::weight(
			T::WeightInfo::follow()
				.saturating_add(Pallet::<T>::naming(arbiter))
				.saturating_add(Pallet::<T>::custody_weight())
		)]
		#[allow(clippy::too_many_arguments)]
		pub fn follow(
			origin: OriginFor<T>,
			lease: LeaseId,
			series: SeriesId,
			units: Units,
			max_cost: Balance,
			legal_document: H256,
			arbiter: Option<T::AccountId>,
		) -> DispatchResult {
			let tenant = ensure_signed(origin)?;
			Self::do_follow(tenant, lease, series, units, max_cost, legal_document, arbiter)
		}

		/// Rents several devices of a fleet at once, all or none: a lease of each, with a common group.
		/// If the terms want the owner to accept, each is a request that is answered for itself: some may
		/// become leases and others not.
		///
		/// - `origin`: signed by the tenant.
		/// - `devices`: at most 32, each once.
		/// - `units`: how many units long each lease is.
		/// - `max_cost`: most rent of all together that the tenant agrees to.
		/// - The rest as for `rent`.
		///
		/// Fails with `NoDevices`, `DuplicateDevice`, and as `rent` does.
		#[pallet::call_index(20)]
		#[pallet::weight(
			T::WeightInfo::rent_fleet(devices.len() as u32).saturating_add(
				Pallet::<T>::naming(arbiter)
					.saturating_add(Pallet::<T>::custody_weight())
					.saturating_mul(devices.len() as u64)
			)
		)]
		#[allow(clippy::too_many_arguments)]
		pub fn rent_fleet(
			origin: OriginFor<T>,
			series: SeriesId,
			devices: BoundedVec<DeviceId, ConstU32<MAX_GROUP>>,
			start: Option<Moment>,
			units: Units,
			max_cost: Balance,
			legal_document: H256,
			access_key: PublicKey,
			arbiter: Option<T::AccountId>,
		) -> DispatchResult {
			let tenant = ensure_signed(origin)?;
			let request = BookingRequest {
				series,
				device: 0,
				start,
				units,
				legal_document,
				access_key,
				arbiter,
				previous: None,
				group: None,
				own_units: false,
			};
			Self::do_rent_fleet(tenant, request, &devices, max_cost)
		}

		/// Gives the rest of a lease whose device failed to another device of the fleet.
		/// The lease ends with the next whole minute, or second if receipts pay. The whole units that are left
		/// move over with their rent; part of a unit goes back in money at the close. No penalty is owed for
		/// the first lease. The owner is not asked, even if it accepts each lease of the series: it has
		/// agreed to this one.
		///
		/// - `origin`: signed by the tenant.
		/// - `device`: a free one of the same fleet.
		///
		/// Fails with `UnknownLease`, `LeaseClosed`, `NotTenant`, `AlreadyOver`, `RequestPending`, `NotStarted`,
		/// `AlreadyEnding`, `NotOfFleet`, `NotRemote`, `DeviceServes`, `TooShort`, and with the errors of a
		/// booking.
		#[pallet::call_index(21)]
		#[pallet::weight(T::WeightInfo::substitute().saturating_add(Pallet::<T>::custody_weight()))]
		pub fn substitute(
			origin: OriginFor<T>,
			lease: LeaseId,
			device: DeviceId,
		) -> DispatchResult {
			let tenant = ensure_signed(origin)?;
			Self::do_substitute(tenant, lease, device)
		}

		/// Objects to rent that is proven and not payable yet, once in a lease.
		/// It is frozen apart from the lease, whose other rent is payable at once from then on. The caller
		/// puts up as much. If the payee does not answer in time the amount is the caller's. From now on the
		/// payee can revoke the lease without a penalty for what it cuts off. Whoever the lease was offered to
		/// can't take it any more: it would be another one than it looked at.
		///
		/// - `origin`: signed by the tenant.
		/// - `amount`: how much of the rent.
		/// - `evidence`: hash of what the caller has to show.
		///
		/// Fails with `UnknownLease`, `LeaseClosed`, `NotTenant`, `OwnDevice`, `AlreadyOver`,
		/// `RequestPending`, `ZeroAmount`, `AlreadyDisputed`, `ObjectionNotOpen`, `ObjectionTooLarge`,
		/// `ArbiterMissing` and `BalanceTooLow`.
		#[pallet::call_index(28)]
		#[pallet::weight(T::WeightInfo::object().saturating_add(T::DbWeight::get().writes(1)))]
		pub fn object(
			origin: OriginFor<T>,
			lease: LeaseId,
			amount: Balance,
			evidence: H256,
		) -> DispatchResult {
			let tenant = ensure_signed(origin)?;
			Self::do_object(tenant, lease, amount, evidence)
		}

		/// Gives in: the whole amount of a dispute goes to the claimant, bonds go back.
		/// Whoever does so after contesting the claim pays the arbiter as if that had decided so.
		///
		/// - `origin`: signed by the respondent.
		/// - Fails with `UnknownDispute`, `DisputeOver` and `NotRespondent`.
		#[pallet::call_index(29)]
		#[pallet::weight(T::WeightInfo::concede())]
		pub fn concede(origin: OriginFor<T>, lease: LeaseId, kind: DisputeKind) -> DispatchResult {
			let respondent = ensure_signed(origin)?;
			Self::do_concede(respondent, DisputeId { lease, kind })
		}

		/// Gives up a claim: the whole amount of a dispute goes to the respondent, bonds go back.
		/// Whoever does so after the claim was contested pays the arbiter as if that had decided so.
		///
		/// - `origin`: signed by the claimant.
		/// - Fails with `UnknownDispute`, `DisputeOver` and `NotClaimant`.
		#[pallet::call_index(30)]
		#[pallet::weight(T::WeightInfo::withdraw_claim())]
		pub fn withdraw_claim(
			origin: OriginFor<T>,
			lease: LeaseId,
			kind: DisputeKind,
		) -> DispatchResult {
			let claimant = ensure_signed(origin)?;
			Self::do_withdraw_claim(claimant, DisputeId { lease, kind })
		}

		/// Contests a claim, by putting up the same bond as the claimant.
		/// An objection goes to the arbiter by that; a claim for damage is there already.
		///
		/// - `origin`: signed by the respondent.
		/// - Fails with `UnknownDispute`, `DisputeOver`, `NotRespondent`, `AlreadyContested` and
		///   `BalanceTooLow`.
		#[pallet::call_index(31)]
		#[pallet::weight(T::WeightInfo::contest())]
		pub fn contest(origin: OriginFor<T>, lease: LeaseId, kind: DisputeKind) -> DispatchResult {
			let respondent = ensure_signed(origin)?;
			Self::do_contest(respondent, DisputeId { lease, kind })
		}

		/// Ends a dispute whose deadline has passed, as the sweep would.
		/// Without an answer the amount is the claimant's, without a verdict it is split evenly. Bonds go
		/// back.
		///
		/// - `origin`: signed by anyone.
		/// - Fails with `UnknownDispute` and `DisputeNotOver`.
		#[pallet::call_index(32)]
		#[pallet::weight(T::WeightInfo::settle_dispute())]
		pub fn settle_dispute(
			origin: OriginFor<T>,
			lease: LeaseId,
			kind: DisputeKind,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_settle_dispute(DisputeId { lease, kind })
		}

		/// Says that the device of a lease is ready for its tenant to take.
		/// Can be said from the booking on, unless another tenant has the device or it is missing, and must be
		/// within the hand-over time after the start. It is void, and can be said again, once the device was
		/// with another tenant since. If it is not said in time the lease closes, with the penalty for a revocation. Said
		/// after the start, the lease serves from then on only.
		///
		/// - `origin`: signed by the payee.
		/// - `condition`: hash of the condition that the device is in.
		/// - Fails with `UnknownLease`, `LeaseClosed`, `NotPhysical`, `RequestPending`, `NotPayee`,
		///   `AlreadyOver`, `AlreadyOffered`, `DeviceNotReturned`, `DeviceNotListed` and `HandoverOver`.
		#[pallet::call_index(36)]
		#[pallet::weight(T::WeightInfo::offer_handover())]
		pub fn offer_handover(
			origin: OriginFor<T>,
			lease: LeaseId,
			condition: H256,
		) -> DispatchResult {
			let payee = ensure_signed(origin)?;
			Self::do_offer_handover(payee, lease, condition)
		}

		/// Confirms that the caller has the device of its lease.
		/// From now on rent is earned by the clock, since the start or since the device was ready, and its lock
		/// serves the access key. A tenant that does not confirm within the hand-over time has cancelled in the
		/// last moment.
		///
		/// - `origin`: signed by the tenant, from the start on.
		/// - `condition`: hash of the condition that the device is in.
		/// - Fails with `UnknownLease`, `LeaseClosed`, `NotPhysical`, `RequestPending`, `NotTenant`,
		///   `AlreadyOver`, `AlreadyHandedOver`, `NotStarted`, `DeviceNotReturned`, `DeviceNotListed`,
		///   `HandoverNotOffered` and `HandoverOver`.
		#[pallet::call_index(37)]
		#[pallet::weight(T::WeightInfo::confirm_handover())]
		pub fn confirm_handover(
			origin: OriginFor<T>,
			lease: LeaseId,
			condition: H256,
		) -> DispatchResult {
			let tenant = ensure_signed(origin)?;
			Self::do_confirm_handover(tenant, lease, condition)
		}

		/// Says that the device of a lease is back, or agrees to what the other side said of that.
		/// The tenant ends a running lease by it, with the notice of the terms; the payee can say it after
		/// the end. What the payee says is final: what the tenant does not owe for being late goes back at
		/// once, and closes the lease if that is all. What the tenant says is final once the payee agrees or
		/// lets the inspection time pass.
		///
		/// - `origin`: signed by the tenant or the payee.
		/// - `condition`: hash of the condition that the device is in.
		/// - Fails with `UnknownLease`, `LeaseClosed`, `NotPhysical`, `RequestPending`, `NotParty`,
		///   `NotHandedOver`, `AlreadyReturned`, `LeaseNotOver`, and `AlreadyOver` once the deposit is
		///   forfeit.
		#[pallet::call_index(38)]
		#[pallet::weight(
			T::WeightInfo::report_return()
				.max(
					T::WeightInfo::report_return_close()
						.saturating_add(Pallet::<T>::most_claims_weight())
				)
				.saturating_add(Pallet::<T>::waiting_weight())
		)]
		pub fn report_return(
			origin: OriginFor<T>,
			lease: LeaseId,
			condition: H256,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let weight = match Self::do_report_return(who, lease, condition)? {
				Settled::Open | Settled::OpenWithCustody => T::WeightInfo::report_return(),
				Settled::ClosedWithCustody { claims } => {
					T::WeightInfo::report_return_close().saturating_add(Self::claims_weight(claims))
				}
				Settled::Closed
				| Settled::ClosedByReceipts
				| Settled::Forfeited
				| Settled::Refused => T::WeightInfo::report_return_close(),
			};
			Ok(Some(weight.saturating_add(Self::waiting_weight())).into())
		}

		/// Contests what the other side said of the return of a device, within the inspection time.
		/// The payee claims damage, at most what is left of the deposit beside what it gets for the delay: what
		/// tenants have coming who waited is paid from the rest. The tenant objects to what being late costs.
		/// Only the claimed amount is frozen until it is decided: the rest of the deposit goes to whom it
		/// belongs, and the lease closes.
		///
		/// - `origin`: signed by the payee if the tenant reported the return, else by the tenant.
		/// - `claim`: how much; the caller puts up a share of it.
		/// - `evidence`: hash of what the caller has to show.
		///
		/// Fails with `UnknownLease`, `LeaseClosed`, `NotPhysical`, `RequestPending`, `NotParty`,
		/// `ReturnNotReported`, `AlreadyReturned`, `InspectionOver`, `ClaimTooLarge`, `ZeroAmount`,
		/// `AlreadyDisputed`, `ArbiterMissing`, `ArbiterIsParty` and `BalanceTooLow`.
		#[pallet::call_index(39)]
		#[pallet::weight(
			T::WeightInfo::contest_return().saturating_add(Pallet::<T>::most_claims_weight())
		)]
		pub fn contest_return(
			origin: OriginFor<T>,
			lease: LeaseId,
			claim: Balance,
			evidence: H256,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_contest_return(who, lease, claim, evidence)?;
			Ok(())
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			// Of `on_timestamp_set`.
			T::WeightInfo::note_outage()
		}

		fn on_poll(_: BlockNumberFor<T>, meter: &mut WeightMeter) {
			Self::sweep(meter);
		}

		fn integrity_test() {
			assert!(
				T::ReservedBookings::get() < T::MaxBookings::get(),
				"some bookings ahead must be possible"
			);
			assert!(
				T::RecordDeposit::get()
					>= <T::Currency as fungible::Inspect<T::AccountId>>::minimum_balance(),
				"the return of the record's deposit must leave an account alive"
			);
			assert!(
				Moment::from(T::OutageThreshold::get()) >= MINUTE,
				"blocks that follow each other must not make an outage"
			);
			let block = <T as frame_system::Config>::BlockWeights::get().max_block;
			let heaviest = Self::heaviest_step().max(T::WeightInfo::sweep_dispute());
			assert!(
				Self::sweep_limit().all_gte(T::WeightInfo::sweep_base().saturating_add(heaviest))
					&& Self::sweep_limit().all_lte(block),
				"the sweep's share of a block must be enough for one lease"
			);
			Self::check_dispute_constants();
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}

// SPDX-License-Identifier: Apache-2.0

//! # Usage tokens
//!
//! An owner sells the time of a device, or of a fleet of devices, in *series*. A series is an offer that never changes: so many
//! *units*, each good for so much time (a minute, an hour, a day) at a fixed price, under fixed lease
//! terms. Another price or other terms are another series.
//!
//! ## Terms
//! - **Unit**: a fungible token of the assets pallet; the id of the asset is the number of the series.
//! - **Usable window**: leases paid with a series' units lie inside it. The series of a subject have
//!   identical or disjoint usable windows.
//! - **Outstanding**: units in people's hands. **Sold**: these, and those staked or used in leases.
//! - **Backing**: what buyers paid, on hold in the series' own keyless account. Held is outstanding
//!   units × unit price, exactly, always.
//! - **Redeem**: units back into money, at a share of the price that falls with time and is never
//!   below [`Config::MinRedeemShare`]; at par, the whole price, once the series is closed, and while
//!   its device or every member of its fleet is not to be had.
//! - **Server**: who owns the device or the fleet now: it serves the leases, gets the owner's part of
//!   redeemed units, and may close the series. The *maker* of the series paid its deposits and gets
//!   them back.
//! - **Stake**: units become a lease; their backing moves into the tenant's account, on hold for the
//!   lease's reason. Done by the lease pallet through `UsageUnits`.
//!
//! ## A story
//! Olga lists a GPU and makes a series: 10,000 units of one minute at 0.01 TNR, usable in December.
//! Tom buys 120 units; 1.2 TNR leave his account for the hold of the series. He gives 20 units to
//! Tina, who stakes them for twenty minutes on Tuesday: 0.2 TNR now stand on hold in her own account.
//! Tom changes his mind and redeems his 100 units before December: the series gives 100 % then, and
//! he has 1 TNR back. Olga can't sell more minutes than there are: a sale is refused when all that is
//! outstanding and all that is booked would no longer fit into what is left of December. That is a
//! ceiling, not a promise of one particular hour.
//!
//! ## What it leans on
//! Units move by the assets pallet alone; the runtime's call filter must leave users only transfers,
//! approvals and clean-up there, and ask [`Pallet::may_transfer`] first, or units and backing part.

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

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod fleets;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod mock;
mod neighbours;
mod offering;
mod reading;
mod reaping;
mod redeeming;
mod selling;
mod staking;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
mod validity;
pub mod weights;
mod windows;

pub use fleets::MAX_CATCH_UP;
pub use pallet::*;
pub use reaping::REAPED_AT_ONCE;
pub use types::{MomentKey, SeriesRecord, WindowLedger};
pub use weights::WeightInfo;

/// The record of a series in a runtime.
pub type SeriesRecordOf<T> =
	SeriesRecord<<T as frame_system::Config>::AccountId, <T as Config>::Consideration>;

/// The lease terms of a series in a runtime.
pub type LeaseTermsOf<T> = tenure_primitives::LeaseTerms<<T as frame_system::Config>::AccountId>;

#[frame_support::pallet]
pub mod pallet {
	use super::{reaping::Reaped, redeeming::LookedAt, *};
	use alloc::boxed::Box;
	use frame_support::{
		pallet_prelude::*,
		traits::{
			fungible, fungibles, tokens::fungible::hold, Consideration, Footprint, StorageVersion,
			UnixTime,
		},
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use sp_runtime::Perbill;
	use tenure_lease_math::FleetTime;
	use tenure_primitives::{
		traits::{Arbitration, Devices, LeaseBook},
		Balance, FleetId, Moment, SaleConditions, SeriesId, Subject, Units,
	};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// The clock: block time.
		type Time: UnixTime;

		/// The native currency, in which units are paid and their backing is held.
		type Currency: fungible::Inspect<Self::AccountId, Balance = Balance>
			+ fungible::Mutate<Self::AccountId>
			+ hold::Inspect<Self::AccountId, Reason = Self::RuntimeHoldReason>
			+ hold::Mutate<Self::AccountId>;

		/// The runtime's hold reason.
		type RuntimeHoldReason: From<HoldReason>;

		/// The units. The assets must be this pallet's alone: nobody else creates, mints or burns. Approvals
		/// are asked for by benchmarks only.
		type Units: fungibles::Inspect<Self::AccountId, AssetId = SeriesId, Balance = Balance>
			+ fungibles::Create<Self::AccountId>
			+ fungibles::Destroy<Self::AccountId>
			+ fungibles::Mutate<Self::AccountId>
			+ fungibles::approvals::Mutate<Self::AccountId>
			+ fungibles::metadata::Mutate<Self::AccountId>;

		/// The device registry.
		type Devices: Devices<Self::AccountId>;

		/// What leases take of a device's time, and whether it is to be had.
		type Leases: LeaseBook;

		/// The owner's deposit for the record of a series.
		type Consideration: Consideration<Self::AccountId, Footprint>;

		/// Who gets an owner's part that the owner's dead account is too small to receive.
		type Treasury: Get<Self::AccountId>;

		/// From this the accounts of the series are derived.
		#[pallet::constant]
		type PalletId: Get<PalletId>;

		/// Lowest price of a unit.
		/// It carries the cost of the accounts that a transfer of one unit can create. Greater than
		/// zero.
		#[pallet::constant]
		type MinUnitPrice: Get<Balance>;

		/// Least share of its price that a redeemed unit gives, at whatever time.
		/// Less than this, and selling units that nobody can use would pay.
		#[pallet::constant]
		type MinRedeemShare: Get<Perbill>;

		/// Least share of its units that a cancelled booking costs.
		/// Blocking calendars must not be free.
		#[pallet::constant]
		type MinCancellationShare: Get<Perbill>;

		/// Longest lease that terms can allow, and longest pause after one, in seconds.
		#[pallet::constant]
		type MaxDuration: Get<u32>;

		/// Furthest ahead that terms can let a lease start, in seconds.
		#[pallet::constant]
		type MaxAdvance: Get<u32>;

		/// Furthest ahead that a usable window can end, in seconds from the making of the series.
		#[pallet::constant]
		type MaxHorizon: Get<Moment>;

		/// Most different usable windows that one subject has at a time. Do not reduce this value.
		#[pallet::constant]
		type MaxWindowsPerSubject: Get<u32>;

		/// Shortest heartbeat gap that terms can demand, in seconds.
		#[pallet::constant]
		type MinHeartbeatGap: Get<u32>;

		/// Longest heartbeat gap that terms can allow, in seconds.
		#[pallet::constant]
		type MaxHeartbeatGap: Get<u32>;

		/// How long the units of a closed series can still be staked, in seconds.
		/// Not longer than to the end of its usable window.
		#[pallet::constant]
		type ClosingNotice: Get<Moment>;

		/// Who may decide disputes.
		type Arbitration: Arbitration<Self::AccountId>;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;

		/// Sets the clock, for benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkClock: tenure_primitives::traits::BenchmarkClock;
	}

	/// Why this pallet holds money.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// What buyers paid for outstanding units; in the account of the series.
		#[codec(index = 0)]
		Backing,
		/// Deposit for the record of a series; in its maker's account.
		#[codec(index = 1)]
		SeriesRecord,
	}

	/// Number of the next series. The first is 1.
	#[pallet::storage]
	pub type NextSeriesId<T> = StorageValue<_, SeriesId, ValueQuery, ConstU32<1>>;

	/// The series. Its number is also the id of its asset.
	#[pallet::storage]
	pub type Series<T: Config> = StorageMap<_, Twox64Concat, SeriesId, SeriesRecordOf<T>>;

	/// The usable windows of a subject, in order of time: identical for several series or disjoint.
	/// Those that are over stay until the next series of the subject is made, closed or reaped.
	#[pallet::storage]
	pub type Windows<T: Config> = StorageMap<
		_,
		Twox64Concat,
		Subject,
		BoundedVec<WindowLedger, T::MaxWindowsPerSubject>,
		ValueQuery,
	>;

	/// The series of a subject.
	#[pallet::storage]
	pub type SeriesBySubject<T: Config> =
		StorageDoubleMap<_, Twox64Concat, Subject, Twox64Concat, SeriesId, ()>;

	/// The series that an account made.
	#[pallet::storage]
	pub type SeriesByOwner<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, SeriesId, ()>;

	/// How many members of a fleet leases take, as of the last change that was noted as past.
	/// A fleet has one from its first member on until it is disbanded.
	#[pallet::storage]
	pub type FleetTimes<T: Config> = StorageMap<_, Twox64Concat, FleetId, FleetTime>;

	/// By how many the number of taken members of a fleet changes after that, in order of time.
	/// Never zero.
	#[pallet::storage]
	pub type FleetChanges<T: Config> =
		StorageDoubleMap<_, Twox64Concat, FleetId, Identity, MomentKey, i32>;

	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A series is offered.
		SeriesCreated {
			/// The series.
			series: SeriesId,
			/// What its units are good on.
			subject: Subject,
			/// Who made it.
			owner: T::AccountId,
			/// Price of one unit.
			unit_price: Balance,
			/// Seconds that one unit stands for.
			unit_seconds: u32,
		},
		/// Whoever serves a series closed it: no more sale, and units redeem at par.
		SeriesClosed {
			/// The series.
			series: SeriesId,
		},
		/// The destruction of a series went some way: reap it again to go on.
		SeriesReapingContinues {
			/// The series.
			series: SeriesId,
			/// Empty accounts of its asset that went now.
			accounts: u32,
			/// Approvals of its holders that went now; their deposits are back.
			approvals: u32,
		},
		/// A series is gone, its asset and its deposit with it.
		SeriesReaped {
			/// The series.
			series: SeriesId,
			/// Who made it.
			owner: T::AccountId,
			/// What its account still had: went to the maker.
			returned: Balance,
		},
		/// Units were sold; what they cost is backing now, or on hold if they were staked at once.
		UnitsBought {
			/// The series.
			series: SeriesId,
			/// Who bought them.
			buyer: T::AccountId,
			/// How many.
			units: Units,
			/// What they cost.
			cost: Balance,
		},
		/// Units were turned into money.
		UnitsRedeemed {
			/// The series.
			series: SeriesId,
			/// Who had them.
			holder: T::AccountId,
			/// How many.
			units: Units,
			/// What the holder got.
			paid: Balance,
			/// What the owner of the device or fleet got.
			to_owner: Balance,
		},
		/// Units became a lease; their price is on hold in the tenant's account.
		UnitsStaked {
			/// The series.
			series: SeriesId,
			/// Whose lease it is.
			tenant: T::AccountId,
			/// How many.
			units: Units,
			/// What is on hold for them.
			amount: Balance,
		},
		/// A lease gave units back to its tenant; their price is backing again.
		UnitsReturned {
			/// The series.
			series: SeriesId,
			/// Whose lease it was.
			tenant: T::AccountId,
			/// How many.
			units: Units,
			/// What went back.
			amount: Balance,
		},
		/// A payment was less than a dead account can receive: the treasury has it.
		DustDiverted {
			/// The series.
			series: SeriesId,
			/// How much.
			amount: Balance,
		},
		/// Staked units went back in money because no lease came of them: they can be sold again.
		UnitsUnsold {
			/// The series.
			series: SeriesId,
			/// How many.
			units: Units,
		},
	}

	/// Why a call fails. It then changes nothing.
	#[pallet::error]
	pub enum Error<T> {
		/// There never was such a series.
		UnknownSeries,
		/// The series is gone, or going.
		SeriesReaped,
		/// Only the owner of the device or fleet can do this; if that is gone, who made the series.
		NotSeriesOwner,
		/// Only the owner of the device or fleet can make a series for it.
		NotDeviceOwner,
		/// The device can't be leased now.
		DeviceNotListed,
		/// The device is sold through the series of its fleet.
		DeviceInFleet,
		/// The device has no key, so it can't send the heartbeats that the terms demand.
		NoDeviceKey,
		/// A unit must stand for some time, and for whole minutes if heartbeats prove it.
		InvalidUnit,
		/// The price of a unit is below the minimum.
		PriceTooLow,
		/// The cap of the series is zero.
		NoUnits,
		/// The sale must start before it ends, end in the future, and not after the usable window.
		InvalidSaleWindow,
		/// The usable window must end after its start and in the future, and have room for the shortest
		/// lease.
		InvalidUsableWindow,
		/// The usable window ends too far ahead.
		WindowTooFar,
		/// The redeem shares rise with time or are below the minimum.
		RedeemSharesInvalid,
		/// The shortest lease must be a minute or longer, and some whole number of units must lie
		/// between it and the longest, which has a maximum.
		InvalidDuration,
		/// Leases could start too far ahead.
		AdvanceTooLong,
		/// The pause after a lease is too long.
		TurnaroundTooLong,
		/// Notices must fall from step to step and shares must not, none below the minimum.
		InvalidLadder,
		/// An amount or a time is larger than its type.
		AmountOverflow,
		/// The heartbeat gap of the terms is out of range.
		HeartbeatGapOutOfRange,
		/// The usable window overlaps another one of the subject without being the same.
		WindowsConflict,
		/// The subject has as many different usable windows as it can.
		TooManyWindows,
		/// There are no numbers left for series.
		NoMoreSeries,
		/// Owners take at least a minute and at most seven days to accept a lease, and no longer than a lease
		/// can be asked for ahead.
		AcceptanceDeadlineOutOfRange,
		/// Time between hand-over and return is the evidence of what tenants take home, and of nothing else.
		EvidenceDoesNotSuitCustody,
		/// Meters and output as evidence are not built yet.
		EvidenceNotAvailable,
		/// Only what tenants take home has a damage deposit.
		DamageDepositNotAvailable,
		/// Asking tenants for a credential is not built yet.
		AdmissionNotAvailable,
		/// Required endorsements are not built yet.
		EndorsementNotAvailable,
		/// Geofences are not built yet.
		GeofenceNotAvailable,
		/// Only what heartbeats prove can be objected to: a tenant has signed its receipts itself.
		ObjectionNotAvailable,
		/// Zero units.
		ZeroUnits,
		/// The series is closed.
		SeriesClosed,
		/// The sale has not begun.
		SaleNotOpen,
		/// The sale is over.
		SaleOver,
		/// The usable window of the series is over, or the notice after its closing.
		SeriesExpired,
		/// The series has not expired: only the holder can redeem its units.
		NotExpired,
		/// The account has no units of the series.
		NothingToRedeem,
		/// The series is not closed, and its usable window is not over.
		SeriesOpen,
		/// Units of the series are in people's hands.
		UnitsOutstanding,
		/// Leases of the series are open.
		LeasesOpen,
		/// Units of the device or fleet itself are for sale or outstanding, in a window that is not over.
		UnitsPromised,
		/// The rest of the fleet could not serve the units that are outstanding and what is booked, on the
		/// device that is to leave, too: units may come back from its leases.
		FleetTooSmall,
		/// The cap of the series leaves fewer units.
		SoldOut,
		/// What is outstanding and what is booked leave less time in the usable window.
		CapacityExceeded,
		/// The units cost more than the caller wants to pay.
		CostAboveMax,
		/// The account can't pay this and keep its existential deposit.
		BalanceTooLow,
		/// The account has fewer units.
		NotEnoughUnits,
		/// The account does not exist and would get less than an existential deposit.
		AmountBelowExistentialDeposit,
		/// The account has units only; to hold money it needs an existential deposit.
		TenantNeedsAccount,
		/// The terms admit listed tenants only and list none.
		NobodyAdmitted,
		/// Something that can't be: please report it.
		Inconsistent,
		/// Time that a tenant does not sign for can cost it a tenth of its rent at most.
		ReservationShareTooHigh,
		/// Receipts of a tenant may lag by a second at least and a day at most.
		ReceiptLagOutOfRange,
		/// Where receipts pay, cancelling must be possible until the start and never cost more than the
		/// reservation share: not turning up would be cheaper.
		LadderAboveReservation,
		/// Tenants can object to evidence for a week at most.
		ObjectionWindowTooLong,
		/// There can be disputes on these terms and they name nobody who decides.
		ArbitersMissing,
		/// There can be no disputes on these terms and they name somebody who decides.
		ArbitersNotNeeded,
		/// Somebody who decides by these terms is not on governance's list, or is the owner itself.
		ArbiterNotListed,
		/// The time for the hand-over and for the inspection must be ten minutes to 30 days, that up to the
		/// forfeiture an hour to 30 days.
		CustodyWindowOutOfRange,
		/// The time for the hand-over must be a third of the shortest lease at most.
		HandoverWindowTooLong,
		/// The deposit must not be forfeit before a return in time could be handed on: after the grace and the
		/// time for a hand-over.
		ReturnGraceTooLong,
		/// A late return must cost one to ten times the rent.
		OverduePercentOutOfRange,
		/// An owner that takes back what its tenant took home must give as much notice as there is time for
		/// a hand-over.
		OwnerNoticeTooShort,
		/// Where devices are handed over, cancelling must be possible until the start and never cost more than
		/// a tenth: nobody can prove who did not come.
		LadderTooHigh,
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Offers units on a device or a fleet: mints nothing yet, sets price and terms for ever.
		///
		/// The deposit for the record and the existential deposit of the series' account are taken from
		/// the caller, and come back when the series is reaped.
		///
		/// - `origin`: Must be signed by the owner of the device or fleet.
		/// - `subject`: What the units are good on.
		/// - `sale`: Unit, price, cap, sale and usable window, redeem shares, transferability.
		/// - `terms`: Terms of every lease that these units pay.
		#[pallet::call_index(0)]
		#[pallet::weight(
			T::WeightInfo::create_series(Pallet::<T>::most_members(subject))
				.saturating_add(Pallet::<T>::listing(terms))
		)]
		pub fn create_series(
			origin: OriginFor<T>,
			subject: Subject,
			sale: SaleConditions,
			terms: Box<LeaseTermsOf<T>>,
		) -> DispatchResultWithPostInfo {
			let owner = ensure_signed(origin)?;
			let listing = Self::listing(&terms);
			let (_, looked_at) = Self::do_create_series(owner, subject, sale, *terms)?;
			Ok(Some(T::WeightInfo::create_series(looked_at).saturating_add(listing)).into())
		}

		/// Ends the sale of a series for ever.
		/// Its outstanding units redeem at par, and can be staked for [`Config::ClosingNotice`]
		/// seconds more, or to the end of the usable window.
		///
		/// - `origin`: Must be signed by the owner of the device or fleet; if that is gone, by who made
		///   the series.
		/// - `series`: The series; its usable window must not be over.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::close_series())]
		pub fn close_series(origin: OriginFor<T>, series: SeriesId) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_close_series(&owner, series)
		}

		/// Buys units. What they cost goes on hold in the account of the series, as their backing.
		/// The weight is that of the dearer of device and fleet; what was not needed is given back.
		///
		/// - `origin`: Must be signed by the buyer.
		/// - `series`: The series.
		/// - `units`: How many, at least one.
		/// - `max_cost`: Most that they may cost in all.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::buy_device().max(T::WeightInfo::buy_fleet()))]
		pub fn buy(
			origin: OriginFor<T>,
			series: SeriesId,
			units: Units,
			max_cost: Balance,
		) -> DispatchResultWithPostInfo {
			let buyer = ensure_signed(origin)?;
			let subject = Self::do_buy(&buyer, series, units, max_cost)?;
			Ok(Some(Self::weight_to_buy(&subject)).into())
		}

		/// Gives units back for money.
		/// The caller gets the share of this moment, the owner of the device or fleet the rest. The weight
		/// is for the largest fleet; what was not needed is given back.
		///
		/// - `origin`: Must be signed by the holder of the units.
		/// - `series`: The series.
		/// - `units`: How many, at least one.
		#[pallet::call_index(3)]
		#[pallet::weight(Pallet::<T>::most_to_redeem())]
		pub fn redeem(
			origin: OriginFor<T>,
			series: SeriesId,
			units: Units,
		) -> DispatchResultWithPostInfo {
			let holder = ensure_signed(origin)?;
			let looked_at = Self::do_redeem(&holder, series, units)?;
			Ok(Some(Self::weight_to_redeem(looked_at)).into())
		}

		/// Redeems all units of an expired series that `holder` has.
		/// The holder gets the share of this moment. Costs the caller nothing if it succeeds, unless
		/// members of a fleet have to be looked at.
		///
		/// - `origin`: Must be signed, by anyone.
		/// - `series`: The series: its usable window is over, or it was closed [`Config::ClosingNotice`]
		///   seconds ago.
		/// - `holder`: Who has units of it.
		#[pallet::call_index(4)]
		#[pallet::weight(Pallet::<T>::most_to_redeem())]
		pub fn redeem_for(
			origin: OriginFor<T>,
			series: SeriesId,
			holder: T::AccountId,
		) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let looked_at = Self::do_redeem_for(&holder, series)?;
			// Looking at a fleet's members costs more than was ever paid for a unit of theirs.
			let pays = match looked_at {
				LookedAt::Device | LookedAt::Members(0) => Pays::No,
				LookedAt::Members(_) => Pays::Yes,
			};
			Ok((Some(Self::weight_to_redeem(looked_at)), pays).into())
		}

		/// Removes a series that is over, or goes some way towards it.
		/// At most [`REAPED_AT_ONCE`] empty accounts and as many approvals of its asset go at a time. With
		/// the last step its maker gets the deposit, the endowment of the series' account, and what
		/// strangers gave to that account. Costs the caller nothing if it succeeds.
		///
		/// - `origin`: Must be signed, by anyone.
		/// - `series`: The series: closed or its usable window over, no units outstanding, no lease open.
		#[pallet::call_index(5)]
		#[pallet::weight(
			T::WeightInfo::reap_series(REAPED_AT_ONCE, REAPED_AT_ONCE)
				.saturating_add(T::WeightInfo::catch_up(REAPED_AT_ONCE))
		)]
		pub fn reap_series(origin: OriginFor<T>, series: SeriesId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let Reaped { accounts, approvals, changes } = Self::do_reap_series(series)?;
			let weight = T::WeightInfo::reap_series(accounts, approvals)
				.saturating_add(T::WeightInfo::catch_up(changes));
			Ok((Some(weight), Pays::No).into())
		}

		/// Notes what has passed of a fleet's bookings, at most [`MAX_CATCH_UP`] starts and ends of leases.
		/// Every sale does some of it. Until it is done less is sold, never more.
		///
		/// - `origin`: Must be signed, by anyone.
		/// - `fleet`: The fleet. Of a disbanded one, what is still noted is dropped.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::catch_up(MAX_CATCH_UP))]
		pub fn catch_up(origin: OriginFor<T>, fleet: FleetId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			Ok(Some(T::WeightInfo::catch_up(Self::do_catch_up(fleet))).into())
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MinUnitPrice::get() > 0, "a unit must cost something");
			assert!(
				!T::MinRedeemShare::get().is_zero(),
				"selling units that nobody can use must not pay"
			);
			assert!(T::MaxWindowsPerSubject::get() > 0, "a subject needs room for a window");
			assert!(T::MinHeartbeatGap::get() > 0, "a heartbeat gap can't be nothing");
			assert!(
				T::MinHeartbeatGap::get() <= T::MaxHeartbeatGap::get(),
				"some heartbeat gap must be allowed"
			);
			assert!(
				Moment::from(T::MaxDuration::get()) <= T::MaxHorizon::get(),
				"the longest lease must fit into some usable window"
			);
			assert!(
				T::MaxHorizon::get().checked_mul(T::Devices::max_fleet_members().into()).is_some(),
				"a fleet's time must fit into its type"
			);
			let (first, second): (T::AccountId, T::AccountId) =
				(Self::account_of(1), Self::account_of(SeriesId::MAX));
			assert!(first != second, "account ids are too short to tell series apart");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}

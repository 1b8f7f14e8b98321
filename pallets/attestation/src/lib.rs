// SPDX-License-Identifier: Apache-2.0

//! # Attestation
//!
//! What devices prove, and what their tenants confirm. A device shows with its own key that it is on;
//! what it shows while it is leased becomes proven minutes, and those are what a lease pays for. Other
//! leases pay for what their tenant has signed for.
//!
//! ## Terms
//!
//! - **Report**: a message that a device signed, see [`tenure_primitives::report`]. It names the
//!   chain, the device and a recent block.
//! - **Named block**: that block. It makes a report impossible ahead of time, and worthless
//!   [`Config::MaxNamedBlockAge`] blocks later. Each report of a device names a later one.
//! - **Heartbeat**: the report that the device is on. What counts is the time of the block that
//!   includes it.
//! - **Gap**: the longest pause between two heartbeats that is still unbroken service. Each lease has
//!   its own.
//! - **Proven minute**: a whole minute that lies inside an unbroken run of heartbeats.
//!
//! ## A short story
//!
//! Olga registers a GPU and names its key. The GPU signs an activation for its record and for Olga, and
//! from then on its key speaks for it. Olga offers the GPU; it sends a heartbeat every minute and pays
//! nothing. Tim leases it from 12:00 to 12:10 with a gap of two minutes. After the heartbeat of 12:03:00
//! its network fails; the next one is at 12:06:00. That pause is longer than two minutes, so 12:03,
//! 12:04 and 12:05 are not proven. At the end seven minutes are;
//! [`Evidence`](tenure_primitives::traits::Evidence) says so to whoever settles the lease, and from
//! which moment that answer is final.
//!
//! ## How reports arrive
//!
//! Both calls are general transactions without a signer: `#[pallet::authorize]` checks them in the
//! pool and once more, on the state of the dispatch, in the block. Nobody pays for them. What keeps
//! them few: a device reports only while it is offered for lease (or once, to activate a key, for
//! whose naming its owner has paid), not more often than [`Config::MinReportInterval`], and all devices
//! together not more than [`Config::MaxReportsPerBlock`] times in a block, of which those that are not
//! leased get [`Config::MaxIdleReportsPerBlock`]: offering is cheap, so idle devices must not be able to
//! crowd out those whose leases pay by the minute. What is wrong with a refused report is named by
//! [`Refusal`].
//!
//! ## Receipts
//!
//! Leases whose terms say so are paid by what their tenant signs instead, see
//! [`tenure_primitives::receipt`]: how many seconds it has used since the start. The device collects
//! these receipts off chain and stops serving when they lag; one transaction, by anyone, brings the
//! newest one. It arrives like a report, behind those of leased devices, which can't wait, and with a quota
//! of its own, [`Config::MaxReceiptsPerBlock`]; it is taken until [`Config::ReceiptWindow`] after the end,
//! time not counted in which the chain stood still.

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

mod admission;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod evidence;
mod receipts;
mod recording;
pub mod refusal;
mod types;
pub mod weights;

#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;

pub use pallet::*;
pub use receipts::RECEIPT_INTERVAL_AFTER_END;
pub use refusal::Refusal;
pub use types::{Day, DayRecord, Liveness, Receipt, Tally};
pub use weights::WeightInfo;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::{pallet_prelude::*, traits::UnixTime};
	use frame_system::pallet_prelude::*;
	use sp_core::H256;
	use sp_runtime::traits::UniqueSaturatedInto;
	use tenure_lease_math::{DayBits, MINUTE};
	use tenure_primitives::{traits, DeviceId, LeaseId, Moment, NamedBlock, ReportSignature};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<Hash = H256> {
		/// The time of the block.
		type Time: UnixTime;

		/// Where devices and their keys are kept.
		type Devices: traits::Devices<Self::AccountId>;

		/// Which devices are offered for lease, and so report free of charge.
		type Offers: traits::Offers;

		/// Which minutes of a device are leased, and so worth recording; whose receipts of a lease count.
		type LeaseWindows: traits::LeaseWindows;

		/// Shortest time between two reports of a device, or two receipts of a lease, in seconds.
		/// At most a minute, or a device could not keep the smallest gap. After a receipt that came after the end of its
		/// lease it is [`RECEIPT_INTERVAL_AFTER_END`].
		#[pallet::constant]
		type MinReportInterval: Get<u32>;

		/// Most blocks between the named block of a report and the one that includes it.
		/// Not more than the system keeps hashes of.
		#[pallet::constant]
		type MaxNamedBlockAge: Get<u32>;

		/// Most reports in one block, of all devices, receipts included.
		#[pallet::constant]
		type MaxReportsPerBlock: Get<u32>;

		/// Most receipts in one block.
		/// At least one, at most [`Config::MaxReportsPerBlock`], of which they are a part: leases of little rent can
		/// bring many, and a heartbeat that comes too late is a minute that is not paid.
		#[pallet::constant]
		type MaxReceiptsPerBlock: Get<u32>;

		/// Most reports of idle devices in one block.
		/// Those are activations, and heartbeats that are for no lease. At least one, at most [`Config::MaxReportsPerBlock`]; the rest is kept for devices that are
		/// leased, which may use all of it.
		#[pallet::constant]
		type MaxIdleReportsPerBlock: Get<u32>;

		/// Longest gap that counts, in seconds, whatever a lease says: a minute to a day.
		#[pallet::constant]
		type MaxHeartbeatGap: Get<u32>;

		/// Most leases of a device that one heartbeat can prove minutes of.
		/// Not less than a device's calendar holds.
		#[pallet::constant]
		type MaxLeaseWindows: Get<u32>;

		/// How long after the end of a lease receipts of it are taken, in seconds.
		/// Time in which the chain stood still is added. Not less than [`RECEIPT_INTERVAL_AFTER_END`], so that the newest
		/// one can follow another. What is not signed by then goes back to the tenant.
		#[pallet::constant]
		type ReceiptWindow: Get<u32>;

		/// How many days back the proven minutes of a device are kept one by one.
		/// Not less than the longest lease. What a lease has in total is kept until it is closed,
		/// however long that takes.
		#[pallet::constant]
		type RetainedDays: Get<u32>;

		/// What calls cost.
		type WeightInfo: WeightInfo;
	}

	/// What is known of each device that has reported.
	/// When it was last seen, and, while it is leased, the proven minutes of its lease and of the day.
	#[pallet::storage]
	pub type Livenesses<T: Config> = StorageMap<_, Twox64Concat, DeviceId, Liveness>;

	/// Proven minutes of a device on a past day, a bit each.
	/// The day that is being written is in [`Livenesses`].
	#[pallet::storage]
	pub type ProvenDays<T: Config> =
		StorageDoubleMap<_, Twox64Concat, DeviceId, Identity, Day, DayBits>;

	/// Minutes proven of a lease that is over, or was interrupted by another, and not closed.
	/// Those of the lease that is being served are in [`Livenesses`].
	#[pallet::storage]
	pub type ProvenMinutes<T: Config> = StorageMap<_, Twox64Concat, LeaseId, u32>;

	/// The newest receipt of each open lease that is paid by receipts.
	#[pallet::storage]
	pub type Receipts<T: Config> = StorageMap<_, Twox64Concat, LeaseId, Receipt>;

	/// From when the evidence of each lease is final whose device was silent at its end and was seen since.
	/// Silent for longer than its gap. Removed when the lease is closed.
	#[pallet::storage]
	pub type SilentEnds<T: Config> = StorageMap<_, Twox64Concat, LeaseId, Moment>;

	/// The block of the last report, how many reports it has, how many of idle devices, and how many receipts.
	#[pallet::storage]
	#[pallet::whitelist_storage]
	pub type ReportsInBlock<T: Config> =
		StorageValue<_, (BlockNumberFor<T>, u32, u32, u32), ValueQuery>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A device was seen. An activation counts as a heartbeat that proves nothing yet.
		HeartbeatRecorded {
			/// The device.
			device: DeviceId,
			/// How many minutes of its leases this heartbeat has newly proven.
			proven_minutes: u32,
		},
		/// A newer receipt of a lease is on chain: its tenant has signed for that much.
		ReceiptRecorded {
			/// The lease.
			lease: LeaseId,
			/// Seconds signed for so far, counted from its start.
			seconds: u64,
		},
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Makes the key of a device active.
		/// The device shows that it holds the key and serves the owner of its record. Counts as the first heartbeat of a run. A key that takes the place of an active
		/// one can do so once its time has come.
		///
		/// A general transaction without a signer, free of charge. Refused for the reasons in
		/// [`Refusal`], as stale, as exhausting resources when the block takes no more reports of idle
		/// devices, or as a bad proof.
		///
		/// - `device`: the device; its key must be pending, or another one due to take its place.
		/// - `named_block`: a recent block.
		/// - `signature`: by that key over the activation of this device for the owner in its record.
		///
		/// Emits [`Event::HeartbeatRecorded`], after the registry's event.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::activate())]
		#[pallet::authorize(|_source, device, named_block, signature| {
			Pallet::<T>::admit_activation(*device, named_block, signature)
		})]
		#[pallet::weight_of_authorize(T::WeightInfo::authorize_activate())]
		pub fn activate(
			origin: OriginFor<T>,
			device: DeviceId,
			named_block: NamedBlock,
			signature: ReportSignature,
		) -> DispatchResult {
			ensure_authorized(origin)?;
			let _ = signature;
			Self::do_activate(device, named_block.number)
		}

		/// Shows that a device is on, and proves minutes of its leases.
		/// Those since its last heartbeat, when that is not longer ago than their gap.
		///
		/// A general transaction without a signer, free of charge. Refused for the reasons in
		/// [`Refusal`], as stale when the device has named this block or a later one before, as exhausting
		/// resources when the block takes no more reports, or no more of idle devices and this is one, or as
		/// a bad proof when the signature is wrong.
		///
		/// - `device`: the device; its key must be active, and it must be offered for lease.
		/// - `named_block`: a recent block, later than the one that the device named last.
		/// - `signature`: by the device's key over the heartbeat.
		///
		/// Emits [`Event::HeartbeatRecorded`]. The weight is for the most leases that can lie in a
		/// pause; what was not needed is given back.
		#[pallet::call_index(1)]
		#[pallet::weight(
			T::WeightInfo::heartbeat()
				.saturating_add(T::WeightInfo::prove_windows(T::MaxLeaseWindows::get()))
		)]
		#[pallet::authorize(|_source, device, named_block, signature| {
			Pallet::<T>::admit_heartbeat(*device, named_block, signature)
		})]
		#[pallet::weight_of_authorize(T::WeightInfo::authorize_heartbeat())]
		pub fn heartbeat(
			origin: OriginFor<T>,
			device: DeviceId,
			named_block: NamedBlock,
			signature: ReportSignature,
		) -> DispatchResultWithPostInfo {
			ensure_authorized(origin)?;
			let _ = signature;
			let proving = Self::do_heartbeat(device, named_block.number)
				.map(T::WeightInfo::prove_windows)
				.unwrap_or_default();
			Ok(Some(T::WeightInfo::heartbeat().saturating_add(proving)).into())
		}

		/// Records for how many seconds of a lease its tenant has signed.
		/// The newest receipt is what the lease pays; it is worth all that came before it.
		///
		/// A general transaction without a signer, free of charge, brought by anyone. Refused for the reasons
		/// in [`Refusal`], as stale when a receipt for as many seconds or more is on chain, as exhausting
		/// resources when the block takes no more reports or receipts, or as a bad proof when the signature is
		/// wrong.
		///
		/// - `lease`: an open lease that is paid by receipts, begun, and over since less than
		///   [`Config::ReceiptWindow`], time not counted in which the chain stood still.
		/// - `seconds`: how many were used, counted from the start; not more than have passed.
		/// - `signature`: by the lease's access key over the receipt, or, for time before that key took
		///   its place, by the one before it.
		///
		/// Emits [`Event::ReceiptRecorded`].
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::submit_receipt())]
		#[pallet::authorize(|_source, lease, seconds, signature| {
			Pallet::<T>::admit_receipt(*lease, *seconds, signature)
		})]
		#[pallet::weight_of_authorize(T::WeightInfo::authorize_receipt())]
		pub fn submit_receipt(
			origin: OriginFor<T>,
			lease: LeaseId,
			seconds: u64,
			signature: ReportSignature,
		) -> DispatchResult {
			ensure_authorized(origin)?;
			let _ = signature;
			Self::do_submit_receipt(lease, seconds);
			Ok(())
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MinReportInterval::get() > 0, "time must pass between two heartbeats");
			assert!(
				u64::from(T::MinReportInterval::get()) <= MINUTE,
				"a device must be able to keep a gap of one minute"
			);
			let kept_hashes: u32 = T::BlockHashCount::get().unique_saturated_into();
			assert!(T::MaxNamedBlockAge::get() > 0, "the last block must be good enough to name");
			assert!(
				T::MaxNamedBlockAge::get() <= kept_hashes,
				"the hash of a block that may be named must be known"
			);
			assert!(T::MaxIdleReportsPerBlock::get() > 0, "keys must be able to become active");
			assert!(
				T::MaxIdleReportsPerBlock::get() <= T::MaxReportsPerBlock::get(),
				"idle devices have a part of the block's reports"
			);
			assert!(T::MaxReceiptsPerBlock::get() > 0, "receipts must be able to come");
			assert!(
				T::MaxReceiptsPerBlock::get() <= T::MaxReportsPerBlock::get(),
				"receipts have a part of the block's reports"
			);
			assert!(T::MaxLeaseWindows::get() > 0, "leases must be able to be proven");
			assert!(
				(MINUTE..=86_400).contains(&T::MaxHeartbeatGap::get().into()),
				"a gap is between a minute and a day"
			);
			assert!(
				T::ReceiptWindow::get() >= RECEIPT_INTERVAL_AFTER_END,
				"the newest receipt must be able to follow another after the end"
			);
			assert!(T::RetainedDays::get() > 1, "a run across midnight needs the day before");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}

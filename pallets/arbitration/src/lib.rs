// SPDX-License-Identifier: Apache-2.0

//! # Arbitration
//!
//! Arbiters from governance's list, who decide disputes about leases.
//!
//! ## A story
//! Governance puts Ada on the list. Olga names her in the terms of a series, Tom picks her when he rents
//! from it. Months later they quarrel about a scratch: the leases open a case here, Ada sees it, looks at
//! what both sides show her and decides that three tenths of the claim are Olga's. The leases pay that
//! out, and pay Ada her fee.
//!
//! ## Rules
//! - Leases ask for arbiters when they are made. Whoever leaves the list is named in no lease any more,
//!   and keeps the cases and the leases that it was named in: both sides chose it, and nobody else, nor
//!   governance, may take a dispute that is open out of its hands.
//! - An arbiter decides whose the amount in dispute is. It moves no other money, and sees none of it: the
//!   leases hold, split and pay.
//! - A case that is not decided in time is closed by the leases. No case needs a call to end.
//!
//! Jurors who are drawn at random can take the place of this pallet without a change in the leases: they
//! know it as `Arbitration`, and it knows them as `Disputes`.

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

#[cfg(feature = "runtime-benchmarks")]
#[allow(clippy::unwrap_used)]
mod benchmarking;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod mock;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
pub mod weights;

pub use pallet::*;
pub use weights::WeightInfo;

use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::pallet_prelude::DispatchResult;
use scale_info::TypeInfo;
use sp_runtime::Perbill;
use tenure_primitives::{
	traits::{Arbitration, Disputes},
	Balance, DisputeId, Moment,
};

/// A dispute that waits for its arbiter.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Case<AccountId> {
	/// Who decides.
	pub arbiter: AccountId,
	/// What is in dispute.
	pub amount: Balance,
	/// Until when it can be decided (exclusive); later by as much as the chain stood still since it was set.
	pub deadline: Moment,
}

/// A case of this runtime.
pub type CaseOf<T> = Case<<T as frame_system::Config>::AccountId>;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::pallet_prelude::*;
	use frame_system::pallet_prelude::*;
	use tenure_primitives::Uri;

	/// The in-code storage version.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// The arbiters of the chain.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the pallet needs of its runtime.
	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// Who keeps the list.
		type ForceOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// The disputes that arbiters decide.
		type Disputes: Disputes<Self::AccountId>;

		/// Weights of calls.
		type WeightInfo: WeightInfo;
	}

	/// Arbiters, each with the address at which it says how to reach it and how it decides.
	#[pallet::storage]
	pub type Arbiters<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Uri>;

	/// Disputes that wait for their arbiter.
	#[pallet::storage]
	pub type Cases<T: Config> = StorageMap<_, Twox64Concat, DisputeId, CaseOf<T>>;

	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// Governance put an arbiter on the list.
		ArbiterAdded {
			/// The arbiter.
			arbiter: T::AccountId,
			/// Where it says how to reach it and how it decides.
			uri: Uri,
		},
		/// Governance took an arbiter from the list. It keeps the cases and leases that it is named in.
		ArbiterRemoved {
			/// The arbiter.
			arbiter: T::AccountId,
		},
		/// A dispute waits for its arbiter.
		CaseOpened {
			/// The dispute.
			dispute: DisputeId,
			/// Who decides.
			arbiter: T::AccountId,
			/// What is in dispute.
			amount: Balance,
			/// Until when it can be decided (exclusive).
			deadline: Moment,
		},
		/// An arbiter decided.
		CaseDecided {
			/// The dispute.
			dispute: DisputeId,
			/// Who decided.
			arbiter: T::AccountId,
			/// The claimant's share of the amount.
			claimant_share: Perbill,
		},
	}

	/// Why a call was refused.
	#[pallet::error]
	pub enum Error<T> {
		/// The account is on the list already.
		AlreadyArbiter,
		/// The account is not on the list.
		NotArbiter,
		/// No such dispute waits for an arbiter.
		UnknownCase,
		/// Another arbiter decides this case.
		NotArbiterOfCase,
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Puts an arbiter on the list.
		///
		/// - `origin`: governance.
		/// - `uri`: where it says how to reach it and how it decides; up to 128 bytes.
		/// - Fails with `AlreadyArbiter`.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::add_arbiter())]
		pub fn add_arbiter(
			origin: OriginFor<T>,
			account: T::AccountId,
			uri: Uri,
		) -> DispatchResult {
			T::ForceOrigin::ensure_origin(origin)?;
			ensure!(!Arbiters::<T>::contains_key(&account), Error::<T>::AlreadyArbiter);
			Arbiters::<T>::insert(&account, &uri);
			Self::deposit_event(Event::ArbiterAdded { arbiter: account, uri });
			Ok(())
		}

		/// Takes an arbiter from the list.
		/// It can be named in no lease any more, and keeps the cases and leases that it is named in.
		///
		/// - `origin`: governance.
		/// - Fails with `NotArbiter`.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::remove_arbiter())]
		pub fn remove_arbiter(origin: OriginFor<T>, account: T::AccountId) -> DispatchResult {
			T::ForceOrigin::ensure_origin(origin)?;
			Arbiters::<T>::take(&account).ok_or(Error::<T>::NotArbiter)?;
			Self::deposit_event(Event::ArbiterRemoved { arbiter: account });
			Ok(())
		}

		/// Splits the amount of a dispute between its sides, for good.
		///
		/// - `origin`: signed by the arbiter that the dispute waits for.
		/// - `claimant_share`: what the claimant gets of the amount; the rest is the respondent's.
		///
		/// Fails with `UnknownCase`, `NotArbiterOfCase`, and with the errors of the leases if it is too
		/// late.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::decide())]
		pub fn decide(
			origin: OriginFor<T>,
			dispute: DisputeId,
			claimant_share: Perbill,
		) -> DispatchResult {
			let arbiter = ensure_signed(origin)?;
			let case = Cases::<T>::get(dispute).ok_or(Error::<T>::UnknownCase)?;
			ensure!(case.arbiter == arbiter, Error::<T>::NotArbiterOfCase);
			// Told before the money moves, so that the events read in the order of the story.
			Self::deposit_event(Event::CaseDecided {
				dispute,
				arbiter: arbiter.clone(),
				claimant_share,
			});
			T::Disputes::decided(dispute, claimant_share, &arbiter)
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}

#[cfg(any(feature = "try-runtime", test))]
impl<T: Config> Pallet<T> {
	/// Checks that each case is of a dispute that waits for its arbiter.
	pub(crate) fn do_try_state() -> Result<(), sp_runtime::TryRuntimeError> {
		for (dispute, case) in Cases::<T>::iter() {
			frame_support::ensure!(
				T::Disputes::arbiter_of(dispute).as_ref() == Some(&case.arbiter),
				"case of a dispute that does not wait for its arbiter"
			);
		}
		Ok(())
	}
}

impl<T: Config> Arbitration<T::AccountId> for Pallet<T> {
	fn is_arbiter(who: &T::AccountId) -> bool {
		Arbiters::<T>::contains_key(who)
	}

	fn opened(dispute: DisputeId, arbiter: &T::AccountId, amount: Balance, deadline: Moment) {
		Cases::<T>::insert(dispute, Case { arbiter: arbiter.clone(), amount, deadline });
		Self::deposit_event(Event::CaseOpened {
			dispute,
			arbiter: arbiter.clone(),
			amount,
			deadline,
		});
	}

	fn closed(dispute: DisputeId) {
		Cases::<T>::remove(dispute);
	}
}

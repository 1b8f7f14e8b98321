// SPDX-License-Identifier: Apache-2.0

//! A runtime of this pallet and a double of the leases: disputes are kept in storage, so that a failed
//! call rolls them back too.

pub use crate as pallet_arbitration;
use frame_support::{assert_ok, derive_impl, ensure, pallet_prelude::DispatchResult};
use frame_system::EnsureRoot;
use sp_runtime::{BuildStorage, DispatchError, Perbill};
use tenure_primitives::{
	traits::{Arbitration as _, Disputes},
	DisputeId, DisputeKind,
};

pub type AccountId = u64;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Runtime;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Leases = leases;
	#[runtime::pallet_index(2)]
	pub type Arbitration = pallet_arbitration;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Runtime {
	type Block = frame_system::mocking::MockBlock<Runtime>;
}

impl leases::Config for Runtime {}

impl crate::Config for Runtime {
	type ForceOrigin = EnsureRoot<AccountId>;
	type Disputes = Leases;
	type WeightInfo = ();
}

/// The double of the leases.
#[frame_support::pallet]
pub mod leases {
	use frame_support::pallet_prelude::*;
	use sp_runtime::Perbill;
	use tenure_primitives::DisputeId;

	#[pallet::pallet]
	#[pallet::without_storage_info]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<AccountId = u64> {}

	/// Disputes that wait for an arbiter.
	#[pallet::storage]
	pub type Waiting<T: Config> = StorageMap<_, Twox64Concat, DisputeId, u64>;

	/// Disputes that were decided.
	#[pallet::storage]
	pub type Decided<T: Config> = StorageMap<_, Twox64Concat, DisputeId, (u64, Perbill)>;

	/// Whether it is too late for all of them.
	#[pallet::storage]
	pub type TooLate<T: Config> = StorageValue<_, bool, ValueQuery>;
}

impl Disputes<AccountId> for Leases {
	fn arbiter_of(dispute: DisputeId) -> Option<AccountId> {
		leases::Waiting::<Runtime>::get(dispute)
	}

	fn decided(dispute: DisputeId, claimant_share: Perbill, arbiter: &AccountId) -> DispatchResult {
		leases::Waiting::<Runtime>::remove(dispute);
		leases::Decided::<Runtime>::insert(dispute, (*arbiter, claimant_share));
		Arbitration::closed(dispute);
		ensure!(!leases::TooLate::<Runtime>::get(), DispatchError::Unavailable);
		Ok(())
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_dispute(arbiter: &AccountId) -> DisputeId {
		open(*arbiter);
		DISPUTE
	}
}

pub const ADA: AccountId = 1;
pub const BEN: AccountId = 2;

pub const DISPUTE: DisputeId = DisputeId { lease: 7, kind: DisputeKind::Rent };

/// The leases open a case.
pub fn open(arbiter: AccountId) {
	leases::Waiting::<Runtime>::insert(DISPUTE, arbiter);
	Arbitration::opened(DISPUTE, &arbiter, 1_000, 500);
}

pub fn new_test_ext() -> sp_io::TestExternalities {
	let mut ext = sp_io::TestExternalities::new(
		frame_system::GenesisConfig::<Runtime>::default().build_storage().unwrap(),
	);
	ext.execute_with(|| System::set_block_number(1));
	ext
}

/// Runs `test` with Ada on the list, then checks the invariants.
pub fn execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		assert_ok!(Arbitration::add_arbiter(
			RuntimeOrigin::root(),
			ADA,
			b"https://ada.example".to_vec().try_into().unwrap()
		));
		test();
		assert_ok!(Arbitration::do_try_state());
	});
}

pub fn events() -> Vec<crate::Event<Runtime>> {
	System::read_events_for_pallet()
}

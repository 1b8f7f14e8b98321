// SPDX-License-Identifier: Apache-2.0

//! A runtime with this pallet, balances, assets, and doubles for its neighbours.

use crate::{self as pallet_usage_token, LeaseTermsOf};
use alloc::{boxed::Box, vec};
use core::time::Duration;
use frame_support::{
	derive_impl, parameter_types,
	traits::{
		fungible::HoldConsideration, AsEnsureOriginWithArg, ConstU128, ConstU32, ConstU64,
		LinearStoragePrice, NeverEnsureOrigin, UnixTime,
	},
	PalletId,
};
use frame_system::{EnsureNever, RawOrigin};
use sp_runtime::{traits::IdentityLookup, AccountId32, BuildStorage, Perbill};
use tenure_primitives::{
	series::RedeemShares, Acceptance, Admission, Balance, CancellationStep, Custody, DeviceId,
	EvidencePolicy, FleetId, LegalText, Moment, SaleConditions, SeriesId, Subject,
};

pub use neighbours::*;

mod neighbours;

pub type AccountId = AccountId32;

pub const OLGA: AccountId = AccountId::new([1; 32]);
pub const OTTO: AccountId = AccountId::new([2; 32]);
pub const TOM: AccountId = AccountId::new([3; 32]);
pub const TINA: AccountId = AccountId::new([4; 32]);
/// Has nothing.
pub const NOBODY: AccountId = AccountId::new([5; 32]);
pub const TREASURY: AccountId = AccountId::new([9; 32]);

pub const ED: Balance = 10;
pub const FORTUNE: Balance = 1_000_000_000;
pub const DAY: Moment = 86_400;
/// When the tests begin.
pub const START: Moment = 1_800_000_000;

/// Olga's.
pub const GPU: DeviceId = 1;
/// Olga's too.
pub const RIG: DeviceId = 2;
/// Otto's.
pub const DRONE: DeviceId = 3;

/// Stands for the lease pallet: its hold reason is what leases are held for.
#[frame_support::pallet(dev_mode)]
pub mod leases {
	#[pallet::config]
	pub trait Config: frame_system::Config {}

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::composite_enum]
	pub enum HoldReason {
		Rent,
	}
}

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
		RuntimeTask
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(2)]
	pub type Assets = pallet_assets;
	#[runtime::pallet_index(3)]
	pub type UsageToken = pallet_usage_token;
	#[runtime::pallet_index(4)]
	pub type Leases = leases;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountData = pallet_balances::AccountData<Balance>;
	type AccountId = AccountId;
	type Block = frame_system::mocking::MockBlock<Test>;
	type Lookup = IdentityLookup<AccountId>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
	type Balance = Balance;
	type ExistentialDeposit = ConstU128<ED>;
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Test {
	type AssetAccountDeposit = ConstU128<0>;
	type AssetDeposit = ConstU128<0>;
	type Balance = Balance;
	type CreateOrigin = AsEnsureOriginWithArg<NeverEnsureOrigin<AccountId>>;
	type Currency = Balances;
	type ForceOrigin = EnsureNever<AccountId>;
	type MetadataDepositBase = ConstU128<0>;
	type MetadataDepositPerByte = ConstU128<0>;
}

impl leases::Config for Test {}

parameter_types! {
	pub const UsageTokenId: PalletId = PalletId(*b"tnr/usag");
	pub const SeriesRecordReason: RuntimeHoldReason =
		RuntimeHoldReason::UsageToken(pallet_usage_token::HoldReason::SeriesRecord);
	pub const MinRedeemShare: Perbill = Perbill::from_percent(90);
	pub const MinCancellationShare: Perbill = Perbill::from_percent(1);
	pub const TreasuryAccount: AccountId = TREASURY;
	pub static Now: Moment = START;
}

impl pallet_usage_token::Config for Test {
	type Arbitration = List;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkClock = Clock;
	type ClosingNotice = ConstU64<{ 3 * DAY }>;
	type Consideration = HoldConsideration<
		AccountId,
		Balances,
		SeriesRecordReason,
		LinearStoragePrice<ConstU128<100>, ConstU128<2>, Balance>,
	>;
	type Currency = Balances;
	type Devices = DeviceDouble;
	type Leases = Calendars;
	type MaxAdvance = ConstU32<{ 366 * 86_400 }>;
	type MaxDuration = ConstU32<{ 366 * 86_400 }>;
	type MaxHeartbeatGap = ConstU32<86_400>;
	type MaxHorizon = ConstU64<{ 3_660 * DAY }>;
	type MaxWindowsPerSubject = ConstU32<4>;
	type MinCancellationShare = MinCancellationShare;
	type MinHeartbeatGap = ConstU32<60>;
	type MinRedeemShare = MinRedeemShare;
	type MinUnitPrice = ConstU128<5>;
	type PalletId = UsageTokenId;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Time = Clock;
	type Treasury = TreasuryAccount;
	type Units = Assets;
	type WeightInfo = ();
}

pub struct Clock;

impl UnixTime for Clock {
	fn now() -> Duration {
		Duration::from_secs(Now::get())
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl tenure_primitives::traits::BenchmarkClock for Clock {
	fn set_time(now: Moment) {
		Now::set(now);
	}
}

pub fn signed(who: &AccountId) -> RuntimeOrigin {
	RawOrigin::Signed(who.clone()).into()
}

/// Minutes at 100, usable for ten days from one day after the start, on sale at once.
pub fn sale() -> SaleConditions {
	SaleConditions {
		unit_seconds: 60,
		unit_price: 100,
		cap: 100_000,
		sale_from: START,
		sale_until: START + 11 * DAY,
		usable_from: START + DAY,
		usable_until: START + 11 * DAY,
		redeem_shares: RedeemShares {
			before: Perbill::one(),
			during: Perbill::from_percent(95),
			after: Perbill::from_percent(90),
		},
		transferable: true,
	}
}

pub fn terms() -> LeaseTermsOf<Test> {
	LeaseTermsOf::<Test> {
		min_duration: 600,
		max_duration: 5 * 86_400,
		advance_limit: 30 * 86_400,
		turnaround: 60,
		acceptance: Acceptance::Automatic,
		cancellation: vec![
			CancellationStep { notice: 86_400, share: Perbill::from_percent(1) },
			CancellationStep { notice: 0, share: Perbill::from_percent(50) },
		]
		.try_into()
		.unwrap(),
		tenant_notice: 60,
		owner_notice: 3_600,
		owner_penalty: Perbill::from_percent(20),
		penalty_free_share: Perbill::from_percent(5),
		damage_deposit: 0,
		arbiters: Default::default(),
		custody: Custody::Remote,
		evidence: EvidencePolicy::Heartbeat { max_gap: 120 },
		objection_window: 0,
		legal: LegalText { document: [7; 32].into(), uri: Default::default() },
		admission: Admission::Anyone,
		required_endorsement: None,
		geofence: None,
	}
}

/// Makes a series for a device and returns its number.
pub fn create(owner: &AccountId, device: DeviceId, sale: SaleConditions) -> SeriesId {
	create_for(owner, Subject::Device(device), sale)
}

/// Makes a series for a fleet and returns its number.
pub fn create_for_fleet(owner: &AccountId, fleet: FleetId, sale: SaleConditions) -> SeriesId {
	create_for(owner, Subject::Fleet(fleet), sale)
}

fn create_for(owner: &AccountId, subject: Subject, sale: SaleConditions) -> SeriesId {
	let series = crate::NextSeriesId::<Test>::get();
	UsageToken::create_series(signed(owner), subject, sale, Box::new(terms())).unwrap();
	series
}

pub fn new_test_ext() -> sp_io::TestExternalities {
	Now::set(START);
	forget_neighbours();
	add_device(GPU, OLGA);
	add_device(RIG, OLGA);
	add_device(DRONE, OTTO);
	let balances = [OLGA, OTTO, TOM, TINA, TREASURY].map(|who| (who, FORTUNE)).to_vec();
	let storage = RuntimeGenesisConfig {
		balances: pallet_balances::GenesisConfig { balances, ..Default::default() },
		..Default::default()
	}
	.build_storage()
	.unwrap();
	let mut ext = sp_io::TestExternalities::new(storage);
	ext.execute_with(|| System::set_block_number(1));
	ext
}

/// Runs `test` on a new chain and checks the invariants after it.
pub fn build_and_execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		check_state();
	})
}

pub fn check_state() {
	UsageToken::do_try_state().unwrap();
}

// SPDX-License-Identifier: Apache-2.0

//! A runtime with this pallet, balances, assets, and doubles for its neighbours.

use crate::{self as pallet_usage_token, LeaseTermsOf};
use alloc::{boxed::Box, collections::BTreeMap, vec, vec::Vec};
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
use sp_runtime::{
	traits::IdentityLookup, AccountId32, BuildStorage, DispatchError, DispatchResult, Perbill,
};
use tenure_primitives::{
	series::RedeemShares,
	traits::{BookedTime, Devices},
	Acceptance, Admission, Balance, CancellationStep, Custody, DeviceId, DeviceInfo, DeviceKey,
	DeviceStatus, EvidencePolicy, LegalText, Moment, PublicKey, SaleConditions, SeriesId, Subject,
};

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
	pub static Registry: BTreeMap<DeviceId, DeviceInfo<AccountId>> = BTreeMap::new();
	/// Booked stretches of time, pauses included.
	pub static Bookings: Vec<(DeviceId, Moment, Moment)> = vec![];
}

impl pallet_usage_token::Config for Test {
	type BookedTime = Calendars;
	type Consideration = HoldConsideration<
		AccountId,
		Balances,
		SeriesRecordReason,
		LinearStoragePrice<ConstU128<100>, ConstU128<2>, Balance>,
	>;
	type Currency = Balances;
	type Devices = DeviceDouble;
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

pub struct DeviceDouble;

impl Devices<AccountId> for DeviceDouble {
	fn device(device: DeviceId) -> Result<DeviceInfo<AccountId>, DispatchError> {
		Registry::get().get(&device).cloned().ok_or(DispatchError::Other("no such device"))
	}

	fn activate_key(_: DeviceId) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}

	fn can_activate_key(_: DeviceId) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_device(owner: &AccountId, key: PublicKey) -> DeviceId {
		let device = Registry::get().len() as DeviceId + 1_000;
		add_device(device, owner.clone());
		change_device(device, |info| info.key = Some(DeviceKey { public: key, active: true }));
		device
	}
}

pub struct Calendars;

impl BookedTime for Calendars {
	fn booked_seconds(subject: &Subject, from: Moment, until: Moment) -> u64 {
		Bookings::get()
			.into_iter()
			.filter(|booking| Subject::Device(booking.0) == *subject)
			.map(|(_, start, end)| end.min(until).saturating_sub(start.max(from)))
			.sum()
	}
}

pub fn add_device(device: DeviceId, owner: AccountId) {
	let public = PublicKey::Ed25519([u8::try_from(device % 251).unwrap(); 32]);
	let info = DeviceInfo {
		owner,
		status: DeviceStatus::Listed,
		fleet: None,
		key: Some(DeviceKey { public, active: false }),
		heartbeat_gap: 120,
		registered_at: START,
	};
	Registry::mutate(|devices| devices.insert(device, info));
}

pub fn change_device(device: DeviceId, change: impl FnOnce(&mut DeviceInfo<AccountId>)) {
	Registry::mutate(|devices| change(devices.get_mut(&device).unwrap()));
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

/// Makes a series and returns its number.
pub fn create(owner: &AccountId, device: DeviceId, sale: SaleConditions) -> SeriesId {
	let series = crate::NextSeriesId::<Test>::get();
	let subject = Subject::Device(device);
	UsageToken::create_series(signed(owner), subject, sale, Box::new(terms())).unwrap();
	series
}

pub fn new_test_ext() -> sp_io::TestExternalities {
	Now::set(START);
	Bookings::set(vec![]);
	Registry::set(BTreeMap::new());
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

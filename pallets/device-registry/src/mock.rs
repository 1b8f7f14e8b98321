// SPDX-License-Identifier: Apache-2.0

//! A runtime with the registry and balances, and doubles of what the registry asks others.

use crate::{self as pallet_device_registry, DeviceUpdate, Devices, HoldReason};
use core::time::Duration;
use frame_support::{
	derive_impl,
	traits::{
		fungible::{HoldConsideration, InspectHold},
		ConstU128, ConstU32, ConstU8, LinearStoragePrice, UnixTime,
	},
	BoundedVec,
};
use sp_runtime::{BuildStorage, DispatchResult};
use std::{cell::RefCell, collections::BTreeMap, collections::BTreeSet};
use tenure_primitives::{
	traits::DeviceCommitments, Balance, Capabilities, Capability, CapabilityValue, DeviceClass,
	DeviceId, DeviceKey, DeviceStatus, Location, Metadata, Moment, PublicKey,
};

pub type AccountId = u64;

pub const OLGA: AccountId = 1;
pub const OSCAR: AccountId = 2;
/// Owns less than a record costs.
pub const PAUL: AccountId = 3;
pub const OWNERS: [AccountId; 3] = [OLGA, OSCAR, PAUL];

pub const ENDOWMENT: Balance = 1_000_000;
pub const PITTANCE: Balance = 500;
pub const EXISTENTIAL_DEPOSIT: Balance = 10;
pub const BASE_PRICE: Balance = 1_000;
pub const BYTE_PRICE: Balance = 10;
pub const START: Moment = 1_800_000_000;

/// San Francisco at resolution 5, the finest that the mock allows.
pub const CELL: u64 = 0x0852_8347_3fff_ffff;
/// The same place at resolution 6.
pub const FINER_CELL: u64 = 0x0862_8347_07ff_ffff;

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
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(2)]
	pub type DeviceRegistry = pallet_device_registry;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlock<Test>;
	type AccountData = pallet_balances::AccountData<Balance>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = ConstU128<EXISTENTIAL_DEPOSIT>;
	type AccountStore = System;
}

frame_support::parameter_types! {
	pub const RecordReason: RuntimeHoldReason =
		RuntimeHoldReason::DeviceRegistry(HoldReason::DeviceRecord);
}

impl crate::Config for Test {
	type Time = Clock;
	type Consideration = HoldConsideration<
		AccountId,
		Balances,
		RecordReason,
		LinearStoragePrice<ConstU128<BASE_PRICE>, BytePrice, Balance>,
	>;
	type Commitments = (Claims,);
	type MinHeartbeatGap = ConstU32<60>;
	type MaxHeartbeatGap = ConstU32<86_400>;
	type MaxLocationResolution = ConstU8<5>;
	type WeightInfo = ();
}

thread_local! {
	static NOW: RefCell<Moment> = const { RefCell::new(START) };
	static PRICE: RefCell<Balance> = const { RefCell::new(BYTE_PRICE) };
	static CLAIMED: RefCell<BTreeSet<DeviceId>> = const { RefCell::new(BTreeSet::new()) };
}

/// A clock that tests set.
pub struct Clock;

impl Clock {
	pub fn set(now: Moment) {
		NOW.set(now);
	}
}

impl UnixTime for Clock {
	fn now() -> Duration {
		Duration::from_secs(NOW.with_borrow(|now| *now))
	}
}

/// A price for a stored byte that tests change, as a runtime upgrade would.
pub struct BytePrice;

impl BytePrice {
	pub fn set(price: Balance) {
		PRICE.set(price);
	}
}

impl frame_support::traits::Get<Balance> for BytePrice {
	fn get() -> Balance {
		PRICE.with_borrow(|price| *price)
	}
}

/// Claims of others on devices.
pub struct Claims;

impl Claims {
	pub fn put(device: DeviceId) {
		CLAIMED.with_borrow_mut(|claimed| claimed.insert(device));
	}

	pub fn clear(device: DeviceId) {
		CLAIMED.with_borrow_mut(|claimed| claimed.remove(&device));
	}
}

impl DeviceCommitments for Claims {
	fn is_committed(device: DeviceId) -> bool {
		CLAIMED.with_borrow(|claimed| claimed.contains(&device))
	}
}

pub fn new_test_ext() -> sp_io::TestExternalities {
	Clock::set(START);
	BytePrice::set(BYTE_PRICE);
	CLAIMED.take();
	let balances = vec![(OLGA, ENDOWMENT), (OSCAR, ENDOWMENT), (PAUL, PITTANCE)];
	let genesis = RuntimeGenesisConfig {
		balances: pallet_balances::GenesisConfig { balances, ..Default::default() },
		..Default::default()
	};
	let mut ext = sp_io::TestExternalities::new(genesis.build_storage().unwrap());
	ext.execute_with(|| System::set_block_number(1));
	ext
}

/// Runs `test` on a fresh chain, then checks everything that has to hold at any time.
pub fn build_and_execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		let issued = Balances::total_issuance();
		test();
		check_invariants();
		assert_eq!(Balances::total_issuance(), issued, "the registry moved the total issuance");
	});
}

/// The pallet's own invariants, and the one that it can't see: what is on hold for records is the sum
/// of their deposits, for each owner.
pub fn check_invariants() {
	DeviceRegistry::do_try_state().unwrap();
	let mut deposits = BTreeMap::<AccountId, Balance>::new();
	for record in Devices::<Test>::iter_values() {
		*deposits.entry(record.owner).or_default() += DeviceRegistry::deposit(&record.ticket);
	}
	for owner in OWNERS {
		assert_eq!(held(owner), deposits.get(&owner).copied().unwrap_or_default());
	}
}

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

/// What `who` has on hold for records.
pub fn held(who: AccountId) -> Balance {
	Balances::balance_on_hold(&RecordReason::get(), &who)
}

pub fn key(byte: u8) -> PublicKey {
	PublicKey::Sr25519([byte; 32])
}

pub fn location() -> Location {
	Location { cell: CELL, country: *b"US" }
}

pub fn capabilities() -> Capabilities {
	let of = |capability, value| CapabilityValue { capability, value };
	let list = vec![of(Capability::GpuCount, 1), of(Capability::GpuMemoryMib, 24_576)];
	Capabilities::try_from(list).unwrap()
}

pub fn metadata() -> Metadata {
	Metadata { document: [9; 32].into(), uri: uri(b"ipfs://gpu") }
}

pub fn uri(bytes: &[u8]) -> tenure_primitives::Uri {
	BoundedVec::truncate_from(bytes.to_vec())
}

/// A call to register a device; tests change what they are about.
#[derive(Clone)]
pub struct Registration {
	pub location: Option<Location>,
	pub metadata: Metadata,
	pub capabilities: Capabilities,
	pub heartbeat_gap: u32,
	pub key: Option<PublicKey>,
}

impl Default for Registration {
	fn default() -> Self {
		Self {
			location: Some(location()),
			metadata: metadata(),
			capabilities: capabilities(),
			heartbeat_gap: 300,
			key: Some(key(1)),
		}
	}
}

impl Registration {
	pub fn by(self, who: AccountId) -> DispatchResult {
		DeviceRegistry::register(
			signed(who),
			DeviceClass::Gpu,
			self.capabilities,
			self.location,
			self.metadata,
			self.heartbeat_gap,
			self.key,
		)
	}
}

/// Registers a device with this key and returns its number.
pub fn registered(who: AccountId, key: Option<PublicKey>) -> DeviceId {
	let device = crate::NextDeviceId::<Test>::get();
	Registration { key, ..Default::default() }.by(who).unwrap();
	device
}

/// The same with the key active.
pub fn activated(who: AccountId, key: PublicKey) -> DeviceId {
	let device = registered(who, Some(key));
	DeviceRegistry::do_activate_key(device).unwrap();
	device
}

/// Marks a device missing, as the lease pallet will.
pub fn lose(device: DeviceId) {
	Devices::<Test>::mutate(device, |record| {
		record.as_mut().unwrap().status = DeviceStatus::Missing;
	});
}

pub fn key_of(device: DeviceId) -> Option<DeviceKey> {
	Devices::<Test>::get(device).unwrap().key
}

pub fn new_key(key: PublicKey) -> DeviceUpdate {
	DeviceUpdate { key: Some(key), ..Default::default() }
}

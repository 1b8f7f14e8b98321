// SPDX-License-Identifier: Apache-2.0

//! A runtime with the registry and balances, and doubles of what the registry asks others.

mod neighbours;

pub use neighbours::*;

use crate::{self as pallet_device_registry, DeviceUpdate, Devices, Fleets, HoldReason};
use frame_support::{
	assert_noop, derive_impl,
	storage::with_storage_layer,
	traits::{
		fungible::{HoldConsideration, InspectHold},
		ConstU128, ConstU32, ConstU64, ConstU8, LinearStoragePrice,
	},
	BoundedVec,
};
use frame_system::EnsureRoot;
use sp_runtime::{BuildStorage, DispatchError, DispatchResult};
use std::collections::BTreeMap;
use tenure_primitives::{
	Balance, Capabilities, Capability, CapabilityValue, DeviceClass, DeviceId, DeviceKey, FleetId,
	Location, Metadata, Moment, PublicKey,
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
/// Most members of a fleet.
pub const MAX_MEMBERS: u32 = 4;
/// How long a new key waits.
pub const DELAY: Moment = 86_400;

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
	pub const FleetReason: RuntimeHoldReason =
		RuntimeHoldReason::DeviceRegistry(HoldReason::FleetRecord);
}

type PricedHold<Reason> = HoldConsideration<
	AccountId,
	Balances,
	Reason,
	LinearStoragePrice<ConstU128<BASE_PRICE>, BytePrice, Balance>,
>;

impl crate::Config for Test {
	type Time = Clock;
	type Consideration = Ticket<PricedHold<RecordReason>>;
	type FleetConsideration = Ticket<PricedHold<FleetReason>>;
	type Commitments = (Claims,);
	type Leases = LeasesAhead;
	type Fleets = Sales;
	type ForceOrigin = EnsureRoot<AccountId>;
	type MaxFleetMembers = ConstU32<MAX_MEMBERS>;
	type KeyRotationDelay = ConstU64<DELAY>;
	type MinHeartbeatGap = ConstU32<60>;
	type MaxHeartbeatGap = ConstU32<86_400>;
	type MaxLocationResolution = ConstU8<5>;
	type WeightInfo = ();
}

pub fn new_test_ext() -> sp_io::TestExternalities {
	neighbours::reset();
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
	let mut fleet_deposits = BTreeMap::<AccountId, Balance>::new();
	for record in Fleets::<Test>::iter_values() {
		*fleet_deposits.entry(record.owner).or_default() += DeviceRegistry::deposit(&record.ticket);
	}
	for owner in OWNERS {
		assert_eq!(held(owner), deposits.get(&owner).copied().unwrap_or_default());
		assert_eq!(held_for_fleets(owner), fleet_deposits.get(&owner).copied().unwrap_or_default());
	}
}

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

/// What `who` has on hold for fleets.
pub fn held_for_fleets(who: AccountId) -> Balance {
	Balances::balance_on_hold(&FleetReason::get(), &who)
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

/// Marks a device missing, as its owner can.
pub fn lose(device: DeviceId) {
	let owner = Devices::<Test>::get(device).unwrap().owner;
	DeviceRegistry::report_missing(signed(owner), device).unwrap();
}

/// A new fleet with these devices of `who`.
pub fn fleet_with(who: AccountId, devices: &[DeviceId]) -> FleetId {
	let fleet = crate::NextFleetId::<Test>::get();
	DeviceRegistry::create_fleet(signed(who)).unwrap();
	for device in devices {
		DeviceRegistry::add_to_fleet(signed(who), fleet, *device).unwrap();
	}
	fleet
}

/// Hands the device over.
pub fn hand_over(device: DeviceId, from: AccountId, to: AccountId) {
	DeviceRegistry::offer_transfer(signed(from), device, to).unwrap();
	DeviceRegistry::accept_transfer(signed(to), device, Balance::MAX).unwrap();
}

/// The call fails for this reason and, as a transaction, leaves nothing behind.
#[track_caller]
pub fn assert_undone<T, E>(call: impl FnOnce() -> Result<T, E>, reason: impl Into<E>)
where
	T: PartialEq + core::fmt::Debug,
	E: From<DispatchError> + PartialEq + core::fmt::Debug,
{
	let reason: E = reason.into();
	assert_noop!(with_storage_layer(call), reason);
}

/// The events of this pallet since the block began.
pub fn events() -> Vec<crate::Event<Test>> {
	let ours = |event| match event {
		RuntimeEvent::DeviceRegistry(event) => Some(event),
		_ => None,
	};
	System::events().into_iter().filter_map(|record| ours(record.event)).collect()
}

pub fn key_of(device: DeviceId) -> Option<DeviceKey> {
	Devices::<Test>::get(device).unwrap().key
}

pub fn new_key(key: PublicKey) -> DeviceUpdate {
	DeviceUpdate { key: Some(key), ..Default::default() }
}

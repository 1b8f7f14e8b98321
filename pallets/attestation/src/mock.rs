// SPDX-License-Identifier: Apache-2.0

//! A chain with this pallet alone. Its neighbours are doubles that a test fills by hand, and its
//! blocks have made-up hashes.

#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used)]

use crate as pallet_attestation;
use codec::Encode;
use core::time::Duration;
use frame_support::{
	derive_impl,
	dispatch::{DispatchResult, DispatchResultWithPostInfo, GetDispatchInfo},
	parameter_types,
	traits::UnixTime,
};
use sp_core::{ecdsa, ed25519, sr25519, Pair, H256};
use sp_runtime::{
	testing::UintAuthorityId,
	traits::{Applyable, BlakeTwo256, Checkable},
	transaction_validity::{TransactionSource, TransactionValidityError, ValidTransaction},
	BuildStorage, DispatchError,
};
use std::collections::{BTreeMap, BTreeSet};
use tenure_primitives::{
	traits::{Devices, LeaseWindows, Offers},
	DeviceId, DeviceInfo, DeviceKey, DeviceStatus, EvidencePolicy, FleetId, FleetInfo, KeyRotation,
	LeaseId, LeaseWindow, Moment, NamedBlock, PublicKey, ReceiptTerms, ReportBody, ReportSignature,
	SignedReceipt, SignedReport,
};

pub type AccountId = u64;
pub type TxExtension = (frame_system::AuthorizeCall<Test>,);
pub type Header = sp_runtime::generic::Header<u32, BlakeTwo256>;
pub type UncheckedExtrinsic =
	sp_runtime::generic::UncheckedExtrinsic<AccountId, RuntimeCall, UintAuthorityId, TxExtension>;
pub type Block = sp_runtime::generic::Block<Header, UncheckedExtrinsic>;

pub const OLGA: AccountId = 1;
pub const OTTO: AccountId = 2;

/// A whole number of days since the epoch: midnight.
pub const MIDNIGHT: Moment = 20_000 * 86_400;
/// Noon of the same day: when the chain starts.
pub const NOON: Moment = MIDNIGHT + 43_200;
/// Seconds between two blocks.
pub const SLOT: Moment = 3;

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
	pub type System = frame_system::Pallet<Test>;

	#[runtime::pallet_index(1)]
	pub type Attestation = pallet_attestation::Pallet<Test>;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type BlockHashCount = frame_support::traits::ConstU32<256>;
}

parameter_types! {
	pub static Clock: Moment = NOON;
	pub static Registry: BTreeMap<DeviceId, DeviceInfo<AccountId>> = Default::default();
	pub static Rotations: BTreeMap<DeviceId, KeyRotation> = Default::default();
	pub static Retired: BTreeSet<DeviceId> = Default::default();
	pub static Offered: BTreeSet<DeviceId> = Default::default();
	pub static Calendar: BTreeMap<DeviceId, Vec<LeaseWindow>> = Default::default();
	pub static CoSigned: BTreeMap<LeaseId, ReceiptTerms> = Default::default();
	pub static MaxIdleReportsPerBlock: u32 = 3;
	pub static MaxReceiptsPerBlock: u32 = 4;
	pub static StoodStill: Moment = 0;
	pub static ReceiptWindow: u32 = 3_600;
}

impl pallet_attestation::Config for Test {
	type Time = Clock;
	type Devices = Registry;
	type Offers = Offered;
	type LeaseWindows = Calendar;
	type MinReportInterval = frame_support::traits::ConstU32<30>;
	type MaxNamedBlockAge = frame_support::traits::ConstU32<200>;
	type MaxReportsPerBlock = frame_support::traits::ConstU32<5>;
	type MaxIdleReportsPerBlock = MaxIdleReportsPerBlock;
	type MaxReceiptsPerBlock = MaxReceiptsPerBlock;
	type MaxHeartbeatGap = frame_support::traits::ConstU32<86_400>;
	type MaxLeaseWindows = frame_support::traits::ConstU32<64>;
	type ReceiptWindow = ReceiptWindow;
	type RetainedDays = frame_support::traits::ConstU32<4>;
	type WeightInfo = ();
}

impl UnixTime for Clock {
	fn now() -> Duration {
		Duration::from_secs(Clock::get())
	}
}

/// The errors of the registry's double.
const UNKNOWN: DispatchError = DispatchError::Other("unknown or retired");
const NOT_DUE: DispatchError = DispatchError::Other("key rotation not due");
const KEY_TAKEN: DispatchError = DispatchError::Other("key active elsewhere");

impl Devices<AccountId> for Registry {
	fn device(device: DeviceId) -> Result<DeviceInfo<AccountId>, DispatchError> {
		Registry::get().remove(&device).ok_or(UNKNOWN)
	}

	fn pending_key(device: DeviceId) -> Result<PublicKey, DispatchError> {
		let info = Self::device(device)?;
		let mut key = info.key.ok_or(UNKNOWN)?.public;
		if info.status == DeviceStatus::Missing {
			return Err(UNKNOWN);
		}
		if let Some(rotation) = Self::key_rotation(device) {
			if rotation.from > Clock::get() {
				return Err(NOT_DUE);
			}
			key = rotation.public;
		}
		let is_active = |info: &DeviceInfo<AccountId>| {
			info.key.is_some_and(|other| other.active && other.public == key)
		};
		if Registry::get().values().any(is_active) {
			return Err(KEY_TAKEN);
		}
		Ok(key)
	}

	fn activate_key(device: DeviceId) -> DispatchResult {
		let public = Self::pending_key(device)?;
		amend(device, |info| info.key = Some(DeviceKey { public, active: true }));
		let mut rotations = Rotations::get();
		rotations.remove(&device);
		Rotations::set(rotations);
		Ok(())
	}

	fn key_rotation(device: DeviceId) -> Option<KeyRotation> {
		Rotations::get().remove(&device)
	}

	fn fleet(_: FleetId) -> Result<FleetInfo<AccountId>, DispatchError> {
		Err(UNKNOWN)
	}

	fn fleet_members(_: FleetId) -> Vec<DeviceId> {
		Vec::new()
	}

	fn max_fleet_members() -> u32 {
		0
	}

	fn is_retired(device: DeviceId) -> bool {
		Retired::get().contains(&device)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_device(owner: &AccountId, key: PublicKey) -> DeviceId {
		register(*owner, Some(DeviceKey { public: key, active: true }))
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_pending_device(owner: &AccountId, key: PublicKey) -> DeviceId {
		register(*owner, Some(DeviceKey { public: key, active: false }))
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_fleet(_: &AccountId, _: u32) -> FleetId {
		0
	}
}

impl Offers for Offered {
	fn is_offered(device: DeviceId) -> bool {
		Offered::get().contains(&device)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_offer(device: DeviceId) {
		offer(device);
	}
}

impl LeaseWindows for Calendar {
	fn lease_windows(device: DeviceId, from: Moment, until: Moment) -> Vec<LeaseWindow> {
		let mut windows = Calendar::get().remove(&device).unwrap_or_default();
		windows.retain(|window| window.from < until && from < window.until);
		windows
	}

	fn receipt_terms(lease: LeaseId) -> Option<ReceiptTerms> {
		CoSigned::get().remove(&lease)
	}

	fn moved(deadline: Moment, since: Moment) -> Moment {
		assert!(since < deadline);
		deadline + StoodStill::get()
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_co_signed(device: DeviceId, key: PublicKey, seconds: u64) -> LeaseId {
		let from = Clock::get() - seconds;
		let terms = ReceiptTerms { device, ..receipt_terms(key, from, from + 2 * seconds) };
		co_sign(1, terms);
		1
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_windows(device: DeviceId, now: Moment) {
		for lease in 0..64 {
			let from = now + lease * 600;
			let evidence = EvidencePolicy::Heartbeat { max_gap: 120 };
			lease_out(device, LeaseWindow { lease, from, until: from + 600, evidence });
		}
	}
}

/// Changes the registry's record of the device.
pub fn amend(device: DeviceId, change: impl FnOnce(&mut DeviceInfo<AccountId>)) {
	let mut devices = Registry::get();
	change(devices.get_mut(&device).unwrap());
	Registry::set(devices);
}

/// Puts a device into the registry.
pub fn register(owner: AccountId, key: Option<DeviceKey>) -> DeviceId {
	let mut devices = Registry::get();
	let device = devices.keys().chain(Retired::get().iter()).max().unwrap_or(&0) + 1;
	let info = DeviceInfo {
		owner,
		status: DeviceStatus::Listed,
		offered: false,
		fleet: None,
		key,
		heartbeat_gap: 120,
		registered_at: Clock::get(),
	};
	devices.insert(device, info);
	Registry::set(devices);
	device
}

/// Lets the chip's key take the place of the device's from a moment on.
pub fn rotate(device: DeviceId, chip: &Chip, from: Moment) {
	let mut rotations = Rotations::get();
	rotations.insert(device, KeyRotation { public: chip.public(), from });
	Rotations::set(rotations);
}

/// Takes the device out of the registry for good.
pub fn retire(device: DeviceId) {
	let mut devices = Registry::get();
	devices.remove(&device).unwrap();
	Registry::set(devices);
	let mut retired = Retired::get();
	retired.insert(device);
	Retired::set(retired);
}

/// Offers the device for lease.
pub fn offer(device: DeviceId) {
	let mut offered = Offered::get();
	offered.insert(device);
	Offered::set(offered);
}

/// Ends the offer.
pub fn withdraw(device: DeviceId) {
	let mut offered = Offered::get();
	offered.remove(&device);
	Offered::set(offered);
}

/// Enters a lease into the device's calendar.
pub fn lease_out(device: DeviceId, window: LeaseWindow) {
	let mut calendar = Calendar::get();
	let windows = calendar.entry(device).or_default();
	windows.push(window);
	windows.sort_by_key(|window| window.from);
	Calendar::set(calendar);
}

/// Takes a closed lease out of the device's calendar.
pub fn close_lease(device: DeviceId, lease: LeaseId) {
	let mut calendar = Calendar::get();
	calendar.entry(device).or_default().retain(|window| window.lease != lease);
	Calendar::set(calendar);
}

/// A lease that is paid by receipts of the key.
pub fn receipt_terms(access_key: PublicKey, from: Moment, until: Moment) -> ReceiptTerms {
	let reservation_share = sp_runtime::Perbill::from_percent(10);
	let evidence = EvidencePolicy::CoSigned { max_lag: 60, reservation_share };
	ReceiptTerms { device: 1, from, until, evidence, access_key, former_key: None }
}

/// Opens the lease, or changes it.
pub fn co_sign(lease: LeaseId, terms: ReceiptTerms) {
	let mut leases = CoSigned::get();
	leases.insert(lease, terms);
	CoSigned::set(leases);
}

/// Closes the lease.
pub fn close_co_signed(lease: LeaseId) {
	let mut leases = CoSigned::get();
	leases.remove(&lease);
	CoSigned::set(leases);
}

/// The key pair in a device, or of a tenant.
pub enum Chip {
	Sr25519(sr25519::Pair),
	Ed25519(ed25519::Pair),
	Secp256k1(ecdsa::Pair),
}

impl Chip {
	pub fn sr25519(seed: u8) -> Self {
		Self::Sr25519(sr25519::Pair::from_seed(&[seed; 32]))
	}

	pub fn ed25519(seed: u8) -> Self {
		Self::Ed25519(ed25519::Pair::from_seed(&[seed; 32]))
	}

	pub fn secp256k1(seed: u8) -> Self {
		Self::Secp256k1(ecdsa::Pair::from_seed(&[seed; 32]))
	}

	pub fn public(&self) -> PublicKey {
		match self {
			Self::Sr25519(pair) => PublicKey::Sr25519(pair.public().0),
			Self::Ed25519(pair) => PublicKey::Ed25519(pair.public().0),
			Self::Secp256k1(pair) => PublicKey::Secp256k1(pair.public().0),
		}
	}

	pub fn key(&self, active: bool) -> Option<DeviceKey> {
		Some(DeviceKey { public: self.public(), active })
	}

	/// Signs whatever report for whatever chain.
	pub fn sign_for(
		&self,
		genesis: H256,
		device: DeviceId,
		body: ReportBody<AccountId>,
	) -> ReportSignature {
		self.sign(&SignedReport::new(genesis, device, body).signing_payload())
	}

	/// Signs whatever receipt for whatever chain.
	pub fn sign_receipt_for(&self, genesis: H256, lease: LeaseId, seconds: u64) -> ReportSignature {
		self.sign(&SignedReceipt::new(genesis, lease, seconds).signing_payload())
	}

	fn sign(&self, payload: &[u8]) -> ReportSignature {
		match self {
			Self::Sr25519(pair) => ReportSignature::Sr25519(pair.sign(payload).0),
			Self::Ed25519(pair) => ReportSignature::Ed25519(pair.sign(payload).0),
			Self::Secp256k1(pair) => ReportSignature::Secp256k1(pair.sign(payload).0),
		}
	}

	/// A receipt for so many seconds of the lease.
	pub fn receipt(&self, lease: LeaseId, seconds: u64) -> RuntimeCall {
		let signature = self.sign_receipt_for(genesis(), lease, seconds);
		crate::Call::submit_receipt { lease, seconds, signature }.into()
	}

	/// A heartbeat of the device that names the block.
	pub fn heartbeat(&self, device: DeviceId, named_block: NamedBlock) -> RuntimeCall {
		let body = ReportBody::Heartbeat { named_block };
		let signature = self.sign_for(genesis(), device, body);
		crate::Call::heartbeat { device, named_block, signature }.into()
	}

	/// An activation of the device for the owner that names the block.
	pub fn activation(
		&self,
		device: DeviceId,
		owner: AccountId,
		named_block: NamedBlock,
	) -> RuntimeCall {
		let body = ReportBody::Activation { owner, named_block };
		let signature = self.sign_for(genesis(), device, body);
		crate::Call::activate { device, named_block, signature }.into()
	}
}

/// A device that reports: active key, offered.
pub fn offered_device(chip: &Chip) -> DeviceId {
	let device = register(OLGA, chip.key(true));
	offer(device);
	device
}

/// The hash of a block of this chain.
pub fn hash_of(number: u32) -> H256 {
	sp_io::hashing::blake2_256(&("block", number).encode()).into()
}

pub fn genesis() -> H256 {
	hash_of(0)
}

/// A block of this chain as a report names it.
pub fn named(number: u32) -> NamedBlock {
	NamedBlock { number, block_hash: hash_of(number) }
}

/// The newest block that can be named.
pub fn newest() -> NamedBlock {
	named(System::block_number() - 1)
}

/// Starts the next block, so many seconds later.
pub fn next_block(seconds: Moment) {
	let number = System::block_number() + 1;
	System::initialize(&number, &hash_of(number - 1), &Default::default());
	System::reset_events();
	Clock::set(Clock::get() + seconds);
}

/// Goes on block by block until the time has come; the last block may be shorter.
pub fn advance_to(moment: Moment) {
	while Clock::get() < moment {
		next_block(SLOT.min(moment - Clock::get()));
	}
}

/// What the pool says to the call as a general transaction.
pub fn validate(call: RuntimeCall) -> Result<ValidTransaction, TransactionValidityError> {
	let transaction = UncheckedExtrinsic::new_transaction(call, extension());
	let (info, len) = (transaction.get_dispatch_info(), transaction.encoded_size());
	Checkable::check(transaction, &frame_system::ChainContext::<Test>::default())?.validate::<Test>(
		TransactionSource::External,
		&info,
		len,
	)
}

/// Puts the call into the block as a general transaction.
pub fn apply(call: RuntimeCall) -> Result<DispatchResultWithPostInfo, TransactionValidityError> {
	apply_transaction(UncheckedExtrinsic::new_transaction(call, extension()))
}

pub fn apply_transaction(
	transaction: UncheckedExtrinsic,
) -> Result<DispatchResultWithPostInfo, TransactionValidityError> {
	let (info, len) = (transaction.get_dispatch_info(), transaction.encoded_size());
	Checkable::check(transaction, &frame_system::ChainContext::<Test>::default())?
		.apply::<Test>(&info, len)
}

pub fn extension() -> TxExtension {
	(frame_system::AuthorizeCall::new(),)
}

/// The origin that an admitted report has.
pub fn authorized() -> RuntimeOrigin {
	frame_system::RawOrigin::Authorized.into()
}

pub fn new_test_ext() -> sp_io::TestExternalities {
	Clock::set(NOON);
	Registry::set(Default::default());
	Rotations::set(Default::default());
	Retired::set(Default::default());
	Offered::set(Default::default());
	Calendar::set(Default::default());
	CoSigned::set(Default::default());
	ReceiptWindow::set(3_600);
	MaxIdleReportsPerBlock::set(3);
	MaxReceiptsPerBlock::set(4);
	StoodStill::set(0);
	let storage = RuntimeGenesisConfig::default().build_storage().unwrap();
	let mut ext = sp_io::TestExternalities::from(storage);
	ext.register_extension(sp_keystore::KeystoreExt::new(
		sp_keystore::testing::MemoryKeystore::new(),
	));
	ext.execute_with(|| next_block(SLOT));
	ext
}

/// Runs the test on a chain at noon, block 1, and checks at the end what must always hold.
pub fn build_and_execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		Attestation::do_try_state().unwrap();
	});
}

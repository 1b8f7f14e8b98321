// SPDX-License-Identifier: Apache-2.0

//! Owners, tenants and their devices, and the calls that they make.

use super::*;
use crate::constants::currency::UNIT;
use frame_support::assert_ok;
use sp_core::{ed25519, Pair, H256};
use sp_keyring::Sr25519Keyring;
use sp_runtime::{ApplyExtrinsicResult, Perbill};
use tenure_primitives::{
	Acceptance, Admission, CancellationStep, Custody, DeviceClass, DeviceId, EvidencePolicy,
	LeaseId, LeaseTerms, LegalText, Metadata, NamedBlock, PublicKey, RedeemShares, ReportBody,
	ReportSignature, SaleConditions, SeriesId, SignedReport, Subject, Units,
};

/// Hash of the legal text of each series.
pub const TEXT: H256 = H256([7; 32]);

/// Price of a unit unless a test says otherwise.
pub const PRICE: Balance = UNIT / 10;

/// Longest pause between heartbeats unless a test says otherwise, in seconds.
pub const GAP: u32 = 90;

/// The account of a well-known key.
pub fn account(who: Sr25519Keyring) -> AccountId {
	who.to_account_id()
}

/// The key with which a tenant opens devices.
pub fn access_key(who: &AccountId) -> PublicKey {
	PublicKey::Ed25519(*who.as_ref())
}

/// A device: what it holds is a key.
#[derive(Clone)]
pub struct Device {
	/// Its number on chain.
	pub id: DeviceId,
	/// Its key pair.
	pub pair: ed25519::Pair,
}

impl Device {
	/// Registered by `owner`, silent yet. The seed makes its key.
	pub fn registered(owner: &AccountId, gap: u32, seed: u64) -> Self {
		let id = pallet_device_registry::NextDeviceId::<Runtime>::get();
		let device = Self { id, pair: key_pair(seed) };
		assert_ok!(call(owner, registration(device.key(), gap)));
		device
	}

	/// Its public key.
	pub fn key(&self) -> PublicKey {
		PublicKey::Ed25519(self.pair.public().0)
	}

	/// Sends its activation.
	pub fn activate(&self, owner: &AccountId) -> ApplyExtrinsicResult {
		let (device, named_block) = (self.id, newest_block());
		let signature = self.sign(ReportBody::Activation { owner: owner.clone(), named_block });
		apply(pallet_attestation::Call::activate { device, named_block, signature })
	}

	/// Sends a heartbeat.
	pub fn beat(&self) -> ApplyExtrinsicResult {
		let (device, named_block) = (self.id, newest_block());
		let signature = self.sign(ReportBody::Heartbeat { named_block });
		apply(pallet_attestation::Call::heartbeat { device, named_block, signature })
	}

	fn sign(&self, body: ReportBody<AccountId>) -> ReportSignature {
		let payload = SignedReport::new(System::block_hash(0), self.id, body).signing_payload();
		ReportSignature::Ed25519(self.pair.sign(&payload).0)
	}
}

/// The key pair of a device.
pub fn key_pair(seed: u64) -> ed25519::Pair {
	let mut bytes = [1; 32];
	bytes[..8].copy_from_slice(&seed.to_le_bytes());
	ed25519::Pair::from_seed(&bytes)
}

/// The last block that a report can name.
fn newest_block() -> NamedBlock {
	let number = System::block_number() - 1;
	NamedBlock { number, block_hash: System::block_hash(number) }
}

/// Puts a transaction without a signer into the block.
pub fn apply(call: impl Into<RuntimeCall>) -> ApplyExtrinsicResult {
	let extension = tx_extension(sp_runtime::generic::Era::Immortal, 0, 0);
	Executive::apply_extrinsic(UncheckedExtrinsic::new_transaction(call.into(), extension))
}

/// A report as the pool hands it on once it was checked, for tests that need many.
pub fn checked_report(device: DeviceId, is_activation: bool) {
	let named_block = newest_block();
	let signature = ReportSignature::Ed25519([0; 64]);
	let origin = RuntimeOrigin::from(frame_system::RawOrigin::Authorized);
	if is_activation {
		assert_ok!(Attestation::activate(origin, device, named_block, signature));
	} else {
		assert_ok!(Attestation::heartbeat(origin, device, named_block, signature));
	}
}

/// Registers a GPU.
pub fn registration(key: PublicKey, heartbeat_gap: u32) -> pallet_device_registry::Call<Runtime> {
	pallet_device_registry::Call::register {
		class: DeviceClass::Gpu,
		capabilities: Default::default(),
		location: None,
		metadata: Metadata { document: H256([3; 32]), uri: Default::default() },
		heartbeat_gap,
		key: Some(key),
	}
}

/// Units of a minute, usable and on sale for a day from the first block.
pub fn sale() -> SaleConditions {
	SaleConditions {
		unit_seconds: 60,
		unit_price: PRICE,
		cap: 100_000,
		sale_from: START,
		sale_until: START + 86_400,
		usable_from: START,
		usable_until: START + 86_400,
		redeem_shares: RedeemShares {
			before: Perbill::from_percent(100),
			during: Perbill::from_percent(95),
			after: Perbill::from_percent(90),
		},
		transferable: true,
	}
}

/// Terms for leases of a minute to a day; a fifth of undelivered rent is the penalty, if more than
/// three tenths of the time are undelivered.
pub fn terms() -> LeaseTerms<AccountId> {
	let step = |notice, percent| CancellationStep { notice, share: Perbill::from_percent(percent) };
	LeaseTerms {
		min_duration: 60,
		max_duration: 86_400,
		advance_limit: 86_400,
		turnaround: 0,
		acceptance: Acceptance::Automatic,
		cancellation: vec![step(3_600, 1), step(600, 20), step(0, 50)].try_into().unwrap(),
		tenant_notice: 0,
		owner_notice: 0,
		owner_penalty: Perbill::from_percent(20),
		penalty_free_share: Perbill::from_percent(30),
		damage_deposit: 0,
		arbiters: Default::default(),
		custody: Custody::Remote,
		evidence: EvidencePolicy::Heartbeat { max_gap: GAP },
		objection_window: 0,
		legal: LegalText { document: TEXT, uri: Default::default() },
		admission: Admission::Anyone,
		required_endorsement: None,
		geofence: None,
	}
}

/// Makes a series for the device.
pub fn series_of(
	device: DeviceId,
	sale: SaleConditions,
	terms: LeaseTerms<AccountId>,
) -> pallet_usage_token::Call<Runtime> {
	let (subject, terms) = (Subject::Device(device), Box::new(terms));
	pallet_usage_token::Call::create_series { subject, sale, terms }
}

/// Rents with the caller's own key, at whatever price.
pub fn rental(
	tenant: &AccountId,
	series: SeriesId,
	device: DeviceId,
	start: Option<Moment>,
	units: Units,
) -> pallet_lease_escrow::Call<Runtime> {
	pallet_lease_escrow::Call::rent {
		series,
		device,
		start,
		units,
		max_cost: Balance::MAX,
		legal_document: TEXT,
		access_key: access_key(tenant),
		arbiter: None,
	}
}

/// Books with the caller's own key and units.
pub fn booking(
	tenant: &AccountId,
	series: SeriesId,
	device: DeviceId,
	start: Option<Moment>,
	units: Units,
) -> pallet_lease_escrow::Call<Runtime> {
	pallet_lease_escrow::Call::book {
		series,
		device,
		start,
		units,
		legal_document: TEXT,
		access_key: access_key(tenant),
		arbiter: None,
	}
}

/// Passes on units.
pub fn transfer_of(series: SeriesId, to: &AccountId, units: Units) -> pallet_assets::Call<Runtime> {
	pallet_assets::Call::transfer {
		id: codec::Compact(series),
		target: to.clone().into(),
		amount: units.into(),
	}
}

/// Number of the next series.
pub fn next_series() -> SeriesId {
	pallet_usage_token::NextSeriesId::<Runtime>::get()
}

/// Number of the next lease.
pub fn next_lease() -> LeaseId {
	pallet_lease_escrow::NextLeaseId::<Runtime>::get()
}

/// What `who` has on hold for this reason.
pub fn held(reason: impl Into<RuntimeHoldReason>, who: &AccountId) -> Balance {
	use frame_support::traits::fungible::InspectHold;
	Balances::balance_on_hold(&reason.into(), who)
}

/// What `who` has, holds included.
pub fn total(who: &AccountId) -> Balance {
	use frame_support::traits::fungible::Inspect;
	Balances::total_balance(who)
}

/// Units of the series that `who` has.
pub fn units_of(series: SeriesId, who: &AccountId) -> Units {
	Assets::balance(series, who) as Units
}

/// A device of `owner` that serves, a series for it, and a bond of the owner.
pub fn offered_device(
	owner: &AccountId,
	sale: SaleConditions,
	terms: LeaseTerms<AccountId>,
) -> (Device, SeriesId) {
	let device = Device::registered(owner, GAP, 1);
	assert_ok!(device.activate(owner).unwrap());
	assert_ok!(call(owner, pallet_lease_escrow::Call::bond { amount: 1_000 * UNIT }));
	let series = next_series();
	assert_ok!(call(owner, series_of(device.id, sale, terms)));
	(device, series)
}

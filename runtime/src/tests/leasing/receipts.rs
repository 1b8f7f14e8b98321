// SPDX-License-Identifier: Apache-2.0

//! Leases by the second, paid by what their tenants sign.

use super::{people::*, *};
use frame_support::assert_ok;
use pallet_attestation::Refusal;
use pallet_lease_escrow::{Call as Lease, HoldReason};
use sp_core::Pair;
use sp_keyring::Sr25519Keyring::{Eve, Ferdie};
use sp_runtime::{
	transaction_validity::{InvalidTransaction, TransactionValidityError},
	ApplyExtrinsicResult, Perbill,
};
use tenure_primitives::{
	CancellationStep, EvidencePolicy, LeaseId, LeaseTerms, PublicKey, ReportSignature,
	SaleConditions, SeriesId, SignedReceipt, Units,
};

/// Price of a second.
const PRICE: Balance = crate::constants::currency::UNIT / 100;

/// Seed of the tenant's access key.
const TENANTS_KEY: u64 = 77;

fn by_the_second() -> (SaleConditions, LeaseTerms<AccountId>) {
	let sale = SaleConditions { unit_seconds: 1, unit_price: PRICE, ..sale() };
	let terms = LeaseTerms {
		cancellation: vec![CancellationStep { notice: 0, share: Perbill::from_percent(5) }]
			.try_into()
			.unwrap(),
		evidence: EvidencePolicy::CoSigned {
			max_lag: 30,
			reservation_share: Perbill::from_percent(10),
		},
		..terms()
	};
	(sale, terms)
}

fn key_of(seed: u64) -> PublicKey {
	PublicKey::Ed25519(key_pair(seed).public().0)
}

/// Brings a receipt that the holder of the key signed.
fn bring(seed: u64, lease: LeaseId, seconds: u64) -> ApplyExtrinsicResult {
	let payload = SignedReceipt::new(System::block_hash(0), lease, seconds).signing_payload();
	let signature = ReportSignature::Ed25519(key_pair(seed).sign(&payload).0);
	apply(pallet_attestation::Call::submit_receipt { lease, seconds, signature })
}

fn refused(reason: impl Into<InvalidTransaction>) -> ApplyExtrinsicResult {
	Err(TransactionValidityError::Invalid(reason.into()))
}

/// Runs the test with a lease of so many seconds that begins now. Owner, tenant, series, start.
fn in_lease(seconds: Units, test: impl FnOnce(AccountId, AccountId, SeriesId, Moment)) {
	on_chain(|| {
		let [owner, tenant] = [Eve, Ferdie].map(account);
		let (sale, terms) = by_the_second();
		let (device, series) = offered_device(&owner, sale, terms);
		block_at(START + 61);
		assert_ok!(device.beat().unwrap());
		let issuance = Balances::total_issuance();
		let rental = Lease::rent {
			series,
			device: device.id,
			start: None,
			units: seconds,
			max_cost: Balance::MAX,
			legal_document: TEXT,
			access_key: key_of(TENANTS_KEY),
			arbiter: None,
		};
		assert_ok!(call(&tenant, rental));
		let from = now();
		test(owner, tenant, series, from);
		assert_eq!(Balances::total_issuance(), issuance);
	});
}

#[test]
fn what_is_signed_is_paid_and_no_more() {
	in_lease(100, |owner, tenant, series, from| {
		let before = [&owner, &tenant].map(total);
		block_at(from + 40);
		assert_eq!(bring(TENANTS_KEY, 1, 41 + SLOT), refused(Refusal::AheadOfTime));
		assert_eq!(bring(3, 1, 40), refused(InvalidTransaction::BadProof));
		assert_ok!(bring(TENANTS_KEY, 1, 40).unwrap());
		assert_eq!(bring(TENANTS_KEY, 1, 40), refused(InvalidTransaction::Stale));
		assert_ok!(call(&owner, Lease::settle { lease: 1 }));
		assert_eq!(total(&owner), before[0] + 40 * PRICE * 95 / 100);
		assert_eq!(held(HoldReason::Rent, &tenant), 60 * PRICE);

		// The device brings what was signed last.
		block_at(from + 120);
		assert_ok!(bring(TENANTS_KEY, 1, 100).unwrap());
		assert_ok!(call(&owner, Lease::settle { lease: 1 }));
		assert_eq!(total(&owner), before[0] + 100 * PRICE * 95 / 100);
		assert_eq!(total(&tenant), before[1] - 100 * PRICE);
		assert_eq!(units_of(series, &tenant), 0);
		assert_eq!(Balances::reserved_balance(&tenant), 0);
	});
}

#[test]
fn time_without_a_signature_goes_back_as_units() {
	in_lease(100, |owner, tenant, series, from| {
		let before = [&owner, &tenant].map(total);
		block_at(from + 60);
		assert_ok!(bring(TENANTS_KEY, 1, 40).unwrap());
		// A day in which the chain stood still does not count.
		block_at(from + 100 + 86_400);
		assert_ok!(bring(TENANTS_KEY, 1, 50).unwrap());
		assert_eq!(bring(TENANTS_KEY, 1, 60), refused(Refusal::TooSoon));
		// Blocks as far apart as they can be without an outage.
		for _ in 0..86_400 / 120 {
			block_at(now() + 120);
		}
		// Nothing more counts: with the next minute the sweep closes it.
		block_at(now() + 60);
		assert_eq!(bring(TENANTS_KEY, 1, 60), refused(Refusal::UnknownLease));
		assert_eq!(total(&owner), before[0] + (50 + 5) * PRICE * 95 / 100);
		assert_eq!(units_of(series, &tenant), 45);
		assert_eq!(total(&tenant), before[1] - 100 * PRICE);
		assert_eq!(Balances::reserved_balance(&tenant), 0);
	});
}

// SPDX-License-Identifier: Apache-2.0

//! A GPU leased for ten minutes, of which it serves seven, told in signed transactions and in the
//! device's own reports.

use super::{people::*, *};
use crate::{
	configs::{money::TREASURY_FEE_SHARE, TreasuryAccount},
	constants::currency::{deposit, EXISTENTIAL_DEPOSIT, UNIT},
};
use environment::signed;
use frame_support::{assert_ok, traits::TypedGet};
use pallet_attestation::Event::HeartbeatRecorded;
use pallet_lease_escrow::{Event as Lease, HoldReason};
use sp_keyring::Sr25519Keyring::{self, Eve as Owner, EveStash as Other, Ferdie as Tenant};
use sp_runtime::Perbill;
use std::collections::BTreeMap;
use tenure_primitives::{
	apis::{
		runtime_decl_for_device_registry_api::DeviceRegistryApi,
		runtime_decl_for_lease_escrow_api::LeaseEscrowApi,
		runtime_decl_for_usage_token_api::UsageTokenApi, LeaseState, Quote,
	},
	CloseReason, DeviceClass, DeviceId, LeaseTerms, PublicKey, Subject,
};

/// Seconds from the start of the lease: silent for all of the fifth, sixth and seventh minute.
const BEATS: [Moment; 10] = [3, 63, 123, 183, 243, 414, 474, 534, 594, 630];

/// What our pallets said, and who paid which fees.
#[derive(Default)]
struct Journal {
	events: Vec<RuntimeEvent>,
	fees: BTreeMap<AccountId, Balance>,
	to_treasury: Balance,
}

impl Journal {
	/// Goes on at `time`, in another block.
	fn block_at(&mut self, time: Moment) {
		self.note();
		block_at(time);
		self.note();
	}

	/// A signed transaction for a fee.
	fn submit(
		&mut self,
		who: Sr25519Keyring,
		call: impl Into<RuntimeCall>,
	) -> sp_runtime::DispatchResult {
		let nonce = System::account_nonce(account(who));
		let outcome = Executive::apply_extrinsic(signed(who, nonce, call)).unwrap();
		self.note();
		outcome
	}

	fn beat(&mut self, device: &Device) {
		assert_ok!(device.beat().unwrap());
		self.note();
	}

	fn note(&mut self) {
		for event in take_events() {
			match event {
				RuntimeEvent::TransactionPayment(
					pallet_transaction_payment::Event::TransactionFeePaid { who, actual_fee, tip },
				) => {
					assert_eq!(tip, 0);
					*self.fees.entry(who).or_default() += actual_fee;
					self.to_treasury += TREASURY_FEE_SHARE.mul_ceil(actual_fee);
				}
				RuntimeEvent::DeviceRegistry(_)
				| RuntimeEvent::UsageToken(_)
				| RuntimeEvent::LeaseEscrow(_)
				| RuntimeEvent::Attestation(_) => self.events.push(event),
				_ => {}
			}
		}
	}

	fn fees_of(&self, who: Sr25519Keyring) -> Balance {
		self.fees.get(&account(who)).copied().unwrap_or_default()
	}
}

/// Owner, tenant, another tenant, author of the blocks, treasury.
fn everybody() -> [AccountId; 5] {
	let [owner, tenant, other] = [Owner, Tenant, Other].map(account);
	[owner, tenant, other, Authorship::author().unwrap(), TreasuryAccount::get()]
}

/// The story with these terms, up to the moment when the lease is closed. Gives the journal,
/// everybody's money before, and the device.
fn ten_minutes(terms: LeaseTerms<AccountId>) -> (Journal, [Balance; 5], Device) {
	let before = everybody().map(|who| total(&who));
	let mut journal = Journal::default();
	let (owner, tenant) = (account(Owner), account(Tenant));

	// The owner registers a GPU and bonds; the GPU activates itself.
	let device = Device { id: 1, pair: key_pair(1) };
	assert_ok!(journal.submit(Owner, registration(device.key(), GAP)));
	assert_ok!(journal.submit(Owner, pallet_lease_escrow::Call::bond { amount: 50 * UNIT }));
	assert_ok!(device.activate(&owner).unwrap());
	journal.note();
	assert!(Runtime::device(1).unwrap().key.unwrap().active);

	// A series by the minute.
	assert_ok!(journal.submit(Owner, series_of(1, sale(), terms.clone())));
	assert_eq!(Runtime::series(1).unwrap().available, 1_440);

	// A quote, then the rental: the price paid equals the quote.
	journal.block_at(START + 60);
	journal.beat(&device);
	journal.block_at(START + 63);
	let (from, until) = (START + 120, START + 720);
	let quote = Runtime::quote(tenant.clone(), 1, 1, None, 10, None).unwrap();
	let expected = Quote {
		from,
		until,
		units: 10,
		rent: 10 * PRICE,
		record_deposit: deposit(7, 1_216),
		damage_deposit: 0,
		protocol_fee: PRICE / 2,
		owner_bond: 2 * PRICE,
		legal_document: TEXT,
	};
	assert_eq!(quote, expected);
	assert_ok!(journal.submit(Tenant, rental(&tenant, 1, 1, None, 10)));
	assert_eq!(held(HoldReason::Rent, &tenant), quote.rent);
	assert_eq!(held(HoldReason::LeaseRecord, &tenant), quote.record_deposit);
	assert_eq!(pallet_lease_escrow::Bonds::<Runtime>::get(&owner).committed, 2 * PRICE);

	// Another tenant wants some of that time: refused by name, for the fee.
	assert_eq!(
		journal.submit(Other, rental(&account(Other), 1, 1, Some(from + 60), 10)),
		Err(pallet_lease_escrow::Error::<Runtime>::SlotTaken.into())
	);
	assert!(!Runtime::availability(1, from, until).unwrap().is_free);
	assert_eq!(Runtime::access_grant(1), None);

	// The device serves, is silent for three minutes, serves on. The key opens it all the while.
	journal.block_at(from);
	assert_eq!(Runtime::access_grant(1).unwrap().access_key, access_key(&tenant));
	for beat in &BEATS[..9] {
		// The chain goes on while the device is silent.
		while now() + 90 < from + beat {
			journal.block_at(now() + 60);
		}
		journal.block_at(from + beat);
		journal.beat(&device);
		let grant = Runtime::access_grant(1).unwrap();
		assert_eq!((grant.lease, grant.from, grant.until), (1, from, until));
	}
	let running = Runtime::lease(1).unwrap();
	assert_eq!(running.state, LeaseState::Running);
	assert_eq!(running.proven_seconds, 6 * 60);
	assert_eq!((running.earned, running.paid), (6 * PRICE, 0));

	// Nobody sends a transaction: the clock ends the lease.
	journal.block_at(until);
	assert_eq!(Runtime::access_grant(1), None);
	assert_eq!(pallet_lease_escrow::AccessGrants::<Runtime>::get(1), None);
	journal.block_at(from + BEATS[9]);
	journal.beat(&device);
	assert_eq!(Runtime::lease(1).unwrap().proven_seconds, 7 * 60);
	// The sweep looks again a minute after the end, and finds nothing that could still be proven.
	journal.block_at(until + 60 - SLOT);
	assert!(Runtime::lease(1).is_some());
	journal.block_at(until + 60);
	assert_eq!(Runtime::lease(1), None);
	assert_invariants();
	(journal, before, device)
}

fn events_of_the_story(device: DeviceId, key: &Device) -> Vec<RuntimeEvent> {
	let (owner, tenant) = (account(Owner), account(Tenant));
	let proven = |proven_minutes| {
		RuntimeEvent::from(HeartbeatRecorded::<Runtime> { device, proven_minutes })
	};
	let mut events: Vec<RuntimeEvent> = vec![
		pallet_device_registry::Event::DeviceRegistered {
			device,
			owner: owner.clone(),
			class: DeviceClass::Gpu,
		}
		.into(),
		Lease::BondDeposited { owner: owner.clone(), amount: 50 * UNIT }.into(),
		pallet_device_registry::Event::KeyActivated { device, key: key.key() }.into(),
		proven(0),
		pallet_usage_token::Event::SeriesCreated {
			series: 1,
			subject: Subject::Device(device),
			owner: owner.clone(),
			unit_price: PRICE,
			unit_seconds: 60,
		}
		.into(),
		proven(0),
		pallet_usage_token::Event::UnitsBought {
			series: 1,
			buyer: tenant.clone(),
			units: 10,
			cost: 10 * PRICE,
		}
		.into(),
		pallet_usage_token::Event::UnitsStaked {
			series: 1,
			tenant: tenant.clone(),
			units: 10,
			amount: 10 * PRICE,
		}
		.into(),
		Lease::LeaseBooked {
			lease: 1,
			series: 1,
			device,
			tenant,
			payee: owner,
			from: START + 120,
			until: START + 720,
			units: 10,
			rent: 10 * PRICE,
			bond: 2 * PRICE,
		}
		.into(),
	];
	let warning = |seconds_left| {
		let (tenant, until) = (account(Tenant), START + 720);
		Lease::LeaseEndsSoon { lease: 1, tenant, device, until, seconds_left }.into()
	};
	events.extend([0, 1, 1, 1, 1, 0, 0].map(proven));
	// In the first block of the last fifth, and in that of the last tenth.
	events.extend([warning(66), proven(1), warning(6), proven(1)]);
	events.push(Lease::LeaseEnded { lease: 1, device }.into());
	events.push(proven(1));
	events
}

fn closed(reason: CloseReason, penalty: Balance) -> RuntimeEvent {
	Lease::LeaseClosed {
		lease: 1,
		device: 1,
		tenant: account(Tenant),
		payee: account(Owner),
		reason,
		leased_seconds: 600,
		proven_seconds: 420,
		paid_to_payee: 7 * PRICE - 7 * PRICE / 20,
		paid_to_protocol: 7 * PRICE / 20,
		refunded: 3 * PRICE,
		returned_units: 0,
		penalty,
	}
	.into()
}

/// Compares everybody's money with what it has to be to the last planck.
fn assert_balances(journal: &Journal, before: [Balance; 5], penalty: Balance) {
	let fees = |who| journal.fees_of(who);
	let all_fees = fees(Owner) + fees(Tenant) + fees(Other);
	assert_eq!(journal.fees.values().sum::<Balance>(), all_fees, "nobody else paid a fee");
	let [owner, tenant, other, author, treasury] = before;
	let protocol = 7 * PRICE / 20;
	let expected = [
		// The account of the series keeps an existential deposit of the owner's.
		owner + 7 * PRICE - protocol - penalty - fees(Owner) - EXISTENTIAL_DEPOSIT,
		tenant - 7 * PRICE + penalty - fees(Tenant),
		other - fees(Other),
		author + all_fees - journal.to_treasury,
		treasury + protocol + journal.to_treasury,
	];
	assert_eq!(everybody().map(|who| total(&who)), expected);
	for who in [Tenant, Other].map(account) {
		assert_eq!(Balances::reserved_balance(&who), 0, "nothing is left on hold");
	}
	let bond = pallet_lease_escrow::Bonds::<Runtime>::get(account(Owner));
	assert_eq!((bond.held, bond.committed), (50 * UNIT - penalty, 0));
	assert_eq!(held(HoldReason::OwnerBond, &account(Owner)), bond.held);
}

#[test]
fn a_gpu_is_leased_from_register_to_final_payment() {
	on_chain(|| {
		let issuance = Balances::total_issuance();
		let (journal, before, device) = ten_minutes(terms());
		assert_balances(&journal, before, 0);
		assert_eq!(Balances::total_issuance(), issuance);
		let mut expected = events_of_the_story(1, &device);
		expected.push(closed(CloseReason::Completed, 0));
		assert_eq!(journal.events, expected);
		let PublicKey::Ed25519(key) = device.key() else { panic!("the key is of another kind") };
		assert!(!System::account_exists(&AccountId::new(key)), "the device owns nothing");
	});
}

#[test]
fn three_silent_minutes_cost_the_owner_a_penalty_if_the_terms_say_so() {
	on_chain(|| {
		let strict = LeaseTerms { penalty_free_share: Perbill::from_percent(29), ..terms() };
		let (journal, before, _) = ten_minutes(strict);
		let penalty = 3 * PRICE / 5;
		assert_balances(&journal, before, penalty);
		assert_eq!(journal.events.last(), Some(&closed(CloseReason::Unproven, penalty)));
	});
}

#[test]
fn settling_on_the_way_changes_nothing_in_the_end() {
	on_chain(|| {
		let (owner, tenant, keeper) = (account(Owner), account(Tenant), account(Other));
		let (device, series) = offered_device(&owner, sale(), terms());
		block_at(START + 30);
		assert_ok!(device.beat().unwrap());
		assert_ok!(call(&tenant, rental(&tenant, series, device.id, None, 10)));
		let before = [&owner, &tenant, &TreasuryAccount::get()].map(total);
		let from = START + 60;
		let settle = || call(&keeper, pallet_lease_escrow::Call::settle { lease: 1 });
		for beat in BEATS {
			block_at(from + beat);
			assert_ok!(device.beat().unwrap());
			assert_ok!(settle());
			if now() < from + 600 {
				assert_ok!(settle());
			}
		}
		let after = [&owner, &tenant, &TreasuryAccount::get()].map(total);
		let protocol = 7 * PRICE / 20;
		assert_eq!(after[0], before[0] + 7 * PRICE - protocol);
		assert_eq!(after[1], before[1] - 7 * PRICE);
		assert_eq!(after[2], before[2] + protocol);
		assert_eq!(next_lease(), 2);
		assert_eq!(settle(), Err(pallet_lease_escrow::Error::<Runtime>::LeaseClosed.into()));
	});
}

#[test]
fn reports_are_free_and_worth_nothing_twice() {
	on_chain(|| {
		let owner = account(Owner);
		let (device, _) = offered_device(&owner, sale(), terms());
		let stranger = Device { pair: key_pair(2), ..device.clone() };
		block_at(START + 60);
		let issuance = Balances::total_issuance();
		let before = everybody().map(|who| total(&who));
		take_events();
		let bad_proof = sp_runtime::transaction_validity::InvalidTransaction::BadProof;
		assert_eq!(stranger.beat(), Err(bad_proof.into()));
		assert_ok!(device.beat().unwrap());
		let stale = sp_runtime::transaction_validity::InvalidTransaction::Stale;
		assert_eq!(device.beat(), Err(stale.into()));
		assert_eq!(everybody().map(|who| total(&who)), before);
		assert_eq!(Balances::total_issuance(), issuance);
		assert!(!take_events()
			.iter()
			.any(|event| matches!(event, RuntimeEvent::TransactionPayment(_))));
	});
}

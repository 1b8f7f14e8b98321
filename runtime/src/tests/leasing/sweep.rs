// SPDX-License-Identifier: Apache-2.0

//! Leases end by themselves: many at once, beside broken ones, and after the chain stood still.

use super::{people::*, *};
use crate::{
	configs::leasing::SweepShare,
	constants::currency::{deposit, EXISTENTIAL_DEPOSIT, UNIT},
};
use frame_support::{
	assert_ok,
	dispatch::DispatchClass,
	traits::{fungible::MutateHold, tokens::Precision::Exact},
	weights::Weight,
};
use pallet_lease_escrow::{Event, HoldReason, Leases, WeightInfo};
use sp_keyring::Sr25519Keyring::{Eve, Ferdie};
use tenure_primitives::{DeviceId, LeaseId, LeaseTerms, PublicKey, SaleConditions, SeriesId};

type Weights = <Runtime as pallet_lease_escrow::Config>::WeightInfo;

/// The most weight that the sweep may use in a block.
fn limit() -> Weight {
	let block = <Runtime as frame_system::Config>::BlockWeights::get().max_block;
	let share = SweepShare::get();
	assert_eq!(share, sp_runtime::Perbill::from_percent(20));
	Weight::from_parts(share.mul_floor(block.ref_time()), share.mul_floor(block.proof_size()))
}

/// How many leases the sweep closes in a block.
fn closed_per_block() -> u64 {
	// Before each step it wants room for the dearest one.
	let heaviest = [
		Weights::sweep_warn(),
		Weights::sweep_end(),
		Weights::sweep_close(),
		Weights::sweep_close_receipts(),
		Weights::sweep_close_custody(),
		Weights::sweep_forfeit(),
	]
	.into_iter()
	.fold(Weight::zero(), |most, step| most.max(step));
	let room = limit() - Weights::sweep_base() - heaviest;
	1 + room.checked_div_per_component(&Weights::sweep_close()).unwrap()
}

/// Begins a block and runs what follows the inherents. Gives the weight of that.
fn sweep_at(time: Moment) -> Weight {
	begin_block_at(time);
	let mandatory = || *System::block_weight().get(DispatchClass::Mandatory);
	let before = mandatory();
	Executive::inherents_applied();
	mandatory() - before
}

fn owner() -> AccountId {
	account(Eve)
}

fn tenant() -> AccountId {
	account(Ferdie)
}

/// A new active device of the owner with a series.
fn device(terms: &LeaseTerms<AccountId>) -> (DeviceId, SeriesId) {
	let device = pallet_device_registry::NextDeviceId::<Runtime>::get();
	let mut key = [0; 32];
	key[..8].copy_from_slice(&device.to_le_bytes());
	assert_ok!(call(&owner(), registration(PublicKey::Ed25519(key), GAP)));
	checked_report(device, true);
	let (series, sale) =
		(next_series(), SaleConditions { unit_price: EXISTENTIAL_DEPOSIT, ..sale() });
	assert_ok!(call(&owner(), series_of(device, sale, terms.clone())));
	(device, series)
}

/// So many devices, each leased for ten minutes from the first whole minute after the first block,
/// or for as many as `minutes` says of each. Gives devices and leases, which have equal numbers.
fn leases(count: u64, minutes: impl Fn(u64) -> u64) -> Vec<LeaseId> {
	assert_ok!(call(&owner(), pallet_lease_escrow::Call::bond { amount: 10_000 * UNIT }));
	let terms = terms();
	(0..count)
		.map(|index| {
			// A block takes so many reports of devices that are not leased, and activations are such.
			if index % 90 == 89 {
				block_at(now() + SLOT);
			}
			let (lease, (device, series)) = (next_lease(), device(&terms));
			assert_eq!(lease, device);
			let start = Some(START + 60);
			let rental = rental(&tenant(), series, device, start, minutes(index));
			assert_ok!(call(&tenant(), rental));
			lease
		})
		.collect()
}

fn open_leases() -> u64 {
	Leases::<Runtime>::iter_keys().count() as u64
}

fn assert_nothing_left() {
	assert_eq!(open_leases(), 0);
	assert_eq!(pallet_lease_escrow::Deadlines::<Runtime>::iter_keys().count(), 0);
	assert_eq!(pallet_lease_escrow::Calendars::<Runtime>::iter_keys().count(), 0);
	assert_eq!(pallet_lease_escrow::AccessGrants::<Runtime>::iter_keys().count(), 0);
	assert_eq!(pallet_lease_escrow::Bonds::<Runtime>::get(owner()).committed, 0);
	assert_eq!(Balances::reserved_balance(tenant()), 0);
}

#[test]
fn hundreds_that_end_in_one_minute_close_over_several_blocks() {
	on_chain(|| {
		let count = closed_per_block() * 9 / 4;
		assert!((200..2_000).contains(&count), "{count}");
		let issuance = Balances::total_issuance();
		let leases = leases(count, |_| 10);
		let end = START + 660;
		// Their tenants are warned before.
		blocks_until(end - 2 * SLOT);
		assert_eq!(sweep_at(end - SLOT), Weights::sweep_base());
		assert_eq!(open_leases(), count);
		let mut blocks = 0;
		while open_leases() > 0 {
			let before = open_leases();
			take_events();
			let weight = sweep_at(end + blocks * SLOT);
			assert!(weight.all_lte(limit()), "{weight:?}");
			let closed = take_events()
				.iter()
				.filter(|event| {
					matches!(event, RuntimeEvent::LeaseEscrow(Event::LeaseClosed { .. }))
				})
				.count() as u64;
			assert_eq!(open_leases(), before - closed);
			assert_eq!(closed, closed_per_block().min(before));
			// Transactions pay their way all the same.
			let remark = frame_system::Call::remark { remark: vec![] };
			let nonce = System::account_nonce(owner());
			assert_ok!(Executive::apply_extrinsic(environment::signed(Eve, nonce, remark)).unwrap());
			blocks += 1;
		}
		assert_eq!(blocks, 3);
		assert_eq!(leases.len() as u64, count);
		assert_nothing_left();
		assert_eq!(Balances::total_issuance(), issuance);
	});
}

#[test]
fn leases_whose_evidence_is_not_final_wait_and_close_too() {
	on_chain(|| {
		// The heartbeat counts for the second half of them only.
		let count = closed_per_block() / 2;
		let leases = leases(count, |_| 10);
		let (silent, alive) = leases.split_at(leases.len() / 2);
		let end = START + 660;
		block_at(end - 30);
		for device in alive {
			checked_report(*device, false);
		}
		let mut time = end;
		let mut most = 0;
		while open_leases() > 0 {
			assert!(sweep_at(time).all_lte(limit()));
			if time <= end + 2 * SLOT {
				most = most.max(count - open_leases());
			}
			if time == end + 2 * SLOT {
				assert_invariants();
			}
			time += SLOT;
		}
		assert_eq!(most, silent.len() as u64);
		// One gap after the last heartbeat nothing can join it any more; the sweep looks once a minute.
		let last = end + 120 + 2 * SLOT;
		assert!((end + 120..=last).contains(&(time - SLOT)), "{}", time - end);
		assert_nothing_left();
	});
}

#[test]
fn a_chain_that_slept_for_a_week_closes_everything() {
	on_chain(|| {
		let count = closed_per_block() * 5 / 4;
		leases(count, |index| 1 + index % 600);
		assert_eq!(open_leases(), count);
		let wake = START + 7 * 86_400;
		// A session begins, which takes the whole block.
		assert_eq!(sweep_at(wake), Weight::zero());
		assert!(is_full());
		for block in 1..=2 {
			assert!(sweep_at(wake + block * SLOT).all_lte(limit()));
			assert_invariants();
		}
		assert_nothing_left();
	});
}

/// Two leases of their own tenants that end with the others, and one of them is broken: the money
/// that should be on hold for it is not.
#[test]
fn a_broken_lease_is_put_off_and_stops_nobody() {
	on_chain(|| {
		let victim = account(sp_keyring::Sr25519Keyring::Dave);
		let leases = leases(20, |_| 10);
		let (device, series) = device(&terms());
		let broken = next_lease();
		assert_ok!(call(&victim, rental(&victim, series, device, Some(START + 60), 10)));
		let rent = held(HoldReason::Rent, &victim);
		assert_ok!(Balances::release(&HoldReason::Rent.into(), &victim, rent, Exact));
		// All of it is refunded: with nothing on hold that must fail, each time, as a whole.
		let issuance = Balances::total_issuance();

		let end = START + 660;
		take_events();
		assert!(sweep_at(end).all_lte(limit()));
		assert_eq!(Leases::<Runtime>::iter_keys().collect::<Vec<_>>(), [broken]);
		assert_eq!(leases.len(), 20);
		let deferred = deferrals();
		assert_eq!(deferred.len(), 1);
		assert_eq!(deferred[0].0, broken);
		// Ever longer pauses: one minute, two, four.
		for (looks, minutes) in [(1, 1), (2, 3), (3, 7)] {
			let lease = Leases::<Runtime>::get(broken).unwrap();
			assert_eq!(lease.looks, 128 + looks);
			assert_eq!(Moment::from(lease.deadline) * 60, end + minutes * 60);
			sweep_at(end + minutes * 60 - SLOT);
			assert!(deferrals().is_empty());
			sweep_at(end + minutes * 60);
			assert_eq!(deferrals().len(), 1);
		}
		assert!(LeaseEscrow::access_grant(device).is_none());
		assert_eq!(held(HoldReason::LeaseRecord, &victim), LEASE_DEPOSIT);
		#[cfg(feature = "try-runtime")]
		assert!(invariants().is_err());
		let settle = pallet_lease_escrow::Call::settle { lease: broken };
		assert!(call(&owner(), settle.clone()).is_err());

		// The device is not bound by it: another lease is made and closes.
		checked_report(device, false);
		let next = next_lease();
		assert_ok!(call(&tenant(), rental(&tenant(), series, device, None, 10)));
		block_at(now() + 12 * 60);
		assert!(!Leases::<Runtime>::contains_key(next));

		// Once it is mended anyone can close it.
		assert_ok!(Balances::hold(&HoldReason::Rent.into(), &victim, rent));
		assert_ok!(call(&owner(), settle));
		assert_nothing_left();
		assert_eq!(Balances::reserved_balance(&victim), 0);
		assert_eq!(Balances::total_issuance(), issuance);
	});
}

const LEASE_DEPOSIT: Balance = deposit(7, 1_216);

fn deferrals() -> Vec<(LeaseId, DispatchError)> {
	take_events()
		.into_iter()
		.filter_map(|event| match event {
			RuntimeEvent::LeaseEscrow(Event::SettlementDeferred { lease, error, .. }) => {
				Some((lease, error))
			}
			_ => None,
		})
		.collect()
}

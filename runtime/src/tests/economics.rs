// SPDX-License-Identifier: Apache-2.0

use super::environment::{account, local_testnet, signed, signed_with_tip};
use crate::{
	configs::{money::TREASURY_FEE_SHARE, TreasuryAccount},
	constants::{
		consensus::MAX_AUTHORITIES,
		currency::{
			deposit, DEPOSIT_PER_BYTE, DEPOSIT_PER_ITEM, EXISTENTIAL_DEPOSIT, MILLI_UNIT, UNIT,
		},
		fee::{FEE_PER_BYTE, FEE_PER_REF_TIME},
		time::{BLOCK_HASH_COUNT, DAYS, EPOCH_DURATION_IN_SLOTS, HOURS, MINUTES, SLOT_DURATION},
	},
	*,
};
use codec::Encode;
use frame_support::{
	assert_ok,
	dispatch::{DispatchClass, GetDispatchInfo},
	traits::{Get, TypedGet},
	weights::Weight,
};
use pallet_transaction_payment::{Multiplier, MultiplierUpdate};
use sp_keyring::Sr25519Keyring::{Alice, Bob, Eve};
use sp_runtime::{
	traits::{Convert, One},
	Perquintill,
};

type FeeUpdate = <Runtime as pallet_transaction_payment::Config>::FeeMultiplierUpdate;

fn block_weights() -> frame_system::limits::BlockWeights {
	<Runtime as frame_system::Config>::BlockWeights::get()
}

fn transfer(value: Balance) -> pallet_balances::Call<Runtime> {
	pallet_balances::Call::transfer_keep_alive { dest: account(Eve).into(), value }
}

/// Fee of a transfer at the multiplier in state.
fn transfer_fee() -> Balance {
	let tx = signed(Bob, 0, transfer(UNIT));
	let info = tx.get_dispatch_info();
	TransactionPayment::compute_fee(tx.encoded_size() as u32, &info, 0)
}

/// The multiplier after a block whose ordinary transactions fill this share of their part.
fn after_block(fullness: Perquintill, multiplier: Multiplier) -> Multiplier {
	let max = block_weights().get(DispatchClass::Normal).max_total.unwrap();
	System::set_block_consumed_resources(Weight::from_parts(fullness * max.ref_time(), 0), 0);
	FeeUpdate::convert(multiplier)
}

#[test]
fn a_transfer_costs_a_few_thousandths() {
	local_testnet().execute_with(|| {
		let fee = transfer_fee();
		assert!((MILLI_UNIT..=10 * MILLI_UNIT).contains(&fee), "fee of a transfer: {fee}");
	});
}

#[test]
fn filling_a_block_is_dear_by_weight_and_by_length() {
	local_testnet().execute_with(|| {
		let max = block_weights().get(DispatchClass::Normal).max_total.unwrap();
		let by_weight = TransactionPayment::weight_to_fee(max);
		assert_eq!(by_weight, 7 * UNIT + UNIT / 2);
		let length = <Runtime as frame_system::Config>::BlockLength::get();
		let by_length = TransactionPayment::length_to_fee(*length.max.get(DispatchClass::Normal));
		assert!(by_length > 5 * UNIT && by_length < 10 * UNIT, "{by_length}");
		// A day of full blocks costs more than a test account owns, even if the price stood still.
		assert!(by_weight * Balance::from(DAYS) > 200_000 * UNIT);
	});
}

#[test]
fn fees_follow_the_constants() {
	assert_eq!(FEE_PER_REF_TIME, 10);
	local_testnet().execute_with(|| {
		assert_eq!(TransactionPayment::length_to_fee(100), 100 * FEE_PER_BYTE);
		assert_eq!(TransactionPayment::weight_to_fee(Weight::from_parts(100, 9_999)), 1_000);
	});
}

#[test]
fn the_multiplier_grows_in_full_blocks_and_falls_back() {
	local_testnet().execute_with(|| {
		let least = FeeUpdate::min();
		assert_eq!(least, Multiplier::one());
		let grown = after_block(Perquintill::one(), least);
		assert!(grown > least, "it can leave its minimum");
		assert_eq!(after_block(Perquintill::zero(), least), least);
		assert!(after_block(Perquintill::zero(), grown) < grown);
		assert_eq!(after_block(FeeUpdate::target(), grown), grown);
	});
}

#[test]
fn the_multiplier_grows_from_zero_and_stops_at_its_ceiling() {
	local_testnet().execute_with(|| {
		let zero = Multiplier::from_inner(0);
		assert!(after_block(Perquintill::one(), zero) > zero);
		let most = Multiplier::from_u32(1_000);
		assert_eq!(after_block(Perquintill::one(), most), most);
	});
}

#[test]
fn a_day_of_full_blocks_raises_the_fee_but_not_beyond_reason() {
	local_testnet().execute_with(|| {
		let mut multiplier = FeeUpdate::min();
		for _ in 0..HOURS {
			multiplier = after_block(Perquintill::one(), multiplier);
		}
		assert!(multiplier > Multiplier::from_rational(105, 100));
		assert!(multiplier < Multiplier::from_rational(110, 100));
		// The weight's part of the fee follows, the base fee and the length's part stand still.
		let quiet = transfer_fee();
		pallet_transaction_payment::NextFeeMultiplier::<Runtime>::put(Multiplier::from_u32(2));
		assert!(transfer_fee() > quiet && transfer_fee() < 2 * quiet);
	});
}

#[test]
fn a_fee_is_split_between_treasury_and_author() {
	local_testnet().execute_with(|| {
		let author = Authorship::author().unwrap();
		let treasury = TreasuryAccount::get();
		let issuance = Balances::total_issuance();
		let before = (
			Balances::free_balance(&author),
			Balances::free_balance(&treasury),
			Balances::free_balance(account(Bob)),
		);
		let tip = 3 * UNIT;
		assert_ne!(author, account(Bob));
		assert_ok!(
			Executive::apply_extrinsic(signed_with_tip(Bob, 0, tip, transfer(UNIT))).unwrap()
		);
		let paid = before.2 - Balances::free_balance(account(Bob)) - UNIT;
		let fee = paid - tip;
		assert_eq!(Balances::free_balance(&treasury) - before.1, TREASURY_FEE_SHARE.mul_ceil(fee));
		assert_eq!(
			Balances::free_balance(&author) - before.0,
			fee - TREASURY_FEE_SHARE.mul_ceil(fee) + tip
		);
		assert_eq!(Balances::total_issuance(), issuance);
	});
}

#[test]
fn an_author_without_an_account_leaves_its_share_to_the_treasury() {
	local_testnet().execute_with(|| {
		let author = Authorship::author().unwrap();
		let issuance = Balances::total_issuance();
		// Every share of an account that is gone is below the existential deposit.
		frame_system::Account::<Runtime>::remove(&author);
		let before = Balances::free_balance(TreasuryAccount::get());
		let payer = if author == account(Alice) { Bob } else { Alice };
		let funds = Balances::free_balance(account(payer));
		assert_ok!(Executive::apply_extrinsic(signed(payer, 0, transfer(UNIT))).unwrap());
		let fee = funds - Balances::free_balance(account(payer)) - UNIT;
		assert_eq!(Balances::free_balance(TreasuryAccount::get()) - before, fee);
		assert_eq!(Balances::total_issuance(), issuance);
	});
}

#[test]
fn dust_goes_to_the_treasury() {
	local_testnet().execute_with(|| {
		let nobody = AccountId::new([9; 32]);
		let issuance = Balances::total_issuance();
		let from = RuntimeOrigin::signed(account(Bob));
		assert_ok!(Balances::transfer_allow_death(
			from,
			nobody.clone().into(),
			EXISTENTIAL_DEPOSIT + 5
		));
		let before = Balances::free_balance(TreasuryAccount::get());
		let from = RuntimeOrigin::signed(nobody.clone());
		assert_ok!(Balances::transfer_allow_death(from, account(Bob).into(), 10));
		assert!(!System::account_exists(&nobody));
		assert_eq!(
			Balances::free_balance(TreasuryAccount::get()) - before,
			EXISTENTIAL_DEPOSIT - 5
		);
		assert_eq!(Balances::total_issuance(), issuance);
	});
}

#[test]
fn the_treasury_spends_by_root_and_stays_alive() {
	local_testnet().execute_with(|| {
		let spend = |amount| {
			assert_ok!(Treasury::spend(
				RuntimeOrigin::root(),
				Box::new(()),
				amount,
				Box::new(account(Eve).into()),
				None
			));
			pallet_treasury::SpendCount::<Runtime>::get() - 1
		};
		let signed = RuntimeOrigin::signed(account(Bob));
		let eve = Balances::free_balance(account(Eve));
		assert_ok!(Treasury::payout(signed.clone(), spend(UNIT)));
		assert_eq!(Balances::free_balance(account(Eve)), eve + UNIT);
		let all = Balances::free_balance(TreasuryAccount::get());
		assert!(Treasury::payout(signed.clone(), spend(all)).is_err());
		assert_ok!(Treasury::payout(signed, spend(all - EXISTENTIAL_DEPOSIT)));
		assert_eq!(Balances::free_balance(TreasuryAccount::get()), EXISTENTIAL_DEPOSIT);
		assert!(Treasury::spend(
			RuntimeOrigin::signed(account(Bob)),
			Box::new(()),
			1,
			Box::new(account(Eve).into()),
			None
		)
		.is_err());
	});
}

#[test]
fn constants_fit_together() {
	assert_eq!(deposit(2, 3), 2 * DEPOSIT_PER_ITEM + 3 * DEPOSIT_PER_BYTE);
	assert!(deposit(u32::MAX, u32::MAX) > deposit(u32::MAX, 0));
	const { assert!(DEPOSIT_PER_ITEM >= EXISTENTIAL_DEPOSIT) };
	assert_eq!(EXISTENTIAL_DEPOSIT, UNIT / 100);
	assert_eq!((MINUTES, HOURS, DAYS), (20, 1_200, 28_800));
	assert_eq!(u64::from(MINUTES) * SLOT_DURATION, 60_000);
	assert_eq!(Babe::slot_duration(), SLOT_DURATION);
	let least = <<Runtime as pallet_timestamp::Config>::MinimumPeriod as Get<u64>>::get();
	assert_eq!(least * 2, SLOT_DURATION);
	const { assert!(BLOCK_HASH_COUNT > EPOCH_DURATION_IN_SLOTS) };
	// One hour of hashes at least: a heartbeat may name a block that old.
	const { assert!(BLOCK_HASH_COUNT > HOURS) };
	const { assert!(MAX_AUTHORITIES >= 4) };
}

#[test]
fn a_block_takes_one_second_of_three_and_ordinary_calls_three_quarters() {
	let weights = block_weights();
	assert_eq!(weights.max_block.ref_time(), 1_000_000_000_000);
	let normal = weights.get(DispatchClass::Normal).max_total.unwrap();
	assert_eq!(normal.ref_time(), 750_000_000_000);
	let length = <Runtime as frame_system::Config>::BlockLength::get();
	assert_eq!(
		*length.max.get(DispatchClass::Normal) * 4,
		*length.max.get(DispatchClass::Operational) * 3
	);
	let scheduler = <Runtime as pallet_scheduler::Config>::MaximumWeight::get();
	assert!(scheduler.all_lt(weights.max_block));
}

/// What a lease stores at most, beside its entries in lists that are there anyway.
#[test]
fn deposit_of_a_lease_covers_what_it_stores() {
	use frame_support::traits::StorageInfoTrait;
	let of = |names: &[&str]| {
		let infos = LeaseEscrow::storage_info();
		let size = |name: &str| {
			let info = infos.iter().find(|info| info.storage_name == name.as_bytes());
			info.and_then(|info| info.max_size).unwrap_or_else(|| panic!("no {name}"))
		};
		let bytes: u32 = names.iter().map(|name| size(name)).sum();
		(names.len() as u32, bytes)
	};
	// The grants hold two leases; in the calendar and in the list of requests it has one entry of 64.
	let (items, bytes) = of(&[
		"Leases",
		"Deadlines",
		"LeasesByTenant",
		"LeasesBySeries",
		"Payouts",
		"LeaseOffers",
		"AccessGrants",
	]);
	let lists = 64;
	let held = <<Runtime as pallet_lease_escrow::Config>::RecordDeposit as Get<Balance>>::get();
	assert_eq!(held, deposit(items, (bytes + lists).next_multiple_of(64)), "{items} {bytes}");
	let (items, bytes) = of(&["Custodies", "DevicesOut"]);
	let held = <<Runtime as pallet_lease_escrow::Config>::CustodyDeposit as Get<Balance>>::get();
	assert_eq!(held, deposit(items, bytes), "{items} {bytes}");
}

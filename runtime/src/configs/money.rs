// SPDX-License-Identifier: Apache-2.0

//! The native token and the fees of transactions.

use crate::{
	configs::TreasuryAccount,
	constants::{
		currency::EXISTENTIAL_DEPOSIT,
		fee::{FEE_PER_BYTE, FEE_PER_REF_TIME},
	},
	AccountId, Authorship, Balance, Balances, Runtime, RuntimeEvent, RuntimeFreezeReason,
	RuntimeHoldReason, System,
};
use frame_support::{
	parameter_types,
	traits::{
		fungible::{Balanced, Credit},
		tokens::imbalance::ResolveTo,
		ConstU128, ConstU32, ConstU8, Imbalance, OnUnbalanced, VariantCountOf,
	},
	weights::ConstantMultiplier,
};
use pallet_transaction_payment::{FungibleAdapter, Multiplier, TargetedFeeAdjustment};
use sp_runtime::{traits::One, FixedPointNumber, Percent, Perquintill};

impl pallet_balances::Config for Runtime {
	type AccountStore = System;
	type Balance = Balance;
	type DoneSlashHandler = ();
	// Remainders of reaped accounts are not burnt: no call of ours changes the total issuance.
	type DustRemoval = ResolveTo<TreasuryAccount, Balances>;
	type ExistentialDeposit = ConstU128<EXISTENTIAL_DEPOSIT>;
	type FreezeIdentifier = RuntimeFreezeReason;
	type MaxFreezes = VariantCountOf<RuntimeFreezeReason>;
	type MaxLocks = ConstU32<50>;
	type MaxReserves = ();
	type ReserveIdentifier = [u8; 8];
	type RuntimeEvent = RuntimeEvent;
	type RuntimeFreezeReason = RuntimeFreezeReason;
	type RuntimeHoldReason = RuntimeHoldReason;
	type WeightInfo = pallet_balances::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	/// Fullness of ordinary blocks at which the fee multiplier stands still.
	pub const TargetBlockFullness: Perquintill = Perquintill::from_percent(25);
	/// Speed of the multiplier: some 7 % an hour while blocks are full.
	pub AdjustmentVariable: Multiplier = Multiplier::saturating_from_rational(75, 1_000_000);
	/// The price list holds while the chain is quiet; it never gets cheaper than that.
	pub MinimumMultiplier: Multiplier = Multiplier::one();
	/// A ceiling, so that a long attack can't price the chain out of reach for days after it.
	pub MaximumMultiplier: Multiplier = Multiplier::saturating_from_integer(1_000);
}

impl pallet_transaction_payment::Config for Runtime {
	type FeeMultiplierUpdate = TargetedFeeAdjustment<
		Runtime,
		TargetBlockFullness,
		AdjustmentVariable,
		MinimumMultiplier,
		MaximumMultiplier,
	>;
	type LengthToFee = ConstantMultiplier<Balance, ConstU128<FEE_PER_BYTE>>;
	type OnChargeTransaction = FungibleAdapter<Balances, FeesToTreasuryAndAuthor>;
	type OperationalFeeMultiplier = ConstU8<5>;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_transaction_payment::weights::SubstrateWeight<Runtime>;
	type WeightToFee = ConstantMultiplier<Balance, ConstU128<FEE_PER_REF_TIME>>;
}

/// Share of an inclusion fee that goes to the treasury; the block's author gets the rest.
pub const TREASURY_FEE_SHARE: Percent = Percent::from_percent(80);

/// Splits inclusion fees between treasury and author, and leaves tips to the author.
pub struct FeesToTreasuryAndAuthor;

impl OnUnbalanced<Credit<AccountId, Balances>> for FeesToTreasuryAndAuthor {
	fn on_unbalanceds(mut fee_then_tip: impl Iterator<Item = Credit<AccountId, Balances>>) {
		if let Some(fee) = fee_then_tip.next() {
			let treasury = TREASURY_FEE_SHARE.mul_ceil(fee.peek());
			let (treasury, mut author) = fee.split(treasury);
			if let Some(tip) = fee_then_tip.next() {
				author.subsume(tip);
			}
			ResolveTo::<TreasuryAccount, Balances>::on_unbalanced(treasury);
			to_author(author);
		}
	}
}

/// Pays the author of this block; what it can't receive (a share below the existential deposit for
/// an account that doesn't exist yet) goes to the treasury.
fn to_author(credit: Credit<AccountId, Balances>) {
	let left = match Authorship::author() {
		Some(author) => Balances::resolve(&author, credit).err(),
		None => Some(credit),
	};
	if let Some(left) = left {
		ResolveTo::<TreasuryAccount, Balances>::on_unbalanced(left);
	}
}

// SPDX-License-Identifier: Apache-2.0

//! The treasury and sudo. Root decides for now; a council takes its place by another origin here.

use crate::{
	constants::time::DAYS, AccountId, Balance, Balances, BlockNumber, Runtime, RuntimeCall,
	RuntimeEvent, System,
};
use frame_support::{
	parameter_types,
	traits::{
		fungible::Mutate,
		tokens::{Pay, PaymentStatus, Preservation, UnityAssetBalanceConversion},
		ConstU32, TypedGet,
	},
	PalletId,
};
use frame_system::{EnsureRoot, EnsureRootWithSuccess};
use sp_runtime::{traits::AccountIdLookup, DispatchError, Permill};

parameter_types! {
	/// From which the account of the treasury is derived.
	pub const TreasuryPalletId: PalletId = PalletId(*b"tnr/trsy");
	/// Blocks between two payments of approved proposals.
	pub const SpendPeriod: BlockNumber = 7 * DAYS;
	/// Blocks in which an approved spend can be claimed.
	pub const PayoutPeriod: BlockNumber = 30 * DAYS;
	/// Nothing is burnt.
	pub const Burn: Permill = Permill::zero();
	/// The most that root can approve at once.
	pub const MaxSpend: Balance = Balance::MAX;
}

/// Account of the treasury. Genesis endows it, so that it can receive any amount.
pub type TreasuryAccount = pallet_treasury::TreasuryAccountId<Runtime>;

impl pallet_treasury::Config for Runtime {
	type AssetKind = ();
	type BalanceConverter = UnityAssetBalanceConversion;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
	type Beneficiary = AccountId;
	type BeneficiaryLookup = AccountIdLookup<AccountId, ()>;
	type BlockNumberProvider = System;
	type Burn = Burn;
	type BurnDestination = ();
	type Currency = Balances;
	type MaxApprovals = ConstU32<100>;
	type PalletId = TreasuryPalletId;
	type Paymaster = PayFromTreasury;
	type PayoutPeriod = PayoutPeriod;
	type RejectOrigin = EnsureRoot<AccountId>;
	type RuntimeEvent = RuntimeEvent;
	type SpendFunds = ();
	type SpendOrigin = EnsureRootWithSuccess<AccountId, MaxSpend>;
	type SpendPeriod = SpendPeriod;
	type WeightInfo = pallet_treasury::weights::SubstrateWeight<Runtime>;
}

/// Pays out of the treasury and keeps its account alive: a dead one could not receive the small
/// shares and remainders that settlements send it.
pub struct PayFromTreasury;

impl Pay for PayFromTreasury {
	type AssetKind = ();
	type Balance = Balance;
	type Beneficiary = AccountId;
	type Error = DispatchError;
	type Id = ();

	fn pay(who: &AccountId, _: (), amount: Balance) -> Result<(), DispatchError> {
		let from = TreasuryAccount::get();
		Balances::transfer(&from, who, amount, Preservation::Preserve).map(drop)
	}

	fn check_payment(_: ()) -> PaymentStatus {
		PaymentStatus::Success
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn ensure_successful(_: &AccountId, _: (), amount: Balance) {
		let amount = amount.saturating_add(crate::constants::currency::EXISTENTIAL_DEPOSIT);
		frame_support::assert_ok!(Balances::mint_into(&TreasuryAccount::get(), amount));
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn ensure_concluded(_: ()) {}
}

impl pallet_sudo::Config for Runtime {
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_sudo::weights::SubstrateWeight<Runtime>;
}

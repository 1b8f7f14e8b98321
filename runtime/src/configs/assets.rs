// SPDX-License-Identifier: Apache-2.0

//! The assets pallet, which is there for usage tokens alone, and the filter that keeps units and
//! their backing in step.

use crate::{
	constants::currency::deposit, AccountId, Balance, Balances, Runtime, RuntimeCall, RuntimeEvent,
	UsageToken,
};
use codec::Compact;
use frame_support::traits::{
	AsEnsureOriginWithArg, ConstU128, ConstU32, Contains, NeverEnsureOrigin,
};
use frame_system::EnsureNever;

pub use tenure_primitives::SeriesId;

impl pallet_assets::Config for Runtime {
	type ApprovalDeposit = ConstU128<{ deposit(1, 116) }>;
	// Only our own pallet creates assets, and its deposits are on the owner of the series.
	type AssetAccountDeposit = ConstU128<0>;
	type AssetDeposit = ConstU128<0>;
	type AssetId = SeriesId;
	type AssetIdAllocator = ();
	type AssetIdParameter = Compact<SeriesId>;
	type Balance = Balance;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
	type CallbackHandle = ();
	type CreateOrigin = AsEnsureOriginWithArg<NeverEnsureOrigin<AccountId>>;
	type Currency = Balances;
	type Extra = ();
	// Not even root: it could mint units without backing or burn backed ones.
	type ForceOrigin = EnsureNever<AccountId>;
	type Freezer = ();
	type Holder = ();
	type MetadataDepositBase = ConstU128<0>;
	type MetadataDepositPerByte = ConstU128<0>;
	type RemoveItemsLimit = ConstU32<1_000>;
	type ReserveData = ();
	type RuntimeEvent = RuntimeEvent;
	type StringLimit = ConstU32<50>;
	type WeightInfo = pallet_assets::weights::SubstrateWeight<Runtime>;
}

/// Calls that anyone may send: all but those that would create, burn, freeze or refund units of
/// usage past the pallet that keeps their backing, and transfers of series bound to their buyer.
pub struct PublicCalls;

impl Contains<RuntimeCall> for PublicCalls {
	fn contains(call: &RuntimeCall) -> bool {
		match call {
			RuntimeCall::Assets(call) => is_public_assets_call(call),
			// It dispatches without this filter.
			RuntimeCall::Sudo(pallet_sudo::Call::sudo_as { call, .. }) => Self::contains(call),
			_ => true,
		}
	}
}

fn is_public_assets_call(call: &pallet_assets::Call<Runtime>) -> bool {
	use pallet_assets::Call;
	match call {
		Call::transfer { id, .. }
		| Call::transfer_keep_alive { id, .. }
		| Call::transfer_all { id, .. }
		| Call::approve_transfer { id, .. }
		| Call::transfer_approved { id, .. } => is_transferable(id.0),
		// Clean-up. The last three work only on a series that our pallet has begun to destroy.
		Call::cancel_approval { .. }
		| Call::destroy_accounts { .. }
		| Call::destroy_approvals { .. }
		| Call::finish_destroy { .. } => true,
		_ => false,
	}
}

/// Whether holders may pass on units of this series.
fn is_transferable(series: SeriesId) -> bool {
	UsageToken::may_transfer(series)
}

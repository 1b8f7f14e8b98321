// SPDX-License-Identifier: Apache-2.0

//! What a proxy may do in the name of another account.

use crate::{Runtime, RuntimeCall};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::traits::InstanceFilter;
use scale_info::TypeInfo;

/// Kind of a proxy. The indices are part of stored proxies: never renumber them.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Default,
	Encode,
	Eq,
	MaxEncodedLen,
	Ord,
	PartialEq,
	PartialOrd,
	TypeInfo,
)]
pub enum ProxyType {
	/// Every call.
	#[default]
	#[codec(index = 0)]
	Any,
	/// Calls that can't move value out of the account, renting included.
	#[codec(index = 1)]
	NonTransfer,
	/// Leases, from booking to settling them, on either side; neither to whom a leased device pays, nor
	/// buying a lease from its tenant or selling it.
	#[codec(index = 2)]
	LeaseOperation,
	/// What an agent beside a device does: it offers the device for hand-over and settles. It can
	/// neither bind its account nor give up what that account is owed: who confirms a hand-over pays
	/// from then on, and an owner who reports a return claims no damage.
	#[codec(index = 3)]
	DeviceAgent,
	/// Treasury, preimages and scheduled calls.
	#[codec(index = 4)]
	Governance,
	/// Rejecting announcements of other proxies.
	#[codec(index = 5)]
	CancelProxy,
	/// Session keys.
	#[codec(index = 6)]
	ValidatorOperation,
}

// Batches pass everywhere: the calls inside meet the same filter.
impl InstanceFilter<RuntimeCall> for ProxyType {
	fn filter(&self, call: &RuntimeCall) -> bool {
		match self {
			Self::Any => true,
			Self::NonTransfer => {
				Self::DeviceAgent.filter(call)
					|| Self::Governance.filter(call)
					|| Self::CancelProxy.filter(call)
					|| Self::ValidatorOperation.filter(call)
					|| matches!(
						call,
						RuntimeCall::Multisig(_) | RuntimeCall::Proxy(_) | RuntimeCall::System(_)
					)
			}
			Self::LeaseOperation => {
				use pallet_lease_escrow::Call;
				is_batch(call)
					|| matches!(call, RuntimeCall::LeaseEscrow(_) | RuntimeCall::UsageToken(_))
						&& !matches!(
							call,
							RuntimeCall::LeaseEscrow(
								Call::set_payout { .. }
									| Call::offer_lease { .. } | Call::accept_lease { .. }
							)
						)
			}
			Self::DeviceAgent => {
				use pallet_lease_escrow::Call;
				is_batch(call)
					|| matches!(
						call,
						RuntimeCall::LeaseEscrow(
							Call::settle { .. }
								| Call::claim { .. } | Call::settle_dispute { .. }
								| Call::offer_handover { .. }
						)
					)
			}
			Self::Governance => {
				is_batch(call)
					|| matches!(
						call,
						RuntimeCall::Preimage(_)
							| RuntimeCall::Scheduler(_)
							| RuntimeCall::Treasury(_)
					)
			}
			Self::CancelProxy => {
				is_batch(call)
					|| matches!(
						call,
						RuntimeCall::Proxy(pallet_proxy::Call::reject_announcement { .. })
					)
			}
			Self::ValidatorOperation => is_batch(call) || matches!(call, RuntimeCall::Session(_)),
		}
	}

	fn is_superset(&self, other: &Self) -> bool {
		match (self, other) {
			(Self::Any, _) => true,
			(_, Self::Any) => false,
			// Renting pays whom the proxy chooses.
			(Self::NonTransfer, Self::LeaseOperation) => false,
			(Self::NonTransfer, _) => true,
			(mine, other) => mine == other,
		}
	}
}

fn is_batch(call: &RuntimeCall) -> bool {
	use pallet_utility::Call;
	matches!(
		call,
		RuntimeCall::Utility(
			Call::<Runtime>::batch { .. } | Call::batch_all { .. } | Call::force_batch { .. }
		)
	)
}

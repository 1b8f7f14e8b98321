// SPDX-License-Identifier: Apache-2.0

use super::environment::{account, local_testnet};
use crate::{configs::ProxyType, *};
use codec::Encode;
use frame_support::{assert_ok, traits::InstanceFilter};
use sp_keyring::Sr25519Keyring::{Bob, Charlie, Dave};

const TYPES: [ProxyType; 7] = [
	ProxyType::Any,
	ProxyType::NonTransfer,
	ProxyType::LeaseOperation,
	ProxyType::DeviceAgent,
	ProxyType::Governance,
	ProxyType::CancelProxy,
	ProxyType::ValidatorOperation,
];

fn transfer() -> RuntimeCall {
	pallet_balances::Call::transfer_keep_alive { dest: account(Charlie).into(), value: 1 }.into()
}

/// A call of each kind that proxies tell apart.
fn samples() -> Vec<RuntimeCall> {
	let real: Address = account(Bob).into();
	vec![
		transfer(),
		pallet_assets::Call::transfer { id: codec::Compact(1), target: real.clone(), amount: 1 }
			.into(),
		frame_system::Call::remark { remark: vec![] }.into(),
		pallet_session::Call::purge_keys {}.into(),
		pallet_preimage::Call::note_preimage { bytes: vec![] }.into(),
		pallet_scheduler::Call::cancel { when: 1, index: 0 }.into(),
		pallet_treasury::Call::check_status { index: 0 }.into(),
		pallet_proxy::Call::reject_announcement { delegate: real, call_hash: Hash::default() }
			.into(),
		pallet_proxy::Call::remove_proxies {}.into(),
		pallet_utility::Call::batch { calls: vec![] }.into(),
		pallet_utility::Call::as_derivative { index: 0, call: Box::new(transfer()) }.into(),
		pallet_multisig::Call::as_multi_threshold_1 {
			other_signatories: vec![],
			call: Box::new(transfer()),
		}
		.into(),
		pallet_sudo::Call::remove_key {}.into(),
		pallet_lease_escrow::Call::settle { lease: 1 }.into(),
		pallet_lease_escrow::Call::cancel { lease: 1 }.into(),
		pallet_usage_token::Call::redeem { series: 1, units: 1 }.into(),
		pallet_device_registry::Call::retire { device: 1 }.into(),
	]
}

#[test]
fn proxy_types_keep_their_indices() {
	for (index, kind) in TYPES.into_iter().enumerate() {
		assert_eq!(kind.encode(), [index as u8]);
	}
	assert_eq!(ProxyType::default(), ProxyType::Any);
}

#[test]
fn supersets_allow_all_that_their_subsets_allow() {
	for mine in TYPES {
		assert!(mine.is_superset(&mine));
		for other in TYPES.into_iter().filter(|other| mine.is_superset(other)) {
			for call in samples() {
				assert!(!other.filter(&call) || mine.filter(&call), "{mine:?} {other:?} {call:?}");
			}
		}
	}
	assert!(!ProxyType::NonTransfer.is_superset(&ProxyType::LeaseOperation));
	assert!(!ProxyType::NonTransfer.is_superset(&ProxyType::Any));
}

#[test]
fn only_any_moves_money_or_rules() {
	for kind in TYPES.into_iter().filter(|kind| *kind != ProxyType::Any) {
		assert!(!kind.filter(&transfer()));
		assert!(!kind.filter(&pallet_sudo::Call::remove_key {}.into()));
		assert!(kind.filter(&pallet_utility::Call::batch { calls: vec![] }.into()));
	}
}

fn outcome_of(kind: ProxyType, call: RuntimeCall) -> bool {
	let (real, delegate) = (RuntimeOrigin::signed(account(Bob)), account(Charlie));
	assert_ok!(Proxy::add_proxy(real, delegate.clone().into(), kind, 0));
	assert_ok!(Proxy::proxy(
		RuntimeOrigin::signed(delegate),
		account(Bob).into(),
		Some(kind),
		Box::new(call)
	));
	System::events().iter().rev().any(|record| {
		record.event == RuntimeEvent::from(pallet_proxy::Event::ProxyExecuted { result: Ok(()) })
	})
}

#[test]
fn batches_do_not_widen_what_a_proxy_may_do() {
	for kind in TYPES {
		local_testnet().execute_with(|| {
			let batch = pallet_utility::Call::batch_all { calls: vec![transfer()] };
			assert_eq!(outcome_of(kind, batch.into()), kind == ProxyType::Any);
		});
	}
}

#[test]
fn a_proxy_can_not_make_a_stronger_one() {
	for kind in TYPES {
		local_testnet().execute_with(|| {
			let add = pallet_proxy::Call::add_proxy {
				delegate: account(Dave).into(),
				proxy_type: ProxyType::Any,
				delay: 0,
			};
			assert_eq!(outcome_of(kind, add.into()), kind == ProxyType::Any);
		});
	}
}

// SPDX-License-Identifier: Apache-2.0

use super::{
	environment::{account, local_testnet, signed},
	leasing::{
		self, on_chain,
		people::{offered_device, sale, terms},
	},
};
use crate::{configs::PublicCalls, *};
use codec::Compact;
use frame_support::{
	assert_noop, assert_ok,
	traits::{
		fungibles::{
			metadata::{Inspect as _, Mutate as _},
			Create, Inspect, Mutate,
		},
		Contains,
	},
};
use pallet_assets::Call;
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie, Dave};
use sp_runtime::traits::Dispatchable;

const SERIES: u32 = 1;
const ID: Compact<u32> = Compact(SERIES);

/// What leaves units and backing in step, as the pallet's call names say it.
const PUBLIC: [&str; 9] = [
	"transfer",
	"transfer_keep_alive",
	"transfer_all",
	"approve_transfer",
	"transfer_approved",
	"cancel_approval",
	"destroy_accounts",
	"destroy_approvals",
	"finish_destroy",
];

/// One call of each kind that the assets pallet has.
fn every_assets_call() -> Vec<Call<Runtime>> {
	let who: Address = account(Bob).into();
	let to: Address = account(Charlie).into();
	vec![
		Call::create { id: ID, admin: who.clone(), min_balance: 1 },
		Call::force_create { id: ID, owner: who.clone(), is_sufficient: true, min_balance: 1 },
		Call::start_destroy { id: ID },
		Call::destroy_accounts { id: ID },
		Call::destroy_approvals { id: ID },
		Call::finish_destroy { id: ID },
		Call::mint { id: ID, beneficiary: who.clone(), amount: 1 },
		Call::burn { id: ID, who: who.clone(), amount: 1 },
		Call::transfer { id: ID, target: to.clone(), amount: 1 },
		Call::transfer_keep_alive { id: ID, target: to.clone(), amount: 1 },
		Call::force_transfer { id: ID, source: who.clone(), dest: to.clone(), amount: 1 },
		Call::freeze { id: ID, who: who.clone() },
		Call::thaw { id: ID, who: who.clone() },
		Call::freeze_asset { id: ID },
		Call::thaw_asset { id: ID },
		Call::transfer_ownership { id: ID, owner: who.clone() },
		Call::set_team { id: ID, issuer: who.clone(), admin: who.clone(), freezer: who.clone() },
		Call::set_metadata { id: ID, name: vec![1], symbol: vec![1], decimals: 0 },
		Call::clear_metadata { id: ID },
		Call::force_set_metadata {
			id: ID,
			name: vec![1],
			symbol: vec![1],
			decimals: 0,
			is_frozen: false,
		},
		Call::force_clear_metadata { id: ID },
		Call::force_asset_status {
			id: ID,
			owner: who.clone(),
			issuer: who.clone(),
			admin: who.clone(),
			freezer: who.clone(),
			min_balance: 1,
			is_sufficient: true,
			is_frozen: false,
		},
		Call::approve_transfer { id: ID, delegate: who.clone(), amount: 1 },
		Call::cancel_approval { id: ID, delegate: who.clone() },
		Call::force_cancel_approval { id: ID, owner: who.clone(), delegate: to.clone() },
		Call::transfer_approved { id: ID, owner: who.clone(), destination: to.clone(), amount: 1 },
		Call::touch { id: ID },
		Call::refund { id: ID, allow_burn: true },
		Call::set_min_balance { id: ID, min_balance: 1 },
		Call::touch_other { id: ID, who: who.clone() },
		Call::refund_other { id: ID, who: who.clone() },
		Call::block { id: ID, who: who.clone() },
		Call::transfer_all { id: ID, dest: to, keep_alive: false },
		Call::set_reserves { id: ID, reserves: Default::default() },
	]
}

fn name(call: &Call<Runtime>) -> &'static str {
	use frame_support::traits::GetCallName;
	call.get_call_name()
}

/// A series of ten units of Dave's device, all Bob's.
fn with_series(test: impl FnOnce()) {
	on_chain(|| {
		let (_, series) = offered_device(&account(Dave), sale(), terms());
		assert_eq!(series, SERIES);
		let buy = pallet_usage_token::Call::buy { series, units: 10, max_cost: Balance::MAX };
		assert_ok!(leasing::call(&account(Bob), buy));
		test();
		assert_eq!(Assets::total_issuance(SERIES), 10);
	});
}

#[test]
fn every_call_of_the_assets_pallet_is_judged() {
	use frame_support::traits::GetCallName;
	let mut judged = every_assets_call().iter().map(name).collect::<Vec<_>>();
	let mut all = Call::<Runtime>::get_call_names().to_vec();
	judged.sort_unstable();
	all.sort_unstable();
	assert_eq!(judged, all);
	with_series(|| {
		for call in every_assets_call() {
			let public = PUBLIC.contains(&name(&call));
			assert_eq!(PublicCalls::contains(&call.clone().into()), public, "{}", name(&call));
		}
	});
}

#[test]
fn forbidden_calls_are_refused_to_holder_owner_and_stranger() {
	with_series(|| {
		// The last one has no key; nobody could sign for it.
		let series = UsageToken::account_of(SERIES);
		for who in [account(Bob), account(Dave), account(Charlie), series] {
			for call in every_assets_call().into_iter().filter(|c| !PUBLIC.contains(&name(c))) {
				assert_noop!(
					RuntimeCall::from(call).dispatch(RuntimeOrigin::signed(who.clone())),
					frame_system::Error::<Runtime>::CallFiltered
				);
			}
		}
	});
}

#[test]
fn clean_up_calls_do_nothing_to_a_series_that_lives() {
	with_series(|| {
		for who in [account(Bob), account(Dave), account(Charlie)] {
			for call in [
				Call::destroy_accounts { id: ID },
				Call::destroy_approvals { id: ID },
				Call::finish_destroy { id: ID },
			] {
				assert_noop!(
					RuntimeCall::from(call).dispatch(RuntimeOrigin::signed(who.clone())),
					pallet_assets::Error::<Runtime>::IncorrectStatus
				);
			}
		}
	});
}

#[test]
fn wallets_see_a_name_a_symbol_and_whole_units() {
	with_series(|| {
		assert_eq!(Assets::name(SERIES), b"Tenure series 1");
		assert_eq!(Assets::symbol(SERIES), b"TNU1");
		assert_eq!(Assets::decimals(SERIES), 0);
	});
}

#[test]
fn forbidden_calls_are_refused_inside_batches() {
	with_series(|| {
		for call in every_assets_call().into_iter().filter(|c| !PUBLIC.contains(&name(c))) {
			let batch = pallet_utility::Call::batch_all { calls: vec![call.into()] };
			let outcome = RuntimeCall::from(batch).dispatch(RuntimeOrigin::signed(account(Bob)));
			assert_eq!(
				outcome.unwrap_err().error,
				frame_system::Error::<Runtime>::CallFiltered.into()
			);
		}
	});
}

#[test]
fn forbidden_calls_are_refused_through_proxies_and_multisigs() {
	with_series(|| {
		let refund = RuntimeCall::from(Call::refund { id: ID, allow_burn: true });
		assert_ok!(Proxy::add_proxy(
			RuntimeOrigin::signed(account(Bob)),
			account(Charlie).into(),
			configs::ProxyType::Any,
			0
		));
		assert_ok!(Proxy::proxy(
			RuntimeOrigin::signed(account(Charlie)),
			account(Bob).into(),
			None,
			Box::new(refund.clone())
		));
		System::assert_has_event(
			pallet_proxy::Event::ProxyExecuted {
				result: Err(frame_system::Error::<Runtime>::CallFiltered.into()),
			}
			.into(),
		);
		let outcome = Multisig::as_multi_threshold_1(
			RuntimeOrigin::signed(account(Bob)),
			vec![account(Dave)],
			Box::new(refund),
		);
		assert_eq!(outcome.unwrap_err().error, frame_system::Error::<Runtime>::CallFiltered.into());
	});
}

#[test]
fn sudo_finds_no_way_to_the_units_but_root_writing_state() {
	with_series(|| {
		let sudo = RuntimeOrigin::signed(account(Alice));
		for call in every_assets_call().into_iter().filter(|c| !PUBLIC.contains(&name(c))) {
			// Root passes the filter, but no call of the pallet takes it for an origin.
			assert_ok!(Sudo::sudo(sudo.clone(), Box::new(call.clone().into())));
			System::assert_last_event(
				pallet_sudo::Event::Sudid {
					sudo_result: Err(sp_runtime::DispatchError::BadOrigin),
				}
				.into(),
			);
			// `sudo_as` would dispatch past the filter.
			let as_bob = RuntimeCall::from(pallet_sudo::Call::sudo_as {
				who: account(Bob).into(),
				call: Box::new(call.into()),
			});
			let nested = RuntimeCall::from(pallet_sudo::Call::sudo_as {
				who: account(Alice).into(),
				call: Box::new(as_bob.clone()),
			});
			for call in [as_bob, nested] {
				assert_noop!(
					call.dispatch(sudo.clone()),
					frame_system::Error::<Runtime>::CallFiltered
				);
			}
		}
		let transfer = Call::transfer { id: ID, target: account(Charlie).into(), amount: 1 };
		assert!(PublicCalls::contains(&RuntimeCall::from(pallet_sudo::Call::sudo_as {
			who: account(Bob).into(),
			call: Box::new(transfer.into()),
		})));
	});
}

#[test]
fn units_are_transferable_and_approvals_work() {
	with_series(|| {
		let to: Address = account(Charlie).into();
		let apply = |who, nonce, call: Call<Runtime>| {
			assert_ok!(Executive::apply_extrinsic(signed(who, nonce, call)).unwrap());
		};
		apply(Bob, 0, Call::transfer { id: ID, target: to.clone(), amount: 1 });
		apply(Bob, 1, Call::transfer_keep_alive { id: ID, target: to.clone(), amount: 2 });
		apply(Bob, 2, Call::approve_transfer { id: ID, delegate: to.clone(), amount: 4 });
		let reserved = Balances::reserved_balance(account(Bob));
		assert!(reserved > 0, "whoever approves pays for the record");
		let owner: Address = account(Bob).into();
		apply(
			Charlie,
			0,
			Call::transfer_approved { id: ID, owner, destination: to.clone(), amount: 1 },
		);
		apply(Bob, 3, Call::cancel_approval { id: ID, delegate: to.clone() });
		assert_eq!(Balances::reserved_balance(account(Bob)), 0);
		apply(Bob, 4, Call::transfer_all { id: ID, dest: to, keep_alive: false });
		assert_eq!(Assets::balance(SERIES, account(Charlie)), 10);
	});
}

#[test]
fn our_pallet_can_create_name_and_destroy_without_deposits() {
	local_testnet().execute_with(|| {
		let keyless = AccountId::new([7; 32]);
		assert_ok!(<Assets as Create<_>>::create(SERIES, keyless.clone(), true, 1));
		assert_ok!(Assets::set(SERIES, &keyless, b"name".to_vec(), b"SYM".to_vec(), 0));
		assert_ok!(<Assets as Mutate<_>>::mint_into(SERIES, &account(Bob), 10));
		assert_ok!(<Assets as frame_support::traits::fungibles::Destroy<_>>::start_destroy(
			SERIES, None
		));
		for (nonce, call) in [
			Call::destroy_accounts { id: ID },
			Call::destroy_approvals { id: ID },
			Call::finish_destroy { id: ID },
		]
		.into_iter()
		.enumerate()
		{
			assert_ok!(Executive::apply_extrinsic(signed(Dave, nonce as u32, call)).unwrap());
		}
		assert!(!Assets::asset_exists(SERIES));
		assert!(System::account(keyless).data.free == 0);
	});
}

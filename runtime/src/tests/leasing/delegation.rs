// SPDX-License-Identifier: Apache-2.0

//! Leasing through proxies and multisigs, and series whose units stay with their buyer.

use super::{people::*, *};
use crate::{configs::ProxyType, constants::currency::UNIT};
use frame_support::{assert_ok, dispatch::GetDispatchInfo};
use pallet_lease_escrow::{Call as Lease, HoldReason};
use pallet_usage_token::Call as Token;
use sp_keyring::Sr25519Keyring::{Charlie, Dave, Eve, Ferdie, One};
use tenure_primitives::{SaleConditions, SeriesId};

/// The refusal of calls that are not open to everybody, or to this proxy.
fn filtered() -> DispatchError {
	frame_system::Error::<Runtime>::CallFiltered.into()
}

/// What came of a call that `delegate` made in the name of `real`.
fn through_proxy(
	delegate: &AccountId,
	real: &AccountId,
	inner: impl Into<RuntimeCall>,
) -> Result<(), DispatchError> {
	take_events();
	let outer = pallet_proxy::Call::proxy {
		real: real.clone().into(),
		force_proxy_type: None,
		call: Box::new(inner.into()),
	};
	assert_ok!(call(delegate, outer));
	let executed = take_events().into_iter().rev().find_map(|event| match event {
		RuntimeEvent::Proxy(pallet_proxy::Event::ProxyExecuted { result }) => Some(result),
		_ => None,
	});
	executed.unwrap()
}

fn add_proxy(real: &AccountId, delegate: &AccountId, proxy_type: ProxyType) {
	let delegate = delegate.clone().into();
	assert_ok!(call(real, pallet_proxy::Call::add_proxy { delegate, proxy_type, delay: 0 }));
}

fn batch(calls: Vec<RuntimeCall>) -> RuntimeCall {
	pallet_utility::Call::batch_all { calls }.into()
}

#[test]
fn a_lease_proxy_rents_and_settles_but_moves_nothing_out() {
	on_chain(|| {
		let [owner, tenant, proxy, thief] = [Eve, Ferdie, Dave, One].map(account);
		let (device, series) = offered_device(&owner, sale(), terms());
		add_proxy(&tenant, &proxy, ProxyType::LeaseOperation);
		block_at(START + 60);
		assert_ok!(device.beat().unwrap());
		let before = [&tenant, &proxy].map(total);

		assert_ok!(through_proxy(&proxy, &tenant, rental(&tenant, series, device.id, None, 10)));
		assert_eq!(held(HoldReason::Rent, &tenant), 10 * PRICE);
		assert_eq!(held(HoldReason::Rent, &proxy), 0);
		let buy = Token::buy { series, units: 5, max_cost: 5 * PRICE };
		assert_ok!(through_proxy(&proxy, &tenant, batch(vec![buy.into()])));
		assert_eq!(units_of(series, &tenant), 5);

		let money =
			pallet_balances::Call::transfer_keep_alive { dest: thief.clone().into(), value: UNIT };
		let units = transfer_of(series, &thief, 1);
		let approval = pallet_assets::Call::approve_transfer {
			id: codec::Compact(series),
			delegate: thief.clone().into(),
			amount: 1,
		};
		let sublet = Lease::offer_lease { lease: 1, to: thief.clone(), price: 0 };
		let payout = Lease::set_payout { lease: 1, address: None };
		for theft in [
			RuntimeCall::from(money),
			units.into(),
			approval.into(),
			sublet.into(),
			payout.into(),
			Lease::accept_lease {
				lease: 1,
				access_key: access_key(&thief),
				legal_document: TEXT,
				max_price: UNIT,
			}
			.into(),
		] {
			assert_eq!(through_proxy(&proxy, &tenant, theft.clone()), Err(filtered()));
			assert_eq!(through_proxy(&proxy, &tenant, batch(vec![theft])), Err(filtered()));
		}

		for minute in 2..=11 {
			block_at(START + minute * 60);
			assert_ok!(device.beat().unwrap());
		}
		let settle = || RuntimeCall::from(Lease::settle { lease: 1 });
		assert_ok!(through_proxy(&proxy, &tenant, settle()));
		assert_eq!(next_lease(), 2);
		assert_eq!(pallet_lease_escrow::Leases::<Runtime>::get(1), None);
		assert_eq!([&tenant, &proxy].map(total), [before[0] - 15 * PRICE, before[1]]);
		assert_ok!(through_proxy(&proxy, &tenant, Token::redeem { series, units: 5 }));
		assert_eq!(units_of(series, &thief), 0);
	});
}

#[test]
fn an_agent_proxy_settles_and_a_careful_one_does_not_rent() {
	on_chain(|| {
		let [owner, tenant, agent, careful] = [Eve, Ferdie, Dave, One].map(account);
		let (device, series) = offered_device(&owner, sale(), terms());
		add_proxy(&tenant, &agent, ProxyType::DeviceAgent);
		add_proxy(&tenant, &careful, ProxyType::NonTransfer);
		block_at(START + 60);
		assert_ok!(device.beat().unwrap());
		assert_ok!(call(&tenant, rental(&tenant, series, device.id, None, 10)));
		block_at(START + 120);
		assert_ok!(device.beat().unwrap());
		for proxy in [&agent, &careful] {
			assert_ok!(through_proxy(proxy, &tenant, Lease::settle { lease: 1 }));
			for costly in [
				rental(&tenant, series, device.id, Some(START + 3_600), 10).into(),
				RuntimeCall::from(Lease::end { lease: 1 }),
				Lease::confirm_handover { lease: 1, condition: Default::default() }.into(),
				Lease::report_return { lease: 1, condition: Default::default() }.into(),
				Lease::revoke { lease: 1 }.into(),
				Token::buy { series, units: 1, max_cost: PRICE }.into(),
			] {
				assert_eq!(through_proxy(proxy, &tenant, costly), Err(filtered()));
			}
		}
		assert_eq!(LeaseEscrow::lease_details(1).unwrap().paid, PRICE);
	});
}

#[test]
fn two_of_three_rent_together() {
	on_chain(|| {
		let mut members = [Ferdie, Dave, One].map(account);
		members.sort();
		let firm = Multisig::multi_account_id(&members, 2);
		let owner = account(Eve);
		let funds = pallet_balances::Call::transfer_keep_alive {
			dest: firm.clone().into(),
			value: 100 * UNIT,
		};
		assert_ok!(call(&account(Charlie), funds));
		let (device, series) = offered_device(&owner, sale(), terms());
		block_at(START + 60);
		assert_ok!(device.beat().unwrap());

		let rent = RuntimeCall::from(rental(&firm, series, device.id, None, 10));
		let max_weight = rent.get_dispatch_info().call_weight;
		let approve = |index: usize, maybe_timepoint| {
			let mut others = members.to_vec();
			let member = others.remove(index);
			let approval = pallet_multisig::Call::as_multi {
				threshold: 2,
				other_signatories: others,
				maybe_timepoint,
				call: Box::new(rent.clone()),
				max_weight,
			};
			assert_ok!(call(&member, approval));
		};
		approve(0, None);
		assert_eq!(next_lease(), 1);
		approve(2, Some(Multisig::timepoint()));
		assert_eq!(held(HoldReason::Rent, &firm), 10 * PRICE);

		for minute in 2..=11 {
			block_at(START + minute * 60);
			assert_ok!(device.beat().unwrap());
		}
		block_at(START + 13 * 60);
		assert_eq!(pallet_lease_escrow::Leases::<Runtime>::get(1), None);
		assert_eq!(total(&firm), 100 * UNIT - 10 * PRICE);
		assert_eq!(Balances::reserved_balance(&firm), 0);
	});
}

/// Runs the test with a series whose units can not be passed on; the second account has ten.
fn with_bound_series(test: impl FnOnce(SeriesId, [AccountId; 3])) {
	on_chain(|| {
		let people = [Eve, Ferdie, Dave].map(account);
		let bound = SaleConditions { transferable: false, ..sale() };
		let (_, series) = offered_device(&people[0], bound, terms());
		assert_ok!(call(&people[1], Token::buy { series, units: 10, max_cost: Balance::MAX }));
		test(series, people.clone());
		assert_eq!(units_of(series, &people[1]), 10);
		assert_eq!(units_of(series, &people[2]), 0);
	});
}

/// Each call by which units could change hands.
fn transfers(series: SeriesId, from: &AccountId, to: &AccountId) -> Vec<RuntimeCall> {
	use pallet_assets::Call;
	let id = codec::Compact(series);
	let target: Address = to.clone().into();
	vec![
		Call::transfer { id, target: target.clone(), amount: 1 }.into(),
		Call::transfer_keep_alive { id, target: target.clone(), amount: 1 }.into(),
		Call::transfer_all { id, dest: target.clone(), keep_alive: false }.into(),
		Call::approve_transfer { id, delegate: target.clone(), amount: 1 }.into(),
		Call::transfer_approved { id, owner: from.clone().into(), destination: target, amount: 1 }
			.into(),
	]
}

#[test]
fn units_of_a_bound_series_stay_with_their_buyer() {
	with_bound_series(|series, [_, buyer, other]| {
		add_proxy(&buyer, &other, ProxyType::Any);
		for transfer in transfers(series, &buyer, &other) {
			assert_eq!(call(&buyer, transfer.clone()), Err(filtered()));
			assert_eq!(call(&other, transfer.clone()), Err(filtered()));
			assert_eq!(call(&buyer, batch(vec![transfer.clone()])), Err(filtered()));
			assert_eq!(call(&buyer, batch(vec![batch(vec![transfer.clone()])])), Err(filtered()));
			assert_eq!(through_proxy(&other, &buyer, transfer.clone()), Err(filtered()));
			let multisig = pallet_multisig::Call::as_multi_threshold_1 {
				other_signatories: vec![other.clone()],
				call: Box::new(transfer),
			};
			assert_eq!(call(&buyer, multisig), Err(filtered()));
		}
	});
}

#[test]
fn a_batch_that_goes_on_after_faults_moves_none_of_them_either() {
	with_bound_series(|series, [_, buyer, other]| {
		let calls = transfers(series, &buyer, &other);
		let count = calls.len();
		take_events();
		assert_ok!(call(&buyer, pallet_utility::Call::force_batch { calls }));
		let failed = take_events()
			.into_iter()
			.filter(|event| {
				*event
					== RuntimeEvent::from(pallet_utility::Event::ItemFailed { error: filtered() })
			})
			.count();
		assert_eq!(failed, count);
	});
}

#[test]
fn bound_units_can_be_booked_and_redeemed() {
	on_chain(|| {
		let [owner, buyer] = [Eve, Ferdie].map(account);
		let bound = SaleConditions { transferable: false, ..sale() };
		let (device, series) = offered_device(&owner, bound, terms());
		assert_ok!(call(&buyer, Token::buy { series, units: 10, max_cost: Balance::MAX }));
		block_at(START + 60);
		assert_ok!(device.beat().unwrap());
		assert_ok!(call(&buyer, booking(&buyer, series, device.id, Some(START + 7_200), 6)));
		assert_ok!(call(&buyer, Lease::cancel { lease: 1 }));
		assert_eq!(units_of(series, &buyer), 9);
		assert_ok!(call(&buyer, Token::redeem { series, units: 9 }));
		assert_eq!(Assets::total_supply(series), 0);
	});
}

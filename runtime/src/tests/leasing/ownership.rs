// SPDX-License-Identifier: Apache-2.0

//! A device is sold while it is leased, booked and promised: who serves, and who is paid.

use super::{people::*, *};
use crate::constants::currency::{EXISTENTIAL_DEPOSIT, UNIT};
use frame_support::{assert_noop, assert_ok};
use pallet_device_registry::Call as Registry;
use pallet_lease_escrow::{Call as Lease, HoldReason, Leases};
use pallet_usage_token::Call as Token;
use sp_keyring::Sr25519Keyring::{Dave, Eve, Ferdie, One};
use tenure_primitives::{DeviceId, SeriesId};

fn hand_over(device: DeviceId, from: &AccountId, to: &AccountId) -> Result<(), DispatchError> {
	call(from, Registry::offer_transfer { device, to: to.clone() })?;
	call(to, Registry::accept_transfer { device, max_bond: Balance::MAX })
}

/// Ferdie has a lease of ten minutes that is about to run, one of ten minutes in two hours, and thirty
/// units; then Eve's device becomes Dave's.
fn sold_device() -> (Device, SeriesId, [AccountId; 3]) {
	let people = [Eve, Dave, Ferdie].map(account);
	let [seller, buyer, tenant] = &people;
	let (device, series) = offered_device(seller, sale(), terms());
	assert_ok!(call(buyer, Lease::bond { amount: 100 * UNIT }));
	assert_ok!(call(tenant, Token::buy { series, units: 40, max_cost: Balance::MAX }));
	block_at(START + 60);
	assert_ok!(device.beat().unwrap());
	assert_ok!(call(tenant, rental(tenant, series, device.id, None, 10)));
	assert_ok!(call(tenant, booking(tenant, series, device.id, Some(START + 7_200), 10)));
	block_at(START + 130);
	assert_ok!(device.beat().unwrap());
	assert_ok!(hand_over(device.id, seller, buyer));
	(device, series, people)
}

fn serve_until(device: &Device, end: Moment) {
	while now() + 60 <= end {
		block_at(now() + 60);
		assert_ok!(device.beat().unwrap());
	}
}

#[test]
fn what_runs_pays_the_seller_and_what_comes_pays_the_buyer() {
	on_chain(|| {
		let (device, _, [seller, buyer, _]) = sold_device();
		let penalty = 2 * PRICE;
		assert_eq!(pallet_lease_escrow::Bonds::<Runtime>::get(&seller).committed, penalty);
		assert_eq!(pallet_lease_escrow::Bonds::<Runtime>::get(&buyer).committed, penalty);
		let payees = [1, 2].map(|lease| Leases::<Runtime>::get(lease).unwrap().payee);
		assert_eq!(payees, [seller.clone(), buyer.clone()]);

		let after_share = PRICE * 10 * 95 / 100;
		let before = [&seller, &buyer].map(total);
		serve_until(&device, START + 120 + 11 * 60);
		assert!(!Leases::<Runtime>::contains_key(1));
		assert_eq!([&seller, &buyer].map(total), [before[0] + after_share, before[1]]);
		serve_until(&device, START + 7_200 + 12 * 60);
		assert!(!Leases::<Runtime>::contains_key(2));
		let both = [before[0] + after_share, before[1] + after_share];
		assert_eq!([&seller, &buyer].map(total), both);
		assert_eq!(held(HoldReason::OwnerBond, &buyer), 100 * UNIT);
	});
}

#[test]
fn units_outlive_the_sale_and_the_buyer_serves_them() {
	on_chain(|| {
		let (device, series, [seller, buyer, tenant]) = sold_device();
		block_at(START + 200);
		assert_ok!(device.beat().unwrap());
		assert_ok!(call(&tenant, booking(&tenant, series, device.id, Some(START + 10_800), 5)));
		assert_eq!(Leases::<Runtime>::get(3).unwrap().payee, buyer);

		// The part of redeemed units that the holder does not get is for keeping the device free.
		let before = [&seller, &buyer, &tenant].map(total);
		assert_ok!(call(&tenant, Token::redeem { series, units: 5 }));
		let (par, paid) = (5 * PRICE, 5 * PRICE * 95 / 100);
		let after = [before[0], before[1] + par - paid, before[2] + paid];
		assert_eq!([&seller, &buyer, &tenant].map(total), after);

		let closing = Token::close_series { series };
		assert_noop!(
			call(&seller, closing.clone()),
			pallet_usage_token::Error::<Runtime>::NotSeriesOwner
		);
		assert_ok!(call(&buyer, closing));
		assert_ok!(call(&tenant, Token::redeem { series, units: 10 }));
		assert_eq!(total(&tenant), after[2] + 10 * PRICE);
	});
}

#[test]
fn a_buyer_without_the_bond_can_not_take_what_is_booked() {
	on_chain(|| {
		let [seller, buyer, tenant] = [Eve, One, Ferdie].map(account);
		let (device, series) = offered_device(&seller, sale(), terms());
		let gift = pallet_balances::Call::transfer_keep_alive {
			dest: buyer.clone().into(),
			value: 50 * UNIT,
		};
		assert_ok!(call(&account(Dave), gift));
		block_at(START + 60);
		assert_ok!(device.beat().unwrap());
		assert_ok!(call(&tenant, rental(&tenant, series, device.id, Some(START + 3_600), 10)));
		let accept = Registry::accept_transfer { device: device.id, max_bond: 2 * PRICE };
		assert_ok!(call(
			&seller,
			Registry::offer_transfer { device: device.id, to: buyer.clone() }
		));
		let refusal = pallet_lease_escrow::Error::<Runtime>::OwnerBondTooSmall;
		assert_noop!(call(&buyer, accept.clone()), refusal);
		// Nothing is booked while the device is offered: it would fall on whoever can't see it.
		let late = rental(&tenant, series, device.id, Some(START + 7_200), 10);
		assert_noop!(call(&tenant, late), pallet_lease_escrow::Error::<Runtime>::DeviceOffered);
		let blind = Registry::accept_transfer { device: device.id, max_bond: 2 * PRICE - 1 };
		assert_noop!(call(&buyer, blind), pallet_lease_escrow::Error::<Runtime>::BondAboveMax);
		assert_ok!(call(&buyer, Lease::bond { amount: 2 * PRICE }));
		assert_ok!(call(&buyer, accept));
	});
}

#[test]
fn governance_takes_a_device_away_and_everybody_is_paid_off() {
	on_chain(|| {
		let (device, series, [seller, buyer, tenant]) = sold_device();
		block_at(START + 120 + 240);
		assert_ok!(device.beat().unwrap());
		let before = [&seller, &buyer, &tenant].map(total);
		let retire = Registry::force_retire { device: device.id };
		assert_noop!(call(&seller, retire.clone()), DispatchError::BadOrigin);
		let sudo = pallet_sudo::Call::sudo { call: Box::new(retire.into()) };
		assert_ok!(call(&account(sp_keyring::Sr25519Keyring::Alice), sudo));

		assert_eq!(Leases::<Runtime>::iter().count(), 0);
		assert_eq!(held(HoldReason::Rent, &tenant), 0);
		assert_eq!(held(HoldReason::LeaseRecord, &tenant), 0);
		assert_eq!(pallet_lease_escrow::Bonds::<Runtime>::get(&seller).committed, 0);
		assert_eq!(pallet_lease_escrow::Bonds::<Runtime>::get(&buyer).committed, 0);
		// The first heartbeat in the lease and this one are further apart than the gap: of what ran,
		// nothing is proven but the time around the first.
		let served = before[2] - total(&tenant);
		assert!(served <= PRICE, "{served}");
		// What is left in units is worth its price.
		assert_ok!(call(&tenant, Token::redeem { series, units: 30 }));
		assert_eq!(total(&tenant), before[2] - served + 30 * PRICE);
		// The device is gone: its series is its maker's again, who may end it.
		assert_ok!(call(&seller, Token::close_series { series }));
		let deposit = held(pallet_usage_token::HoldReason::SeriesRecord, &seller);
		let seller_before = total(&seller);
		assert_ok!(call(&account(One), Token::reap_series { series }));
		assert!(deposit > 0);
		assert_eq!(held(pallet_usage_token::HoldReason::SeriesRecord, &seller), 0);
		assert_eq!(total(&seller), seller_before + EXISTENTIAL_DEPOSIT);
	});
}

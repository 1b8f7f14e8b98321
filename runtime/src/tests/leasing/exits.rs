// SPDX-License-Identifier: Apache-2.0

//! The ways out of a lease and out of units, with exact amounts.

use super::{people::*, *};
use crate::configs::TreasuryAccount;
use frame_support::{assert_ok, traits::TypedGet};
use pallet_lease_escrow::{Call as Lease, HoldReason};
use pallet_usage_token::Call as Token;
use sp_keyring::Sr25519Keyring::{Charlie, Dave, Eve, Ferdie};

struct Scene {
	owner: AccountId,
	tenant: AccountId,
	friend: AccountId,
	device: Device,
	series: tenure_primitives::SeriesId,
}

fn on_scene(test: impl FnOnce(Scene)) {
	on_chain(|| {
		let [owner, tenant, friend] = [Eve, Ferdie, Dave].map(account);
		let (device, series) = offered_device(&owner, sale(), terms());
		block_at(START + 60);
		assert_ok!(device.beat().unwrap());
		let issuance = Balances::total_issuance();
		test(Scene { owner, tenant, friend, device, series });
		assert_eq!(Balances::total_issuance(), issuance);
	});
}

#[test]
fn a_cancelled_booking_gives_units_and_the_owner_its_share() {
	on_scene(|Scene { owner, tenant, device, series, .. }| {
		let treasury = TreasuryAccount::get();
		let before = [&owner, &tenant, &treasury].map(total);
		// The longest notice costs one hundredth, which is a whole unit of ten.
		assert_ok!(call(&tenant, rental(&tenant, series, device.id, Some(START + 7_200), 10)));
		assert_ok!(call(&tenant, Lease::cancel { lease: 1 }));
		assert_eq!(units_of(series, &tenant), 9);
		assert_eq!(total(&owner), before[0] + PRICE - PRICE / 20);
		assert_eq!(total(&tenant), before[1] - 10 * PRICE);
		assert_eq!(total(&treasury), before[2] + PRICE / 20);
		assert_eq!(Balances::reserved_balance(&tenant), 0);

		// A unit redeems for 95 hundredths inside the usable window; the rest is the owner's.
		assert_ok!(call(&tenant, Token::redeem { series, units: 4 }));
		assert_eq!(total(&tenant), before[1] - 10 * PRICE + 4 * PRICE * 95 / 100);
		assert_eq!(total(&owner), before[0] + PRICE - PRICE / 20 + 4 * PRICE * 5 / 100);

		// When the owner closes the series, for its price.
		assert_ok!(call(&owner, Token::close_series { series }));
		assert_ok!(call(&tenant, Token::redeem { series, units: 5 }));
		assert_eq!(total(&tenant), before[1] - PRICE - 4 * PRICE * 5 / 100);
		assert_ok!(call(&owner, pallet_device_registry::Call::retire { device: device.id }));
	});
}

#[test]
fn an_early_end_gives_whole_units_back_and_a_friend_books_with_them() {
	on_scene(|Scene { owner, tenant, friend, device, series }| {
		let before = [&owner, &tenant, &friend].map(total);
		assert_ok!(call(&tenant, rental(&tenant, series, device.id, None, 10)));
		let from = START + 60;
		for minute in 1..=4 {
			block_at(from + minute * 60);
			assert_ok!(device.beat().unwrap());
		}
		// In the fifth minute: it ends with it.
		block_at(from + 243);
		assert_ok!(call(&tenant, Lease::end { lease: 1 }));
		assert_eq!(units_of(series, &tenant), 5);
		assert_eq!(held(HoldReason::Rent, &tenant), 5 * PRICE);

		// The friend needs no money for the rent, and the device is free right after.
		assert_ok!(call(&tenant, transfer_of(series, &friend, 5)));
		assert_ok!(call(&friend, booking(&friend, series, device.id, Some(from + 300), 5)));
		assert_eq!(held(HoldReason::Rent, &friend), 5 * PRICE);
		block_at(from + 300);
		let grant = LeaseEscrow::access_grant(device.id).unwrap();
		assert_eq!((grant.lease, grant.access_key), (2, access_key(&friend)));
		for minute in 5..=10 {
			block_at(from + minute * 60 + SLOT);
			assert_ok!(device.beat().unwrap());
		}
		block_at(from + 900);
		assert_eq!(pallet_lease_escrow::Leases::<Runtime>::iter().count(), 0);

		assert_eq!(total(&owner), before[0] + 10 * PRICE - PRICE / 2);
		assert_eq!(total(&tenant), before[1] - 10 * PRICE);
		assert_eq!(total(&friend), before[2]);
		assert_eq!(Assets::total_supply(series), 0);
		let bond = pallet_lease_escrow::Bonds::<Runtime>::get(&owner);
		assert_eq!(bond.committed, 0);
		assert_ok!(call(&owner, Lease::unbond { amount: bond.held }));
		assert_eq!(held(HoldReason::OwnerBond, &owner), bond.held);
		block_at(now() + 7 * 86_400 + SLOT);
		assert_ok!(call(&owner, Lease::withdraw_unbonded {}));
		assert_eq!(held(HoldReason::OwnerBond, &owner), 0);
	});
}

#[test]
fn what_nobody_serves_comes_back_in_money_and_not_in_units() {
	on_scene(|Scene { owner, tenant, device, series, .. }| {
		let before = [&owner, &tenant].map(total);
		assert_ok!(call(&tenant, rental(&tenant, series, device.id, None, 10)));
		blocks_until(START + 3_600);
		assert_eq!(units_of(series, &tenant), 0);
		// A fifth of the rent is the penalty.
		assert_eq!(total(&tenant), before[1] + 2 * PRICE);
		assert_eq!(total(&owner), before[0] - 2 * PRICE);
		assert_eq!(Balances::reserved_balance(&tenant), 0);
	});
}

#[test]
fn nobody_answers_for_an_hour_without_blocks() {
	on_scene(|Scene { owner, tenant, device, series, .. }| {
		let before = [&owner, &tenant].map(total);
		assert_ok!(call(&tenant, rental(&tenant, series, device.id, None, 10)));
		block_at(START + 3_600);
		blocks_until(now() + 600);
		assert_eq!(next_lease(), 2);
		assert_eq!(pallet_lease_escrow::Leases::<Runtime>::get(1), None);
		assert_eq!([&owner, &tenant].map(total), before);
	});
}

#[test]
fn a_holder_without_money_redeems_but_can_not_book() {
	on_scene(|Scene { tenant, device, series, .. }| {
		let poor = AccountId::new([9; 32]);
		assert_ok!(call(&tenant, Token::buy { series, units: 20, max_cost: Balance::MAX }));
		assert_ok!(call(&tenant, transfer_of(series, &poor, 10)));
		assert_eq!(
			call(&poor, booking(&poor, series, device.id, None, 5)),
			Err(pallet_lease_escrow::Error::<Runtime>::BalanceTooLow.into())
		);
		assert_ok!(call(&poor, Token::redeem { series, units: 10 }));
		assert_eq!(total(&poor), 10 * PRICE * 95 / 100);
	});
}

#[test]
fn a_device_in_use_can_not_be_retired_and_one_that_is_free_can() {
	on_scene(|Scene { owner, tenant, device, series, .. }| {
		let retire = || call(&owner, pallet_device_registry::Call::retire { device: device.id });
		let committed = pallet_device_registry::Error::<Runtime>::DeviceCommitted.into();
		assert_ok!(call(&tenant, rental(&tenant, series, device.id, None, 10)));
		assert_eq!(retire(), Err(committed));
		assert_ok!(call(&owner, Token::close_series { series }));
		assert_eq!(retire(), Err(committed));
		block_at(START + 3_600);
		assert_ok!(retire());
		let late = account(Charlie);
		assert_eq!(
			call(&late, rental(&late, series, device.id, None, 10)),
			Err(pallet_device_registry::Error::<Runtime>::DeviceRetired.into())
		);
	});
}

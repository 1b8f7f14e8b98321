// SPDX-License-Identifier: Apache-2.0

use crate::{mock::*, ActiveKeys, Devices, DevicesByOwner, Error, Event};
use frame_support::{assert_noop, assert_ok, traits::fungible::Inspect};
use sp_runtime::{traits::BadOrigin, TokenError};
use tenure_primitives::{traits::Devices as _, DeviceId, DeviceKey, KeyRotation};

fn offered_to(device: DeviceId) -> Option<AccountId> {
	Devices::<Test>::get(device).unwrap().offered_to
}

#[test]
fn a_device_is_offered_and_accepted() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		let deposit = held(OLGA);
		assert_ok!(DeviceRegistry::offer_transfer(signed(OLGA), device, OSCAR));
		assert_eq!(offered_to(device), Some(OSCAR));
		assert_eq!(held(OLGA), deposit);
		assert_eq!(Balances::balance(&OSCAR), ENDOWMENT);
		System::assert_last_event(Event::TransferOffered { device, to: OSCAR }.into());

		LeasesAhead::set(device, 3);
		assert_ok!(DeviceRegistry::accept_transfer(signed(OSCAR), device, u128::MAX));
		let record = Devices::<Test>::get(device).unwrap();
		assert_eq!((record.owner, record.offered_to), (OSCAR, None));
		assert!(!DevicesByOwner::<Test>::contains_key(OLGA, device));
		assert!(DevicesByOwner::<Test>::contains_key(OSCAR, device));
		assert_eq!((held(OLGA), held(OSCAR)), (0, deposit));
		assert_eq!(Balances::balance(&OLGA), ENDOWMENT);
		assert_eq!(Balances::balance(&OSCAR), ENDOWMENT - deposit);
		assert_eq!(told(), [Told::HandedOver(device, OSCAR)]);
		let event = Event::DeviceTransferred { device, from: OLGA, to: OSCAR, leases: 3 };
		System::assert_last_event(event.into());
	});
}

#[test]
fn the_active_key_stays() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		hand_over(device, OLGA, OSCAR);
		assert_eq!(key_of(device), Some(DeviceKey { public: key(1), active: true }));
		assert_eq!(ActiveKeys::<Test>::get(key(1)), Some(device));
	});
}

#[test]
fn a_key_that_the_seller_scheduled_does_not_take_over() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		Claims::put(device);
		assert_ok!(DeviceRegistry::rotate_key(signed(OLGA), device, key(2)));
		let rotation = KeyRotation { public: key(2), from: START + DELAY };
		assert_eq!(DeviceRegistry::key_rotation(device), Some(rotation));
		hand_over(device, OLGA, OSCAR);
		assert_eq!(DeviceRegistry::key_rotation(device), None);
		Clock::set(START + DELAY);
		assert_noop!(DeviceRegistry::activate_key(device), Error::<Test>::KeyActive);
	});
}

#[test]
fn claims_do_not_stop_a_transfer() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		Claims::put(device);
		hand_over(device, OLGA, OSCAR);
		assert_eq!(Devices::<Test>::get(device).unwrap().owner, OSCAR);
	});
}

#[test]
fn the_new_owner_pays_todays_price_and_the_old_one_has_back_what_it_paid() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		let bytes = (held(OLGA) - BASE_PRICE) / BYTE_PRICE;
		BytePrice::set(3 * BYTE_PRICE);
		hand_over(device, OLGA, OSCAR);
		assert_eq!(held(OSCAR), BASE_PRICE + 3 * BYTE_PRICE * bytes);
		assert_eq!(Balances::balance(&OLGA), ENDOWMENT);
	});
}

#[test]
fn who_can_not_pay_the_deposit_does_not_get_the_device() {
	build_and_execute(|| {
		let device = registered(OLGA, None);
		assert_ok!(DeviceRegistry::offer_transfer(signed(OLGA), device, PAUL));
		let accept = || DeviceRegistry::accept_transfer(signed(PAUL), device, u128::MAX);
		assert_noop!(accept(), TokenError::FundsUnavailable);
	});
}

#[test]
fn who_can_not_stand_behind_the_leases_does_not_get_the_device() {
	build_and_execute(|| {
		let device = registered(OLGA, None);
		assert_ok!(DeviceRegistry::offer_transfer(signed(OLGA), device, OSCAR));
		refuse(true);
		assert_undone(
			|| DeviceRegistry::accept_transfer(signed(OSCAR), device, u128::MAX),
			REFUSAL,
		);
		refuse(false);
		assert_ok!(DeviceRegistry::accept_transfer(signed(OSCAR), device, u128::MAX));
	});
}

#[test]
fn a_refund_that_fails_stops_the_transfer() {
	build_and_execute(|| {
		let device = registered(OLGA, None);
		assert_ok!(DeviceRegistry::offer_transfer(signed(OLGA), device, OSCAR));
		block_refunds(true);
		assert_undone(
			|| DeviceRegistry::accept_transfer(signed(OSCAR), device, u128::MAX),
			REFUSAL,
		);
	});
}

#[test]
fn the_newest_offer_counts() {
	build_and_execute(|| {
		let device = registered(OLGA, None);
		assert_ok!(DeviceRegistry::offer_transfer(signed(OLGA), device, PAUL));
		assert_ok!(DeviceRegistry::offer_transfer(signed(OLGA), device, OSCAR));
		let late = || DeviceRegistry::accept_transfer(signed(PAUL), device, u128::MAX);
		assert_noop!(late(), Error::<Test>::OfferedToAnother);
		assert_ok!(DeviceRegistry::accept_transfer(signed(OSCAR), device, u128::MAX));
	});
}

#[test]
fn an_offer_can_be_withdrawn() {
	build_and_execute(|| {
		let device = registered(OLGA, None);
		assert_ok!(DeviceRegistry::offer_transfer(signed(OLGA), device, OSCAR));
		assert_ok!(DeviceRegistry::withdraw_transfer(signed(OLGA), device));
		assert_eq!(offered_to(device), None);
		System::assert_last_event(Event::TransferWithdrawn { device, to: OSCAR }.into());
		let accept = || DeviceRegistry::accept_transfer(signed(OSCAR), device, u128::MAX);
		assert_noop!(accept(), Error::<Test>::NotOffered);
		let withdraw = || DeviceRegistry::withdraw_transfer(signed(OLGA), device);
		assert_noop!(withdraw(), Error::<Test>::NotOffered);
	});
}

#[test]
fn the_seller_has_nothing_to_say_any_more() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		hand_over(device, OLGA, OSCAR);
		assert_noop!(DeviceRegistry::retire(signed(OLGA), device), Error::<Test>::NotOwner);
		let again = || DeviceRegistry::accept_transfer(signed(OSCAR), device, u128::MAX);
		assert_noop!(again(), Error::<Test>::NotOffered);
		assert_ok!(DeviceRegistry::retire(signed(OSCAR), device));
		assert_eq!(Balances::balance(&OSCAR), ENDOWMENT);
	});
}

#[test]
fn an_offer_that_says_nothing_new_is_refused() {
	build_and_execute(|| {
		let device = registered(OLGA, None);
		let offer = |to| DeviceRegistry::offer_transfer(signed(OLGA), device, to);
		assert_noop!(offer(OLGA), Error::<Test>::AlreadyOwner);
		assert_ok!(offer(OSCAR));
		assert_noop!(offer(OSCAR), Error::<Test>::NothingToChange);
	});
}

#[test]
fn a_device_in_a_fleet_or_missing_can_not_be_offered() {
	build_and_execute(|| {
		let device = activated(OLGA, key(1));
		let offer = || DeviceRegistry::offer_transfer(signed(OLGA), device, OSCAR);
		fleet_with(OLGA, &[device]);
		assert_noop!(offer(), Error::<Test>::DeviceInFleet);
		lose(device);
		assert_noop!(offer(), Error::<Test>::DeviceMissing);
	});
}

#[test]
fn only_the_owner_offers_and_withdraws() {
	build_and_execute(|| {
		let device = registered(OLGA, None);
		let offer = |origin| DeviceRegistry::offer_transfer(origin, device, PAUL);
		assert_noop!(offer(signed(OSCAR)), Error::<Test>::NotOwner);
		assert_noop!(offer(RuntimeOrigin::root()), BadOrigin);
		assert_ok!(offer(signed(OLGA)));
		let withdraw = |origin| DeviceRegistry::withdraw_transfer(origin, device);
		assert_noop!(withdraw(signed(PAUL)), Error::<Test>::NotOwner);
		assert_noop!(withdraw(RuntimeOrigin::root()), BadOrigin);
		let accept = |origin| DeviceRegistry::accept_transfer(origin, device, u128::MAX);
		assert_noop!(accept(signed(OLGA)), Error::<Test>::OfferedToAnother);
		assert_noop!(accept(RuntimeOrigin::root()), BadOrigin);
	});
}

#[test]
fn a_device_that_is_not_there_does_not_change_hands() {
	build_and_execute(|| {
		let device = registered(OLGA, None);
		assert_ok!(DeviceRegistry::retire(signed(OLGA), device));
		for (device, error) in
			[(device, Error::<Test>::DeviceRetired), (device + 1, Error::<Test>::UnknownDevice)]
		{
			let offer = || DeviceRegistry::offer_transfer(signed(OLGA), device, OSCAR);
			assert_noop!(offer(), error);
		}
		for (device, error) in
			[(device, Error::<Test>::DeviceRetired), (device + 1, Error::<Test>::UnknownDevice)]
		{
			assert_noop!(DeviceRegistry::withdraw_transfer(signed(OLGA), device), error);
		}
		for (device, error) in
			[(device, Error::<Test>::DeviceRetired), (device + 1, Error::<Test>::UnknownDevice)]
		{
			assert_noop!(DeviceRegistry::accept_transfer(signed(OSCAR), device, u128::MAX), error);
		}
	});
}

#[test]
fn a_key_that_the_seller_named_and_nobody_activated_is_forgotten() {
	build_and_execute(|| {
		let device = registered(OLGA, Some(key(1)));
		hand_over(device, OLGA, OSCAR);
		assert_eq!(Devices::<Test>::get(device).unwrap().key, None);
	});
}

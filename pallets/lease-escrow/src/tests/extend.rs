// SPDX-License-Identifier: Apache-2.0

use super::*;
use crate::{types::minute_of, AccessGrants, Calendars, Deadlines, Leases, MinuteKey, OwnerBond};
use tenure_primitives::{traits::LeaseBook, Admission, DeviceStatus, Units};

fn extend(id: LeaseId, units: Units) -> frame_support::pallet_prelude::DispatchResult {
	LeaseEscrow::extend(signed(TENANT), id, units, Balance::MAX)
}

fn refused(id: LeaseId, units: Units, error: impl Into<sp_runtime::DispatchError>) {
	assert_noop!(extend(id, units), error.into());
}

#[test]
fn lease_goes_on_from_its_end() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		serve_until(START + 540);
		System::reset_events();
		assert_ok!(LeaseEscrow::extend(signed(TENANT), id, 5, 5_000));
		assert_eq!(
			events(),
			[Event::LeaseExtended { lease: id, until: START + 900, units: 5, rent: 5_000 }]
		);
		let longer = lease(id);
		assert_eq!((longer.from, longer.until), (START, START + 900));
		assert_eq!((longer.units, longer.escrowed, longer.bond), (15, 15_000, 7_500));
		assert_eq!(longer.penalty_free_seconds, 90);
		assert_eq!(rent_held(TENANT), 15_000);
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND, committed: 7_500 });
		assert_eq!(Calendars::<Runtime>::get(DEVICE)[0].until, START + 900);
		assert_eq!(AccessGrants::<Runtime>::get(DEVICE).unwrap().current, Some(longer.grant(id)));
		let deadlines: Vec<_> = Deadlines::<Runtime>::iter_keys().collect();
		// A fifth is left then.
		assert_eq!(deadlines, [(MinuteKey::from(minute_of(START + 720)), id)]);
		assert_ok!(LeaseEscrow::do_try_state());

		serve_until(START + 840);
		assert_eq!(LeaseEscrow::access_grant(DEVICE).map(|grant| grant.lease), Some(id));
		serve_until(START + 900);
		assert!(!Leases::<Runtime>::contains_key(id));
		assert_eq!(total(OWNER), RICH + 14_250);
		assert_eq!(total(TREASURY), ED + 750);
		assert_eq!(total(TENANT), RICH - 15_000);
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND, committed: 0 });
	});
}

#[test]
fn own_units_are_used_first() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Neighbours::buy(SERIES, TENANT, 3));
		let id = rent(10);
		// Three of five are its own: two cost money.
		assert_noop!(
			LeaseEscrow::extend(signed(TENANT), id, 5, 1_999),
			Error::<Runtime>::CostAboveMax
		);
		assert_ok!(LeaseEscrow::extend(signed(TENANT), id, 5, 2_000));
		assert_eq!((units_of(TENANT), rent_held(TENANT)), (0, 15_000));
		assert_ok!(Neighbours::buy(SERIES, TENANT, 3));
		assert_ok!(LeaseEscrow::extend(signed(TENANT), id, 2, 0));
		assert_eq!((units_of(TENANT), rent_held(TENANT)), (1, 17_000));
		assert_eq!(total(TENANT), RICH - 1_000);
	});
}

#[test]
fn lease_to_come_gets_longer_too() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent_at(TENANT, Some(START + HOUR), 10);
		assert_ok!(extend(id, 10));
		assert_eq!((lease(id).from, lease(id).until), (START + HOUR, START + HOUR + 1_200));
		// It is cancelled as a whole: a tenth is the payee's.
		assert_ok!(LeaseEscrow::cancel(signed(TENANT), id));
		assert_eq!(units_of(TENANT), 18);
	});
}

#[test]
fn longer_lease_may_miss_more_minutes() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		assert_ok!(extend(id, 20));
		// Three minutes are missing: of ten that were too many.
		pass_until(START + 120);
		serve_until(START + 1_800);
		assert!(!Leases::<Runtime>::contains_key(id));
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND, committed: 0 });
		assert_eq!(total(TENANT), RICH - 27_000);
	});
	// Of the new stretch a penalty is owed like of the old one.
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		serve_until(START + 540);
		assert_ok!(extend(id, 10));
		serve_until(START + 600);
		pass_until(START + 1_500);
		assert!(!Leases::<Runtime>::contains_key(id));
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND - 5_000, committed: 0 });
		assert_eq!(total(TENANT), RICH - 10_000 + 5_000);
	});
}

#[test]
fn ending_a_longer_lease_gives_back_no_more_than_the_ladder() {
	ExtBuilder::default().terms(|terms| terms.tenant_notice = 0).build_and_execute(|| {
		let id = rent(10);
		serve_until(START + 480);
		assert_ok!(extend(id, 10));
		assert_ok!(LeaseEscrow::end(signed(TENANT), id));
		// Half of twenty, though eleven are unused.
		assert_eq!((units_of(TENANT), lease(id).units), (10, 10));
		assert_noop!(extend(id, 1), Error::<Runtime>::AlreadyEnding);
	});
}

#[test]
fn fleet_is_told_of_the_longer_time() {
	ExtBuilder::default().terms(|terms| terms.turnaround = 120).build_and_execute(|| {
		make_fleet();
		let id = rent_of(FLEET_SERIES, MEMBERS[0], TENANT, None, 10);
		assert_eq!(Neighbours::noted_seconds(FLEET, START, START + DAY), 720);
		assert_ok!(extend(id, 5));
		assert_eq!(Neighbours::noted_seconds(FLEET, START, START + DAY), 1_020);
		assert_ok!(Neighbours::do_try_state());
		assert_ok!(Neighbours::leave_fleet(MEMBERS[0]));
		refused(id, 5, Error::<Runtime>::NotInFleet);
	});
}

#[test]
fn next_lease_is_in_the_way() {
	ExtBuilder::default().terms(|terms| terms.turnaround = 60).build_and_execute(|| {
		let id = rent(10);
		rent_at(OTHER, Some(START + 960), 10);
		refused(id, 6, Error::<Runtime>::SlotTaken);
		assert_ok!(extend(id, 5));
		refused(id, 1, Error::<Runtime>::SlotTaken);
		assert_eq!(LeaseEscrow::booked_seconds(DEVICE, START, START + 960), 960);
	});
}

#[test]
fn only_the_tenant_extends_and_only_before_the_end() {
	ExtBuilder::default().build_and_execute(|| {
		refused(1, 5, Error::<Runtime>::UnknownLease);
		let id = rent(10);
		assert_noop!(
			LeaseEscrow::extend(signed(OTHER), id, 5, Balance::MAX),
			Error::<Runtime>::NotTenant
		);
		refused(id, 0, Error::<Runtime>::ZeroUnits);
		refused(id, Units::MAX, Error::<Runtime>::AmountOverflow);
		serve_until(START + 300);
		assert_ok!(LeaseEscrow::revoke(signed(OWNER), id));
		refused(id, 5, Error::<Runtime>::AlreadyEnding);
		set_time(START + 600);
		refused(id, 5, Error::<Runtime>::AlreadyOver);
		pass_until(START + 900);
		refused(id, 5, Error::<Runtime>::LeaseClosed);
	});
}

#[test]
fn new_stretch_is_checked_like_a_booking() {
	ExtBuilder::default()
		.terms(|terms| terms.max_duration = 1_200)
		.sale(|sale| sale.usable_until = START + HOUR)
		.build_and_execute(|| {
			let id = rent(10);
			refused(id, 11, Error::<Runtime>::TooLong);
			let late = rent_at(TENANT, Some(START + HOUR - 600), 10);
			refused(late, 1, Error::<Runtime>::OutsideUsableWindow);
			neighbours::Bans::<Runtime>::insert(TENANT, ());
			refused(id, 5, neighbours::Error::<Runtime>::Banned);
			neighbours::Bans::<Runtime>::remove(TENANT);
			change_terms(|terms| {
				terms.admission = Admission::Except(vec![TENANT].try_into().unwrap());
			});
			refused(id, 5, Error::<Runtime>::TenantNotAdmitted);
			change_terms(|terms| terms.admission = Admission::Anyone);
			Neighbours::close_series(SERIES, START + 300);
			refused(id, 5, neighbours::Error::<Runtime>::SeriesClosed);
			serve_until(START + 300);
			refused(id, 5, Error::<Runtime>::SeriesExpired);
		});
	ExtBuilder::default().sale(|sale| sale.unit_seconds = 90).build_and_execute(|| {
		let id = rent(2);
		refused(id, 1, Error::<Runtime>::NotWholeMinute);
		assert_ok!(extend(id, 2));
	});
	ExtBuilder::default().bond(7_000).build_and_execute(|| {
		let id = rent(10);
		refused(id, 5, Error::<Runtime>::OwnerBondTooSmall);
		assert_ok!(extend(id, 4));
	});
	ExtBuilder::default().balance(TENANT, 10_000 + DEPOSIT + ED).build_and_execute(|| {
		let id = rent(10);
		refused(id, 1, Error::<Runtime>::BalanceTooLow);
	});
}

fn change_terms(change: impl FnOnce(&mut tenure_primitives::LeaseTerms<AccountId>)) {
	neighbours::Series::<Runtime>::mutate(SERIES, |series| {
		change(&mut series.as_mut().unwrap().terms);
	});
}

#[test]
fn device_must_be_there_and_still_its_owners() {
	let change = |change: fn(&mut tenure_primitives::DeviceInfo<AccountId>)| {
		neighbours::Devices::<Runtime>::mutate(DEVICE, |device| change(device.as_mut().unwrap()));
	};
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		change(|device| device.status = DeviceStatus::Missing);
		refused(id, 5, Error::<Runtime>::DeviceNotListed);
		change(|device| {
			device.status = DeviceStatus::Listed;
			device.key = None;
		});
		refused(id, 5, Error::<Runtime>::DeviceKeyNotActive);
		change(|device| device.key = device_info().key);
		assert_ok!(Neighbours::join_fleet(FLEET, DEVICE));
		refused(id, 5, Error::<Runtime>::DeviceInFleet);
		assert_ok!(Neighbours::leave_fleet(DEVICE));
		set_time(START + 600 - 60);
		refused(id, 5, Error::<Runtime>::DeviceNotSeenLately);
		heartbeat(DEVICE);
		assert_eq!(Neighbours::transfer(DEVICE, OTHER), Ok(0));
		refused(id, 5, Error::<Runtime>::DeviceHandedOver);
	});
	// Before the start the tenant may come to own what it has booked.
	ExtBuilder::default().build_and_execute(|| {
		let id = rent_at(TENANT, Some(START + HOUR), 10);
		assert_ok!(LeaseEscrow::bond(signed(TENANT), 10_000));
		assert_eq!(Neighbours::transfer(DEVICE, TENANT), Ok(1));
		refused(id, 5, Error::<Runtime>::OwnDevice);
	});
}

#[test]
fn longer_lease_is_not_sold_twice() {
	ExtBuilder::default().sale(|sale| sale.usable_until = START + 1_200).build_and_execute(|| {
		// Twenty minutes: ten leased, five of the tenant's and four of somebody else's outstanding.
		assert_ok!(Neighbours::buy(SERIES, TENANT, 5));
		assert_ok!(Neighbours::buy(SERIES, OTHER, 4));
		let id = rent(10);
		refused(id, 7, neighbours::Error::<Runtime>::CapacityExceeded);
		assert_ok!(extend(id, 6));
		assert_eq!(units_of(TENANT), 0);
		assert_noop!(
			Neighbours::buy(SERIES, OTHER, 1),
			neighbours::Error::<Runtime>::CapacityExceeded
		);
	});
}

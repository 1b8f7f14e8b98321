// SPDX-License-Identifier: Apache-2.0

//! Another device of the fleet takes over from one that failed.

use super::*;
use crate::{Calendars, HoldReason, Leases, OwnerBond, Payouts};
use tenure_primitives::{apis::LeaseState, traits::LeaseBook, DeviceId, DeviceStatus, Units};

const FIRST: DeviceId = MEMBERS[0];
const SECOND: DeviceId = MEMBERS[1];

/// Time passes, a heartbeat of `device` in each minute.
fn serve(device: DeviceId, until: Moment) {
	while now() < until {
		set_time(until.min(now() + 60));
		heartbeat(device);
		poll();
	}
}

fn substitute(id: LeaseId, device: DeviceId) -> frame_support::pallet_prelude::DispatchResult {
	LeaseEscrow::substitute(signed(TENANT), id, device)
}

fn refused(id: LeaseId, device: DeviceId, error: impl Into<sp_runtime::DispatchError>) {
	assert_noop!(substitute(id, device), error.into());
}

fn change(device: DeviceId, change: impl FnOnce(&mut tenure_primitives::DeviceInfo<AccountId>)) {
	neighbours::Devices::<Runtime>::mutate(device, |info| change(info.as_mut().unwrap()));
}

/// Ten minutes on the first device; it serves two and goes silent. The second is seen at five.
fn failed() -> LeaseId {
	make_fleet();
	let id = rent_of(FLEET_SERIES, FIRST, TENANT, None, 10);
	serve(FIRST, START + 120);
	pass_until(START + 300);
	heartbeat(SECOND);
	id
}

fn noted() -> i64 {
	Neighbours::noted_seconds(FLEET, START, Moment::MAX)
}

#[test]
fn another_device_takes_over_with_the_rest_of_the_money() {
	ExtBuilder::default().terms(|terms| terms.turnaround = 60).build_and_execute(|| {
		let id = failed();
		let address = Some(vec![1; 8].try_into().unwrap());
		assert_ok!(LeaseEscrow::set_payout(signed(TENANT), id, address));
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		assert_eq!((rent_held(TENANT), noted()), (8_000, 660));
		System::reset_events();
		assert_ok!(substitute(id, SECOND));
		assert_eq!(
			last_event(),
			Event::LeaseSubstituted {
				lease: id,
				by: id + 1,
				device: SECOND,
				until: START + 600,
				units: 4,
				rent: 4_000,
			}
		);
		assert!(events().contains(&Event::LeaseLinked { lease: id + 1, previous: id }));

		let (first, second) = (lease(id), lease(id + 1));
		assert_eq!((first.until, first.units, first.escrowed), (START + 360, 6, 6_000));
		assert_eq!((first.bond, first.cut_off_seconds), (0, 0));
		assert_eq!((second.from, second.until), (START + 360, START + 600));
		assert_eq!((second.units, second.escrowed, second.bond), (4, 4_000, 2_000));
		assert_eq!((second.device, second.previous), (SECOND, Some(id)));
		assert_eq!(LeaseEscrow::lease_details(id).unwrap().substituted_by, Some(id + 1));
		// The money did not move, a second record has its deposit.
		assert_eq!(rent_held(TENANT), 8_000);
		assert_eq!(held(HoldReason::LeaseRecord, TENANT), 2 * DEPOSIT);
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND, committed: 2_000 });
		assert_eq!(Payouts::<Runtime>::get(id), Payouts::<Runtime>::get(id + 1));
		assert_eq!(noted(), 420 + 300);
		assert_eq!(Calendars::<Runtime>::get(FIRST)[0].free_from, START + 420);
		assert_eq!(LeaseEscrow::booked_seconds(SECOND, START, Moment::MAX), 300);
		assert_ok!(LeaseEscrow::do_try_state());

		serve(SECOND, START + 600);
		set_time(START + 900);
		poll();
		assert_eq!(Leases::<Runtime>::iter().count(), 0);
		// Two minutes of the first, four of the second; four are given back and nothing is owed.
		assert_eq!((total(OWNER), total(TREASURY)), (RICH + 5_700, ED + 300));
		assert_eq!((free(TENANT), total(TENANT)), (RICH - 6_000, RICH - 6_000));
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND, committed: 0 });
		let reasons: Vec<_> = events()
			.into_iter()
			.filter_map(|event| match event {
				Event::LeaseClosed { lease, reason, penalty, .. } => Some((lease, reason, penalty)),
				_ => None,
			})
			.collect();
		assert_eq!(
			reasons,
			[(id, CloseReason::Substituted, 0), (id + 1, CloseReason::Completed, 0)]
		);
	});
}

#[test]
fn part_of_a_unit_goes_back_at_par() {
	ExtBuilder::default().sale(|sale| sale.unit_seconds = 180).build_and_execute(|| {
		let id = failed();
		assert_eq!(lease(id).until, START + 1_800);
		assert_ok!(substitute(id, SECOND));
		// Twenty-four minutes were left: eight units. None is left over.
		assert_eq!((lease(id).units, lease(id + 1).units), (2, 8));
		assert_eq!(lease(id).cut_off_seconds, 0);
	});
	ExtBuilder::default().sale(|sale| sale.unit_seconds = 240).build_and_execute(|| {
		let id = failed();
		assert_eq!(lease(id).until, START + 2_400);
		assert_ok!(substitute(id, SECOND));
		// Thirty-four minutes: eight units, and two minutes of another.
		assert_eq!((lease(id).units, lease(id + 1).units), (2, 8));
		assert_eq!((lease(id).cut_off_seconds, lease(id + 1).until), (120, START + 2_280));
		assert!(!lease(id).is_revoked());
		serve(SECOND, START + 2_280);
		set_time(START + 2_700);
		poll();
		// Two of eight minutes of the first are paid, and all of the second; no penalty.
		assert_eq!(total(OWNER) + total(TREASURY), RICH + ED + 500 + 8_000);
		assert_eq!(free(TENANT), RICH - 8_500);
	});
}

#[test]
fn receipts_move_over_to_the_second() {
	ExtBuilder::default().co_signed().build_and_execute(|| {
		make_fleet();
		for device in MEMBERS {
			change(device, |info| info.heartbeat_gap = 120);
		}
		let id = rent_of(FLEET_SERIES, FIRST, TENANT, None, 10);
		set_time(START + 100);
		sign(id, 100);
		change(FIRST, |info| info.status = DeviceStatus::Missing);
		// It is seen: nobody knows who is to blame.
		refused(id, SECOND, Error::<Runtime>::DeviceServes);
		set_time(START + 119);
		heartbeat(SECOND);
		refused(id, SECOND, Error::<Runtime>::DeviceServes);
		set_time(START + 121);
		assert_ok!(substitute(id, SECOND));
		// To the second: seven units, and 58 seconds of another.
		assert_eq!((lease(id).until, lease(id).units), (START + 122, 3));
		assert_eq!((lease(id).cut_off_seconds, lease(id + 1).units), (58, 7));
		set_time(START + 600);
		sign(id + 1, 420);
		set_time(START + 122 + RECEIPT_WINDOW);
		poll();
		for id in [id, id + 1] {
			let _ = LeaseEscrow::settle(signed(KEEPER), id);
		}
		assert_eq!(Leases::<Runtime>::iter().count(), 0);
		// 100 seconds cost 1,666, a tenth of 22 unsigned ones 36, 58 seconds go back at par, 966. The rest
		// of three units, 332, is part of one: nine tenths go back.
		assert_eq!(free(TENANT), RICH - 7_000 - 3_000 + 966 + 298);
		assert_eq!(neighbours::UnitsOf::<Runtime>::get(FLEET_SERIES, TENANT), 0);
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND, committed: 0 });
	});
}

#[test]
fn device_that_serves_is_not_replaced() {
	ExtBuilder::default().build_and_execute(|| {
		make_fleet();
		let id = rent_of(FLEET_SERIES, FIRST, TENANT, None, 10);
		set_time(START + Moment::from(GAP));
		refused(id, SECOND, Error::<Runtime>::DeviceServes);
		change(FIRST, |info| info.status = DeviceStatus::Missing);
		assert_ok!(substitute(id, SECOND));
	});
	ExtBuilder::default().build_and_execute(|| {
		make_fleet();
		let id = rent_of(FLEET_SERIES, FIRST, TENANT, None, 10);
		change(FIRST, |info| info.key.as_mut().unwrap().active = false);
		assert_ok!(substitute(id, SECOND));
	});
}

#[test]
fn only_what_can_be_moved_is_moved() {
	ExtBuilder::default().build_and_execute(|| {
		refused(1, SECOND, Error::<Runtime>::UnknownLease);
		let own = rent(10);
		let id = failed();
		assert_noop!(
			LeaseEscrow::substitute(signed(OTHER), id, SECOND),
			Error::<Runtime>::NotTenant
		);
		refused(own, SECOND, Error::<Runtime>::NotOfFleet);
		refused(id, DEVICE, Error::<Runtime>::NotInFleet);
		refused(id, FIRST, Error::<Runtime>::DeviceNotSeenLately);
		let ahead = rent_of(FLEET_SERIES, SECOND, TENANT, Some(START + HOUR), 1);
		refused(ahead, FIRST, Error::<Runtime>::NotStarted);
		let taken = rent_of(FLEET_SERIES, SECOND, OTHER, None, 1);
		assert_eq!(lease(taken).from, START + 300);
		// It is free again when the rest of the lease begins.
		assert_ok!(substitute(id, SECOND));
		for other in [FIRST, SECOND] {
			refused(id, other, Error::<Runtime>::AlreadyEnding);
		}
		assert_noop!(LeaseEscrow::end(signed(TENANT), id), Error::<Runtime>::AlreadyEnding);
		assert_noop!(LeaseEscrow::revoke(signed(OWNER), id), Error::<Runtime>::AlreadyEnding);
		assert_noop!(
			LeaseEscrow::extend(signed(TENANT), id, 1, Balance::MAX),
			Error::<Runtime>::AlreadyEnding
		);
	});
	ExtBuilder::default().build_and_execute(|| {
		let id = failed();
		rent_of(FLEET_SERIES, SECOND, OTHER, Some(START + 360), 1);
		refused(id, SECOND, Error::<Runtime>::SlotTaken);
		pass_until(START + 539);
		heartbeat(SECOND);
		assert_eq!(lease(id).until, START + 600);
		set_time(START + 540);
		refused(id, SECOND, Error::<Runtime>::TooShort);
	});
	ExtBuilder::default().balance(TENANT, 10_000 + DEPOSIT + ED).build_and_execute(|| {
		let id = failed();
		refused(id, SECOND, Error::<Runtime>::BalanceTooLow);
	});
	// Both leases have one owner, whose bond need not be larger.
	ExtBuilder::default().bond(5_000).build_and_execute(|| {
		let id = failed();
		change(SECOND, |info| info.owner = OTHER);
		refused(id, SECOND, Error::<Runtime>::OwnerBondTooSmall);
		change(SECOND, |info| info.owner = OWNER);
		assert_ok!(substitute(id, SECOND));
		assert_eq!(bond_of(OWNER), OwnerBond { held: 5_000, committed: 2_000 });
	});
}

#[test]
fn group_and_frozen_share_move_along() {
	ExtBuilder::default().build_and_execute(|| {
		make_fleet();
		let third = 13;
		neighbours::Devices::<Runtime>::insert(third, device_info());
		assert_ok!(Neighbours::join_fleet(FLEET, third));
		assert_ok!(LeaseEscrow::rent_fleet(
			signed(TENANT),
			FLEET_SERIES,
			MEMBERS.to_vec().try_into().unwrap(),
			None,
			10,
			20_000,
			TEXT,
			key_of(TENANT),
			None,
		));
		ProtocolShare::set(sp_runtime::Perbill::from_percent(50));
		serve(SECOND, START + 240);
		heartbeat(third);
		assert_ok!(substitute(1, third));
		assert_eq!((lease(3).group, lease(3).device), (Some(1), third));
		assert_eq!(lease(3).protocol_share, sp_runtime::Perbill::from_percent(5));
		// That one fails too.
		serve(SECOND, START + 480);
		refused(3, SECOND, Error::<Runtime>::SlotTaken);
		heartbeat(FIRST);
		assert_ok!(substitute(3, FIRST));
		assert_eq!((lease(4).device, lease(4).units), (FIRST, 1));
	});
}

#[test]
fn closed_series_and_devices_that_are_gone_don_t_matter() {
	ExtBuilder::default().build_and_execute(|| {
		let id = failed();
		Neighbours::close_series(FLEET_SERIES, START + 300);
		assert_ok!(Neighbours::leave_fleet(FIRST));
		assert_ok!(substitute(id, SECOND));
		assert_eq!(Neighbours::force_retire(FIRST), Ok(1));
		assert_eq!(Neighbours::force_retire(SECOND), Ok(1));
		assert_eq!(free(TENANT), RICH - 2_000);
		assert_eq!(Leases::<Runtime>::iter().count(), 0);
	});
	// Without a fleet there is no other device.
	ExtBuilder::default().build_and_execute(|| {
		let id = failed();
		for device in MEMBERS {
			assert_ok!(Neighbours::leave_fleet(device));
		}
		refused(id, SECOND, Error::<Runtime>::NotInFleet);
		assert_eq!(lease(id).state(now()), LeaseState::Running);
		pass_until(START + 900);
		let units: Units = neighbours::UnitsOf::<Runtime>::get(FLEET_SERIES, TENANT);
		assert_eq!((units, free(TENANT)), (0, RICH - 2_000 + 4_000));
	});
}

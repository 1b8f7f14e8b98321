// SPDX-License-Identifier: Apache-2.0

//! A tenant is late, and another one waits.

use super::*;

/// When the next lease begins at the earliest: after the grace.
const NEXT: Moment = END + 600;

#[test]
fn next_tenant_is_compensated_by_the_late_one() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let late = taken();
		let next = rent_at(OTHER, Some(NEXT), 20);
		pass_until(NEXT);
		assert_noop!(
			LeaseEscrow::offer_handover(signed(OWNER), next, CONDITION),
			Error::<Runtime>::DeviceNotReturned
		);
		System::reset_events();
		closes_at(next, NEXT + 600);
		// Half of its rent, the penalty that it would have got; its own money and deposit come back.
		assert_eq!(closed(), [(CloseReason::NoShow, 0, 20_000, 0, 0)]);
		assert_eq!((total(OTHER), deposit_of(OTHER)), (RICH, 0));
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND, committed: 30_000 });
		assert!(events().contains(&Event::LateReturnClaimed { lease: next, late, amount: 10_000 }));
		// It waits for the device, as everybody does.
		let left = LeaseEscrow::lease_details(late).unwrap().custody.unwrap();
		assert_eq!((left.held, left.claimed, left.compensated), (DAMAGE, 10_000, 0));

		// What is left of the charge is the owner's.
		set_time(END + 1_260);
		report(TENANT, late);
		assert_eq!(total(OTHER), RICH);
		report(OWNER, late);
		assert_eq!(total(OTHER), RICH + 10_000);
		assert!(events().contains(&Event::LateReturnCompensated {
			lease: next,
			late,
			amount: 10_000
		}));
		assert_eq!(gains(), [57_000 + 20_000, -90_000, 3_000]);
		assert!(!events()
			.iter()
			.any(|event| matches!(event, Event::DepositReturned { lease, .. } if *lease == late)));
	});
}

#[test]
fn what_accrued_limits_what_next_tenants_get() {
	ExtBuilder::default()
		.physical()
		.terms(|terms| terms.damage_deposit = 100_000)
		.build_and_execute(|| {
			let late = taken();
			// Half of 40,000 is owed, 1,200 seconds have accrued 30,000.
			let next = rent_at(OTHER, Some(NEXT), 40);
			closes_at(next, NEXT + 600);
			assert_eq!(custody(late).claimed(), 20_000);
			// Another one, of the time that is free again: no booking while the device is out …
			assert_noop!(
				LeaseEscrow::rent(
					signed(KEEPER),
					SERIES,
					DEVICE,
					Some(END + 7_199),
					10,
					Balance::MAX,
					TEXT,
					key_of(KEEPER),
					Some(ARBITER)
				),
				Error::<Runtime>::DeviceNotReturned
			);
			// … unless it is known by then what became of it.
			let later = rent_at(KEEPER, Some(END + 7_200), 60);
			assert_eq!(lease(later).from, END + 7_200);
			// It comes back just then; both have their whole time.
			set_time(END + 7_199);
			report(TENANT, late);
			let overdue = LeaseEscrow::overdue(&lease(late), &custody(late), now());
			assert!(matches!(overdue, Ok(100_000)));
			set_time(END + 7_799);
			offer(later);
			set_time(END + 8_398);
			confirm(later);
		});
}

#[test]
fn several_next_tenants_share_what_accrued() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let late = taken();
		let next = rent_at(OTHER, Some(NEXT), 10);
		// Booked before: its grace and the hand-over time fit before the forfeiture.
		let after = rent_at(KEEPER, Some(NEXT + 1_800), 60);
		closes_at(next, NEXT + 600);
		assert_eq!(custody(late).claimed(), 5_000);
		closes_at(after, NEXT + 2_400);
		// It would have got 30,000 of 30,000, of which 5,000 are another's.
		assert_eq!(custody(late).claimed(), 30_000);
		assert_eq!((total(OTHER), total(KEEPER)), (RICH, RICH));
		report(TENANT, late);
		report(OWNER, late);
		assert_eq!((total(OTHER), total(KEEPER)), (RICH + 5_000, RICH + 25_000));
		assert_eq!(gains(), [57_000, -90_000, 3_000]);
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND, committed: 0 });
	});
}

#[test]
fn crumb_for_a_tenant_without_an_account_goes_to_the_treasury() {
	ExtBuilder::default()
		.physical()
		.terms(|terms| terms.owner_penalty = sp_runtime::Perbill::from_parts(400_000))
		.build_and_execute(|| {
			let late = taken();
			let next = rent_at(OTHER, Some(NEXT), 20);
			// 8 of 20,000 are owed.
			closes_at(next, NEXT + 600);
			assert_ok!(Balances::transfer_all(signed(OTHER), KEEPER, false));
			report(TENANT, late);
			let before = total(TREASURY);
			report(OWNER, late);
			assert!(events().contains(&Event::DustDiverted { lease: next, amount: 8 }));
			// The protocol's share of the late lease, and the crumb.
			assert_eq!((total(OTHER), total(TREASURY)), (0, before + 3_000 + 8));
		});
}

#[test]
fn device_that_comes_back_in_time_for_the_next_is_handed_over() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let late = taken();
		let next = rent_at(OTHER, Some(NEXT), 60);
		// Late, but not too late: the owner and the next tenant have their time from then on.
		pass_until(NEXT + 540);
		report(TENANT, late);
		set_time(NEXT + 1_139);
		offer(next);
		assert_eq!(LeaseEscrow::lease_details(next).unwrap().state, LeaseState::Handover);
		set_time(NEXT + 1_200);
		confirm(next);
		assert_eq!(custody(next).takeover.unwrap().served_from, NEXT + 1_139);
		// The owner answers for the time after that only.
		assert_eq!(lease(next).penalty_free_seconds, 360 + 540);
	});
}

#[test]
fn offer_made_before_the_device_was_out_is_void_when_it_is_back() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let next = rent_at(OTHER, Some(NEXT), 60);
		offer(next);
		let late = taken();
		assert_noop!(
			LeaseEscrow::confirm_handover(signed(OTHER), next, CONDITION),
			Error::<Runtime>::NotStarted
		);
		pass_until(NEXT + 60);
		assert_noop!(
			LeaseEscrow::confirm_handover(signed(OTHER), next, CONDITION),
			Error::<Runtime>::DeviceNotReturned
		);
		report(TENANT, late);
		assert_noop!(
			LeaseEscrow::confirm_handover(signed(OTHER), next, CONDITION),
			Error::<Runtime>::HandoverNotOffered
		);
		set_time(NEXT + 659);
		offer(next);
		assert_noop!(
			LeaseEscrow::offer_handover(signed(OWNER), next, CONDITION),
			Error::<Runtime>::AlreadyOffered
		);
		set_time(NEXT + 1_258);
		confirm(next);
		assert_eq!(custody(next).takeover.unwrap().served_from, NEXT + 659);
	});
	// Its owner does not say it again: that one is to blame, and not its tenant.
	ExtBuilder::default().physical().build_and_execute(|| {
		let next = rent_at(OTHER, Some(NEXT), 60);
		offer(next);
		let late = taken();
		pass_until(NEXT + 60);
		report(OWNER, late);
		System::reset_events();
		closes_at(next, NEXT + 660);
		assert_eq!(closed(), [(CloseReason::NoShow, 0, 60_000, 0, 30_000)]);
	});
	// It does not come back: the tenant is not to blame.
	ExtBuilder::default().physical().build_and_execute(|| {
		let next = rent_at(OTHER, Some(NEXT), 60);
		offer(next);
		taken();
		System::reset_events();
		closes_at(next, NEXT + 600);
		assert_eq!(closed(), [(CloseReason::NoShow, 0, 60_000, 0, 0)]);
	});
}

#[test]
fn tenant_is_late_for_its_own_next_lease() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let late = taken();
		let next = rent_at(TENANT, Some(NEXT), 20);
		closes_at(next, NEXT + 600);
		assert_eq!((custody(late).claimed(), deposit_of(TENANT)), (10_000, DAMAGE));
		report(TENANT, late);
		report(OWNER, late);
		assert_eq!(gains(), [77_000, -80_000, 3_000]);
	});
}

#[test]
fn thief_gets_nothing_of_its_deposit_by_booking_the_device_again() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let late = taken();
		// By a straw man, who waits in vain for a device that the thief keeps.
		let next = rent_at(OTHER, Some(NEXT), 60);
		closes_at(next, NEXT + 600);
		assert_eq!(custody(late).claimed(), 30_000);
		closes_at(late, END + 7_200);
		assert_eq!(gains(), [57_000 + 30_000, -90_000, 3_000]);
		assert_eq!((total(OTHER), deposit_of(TENANT)), (RICH, 0));
	});
}

#[test]
fn thief_that_says_the_device_is_back_gets_nothing_of_its_deposit_either() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let late = taken();
		let next = rent_at(OTHER, Some(NEXT), 60);
		closes_at(next, NEXT + 600);
		set_time(END + 1_260);
		report(TENANT, late);
		// Its owner claims the device, all of the deposit: before the straw man gets anything.
		assert_ok!(LeaseEscrow::contest_return(signed(OWNER), late, DAMAGE, CONDITION));
		assert!(is_closed(late));
		assert_eq!((total(OTHER), held(HoldReason::Disputed, TENANT)), (RICH, DAMAGE));
	});
}

#[test]
fn what_the_owner_lost_comes_before_those_who_waited() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let late = taken();
		let next = rent_at(OTHER, Some(NEXT), 20);
		closes_at(next, NEXT + 600);
		set_time(END + 1_260);
		report(TENANT, late);
		// Of 30,000 that being late cost 20,000 are the owner's anyway, and 10,000 are claimed by who waited.
		let contest = |claim| LeaseEscrow::contest_return(signed(OWNER), late, claim, CONDITION);
		assert_noop!(contest(10_001), Error::<Runtime>::ClaimTooLarge);
		assert_ok!(contest(4_000));
		assert!(is_closed(late));
		assert_eq!(gains(), [57_000 + 20_000, -86_000, 3_000]);
		assert_eq!((total(OTHER), held(HoldReason::Disputed, TENANT)), (RICH + 6_000, 4_000));
	});
	// The tenant objects to what the owner gets, not to what those get who waited.
	ExtBuilder::default().physical().build_and_execute(|| {
		let late = taken();
		let next = rent_at(OTHER, Some(NEXT), 20);
		closes_at(next, NEXT + 600);
		set_time(END + 1_260);
		report(OWNER, late);
		let contest = |claim| LeaseEscrow::contest_return(signed(TENANT), late, claim, CONDITION);
		assert_noop!(contest(20_001), Error::<Runtime>::ClaimTooLarge);
		assert_ok!(contest(15_000));
		assert!(is_closed(late));
		assert_eq!(gains(), [57_000 + 5_000, -75_000, 3_000]);
		assert_eq!((total(OTHER), held(HoldReason::Disputed, TENANT)), (RICH + 10_000, 15_000));
	});
}

#[test]
fn lease_that_fell_stays_fallen_when_the_device_comes_back() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let late = taken();
		let next = rent_at(OTHER, Some(NEXT), 20);
		pass_until(NEXT + 540);
		// Its time is over, and nobody has closed it yet.
		set_time(NEXT + 600);
		report(TENANT, late);
		assert!(events().contains(&Event::LateReturnClaimed { lease: next, late, amount: 10_000 }));
		assert_noop!(
			LeaseEscrow::offer_handover(signed(OWNER), next, CONDITION),
			Error::<Runtime>::HandoverOver
		);
		// The late lease is closed before it: that changes nothing.
		report(OWNER, late);
		assert_eq!(total(OTHER), RICH + 10_000);
		System::reset_events();
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), next));
		assert_eq!(closed(), [(CloseReason::NoShow, 0, 20_000, 0, 0)]);
		assert_eq!(gains(), [57_000 + 20_000, -90_000, 3_000]);
		assert_eq!((total(OTHER), deposit_of(OTHER)), (RICH + 10_000, 0));
	});
}

#[test]
fn more_than_a_few_wait_for_nobody() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let late = taken();
		let next = rent_at(OTHER, Some(NEXT), 20);
		Custodies::<Runtime>::mutate(late, |custody| {
			let claim = crate::LateClaim { lease: next, tenant: KEEPER, amount: 1 };
			custody.as_mut().unwrap().claims = vec![claim; 8].try_into().unwrap();
		});
		closes_at(next, NEXT + 600);
		assert_eq!(custody(late).claimed(), 8);
		report(TENANT, late);
		report(OWNER, late);
		assert_eq!((total(OTHER), total(KEEPER)), (RICH, RICH + 8));
		assert_eq!(gains(), [57_000 + 29_992, -90_000, 3_000]);
	});
}

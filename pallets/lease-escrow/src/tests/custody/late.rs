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
		assert_eq!(total(OTHER), RICH + 10_000);
		assert_eq!(deposit_of(OTHER), 0);
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND, committed: 30_000 });
		assert!(events().contains(&Event::LateReturnCompensated {
			lease: next,
			late,
			amount: 10_000
		}));
		let left = custody(late);
		assert_eq!((left.held, left.compensated), (20_000, 10_000));

		// What is left of the charge is the owner's.
		set_time(END + 1_260);
		report(TENANT, late);
		report(OWNER, late);
		assert_eq!(gains(), [57_000 + 20_000, -90_000, 3_000]);
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
			assert_eq!(custody(late).compensated, 20_000);
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
		assert_eq!((custody(late).compensated, total(OTHER)), (5_000, RICH + 5_000));
		closes_at(after, NEXT + 2_400);
		// It would have got 30,000 of 30,000, of which 5,000 are gone.
		assert_eq!((custody(late).compensated, total(KEEPER)), (30_000, RICH + 25_000));
		report(TENANT, late);
		report(OWNER, late);
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
			taken();
			let next = rent_at(OTHER, Some(NEXT), 20);
			// 8 of 20,000 are owed. The record's deposit comes back first, so that they arrive.
			closes_at(next, NEXT + 600);
			assert_eq!(total(OTHER), RICH + 8);
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
fn offer_made_before_the_device_was_out_is_good_when_it_is_back() {
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
		set_time(NEXT + 659);
		confirm(next);
		assert_eq!(custody(next).takeover.unwrap().served_from, NEXT + 60);
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
		assert_eq!(custody(late).compensated, 10_000);
		assert_eq!(deposit_of(TENANT), 20_000);
	});
}

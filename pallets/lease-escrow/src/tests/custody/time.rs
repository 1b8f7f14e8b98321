// SPDX-License-Identifier: Apache-2.0

//! A chain that stands still, tenants that are warned, leases that nobody closes.

use super::*;

fn strict() -> ExtBuilder {
	ExtBuilder::default().physical().outages(120)
}

#[test]
fn hand_over_waits_for_the_chain() {
	strict().build_and_execute(|| {
		let id = rent(60);
		set_time(START + 60);
		// For half an hour nobody can say anything.
		set_time(START + 1_860);
		poll();
		pass_until(START + 2_340);
		offer(id);
		// The tenant has its whole time too.
		pass_until(START + 2_880);
		confirm(id);
	});
	strict().build_and_execute(|| {
		let id = rent(60);
		set_time(START + 60);
		set_time(START + 1_860);
		pass_until(START + 2_400);
		assert_eq!(closed(), [(CloseReason::NoShow, 0, 60_000, 0, 30_000)]);
		assert!(is_closed(id));
	});
}

#[test]
fn owner_is_excused_for_the_time_in_which_the_chain_stood_still() {
	strict().build_and_execute(|| {
		let id = rent(60);
		set_time(START + 60);
		set_time(START + 1_860);
		offer(id);
		confirm(id);
		pass_until(END);
		report(TENANT, id);
		report(OWNER, id);
		// It pays for the 29 minutes that were served; nobody is to blame for the others.
		assert_eq!(closed(), [(CloseReason::Completed, 29_000, 31_000, 0, 0)]);
	});
	// It stood still until the lease was over.
	strict().build_and_execute(|| {
		let id = rent(60);
		set_time(START + 60);
		set_time(START + 2 * HOUR);
		poll();
		assert_noop!(
			LeaseEscrow::offer_handover(signed(OWNER), id, CONDITION),
			Error::<Runtime>::AlreadyOver
		);
		pass_until(START + 2 * HOUR + 540);
		assert_eq!(closed(), [(CloseReason::NoShow, 0, 60_000, 0, 0)]);
	});
}

#[test]
fn return_and_inspection_wait_for_the_chain() {
	strict().build_and_execute(|| {
		let id = taken();
		pass_until(END + 300);
		set_time(END + 300 + 3 * HOUR);
		poll();
		// Neither late nor forfeit.
		pass_until(END + 540 + 3 * HOUR);
		let details = LeaseEscrow::lease_details(id).unwrap().custody.unwrap();
		assert_eq!((details.due_back, details.overdue), (END + 600 + 3 * HOUR, 0));
		report(TENANT, id);
		let reported = now();
		pass_until(reported + 600);
		set_time(reported + 600 + HOUR);
		poll();
		pass_until(reported + 1_740 + HOUR);
		assert_ok!(LeaseEscrow::contest_return(signed(OWNER), id, 1_000, CONDITION));
		assert!(is_closed(id));
	});
}

#[test]
fn tenant_that_has_the_device_is_warned() {
	let warnings = || {
		let left = |event| match event {
			Event::LeaseEndsSoon { seconds_left, .. } => Some(seconds_left),
			_ => None,
		};
		events().into_iter().filter_map(left).collect::<Vec<_>>()
	};
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = taken();
		pass_until(END);
		assert_eq!(warnings(), [720, 360]);
		report(TENANT, id);
		report(OWNER, id);
	});
	// Not one that brought it back, and whose end is near.
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = taken();
		set_time(START + 1_200);
		report(TENANT, id);
		pass_until(END);
		assert_eq!(warnings(), [0; 0]);
		assert!(is_closed(id));
	});
}

#[test]
fn who_closes_what_lay_for_long_is_paid() {
	// As the runtime of these tests has it.
	let delay = 600;
	let keepers = |waited: Moment| {
		ExtBuilder::default().physical().build().execute_with(|| {
			let id = taken();
			set_time(END + 300);
			report(TENANT, id);
			set_time(END + 2_100 + waited);
			assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
			assert!(is_closed(id));
			total(KEEPER) - RICH
		})
	};
	assert_eq!(keepers(delay - 1), 0);
	assert!(keepers(delay) > 0);
	// Of a tenant that did not come too.
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = rent(60);
		offer(id);
		set_time(START + 600 + delay);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		assert!(total(KEEPER) > RICH);
	});
}

#[test]
fn nobody_confirms_after_the_end() {
	strict().build_and_execute(|| {
		let id = rent(60);
		offer(id);
		set_time(START + 60);
		set_time(END + 60);
		poll();
		assert_noop!(
			LeaseEscrow::confirm_handover(signed(TENANT), id, CONDITION),
			Error::<Runtime>::AlreadyOver
		);
		// The tenant could not come: nobody is to blame.
		pass_until(END + 600);
		assert_eq!(closed(), [(CloseReason::NoShow, 0, 60_000, 0, 0)]);
		assert_eq!(gains(), [0, 0, 0]);
	});
}

#[test]
fn time_in_which_nobody_could_confirm_is_not_served() {
	strict().build_and_execute(|| {
		let id = rent(60);
		offer(id);
		set_time(START + 60);
		set_time(START + 1_860);
		confirm(id);
		assert_eq!(custody(id).takeover.unwrap().served_from, START + 1_800);
		pass_until(END);
		report(TENANT, id);
		report(OWNER, id);
		assert_eq!(closed(), [(CloseReason::Completed, 30_000, 30_000, 0, 0)]);
	});
}

#[test]
fn late_return_costs_nothing_for_time_without_a_chain() {
	strict().build_and_execute(|| {
		let id = taken();
		pass_until(END + 660);
		set_time(END + 660 + HOUR);
		report(TENANT, id);
		// Eleven minutes, and not an hour and eleven.
		let details = LeaseEscrow::lease_details(id).unwrap().custody.unwrap();
		assert_eq!(details.overdue, 16_500);
		report(OWNER, id);
		assert_eq!(gains(), [57_000 + 16_500, -76_500, 3_000]);
	});
}

#[test]
fn later_outage_does_not_excuse_an_owner_that_was_late() {
	strict().build_and_execute(|| {
		let id = rent(60);
		pass_until(START + 480);
		set_time(START + 500);
		offer(id);
		confirm(id);
		set_time(START + 600);
		set_time(START + 2_400);
		pass_until(END);
		report(TENANT, id);
		report(OWNER, id);
		assert_eq!(closed(), [(CloseReason::Unproven, 51_666, 8_334, 0, 4_167)]);
	});
}

// SPDX-License-Identifier: Apache-2.0

use super::*;
use crate::Lifetimes;

/// What the owner has of the rent of an hour.
const RENT: i128 = 57_000;

#[test]
fn owner_that_is_silent_has_accepted_the_return() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = taken();
		pass_until(END);
		set_time(END + 300);
		report(TENANT, id);
		closes_at(id, END + 300 + 1_800);
		assert_eq!(closed(), [(CloseReason::Completed, 60_000, 0, 0, 0)]);
		assert_eq!(gains(), [RENT, -60_000, 3_000]);
		assert_eq!(deposit_of(TENANT), 0);
	});
}

#[test]
fn return_that_the_owner_reports_is_final_at_once() {
	for late in [0, 600] {
		ExtBuilder::default().physical().build_and_execute(|| {
			let id = taken();
			pass_until(END);
			set_time(END + late);
			report(OWNER, id);
			assert_eq!(closed(), [(CloseReason::Completed, 60_000, 0, 0, 0)]);
			assert_eq!((gains(), deposit_of(TENANT)), ([RENT, -60_000, 3_000], 0));
		});
	}
}

#[test]
fn late_return_is_paid_from_the_deposit() {
	// Reported by its tenant: the owner is silent.
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = taken();
		pass_until(END + 601);
		assert_eq!(LeaseEscrow::lease_details(id).unwrap().custody.unwrap().overdue, 15_025);
		report(TENANT, id);
		// What it costs grows no more.
		closes_at(id, END + 601 + 1_800);
		assert!(events().contains(&Event::DepositPaid { lease: id, amount: 15_025 }));
		assert!(events().contains(&Event::DepositReturned { lease: id, amount: 14_975 }));
		assert_eq!(gains(), [RENT + 15_025, -75_025, 3_000]);
	});
	// Reported by its owner: the rest goes back at once, the tenant is silent about the charge.
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = taken();
		pass_until(END + 900);
		report(OWNER, id);
		assert_eq!((deposit_of(TENANT), custody(id).held), (22_500, 22_500));
		assert!(events().contains(&Event::DepositReturned { lease: id, amount: 7_500 }));
		assert_noop!(
			LeaseEscrow::report_return(signed(OWNER), id, CONDITION),
			Error::<Runtime>::AlreadyReturned
		);
		closes_at(id, END + 900 + 1_800);
		assert_eq!(gains(), [RENT + 22_500, -82_500, 3_000]);
	});
	// Its tenant agrees to the charge.
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = taken();
		pass_until(END + 900);
		report(OWNER, id);
		report(TENANT, id);
		assert!(is_closed(id));
		assert_eq!(gains(), [RENT + 22_500, -82_500, 3_000]);
	});
	// Never more than the deposit.
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = taken();
		pass_until(END + 7_140);
		report(TENANT, id);
		report(OWNER, id);
		assert_eq!(gains(), [RENT + 30_000, -90_000, 3_000]);
		assert_eq!(closed(), [(CloseReason::Completed, 60_000, 0, 0, 0)]);
	});
}

#[test]
fn device_that_does_not_come_back_costs_the_deposit() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = taken();
		pass_until(END);
		closes_at(id, END + 7_200);
		assert_eq!(closed(), [(CloseReason::Forfeited, 60_000, 0, 0, 0)]);
		assert_eq!(gains(), [RENT + 30_000, -90_000, 3_000]);
		assert_eq!(deposit_of(TENANT), 0);
		assert!(!DevicesOut::<Runtime>::contains_key(DEVICE));
		assert_eq!(
			neighbours::Devices::<Runtime>::get(DEVICE).unwrap().status,
			tenure_primitives::DeviceStatus::NotReturned
		);
	});
}

#[test]
fn weight_is_that_of_what_was_done() {
	use crate::weights::WeightInfo;
	use frame_support::{dispatch::GetDispatchInfo, BoundedVec};
	type Weights = ();
	ExtBuilder::default().physical().build_and_execute(|| {
		let settle = |id| LeaseEscrow::settle(signed(KEEPER), id).unwrap().actual_weight;
		let id = rent(60);
		let heaviest = crate::Call::<Runtime>::settle { lease: id }.get_dispatch_info().call_weight;
		assert_eq!(heaviest, Weights::settle_forfeit());
		assert_eq!(settle(id), Some(Weights::settle()));
		set_time(START + 600);
		assert_eq!(settle(id), Some(Weights::settle_close_custody()));
		let id = rent(60);
		offer(id);
		confirm(id);
		set_time(now() + HOUR + 7_200);
		// A claim leaves it to others.
		let claim = LeaseEscrow::claim(signed(KEEPER), BoundedVec::truncate_from(vec![id]));
		assert_eq!(claim.unwrap().actual_weight, Some(Weights::claim(0) + Weights::settle()));
		assert_eq!((rent_held(TENANT), is_closed(id)), (0, false));
		assert_eq!(settle(id), Some(heaviest));

		neighbours::Devices::<Runtime>::insert(DEVICE, device_info());
		let id = rent(60);
		offer(id);
		confirm(id);
		set_time(now() + HOUR);
		let report =
			|who| LeaseEscrow::report_return(signed(who), id, CONDITION).unwrap().actual_weight;
		let looked = LeaseEscrow::waiting_weight();
		assert_eq!(report(TENANT), Some(Weights::report_return() + looked));
		assert_eq!(report(OWNER), Some(Weights::report_return_close() + looked));
	});
}

#[test]
fn return_is_too_late_once_the_deposit_is_forfeit() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = taken();
		set_time(END + 7_200);
		for who in [TENANT, OWNER] {
			assert_noop!(
				LeaseEscrow::report_return(signed(who), id, CONDITION),
				Error::<Runtime>::AlreadyOver
			);
		}
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		assert!(is_closed(id));
	});
}

#[test]
fn tenant_that_brings_it_back_early_ends_its_lease() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = taken();
		pass_until(START + 1_200);
		assert_noop!(
			LeaseEscrow::report_return(signed(OWNER), id, CONDITION),
			Error::<Runtime>::LeaseNotOver
		);
		report(TENANT, id);
		// The notice is a minute; half of the units is the most that goes back.
		let ended = lease(id);
		assert_eq!((ended.until, ended.ended_early), (START + 1_260, true));
		assert_eq!((units_of(TENANT), state(id)), (30, LeaseState::Returning));
		assert!(!DevicesOut::<Runtime>::contains_key(DEVICE));
		// Its owner agrees before the end: the deposit goes back, the lease ends in its time.
		report(OWNER, id);
		assert_eq!((deposit_of(TENANT), is_closed(id)), (0, false));
		pass_until(START + 1_260);
		assert_eq!(closed(), [(CloseReason::EndedEarly, 30_000, 0, 0, 0)]);
		assert_eq!(gains(), [28_500, -60_000, 1_500]);
	});
	// Its owner is silent.
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = taken();
		pass_until(START + 1_200);
		report(TENANT, id);
		closes_at(id, START + 1_200 + 1_800);
		assert_eq!(closed(), [(CloseReason::EndedEarly, 30_000, 0, 0, 0)]);
	});
	// A lease that ended already, or almost, keeps its end.
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = taken();
		set_time(END - 30);
		report(TENANT, id);
		assert_eq!((lease(id).until, lease(id).ended_early), (END, false));
		closes_at(id, END - 30 + 1_800);
		assert_eq!(closed(), [(CloseReason::Completed, 60_000, 0, 0, 0)]);
	});
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = taken();
		pass_until(START + 1_200);
		assert_ok!(LeaseEscrow::end(signed(TENANT), id));
		set_time(START + 1_230);
		report(TENANT, id);
		assert_eq!(lease(id).until, START + 1_260);
	});
}

#[test]
fn returned_device_is_not_returned_twice_nor_kept_longer() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = taken();
		set_time(END - 30);
		report(TENANT, id);
		let error = Error::<Runtime>::AlreadyReturned;
		assert_noop!(LeaseEscrow::report_return(signed(TENANT), id, CONDITION), error);
		let error = Error::<Runtime>::AlreadyReturned;
		assert_noop!(LeaseEscrow::extend(signed(TENANT), id, 10, Balance::MAX), error);
		let error = Error::<Runtime>::AlreadyReturned;
		assert_noop!(LeaseEscrow::end(signed(TENANT), id), error);
		let error = Error::<Runtime>::NotParty;
		assert_noop!(LeaseEscrow::report_return(signed(OTHER), id, CONDITION), error);
	});
}

#[test]
fn revoked_device_has_to_be_brought_back_as_ever() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = taken();
		pass_until(START + 1_200);
		assert_ok!(LeaseEscrow::revoke(signed(OWNER), id));
		let until = START + 1_260;
		assert_eq!(lease(id).until, until);
		pass_until(until + 900);
		assert_eq!(state(id), LeaseState::Returning);
		report(TENANT, id);
		report(OWNER, id);
		// 21 minutes are paid, and half of what was cut off as a penalty.
		assert_eq!(closed(), [(CloseReason::Revoked, 21_000, 39_000, 0, 19_500)]);
		assert_eq!(gains(), [19_950 + 22_500 - 19_500, -21_000 - 22_500 + 19_500, 1_050]);
	});
}

#[test]
fn longer_lease_is_due_back_later() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = taken();
		assert_ok!(LeaseEscrow::extend(signed(TENANT), id, 10, Balance::MAX));
		pass_until(END + 600);
		assert_eq!(LeaseEscrow::lease_details(id).unwrap().custody.unwrap().due_back, END + 1_200);
		pass_until(END + 1_200);
		report(TENANT, id);
		report(OWNER, id);
		assert_eq!(closed(), [(CloseReason::Completed, 70_000, 0, 0, 0)]);
		assert_eq!(Lifetimes::<Runtime>::get(DEVICE).free_from, END + 1_200);
	});
}

#[test]
fn details_tell_where_the_device_is() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let details = |id| LeaseEscrow::lease_details(id).unwrap().custody.unwrap();
		let id = rent_at(TENANT, Some(START + HOUR), 60);
		assert_eq!(state(id), LeaseState::Booked);
		assert_eq!(details(id).deadline, START + HOUR + 600);
		set_time(START + 60);
		offer(id);
		set_time(START + HOUR + 30);
		confirm(id);
		let out = details(id);
		assert_eq!((out.deposit, out.held, out.compensated, out.overdue), (DAMAGE, DAMAGE, 0, 0));
		assert_eq!((out.offered_at, out.offered_condition), (Some(START + 60), Some(CONDITION)));
		assert_eq!(out.handed_over_at, Some(START + HOUR + 30));
		assert_eq!((out.handed_over_condition, out.returned_at), (Some(CONDITION), None));
		assert_eq!((out.served_from, out.due_back), (Some(START + HOUR), END + HOUR + 600));
		assert_eq!((out.deadline, out.forfeit_from), (END + HOUR + 7_200, END + HOUR + 7_200));
		set_time(END + HOUR + 1_200);
		report(TENANT, id);
		let back = details(id);
		assert_eq!((back.returned_at, back.returned_by_tenant), (Some(now()), Some(true)));
		assert_eq!((back.returned_condition, back.answered_condition), (Some(CONDITION), None));
		assert_eq!((back.overdue, back.deadline), (30_000, now() + 1_800));
	});
}

#[test]
fn those_who_waited_are_paid_for_in_weight_too() {
	use crate::weights::WeightInfo;
	type Weights = ();
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = taken();
		let next = rent_at(OTHER, Some(END + 600), 20);
		closes_at(next, END + 1_200);
		report(TENANT, id);
		let weight = LeaseEscrow::report_return(signed(OWNER), id, CONDITION).unwrap();
		let paid = Weights::report_return_close() + Weights::pay_late_claim();
		assert_eq!(weight.actual_weight, Some(paid + LeaseEscrow::waiting_weight()));
	});
}

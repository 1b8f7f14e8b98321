// SPDX-License-Identifier: Apache-2.0

use super::*;
use crate::{AccessGrants, Calendars, Deadlines, Lifetimes};
use tenure_primitives::traits::LeaseBook;

#[test]
fn device_is_handed_over_serves_and_comes_back() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let quote = LeaseEscrow::quote(TENANT, SERIES, DEVICE, None, 60, Some(ARBITER)).unwrap();
		assert_eq!((quote.damage_deposit, quote.record_deposit), (DAMAGE, 70));
		let id = rent(60);
		assert_eq!((rent_held(TENANT), deposit_of(TENANT)), (60_000, DAMAGE));
		assert_eq!(held(HoldReason::LeaseRecord, TENANT), DEPOSIT + CUSTODY_DEPOSIT);
		assert_eq!(free(TENANT), RICH - 90_070);
		System::reset_events();

		assert_eq!(state(id), LeaseState::Handover);
		offer(id);
		set_time(START + 60);
		confirm(id);
		assert_eq!(state(id), LeaseState::Running);
		assert_eq!(DevicesOut::<Runtime>::get(DEVICE), Some(id));
		pass_until(START + HOUR / 2);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		assert_eq!(gains(), [28_500, -30_000, 1_500]);

		pass_until(END);
		assert_eq!(state(id), LeaseState::Returning);
		set_time(END + 300);
		report(TENANT, id);
		assert!(!DevicesOut::<Runtime>::contains_key(DEVICE));
		assert_eq!(Lifetimes::<Runtime>::get(DEVICE).back_at, END + 300);
		assert_eq!((deposit_of(TENANT), state(id)), (DAMAGE, LeaseState::Returning));
		report(OWNER, id);
		assert_eq!(gains(), [57_000, -60_000, 3_000]);
		assert_eq!(deposit_of(TENANT), 0);
		assert_eq!(held(HoldReason::LeaseRecord, TENANT), 0);
		assert!(!Custodies::<Runtime>::contains_key(id));
		assert_eq!(Deadlines::<Runtime>::iter().count(), 0);
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND, committed: 0 });
		let totals = Lifetimes::<Runtime>::get(DEVICE);
		assert_eq!((totals.leases, totals.proven_seconds, totals.earned), (1, HOUR, 60_000));
		// The pause has the time for a return in it.
		assert_eq!(totals.free_from, END + 600);
		let condition = CONDITION;
		assert_eq!(
			events(),
			[
				Event::HandoverOffered { lease: id, condition },
				Event::HandoverConfirmed { lease: id, condition, served_from: START },
				Event::LeaseSettled { lease: id, to_payee: 28_500, to_protocol: 1_500 },
				Event::LeaseEndsSoon {
					lease: id,
					tenant: TENANT,
					device: DEVICE,
					until: END,
					seconds_left: 720,
				},
				Event::LeaseEndsSoon {
					lease: id,
					tenant: TENANT,
					device: DEVICE,
					until: END,
					seconds_left: 360,
				},
				Event::LeaseEnded { lease: id, device: DEVICE },
				Event::ReturnReported { lease: id, by_tenant: true, condition },
				Event::ReturnReported { lease: id, by_tenant: false, condition },
				Event::DepositReturned { lease: id, amount: DAMAGE },
				Event::LeaseClosed {
					lease: id,
					device: DEVICE,
					tenant: TENANT,
					payee: OWNER,
					reason: CloseReason::Completed,
					leased_seconds: HOUR,
					proven_seconds: HOUR,
					paid_to_payee: 57_000,
					paid_to_protocol: 3_000,
					refunded: 0,
					penalty: 0,
					returned_units: 0,
				},
			]
		);
	});
}

#[test]
fn owner_that_does_not_hand_over_is_a_no_show() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = rent(60);
		closes_at(id, START + 600);
		assert_eq!(closed(), [(CloseReason::NoShow, 0, 60_000, 0, 30_000)]);
		assert_eq!(gains(), [-30_000, 30_000, 0]);
		assert_eq!(deposit_of(TENANT), 0);
		assert!(!Calendars::<Runtime>::contains_key(DEVICE));
		assert!(!AccessGrants::<Runtime>::contains_key(DEVICE));
		assert_eq!(Lifetimes::<Runtime>::get(DEVICE), Default::default());
		// The rest of its time is free.
		rent_at(OTHER, None, 60);
	});
}

#[test]
fn tenant_that_does_not_take_it_has_cancelled_at_the_last_moment() {
	for offered in [START, START + HOUR, START + HOUR + 300] {
		ExtBuilder::default().physical().build_and_execute(|| {
			let id = rent_at(TENANT, Some(START + HOUR), 60);
			set_time(offered);
			offer(id);
			closes_at(id, offered.max(START + HOUR) + 600);
			// Half of the units go back.
			assert_eq!(closed(), [(CloseReason::Cancelled, 30_000, 0, 30, 0)]);
			assert_eq!((units_of(TENANT), deposit_of(TENANT)), (30, 0));
			assert_eq!(gains(), [28_500, -60_000, 1_500]);
			assert_eq!(bond_of(OWNER), OwnerBond { held: BOND, committed: 0 });
		});
	}
}

#[test]
fn units_of_a_tenant_that_does_not_take_it_may_be_stuck() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = rent(60);
		offer(id);
		neighbours::Stuck::<Runtime>::insert(SERIES, ());
		closes_at(id, START + 600);
		assert_eq!(closed(), [(CloseReason::Cancelled, 30_000, 30_000, 0, 0)]);
	});
}

#[test]
fn time_before_the_device_is_ready_is_not_delivered() {
	// (ready after, earned, reason, penalty)
	for (late, earned, reason, penalty) in [
		(300, 55_000, CloseReason::Completed, 0),
		(360, 54_000, CloseReason::Completed, 0),
		(500, 51_666, CloseReason::Unproven, 4_167),
	] {
		ExtBuilder::default().physical().build_and_execute(|| {
			let id = rent(60);
			set_time(START + late);
			offer(id);
			// The tenant takes its time: that is its own.
			set_time(START + late + 599);
			confirm(id);
			assert_eq!(custody(id).takeover.unwrap().served_from, START + late);
			pass_until(END);
			report(TENANT, id);
			report(OWNER, id);
			assert_eq!(closed(), [(reason, earned, 60_000 - earned, 0, penalty)]);
		});
	}
}

#[test]
fn nothing_is_paid_before_the_hand_over_is_confirmed() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = rent(60);
		offer(id);
		set_time(START + 300);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		assert_eq!(rent_held(TENANT), 60_000);
		assert_eq!(LeaseEscrow::lease_details(id).unwrap().proven_seconds, 0);
		confirm(id);
		assert_eq!(LeaseEscrow::lease_details(id).unwrap().proven_seconds, 300);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		assert_eq!(rent_held(TENANT), 55_000);
	});
}

#[test]
fn offers_and_confirmations_have_their_time() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = rent_at(TENANT, Some(START + HOUR), 60);
		let refused_offer = |who, error: Error<Runtime>| {
			assert_noop!(LeaseEscrow::offer_handover(signed(who), id, CONDITION), error);
		};
		let refused_confirmation = |who, error: Error<Runtime>| {
			assert_noop!(LeaseEscrow::confirm_handover(signed(who), id, CONDITION), error);
		};
		refused_offer(TENANT, Error::NotPayee);
		refused_confirmation(OWNER, Error::NotTenant);
		refused_confirmation(TENANT, Error::NotStarted);
		set_time(START + HOUR);
		refused_confirmation(TENANT, Error::HandoverNotOffered);
		set_time(START + HOUR + 600);
		refused_offer(OWNER, Error::HandoverOver);
		set_time(START + HOUR + 599);
		offer(id);
		refused_offer(OWNER, Error::AlreadyOffered);
		set_time(START + HOUR + 599 + 600);
		refused_confirmation(TENANT, Error::HandoverOver);
		set_time(START + HOUR + 599 + 599);
		confirm(id);
		refused_confirmation(TENANT, Error::AlreadyHandedOver);
		set_time(START + 2 * HOUR);
		refused_offer(OWNER, Error::AlreadyOver);
	});
	ExtBuilder::default().physical().build_and_execute(|| {
		let offer = |id| LeaseEscrow::offer_handover(signed(OWNER), id, CONDITION);
		assert_noop!(offer(1), Error::<Runtime>::UnknownLease);
		rent(60);
		pass_until(START + 600);
		assert_noop!(offer(1), Error::<Runtime>::LeaseClosed);
	});
}

#[test]
fn device_that_stays_with_its_owner_is_not_handed_over() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		let error = Error::<Runtime>::NotPhysical;
		assert_noop!(LeaseEscrow::offer_handover(signed(OWNER), id, CONDITION), error);
		let error = Error::<Runtime>::NotPhysical;
		assert_noop!(LeaseEscrow::confirm_handover(signed(TENANT), id, CONDITION), error);
		let error = Error::<Runtime>::NotPhysical;
		assert_noop!(LeaseEscrow::report_return(signed(TENANT), id, CONDITION), error);
		assert_eq!(LeaseEscrow::lease_details(id).unwrap().custody, None);
	});
}

#[test]
fn device_without_key_and_sign_of_life_is_leased() {
	ExtBuilder::default().physical().device(|device| device.key = None).build_and_execute(|| {
		set_time(START + 10 * DAY);
		assert!(!LeaseEscrow::is_to_be_had(DEVICE, 0));
		assert!(LeaseEscrow::is_to_be_taken(DEVICE, BOND));
		assert!(!LeaseEscrow::is_to_be_taken(DEVICE, BOND + 1));
		assert!(!LeaseEscrow::is_to_be_taken(77, 0));
		let id = taken();
		assert_ok!(LeaseEscrow::extend(signed(TENANT), id, 10, Balance::MAX));
		for status in
			[tenure_primitives::DeviceStatus::Missing, tenure_primitives::DeviceStatus::NotReturned]
		{
			neighbours::Devices::<Runtime>::mutate(DEVICE, |device| {
				device.as_mut().unwrap().status = status;
			});
			assert!(!LeaseEscrow::is_to_be_taken(DEVICE, 0));
		}
	});
}

#[test]
fn deposit_must_be_there() {
	let rent = || {
		LeaseEscrow::rent(
			signed(TENANT),
			SERIES,
			DEVICE,
			None,
			60,
			Balance::MAX,
			TEXT,
			key_of(TENANT),
			Some(ARBITER),
		)
	};
	let needed = 60_000 + DAMAGE + DEPOSIT + CUSTODY_DEPOSIT + ED;
	ExtBuilder::default().physical().balance(TENANT, needed - 1).build_and_execute(|| {
		assert_noop!(rent(), Error::<Runtime>::BalanceTooLow);
	});
	ExtBuilder::default().physical().balance(TENANT, needed).build_and_execute(|| {
		assert_ok!(rent());
	});
}

#[test]
fn lease_without_deposit_is_handed_over_too() {
	ExtBuilder::default()
		.physical()
		.terms(|terms| (terms.damage_deposit, terms.arbiters) = (0, Default::default()))
		.build_and_execute(|| {
			let id = taken();
			closes_at(id, END + 7_200);
			assert_eq!(closed(), [(CloseReason::Forfeited, 60_000, 0, 0, 0)]);
		});
}

#[test]
fn before_the_hand_over_the_lease_does_not_run() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = rent(60);
		let error = Error::<Runtime>::NotHandedOver;
		assert_noop!(LeaseEscrow::end(signed(TENANT), id), error);
		let error = Error::<Runtime>::NotHandedOver;
		assert_noop!(LeaseEscrow::report_return(signed(TENANT), id, CONDITION), error);
		set_time(START + 599);
		// An owner that revokes it then pays what it would have before the start.
		assert_ok!(LeaseEscrow::revoke(signed(OWNER), id));
		assert_eq!(closed(), [(CloseReason::Revoked, 0, 60_000, 0, 30_000)]);
		assert_eq!(deposit_of(TENANT), 0);
	});
	// Not when it is over already.
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = rent(60);
		offer(id);
		set_time(START + 600);
		assert_noop!(LeaseEscrow::revoke(signed(OWNER), id), Error::<Runtime>::AlreadyOver);
	});
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = rent_at(TENANT, Some(START + HOUR), 60);
		offer(id);
		assert_ok!(LeaseEscrow::cancel(signed(TENANT), id));
		assert_eq!(closed(), [(CloseReason::Cancelled, 6_000, 0, 54, 0)]);
		assert_eq!(deposit_of(TENANT), 0);
	});
}

#[test]
fn longer_lease_waits_for_its_hand_over_as_before() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = rent_at(TENANT, Some(START + HOUR), 60);
		assert_ok!(LeaseEscrow::extend(signed(TENANT), id, 10, Balance::MAX));
		set_time(START + HOUR + 599);
		// Whoever waits in vain must not raise what its owner will owe.
		assert_noop!(
			LeaseEscrow::extend(signed(TENANT), id, 10, Balance::MAX),
			Error::<Runtime>::NotHandedOver
		);
		closes_at(id, START + HOUR + 600);
		assert_eq!(closed(), [(CloseReason::NoShow, 0, 70_000, 0, 35_000)]);
	});
}

#[test]
fn fleet_gets_the_time_back() {
	ExtBuilder::default().physical().build_and_execute(|| {
		make_fleet();
		let noted = || Neighbours::noted_seconds(FLEET, now(), START + DAY) as u64;
		let id = rent_of(FLEET_SERIES, MEMBERS[0], TENANT, None, 60);
		assert_eq!(noted(), HOUR + 600);
		closes_at(id, START + 600);
		assert_eq!(noted(), 0);
		let id = rent_of(FLEET_SERIES, MEMBERS[0], TENANT, None, 60);
		set_time(now() + 100);
		assert_ok!(LeaseEscrow::revoke(signed(OWNER), id));
		assert_eq!(noted(), 0);
	});
}

#[test]
fn box_opens_for_a_tenant_that_has_confirmed() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let id = rent(60);
		let next = rent_at(OTHER, Some(START + 2 * HOUR), 60);
		offer(id);
		offer(next);
		let opens = || LeaseEscrow::access_grant(DEVICE).map(|grant| grant.lease);
		let grants = || AccessGrants::<Runtime>::get(DEVICE);
		assert_eq!((opens(), grants()), (None, None));
		confirm(id);
		assert_eq!(opens(), Some(id));
		let grants = grants().unwrap();
		assert_eq!((grants.current.unwrap().lease, grants.next), (id, None));
		// A new key opens it too, until it is back in the box.
		assert_ok!(LeaseEscrow::set_access_key(signed(TENANT), id, key_of(KEEPER)));
		assert_eq!(LeaseEscrow::access_grant(DEVICE).unwrap().access_key, key_of(KEEPER));
		set_time(START + 1_200);
		report(TENANT, id);
		assert!(now() < lease(id).until);
		assert_eq!((opens(), AccessGrants::<Runtime>::get(DEVICE)), (None, None));
	});
}

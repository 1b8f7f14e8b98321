// SPDX-License-Identifier: Apache-2.0

use super::*;
use crate::{
	types::minute_of, AccessGrants, Calendars, Deadlines, HoldReason, Leases, Lifetimes, OwnerBond,
};

fn revoke(id: LeaseId) {
	assert_ok!(LeaseEscrow::revoke(signed(OWNER), id));
}

#[test]
fn revoked_before_its_start_everything_goes_back_with_a_penalty() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent_at(TENANT, Some(START + HOUR), 10);
		System::reset_events();
		revoke(id);
		assert_eq!((units_of(TENANT), rent_held(TENANT)), (0, 0));
		assert_eq!(held(HoldReason::LeaseRecord, TENANT), 0);
		assert_eq!(total(TENANT), RICH + 5_000);
		assert_eq!((total(OWNER), total(TREASURY)), (RICH - 5_000, ED));
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND - 5_000, committed: 0 });
		assert!(!Calendars::<Runtime>::contains_key(DEVICE));
		assert!(!AccessGrants::<Runtime>::contains_key(DEVICE));
		assert!(!Lifetimes::<Runtime>::contains_key(DEVICE));
		assert_eq!(Deadlines::<Runtime>::iter().count(), 0);
		assert_eq!(
			events(),
			[
				Event::LeaseRevoked { lease: id, until: START + HOUR },
				Event::LeaseClosed {
					lease: id,
					device: DEVICE,
					tenant: TENANT,
					payee: OWNER,
					reason: CloseReason::Revoked,
					leased_seconds: 600,
					proven_seconds: 0,
					paid_to_payee: 0,
					paid_to_protocol: 0,
					refunded: 10_000,
					penalty: 5_000,
					returned_units: 0,
				}
			]
		);
		// Its time is free again.
		rent_at(OTHER, Some(START + HOUR), 10);
	});
}

#[test]
fn running_lease_ends_after_the_notice() {
	ExtBuilder::default().terms(|terms| terms.owner_notice = 130).build_and_execute(|| {
		let id = rent(10);
		serve_until(START + 180);
		System::reset_events();
		revoke(id);
		// 3:00 and 2:10 are 5:10; the next whole minute is the sixth.
		let until = START + 360;
		assert_eq!(events(), [Event::LeaseRevoked { lease: id, until }]);
		let revoked = lease(id);
		assert_eq!((revoked.until, revoked.cut_off_seconds), (until, 240));
		assert_eq!((revoked.units, revoked.escrowed, revoked.bond), (10, 10_000, 5_000));
		// A fifth is left then.
		assert_eq!(revoked.deadline, minute_of(until) - 1);
		assert_eq!(LeaseEscrow::lease_details(id).unwrap().cut_off_seconds, 240);
		assert_eq!(Calendars::<Runtime>::get(DEVICE)[0].until, until);
		assert_eq!(AccessGrants::<Runtime>::get(DEVICE).unwrap().current.unwrap().until, until);
		assert_eq!(bond_of(OWNER).committed, 5_000);
		// Somebody else may have what was cut off.
		rent_at(OTHER, Some(until), 4);
		assert_ok!(LeaseEscrow::do_try_state());

		serve_until(until);
		let closed = events().into_iter().find(|event| matches!(event, Event::LeaseClosed { .. }));
		assert_eq!(
			closed,
			Some(Event::LeaseClosed {
				lease: id,
				device: DEVICE,
				tenant: TENANT,
				payee: OWNER,
				reason: CloseReason::Revoked,
				leased_seconds: 360,
				proven_seconds: 360,
				paid_to_payee: 5_700,
				paid_to_protocol: 300,
				refunded: 4_000,
				penalty: 2_000,
				returned_units: 0,
			})
		);
		assert_eq!(total(TENANT), RICH - 6_000 + 2_000);
		assert_eq!(total(OWNER), RICH + 5_700 - 2_000);
	});
}

#[test]
fn revoking_gives_a_minute_at_least() {
	for (notice, now, until) in [(0, 0, 60), (0, 1, 120), (60, 0, 60), (61, 0, 120)] {
		ExtBuilder::default().terms(|terms| terms.owner_notice = notice).build_and_execute(|| {
			let id = rent(10);
			set_time(START + now);
			revoke(id);
			assert_eq!(lease(id).until, START + until);
		});
	}
}

#[test]
fn revoking_costs_what_not_serving_would() {
	let outcome = |revokes: bool| {
		ExtBuilder::default().build().execute_with(|| {
			let id = rent(10);
			serve_until(START + 240);
			if revokes {
				revoke(id);
			}
			// Nothing is served any more: of the minute's notice either.
			pass_until(START + 1_200);
			assert!(!Leases::<Runtime>::contains_key(id));
			[OWNER, TENANT, TREASURY].map(total)
		})
	};
	assert_eq!(outcome(true), outcome(false));
	assert_eq!(outcome(true), [RICH + 3_800 - 3_000, RICH - 4_000 + 3_000, ED + 200]);
}

#[test]
fn what_the_terms_leave_free_stays_free() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		serve_until(START + 480);
		revoke(id);
		assert_eq!(lease(id).cut_off_seconds, 60);
		serve_until(START + 540);
		assert!(matches!(
			last_event(),
			Event::LeaseClosed { reason: CloseReason::Revoked, penalty: 0, refunded: 1_000, .. }
		));
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND, committed: 0 });
	});
}

#[test]
fn what_was_paid_before_counts() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		serve_until(START + 180);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
		revoke(id);
		serve_until(START + 240);
		assert_eq!(total(OWNER), RICH + 3_800 - 3_000);
		assert_eq!(total(TENANT), RICH - 4_000 + 3_000);
	});
}

#[test]
fn only_the_payee_revokes_and_only_before_the_end() {
	ExtBuilder::default().build_and_execute(|| {
		let refused = |who, id, error: Error<Runtime>| {
			assert_noop!(LeaseEscrow::revoke(signed(who), id), error);
		};
		refused(OWNER, 1, Error::UnknownLease);
		let id = rent(10);
		refused(TENANT, id, Error::NotPayee);
		refused(OTHER, id, Error::NotPayee);
		set_time(START + 540);
		// The notice alone takes it to its end.
		refused(OWNER, id, Error::AlreadyEnding);
		set_time(START + 600);
		refused(OWNER, id, Error::AlreadyOver);
		pass_until(START + 900);
		refused(OWNER, id, Error::LeaseClosed);
	});
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		revoke(id);
		assert_noop!(LeaseEscrow::revoke(signed(OWNER), id), Error::<Runtime>::AlreadyEnding);
	});
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		assert_ok!(LeaseEscrow::end(signed(TENANT), id));
		assert_noop!(LeaseEscrow::revoke(signed(OWNER), id), Error::<Runtime>::AlreadyEnding);
	});
}

#[test]
fn payee_of_a_running_lease_revokes_it_though_the_device_is_sold() {
	ExtBuilder::default().build_and_execute(|| {
		let running = rent(10);
		let ahead = rent_at(TENANT, Some(START + HOUR), 10);
		assert_ok!(LeaseEscrow::bond(signed(OTHER), 10_000));
		assert_eq!(Neighbours::transfer(DEVICE, OTHER), Ok(1));
		assert_noop!(LeaseEscrow::revoke(signed(OTHER), running), Error::<Runtime>::NotPayee);
		assert_noop!(LeaseEscrow::revoke(signed(OWNER), ahead), Error::<Runtime>::NotPayee);
		revoke(running);
		assert_ok!(LeaseEscrow::revoke(signed(OTHER), ahead));
		assert_eq!(bond_of(OTHER), OwnerBond { held: 5_000, committed: 0 });
	});
}

#[test]
fn tenant_may_leave_a_revoked_lease_for_units() {
	// An owner's long notice must not hold the tenant longer than its own.
	let terms = |terms: &mut tenure_primitives::LeaseTerms<AccountId>| {
		terms.owner_notice = 360;
		terms.tenant_notice = 0;
	};
	ExtBuilder::default().terms(terms).build_and_execute(|| {
		let id = rent(20);
		serve_until(START + 240);
		revoke(id);
		assert_eq!((lease(id).until, lease(id).cut_off_seconds), (START + 600, 600));
		assert_ok!(LeaseEscrow::end(signed(TENANT), id));
		// Five minutes are kept, five go back as units, the ten that were cut off stay money.
		let ended = lease(id);
		assert_eq!((ended.until, ended.units, ended.rounding), (START + 300, 15, 0));
		assert_eq!(units_of(TENANT), 5);
		assert_ok!(LeaseEscrow::do_try_state());
		assert_noop!(LeaseEscrow::end(signed(TENANT), id), Error::<Runtime>::AlreadyEnding);
		assert_noop!(LeaseEscrow::revoke(signed(OWNER), id), Error::<Runtime>::AlreadyEnding);
		serve_until(START + 300);
		assert!(matches!(
			last_event(),
			Event::LeaseClosed {
				reason: CloseReason::Revoked,
				paid_to_payee: 4_750,
				refunded: 10_000,
				penalty: 5_000,
				..
			}
		));
	});
}

#[test]
fn series_of_a_fixed_term_gives_no_units_after_a_revocation_either() {
	ExtBuilder::default()
		.terms(|terms| {
			terms.cancellation = Default::default();
			terms.owner_notice = 360;
		})
		.build_and_execute(|| {
			let id = rent(20);
			revoke(id);
			assert_ok!(LeaseEscrow::end(signed(TENANT), id));
			let ended = lease(id);
			assert_eq!((ended.until, ended.units, ended.rounding), (START + 60, 20, 5_000));
			assert_eq!((units_of(TENANT), ended.cut_off_seconds), (0, 840));
		});
}

#[test]
fn fleet_gets_the_time_back() {
	ExtBuilder::default().build_and_execute(|| {
		make_fleet();
		let noted = || Neighbours::noted_seconds(FLEET, START, START + DAY);
		let ahead = rent_of(FLEET_SERIES, MEMBERS[0], TENANT, Some(START + HOUR), 10);
		let running = rent_of(FLEET_SERIES, MEMBERS[0], TENANT, None, 10);
		assert_eq!(noted(), 1_200);
		revoke(ahead);
		assert_eq!(noted(), 600);
		revoke(running);
		assert_eq!(noted(), 60);
	});
}

#[test]
fn retirement_by_force_ends_a_revoked_lease_without_a_penalty() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		serve_until(START + 120);
		revoke(id);
		assert_eq!(Neighbours::force_retire(DEVICE), Ok(1));
		assert!(matches!(
			last_event(),
			Event::LeaseClosed {
				reason: CloseReason::ForceRetired,
				refunded: 8_000,
				penalty: 0,
				..
			}
		));
	});
}

// SPDX-License-Identifier: Apache-2.0

//! Several devices at once, and leases that go on, with arbiters and hand-overs.

use super::*;
use crate::Requests;
use tenure_primitives::{Acceptance, DeviceStatus, SeriesId};

fn rent_fleet(arbiter: Option<AccountId>, start: Option<Moment>) -> DispatchResult {
	LeaseEscrow::rent_fleet(
		signed(TENANT),
		FLEET_SERIES,
		MEMBERS.to_vec().try_into().unwrap(),
		start,
		60,
		120_000,
		TEXT,
		key_of(TENANT),
		arbiter,
	)
}

fn follow(id: LeaseId, series: SeriesId, arbiter: Option<AccountId>) -> DispatchResult {
	LeaseEscrow::follow(signed(TENANT), id, series, 60, Balance::MAX, TEXT, arbiter)
}

#[test]
fn fleet_has_one_arbiter() {
	ExtBuilder::default().objections(WINDOW).build_and_execute(|| {
		make_fleet();
		assert_noop!(rent_fleet(None, None), Error::<Runtime>::ArbiterMissing);
		assert_noop!(rent_fleet(Some(KEEPER), None), Error::<Runtime>::ArbiterNotListed);
		assert_noop!(rent_fleet(Some(TENANT), None), Error::<Runtime>::ArbiterIsParty);
		assert_noop!(rent_fleet(Some(OWNER), None), Error::<Runtime>::ArbiterIsParty);
		assert_ok!(rent_fleet(Some(ARBITER), None));
		assert_eq!([1, 2].map(|id| lease(id).arbiter), [Some(ARBITER); 2]);
		for _ in 0..5 {
			set_time(now() + 60);
			MEMBERS.into_iter().for_each(heartbeat);
			poll();
		}
		// An objection to one is none to the other.
		assert_ok!(object(TENANT, 1, 5_000));
		assert_eq!((lease(1).review.frozen(), lease(2).review.frozen()), (5_000, 0));
		assert_ok!(object(TENANT, 2, 5_000));
	});
	ExtBuilder::default().build_and_execute(|| {
		make_fleet();
		assert_noop!(rent_fleet(Some(ARBITER), None), Error::<Runtime>::ArbiterNotNeeded);
		assert_ok!(rent_fleet(None, None));
	});
}

#[test]
fn members_are_taken_home_together() {
	ExtBuilder::default().physical().build_and_execute(|| {
		make_fleet();
		assert_ok!(rent_fleet(Some(ARBITER), None));
		assert_eq!(rent_held(TENANT), 120_000);
		assert_eq!(deposits_of(TENANT), [2 * (DEPOSIT + CUSTODY_DEPOSIT), 2 * DAMAGE]);
		assert_eq!(bond_of(OWNER), OwnerBond { held: BOND, committed: 60_000 });
		assert_ok!(Neighbours::do_try_state());
		for id in [1, 2] {
			assert_ok!(ready(id));
			assert_ok!(take(TENANT, id));
		}
		assert_eq!(DevicesOut::<Runtime>::iter().count(), 2);
		// One is brought back, the other one is kept.
		set_time(END);
		poll();
		assert_ok!(bring(TENANT, 1));
		assert_ok!(bring(OWNER, 1));
		set_time(END + 7_200);
		poll();
		assert_eq!(
			closed(),
			[(1, CloseReason::Completed, 0, 0), (2, CloseReason::Forfeited, 0, 0)]
		);
		assert_eq!(gains(), [114_000 + 30_000, -150_000, 0, 6_000, 0]);
		let status = |device| neighbours::Devices::<Runtime>::get(device).unwrap().status;
		assert_eq!(MEMBERS.map(status), [DeviceStatus::Listed, DeviceStatus::NotReturned]);
		nothing_is_left();
	});
}

#[test]
fn all_deposits_of_a_fleet_must_be_payable() {
	let enough = 2 * (60_000 + DAMAGE + DEPOSIT + CUSTODY_DEPOSIT) + ED;
	for (balance, is_enough) in [(enough - 1, false), (enough, true)] {
		ExtBuilder::default().physical().balance(TENANT, balance).build_and_execute(|| {
			make_fleet();
			if is_enough {
				assert_ok!(rent_fleet(Some(ARBITER), None));
				assert_eq!(free(TENANT), ED);
			} else {
				assert_noop!(rent_fleet(Some(ARBITER), None), Error::<Runtime>::BalanceTooLow);
			}
		});
	}
}

#[test]
fn requests_for_members_are_answered_one_by_one() {
	let manual = Acceptance::Manual { deadline: DEADLINE };
	ExtBuilder::default().physical().terms(|terms| terms.acceptance = manual).build_and_execute(
		|| {
			make_fleet();
			assert_ok!(rent_fleet(Some(ARBITER), Some(END)));
			assert_eq!(Requests::<Runtime>::iter().count(), 2);
			assert_eq!(Neighbours::noted_seconds(FLEET, START, Moment::MAX), 2 * (3_600 + 600));
			assert_ok!(LeaseEscrow::decline(signed(OWNER), 1));
			assert_ok!(Neighbours::do_try_state());
			assert_ok!(LeaseEscrow::accept(signed(OWNER), 2));
			assert_eq!(deposits_of(TENANT), [DEPOSIT + CUSTODY_DEPOSIT, DAMAGE]);
			assert_ok!(LeaseEscrow::revoke(signed(OWNER), 2));
			assert_eq!(
				closed(),
				[(1, CloseReason::Declined, 60_000, 0), (2, CloseReason::Revoked, 60_000, 30_000)]
			);
			assert_eq!(Neighbours::noted_seconds(FLEET, START, Moment::MAX), 0);
			assert_eq!(gains(), [-30_000, 30_000, 0, 0, 0]);
			nothing_is_left();
		},
	);
}

#[test]
fn lease_that_goes_on_names_its_own_arbiter() {
	ExtBuilder::default().build_and_execute(|| {
		let mut next = neighbours::Series::<Runtime>::get(SERIES).unwrap();
		next.id = HOME_SERIES;
		next.terms.objection_window = WINDOW;
		next.terms.arbiters = vec![ARBITER].try_into().unwrap();
		neighbours::Series::<Runtime>::insert(HOME_SERIES, next);
		let id = rent(60);
		assert_noop!(follow(id, HOME_SERIES, None), Error::<Runtime>::ArbiterMissing);
		assert_noop!(follow(id, HOME_SERIES, Some(OTHER)), Error::<Runtime>::ArbiterNotListed);
		assert_ok!(follow(id, HOME_SERIES, Some(ARBITER)));
		assert_eq!((lease(id).arbiter, lease(id + 1).arbiter), (None, Some(ARBITER)));
		assert_noop!(follow(id + 1, SERIES, Some(ARBITER)), Error::<Runtime>::ArbiterNotNeeded);
	});
}

#[test]
fn what_is_handed_over_does_not_go_on_in_another_series() {
	ExtBuilder::default().build_and_execute(|| {
		make_physical_series();
		let id = rent(60);
		assert_noop!(follow(id, HOME_SERIES, Some(ARBITER)), Error::<Runtime>::NotRemote);
		let home = rent_of(HOME_SERIES, DEVICE, TENANT, Some(END), 60);
		assert_noop!(follow(home, SERIES, None), Error::<Runtime>::NotRemote);
	});
}

// SPDX-License-Identifier: Apache-2.0

//! Tenants learn that their time runs out.

use super::*;
use crate::{types::minute_of, weights::WeightInfo, Deadlines, Leases};

/// The warnings so far: seconds from the start of the test, seconds left.
fn warnings() -> Vec<(Moment, Moment)> {
	let warning = |event| match event {
		Event::LeaseEndsSoon { until, seconds_left, .. } => {
			Some((until - seconds_left - START, seconds_left))
		}
		_ => None,
	};
	events().into_iter().filter_map(warning).collect()
}

fn deadlines() -> Vec<(u32, LeaseId)> {
	Deadlines::<Runtime>::iter_keys()
		.map(|(minute, id)| (minute.get() - minute_of(START), id))
		.collect()
}

#[test]
fn tenant_is_warned_twice() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(100);
		assert_eq!(deadlines(), [(80, id)]);
		serve_until(START + 79 * 60);
		assert_eq!(warnings(), []);
		serve_until(START + 80 * 60);
		assert_eq!(
			last_event(),
			Event::LeaseEndsSoon {
				lease: id,
				tenant: TENANT,
				device: DEVICE,
				until: START + 6_000,
				seconds_left: 1_200,
			}
		);
		assert_eq!(deadlines(), [(90, id)]);
		serve_until(START + 95 * 60);
		assert_eq!(deadlines(), [(100, id)]);
		serve_until(START + 100 * 60);
		assert_eq!(warnings(), [(4_800, 1_200), (5_400, 600)]);
		assert!(!Leases::<Runtime>::contains_key(id));
	});
}

#[test]
fn less_than_a_minute_is_worth_no_warning() {
	// A tenth of nine minutes is less, a fifth of four is less.
	for (units, expected) in [(10, vec![480, 540]), (9, vec![432]), (5, vec![240]), (4, vec![])] {
		ExtBuilder::default().build_and_execute(|| {
			rent(units);
			serve_until(START + units * 60);
			let minute = |second: u64| second.div_ceil(60) * 60;
			let expected: Vec<_> = expected.iter().map(|second| minute(*second)).collect();
			let times: Vec<_> = warnings().into_iter().map(|(time, _)| time).collect();
			assert_eq!(times, expected, "{units} minutes");
		});
	}
}

#[test]
fn warning_weighs_what_it_says() {
	ExtBuilder::default().build_and_execute(|| {
		rent(100);
		set_time(START + 80 * 60);
		assert_eq!(poll(), idle_weight() + <() as WeightInfo>::sweep_warn());
		assert_eq!(poll(), idle_weight());
	});
}

#[test]
fn late_sweep_does_not_warn_of_what_is_past() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(100);
		// Behind both minutes: one warning, which says what is left.
		set_time(START + 95 * 60 + 7);
		poll();
		assert_eq!(warnings(), [(5_707, 293)]);
		assert_eq!(deadlines(), [(100, id)]);
	});
	ExtBuilder::default().build_and_execute(|| {
		rent(100);
		set_time(START + 100 * 60);
		poll();
		assert_eq!(warnings(), []);
	});
}

#[test]
fn longer_lease_is_warned_of_its_new_end() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(100);
		serve_until(START + 95 * 60);
		assert_eq!(warnings().len(), 2);
		assert_ok!(LeaseEscrow::extend(signed(TENANT), id, 100, Balance::MAX));
		assert_eq!(deadlines(), [(160, id)]);
		serve_until(START + 200 * 60);
		assert_eq!(warnings()[2..], [(9_600, 2_400), (10_800, 1_200)]);
	});
}

#[test]
fn lease_that_ends_early_within_the_last_fifth_is_not_announced() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(100);
		serve_until(START + 70 * 60);
		assert_ok!(LeaseEscrow::end(signed(TENANT), id));
		assert_eq!(deadlines(), [(71, id)]);
		serve_until(START + 71 * 60);
		assert_eq!(warnings(), []);
	});
	// Its owner's notice is long: it is told in time.
	ExtBuilder::default().terms(|terms| terms.owner_notice = 1_800).build_and_execute(|| {
		let id = rent(100);
		serve_until(START + 20 * 60);
		assert_ok!(LeaseEscrow::revoke(signed(OWNER), id));
		assert_eq!(deadlines(), [(40, id)]);
		serve_until(START + 50 * 60);
		assert_eq!(warnings(), [(2_400, 600), (2_700, 300)]);
	});
}

#[test]
fn end_between_two_warnings_keeps_one() {
	ExtBuilder::default().terms(|terms| terms.owner_notice = 600).build_and_execute(|| {
		let id = rent(100);
		serve_until(START + 60 * 60);
		// 70 minutes then: a fifth is left at 56, a tenth at 63.
		assert_ok!(LeaseEscrow::revoke(signed(OWNER), id));
		assert_eq!(deadlines(), [(63, id)]);
		serve_until(START + 70 * 60);
		assert_eq!(warnings(), [(3_780, 420)]);
	});
}

#[test]
fn lease_that_is_gone_is_not_announced() {
	ExtBuilder::default().build_and_execute(|| {
		let cancelled = rent_at(TENANT, Some(START + HOUR), 60);
		assert_ok!(LeaseEscrow::cancel(signed(TENANT), cancelled));
		rent(30);
		assert_ok!(Neighbours::force_retire(DEVICE));
		assert_eq!(deadlines(), []);
		pass_until(START + 2 * HOUR);
		assert_eq!(warnings(), []);
	});
}

#[test]
fn retired_lease_that_could_not_be_closed_is_closed_and_not_announced() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(100);
		Leases::<Runtime>::mutate(id, |lease| lease.as_mut().unwrap().paid_to_payee = 200_000);
		assert_ok!(Neighbours::force_retire(DEVICE));
		Leases::<Runtime>::mutate(id, |lease| lease.as_mut().unwrap().paid_to_payee = 0);
		assert_eq!(deadlines(), [(1, id)]);
		pass_until(START + 120);
		assert_eq!(warnings(), []);
		assert!(!Leases::<Runtime>::contains_key(id));
	});
}

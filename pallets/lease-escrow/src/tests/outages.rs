// SPDX-License-Identifier: Apache-2.0

//! A chain that stands still.

use super::*;
use crate::{weights::WeightInfo, BlockTime, LastBlockTime, Leases, OutageRing, Outages};
use frame_support::traits::Hooks;
use sp_runtime::{Perbill, TryRuntimeError};
use tenure_lease_math::Outage;

/// A chain whose outages are longer than two minutes, and terms that leave nothing free of penalty.
fn strict() -> ExtBuilder {
	ExtBuilder::default().outages(120).terms(|terms| terms.penalty_free_share = Perbill::zero())
}

/// The chain stands still until `until`; in the first block after that the device is seen.
fn stand_still_until(until: Moment) {
	set_time(until);
	heartbeat(DEVICE);
	poll();
}

fn noted() -> Vec<(Moment, Moment)> {
	Outages::<Runtime>::get()
		.iter()
		.map(|outage| (outage.from - START, outage.until - START))
		.collect()
}

/// How the lease closed: reason, seconds proven, money back to the tenant, penalty.
fn outcome() -> (CloseReason, u64, Balance, Balance) {
	let closed = |event| match event {
		Event::LeaseClosed { reason, proven_seconds, refunded, penalty, .. } => {
			Some((reason, proven_seconds, refunded, penalty))
		}
		_ => None,
	};
	events().into_iter().find_map(closed).expect("the lease was closed")
}

#[test]
fn hour_without_blocks_costs_owner_no_penalty_and_tenant_no_rent() {
	strict().build_and_execute(|| {
		rent(180);
		serve_until(START + HOUR);
		stand_still_until(START + 2 * HOUR);
		serve_until(START + 3 * HOUR);
		assert_eq!(noted(), [(HOUR, 2 * HOUR)]);
		assert!(
			events().contains(&Event::OutageNoted { from: START + HOUR, until: START + 2 * HOUR })
		);
		assert_eq!(outcome(), (CloseReason::Completed, 2 * HOUR, 60_000, 0));
		assert_eq!(total(TENANT), RICH - 120_000);
		assert_eq!(total(OWNER) + total(TREASURY), RICH + ED + 120_000);
	});
}

#[test]
fn owner_pays_nothing_for_the_minutes_around_it_either() {
	strict().build_and_execute(|| {
		rent(180);
		// Every two minutes, as often as the terms demand, and not just when the chain stops and goes on.
		serve_until(START + HOUR);
		for time in [START + HOUR + 59, START + 2 * HOUR + 30, START + 2 * HOUR + 110] {
			set_time(time);
			poll();
		}
		heartbeat(DEVICE);
		serve_until(START + 3 * HOUR);
		let (reason, proven, _, penalty) = outcome();
		assert!(proven < 2 * HOUR);
		assert_eq!((reason, penalty), (CloseReason::Completed, 0));
	});
}

#[test]
fn other_silence_is_not_excused() {
	strict().build_and_execute(|| {
		rent(180);
		serve_until(START + HOUR);
		stand_still_until(START + 2 * HOUR);
		pass_until(START + 2 * HOUR + 1_740);
		serve_until(START + 3 * HOUR);
		// Of 90 minutes an hour and two minutes on either side of it are excused.
		assert_eq!(outcome(), (CloseReason::Unproven, HOUR + 1_800, 90_000, 13_000));
		assert_eq!(total(OWNER) + total(TREASURY), RICH + ED + 90_000 - 13_000);
	});
}

#[test]
fn dead_device_is_excused_for_the_outage_alone() {
	strict().build_and_execute(|| {
		rent(180);
		pass_until(START + HOUR);
		set_time(START + 2 * HOUR);
		poll();
		pass_until(START + 3 * HOUR);
		assert_eq!(outcome(), (CloseReason::Unproven, 0, 180_000, (180_000 - 64_000) / 2));
	});
}

#[test]
fn free_share_of_the_terms_is_on_top() {
	ExtBuilder::default().outages(120).build_and_execute(|| {
		rent(180);
		serve_until(START + HOUR);
		stand_still_until(START + 2 * HOUR);
		// A tenth may be missed: eighteen minutes.
		pass_until(START + 2 * HOUR + 1_020);
		serve_until(START + 3 * HOUR);
		assert_eq!(outcome(), (CloseReason::Completed, 2 * HOUR - 1_080, 78_000, 0));
	});
}

#[test]
fn outage_before_or_after_a_lease_excuses_nothing_of_it() {
	strict().build_and_execute(|| {
		rent_at(TENANT, Some(START + 2 * HOUR), 60);
		stand_still_until(START + HOUR);
		pass_until(START + 2 * HOUR);
		serve_until(START + 3 * HOUR);
		// Two minutes: no heartbeat at the start.
		assert_eq!(noted(), [(0, HOUR)]);
		assert_eq!(outcome(), (CloseReason::Unproven, HOUR - 60, 1_000, 500));
	});
	strict().build_and_execute(|| {
		rent(60);
		serve_until(START + HOUR - 600);
		pass_until(START + HOUR);
		// It is closed by now.
		stand_still_until(START + 2 * HOUR);
		assert_eq!(noted(), [(HOUR, 2 * HOUR)]);
		assert_eq!(outcome(), (CloseReason::Unproven, HOUR - 600, 10_000, 5_000));
	});
}

#[test]
fn outage_over_the_start_or_the_end_is_excused_as_far_as_it_lies_inside() {
	strict().build_and_execute(|| {
		rent_at(TENANT, Some(START + HOUR), 60);
		serve_until(START + 1_800);
		stand_still_until(START + 5_400);
		serve_until(START + 2 * HOUR);
		assert_eq!(outcome(), (CloseReason::Completed, 1_800, 30_000, 0));
	});
	strict().build_and_execute(|| {
		rent(60);
		serve_until(START + 1_800);
		stand_still_until(START + 30 * DAY);
		assert_eq!(outcome(), (CloseReason::Completed, 1_800, 30_000, 0));
	});
}

/// A lease of a day whose device need be seen once a day.
fn once_a_day() -> ExtBuilder {
	let day = DAY as u32;
	strict()
		.terms(|terms| {
			terms.evidence = tenure_primitives::EvidencePolicy::Heartbeat { max_gap: day }
		})
		.device(|device| device.heartbeat_gap = day)
}

#[test]
fn outage_that_keeps_the_last_heartbeat_away_is_excused() {
	// Whoever comes first after it: the sweep, or the device.
	for (swept, objections) in [(true, false), (false, false), (false, true)] {
		let builder = if objections { once_a_day().objections(600) } else { once_a_day() };
		builder.build_and_execute(|| {
			let id = rent(24 * 60);
			pass_until(START + 12 * HOUR);
			heartbeat(DEVICE);
			// The next one is due five minutes after the end.
			pass_until(START + DAY + 120);
			set_time(START + 2 * DAY + 120);
			if swept {
				poll();
				assert!(!Leases::<Runtime>::contains_key(id));
			}
			heartbeat(DEVICE);
			pass_until(now() + 1_200);
			assert_eq!(noted(), [(DAY + 120, 2 * DAY + 120)]);
			assert_eq!(outcome(), (CloseReason::Completed, 12 * HOUR, 720_000, 0));
		});
	}
}

#[test]
fn outage_after_the_last_heartbeat_excuses_nothing() {
	for swept in [true, false] {
		once_a_day().build_and_execute(|| {
			let id = rent(24 * 60);
			pass_until(START + DAY);
			// Seen a minute too late, and the chain stops a minute later.
			set_time(START + DAY + 60);
			heartbeat(DEVICE);
			if swept {
				poll();
				assert!(!Leases::<Runtime>::contains_key(id));
			}
			set_time(START + DAY + 120);
			stand_still_until(START + 2 * DAY);
			pass_until(now() + 600);
			assert_eq!(outcome(), (CloseReason::Unproven, 0, 1_440_000, 720_000));
		});
	}
}

#[test]
fn time_that_the_owner_cut_off_is_not_excused() {
	strict().build_and_execute(|| {
		let id = rent(120);
		serve_until(START + HOUR);
		assert_ok!(LeaseEscrow::revoke(signed(OWNER), id));
		assert_eq!(lease(id).until, START + HOUR + 60);
		stand_still_until(START + 2 * HOUR);
		// One minute fell into the outage, 59 were cut off.
		assert_eq!(outcome(), (CloseReason::Revoked, HOUR, 60_000, 29_500));
	});
}

#[test]
fn lease_of_a_device_retired_by_force_closes_as_ever() {
	strict().build_and_execute(|| {
		rent(180);
		serve_until(START + HOUR);
		stand_still_until(START + 2 * HOUR);
		assert_ok!(Neighbours::force_retire(DEVICE));
		assert_eq!(outcome(), (CloseReason::ForceRetired, HOUR, 120_000, 0));
	});
}

#[test]
fn pause_as_long_as_the_threshold_is_no_outage() {
	strict().build_and_execute(|| {
		rent(180);
		for until in [120, 240, 361, 481].map(|second| START + second) {
			stand_still_until(until);
		}
		assert_eq!(noted(), [(240, 361)]);
		assert_eq!(
			LastBlockTime::<Runtime>::get(),
			Some(BlockTime { open: START + 481, stood_still: false })
		);
	});
}

#[test]
fn first_block_ends_no_outage() {
	strict().build_and_execute(|| {
		LastBlockTime::<Runtime>::kill();
		set_time(START + HOUR);
		assert_eq!(noted(), []);
		LastBlockTime::<Runtime>::kill();
		Standstill::set(true);
		set_time(START + 2 * HOUR);
		Standstill::set(false);
		set_time(START + 2 * HOUR + 3);
		assert_eq!(noted(), [(2 * HOUR, 2 * HOUR + 3)]);
	});
}

#[test]
fn blocks_without_transactions_are_an_outage_however_short() {
	strict().build_and_execute(|| {
		rent(180);
		serve_until(START + HOUR);
		System::reset_events();
		Standstill::set(true);
		for block in 1..4 {
			set_time(START + HOUR + block * 3);
		}
		assert_eq!(noted(), []);
		assert_eq!(
			LastBlockTime::<Runtime>::get(),
			Some(BlockTime { open: START + HOUR, stood_still: true })
		);
		Standstill::set(false);
		set_time(START + HOUR + 12);
		assert_eq!(noted(), [(HOUR, HOUR + 12)]);
		assert_eq!(events(), [Event::OutageNoted { from: START + HOUR, until: START + HOUR + 12 }]);
		// The next block follows as ever.
		set_time(START + HOUR + 15);
		assert_eq!(noted().len(), 1);
	});
}

#[test]
fn long_migration_is_one_outage() {
	strict().build_and_execute(|| {
		rent(180);
		serve_until(START + HOUR);
		Standstill::set(true);
		while now() < START + 2 * HOUR - 60 {
			set_time(now() + 60);
		}
		Standstill::set(false);
		stand_still_until(START + 2 * HOUR);
		serve_until(START + 3 * HOUR);
		assert_eq!(noted(), [(HOUR, 2 * HOUR)]);
		assert_eq!(outcome(), (CloseReason::Completed, 2 * HOUR, 60_000, 0));
	});
}

#[test]
fn clock_that_goes_back_makes_no_outage_twice() {
	strict().build_and_execute(|| {
		for time in [HOUR, 600, 700, HOUR, HOUR + 121, HOUR] {
			set_time(START + time);
		}
		assert_eq!(noted(), [(0, HOUR), (HOUR, HOUR + 121)]);
		// In a migration too.
		Standstill::set(true);
		set_time(START + 600);
		Standstill::set(false);
		set_time(START + 700);
		assert_eq!(noted().len(), 2);
	});
}

#[test]
fn oldest_outage_is_forgotten() {
	strict().build_and_execute(|| {
		rent(1_000);
		for number in 1..=70 {
			set_time(START + number * 600);
			pass_until(START + number * 600 + 300);
		}
		let outages = noted();
		assert_eq!(outages.len(), 64);
		// Six were dropped.
		assert_eq!(outages.first(), Some(&(7 * 600 - 300, 7 * 600)));
		assert_eq!(outages.last(), Some(&(70 * 600 - 300, 70 * 600)));
		assert_ok!(LeaseEscrow::do_try_state());
		pass_until(START + 1_000 * 60);
		// The other ones excuse nine minutes each.
		let answered = 1_000 - 64 * 9;
		assert_eq!(outcome(), (CloseReason::Unproven, 0, 1_000_000, answered * 500));
	});
}

#[test]
fn deadlines_of_people_move() {
	strict().build_and_execute(|| {
		let deadline = START + 600;
		assert_eq!(LeaseEscrow::moved(deadline, START), deadline);
		for time in [60, 360, 420, 1_020, 1_080] {
			set_time(START + time);
		}
		assert_eq!(noted(), [(60, 360), (420, 1_020)]);
		// Ten minutes of which nothing is lost.
		assert_eq!(LeaseEscrow::moved(deadline, START), START + 600 + 300 + 600);
		assert_eq!(LeaseEscrow::moved(START + 400, START + 360), START + 400);
		assert_eq!(LeaseEscrow::moved(START + 60, START), START + 60);
	});
}

#[test]
fn each_block_pays_for_being_noted() {
	ExtBuilder::default().build_and_execute(|| {
		let weight = <LeaseEscrow as Hooks<u64>>::on_initialize(1);
		assert_eq!(weight, <() as WeightInfo>::note_outage());
	});
}

#[test]
fn outages_out_of_order_are_seen() {
	let breaks = |outages: &[(Moment, Moment)], complaint| {
		strict().build().execute_with(|| {
			let outages = outages.iter().map(|(from, until)| Outage { from: *from, until: *until });
			Outages::<Runtime>::put(OutageRing::truncate_from(outages.collect()));
			assert_eq!(LeaseEscrow::do_try_state(), Err(TryRuntimeError::Other(complaint)));
		});
	};
	breaks(&[(5, 5)], "outage without time");
	breaks(&[(5, 8), (7, 9)], "outages are out of order or overlap");
	breaks(&[(5, START + 1)], "outage that is not over");
	strict().build().execute_with(|| {
		rent(1);
		assert_eq!(Leases::<Runtime>::iter().count(), 1);
		assert_ok!(LeaseEscrow::do_try_state());
	});
}

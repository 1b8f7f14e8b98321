// SPDX-License-Identifier: Apache-2.0

use super::*;
use crate::{types::minute_of, weights::WeightInfo, Deadlines, Leases, Lifetimes, MinuteKey};
use frame_support::weights::Weight;
use tenure_primitives::{DeviceId, EvidencePolicy, Subject};

/// So many devices, each with a series and a lease of ten minutes from now.
fn leases_on_devices(count: u64) -> Vec<LeaseId> {
	(2..2 + count)
		.map(|device: DeviceId| {
			let series = device as u32;
			neighbours::Devices::<Runtime>::insert(device, device_info());
			let mut info = series_info();
			info.subject = Subject::Device(device);
			neighbours::Series::<Runtime>::insert(series, info);
			heartbeat(device);
			let lease = crate::NextLeaseId::<Runtime>::get();
			assert_ok!(LeaseEscrow::rent(
				signed(TENANT),
				series,
				device,
				None,
				10,
				Balance::MAX,
				TEXT,
				key_of(TENANT),
				None
			));
			lease
		})
		.collect()
}

fn limit() -> Weight {
	LeaseEscrow::sweep_limit()
}

#[test]
fn idle_sweep_costs_next_to_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(poll(), idle_weight());
		rent(10);
		assert_eq!(poll(), idle_weight());
		pass_until(START + 540);
		assert_eq!(poll(), idle_weight());
	});
}

#[test]
fn lease_ends_and_closes_by_itself() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		serve_until(START + 540);
		pass_until(START + 600);
		// A heartbeat may make it final any time, so it is looked at again in a minute.
		assert_eq!(last_event(), Event::LeaseEnded { lease: id, device: DEVICE });
		assert_eq!(lease(id).deadline, minute_of(START) + 11);
		assert_ok!(LeaseEscrow::do_try_state());
		// Final when none can join the one at 9:00 any more: at 11:01, so in the twelfth minute.
		pass_until(START + 660);
		assert_eq!(lease(id).deadline, minute_of(START) + 12);
		pass_until(START + 720);
		assert!(!Leases::<Runtime>::contains_key(id));
		assert_eq!(total(OWNER), RICH + 8_550);
		assert_eq!(total(TENANT), RICH - 9_000);
	});
}

#[test]
fn lease_with_a_long_gap_closes_soon_after_the_next_heartbeat() {
	let day = 86_400;
	ExtBuilder::default()
		.terms(|terms| terms.evidence = EvidencePolicy::Heartbeat { max_gap: day })
		.device(|device| device.heartbeat_gap = day)
		.build_and_execute(|| {
			let id = rent(10);
			serve_until(START + 590);
			pass_until(START + 600);
			assert!(Leases::<Runtime>::contains_key(id));
			serve_until(START + 620);
			pass_until(START + 660);
			assert!(!Leases::<Runtime>::contains_key(id));
		});
}

#[test]
fn many_leases_of_one_minute_close_over_several_blocks() {
	ExtBuilder::default().bond(100_000_000).build_and_execute(|| {
		let count = 500;
		leases_on_devices(count);
		set_time(START + 720);
		let mut blocks = 0;
		while Leases::<Runtime>::iter().count() > 0 {
			let before = Leases::<Runtime>::iter().count();
			assert!(poll().all_lte(limit()));
			assert!(Leases::<Runtime>::iter().count() < before);
			blocks += 1;
		}
		assert!(blocks > 1);
		let step = <() as WeightInfo>::sweep_close().ref_time();
		assert!(u64::from(blocks as u32) <= count / (limit().ref_time() / step) + 1);
		assert_eq!(total(TENANT), RICH + count as Balance * 5_000);
	});
}

#[test]
fn sweep_takes_no_more_than_the_block_has_left() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		set_time(START + 720);
		assert_eq!(poll_within(Weight::zero()), Weight::zero());
		assert_eq!(poll_within(idle_weight()), idle_weight());
		assert!(Leases::<Runtime>::contains_key(id));
		// Room for the heaviest step there is; what was done is charged.
		let enough = idle_weight() + LeaseEscrow::heaviest_step();
		assert_eq!(poll_within(enough - Weight::from_parts(1, 0)), idle_weight());
		assert!(Leases::<Runtime>::contains_key(id));
		assert_eq!(poll_within(enough), idle_weight() + <() as WeightInfo>::sweep_close());
		assert!(!Leases::<Runtime>::contains_key(id));
	});
}

#[test]
fn one_bad_lease_stops_no_other() {
	ExtBuilder::default().bond(100_000_000).build_and_execute(|| {
		let leases = leases_on_devices(5);
		let bad = leases[2];
		neighbours::Tallies::<Runtime>::insert(bad, 5);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), bad));
		neighbours::Lost::<Runtime>::insert(bad, ());
		set_time(START + 720);
		poll();
		assert_eq!(Leases::<Runtime>::iter_keys().collect::<Vec<_>>(), [bad]);
		assert!(events().contains(&Event::SettlementDeferred {
			lease: bad,
			until_minute: minute_of(START) + 13,
			error: Error::<Runtime>::EscrowMismatch.into(),
		}));
		assert!(lease(bad).end_noted);
		assert_ok!(LeaseEscrow::do_try_state());

		// Tried again after 1, 2, 4 … minutes.
		let tries = |until| {
			System::reset_events();
			pass_until(until);
			events().len()
		};
		assert_eq!(tries(START + (12 + 1 + 2 + 4) * 60), 3);
		assert_eq!(tries(START + (12 + 1 + 2 + 4 + 7) * 60), 0);
		assert_eq!(lease(bad).looks, crate::sweep::FAILED + 4);
		pass_until(START + 20 * DAY);
		let pause = lease(bad).deadline - minute_of(now());
		assert!(pause <= 1 << 10);

		// It is closed as soon as it can be.
		neighbours::Lost::<Runtime>::remove(bad);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), bad));
		assert_eq!(Deadlines::<Runtime>::iter().count(), 0);
	});
}

#[test]
fn first_failed_close_is_tried_again_after_a_minute() {
	let day = 86_400;
	ExtBuilder::default()
		.terms(|terms| terms.evidence = EvidencePolicy::Heartbeat { max_gap: day })
		.device(|device| device.heartbeat_gap = day)
		.build_and_execute(|| {
			let id = rent(10);
			serve_until(START + 540);
			assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
			// Looked at in vain after 1, 2, 4 … minutes.
			pass_until(START + 40 * 60);
			assert_eq!(lease(id).looks, 5);
			heartbeat(DEVICE);
			neighbours::Lost::<Runtime>::insert(id, ());
			let tries = |lease: LeaseId| Moment::from(crate::mock::lease(lease).deadline) * 60;
			pass_until(tries(id));
			assert_eq!(tries(id), now() + 60);
			pass_until(tries(id));
			assert_eq!(tries(id), now() + 120);
			neighbours::Lost::<Runtime>::remove(id);
			pass_until(tries(id));
			assert!(!Leases::<Runtime>::contains_key(id));
		});
}

#[test]
fn look_at_a_device_that_is_handed_over_costs_its_record_too() {
	ExtBuilder::default().physical().build_and_execute(|| {
		let record = LeaseEscrow::custody_weight();
		let id = rent(60);
		assert_ok!(LeaseEscrow::offer_handover(signed(OWNER), id, TEXT));
		assert_ok!(LeaseEscrow::confirm_handover(signed(TENANT), id, TEXT));
		set_time(START + HOUR - 720);
		assert_eq!(poll(), idle_weight() + <() as WeightInfo>::sweep_warn() + record);
		set_time(START + HOUR);
		assert_eq!(poll(), idle_weight() + <() as WeightInfo>::sweep_end() + record);
		set_time(START + HOUR + 60);
		let post = LeaseEscrow::settle(signed(KEEPER), id).unwrap();
		assert_eq!(post.actual_weight, Some(<() as WeightInfo>::settle() + record));
		assert!(Leases::<Runtime>::contains_key(id));
	});
}

#[test]
fn bad_lease_does_not_occupy_the_calendar() {
	ExtBuilder::default().build_and_execute(|| {
		use crate::{Calendars, DeviceTotals};
		use tenure_primitives::traits::DeviceCommitments;
		let bad = rent(10);
		serve_until(START + 300);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), bad));
		neighbours::Lost::<Runtime>::insert(bad, ());
		serve_until(START + 660);
		assert_eq!(Calendars::<Runtime>::get(DEVICE).len(), 1);
		serve_until(START + 600 + 180);
		let next = rent(1);
		assert_eq!(Calendars::<Runtime>::get(DEVICE).len(), 1);
		assert_eq!(Lifetimes::<Runtime>::get(DEVICE).unclosed, 1);
		assert_ok!(LeaseEscrow::do_try_state());
		serve_until(lease(next).until);
		assert!(!Calendars::<Runtime>::contains_key(DEVICE));
		assert!(LeaseEscrow::is_committed(DEVICE));
		neighbours::Lost::<Runtime>::remove(bad);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), bad));
		assert!(!LeaseEscrow::is_committed(DEVICE));
		assert_eq!(
			Lifetimes::<Runtime>::get(DEVICE),
			DeviceTotals {
				leases: 2,
				leased_seconds: 660,
				proven_seconds: 660,
				earned: 11_000,
				unclosed: 0,
				free_from: Lifetimes::<Runtime>::get(DEVICE).free_from,
				back_at: 0,
			}
		);
	});
}

#[test]
fn stalled_chain_finds_its_deadlines_at_once() {
	ExtBuilder::default().bond(100_000_000).build_and_execute(|| {
		leases_on_devices(3);
		set_time(START + 365 * DAY);
		// Three leases and not one empty minute between.
		let weight = poll();
		assert_eq!(weight, idle_weight() + <() as WeightInfo>::sweep_close() * 3);
		assert_eq!(Deadlines::<Runtime>::iter().count(), 0);
	});
}

#[test]
fn clock_that_goes_back_breaks_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		rent(10);
		serve_until(START + 300);
		set_time(START + 240);
		heartbeat(DEVICE);
		poll();
		serve_until(START + 600);
		assert_eq!(total(OWNER), RICH + 9_500);
	});
}

#[test]
fn minutes_sort_by_time() {
	let keys: Vec<_> = [0, 1, 255, 256, 65_536, u32::MAX]
		.map(|minute| codec::Encode::encode(&MinuteKey::from(minute)))
		.to_vec();
	assert!(keys.windows(2).all(|pair| pair[0] < pair[1]));
	assert!(keys.iter().all(|key| key.len() == 4));
	assert_eq!(MinuteKey::from(70_000).get(), 70_000);
}

#[test]
fn early_end_moves_the_deadline() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(10);
		assert_ok!(LeaseEscrow::end(signed(TENANT), id));
		assert_eq!(
			Deadlines::<Runtime>::iter_keys().map(|(minute, _)| minute.get()).collect::<Vec<_>>(),
			[minute_of(START) + 1]
		);
		serve_until(START + 60);
		assert!(!Leases::<Runtime>::contains_key(id));
	});
}

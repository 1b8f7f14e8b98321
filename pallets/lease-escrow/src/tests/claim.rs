// SPDX-License-Identifier: Apache-2.0

use super::*;
use crate::{weights::WeightInfo, Leases};
use frame_support::{dispatch::GetDispatchInfo, BoundedVec};

fn claim(leases: &[LeaseId]) -> Option<frame_support::weights::Weight> {
	let leases = BoundedVec::truncate_from(leases.to_vec());
	LeaseEscrow::claim(signed(KEEPER), leases).unwrap().actual_weight
}

#[test]
fn claim_pays_and_closes_many_leases() {
	ExtBuilder::default().build_and_execute(|| {
		let first = rent(5);
		let second = rent_at(OTHER, Some(START + 300), 10);
		for minute in 1..=8 {
			set_time(START + minute * 60);
			heartbeat(DEVICE);
		}
		System::reset_events();
		claim(&[first, second]);
		assert!(!Leases::<Runtime>::contains_key(first));
		assert_eq!(lease(second).paid(), Ok(3_000));
		assert_eq!(total(OWNER), RICH + 4_750 + 2_850);
		assert!(matches!(
			events()[..],
			[
				Event::LeaseEnded { lease: 1, .. },
				Event::LeaseClosed { lease: 1, reason: CloseReason::Completed, .. },
				Event::LeaseSettled { lease: 2, to_payee: 2_850, to_protocol: 150 },
			]
		));
	});
}

#[test]
fn one_that_fails_stops_no_other() {
	ExtBuilder::default().build_and_execute(|| {
		let first = rent(5);
		let lost = rent_at(OTHER, Some(START + 300), 5);
		let ahead = rent_at(TENANT, Some(START + HOUR), 5);
		for minute in 1..=6 {
			set_time(START + minute * 60);
			heartbeat(DEVICE);
		}
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), lost));
		neighbours::Lost::<Runtime>::insert(lost, ());
		System::reset_events();
		claim(&[99, lost, ahead, first, first]);
		let failed =
			|lease, error: Error<Runtime>| Event::ClaimFailed { lease, error: error.into() };
		let events = events();
		assert_eq!(events[0], failed(99, Error::UnknownLease));
		assert_eq!(events[1], failed(lost, Error::EscrowMismatch));
		assert!(matches!(events[2], Event::LeaseEnded { lease: 1, .. }));
		assert!(matches!(events[3], Event::LeaseClosed { lease: 1, .. }));
		assert_eq!(events[4], failed(first, Error::LeaseClosed));
		assert_eq!(events.len(), 5);
		assert_eq!(total(OWNER), RICH + 4_750 + 950);
		neighbours::Lost::<Runtime>::remove(lost);
	});
}

#[test]
fn weight_is_that_of_what_was_done() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rent(5);
		let ahead = rent_at(TENANT, Some(START + HOUR), 5);
		set_time(START + 60);
		heartbeat(DEVICE);
		assert_eq!(claim(&[]), Some(<() as WeightInfo>::claim(0)));
		let light = <() as WeightInfo>::claim(0) + <() as WeightInfo>::settle() * 2;
		assert_eq!(claim(&[id, ahead]), Some(light));
		// What fails may have failed at the very end of the heaviest close.
		let heaviest = |count| {
			let paid = <() as WeightInfo>::pay_late_claim() * u64::from(crate::MAX_LATE_CLAIMS);
			<() as WeightInfo>::claim(0)
				+ (<() as WeightInfo>::settle_close_custody() + paid) * count
		};
		assert_eq!(claim(&[77]), Some(heaviest(1)));
		let call =
			crate::Call::<Runtime>::claim { leases: BoundedVec::truncate_from(vec![id, ahead]) };
		assert_eq!(call.get_dispatch_info().call_weight, heaviest(2));
		assert!(<() as WeightInfo>::claim(2).all_lte(heaviest(2)));
		assert!(light.all_lte(heaviest(2)));

		set_time(START + 1_000);
		assert_eq!(claim(&[id]), Some(<() as WeightInfo>::claim(1)));
	});
}

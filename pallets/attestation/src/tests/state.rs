// SPDX-License-Identifier: Apache-2.0

//! That broken state is found.

use super::*;
use crate::{Day, Livenesses, ProvenDays, ProvenMinutes, ReportsInBlock};
use frame_support::{hypothetically, traits::Hooks};

#[track_caller]
fn assert_broken(why: &'static str) {
	assert_eq!(Attestation::do_try_state(), Err(why.into()));
}

#[test]
fn broken_state_is_found() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		lease_out(device, from_noon(1, 0, 10, 120));
		beat_at(&chip, device, [60, 120, 180]);
		assert_ok!(Attestation::do_try_state());

		let corrupt = |change: fn(&mut crate::Liveness)| {
			Livenesses::<Test>::mutate(device, |liveness| change(liveness.as_mut().unwrap()))
		};
		hypothetically!({
			corrupt(|liveness| liveness.tally.as_mut().unwrap().minutes += 1);
			assert_broken("the minutes of a lease differ from its bits");
		});
		hypothetically!({
			corrupt(|liveness| liveness.tally.as_mut().unwrap().lease = 2);
			assert_broken("the minutes of a lease differ from its bits");
		});
		hypothetically!({
			corrupt(|liveness| liveness.day = None);
			assert_broken("the minutes of a lease differ from its bits");
		});
		hypothetically!({
			corrupt(|liveness| liveness.pulse.last_seen = Clock::get() + 1);
			assert_broken("a device was seen in the future");
		});
		hypothetically!({
			corrupt(|liveness| liveness.named_block = System::block_number() + 1);
			assert_broken("a device named a block of the future");
		});
		hypothetically!({
			corrupt(|liveness| liveness.day.as_mut().unwrap().day = 20_001);
			assert_broken("a minute of the future is proven");
		});
		hypothetically!({
			ProvenDays::<Test>::insert(
				device,
				Day::from(20_000),
				tenure_lease_math::DayBits::default(),
			);
			assert_broken("a day is in two places");
		});
		hypothetically!({
			ProvenDays::<Test>::insert(
				device,
				Day::from(20_001),
				tenure_lease_math::DayBits::default(),
			);
			assert_broken("a minute of the future is proven");
		});
		hypothetically!({
			ProvenDays::<Test>::insert(
				77,
				Day::from(20_000),
				tenure_lease_math::DayBits::default(),
			);
			assert_broken("minutes of a device never seen");
		});
		hypothetically!({
			ProvenMinutes::<Test>::insert(1, 1);
			assert_broken("the minutes of a lease are in two places");
		});
		hypothetically!({
			ReportsInBlock::<Test>::put((1, 6, 0));
			assert_broken("a block has more reports than it takes");
		});
		for (total, idle) in [(5, 4), (1, 2)] {
			hypothetically!({
				ReportsInBlock::<Test>::put((1, total, idle));
				assert_broken("a block has more reports of idle devices than it takes");
			});
		}
		hypothetically!({
			lease_out(device, window(2, NOON + 150, NOON + 170, 120));
			ProvenMinutes::<Test>::insert(2, 1);
			assert_broken("minutes are proven outside a lease");
			close_lease(device, 2);
		});
	});
}

#[test]
fn constants_fit_together() {
	<Attestation as Hooks<u32>>::integrity_test();
}

#[test]
#[should_panic(expected = "idle devices have a part of the block's reports")]
fn idle_devices_cannot_have_more_reports_than_all() {
	new_test_ext().execute_with(|| {
		MaxIdleReportsPerBlock::set(5);
		<Attestation as Hooks<u32>>::integrity_test();
		MaxIdleReportsPerBlock::set(6);
		<Attestation as Hooks<u32>>::integrity_test();
	});
}

#[test]
#[should_panic(expected = "keys must be able to become active")]
fn idle_devices_must_be_able_to_report() {
	new_test_ext().execute_with(|| {
		MaxIdleReportsPerBlock::set(0);
		<Attestation as Hooks<u32>>::integrity_test();
	});
}

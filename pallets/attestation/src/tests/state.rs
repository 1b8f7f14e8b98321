// SPDX-License-Identifier: Apache-2.0

//! That broken state is found.

use super::*;
use crate::{Day, Livenesses, ProvenDays, ProvenMinutes, Receipt, Receipts, ReportsInBlock};
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
			ReportsInBlock::<Test>::put((1, 6, 0, 0));
			assert_broken("a block has more reports than it takes");
		});
		for (total, idle) in [(5, 4), (1, 2)] {
			hypothetically!({
				ReportsInBlock::<Test>::put((1, total, idle, 0));
				assert_broken("a block has more reports of idle devices than it takes");
			});
		}
		for (total, idle, receipts) in [(5, 0, 5), (2, 1, 2)] {
			hypothetically!({
				ReportsInBlock::<Test>::put((1, total, idle, receipts));
				assert_broken("a block has more receipts than it takes");
			});
		}
		hypothetically!({
			crate::SilentEnds::<Test>::insert(1, Clock::get() + 1);
			assert_broken("evidence of a lease that is over is final in the future");
		});
		hypothetically!({
			lease_out(device, window(2, NOON + 150, NOON + 170, 120));
			ProvenMinutes::<Test>::insert(2, 1);
			assert_broken("minutes are proven outside a lease");
			close_lease(device, 2);
		});
	});
}

#[test]
fn broken_receipts_are_found() {
	build_and_execute(|| {
		let tenant = Chip::sr25519(7);
		let terms = receipt_terms(tenant.public(), NOON, NOON + 600);
		co_sign(1, terms);
		advance_to(NOON + 300);
		assert_taken(tenant.receipt(1, 300));
		assert_ok!(Attestation::do_try_state());
		// A shorter lease than what is signed is in order.
		co_sign(1, receipt_terms(tenant.public(), NOON, NOON + 200));
		assert_ok!(Attestation::do_try_state());

		let receipt = Receipts::<Test>::get(1).unwrap();
		hypothetically!({
			Receipts::<Test>::insert(2, receipt);
			assert_broken("a receipt is of a lease that is not open");
		});
		hypothetically!({
			Receipts::<Test>::insert(1, Receipt { at: Clock::get() + 1, ..receipt });
			assert_broken("a receipt was recorded in the future");
		});
		for seconds in [0, receipt.at - NOON + 1] {
			hypothetically!({
				Receipts::<Test>::insert(1, Receipt { seconds, ..receipt });
				assert_broken("a receipt is for time that had not passed");
			});
		}
		let evidence = EvidencePolicy::Heartbeat { max_gap: 60 };
		co_sign(1, tenure_primitives::ReceiptTerms { evidence, ..terms });
		assert_broken("a receipt is of a lease that is not paid by receipts");
		co_sign(1, terms);
	});
}

#[test]
#[should_panic(expected = "the newest receipt must be able to follow another after the end")]
fn receipts_must_be_taken_after_the_end() {
	new_test_ext().execute_with(|| {
		ReceiptWindow::set(crate::RECEIPT_INTERVAL_AFTER_END);
		<Attestation as Hooks<u32>>::integrity_test();
		ReceiptWindow::set(crate::RECEIPT_INTERVAL_AFTER_END - 1);
		<Attestation as Hooks<u32>>::integrity_test();
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

#[test]
#[should_panic(expected = "receipts have a part of the block's reports")]
fn receipts_cannot_be_more_than_all_reports() {
	new_test_ext().execute_with(|| {
		MaxReceiptsPerBlock::set(5);
		<Attestation as Hooks<u32>>::integrity_test();
		MaxReceiptsPerBlock::set(6);
		<Attestation as Hooks<u32>>::integrity_test();
	});
}

#[test]
#[should_panic(expected = "receipts must be able to come")]
fn some_receipts_must_be_able_to_come() {
	new_test_ext().execute_with(|| {
		MaxReceiptsPerBlock::set(0);
		<Attestation as Hooks<u32>>::integrity_test();
	});
}

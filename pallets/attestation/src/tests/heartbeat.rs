// SPDX-License-Identifier: Apache-2.0

//! Which heartbeats are taken.

use super::*;
use frame_support::assert_noop;
use sp_core::H256;
use sp_runtime::DispatchError;
use tenure_primitives::{NamedBlock, ReportBody};

#[test]
fn heartbeats_of_each_kind_of_key_are_taken() {
	build_and_execute(|| {
		for chip in [Chip::sr25519(1), Chip::ed25519(2), Chip::secp256k1(3)] {
			let device = offered_device(&chip);
			beat(&chip, device);
			assert_eq!(Attestation::last_seen(device), Some(Clock::get()));
			System::assert_last_event(recorded(device, 0));
		}
	});
}

#[test]
fn idle_device_costs_one_small_value() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		beat_at(&chip, device, (60..6_000).step_by(60));
		let liveness = Attestation::liveness(device).unwrap();
		assert!(liveness.tally.is_none() && liveness.day.is_none());
		assert_eq!(codec::Encode::encoded_size(&liveness), 18);
	});
}

#[test]
fn replay_and_an_earlier_block_are_stale() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		advance_to(NOON + 60);
		let (earlier, call) = (named(1), chip.heartbeat(device, newest()));
		assert_taken(call.clone());
		assert_refused(call.clone(), InvalidTransaction::Stale);
		advance_to(NOON + 120);
		assert_refused(call, InvalidTransaction::Stale);
		assert_refused(chip.heartbeat(device, earlier), InvalidTransaction::Stale);
		beat(&chip, device);
	});
}

#[test]
fn heartbeat_signed_by_another_key_is_refused() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		let forged = Chip::sr25519(2).heartbeat(device, newest());
		assert_refused(forged, InvalidTransaction::BadProof);
		let other_kind = Chip::secp256k1(1).heartbeat(device, newest());
		assert_refused(other_kind, Refusal::WrongKindOfSignature);
	});
}

#[test]
fn heartbeat_for_another_chain_device_or_block_is_refused() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		advance_to(NOON + 60);
		let named_block = newest();
		let body = ReportBody::Heartbeat { named_block };
		for signature in [
			chip.sign_for(hash_of(9), device, body.clone()),
			chip.sign_for(genesis(), device + 1, body),
			chip.sign_for(genesis(), device, ReportBody::Heartbeat { named_block: named(1) }),
			chip.sign_for(genesis(), device, ReportBody::Activation { owner: OLGA, named_block }),
		] {
			let call = crate::Call::heartbeat { device, named_block, signature }.into();
			assert_refused(call, InvalidTransaction::BadProof);
		}
	});
}

#[test]
fn named_block_must_be_of_this_chain() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		advance_to(NOON + 300 * SLOT);
		let current = System::block_number();
		let call = |number, block_hash| chip.heartbeat(device, NamedBlock { number, block_hash });
		let unknown = Refusal::NamedBlockUnknown;
		assert_refused(call(current - 1, hash_of(current - 2)), unknown);
		assert_refused(call(current - 1, H256::zero()), unknown);
		assert_refused(call(current, hash_of(current)), unknown);
		assert_refused(call(current, H256::zero()), unknown);
		assert_refused(call(u32::MAX, hash_of(u32::MAX)), unknown);
		assert_refused(call(0, hash_of(0)), Refusal::NamedBlockTooOld);
	});
}

#[test]
fn named_block_may_be_as_old_as_allowed() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		advance_to(NOON + 300 * SLOT);
		let current = System::block_number();
		assert_refused(chip.heartbeat(device, named(current - 201)), Refusal::NamedBlockTooOld);
		assert_taken(chip.heartbeat(device, named(current - 200)));
	});
}

#[test]
fn device_reports_once_per_interval() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		beat_at(&chip, device, [60]);
		advance_to(NOON + 89);
		assert_refused(chip.heartbeat(device, newest()), Refusal::TooSoon);
		beat_at(&chip, device, [90]);
	});
}

#[test]
fn device_that_may_not_report_is_refused_by_name() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		let call = || chip.heartbeat(device, newest());
		assert_refused(chip.heartbeat(77, newest()), Refusal::UnknownDevice);
		withdraw(device);
		assert_refused(call(), Refusal::NotOffered);
		offer(device);
		amend(device, |info| info.key = chip.key(false));
		assert_refused(call(), Refusal::KeyNotActive);
		amend(device, |info| info.key = None);
		assert_refused(call(), Refusal::NoKey);
		retire(device);
		assert_refused(call(), Refusal::DeviceRetired);
	});
}

#[test]
fn key_stays_good_when_the_owner_changes() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		amend(device, |info| info.owner = OTTO);
		beat(&chip, device);
	});
}

#[test]
fn no_other_origin_reports() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		let crate::Call::heartbeat { named_block, signature, .. } =
			(match chip.heartbeat(device, newest()) {
				RuntimeCall::Attestation(call) => call,
				_ => unreachable!(),
			})
		else {
			unreachable!()
		};
		let other_origins =
			[RuntimeOrigin::signed(OLGA), RuntimeOrigin::root(), RuntimeOrigin::none()];
		for origin in other_origins {
			assert_noop!(
				Attestation::heartbeat(origin.clone(), device, named_block, signature),
				DispatchError::BadOrigin
			);
			assert_noop!(
				Attestation::activate(origin, device, named_block, signature),
				DispatchError::BadOrigin
			);
		}
	});
}

// SPDX-License-Identifier: Apache-2.0

//! How the pool treats reports, and what they cost.

use super::*;
use crate::{admission::LEASED_PRIORITY, WeightInfo};
use codec::Encode;
use frame_support::dispatch::GetDispatchInfo;
use sp_runtime::DispatchError;

fn weight_of_authorize(call: &RuntimeCall) -> sp_runtime::Weight {
	UncheckedExtrinsic::new_transaction(call.clone(), extension())
		.get_dispatch_info()
		.extension_weight
}

#[test]
fn newer_heartbeat_takes_the_place_of_an_older_one() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let (device, other) = (offered_device(&chip), offered_device(&Chip::sr25519(2)));
		advance_to(NOON + 60);
		let older = validate(chip.heartbeat(device, named(3))).unwrap();
		let newer = validate(chip.heartbeat(device, named(4))).unwrap();
		let others = validate(Chip::sr25519(2).heartbeat(other, named(4))).unwrap();
		assert_eq!(older.provides, vec![("TenureHeartbeat", device).encode()]);
		assert_eq!(older.provides, newer.provides);
		assert_ne!(older.provides, others.provides);
		assert!(newer.priority > older.priority);
		assert_eq!(newer.priority, 4);
		assert!(newer.requires.is_empty());
		assert!(newer.propagate);
	});
}

#[test]
fn activation_and_heartbeat_are_kept_apart() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = register(OLGA, chip.key(false));
		let activation = validate(chip.activation(device, OLGA, newest())).unwrap();
		assert_eq!(activation.provides, vec![("TenureActivation", device).encode()]);
	});
}

#[test]
fn report_leaves_the_pool_when_its_block_is_too_old() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		advance_to(NOON + 300 * SLOT);
		let current = System::block_number();
		let longevity =
			|age| validate(chip.heartbeat(device, named(current - age))).unwrap().longevity;
		assert_eq!(longevity(1), 64);
		assert_eq!(longevity(137), 64);
		assert_eq!(longevity(138), 63);
		assert_eq!(longevity(200), 1);
	});
}

#[test]
fn report_is_judged_again_when_it_is_included() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		let call = chip.heartbeat(device, newest());
		assert_ok!(validate(call.clone()));
		withdraw(device);
		assert_eq!(apply(call).unwrap_err(), TransactionValidityError::from(Refusal::NotOffered));
	});
}

#[test]
fn signed_transaction_with_a_report_fails() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		let call = chip.heartbeat(device, newest());
		let transaction = UncheckedExtrinsic::new_signed(call, OLGA, OLGA.into(), extension());
		let failed = apply_transaction(transaction).unwrap().unwrap_err();
		assert_eq!(failed.error, DispatchError::BadOrigin);
		assert_eq!(Attestation::last_seen(device), None);
	});
}

#[test]
fn unused_weight_is_given_back() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		let call = chip.heartbeat(device, newest());
		let announced = call.get_dispatch_info().call_weight;
		let most = <() as WeightInfo>::prove_windows(64);
		assert_eq!(announced, <() as WeightInfo>::heartbeat() + most);
		let checked = weight_of_authorize(&call);
		assert_eq!(checked, <() as WeightInfo>::authorize_heartbeat());
		let least = <() as WeightInfo>::heartbeat() + checked;
		let used_at = |seconds| {
			advance_to(NOON + seconds);
			let outcome = apply(chip.heartbeat(device, newest())).unwrap();
			outcome.unwrap().actual_weight.unwrap()
		};
		assert_eq!(used_at(3), least);
		assert_eq!(used_at(33), least);

		lease_out(device, from_noon(1, 1, 2, 120));
		lease_out(device, from_noon(2, 2, 3, 120));
		assert_eq!(used_at(150), least + <() as WeightInfo>::prove_windows(2));
		assert_eq!(used_at(190), least + <() as WeightInfo>::prove_windows(1));
		// Idle again: once a day is put away, then there is nothing more to do.
		assert!(Attestation::liveness(device).unwrap().day.is_some());
		assert_eq!(used_at(240), least + <() as WeightInfo>::prove_windows(0));
		assert_eq!(used_at(300), least);
	});
}

#[test]
fn first_heartbeat_of_a_leased_device_proves_nothing_and_costs_the_least() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		lease_out(device, from_noon(1, 0, 10, 120));
		let call = chip.heartbeat(device, newest());
		let least = <() as WeightInfo>::heartbeat() + weight_of_authorize(&call);
		assert_eq!(apply(call).unwrap().unwrap().actual_weight, Some(least));
	});
}

#[test]
fn leased_devices_come_first() {
	build_and_execute(|| {
		let (leased, idle) = (Chip::sr25519(1), Chip::sr25519(2));
		let (leased_device, idle_device) = (offered_device(&leased), offered_device(&idle));
		let pending = register(OLGA, Chip::sr25519(3).key(false));
		lease_out(leased_device, from_noon(1, 0, 10, 120));
		advance_to(NOON + 60);
		let priority = |call| validate(call).unwrap().priority;
		let last = u64::from(newest().number);
		assert_eq!(priority(leased.heartbeat(leased_device, named(1))), LEASED_PRIORITY + 1);
		assert_eq!(priority(leased.heartbeat(leased_device, named(2))), LEASED_PRIORITY + 2);
		assert_eq!(priority(idle.heartbeat(idle_device, newest())), last);
		let activation = Chip::sr25519(3).activation(pending, OLGA, newest());
		assert_eq!(priority(activation), last);
		assert!(LEASED_PRIORITY > u32::MAX.into());
	});
}

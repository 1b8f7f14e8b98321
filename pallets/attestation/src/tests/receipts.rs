// SPDX-License-Identifier: Apache-2.0

//! Which receipts are taken, and what they prove. The lease is number 1, from noon to 12:10; receipts
//! are taken until 13:10.

use super::*;
use crate::{
	admission::LEASED_PRIORITY, receipts::RECEIPT_PRIORITY, Receipt, Receipts, WeightInfo,
	RECEIPT_INTERVAL_AFTER_END,
};
use codec::Encode;
use frame_support::{assert_noop, dispatch::GetDispatchInfo};
use sp_runtime::DispatchError;
use tenure_primitives::{FormerKey, Proof, ReceiptTerms};

const LEASE: LeaseId = 1;
const END: Moment = NOON + 600;
const WINDOW: Moment = 3_600;

/// A tenant and its lease.
fn tenant() -> Chip {
	let tenant = Chip::sr25519(7);
	co_sign(LEASE, terms(&tenant));
	tenant
}

fn terms(tenant: &Chip) -> ReceiptTerms {
	receipt_terms(tenant.public(), NOON, END)
}

fn lease() -> LeaseWindow {
	let ReceiptTerms { from, until, evidence, .. } = CoSigned::get()[&LEASE];
	LeaseWindow { lease: LEASE, from, until, evidence }
}

fn proof() -> Proof {
	Attestation::proven(1, &lease())
}

fn at(seconds: Moment) {
	advance_to(NOON + seconds);
}

fn unsigned_call(signature: tenure_primitives::ReportSignature, seconds: u64) -> RuntimeCall {
	crate::Call::submit_receipt { lease: LEASE, seconds, signature }.into()
}

#[test]
fn receipts_of_each_kind_of_key_are_taken() {
	build_and_execute(|| {
		at(120);
		for (lease, tenant) in [Chip::sr25519(1), Chip::ed25519(2), Chip::secp256k1(3)]
			.into_iter()
			.enumerate()
			.map(|(index, tenant)| (index as LeaseId, tenant))
		{
			co_sign(lease, terms(&tenant));
			assert_taken(tenant.receipt(lease, 100));
			System::assert_last_event(crate::Event::ReceiptRecorded { lease, seconds: 100 }.into());
			let recorded = Receipt { seconds: 100, at: Clock::get() };
			assert_eq!(Attestation::receipt(lease), Some(recorded));
		}
	});
}

#[test]
fn newest_receipt_is_what_is_proven() {
	build_and_execute(|| {
		let tenant = tenant();
		assert_eq!(proof(), Proof { seconds: 0, final_from: END + WINDOW });
		at(120);
		assert_taken(tenant.receipt(LEASE, 90));
		assert_eq!(proof(), Proof { seconds: 90, final_from: END + WINDOW });
		at(590);
		assert_taken(tenant.receipt(LEASE, 590));
		assert_eq!(proof(), Proof { seconds: 590, final_from: END + WINDOW });
		at(620);
		assert_taken(tenant.receipt(LEASE, 600));
		assert_eq!(proof(), Proof { seconds: 600, final_from: END });
	});
}

#[test]
fn replay_and_an_older_receipt_are_stale() {
	build_and_execute(|| {
		let tenant = tenant();
		at(120);
		assert_refused(tenant.receipt(LEASE, 0), InvalidTransaction::Stale);
		assert_taken(tenant.receipt(LEASE, 100));
		assert_refused(tenant.receipt(LEASE, 100), InvalidTransaction::Stale);
		at(300);
		for seconds in [0, 1, 99, 100] {
			assert_refused(tenant.receipt(LEASE, seconds), InvalidTransaction::Stale);
		}
		assert_taken(tenant.receipt(LEASE, 101));
	});
}

#[test]
fn forged_receipt_is_refused() {
	build_and_execute(|| {
		let tenant = tenant();
		at(120);
		let other = Chip::sr25519(8);
		assert_refused(other.receipt(LEASE, 100), InvalidTransaction::BadProof);
		for signature in [
			tenant.sign_receipt_for(genesis(), LEASE, 99),
			tenant.sign_receipt_for(genesis(), LEASE + 1, 100),
			tenant.sign_receipt_for(hash_of(9), LEASE, 100),
		] {
			assert_refused(unsigned_call(signature, 100), InvalidTransaction::BadProof);
		}
		assert_taken(tenant.receipt(LEASE, 100));
	});
}

#[test]
fn what_a_device_signs_is_no_receipt() {
	build_and_execute(|| {
		let tenant = tenant();
		at(120);
		let body = tenure_primitives::ReportBody::Heartbeat { named_block: newest() };
		let signature = tenant.sign_for(genesis(), LEASE, body);
		assert_refused(unsigned_call(signature, 100), InvalidTransaction::BadProof);
	});
}

#[test]
fn receipt_of_another_lease_is_not_taken_for_this_one() {
	build_and_execute(|| {
		let tenant = tenant();
		co_sign(2, terms(&tenant));
		at(120);
		let signature = tenant.sign_receipt_for(genesis(), 2, 100);
		assert_refused(unsigned_call(signature, 100), InvalidTransaction::BadProof);
		assert_taken(tenant.receipt(2, 100));
		assert_eq!(proof().seconds, 0);
	});
}

#[test]
fn signature_of_another_kind_than_the_keys_is_refused() {
	build_and_execute(|| {
		let tenant = tenant();
		at(120);
		let reason = Refusal::WrongKindOfSignature;
		assert_refused(Chip::ed25519(7).receipt(LEASE, 100), reason);
		assert_refused(Chip::secp256k1(7).receipt(LEASE, 100), reason);
		assert_taken(tenant.receipt(LEASE, 100));
	});
}

/// The tenant changes its key at 12:02.
fn after_a_change_of_keys(former: &Chip, current: &Chip) {
	let former_key = FormerKey { key: former.public(), until: NOON + 120 };
	co_sign(LEASE, ReceiptTerms { former_key: Some(former_key), ..terms(current) });
}

#[test]
fn former_key_is_good_for_time_before_the_change() {
	build_and_execute(|| {
		let (former, current) = (tenant(), Chip::sr25519(8));
		at(119);
		assert_refused(current.receipt(LEASE, 60), InvalidTransaction::BadProof);
		assert_taken(former.receipt(LEASE, 60));
		after_a_change_of_keys(&former, &current);
		at(300);
		assert_refused(former.receipt(LEASE, 121), InvalidTransaction::BadProof);
		assert_taken(former.receipt(LEASE, 120));
		at(360);
		assert_refused(former.receipt(LEASE, 300), InvalidTransaction::BadProof);
		assert_taken(current.receipt(LEASE, 300));
	});
}

#[test]
fn new_key_is_good_for_all_of_the_lease() {
	build_and_execute(|| {
		let (former, current) = (tenant(), Chip::sr25519(8));
		after_a_change_of_keys(&former, &current);
		at(150);
		assert_refused(Chip::sr25519(9).receipt(LEASE, 50), InvalidTransaction::BadProof);
		assert_taken(current.receipt(LEASE, 50));
		assert_refused(former.receipt(LEASE, 60), Refusal::TooSoon);
		at(180);
		assert_taken(former.receipt(LEASE, 60));
	});
}

#[test]
fn former_key_may_be_of_another_kind() {
	build_and_execute(|| {
		let (former, current) = (tenant(), Chip::secp256k1(8));
		after_a_change_of_keys(&former, &current);
		at(180);
		assert_refused(former.receipt(LEASE, 121), Refusal::WrongKindOfSignature);
		assert_refused(Chip::ed25519(7).receipt(LEASE, 100), Refusal::WrongKindOfSignature);
		assert_taken(former.receipt(LEASE, 120));
		at(240);
		assert_taken(current.receipt(LEASE, 240));
	});
}

#[test]
fn former_key_of_a_change_before_the_start_is_good_for_nothing() {
	build_and_execute(|| {
		let (former, current) = (tenant(), Chip::sr25519(8));
		let former_key = FormerKey { key: former.public(), until: NOON - 60 };
		co_sign(LEASE, ReceiptTerms { former_key: Some(former_key), ..terms(&current) });
		at(120);
		assert_refused(former.receipt(LEASE, 1), InvalidTransaction::BadProof);
	});
}

#[test]
fn receipts_of_a_lease_come_one_per_interval() {
	build_and_execute(|| {
		let tenant = tenant();
		let other = Chip::sr25519(8);
		co_sign(2, terms(&other));
		at(120);
		assert_taken(tenant.receipt(LEASE, 100));
		assert_taken(other.receipt(2, 100));
		at(149);
		assert_refused(tenant.receipt(LEASE, 140), Refusal::TooSoon);
		at(150);
		assert_taken(tenant.receipt(LEASE, 140));
	});
}

#[test]
fn receipts_come_rarer_after_the_end() {
	build_and_execute(|| {
		let tenant = tenant();
		let interval = Moment::from(RECEIPT_INTERVAL_AFTER_END);
		at(590);
		assert_taken(tenant.receipt(LEASE, 100));
		// Whatever came while it ran keeps the newest one away no longer than ever.
		at(619);
		assert_refused(tenant.receipt(LEASE, 200), Refusal::TooSoon);
		at(620);
		assert_taken(tenant.receipt(LEASE, 200));
		at(620 + interval - 1);
		assert_refused(tenant.receipt(LEASE, 600), Refusal::TooSoon);
		at(620 + interval);
		assert_taken(tenant.receipt(LEASE, 300));
		at(620 + 2 * interval);
		assert_taken(tenant.receipt(LEASE, 600));
	});
}

#[test]
fn one_lease_has_few_receipts_after_its_end() {
	build_and_execute(|| {
		let tenant = tenant();
		let mut taken = 0;
		for seconds in (600..600 + WINDOW).step_by(30) {
			at(seconds);
			if validate(tenant.receipt(LEASE, taken + 1)).is_ok() {
				assert_taken(tenant.receipt(LEASE, taken + 1));
				taken += 1;
			}
		}
		assert_eq!(taken, WINDOW / Moment::from(RECEIPT_INTERVAL_AFTER_END));
	});
}

#[test]
fn flood_of_receipts_keeps_no_heartbeat_out() {
	build_and_execute(|| {
		MaxReceiptsPerBlock::set(2);
		at(120);
		// Ten leases of somebody who brings a receipt of each, one of a long time and all before the others.
		let receipts: Vec<RuntimeCall> = (1..=10)
			.map(|seed| {
				let tenant = Chip::sr25519(seed);
				co_sign(seed.into(), terms(&tenant));
				tenant.receipt(seed.into(), 120)
			})
			.collect();
		let leased: Vec<RuntimeCall> = (11..=13)
			.map(|seed| {
				let chip = Chip::sr25519(seed);
				let device = offered_device(&chip);
				lease_out(device, window(seed.into(), NOON, END, 120));
				chip.heartbeat(device, newest())
			})
			.collect();
		let full = InvalidTransaction::ExhaustsResources;
		assert_taken(receipts[0].clone());
		assert_taken(receipts[1].clone());
		for receipt in &receipts[2..] {
			assert_refused(receipt.clone(), full);
		}
		for heartbeat in leased {
			assert_taken(heartbeat);
		}
		assert_eq!(crate::ReportsInBlock::<Test>::get(), (System::block_number(), 5, 0, 2));
		// They are not lost, they wait.
		next_block(SLOT);
		assert_taken(receipts[2].clone());
	});
}

#[test]
fn receipts_wait_behind_leased_devices_and_before_idle_ones() {
	build_and_execute(|| {
		let from = 60;
		let tenant = Chip::sr25519(7);
		let priority = |call| validate(call).unwrap().priority;
		// However much it is for.
		Clock::set(u64::from(u32::MAX) * 3);
		next_block(SLOT);
		let long = receipt_terms(tenant.public(), from, Clock::get());
		co_sign(LEASE, long);
		let most = priority(tenant.receipt(LEASE, Clock::get() - from));
		let least = priority(tenant.receipt(LEASE, 1));
		assert_eq!((least, most), (RECEIPT_PRIORITY + 1, RECEIPT_PRIORITY + u64::from(u32::MAX)));
		assert!(least > u32::MAX.into() && most < LEASED_PRIORITY);
	});
}

#[test]
fn receipt_of_which_more_is_at_stake_goes_first() {
	build_and_execute(|| {
		let (often, once) = (tenant(), Chip::sr25519(8));
		co_sign(2, terms(&once));
		at(300);
		assert_taken(often.receipt(LEASE, 300));
		at(360);
		// Of a shorter time, all of which is new.
		let priority = |call| validate(call).unwrap().priority;
		assert_eq!(priority(often.receipt(LEASE, 360)), RECEIPT_PRIORITY + 60);
		assert_eq!(priority(once.receipt(2, 200)), RECEIPT_PRIORITY + 200);
	});
}

#[test]
fn receipts_have_all_of_their_window_after_an_outage() {
	build_and_execute(|| {
		let tenant = tenant();
		// The chain stood still for ten minutes after the end.
		StoodStill::set(600);
		let end = 600 + WINDOW + 600;
		assert_eq!(proof(), Proof { seconds: 0, final_from: NOON + end });
		at(end - 1);
		assert_taken(tenant.receipt(LEASE, 400));
		at(end);
		assert_refused(tenant.receipt(LEASE, 600), Refusal::ReceiptWindowOver);
	});
}

#[test]
fn receipt_is_not_for_more_than_has_passed() {
	build_and_execute(|| {
		let tenant = tenant();
		at(120);
		assert_refused(tenant.receipt(LEASE, 121), Refusal::AheadOfTime);
		assert_refused(tenant.receipt(LEASE, u64::MAX), Refusal::AheadOfTime);
		assert_taken(tenant.receipt(LEASE, 120));
		at(700);
		assert_refused(tenant.receipt(LEASE, 601), Refusal::AheadOfTime);
		assert_taken(tenant.receipt(LEASE, 600));
	});
}

#[test]
fn no_receipt_is_taken_before_the_start() {
	build_and_execute(|| {
		let tenant = tenant();
		let from = NOON + 300;
		co_sign(LEASE, ReceiptTerms { from, ..terms(&tenant) });
		for seconds in [299, 300] {
			at(seconds);
			assert_refused(tenant.receipt(LEASE, 1), Refusal::AheadOfTime);
			assert_refused(tenant.receipt(LEASE, 0), InvalidTransaction::Stale);
		}
		at(301);
		assert_taken(tenant.receipt(LEASE, 1));
	});
}

#[test]
fn receipts_are_taken_until_the_proof_is_final() {
	build_and_execute(|| {
		let tenant = tenant();
		at(600 + WINDOW - 1);
		assert_taken(tenant.receipt(LEASE, 400));
		assert_eq!(proof(), Proof { seconds: 400, final_from: Clock::get() + 1 });
		at(600 + WINDOW);
		assert_refused(tenant.receipt(LEASE, 500), Refusal::ReceiptWindowOver);
	});
}

#[test]
fn lease_of_another_kind_takes_no_receipts() {
	build_and_execute(|| {
		let tenant = tenant();
		at(120);
		for evidence in [
			EvidencePolicy::Heartbeat { max_gap: 60 },
			EvidencePolicy::Metered { max_rate: 1 },
			EvidencePolicy::Output,
			EvidencePolicy::Clock,
		] {
			co_sign(LEASE, ReceiptTerms { evidence, ..terms(&tenant) });
			assert_refused(tenant.receipt(LEASE, 100), Refusal::NotCoSigned);
		}
	});
}

#[test]
fn unknown_and_closed_leases_take_no_receipts() {
	build_and_execute(|| {
		let tenant = tenant();
		at(120);
		assert_refused(tenant.receipt(9, 100), Refusal::UnknownLease);
		close_co_signed(LEASE);
		assert_refused(tenant.receipt(LEASE, 100), Refusal::UnknownLease);
	});
}

#[test]
fn receipts_count_as_reports_that_are_not_idle() {
	build_and_execute(|| {
		at(120);
		let receipts: Vec<RuntimeCall> = (1..=6)
			.map(|seed| {
				let tenant = Chip::sr25519(seed);
				co_sign(seed.into(), terms(&tenant));
				tenant.receipt(seed.into(), 100)
			})
			.collect();
		let idle: Vec<(Chip, DeviceId)> = (11..=14)
			.map(Chip::sr25519)
			.map(|chip| {
				let device = offered_device(&chip);
				(chip, device)
			})
			.collect();
		for (chip, device) in &idle[..3] {
			beat(chip, *device);
		}
		// Idle devices have their share; what is left is for the receipts.
		let full = InvalidTransaction::ExhaustsResources;
		assert_refused(idle[3].0.heartbeat(idle[3].1, newest()), full);
		assert_taken(receipts[0].clone());
		assert_taken(receipts[1].clone());
		assert_eq!(crate::ReportsInBlock::<Test>::get(), (System::block_number(), 5, 3, 2));
		assert_refused(receipts[2].clone(), full);
		next_block(SLOT);
		for receipt in &receipts[2..] {
			assert_taken(receipt.clone());
		}
		assert_eq!(crate::ReportsInBlock::<Test>::get(), (System::block_number(), 4, 0, 4));
	});
}

#[test]
fn quota_is_asked_before_the_signature() {
	build_and_execute(|| {
		tenant();
		at(120);
		let forged = Chip::ed25519(9).receipt(LEASE, 100);
		// All reports, or the receipts alone.
		for (total, receipts) in [(5, 0), (4, 4)] {
			crate::ReportsInBlock::<Test>::put((System::block_number(), total, 0, receipts));
			assert_refused(forged.clone(), InvalidTransaction::ExhaustsResources);
		}
	});
}

#[test]
fn newer_receipt_takes_the_place_of_an_older_one_in_the_pool() {
	build_and_execute(|| {
		let tenant = tenant();
		co_sign(2, terms(&tenant));
		at(120);
		let older = validate(tenant.receipt(LEASE, 99)).unwrap();
		let newer = validate(tenant.receipt(LEASE, 100)).unwrap();
		let others = validate(tenant.receipt(2, 100)).unwrap();
		assert_eq!(older.provides, vec![("TenureReceipt", LEASE).encode()]);
		assert_eq!(older.provides, newer.provides);
		assert_ne!(older.provides, others.provides);
		assert_eq!(older.priority, RECEIPT_PRIORITY + 99);
		assert!(newer.priority > older.priority);
		assert!(newer.requires.is_empty());
		assert_eq!(newer.longevity, 64);
		assert!(newer.propagate);
	});
}

#[test]
fn receipt_is_judged_again_when_it_is_included() {
	build_and_execute(|| {
		let tenant = tenant();
		at(120);
		let call = tenant.receipt(LEASE, 100);
		assert_ok!(validate(call.clone()));
		close_co_signed(LEASE);
		assert_eq!(apply(call).unwrap_err(), TransactionValidityError::from(Refusal::UnknownLease));
	});
}

#[test]
fn signed_transaction_with_a_receipt_fails() {
	build_and_execute(|| {
		let tenant = tenant();
		at(120);
		let call = tenant.receipt(LEASE, 100);
		let transaction = UncheckedExtrinsic::new_signed(call, OLGA, OLGA.into(), extension());
		let failed = apply_transaction(transaction).unwrap().unwrap_err();
		assert_eq!(failed.error, DispatchError::BadOrigin);
		let signature = tenant.sign_receipt_for(genesis(), LEASE, 100);
		for origin in [RuntimeOrigin::root(), RuntimeOrigin::none(), RuntimeOrigin::signed(OLGA)] {
			let submitted = Attestation::submit_receipt(origin, LEASE, 100, signature);
			assert_noop!(submitted, DispatchError::BadOrigin);
		}
		assert_eq!(Attestation::receipt(LEASE), None);
	});
}

#[test]
fn weight_covers_two_signatures() {
	build_and_execute(|| {
		let info = UncheckedExtrinsic::new_transaction(tenant().receipt(LEASE, 1), extension())
			.get_dispatch_info();
		assert_eq!(info.call_weight, <() as WeightInfo>::submit_receipt());
		assert_eq!(info.extension_weight, <() as WeightInfo>::authorize_receipt());
	});
}

#[test]
fn receipts_are_no_sign_of_the_device() {
	build_and_execute(|| {
		let tenant = tenant();
		at(120);
		assert_taken(tenant.receipt(LEASE, 100));
		assert_eq!(Attestation::last_seen(1), None);
		assert_eq!(Attestation::liveness(1), None);
	});
}

#[test]
fn heartbeats_prove_nothing_of_a_lease_paid_by_receipts() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		tenant();
		lease_out(device, lease());
		beat_at(&chip, device, [60, 120, 180]);
		let seen = Attestation::last_seen(device);
		assert_eq!(seen, Some(NOON + 180));
		assert_eq!(Attestation::proven(device, &lease()).seconds, 0);
		assert_eq!(Attestation::liveness(device).unwrap().tally, None);
	});
}

#[test]
fn receipt_counts_for_as_long_as_a_shortened_lease_is() {
	build_and_execute(|| {
		let tenant = tenant();
		at(300);
		assert_taken(tenant.receipt(LEASE, 300));
		co_sign(LEASE, ReceiptTerms { until: NOON + 301, ..terms(&tenant) });
		assert_eq!(proof(), Proof { seconds: 300, final_from: NOON + 301 + WINDOW });
		co_sign(LEASE, ReceiptTerms { until: NOON + 200, ..terms(&tenant) });
		assert_eq!(proof(), Proof { seconds: 200, final_from: NOON + 200 });
	});
}

#[test]
fn receipt_stays_until_its_lease_is_released() {
	build_and_execute(|| {
		let tenant = tenant();
		co_sign(2, terms(&tenant));
		at(120);
		assert_taken(tenant.receipt(LEASE, 100));
		assert_taken(tenant.receipt(2, 100));
		let other_kind = window(LEASE, NOON, END, 60);
		Attestation::released(1, &other_kind);
		assert_eq!(proof().seconds, 100);
		Attestation::released(1, &lease());
		assert_eq!(proof().seconds, 0);
		assert_eq!(Receipts::<Test>::iter_keys().collect::<Vec<_>>(), vec![2]);
	});
}

#[test]
fn nothing_proves_leases_of_kinds_that_are_still_to_come() {
	build_and_execute(|| {
		let chip = Chip::sr25519(1);
		let device = offered_device(&chip);
		for evidence in
			[EvidencePolicy::Metered { max_rate: 1 }, EvidencePolicy::Output, EvidencePolicy::Clock]
		{
			let lease = LeaseWindow { evidence, ..window(3, NOON, END, 0) };
			let nothing = Proof { seconds: 0, final_from: END };
			assert_eq!(Attestation::proven(device, &lease), nothing);
			Attestation::released(device, &lease);
		}
	});
}

#[test]
#[cfg(feature = "runtime-benchmarks")]
fn benchmarks_can_have_a_lease_signed() {
	build_and_execute(|| {
		tenant();
		Clock::set(END);
		Attestation::benchmark_served(1, &lease(), END);
		assert_eq!(proof(), Proof { seconds: 600, final_from: END });
		assert_eq!(Attestation::last_seen(1), Some(END));
		Attestation::released(1, &lease());
		assert_eq!(proof().seconds, 0);
	});
}

// SPDX-License-Identifier: Apache-2.0

//! What reports cost at their worst. A signature costs about the same whatever its kind; an sr25519
//! one is measured.

#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used)]

use crate::{
	admission::LEASED_PRIORITY, receipts::RECEIPT_PRIORITY, Call, Config, Day, DayRecord, Liveness,
	Livenesses, Pallet, ProvenDays, Receipt, Receipts, Tally,
};
use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::{
	dispatch::RawOrigin,
	traits::{Authorize, Get},
};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_core::{crypto::KeyTypeId, sr25519, H256};
use sp_runtime::{traits::Zero, transaction_validity::TransactionSource};
use tenure_lease_math::{DayBits, Pulse, MINUTE, MINUTES_PER_DAY};
use tenure_primitives::{
	traits::{Devices, LeaseWindows, Offers},
	DeviceId, EvidencePolicy, LeaseId, LeaseWindow, NamedBlock, PublicKey, ReportBody,
	ReportSignature, SignedReceipt, SignedReport,
};

const KEY_TYPE: KeyTypeId = KeyTypeId(*b"tnrd");

fn device_key() -> sr25519::Public {
	sp_io::crypto::sr25519_generate(KEY_TYPE, None)
}

/// A block that can be named, on a chain whose genesis is known.
fn known_block<T: Config>() -> NamedBlock {
	let number = T::MaxNamedBlockAge::get();
	frame_system::Pallet::<T>::set_block_number((number + 1).into());
	let named = NamedBlock { number, block_hash: H256::repeat_byte(7) };
	frame_system::BlockHash::<T>::insert(BlockNumberFor::<T>::from(number), named.block_hash);
	frame_system::BlockHash::<T>::insert(BlockNumberFor::<T>::zero(), H256::repeat_byte(1));
	named
}

fn sign<T: Config>(
	key: &sr25519::Public,
	device: DeviceId,
	body: ReportBody<T::AccountId>,
) -> ReportSignature {
	let genesis = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero());
	sign_bytes(key, &SignedReport::new(genesis, device, body).signing_payload())
}

fn sign_bytes(key: &sr25519::Public, payload: &[u8]) -> ReportSignature {
	ReportSignature::Sr25519(sp_io::crypto::sr25519_sign(KEY_TYPE, key, payload).unwrap().0)
}

/// A lease that is paid by receipts, its access key, and for how much of it the next receipt can be.
/// There is an older one.
fn receipt_lease<T: Config>() -> (LeaseId, sr25519::Public, u64) {
	let seconds = u64::from(T::MinReportInterval::get()).saturating_mul(2);
	let key = device_key();
	let owner: T::AccountId = whitelisted_caller();
	let device = T::Devices::benchmark_device(&owner, PublicKey::Sr25519(device_key().0));
	let lease = T::LeaseWindows::benchmark_co_signed(device, PublicKey::Sr25519(key.0), seconds);
	let at = Pallet::<T>::now().saturating_sub(seconds / 2);
	Receipts::<T>::insert(lease, Receipt { seconds: 1, at });
	(lease, key, seconds)
}

/// The largest liveness there is, last seen `pause` seconds ago.
fn full_liveness<T: Config>(pause: u64) -> Liveness {
	let mut bits = DayBits::default();
	bits.set(0, MINUTES_PER_DAY);
	Liveness {
		pulse: Pulse::first(Pallet::<T>::now().saturating_sub(pause)),
		named_block: 0,
		tally: Some(Tally { lease: LeaseId::MAX, minutes: u32::MAX }),
		day: Some(DayRecord { day: 0, bits }),
	}
}

#[benchmarks(where T::RuntimeCall: From<Call<T>>)]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn activate() -> Result<(), BenchmarkError> {
		let key = device_key();
		let owner: T::AccountId = whitelisted_caller();
		let device = T::Devices::benchmark_pending_device(&owner, PublicKey::Sr25519(key.0));
		let named_block = known_block::<T>();
		Livenesses::<T>::insert(device, full_liveness::<T>(MINUTE));
		let signature = ReportSignature::Sr25519([0; 64]);

		#[extrinsic_call]
		_(RawOrigin::Authorized, device, named_block, signature);

		assert_eq!(Livenesses::<T>::get(device).unwrap().named_block, named_block.number);
		Ok(())
	}

	/// A device that has not reported before: looking for what is not there is one read, too.
	#[benchmark]
	fn authorize_activate() -> Result<(), BenchmarkError> {
		let key = device_key();
		let owner: T::AccountId = whitelisted_caller();
		let device = T::Devices::benchmark_pending_device(&owner, PublicKey::Sr25519(key.0));
		let named_block = known_block::<T>();
		let owner = T::Devices::device(device)?.owner;
		let signature = sign::<T>(&key, device, ReportBody::Activation { owner, named_block });
		let call: T::RuntimeCall = Call::activate { device, named_block, signature }.into();

		#[block]
		{
			call.authorize(TransactionSource::External)
				.ok_or("the call has an authorization")?
				.map_err(|_| "the report is in order")?;
		}

		Ok(())
	}

	/// A device with a full calendar, whose next lease begins now: its liveness is as large as it gets and
	/// stays so. What proving and putting a day away cost is in `prove_windows`.
	#[benchmark]
	fn heartbeat() -> Result<(), BenchmarkError> {
		let key = device_key();
		let owner: T::AccountId = whitelisted_caller();
		let device = T::Devices::benchmark_device(&owner, PublicKey::Sr25519(key.0));
		T::LeaseWindows::benchmark_windows(device, Pallet::<T>::now());
		let named_block = known_block::<T>();
		Livenesses::<T>::insert(device, full_liveness::<T>(MINUTE));
		let signature = ReportSignature::Sr25519([0; 64]);

		#[extrinsic_call]
		_(RawOrigin::Authorized, device, named_block, signature);

		let liveness = Livenesses::<T>::get(device).unwrap();
		assert_eq!(liveness.named_block, named_block.number);
		assert!(liveness.day.is_some());
		Ok(())
	}

	/// A member of a fleet with a full calendar, whose first lease begins now. Neither it nor its fleet is
	/// on sale, so that everything is read before its leases show that it is offered.
	#[benchmark]
	fn authorize_heartbeat() -> Result<(), BenchmarkError> {
		let key = device_key();
		let owner: T::AccountId = whitelisted_caller();
		let device = T::Devices::benchmark_pending_device(&owner, PublicKey::Sr25519(key.0));
		T::Devices::activate_key(device)?;
		T::Offers::benchmark_offer(device);
		T::LeaseWindows::benchmark_windows(device, Pallet::<T>::now());
		let named_block = known_block::<T>();
		Livenesses::<T>::insert(device, full_liveness::<T>(MINUTE));
		let signature = sign::<T>(&key, device, ReportBody::Heartbeat { named_block });
		let call: T::RuntimeCall = Call::heartbeat { device, named_block, signature }.into();
		let validity;

		#[block]
		{
			(validity, _) = call
				.authorize(TransactionSource::External)
				.ok_or("the call has an authorization")?
				.map_err(|_| "the report is in order")?;
		}

		assert!(validity.priority > LEASED_PRIORITY);
		Ok(())
	}

	/// A pause across midnight with `w` leases of a minute each in it, none of which is the last one
	/// tallied; old days to remove.
	#[benchmark]
	fn prove_windows(w: Linear<0, { T::MaxLeaseWindows::get() }>) -> Result<(), BenchmarkError> {
		let device = 0;
		let day = u64::from(MINUTES_PER_DAY) * MINUTE;
		let today = u64::from(T::RetainedDays::get()) + 10;
		let midnight = today * day;
		let start = midnight - u64::from(w / 2) * MINUTE;
		let now = start + u64::from(w) * MINUTE;
		let windows: Vec<LeaseWindow> = (0..u64::from(w))
			.map(|lease| LeaseWindow {
				lease,
				from: start + lease * MINUTE,
				until: start + lease * MINUTE + MINUTE,
				evidence: EvidencePolicy::Heartbeat { max_gap: u32::MAX },
			})
			.collect();
		let mut liveness = full_liveness::<T>(0);
		liveness.pulse = Pulse::first(start);
		let last_leased = T::RetainedDays::get() + 8;
		liveness.day = liveness.day.map(|record| DayRecord { day: last_leased, ..record });
		for old in 0..4u32 {
			ProvenDays::<T>::insert(device, Day::from(old), DayBits::default());
		}
		let proven;

		#[block]
		{
			proven = Pallet::<T>::prove_windows(device, &mut liveness, &windows, now);
		}

		assert_eq!(proven, w);
		Ok(())
	}

	/// A receipt that takes the place of an older one.
	#[benchmark]
	fn submit_receipt() -> Result<(), BenchmarkError> {
		let (lease, _, seconds) = receipt_lease::<T>();
		let signature = ReportSignature::Sr25519([0; 64]);

		#[extrinsic_call]
		_(RawOrigin::Authorized, lease, seconds, signature);

		assert_eq!(Receipts::<T>::get(lease).map(|receipt| receipt.seconds), Some(seconds));
		Ok(())
	}

	/// A receipt that takes the place of an older one. One by the former key would be checked against the
	/// access key first, so that a signature by another key is checked, too.
	#[benchmark]
	fn authorize_receipt() -> Result<(), BenchmarkError> {
		let (lease, key, seconds) = receipt_lease::<T>();
		known_block::<T>();
		let genesis = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero());
		let payload = SignedReceipt::new(genesis, lease, seconds).signing_payload();
		let signature = sign_bytes(&key, &payload);
		let former_key = PublicKey::Sr25519(device_key().0);
		let call: T::RuntimeCall = Call::submit_receipt { lease, seconds, signature }.into();
		let (validity, by_former);

		#[block]
		{
			by_former = former_key.verify(&payload, &signature);
			(validity, _) = call
				.authorize(TransactionSource::External)
				.ok_or("the call has an authorization")?
				.map_err(|_| "the receipt is in order")?;
		}

		assert!(!by_former);
		assert!((RECEIPT_PRIORITY..LEASED_PRIORITY).contains(&validity.priority));
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}

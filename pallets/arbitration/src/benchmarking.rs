// SPDX-License-Identifier: Apache-2.0

//! Benchmarks.

use crate::{Arbiters, Call, Cases, Config, Pallet};
use frame_benchmarking::v2::*;
use frame_support::{pallet_prelude::EnsureOrigin, traits::Get, BoundedVec};
use frame_system::RawOrigin;
use sp_runtime::Perbill;
use tenure_primitives::traits::Disputes;

fn longest<S: Get<u32>>() -> BoundedVec<u8, S> {
	BoundedVec::truncate_from(core::iter::repeat_n(b'a', S::get() as usize).collect())
}

#[benchmarks]
mod benchmarks {
	use super::*;

	// With the longest address.
	#[benchmark]
	fn add_arbiter() -> Result<(), BenchmarkError> {
		let origin =
			T::ForceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let arbiter: T::AccountId = account("arbiter", 0, 0);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, arbiter.clone(), longest());

		assert!(Arbiters::<T>::contains_key(&arbiter));
		Ok(())
	}

	// With the longest address.
	#[benchmark]
	fn remove_arbiter() -> Result<(), BenchmarkError> {
		let origin =
			T::ForceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let arbiter: T::AccountId = account("arbiter", 0, 0);
		Arbiters::<T>::insert(&arbiter, tenure_primitives::Uri::from(longest()));

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, arbiter.clone());

		assert!(!Arbiters::<T>::contains_key(&arbiter));
		Ok(())
	}

	// Everybody gets something, in several payments.
	#[benchmark]
	fn decide() {
		// The usual caller may be one of the parties.
		let arbiter: T::AccountId = account("arbiter", 0, 0);
		let dispute = T::Disputes::benchmark_dispute(&arbiter);

		#[extrinsic_call]
		_(RawOrigin::Signed(arbiter), dispute, Perbill::from_percent(40));

		assert!(!Cases::<T>::contains_key(dispute));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Runtime);
}

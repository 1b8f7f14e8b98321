// SPDX-License-Identifier: Apache-2.0

//! The pallet as leases, attestation and the registry see it.

use crate::{Config, Pallet};
use sp_runtime::DispatchError;
use tenure_primitives::{
	traits::{DeviceCommitments, Offers, UsageUnits},
	Balance, DeviceId, SeriesId, SeriesInfo, Units,
};

impl<T: Config> UsageUnits<T::AccountId, T::RuntimeHoldReason> for Pallet<T> {
	fn series(series: SeriesId) -> Result<SeriesInfo<T::AccountId>, DispatchError> {
		Ok(Self::info(series)?)
	}

	fn price_of(series: SeriesId, units: Units) -> Result<Balance, DispatchError> {
		Self::ensure_sale(&Self::record_of(series)?, units, Self::now())
	}

	fn stake(
		series: SeriesId,
		tenant: &T::AccountId,
		units: Units,
		reason: T::RuntimeHoldReason,
	) -> Result<Balance, DispatchError> {
		Self::do_stake(series, tenant, units, &reason)
	}

	fn buy_staked(
		series: SeriesId,
		tenant: &T::AccountId,
		units: Units,
		reason: T::RuntimeHoldReason,
	) -> Result<Balance, DispatchError> {
		Self::do_buy_staked(series, tenant, units, &reason)
	}

	fn unstake(
		series: SeriesId,
		tenant: &T::AccountId,
		units: Units,
		reason: T::RuntimeHoldReason,
	) -> Result<Balance, DispatchError> {
		Self::do_unstake(series, tenant, units, &reason)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_series(owner: &T::AccountId, device: DeviceId) -> SeriesId {
		crate::benchmarking::series::<T>(owner, device)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_units(series: SeriesId, who: &T::AccountId, units: Units) {
		crate::benchmarking::give_units::<T>(series, who, units)
	}
}

impl<T: Config> Offers for Pallet<T> {
	fn is_offered(device: DeviceId) -> bool {
		let now = Self::now();
		Self::is_promised(device, now) || Self::is_booked(device, now)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_offer(device: DeviceId) {
		crate::benchmarking::offer::<T>(device)
	}
}

// Leases bind a device too; their pallet says so itself.
impl<T: Config> DeviceCommitments for Pallet<T> {
	fn is_committed(device: DeviceId) -> bool {
		Self::is_promised(device, Self::now())
	}
}

// SPDX-License-Identifier: Apache-2.0

//! The pallet as leases, attestation and the registry see it.

use crate::{fleets, Config, Pallet};
use frame_support::traits::fungibles::Inspect;
use sp_runtime::DispatchError;
use tenure_primitives::{
	traits::{DeviceCommitments, Devices, Offers, UsageUnits},
	Balance, DeviceId, FleetId, Moment, SeriesId, SeriesInfo, Subject, Units,
};

impl<T: Config> UsageUnits<T::AccountId, T::RuntimeHoldReason> for Pallet<T> {
	fn series(series: SeriesId) -> Result<SeriesInfo<T::AccountId>, DispatchError> {
		Ok(Self::info(series)?)
	}

	fn units_of(series: SeriesId, who: &T::AccountId) -> Units {
		Units::try_from(T::Units::balance(series, who)).unwrap_or(Units::MAX)
	}

	fn price_of(series: SeriesId, units: Units) -> Result<Balance, DispatchError> {
		Ok(Self::ensure_sale(&Self::record_of(series)?, units, Self::now())?.cost)
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

	fn unsell(series: SeriesId, units: Units) {
		Self::do_unsell(series, units)
	}

	fn time_taken(fleet: FleetId, from: Moment, until: Moment) {
		Self::shift_one(fleet, (from, until), fleets::take)
	}

	fn time_freed(fleet: FleetId, from: Moment, until: Moment) {
		Self::shift_one(fleet, (from, until), fleets::free)
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
		let is_promised_by_fleet = || {
			let fleet = T::Devices::device(device).ok().and_then(|info| info.fleet);
			fleet.is_some_and(|fleet| Self::is_promised(&Subject::Fleet(fleet), now))
		};
		Self::is_promised(&Subject::Device(device), now)
			|| is_promised_by_fleet()
			|| Self::is_booked(device, now)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_offer(device: DeviceId) {
		crate::benchmarking::offer::<T>(device)
	}
}

// Leases bind a device too, and so does its fleet; their pallets say so themselves.
impl<T: Config> DeviceCommitments for Pallet<T> {
	fn is_committed(device: DeviceId) -> bool {
		Self::is_promised(&Subject::Device(device), Self::now())
	}
}

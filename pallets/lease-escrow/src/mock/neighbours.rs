// SPDX-License-Identifier: Apache-2.0

//! Doubles of the registry, the usage tokens, the evidence and the gate. Units are a simple ledger
//! whose money is real: it is moved and held through balances.

use super::*;
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult},
	traits::{
		fungible::hold::Mutate,
		tokens::{Fortitude, Precision, Preservation, Restriction},
		UnixTime,
	},
};
use tenure_lease_math::Pulse;
use tenure_primitives::{
	traits::{BookedTime, Devices as DevicesTrait, Evidence, LeaseWindows, TenantGate, UsageUnits},
	LeaseWindow, Proof,
};

pub use pallet::*;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::pallet_prelude::*;

	#[pallet::pallet]
	#[pallet::without_storage_info]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<AccountId = AccountId> {}

	#[pallet::composite_enum]
	pub enum HoldReason {
		Backing,
	}

	#[pallet::error]
	pub enum Error<T> {
		UnknownDevice,
		UnknownSeries,
		SeriesClosed,
		SoldOut,
		CapacityExceeded,
		NotEnoughUnits,
		Banned,
	}

	#[pallet::storage]
	pub type Now<T: Config> = StorageValue<_, Moment, ValueQuery>;

	#[pallet::storage]
	pub type Devices<T: Config> = StorageMap<_, Twox64Concat, DeviceId, DeviceInfo<AccountId>>;

	#[pallet::storage]
	pub type Series<T: Config> = StorageMap<_, Twox64Concat, SeriesId, SeriesInfo<AccountId>>;

	#[pallet::storage]
	pub type UnitsOf<T: Config> =
		StorageDoubleMap<_, Twox64Concat, SeriesId, Twox64Concat, AccountId, Units, ValueQuery>;

	#[pallet::storage]
	pub type Pulses<T: Config> = StorageMap<_, Twox64Concat, DeviceId, Pulse>;

	/// Proven minutes of open leases.
	#[pallet::storage]
	pub type Tallies<T: Config> = StorageMap<_, Twox64Concat, LeaseId, u64, ValueQuery>;

	/// Leases whose evidence got lost: a fault that makes settling fail once something was paid.
	#[pallet::storage]
	pub type Lost<T: Config> = StorageMap<_, Twox64Concat, LeaseId, ()>;

	#[pallet::storage]
	pub type Bans<T: Config> = StorageMap<_, Twox64Concat, AccountId, ()>;
}

type Fault = Error<Runtime>;

/// The account that holds the backing of a series.
pub fn series_account(series: SeriesId) -> AccountId {
	1_000 + AccountId::from(series)
}

fn outstanding(series: SeriesId) -> Units {
	UnitsOf::<Runtime>::iter_prefix_values(series).sum()
}

fn backing() -> RuntimeHoldReason {
	HoldReason::Backing.into()
}

impl super::Neighbours {
	/// The device shows that it is on: what it newly proves is added to its leases.
	pub fn heartbeat(device: DeviceId) {
		let now = super::now();
		let Some(pulse) = Pulses::<Runtime>::get(device) else {
			return Pulses::<Runtime>::insert(device, Pulse::first(now));
		};
		for window in LeaseEscrow::lease_windows(device, pulse.last_seen, now) {
			let minutes = pulse.newly_proven(now, window.from, window.until, window.heartbeat_gap);
			Tallies::<Runtime>::mutate(window.lease, |tally| *tally += minutes.len());
		}
		Pulses::<Runtime>::insert(device, pulse.beat(now));
	}

	/// Sells units that aren't staked.
	pub fn buy(series: SeriesId, buyer: AccountId, units: Units) -> DispatchResult {
		let cost = Self::price_of(series, units)?;
		Balances::transfer_and_hold(
			&backing(),
			&buyer,
			&series_account(series),
			cost,
			Precision::Exact,
			Preservation::Preserve,
			Fortitude::Polite,
		)?;
		UnitsOf::<Runtime>::mutate(series, buyer, |owned| *owned += units);
		Ok(())
	}

	/// Gives units back at par.
	pub fn redeem(series: SeriesId, holder: AccountId, units: Units) -> DispatchResult {
		take_units(series, holder, units)?;
		let price = <Self as UsageUnits<_, _>>::series(series)?.sale.unit_price;
		Balances::transfer_on_hold(
			&backing(),
			&series_account(series),
			&holder,
			price * Balance::from(units),
			Precision::Exact,
			Restriction::Free,
			Fortitude::Force,
		)?;
		Ok(())
	}

	/// What is on hold behind a series is what its outstanding units cost, exactly.
	pub fn do_try_state() -> DispatchResult {
		for (id, series) in Series::<Runtime>::iter() {
			ensure!(
				Balances::balance_on_hold(&backing(), &series_account(id))
					== series.sale.unit_price * Balance::from(outstanding(id)),
				"backing differs from outstanding units"
			);
		}
		Ok(())
	}
}

fn take_units(series: SeriesId, from: AccountId, units: Units) -> DispatchResult {
	UnitsOf::<Runtime>::try_mutate(series, from, |owned| {
		*owned = owned.checked_sub(units).ok_or(Fault::NotEnoughUnits)?;
		Ok(())
	})
}

impl UnixTime for super::Neighbours {
	fn now() -> core::time::Duration {
		core::time::Duration::from_secs(super::now())
	}
}

impl DevicesTrait<AccountId> for super::Neighbours {
	fn device(device: DeviceId) -> Result<DeviceInfo<AccountId>, DispatchError> {
		Ok(Devices::<Runtime>::get(device).ok_or(Fault::UnknownDevice)?)
	}

	fn activate_key(_: DeviceId) -> DispatchResult {
		Ok(())
	}

	fn can_activate_key(_: DeviceId) -> DispatchResult {
		Ok(())
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_device(owner: &AccountId, key: PublicKey) -> DeviceId {
		let device = 1 + Devices::<Runtime>::iter_keys().max().unwrap_or_default();
		let key = Some(DeviceKey { public: key, active: true });
		Devices::<Runtime>::insert(device, DeviceInfo { owner: *owner, key, ..device_info() });
		device
	}
}

impl UsageUnits<AccountId, RuntimeHoldReason> for super::Neighbours {
	fn series(series: SeriesId) -> Result<SeriesInfo<AccountId>, DispatchError> {
		Ok(Series::<Runtime>::get(series).ok_or(Fault::UnknownSeries)?)
	}

	fn price_of(series: SeriesId, units: Units) -> Result<Balance, DispatchError> {
		let info = Self::series(series)?;
		let sale = info.sale;
		ensure!(!info.closed, Fault::SeriesClosed);
		let outstanding = outstanding(series);
		ensure!(outstanding + units <= sale.cap, Fault::SoldOut);
		let from = sale.usable_from.max(super::now());
		let taken = LeaseEscrow::booked_seconds(&info.subject, from, sale.usable_until);
		let asked = (outstanding + units) * u64::from(sale.unit_seconds);
		ensure!(taken + asked <= sale.usable_until - from, Fault::CapacityExceeded);
		Ok(sale.unit_price * Balance::from(units))
	}

	fn stake(
		series: SeriesId,
		tenant: &AccountId,
		units: Units,
		reason: RuntimeHoldReason,
	) -> Result<Balance, DispatchError> {
		take_units(series, *tenant, units)?;
		let amount = Self::series(series)?.sale.unit_price * Balance::from(units);
		let account = series_account(series);
		Balances::release(&backing(), &account, amount, Precision::Exact)?;
		Balances::transfer_and_hold(
			&reason,
			&account,
			tenant,
			amount,
			Precision::Exact,
			Preservation::Preserve,
			Fortitude::Polite,
		)
	}

	fn buy_staked(
		series: SeriesId,
		tenant: &AccountId,
		units: Units,
		reason: RuntimeHoldReason,
	) -> Result<Balance, DispatchError> {
		let amount = Self::price_of(series, units)?;
		Balances::hold(&reason, tenant, amount)?;
		Ok(amount)
	}

	fn unstake(
		series: SeriesId,
		tenant: &AccountId,
		units: Units,
		reason: RuntimeHoldReason,
	) -> Result<Balance, DispatchError> {
		let amount = Self::series(series)?.sale.unit_price * Balance::from(units);
		let account = series_account(series);
		Balances::transfer_on_hold(
			&reason,
			tenant,
			&account,
			amount,
			Precision::Exact,
			Restriction::Free,
			Fortitude::Force,
		)?;
		Balances::hold(&backing(), &account, amount)?;
		UnitsOf::<Runtime>::mutate(series, tenant, |owned| *owned += units);
		Ok(amount)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_series(owner: &AccountId, device: DeviceId) -> SeriesId {
		let id = 1 + Series::<Runtime>::iter_keys().max().unwrap_or_default();
		let mut info =
			SeriesInfo { id, subject: Subject::Device(device), owner: *owner, ..series_info() };
		info.sale.usable_from = super::now();
		info.sale.usable_until = super::now() + 100 * DAY;
		Series::<Runtime>::insert(id, info);
		Balances::mint_into(&series_account(id), ED).unwrap();
		id
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_units(series: SeriesId, who: &AccountId, units: Units) {
		let price = Self::series(series).unwrap().sale.unit_price;
		let account = series_account(series);
		Balances::mint_into(&account, price * Balance::from(units)).unwrap();
		Balances::hold(&backing(), &account, price * Balance::from(units)).unwrap();
		UnitsOf::<Runtime>::mutate(series, who, |owned| *owned += units);
	}
}

impl Evidence for super::Neighbours {
	fn proven(device: DeviceId, window: &LeaseWindow) -> Proof {
		let final_from = Pulses::<Runtime>::get(device)
			.map_or(window.until, |pulse| pulse.final_from(window.until, window.heartbeat_gap));
		let minutes = if Lost::<Runtime>::contains_key(window.lease) {
			0
		} else {
			Tallies::<Runtime>::get(window.lease)
		};
		Proof { seconds: minutes * 60, final_from }
	}

	fn last_seen(device: DeviceId) -> Option<Moment> {
		Pulses::<Runtime>::get(device).map(|pulse| pulse.last_seen)
	}

	fn released(_: DeviceId, window: &LeaseWindow) {
		Tallies::<Runtime>::remove(window.lease);
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_served(device: DeviceId, window: &LeaseWindow, now: Moment) {
		Pulses::<Runtime>::insert(device, Pulse::first(now));
		Tallies::<Runtime>::insert(window.lease, (window.until - window.from) / 60);
	}
}

impl TenantGate<AccountId> for super::Neighbours {
	fn admit(tenant: &AccountId, _: DeviceId) -> DispatchResult {
		ensure!(!Bans::<Runtime>::contains_key(tenant), Fault::Banned);
		Ok(())
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper for super::Neighbours {
	fn set_time(now: Moment) {
		super::set_time(now);
	}
}

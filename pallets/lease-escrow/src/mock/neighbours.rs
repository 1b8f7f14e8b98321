// SPDX-License-Identifier: Apache-2.0

//! Doubles of the registry, the usage tokens, the evidence and the gate. Units are a simple ledger
//! whose money is real: it is moved and held through balances.

use super::*;
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult},
	storage::with_storage_layer,
	traits::{
		fungible::hold::Mutate,
		tokens::{Fortitude, Precision, Preservation, Restriction},
		UnixTime,
	},
};
use tenure_lease_math::Pulse;
use tenure_primitives::{
	traits::{
		Arbitration, DeviceLeases, Devices as DevicesTrait, Disputes, Evidence, LeaseBook,
		LeaseWindows, TenantGate, UsageUnits,
	},
	DisputeId, FleetId, FleetInfo, LeaseWindow, Proof,
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
		UnknownFleet,
		DeviceInFleet,
		DeviceNotListed,
		UnknownSeries,
		SeriesClosed,
		SoldOut,
		CapacityExceeded,
		NotEnoughUnits,
		UnitsStuck,
		BadReceipt,
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

	/// Units sold and not redeemed or paid back.
	#[pallet::storage]
	pub type Sold<T: Config> = StorageMap<_, Twox64Concat, SeriesId, Units, ValueQuery>;

	#[pallet::storage]
	pub type Pulses<T: Config> = StorageMap<_, Twox64Concat, DeviceId, Pulse>;

	/// Proven minutes of open leases.
	#[pallet::storage]
	pub type Tallies<T: Config> = StorageMap<_, Twox64Concat, LeaseId, u64, ValueQuery>;

	/// From when the evidence of leases is final whose device was silent at their end and was seen since.
	#[pallet::storage]
	pub type SilentEnds<T: Config> = StorageMap<_, Twox64Concat, LeaseId, Moment>;

	/// Seconds that the tenants of open leases signed for.
	#[pallet::storage]
	pub type Receipts<T: Config> = StorageMap<_, Twox64Concat, LeaseId, u64, ValueQuery>;

	/// Series that don't take units back: a fault.
	#[pallet::storage]
	pub type Stuck<T: Config> = StorageMap<_, Twox64Concat, SeriesId, ()>;

	/// What leases told of the time of fleets: stretches, and by how many members they are taken more
	/// or less.
	#[pallet::storage]
	pub type FleetTimes<T: Config> =
		StorageMap<_, Twox64Concat, FleetId, Vec<(Moment, Moment, i64)>, ValueQuery>;

	/// Leases whose evidence got lost: a fault that makes settling fail once something was paid.
	#[pallet::storage]
	pub type Lost<T: Config> = StorageMap<_, Twox64Concat, LeaseId, ()>;

	/// Governance's list.
	#[pallet::storage]
	pub type Arbiters<T: Config> = StorageMap<_, Twox64Concat, AccountId, ()>;

	/// Disputes that wait for an arbiter: for whom, how much, until when.
	#[pallet::storage]
	pub type Cases<T: Config> =
		StorageMap<_, Twox64Concat, DisputeId, (AccountId, Balance, Moment)>;

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
			let gap = window.evidence.heartbeat_gap().expect("only heartbeat leases are told");
			let minutes = pulse.newly_proven(now, window.from, window.until, gap);
			Tallies::<Runtime>::mutate(window.lease, |tally| *tally += minutes.len());
			if window.until <= now && now - pulse.last_seen > gap.into() {
				let final_from = pulse.final_from(window.until, gap);
				SilentEnds::<Runtime>::insert(window.lease, final_from);
			}
		}
		Pulses::<Runtime>::insert(device, pulse.beat(now));
	}

	/// Somebody brings what the key that a lease has now signed.
	pub fn sign(lease: LeaseId, seconds: u64) -> DispatchResult {
		Self::sign_with(lease, seconds, None)
	}

	/// Somebody brings what `key` signed.
	pub fn sign_with(lease: LeaseId, seconds: u64, key: Option<PublicKey>) -> DispatchResult {
		let now = super::now();
		let terms = LeaseEscrow::receipt_terms(lease).ok_or(Fault::BadReceipt)?;
		ensure!(matches!(terms.evidence, EvidencePolicy::CoSigned { .. }), Fault::BadReceipt);
		let end = LeaseEscrow::moved(terms.until + RECEIPT_WINDOW, terms.until);
		ensure!(terms.from <= now && now < end, Fault::BadReceipt);
		ensure!(seconds > Receipts::<Runtime>::get(lease), Fault::BadReceipt);
		ensure!(seconds <= now.min(terms.until) - terms.from, Fault::BadReceipt);
		let is_former = |key| {
			terms.former_key.is_some_and(|former| {
				former.key == key && seconds <= former.until.saturating_sub(terms.from)
			})
		};
		let is_good = key.is_none_or(|key| key == terms.access_key || is_former(key));
		ensure!(is_good, Fault::BadReceipt);
		Receipts::<Runtime>::insert(lease, seconds);
		Ok(())
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
		Sold::<Runtime>::mutate(series, |sold| *sold += units);
		Ok(())
	}

	/// The owner closes the series; its units are good until `expires`.
	pub fn close_series(series: SeriesId, expires: Moment) {
		Series::<Runtime>::mutate(series, |info| {
			let info = info.as_mut().unwrap();
			info.closed = true;
			info.expires = info.expires.min(expires);
		});
	}

	/// Gives units back at par.
	pub fn redeem(series: SeriesId, holder: AccountId, units: Units) -> DispatchResult {
		take_units(series, holder, units)?;
		Sold::<Runtime>::mutate(series, |sold| *sold -= units);
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

	/// The device gets another owner.
	pub fn transfer(device: DeviceId, to: AccountId) -> Result<u32, DispatchError> {
		with_storage_layer(|| {
			change_device(device, |info| {
				ensure!(info.fleet.is_none(), Fault::DeviceInFleet);
				info.owner = to;
				Ok(())
			})?;
			LeaseEscrow::handed_over(device, &to, Balance::MAX)
		})
	}

	/// Governance retires the device.
	pub fn force_retire(device: DeviceId) -> Result<u32, DispatchError> {
		with_storage_layer(|| {
			let _ = Self::leave_fleet(device);
			let closed = LeaseEscrow::force_closed(device);
			Devices::<Runtime>::take(device).ok_or(Fault::UnknownDevice)?;
			Ok(closed)
		})
	}

	/// The device becomes a member of the fleet.
	pub fn join_fleet(fleet: FleetId, device: DeviceId) -> DispatchResult {
		change_device(device, |info| {
			ensure!(info.fleet.is_none(), Fault::DeviceInFleet);
			ensure!(info.status == DeviceStatus::Listed, Fault::DeviceNotListed);
			info.fleet = Some(fleet);
			Ok(())
		})?;
		for (from, until) in LeaseEscrow::taken(device, super::now()) {
			Self::note_time(fleet, from, until, 1);
		}
		Ok(())
	}

	/// The device leaves its fleet.
	pub fn leave_fleet(device: DeviceId) -> DispatchResult {
		let mut left = None;
		change_device(device, |info| {
			left = info.fleet.take();
			Ok(())
		})?;
		let fleet = left.ok_or(Fault::UnknownFleet)?;
		for (from, until) in LeaseEscrow::taken(device, super::now()) {
			Self::note_time(fleet, from, until, -1);
		}
		Ok(())
	}

	fn note_time(fleet: FleetId, from: Moment, until: Moment, members: i64) {
		assert!(from < until, "time is taken and freed in whole stretches");
		FleetTimes::<Runtime>::mutate(fleet, |notes| notes.push((from, until, members)));
	}

	/// Seconds inside [from, until) that members of the fleet are taken, by what was noted.
	pub fn noted_seconds(fleet: FleetId, from: Moment, until: Moment) -> i64 {
		let overlap = |a: Moment, b: Moment| b.min(until).saturating_sub(a.max(from)) as i64;
		FleetTimes::<Runtime>::get(fleet).iter().map(|(a, b, n)| overlap(*a, *b) * n).sum()
	}

	/// The arbiter decides.
	pub fn decide(who: AccountId, dispute: DisputeId, percent: u32) -> DispatchResult {
		with_storage_layer(|| LeaseEscrow::decided(dispute, Perbill::from_percent(percent), &who))
	}

	/// Cases are the disputes that wait for their arbiter.
	fn cases_agree() -> DispatchResult {
		for (dispute, (arbiter, _, _)) in Cases::<Runtime>::iter() {
			ensure!(LeaseEscrow::arbiter_of(dispute) == Some(arbiter), "case of no dispute");
		}
		let waiting = crate::Disputes::<Runtime>::iter_values()
			.filter(|dispute| dispute.before_arbiter)
			.count();
		ensure!(Cases::<Runtime>::iter_keys().count() == waiting, "dispute without a case");
		Ok(())
	}

	/// What is on hold behind a series is what its outstanding units cost, exactly; what was noted of a
	/// fleet's time is what the calendars of its members say.
	pub fn do_try_state() -> DispatchResult {
		Self::cases_agree()?;
		let fleets: std::collections::BTreeSet<_> =
			FleetTimes::<Runtime>::iter_keys().chain([FLEET]).collect();
		let now = super::now();
		for fleet in fleets {
			for until in [now + 600, now + DAY, Moment::MAX] {
				let booked: u64 = Self::fleet_members(fleet)
					.into_iter()
					.map(|device| LeaseEscrow::booked_seconds(device, now, until))
					.sum();
				ensure!(
					Self::noted_seconds(fleet, now, until) == booked as i64,
					"time noted of a fleet differs from its members' calendars"
				);
			}
		}
		for (id, series) in Series::<Runtime>::iter() {
			ensure!(
				Balances::balance_on_hold(&backing(), &series_account(id))
					== series.sale.unit_price * Balance::from(outstanding(id)),
				"backing differs from outstanding units"
			);
			let leased: Units = Leases::<Runtime>::iter_values()
				.filter(|lease| lease.series == id)
				.map(|lease| lease.units)
				.sum();
			let sold = Sold::<Runtime>::get(id);
			ensure!(
				outstanding(id) + leased <= sold && sold <= series.sale.cap,
				"units that were not sold"
			);
		}
		Ok(())
	}
}

fn change_device(
	device: DeviceId,
	change: impl FnOnce(&mut DeviceInfo<AccountId>) -> DispatchResult,
) -> DispatchResult {
	Devices::<Runtime>::try_mutate(device, |info| {
		change(info.as_mut().ok_or(Fault::UnknownDevice)?)
	})
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

	fn pending_key(_: DeviceId) -> Result<PublicKey, DispatchError> {
		Err(DispatchError::Unavailable)
	}

	fn mark_not_returned(device: DeviceId) {
		let _ = Self::leave_fleet(device);
		Devices::<Runtime>::mutate_extant(device, |info| info.status = DeviceStatus::NotReturned);
	}

	fn fleet(fleet: FleetId) -> Result<FleetInfo<AccountId>, DispatchError> {
		let members = Self::fleet_members(fleet);
		let first = *members.first().ok_or(Fault::UnknownFleet)?;
		Ok(FleetInfo { owner: Self::device(first)?.owner, members: members.len() as u32 })
	}

	fn fleet_members(fleet: FleetId) -> Vec<DeviceId> {
		let mut members: Vec<_> = Devices::<Runtime>::iter()
			.filter(|(_, info)| info.fleet == Some(fleet))
			.map(|(device, _)| device)
			.collect();
		members.sort_unstable();
		members
	}

	fn max_fleet_members() -> u32 {
		128
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_device(owner: &AccountId, key: PublicKey) -> DeviceId {
		let device = 1 + Devices::<Runtime>::iter_keys().max().unwrap_or_default();
		let key = Some(DeviceKey { public: key, active: true });
		Devices::<Runtime>::insert(device, DeviceInfo { owner: *owner, key, ..device_info() });
		device
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_fleet(owner: &AccountId, members: u32) -> FleetId {
		for member in 0..members {
			let device =
				Self::benchmark_device(owner, PublicKey::Sr25519([100 + member as u8; 32]));
			Self::join_fleet(FLEET, device).unwrap();
		}
		FLEET
	}
}

impl UsageUnits<AccountId, RuntimeHoldReason> for super::Neighbours {
	fn series(series: SeriesId) -> Result<SeriesInfo<AccountId>, DispatchError> {
		Ok(Series::<Runtime>::get(series).ok_or(Fault::UnknownSeries)?)
	}

	fn units_of(series: SeriesId, who: &AccountId) -> Units {
		UnitsOf::<Runtime>::get(series, who)
	}

	fn price_of(series: SeriesId, units: Units) -> Result<Balance, DispatchError> {
		let info = Self::series(series)?;
		let sale = info.sale;
		ensure!(!info.closed, Fault::SeriesClosed);
		let outstanding = outstanding(series);
		ensure!(Sold::<Runtime>::get(series) + units <= sale.cap, Fault::SoldOut);
		let (from, until) = (sale.usable_from.max(super::now()), sale.usable_until);
		let (members, taken) = match info.subject {
			Subject::Device(device) => (1, LeaseEscrow::booked_seconds(device, from, until)),
			Subject::Fleet(fleet) => (
				Self::fleet_members(fleet).len() as u64,
				Self::noted_seconds(fleet, from, until) as u64,
			),
		};
		let asked = (outstanding + units) * u64::from(sale.unit_seconds);
		ensure!(taken + asked <= members * (until - from), Fault::CapacityExceeded);
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
		Sold::<Runtime>::mutate(series, |sold| *sold += units);
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
		UnitsOf::<Runtime>::mutate(series, tenant, |owned| *owned += units);
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
		// At the very end: whoever catches it must have undone the rest.
		ensure!(!Stuck::<Runtime>::contains_key(series), Fault::UnitsStuck);
		Ok(amount)
	}

	fn unsell(series: SeriesId, units: Units) {
		if Series::<Runtime>::contains_key(series) {
			Sold::<Runtime>::mutate(series, |sold| *sold -= units);
		}
	}

	fn time_taken(fleet: FleetId, from: Moment, until: Moment) {
		Self::note_time(fleet, from, until, 1);
	}

	fn time_freed(fleet: FleetId, from: Moment, until: Moment) {
		assert!(from >= super::now(), "time that is past is not freed");
		Self::note_time(fleet, from, until, -1);
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_series(owner: &AccountId, device: DeviceId) -> SeriesId {
		let id = 1 + Series::<Runtime>::iter_keys().max().unwrap_or_default();
		let subject =
			Self::device(device).unwrap().fleet.map_or(Subject::Device(device), Subject::Fleet);
		let mut info = SeriesInfo { id, subject, owner: *owner, ..series_info() };
		info.sale.usable_from = super::now();
		info.sale.usable_until = super::now() + 100 * DAY;
		info.expires = info.sale.usable_until;
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
		Sold::<Runtime>::mutate(series, |sold| *sold += units);
	}
}

impl Evidence for super::Neighbours {
	fn proven(device: DeviceId, window: &LeaseWindow) -> Proof {
		let Some(gap) = window.evidence.heartbeat_gap() else {
			let length = window.until - window.from;
			let seconds = Receipts::<Runtime>::get(window.lease).min(length);
			let more = if seconds < length { RECEIPT_WINDOW } else { 0 };
			let final_from = LeaseEscrow::moved(window.until + more, window.until);
			return Proof { seconds, final_from };
		};
		let by_pulse = || {
			Pulses::<Runtime>::get(device)
				.map_or(window.until, |pulse| pulse.final_from(window.until, gap))
		};
		let final_from = SilentEnds::<Runtime>::get(window.lease).unwrap_or_else(by_pulse);
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
		SilentEnds::<Runtime>::remove(window.lease);
		Receipts::<Runtime>::remove(window.lease);
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_served(device: DeviceId, window: &LeaseWindow, now: Moment) {
		Pulses::<Runtime>::insert(device, Pulse::first(now));
		let seconds = window.until - window.from;
		match window.evidence.heartbeat_gap() {
			Some(_) => Tallies::<Runtime>::insert(window.lease, seconds / 60),
			None => Receipts::<Runtime>::insert(window.lease, seconds),
		}
	}
}

impl Arbitration<AccountId> for super::Neighbours {
	fn is_arbiter(who: &AccountId) -> bool {
		Arbiters::<Runtime>::contains_key(who)
	}

	fn opened(dispute: DisputeId, arbiter: &AccountId, amount: Balance, deadline: Moment) {
		Cases::<Runtime>::insert(dispute, (*arbiter, amount, deadline));
	}

	fn closed(dispute: DisputeId) {
		Cases::<Runtime>::remove(dispute);
	}
}

impl TenantGate<AccountId> for super::Neighbours {
	fn admit(tenant: &AccountId, _: DeviceId) -> DispatchResult {
		ensure!(!Bans::<Runtime>::contains_key(tenant), Fault::Banned);
		Ok(())
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl tenure_primitives::traits::BenchmarkClock for super::Neighbours {
	fn set_time(now: Moment) {
		super::set_time(now);
	}
}

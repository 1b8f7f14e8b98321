// SPDX-License-Identifier: Apache-2.0

//! Benchmarks, and what neighbours need for theirs.

#![allow(clippy::arithmetic_side_effects, clippy::unwrap_used)]

use super::*;
use alloc::{boxed::Box, vec};
use fleets::STEPS;
use frame_benchmarking::v2::*;
use frame_support::traits::{
	fungible::{Inspect, Mutate},
	fungibles::{approvals::Mutate as _, Inspect as _, Mutate as _, Unbalanced as _},
	tokens::fungible::hold::Mutate as _,
	Consideration, Get,
};
use frame_system::RawOrigin;
use sp_runtime::Perbill;
use tenure_lease_math::FleetTime;
use tenure_primitives::{
	series::RedeemShares,
	terms::{MAX_CANCELLATION_STEPS, MAX_LISTED_ACCOUNTS},
	traits::{BenchmarkClock, Devices, LeaseBook},
	Acceptance, Admission, Balance, CancellationStep, Custody, DeviceId, EvidencePolicy, FleetId,
	LegalText, Moment, PublicKey, SaleConditions, SeriesId, Subject, Units, MAX_URI,
};

/// Seconds of the usable window.
const WINDOW: u64 = 366 * 86_400;

/// More changes of a fleet than one sale comes past.
const BACKLOG: u32 = STEPS + 1;

/// When the clock starts, where it stands still.
const BEGIN: Moment = 1_800_000_000;

/// Enough for every deposit and every purchase here.
const FORTUNE: Balance = 1 << 100;

/// An open series of minutes for the device, or for its fleet, which can be bought and booked now,
/// with the longest texts and ladders.
pub(crate) fn series<T: Config>(owner: &T::AccountId, device: DeviceId) -> SeriesId {
	let fleet = T::Devices::device(device).unwrap().fleet;
	series_of::<T>(owner, fleet.map_or(Subject::Device(device), Subject::Fleet))
}

fn series_of<T: Config>(owner: &T::AccountId, subject: Subject) -> SeriesId {
	start_clock::<T>();
	fund::<T>(owner);
	let (sale, terms) = (sale::<T>(), terms::<T>());
	T::Consideration::ensure_successful(
		owner,
		Pallet::<T>::footprint(owner, &subject, &sale, &terms),
	);
	Pallet::<T>::do_create_series(owner.clone(), subject, sale, terms).unwrap().0
}

// What is past needs a time before now.
fn start_clock<T: Config>() {
	if Pallet::<T>::now() == 0 {
		T::BenchmarkClock::set_time(BEGIN);
	}
}

/// Gives `who` units with their backing, paid by nobody.
pub(crate) fn give_units<T: Config>(series: SeriesId, who: &T::AccountId, units: Units) {
	let mut record = Pallet::<T>::record_of(series).unwrap();
	let (account, cost) =
		(Pallet::<T>::account_of(series), Pallet::<T>::par_value(&record, units).unwrap());
	T::Currency::mint_into(&account, cost).unwrap();
	T::Currency::hold(&HoldReason::Backing.into(), &account, cost).unwrap();
	T::Units::mint_into(series, who, units.into()).unwrap();
	record.sold += units;
	Pallet::<T>::add_outstanding(&record, units, Pallet::<T>::now());
	Series::<T>::insert(series, record);
}

/// As many windows as a fleet can have, with units outstanding in the first, and more changes past than
/// a call notes.
pub(crate) fn fleet_sales<T: Config>(fleet: FleetId) {
	let owner = T::Devices::fleet(fleet).unwrap().owner;
	let series = series_of::<T>(&owner, Subject::Fleet(fleet));
	give_units::<T>(series, &owner, 1);
	fill_windows::<T>(Subject::Fleet(fleet), T::MaxWindowsPerSubject::get());
	pass_changes::<T>(fleet, BACKLOG);
}

// Changes before now, of which each cancels the one before.
fn pass_changes<T: Config>(fleet: FleetId, changes: u32) {
	let now = Pallet::<T>::now();
	let start = now - u64::from(changes);
	for index in 0..changes {
		let delta = if index % 2 == 0 { 1 } else { -1 };
		FleetChanges::<T>::insert(fleet, MomentKey::from(start + u64::from(index)), delta);
	}
	let taken = FleetTimes::<T>::get(fleet).map_or(0, |time| time.taken);
	FleetTimes::<T>::insert(fleet, FleetTime { as_of: start - 1, taken });
}

/// All windows of the device, and of its fleet, are over: what is left to ask is whether it is leased.
pub(crate) fn offer<T: Config>(device: DeviceId) {
	start_clock::<T>();
	let count = T::MaxWindowsPerSubject::get();
	let start = Pallet::<T>::now() - u64::from(count);
	add_windows::<T>(Subject::Device(device), start, count);
	if let Some(fleet) = T::Devices::device(device).unwrap().fleet {
		add_windows::<T>(Subject::Fleet(fleet), start, count);
	}
}

fn fund<T: Config>(who: &T::AccountId) {
	let missing = FORTUNE.saturating_sub(T::Currency::balance(who));
	T::Currency::mint_into(who, missing).unwrap();
}

fn sale<T: Config>() -> SaleConditions {
	let now = Pallet::<T>::now();
	SaleConditions {
		unit_seconds: 60,
		unit_price: T::MinUnitPrice::get().max(T::Currency::minimum_balance()).saturating_mul(100),
		cap: WINDOW / 60,
		sale_from: now,
		sale_until: now + WINDOW,
		usable_from: now,
		usable_until: now + WINDOW,
		redeem_shares: RedeemShares {
			before: Perbill::one(),
			during: T::MinRedeemShare::get(),
			after: T::MinRedeemShare::get(),
		},
		transferable: true,
	}
}

fn terms<T: Config>() -> LeaseTermsOf<T> {
	let steps = (0..MAX_CANCELLATION_STEPS)
		.map(|step| CancellationStep {
			notice: 86_400 * (MAX_CANCELLATION_STEPS - step),
			share: T::MinCancellationShare::get().max(Perbill::from_percent(step)),
		})
		.collect::<vec::Vec<_>>();
	let refused = (0..MAX_LISTED_ACCOUNTS)
		.map(|number| account("refused", number, 0))
		.collect::<vec::Vec<_>>();
	LeaseTermsOf::<T> {
		min_duration: 60,
		max_duration: T::MaxDuration::get(),
		advance_limit: T::MaxAdvance::get(),
		turnaround: 0,
		acceptance: Acceptance::Automatic,
		cancellation: steps.try_into().unwrap(),
		tenant_notice: 0,
		owner_notice: 0,
		owner_penalty: Perbill::from_percent(10),
		penalty_free_share: Perbill::zero(),
		damage_deposit: 0,
		arbiters: Default::default(),
		custody: Custody::Remote,
		evidence: EvidencePolicy::Heartbeat { max_gap: T::MaxHeartbeatGap::get() },
		objection_window: 0,
		legal: LegalText {
			document: [7; 32].into(),
			uri: vec![b'u'; MAX_URI as usize].try_into().unwrap(),
		},
		admission: Admission::Except(refused.try_into().unwrap()),
		required_endorsement: None,
		geofence: None,
	}
}

// None of its members is to be had, so that all are looked at; each is booked as often as can be.
fn fleet<T: Config>(owner: &T::AccountId, members: u32) -> FleetId {
	start_clock::<T>();
	fund::<T>(owner);
	let fleet = T::Devices::benchmark_fleet(owner, members);
	for member in T::Devices::fleet_members(fleet) {
		T::Leases::benchmark_taken(member);
	}
	fleet
}

// A series of a fleet with as many windows as there can be, and more changes past than a call notes.
fn busy_fleet<T: Config>(owner: &T::AccountId, members: u32) -> (FleetId, SeriesId) {
	let fleet = fleet::<T>(owner, members);
	let series = series_of::<T>(owner, Subject::Fleet(fleet));
	fill_windows::<T>(Subject::Fleet(fleet), T::MaxWindowsPerSubject::get());
	pass_changes::<T>(fleet, BACKLOG);
	(fleet, series)
}

// A series of a device that is to be had and booked as often as can be, with as many windows as there
// can be.
fn busy_device<T: Config>(owner: &T::AccountId) -> SeriesId {
	start_clock::<T>();
	fund::<T>(owner);
	let device = T::Devices::benchmark_device(owner, PublicKey::Secp256k1([7; 33]));
	T::Leases::benchmark_taken(device);
	T::Leases::benchmark_to_be_had(device);
	let series = series_of::<T>(owner, Subject::Device(device));
	fill_windows::<T>(Subject::Device(device), T::MaxWindowsPerSubject::get());
	series
}

// Windows to come, each with an open series, until there are `count` in all.
fn fill_windows<T: Config>(subject: Subject, count: u32) {
	add_windows::<T>(subject, Pallet::<T>::now() + WINDOW, count);
}

// Windows of a second each from `start` on, until there are `count` in all.
fn add_windows<T: Config>(subject: Subject, start: Moment, count: u32) {
	let mut ledgers = Windows::<T>::get(subject);
	for index in ledgers.len() as u64..u64::from(count) {
		let from = start + index;
		let ledger = WindowLedger {
			from,
			until: from + 1,
			outstanding_seconds: 0,
			open_series: 1,
			series: 1,
			booked_from: from,
			booked_seconds: 0,
			returnable_seconds: 0,
			returnable_until: 0,
		};
		ledgers.try_push(ledger).unwrap();
	}
	Windows::<T>::insert(subject, ledgers);
}

#[benchmarks]
mod benchmarks {
	use super::*;

	// Worst case: a fleet; all windows but one are taken, the new one is the first of them, the terms
	// have their greatest length, all calendars are read, and in the fleet's time there is much to note.
	#[benchmark]
	fn create_series(m: Linear<0, { T::Devices::max_fleet_members() }>) {
		let owner: T::AccountId = whitelisted_caller();
		let fleet = fleet::<T>(&owner, m);
		pass_changes::<T>(fleet, BACKLOG);
		let subject = Subject::Fleet(fleet);
		fill_windows::<T>(subject, T::MaxWindowsPerSubject::get() - 1);
		let (sale, terms) = (sale::<T>(), terms::<T>());
		T::Consideration::ensure_successful(
			&owner,
			Pallet::<T>::footprint(&owner, &subject, &sale, &terms),
		);
		let series = NextSeriesId::<T>::get();

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), subject, sale, Box::new(terms));

		assert!(Series::<T>::contains_key(series));
		assert_eq!(Windows::<T>::get(subject).len() as u32, T::MaxWindowsPerSubject::get());
	}

	// Worst case: a fleet with all windows taken, of which the series' own is dropped.
	#[benchmark]
	fn close_series() {
		let owner: T::AccountId = whitelisted_caller();
		let (_, series) = busy_fleet::<T>(&owner, 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), series);

		assert!(Series::<T>::get(series).is_some_and(|record| record.closed_at.is_some()));
	}

	// Worst case: the first purchase, which makes the hold of the series and the buyer's asset account,
	// of a device with a full calendar.
	#[benchmark]
	fn buy_device() {
		let owner: T::AccountId = account("owner", 0, 0);
		let series = busy_device::<T>(&owner);
		let buyer: T::AccountId = whitelisted_caller();
		fund::<T>(&buyer);

		#[extrinsic_call]
		buy(RawOrigin::Signed(buyer.clone()), series, 10, Balance::MAX);

		assert_eq!(T::Units::balance(series, &buyer), 10);
	}

	// The same from a fleet in whose time there is much to note.
	#[benchmark]
	fn buy_fleet() {
		let owner: T::AccountId = account("owner", 0, 0);
		let (_, series) = busy_fleet::<T>(&owner, 1);
		let buyer: T::AccountId = whitelisted_caller();
		fund::<T>(&buyer);

		#[extrinsic_call]
		buy(RawOrigin::Signed(buyer.clone()), series, 10, Balance::MAX);

		assert_eq!(T::Units::balance(series, &buyer), 10);
	}

	// Worst case: the last units of a device's series, so that the hold and the asset account go. The
	// device is to be had, so that the owner gets a part.
	#[benchmark]
	fn redeem_device() {
		let owner: T::AccountId = account("owner", 0, 0);
		let series = busy_device::<T>(&owner);
		let holder: T::AccountId = whitelisted_caller();
		fund::<T>(&holder);
		give_units::<T>(series, &holder, 10);
		let before = T::Currency::balance(&owner);

		#[extrinsic_call]
		redeem(RawOrigin::Signed(holder.clone()), series, 10);

		assert_eq!(T::Units::balance(series, &holder), 0);
		assert_eq!(Pallet::<T>::outstanding(series), 0);
		assert!(T::Currency::balance(&owner) > before, "the owner got a part");
	}

	// Worst case: the last units of a fleet's series, so that the hold and the asset account go, and in
	// the fleet's time there is much to note. The last member is to be had, so that all are looked at
	// and the owner gets a part. Without members: a closed series.
	#[benchmark]
	fn redeem_fleet(m: Linear<0, { T::Devices::max_fleet_members() }>) {
		let owner: T::AccountId = account("owner", 0, 0);
		let (fleet, series) = busy_fleet::<T>(&owner, m.max(1));
		if let Some(last) = T::Devices::fleet_members(fleet).last() {
			T::Leases::benchmark_to_be_had(*last);
		}
		let holder: T::AccountId = whitelisted_caller();
		fund::<T>(&holder);
		give_units::<T>(series, &holder, 10);
		if m == 0 {
			Pallet::<T>::do_close_series(&owner, series).unwrap();
		}
		pass_changes::<T>(fleet, BACKLOG);

		#[extrinsic_call]
		redeem(RawOrigin::Signed(holder.clone()), series, 10);

		assert_eq!(T::Units::balance(series, &holder), 0);
		assert_eq!(Pallet::<T>::outstanding(series), 0);
	}

	// Worst case: this is the last step, after as many accounts and approvals as it can be.
	#[benchmark]
	fn reap_series(a: Linear<0, { REAPED_AT_ONCE - 1 }>, p: Linear<0, { REAPED_AT_ONCE - 1 }>) {
		let owner: T::AccountId = account("owner", 0, 0);
		let (fleet, series) = busy_fleet::<T>(&owner, 1);
		for index in 0..a.max(p) {
			let holder: T::AccountId = account("holder", index, 0);
			fund::<T>(&holder);
			if index < a {
				T::Units::mint_into(series, &holder, 1).unwrap();
			}
			if index < p {
				T::Units::approve(series, &holder, &owner, 1).unwrap();
			}
		}
		// Accounts without units can't be made from here; what is reaped is the same.
		T::Units::set_total_issuance(series, 0);
		Series::<T>::mutate(series, |record| record.as_mut().unwrap().sold = 1);
		Pallet::<T>::do_close_series(&owner, series).unwrap();
		pass_changes::<T>(fleet, BACKLOG);

		#[extrinsic_call]
		_(RawOrigin::Signed(whitelisted_caller()), series);

		assert!(!Series::<T>::contains_key(series));
		assert!(!T::Units::asset_exists(series));
	}

	// Worst case: one more change is to come, which is looked at too.
	#[benchmark]
	fn catch_up(c: Linear<0, { MAX_CATCH_UP }>) {
		let owner: T::AccountId = account("owner", 0, 0);
		let fleet = fleet::<T>(&owner, 1);
		series_of::<T>(&owner, Subject::Fleet(fleet));
		fill_windows::<T>(Subject::Fleet(fleet), T::MaxWindowsPerSubject::get());
		pass_changes::<T>(fleet, c);
		FleetChanges::<T>::insert(fleet, MomentKey::from(Pallet::<T>::now() + 1), 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(whitelisted_caller()), fleet);

		assert_eq!(FleetTimes::<T>::get(fleet).unwrap().as_of, Pallet::<T>::now());
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}

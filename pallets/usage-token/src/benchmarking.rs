// SPDX-License-Identifier: Apache-2.0

//! Benchmarks, and what neighbours need for theirs.

#![allow(clippy::arithmetic_side_effects, clippy::unwrap_used)]

use super::*;
use alloc::{boxed::Box, vec};
use frame_benchmarking::v2::*;
use frame_support::traits::{
	fungible::{Inspect, Mutate},
	fungibles::{Inspect as _, Mutate as _},
	tokens::fungible::hold::Mutate as _,
	Consideration, Get,
};
use frame_system::RawOrigin;
use sp_runtime::Perbill;
use tenure_primitives::{
	series::RedeemShares, terms::MAX_CANCELLATION_STEPS, traits::Devices, Acceptance, Admission,
	Balance, CancellationStep, Custody, DeviceId, EvidencePolicy, LegalText, PublicKey,
	SaleConditions, SeriesId, Subject, Units, MAX_URI,
};

/// Seconds of the usable window.
const WINDOW: u64 = 366 * 86_400;

/// Enough for every deposit and every purchase here.
const FORTUNE: Balance = 1 << 100;

/// An open series of minutes for the device, which can be bought and booked now, with the longest
/// texts and ladders.
pub(crate) fn series<T: Config>(owner: &T::AccountId, device: DeviceId) -> SeriesId {
	fund::<T>(owner);
	let (subject, sale, terms) = (Subject::Device(device), sale::<T>(), terms::<T>());
	T::Consideration::ensure_successful(
		owner,
		Pallet::<T>::footprint(owner, &subject, &sale, &terms),
	);
	Pallet::<T>::do_create_series(owner.clone(), subject, sale, terms).unwrap()
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

/// Offers the device in its owner's name.
pub(crate) fn offer<T: Config>(device: DeviceId) {
	let owner = T::Devices::device(device).unwrap().owner;
	series::<T>(&owner, device);
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
		admission: Admission::Anyone,
		required_endorsement: None,
		geofence: None,
	}
}

fn device<T: Config>(owner: &T::AccountId) -> DeviceId {
	fund::<T>(owner);
	T::Devices::benchmark_device(owner, PublicKey::Sr25519([1; 32]))
}

// All other windows that a subject has room for, each with an open series.
fn fill_windows<T: Config>(subject: Subject) {
	let start = Pallet::<T>::now() + WINDOW;
	let mut ledgers = Windows::<T>::get(subject);
	for index in ledgers.len() as u64..u64::from(T::MaxWindowsPerSubject::get()) - 1 {
		let from = start + index;
		let ledger = WindowLedger { from, until: from + 1, outstanding_seconds: 0, open_series: 1 };
		ledgers.try_push(ledger).unwrap();
	}
	Windows::<T>::insert(subject, ledgers);
}

#[benchmarks]
mod benchmarks {
	use super::*;

	// Worst case: all windows but one are taken, the new one is the first of them, and the terms have
	// their greatest length.
	#[benchmark]
	fn create_series() {
		let owner: T::AccountId = whitelisted_caller();
		let subject = Subject::Device(device::<T>(&owner));
		fill_windows::<T>(subject);
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

	// Worst case: all windows are taken, and the series' own is dropped.
	#[benchmark]
	fn close_series() {
		let owner: T::AccountId = whitelisted_caller();
		let device = device::<T>(&owner);
		let series = series::<T>(&owner, device);
		fill_windows::<T>(Subject::Device(device));

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), series);

		assert!(Series::<T>::get(series).is_some_and(|record| record.closed_at.is_some()));
	}

	// Worst case: the first purchase, which makes the hold of the series and the buyer's asset account.
	#[benchmark]
	fn buy() {
		let owner: T::AccountId = account("owner", 0, 0);
		let device = device::<T>(&owner);
		let series = series::<T>(&owner, device);
		fill_windows::<T>(Subject::Device(device));
		let buyer: T::AccountId = whitelisted_caller();
		fund::<T>(&buyer);

		#[extrinsic_call]
		_(RawOrigin::Signed(buyer.clone()), series, 10, Balance::MAX);

		assert_eq!(T::Units::balance(series, &buyer), 10);
	}

	// Worst case: inside the usable window the owner gets a part; these are the last units, so that the
	// hold and the asset account go.
	#[benchmark]
	fn redeem() {
		let owner: T::AccountId = account("owner", 0, 0);
		let device = device::<T>(&owner);
		let series = series::<T>(&owner, device);
		fill_windows::<T>(Subject::Device(device));
		let holder: T::AccountId = whitelisted_caller();
		fund::<T>(&holder);
		give_units::<T>(series, &holder, 10);

		#[extrinsic_call]
		_(RawOrigin::Signed(holder.clone()), series, 10);

		assert_eq!(T::Units::balance(series, &holder), 0);
		assert_eq!(Pallet::<T>::outstanding(series), 0);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}

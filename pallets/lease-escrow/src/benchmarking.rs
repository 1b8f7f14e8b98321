// SPDX-License-Identifier: Apache-2.0

//! Benchmarks. The worst case is a member of a fleet, which is told of each change of its calendar, and
//! a full calendar with the lease in question in front, so that grants are rewritten with two leases
//! that follow.

mod disputes;
mod scene;

pub(crate) use disputes::contested;
pub use scene::{add_co_signed, bond_plenty, book_ahead, fill_calendar, offer_to_all, take_time};

use crate::{
	types::minute_from, Bonds, Calendars, Call, Config, Custodies, DevicesOut, Disputes,
	HoldReason, LateClaim, Leases, MinuteKey, NextLeaseId, Outages, OwnerBond, Pallet, Unbondings,
	MAX_CLAIMS, MAX_GROUP, MAX_UNBONDINGS,
};
use disputes::*;
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{
		fungible::{hold::Inspect as _, Inspect},
		Get, OnTimestampSet,
	},
	weights::WeightMeter,
};
use frame_system::RawOrigin;
use scene::*;
use sp_core::H256;
use tenure_lease_math::{Outage, MINUTE};
use tenure_primitives::{
	traits::{BenchmarkClock, Evidence, UsageUnits},
	Balance, DisputeId, DisputeKind, LeaseId, LeaseWindow, Moment, PublicKey,
};

#[benchmarks]
mod benchmarks {
	use super::*;

	// Of an owner that already has a bond.
	#[benchmark]
	fn bond() {
		let Scene { owner, .. } = scene::<T>();
		let amount = T::Currency::minimum_balance();
		let before = Bonds::<T>::get(&owner);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner.clone()), amount);

		assert_eq!(Bonds::<T>::get(&owner), OwnerBond { held: before.held + amount, ..before });
	}

	// Of a part, so that the record is written. One place in the queue is left.
	#[benchmark]
	fn unbond() {
		let Scene { owner, .. } = scene::<T>();
		let before = Bonds::<T>::get(&owner).held;
		unbond_in_parts::<T>(&owner, MAX_UNBONDINGS - 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner.clone()), before / 2);

		assert_eq!(Unbondings::<T>::get(&owner).len() as u32, MAX_UNBONDINGS);
	}

	// All parts but one are due, so that the queue is written.
	#[benchmark]
	fn withdraw_unbonded() {
		let Scene { owner, .. } = scene::<T>();
		unbond_in_parts::<T>(&owner, MAX_UNBONDINGS - 1);
		let due = NOW + Moment::from(T::UnbondingDelay::get());
		T::BenchmarkClock::set_time(due);
		unbond_in_parts::<T>(&owner, 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner.clone()));

		assert_eq!(Unbondings::<T>::get(&owner).len(), 1);
	}

	// In front of a full calendar that has to be cleaned up.
	#[benchmark]
	fn rent() {
		let scene = scene::<T>();
		scene.fill_behind();
		let id = NextLeaseId::<T>::get();

		#[extrinsic_call]
		_(
			RawOrigin::Signed(scene.tenant.clone()),
			scene.series,
			scene.device,
			Some(NOW),
			scene.units,
			Balance::MAX,
			scene.text,
			KEY,
			None,
		);

		assert!(Leases::<T>::contains_key(id));
	}

	// The same with units that the tenant has.
	#[benchmark]
	fn book() {
		let scene = scene::<T>();
		scene.fill_behind();
		T::Units::benchmark_units(scene.series, &scene.tenant, scene.units);
		let id = NextLeaseId::<T>::get();

		#[extrinsic_call]
		_(
			RawOrigin::Signed(scene.tenant.clone()),
			scene.series,
			scene.device,
			Some(NOW),
			scene.units,
			scene.text,
			KEY,
			None,
		);

		assert!(Leases::<T>::contains_key(id));
	}

	// Units go back, owner and treasury are paid, and the pause after the lease before comes back.
	#[benchmark]
	fn cancel() {
		let scene = scene::<T>();
		let id = scene.lease(NOW + 60);
		scene.follow_another(id, MINUTE);

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.tenant.clone()), id);

		assert!(!Leases::<T>::contains_key(id));
	}

	// Units go back, part of one in money; owner and treasury are paid; a pause comes back.
	#[benchmark]
	fn cancel_receipts() {
		let scene = scene::<T>();
		let id = scene.co_signed_lease(NOW + 60);
		scene.follow_another(id, MINUTE);

		#[extrinsic_call]
		cancel(RawOrigin::Signed(scene.tenant.clone()), id);

		assert!(!Leases::<T>::contains_key(id));
	}

	// Units go back.
	#[benchmark]
	fn end() {
		let scene = scene::<T>();
		let id = scene.lease(NOW);

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.tenant.clone()), id);

		assert!(Leases::<T>::get(id).is_some_and(|lease| lease.ended_early));
	}

	// In front of a full calendar, one of the two grants.
	#[benchmark]
	fn set_access_key() {
		let scene = scene::<T>();
		let id = scene.lease(NOW);
		let key = PublicKey::Secp256k1([8; 33]);

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.tenant.clone()), id, key);

		assert!(Leases::<T>::get(id).is_some_and(|lease| lease.access_key == key));
	}

	// In place of another one.
	#[benchmark]
	fn set_payout() {
		let scene = scene::<T>();
		let id = scene.lease(NOW);
		let before = Leases::<T>::get(id).expect("it is open").payout;

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.tenant.clone()), id, Some(longest_address(2)));

		assert!(Leases::<T>::get(id).is_some_and(|lease| lease.payout != before));
	}

	// One unit of the tenant's own, one that it buys.
	#[benchmark]
	fn extend() {
		let scene = scene::<T>();
		let id = scene.lease(NOW);
		T::Units::benchmark_units(scene.series, &scene.tenant, 1);
		let before = Leases::<T>::get(id).expect("it is open").until;

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.tenant.clone()), id, 2, Balance::MAX);

		assert!(Leases::<T>::get(id).is_some_and(|lease| lease.until > before));
	}

	// Before the start: the tenant gets everything back, with a penalty, and a pause comes back.
	#[benchmark]
	fn revoke() {
		let scene = scene::<T>();
		let id = scene.lease(NOW + 60);
		scene.follow_another(id, MINUTE);
		let bonded = Bonds::<T>::get(&scene.owner).held;

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.owner.clone()), id);

		assert!(!Leases::<T>::contains_key(id));
		assert!(Bonds::<T>::get(&scene.owner).held < bonded, "a penalty was paid");
	}

	// While it runs: its end moves.
	#[benchmark]
	fn revoke_running() {
		let scene = scene::<T>();
		let id = scene.lease(NOW);

		#[extrinsic_call]
		revoke(RawOrigin::Signed(scene.owner.clone()), id);

		assert!(Leases::<T>::get(id).is_some_and(|lease| lease.is_revoked()));
	}

	// As for `settle_close`, each lease of another device, owner and tenant.
	#[benchmark]
	fn claim(n: Linear<0, { MAX_CLAIMS }>) {
		T::BenchmarkClock::set_time(NOW);
		rich::<T>(T::Treasury::get());
		let mut over = NOW;
		let mut leases = alloc::vec::Vec::new();
		for number in 0..n {
			let scene = scene_apart::<T>(number);
			let id = scene.lease(NOW);
			let lease = scene.serve_half(id, NOW);
			over = over.max(lease.until + gap_of(&lease) + neglect::<T>());
			leases.push(id);
		}
		T::BenchmarkClock::set_time(over);
		let leases = frame_support::BoundedVec::truncate_from(leases);
		let (keeper, before) = keeper::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(keeper.clone()), leases.clone());

		assert!(!leases.iter().any(Leases::<T>::contains_key));
		assert!(n == 0 || T::Currency::balance(&keeper) > before, "the keeper was paid");
	}

	// Owner and treasury are paid for a minute that was noted long enough ago; the end is noted, the
	// evidence not final yet.
	#[benchmark]
	fn settle() {
		let scene = scene::<T>();
		let id = scene.lease(NOW);
		let until = Leases::<T>::get(id).expect("it is open").until;
		scene.serve_half(id, until - 1);
		note_a_minute::<T>(id);
		T::BenchmarkClock::set_time(until);
		let keeper: T::AccountId = account("keeper", 0, 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(keeper), id);

		assert!(
			Leases::<T>::get(id).is_some_and(|lease| lease.end_noted && lease.paid_to_payee > 0)
		);
	}

	// All at once and late: the end is noted, owner, treasury and keeper are paid, the tenant gets back
	// what was not served, with a penalty.
	#[benchmark]
	fn settle_close() {
		let scene = scene::<T>();
		let id = scene.lease(NOW);
		let lease = scene.serve_half(id, NOW);
		T::BenchmarkClock::set_time(lease.until + gap_of(&lease) + neglect::<T>());
		let (keeper, before) = keeper::<T>();
		let bonded = Bonds::<T>::get(&scene.owner).held;

		#[extrinsic_call]
		settle(RawOrigin::Signed(keeper.clone()), id);

		assert!(!Leases::<T>::contains_key(id));
		let held = T::Currency::balance_on_hold(&HoldReason::OwnerBond.into(), &scene.owner);
		assert!(held < bonded, "a penalty was paid");
		assert!(T::Currency::balance(&keeper) > before, "the keeper was paid");
	}

	// All at once and late: the end is noted, owner, treasury and keeper are paid, the tenant gets units
	// back, part of one in money, and a penalty.
	#[benchmark]
	fn settle_close_receipts() {
		let scene = scene::<T>();
		let (id, over) = scene.co_signed_lease_to_close();
		T::BenchmarkClock::set_time(over + neglect::<T>());
		let (keeper, before) = keeper::<T>();
		let bonded = Bonds::<T>::get(&scene.owner).held;

		#[extrinsic_call]
		settle(RawOrigin::Signed(keeper.clone()), id);

		assert!(!Leases::<T>::contains_key(id));
		assert!(T::Units::units_of(scene.series, &scene.tenant) > 0, "units went back");
		assert!(Bonds::<T>::get(&scene.owner).held < bonded, "a penalty was paid");
		assert!(T::Currency::balance(&keeper) > before, "the keeper was paid");
	}

	// After a standstill; the oldest outage has to go.
	#[benchmark]
	fn note_outage() {
		stand_still_often::<T>();
		let now = NOW + Moment::from(T::OutageThreshold::get()) + 1;

		#[block]
		{
			Pallet::<T>::on_timestamp_set(now * 1_000);
		}

		assert_eq!(Outages::<T>::get().last(), Some(&Outage { from: NOW, until: now }));
	}

	// In front of a calendar that has to be cleaned up, without the pause after the lease before.
	#[benchmark]
	fn accept() {
		let scene = scene::<T>();
		let id = scene.request(NOW + 60);
		scene.follow_another(id, 0);
		scene.add_stale();

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.owner.clone()), id);

		assert!(Leases::<T>::get(id).is_some_and(|lease| !lease.is_request()));
	}

	// The tenant gets everything back.
	#[benchmark]
	fn decline() {
		let scene = scene::<T>();
		let id = scene.request(NOW + 60);

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.owner.clone()), id);

		assert!(!Leases::<T>::contains_key(id));
	}

	// In place of no other offer.
	#[benchmark]
	fn offer_lease() {
		let scene = scene::<T>();
		let id = scene.lease(NOW);
		Pallet::<T>::do_withdraw_lease_offer(scene.tenant.clone(), id).expect("it is offered");

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.tenant.clone()), id, scene.other_tenant(), 1);

		assert!(Leases::<T>::get(id).is_some_and(|lease| lease.is_offered));
	}

	#[benchmark]
	fn withdraw_lease_offer() {
		let scene = scene::<T>();
		let id = scene.lease(NOW);

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.tenant.clone()), id);

		assert!(Leases::<T>::get(id).is_some_and(|lease| !lease.is_offered));
	}

	// One that receipts pay, with a payout address, for money.
	#[benchmark]
	fn accept_lease() {
		let scene = scene::<T>();
		let id = scene.co_signed_lease(NOW);
		let to = rich::<T>(scene.other_tenant());
		let price = T::Currency::minimum_balance();
		Pallet::<T>::do_offer_lease(scene.tenant.clone(), id, to.clone(), price)
			.expect("it is not ending");

		#[extrinsic_call]
		_(RawOrigin::Signed(to.clone()), id, PublicKey::Secp256k1([8; 33]), scene.text, price);

		assert!(Leases::<T>::get(id).is_some_and(|lease| lease.tenant == to));
	}

	// One unit of the tenant's own, others that it buys; a pause is waived and an entry cleaned up.
	#[benchmark]
	fn follow() {
		let scene = scene::<T>();
		let id = scene.lease(NOW);
		let ahead = T::MaxBookings::get() - T::ReservedBookings::get();
		Calendars::<T>::mutate(scene.device, |calendar| calendar.truncate(ahead as usize - 1));
		Leases::<T>::mutate_extant(id, |lease| lease.turnaround = 60);
		let lease = Leases::<T>::get(id).expect("it is open");
		Pallet::<T>::move_entry_end(scene.device, id, lease.until, lease.free_from());
		T::Units::benchmark_units(scene.other_series, &scene.tenant, 1);
		let next = NextLeaseId::<T>::get();

		#[extrinsic_call]
		_(
			RawOrigin::Signed(scene.tenant.clone()),
			id,
			scene.other_series,
			scene.units,
			Balance::MAX,
			scene.text,
			None,
		);

		assert!(Leases::<T>::get(next).is_some_and(|lease| lease.previous == Some(id)));
		assert!(Leases::<T>::get(id).is_some_and(|lease| lease.waived_pause == 60));
	}

	// As for `rent`, each lease of another device.
	#[benchmark]
	fn rent_fleet(n: Linear<1, { MAX_GROUP }>) {
		let scene = fleet_scene::<T>(n);
		let devices = scene.members();
		devices.iter().for_each(|device| scene.fill_calendar_of(*device));
		let devices = frame_support::BoundedVec::truncate_from(devices);
		let first = NextLeaseId::<T>::get();

		#[extrinsic_call]
		_(
			RawOrigin::Signed(scene.tenant.clone()),
			scene.series,
			devices,
			Some(NOW),
			scene.units,
			Balance::MAX,
			scene.text,
			KEY,
			None,
		);

		assert_eq!(NextLeaseId::<T>::get(), first + LeaseId::from(n));
	}

	// Of a lease with a payout address; the other device's calendar has to be cleaned up.
	#[benchmark]
	fn substitute() {
		let scene = fleet_scene::<T>(2);
		let id = scene.lease(NOW);
		Leases::<T>::mutate_extant(id, |lease| {
			lease.evidence = HEARTBEAT;
		});
		Calendars::<T>::mutate(scene.device, |calendar| {
			let entry = calendar.iter_mut().next().expect("the lease is in it");
			entry.evidence = HEARTBEAT;
		});
		T::BenchmarkClock::set_time(NOW + 2 * MINUTE);
		let other = *scene.members().last().expect("there are two");
		scene.fill_calendar_of(other);
		// It was seen with the others.
		let last = LeaseWindow { lease: 0, from: NOW, until: NOW, evidence: HEARTBEAT };
		T::Evidence::benchmark_served(scene.device, &last, NOW);
		let by = NextLeaseId::<T>::get();

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.tenant.clone()), id, other);

		assert!(Leases::<T>::get(id).is_some_and(|lease| lease.substituted_by == Some(by)));
	}

	// Nothing is due.
	#[benchmark]
	fn sweep_base() {
		let scene = scene::<T>();
		let id = scene.lease(NOW);
		let mut meter = WeightMeter::new();

		#[block]
		{
			Pallet::<T>::sweep(&mut meter);
		}

		assert!(Leases::<T>::get(id).is_some_and(|lease| !lease.end_noted));
	}

	// Half of it is left, and it is filed under another minute.
	#[benchmark]
	fn sweep_warn() {
		let scene = scene::<T>();
		let id = scene.lease(NOW);
		let (lease, soon) = (Leases::<T>::get(id).expect("it is open"), NOW + 2 * MINUTE);
		T::BenchmarkClock::set_time(soon);
		let minute = MinuteKey::from(lease.deadline);
		Pallet::<T>::file(id, lease, minute, minute_from(soon), NOW);
		let mut meter = WeightMeter::new();

		#[block]
		{
			Pallet::<T>::sweep(&mut meter);
		}

		assert!(Leases::<T>::get(id).is_some_and(|lease| lease.deadline > minute_from(soon)));
	}

	// The end is noted and the lease filed under another minute. Nothing of it is proven, which has to be
	// looked up.
	#[benchmark]
	fn sweep_end() {
		let scene = scene::<T>();
		let id = scene.lease(NOW);
		let lease = Leases::<T>::get(id).expect("it is open");
		let until = lease.until;
		let other = LeaseWindow { until: lease.from + MINUTE, ..lease.window(LeaseId::MAX) };
		T::Evidence::benchmark_served(scene.device, &other, until - 1);
		T::BenchmarkClock::set_time(until);
		let mut meter = WeightMeter::new();

		#[block]
		{
			Pallet::<T>::sweep(&mut meter);
		}

		assert!(Leases::<T>::get(id).is_some_and(|lease| lease.end_noted));
	}

	// As for `settle_close`.
	#[benchmark]
	fn sweep_close() {
		let scene = scene::<T>();
		let id = scene.lease(NOW);
		let lease = scene.serve_half(id, NOW);
		T::BenchmarkClock::set_time(lease.until + gap_of(&lease) + 120);
		let mut meter = WeightMeter::new();

		#[block]
		{
			Pallet::<T>::sweep(&mut meter);
		}

		assert!(!Leases::<T>::contains_key(id));
	}

	// As for `settle_close_receipts`.
	#[benchmark]
	fn sweep_close_receipts() {
		let scene = scene::<T>();
		let (id, over) = scene.co_signed_lease_to_close();
		T::BenchmarkClock::set_time(over + MINUTE);
		let mut meter = WeightMeter::new();

		#[block]
		{
			Pallet::<T>::sweep(&mut meter);
		}

		assert!(!Leases::<T>::contains_key(id));
		assert!(T::Units::units_of(scene.series, &scene.tenant) > 0, "units went back");
	}

	// Half of the lease is served and nothing of it was settled.
	#[benchmark]
	fn object() {
		let (scene, id, amount) = objectable::<T>(&arbiter::<T>());

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.tenant.clone()), id, amount, H256::repeat_byte(3));

		assert!(Disputes::<T>::contains_key(id, DisputeKind::Rent));
	}

	// The claimant gets it all.
	#[benchmark]
	fn concede() {
		let (scene, DisputeId { lease, kind }) = contested::<T>(&arbiter::<T>());

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.owner.clone()), lease, kind);

		assert!(!Disputes::<T>::contains_key(lease, kind));
	}

	// Owner and treasury get it.
	#[benchmark]
	fn withdraw_claim() {
		let (scene, DisputeId { lease, kind }) = contested::<T>(&arbiter::<T>());

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.tenant.clone()), lease, kind);

		assert!(!Disputes::<T>::contains_key(lease, kind));
	}

	// It goes to the arbiter.
	#[benchmark]
	fn contest() {
		let (scene, DisputeId { lease, kind }) = objected::<T>(&arbiter::<T>());

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.owner.clone()), lease, kind);

		assert!(Disputes::<T>::get(lease, kind).is_some_and(|dispute| dispute.before_arbiter));
	}

	// Both sides and the treasury get something, both bonds go back.
	#[benchmark]
	fn settle_dispute() {
		let (_, DisputeId { lease, kind }) = contested::<T>(&arbiter::<T>());
		expire::<T>();
		let keeper: T::AccountId = account("keeper", 0, 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(keeper), lease, kind);

		assert!(!Disputes::<T>::contains_key(lease, kind));
	}

	// As for `settle_dispute`.
	#[benchmark]
	fn sweep_dispute() {
		let (_, DisputeId { lease, kind }) = contested::<T>(&arbiter::<T>());
		expire::<T>();
		let now = Pallet::<T>::now();
		let mut meter = WeightMeter::new();

		#[block]
		{
			Pallet::<T>::sweep_disputes(&mut meter, now);
		}

		assert!(!Disputes::<T>::contains_key(lease, kind));
	}

	// Before the start.
	#[benchmark]
	fn offer_handover() {
		let scene = scene::<T>();
		let id = scene.physical_lease(NOW + 60);

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.owner.clone()), id, H256::repeat_byte(3));

		assert!(Custodies::<T>::get(id).is_some_and(|custody| custody.offer.is_some()));
	}

	#[benchmark]
	fn confirm_handover() {
		let scene = scene::<T>();
		let (id, _) = scene.lease_not_taken();

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.tenant.clone()), id, H256::repeat_byte(4));

		assert_eq!(DevicesOut::<T>::get(scene.device), Some(id));
	}

	// By the tenant of a running lease, which it ends: units go back.
	#[benchmark]
	fn report_return() {
		let scene = scene::<T>();
		scene.taken_lease();
		let id = DevicesOut::<T>::get(scene.device).expect("it was taken");

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.tenant.clone()), id, H256::repeat_byte(4));

		assert!(Leases::<T>::get(id).is_some_and(|lease| lease.ended_early));
	}

	// The owner agrees to what the tenant said: it is paid for the delay, the rest of the deposit goes
	// back, and the lease closes.
	#[benchmark]
	fn report_return_close() {
		let scene = scene::<T>();
		let lease = scene.taken_lease();
		let id = DevicesOut::<T>::get(scene.device).expect("it was taken");
		T::BenchmarkClock::set_time(lease.until + 600);
		Pallet::<T>::do_report_return(scene.tenant.clone(), id, H256::repeat_byte(4))
			.expect("it is out");

		#[extrinsic_call]
		report_return(RawOrigin::Signed(scene.owner.clone()), id, H256::repeat_byte(4));

		assert!(!Leases::<T>::contains_key(id));
	}

	// The owner claims all that is left: it is paid for the delay, the rest is frozen, the lease closes.
	#[benchmark]
	fn contest_return() {
		let scene = scene::<T>();
		let mut lease = scene.taken_lease();
		let id = DevicesOut::<T>::get(scene.device).expect("it was taken");
		lease.arbiter = Some(arbiter::<T>());
		let until = lease.until;
		Leases::<T>::insert(id, lease);
		T::BenchmarkClock::set_time(until + 600);
		Pallet::<T>::do_report_return(scene.tenant.clone(), id, H256::repeat_byte(4))
			.expect("it is out");
		let lease = Leases::<T>::get(id).expect("it is open");
		let custody = Custodies::<T>::get(id).expect("it is physical");
		let owed = Pallet::<T>::overdue_left(&lease, &custody, until + 600).unwrap_or_default();
		let amount = custody.held - owed;

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.owner.clone()), id, amount, H256::repeat_byte(5));

		assert!(!Leases::<T>::contains_key(id));
		assert!(Disputes::<T>::contains_key(id, DisputeKind::Damage));
	}

	// The tenant did not take the device: units go back, owner, treasury and keeper are paid, the fleet is
	// told.
	#[benchmark]
	fn settle_close_custody() {
		let scene = scene::<T>();
		let (id, over) = scene.lease_not_taken();
		T::BenchmarkClock::set_time(over + neglect::<T>());
		let (keeper, before) = keeper::<T>();

		#[extrinsic_call]
		settle(RawOrigin::Signed(keeper.clone()), id);

		assert!(!Leases::<T>::contains_key(id));
		assert!(T::Units::units_of(scene.series, &scene.tenant) > 0, "units went back");
		assert!(T::Currency::balance(&keeper) > before, "the keeper was paid");
	}

	#[benchmark]
	fn pay_late_claim() {
		let scene = scene::<T>();
		let lease = scene.taken_lease();
		let id = DevicesOut::<T>::get(scene.device).expect("it was taken");
		let late = lease.until + 600;
		T::BenchmarkClock::set_time(late);
		let mut custody = Custodies::<T>::get(id).expect("it is physical");
		let owed = Pallet::<T>::overdue_left(&lease, &custody, late).unwrap_or_default();
		let (tenant, before) = keeper::<T>();
		let waiting = LateClaim { lease: id + 1, tenant: tenant.clone(), amount: owed };
		custody.claims.try_push(waiting).expect("there are none");

		#[block]
		{
			Pallet::<T>::pay_late_claims(id, &lease, &mut custody, late).expect("it is there");
		}

		assert!(owed > 0);
		assert_eq!(T::Currency::balance(&tenant), before + owed);
	}

	// The tenant did not bring the device back, which leaves its fleet by that.
	#[benchmark]
	fn settle_forfeit() {
		let scene = scene::<T>();
		let lease = scene.taken_lease();
		scene.space_out();
		let id = DevicesOut::<T>::get(scene.device).expect("it was taken");
		T::BenchmarkClock::set_time(lease.until + 86_400 + neglect::<T>());
		let (keeper, before) = keeper::<T>();

		#[extrinsic_call]
		settle(RawOrigin::Signed(keeper.clone()), id);

		assert!(!Leases::<T>::contains_key(id));
		assert!(Pallet::<T>::was_not_returned(scene.device));
		assert!(T::Currency::balance(&keeper) > before, "the keeper was paid");
	}

	// As for `settle_close_custody`.
	#[benchmark]
	fn sweep_close_custody() {
		let scene = scene::<T>();
		let (id, over) = scene.lease_not_taken();
		T::BenchmarkClock::set_time(over + MINUTE);
		let mut meter = WeightMeter::new();

		#[block]
		{
			Pallet::<T>::sweep(&mut meter);
		}

		assert!(!Leases::<T>::contains_key(id));
	}

	// As for `settle_forfeit`.
	#[benchmark]
	fn sweep_forfeit() {
		let scene = scene::<T>();
		let lease = scene.taken_lease();
		scene.space_out();
		let id = DevicesOut::<T>::get(scene.device).expect("it was taken");
		// Its end is noted before.
		T::BenchmarkClock::set_time(lease.until);
		Pallet::<T>::do_settle(&scene.owner, id).expect("it can be settled");
		T::BenchmarkClock::set_time(lease.until + 86_400 + MINUTE);
		let mut meter = WeightMeter::new();

		#[block]
		{
			Pallet::<T>::sweep(&mut meter);
		}

		assert!(!Leases::<T>::contains_key(id));
		assert!(Pallet::<T>::was_not_returned(scene.device));
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::ExtBuilder::default().build(),
		crate::mock::Runtime
	);
}

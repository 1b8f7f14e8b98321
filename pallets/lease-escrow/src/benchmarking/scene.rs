// SPDX-License-Identifier: Apache-2.0

//! What benchmarks begin with, here and in the pallets that this one tells of leases.

use crate::{
	booking::{Place, Plan},
	types::minute_from,
	BlockTime, Bonds, BookingRequest, Calendars, Config, CustodyRecord, Deadlines, DevicesOut,
	Entry, HoldReason, LastBlockTime, Lease, LeaseOf, Leases, Lifetimes, MinuteKey, NextLeaseId,
	OutageRing, Outages, Pallet, MAX_OUTAGES, MAX_REQUESTS,
};
use frame_benchmarking::v2::*;
use frame_support::traits::{
	fungible::{hold::Mutate as _, Inspect, Mutate},
	Get,
};
use sp_core::H256;
use sp_runtime::Perbill;
use tenure_lease_math::{Outage, MINUTE};
use tenure_primitives::{
	traits::{BenchmarkClock, Devices, Evidence, UsageUnits},
	Balance, CancellationStep, Custody, DeviceId, DeviceInfo, EvidencePolicy, LeaseId, LeaseWindow,
	Moment, PayoutAddress, PublicKey, SeriesId, Units, MAX_PAYOUT_BYTES,
};

/// When benchmarks happen, a whole minute.
pub(super) const NOW: Moment = 1_800_000_000;

pub(super) const KEY: PublicKey = PublicKey::Secp256k1([9; 33]);

pub(super) const HEARTBEAT: EvidencePolicy = EvidencePolicy::Heartbeat { max_gap: 60 };

/// A minute for everything, and a day until the deposit is forfeit.
const AT_HOME: Custody = Custody::Physical {
	handover_window: 60,
	inspection: 60,
	return_grace: 60,
	overdue_percent: 150,
	forfeit_after: 86_400,
};

const RECEIPTS: EvidencePolicy =
	EvidencePolicy::CoSigned { max_lag: 60, reservation_share: Perbill::from_percent(10) };

/// Hours before [`NOW`] in which members of the fleet were leased, unseen by it.
const HOURS_BEHIND: Moment = 2;

/// An owner with a bond, its device that was just seen, the series of its fleet, and a tenant.
pub(crate) struct Scene<T: Config> {
	pub owner: T::AccountId,
	pub tenant: T::AccountId,
	pub device: DeviceId,
	pub series: SeriesId,
	/// Another one of the same device.
	pub other_series: SeriesId,
	pub units: Units,
	pub text: H256,
}

pub(super) fn rich<T: Config>(who: T::AccountId) -> T::AccountId {
	let plenty = T::Currency::minimum_balance().saturating_mul(1_000_000_000);
	T::Currency::mint_into(&who, plenty).expect("the issuance has room");
	who
}

pub(super) fn scene<T: Config>() -> Scene<T> {
	fleet_scene::<T>(1)
}

/// The same with as many devices in the fleet, of which the scene is about the first.
pub(super) fn fleet_scene<T: Config>(members: u32) -> Scene<T> {
	let before = NOW - HOURS_BEHIND * 3_600;
	T::BenchmarkClock::set_time(before);
	let owner = rich::<T>(account("owner", 0, 0));
	let tenant = rich::<T>(whitelisted_caller());
	rich::<T>(T::Treasury::get());
	let fleet = T::Devices::benchmark_fleet(&owner, members);
	let device = *T::Devices::fleet_members(fleet).first().expect("it has one");
	let series = [(); 2].map(|()| T::Units::benchmark_series(&owner, device));
	// More changes than one call has to look at.
	for from in (before + MINUTE..NOW).step_by(2 * MINUTE as usize) {
		T::Units::time_taken(fleet, from, from + MINUTE);
	}
	T::BenchmarkClock::set_time(NOW);
	finish::<T>(owner, tenant, device, series)
}

/// The same with a device in no fleet, of another owner and for another tenant.
pub(super) fn scene_apart<T: Config>(number: u32) -> Scene<T> {
	let owner = rich::<T>(account("owner", number, 1));
	let tenant = rich::<T>(account("tenant", number, 1));
	let mut key = [5; 33];
	key.iter_mut().zip(number.to_le_bytes()).for_each(|(byte, part)| *byte = part);
	let device = T::Devices::benchmark_device(&owner, PublicKey::Secp256k1(key));
	let series = [(); 2].map(|()| T::Units::benchmark_series(&owner, device));
	finish::<T>(owner, tenant, device, series)
}

/// Lets the device be seen and gives everybody the money for two leases.
fn finish<T: Config>(
	owner: T::AccountId,
	tenant: T::AccountId,
	device: DeviceId,
	[series, other_series]: [SeriesId; 2],
) -> Scene<T> {
	let nothing = LeaseWindow { lease: 0, from: NOW, until: NOW, evidence: HEARTBEAT };
	T::Evidence::benchmark_served(device, &nothing, NOW);
	stand_still_often::<T>();
	let info = T::Units::series(series).expect("it was made just now");
	// Long enough for an early end to return units.
	let seconds = info.terms.min_duration.max(info.terms.tenant_notice + 1_200);
	let units = Units::from(seconds.div_ceil(info.sale.unit_seconds)).max(4);
	let rent = info.sale.unit_price * Balance::from(units);
	T::Currency::mint_into(&tenant, rent * 2 + T::RecordDeposit::get()).expect("it has room");
	T::Currency::mint_into(&owner, rent * 2).expect("the issuance has room");
	Pallet::<T>::do_bond(owner.clone(), rent * 2).expect("the owner can pay it");
	Scene { owner, tenant, device, series, other_series, units, text: info.terms.legal.document }
}

/// Somebody who closes leases, and its balance.
pub(super) fn keeper<T: Config>() -> (T::AccountId, Balance) {
	let keeper = rich::<T>(account("keeper", 0, 0));
	let balance = T::Currency::balance(&keeper);
	(keeper, balance)
}

/// How long after the last moment of its evidence closing a lease is rewarded for sure.
pub(super) fn neglect<T: Config>() -> Moment {
	Moment::from(T::KeeperDelay::get()) + 2 * MINUTE
}

/// As many outages as are remembered, all of them long ago.
pub(super) fn stand_still_often<T: Config>() {
	let outages = (1..=Moment::from(MAX_OUTAGES))
		.map(|number| Outage { from: number * 1_000, until: number * 1_000 + 500 })
		.collect();
	Outages::<T>::put(OutageRing::truncate_from(outages));
	LastBlockTime::<T>::put(BlockTime { open: NOW, stood_still: false });
}

impl<T: Config> Scene<T> {
	/// Fills the device's calendar but for one entry. One of those is stale, so that making a lease
	/// has to clean up.
	pub fn fill_behind(&self) {
		self.fill_calendar_of(self.device);
	}

	/// The same with the calendar of any device.
	pub fn fill_calendar_of(&self, device: DeviceId) {
		let stale = Entry { lease: 0, from: 60, until: 120, free_from: 120, evidence: HEARTBEAT };
		Calendars::<T>::mutate(device, |calendar| {
			calendar.try_push(stale).expect("it was empty");
		});
		fill::<T>(device, NOW * 2, 0, T::MaxBookings::get() - 2);
	}

	/// Adds a lease that nothing depends on any more, so that the next one has to clean up.
	pub fn add_stale(&self) {
		let stale = Entry { lease: 0, from: 60, until: 120, free_from: 120, evidence: HEARTBEAT };
		Calendars::<T>::mutate(self.device, |calendar| {
			calendar.try_insert(0, stale).expect("the calendar has room");
		});
	}

	/// The devices of its fleet, each seen now and with money and bond for a lease of it.
	pub fn members(&self) -> alloc::vec::Vec<DeviceId> {
		let fleet = T::Devices::device(self.device).expect("it is there").fleet;
		let members = T::Devices::fleet_members(fleet.expect("it is in one"));
		let now = Pallet::<T>::now();
		let nothing = LeaseWindow { lease: 0, from: now, until: now, evidence: HEARTBEAT };
		let price = T::Units::series(self.series).expect("it was made").sale.unit_price;
		let rent = price * Balance::from(self.units) * members.len() as Balance;
		T::Currency::mint_into(&self.tenant, rent).expect("the issuance has room");
		T::Currency::mint_into(&self.owner, rent * 2).expect("the issuance has room");
		Pallet::<T>::do_bond(self.owner.clone(), rent).expect("the owner can pay it");
		members.iter().for_each(|device| T::Evidence::benchmark_served(*device, &nothing, now));
		members
	}

	/// A lease from `start` on, in front of a full calendar, that gives units back when it is cancelled,
	/// costs its owner a penalty, has a payout address and is offered to another tenant.
	pub fn lease(&self, start: Moment) -> LeaseId {
		let id = NextLeaseId::<T>::get();
		let request = BookingRequest {
			series: self.series,
			device: self.device,
			start: Some(start),
			units: self.units,
			legal_document: self.text,
			access_key: KEY,
			arbiter: None,
			previous: None,
			group: None,
			own_units: false,
		};
		Pallet::<T>::do_rent(self.tenant.clone(), request, Balance::MAX).expect("it can be rented");
		fill::<T>(self.device, NOW * 2, 0, T::MaxBookings::get() - 1);
		Leases::<T>::mutate(id, |lease| {
			let lease = lease.as_mut().expect("it was made just now");
			let step = CancellationStep { notice: 0, share: Perbill::from_percent(10) };
			lease.cancellation = vec_of(step);
			lease.owner_penalty = Perbill::from_percent(50);
			lease.penalty_free_seconds = 0;
			let bond = lease.owner_penalty.mul_floor(lease.escrowed);
			Bonds::<T>::mutate(&lease.payee, |owner| {
				owner.committed = owner.committed - lease.bond + bond;
			});
			lease.bond = bond;
		});
		Pallet::<T>::do_set_payout(self.tenant.clone(), id, Some(longest_address(1)))
			.expect("it is not over");
		Pallet::<T>::do_offer_lease(self.tenant.clone(), id, self.other_tenant(), 0)
			.expect("it is not ending");
		id
	}

	/// To whom the tenant offers its lease.
	pub fn other_tenant(&self) -> T::AccountId {
		account("next tenant", 0, 0)
	}

	/// A lease from `start` on, in front of a calendar with one place left, that waits for the owner as the
	/// last of its requests.
	pub fn request(&self, start: Moment) -> LeaseId {
		fill_requests::<T>(self.device, MAX_REQUESTS - 1);
		let id = self.lease(start);
		Pallet::<T>::do_set_payout(self.tenant.clone(), id, None).expect("it is not over");
		Pallet::<T>::do_withdraw_lease_offer(self.tenant.clone(), id).expect("it is offered");
		let mut lease = Leases::<T>::get(id).expect("it was made just now");
		Pallet::<T>::uncommit_bond(&lease.payee, lease.bond, 0, &lease.tenant).expect("it is");
		lease.bond = 0;
		lease.requested_until = Some(start);
		lease.own_units = true;
		Pallet::<T>::remove_entry(self.device, id);
		Pallet::<T>::add_request(self.device, lease.entry(id)).expect("one place is left");
		Pallet::<T>::refresh_grants(self.device, Pallet::<T>::now());
		Leases::<T>::insert(id, lease);
		id
	}

	/// The lease goes on from another one. So much of the minute's pause of that is waived.
	pub fn follow_another(&self, id: LeaseId, waived: Moment) {
		let previous = NextLeaseId::<T>::mutate(|next| {
			*next += 1;
			*next - 1
		});
		Leases::<T>::mutate_extant(id, |lease| lease.previous = Some(previous));
		let until = Leases::<T>::get(id).expect("it is open").from;
		let mut lease = blank::<T>(self.device, until - 600, until);
		(lease.turnaround, lease.waived_pause) = (MINUTE as u32, waived as u32);
		let fleet = T::Devices::device(self.device).expect("it is there").fleet;
		if let Some(fleet) = fleet.filter(|_| until < lease.free_from()) {
			T::Units::time_taken(fleet, until, lease.free_from());
		}
		Calendars::<T>::mutate(self.device, |calendar| {
			calendar.try_insert(0, lease.entry(previous)).expect("one place is left");
		});
		Deadlines::<T>::insert(MinuteKey::from(lease.deadline), previous, ());
		Leases::<T>::insert(previous, lease);
	}

	/// As [`Self::lease`], paid by receipts.
	pub fn co_signed_lease(&self, start: Moment) -> LeaseId {
		let id = self.lease(start);
		Leases::<T>::mutate_extant(id, |lease| lease.evidence = RECEIPTS);
		Calendars::<T>::mutate(self.device, |calendar| {
			calendar
				.iter_mut()
				.filter(|entry| entry.lease == id)
				.for_each(|entry| entry.evidence = RECEIPTS);
		});
		id
	}

	/// The same of a device that is handed over, with a deposit.
	pub fn physical_lease(&self, start: Moment) -> LeaseId {
		let id = self.lease(start);
		Calendars::<T>::mutate(self.device, |calendar| {
			calendar
				.iter_mut()
				.filter(|entry| entry.lease == id)
				.for_each(|entry| entry.evidence = EvidencePolicy::Clock);
		});
		let rent = Leases::<T>::get(id).expect("it was made just now").escrowed;
		let deposit = rent.max(T::Currency::minimum_balance()) * 10;
		T::Currency::mint_into(&self.tenant, deposit).expect("the issuance has room");
		T::Currency::hold(&HoldReason::DamageDeposit.into(), &self.tenant, deposit)
			.expect("it was minted");
		let custody = CustodyRecord::new(&AT_HOME, deposit).expect("it is physical");
		let mut lease = Leases::<T>::get(id).expect("it was made just now");
		lease.evidence = EvidencePolicy::Clock;
		Pallet::<T>::write_custody(id, lease, custody, NOW);
		id
	}

	/// The same, and its tenant has the device since the start, which is now.
	pub fn taken_lease(&self) -> LeaseOf<T> {
		let id = self.physical_lease(NOW);
		let condition = H256::repeat_byte(3);
		Pallet::<T>::do_offer_handover(self.owner.clone(), id, condition).expect("it is ahead");
		Pallet::<T>::do_confirm_handover(self.tenant.clone(), id, condition).expect("it begins");
		Leases::<T>::get(id).expect("it is open")
	}

	/// Fills what is left of the calendar anew so that no two leases touch: its fleet sees each begin and end.
	pub fn space_out(&self) {
		let kept = DevicesOut::<T>::get(self.device);
		let others = Calendars::<T>::mutate(self.device, |calendar| {
			let others: alloc::vec::Vec<Entry> =
				calendar.iter().copied().filter(|entry| Some(entry.lease) != kept).collect();
			calendar.retain(|entry| Some(entry.lease) == kept);
			others
		});
		for entry in others {
			if let Some(lease) = Leases::<T>::take(entry.lease) {
				Deadlines::<T>::remove(MinuteKey::from(lease.deadline), entry.lease);
			}
		}
		fill::<T>(self.device, NOW * 2, MINUTE, T::MaxBookings::get());
	}

	/// A lease whose tenant did not take the device, and from when that is so.
	pub fn lease_not_taken(&self) -> (LeaseId, Moment) {
		let id = self.physical_lease(NOW);
		let condition = H256::repeat_byte(3);
		Pallet::<T>::do_offer_handover(self.owner.clone(), id, condition).expect("it is ahead");
		(id, NOW + 60)
	}

	/// A lease that is paid by receipts, its last minute cut off, half of it signed for. Its close gives
	/// units and part of one back and costs its owner a penalty. Returns its number and when its receipts
	/// are final.
	pub fn co_signed_lease_to_close(&self) -> (LeaseId, Moment) {
		let id = self.co_signed_lease(NOW);
		let mut lease = Leases::<T>::get(id).expect("it was made just now");
		lease.cut_off_seconds = MINUTE;
		let until = lease.until - MINUTE;
		Pallet::<T>::shorten(id, lease, until, NOW);
		let lease = self.serve_half(id, NOW);
		let proof = T::Evidence::proven(self.device, &lease.window(id));
		(id, lease.until.max(proof.final_from))
	}

	/// Half of the lease is served; the device was last seen at `seen`.
	pub fn serve_half(&self, id: LeaseId, seen: Moment) -> LeaseOf<T> {
		let lease = Leases::<T>::get(id).expect("it is open");
		let half = (lease.seconds() / 2 / MINUTE).max(1) * MINUTE;
		let window = LeaseWindow { until: lease.from + half, ..lease.window(id) };
		T::Evidence::benchmark_served(self.device, &window, seen);
		lease
	}
}

pub(super) fn gap_of<AccountId>(lease: &Lease<AccountId>) -> Moment {
	lease.evidence.heartbeat_gap().unwrap_or_default().into()
}

pub(super) fn longest_address(byte: u8) -> PayoutAddress {
	PayoutAddress::truncate_from(alloc::vec![byte; MAX_PAYOUT_BYTES as usize])
}

fn vec_of<S: Get<u32>>(step: CancellationStep) -> frame_support::BoundedVec<CancellationStep, S> {
	frame_support::BoundedVec::truncate_from(alloc::vec![step])
}

/// A lease that costs nothing and has a payout address.
fn blank<T: Config>(device: DeviceId, from: Moment, until: Moment) -> LeaseOf<T> {
	Lease {
		series: 1,
		device,
		tenant: account("other tenant", 0, 0),
		payee: account("other owner", 0, 0),
		from,
		until,
		units: 10,
		unit_seconds: 60,
		unit_price: 0,
		escrowed: 0,
		cut_off_seconds: 0,
		rounding: 0,
		least_sample: 0,
		paid_to_payee: 0,
		paid_to_protocol: 0,
		protocol_share: Perbill::zero(),
		bond: 0,
		owner_penalty: Perbill::zero(),
		penalty_free_seconds: 0,
		cancellation: Default::default(),
		fraction_share: Perbill::one(),
		tenant_notice: 0,
		turnaround: 0,
		waived_pause: 0,
		evidence: HEARTBEAT,
		access_key: KEY,
		former_key: None,
		payout: Some(H256::repeat_byte(1)),
		legal_document: H256::repeat_byte(2),
		deposit: 0,
		booked_at: 0,
		previous: None,
		substituted_by: None,
		group: None,
		requested_until: None,
		own_units: false,
		is_offered: false,
		ended_early: false,
		end_noted: false,
		force_retired: false,
		deadline: minute_from(until),
		looks: 0,
		arbiter: None,
		review: Default::default(),
	}
}

/// Adds leases of ten minutes each to a calendar, from `from` on with so many seconds free between
/// them, until it has `count` entries.
fn fill<T: Config>(device: DeviceId, from: Moment, between: Moment, count: u32) {
	let mut calendar = Calendars::<T>::get(device);
	let mut from = from;
	while calendar.len() < count as usize {
		let until = from + 600;
		let id = NextLeaseId::<T>::mutate(|next| {
			*next += 1;
			*next - 1
		});
		let lease = blank::<T>(device, from, until);
		calendar.try_push(lease.entry(id)).expect("count is within the bound");
		Deadlines::<T>::insert(MinuteKey::from(lease.deadline), id, ());
		Leases::<T>::insert(id, lease);
		from = until + between;
	}
	Calendars::<T>::insert(device, calendar);
}

/// Fills the calendar of the device with leases, one after the other, the first of which runs at `now`.
pub fn fill_calendar<T: Config>(device: DeviceId, now: Moment) {
	fill::<T>(device, now / MINUTE * MINUTE, 0, T::MaxBookings::get());
}

/// Fills the calendar of the device with leases to come, and its list of requests, no two of which touch.
pub fn take_time<T: Config>(device: DeviceId) {
	fill::<T>(device, Pallet::<T>::now() / MINUTE * MINUTE + MINUTE, MINUTE, T::MaxBookings::get());
	fill_requests::<T>(device, MAX_REQUESTS);
}

/// Lets `count` leases wait for the owner of the device, later than all that is in its calendar.
pub(super) fn fill_requests<T: Config>(device: DeviceId, count: u32) {
	let last = Calendars::<T>::get(device).last().map_or(Pallet::<T>::now(), |last| last.free_from);
	let mut from = last + MINUTE;
	for _ in 0..count {
		let id = NextLeaseId::<T>::mutate(|next| {
			*next += 1;
			*next - 1
		});
		let mut lease = blank::<T>(device, from, from + 600);
		lease.requested_until = Some(from);
		lease.deadline = minute_from(from);
		Pallet::<T>::add_request(device, lease.entry(id)).expect("the list has room");
		Deadlines::<T>::insert(MinuteKey::from(lease.deadline), id, ());
		Leases::<T>::insert(id, lease);
		from += 600 + MINUTE;
	}
}

/// Gives the device a lease that is paid by receipts of `key`, began `seconds` ago and runs for ten
/// minutes more. It is in the calendar if that has room.
pub fn add_co_signed<T: Config>(device: DeviceId, key: PublicKey, seconds: u64) -> LeaseId {
	if Pallet::<T>::now() == 0 {
		T::BenchmarkClock::set_time(NOW);
	}
	let now = Pallet::<T>::now();
	let id = NextLeaseId::<T>::mutate(|next| {
		*next += 1;
		*next - 1
	});
	let from = now.saturating_sub(seconds);
	let lease =
		Lease { evidence: RECEIPTS, access_key: key, ..blank::<T>(device, from, now + 600) };
	Calendars::<T>::mutate(device, |calendar| {
		let index = calendar.iter().filter(|entry| entry.from < from).count();
		let _ = calendar.try_insert(index, lease.entry(id));
	});
	Deadlines::<T>::insert(MinuteKey::from(lease.deadline), id, ());
	Leases::<T>::insert(id, lease);
	id
}

/// Lets the device be seen now and its owner be bonded.
pub fn offer_to_all<T: Config>(device: DeviceId) {
	let now = Pallet::<T>::now();
	let nothing = LeaseWindow { lease: 0, from: now, until: now, evidence: HEARTBEAT };
	T::Evidence::benchmark_served(device, &nothing, now);
	bond_plenty::<T>(&T::Devices::device(device).expect("the caller made it").owner);
}

/// Puts far more on hold for `owner` than any benchmark commits.
pub fn bond_plenty<T: Config>(owner: &T::AccountId) {
	let plenty = T::Currency::minimum_balance().saturating_mul(1_000_000_000);
	T::Currency::mint_into(owner, plenty * 2).expect("the issuance has room");
	Pallet::<T>::do_bond(owner.clone(), plenty).expect("it was minted");
}

/// Books the device `count` times ahead, each time for another tenant, with a bond and a payout address.
/// No two leases touch, nor does the pause that runs now touch the first, so that its fleet sees each
/// begin and end. A minute of each lease is proven, so that closing it by force has everybody to pay. Those
/// for which the calendar has no room wait for the owner.
pub fn book_ahead<T: Config>(device: DeviceId, count: u32) {
	if Pallet::<T>::now() == 0 {
		T::BenchmarkClock::set_time(NOW);
	}
	let DeviceInfo { owner, fleet, .. } = T::Devices::device(device).expect("the caller made it");
	rich::<T>(T::Treasury::get());
	offer_to_all::<T>(device);
	let now = Pallet::<T>::now();
	let series = T::Units::benchmark_series(&owner, device);
	let info = T::Units::series(series).expect("it was made just now");
	let unit_seconds = info.sale.unit_seconds;
	let mut units = Units::from(info.terms.min_duration.div_ceil(unit_seconds).max(1));
	while !(units * Units::from(unit_seconds)).is_multiple_of(MINUTE) {
		units += 1;
	}
	let (rent, seconds) = Pallet::<T>::size_of(&info, units).unwrap_or_default();
	let pause_end = now + MINUTE;
	Lifetimes::<T>::mutate(device, |totals| totals.free_from = pause_end);
	if let Some(fleet) = fleet {
		T::Units::time_taken(fleet, now, pause_end);
	}
	let a_minute_after = |free_from: Moment| free_from.next_multiple_of(MINUTE) + MINUTE;
	let mut from = a_minute_after(pause_end).max(info.sale.usable_from);
	for number in 0..count {
		let tenant = rich::<T>(account("tenant", number, 0));
		T::Currency::mint_into(&tenant, rent).expect("the issuance has room");
		let escrowed = T::Units::buy_staked(series, &tenant, units, HoldReason::Rent.into())
			.expect("the series was made to be bought");
		let until = from + seconds;
		let calendar = Calendars::<T>::get(device);
		let plan = Plan::<T> {
			now,
			series: info.clone(),
			payee: owner.clone(),
			fleet,
			from,
			until,
			free_from: until + Moment::from(info.terms.turnaround),
			evidence: HEARTBEAT,
			rent,
			bond: T::Currency::minimum_balance(),
			protocol_share: T::ProtocolShare::get(),
			requested_until: (number >= T::MaxBookings::get()).then_some(from),
			place: Place { index: calendar.len(), calendar, stale: 0 },
		};
		let request = BookingRequest {
			series,
			device,
			start: Some(from),
			units,
			legal_document: info.terms.legal.document,
			access_key: KEY,
			arbiter: None,
			previous: None,
			group: None,
			own_units: false,
		};
		let id = NextLeaseId::<T>::get();
		from = a_minute_after(plan.free_from);
		Pallet::<T>::make_lease(tenant.clone(), request, plan, escrowed)
			.expect("the calendar has room");
		if number >= T::MaxBookings::get() {
			continue;
		}
		Pallet::<T>::do_set_payout(tenant, id, Some(longest_address(1))).expect("it is ahead");
		let window = Leases::<T>::get(id).expect("it was made just now").window(id);
		let minute = LeaseWindow { until: window.from + MINUTE, ..window };
		T::Evidence::benchmark_served(device, &minute, now);
	}
}

pub(super) fn unbond_in_parts<T: Config>(owner: &T::AccountId, parts: u32) {
	for _ in 0..parts {
		Pallet::<T>::do_unbond(owner.clone(), T::Currency::minimum_balance())
			.expect("it is bonded");
	}
}

// SPDX-License-Identifier: Apache-2.0

//! What has to be so, kept beside the chain.

use super::{leavers::Kept, *};
use crate::{FleetChanges, FleetTimes, NextSeriesId, SeriesRecordOf};
use codec::{Decode, Encode};
use sp_runtime::{DispatchError, DispatchResult};
use std::{
	collections::BTreeMap,
	sync::atomic::{AtomicUsize, Ordering},
};
use tenure_primitives::DeviceInfo;

/// The last two buy nothing: one is without an account, one gets what nobody else can.
pub const PEOPLE: [AccountId; 6] = [OLGA, OTTO, TOM, TINA, NOBODY, TREASURY];

#[derive(Clone, Debug)]
pub struct Lease {
	pub series: SeriesId,
	pub device: DeviceId,
	pub tenant: usize,
	pub from: Moment,
	pub until: Moment,
	pub free_from: Moment,
	pub units: Units,
	/// Whether its device went astray as a member of the fleet that sold it.
	pub is_stray: bool,
}

pub struct World {
	pub leases: Vec<Lease>,
	pub paid_in: BTreeMap<SeriesId, Balance>,
	pub paid_out: BTreeMap<SeriesId, Balance>,
	pub used: BTreeMap<SeriesId, Units>,
	pub expected: [i128; PEOPLE.len()],
	pub next_device: DeviceId,
	pub next_fleet: FleetId,
	pub kept: Kept,
	issuance: Balance,
	/// What people had after the last step.
	wealth: [Balance; PEOPLE.len()],
	pub done: BTreeMap<&'static str, usize>,
}

/// Steps that changed something, in all sequences.
static DONE: AtomicUsize = AtomicUsize::new(0);
static TRIED: AtomicUsize = AtomicUsize::new(0);

/// As a transaction: all or nothing.
pub fn done(call: impl FnOnce() -> DispatchResult) -> DispatchResult {
	frame_support::storage::with_storage_layer(call)
}

pub fn plain<I>(
	result: Result<
		I,
		sp_runtime::DispatchErrorWithPostInfo<frame_support::dispatch::PostDispatchInfo>,
	>,
) -> DispatchResult {
	result.map(drop).map_err(|error| error.error)
}

pub fn index_of(who: &AccountId) -> usize {
	PEOPLE.iter().position(|person| person == who).unwrap()
}

pub fn record(series: SeriesId) -> SeriesRecordOf<Test> {
	Series::<Test>::get(series).unwrap()
}

pub fn price(series: SeriesId) -> Balance {
	record(series).sale.unit_price
}

pub fn value(series: SeriesId, units: Units) -> Balance {
	Balance::from(units) * price(series)
}

pub fn overlap(from: Moment, until: Moment, other_from: Moment, other_until: Moment) -> u64 {
	until.min(other_until).saturating_sub(from.max(other_from))
}

pub fn devices_of(subject: &Subject) -> Vec<DeviceId> {
	let registry = Registry::get();
	match subject {
		Subject::Device(device) => {
			registry.get_key_value(device).map(|(id, _)| *id).into_iter().collect()
		}
		Subject::Fleet(fleet) => {
			let members = registry.iter().filter(|(_, info)| info.fleet == Some(*fleet));
			members.map(|(device, _)| *device).collect()
		}
	}
}

/// Seconds promised or taken in the window of a series, and seconds that there are, by adding up all
/// series and all calendars.
pub fn load(subject: &Subject, from: Moment, until: Moment) -> (u64, u64, u64) {
	let now = Now::get();
	let outstanding = Series::<Test>::iter()
		.filter(|(_, other)| {
			other.subject == *subject
				&& (other.sale.usable_from, other.sale.usable_until) == (from, until)
		})
		.map(|(series, other)| UsageToken::outstanding(series) * u64::from(other.sale.unit_seconds))
		.sum();
	let devices = devices_of(subject);
	let booked = Bookings::get()
		.into_iter()
		.filter(|(device, _, _)| devices.contains(device))
		.map(|(_, start, end)| overlap(start, end, from.max(now), until))
		.sum();
	let room = devices.len() as u64 * until.saturating_sub(from.max(now));
	(outstanding, booked, room)
}

pub fn has_active_key(info: &DeviceInfo<AccountId>) -> bool {
	info.key.is_some_and(|key| key.active)
}

/// Whether more of the subject's time has passed than one sale notes.
pub fn is_behind(subject: &Subject) -> bool {
	let Subject::Fleet(fleet) = subject else { return false };
	let due = FleetChanges::<Test>::iter_key_prefix(fleet)
		.filter(|at| Moment::from(*at) <= Now::get())
		.count();
	due > crate::fleets::STEPS as usize
}

/// What units give now, from another look at the neighbours.
pub fn expected_share(record: &SeriesRecordOf<Test>) -> Perbill {
	let (now, sale) = (Now::get(), &record.sale);
	let last_seen = |device| Silent::get().get(&device).copied().unwrap_or(now);
	let shortest = record.terms.min_duration.div_ceil(sale.unit_seconds);
	let bond = record.terms.owner_penalty.mul_floor(Balance::from(shortest) * sale.unit_price);
	let serves = |device: &DeviceId| {
		if sale.usable_until <= now {
			return last_seen(*device) + SEEN >= sale.usable_until;
		}
		Registry::get().get(device).is_some_and(|info| {
			info.status == DeviceStatus::Listed
				&& has_active_key(info)
				&& last_seen(*device) + SEEN >= now
				&& Bonds::get().get(&info.owner).is_none_or(|held| *held >= bond)
		})
	};
	let is_served = match record.subject {
		Subject::Fleet(_) => devices_of(&record.subject).iter().any(serves),
		Subject::Device(device) => {
			let is_alone = now >= sale.usable_until
				|| Registry::get().get(&device).is_some_and(|info| info.fleet.is_none());
			let is_taken =
				ForceRetired::get().get(&device).is_some_and(|at| *at < sale.usable_until);
			is_alone && !is_taken && serves(&device)
		}
	};
	if record.closed_at.is_some() || !is_served {
		Perbill::one()
	} else if now < sale.usable_from {
		sale.redeem_shares.before
	} else if now < sale.usable_until {
		sale.redeem_shares.during
	} else {
		sale.redeem_shares.after
	}
}

impl World {
	pub fn new() -> Self {
		for device in [4, 5, 6] {
			add_device(device, OLGA);
		}
		add_fleet(1, OLGA, &[GPU, 4]);
		add_fleet(2, OLGA, &[]);
		let mut world = Self {
			leases: Vec::new(),
			paid_in: BTreeMap::new(),
			paid_out: BTreeMap::new(),
			used: BTreeMap::new(),
			expected: Default::default(),
			next_device: 7,
			next_fleet: 3,
			kept: Kept::new(),
			issuance: Balances::total_issuance(),
			wealth: PEOPLE.map(|who| Balances::total_balance(&who)),
			done: BTreeMap::new(),
		};
		// So that short sequences do something.
		for (subject, window, price) in [(1, 0, 99), (4, 0, 70), (6, 0, 50), (6, 1, 40)] {
			world.take(&Step::Offer { subject, window, price, unit: 1, cap: 20_000 });
		}
		world
	}

	/// Tells whether the step was done. One that is refused changes nothing: it is as in a transaction.
	pub fn take(&mut self, step: &Step) -> bool {
		let wealth = self.wealth;
		self.expected = Default::default();
		our_events();
		TRIED.fetch_add(1, Ordering::Relaxed);
		let name = self.dispatch(step);
		if let Some(name) = name {
			*self.done.entry(name).or_default() += 1;
			DONE.fetch_add(1, Ordering::Relaxed);
		}
		self.wealth = PEOPLE.map(|who| Balances::total_balance(&who));
		for (index, before) in wealth.into_iter().enumerate() {
			let change = self.wealth[index] as i128 - before as i128;
			assert_eq!(change, self.expected[index], "{step:?} moved money of person {index}");
		}
		name.is_some()
	}

	/// The name of the step, if it was done.
	fn dispatch(&mut self, step: &Step) -> Option<&'static str> {
		match step {
			Step::Offer { .. }
			| Step::Close(_)
			| Step::Buy { .. }
			| Step::Redeem { .. }
			| Step::RedeemFor { .. }
			| Step::Transfer { .. }
			| Step::Approve { .. }
			| Step::Gift { .. }
			| Step::Reap(_) => self.trade(step),
			Step::Lease { .. }
			| Step::Cancel(_)
			| Step::Refuse(_)
			| Step::End(_)
			| Step::Settle(_) => self.lease(step),
			_ => self.change_neighbours(step),
		}
	}

	/// A series that there is.
	pub fn series(&self, number: usize) -> Option<SeriesId> {
		let mut all: Vec<_> = Series::<Test>::iter_keys().collect();
		all.sort_unstable();
		(!all.is_empty()).then(|| all[number % all.len()])
	}

	/// A holder, if there is one.
	pub fn holder(&self, series: SeriesId, number: usize) -> usize {
		let people = (0..5).map(|step| (number + step) % 5);
		people.into_iter().find(|who| units_of(series, &PEOPLE[*who]) > 0).unwrap_or(number % 5)
	}

	/// Mostly no more than there are, so that most calls work.
	pub fn some(&self, series: SeriesId, who: usize, units: Units) -> Units {
		let all = units_of(series, &PEOPLE[who]);
		if units < 115 {
			(all * units).div_ceil(115)
		} else {
			all + units - 114
		}
	}

	pub fn server(&self, series: SeriesId) -> usize {
		let record = record(series);
		let owner = match record.subject {
			Subject::Device(device) => Registry::get().get(&device).map(|info| info.owner.clone()),
			Subject::Fleet(fleet) => FleetOwners::get().get(&fleet).cloned(),
		};
		index_of(&owner.unwrap_or(record.owner))
	}

	pub fn gains(&mut self, who: usize, amount: Balance) {
		self.expected[who] += amount as i128;
	}

	pub fn loses(&mut self, who: usize, amount: Balance) {
		self.expected[who] -= amount as i128;
	}

	/// INV4, after a sale of `units` that are not outstanding yet, or are.
	pub fn check_sale(&self, series: SeriesId, more: Units, result: &DispatchResult) {
		let record = record(series);
		let (from, until) = (record.sale.usable_from, record.sale.usable_until);
		let (outstanding, booked, room) = load(&record.subject, from, until);
		let needed = outstanding + booked + more * u64::from(record.sale.unit_seconds);
		let too_much: DispatchError = Error::<Test>::CapacityExceeded.into();
		let owed = self.owed(&record.subject, from, until);
		let kept = self.kept(&record.subject, from, until);
		match result {
			Ok(()) => {
				assert!(owed <= kept, "{owed} seconds may come back, {kept} are counted");
				assert!(needed + kept <= room, "{needed} and {kept} of {room} seconds are sold");
			}
			Err(error) if *error == too_much => {
				let needed = needed + kept;
				assert!(needed > room || is_behind(&record.subject), "{needed} fit into {room}");
			}
			Err(_) => (),
		}
	}

	pub fn check(&mut self) {
		check_state();
		self.check_kept();
		let members = Registry::get().into_values().filter(|info| info.fleet.is_some());
		members.for_each(|info| assert!(has_active_key(&info)));
		assert_eq!(Balances::total_issuance(), self.issuance);
		let of = |sums: &BTreeMap<SeriesId, Balance>, series: SeriesId| {
			sums.get(&series).copied().unwrap_or_default()
		};
		// Read in one pass: to look each of them up costs as many slow hashes.
		let mut all_held = BTreeMap::<SeriesId, Units>::new();
		for (series, who, account) in pallet_assets::Account::<Test>::iter() {
			assert!(PEOPLE.contains(&who) || who == UsageToken::account_of(series));
			// The balance comes first.
			let units = Balance::decode(&mut account.encode().as_slice()).unwrap();
			*all_held.entry(series).or_default() += Units::try_from(units).unwrap();
		}
		let on_hold: BTreeMap<_, _> = pallet_balances::Holds::<Test>::iter().collect();
		let held_for = |who: &AccountId, reason: RuntimeHoldReason| -> Balance {
			let holds = on_hold.get(who).into_iter().flatten();
			holds.filter(|hold| hold.id == reason).map(|hold| hold.amount).sum()
		};
		for (series, record) in Series::<Test>::iter() {
			let of_series = |lease: &&Lease| lease.series == series;
			let staked: Units = self.leases.iter().filter(of_series).map(|lease| lease.units).sum();
			let out = value(series, staked) + of(&self.paid_out, series);
			let backing = held_for(&UsageToken::account_of(series), HoldReason::Backing.into());
			assert_eq!(of(&self.paid_in, series), backing + out);
			let held = all_held.get(&series).copied().unwrap_or_default();
			assert_eq!(UsageToken::outstanding(series), held);
			let used = self.used.get(&series).copied().unwrap_or_default();
			assert_eq!(record.sold, held + staked + used);
			let share = UsageToken::worth(&record, Now::get()).share;
			assert_eq!(share, expected_share(&record));
		}
		for (index, who) in PEOPLE.iter().enumerate() {
			let of_person = |lease: &&Lease| lease.tenant == index;
			let rent = |lease: &Lease| value(lease.series, lease.units);
			let rents: Balance = self.leases.iter().filter(of_person).map(rent).sum();
			assert_eq!(held_for(who, rent_reason()), rents);
		}
	}

	/// Ends every lease, redeems every unit for its holder, and reaps every series.
	pub fn unwind(&mut self) {
		Now::mutate(|now| *now += 60 * DAY);
		while !self.leases.is_empty() {
			self.take(&Step::Settle(0));
		}
		for series in Series::<Test>::iter_keys().collect::<Vec<_>>() {
			for (who, holder) in PEOPLE.iter().enumerate() {
				if units_of(series, holder) > 0 {
					let before = self.done.get("redeem for").copied();
					let at = Series::<Test>::iter_keys().filter(|other| *other < series).count();
					self.take(&Step::RedeemFor { series: at, who });
					assert_ne!(before, self.done.get("redeem for").copied());
				}
			}
		}
		self.check();
		let mut rounds = 0;
		while Series::<Test>::iter_keys().next().is_some() {
			self.take(&Step::Reap(0));
			self.check();
			rounds += 1;
			assert!(rounds < 1_000, "a series is not reaped");
		}
		let wealth: Balance = PEOPLE.iter().map(Balances::total_balance).sum();
		assert_eq!(wealth, self.issuance);
		assert_eq!(Windows::<Test>::iter().count(), 0);
		for fleet in 1..self.next_fleet {
			while FleetChanges::<Test>::iter_key_prefix(fleet).next().is_some() {
				assert!(UsageToken::do_catch_up(fleet) > 0);
			}
			assert!(FleetTimes::<Test>::get(fleet).is_none_or(|time| time.taken == 0));
		}
		assert!(NextSeriesId::<Test>::get() > 4);
	}

	/// For those who ask with `--nocapture`.
	pub fn report(&self, steps: usize) {
		let (done, tried) = (DONE.load(Ordering::Relaxed), TRIED.load(Ordering::Relaxed));
		println!("{steps} steps, of all {done} of {tried} done; {:?}", self.done);
	}
}

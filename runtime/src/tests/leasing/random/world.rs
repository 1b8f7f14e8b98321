// SPDX-License-Identifier: Apache-2.0

//! Takes the steps on the chain.

use super::{books::Books, *};
use pallet_lease_escrow::{Bonds, Call as Lease, Leases};
use pallet_usage_token::{Call as Token, Series};
use sp_keyring::Sr25519Keyring::{self, Bob, Charlie, Dave, Eve, Ferdie};
use sp_runtime::Perbill;
use tenure_primitives::{traits::Offers as _, DeviceId, LeaseId, SeriesId, Subject, Units};

/// Those who own devices. They rent from each other, too.
pub const OWNERS: [Sr25519Keyring; 2] = [Bob, Charlie];
/// Those who only rent.
pub const TENANTS: [Sr25519Keyring; 3] = [Dave, Eve, Ferdie];

/// Most devices at one time.
const MOST_DEVICES: usize = 4;

/// Everybody who acts.
pub fn people() -> Vec<AccountId> {
	OWNERS.into_iter().chain(TENANTS).map(account).collect()
}

/// A device with all heartbeats that it ever sent.
pub struct Machine {
	pub device: Device,
	pub owner: AccountId,
	pub beats: Vec<Moment>,
	pub is_retired: bool,
}

/// The chain with what we know of it.
pub struct World<'a> {
	pub machines: Vec<Machine>,
	pub books: Books,
	pub outcomes: &'a mut Outcomes,
}

/// The one at this place, counted round and round.
fn pick<T: Clone>(all: &[T], index: usize) -> Option<T> {
	all.get(index.checked_rem(all.len())?).cloned()
}

/// Those that pass, or all if none does.
fn preferring<T: Clone>(all: Vec<T>, passes: impl Fn(&T) -> bool) -> Vec<T> {
	let passing: Vec<T> = all.iter().filter(|item| passes(item)).cloned().collect();
	if passing.is_empty() {
		all
	} else {
		passing
	}
}

fn part(whole: Units, percent: u64) -> Units {
	(whole * percent / 100).max(1)
}

impl<'a> World<'a> {
	/// Two owners with bonds and a device each, offered by the minute.
	pub fn begin(outcomes: &'a mut Outcomes) -> Self {
		take_events();
		let mut world = Self { machines: vec![], books: Books::open(), outcomes };
		for (index, owner) in OWNERS.into_iter().map(account).enumerate() {
			assert_eq!(world.call("bond", &owner, Lease::bond { amount: 1 << 46 }), Ok(()));
			world.register(&owner, 120);
			let device = world.machines[index].device.id;
			let series = series_of(device, sale_of_eight_hours(), terms());
			assert_eq!(world.call("create_series", &owner, series), Ok(()));
		}
		world.check("in the beginning");
		world
	}

	/// Dispatches a call, counts what came of it and enters it into the books.
	fn call(
		&mut self,
		name: &'static str,
		who: &AccountId,
		inner: impl Into<RuntimeCall>,
	) -> Result<(), DispatchError> {
		let outcome = call(who, inner);
		self.outcomes.note_call(name, outcome);
		outcome
	}

	/// Enters what happened into the books, and compares them with the chain.
	pub fn check(&mut self, when: &str) {
		self.books.enter(take_events(), &self.machines, self.outcomes);
		self.books.compare(&self.machines, when);
		#[cfg(feature = "try-runtime")]
		assert_eq!(invariants(), Ok(()), "{when}");
	}

	pub fn take(&mut self, step: &Step) {
		match step.clone() {
			Step::Register { owner, gap } => {
				let owner = pick(&OWNERS.map(account), owner).unwrap();
				let present = self.machines.iter().filter(|machine| !machine.is_retired);
				if present.count() < MOST_DEVICES {
					self.register(&owner, gap);
				}
			}
			Step::Update { device, gap } => {
				let Some((device, owner)) = self.pick_machine(device, |_| true) else { return };
				let changes = pallet_device_registry::DeviceUpdate {
					heartbeat_gap: Some(gap),
					..Default::default()
				};
				let update = pallet_device_registry::Call::update { device, changes };
				let _ = self.call("update", &owner, update);
			}
			Step::Retire { device } => self.retire(device),
			Step::CreateSeries { device, offer } => {
				let Some((device, owner)) = self.pick_machine(device, |_| true) else { return };
				let series = series_of(device, offer.sale(), offer.terms());
				let _ = self.call("create_series", &owner, series);
			}
			Step::CloseSeries { series } => {
				let Some(series) = pick(&open_series(), series) else { return };
				let owner = Series::<Runtime>::get(series).unwrap().owner;
				if self.call("close_series", &owner, Token::close_series { series }).is_ok() {
					self.books.note_closed(series);
				}
			}
			Step::Bond { owner, amount } => {
				let owner = pick(&OWNERS.map(account), owner).unwrap();
				let _ = self.call("bond", &owner, Lease::bond { amount });
			}
			Step::Unbond { owner, percent } => {
				let owner = pick(&OWNERS.map(account), owner).unwrap();
				let amount = Bonds::<Runtime>::get(&owner).free() * Balance::from(percent) / 100;
				let _ = self.call("unbond", &owner, Lease::unbond { amount });
			}
			Step::SetShare { percent } => self.set_share(percent),
			Step::Serve { beats, slots, silent } => {
				for index in 0..beats {
					// Signatures take long without optimisation: some are made, the rest are as good as checked.
					self.serve(slots, silent, index == 3);
				}
			}
			Step::Nap { slots } => block_at(now() + slots * SLOT),
			step => self.take_tenants_step(step),
		}
	}

	fn take_tenants_step(&mut self, step: Step) {
		match step {
			Step::Buy { who, series, units } => {
				let who = pick(&people(), who).unwrap();
				let Some(series) = pick(&open_series(), series) else { return };
				let units = fitting(series, units);
				let room = self.books.room_for(series, units);
				let buy = Token::buy { series, units, max_cost: Balance::MAX };
				let outcome = self.call("buy", &who, buy);
				room.assert_agrees(outcome);
			}
			Step::Redeem { holding, percent } => {
				let Some((who, series, units)) = pick(&holdings(), holding) else { return };
				let units = part(units, percent);
				let _ = self.call("redeem", &who, Token::redeem { series, units });
			}
			Step::Transfer { holding, to, percent } => {
				let Some((who, series, units)) = pick(&holdings(), holding) else { return };
				let to = pick(&people(), to).unwrap();
				let units = part(units, percent);
				let may = Series::<Runtime>::get(series).unwrap().sale.transferable;
				let outcome = self.call("transfer", &who, transfer_of(series, &to, units));
				assert_eq!(outcome.is_ok(), may, "{outcome:?}");
				if may {
					self.books.note_transfer(series, units, &who, &to);
				}
			}
			Step::Rent { who, series, units, ahead } => {
				let Some(series) = pick(&open_series(), series) else { return };
				let (device, start) = self.slot(series, ahead);
				let owner = Series::<Runtime>::get(series).unwrap().owner;
				let who = pick(&preferring(people(), |who| *who != owner), who).unwrap();
				let units = fitting(series, units);
				let room = self.books.room_for(series, units);
				let outcome = self.call("rent", &who, rental(&who, series, device, start, units));
				room.assert_agrees(outcome);
			}
			Step::Book { holding, percent, ahead } => {
				let usable = preferring(holdings(), |(who, series, _)| {
					let record = Series::<Runtime>::get(series).unwrap();
					record.sale.usable_until > now() + 3_600 && record.owner != *who
				});
				let Some((who, series, units)) = pick(&usable, holding) else { return };
				let (device, start) = self.slot(series, ahead);
				let units = part(units, percent);
				let book = booking(&who, series, device, start, units);
				let _ = self.call("book", &who, book);
			}
			Step::Cancel { lease } => {
				let waiting = |lease: &Open| lease.from > now();
				let Some((lease, tenant)) = pick_lease(lease, waiting) else { return };
				let _ = self.call("cancel", &tenant, Lease::cancel { lease });
			}
			Step::End { lease } => {
				let running = |lease: &Open| lease.from <= now() && now() < lease.until;
				let Some((lease, tenant)) = pick_lease(lease, running) else { return };
				let _ = self.call("end", &tenant, Lease::end { lease });
			}
			Step::Settle { who, lease } => {
				let who = pick(&people(), who).unwrap();
				let Some((lease, _)) = pick_lease(lease, |_| true) else { return };
				assert_eq!(self.call("settle", &who, Lease::settle { lease }), Ok(()));
			}
			other => unreachable!("{other:?} is none of a tenant's"),
		}
	}

	fn register(&mut self, owner: &AccountId, gap: u32) {
		let seed = self.machines.len() as u64;
		let id = pallet_device_registry::NextDeviceId::<Runtime>::get();
		let device = Device { id, pair: key_pair(seed) };
		assert_eq!(self.call("register", owner, registration(device.key(), gap)), Ok(()));
		assert_eq!(device.activate(owner), Ok(Ok(())));
		let owner = owner.clone();
		self.machines.push(Machine { device, owner, beats: vec![now()], is_retired: false });
	}

	fn retire(&mut self, index: usize) {
		use tenure_primitives::traits::DeviceCommitments;
		type Commitments = <Runtime as pallet_device_registry::Config>::Commitments;
		let free = |device| !Commitments::is_committed(device);
		let Some((device, owner)) = self.pick_machine(index, free) else { return };
		let retire = pallet_device_registry::Call::retire { device };
		let may = free(device);
		assert_eq!(self.call("retire", &owner, retire).is_ok(), may);
		if may {
			let gone = self.machines.iter_mut().find(|machine| machine.device.id == device);
			gone.unwrap().is_retired = true;
		}
	}

	fn set_share(&mut self, percent: u32) {
		use crate::configs::leasing::{dynamic_params::leasing, RuntimeParameters};
		let share = Perbill::from_percent(percent);
		let key_value = RuntimeParameters::Leasing(leasing::Parameters::ProtocolShare(
			leasing::ProtocolShare,
			Some(share),
		));
		let outcome = Parameters::set_parameter(RuntimeOrigin::root(), key_value);
		self.outcomes.note_call("set_share", outcome);
		self.books.set_share(share);
	}

	/// A block so many slots later, with heartbeats of all devices that may report and are not silent.
	/// They are signed if this is asked for.
	fn serve(&mut self, slots: u64, silent: u8, is_signed: bool) {
		block_at(now() + slots * SLOT);
		for (index, machine) in self.machines.iter_mut().enumerate() {
			let device = machine.device.id;
			if machine.is_retired || silent & (1 << (index % 8)) != 0 {
				continue;
			}
			let is_offered = UsageToken::is_offered(device);
			if is_signed {
				let refusal = pallet_attestation::Refusal::NotOffered;
				let expected = if is_offered { Ok(Ok(())) } else { Err(refusal.into()) };
				assert_eq!(machine.device.beat(), expected);
			} else if is_offered {
				checked_report(device, false);
			}
			if is_offered {
				machine.beats.push(now());
				self.outcomes.heartbeats += 1;
			}
		}
		// A lease may end in any block, and the next one forgets its events.
		self.books.enter(take_events(), &self.machines, self.outcomes);
	}

	/// One of the present devices, of those that pass if there are any, and its owner.
	fn pick_machine(
		&self,
		index: usize,
		passes: impl Fn(DeviceId) -> bool,
	) -> Option<(DeviceId, AccountId)> {
		let present: Vec<(DeviceId, AccountId)> = self
			.machines
			.iter()
			.filter(|machine| !machine.is_retired)
			.map(|machine| (machine.device.id, machine.owner.clone()))
			.collect();
		pick(&preferring(present, |(device, _)| passes(*device)), index)
	}

	/// The device of a series and a start: now if the device is free and was seen, or some minutes after
	/// the last of its leases.
	fn slot(&self, series: SeriesId, ahead: u64) -> (DeviceId, Option<Moment>) {
		let record = Series::<Runtime>::get(series).unwrap();
		let Subject::Device(device) = record.subject else { unreachable!("there are no fleets") };
		let taken_until = Leases::<Runtime>::iter_values()
			.filter(|lease| lease.device == device)
			.map(|lease| lease.until + Moment::from(lease.turnaround))
			.chain([pallet_lease_escrow::Lifetimes::<Runtime>::get(device).free_from])
			.max()
			.unwrap_or_default();
		let soonest = now().next_multiple_of(60);
		let base = taken_until.next_multiple_of(60).max(record.sale.usable_from);
		let machine = self.machines.iter().find(|machine| machine.device.id == device).unwrap();
		let is_on = machine.beats.last().unwrap() + 60 > now();
		match (ahead % 3, base <= soonest, is_on) {
			(0, true, true) => (device, None),
			(_, _, true) => (device, Some(base.max(soonest) + ahead / 3 * 60)),
			// Far enough ahead that nobody asks whether it is on.
			(_, _, false) => (device, Some(base.max(soonest) + 480 + ahead * 60)),
		}
	}

	/// Lets all windows pass, and gets everything out that can be got out.
	pub fn wind_down(&mut self) {
		let last = Series::<Runtime>::iter_values().map(|record| record.sale.usable_until).max();
		// Nobody reports any more, so that the evidence of all is final; the sweep does the rest.
		block_at(last.unwrap().max(now()) + 86_400);
		self.check("when all windows are over");
		for _ in 0..3 {
			block_at(now() + 60);
			self.check("while the sweep goes on");
		}
		self.books.assert_all_closed();
		for (who, series, units) in holdings() {
			let outcome = self.call("redeem", &who, Token::redeem { series, units });
			assert_eq!(outcome, Ok(()));
		}
		for owner in OWNERS.map(account) {
			let amount = Bonds::<Runtime>::get(&owner).free();
			if amount > 0 {
				assert_eq!(self.call("unbond", &owner, Lease::unbond { amount }), Ok(()));
			}
		}
		for index in 0..self.machines.len() {
			let (device, owner) = {
				let machine = &self.machines[index];
				(machine.device.id, machine.owner.clone())
			};
			if !self.machines[index].is_retired {
				let retire = pallet_device_registry::Call::retire { device };
				assert_eq!(self.call("retire", &owner, retire), Ok(()));
				self.machines[index].is_retired = true;
			}
		}
		self.check("when everybody has left");
		self.books.assert_nothing_held();
	}
}

fn sale_of_eight_hours() -> tenure_primitives::SaleConditions {
	let until = START + 8 * 3_600;
	tenure_primitives::SaleConditions { sale_until: until, usable_until: until, ..sale() }
}

/// Series that are on sale.
fn open_series() -> Vec<SeriesId> {
	let mut open: Vec<SeriesId> = Series::<Runtime>::iter()
		.filter(|(_, record)| record.closed_at.is_none() && now() < record.sale.usable_until)
		.map(|(series, _)| series)
		.collect();
	open.sort_unstable();
	open
}

/// Who has how many units of which series.
fn holdings() -> Vec<(AccountId, SeriesId, Units)> {
	let people = people();
	(1..next_series())
		.flat_map(|series| people.iter().map(move |who| (who.clone(), series)))
		.map(|(who, series)| (who.clone(), series, units_of(series, &who)))
		.filter(|(_, _, units)| *units > 0)
		.collect()
}

type Open = pallet_lease_escrow::LeaseOf<Runtime>;

/// An open lease that passes, rarely any, and its tenant.
fn pick_lease(index: usize, passes: impl Fn(&Open) -> bool) -> Option<(LeaseId, AccountId)> {
	let mut leases: Vec<(LeaseId, Open)> = Leases::<Runtime>::iter()
		.filter(|(_, lease)| passes(lease) || index.is_multiple_of(8))
		.collect();
	leases.sort_by_key(|(id, _)| *id);
	let (id, lease) = pick(&leases, index)?;
	Some((id, lease.tenant))
}

/// Fewer units when they are long.
fn fitting(series: SeriesId, units: Units) -> Units {
	let minutes = Series::<Runtime>::get(series).unwrap().sale.unit_seconds / 60;
	units.div_ceil(minutes.into())
}

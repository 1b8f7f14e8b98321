// SPDX-License-Identifier: Apache-2.0

//! What owners do, their devices, and governance.

use super::{
	park::{Fleet, Machine, DAY},
	steps::OwnersStep,
	world::{open_series, pick, preferring, series_for, OWNERS},
	*,
};
use crate::constants::currency::EXISTENTIAL_DEPOSIT;
use pallet_device_registry::{Call as Registry, NextDeviceId, NextFleetId};
use pallet_lease_escrow::{Bonds, Call as Lease, Leases, Unbondings, MAX_UNBONDINGS};
use pallet_usage_token::{Call as Token, Error as TokenError};
use tenure_primitives::{DeviceId, FleetId, Subject};

/// Most devices and fleets at one time.
const MOST_DEVICES: usize = 6;
const MOST_FLEETS: usize = 3;

fn owner_at(index: usize) -> AccountId {
	pick(&OWNERS.map(account), index).unwrap()
}

fn other_owner(owner: &AccountId) -> AccountId {
	OWNERS.map(account).into_iter().find(|other| other != owner).unwrap()
}

/// What is refused is tried only now and then.
fn is_rare(index: usize) -> bool {
	index.is_multiple_of(5)
}

impl World<'_> {
	pub fn take_owners_step(&mut self, step: OwnersStep) {
		match step {
			OwnersStep::Register { owner, gap, reuse } => {
				if self.park.present().len() < MOST_DEVICES {
					// A block has room for a few reports.
					self.block_at(now() + SLOT);
					self.register(&owner_at(owner), gap, reuse);
				}
			}
			OwnersStep::Update { device, gap } => {
				let Some(device) = self.pick_device(device, |_| true) else { return };
				let owner = self.park.machine(device).owner.clone();
				let changes = pallet_device_registry::DeviceUpdate {
					heartbeat_gap: Some(gap),
					..Default::default()
				};
				self.judge("update", &owner, Registry::update { device, changes }, true);
				self.park.machine_mut(device).gap = gap;
			}
			OwnersStep::Retire { device } => self.retire(device),
			OwnersStep::CreateSeries { device, offer } => {
				let Some(device) = self.pick_device(device, Machine::is_apart) else { return };
				let machine = self.park.machine(device).clone();
				let mut terms = offer.terms();
				self.fit_arbiters(&machine.owner, &mut terms);
				let series = series_of(device, offer.sale(), terms);
				let outcome = self.call("create_series", &machine.owner, series);
				assert!(outcome.is_err() || machine.is_apart());
			}
			OwnersStep::CreateFleetSeries { fleet, offer } => {
				let fleets = self.park.present_fleets();
				let has_members =
					|fleet: &Fleet| !self.park.devices_of(&Subject::Fleet(fleet.id)).is_empty();
				let Some(fleet) = pick(&preferring(fleets, has_members), fleet) else { return };
				let mut terms = offer.terms();
				self.fit_arbiters(&fleet.owner, &mut terms);
				let series = series_for(Subject::Fleet(fleet.id), offer.sale(), terms);
				let _ = self.call("create_series of a fleet", &fleet.owner, series);
			}
			OwnersStep::CloseSeries { series } => self.close_series(series),
			OwnersStep::Bond { owner, amount } => {
				let may = amount >= EXISTENTIAL_DEPOSIT;
				self.judge("bond", &owner_at(owner), Lease::bond { amount }, may);
			}
			OwnersStep::Unbond { owner, percent } => {
				let owner = owner_at(owner);
				self.withdraw_unbonded(&owner);
				let free = Bonds::<Runtime>::get(&owner).free();
				let amount = free * Balance::from(percent) / 100;
				let has_room = Unbondings::<Runtime>::get(&owner).len() < MAX_UNBONDINGS as usize;
				let is_enough = amount >= EXISTENTIAL_DEPOSIT || amount == free;
				let may = amount > 0 && is_enough && has_room;
				self.judge("unbond", &owner, Lease::unbond { amount }, may);
			}
			OwnersStep::CreateFleet { owner } => {
				if self.park.present_fleets().len() < MOST_FLEETS {
					self.create_fleet(&owner_at(owner));
				}
			}
			OwnersStep::AddToFleet { fleet, device } => self.add_to_fleet(fleet, device),
			OwnersStep::RemoveFromFleet { device } => self.remove_from_fleet(device),
			OwnersStep::DisbandFleet { fleet } => {
				let Some(fleet) = pick(&self.park.present_fleets(), fleet) else { return };
				self.disband(&fleet);
			}
			OwnersStep::ForceRetire { device } => {
				if let Some(device) = self.pick_device(device, |_| true) {
					self.force_retire(device);
				}
			}
			step => self.take_device_step(step),
		}
	}

	/// Steps of one device.
	fn take_device_step(&mut self, step: OwnersStep) {
		match step {
			OwnersStep::OfferTransfer { device } => {
				if let Some(device) = self.pick_to_be_offered(device) {
					self.offer(device);
				}
			}
			OwnersStep::WithdrawTransfer { device } => {
				if let Some(device) = self.pick_offered(device) {
					self.withdraw(device);
				}
			}
			OwnersStep::AcceptTransfer { device } => {
				if let Some(device) = self.pick_offered(device) {
					self.accept(device);
				}
			}
			OwnersStep::ReportMissing { device: index } => {
				let Some(device) = self.pick_device(index, |machine| !machine.is_missing) else {
					return;
				};
				let Machine { owner, is_missing, .. } = self.park.machine(device).clone();
				let report = Registry::report_missing { device };
				if self.judge("report_missing", &owner, report, !is_missing) {
					let machine = self.park.machine_mut(device);
					machine.is_missing = true;
					machine.offered_to = None;
					machine.home = machine.fleet.take();
				}
			}
			OwnersStep::ReportFound { device: index } => {
				let Some(device) = self.pick_device(index, |machine| machine.is_missing) else {
					return;
				};
				let Machine { owner, is_missing, .. } = self.park.machine(device).clone();
				if is_missing || is_rare(index) {
					let report = Registry::report_found { device };
					// It goes back to its fleet, which sells nothing of the device's own.
					let fleets = self.park.present_fleets();
					let home = self.park.machine(device).home;
					let home = home.filter(|home| fleets.iter().any(|fleet| fleet.id == *home));
					let is_promised = self.books.is_promised(&Subject::Device(device));
					let may = is_missing && !(home.is_some() && is_promised);
					if self.judge("report_found", &owner, report, may) {
						let machine = self.park.machine_mut(device);
						(machine.is_missing, machine.fleet, machine.home) = (false, home, None);
						machine.is_lost = false;
						self.books.lost.remove(&device);
					}
				}
			}
			OwnersStep::ReleaseKey { device } => self.release_key(device),
			OwnersStep::RotateKey { device, back } => self.rotate_key(device, back),
			OwnersStep::Activate { device } => self.activate(device),
			other => unreachable!("{other:?} is none of a device's"),
		}
	}

	pub fn register(&mut self, owner: &AccountId, gap: u32, reuse: bool) -> DeviceId {
		let used = if reuse { self.park.free_pair() } else { None };
		let pair = used.unwrap_or_else(|| self.park.new_pair());
		let device = Device { id: NextDeviceId::<Runtime>::get(), pair };
		self.judge("register", owner, registration(device.key(), gap), true);
		assert_eq!(device.activate(owner), Ok(Ok(())));
		let id = device.id;
		self.park.machines.push(Machine::new(device, owner.clone(), gap));
		id
	}

	fn retire(&mut self, index: usize) {
		let is_free =
			|machine: &Machine| machine.is_apart() && !self.books.is_committed(machine.device.id);
		let Some(device) = self.pick_device(index, is_free) else { return };
		let may = is_free(self.park.machine(device));
		// Devices whose time is for sale are worth more.
		if !may && !is_rare(index) {
			return;
		}
		let owner = self.park.machine(device).owner.clone();
		if self.judge("retire", &owner, Registry::retire { device }, may) {
			self.park.machine_mut(device).note_retired();
		}
	}

	fn close_series(&mut self, index: usize) {
		let Some(series) = pick(&open_series(), index) else { return };
		let facts = self.books.series[&series].clone();
		let server = self.park.server(&facts.subject).unwrap_or_else(|| facts.maker.clone());
		let close = Token::close_series { series };
		if facts.maker != server {
			let refusal = TokenError::<Runtime>::NotSeriesOwner;
			assert_eq!(call(&facts.maker, close.clone()), Err(refusal.into()));
		}
		self.judge("close_series", &server, close, true);
	}

	pub fn create_fleet(&mut self, owner: &AccountId) -> FleetId {
		let id = NextFleetId::<Runtime>::get();
		self.judge("create_fleet", owner, Registry::create_fleet {}, true);
		let (owner, is_gone, left_until) = (owner.clone(), false, 0);
		self.park.fleets.push(Fleet { id, owner, is_gone, left_until });
		id
	}

	fn add_to_fleet(&mut self, fleet: usize, index: usize) {
		let Some(fleet) = pick(&self.park.present_fleets(), fleet) else { return };
		let fits = |machine: &Machine| {
			let own = Subject::Device(machine.device.id);
			machine.owner == fleet.owner
				&& machine.is_apart()
				&& machine.is_active
				&& machine.offered_to.is_none()
				&& !self.books.is_promised(&own)
		};
		let Some(device) = self.pick_device(index, fits) else { return };
		let may = fits(self.park.machine(device));
		if may || is_rare(index) {
			self.join(fleet.id, &fleet.owner, device, may);
		}
	}

	pub fn join(&mut self, fleet: FleetId, owner: &AccountId, device: DeviceId, may: bool) {
		if self.judge("add_to_fleet", owner, Registry::add_to_fleet { fleet, device }, may) {
			self.park.machine_mut(device).fleet = Some(fleet);
		}
	}

	pub fn remove_from_fleet(&mut self, index: usize) {
		let may_leave = |machine: &Machine| {
			let fleet = machine.fleet?;
			self.books.may_leave(&self.park, fleet, machine.device.id)
		};
		let is_free = |machine: &Machine| may_leave(machine) == Some(true);
		let Some(device) = self.pick_device(index, is_free) else { return };
		let Machine { owner, fleet: Some(fleet), .. } = self.park.machine(device).clone() else {
			return;
		};
		let may = may_leave(self.park.machine(device));
		let remove = Registry::remove_from_fleet { fleet, device };
		let outcome = self.call("remove_from_fleet", &owner, remove);
		assert!(may.is_none_or(|may| outcome.is_ok() == may), "{may:?}: {outcome:?}");
		if outcome.is_ok() {
			let taken_until = self.books.taken_until(device);
			self.park.note_left(device, taken_until);
		}
	}

	pub fn disband(&mut self, fleet: &Fleet) {
		let may = !self.books.is_promised(&Subject::Fleet(fleet.id));
		let disband = Registry::disband_fleet { fleet: fleet.id };
		if self.judge("disband_fleet", &fleet.owner, disband, may) {
			for device in self.park.devices_of(&Subject::Fleet(fleet.id)) {
				self.park.machine_mut(device).fleet = None;
			}
			let same = |other: &&mut Fleet| other.id == fleet.id;
			self.park.fleets.iter_mut().find(same).unwrap().is_gone = true;
		}
	}

	/// One of the devices that are offered; if there is none, one is.
	fn pick_offered(&mut self, index: usize) -> Option<DeviceId> {
		let is_offered = |machine: &Machine| machine.offered_to.is_some();
		let device = self.pick_device(index, |machine| is_offered(machine))?;
		if is_offered(self.park.machine(device)) {
			return Some(device);
		}
		let device = self.pick_to_be_offered(index)?;
		self.offer(device).then_some(device)
	}

	/// One of the devices that can be offered, rather one with leases to come.
	fn pick_to_be_offered(&self, index: usize) -> Option<DeviceId> {
		let waits = |machine: &Machine| {
			let mut leases = Leases::<Runtime>::iter_values();
			let id = machine.device.id;
			machine.is_apart() && leases.any(|lease| lease.device == id && now() < lease.from)
		};
		let device = self.pick_device(index, waits)?;
		if waits(self.park.machine(device)) {
			return Some(device);
		}
		self.pick_device(index, Machine::is_apart)
	}

	/// Offers the device to the other owner. Tells whether that succeeded.
	fn offer(&mut self, device: DeviceId) -> bool {
		let machine = self.park.machine(device).clone();
		let to = other_owner(&machine.owner);
		let may = machine.is_apart() && machine.offered_to.is_none();
		let offer = Registry::offer_transfer { device, to: to.clone() };
		if self.judge("offer_transfer", &machine.owner, offer, may) {
			self.park.machine_mut(device).offered_to = Some(to);
		}
		may
	}

	fn withdraw(&mut self, device: DeviceId) {
		let owner = self.park.machine(device).owner.clone();
		self.judge("withdraw_transfer", &owner, Registry::withdraw_transfer { device }, true);
		self.park.machine_mut(device).offered_to = None;
	}

	/// One of the devices with leases to come changes hands, if there is any, at the second attempt.
	pub fn hand_over(&mut self) {
		let Some(device) = self.pick_to_be_offered(0) else { return };
		if self.park.machine(device).offered_to.is_some() || self.offer(device) {
			self.withdraw(device);
			self.offer(device);
			self.accept(device);
		}
	}

	/// The device changes hands if whoever it is offered to can stand behind what is booked.
	fn accept(&mut self, device: DeviceId) {
		let to = self.park.machine(device).offered_to.clone().unwrap();
		let bonds = |of: &dyn Fn(&pallet_lease_escrow::LeaseOf<Runtime>) -> bool| {
			let leases = Leases::<Runtime>::iter_values().filter(|lease| of(lease));
			leases.map(|lease| lease.bond).sum::<Balance>()
		};
		let asked = bonds(&|lease| lease.device == device && now() < lease.from);
		let committed = bonds(&|lease| lease.payee == to);
		let mut ahead = self.books.contracts.values();
		let is_judge = ahead.any(|contract| {
			contract.device == device
				&& now() < contract.from
				&& contract.arbiter.as_ref() == Some(&to)
		});
		let may = asked + committed <= Bonds::<Runtime>::get(&to).held && !is_judge;
		if self.judge(
			"accept_transfer",
			&to,
			Registry::accept_transfer { device, max_bond: Balance::MAX },
			may,
		) {
			let machine = self.park.machine_mut(device);
			machine.owner = to.clone();
			machine.offered_to = None;
			// Nobody but the owner names keys.
			machine.rotation = None;
			if !machine.is_active {
				self.name_key_again(device, &to);
			}
		}
	}

	/// A key that is not active was forgotten. It is named again, or another one if it serves another
	/// device by now.
	fn name_key_again(&mut self, device: DeviceId, owner: &AccountId) {
		if self.park.is_key_active(&self.park.machine(device).device.key()) {
			let pair = self.park.new_pair();
			self.park.machine_mut(device).device.pair = pair;
		}
		let key = self.park.machine(device).device.key();
		self.judge("rotate_key", owner, Registry::rotate_key { device, key }, true);
	}

	pub fn force_retire(&mut self, device: DeviceId) {
		self.leave_block();
		self.note_forced_out(device);
		let retire = Registry::force_retire { device };
		assert_eq!(self.call_as_root("force_retire", retire), Ok(()));
		let machine = self.park.machine_mut(device);
		machine.is_missing = false;
		machine.forced_out_at = Some(now());
		machine.note_retired();
	}

	pub fn release_key(&mut self, index: usize) {
		let is_free = |machine: &Machine| {
			machine.is_active && machine.is_apart() && !self.books.is_committed(machine.device.id)
		};
		let Some(device) = self.pick_device(index, is_free) else { return };
		let may = is_free(self.park.machine(device));
		if !may && !is_rare(index) {
			return;
		}
		let owner = self.park.machine(device).owner.clone();
		if self.judge("release_key", &owner, Registry::release_key { device }, may) {
			let machine = self.park.machine_mut(device);
			machine.is_active = false;
			machine.rotation = None;
		}
	}

	pub fn rotate_key(&mut self, index: usize, back: bool) {
		let Some(device) = self.pick_device(index, |machine| !machine.is_missing) else { return };
		let machine = self.park.machine(device).clone();
		let may = !machine.is_missing;
		if back && machine.is_active {
			let may = may && machine.rotation.is_some();
			if may || is_rare(index) {
				let rotate = Registry::rotate_key { device, key: machine.device.key() };
				if self.judge("rotate_key", &machine.owner, rotate, may) {
					self.park.machine_mut(device).rotation = None;
				}
				return;
			}
		}
		let pair = self.park.new_pair();
		let key = Device { id: device, pair }.key();
		let is_leaned_on = machine.fleet.is_some() || self.books.is_committed(device);
		if self.judge("rotate_key", &machine.owner, Registry::rotate_key { device, key }, may) {
			let machine = self.park.machine_mut(device);
			if machine.is_active && is_leaned_on {
				machine.rotation = Some((pair, now() + DAY));
			} else {
				machine.is_active = false;
				machine.device.pair = pair;
				machine.rotation = None;
			}
		}
	}

	/// The device signs with the key whose turn it is.
	pub fn activate(&mut self, index: usize) {
		let is_due = |machine: &Machine| match &machine.rotation {
			Some((_, from)) => *from <= now(),
			None => !machine.is_active,
		};
		let waits = |machine: &Machine| !machine.is_missing && is_due(machine);
		let Some(device) = self.pick_device(index, waits) else { return };
		let machine = self.park.machine(device).clone();
		if machine.is_missing || (machine.is_active && machine.rotation.is_none()) {
			return;
		}
		// Reports must be some time apart.
		self.block_at(now() + 30);
		let pair = machine.rotation.as_ref().map_or(&machine.device.pair, |(pair, _)| pair);
		let signer = Device { id: device, pair: *pair };
		let may = is_due(&machine) && !self.park.is_key_active(&signer.key());
		let outcome = signer.activate(&machine.owner).map_err(|_| DispatchError::Other("refused"));
		self.outcomes.note_call("activate", outcome.and_then(|inner| inner));
		assert_eq!(outcome, if may { Ok(Ok(())) } else { Err(DispatchError::Other("refused")) });
		if may {
			self.outcomes.made.insert(("Attestation", "activate"));
			let machine = self.park.machine_mut(device);
			machine.device = signer;
			machine.is_active = true;
			machine.rotation = None;
			machine.lives.push(vec![now()]);
		}
	}
}

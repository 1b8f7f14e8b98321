// SPDX-License-Identifier: Apache-2.0

//! What owners, governance, devices and the clock do.

use super::{world::*, *};
use tenure_primitives::DeviceInfo;

impl World {
	pub fn change_neighbours(&mut self, step: &Step) -> Option<&'static str> {
		match *step {
			Step::Join { fleet, device } => {
				let fleet = self.fleet(fleet)?;
				let fits = |info: &DeviceInfo<_>| {
					info.fleet.is_none()
						&& info.status == DeviceStatus::Listed
						&& info.owner == FleetOwners::get()[&fleet]
						&& has_active_key(info)
				};
				let has_room = devices_of(&Subject::Fleet(fleet)).len() < MOST_MEMBERS as usize;
				let fitting =
					Registry::get().into_iter().filter(|(_, info)| has_room && fits(info));
				let fitting: Vec<_> = fitting.map(|(device, _)| device).collect();
				let device = fitting.get(device.checked_rem(fitting.len())?)?;
				join(fleet, *device).ok().map(|()| "join")
			}
			Step::Leave(device) => self.leave(self.member(device)?),
			Step::Found { owner } => {
				add_fleet(self.next_fleet, PEOPLE[owner % 2].clone(), &[]);
				self.next_fleet += 1;
				Some("found")
			}
			Step::Disband(fleet) => disband(self.fleet(fleet)?).ok().map(|()| "disband"),
			Step::Register { owner } => {
				add_device(self.next_device, PEOPLE[owner % 2].clone());
				self.next_device += 1;
				Some("register")
			}
			Step::HandOver { device, to } => {
				let device = self.device(device)?;
				let info = Registry::get()[&device].clone();
				let fits = info.fleet.is_none() && info.status == DeviceStatus::Listed;
				fits.then(|| change_device(device, |info| info.owner = PEOPLE[to % 2].clone()))?;
				Some("hand over")
			}
			Step::ChangeKey(device) => {
				let device = self.device(device)?;
				// A member's key is not released, a missing device's neither changes nor becomes active.
				let info = Registry::get()[&device].clone();
				let fits = info.fleet.is_none() && info.status == DeviceStatus::Listed;
				let change = |info: &mut DeviceInfo<_>| {
					info.key.iter_mut().for_each(|key| key.active = !key.active);
				};
				fits.then(|| change_device(device, change))?;
				Some("change key")
			}
			Step::Lose(device) => {
				let device = self.device(device)?;
				self.lose(device);
				Some("lose")
			}
			Step::Find(device) => {
				let device = self.device(device)?;
				let is_missing = Registry::get()[&device].status == DeviceStatus::Missing;
				is_missing
					.then(|| change_device(device, |info| info.status = DeviceStatus::Listed))?;
				Some("find")
			}
			Step::Retire(device) => {
				let device = self.device(device)?;
				let is_leased = self.leases.iter().any(|lease| lease.device == device);
				let is_bound = Registry::get()[&device].fleet.is_some()
					|| is_leased || UsageToken::is_committed(device);
				(!is_bound).then(|| Registry::mutate(|devices| devices.remove(&device)))?;
				Some("retire")
			}
			Step::TakeAway(device) => {
				let device = self.device(device)?;
				force_retire(device);
				self.close_all(device);
				Some("take away")
			}
			Step::Silence(device) => {
				let device = self.device(device)?;
				let now = Now::get();
				Silent::mutate(|silent| {
					silent.entry(device).or_insert(now);
				});
				Some("silence")
			}
			Step::Wake(device) => {
				let device = self.device(device)?;
				Silent::mutate(|silent| silent.remove(&device))?;
				Some("wake")
			}
			Step::CatchUp(fleet) => {
				let fleet = self.fleet(fleet)?;
				self.catch_up(fleet)
			}
			Step::Wait(seconds) => {
				let now = Now::get();
				// Now and then until the next lease runs, so that some are ended early.
				let starts = self.leases.iter().map(|lease| lease.from);
				let next = starts.filter(|from| now < *from && seconds.is_multiple_of(3)).min();
				self.wait(next.map_or(seconds, |from| (from - now + 1).min(DAY)));
				Some("wait")
			}
			_ => None,
		}
	}

	/// INV6
	fn wait(&self, seconds: u64) {
		let shares = || -> Vec<_> {
			let all = Series::<Test>::iter();
			all.map(|(_, record)| UsageToken::worth(&record, Now::get()).share).collect()
		};
		let before = shares();
		Now::mutate(|now| *now += seconds);
		let records = Series::<Test>::iter_values();
		for ((before, after), record) in before.into_iter().zip(shares()).zip(records) {
			let is_silent = |device: &DeviceId| Silent::get().contains_key(device);
			let may_rise =
				after == Perbill::one() && devices_of(&record.subject).iter().all(is_silent);
			assert!(after <= before || may_rise, "{before:?} rose to {after:?}");
		}
	}

	fn device(&self, number: usize) -> Option<DeviceId> {
		let all: Vec<_> = Registry::get().into_keys().collect();
		(!all.is_empty()).then(|| all[number % all.len()])
	}

	/// A member of a fleet, one that is leased if there is one.
	fn member(&self, number: usize) -> Option<DeviceId> {
		let is_member = |device: &DeviceId| Registry::get()[device].fleet.is_some();
		let is_leased = |device: &DeviceId| self.leases.iter().any(|lease| lease.device == *device);
		let members: Vec<_> = Registry::get().into_keys().filter(is_member).collect();
		let leased: Vec<_> = members.iter().copied().filter(is_leased).collect();
		let all = if leased.is_empty() || number.is_multiple_of(3) { members } else { leased };
		(!all.is_empty()).then(|| all[number % all.len()])
	}

	fn fleet(&self, number: usize) -> Option<FleetId> {
		let all: Vec<_> = FleetOwners::get().into_keys().collect();
		(!all.is_empty()).then(|| all[number % all.len()])
	}
}

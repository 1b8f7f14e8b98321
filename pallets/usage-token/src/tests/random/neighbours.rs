// SPDX-License-Identifier: Apache-2.0

//! What owners, governance, devices and the clock do.

use super::{world::*, *};
use sp_runtime::DispatchError;

impl World {
	pub fn change_neighbours(&mut self, step: &Step) -> Option<&'static str> {
		match *step {
			Step::Join { fleet, device } => {
				let (fleet, device) = (self.fleet(fleet)?, self.device(device)?);
				let info = Registry::get()[&device].clone();
				let fits = info.fleet.is_none()
					&& info.status == DeviceStatus::Listed
					&& info.owner == FleetOwners::get()[&fleet]
					&& devices_of(&Subject::Fleet(fleet)).len() < MOST_MEMBERS as usize;
				(fits && join(fleet, device).is_ok()).then_some("join")
			}
			Step::Leave(device) => self.leave(device),
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
			Step::Lose(device) => {
				lose(self.device(device)?);
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
				self.wait(seconds);
				Some("wait")
			}
			_ => None,
		}
	}

	fn leave(&self, device: usize) -> Option<&'static str> {
		let device = self.device(device)?;
		let fleet = Registry::get()[&device].fleet?;
		let subject = Subject::Fleet(fleet);
		let windows = Windows::<Test>::get(subject);
		// Whether the rest can serve what is sold, by adding up, with the device out of it.
		let fits = || {
			windows.iter().filter(|window| window.is_live(Now::get())).all(|window| {
				let (outstanding, booked, room) = load(&subject, window.from, window.until);
				outstanding == 0 || outstanding + booked <= room
			})
		};
		match leave(fleet, device) {
			Ok(()) => {
				assert!(fits(), "the rest can't serve what is sold");
				Some("leave")
			}
			Err(error) => {
				assert_eq!(error, DispatchError::from(Error::<Test>::FleetTooSmall));
				change_device(device, |info| info.fleet = None);
				let would_fit = fits();
				change_device(device, |info| info.fleet = Some(fleet));
				assert!(!would_fit || is_behind(&subject), "the rest could serve what is sold");
				None
			}
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

	fn fleet(&self, number: usize) -> Option<FleetId> {
		let all: Vec<_> = FleetOwners::get().into_keys().collect();
		(!all.is_empty()).then(|| all[number % all.len()])
	}
}

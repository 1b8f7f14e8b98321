// SPDX-License-Identifier: Apache-2.0

//! Who has which devices and fleets, and what the devices did: as the steps made it, never as the chain
//! has it.

use super::*;
use sp_core::ed25519;
use tenure_primitives::{DeviceId, DeviceStatus, FleetId, PublicKey, Subject};

/// Time without a report after which a device can't be booked ahead. No heartbeat gap is longer.
pub const DAY: Moment = 86_400;

/// A device with all reports that it ever sent.
#[derive(Clone)]
pub struct Machine {
	/// Its number, and the key pair that is active, or pending if none is.
	pub device: Device,
	/// Whether the key is active.
	pub is_active: bool,
	/// The key pair that takes the place of the active one, and from when.
	pub rotation: Option<(ed25519::Pair, Moment)>,
	pub owner: AccountId,
	/// Its own heartbeat gap.
	pub gap: u32,
	pub offered_to: Option<AccountId>,
	pub fleet: Option<FleetId>,
	/// The fleet that it was in when it went missing.
	pub home: Option<FleetId>,
	pub is_missing: bool,
	/// Whether that is because a tenant did not bring it back.
	pub is_lost: bool,
	pub is_retired: bool,
	/// When governance retired it.
	pub forced_out_at: Option<Moment>,
	/// Its reports since each activation, that included.
	pub lives: Vec<Vec<Moment>>,
}

impl Machine {
	/// Registered and activated now.
	pub fn new(device: Device, owner: AccountId, gap: u32) -> Self {
		Self {
			device,
			is_active: true,
			rotation: None,
			owner,
			gap,
			offered_to: None,
			fleet: None,
			home: None,
			is_missing: false,
			is_lost: false,
			is_retired: false,
			forced_out_at: None,
			lives: vec![vec![now()]],
		}
	}

	/// Whether its owner alone decides on it.
	pub fn is_apart(&self) -> bool {
		!self.is_missing && self.fleet.is_none()
	}

	/// When it last reported.
	pub fn last_seen(&self) -> Moment {
		*self.lives.last().unwrap().last().unwrap()
	}

	/// Whether it reported a short time ago.
	pub fn is_on(&self) -> bool {
		self.is_active && self.last_seen() + 60 > now()
	}

	/// A tenant did not bring it back.
	pub fn note_lost(&mut self) {
		self.is_lost = true;
		self.is_missing = true;
		self.offered_to = None;
		self.home = self.fleet.take().or(self.home);
	}

	/// It sent a heartbeat now.
	pub fn note_beat(&mut self) {
		self.lives.last_mut().unwrap().push(now());
	}

	/// Its record is gone.
	pub fn note_retired(&mut self) {
		self.is_retired = true;
		self.is_active = false;
		self.rotation = None;
		self.offered_to = None;
		self.fleet = None;
		self.home = None;
	}
}

/// A fleet.
#[derive(Clone)]
pub struct Fleet {
	pub id: FleetId,
	pub owner: AccountId,
	pub is_gone: bool,
	/// Until when leases of devices that left it may give back units.
	pub left_until: Moment,
}

/// All devices and fleets that there ever were.
#[derive(Default)]
pub struct Park {
	pub machines: Vec<Machine>,
	pub fleets: Vec<Fleet>,
	/// Who may be named as arbiter.
	pub arbiters: BTreeSet<AccountId>,
	/// How many keys were made.
	keys: u64,
}

impl Park {
	/// A key that nobody has.
	pub fn new_pair(&mut self) -> ed25519::Pair {
		self.keys += 1;
		key_pair(self.keys)
	}

	/// A key that was active once, or named, and is not active now.
	pub fn free_pair(&self) -> Option<ed25519::Pair> {
		let is_free = |machine: &&Machine| !self.is_key_active(&machine.device.key());
		self.machines.iter().find(is_free).map(|machine| machine.device.pair)
	}

	/// Whether the key is active for any device.
	pub fn is_key_active(&self, key: &PublicKey) -> bool {
		self.machines.iter().any(|machine| machine.is_active && machine.device.key() == *key)
	}

	/// The device.
	pub fn machine(&self, device: DeviceId) -> &Machine {
		self.machines.iter().find(|machine| machine.device.id == device).unwrap()
	}

	/// The device, to change it.
	pub fn machine_mut(&mut self, device: DeviceId) -> &mut Machine {
		self.machines.iter_mut().find(|machine| machine.device.id == device).unwrap()
	}

	/// The device, of which leases take time until `taken_until`, leaves its fleet.
	pub fn note_left(&mut self, device: DeviceId, taken_until: Moment) {
		let left = self.machine_mut(device).fleet.take();
		let fleet = self.fleets.iter_mut().find(|fleet| Some(fleet.id) == left).unwrap();
		fleet.left_until = fleet.left_until.max(taken_until);
	}

	/// Devices that are not retired.
	pub fn present(&self) -> Vec<DeviceId> {
		let present = self.machines.iter().filter(|machine| !machine.is_retired);
		present.map(|machine| machine.device.id).collect()
	}

	/// Fleets that are not disbanded.
	pub fn present_fleets(&self) -> Vec<Fleet> {
		self.fleets.iter().filter(|fleet| !fleet.is_gone).cloned().collect()
	}

	/// The devices that units of the subject are good on, unless they are retired.
	pub fn devices_of(&self, subject: &Subject) -> Vec<DeviceId> {
		let is_of = |machine: &Machine| match subject {
			Subject::Device(device) => machine.device.id == *device,
			Subject::Fleet(fleet) => machine.fleet == Some(*fleet),
		};
		let present = self.machines.iter().filter(|machine| !machine.is_retired);
		present.filter(|machine| is_of(machine)).map(|machine| machine.device.id).collect()
	}

	/// Who serves units of the subject, if it is still there.
	pub fn server(&self, subject: &Subject) -> Option<AccountId> {
		match subject {
			Subject::Device(device) => {
				let machine = self.machine(*device);
				(!machine.is_retired).then(|| machine.owner.clone())
			}
			Subject::Fleet(id) => {
				let fleet = self.fleets.iter().find(|fleet| fleet.id == *id).unwrap();
				(!fleet.is_gone).then(|| fleet.owner.clone())
			}
		}
	}

	/// Compares all of it with the chain.
	pub fn compare(&self, when: &str) {
		for machine in &self.machines {
			let id = machine.device.id;
			let details = DeviceRegistry::details(id);
			assert_eq!(details.is_none(), machine.is_retired, "device {id} {when}");
			let Some(details) = details else { continue };
			assert_eq!(details.owner, machine.owner, "device {id} {when}");
			assert_eq!(details.heartbeat_gap, machine.gap, "device {id} {when}");
			assert_eq!(details.offered_to, machine.offered_to, "device {id} {when}");
			assert_eq!(details.fleet, machine.fleet, "device {id} {when}");
			let status = match (machine.is_lost, machine.is_missing) {
				(true, _) => DeviceStatus::NotReturned,
				(false, true) => DeviceStatus::Missing,
				(false, false) => DeviceStatus::Listed,
			};
			assert_eq!(details.status, status, "device {id} {when}");
			let key = details.key.map(|key| (key.public, key.active));
			let expected = Some((machine.device.key(), machine.is_active));
			assert_eq!(key, expected, "device {id} {when}");
			let rotation = details.rotation.map(|rotation| (rotation.public, rotation.from));
			let expected = machine.rotation.as_ref().map(|(pair, from)| {
				let next = Device { id, pair: *pair };
				(next.key(), *from)
			});
			assert_eq!(rotation, expected, "device {id} {when}");
		}
		for fleet in &self.fleets {
			let details = DeviceRegistry::fleet_details(fleet.id);
			let expected = (!fleet.is_gone)
				.then(|| (fleet.owner.clone(), self.devices_of(&Subject::Fleet(fleet.id))));
			assert_eq!(details.map(|found| (found.owner, found.members)), expected, "{when}");
		}
	}
}

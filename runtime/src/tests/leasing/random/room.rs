// SPDX-License-Identifier: Apache-2.0

//! How much time is promised, by brute force over devices and leases.

use super::{books::Books, park::Park, *};
use pallet_lease_escrow::Leases;
use pallet_usage_token::FleetChanges;
use tenure_primitives::{DeviceId, FleetId, SeriesId, Subject, Units};

/// Starts and ends of a fleet's leases that one call at least comes past.
const CHANGES_AT_ONCE: usize = 4;

/// The time of a usable window that is ahead, on all devices of a subject together.
pub struct Room {
	/// Of units in people's hands.
	pub outstanding: u64,
	/// Of leases and the pauses after them.
	pub booked: u64,
	/// All of it.
	pub left: u64,
	/// Whether so much happened unnoted that the chain may count what is past as booked.
	pub may_lag: bool,
}

impl Room {
	/// What nobody was promised.
	pub fn free(&self) -> u64 {
		self.left.saturating_sub(self.outstanding + self.booked)
	}

	/// Nothing is sold that there is no time for, and nothing refused that there is.
	pub fn assert_agrees(&self, seconds: u64, outcome: Result<(), DispatchError>) {
		let fits = self.outstanding + self.booked + seconds <= self.left;
		let full = pallet_usage_token::Error::<Runtime>::CapacityExceeded.into();
		match outcome {
			Ok(()) => assert!(fits, "oversold"),
			Err(error) => {
				assert!(error != full || !fits || self.may_lag, "refused a unit that fits")
			}
		}
	}
}

impl Books {
	/// The time of the series' window.
	pub fn room_for(&self, park: &Park, series: SeriesId) -> Room {
		let facts = &self.series[&series];
		let window = (facts.sale.usable_from, facts.sale.usable_until);
		self.room(&facts.subject, &park.devices_of(&facts.subject), window)
	}

	/// The time of a window of the subject, if these are its devices.
	fn room(
		&self,
		subject: &Subject,
		devices: &[DeviceId],
		(from, until): (Moment, Moment),
	) -> Room {
		let begin = from.max(now());
		let outstanding = self
			.series
			.iter()
			.filter(|(_, facts)| !facts.is_reaped && facts.subject == *subject)
			.filter(|(_, facts)| (facts.sale.usable_from, facts.sale.usable_until) == (from, until))
			.map(|(series, facts)| self.outstanding(*series) * u64::from(facts.sale.unit_seconds))
			.sum();
		let booked = devices.iter().map(|device| self.booked(*device, begin, until)).sum();
		let left = devices.len() as u64 * until.saturating_sub(begin);
		let may_lag = match subject {
			Subject::Device(_) => false,
			Subject::Fleet(fleet) => unnoted_changes(*fleet) > CHANGES_AT_ONCE,
		};
		Room { outstanding, booked, left, may_lag }
	}

	fn outstanding(&self, series: SeriesId) -> Units {
		Assets::total_supply(series) as Units
	}

	/// Seconds of [from, until) that leases of the device take, pauses included.
	fn booked(&self, device: DeviceId, from: Moment, until: Moment) -> u64 {
		let pause = self
			.totals
			.get(&device)
			.map_or(0, |totals| totals.free_from.min(until).saturating_sub(from));
		let leased: u64 = Leases::<Runtime>::iter_values()
			.filter(|lease| lease.device == device)
			.map(|lease| {
				let free_from = lease.until + Moment::from(lease.turnaround);
				free_from.min(until).saturating_sub(lease.from.max(from))
			})
			.sum();
		pause + leased
	}

	/// Whether units of the subject itself are for sale or outstanding.
	pub fn is_promised(&self, subject: &Subject) -> bool {
		let of_subject = self.series.iter().filter(|(_, facts)| facts.subject == *subject);
		of_subject.into_iter().any(|(series, facts)| facts.is_promised(*series))
	}

	/// Whether anybody has a claim on the device: units of its own or leases.
	pub fn is_committed(&self, device: DeviceId) -> bool {
		self.is_promised(&Subject::Device(device))
			|| Leases::<Runtime>::iter_values().any(|lease| lease.device == device)
	}

	/// Whether the other members can serve what the fleet has sold. Nothing if the chain may see it
	/// more narrowly.
	pub fn may_leave(&self, park: &Park, fleet: FleetId, device: DeviceId) -> Option<bool> {
		let subject = Subject::Fleet(fleet);
		let mut rest = park.devices_of(&subject);
		rest.retain(|member| *member != device);
		let live = self.series.values().filter(|facts| facts.subject == subject && facts.is_live());
		let rooms: Vec<Room> = live
			.map(|facts| {
				let window = (facts.sale.usable_from, facts.sale.usable_until);
				self.room(&subject, &rest, window)
			})
			.collect();
		let fits = rooms.iter().all(|room| room.outstanding + room.booked <= room.left);
		let may_lag = rooms.iter().any(|room| room.may_lag);
		(!fits || !may_lag).then_some(fits)
	}

	/// Compares what the chain says is left of each window.
	pub fn compare_rooms(&self, park: &Park, when: &str) {
		let devices = park.present().into_iter().map(Subject::Device);
		let fleets = park.present_fleets().into_iter().map(|fleet| Subject::Fleet(fleet.id));
		for subject in devices.chain(fleets) {
			let devices = park.devices_of(&subject);
			// A device that is missing or in a fleet has no time for units of its own.
			let is_served = match subject {
				Subject::Device(device) => park.machine(device).is_apart(),
				Subject::Fleet(_) => true,
			};
			let windows = UsageToken::capacity(&subject);
			for window in &windows {
				let mut room = self.room(&subject, &devices, (window.from, window.until));
				if !is_served {
					room.left = 0;
				}
				let seen = (window.outstanding_seconds, window.remaining_seconds);
				assert_eq!(seen, (room.outstanding, room.left), "{subject:?} {when}");
				if room.may_lag {
					assert!(window.booked_seconds >= room.booked, "{subject:?} {when}");
					assert!(window.free_seconds <= room.free(), "{subject:?} {when}");
				} else {
					let seen = (window.booked_seconds, window.free_seconds);
					assert_eq!(seen, (room.booked, room.free()), "{subject:?} {when}");
				}
			}
			let promised = self
				.series
				.iter()
				.filter(|(series, facts)| facts.subject == subject && facts.is_promised(**series));
			for (_, facts) in promised {
				let sale = &facts.sale;
				let is_its = |window: &&tenure_primitives::apis::WindowCapacity| {
					(window.from, window.until) == (sale.usable_from, sale.usable_until)
				};
				assert!(windows.iter().any(|window| is_its(&window)), "{subject:?} {when}");
			}
		}
	}
}

fn unnoted_changes(fleet: FleetId) -> usize {
	let changes = FleetChanges::<Runtime>::iter_key_prefix(fleet);
	changes.filter(|at| Moment::from(*at) <= now()).count()
}

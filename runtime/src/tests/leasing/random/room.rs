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
	/// Of leases and the pauses after them; of a fleet also of its own leases on devices that left it.
	pub booked: u64,
	/// All of it.
	pub left: u64,
	/// Whether the chain may count more as booked: what is past, if so much of it is unnoted, or what
	/// came back from leases of devices that left.
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
		self.room(park, &facts.subject, &park.devices_of(&facts.subject), window)
	}

	/// The time of a window of the subject, if these are its devices.
	fn room(
		&self,
		park: &Park,
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
		let own: u64 = devices.iter().map(|device| self.booked(*device, begin, until)).sum();
		let booked = own + self.owed(park, subject, devices, (begin, until));
		let left = devices.len() as u64 * until.saturating_sub(begin);
		let may_lag = match subject {
			Subject::Device(_) => false,
			Subject::Fleet(id) => {
				let fleet = park.fleets.iter().find(|fleet| fleet.id == *id).unwrap();
				unnoted_changes(*id) > CHANGES_AT_ONCE || now() < fleet.left_until
			}
		};
		Room { outstanding, booked, left, may_lag }
	}

	/// Seconds that leases of a fleet's own series take on other devices than these: units may come back
	/// from them. What went missing as a member is out of the count.
	fn owed(
		&self,
		park: &Park,
		subject: &Subject,
		devices: &[DeviceId],
		(from, until): (Moment, Moment),
	) -> u64 {
		let Subject::Fleet(fleet) = subject else { return 0 };
		let is_owed = |lease: &pallet_lease_escrow::LeaseOf<Runtime>| {
			self.series[&lease.series].subject == *subject
				&& !devices.contains(&lease.device)
				&& park.machine(lease.device).home != Some(*fleet)
				&& !park.machine(lease.device).is_retired
		};
		let owed = Leases::<Runtime>::iter_values().filter(is_owed);
		owed.map(|lease| leased_seconds(&lease, from, until)).sum()
	}

	/// Until when leases take time of the device, pauses included.
	pub fn taken_until(&self, device: DeviceId) -> Moment {
		let leases = Leases::<Runtime>::iter_values().filter(|lease| lease.device == device);
		let ends = leases.map(|lease| lease.until + Moment::from(lease.turnaround));
		let pause = self.totals.get(&device).map_or(0, |totals| totals.free_from);
		ends.fold(pause, Moment::max)
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
			.map(|lease| leased_seconds(&lease, from, until))
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

	/// Whether the other members can serve what the fleet has sold, the leases of this one included, as
	/// they may give back units. Nothing if the chain may see it more narrowly.
	pub fn may_leave(&self, park: &Park, fleet: FleetId, device: DeviceId) -> Option<bool> {
		let subject = Subject::Fleet(fleet);
		let members = park.devices_of(&subject);
		let rest: Vec<_> = members.iter().copied().filter(|member| *member != device).collect();
		let live = self.series.values().filter(|facts| facts.subject == subject && facts.is_live());
		let mut may_lag = false;
		let (mut fits, mut fits_surely) = (true, true);
		for facts in live {
			let window @ (from, until) = (facts.sale.usable_from, facts.sale.usable_until);
			let room = self.room(park, &subject, &rest, window);
			let leavers = self.booked(device, from.max(now()), until);
			// With all the leases of the one that leaves, whoever sold them.
			let with_all = self.room(park, &subject, &members, window);
			fits &= room.outstanding + room.booked <= room.left;
			fits_surely &=
				room.outstanding + leavers == 0 || room.outstanding + with_all.booked <= room.left;
			may_lag |= room.may_lag;
		}
		if may_lag {
			(!fits).then_some(false)
		} else {
			Some(fits_surely)
		}
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
				let mut room = self.room(park, &subject, &devices, (window.from, window.until));
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

/// Seconds of [from, until) that the lease takes, the pause after it included.
fn leased_seconds(
	lease: &pallet_lease_escrow::LeaseOf<Runtime>,
	from: Moment,
	until: Moment,
) -> u64 {
	let free_from = lease.until + Moment::from(lease.turnaround);
	free_from.min(until).saturating_sub(lease.from.max(from))
}

fn unnoted_changes(fleet: FleetId) -> usize {
	let changes = FleetChanges::<Runtime>::iter_key_prefix(fleet);
	changes.filter(|at| Moment::from(*at) <= now()).count()
}

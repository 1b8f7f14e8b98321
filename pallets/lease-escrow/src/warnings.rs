// SPDX-License-Identifier: Apache-2.0

//! How tenants learn that their time runs out.
//!
//! Before its end a lease is filed under the minutes in which a fifth and a tenth of it is left. Which
//! of them come next follows from its length and the clock: nothing is stored about it.

use crate::{
	types::{minute_from, minute_of},
	Config, Event, LeaseOf, MinuteKey, Pallet,
};
use tenure_lease_math::MINUTE;
use tenure_primitives::{LeaseId, Moment};

/// Parts of a lease that are left when its tenant is told, the larger one first.
const PARTS_LEFT: [u64; 2] = [5, 10];

impl<T: Config> Pallet<T> {
	/// The minute in which the sweep looks at a lease that is not over: that of its next warning if one
	/// is to come, or of its end. A part that is shorter than a minute is worth none.
	pub(crate) fn next_look(lease: &LeaseOf<T>, now: Moment) -> u32 {
		PARTS_LEFT
			.iter()
			.filter_map(|part| lease.seconds().checked_div(*part))
			.filter(|left| *left >= MINUTE)
			.map(|left| minute_from(lease.until.saturating_sub(left)))
			.find(|minute| *minute > minute_of(now))
			.unwrap_or(minute_from(lease.until))
	}

	/// Tells that the lease ends soon and files it under its next warning or its end.
	pub(crate) fn warn(id: LeaseId, lease: LeaseOf<T>, minute: MinuteKey, now: Moment) {
		Self::deposit_event(Event::LeaseEndsSoon {
			lease: id,
			tenant: lease.tenant.clone(),
			device: lease.device,
			until: lease.until,
			seconds_left: lease.until.saturating_sub(now),
		});
		let due = Self::next_look(&lease, now);
		Self::file(id, lease, minute, due, now);
	}
}

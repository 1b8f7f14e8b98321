// SPDX-License-Identifier: Apache-2.0

//! Long lists, page by page.

use crate::{Config, DevicesByOwner, FleetsByOwner, Pallet};
use alloc::vec::Vec;
use tenure_primitives::{apis::Page, DeviceId, FleetId};

/// Most items of a page.
const MAX_PAGE: u32 = 100;

impl<T: Config> Pallet<T> {
	/// Numbers of the owner's devices after `after`, at most `limit` and at most 100, in the order of the
	/// storage. `after` need not be the owner's any more.
	pub fn devices_of(
		owner: &T::AccountId,
		after: Option<DeviceId>,
		limit: u32,
	) -> Page<DeviceId, DeviceId> {
		match after {
			None => page(DevicesByOwner::<T>::iter_key_prefix(owner), after, limit),
			Some(last) => {
				let key = DevicesByOwner::<T>::hashed_key_for(owner, last);
				page(DevicesByOwner::<T>::iter_key_prefix_from(owner, key), after, limit)
			}
		}
	}

	/// Numbers of the owner's fleets after `after`, at most `limit` and at most 100, in the order of the
	/// storage. `after` need not be the owner's any more.
	pub fn fleets_of(
		owner: &T::AccountId,
		after: Option<FleetId>,
		limit: u32,
	) -> Page<FleetId, FleetId> {
		match after {
			None => page(FleetsByOwner::<T>::iter_key_prefix(owner), after, limit),
			Some(last) => {
				let key = FleetsByOwner::<T>::hashed_key_for(owner, last);
				page(FleetsByOwner::<T>::iter_key_prefix_from(owner, key), after, limit)
			}
		}
	}
}

/// The first numbers, and the last of them if there are more.
fn page(mut numbers: impl Iterator<Item = u64>, after: Option<u64>, limit: u32) -> Page<u64, u64> {
	let most = usize::try_from(limit.min(MAX_PAGE)).unwrap_or(usize::MAX);
	let items: Vec<u64> = numbers.by_ref().take(most).collect();
	let last = items.last().copied().or(after);
	let next = if numbers.next().is_some() { last } else { None };
	Page { items, next }
}

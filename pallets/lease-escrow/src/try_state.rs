// SPDX-License-Identifier: Apache-2.0

//! What must be true between any two transactions.

use crate::{
	AccessGrants, Bonds, Calendars, Config, Deadlines, Entry, HoldReason, Lease, LeaseOf, Leases,
	LeasesByTenant, Lifetimes, NextLeaseId, Pallet,
};
use alloc::{collections::BTreeMap, vec::Vec};
use frame_support::{ensure, traits::fungible::hold::Inspect};
use sp_runtime::TryRuntimeError;
use tenure_primitives::{traits::Evidence, Balance, DeviceId, LeaseId};

type Result = core::result::Result<(), TryRuntimeError>;

impl<T: Config> Pallet<T> {
	/// Checks all invariants:
	/// 1. each lease's units, time and money add up;
	/// 2. a tenant's held rent and record deposits are the sums over its open leases;
	/// 3. an owner's held bond is what its record says, and the committed part is the sum over its open
	///    leases and no more than is held;
	/// 4. calendars are in order, without overlap, of open leases only, and each open lease with an end
	///    ahead is in its device's;
	/// 5. each open lease has exactly one deadline;
	/// 6. grants agree with the calendar;
	/// 7. the index by tenant agrees with the leases.
	pub(crate) fn do_try_state() -> Result {
		let leases: BTreeMap<LeaseId, LeaseOf<T>> = Leases::<T>::iter().collect();
		Self::leases_add_up(&leases)?;
		Self::tenants_hold_what_leases_say(&leases)?;
		Self::bonds_cover_leases(&leases)?;
		Self::calendars_agree(&leases)?;
		Self::deadlines_agree(&leases)?;
		Self::grants_agree(&leases)
	}

	fn leases_add_up(leases: &BTreeMap<LeaseId, LeaseOf<T>>) -> Result {
		let next = NextLeaseId::<T>::get();
		for (id, lease) in leases {
			ensure!(*id > 0 && *id < next, "lease with a number that was not given out");
			ensure!(lease.from < lease.until, "lease without time");
			ensure!(lease.units > 0, "lease without units");
			ensure!(lease.adds_up(), "units, time and money of a lease don't add up");
			ensure!(lease.ended_early || lease.rounding == 0, "rounding without an early end");
			ensure!(
				LeasesByTenant::<T>::contains_key(&lease.tenant, id),
				"lease missing in the index by tenant"
			);
		}
		ensure!(
			LeasesByTenant::<T>::iter_keys().count() == leases.len(),
			"index by tenant has more leases than there are"
		);
		Ok(())
	}

	fn tenants_hold_what_leases_say(leases: &BTreeMap<LeaseId, LeaseOf<T>>) -> Result {
		let mut held: BTreeMap<&T::AccountId, (Balance, Balance)> = BTreeMap::new();
		for lease in leases.values() {
			let rent = lease.held().map_err(|_| "more paid than escrowed")?;
			let (rents, deposits) = held.entry(&lease.tenant).or_default();
			*rents = rents.saturating_add(rent);
			*deposits = deposits.saturating_add(lease.deposit);
		}
		for (tenant, (rents, deposits)) in held {
			let on_hold = |reason: HoldReason| T::Currency::balance_on_hold(&reason.into(), tenant);
			ensure!(on_hold(HoldReason::Rent) == rents, "held rent is not the sum over leases");
			ensure!(
				on_hold(HoldReason::LeaseRecord) == deposits,
				"held record deposits are not the sum over leases"
			);
		}
		Ok(())
	}

	fn bonds_cover_leases(leases: &BTreeMap<LeaseId, LeaseOf<T>>) -> Result {
		let mut committed: BTreeMap<&T::AccountId, Balance> = BTreeMap::new();
		for lease in leases.values().filter(|lease| lease.bond > 0) {
			let sum = committed.entry(&lease.payee).or_default();
			*sum = sum.saturating_add(lease.bond);
		}
		for (owner, sum) in committed {
			ensure!(
				Bonds::<T>::get(owner).committed == sum,
				"committed bond is not the sum over leases"
			);
		}
		for (owner, bond) in Bonds::<T>::iter() {
			ensure!(bond.committed <= bond.held, "more bond committed than held");
			ensure!(
				bond.committed == 0 || leases.values().any(|lease| lease.payee == owner),
				"bond committed to no lease"
			);
			let held = T::Currency::balance_on_hold(&HoldReason::OwnerBond.into(), &owner);
			ensure!(held == bond.held, "held bond is not what its record says");
		}
		Ok(())
	}

	fn calendars_agree(leases: &BTreeMap<LeaseId, LeaseOf<T>>) -> Result {
		let now = Self::now();
		let mut listed: BTreeMap<LeaseId, DeviceId> = BTreeMap::new();
		for (device, calendar) in Calendars::<T>::iter() {
			ensure!(!calendar.is_empty(), "empty calendar is kept");
			ensure!(
				calendar
					.iter()
					.zip(calendar.iter().skip(1))
					.all(|(earlier, later)| earlier.free_from <= later.from),
				"calendar is out of order or overlaps"
			);
			for entry in calendar.iter() {
				let lease =
					leases.get(&entry.lease).ok_or("calendar has a lease that is not open")?;
				ensure!(
					lease.device == device && *entry == entry_of(entry.lease, lease),
					"calendar and lease differ"
				);
				ensure!(listed.insert(entry.lease, device).is_none(), "lease is listed twice");
			}
		}
		let mut unclosed: BTreeMap<DeviceId, u32> = BTreeMap::new();
		for (id, lease) in leases.iter().filter(|(id, _)| !listed.contains_key(id)) {
			let last_seen = T::Evidence::last_seen(lease.device);
			let stale = entry_of(*id, lease).is_stale(last_seen, now);
			ensure!(stale, "lease is missing in the calendar");
			let count = unclosed.entry(lease.device).or_default();
			*count = count.saturating_add(1);
		}
		for (device, totals) in Lifetimes::<T>::iter() {
			let count = unclosed.remove(&device).unwrap_or_default();
			ensure!(totals.unclosed == count, "count of unlisted leases is wrong");
		}
		ensure!(unclosed.is_empty(), "unlisted leases are not counted");
		Ok(())
	}

	fn deadlines_agree(leases: &BTreeMap<LeaseId, LeaseOf<T>>) -> Result {
		let mut count = 0usize;
		for (minute, id) in Deadlines::<T>::iter_keys() {
			let lease = leases.get(&id).ok_or("deadline of a lease that is not open")?;
			ensure!(lease.deadline == minute.get(), "deadline and lease differ");
			count = count.saturating_add(1);
		}
		ensure!(count == leases.len(), "lease without a deadline");
		Ok(())
	}

	fn grants_agree(leases: &BTreeMap<LeaseId, LeaseOf<T>>) -> Result {
		let now = Self::now();
		for (device, calendar) in Calendars::<T>::iter() {
			let stored: Vec<_> = AccessGrants::<T>::get(device)
				.map(|grants| [grants.current, grants.next])
				.into_iter()
				.flatten()
				.flatten()
				.collect();
			for grant in &stored {
				let lease = leases.get(&grant.lease).ok_or("grant of a lease that is not open")?;
				ensure!(
					lease.device == device && *grant == lease.grant(grant.lease),
					"grant and lease differ"
				);
			}
			let over = stored.iter().filter(|grant| grant.until <= now).count();
			let ahead: Vec<LeaseId> = calendar
				.iter()
				.filter(|entry| entry.until > now)
				.map(|entry| entry.lease)
				.collect();
			let granted: Vec<LeaseId> = stored.iter().skip(over).map(|grant| grant.lease).collect();
			ensure!(ahead.starts_with(&granted), "grants are not the first leases to come");
			ensure!(
				granted.len() >= ahead.len().min(2usize.saturating_sub(over)),
				"grant of a coming lease is missing"
			);
		}
		ensure!(
			AccessGrants::<T>::iter_keys().all(Calendars::<T>::contains_key),
			"grants without a calendar"
		);
		Ok(())
	}
}

fn entry_of<AccountId>(id: LeaseId, lease: &Lease<AccountId>) -> Entry {
	Entry {
		lease: id,
		from: lease.from,
		until: lease.until,
		free_from: lease.until.saturating_add(lease.turnaround.into()),
		heartbeat_gap: lease.heartbeat_gap,
	}
}

// SPDX-License-Identifier: Apache-2.0

//! What must be true between any two transactions.

use crate::{
	types::minute_from, AccessGrants, Bonds, Calendars, Config, Deadlines, HoldReason,
	LastBlockTime, LeaseOf, LeaseOffers, Leases, LeasesBySeries, LeasesByTenant, Lifetimes,
	NextGroupId, NextLeaseId, Outages, Pallet, Payouts, Requests, Unbondings,
};
use alloc::{collections::BTreeMap, vec::Vec};
use frame_support::{ensure, traits::fungible::hold::Inspect};
use sp_runtime::{
	traits::{BlakeTwo256, Hash},
	TryRuntimeError,
};
use tenure_primitives::{
	traits::{Devices, Evidence},
	Balance, DeviceId, LeaseId,
};

type Result = core::result::Result<(), TryRuntimeError>;

impl<T: Config> Pallet<T> {
	/// Checks all invariants:
	/// 1. each lease's units, time and money add up, and its key before this one was replaced while it
	///    ran;
	/// 2. what each account has on hold as rent and record deposits are the sums over its open leases,
	///    nothing if it has none;
	/// 3. what it has on hold as bond is what its record says and what it takes back, and the committed
	///    part is the sum over its open leases and no more than stands behind them;
	/// 4. calendars are in order, without overlap, of open leases only, and each open lease with an end
	///    ahead is in its device's, unless governance retired that;
	/// 5. each open lease has exactly one deadline, at the latest its end if that is ahead;
	/// 6. grants agree with the calendar;
	/// 7. the indices by tenant and by series agree with the leases, and so do the payout addresses and the
	///    offers to other tenants;
	/// 8. whoever owns a device is paid for its leases that have not begun;
	/// 9. outages are in order, apart, and over;
	/// 10. disputes agree with what is on hold, with their deadlines and with the leases;
	/// 11. each lease whose device is handed over has a record of that, what tenants have on hold as
	///     deposits is what these say, and a device is out in the one lease that says so;
	/// 12. the requests of each device are its leases that wait for its owner; nothing of them is paid and no
	///     bond committed, their device is not handed over, and they are in no calendar.
	pub(crate) fn do_try_state() -> Result {
		let leases: BTreeMap<LeaseId, LeaseOf<T>> = Leases::<T>::iter().collect();
		Self::leases_add_up(&leases)?;
		Self::accounts_hold_what_leases_say(&leases)?;
		Self::bonds_cover_leases(&leases)?;
		Self::calendars_agree(&leases)?;
		Self::requests_agree(&leases)?;
		Self::deadlines_agree(&leases)?;
		Self::owners_are_paid(&leases)?;
		Self::disputes_agree(&leases)?;
		Self::custodies_agree(&leases)?;
		Self::grants_agree(&leases)?;
		Self::outages_are_in_order()
	}

	fn leases_add_up(leases: &BTreeMap<LeaseId, LeaseOf<T>>) -> Result {
		let next = NextLeaseId::<T>::get();
		for (id, lease) in leases {
			ensure!(*id > 0 && *id < next, "lease with a number that was not given out");
			ensure!(lease.from < lease.until, "lease without time");
			ensure!(
				lease.previous.is_none_or(|previous| previous < *id),
				"lease that goes on from a later one"
			);
			ensure!(
				lease.substituted_by.is_none_or(|by| *id < by && by < next) && {
					!lease.is_substituted() || lease.bond == 0 && !lease.ended_early
				},
				"lease that another took over from is not settled so"
			);
			ensure!(
				lease.group.is_none_or(|group| group > 0 && group < NextGroupId::<T>::get()),
				"group with a number that was not given out"
			);
			ensure!(lease.waived_pause <= lease.turnaround, "more waived than there is");
			ensure!(lease.units > 0, "lease without units");
			ensure!(lease.adds_up(), "units, time and money of a lease don't add up");
			ensure!(lease.ended_early || lease.rounding == 0, "rounding without an early end");
			ensure!(
				lease.is_co_signed()
					|| lease.is_physical()
					|| lease.evidence.heartbeat_gap().is_some(),
				"lease with evidence that nobody collects"
			);
			ensure!(
				lease.former_key.is_none_or(|former| {
					lease.is_co_signed() && lease.from <= former.until && former.until < lease.until
				}),
				"former key of a lease that can't have one"
			);
			let payout = Payouts::<T>::get(id).map(|address| BlakeTwo256::hash(&address));
			ensure!(lease.payout == payout, "payout address and its hash differ");
			let offer = LeaseOffers::<T>::get(id);
			ensure!(lease.is_offered == offer.is_some(), "offer of a lease and its mark differ");
			ensure!(
				offer.is_none_or(|offer| offer.to != lease.tenant && !lease.is_request()),
				"lease that can't be offered is, or to its tenant"
			);
			ensure!(
				LeasesByTenant::<T>::contains_key(&lease.tenant, id),
				"lease missing in the index by tenant"
			);
			ensure!(
				LeasesBySeries::<T>::contains_key(lease.series, id),
				"lease missing in the index by series"
			);
		}
		ensure!(
			Payouts::<T>::iter_keys().all(|id| leases.contains_key(&id)),
			"payout address of a lease that is not open"
		);
		ensure!(
			LeaseOffers::<T>::iter_keys().all(|id| leases.contains_key(&id)),
			"offer of a lease that is not open"
		);
		ensure!(
			LeasesByTenant::<T>::iter_keys().count() == leases.len(),
			"index by tenant has more leases than there are"
		);
		ensure!(
			LeasesBySeries::<T>::iter_keys().count() == leases.len(),
			"index by series has more leases than there are"
		);
		Ok(())
	}

	fn accounts_hold_what_leases_say(leases: &BTreeMap<LeaseId, LeaseOf<T>>) -> Result {
		// Accounts without a lease too: nothing may stay on hold there.
		let mut held: BTreeMap<T::AccountId, (Balance, Balance)> =
			frame_system::Account::<T>::iter_keys().map(|who| (who, Default::default())).collect();
		for lease in leases.values() {
			let rent = lease.held().map_err(|_| "more paid than escrowed")?;
			let (rents, deposits) = held.entry(lease.tenant.clone()).or_default();
			*rents = rents.saturating_add(rent);
			*deposits = deposits.saturating_add(lease.deposit);
		}
		for (who, (rents, deposits)) in held {
			let on_hold = |reason: HoldReason| T::Currency::balance_on_hold(&reason.into(), &who);
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
			ensure!(
				frame_system::Account::<T>::contains_key(&owner),
				"bond of an account that does not exist"
			);
		}
		for (owner, queue) in Unbondings::<T>::iter() {
			ensure!(!queue.is_empty(), "empty queue of bond to come back is kept");
			ensure!(queue.iter().all(|part| part.amount > 0), "nothing comes back of a bond");
			ensure!(
				frame_system::Account::<T>::contains_key(&owner),
				"bond of an account that does not exist"
			);
		}
		for who in frame_system::Account::<T>::iter_keys() {
			let held = T::Currency::balance_on_hold(&HoldReason::OwnerBond.into(), &who);
			let recorded = Unbondings::<T>::get(&who)
				.iter()
				.fold(Bonds::<T>::get(&who).held, |sum, part| sum.saturating_add(part.amount));
			ensure!(held == recorded, "held bond is not what its record says");
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
					lease.device == device && *entry == lease.entry(entry.lease),
					"calendar and lease differ"
				);
				ensure!(!lease.is_request(), "request is in a calendar");
				ensure!(listed.insert(entry.lease, device).is_none(), "lease is listed twice");
			}
		}
		let mut unclosed: BTreeMap<DeviceId, u32> = BTreeMap::new();
		let unlisted =
			|(id, lease): &(&LeaseId, &LeaseOf<T>)| !listed.contains_key(id) && !lease.is_request();
		for (id, lease) in leases.iter().filter(unlisted) {
			let last_seen = T::Evidence::last_seen(lease.device);
			let stale = lease.entry(*id).is_stale(last_seen, now);
			ensure!(stale || lease.force_retired, "lease is missing in the calendar");
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

	fn requests_agree(leases: &BTreeMap<LeaseId, LeaseOf<T>>) -> Result {
		let mut listed = 0usize;
		for (device, requests) in Requests::<T>::iter() {
			ensure!(!requests.is_empty(), "empty list of requests is kept");
			for entry in &requests {
				let lease = leases.get(&entry.lease).ok_or("request that is no open lease")?;
				ensure!(
					lease.is_request()
						&& lease.device == device
						&& !lease.force_retired
						&& *entry == lease.entry(entry.lease),
					"request and lease differ"
				);
				listed = listed.saturating_add(1);
			}
		}
		let mut waiting = 0usize;
		for lease in leases.values().filter(|lease| lease.is_request()) {
			ensure!(lease.paid() == Ok(0) && lease.bond == 0, "money is paid for a request");
			ensure!(
				lease.requested_until.is_some_and(|until| until <= lease.from),
				"request that outlives the start of its lease"
			);
			if !lease.force_retired {
				waiting = waiting.saturating_add(1);
			}
		}
		// Numbers are listed once: a second entry would be one too many.
		ensure!(listed == waiting, "requests and leases that wait differ");
		Ok(())
	}

	fn deadlines_agree(leases: &BTreeMap<LeaseId, LeaseOf<T>>) -> Result {
		let now = Self::now();
		let mut count = 0usize;
		for (minute, id) in Deadlines::<T>::iter_keys() {
			let lease = leases.get(&id).ok_or("deadline of a lease that is not open")?;
			ensure!(lease.deadline == minute.get(), "deadline and lease differ");
			ensure!(
				lease.force_retired
					|| lease.until <= now
					|| lease.deadline <= minute_from(lease.until),
				"deadline behind the end of a lease"
			);
			count = count.saturating_add(1);
		}
		ensure!(count == leases.len(), "lease without a deadline");
		Ok(())
	}

	fn owners_are_paid(leases: &BTreeMap<LeaseId, LeaseOf<T>>) -> Result {
		let now = Self::now();
		let is_ahead =
			|lease: &&LeaseOf<T>| lease.from > now && !lease.force_retired && !lease.is_request();
		for lease in leases.values().filter(is_ahead) {
			let device = T::Devices::device(lease.device)?;
			ensure!(device.owner == lease.payee, "lease ahead is not paid to the device's owner");
		}
		Ok(())
	}

	fn outages_are_in_order() -> Result {
		let outages = Outages::<T>::get();
		ensure!(outages.iter().all(|outage| outage.from < outage.until), "outage without time");
		ensure!(
			outages
				.iter()
				.zip(outages.iter().skip(1))
				.all(|(earlier, later)| earlier.until <= later.from),
			"outages are out of order or overlap"
		);
		let last = outages.last().map_or(0, |outage| outage.until);
		let seen = LastBlockTime::<T>::get().map_or(0, |block| block.open);
		ensure!(last <= seen, "outage that is not over");
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
				let is_kept = lease.until <= now || Self::grant_of(grant.lease, lease).is_some();
				ensure!(is_kept, "grant of a device that its tenant does not have");
			}
			let over = stored.iter().filter(|grant| grant.until <= now).count();
			// They took a place without having a grant, and nobody has noted their end.
			let hidden = calendar
				.iter()
				.filter(|entry| entry.until <= now)
				.filter(|entry| stored.iter().all(|grant| grant.lease != entry.lease))
				.filter(|entry| leases.get(&entry.lease).is_some_and(|lease| !lease.end_noted))
				.count();
			let opens = |id: &LeaseId| {
				leases.get(id).is_some_and(|lease| Self::grant_of(*id, lease).is_some())
			};
			let first = |count: usize| -> Vec<LeaseId> {
				let ahead = calendar.iter().filter(|entry| entry.until > now);
				ahead.map(|entry| entry.lease).take(count).filter(opens).collect()
			};
			let granted: Vec<LeaseId> = stored.iter().skip(over).map(|grant| grant.lease).collect();
			let free = 2usize.saturating_sub(over);
			ensure!(first(2).starts_with(&granted), "grants are not the first leases to come");
			ensure!(
				granted.len() >= first(free.saturating_sub(hidden)).len(),
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

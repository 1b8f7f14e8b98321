// SPDX-License-Identifier: Apache-2.0

//! What is left when everything is over: nothing.

use super::{
	books::{everybody, Books},
	*,
};
use pallet_device_registry::HoldReason as RegistryReason;
use pallet_lease_escrow::{
	AccessGrants, Bonds, Calendars, Deadlines, HoldReason, Leases, LeasesBySeries, LeasesByTenant,
	Lifetimes,
};
use pallet_usage_token::HoldReason as TokenReason;

impl Books {
	/// After the last window the sweep alone has closed everything.
	pub fn assert_all_closed(&self) {
		assert_eq!(Leases::<Runtime>::iter_keys().count(), 0);
		assert_eq!(LeasesByTenant::<Runtime>::iter_keys().count(), 0);
		assert_eq!(LeasesBySeries::<Runtime>::iter_keys().count(), 0);
		assert_eq!(Deadlines::<Runtime>::iter_keys().count(), 0);
		assert_eq!(Calendars::<Runtime>::iter_keys().count(), 0);
		assert_eq!(AccessGrants::<Runtime>::iter_keys().count(), 0);
		assert_eq!(pallet_attestation::ProvenMinutes::<Runtime>::iter_keys().count(), 0);
		assert_eq!(pallet_attestation::Receipts::<Runtime>::iter_keys().count(), 0);
		for (_, liveness) in pallet_attestation::Livenesses::<Runtime>::iter() {
			assert_eq!(liveness.tally, None);
		}
		for (_, bond) in Bonds::<Runtime>::iter() {
			assert_eq!(bond.committed, 0);
		}
		let totals: BTreeMap<_, _> = Lifetimes::<Runtime>::iter()
			.filter(|(_, totals)| *totals != Default::default())
			.collect();
		let mut expected = self.totals.clone();
		for (device, at) in &self.back_at {
			expected.entry(*device).or_default().back_at = *at;
		}
		assert_eq!(totals, expected);
	}

	/// When everybody has left and all series are reaped, nothing is on hold and nothing kept.
	pub fn assert_nothing_held(&self) {
		assert!(self.series.values().all(|facts| facts.is_reaped));
		for series in self.series.keys() {
			assert_eq!(total(&UsageToken::account_of(*series)), 0);
		}
		for who in everybody() {
			for reason in [
				HoldReason::Rent,
				HoldReason::LeaseRecord,
				HoldReason::OwnerBond,
				HoldReason::Disputed,
				HoldReason::DisputeBond,
				HoldReason::DamageDeposit,
			] {
				assert_eq!(held(reason, &who), 0);
			}
			for reason in [RegistryReason::DeviceRecord, RegistryReason::FleetRecord] {
				assert_eq!(held(reason, &who), 0);
			}
			assert_eq!(held(TokenReason::SeriesRecord, &who), 0);
			// Deposits of the assets pallet, too.
			assert_eq!(Balances::reserved_balance(&who), 0);
		}
		assert_nothing_kept();
	}
}

fn assert_nothing_kept() {
	use pallet_device_registry::{
		ActiveKeys, Devices, DevicesByOwner, FleetMembers, Fleets, FleetsByOwner,
	};
	use pallet_usage_token::{
		FleetChanges, FleetTimes, Series, SeriesByOwner, SeriesBySubject, Windows,
	};
	assert_eq!(Devices::<Runtime>::iter_keys().count(), 0);
	assert_eq!(DevicesByOwner::<Runtime>::iter_keys().count(), 0);
	assert_eq!(ActiveKeys::<Runtime>::iter_keys().count(), 0);
	assert_eq!(Fleets::<Runtime>::iter_keys().count(), 0);
	assert_eq!(FleetsByOwner::<Runtime>::iter_keys().count(), 0);
	assert_eq!(FleetMembers::<Runtime>::iter_keys().count(), 0);
	assert_eq!(Series::<Runtime>::iter_keys().count(), 0);
	assert_eq!(SeriesBySubject::<Runtime>::iter_keys().count(), 0);
	assert_eq!(SeriesByOwner::<Runtime>::iter_keys().count(), 0);
	assert_eq!(Windows::<Runtime>::iter_keys().count(), 0);
	assert_eq!(FleetChanges::<Runtime>::iter_keys().count(), 0);
	assert_eq!(FleetTimes::<Runtime>::iter_keys().count(), 0);
	assert_eq!(pallet_assets::Asset::<Runtime>::iter_keys().count(), 0);
	assert_eq!(pallet_assets::Account::<Runtime>::iter_keys().count(), 0);
	assert_eq!(pallet_assets::Approvals::<Runtime>::iter_keys().count(), 0);
	assert_eq!(pallet_assets::Metadata::<Runtime>::iter_keys().count(), 0);
}

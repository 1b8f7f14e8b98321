// SPDX-License-Identifier: Apache-2.0

//! What there is before the first step.

use super::{
	books::Books,
	offers::WINDOW,
	park::Park,
	quarrels::with_arbiter,
	steps::Cause,
	tenants::keyed_rental,
	world::{series_for, ARBITERS, OWNERS},
	*,
};
use pallet_lease_escrow::Call as Lease;
use sp_keyring::Sr25519Keyring::{Alice, Dave, Eve, Ferdie};
use sp_runtime::Perbill;
use tenure_primitives::{
	Admission, CancellationStep, Custody, DeviceId, EvidencePolicy, LeaseTerms, SaleConditions,
	Subject, Units,
};

impl<'a> World<'a> {
	/// Two owners with bonds and a device each, offered by the minute to all but one. The first one has a
	/// fleet of two besides, offered like them. All of it is also offered for receipts, one device to be taken home.
	/// Three leases run from the beginning.
	pub fn begin(outcomes: &'a mut Outcomes) -> Self {
		take_events();
		let (park, books) = (Park::default(), Books::open());
		let mut world = Self { park, books, outcomes, is_unswept: false };
		ARBITERS.map(account).iter().for_each(|who| world.set_arbiter(who));
		for owner in OWNERS.map(account) {
			assert_eq!(world.call("bond", &owner, Lease::bond { amount: 1 << 46 }), Ok(()));
			let device = world.register(&owner, 120, false);
			let admission = Admission::Except(vec![account(Ferdie)].try_into().unwrap());
			let mut terms = LeaseTerms { admission, ..terms() };
			if owner != account(OWNERS[0]) {
				terms.objection_window = 1_200;
				terms.arbiters = vec![account(Alice), account(Ferdie)].try_into().unwrap();
			}
			let series = series_of(device, sale_of_first_window(), terms);
			assert_eq!(world.call("create_series", &owner, series), Ok(()));
			let (sale, terms) = by_receipts(if owner == account(OWNERS[0]) { 7 } else { 60 });
			let series = series_of(device, sale, terms);
			assert_eq!(world.call("create_series", &owner, series), Ok(()));
			if owner == account(OWNERS[0]) {
				let (sale, terms) = to_take_home();
				let series = series_of(device, sale, terms);
				assert_eq!(world.call("create_series", &owner, series), Ok(()));
			}
			if owner != account(OWNERS[0]) {
				world.lease_out(device, &account(Dave), 75);
			}
		}
		let owner = account(OWNERS[0]);
		let fleet = world.create_fleet(&owner);
		for _ in 0..2 {
			let device = world.register(&owner, 150, false);
			world.join(fleet, &owner, device, true);
		}
		let arbiters = ARBITERS.map(account).to_vec().try_into().unwrap();
		let terms = LeaseTerms { objection_window: 600, arbiters, ..terms() };
		let series = series_for(Subject::Fleet(fleet), sale_of_first_window(), terms);
		assert_eq!(world.call("create_series of a fleet", &owner, series), Ok(()));
		let members = world.park.devices_of(&Subject::Fleet(fleet));
		world.lease_out(members[1], &account(Dave), 60);
		let (sale, terms) = by_receipts(1);
		let series = series_for(Subject::Fleet(fleet), sale, terms);
		assert_eq!(world.call("create_series of a fleet", &owner, series), Ok(()));
		world.lease_out(members[0], &account(Eve), 3_777);
		world.check(Cause::Owner, "in the beginning");
		world
	}

	/// Somebody leases the device from now on, from the newest series.
	fn lease_out(&mut self, device: DeviceId, tenant: &AccountId, units: Units) {
		self.enter();
		let series = next_series() - 1;
		let named = self.name_arbiter(series, device, tenant, 0);
		let rent = with_arbiter(keyed_rental(tenant, series, device, None, units), named);
		assert_eq!(self.call("rent", tenant, rent), Ok(()));
	}
}

fn sale_of_first_window() -> SaleConditions {
	let until = START + WINDOW;
	SaleConditions { sale_until: until, usable_until: until, ..sale() }
}

/// Leases of a device that is handed over.
fn to_take_home() -> (SaleConditions, LeaseTerms<AccountId>) {
	let custody = Custody::Physical {
		handover_window: 600,
		inspection: 600,
		return_grace: 60,
		overdue_percent: 150,
		forfeit_after: 3_600,
	};
	let terms = LeaseTerms {
		min_duration: 1_800,
		owner_notice: 600,
		cancellation: vec![step(900, 12_345_678), step(0, 55_555_555)].try_into().unwrap(),
		custody,
		evidence: EvidencePolicy::Clock,
		damage_deposit: 1 << 37,
		arbiters: vec![account(Alice), account(Ferdie)].try_into().unwrap(),
		..terms()
	};
	(
		SaleConditions { unit_seconds: 30, unit_price: 10_000_000_019, ..sale_of_first_window() },
		terms,
	)
}

/// Units of so many seconds that receipts pay.
fn by_receipts(unit_seconds: u32) -> (SaleConditions, LeaseTerms<AccountId>) {
	let share = Perbill::from_parts(77_777_777);
	let unit_price = 10_000_000_019 + Balance::from(unit_seconds) * 1_000_000_007;
	let sale = SaleConditions { unit_seconds, unit_price, ..sale_of_first_window() };
	let terms = LeaseTerms {
		cancellation: vec![step(900, 12_345_678), step(0, 55_555_555)].try_into().unwrap(),
		evidence: EvidencePolicy::CoSigned { max_lag: 30, reservation_share: share },
		..terms()
	};
	(sale, terms)
}

fn step(notice: u32, parts: u32) -> CancellationStep {
	CancellationStep { notice, share: Perbill::from_parts(parts) }
}

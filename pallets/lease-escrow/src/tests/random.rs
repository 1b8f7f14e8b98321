// SPDX-License-Identifier: Apache-2.0

//! Random sequences of calls, time and heartbeats. Whatever happens, the invariants hold after each
//! step, no money appears or vanishes, and each lease pays out exactly what went into it.

use super::*;
use crate::{Calendars, Deadlines, HoldReason, Leases, NextLeaseId, Payouts};
use proptest::prelude::*;
use std::collections::BTreeMap;
use tenure_primitives::{traits::LeaseBook, DeviceId, SeriesId, Units};

/// Who has money: each may rent, and own a device.
const PEOPLE: [AccountId; 4] = [OWNER, TENANT, OTHER, KEEPER];

const DEVICES: [DeviceId; 3] = [DEVICE, MEMBERS[0], MEMBERS[1]];

/// A series and a device: its own series, or that of the fleet, which it may be in or not.
type Offer = (SeriesId, DeviceId);

#[derive(Clone, Debug)]
enum Step {
	Rent { tenant: AccountId, offer: Offer, ahead: u64, units: Units },
	Buy { tenant: AccountId, series: SeriesId, units: Units },
	Book { tenant: AccountId, offer: Offer, ahead: u64, units: Units },
	Redeem { tenant: AccountId, series: SeriesId, units: Units },
	Cancel { tenant: AccountId, lease: LeaseId },
	End { tenant: AccountId, lease: LeaseId },
	Extend { tenant: AccountId, lease: LeaseId, units: Units },
	Revoke { owner: AccountId, lease: LeaseId },
	SetKey { tenant: AccountId, lease: LeaseId, key: u8 },
	SetPayout { tenant: AccountId, lease: LeaseId, bytes: usize },
	Sign { lease: LeaseId, quarters: u64 },
	Settle { lease: LeaseId },
	Claim { leases: Vec<LeaseId> },
	Bond { owner: AccountId, amount: Balance },
	Unbond { owner: AccountId, amount: Balance },
	Withdraw { owner: AccountId },
	Transfer { device: DeviceId, to: AccountId },
	Join { device: DeviceId },
	Leave { device: DeviceId },
	ForceRetire { device: DeviceId },
	Close { series: SeriesId, notice: u64 },
	Serve { minutes: u64 },
	Pass { minutes: u64 },
	Jump { seconds: u64 },
	Impoverish,
}

fn step() -> impl Strategy<Value = Step> {
	let tenant =
		|| prop_oneof![4 => Just(TENANT), 4 => Just(OTHER), 4 => Just(KEEPER), 1 => Just(OWNER)];
	let person = || proptest::sample::select(&PEOPLE);
	let device = || proptest::sample::select(&DEVICES);
	let series = || prop_oneof![Just(SERIES), Just(FLEET_SERIES), Just(CO_SERIES)];
	let offer = || {
		prop_oneof![
			6 => Just((SERIES, DEVICE)),
			6 => Just((CO_SERIES, DEVICE)),
			4 => Just((FLEET_SERIES, MEMBERS[0])),
			2 => Just((FLEET_SERIES, MEMBERS[1])),
			1 => Just((FLEET_SERIES, DEVICE)),
		]
	};
	let lease = || 1u64..12;
	prop_oneof![
		24 => (tenant(), offer(), 0u64..180, 1u64..12)
			.prop_map(|(tenant, offer, ahead, units)| Step::Rent { tenant, offer, ahead, units }),
		8 => (tenant(), series(), 1u64..12)
			.prop_map(|(tenant, series, units)| Step::Buy { tenant, series, units }),
		12 => (tenant(), offer(), 0u64..180, 1u64..6)
			.prop_map(|(tenant, offer, ahead, units)| Step::Book { tenant, offer, ahead, units }),
		2 => (tenant(), series(), 1u64..6)
			.prop_map(|(tenant, series, units)| Step::Redeem { tenant, series, units }),
		6 => (tenant(), lease()).prop_map(|(tenant, lease)| Step::Cancel { tenant, lease }),
		8 => (tenant(), lease()).prop_map(|(tenant, lease)| Step::End { tenant, lease }),
		8 => (tenant(), lease(), 1u64..5)
			.prop_map(|(tenant, lease, units)| Step::Extend { tenant, lease, units }),
		6 => (person(), lease()).prop_map(|(owner, lease)| Step::Revoke { owner, lease }),
		2 => (tenant(), lease(), 0u8..9)
			.prop_map(|(tenant, lease, key)| Step::SetKey { tenant, lease, key }),
		3 => (tenant(), lease(), 0usize..9)
			.prop_map(|(tenant, lease, bytes)| Step::SetPayout { tenant, lease, bytes }),
		10 => (lease(), 0u64..=4).prop_map(|(lease, quarters)| Step::Sign { lease, quarters }),
		6 => lease().prop_map(|lease| Step::Settle { lease }),
		2 => proptest::collection::vec(0u64..12, 0..8)
			.prop_map(|leases| Step::Claim { leases }),
		4 => (person(), 0u128..9_000).prop_map(|(owner, amount)| Step::Bond { owner, amount }),
		2 => (person(), 0u128..9_000).prop_map(|(owner, amount)| Step::Unbond { owner, amount }),
		2 => person().prop_map(|owner| Step::Withdraw { owner }),
		8 => (device(), person()).prop_map(|(device, to)| Step::Transfer { device, to }),
		4 => device().prop_map(|device| Step::Join { device }),
		4 => device().prop_map(|device| Step::Leave { device }),
		1 => device().prop_map(|device| Step::ForceRetire { device }),
		1 => (series(), 0u64..5_000).prop_map(|(series, notice)| Step::Close { series, notice }),
		10 => (1u64..20).prop_map(|minutes| Step::Serve { minutes }),
		5 => (1u64..20).prop_map(|minutes| Step::Pass { minutes }),
		3 => (1u64..5_000).prop_map(|seconds| Step::Jump { seconds }),
		1 => Just(Step::Impoverish),
	]
}

/// The neighbours of [`odd`]: a fleet, and a series of odd seconds that is paid by receipts.
fn make_neighbours() {
	make_fleet();
	make_co_signed_series(307);
}

/// Units of five minutes at an odd price and an odd protocol share: everything needs rounding.
fn odd(bond: Balance) -> ExtBuilder {
	ExtBuilder::default()
		.bond(bond)
		.sale(|sale| {
			sale.unit_seconds = 300;
			sale.unit_price = 1_003;
		})
		.terms(|terms| {
			terms.turnaround = 60;
			terms.owner_notice = 400;
			terms.owner_penalty = odd_penalty();
		})
}

fn odd_penalty() -> sp_runtime::Perbill {
	sp_runtime::Perbill::from_parts(333_333_333)
}

/// Most calls are about one of the last leases and come from whom it is up to, or few would succeed.
/// Which lease that is does not depend on what was settled.
fn aim(
	number: u64,
	anybody: AccountId,
	whose: fn(&crate::LeaseOf<Runtime>) -> AccountId,
) -> (AccountId, LeaseId) {
	let id = NextLeaseId::<Runtime>::get().saturating_sub(number % 5);
	let who = Leases::<Runtime>::get(id).filter(|_| !number.is_multiple_of(4));
	(who.as_ref().map_or(anybody, whose), id)
}

/// Leases that run now: how many were closed does not change them.
fn running() -> Vec<LeaseId> {
	let runs = |lease: &crate::LeaseOf<Runtime>| lease.from <= now() && now() < lease.until;
	Leases::<Runtime>::iter().filter(|(_, lease)| runs(lease)).map(|(id, _)| id).collect()
}

/// The tenant signs for so many quarters of the time up to now, if receipts pay the lease.
fn sign_part(lease: LeaseId, quarters: u64) {
	if let Some(record) = Leases::<Runtime>::get(lease) {
		let used = now().min(record.until).saturating_sub(record.from);
		let _ = Neighbours::sign(lease, used * quarters / 4);
	}
}

fn take(step: &Step) {
	if let Step::Rent { offer, ahead, .. } | Step::Book { offer, ahead, .. } = step {
		// Most devices are on, or nothing would ever be leased.
		if ahead % 4 > 0 && neighbours::Devices::<Runtime>::contains_key(offer.1) {
			heartbeat(offer.1);
		}
	}
	if let Step::Extend { tenant, lease, .. } = step {
		let (_, lease) = aim(*lease, *tenant, |lease| lease.tenant);
		let device = Leases::<Runtime>::get(lease).map_or(0, |lease| lease.device);
		if neighbours::Devices::<Runtime>::contains_key(device) {
			heartbeat(device);
		}
	}
	// What receipts pay may start at any second.
	let start = |series: SeriesId, ahead: u64| match series {
		CO_SERIES => Some(now() + (ahead * 59).saturating_sub(HOUR)),
		_ => Some(now().next_multiple_of(60) + ahead * 60),
	};
	match step.clone() {
		Step::Rent { tenant, offer: (series, device), ahead, units } => {
			let _ = LeaseEscrow::rent(
				signed(tenant),
				series,
				device,
				start(series, ahead),
				units,
				Balance::MAX,
				TEXT,
				key_of(tenant),
			);
		}
		Step::Book { tenant, offer: (series, device), ahead, units } => {
			let _ = LeaseEscrow::book(
				signed(tenant),
				series,
				device,
				start(series, ahead),
				units,
				TEXT,
				key_of(tenant),
			);
		}
		Step::Buy { tenant, series, units } => {
			let _ = Neighbours::buy(series, tenant, units);
		}
		Step::Redeem { tenant, series, units } => {
			let _ = frame_support::storage::with_storage_layer(|| {
				Neighbours::redeem(series, tenant, units)
			});
		}
		Step::Cancel { tenant, lease } => {
			let (tenant, lease) = aim(lease, tenant, |lease| lease.tenant);
			let _ = LeaseEscrow::cancel(signed(tenant), lease);
		}
		Step::End { tenant, lease } => {
			let (tenant, lease) = aim(lease, tenant, |lease| lease.tenant);
			let _ = LeaseEscrow::end(signed(tenant), lease);
		}
		Step::Extend { tenant, lease, units } => {
			let (tenant, lease) = aim(lease, tenant, |lease| lease.tenant);
			let _ = LeaseEscrow::extend(signed(tenant), lease, units, Balance::MAX);
		}
		Step::Revoke { owner, lease } => {
			let (owner, lease) = aim(lease, owner, |lease| lease.payee);
			let _ = LeaseEscrow::revoke(signed(owner), lease);
		}
		Step::SetKey { tenant, lease, key } => {
			let (tenant, lease) = aim(lease, tenant, |lease| lease.tenant);
			let key = tenure_primitives::PublicKey::Ed25519([key; 32]);
			let _ = LeaseEscrow::set_access_key(signed(tenant), lease, key);
		}
		Step::SetPayout { tenant, lease, bytes } => {
			let (tenant, lease) = aim(lease, tenant, |lease| lease.tenant);
			// One byte fewer is none.
			let address = bytes.checked_sub(1).map(|bytes| vec![7; bytes].try_into().unwrap());
			let _ = LeaseEscrow::set_payout(signed(tenant), lease, address);
		}
		Step::Claim { leases } => {
			let _ = LeaseEscrow::claim(signed(KEEPER), leases.try_into().unwrap());
		}
		Step::Withdraw { owner } => {
			let _ = LeaseEscrow::withdraw_unbonded(signed(owner));
		}
		Step::Sign { lease, quarters } => {
			let (_, lease) = aim(lease, 0, |lease| lease.tenant);
			sign_part(lease, quarters);
		}
		Step::Settle { lease } => {
			let _ = LeaseEscrow::settle(signed(KEEPER), lease);
		}
		Step::Bond { owner, amount } => {
			let _ = LeaseEscrow::bond(signed(owner), amount);
		}
		Step::Unbond { owner, amount } => {
			let _ = LeaseEscrow::unbond(signed(owner), amount);
		}
		Step::Transfer { device, to } => {
			let _ = Neighbours::transfer(device, to);
		}
		Step::Join { device } => {
			let _ = Neighbours::join_fleet(FLEET, device);
		}
		Step::Leave { device } => {
			let _ = Neighbours::leave_fleet(device);
		}
		Step::ForceRetire { device } => {
			let _ = Neighbours::force_retire(device);
		}
		Step::Close { series, notice } => Neighbours::close_series(series, now() + notice),
		Step::Serve { minutes } => {
			for _ in 0..minutes {
				set_time(now() + 60);
				neighbours::Devices::<Runtime>::iter_keys().for_each(heartbeat);
				poll();
			}
			running().into_iter().for_each(|lease| sign_part(lease, 4));
		}
		Step::Pass { minutes } => pass_until(now() + minutes * 60),
		Step::Jump { seconds } => {
			set_time(now() + seconds);
			poll();
		}
		// The owner's free balance leaves it; it keeps its bond.
		Step::Impoverish => {
			let _ = <Balances as frame_support::traits::fungible::Mutate<_>>::transfer(
				&OWNER,
				&77,
				free(OWNER),
				frame_support::traits::tokens::Preservation::Expendable,
			);
		}
	}
}

fn settle_everything() {
	for _ in 0..20 {
		set_time(now() + HOUR / 4);
		poll();
	}
	// Then the time for receipts is over too.
	set_time(now() + RECEIPT_WINDOW);
	poll();
	for lease in 1..NextLeaseId::<Runtime>::get() {
		let _ = LeaseEscrow::settle(signed(KEEPER), lease);
	}
}

/// Follows each lease from event to event: what went in came out.
fn check_ledger() {
	let mut escrows: BTreeMap<LeaseId, (Balance, Balance)> = BTreeMap::new();
	let mut revoked = std::collections::BTreeSet::new();
	let price = series_info_price();
	for event in events() {
		match event {
			Event::LeaseBooked { lease, rent, bond, .. } => {
				assert!(escrows.insert(lease, (rent, bond)).is_none());
			}
			Event::LeaseExtended { lease, rent, .. } => {
				let (escrowed, bond) = escrows.get_mut(&lease).unwrap();
				*escrowed += rent;
				*bond = odd_penalty().mul_floor(*escrowed);
			}
			Event::LeaseRevoked { lease, .. } => {
				revoked.insert(lease);
			}
			Event::LeaseEndingEarly { lease, returned_units, .. } => {
				escrows.get_mut(&lease).unwrap().0 -= Balance::from(returned_units) * price;
			}
			Event::LeaseClosed {
				lease,
				paid_to_payee,
				paid_to_protocol,
				refunded,
				penalty,
				returned_units,
				leased_seconds,
				proven_seconds,
				reason,
				..
			} => {
				let (escrowed, bond) = escrows.remove(&lease).unwrap();
				let returned = Balance::from(returned_units) * price;
				assert_eq!(paid_to_payee + paid_to_protocol + refunded + returned, escrowed);
				assert!(penalty <= bond);
				assert!(reason != CloseReason::ForceRetired || penalty == 0);
				assert!(revoked.contains(&lease) || reason != CloseReason::Revoked);
				assert!(
					!revoked.contains(&lease)
						|| matches!(reason, CloseReason::Revoked | CloseReason::ForceRetired)
				);
				assert!(proven_seconds <= leased_seconds);
			}
			_ => {}
		}
	}
	assert!(escrows.is_empty(), "all leases were closed");
}

/// A device that can be leased at some hour is to be had.
fn check_availability() {
	for (series, device) in
		[(SERIES, DEVICE), (CO_SERIES, DEVICE), (FLEET_SERIES, DEVICE), (FLEET_SERIES, MEMBERS[0])]
	{
		for start in [None, Some(now().next_multiple_of(60) + HOUR)] {
			if let Ok(quote) = LeaseEscrow::quote(TENANT, series, device, start, 1) {
				assert!(LeaseEscrow::is_to_be_had(device, quote.owner_bond));
			}
		}
	}
}

fn series_info_price() -> Balance {
	neighbours::Series::<Runtime>::get(SERIES).unwrap().sale.unit_price
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(192))]

	#[test]
	fn money_is_conserved(
		steps in proptest::collection::vec(step(), 1..60),
		bond in 0u128..40_000,
	) {
		odd(bond).build_and_execute(|| {
			make_neighbours();
			for owner in [TENANT, OTHER, KEEPER] {
				let _ = LeaseEscrow::bond(signed(owner), bond / 2);
				let _ = Neighbours::buy(CO_SERIES, owner, 8);
				let _ = Neighbours::buy(SERIES, owner, 8);
				let _ = Neighbours::buy(FLEET_SERIES, owner, 8);
			}
			let issuance = Balances::total_issuance();
			for step in &steps {
				take(step);
				check_availability();
				assert_eq!(LeaseEscrow::do_try_state(), Ok(()), "after {step:?}");
				assert_ok!(Neighbours::do_try_state());
				assert_eq!(Balances::total_issuance(), issuance);
			}
			settle_everything();
			check_ledger();
			assert_eq!(Leases::<Runtime>::iter().count(), 0);
			assert_eq!(Deadlines::<Runtime>::iter().count(), 0);
			assert_eq!(Calendars::<Runtime>::iter().count(), 0);
			assert_eq!(Payouts::<Runtime>::iter().count(), 0);
			assert!(!LeaseEscrow::has_open_leases(SERIES));
			assert!(!LeaseEscrow::has_open_leases(FLEET_SERIES));
			assert!(!LeaseEscrow::has_open_leases(CO_SERIES));
			assert_eq!(neighbours::Receipts::<Runtime>::iter().count(), 0);
			for who in PEOPLE {
				assert_eq!(bond_of(who).committed, 0);
				assert_eq!(rent_held(who), 0);
				assert_eq!(held(HoldReason::LeaseRecord, who), 0);
			}
		});
	}

	#[test]
	fn who_settles_and_how_often_changes_nothing(
		steps in proptest::collection::vec(step(), 1..45),
	) {
		let outcome = |busy: bool| {
			odd(1_000_000).build().execute_with(|| {
				make_neighbours();
				for owner in [TENANT, OTHER, KEEPER] {
					assert_ok!(LeaseEscrow::bond(signed(owner), 1_000_000));
				}
				// An owner without an account loses dust, how much depends on when it is paid. Whoever
				// settles early a lease that receipts pay has its units back earlier: they may be used
				// in place of others, and that must change nothing either.
				let same = |step: &&Step| match step {
					Step::Settle { .. } | Step::Claim { .. } | Step::Impoverish => false,
					Step::Book { offer: (series, _), .. }
					| Step::Redeem { series, .. }
					| Step::Close { series, .. } => *series != CO_SERIES,
					_ => true,
				};
				for step in steps.iter().filter(same) {
					take(step);
					if busy {
						for lease in 1..NextLeaseId::<Runtime>::get() {
							let _ = LeaseEscrow::settle(signed(KEEPER), lease);
						}
					}
				}
				settle_everything();
				let units = |who| {
					[SERIES, FLEET_SERIES, CO_SERIES]
						.map(|series| neighbours::UnitsOf::<Runtime>::get(series, who))
						.iter()
						.sum::<Units>()
				};
				[OWNER, TENANT, OTHER, KEEPER, TREASURY, 77]
					.map(|who| total(who) + Balance::from(units(who)) * series_info_price())
			})
		};
		prop_assert_eq!(outcome(false), outcome(true));
	}
}

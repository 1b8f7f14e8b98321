// SPDX-License-Identifier: Apache-2.0

//! Random sequences of calls, time and heartbeats. Whatever happens, the invariants hold after each
//! step, no money appears or vanishes, and each lease pays out exactly what went into it.

use super::*;
use crate::{Calendars, Deadlines, HoldReason, Leases, NextLeaseId};
use proptest::prelude::*;
use std::collections::BTreeMap;
use tenure_primitives::Units;

#[derive(Clone, Debug)]
enum Step {
	Rent { tenant: AccountId, ahead: u64, units: Units },
	Buy { tenant: AccountId, units: Units },
	Book { tenant: AccountId, ahead: u64, units: Units },
	Redeem { tenant: AccountId, units: Units },
	Cancel { tenant: AccountId, lease: LeaseId },
	End { tenant: AccountId, lease: LeaseId },
	Settle { lease: LeaseId },
	Bond { amount: Balance },
	Unbond { amount: Balance },
	Serve { minutes: u64 },
	Pass { minutes: u64 },
	Jump { seconds: u64 },
	Impoverish,
}

fn step() -> impl Strategy<Value = Step> {
	let tenant = || prop_oneof![Just(TENANT), Just(OTHER), Just(KEEPER)];
	let lease = || 1u64..12;
	prop_oneof![
		4 => (tenant(), 0u64..60, 1u64..12)
			.prop_map(|(tenant, ahead, units)| Step::Rent { tenant, ahead, units }),
		2 => (tenant(), 1u64..12).prop_map(|(tenant, units)| Step::Buy { tenant, units }),
		3 => (tenant(), 0u64..60, 1u64..6)
			.prop_map(|(tenant, ahead, units)| Step::Book { tenant, ahead, units }),
		1 => (tenant(), 1u64..6).prop_map(|(tenant, units)| Step::Redeem { tenant, units }),
		2 => (tenant(), lease()).prop_map(|(tenant, lease)| Step::Cancel { tenant, lease }),
		3 => (tenant(), lease()).prop_map(|(tenant, lease)| Step::End { tenant, lease }),
		3 => lease().prop_map(|lease| Step::Settle { lease }),
		1 => (0u128..9_000).prop_map(|amount| Step::Bond { amount }),
		1 => (0u128..9_000).prop_map(|amount| Step::Unbond { amount }),
		5 => (1u64..20).prop_map(|minutes| Step::Serve { minutes }),
		3 => (1u64..20).prop_map(|minutes| Step::Pass { minutes }),
		2 => (1u64..5_000).prop_map(|seconds| Step::Jump { seconds }),
		1 => Just(Step::Impoverish),
	]
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
			terms.owner_penalty = sp_runtime::Perbill::from_parts(333_333_333);
		})
}

fn take(step: &Step) {
	let start = |ahead: u64| Some(now().next_multiple_of(60) + ahead * 60);
	match step.clone() {
		Step::Rent { tenant, ahead, units } => {
			let _ = LeaseEscrow::rent(
				signed(tenant),
				SERIES,
				DEVICE,
				start(ahead),
				units,
				Balance::MAX,
				TEXT,
				key_of(tenant),
			);
		}
		Step::Book { tenant, ahead, units } => {
			let _ = LeaseEscrow::book(
				signed(tenant),
				SERIES,
				DEVICE,
				start(ahead),
				units,
				TEXT,
				key_of(tenant),
			);
		}
		Step::Buy { tenant, units } => {
			let _ = Neighbours::buy(SERIES, tenant, units);
		}
		Step::Redeem { tenant, units } => {
			let _ = frame_support::storage::with_storage_layer(|| {
				Neighbours::redeem(SERIES, tenant, units)
			});
		}
		Step::Cancel { tenant, lease } => {
			let _ = LeaseEscrow::cancel(signed(tenant), lease);
		}
		Step::End { tenant, lease } => {
			let _ = LeaseEscrow::end(signed(tenant), lease);
		}
		Step::Settle { lease } => {
			let _ = LeaseEscrow::settle(signed(KEEPER), lease);
		}
		Step::Bond { amount } => {
			let _ = LeaseEscrow::bond(signed(OWNER), amount);
		}
		Step::Unbond { amount } => {
			let _ = LeaseEscrow::unbond(signed(OWNER), amount);
		}
		Step::Serve { minutes } => serve_until(now() + minutes * 60),
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
	pass_until(now() + 3 * HOUR);
	for lease in 1..NextLeaseId::<Runtime>::get() {
		let _ = LeaseEscrow::settle(signed(KEEPER), lease);
	}
}

/// Follows each lease from event to event: what went in came out.
fn check_ledger() {
	let mut escrows: BTreeMap<LeaseId, (Balance, Balance)> = BTreeMap::new();
	let price = series_info_price();
	for event in events() {
		match event {
			Event::LeaseBooked { lease, rent, bond, .. } => {
				assert!(escrows.insert(lease, (rent, bond)).is_none());
			}
			Event::LeaseCancelled { lease, returned_units, .. }
			| Event::LeaseEndingEarly { lease, returned_units, .. } => {
				escrows.get_mut(&lease).unwrap().0 -= Balance::from(returned_units) * price;
			}
			Event::LeaseClosed {
				lease,
				paid_to_payee,
				paid_to_protocol,
				refunded,
				penalty,
				leased_seconds,
				proven_seconds,
				..
			} => {
				let (escrowed, bond) = escrows.remove(&lease).unwrap();
				assert_eq!(paid_to_payee + paid_to_protocol + refunded, escrowed);
				assert!(penalty <= bond);
				assert!(proven_seconds <= leased_seconds);
			}
			_ => {}
		}
	}
	assert!(escrows.is_empty(), "all leases were closed");
}

fn series_info_price() -> Balance {
	neighbours::Series::<Runtime>::get(SERIES).unwrap().sale.unit_price
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(192))]

	#[test]
	fn money_is_conserved(
		steps in proptest::collection::vec(step(), 1..40),
		bond in 0u128..20_000,
	) {
		odd(bond).build_and_execute(|| {
			let issuance = Balances::total_issuance();
			for step in &steps {
				take(step);
				assert_eq!(LeaseEscrow::do_try_state(), Ok(()), "after {step:?}");
				assert_ok!(Neighbours::do_try_state());
				assert_eq!(Balances::total_issuance(), issuance);
			}
			settle_everything();
			check_ledger();
			assert_eq!(Leases::<Runtime>::iter().count(), 0);
			assert_eq!(Deadlines::<Runtime>::iter().count(), 0);
			assert_eq!(Calendars::<Runtime>::iter().count(), 0);
			assert_eq!(bond_of(OWNER).committed, 0);
			for who in [TENANT, OTHER, KEEPER] {
				assert_eq!(rent_held(who), 0);
				assert_eq!(held(HoldReason::LeaseRecord, who), 0);
			}
		});
	}

	#[test]
	fn who_settles_and_how_often_changes_nothing(
		steps in proptest::collection::vec(step(), 1..30),
	) {
		let outcome = |busy: bool| {
			odd(1_000_000).build().execute_with(|| {
				// An owner without an account loses dust, how much depends on when it is paid.
				let same = |step: &&Step| !matches!(step, Step::Settle { .. } | Step::Impoverish);
				for step in steps.iter().filter(same) {
					take(step);
					if busy {
						for lease in 1..NextLeaseId::<Runtime>::get() {
							let _ = LeaseEscrow::settle(signed(KEEPER), lease);
						}
					}
				}
				settle_everything();
				[OWNER, TENANT, OTHER, KEEPER, TREASURY, 77].map(total)
			})
		};
		prop_assert_eq!(outcome(false), outcome(true));
	}
}

// SPDX-License-Identifier: Apache-2.0

mod attacks;
mod buy;
mod close_series;
mod create_series;
mod custody;
mod fleets;
mod ownership;
mod par;
mod random;
mod reading;
mod reap_series;
mod redeem;
mod redeem_for;
mod staking;
mod try_state;
mod windows;

use crate::{mock::*, Error, Event, HoldReason, Series, WindowLedger, Windows};
use frame_support::{
	assert_noop, assert_ok,
	traits::{
		fungible::Inspect as _, fungibles::Inspect as _, tokens::fungible::hold::Inspect as _,
	},
};
use sp_runtime::Perbill;
use tenure_primitives::{
	traits::{DeviceCommitments, Offers, UsageUnits},
	Balance, DeviceId, DeviceStatus, FleetId, Moment, SaleConditions, SeriesId, Subject, Units,
};

/// What leases are held for.
fn rent_reason() -> RuntimeHoldReason {
	RuntimeHoldReason::Leases(leases::HoldReason::Rent)
}

fn backing(series: SeriesId) -> Balance {
	Balances::balance_on_hold(&HoldReason::Backing.into(), &UsageToken::account_of(series))
}

fn rent_of(who: &AccountId) -> Balance {
	Balances::balance_on_hold(&rent_reason(), who)
}

fn free(who: &AccountId) -> Balance {
	Balances::balance(who)
}

fn units_of(series: SeriesId, who: &AccountId) -> Units {
	Assets::balance(series, who).try_into().unwrap()
}

fn sold(series: SeriesId) -> Units {
	Series::<Test>::get(series).unwrap().sold
}

fn ledgers(device: DeviceId) -> Vec<WindowLedger> {
	Windows::<Test>::get(Subject::Device(device)).into_inner()
}

/// The pallet's events since the last time this was asked.
fn our_events() -> Vec<Event<Test>> {
	let events = System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::UsageToken(event) => Some(event),
			_ => None,
		})
		.collect();
	System::reset_events();
	events
}

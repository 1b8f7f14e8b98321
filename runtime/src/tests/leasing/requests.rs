// SPDX-License-Identifier: Apache-2.0

//! Leases that their owner has to accept: what becomes of the money and of the units if it does not.

use super::{people::*, *};
use crate::constants::currency::UNIT;
use frame_support::{assert_noop, assert_ok};
use pallet_device_registry::Call as Registry;
use pallet_lease_escrow::{Call as Lease, Error, Leases};
use pallet_usage_token::{Call as Token, Error as TokenError, Series};
use sp_keyring::Sr25519Keyring::{Dave, Eve, Ferdie};
use tenure_primitives::{Acceptance, LeaseTerms, SaleConditions, SeriesId, Subject, Units};

/// Seconds in which the owner has to answer.
const DEADLINE: u32 = 600;

/// When the leases asked for begin.
const AHEAD: Moment = START + 7_200;

fn manual() -> LeaseTerms<AccountId> {
	LeaseTerms { acceptance: Acceptance::Manual { deadline: DEADLINE }, ..terms() }
}

fn capped(cap: Units) -> SaleConditions {
	SaleConditions { cap, ..sale() }
}

fn sold(series: SeriesId) -> Units {
	Series::<Runtime>::get(series).map(|record| record.sold).unwrap_or_default()
}

fn buy(who: &AccountId, series: SeriesId, units: Units) -> Result<(), DispatchError> {
	call(who, Token::buy { series, units, max_cost: Balance::MAX })
}

fn assert_sold_out(who: &AccountId, series: SeriesId) {
	assert_noop!(buy(who, series, 1), TokenError::<Runtime>::SoldOut);
}

/// Lets all requests lapse that were made by now.
fn be_silent() {
	blocks_until(now() + Moment::from(DEADLINE) + 60);
}

#[test]
fn declined_and_lapsed_requests_leave_the_cap_alone() {
	on_chain(|| {
		let [owner, mallory, tina] = [Eve, Ferdie, Dave].map(account);
		let (device, series) = offered_device(&owner, capped(10), manual());
		block_at(START + 60);
		assert_ok!(device.beat().unwrap());
		let before = total(&mallory);
		let ask = || {
			let lease = next_lease();
			assert_ok!(call(&mallory, rental(&mallory, series, device.id, Some(AHEAD), 10)));
			assert_sold_out(&tina, series);
			lease
		};
		assert_ok!(call(&owner, Lease::decline { lease: ask() }));
		assert_eq!(sold(series), 0);
		ask();
		be_silent();
		assert_eq!((sold(series), Leases::<Runtime>::iter().count()), (0, 0));

		// Units that were out before come to money, too, and are gone.
		assert_ok!(buy(&mallory, series, 10));
		let lease = next_lease();
		assert_ok!(call(&mallory, booking(&mallory, series, device.id, Some(AHEAD), 10)));
		assert_ok!(call(&owner, Lease::decline { lease }));
		assert_eq!((sold(series), units_of(series, &mallory)), (0, 0));
		assert_eq!(total(&mallory), before);
		assert_eq!(Balances::reserved_balance(&mallory), 0);

		// All of it is for sale as on the first day, and a request that is taken back stays sold.
		assert_ok!(buy(&tina, series, 3));
		let lease = next_lease();
		assert_ok!(call(&mallory, rental(&mallory, series, device.id, Some(AHEAD), 7)));
		assert_ok!(call(&mallory, Lease::cancel { lease }));
		assert_eq!((sold(series), units_of(series, &mallory)), (10, 7));
		assert_sold_out(&tina, series);
		// A closed series of which the last units went so binds the device no more.
		assert_ok!(call(&tina, booking(&tina, series, device.id, Some(AHEAD), 3)));
		assert_ok!(call(&mallory, Token::redeem { series, units: 7 }));
		assert_ok!(call(&owner, Token::close_series { series }));
		assert_invariants();
		be_silent();
		assert_eq!(sold(series), 0);
		assert_ok!(call(&owner, Registry::retire { device: device.id }));
	});
}

#[test]
fn requests_for_members_leave_the_fleets_cap_alone() {
	on_chain(|| {
		let [owner, mallory, tina] = [Eve, Ferdie, Dave].map(account);
		let fleet = pallet_device_registry::NextFleetId::<Runtime>::get();
		assert_ok!(call(&owner, Registry::create_fleet {}));
		let device = Device::registered(&owner, GAP, 1);
		assert_ok!(device.activate(&owner).unwrap());
		assert_ok!(call(&owner, Registry::add_to_fleet { fleet, device: device.id }));
		assert_ok!(call(&owner, Lease::bond { amount: 100 * UNIT }));
		let series = next_series();
		let subject = Subject::Fleet(fleet);
		let terms = Box::new(manual());
		assert_ok!(call(&owner, Token::create_series { subject, sale: capped(10), terms }));
		block_at(START + 60);
		assert_ok!(device.beat().unwrap());
		for silent in [false, true] {
			let lease = next_lease();
			assert_ok!(call(&mallory, rental(&mallory, series, device.id, Some(AHEAD), 10)));
			assert_sold_out(&tina, series);
			assert_invariants();
			if silent {
				be_silent();
			} else {
				assert_ok!(call(&owner, Lease::decline { lease }));
			}
			assert_invariants();
			assert_eq!(sold(series), 0);
		}
		assert_ok!(buy(&tina, series, 10));
	});
}

#[test]
fn units_do_not_become_money_at_par_by_asking_for_what_the_owner_can_not_accept() {
	on_chain(|| {
		let [owner, mallory, straw_man] = [Eve, Ferdie, Dave].map(account);
		let (device, series) = offered_device(&owner, sale(), manual());
		block_at(START + 60);
		assert_ok!(device.beat().unwrap());
		assert_ok!(buy(&mallory, series, 10));
		let before = total(&mallory);
		// A start that leaves the owner no time to answer.
		let soon = now().next_multiple_of(60) + Moment::from(DEADLINE) - 60;
		assert_noop!(
			call(&mallory, booking(&mallory, series, device.id, Some(soon), 10)),
			Error::<Runtime>::StartTooSoon
		);
		// A time that somebody else has by then.
		let asked = next_lease();
		assert_ok!(call(&mallory, booking(&mallory, series, device.id, Some(AHEAD), 10)));
		let other = next_lease();
		assert_ok!(call(&straw_man, rental(&straw_man, series, device.id, Some(AHEAD), 1)));
		assert_ok!(call(&owner, Lease::accept { lease: other }));
		assert_noop!(call(&owner, Lease::accept { lease: asked }), Error::<Runtime>::SlotTaken);
		be_silent();
		assert!(!Leases::<Runtime>::contains_key(asked));
		assert_eq!((units_of(series, &mallory), sold(series)), (10, 11));
		assert_eq!(total(&mallory), before);
		// A twentieth is the owner's inside the usable window.
		assert_ok!(call(&mallory, Token::redeem { series, units: 10 }));
		assert_eq!(total(&mallory), before + 10 * PRICE * 95 / 100);
	});
}

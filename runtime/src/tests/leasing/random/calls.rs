// SPDX-License-Identifier: Apache-2.0

//! Which calls there are, as the metadata have it: none may be forgotten here.

use super::*;
use frame_support::traits::GetCallMetadata;

/// The pallets whose calls are all to be made.
const PALLETS: [&str; 5] =
	["Arbitration", "Attestation", "DeviceRegistry", "LeaseEscrow", "UsageToken"];

/// Pallets and calls that need not be made, and why.
const NOT_MADE: [(&str, &str, &str); 8] = [
	("LeaseEscrow", "accept", ELSEWHERE),
	("LeaseEscrow", "decline", ELSEWHERE),
	("LeaseEscrow", "offer_lease", ELSEWHERE),
	("LeaseEscrow", "withdraw_lease_offer", ELSEWHERE),
	("LeaseEscrow", "accept_lease", ELSEWHERE),
	("LeaseEscrow", "follow", ELSEWHERE),
	("LeaseEscrow", "rent_fleet", ELSEWHERE),
	("LeaseEscrow", "substitute", ELSEWHERE),
];

const ELSEWHERE: &str = "the random test of the escrow pallet makes it";

/// A pallet and one of its calls.
type Name = (&'static str, &'static str);

/// All calls of our pallets.
fn all() -> BTreeSet<Name> {
	let calls_of =
		|pallet| RuntimeCall::get_call_names(pallet).iter().map(move |name| (pallet, *name));
	PALLETS.into_iter().flat_map(calls_of).collect()
}

/// Calls that should have been made and were not.
pub fn missing(made: &BTreeSet<Name>) -> Vec<Name> {
	let is_excused = |(pallet, name): &Name| {
		NOT_MADE.iter().any(|excuse| (excuse.0, excuse.1) == (*pallet, *name))
	};
	all().difference(made).filter(|call| !is_excused(call)).copied().collect()
}

#[test]
fn each_call_that_nobody_makes_is_noticed() {
	let all = all();
	assert!(PALLETS.iter().all(|pallet| all.iter().any(|(of, _)| of == pallet)));
	assert_eq!(missing(&all), []);
	for call in &all {
		let is_excused = NOT_MADE.iter().any(|(pallet, name, _)| (*pallet, *name) == *call);
		let mut made = all.clone();
		made.remove(call);
		assert_eq!(missing(&made).contains(call), !is_excused);
	}
	for (pallet, name, why) in NOT_MADE {
		assert!(all.contains(&(pallet, name)) && !why.is_empty(), "{pallet}.{name} is no call");
	}
}

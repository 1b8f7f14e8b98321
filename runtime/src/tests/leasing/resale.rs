// SPDX-License-Identifier: Apache-2.0

//! Units sold from one holder to another, without trust and without a pallet for it: the swap of
//! `docs/usage-tokens.md`.

use super::{people::*, *};
use frame_support::{assert_ok, dispatch::GetDispatchInfo, weights::Weight};
use pallet_usage_token::Call as Token;
use sp_keyring::Sr25519Keyring::{Dave, Eve, Ferdie, One};
use tenure_primitives::SeriesId;

/// What the units sold are to cost.
const ASKED: Balance = 3 * PRICE / 2;

/// Seller, buyer, and the account that needs both.
struct Swap {
	series: SeriesId,
	seller: AccountId,
	buyer: AccountId,
	both: AccountId,
}

impl Swap {
	/// The seller has ten units of an hour; three of them are to change hands.
	fn arranged() -> Self {
		let [owner, seller, buyer] = [Eve, Ferdie, Dave].map(account);
		let by_the_hour = tenure_primitives::SaleConditions { unit_seconds: 3_600, ..sale() };
		let (_, series) = offered_device(&owner, by_the_hour, terms());
		assert_ok!(call(&seller, Token::buy { series, units: 10, max_cost: 10 * PRICE }));
		let mut signatories = [seller.clone(), buyer.clone()];
		signatories.sort();
		let both = Multisig::multi_account_id(&signatories, 2);
		Self { series, seller, buyer, both }
	}

	/// What both agree on: three units to the buyer, the price to the seller.
	fn deal(&self) -> RuntimeCall {
		let units = pallet_assets::Call::transfer_approved {
			id: codec::Compact(self.series),
			owner: self.seller.clone().into(),
			destination: self.buyer.clone().into(),
			amount: 3,
		};
		let money = pallet_balances::Call::transfer_allow_death {
			dest: self.seller.clone().into(),
			value: ASKED,
		};
		pallet_utility::Call::batch_all { calls: vec![units.into(), money.into()] }.into()
	}

	fn max_weight(&self) -> Weight {
		self.deal().get_dispatch_info().call_weight
	}

	/// The seller lets both together take three units, and agrees to the deal.
	fn offer(&self) -> Result<(), DispatchError> {
		let approval = pallet_assets::Call::approve_transfer {
			id: codec::Compact(self.series),
			delegate: self.both.clone().into(),
			amount: 3,
		};
		let consent = pallet_multisig::Call::approve_as_multi {
			threshold: 2,
			other_signatories: vec![self.buyer.clone()],
			maybe_timepoint: None,
			call_hash: sp_io::hashing::blake2_256(&codec::Encode::encode(&self.deal())),
			max_weight: self.max_weight(),
		};
		let calls = vec![approval.into(), consent.into()];
		call(&self.seller, pallet_utility::Call::batch_all { calls })
	}

	/// The buyer pays in, agrees, and makes sure that it has the units: all or nothing.
	fn take(
		&self,
		timepoint: pallet_multisig::Timepoint<BlockNumber>,
	) -> Result<(), DispatchError> {
		let payment = pallet_balances::Call::transfer_keep_alive {
			dest: self.both.clone().into(),
			value: ASKED,
		};
		let consent = pallet_multisig::Call::as_multi {
			threshold: 2,
			other_signatories: vec![self.seller.clone()],
			maybe_timepoint: Some(timepoint),
			call: Box::new(self.deal()),
			max_weight: self.max_weight(),
		};
		// A transfer to oneself fails without the units: consent alone would hide a deal that failed.
		let check = transfer_of(self.series, &self.buyer, 3);
		let calls = vec![payment.into(), consent.into(), check.into()];
		call(&self.buyer, pallet_utility::Call::batch_all { calls })
	}

	fn units(&self) -> [u64; 2] {
		[&self.seller, &self.buyer].map(|who| units_of(self.series, who))
	}

	fn money(&self) -> [Balance; 3] {
		[&self.seller, &self.buyer, &self.both].map(total)
	}
}

#[test]
fn three_of_ten_hours_change_hands_against_payment() {
	on_chain(|| {
		let swap = Swap::arranged();
		let before = swap.money();
		assert_ok!(swap.offer());
		assert_ok!(swap.take(Multisig::timepoint()));
		assert_eq!(swap.units(), [7, 3]);
		assert_eq!(swap.money(), [before[0] + ASKED, before[1] - ASKED, 0]);
		assert_eq!(Balances::reserved_balance(&swap.seller), 0);
		// The buyer holds what any buyer holds.
		assert_ok!(call(&swap.buyer, Token::redeem { series: swap.series, units: 3 }));
	});
}

#[test]
fn a_seller_who_moved_the_units_away_gets_nothing() {
	on_chain(|| {
		let swap = Swap::arranged();
		assert_ok!(swap.offer());
		assert_ok!(call(&swap.seller, transfer_of(swap.series, &account(One), 8)));
		let (units, money) = (swap.units(), swap.money());
		let taken = frame_support::storage::with_storage_layer(|| swap.take(Multisig::timepoint()));
		assert!(taken.is_err());
		assert_eq!((swap.units(), swap.money()), (units, money));
	});
}

#[test]
fn a_seller_who_changed_its_mind_gets_everything_back() {
	on_chain(|| {
		let swap = Swap::arranged();
		let before = swap.money();
		assert_ok!(swap.offer());
		let timepoint = Multisig::timepoint();
		let consent = pallet_multisig::Call::cancel_as_multi {
			threshold: 2,
			other_signatories: vec![swap.buyer.clone()],
			timepoint,
			call_hash: sp_io::hashing::blake2_256(&codec::Encode::encode(&swap.deal())),
		};
		let approval = pallet_assets::Call::cancel_approval {
			id: codec::Compact(swap.series),
			delegate: swap.both.clone().into(),
		};
		let calls = vec![consent.into(), approval.into()];
		assert_ok!(call(&swap.seller, pallet_utility::Call::batch_all { calls }));
		assert_eq!((swap.units(), swap.money()), ([10, 0], before));
		assert_eq!(Balances::reserved_balance(&swap.seller), 0);
		let taken = frame_support::storage::with_storage_layer(|| swap.take(timepoint));
		assert!(taken.is_err());
		assert_eq!(swap.money(), before);
	});
}

// SPDX-License-Identifier: Apache-2.0

use crate::{mock::*, Arbiters, Case, Cases, Error, Event};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{traits::BadOrigin, DispatchError, Perbill};
use tenure_primitives::{traits::Arbitration as _, Uri};

fn decide(who: AccountId, percent: u32) -> frame_support::pallet_prelude::DispatchResult {
	Arbitration::decide(RuntimeOrigin::signed(who), DISPUTE, Perbill::from_percent(percent))
}

#[test]
fn governance_keeps_the_list() {
	execute(|| {
		assert!(Arbitration::is_arbiter(&ADA) && !Arbitration::is_arbiter(&BEN));
		let uri: Uri = b"ipfs://rules".to_vec().try_into().unwrap();
		assert_ok!(Arbitration::add_arbiter(RuntimeOrigin::root(), BEN, uri.clone()));
		assert_eq!(Arbiters::<Runtime>::get(BEN), Some(uri.clone()));
		assert_ok!(Arbitration::remove_arbiter(RuntimeOrigin::root(), ADA));
		assert!(!Arbitration::is_arbiter(&ADA) && Arbitration::is_arbiter(&BEN));
		assert_eq!(
			events()[1..],
			[Event::ArbiterAdded { arbiter: BEN, uri }, Event::ArbiterRemoved { arbiter: ADA }]
		);
	});
}

#[test]
fn nobody_else_keeps_it_and_nobody_is_on_it_twice() {
	execute(|| {
		let add = |origin, who| Arbitration::add_arbiter(origin, who, Uri::default());
		assert_noop!(add(RuntimeOrigin::signed(ADA), BEN), BadOrigin);
		assert_noop!(Arbitration::remove_arbiter(RuntimeOrigin::signed(ADA), ADA), BadOrigin);
		assert_noop!(add(RuntimeOrigin::root(), ADA), Error::<Runtime>::AlreadyArbiter);
		assert_noop!(
			Arbitration::remove_arbiter(RuntimeOrigin::root(), BEN),
			Error::<Runtime>::NotArbiter
		);
	});
}

#[test]
fn named_arbiter_decides_once() {
	execute(|| {
		assert_noop!(decide(ADA, 30), Error::<Runtime>::UnknownCase);
		open(ADA);
		let case = Case { arbiter: ADA, amount: 1_000, deadline: 500 };
		assert_eq!(Cases::<Runtime>::get(DISPUTE), Some(case));
		assert_ok!(Arbitration::do_try_state());
		assert_noop!(decide(BEN, 100), Error::<Runtime>::NotArbiterOfCase);
		assert_ok!(decide(ADA, 30));
		let share = Perbill::from_percent(30);
		assert_eq!(leases::Decided::<Runtime>::get(DISPUTE), Some((ADA, share)));
		assert!(!Cases::<Runtime>::contains_key(DISPUTE));
		assert_noop!(decide(ADA, 30), Error::<Runtime>::UnknownCase);
		assert_eq!(
			events()[1..],
			[
				Event::CaseOpened { dispute: DISPUTE, arbiter: ADA, amount: 1_000, deadline: 500 },
				Event::CaseDecided { dispute: DISPUTE, arbiter: ADA, claimant_share: share },
			]
		);
	});
}

#[test]
fn arbiter_that_left_the_list_keeps_its_cases() {
	execute(|| {
		open(ADA);
		assert_ok!(Arbitration::remove_arbiter(RuntimeOrigin::root(), ADA));
		assert_ok!(decide(ADA, 0));
		let decided = leases::Decided::<Runtime>::get(DISPUTE);
		assert_eq!(decided, Some((ADA, Perbill::zero())));
	});
}

#[test]
fn verdict_that_the_leases_refuse_changes_nothing() {
	execute(|| {
		open(ADA);
		leases::TooLate::<Runtime>::put(true);
		assert_noop!(
			frame_support::storage::with_storage_layer(|| decide(ADA, 30)),
			DispatchError::Unavailable
		);
		assert!(Cases::<Runtime>::contains_key(DISPUTE));
	});
}

#[test]
fn leases_close_cases_that_nobody_decided() {
	execute(|| {
		open(ADA);
		leases::Waiting::<Runtime>::remove(DISPUTE);
		assert!(Arbitration::do_try_state().is_err(), "a case without its dispute is seen");
		Arbitration::closed(DISPUTE);
		assert_noop!(decide(ADA, 30), Error::<Runtime>::UnknownCase);
		// Once more does no harm.
		Arbitration::closed(DISPUTE);
	});
}

#[test]
fn leases_without_arbitration_have_no_arbiters() {
	use tenure_primitives::traits::{Arbitration, Disputes};
	execute(|| {
		assert!(!<() as Arbitration<AccountId>>::is_arbiter(&ADA));
		assert_eq!(<() as Disputes<AccountId>>::arbiter_of(DISPUTE), None);
		assert_noop!(
			<() as Disputes<AccountId>>::decided(DISPUTE, Perbill::one(), &ADA),
			DispatchError::Unavailable
		);
	});
}

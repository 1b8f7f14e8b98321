// SPDX-License-Identifier: Apache-2.0

use super::*;
use crate::{LeaseTermsOf, NextSeriesId, SeriesByOwner, SeriesBySubject};
use frame_support::traits::fungibles::{metadata::Inspect as _, roles::Inspect as _};
use sp_runtime::{DispatchError, DispatchResult};
use tenure_primitives::{Acceptance, Admission, CancellationStep, EvidencePolicy, RedeemShares};

fn try_create(sale: SaleConditions, terms: LeaseTermsOf<Test>) -> DispatchResult {
	let subject = Subject::Device(GPU);
	UsageToken::create_series(signed(&OLGA), subject, sale, Box::new(terms))
		.map(drop)
		.map_err(|error| error.error)
}

fn refused_sale(change: impl FnOnce(&mut SaleConditions), error: Error<Test>) {
	build_and_execute(|| {
		let mut sale = sale();
		change(&mut sale);
		assert_noop!(try_create(sale, terms()), error);
	});
}

fn refused_terms(change: impl FnOnce(&mut LeaseTermsOf<Test>), error: Error<Test>) {
	build_and_execute(|| {
		let mut terms = terms();
		change(&mut terms);
		assert_noop!(try_create(sale(), terms), error);
	});
}

fn refused_device(
	change: impl FnOnce(&mut tenure_primitives::DeviceInfo<AccountId>),
	error: Error<Test>,
) {
	build_and_execute(|| {
		change_device(GPU, change);
		assert_noop!(try_create(sale(), terms()), error);
	});
}

#[test]
fn series_is_offered() {
	build_and_execute(|| {
		assert_ok!(try_create(sale(), terms()));
		let record = Series::<Test>::get(1).unwrap();
		assert_eq!((record.owner, record.subject), (OLGA, Subject::Device(GPU)));
		assert_eq!((record.sale, record.terms), (sale(), terms()));
		assert_eq!((record.sold, record.closed_at, record.endowment), (0, None, ED));
		assert_eq!(NextSeriesId::<Test>::get(), 2);

		let account = UsageToken::account_of(1);
		assert_eq!(free(&account), ED);
		assert_eq!(backing(1), 0);
		assert_eq!(Assets::owner(1), Some(account.clone()));
		assert_eq!(Assets::issuer(1), Some(account));
		assert_eq!(Assets::name(1), b"Tenure series 1".to_vec());
		assert_eq!(Assets::symbol(1), b"TNU1".to_vec());
		assert_eq!((Assets::decimals(1), Assets::minimum_balance(1)), (0, 1));

		let footprint = UsageToken::footprint(&OLGA, &Subject::Device(GPU), &sale(), &terms());
		let deposit = 100 + 2 * Balance::from(footprint.size);
		assert_eq!(Balances::balance_on_hold(&HoldReason::SeriesRecord.into(), &OLGA), deposit);
		assert_eq!(free(&OLGA), FORTUNE - deposit - ED);
		assert_eq!(
			our_events(),
			[Event::SeriesCreated {
				series: 1,
				subject: Subject::Device(GPU),
				owner: OLGA,
				unit_price: 100,
				unit_seconds: 60,
			}]
		);
	});
}

#[test]
fn deposit_pays_for_what_a_series_occupies() {
	use codec::Encode;
	build_and_execute(|| {
		let before = sp_io::storage::root(sp_runtime::StateVersion::V1);
		assert_ok!(try_create(sale(), terms()));
		assert_ne!(before, sp_io::storage::root(sp_runtime::StateVersion::V1));
		let footprint = UsageToken::footprint(&OLGA, &Subject::Device(GPU), &sale(), &terms());
		let record = Series::<Test>::get(1).unwrap().encoded_size();
		let asset = pallet_assets::Asset::<Test>::get(1).unwrap().encoded_size();
		let metadata = pallet_assets::Metadata::<Test>::get(1).encoded_size();
		let account = frame_system::Account::<Test>::get(UsageToken::account_of(1)).encoded_size();
		let ledger = Windows::<Test>::get(Subject::Device(GPU)).encoded_size();
		let lists = SeriesBySubject::<Test>::hashed_key_for(Subject::Device(GPU), 1).len()
			+ SeriesByOwner::<Test>::hashed_key_for(OLGA, 1).len();
		// Two 16-byte prefixes, an 8-byte hash and the number for the record, the asset and its name.
		let stored = record + asset + metadata + account + ledger + lists + 3 * 44;
		assert!(stored <= footprint.size as usize, "{stored} bytes are stored");
	});
}

#[test]
fn strangers_money_in_the_account_does_no_harm() {
	build_and_execute(|| {
		let account = UsageToken::account_of(1);
		assert_ok!(Balances::transfer_allow_death(signed(&TOM), account.clone(), 777));
		assert_ok!(try_create(sale(), terms()));
		assert_eq!(free(&account), 777 + ED);
	});
}

#[test]
fn series_without_a_key_yet_proven_can_be_offered() {
	build_and_execute(|| {
		change_device(GPU, |device| device.key.as_mut().unwrap().active = false);
		assert_ok!(try_create(sale(), terms()));
	});
}

#[test]
fn device_must_be_the_owners_and_fit() {
	refused_device(|device| device.owner = OTTO, Error::NotDeviceOwner);
	refused_device(|device| device.status = DeviceStatus::Missing, Error::DeviceNotListed);
	refused_device(|device| device.fleet = Some(4), Error::DeviceInFleet);
	refused_device(|device| device.key = None, Error::NoDeviceKey);
}

#[test]
fn unknown_device_is_the_registrys_error() {
	build_and_execute(|| {
		let subject = Subject::Device(99);
		assert_noop!(
			UsageToken::create_series(signed(&OLGA), subject, sale(), Box::new(terms())),
			DispatchError::Other("no such device")
		);
	});
}

#[test]
fn unsigned_origin_is_refused() {
	build_and_execute(|| {
		let subject = Subject::Device(GPU);
		assert_noop!(
			UsageToken::create_series(RuntimeOrigin::root(), subject, sale(), Box::new(terms())),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn impossible_sales_are_refused() {
	refused_sale(|sale| sale.unit_seconds = 0, Error::InvalidUnit);
	refused_sale(|sale| sale.unit_seconds = 90, Error::InvalidUnit);
	refused_sale(|sale| sale.unit_price = 4, Error::PriceTooLow);
	refused_sale(|sale| sale.unit_price = 0, Error::PriceTooLow);
	refused_sale(|sale| sale.cap = 0, Error::NoUnits);
	refused_sale(|sale| sale.unit_price = Balance::MAX, Error::AmountOverflow);
	refused_sale(|sale| sale.cap = Units::MAX / 59, Error::AmountOverflow);
	refused_sale(|sale| sale.usable_from = sale.usable_until, Error::InvalidUsableWindow);
	refused_sale(
		|sale| (sale.usable_from, sale.usable_until) = (START - DAY, START),
		Error::InvalidUsableWindow,
	);
	refused_sale(|sale| sale.usable_from = sale.usable_until - 599, Error::InvalidUsableWindow);
	refused_sale(|sale| sale.usable_until = START + 3_660 * DAY + 1, Error::WindowTooFar);
	refused_sale(|sale| sale.sale_from = sale.sale_until, Error::InvalidSaleWindow);
	refused_sale(
		|sale| (sale.sale_from, sale.sale_until) = (START - DAY, START),
		Error::InvalidSaleWindow,
	);
	refused_sale(|sale| sale.sale_until = sale.usable_until + 1, Error::InvalidSaleWindow);
}

#[test]
fn rising_or_low_redeem_shares_are_refused() {
	let shares = |before, during, after| {
		let [before, during, after] = [before, during, after].map(Perbill::from_percent);
		RedeemShares { before, during, after }
	};
	refused_sale(|sale| sale.redeem_shares = shares(100, 95, 89), Error::RedeemSharesInvalid);
	refused_sale(|sale| sale.redeem_shares = shares(95, 100, 90), Error::RedeemSharesInvalid);
}

#[test]
fn impossible_terms_are_refused() {
	refused_terms(|terms| terms.min_duration = 0, Error::InvalidDuration);
	refused_terms(|terms| terms.min_duration = 59, Error::InvalidDuration);
	refused_terms(|terms| terms.max_duration = 599, Error::InvalidDuration);
	refused_terms(|terms| terms.max_duration = 366 * 86_400 + 1, Error::InvalidDuration);
	refused_terms(|terms| terms.min_duration = u32::MAX, Error::InvalidDuration);
	refused_terms(|terms| terms.advance_limit = 366 * 86_400 + 1, Error::AdvanceTooLong);
	refused_terms(|terms| terms.turnaround = 366 * 86_400 + 1, Error::TurnaroundTooLong);
	let gap = |max_gap| EvidencePolicy::Heartbeat { max_gap };
	refused_terms(|terms| terms.evidence = gap(59), Error::HeartbeatGapOutOfRange);
	refused_terms(|terms| terms.evidence = gap(86_401), Error::HeartbeatGapOutOfRange);
}

#[test]
fn no_whole_number_of_units_between_shortest_and_longest_lease_is_refused() {
	build_and_execute(|| {
		let (mut sale, mut terms) = (sale(), terms());
		(sale.unit_seconds, terms.min_duration, terms.max_duration) = (3_600, 3_601, 7_199);
		assert_noop!(try_create(sale, terms.clone()), Error::<Test>::InvalidDuration);
		terms.max_duration = 7_200;
		assert_ok!(try_create(sale, terms));
	});
}

#[test]
fn ladder_where_cancelling_is_free_or_waiting_pays_is_refused() {
	for steps in [&[(60, 0)][..], &[(60, 5), (60, 6)], &[(60, 5), (0, 4)]] {
		refused_terms(|terms| terms.cancellation = ladder(steps), Error::InvalidLadder);
	}
}

#[test]
fn owner_has_a_minute_to_a_week_to_accept() {
	let manual = |deadline| Acceptance::Manual { deadline };
	for deadline in [0, 59, 7 * 86_400 + 1, u32::MAX] {
		refused_terms(
			|terms| terms.acceptance = manual(deadline),
			Error::AcceptanceDeadlineOutOfRange,
		);
	}
	let week = 7 * 86_400;
	for deadline in [60, week] {
		build_and_execute(|| {
			assert_ok!(try_create(
				sale(),
				LeaseTermsOf::<Test> {
					acceptance: manual(deadline),
					advance_limit: week,
					..terms()
				}
			));
		});
	}
	// No lease could be asked for.
	refused_terms(
		|terms| (terms.acceptance, terms.advance_limit) = (manual(3_601), 3_600),
		Error::AcceptanceDeadlineOutOfRange,
	);
}

#[test]
fn what_is_not_built_yet_is_refused_by_name() {
	for evidence in [EvidencePolicy::Metered { max_rate: 1 }, EvidencePolicy::Output] {
		refused_terms(|terms| terms.evidence = evidence, Error::EvidenceNotAvailable);
	}
	let credential = Admission::Credential(1);
	refused_terms(|terms| terms.admission = credential, Error::AdmissionNotAvailable);
	refused_terms(|terms| terms.required_endorsement = Some(1), Error::EndorsementNotAvailable);
	refused_terms(|terms| terms.geofence = Some(1), Error::GeofenceNotAvailable);
}

#[test]
fn objections_need_arbiters_and_arbiters_objections() {
	let arbiters = || vec![TINA, OTTO].try_into().unwrap();
	refused_terms(|terms| terms.arbiters = arbiters(), Error::ArbitersNotNeeded);
	refused_terms(|terms| terms.objection_window = 1, Error::ArbitersMissing);
	let long = |terms: &mut LeaseTermsOf<Test>, seconds| {
		(terms.objection_window, terms.arbiters) = (seconds, arbiters());
	};
	refused_terms(|terms| long(terms, 7 * 86_400 + 1), Error::ObjectionWindowTooLong);
	for listed in [vec![TOM], vec![TINA, TOM], vec![TINA, OLGA]] {
		let change = |terms: &mut LeaseTermsOf<Test>| {
			(terms.objection_window, terms.arbiters) = (60, listed.try_into().unwrap());
		};
		refused_terms(change, Error::ArbiterNotListed);
	}
	let receipts =
		EvidencePolicy::CoSigned { max_lag: 60, reservation_share: Perbill::from_percent(5) };
	let signed = |terms: &mut LeaseTermsOf<Test>| {
		long(terms, 60);
		terms.evidence = receipts;
	};
	refused_terms(signed, Error::ObjectionNotAvailable);
	build_and_execute(|| {
		let mut terms = terms();
		long(&mut terms, 7 * 86_400);
		assert_ok!(try_create(sale(), terms));
	});
}

fn receipts(max_lag: u32, percent: u32) -> EvidencePolicy {
	EvidencePolicy::CoSigned { max_lag, reservation_share: Perbill::from_percent(percent) }
}

/// Steps of a notice and a share in percent.
fn ladder(steps: &[(u32, u32)]) -> tenure_primitives::CancellationLadder {
	steps
		.iter()
		.map(|(notice, percent)| CancellationStep {
			notice: *notice,
			share: Perbill::from_percent(*percent),
		})
		.collect::<Vec<_>>()
		.try_into()
		.unwrap()
}

#[test]
fn leases_can_be_paid_by_receipts() {
	for (evidence, steps, unit_seconds) in [
		(receipts(1, 10), &[(3_600, 1), (0, 10)][..], 60),
		(receipts(86_400, 10), &[(0, 1)][..], 1),
		(receipts(60, 1), &[(60, 1), (0, 1)][..], 86_400),
	] {
		build_and_execute(|| {
			let sale = SaleConditions { unit_seconds, ..sale() };
			let terms = LeaseTermsOf::<Test> {
				min_duration: 60,
				max_duration: 86_400,
				evidence,
				cancellation: ladder(steps),
				..terms()
			};
			assert_ok!(try_create(sale, terms));
		});
	}
}

#[test]
fn receipts_that_may_lag_too_long_or_not_at_all_are_refused() {
	for lag in [0, 86_401] {
		refused_terms(
			|terms| {
				(terms.evidence, terms.cancellation) = (receipts(lag, 10), ladder(&[(0, 10)]));
			},
			Error::ReceiptLagOutOfRange,
		);
	}
}

#[test]
fn reservation_costs_a_tenth_at_most() {
	refused_terms(
		|terms| (terms.evidence, terms.cancellation) = (receipts(60, 11), ladder(&[(0, 10)])),
		Error::ReservationShareTooHigh,
	);
}

#[test]
fn ladder_that_makes_not_turning_up_cheaper_is_refused() {
	for steps in [&[(3_600, 1), (0, 6)][..], &[(3_600, 1), (1, 5)], &[]] {
		refused_terms(
			|terms| (terms.evidence, terms.cancellation) = (receipts(60, 5), ladder(steps)),
			Error::LadderAboveReservation,
		);
	}
	// No step is free, so that no reservation is.
	refused_terms(
		|terms| (terms.evidence, terms.cancellation) = (receipts(60, 0), ladder(&[(0, 0)])),
		Error::InvalidLadder,
	);
}

#[test]
fn owner_may_list_whom_it_admits_or_not() {
	let listed = |who: Vec<AccountId>| who.try_into().unwrap();
	for admission in [
		Admission::Only(listed(vec![TOM])),
		Admission::Only(listed(vec![TOM; 32])),
		Admission::Except(listed(vec![TOM])),
		Admission::Except(listed(vec![])),
	] {
		build_and_execute(|| {
			let terms = crate::LeaseTermsOf::<Test> { admission, ..terms() };
			assert_ok!(try_create(sale(), terms));
		});
	}
	let nobody = Admission::Only(listed(vec![]));
	refused_terms(|terms| terms.admission = nobody, Error::NobodyAdmitted);
}

#[test]
fn units_of_heartbeats_are_whole_minutes_and_of_others_whole_seconds() {
	let valid = |unit_seconds, evidence| {
		UsageToken::ensure_valid_sale(&SaleConditions { unit_seconds, ..sale() }, &evidence, START)
	};
	let heartbeat = EvidencePolicy::Heartbeat { max_gap: 120 };
	for unit in [60, 3_600, 86_400, 7 * 60] {
		assert_ok!(valid(unit, heartbeat));
	}
	for unit in [0, 1, 59, 61] {
		assert!(matches!(valid(unit, heartbeat), Err(Error::InvalidUnit)));
	}
	for seconds in [EvidencePolicy::Metered { max_rate: 1 }, receipts(60, 10)] {
		assert_ok!(valid(1, seconds));
		assert_ok!(valid(61, seconds));
		assert!(matches!(valid(0, seconds), Err(Error::InvalidUnit)));
	}
}

#[test]
fn owner_must_afford_deposit_and_endowment() {
	build_and_execute(|| {
		let footprint = UsageToken::footprint(&NOBODY, &Subject::Device(GPU), &sale(), &terms());
		let deposit = 100 + 2 * Balance::from(footprint.size);
		change_device(GPU, |device| device.owner = NOBODY);
		let create = || {
			let subject = Subject::Device(GPU);
			UsageToken::create_series(signed(&NOBODY), subject, sale(), Box::new(terms()))
		};
		assert_ok!(Balances::transfer_allow_death(signed(&TOM), NOBODY, deposit + 2 * ED - 1));
		assert_noop!(create(), Error::<Test>::BalanceTooLow);
		assert_ok!(Balances::transfer_allow_death(signed(&TOM), NOBODY, 1));
		assert_ok!(create());
		assert_eq!(free(&NOBODY), ED);
	});
}

#[test]
fn numbers_end() {
	build_and_execute(|| {
		frame_support::hypothetically!({
			NextSeriesId::<Test>::put(SeriesId::MAX);
			assert_noop!(try_create(sale(), terms()), Error::<Test>::NoMoreSeries);
		});
	});
}

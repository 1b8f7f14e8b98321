// SPDX-License-Identifier: Apache-2.0

//! Series of devices that their tenants take home.

use super::*;
use crate::LeaseTermsOf;
use tenure_primitives::{
	CancellationLadder, CancellationStep, Custody, DeviceKey, EvidencePolicy, PublicKey,
};

const MONTH: u32 = 30 * 86_400;

/// Hand-over, inspection, grace, overdue rate, forfeiture.
fn custody(times: [u32; 4], overdue_percent: u16) -> Custody {
	let [handover_window, inspection, return_grace, forfeit_after] = times;
	Custody::Physical { handover_window, inspection, return_grace, overdue_percent, forfeit_after }
}

fn ladder(steps: &[(u32, u32)]) -> CancellationLadder {
	let step = |(notice, percent): &(u32, u32)| CancellationStep {
		notice: *notice,
		share: Perbill::from_percent(*percent),
	};
	steps.iter().map(step).collect::<Vec<_>>().try_into().unwrap()
}

fn physical_terms() -> LeaseTermsOf<Test> {
	LeaseTermsOf::<Test> {
		min_duration: 1_800,
		owner_notice: 600,
		cancellation: ladder(&[(86_400, 1), (0, 10)]),
		custody: custody([600, 86_400, 3_600, 86_400], 150),
		evidence: EvidencePolicy::Clock,
		damage_deposit: 500,
		arbiters: vec![TINA].try_into().unwrap(),
		..terms()
	}
}

fn try_create(terms: LeaseTermsOf<Test>) -> sp_runtime::DispatchResult {
	let subject = Subject::Device(GPU);
	UsageToken::create_series(signed(&OLGA), subject, sale(), Box::new(terms))
		.map(drop)
		.map_err(|error| error.error)
}

fn refused(change: impl FnOnce(&mut LeaseTermsOf<Test>), error: Error<Test>) {
	build_and_execute(|| {
		let mut terms = physical_terms();
		change(&mut terms);
		assert_noop!(try_create(terms), error);
	});
}

#[test]
fn device_without_electronics_is_offered() {
	for times in [[600, 600, 0, 3_600], [600, MONTH, MONTH - 600, MONTH]] {
		for percent in [100, 1_000] {
			build_and_execute(|| {
				change_device(GPU, |device| device.key = None);
				let custody = custody(times, percent);
				assert_ok!(try_create(LeaseTermsOf::<Test> { custody, ..physical_terms() }));
			});
		}
	}
	// Without a deposit too.
	build_and_execute(|| {
		let arbiters = Default::default();
		let terms = LeaseTermsOf::<Test> { damage_deposit: 0, arbiters, ..physical_terms() };
		assert_ok!(try_create(terms));
	});
	// With one somebody has to decide.
	refused(|terms| terms.arbiters = Default::default(), Error::ArbitersMissing);
}

#[test]
fn custody_and_evidence_go_together() {
	for evidence in [
		EvidencePolicy::Heartbeat { max_gap: 120 },
		EvidencePolicy::CoSigned { max_lag: 60, reservation_share: Perbill::from_percent(10) },
	] {
		refused(|terms| terms.evidence = evidence, Error::EvidenceDoesNotSuitCustody);
	}
	refused(|terms| terms.custody = Custody::Remote, Error::EvidenceDoesNotSuitCustody);
}

#[test]
fn only_what_is_taken_home_has_a_damage_deposit() {
	refused(
		|terms| {
			terms.custody = Custody::Remote;
			terms.evidence = EvidencePolicy::Heartbeat { max_gap: 120 };
		},
		Error::DamageDepositNotAvailable,
	);
}

#[test]
fn impossible_windows_are_refused() {
	for times in [
		[599, 600, 0, 3_600],
		[600, 599, 0, 3_600],
		[600, 600, 0, 3_599],
		[MONTH + 1, 600, 0, 3_600],
		[600, MONTH + 1, 0, 3_600],
		[600, 600, 0, MONTH + 1],
	] {
		refused(|terms| terms.custody = custody(times, 150), Error::CustodyWindowOutOfRange);
	}
	refused(
		|terms| terms.custody = custody([601, 600, 0, 3_600], 150),
		Error::HandoverWindowTooLong,
	);
	refused(
		|terms| terms.custody = custody([600, 600, 3_001, 3_600], 150),
		Error::ReturnGraceTooLong,
	);
	for percent in [99, 1_001] {
		refused(
			|terms| terms.custody = custody([600, 600, 0, 3_600], percent),
			Error::OverduePercentOutOfRange,
		);
	}
}

#[test]
fn key_and_signs_of_life_do_not_make_units_worth_par() {
	build_and_execute(|| {
		assert_ok!(try_create(physical_terms()));
		assert_ok!(UsageToken::buy(signed(&TOM), 1, 10, 1_000));
		let share = || {
			let record = Series::<Test>::get(1).unwrap();
			UsageToken::worth(&record, Now::get()).share.deconstruct() / 10_000_000
		};
		Now::set(START + 2 * DAY);
		Silent::set([(GPU, START)].into());
		change_device(GPU, |device| device.key = None);
		assert_eq!(share(), 95);
		Bonds::set([(OLGA, 199)].into());
		assert_eq!(share(), 100);
		Bonds::set([(OLGA, 200)].into());
		for status in [DeviceStatus::Missing, DeviceStatus::NotReturned] {
			change_device(GPU, |device| device.status = status);
			assert_eq!(share(), 100);
		}
		// After the window what counts is whether it is there.
		Now::set(sale().usable_until + DAY);
		assert_eq!(share(), 100);
		change_device(GPU, |device| {
			device.status = DeviceStatus::Listed;
			device.key = Some(DeviceKey { public: PublicKey::Ed25519([1; 32]), active: false });
		});
		assert_eq!(share(), 90);
		Registry::set(Default::default());
		assert_eq!(share(), 100);
	});
}

#[test]
fn owner_can_not_take_the_deposit_by_revoking() {
	// Whose lease is taken back has the time of a hand-over to bring the device, and an hour at least.
	refused(|terms| terms.owner_notice = 599, Error::OwnerNoticeTooShort);
	refused(|terms| terms.owner_notice = 0, Error::OwnerNoticeTooShort);
	refused(
		|terms| terms.custody = custody([600, 600, 0, 60], 150),
		Error::CustodyWindowOutOfRange,
	);
}

#[test]
fn owner_without_a_device_takes_no_more_than_a_tenth() {
	for steps in [&[(86_400, 1), (0, 11)][..], &[(0, 11)], &[(60, 10)], &[]] {
		refused(|terms| terms.cancellation = ladder(steps), Error::LadderTooHigh);
	}
}

#[test]
fn units_are_at_par_when_nobody_could_decide_disputes() {
	build_and_execute(|| {
		assert_ok!(try_create(physical_terms()));
		assert_ok!(UsageToken::buy(signed(&TOM), 1, 10, 1_000));
		let share = || {
			let record = Series::<Test>::get(1).unwrap();
			UsageToken::worth(&record, Now::get()).share.deconstruct() / 10_000_000
		};
		Now::set(START + 2 * DAY);
		assert_eq!(share(), 95);
		// Governance takes the arbiter off its list …
		Delisted::set(vec![TINA]);
		assert_eq!(share(), 100);
		assert!(!UsageToken::holdings(&TOM, 1, 1).items[0].can_be_staked);
		Delisted::set(Vec::new());
		// … or the device becomes its own.
		change_device(GPU, |device| device.owner = TINA);
		Bonds::set([(TINA, 10_000)].into());
		assert_eq!(share(), 100);
	});
}

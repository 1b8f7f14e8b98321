// SPDX-License-Identifier: Apache-2.0

//! Whatever happens in whatever order, with several owners, devices, keys and fleets.

use super::steps::{step, take, Step};
use crate::{mock::*, DeviceRecordOf, Devices, Fleets};
use frame_support::traits::fungible::Inspect;
use proptest::prelude::*;
use std::collections::BTreeMap;
use tenure_primitives::{
	traits::{DeviceCommitments, Devices as _},
	DeviceId, DeviceStatus,
};

type Records = BTreeMap<DeviceId, DeviceRecordOf<Test>>;

fn records() -> Records {
	Devices::<Test>::iter().collect()
}

/// Compares each device with what it was before the step.
fn check_step(step: &Step, before: &Records) {
	let after = records();
	for (device, old) in before {
		let is_claimed = Claims::is_committed(*device);
		let leaned_on = is_claimed || old.fleet.is_some();
		let Some(new) = after.get(device) else {
			let forced = matches!(step, Step::ForceRetire { .. });
			assert_eq!(DeviceRegistry::force_retired_at(*device).is_some(), forced);
			assert!(forced || !leaned_on && old.status == DeviceStatus::Listed);
			continue;
		};
		if new.fleet.is_some() {
			assert!(new.active_key().is_some());
			let is_back = old.home == new.fleet && matches!(step, Step::ReportFound { .. });
			assert!(old.fleet == new.fleet || is_back || matches!(step, Step::Join { .. }));
		}
		if new.owner != old.owner {
			assert!(matches!(step, Step::Accept { who, .. } if *who == new.owner));
			assert_eq!(old.offered_to, Some(new.owner));
			assert_eq!((old.fleet, old.status), (None, DeviceStatus::Listed));
			let active = old.key.filter(|key| key.active);
			assert_eq!((new.key, new.rotation, new.offered_to), (active, None, None));
		}
		if old.status == DeviceStatus::Missing {
			assert_eq!(new.key, old.key);
			let is_found = new.status == DeviceStatus::Listed;
			assert_eq!(new.home, if is_found { None } else { old.home });
			// Back where it was, if that is still there.
			assert!(new.fleet.is_none() || is_found && new.fleet == old.home);
		}
		if old.active_key().is_some() && leaned_on && new.key != old.key {
			let rotation = old.rotation.unwrap();
			assert!(matches!(step, Step::Activate { .. }));
			assert!(rotation.from <= Clock::get());
			assert_eq!(new.active_key(), Some(rotation.public));
		}
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(256))]

	/// The indices agree with the records, deposits on hold are those of the records, active keys are
	/// unique; missing and claimed devices stay unless governance takes them, keys that others lean on
	/// change only when their time has come, and owners only by offer and acceptance.
	#[test]
	fn any_sequence_of_steps_leaves_the_registry_whole(
		steps in prop::collection::vec(step(), 1..100)
	) {
		build_and_execute(|| {
			for step in steps {
				let before = records();
				let taken = take(step);
				check_invariants();
				check_step(&taken, &before);
			}
		});
	}

	/// Who gives up everything has back what it started with.
	#[test]
	fn deposits_come_back_whole(
		steps in prop::collection::vec(step(), 1..80)
	) {
		build_and_execute(|| {
			for step in steps {
				if !matches!(step.0, Step::Claim { .. } | Step::Spend { .. }) {
					take(step);
				}
			}
			refuse(false);
			for (fleet, record) in Fleets::<Test>::iter().collect::<Vec<_>>() {
				DeviceRegistry::disband_fleet(signed(record.owner), fleet).unwrap();
			}
			for (device, record) in records() {
				if record.status == DeviceStatus::Missing {
					DeviceRegistry::report_found(signed(record.owner), device).unwrap();
				}
				DeviceRegistry::retire(signed(record.owner), device).unwrap();
			}
			for (owner, endowment) in [(OLGA, ENDOWMENT), (OSCAR, ENDOWMENT), (PAUL, PITTANCE)] {
				assert_eq!(Balances::balance(&owner), endowment);
			}
		});
	}
}

// SPDX-License-Identifier: Apache-2.0

use crate::mock::*;
use frame_support::assert_ok;
use std::collections::BTreeSet;
use tenure_primitives::apis::Page;

/// All numbers, and how many pages they took.
fn walk(limit: u32, read: impl Fn(Option<u64>, u32) -> Page<u64, u64>) -> (Vec<u64>, usize) {
	let (mut all, mut pages, mut after) = (Vec::new(), 0, None);
	loop {
		let page = read(after, limit);
		assert!(page.items.len() <= limit as usize);
		all.extend(page.items);
		pages += 1;
		after = page.next;
		if after.is_none() {
			return (all, pages);
		}
	}
}

#[test]
fn devices_come_page_by_page_each_once() {
	build_and_execute(|| {
		let olgas: BTreeSet<_> = (0..7).map(|_| registered(OLGA, None)).collect();
		registered(OSCAR, None);
		for (limit, pages) in [(1, 7), (3, 3), (7, 1), (50, 1), (u32::MAX, 1)] {
			let (found, read) =
				walk(limit, |after, limit| DeviceRegistry::devices_of(&OLGA, after, limit));
			assert_eq!((found.len(), read), (7, pages));
			assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), olgas);
		}
	});
}

#[test]
fn fleets_come_page_by_page_each_once() {
	build_and_execute(|| {
		let olgas: BTreeSet<_> = (0..5).map(|_| fleet_with(OLGA, &[])).collect();
		fleet_with(OSCAR, &[]);
		for (limit, pages) in [(1, 5), (2, 3), (5, 1)] {
			let (found, read) =
				walk(limit, |after, limit| DeviceRegistry::fleets_of(&OLGA, after, limit));
			assert_eq!((found.len(), read), (5, pages));
			assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), olgas);
		}
	});
}

#[test]
fn a_page_has_a_hundred_at_most() {
	build_and_execute(|| {
		BytePrice::set(0);
		for _ in 0..101 {
			registered(OLGA, None);
		}
		let first = DeviceRegistry::devices_of(&OLGA, None, u32::MAX);
		assert_eq!(first.items.len(), 100);
		assert_eq!(first.next, first.items.last().copied());
		let second = DeviceRegistry::devices_of(&OLGA, first.next, u32::MAX);
		assert_eq!((second.items.len(), second.next), (1, None));
	});
}

#[test]
fn a_walk_goes_on_after_a_device_that_went() {
	build_and_execute(|| {
		for _ in 0..4 {
			registered(OLGA, None);
		}
		let first = DeviceRegistry::devices_of(&OLGA, None, 2);
		let last = first.next.unwrap();
		assert_ok!(DeviceRegistry::retire(signed(OLGA), last));
		let rest = DeviceRegistry::devices_of(&OLGA, Some(last), 10);
		assert_eq!(rest.items.len(), 2);
		assert!(rest.items.iter().all(|device| !first.items.contains(device)));
	});
}

#[test]
fn who_has_nothing_gets_an_empty_page() {
	build_and_execute(|| {
		let empty = Page { items: vec![], next: None };
		assert_eq!(DeviceRegistry::devices_of(&PAUL, None, 10), empty);
		assert_eq!(DeviceRegistry::fleets_of(&PAUL, None, 10), empty);
		registered(OLGA, None);
		assert!(DeviceRegistry::devices_of(&OLGA, None, 0).items.is_empty());
	});
}

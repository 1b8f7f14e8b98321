// SPDX-License-Identifier: Apache-2.0

use crate::{mock::*, DeviceRecordOf, Pallet};
use codec::MaxEncodedLen;
use frame_support::traits::{GetStorageVersion, Hooks, StorageVersion};

#[test]
fn the_constants_fit_together() {
	new_test_ext().execute_with(Pallet::<Test>::integrity_test);
}

#[test]
fn the_storage_has_its_first_version() {
	new_test_ext().execute_with(|| {
		assert_eq!(Pallet::<Test>::in_code_storage_version(), StorageVersion::new(1));
		assert_eq!(Pallet::<Test>::on_chain_storage_version(), StorageVersion::new(1));
	});
}

/// With accounts of 8 bytes and tickets of 16. A longer record is a heavier call and a dearer deposit.
#[test]
fn a_record_is_small() {
	assert_eq!(DeviceRecordOf::<Test>::max_encoded_len(), 494);
}

// SPDX-License-Identifier: Apache-2.0

//! How a key becomes a device's own, and how it makes room for another.

use crate::{ActiveKeys, Config, DeviceRecordOf, Devices, Error, Event, Pallet};
use frame_support::{dispatch::DispatchResult, ensure, traits::Get};
use tenure_primitives::{
	traits::DeviceCommitments, DeviceId, DeviceKey, DeviceStatus, KeyRotation, PublicKey,
};

impl<T: Config> Pallet<T> {
	/// Refuses a key that speaks for a device already.
	pub(crate) fn ensure_key_free(key: &PublicKey) -> Result<(), Error<T>> {
		ensure!(!ActiveKeys::<T>::contains_key(key), Error::<T>::KeyActiveElsewhere);
		Ok(())
	}

	/// The key that may become active for this record now.
	pub(crate) fn key_to_activate(record: &DeviceRecordOf<T>) -> Result<PublicKey, Error<T>> {
		let key = record.key.ok_or(Error::<T>::NoKey)?;
		ensure!(record.status == DeviceStatus::Listed, Error::<T>::DeviceMissing);
		let public = match record.rotation {
			Some(rotation) => {
				ensure!(rotation.from <= Self::now(), Error::<T>::KeyRotationNotDue);
				rotation.public
			}
			None => {
				ensure!(!key.active, Error::<T>::KeyActive);
				key.public
			}
		};
		Self::ensure_key_free(&public)?;
		Ok(public)
	}

	/// Lets the key whose turn it is speak for the device, in place of the one before. The caller has
	/// checked that the holder of the key signed for this record and its owner.
	pub(crate) fn do_activate_key(device: DeviceId) -> DispatchResult {
		let mut record = Self::record(device)?;
		let key = Self::key_to_activate(&record)?;
		if let Some(before) = record.active_key() {
			ActiveKeys::<T>::remove(before);
			Self::deposit_event(Event::KeyReleased { device, key: before });
		}
		record.key = Some(DeviceKey { public: key, active: true });
		record.rotation = None;
		Devices::<T>::insert(device, record);
		ActiveKeys::<T>::insert(key, device);
		Self::deposit_event(Event::KeyActivated { device, key });
		Ok(())
	}

	/// Makes the active key of a device that nobody has a claim on pending again.
	pub(crate) fn do_release_key(who: T::AccountId, device: DeviceId) -> DispatchResult {
		let mut record = Self::record_of(&who, device)?;
		let key = record.key.ok_or(Error::<T>::NoKey)?;
		ensure!(key.active, Error::<T>::KeyNotActive);
		Self::ensure_apart(&record)?;
		ensure!(!T::Commitments::is_committed(device), Error::<T>::DeviceCommitted);
		Self::free_active_key(device, &mut record, key.public);
		Devices::<T>::insert(device, record);
		Ok(())
	}

	/// Gives the device another key: at once if nobody leans on the one it has, else after the delay.
	pub(crate) fn do_rotate_key(
		who: T::AccountId,
		device: DeviceId,
		public: PublicKey,
	) -> DispatchResult {
		let mut record = Self::record_of(&who, device)?;
		ensure!(record.status == DeviceStatus::Listed, Error::<T>::DeviceMissing);
		match record.active_key() {
			None => Self::replace_pending_key(device, &mut record, public)?,
			Some(active) if active == public => Self::cancel_rotation(device, &mut record)?,
			Some(_) => {
				Self::ensure_key_free(&public)?;
				if record.fleet.is_some() || T::Commitments::is_committed(device) {
					Self::schedule_rotation(device, &mut record, public);
				} else {
					Self::free_active_key(device, &mut record, public);
					Self::deposit_event(Event::KeyNamed { device, key: public });
				}
			}
		}
		Devices::<T>::insert(device, record);
		Ok(())
	}

	/// Takes the active key out of use and makes `next` the pending one.
	fn free_active_key(device: DeviceId, record: &mut DeviceRecordOf<T>, next: PublicKey) {
		if let Some(key) = record.active_key() {
			ActiveKeys::<T>::remove(key);
			Self::deposit_event(Event::KeyReleased { device, key });
		}
		record.key = Some(DeviceKey { public: next, active: false });
		// Only an active key can be on its way out.
		record.rotation = None;
	}

	fn replace_pending_key(
		device: DeviceId,
		record: &mut DeviceRecordOf<T>,
		key: PublicKey,
	) -> DispatchResult {
		let is_new = record.key.is_none_or(|before| before.public != key);
		ensure!(is_new, Error::<T>::NothingToChange);
		Self::ensure_key_free(&key)?;
		record.key = Some(DeviceKey { public: key, active: false });
		Self::reprice(record)?;
		Self::deposit_event(Event::KeyNamed { device, key });
		Ok(())
	}

	fn schedule_rotation(device: DeviceId, record: &mut DeviceRecordOf<T>, key: PublicKey) {
		let from = Self::now().saturating_add(T::KeyRotationDelay::get());
		record.rotation = Some(KeyRotation { public: key, from });
		Self::deposit_event(Event::KeyRotationScheduled { device, key, from });
	}

	fn cancel_rotation(device: DeviceId, record: &mut DeviceRecordOf<T>) -> DispatchResult {
		ensure!(record.rotation.take().is_some(), Error::<T>::NothingToChange);
		Self::deposit_event(Event::KeyRotationCancelled { device });
		Ok(())
	}
}

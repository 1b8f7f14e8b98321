// SPDX-License-Identifier: Apache-2.0

//! What the registry tells.

use frame_support::pallet_macros::pallet_section;

/// The events of the pallet.
#[pallet_section]
mod registry_events {
	/// What happened to devices and fleets.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A device was registered.
		DeviceRegistered {
			/// Its number.
			device: DeviceId,
			/// Who registered it.
			owner: T::AccountId,
			/// The kind of hardware.
			class: DeviceClass,
		},
		/// The description of a device was changed.
		DeviceUpdated {
			/// The device.
			device: DeviceId,
		},
		/// A device showed that it holds its key, and speaks with it from now on.
		KeyActivated {
			/// The device.
			device: DeviceId,
			/// Its key.
			key: PublicKey,
		},
		/// A device was retired: its record is gone, its key is free, its deposit is back.
		DeviceRetired {
			/// The device.
			device: DeviceId,
			/// Who owned it.
			owner: T::AccountId,
		},
		/// A device was offered to somebody.
		TransferOffered {
			/// The device.
			device: DeviceId,
			/// Who can accept it.
			to: T::AccountId,
		},
		/// The offer of a device was taken back, or ended since the device is missing.
		TransferWithdrawn {
			/// The device.
			device: DeviceId,
			/// Who could have accepted it.
			to: T::AccountId,
		},
		/// A device has another owner.
		DeviceTransferred {
			/// The device.
			device: DeviceId,
			/// Who owned it, and has its deposit back.
			from: T::AccountId,
			/// Who owns it, and has paid the deposit.
			to: T::AccountId,
			/// How many leases that had not begun moved along.
			leases: u32,
		},
		/// The owner named a key outside registration and update. It is pending.
		KeyNamed {
			/// The device.
			device: DeviceId,
			/// The key.
			key: PublicKey,
		},
		/// A key does not speak for the device any more, and can become active for any.
		KeyReleased {
			/// The device.
			device: DeviceId,
			/// The key that was active.
			key: PublicKey,
		},
		/// A key is to take the place of the active one.
		KeyRotationScheduled {
			/// The device.
			device: DeviceId,
			/// The new key.
			key: PublicKey,
			/// From when the device can activate it.
			from: Moment,
		},
		/// The active key stays.
		KeyRotationCancelled {
			/// The device.
			device: DeviceId,
		},
		/// The owner does not know where the device is. It can't be leased until it is found.
		DeviceReportedMissing {
			/// The device.
			device: DeviceId,
		},
		/// The owner has the device back. It can be leased again.
		DeviceReportedFound {
			/// The device.
			device: DeviceId,
		},
		/// Governance retired a device: its leases are closed, its record is gone, its key is free.
		DeviceForceRetired {
			/// The device.
			device: DeviceId,
			/// Who owned it.
			owner: T::AccountId,
			/// How many leases were closed.
			closed_leases: u32,
		},
		/// The deposit of a device that governance retired could not be given back and stays on hold.
		DepositNotReturned {
			/// The device.
			device: DeviceId,
			/// Who owned it.
			owner: T::AccountId,
			/// Why it stays.
			error: DispatchError,
		},
		/// A fleet was made. It has no members yet.
		FleetCreated {
			/// Its number.
			fleet: FleetId,
			/// Whose devices it can have.
			owner: T::AccountId,
		},
		/// A device is in a fleet.
		DeviceJoinedFleet {
			/// The fleet.
			fleet: FleetId,
			/// The device.
			device: DeviceId,
		},
		/// A device is in its fleet no more.
		DeviceLeftFleet {
			/// The fleet.
			fleet: FleetId,
			/// The device.
			device: DeviceId,
		},
		/// A fleet is gone; its members are on their own and its deposit is back.
		FleetDisbanded {
			/// The fleet.
			fleet: FleetId,
			/// Who owned it.
			owner: T::AccountId,
		},
		/// The tenant of a device did not bring it back. It can't be leased until its owner has found it.
		DeviceNotReturned {
			/// The device.
			device: DeviceId,
		},
	}
}

// SPDX-License-Identifier: Apache-2.0

//! What the registry refuses.

use frame_support::pallet_macros::pallet_section;

/// The errors of the pallet.
#[pallet_section]
mod registry_errors {
	/// Why a call was refused.
	#[pallet::error]
	pub enum Error<T> {
		/// There never was a device of this number.
		UnknownDevice,
		/// The device is retired.
		DeviceRetired,
		/// The device is missing: it can't be retired, offered, accepted or put into a fleet, its key can't
		/// change or become active, and it can't be reported missing again.
		DeviceMissing,
		/// Others hold units of the device or lease it, or it is for sale.
		DeviceCommitted,
		/// The device belongs to somebody else.
		NotOwner,
		/// The call changes nothing: everything is as it asks for.
		NothingToChange,
		/// The device has no key.
		NoKey,
		/// The device's key is active: another takes its place by `rotate_key` only.
		KeyActive,
		/// The key is active for another device.
		KeyActiveElsewhere,
		/// The location is not an H3 cell.
		InvalidCell,
		/// The location is finer than the registry allows.
		LocationTooPrecise,
		/// The country is not two capital letters.
		InvalidCountry,
		/// The heartbeat gap is shorter or longer than the registry allows.
		GapOutOfRange,
		/// A capability is given twice.
		DuplicateCapability,
		/// No number is left for another device or fleet.
		NumbersExhausted,
		/// Who is to get the device has it.
		AlreadyOwner,
		/// The device is not offered to anybody.
		NotOffered,
		/// The device is offered, but not to the caller.
		OfferedToAnother,
		/// The device is offered to somebody: the offer has to be withdrawn first.
		DeviceOffered,
		/// The device has no active key.
		KeyNotActive,
		/// The new key can't become active yet.
		KeyRotationNotDue,
		/// The device is not missing.
		DeviceNotMissing,
		/// There never was a fleet of this number.
		UnknownFleet,
		/// The fleet is disbanded.
		FleetDisbanded,
		/// The fleet belongs to somebody else.
		NotFleetOwner,
		/// The device is in a fleet: it has to leave first.
		DeviceInFleet,
		/// The device is not in this fleet.
		NotInFleet,
		/// The fleet has as many members as it can have.
		FleetFull,
	}
}

// SPDX-License-Identifier: Apache-2.0

//! The records of a device and of a fleet, and a change of the first.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::traits::Footprint;
use scale_info::TypeInfo;
use tenure_primitives::{
	Capabilities, DeviceClass, DeviceId, DeviceKey, DeviceStatus, FleetId, KeyRotation, Location,
	Metadata, Moment, PublicKey,
};

/// What the chain keeps of a device. `Ticket` is the owner's payment for it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct DeviceRecord<AccountId, Ticket> {
	/// Who leases it out.
	pub owner: AccountId,
	/// The kind of hardware.
	pub class: DeviceClass,
	/// What it can do.
	pub capabilities: Capabilities,
	/// Where it roughly is, if its owner tells.
	pub location: Option<Location>,
	/// Its public description.
	pub metadata: Metadata,
	/// Its key, if it has one.
	pub key: Option<DeviceKey>,
	/// Longest pause between two heartbeats that counts as unbroken service, in seconds.
	pub heartbeat_gap: u32,
	/// Whether it can be leased.
	pub status: DeviceStatus,
	/// The fleet through whose series it is sold, if it is in one.
	pub fleet: Option<FleetId>,
	/// The fleet that it was taken out of as missing: found, it goes back there.
	pub home: Option<FleetId>,
	/// When it was registered.
	pub registered_at: Moment,
	/// To whom its owner offers it. Only while it is listed and in no fleet.
	pub offered_to: Option<AccountId>,
	/// The key that is to take the place of the active one. Only while there is an active one.
	pub rotation: Option<KeyRotation>,
	/// The owner's payment for the record.
	pub ticket: Ticket,
}

impl<AccountId: MaxEncodedLen, Ticket: MaxEncodedLen> DeviceRecord<AccountId, Ticket> {
	/// What a record with these contents takes, with its entries in the indices.
	///
	/// What changes without a new description (key activation and rotation, status, fleet, offer)
	/// counts at its longest, so that the deposit moves only when the owner describes something or
	/// names a key; a key that is named pays for its index entry already, and every device for that of
	/// a fleet's member.
	pub fn footprint(
		capabilities: &Capabilities,
		location: &Option<Location>,
		metadata: &Metadata,
		key: &Option<PublicKey>,
	) -> Footprint {
		let key_index = match key {
			Some(_) => PublicKey::max_encoded_len().saturating_add(DeviceId::max_encoded_len()),
			None => 0,
		};
		let owner_index = AccountId::max_encoded_len().saturating_add(DeviceId::max_encoded_len());
		let sizes = [
			DeviceId::max_encoded_len(),
			AccountId::max_encoded_len(),
			DeviceClass::max_encoded_len(),
			capabilities.encoded_size(),
			location.encoded_size(),
			metadata.encoded_size(),
			Option::<DeviceKey>::max_encoded_len(),
			u32::max_encoded_len(),
			DeviceStatus::max_encoded_len(),
			Option::<FleetId>::max_encoded_len(),
			Option::<FleetId>::max_encoded_len(),
			Moment::max_encoded_len(),
			Option::<AccountId>::max_encoded_len(),
			Option::<KeyRotation>::max_encoded_len(),
			Ticket::max_encoded_len(),
			owner_index,
			key_index,
			FleetId::max_encoded_len().saturating_add(DeviceId::max_encoded_len()),
		];
		Footprint::from_parts(1, sizes.into_iter().fold(0, usize::saturating_add))
	}

	/// What this record takes, with its entries in the indices.
	pub fn size(&self) -> Footprint {
		let key = self.key.map(|key| key.public);
		Self::footprint(&self.capabilities, &self.location, &self.metadata, &key)
	}

	/// The key that speaks for the device.
	pub fn active_key(&self) -> Option<PublicKey> {
		self.key.filter(|key| key.active).map(|key| key.public)
	}
}

/// What the chain keeps of a fleet. `Ticket` is the owner's payment for it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct FleetRecord<AccountId, Ticket> {
	/// Whose devices it has.
	pub owner: AccountId,
	/// How many devices it has.
	pub members: u32,
	/// The owner's payment for the record.
	pub ticket: Ticket,
}

impl<AccountId: MaxEncodedLen, Ticket: MaxEncodedLen> FleetRecord<AccountId, Ticket> {
	/// What a record takes, with its entry in its owner's index. The entries of the members are paid
	/// with the members' own records.
	pub fn footprint() -> Footprint {
		let sizes = [
			FleetId::max_encoded_len(),
			Self::max_encoded_len(),
			AccountId::max_encoded_len().saturating_add(FleetId::max_encoded_len()),
		];
		Footprint::from_parts(1, sizes.into_iter().fold(0, usize::saturating_add))
	}
}

/// A change of a device's location. No option within an option: wallets can't tell its two nones apart.
#[derive(
	Clone, Copy, Default, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo,
)]
pub enum LocationChange {
	/// It stays as it is.
	#[default]
	#[codec(index = 0)]
	Keep,
	/// It is not told any more.
	#[codec(index = 1)]
	Remove,
	/// It is this one.
	#[codec(index = 2)]
	Set(Location),
}

/// A change of a device's description. What is none stays as it is.
#[derive(Clone, Default, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct DeviceUpdate {
	/// What it can do, the whole new list.
	pub capabilities: Option<Capabilities>,
	/// Where it roughly is.
	pub location: LocationChange,
	/// Its public description.
	pub metadata: Option<Metadata>,
	/// Longest pause between two heartbeats that counts as unbroken service, in seconds.
	pub heartbeat_gap: Option<u32>,
	/// Its key; only while the old one is not active.
	pub key: Option<PublicKey>,
}

impl DeviceUpdate {
	/// Whether nothing is to be changed.
	pub fn is_empty(&self) -> bool {
		*self == Self::default()
	}
}

// SPDX-License-Identifier: Apache-2.0

//! What a device is.

use crate::{FleetId, Moment, PublicKey};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use sp_core::H256;

/// Most capabilities of one device.
pub const MAX_CAPABILITIES: u32 = 16;

/// Most bytes of a URI.
pub const MAX_URI: u32 = 128;

/// A URI of at most [`MAX_URI`] bytes.
pub type Uri = BoundedVec<u8, ConstU32<MAX_URI>>;

/// What a device can do, as numbers that a search can compare. Each measure at most once. A list and
/// no map, for wallets can't fill in a map whose keys are an enumeration.
pub type Capabilities = BoundedVec<CapabilityValue, ConstU32<MAX_CAPABILITIES>>;

/// One number of what a device can do.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct CapabilityValue {
	/// What it measures.
	pub capability: Capability,
	/// How much, in the unit of the measure.
	pub value: u64,
}

/// The kind of hardware.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum DeviceClass {
	/// One or several graphics processors.
	#[codec(index = 0)]
	Gpu,
	/// A mining rig.
	#[codec(index = 1)]
	MiningRig,
	/// A machine at the edge of the network that computes or stores.
	#[codec(index = 2)]
	EdgeNode,
	/// A drone.
	#[codec(index = 3)]
	Drone,
	/// A camera.
	#[codec(index = 4)]
	Camera,
	/// Lighting.
	#[codec(index = 5)]
	Lighting,
	/// A car, a bicycle, a truck.
	#[codec(index = 6)]
	Vehicle,
	/// A robot.
	#[codec(index = 7)]
	Robot,
	/// A sensor or a measuring instrument.
	#[codec(index = 8)]
	Sensor,
	/// Anything else; the metadata says what.
	#[codec(index = 9)]
	Other,
}

/// What a number in [`Capabilities`] measures, with its unit.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Capability {
	/// Number of processor cores.
	#[codec(index = 0)]
	CpuCores,
	/// Main memory in MiB.
	#[codec(index = 1)]
	MemoryMib,
	/// Storage in GiB.
	#[codec(index = 2)]
	StorageGib,
	/// Number of graphics processors.
	#[codec(index = 3)]
	GpuCount,
	/// Memory of one graphics processor in MiB.
	#[codec(index = 4)]
	GpuMemoryMib,
	/// Arithmetic throughput in GFLOPS at single precision.
	#[codec(index = 5)]
	Gflops,
	/// Download bandwidth in Mbit/s.
	#[codec(index = 6)]
	DownloadMbps,
	/// Upload bandwidth in Mbit/s.
	#[codec(index = 7)]
	UploadMbps,
	/// Hash rate in MH/s; the metadata names the algorithm.
	#[codec(index = 8)]
	HashRateMhs,
	/// Power in watts.
	#[codec(index = 9)]
	PowerWatts,
	/// Payload in grams.
	#[codec(index = 10)]
	PayloadGrams,
	/// Range in metres.
	#[codec(index = 11)]
	RangeMetres,
	/// Endurance on one charge in minutes.
	#[codec(index = 12)]
	EnduranceMinutes,
	/// Sensor resolution in thousands of pixels.
	#[codec(index = 13)]
	KiloPixels,
	/// Light output in lumens.
	#[codec(index = 14)]
	Lumens,
	/// A measure of the class's own, by number; the metadata says which.
	#[codec(index = 15)]
	Custom(u16),
}

/// Where a device roughly is. Never a precise point.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Location {
	/// Index of a coarse H3 cell.
	pub cell: u64,
	/// ISO 3166-1 alpha-2 country code, in capital letters.
	pub country: [u8; 2],
}

/// The public description of a device, kept off chain.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Metadata {
	/// Blake2-256 hash of the document.
	pub document: H256,
	/// Where to find the document.
	pub uri: Uri,
}

/// Whether a device can be leased. A retired device has no record any more.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum DeviceStatus {
	/// In its owner's hands or leased in good order.
	#[codec(index = 0)]
	Listed,
	/// Not where its owner left it; can neither be leased nor registered again.
	#[codec(index = 1)]
	Missing,
	/// Its last tenant did not bring it back; can neither be leased nor registered again.
	#[codec(index = 2)]
	NotReturned,
}

/// The key of a device and whether the device has shown that it holds it.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct DeviceKey {
	/// The public key.
	pub public: PublicKey,
	/// True once the device signed for this record and its owner.
	pub active: bool,
}

/// A key that takes the place of the active one later, so that nobody is surprised in mid-lease.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct KeyRotation {
	/// The new key.
	pub public: PublicKey,
	/// From when the device can activate it.
	pub from: Moment,
}

/// What other pallets need to know of a fleet.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct FleetInfo<AccountId> {
	/// Whose devices it has.
	pub owner: AccountId,
	/// How many devices it has. All are listed.
	pub members: u32,
}

/// What other pallets need to know of a device.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct DeviceInfo<AccountId> {
	/// Who leases it out.
	pub owner: AccountId,
	/// Whether it can be leased.
	pub status: DeviceStatus,
	/// The fleet through whose series it is sold, if it is in one.
	pub fleet: Option<FleetId>,
	/// Whether its owner offers it to another: whoever takes it must know what it takes.
	pub offered: bool,
	/// Its key, if it has one.
	pub key: Option<DeviceKey>,
	/// Longest pause between two heartbeats that still counts as unbroken service, in seconds.
	pub heartbeat_gap: u32,
	/// When it was registered.
	pub registered_at: Moment,
}

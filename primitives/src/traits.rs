// SPDX-License-Identifier: Apache-2.0

//! How the pallets of Tenure meet. Each trait has an `impl` for `()`, the neighbour that is not there.

use crate::{
	Balance, DeviceId, DeviceInfo, LeaseWindow, Moment, Proof, SeriesId, SeriesInfo, Subject, Units,
};
use alloc::vec::Vec;
use frame_support::dispatch::DispatchResult;
use sp_runtime::DispatchError;

/// The device registry, as the pallets above it see it.
pub trait Devices<AccountId> {
	/// The device, or the registry's error: unknown or retired.
	fn device(device: DeviceId) -> Result<DeviceInfo<AccountId>, DispatchError>;

	/// Makes the device's key active. Fails when it has none, or when the key is active for
	/// another device.
	fn activate_key(device: DeviceId) -> DispatchResult;

	/// Whether [`Self::activate_key`] would work. Changes nothing.
	fn can_activate_key(device: DeviceId) -> DispatchResult;

	/// Whether there was such a device and its record is gone.
	fn is_retired(_device: DeviceId) -> bool {
		false
	}

	/// A listed device of `owner` with an active key that nobody holds, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_device(owner: &AccountId, key: crate::PublicKey) -> DeviceId;

	/// A listed device of `owner` whose key is not active yet, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_pending_device(owner: &AccountId, key: crate::PublicKey) -> DeviceId {
		Self::benchmark_device(owner, key)
	}
}

impl<AccountId> Devices<AccountId> for () {
	fn device(_: DeviceId) -> Result<DeviceInfo<AccountId>, DispatchError> {
		Err(DispatchError::Unavailable)
	}

	fn activate_key(_: DeviceId) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}

	fn can_activate_key(_: DeviceId) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_device(_: &AccountId, _: crate::PublicKey) -> DeviceId {
		0
	}
}

/// What binds a device to others' claims. Asked by the registry before a device goes.
pub trait DeviceCommitments {
	/// Whether units for the device are outstanding, or it is offered, booked or leased.
	fn is_committed(device: DeviceId) -> bool;
}

#[impl_trait_for_tuples::impl_for_tuples(4)]
impl DeviceCommitments for Tuple {
	fn is_committed(device: DeviceId) -> bool {
		for_tuples!( #( if Tuple::is_committed(device) { return true; } )* );
		false
	}
}

/// What is offered for lease. Asked by attestation: only such a device reports free of charge.
pub trait Offers {
	/// Whether an open series or outstanding units are for this device, or a lease takes its time.
	fn is_offered(device: DeviceId) -> bool;

	/// Makes the device offered, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_offer(device: DeviceId);
}

impl Offers for () {
	fn is_offered(_: DeviceId) -> bool {
		false
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_offer(_: DeviceId) {}
}

/// Usage tokens, as leases see them. `Reason` is the runtime's hold reason.
///
/// Whatever a call does it does whole: the caller runs it in a storage layer.
pub trait UsageUnits<AccountId, Reason> {
	/// The series, or the token pallet's error.
	fn series(series: SeriesId) -> Result<SeriesInfo<AccountId>, DispatchError>;

	/// What `units` cost now; fails like a purchase of them would, but for the buyer's balance.
	fn price_of(series: SeriesId, units: Units) -> Result<Balance, DispatchError>;

	/// Burns `units` of `tenant` and puts their backing on hold for `reason` in its own account.
	/// Returns the amount.
	fn stake(
		series: SeriesId,
		tenant: &AccountId,
		units: Units,
		reason: Reason,
	) -> Result<Balance, DispatchError>;

	/// Sells `units` to `tenant` and stakes them at once: what they cost goes on hold for `reason` in
	/// its own account. Same checks as a purchase. Returns the amount.
	fn buy_staked(
		series: SeriesId,
		tenant: &AccountId,
		units: Units,
		reason: Reason,
	) -> Result<Balance, DispatchError>;

	/// Gives `units` back to `tenant`: their price goes from its hold for `reason` to the backing of the
	/// series. Works for a closed series too. Returns the amount.
	fn unstake(
		series: SeriesId,
		tenant: &AccountId,
		units: Units,
		reason: Reason,
	) -> Result<Balance, DispatchError>;

	/// An open series of `owner` for `device` that can be bought and booked now, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_series(owner: &AccountId, device: DeviceId) -> SeriesId;

	/// Gives `who` freely `units` of `series`, fully backed, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_units(series: SeriesId, who: &AccountId, units: Units);
}

/// Which time of a subject is taken. Asked by the usage token pallet before it sells more.
pub trait BookedTime {
	/// Seconds inside [from, until) that leases of the subject take, pauses after them included.
	fn booked_seconds(subject: &Subject, from: Moment, until: Moment) -> u64;
}

impl BookedTime for () {
	fn booked_seconds(_: &Subject, _: Moment, _: Moment) -> u64 {
		0
	}
}

/// The leases of a device. Asked by attestation: which minutes are worth recording.
pub trait LeaseWindows {
	/// The open leases of the device that overlap [from, until), in order of time.
	fn lease_windows(device: DeviceId, from: Moment, until: Moment) -> Vec<LeaseWindow>;

	/// Fills the calendar of the device with leases, the first of which runs now, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_windows(device: DeviceId, now: Moment);
}

impl LeaseWindows for () {
	fn lease_windows(_: DeviceId, _: Moment, _: Moment) -> Vec<LeaseWindow> {
		Vec::new()
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_windows(_: DeviceId, _: Moment) {}
}

/// What is proven. Leases depend on this and not on who collects the evidence.
pub trait Evidence {
	/// What the device served of a lease, and when that answer is final.
	fn proven(device: DeviceId, window: &LeaseWindow) -> Proof;

	/// When the device last showed that it is on.
	fn last_seen(device: DeviceId) -> Option<Moment>;

	/// The lease is closed: its evidence is of no more use to it.
	fn released(device: DeviceId, window: &LeaseWindow);

	/// Lets the device be seen at `now` and serve all of `window`, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_served(device: DeviceId, window: &LeaseWindow, now: Moment);
}

impl Evidence for () {
	fn proven(_: DeviceId, window: &LeaseWindow) -> Proof {
		Proof { seconds: 0, final_from: window.until }
	}

	fn last_seen(_: DeviceId) -> Option<Moment> {
		None
	}

	fn released(_: DeviceId, _: &LeaseWindow) {}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_served(_: DeviceId, _: &LeaseWindow, _: Moment) {}
}

/// Who may rent. Asked when a lease is made.
pub trait TenantGate<AccountId> {
	/// Fails, with the gate's error, when `tenant` may not lease the device.
	fn admit(tenant: &AccountId, device: DeviceId) -> DispatchResult;
}

impl<AccountId> TenantGate<AccountId> for () {
	fn admit(_: &AccountId, _: DeviceId) -> DispatchResult {
		Ok(())
	}
}

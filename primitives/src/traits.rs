// SPDX-License-Identifier: Apache-2.0

//! How the pallets of Tenure meet. Each trait has an `impl` for `()`, the neighbour that is not there.

use crate::{
	Balance, DeviceId, DeviceInfo, FleetId, FleetInfo, KeyRotation, LeaseId, LeaseWindow, Moment,
	Proof, PublicKey, ReceiptTerms, SeriesId, SeriesInfo, Units,
};
use alloc::vec::Vec;
use frame_support::dispatch::DispatchResult;
use sp_runtime::DispatchError;

pub use crate::dispute::{Arbitration, Disputes};

/// The device registry, as the pallets above it see it.
pub trait Devices<AccountId> {
	/// The device, or the registry's error: unknown or retired.
	fn device(device: DeviceId) -> Result<DeviceInfo<AccountId>, DispatchError>;

	/// The key that [`Self::activate_key`] would make active now. Fails when there is none, when it is
	/// active already or for another device, or when its time has not come.
	fn pending_key(device: DeviceId) -> Result<PublicKey, DispatchError>;

	/// Makes the pending key of the device active, in place of the one before.
	fn activate_key(device: DeviceId) -> DispatchResult;

	/// The key that is to take the place of the active one, and from when it can.
	fn key_rotation(_device: DeviceId) -> Option<KeyRotation> {
		None
	}

	/// Whether there was such a device and its record is gone.
	fn is_retired(_device: DeviceId) -> bool {
		false
	}

	/// When governance retired the device, if it did.
	fn force_retired_at(_device: DeviceId) -> Option<Moment> {
		None
	}

	/// The tenant of the device did not bring it back: nobody can lease it until its owner has found it.
	/// Does nothing if it is retired.
	fn mark_not_returned(_device: DeviceId) {}

	/// The fleet, or the registry's error.
	fn fleet(fleet: FleetId) -> Result<FleetInfo<AccountId>, DispatchError>;

	/// The members of a fleet, at most [`Self::max_fleet_members`].
	fn fleet_members(fleet: FleetId) -> Vec<DeviceId>;

	/// Most members of a fleet.
	fn max_fleet_members() -> u32;

	/// A listed device of `owner` with an active key that nobody holds, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_device(owner: &AccountId, key: PublicKey) -> DeviceId;

	/// A listed device of `owner` that can activate `key` now, in place of another, and that is in a
	/// fleet if there are any, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_pending_device(owner: &AccountId, key: PublicKey) -> DeviceId {
		Self::benchmark_device(owner, key)
	}

	/// A fleet of `owner` with `members` devices whose keys are active, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_fleet(owner: &AccountId, members: u32) -> FleetId;
}

impl<AccountId> Devices<AccountId> for () {
	fn device(_: DeviceId) -> Result<DeviceInfo<AccountId>, DispatchError> {
		Err(DispatchError::Unavailable)
	}

	fn pending_key(_: DeviceId) -> Result<PublicKey, DispatchError> {
		Err(DispatchError::Unavailable)
	}

	fn activate_key(_: DeviceId) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}

	fn fleet(_: FleetId) -> Result<FleetInfo<AccountId>, DispatchError> {
		Err(DispatchError::Unavailable)
	}

	fn fleet_members(_: FleetId) -> Vec<DeviceId> {
		Vec::new()
	}

	fn max_fleet_members() -> u32 {
		0
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_device(_: &AccountId, _: PublicKey) -> DeviceId {
		0
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_fleet(_: &AccountId, _: u32) -> FleetId {
		0
	}
}

/// What has been sold on fleets and their members. The registry calls it inside its own calls, after
/// it has changed its records; an error undoes the whole.
pub trait FleetSales {
	/// The device is in the fleet now. Fails when units of the device itself are for sale or
	/// outstanding.
	fn joined(fleet: FleetId, device: DeviceId) -> DispatchResult;

	/// The device has left the fleet. Fails when the rest can't serve what the fleet has sold.
	fn left(fleet: FleetId, device: DeviceId) -> DispatchResult;

	/// The device was taken out of the fleet, whatever the fleet has sold.
	fn taken_out(fleet: FleetId, device: DeviceId);

	/// The fleet goes; asked while it and its members are still there. Fails when units of it are for
	/// sale or outstanding.
	fn can_disband(fleet: FleetId) -> DispatchResult;

	/// Sells units of the fleet so that its sale has as much to look after as can be, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_sales(_fleet: FleetId) {}
}

impl FleetSales for () {
	fn joined(_: FleetId, _: DeviceId) -> DispatchResult {
		Ok(())
	}

	fn left(_: FleetId, _: DeviceId) -> DispatchResult {
		Ok(())
	}

	fn taken_out(_: FleetId, _: DeviceId) {}

	fn can_disband(_: FleetId) -> DispatchResult {
		Ok(())
	}
}

/// The leases that a device brings along. The registry calls it inside its own calls; an error undoes
/// the whole.
pub trait DeviceLeases<AccountId> {
	/// The device has another owner. Leases that have not begun are its from now on: it is paid for
	/// them and stands behind them with at most `max_bond` of its bond, or the call fails. Returns how
	/// many there were.
	fn handed_over(
		device: DeviceId,
		to: &AccountId,
		max_bond: Balance,
	) -> Result<u32, DispatchError>;

	/// Governance retired the device: closes its leases, those too that wait for its owner. What is proven is
	/// paid, all the rest goes back to the tenants in money, without penalty. Returns how many there were.
	fn force_closed(device: DeviceId) -> u32;

	/// Most leases that a device has ahead, those that wait for its owner included.
	fn max_leases() -> u32;

	/// Most leases that go to a new owner with a device: those that wait for its owner don't move.
	fn max_booked() -> u32;

	/// Books the device `leases` times, ahead, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_leases(_device: DeviceId, _leases: u32) {}

	/// Bonds as much for `owner` as those leases need, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_bond(_owner: &AccountId) {}
}

impl<AccountId> DeviceLeases<AccountId> for () {
	fn handed_over(_: DeviceId, _: &AccountId, _: Balance) -> Result<u32, DispatchError> {
		Ok(0)
	}

	fn force_closed(_: DeviceId) -> u32 {
		0
	}

	fn max_leases() -> u32 {
		0
	}

	fn max_booked() -> u32 {
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

	/// Lets the device be offered once its calendar is full, and that be as hard to see as can be, for
	/// benchmarks. Starts the clock if it stands at 0.
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

	/// Units that `who` has.
	fn units_of(series: SeriesId, who: &AccountId) -> Units;

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

	/// Notes that staked `units` are no more and that their price went back in money: they can be sold
	/// again. Does nothing if the series is gone.
	fn unsell(series: SeriesId, units: Units);

	/// Notes that a lease takes [from, until) of a member of the fleet, the pause after it included.
	fn time_taken(fleet: FleetId, from: Moment, until: Moment);

	/// Notes that [from, until) of a member of the fleet is free again. `from` is not past.
	fn time_freed(fleet: FleetId, from: Moment, until: Moment);

	/// An open series of `owner` for `device` that can be bought and booked now, for benchmarks. If the
	/// device is in a fleet, the series is the fleet's.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_series(owner: &AccountId, device: DeviceId) -> SeriesId;

	/// Gives `who` freely `units` of `series`, fully backed, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_units(series: SeriesId, who: &AccountId, units: Units);
}

/// What the usage token pallet asks the leases.
pub trait LeaseBook {
	/// Seconds inside [from, until) that leases of the device take, pauses after them included. Those of
	/// leases that its owner has not accepted yet count too.
	fn booked_seconds(device: DeviceId, from: Moment, until: Moment) -> u64;

	/// The stretches that leases of the device take after `from`, pauses included, cut off before `from`:
	/// those that are agreed in order of time, then those that its owner has not accepted yet.
	fn taken(device: DeviceId, from: Moment) -> Vec<(Moment, Moment)>;

	/// Most stretches that [`Self::taken`] returns.
	fn max_taken() -> u32;

	/// Whether a lease of the series is open.
	fn has_open_leases(series: SeriesId) -> bool;

	/// Whether the device could be leased at all now, at whatever hour: listed, its key active, seen not
	/// long ago, its owner bonded with at least `least_bond`, committed or not.
	fn is_to_be_had(device: DeviceId, least_bond: Balance) -> bool;

	/// The same for a device that its tenants take home: neither an active key nor a sign of life is asked
	/// for.
	fn is_to_be_taken(device: DeviceId, least_bond: Balance) -> bool;

	/// Whether the device had been seen not long before `at`, or later.
	fn was_seen(device: DeviceId, at: Moment) -> bool;

	/// Fills the device's calendar, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_taken(_device: DeviceId) {}

	/// Lets the device be seen now and its owner be bonded, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_to_be_had(_device: DeviceId) {}
}

impl LeaseBook for () {
	fn booked_seconds(_: DeviceId, _: Moment, _: Moment) -> u64 {
		0
	}

	fn taken(_: DeviceId, _: Moment) -> Vec<(Moment, Moment)> {
		Vec::new()
	}

	fn max_taken() -> u32 {
		0
	}

	fn has_open_leases(_: SeriesId) -> bool {
		false
	}

	fn is_to_be_had(_: DeviceId, _: Balance) -> bool {
		true
	}

	fn is_to_be_taken(_: DeviceId, _: Balance) -> bool {
		true
	}

	fn was_seen(_: DeviceId, _: Moment) -> bool {
		true
	}
}

/// The leases of a device. Asked by attestation: which evidence is worth recording.
pub trait LeaseWindows {
	/// The open leases of the device that overlap [from, until) and are paid by heartbeats, in order of
	/// time.
	fn lease_windows(device: DeviceId, from: Moment, until: Moment) -> Vec<LeaseWindow>;

	/// What receipts of an open lease are judged by; nothing if there is no such lease. Its evidence
	/// may be of another kind.
	fn receipt_terms(lease: LeaseId) -> Option<ReceiptTerms>;

	/// When a deadline of people is over that was set at `since`: as much later than `deadline` as the chain
	/// stood still in between.
	fn moved(deadline: Moment, _since: Moment) -> Moment {
		deadline
	}

	/// An open lease of the device, paid by receipts of `key`, that began `seconds` ago, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_co_signed(device: DeviceId, key: PublicKey, seconds: u64) -> LeaseId;

	/// Fills the calendar of the device with leases, the first of which runs now, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_windows(device: DeviceId, now: Moment);
}

impl LeaseWindows for () {
	fn lease_windows(_: DeviceId, _: Moment, _: Moment) -> Vec<LeaseWindow> {
		Vec::new()
	}

	fn receipt_terms(_: LeaseId) -> Option<ReceiptTerms> {
		None
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_co_signed(_: DeviceId, _: PublicKey, _: u64) -> LeaseId {
		0
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

/// Sets the clock, for benchmarks.
#[cfg(feature = "runtime-benchmarks")]
pub trait BenchmarkClock {
	/// Makes it `now`.
	fn set_time(now: Moment);
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

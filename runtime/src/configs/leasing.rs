// SPDX-License-Identifier: Apache-2.0

//! Devices, usage tokens, leases and evidence.

use crate::{
	configs::TreasuryAccount,
	constants::currency::{deposit, EXISTENTIAL_DEPOSIT},
	AccountId, Arbitration, Assets, Attestation, Balance, Balances, DeviceRegistry, LeaseEscrow,
	Runtime, RuntimeEvent, RuntimeHoldReason, Timestamp, UsageToken,
};
use frame_support::{
	dynamic_params::{dynamic_pallet_params, dynamic_params},
	migrations::MultiStepMigrator,
	parameter_types,
	traits::{
		fungible::HoldConsideration, AsEnsureOriginWithArg, ConstU128, ConstU32, ConstU64, ConstU8,
		Get, LinearStoragePrice, TypedGet,
	},
	PalletId,
};
use frame_system::EnsureRoot;
use sp_runtime::Perbill;

/// Values that governance can change while the chain runs. A lease keeps those of the moment it
/// was made.
// The macros add modules without docs.
#[allow(missing_docs)]
#[dynamic_params(RuntimeParameters, pallet_parameters::Parameters::<Runtime>)]
pub mod dynamic_params {
	use super::*;

	/// Of leasing.
	#[dynamic_pallet_params]
	#[codec(index = 0)]
	pub mod leasing {
		/// The protocol's share of what owners earn.
		#[codec(index = 0)]
		pub static ProtocolShare: Perbill = Perbill::from_percent(5);

		/// The part of the protocol's share that goes to whoever closes a neglected lease.
		#[codec(index = 1)]
		pub static KeeperShare: Perbill = Perbill::from_percent(20);
	}
}

impl pallet_parameters::Config for Runtime {
	type AdminOrigin = AsEnsureOriginWithArg<EnsureRoot<AccountId>>;
	type RuntimeEvent = RuntimeEvent;
	type RuntimeParameters = RuntimeParameters;
	type WeightInfo = crate::weights::pallet_parameters::WeightInfo<Runtime>;
}

#[cfg(feature = "runtime-benchmarks")]
impl Default for RuntimeParameters {
	fn default() -> Self {
		RuntimeParameters::Leasing(dynamic_params::leasing::Parameters::ProtocolShare(
			dynamic_params::leasing::ProtocolShare,
			Some(Perbill::from_percent(5)),
		))
	}
}

/// Longest lease, and furthest that one is booked ahead: 366 days, in seconds.
const LONGEST: u32 = 366 * 24 * 60 * 60;
/// Shortest and longest heartbeat gap that counts, in seconds.
const SHORTEST_GAP: u32 = 60;
const LONGEST_GAP: u32 = 24 * 60 * 60;
/// Leases in the calendar of a device, and those of them kept for immediate rentals.
const BOOKINGS: u32 = 64;
const RESERVED_BOOKINGS: u32 = 8;

parameter_types! {
	/// Why the deposit for a device is held.
	pub const DeviceHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::DeviceRegistry(pallet_device_registry::HoldReason::DeviceRecord);
	/// Why the deposit for a fleet is held.
	pub const FleetHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::DeviceRegistry(pallet_device_registry::HoldReason::FleetRecord);
	/// Why the deposit for a series is held.
	pub const SeriesHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::UsageToken(pallet_usage_token::HoldReason::SeriesRecord);
	/// Deposit for a device whatever its description: its record, its place in its owner's list, and
	/// what attestation keeps of it, with a day of minutes.
	pub const DeviceBaseDeposit: Balance = deposit(3, 256);
	/// Deposit for a fleet: its record, its place in its owner's list, and what its sales keep of it.
	pub const FleetBaseDeposit: Balance = deposit(3, 128);
	/// Deposit for a series whatever its terms: its record, its asset with metadata, its account, its
	/// places in two lists.
	pub const SeriesBaseDeposit: Balance = deposit(6, 0);
	/// Deposit for one stored byte.
	pub const ByteDeposit: Balance = deposit(0, 1);
	/// From which the accounts of series are derived.
	pub const SeriesPalletId: PalletId = PalletId(*b"tnr/unit");
	/// Least share of its price that a redeemed unit gives.
	pub const MinRedeemShare: Perbill = Perbill::from_percent(90);
	/// Least share of its units that a cancelled booking costs.
	pub const MinCancellationShare: Perbill = Perbill::from_percent(1);
	/// Account of the treasury.
	pub TreasuryAccountId: AccountId = TreasuryAccount::get();
	/// What a claimant of damage puts up, as a share of what it claims.
	pub const DisputeBondShare: Perbill = Perbill::from_percent(10);
	/// What an arbiter gets for a verdict, as a share of the amount in dispute.
	pub const ArbiterFee: Perbill = Perbill::from_percent(5);
	/// Share of a block that the sweep of ended leases may use.
	pub const SweepShare: Perbill = Perbill::from_percent(20);
}

/// Deposit for a record: a base and its size.
type RecordConsideration<Reason, Base> =
	HoldConsideration<AccountId, Balances, Reason, LinearStoragePrice<Base, ByteDeposit, Balance>>;

impl pallet_device_registry::Config for Runtime {
	type Commitments = (UsageToken, LeaseEscrow);
	type Consideration = RecordConsideration<DeviceHoldReason, DeviceBaseDeposit>;
	type FleetConsideration = RecordConsideration<FleetHoldReason, FleetBaseDeposit>;
	type Fleets = UsageToken;
	type ForceOrigin = EnsureRoot<AccountId>;
	type KeyRotationDelay = ConstU64<{ 24 * 60 * 60 }>;
	type Leases = LeaseEscrow;
	type MaxFleetMembers = ConstU32<128>;
	type MaxHeartbeatGap = ConstU32<LONGEST_GAP>;
	// Cells of some 250 square kilometres.
	type MaxLocationResolution = ConstU8<5>;
	type MinHeartbeatGap = ConstU32<SHORTEST_GAP>;
	type Time = Timestamp;
	type WeightInfo = pallet_device_registry::weights::SubstrateWeight<Runtime>;
}

impl pallet_usage_token::Config for Runtime {
	type Arbitration = Arbitration;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkClock = Clock;
	// Thirty days.
	type ClosingNotice = ConstU64<{ 30 * 24 * 60 * 60 }>;
	type Consideration = RecordConsideration<SeriesHoldReason, SeriesBaseDeposit>;
	type Currency = Balances;
	type Devices = DeviceRegistry;
	type Leases = LeaseEscrow;
	type MaxAdvance = ConstU32<LONGEST>;
	type MaxDuration = ConstU32<LONGEST>;
	type MaxHeartbeatGap = ConstU32<LONGEST_GAP>;
	// Ten years.
	type MaxHorizon = ConstU64<{ 10 * LONGEST as u64 }>;
	type MaxWindowsPerSubject = ConstU32<16>;
	type MinCancellationShare = MinCancellationShare;
	type MinHeartbeatGap = ConstU32<SHORTEST_GAP>;
	type MinRedeemShare = MinRedeemShare;
	// Units create accounts without an existential deposit; their price stands in for it.
	type MinUnitPrice = ConstU128<EXISTENTIAL_DEPOSIT>;
	type PalletId = SeriesPalletId;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Time = Timestamp;
	type Treasury = TreasuryAccountId;
	type Units = Assets;
	type WeightInfo = pallet_usage_token::weights::SubstrateWeight<Runtime>;
}

impl pallet_arbitration::Config for Runtime {
	type Disputes = LeaseEscrow;
	type ForceOrigin = EnsureRoot<AccountId>;
	type WeightInfo = pallet_arbitration::weights::SubstrateWeight<Runtime>;
}

/// Whether a migration of the state is under way, so that blocks take no transactions.
pub struct Migrating;

impl Get<bool> for Migrating {
	fn get() -> bool {
		<Runtime as frame_system::Config>::MultiBlockMigrator::ongoing()
	}
}

impl pallet_lease_escrow::Config for Runtime {
	// Three days.
	type AnswerPeriod = ConstU32<{ 3 * 24 * 60 * 60 }>;
	type ArbiterFee = ArbiterFee;
	type Arbitration = Arbitration;
	// Two weeks.
	type ArbitrationPeriod = ConstU32<{ 14 * 24 * 60 * 60 }>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkClock = Clock;
	type Currency = Balances;
	// What both sides and the clock said of a device that changed hands.
	type CustodyDeposit = ConstU128<{ deposit(2, 746) }>;
	type Devices = DeviceRegistry;
	type DisputeBondShare = DisputeBondShare;
	type Evidence = Attestation;
	type KeeperDelay = ConstU32<{ 10 * 60 }>;
	type KeeperShare = dynamic_params::leasing::KeeperShare;
	type MaxAdvance = ConstU32<LONGEST>;
	type MaxBookings = ConstU32<BOOKINGS>;
	// Forty blocks: validators that miss theirs now and then are no outage.
	type OutageThreshold = ConstU32<{ 2 * 60 }>;
	type ProtocolShare = dynamic_params::leasing::ProtocolShare;
	// The lease, its deadline, grants, the tenant's and the series' list, a payout address, an offer to
	// another tenant, and its entries in the calendar and among requests.
	type RecordDeposit = ConstU128<{ deposit(7, 1_216) }>;
	type ReservedBookings = ConstU32<RESERVED_BOOKINGS>;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Standstill = Migrating;
	type SweepShare = SweepShare;
	type TenantGate = ();
	type Time = Timestamp;
	type Treasury = TreasuryAccountId;
	// A week.
	type UnbondingDelay = ConstU32<{ 7 * 24 * 60 * 60 }>;
	type Units = UsageToken;
	type WeightInfo = pallet_lease_escrow::weights::SubstrateWeight<Runtime>;
}

impl pallet_attestation::Config for Runtime {
	type Devices = DeviceRegistry;
	type LeaseWindows = LeaseEscrow;
	type MaxHeartbeatGap = ConstU32<LONGEST_GAP>;
	// 2,000 idle devices at a heartbeat a minute. More are seen less often and lose nothing.
	type MaxIdleReportsPerBlock = ConstU32<100>;
	type MaxLeaseWindows = ConstU32<BOOKINGS>;
	// Five minutes of blocks: finality may lag, but hoarded signatures must not reach far.
	type MaxNamedBlockAge = ConstU32<100>;
	// 6,000 leased devices at a heartbeat a minute, for about a quarter of each block.
	type MaxReportsPerBlock = ConstU32<300>;
	// 100 leases that end in the same block have brought theirs in it, 120,000 in an hour.
	type MaxReceiptsPerBlock = ConstU32<100>;
	type MinReportInterval = ConstU32<30>;
	type Offers = UsageToken;
	// A day: a device may have lost its connection at the end.
	type ReceiptWindow = ConstU32<{ 24 * 60 * 60 }>;
	type RetainedDays = ConstU32<{ 366 + 34 }>;
	type Time = Timestamp;
	type WeightInfo = pallet_attestation::weights::SubstrateWeight<Runtime>;
}

/// Sets the clock, for benchmarks.
#[cfg(feature = "runtime-benchmarks")]
pub struct Clock;

#[cfg(feature = "runtime-benchmarks")]
impl tenure_primitives::traits::BenchmarkClock for Clock {
	fn set_time(now: tenure_primitives::Moment) {
		pallet_timestamp::Now::<Runtime>::put(now.saturating_mul(1_000));
	}
}

// SPDX-License-Identifier: Apache-2.0

//! What can happen. Numbers that pick somebody or something are taken modulo what there is.

use super::{offers::Offer, *};
use proptest::prelude::*;

/// What has to be seen besides every call: calls of other pallets, and calls of ours in other ways.
pub const WAYS: [&str; 11] = [
	"create_series of a fleet",
	"buy of a fleet",
	"rent a member",
	"book a member",
	"extend with own units",
	"extend on a member",
	"revoke ahead",
	"set_share",
	"transfer",
	"approve_transfer",
	"transfer_keep_alive",
];

/// Who makes something happen, and so what units may gain by it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cause {
	/// An owner, its device or governance.
	Owner,
	/// A tenant, a holder or anyone: nothing.
	Tenant,
	/// Time, and what became of the evidence by then.
	Time,
}

/// One thing that happens.
#[derive(Clone, Debug)]
pub enum Step {
	Owner(OwnersStep),
	Tenant(TenantsStep),
	Change(ChangeStep),
	Quarrel(QuarrelStep),
	Hand(HandStep),
	Time(TimeStep),
}

impl Step {
	/// Who makes it happen.
	pub fn cause(&self) -> Cause {
		match self {
			Self::Owner(_) => Cause::Owner,
			// It may close a lease, and then the owner's bond pays for what its device did not serve.
			Self::Tenant(TenantsStep::Settle { .. }) => Cause::Time,
			Self::Change(ChangeStep::Claim { .. }) => Cause::Time,
			Self::Change(ChangeStep::Revoke { .. }) => Cause::Owner,
			// Who objects, or takes a device, may have to wait for that first.
			Self::Quarrel(QuarrelStep::SetArbiter { .. }) => Cause::Owner,
			Self::Quarrel(_) | Self::Hand(_) => Cause::Time,
			Self::Tenant(_) | Self::Change(_) => Cause::Tenant,
			Self::Time(_) => Cause::Time,
		}
	}
}

/// What owners, their devices and governance do.
#[derive(Clone, Debug)]
pub enum OwnersStep {
	/// An owner registers a device with this gap; it activates itself. With a key that is free, if there
	/// is one and this is asked for.
	Register { owner: usize, gap: u32, reuse: bool },
	/// An owner changes the gap of a device.
	Update { device: usize, gap: u32 },
	/// An owner retires a device, one that nobody has a claim on if there is one.
	Retire { device: usize },
	/// The owner of a device makes a series.
	CreateSeries { device: usize, offer: Offer },
	/// The owner of a fleet makes a series.
	CreateFleetSeries { fleet: usize, offer: Offer },
	/// Whoever serves a series closes it.
	CloseSeries { series: usize },
	/// An owner bonds.
	Bond { owner: usize, amount: Balance },
	/// An owner takes back a share of its free bond.
	Unbond { owner: usize, percent: u64 },
	/// An owner makes a fleet.
	CreateFleet { owner: usize },
	/// A device joins a fleet.
	AddToFleet { fleet: usize, device: usize },
	/// A member leaves its fleet.
	RemoveFromFleet { device: usize },
	/// The owner of a fleet disbands it.
	DisbandFleet { fleet: usize },
	/// An owner offers a device to the other one.
	OfferTransfer { device: usize },
	/// It takes the offer back.
	WithdrawTransfer { device: usize },
	/// The other one accepts.
	AcceptTransfer { device: usize },
	/// An owner misses a device.
	ReportMissing { device: usize },
	/// An owner has a device back.
	ReportFound { device: usize },
	/// Governance retires a device.
	ForceRetire { device: usize },
	/// An owner releases the key of a device.
	ReleaseKey { device: usize },
	/// An owner names another key, or calls that off.
	RotateKey { device: usize, back: bool },
	/// A device activates the key that is next.
	Activate { device: usize },
}

/// What tenants and holders do, and anyone.
#[derive(Clone, Debug)]
pub enum TenantsStep {
	/// Somebody buys units.
	Buy { who: usize, series: usize, units: u64 },
	/// A holder redeems a share of its units.
	Redeem { holding: usize, percent: u64 },
	/// Somebody redeems all units of a holder.
	RedeemFor { who: usize, holding: usize },
	/// A holder passes on a share of its units.
	Transfer { holding: usize, to: usize, percent: u64 },
	/// A holder lets somebody else pass on units.
	Approve { holding: usize, to: usize },
	/// Somebody gives money to the account of a series.
	Gift { who: usize, series: usize, amount: Balance },
	/// Somebody rents, so many minutes after the device is free.
	Rent { who: usize, series: usize, units: u64, ahead: u64 },
	/// A holder books with a share of its units.
	Book { holding: usize, percent: u64, ahead: u64 },
	/// A tenant cancels.
	Cancel { lease: usize },
	/// A tenant ends a lease.
	End { lease: usize },
	/// Somebody settles a lease.
	Settle { who: usize, lease: usize },
	/// Somebody reaps a series.
	Reap { who: usize, series: usize },
	/// Somebody brings what is kept of a fleet's time up to date.
	CatchUp { who: usize, fleet: usize },
	/// Governance sets the protocol's share of leases to come.
	SetShare { percent: u32 },
}

/// What becomes of leases that are made.
#[derive(Clone, Debug)]
pub enum ChangeStep {
	/// A tenant makes a lease longer. It pays too little, just enough, or as much as it takes.
	Extend { lease: usize, units: u64, budget: u8 },
	/// A payee takes a lease back.
	Revoke { lease: usize },
	/// A tenant opens the device with another key.
	SetAccessKey { lease: usize, seed: u8 },
	/// Somebody brings wrong receipts for a lease and then one for a part of what was not signed for. It
	/// may be signed by the key before.
	Sign { lease: usize, percent: u64, by_former: bool },
	/// All tenants sign for a part of what they have not signed for.
	SignAll { percent: u64 },
	/// A tenant names an address to pay to, or none.
	SetPayout { lease: usize, address: Option<Vec<u8>> },
	/// Somebody settles many leases, some of them perhaps not there.
	Claim { who: usize, lease: usize, count: usize, strange: bool },
}

/// What sides and arbiters of disputes do.
#[derive(Clone, Debug)]
pub enum QuarrelStep {
	/// A tenant objects to a part of what it can object to.
	Object { lease: usize, percent: u64 },
	/// A respondent contests a claim.
	Contest { dispute: usize },
	/// A respondent gives in.
	Concede { dispute: usize },
	/// A claimant gives up.
	Withdraw { dispute: usize },
	/// An arbiter gives the claimant so many billionths.
	Decide { dispute: usize, parts: u32 },
	/// Somebody settles a dispute.
	Settle { who: usize, dispute: usize },
	/// Governance puts an arbiter on the list, or takes it from it.
	SetArbiter { who: usize },
	/// Blocks are too full for the sweep until a dispute is over, and so much longer; then somebody settles.
	Outlast { who: usize, seconds: u64 },
}

/// What becomes of devices that tenants take home.
#[derive(Clone, Debug)]
pub enum HandStep {
	/// An owner says that a device is ready.
	Offer { lease: usize },
	/// A tenant takes one.
	Confirm { lease: usize },
	/// The tenant or the payee says that it is back, now or so long after the end.
	Report { lease: usize, by_tenant: bool, late: Option<u64> },
	/// Who did not say so claims a part of the deposit.
	Contest { lease: usize, percent: u64, late: u64 },
	/// Somebody waits for a device that is not brought back in time.
	Queue { lease: usize, late: u64 },
	/// Nothing happens until something follows from that, a minute before or after.
	Outwait { lease: usize, seconds: u64 },
}

/// What time brings.
#[derive(Clone, Debug)]
pub enum TimeStep {
	/// Blocks with heartbeats of all devices but the silent ones, so many slots apart.
	Serve { beats: u64, slots: u64, silent: u8 },
	/// Nothing happens for so many slots.
	Nap { slots: u64 },
	/// No blocks are made for so many slots. Then all devices report again.
	StandStill { slots: u64 },
	/// Blocks are too full for the sweep until a lease is over, and so much longer; then somebody settles.
	Crowd { lease: usize, seconds: u64, who: usize },
	/// Nothing happens until the units of a closed series can't be used any more.
	Expire,
}

fn one() -> std::ops::Range<usize> {
	0..60
}

fn percent() -> std::ops::RangeInclusive<u64> {
	1..=100
}

fn owners_step() -> impl Strategy<Value = OwnersStep> {
	use OwnersStep::*;
	let gap = || 60u32..400;
	let sales = prop_oneof![
		4 => (one(), offers::offer()).prop_map(|(device, offer)| CreateSeries { device, offer }),
		4 => (one(), offers::offer())
			.prop_map(|(fleet, offer)| CreateFleetSeries { fleet, offer }),
		4 => one().prop_map(|series| CloseSeries { series }),
		1 => (one(), 1u128..1 << 44).prop_map(|(owner, amount)| Bond { owner, amount }),
		2 => (one(), percent()).prop_map(|(owner, percent)| Unbond { owner, percent }),
	];
	let devices = prop_oneof![
		4 => (one(), gap(), any::<bool>())
			.prop_map(|(owner, gap, reuse)| Register { owner, gap, reuse }),
		3 => (one(), gap()).prop_map(|(device, gap)| Update { device, gap }),
		2 => one().prop_map(|device| Retire { device }),
		2 => one().prop_map(|device| OfferTransfer { device }),
		2 => one().prop_map(|device| WithdrawTransfer { device }),
		3 => one().prop_map(|device| AcceptTransfer { device }),
		3 => one().prop_map(|device| ReportMissing { device }),
		2 => one().prop_map(|device| ReportFound { device }),
		1 => one().prop_map(|device| ForceRetire { device }),
	];
	let keys = prop_oneof![
		3 => one().prop_map(|device| ReleaseKey { device }),
		3 => (one(), proptest::bool::weighted(0.3))
			.prop_map(|(device, back)| RotateKey { device, back }),
		4 => one().prop_map(|device| Activate { device }),
	];
	let fleets = prop_oneof![
		1 => one().prop_map(|owner| CreateFleet { owner }),
		4 => (one(), one()).prop_map(|(fleet, device)| AddToFleet { fleet, device }),
		3 => one().prop_map(|device| RemoveFromFleet { device }),
		1 => one().prop_map(|fleet| DisbandFleet { fleet }),
	];
	prop_oneof![12 => sales, 20 => devices, 10 => keys, 9 => fleets]
}

fn tenants_step() -> impl Strategy<Value = TenantsStep> {
	use TenantsStep::*;
	let leases = prop_oneof![
		20 => (one(), one(), 1u64..20, 0u64..90)
			.prop_map(|(who, series, units, ahead)| Rent { who, series, units, ahead }),
		11 => (one(), percent(), 0u64..90)
			.prop_map(|(holding, percent, ahead)| Book { holding, percent, ahead }),
		6 => one().prop_map(|lease| Cancel { lease }),
		9 => one().prop_map(|lease| End { lease }),
		4 => (one(), one()).prop_map(|(who, lease)| Settle { who, lease }),
	];
	let units = prop_oneof![
		9 => (one(), one(), 1u64..500).prop_map(|(who, series, units)| Buy { who, series, units }),
		6 => (one(), percent()).prop_map(|(holding, percent)| Redeem { holding, percent }),
		2 => (one(), one()).prop_map(|(who, holding)| RedeemFor { who, holding }),
		3 => (one(), one(), percent())
			.prop_map(|(holding, to, percent)| Transfer { holding, to, percent }),
		3 => (one(), one()).prop_map(|(holding, to)| Approve { holding, to }),
		3 => (one(), one(), 1u128..1 << 44)
			.prop_map(|(who, series, amount)| Gift { who, series, amount }),
		3 => (one(), one()).prop_map(|(who, series)| Reap { who, series }),
		1 => (one(), one()).prop_map(|(who, fleet)| CatchUp { who, fleet }),
		2 => (0u32..=20).prop_map(|percent| SetShare { percent }),
	];
	prop_oneof![46 => leases, 27 => units]
}

/// All of it more often than some.
fn signed_share() -> impl Strategy<Value = u64> {
	prop_oneof![2 => Just(100), 1 => percent()]
}

fn change_step() -> impl Strategy<Value = ChangeStep> {
	use ChangeStep::*;
	let address = vec(any::<u8>(), 0..=tenure_primitives::MAX_PAYOUT_BYTES as usize);
	prop_oneof![
		10 => (one(), 1u64..20, 0u8..8)
			.prop_map(|(lease, units, budget)| Extend { lease, units, budget }),
		6 => one().prop_map(|lease| Revoke { lease }),
		6 => (one(), any::<u8>()).prop_map(|(lease, seed)| SetAccessKey { lease, seed }),
		8 => (one(), percent(), proptest::bool::weighted(0.3))
			.prop_map(|(lease, percent, by_former)| Sign { lease, percent, by_former }),
		12 => signed_share().prop_map(|percent| SignAll { percent }),
		2 => (one(), proptest::option::weighted(0.8, address))
			.prop_map(|(lease, address)| SetPayout { lease, address }),
		3 => (one(), one(), 0usize..8, any::<bool>())
			.prop_map(|(who, lease, count, strange)| Claim { who, lease, count, strange }),
	]
}

fn quarrel_step() -> impl Strategy<Value = QuarrelStep> {
	use QuarrelStep::*;
	let parts = prop_oneof![1 => Just(0), 1 => Just(1_000_000_000), 3 => 0u32..=1_000_000_000];
	prop_oneof![
		12 => (one(), percent()).prop_map(|(lease, percent)| Object { lease, percent }),
		7 => one().prop_map(|dispute| Contest { dispute }),
		2 => one().prop_map(|dispute| Concede { dispute }),
		2 => one().prop_map(|dispute| Withdraw { dispute }),
		5 => (one(), parts).prop_map(|(dispute, parts)| Decide { dispute, parts }),
		1 => (one(), one()).prop_map(|(who, dispute)| Settle { who, dispute }),
		2 => one().prop_map(|who| SetArbiter { who }),
		1 => (one(), 0u64..120).prop_map(|(who, seconds)| Outlast { who, seconds }),
	]
}

fn hand_step() -> impl Strategy<Value = HandStep> {
	use HandStep::*;
	let late = || prop_oneof![1 => 0u64..300, 1 => 300u64..4_000];
	prop_oneof![
		4 => one().prop_map(|lease| Offer { lease }),
		5 => one().prop_map(|lease| Confirm { lease }),
		6 => (one(), any::<bool>(), proptest::option::weighted(0.7, late()))
			.prop_map(|(lease, by_tenant, late)| Report { lease, by_tenant, late }),
		8 => (one(), percent(), late())
			.prop_map(|(lease, percent, late)| Contest { lease, percent, late }),
		3 => (one(), 0u64..300).prop_map(|(lease, late)| Queue { lease, late }),
		5 => (one(), 0u64..120).prop_map(|(lease, seconds)| Outwait { lease, seconds }),
	]
}

fn time_step() -> impl Strategy<Value = TimeStep> {
	use TimeStep::*;
	prop_oneof![
		40 => (1u64..17, 10u64..25, prop_oneof![3 => Just(0u8), 1 => any::<u8>()])
			.prop_map(|(beats, slots, silent)| Serve { beats, slots, silent }),
		3 => (1u64..200).prop_map(|slots| Nap { slots }),
		1 => (300u64..15_000).prop_map(|slots| Nap { slots }),
		// More than a day.
		1 => (28_801u64..30_000).prop_map(|slots| Nap { slots }),
		// Up to forty are no outage.
		5 => (38u64..400).prop_map(|slots| StandStill { slots }),
		1 => (400u64..30_000).prop_map(|slots| StandStill { slots }),
		4 => (one(), 500u64..900, one())
			.prop_map(|(lease, seconds, who)| Crowd { lease, seconds, who }),
		1 => Just(Expire),
	]
}

/// Any step; those of the main path more often.
pub fn step() -> impl Strategy<Value = Step> {
	prop_oneof![
		30 => owners_step().prop_map(Step::Owner),
		60 => tenants_step().prop_map(Step::Tenant),
		38 => change_step().prop_map(Step::Change),
		22 => quarrel_step().prop_map(Step::Quarrel),
		26 => hand_step().prop_map(Step::Hand),
		30 => time_step().prop_map(Step::Time),
	]
}

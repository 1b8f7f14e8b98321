// SPDX-License-Identifier: Apache-2.0

//! What can happen. Numbers that pick somebody or something are taken modulo what there is.

use super::{offers::Offer, *};
use proptest::prelude::*;

/// Names of the calls whose outcomes are counted.
pub const CALLS: [&str; 16] = [
	"register",
	"update",
	"retire",
	"create_series",
	"close_series",
	"bond",
	"unbond",
	"buy",
	"redeem",
	"transfer",
	"rent",
	"book",
	"cancel",
	"end",
	"settle",
	"set_share",
];

/// One thing that happens.
#[derive(Clone, Debug)]
pub enum Step {
	/// An owner registers a device with this gap; it activates itself.
	Register { owner: usize, gap: u32 },
	/// An owner changes the gap of a device.
	Update { device: usize, gap: u32 },
	/// An owner retires a device, one that nobody has a claim on if there is one.
	Retire { device: usize },
	/// The owner of a device makes a series.
	CreateSeries { device: usize, offer: Offer },
	/// The owner of a series closes it.
	CloseSeries { series: usize },
	/// An owner bonds.
	Bond { owner: usize, amount: Balance },
	/// An owner takes back a share of its free bond.
	Unbond { owner: usize, percent: u64 },
	/// Somebody buys units.
	Buy { who: usize, series: usize, units: u64 },
	/// A holder redeems a share of its units.
	Redeem { holding: usize, percent: u64 },
	/// A holder passes on a share of its units.
	Transfer { holding: usize, to: usize, percent: u64 },
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
	/// Governance sets the protocol's share of leases to come.
	SetShare { percent: u32 },
	/// Blocks with heartbeats of all devices but the silent ones, so many slots apart.
	Serve { beats: u64, slots: u64, silent: u8 },
	/// Nothing happens for so many slots.
	Nap { slots: u64 },
}

/// Any step; those of the main path more often.
pub fn step() -> impl Strategy<Value = Step> {
	let one = || 0usize..60;
	let percent = || 1u64..=100;
	let gap = || 60u32..400;
	prop_oneof![
		2 => (one(), gap()).prop_map(|(owner, gap)| Step::Register { owner, gap }),
		2 => (one(), gap()).prop_map(|(device, gap)| Step::Update { device, gap }),
		1 => one().prop_map(|device| Step::Retire { device }),
		3 => (one(), offers::offer())
			.prop_map(|(device, offer)| Step::CreateSeries { device, offer }),
		3 => one().prop_map(|series| Step::CloseSeries { series }),
		1 => (one(), 1u128..1 << 44).prop_map(|(owner, amount)| Step::Bond { owner, amount }),
		1 => (one(), percent()).prop_map(|(owner, percent)| Step::Unbond { owner, percent }),
		6 => (one(), one(), 1u64..240)
			.prop_map(|(who, series, units)| Step::Buy { who, series, units }),
		4 => (one(), percent()).prop_map(|(holding, percent)| Step::Redeem { holding, percent }),
		3 => (one(), one(), percent())
			.prop_map(|(holding, to, percent)| Step::Transfer { holding, to, percent }),
		12 => (one(), one(), 1u64..20, 0u64..90)
			.prop_map(|(who, series, units, ahead)| Step::Rent { who, series, units, ahead }),
		7 => (one(), percent(), 0u64..90)
			.prop_map(|(holding, percent, ahead)| Step::Book { holding, percent, ahead }),
		5 => one().prop_map(|lease| Step::Cancel { lease }),
		9 => one().prop_map(|lease| Step::End { lease }),
		4 => (one(), one()).prop_map(|(who, lease)| Step::Settle { who, lease }),
		3 => (0u32..=20).prop_map(|percent| Step::SetShare { percent }),
		18 => (1u64..20, 10u64..25, prop_oneof![3 => Just(0u8), 1 => any::<u8>()])
			.prop_map(|(beats, slots, silent)| Step::Serve { beats, slots, silent }),
		2 => (1u64..200).prop_map(|slots| Step::Nap { slots }),
		1 => (300u64..20_000).prop_map(|slots| Step::Nap { slots }),
	]
}

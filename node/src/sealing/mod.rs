// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! A development node that seals its own blocks instead of waiting for its BABE slots.

mod clock;
mod commands;

pub use clock::SlotClock;
pub use commands::{instant, interval, requested, Command, MAX_PENDING_REQUESTS};

use std::{str::FromStr, time::Duration};

use sc_network::config::{NonReservedPeerMode, TransportConfig};
use sc_service::{ChainType, Configuration, Role};

/// Longest time between two blocks of `--sealing interval=MS`: an hour.
const MAX_INTERVAL_MS: u64 = 3_600_000;

/// When a block is sealed, besides when `engine_createBlock` asks for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SealingMode {
	/// Never.
	Manual,
	/// When a transaction becomes ready.
	Instant,
	/// Whenever this time has passed.
	Interval(Duration),
}

impl FromStr for SealingMode {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		match text {
			"manual" => return Ok(Self::Manual),
			"instant" => return Ok(Self::Instant),
			_ => (),
		}
		let milliseconds = text
			.strip_prefix("interval=")
			.ok_or("expected manual, instant or interval=MS")?
			.parse::<u64>()
			.ok()
			.filter(|ms| (1..=MAX_INTERVAL_MS).contains(ms))
			.ok_or_else(|| format!("MS of interval=MS is a number from 1 to {MAX_INTERVAL_MS}"))?;
		Ok(Self::Interval(Duration::from_millis(milliseconds)))
	}
}

/// Refuses sealing where it would do harm or nothing: on a chain that others may be on, and on a
/// node that doesn't author.
pub fn ensure_allowed(config: &Configuration) -> Result<(), String> {
	let chain_type = config.chain_spec.chain_type();
	if chain_type != ChainType::Development {
		return Err(format!(
			"--sealing needs a chain specification of type Development, but {} is of type {:?}; \
			 use --dev",
			config.chain_spec.id(),
			chain_type,
		));
	}
	if !matches!(config.role, Role::Authority) {
		return Err("--sealing needs a validator; use --dev, --alice or --validator".into());
	}
	Ok(())
}

/// Keeps the node without peers. They would refuse its blocks, which bear no seal, and an ordinary
/// development node next door would pull it onto its own chain.
pub fn isolate(config: &mut Configuration) {
	let network = &mut config.network;
	network.listen_addresses.clear();
	network.public_addresses.clear();
	network.boot_nodes.clear();
	network.default_peers_set.in_peers = 0;
	network.default_peers_set.out_peers = 0;
	network.default_peers_set.reserved_nodes.clear();
	network.default_peers_set.non_reserved_mode = NonReservedPeerMode::Deny;
	network.transport = TransportConfig::Normal { enable_mdns: false, allow_private_ip: false };
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn modes_are_parsed() {
		assert_eq!("manual".parse(), Ok(SealingMode::Manual));
		assert_eq!("instant".parse(), Ok(SealingMode::Instant));
		assert_eq!("interval=250".parse(), Ok(SealingMode::Interval(Duration::from_millis(250))));
		for bad in ["", "auto", "interval", "interval=", "interval=0", "interval=-1", "interval=1s"]
		{
			assert!(bad.parse::<SealingMode>().is_err(), "{bad}");
		}
		assert!(format!("interval={}", MAX_INTERVAL_MS + 1).parse::<SealingMode>().is_err());
	}
}

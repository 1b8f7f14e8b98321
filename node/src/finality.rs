// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! GRANDPA: which blocks are final.

use std::time::Duration;

use sc_consensus_grandpa::{VotingRule, VotingRulesBuilder};
use sc_network::types::ProtocolName;
use sc_service::Configuration;
use sc_telemetry::TelemetryHandle;
use sp_keystore::KeystorePtr;
use tenure_runtime::opaque::Block;

use crate::service::FullClient;

/// GRANDPA keeps a justification at least every so many blocks (48 s), besides at every change of
/// the authority set. Agents that prove to a third party what is final poll for these; the stock
/// 512 blocks would let them wait 25 minutes. A justification takes about 100 bytes per validator.
pub const JUSTIFICATION_PERIOD: u32 = 16;

/// How long a GRANDPA message may take through the network. A round takes at least two of these.
const GOSSIP_DURATION: Duration = Duration::from_millis(333);
/// The same for a sealing node, which talks to nobody.
const SEALING_GOSSIP_DURATION: Duration = Duration::from_millis(50);

/// The voter's settings on this node; `sealing` if it seals its own blocks.
pub fn voter_config(
	config: &Configuration,
	keystore: KeystorePtr,
	protocol_name: ProtocolName,
	telemetry: Option<TelemetryHandle>,
	sealing: bool,
) -> sc_consensus_grandpa::Config {
	sc_consensus_grandpa::Config {
		gossip_duration: if sealing { SEALING_GOSSIP_DURATION } else { GOSSIP_DURATION },
		justification_generation_period: JUSTIFICATION_PERIOD,
		name: Some(config.network.node_name.clone()),
		observer_enabled: false,
		// A node that doesn't vote needs no keys.
		keystore: config.role.is_authority().then_some(keystore),
		local_role: config.role,
		telemetry,
		protocol_name,
	}
}

/// Which blocks the voter votes for. By default it stays behind the best block a little, to make
/// forks cheaper. A sealed chain has none, and there a block with a lone transaction would never
/// become final that way.
pub fn voting_rule(sealing: bool) -> impl VotingRule<Block, FullClient> + Clone {
	let builder = if sealing { VotingRulesBuilder::new() } else { VotingRulesBuilder::default() };
	builder.build()
}

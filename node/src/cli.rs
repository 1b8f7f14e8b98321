// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! The command line.

use sc_cli::RunCmd;

use crate::sealing::SealingMode;

/// Examples under `--help`.
pub const EXAMPLES: &str = "\
Examples:
  tenure-node --dev
      One validator with throw-away data, RPC on 127.0.0.1:9944.
  tenure-node --dev --sealing manual
      Blocks only when engine_createBlock asks for one; sealing_skipSlots moves the clock on.
  tenure-node --chain local --alice --base-path ./alice --unsafe-force-node-key-generation
      The first of the four validators of a local network (--alice, --bob, --charlie, --dave).
  tenure-node --chain tenure.json --name my-node --sync warp
      A full node of the network that the chain specification names.
  tenure-node export-chain-spec --chain local --raw --output local.json
      The chain specification as a file.";

/// The whole command line.
#[derive(Debug, clap::Parser)]
pub struct Cli {
	/// A subcommand; without one the node runs.
	#[command(subcommand)]
	pub subcommand: Option<Subcommand>,

	/// Options of the running node.
	#[command(flatten)]
	pub run: NodeCmd,
}

/// Options of the running node.
#[derive(Debug, clap::Args)]
pub struct NodeCmd {
	/// Options common to all Substrate nodes.
	#[command(flatten)]
	pub base: RunCmd,

	/// Seal blocks on demand instead of taking slots as they come: `manual` (when
	/// engine_createBlock asks for one), `instant` (when a transaction arrives) or `interval=MS`
	/// (every MS milliseconds).
	///
	/// For development only: works on chain specifications of type Development, for a validator
	/// (`--dev` is both). Each block is dated one slot after the one before, whatever the real
	/// time; the RPC sealing_skipSlots leaves out slots. GRANDPA finalises the blocks as usual.
	/// The blocks bear no BABE seal, so no other node takes them: the node stays without peers.
	/// The transaction pool is the single-state one, whatever --pool-type says.
	#[arg(long, value_name = "MODE")]
	pub sealing: Option<SealingMode>,
}

/// What the node does besides running.
#[derive(Debug, clap::Subcommand)]
pub enum Subcommand {
	/// Generate, inspect and insert keys.
	#[command(subcommand)]
	Key(sc_cli::KeySubcommand),

	/// Export the chain specification, plain or raw.
	ExportChainSpec(sc_cli::ExportChainSpecCmd),

	/// Build a chain specification (the older form of export-chain-spec).
	BuildSpec(sc_cli::BuildSpecCmd),

	/// Validate a block of the database again.
	CheckBlock(sc_cli::CheckBlockCmd),

	/// Export blocks to a file.
	ExportBlocks(sc_cli::ExportBlocksCmd),

	/// Export the state at a block into a chain specification.
	ExportState(sc_cli::ExportStateCmd),

	/// Import blocks from a file.
	ImportBlocks(sc_cli::ImportBlocksCmd),

	/// Remove the chain's data.
	PurgeChain(sc_cli::PurgeChainCmd),

	/// Go back some blocks, not beyond the last finalised one.
	Revert(sc_cli::RevertCmd),

	/// Show the best, finalised and genesis block of the database.
	ChainInfo(sc_cli::ChainInfoCmd),

	/// Measure weights and the machine.
	#[cfg(feature = "runtime-benchmarks")]
	#[command(subcommand)]
	Benchmark(Box<frame_benchmarking_cli::BenchmarkCmd>),
}

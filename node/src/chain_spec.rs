// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! Chain specifications. They only name a preset of the runtime, which holds the genesis state.

use sc_chain_spec::ChainSpecExtension;
use sc_service::{ChainType, Properties};
use serde::{Deserialize, Serialize};
use tenure_runtime::{opaque::Block, WASM_BINARY};

/// Symbol of the native token.
const TOKEN_SYMBOL: &str = "TNR";
/// Decimals of the native token.
const TOKEN_DECIMALS: u8 = 12;
/// Address format: the generic Substrate one.
const SS58_FORMAT: u8 = 42;
/// Tells the network protocols of this chain from those of others.
const PROTOCOL_ID: &str = "tnr";

/// Additional fields of the chain specification.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ChainSpecExtension)]
#[serde(rename_all = "camelCase")]
pub struct Extensions {
	/// Block numbers with known hashes: other blocks at these heights are refused.
	#[serde(default)]
	pub fork_blocks: sc_client_api::ForkBlocks<Block>,
	/// Hashes of blocks that are refused.
	#[serde(default)]
	pub bad_blocks: sc_client_api::BadBlocks<Block>,
	/// From where light clients start, filled by the RPC `sync_state_genSyncSpec`.
	#[serde(default)]
	pub light_sync_state: sc_sync_state_rpc::LightSyncStateExtension,
}

/// The chain specification of this node.
pub type ChainSpec = sc_service::GenericChainSpec<Extensions>;

fn properties() -> Properties {
	let mut properties = Properties::new();
	properties.insert("tokenSymbol".into(), TOKEN_SYMBOL.into());
	properties.insert("tokenDecimals".into(), TOKEN_DECIMALS.into());
	properties.insert("ss58Format".into(), SS58_FORMAT.into());
	properties
}

fn from_preset(
	name: &str,
	id: &str,
	chain_type: ChainType,
	preset: &str,
) -> Result<ChainSpec, String> {
	let code = WASM_BINARY.ok_or(
		"This node was built without a runtime (SKIP_WASM_BUILD): only --chain FILE works with it",
	)?;
	Ok(ChainSpec::builder(code, Extensions::default())
		.with_name(name)
		.with_id(id)
		.with_chain_type(chain_type)
		.with_protocol_id(PROTOCOL_ID)
		.with_properties(properties())
		.with_genesis_config_preset_name(preset)
		.build())
}

/// One validator, Alice, on one machine.
pub fn development() -> Result<ChainSpec, String> {
	from_preset(
		"Tenure Development",
		"tenure_dev",
		ChainType::Development,
		sp_genesis_builder::DEV_RUNTIME_PRESET,
	)
}

/// Four validators, Alice to Dave, for a network of several nodes on one machine.
pub fn local_testnet() -> Result<ChainSpec, String> {
	from_preset(
		"Tenure Local Testnet",
		"tenure_local",
		ChainType::Local,
		sp_genesis_builder::LOCAL_TESTNET_RUNTIME_PRESET,
	)
}

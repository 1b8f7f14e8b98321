// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! Makes blocks: when a slot is ours, or on demand.

use std::sync::Arc;

use futures::{channel::mpsc, stream, StreamExt};
use sc_basic_authorship::ProposerFactory;
use sc_consensus_babe::{BabeLink, BabeParams, SlotProportion};
use sc_consensus_manual_seal::{
	consensus::babe::BabeConsensusDataProvider, run_manual_seal, ManualSealParams,
};
use sc_network_sync::SyncingService;
use sc_service::{Error as ServiceError, TaskManager};
use sc_telemetry::TelemetryHandle;
use sp_consensus_babe::{inherents::InherentDataProvider, SlotDuration};
use sp_keystore::KeystorePtr;
use substrate_prometheus_endpoint::Registry;
use tenure_rpc::sealing::SealRequest;
use tenure_runtime::opaque::Block;

use crate::{
	sealing::{self, Command, SealingMode, SlotClock},
	service::{FullBlockImport, FullClient, FullPool, FullSelectChain},
};

/// Part of the slot in which the block is built; in the rest the network passes it on.
const PROPOSAL_SLOT_PORTION: f32 = 0.5;

/// What an author is made of.
pub struct AuthorParams<'a> {
	/// Runs the author.
	pub task_manager: &'a TaskManager,
	/// The client.
	pub client: Arc<FullClient>,
	/// Where the transactions come from.
	pub pool: Arc<FullPool>,
	/// Where the session keys are.
	pub keystore: KeystorePtr,
	/// Chooses the parent.
	pub select_chain: FullSelectChain,
	/// Imports the blocks.
	pub block_import: FullBlockImport,
	/// Epochs and BABE's settings.
	pub babe_link: BabeLink<Block>,
	/// Metrics, if on.
	pub prometheus_registry: Option<&'a Registry>,
	/// Telemetry, if on.
	pub telemetry: Option<TelemetryHandle>,
}

impl AuthorParams<'_> {
	fn proposer(&self) -> ProposerFactory<FullPool, FullClient> {
		ProposerFactory::new(
			self.task_manager.spawn_handle(),
			self.client.clone(),
			self.pool.clone(),
			self.prometheus_registry,
			self.telemetry.clone(),
		)
	}
}

/// Slot and timestamp of this very moment.
fn real_time_inherents(
	slot_duration: SlotDuration,
) -> (InherentDataProvider, sp_timestamp::InherentDataProvider) {
	let timestamp = sp_timestamp::InherentDataProvider::from_system_time();
	let slot = InherentDataProvider::from_timestamp_and_slot_duration(*timestamp, slot_duration);
	(slot, timestamp)
}

/// Starts the BABE author.
pub fn spawn_babe(
	params: AuthorParams,
	sync_service: Arc<SyncingService<Block>>,
	force_authoring: bool,
) -> Result<(), ServiceError> {
	let env = params.proposer();
	let slot_duration = params.babe_link.config().slot_duration();
	let babe = sc_consensus_babe::start_babe(BabeParams {
		keystore: params.keystore,
		client: params.client,
		select_chain: params.select_chain,
		env,
		block_import: params.block_import,
		sync_oracle: sync_service.clone(),
		justification_sync_link: sync_service,
		create_inherent_data_providers: move |_, ()| async move {
			Ok(real_time_inherents(slot_duration))
		},
		force_authoring,
		backoff_authoring_blocks: None::<()>,
		babe_link: params.babe_link,
		block_proposal_slot_portion: SlotProportion::new(PROPOSAL_SLOT_PORTION),
		max_block_proposal_slot_portion: None,
		telemetry: params.telemetry,
	})?;
	params.task_manager.spawn_essential_handle().spawn_blocking(
		"babe-proposer",
		Some("block-authoring"),
		babe,
	);
	Ok(())
}

/// Starts sealing on demand, dated by `clock`.
pub fn spawn_sealing(
	params: AuthorParams,
	mode: SealingMode,
	clock: Arc<SlotClock>,
	requests: mpsc::Receiver<SealRequest>,
) -> Result<(), ServiceError> {
	let own = match mode {
		SealingMode::Manual => stream::pending::<Command>().boxed(),
		SealingMode::Instant => {
			sealing::instant(params.pool.clone(), params.client.clone()).boxed()
		}
		SealingMode::Interval(period) => sealing::interval(period).boxed(),
	};
	let requested = sealing::requested(requests, params.pool.clone());
	let commands_stream = stream::select(requested, own).boxed();

	let env = params.proposer();
	let consensus_data_provider = BabeConsensusDataProvider::new(
		params.client.clone(),
		params.keystore,
		params.babe_link.epoch_changes().clone(),
		params.babe_link.config().authorities.clone(),
	)
	.map_err(|error| ServiceError::Other(error.to_string()))?;

	let seal = run_manual_seal(ManualSealParams {
		block_import: params.block_import,
		env,
		client: params.client,
		pool: params.pool,
		commands_stream,
		select_chain: params.select_chain,
		consensus_data_provider: Some(Box::new(consensus_data_provider)),
		create_inherent_data_providers: move |_, ()| {
			let inherents = clock.next_inherents();
			async move { Ok(inherents) }
		},
	});
	params.task_manager.spawn_essential_handle().spawn_blocking(
		"sealing",
		Some("block-authoring"),
		seal,
	);
	Ok(())
}

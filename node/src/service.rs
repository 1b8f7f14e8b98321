// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! Puts the node together.

use std::sync::Arc;

use futures::{channel::mpsc, FutureExt};
use sc_client_api::Backend;
use sc_consensus_babe::{BabeBlockImport, BabeLink, BabeWorkerHandle};
use sc_consensus_grandpa::{
	FinalityProofProvider, GrandpaBlockImport, GrandpaParams, LinkHalf, SharedVoterState,
};
use sc_network::NetworkBackend;
use sc_service::{Configuration, Error as ServiceError, TaskManager, WarpSyncConfig};
use sc_telemetry::{Telemetry, TelemetryWorker};
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_consensus_babe::inherents::BabeCreateInherentDataProviders;
use tenure_rpc::{sealing::SealingDeps, BabeDeps, FullDeps, GrandpaDeps};
use tenure_runtime::{opaque::Block, Hash, RuntimeApi};

use crate::{
	authorship::{self, AuthorParams},
	equivocation_reporting::{unchecked_slot, EquivocationReporter},
	finality,
	sealing::{self, SealingMode, SlotClock},
};

/// What the runtime may call.
#[cfg(not(feature = "runtime-benchmarks"))]
pub type HostFunctions = sp_io::SubstrateHostFunctions;
/// What the runtime may call, benchmarks included.
#[cfg(feature = "runtime-benchmarks")]
pub type HostFunctions =
	(sp_io::SubstrateHostFunctions, frame_benchmarking::benchmarking::HostFunctions);

type Executor = sc_executor::WasmExecutor<HostFunctions>;

/// The client.
pub type FullClient = sc_service::TFullClient<Block, RuntimeApi, Executor>;
/// The database.
pub type FullBackend = sc_service::TFullBackend<Block>;
/// The best chain is the longest one.
pub type FullSelectChain = sc_consensus::LongestChain<FullBackend, Block>;
/// The transaction pool.
pub type FullPool = sc_transaction_pool::TransactionPoolHandle<Block, FullClient>;

type FullGrandpaBlockImport = GrandpaBlockImport<FullBackend, Block, FullClient, FullSelectChain>;
type FullBabeBlockImport = BabeBlockImport<
	Block,
	FullClient,
	FullGrandpaBlockImport,
	BabeCreateInherentDataProviders<Block>,
	FullSelectChain,
>;
/// What every block goes through: equivocation reports, BABE, GRANDPA, the client.
pub type FullBlockImport = EquivocationReporter<FullBabeBlockImport, FullClient>;

/// Parts of the node that only some of its users need.
pub struct Parts {
	/// Imports own blocks.
	pub block_import: FullBlockImport,
	/// Connects the voter to the block import.
	pub grandpa_link: LinkHalf<Block, FullClient, FullSelectChain>,
	/// Connects the author to the block import.
	pub babe_link: BabeLink<Block>,
	/// Asks for epoch data.
	pub babe_worker: BabeWorkerHandle<Block>,
	/// The clock, if the node seals its own blocks.
	pub clock: Option<Arc<SlotClock>>,
	/// Telemetry, if on.
	pub telemetry: Option<Telemetry>,
}

/// Everything but network, RPC and authorship.
pub type PartialComponents = sc_service::PartialComponents<
	FullClient,
	FullBackend,
	FullSelectChain,
	sc_consensus::DefaultImportQueue<Block>,
	FullPool,
	Parts,
>;

/// Opens the database and builds what every subcommand with a database needs. `sealing`: own
/// blocks are dated by a clock of their own.
pub fn new_partial(
	config: &Configuration,
	sealing: bool,
) -> Result<PartialComponents, ServiceError> {
	let telemetry = config
		.telemetry_endpoints
		.clone()
		.filter(|endpoints| !endpoints.is_empty())
		.map(|endpoints| -> Result<_, sc_telemetry::Error> {
			let worker = TelemetryWorker::new(16)?;
			let telemetry = worker.handle().new_telemetry(endpoints);
			Ok((worker, telemetry))
		})
		.transpose()?;

	let (client, backend, keystore_container, task_manager) =
		sc_service::new_full_parts::<Block, RuntimeApi, _>(
			config,
			telemetry.as_ref().map(|(_, telemetry)| telemetry.handle()),
			sc_service::new_wasm_executor::<HostFunctions>(&config.executor),
			vec![],
		)?;
	let client = Arc::new(client);

	let telemetry = telemetry.map(|(worker, telemetry)| {
		task_manager.spawn_handle().spawn("telemetry", None, worker.run());
		telemetry
	});

	let select_chain = FullSelectChain::new(backend.clone());

	let transaction_pool = Arc::from(
		sc_transaction_pool::Builder::new(
			task_manager.spawn_essential_handle(),
			client.clone(),
			config.role.is_authority().into(),
		)
		.with_options(config.transaction_pool.clone())
		.with_prometheus(config.prometheus_registry())
		.build(),
	);

	let (grandpa_block_import, grandpa_link) = sc_consensus_grandpa::block_import(
		client.clone(),
		finality::JUSTIFICATION_PERIOD,
		&client,
		select_chain.clone(),
		telemetry.as_ref().map(|telemetry| telemetry.handle()),
	)?;

	let babe_config = sc_consensus_babe::configuration(&*client)?;
	let slot_duration = babe_config.slot_duration();
	let clock = sealing
		.then(|| SlotClock::of_chain::<_, FullBackend>(&*client, slot_duration))
		.transpose()?
		.map(Arc::new);
	let offchain_pool = OffchainTransactionPoolFactory::new(transaction_pool.clone());
	let (babe_block_import, babe_link) = sc_consensus_babe::block_import(
		babe_config,
		grandpa_block_import.clone(),
		client.clone(),
		checking_inherents(clock.clone()),
		select_chain.clone(),
		offchain_pool.clone(),
	)?;
	let block_import = EquivocationReporter::new(
		babe_block_import,
		client.clone(),
		babe_link.clone(),
		offchain_pool,
	);

	let (import_queue, babe_worker) =
		sc_consensus_babe::import_queue(sc_consensus_babe::ImportQueueParams {
			link: babe_link.clone(),
			block_import: block_import.clone(),
			justification_import: Some(Box::new(grandpa_block_import)),
			client: client.clone(),
			slot_duration,
			spawner: &task_manager.spawn_essential_handle(),
			registry: config.prometheus_registry(),
			telemetry: telemetry.as_ref().map(|telemetry| telemetry.handle()),
		})?;

	Ok(sc_service::PartialComponents {
		client,
		backend,
		task_manager,
		import_queue,
		keystore_container,
		select_chain,
		transaction_pool,
		other: Parts { block_import, grandpa_link, babe_link, babe_worker, clock, telemetry },
	})
}

/// What the BABE import checks the timestamp of a block against, own blocks included: the real
/// time, or the clock of a sealed chain, which may be far ahead of it.
fn checking_inherents(clock: Option<Arc<SlotClock>>) -> BabeCreateInherentDataProviders<Block> {
	Arc::new(move |_, ()| {
		let timestamp = match &clock {
			None => sp_timestamp::InherentDataProvider::from_system_time(),
			Some(clock) => clock.checking_timestamp(),
		};
		async move { Ok((unchecked_slot(), timestamp)) }
	})
}

/// Starts the whole node; it runs as long as the returned task manager does. `sealing`, if the node
/// seals its own blocks, must have passed [`sealing::ensure_allowed`].
pub fn new_full<N: NetworkBackend<Block, Hash>>(
	mut config: Configuration,
	sealing: Option<SealingMode>,
) -> Result<TaskManager, ServiceError> {
	if sealing.is_some() {
		sealing::isolate(&mut config);
	}

	let sc_service::PartialComponents {
		client,
		backend,
		mut task_manager,
		import_queue,
		keystore_container,
		select_chain,
		transaction_pool,
		other: Parts { block_import, grandpa_link, babe_link, babe_worker, clock, mut telemetry },
	} = new_partial(&config, sealing.is_some())?;

	let mut net_config = sc_network::config::FullNetworkConfiguration::<Block, Hash, N>::new(
		&config.network,
		config.prometheus_registry().cloned(),
	);
	let metrics = N::register_notification_metrics(config.prometheus_registry());
	let grandpa_protocol = sc_consensus_grandpa::protocol_standard_name(
		&client.chain_info().genesis_hash,
		&config.chain_spec,
	);
	// Without a voter nobody would take in the protocol's notifications, and a protocol that is
	// offered but not served makes litep2p drop its peers.
	let grandpa_notifications = (!config.disable_grandpa).then(|| {
		let (protocol_config, notifications) = sc_consensus_grandpa::grandpa_peers_set_config::<_, N>(
			grandpa_protocol.clone(),
			metrics.clone(),
			net_config.peer_store_handle(),
		);
		net_config.add_notification_protocol(protocol_config);
		notifications
	});

	let warp_sync = Arc::new(sc_consensus_grandpa::warp_proof::NetworkProvider::new(
		backend.clone(),
		grandpa_link.shared_authority_set().clone(),
		Vec::new(),
	));

	let (network, system_rpc_tx, tx_handler_controller, sync_service, _bitswap) =
		sc_service::build_network(sc_service::BuildNetworkParams {
			config: &config,
			net_config,
			client: client.clone(),
			transaction_pool: transaction_pool.clone(),
			spawn_handle: task_manager.spawn_handle(),
			spawn_essential_handle: task_manager.spawn_essential_handle(),
			import_queue,
			block_announce_validator_builder: None,
			warp_sync_config: Some(WarpSyncConfig::WithProvider(warp_sync)),
			block_relay: None,
			metrics,
			gap_sync_body_policy: None,
		})?;

	if config.offchain_worker.enabled {
		let offchain_workers =
			sc_offchain::OffchainWorkers::new(sc_offchain::OffchainWorkerOptions {
				runtime_api_provider: client.clone(),
				is_validator: config.role.is_authority(),
				keystore: Some(keystore_container.keystore()),
				offchain_db: backend.offchain_storage(),
				transaction_pool: Some(OffchainTransactionPoolFactory::new(
					transaction_pool.clone(),
				)),
				network_provider: Arc::new(network.clone()),
				enable_http_requests: true,
				custom_extensions: |_| vec![],
			})?;
		task_manager.spawn_handle().spawn(
			"offchain-workers-runner",
			"offchain-worker",
			offchain_workers.run(client.clone(), task_manager.spawn_handle()).boxed(),
		);
	}

	let keystore = keystore_container.keystore();
	let role = config.role;
	let force_authoring = config.force_authoring;
	let prometheus_registry = config.prometheus_registry().cloned();
	let shared_voter_state = SharedVoterState::empty();
	let voter_config = finality::voter_config(
		&config,
		keystore.clone(),
		grandpa_protocol,
		telemetry.as_ref().map(|telemetry| telemetry.handle()),
		sealing.is_some(),
	);
	let (sealing_rpc, seal_requests) = clock
		.clone()
		.map(|clock| {
			let (requests, receiver) = mpsc::channel(sealing::MAX_PENDING_REQUESTS);
			(SealingDeps { requests, clock }, receiver)
		})
		.unzip();

	let rpc_builder = {
		let client = client.clone();
		let pool = transaction_pool.clone();
		let select_chain = select_chain.clone();
		let chain_spec = config.chain_spec.cloned_box();
		let babe = BabeDeps { worker: babe_worker, keystore: keystore.clone() };
		let shared_authority_set = grandpa_link.shared_authority_set().clone();
		let grandpa = GrandpaDeps {
			shared_voter_state: shared_voter_state.clone(),
			shared_authority_set: shared_authority_set.clone(),
			justification_stream: grandpa_link.justification_stream(),
			finality_provider: FinalityProofProvider::new_for_service(
				backend.clone(),
				Some(shared_authority_set),
			),
		};
		move |subscription_executor| {
			tenure_rpc::create_full(FullDeps {
				client: client.clone(),
				pool: pool.clone(),
				select_chain: select_chain.clone(),
				chain_spec: chain_spec.cloned_box(),
				babe: babe.clone(),
				grandpa: grandpa.clone(),
				sealing: sealing_rpc.clone(),
				subscription_executor,
			})
			.map_err(Into::into)
		}
	};

	sc_service::spawn_tasks(sc_service::SpawnTasksParams {
		network: Arc::new(network.clone()),
		client: client.clone(),
		keystore: keystore.clone(),
		task_manager: &mut task_manager,
		transaction_pool: transaction_pool.clone(),
		rpc_builder: Box::new(rpc_builder),
		backend,
		system_rpc_tx,
		tx_handler_controller,
		sync_service: sync_service.clone(),
		config,
		telemetry: telemetry.as_mut(),
		tracing_execute_block: None,
	})?;

	if role.is_authority() {
		let params = AuthorParams {
			task_manager: &task_manager,
			client: client.clone(),
			pool: transaction_pool.clone(),
			keystore,
			select_chain,
			block_import,
			babe_link,
			prometheus_registry: prometheus_registry.as_ref(),
			telemetry: telemetry.as_ref().map(|telemetry| telemetry.handle()),
		};
		match (sealing, clock, seal_requests) {
			(Some(mode), Some(clock), Some(requests)) => {
				authorship::spawn_sealing(params, mode, clock, requests)?
			}
			_ => authorship::spawn_babe(params, sync_service.clone(), force_authoring)?,
		}
	}

	if let Some(notification_service) = grandpa_notifications {
		let voter = sc_consensus_grandpa::run_grandpa_voter(GrandpaParams {
			config: voter_config,
			link: grandpa_link,
			network,
			sync: sync_service,
			notification_service,
			voting_rule: finality::voting_rule(sealing.is_some()),
			prometheus_registry,
			shared_voter_state,
			telemetry: telemetry.as_ref().map(|telemetry| telemetry.handle()),
			offchain_tx_pool_factory: OffchainTransactionPoolFactory::new(transaction_pool),
		})?;
		task_manager.spawn_essential_handle().spawn_blocking("grandpa-voter", None, voter);
	}

	Ok(task_manager)
}

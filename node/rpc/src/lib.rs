// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! JSON-RPC of the Tenure node, beyond what `sc-service` serves by itself (`author`, `chain`,
//! `state`, `childstate`, `system`, `offchain`, `chainHead_v1`, `chainSpec_v1`, `transaction_v1`,
//! and `archive_v1` on archive nodes):
//!
//! | namespace | methods |
//! |---|---|
//! | `system` | `accountNextIndex`, `dryRun` (unsafe) |
//! | `payment` | `queryInfo`, `queryFeeDetails` |
//! | `babe` | `epochAuthorship` (unsafe) |
//! | `grandpa` | `roundState`, `proveFinality`, `subscribeJustifications` |
//! | `sync_state` | `genSyncSpec` |
//! | `dev` | `getBlockStats` (unsafe) |
//! | `engine`, `sealing` | see [`sealing`]; only while the node seals its own blocks |

pub mod sealing;

use std::sync::Arc;

use jsonrpsee::RpcModule;
use sc_client_api::{AuxStore, Backend, BlockBackend, BlockchainEvents};
use sc_consensus_babe::BabeWorkerHandle;
use sc_consensus_grandpa::{
	FinalityProofProvider, GrandpaJustificationStream, SharedAuthoritySet, SharedVoterState,
};
use sc_rpc::SubscriptionTaskExecutor;
use sc_transaction_pool_api::TransactionPool;
use sp_api::{CallApiAt, ProvideRuntimeApi};
use sp_block_builder::BlockBuilder;
use sp_blockchain::{Error as BlockChainError, HeaderBackend, HeaderMetadata};
use sp_consensus::SelectChain;
use sp_consensus_babe::BabeApi;
use sp_keystore::KeystorePtr;
use tenure_runtime::{opaque::Block, AccountId, Balance, BlockNumber, Hash, Nonce};

/// What the `babe` and `sync_state` methods need.
#[derive(Clone)]
pub struct BabeDeps {
	/// Asks the BABE worker for epoch data.
	pub worker: BabeWorkerHandle<Block>,
	/// Keys whose slots `babe_epochAuthorship` lists.
	pub keystore: KeystorePtr,
}

/// What the `grandpa` and `sync_state` methods need.
pub struct GrandpaDeps<B> {
	/// State of the voting rounds.
	pub shared_voter_state: SharedVoterState,
	/// The authority sets of this chain.
	pub shared_authority_set: SharedAuthoritySet<Hash, BlockNumber>,
	/// Justifications as they come in.
	pub justification_stream: GrandpaJustificationStream<Block>,
	/// Looks up finality proofs.
	pub finality_provider: Arc<FinalityProofProvider<B, Block>>,
}

impl<B> Clone for GrandpaDeps<B> {
	fn clone(&self) -> Self {
		Self {
			shared_voter_state: self.shared_voter_state.clone(),
			shared_authority_set: self.shared_authority_set.clone(),
			justification_stream: self.justification_stream.clone(),
			finality_provider: self.finality_provider.clone(),
		}
	}
}

/// Everything [`create_full`] needs.
pub struct FullDeps<C, P, SC, B> {
	/// The client.
	pub client: Arc<C>,
	/// The transaction pool.
	pub pool: Arc<P>,
	/// Chooses the best chain.
	pub select_chain: SC,
	/// The chain specification the node runs; it must have the `lightSyncState` extension.
	pub chain_spec: Box<dyn sc_chain_spec::ChainSpec>,
	/// For `babe`.
	pub babe: BabeDeps,
	/// For `grandpa`.
	pub grandpa: GrandpaDeps<B>,
	/// For `engine` and `sealing`: `Some` while the node seals its own blocks.
	pub sealing: Option<sealing::SealingDeps>,
	/// Runs subscriptions.
	pub subscription_executor: SubscriptionTaskExecutor,
}

/// The node's own methods, to be merged with those of `sc-service`.
///
/// Fails if the chain specification has no `lightSyncState` extension or two methods bear one name.
pub fn create_full<C, P, SC, B>(
	deps: FullDeps<C, P, SC, B>,
) -> Result<RpcModule<()>, Box<dyn std::error::Error + Send + Sync>>
where
	C: ProvideRuntimeApi<Block>
		+ CallApiAt<Block>
		+ BlockBackend<Block>
		+ BlockchainEvents<Block>
		+ HeaderBackend<Block>
		+ HeaderMetadata<Block, Error = BlockChainError>
		+ AuxStore
		+ Send
		+ Sync
		+ 'static,
	C::Api: substrate_frame_rpc_system::AccountNonceApi<Block, AccountId, Nonce>
		+ pallet_transaction_payment_rpc::TransactionPaymentRuntimeApi<Block, Balance>
		+ BabeApi<Block>
		+ BlockBuilder<Block>,
	P: TransactionPool<Block = Block> + 'static,
	SC: SelectChain<Block> + 'static,
	B: Backend<Block> + Send + Sync + 'static,
{
	use pallet_transaction_payment_rpc::{TransactionPayment, TransactionPaymentApiServer};
	use sc_consensus_babe_rpc::{Babe, BabeApiServer};
	use sc_consensus_grandpa_rpc::{Grandpa, GrandpaApiServer};
	use sc_rpc::dev::{Dev, DevApiServer};
	use sc_sync_state_rpc::{SyncState, SyncStateApiServer};
	use sealing::{Sealing, SealingApiServer};
	use substrate_frame_rpc_system::{System, SystemApiServer};

	let FullDeps {
		client,
		pool,
		select_chain,
		chain_spec,
		babe,
		grandpa,
		sealing,
		subscription_executor,
	} = deps;

	let mut io = RpcModule::new(());
	io.merge(System::new(client.clone(), pool).into_rpc())?;
	io.merge(TransactionPayment::new(client.clone()).into_rpc())?;
	io.merge(Dev::new(client.clone()).into_rpc())?;
	io.merge(
		Babe::new(client.clone(), babe.worker.clone(), babe.keystore, select_chain).into_rpc(),
	)?;
	io.merge(
		SyncState::new(
			chain_spec,
			client.clone(),
			grandpa.shared_authority_set.clone(),
			babe.worker,
		)?
		.into_rpc(),
	)?;
	io.merge(
		Grandpa::new(
			subscription_executor,
			grandpa.shared_authority_set,
			grandpa.shared_voter_state,
			grandpa.justification_stream,
			grandpa.finality_provider,
		)
		.into_rpc(),
	)?;
	if let Some(deps) = sealing {
		io.merge(Sealing::new(client, deps).into_rpc())?;
	}

	Ok(io)
}

// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! `tenure-node benchmark`.

use std::time::Duration;

use codec::Encode;
use frame_benchmarking_cli::{
	BenchmarkCmd, ExtrinsicBuilder, ExtrinsicFactory, SUBSTRATE_REFERENCE_HARDWARE,
};
use sc_cli::Result;
use sc_service::Configuration;
use sp_inherents::{InherentData, InherentDataProvider};
use sp_keyring::Sr25519Keyring;
use sp_runtime::{generic::Era, traits::HashingFor, OpaqueExtrinsic};
use tenure_runtime::{
	opaque::Block, tx_extension, Hash, RuntimeCall, Signature, SignedPayload, UncheckedExtrinsic,
	VERSION,
};

use crate::service::{self, PartialComponents};

/// What `benchmark extrinsic` transfers: a thousandth of a token.
const TRANSFERRED: u128 = 1_000_000_000;

/// Carries out the subcommand.
pub fn run(cmd: &BenchmarkCmd, config: Configuration) -> Result<()> {
	match cmd {
		BenchmarkCmd::Pallet(cmd) => {
			cmd.run_with_spec::<HashingFor<Block>, ()>(Some(config.chain_spec))
		}
		BenchmarkCmd::Overhead(cmd) => {
			cmd.run_with_default_builder_and_spec::<Block, ()>(Some(config.chain_spec))
		}
		BenchmarkCmd::Storage(cmd) => {
			let PartialComponents { client, backend, .. } = service::new_partial(&config, false)?;
			let (db, storage) = (backend.expose_db(), backend.expose_storage());
			let trie_cache = backend.expose_shared_trie_cache();
			cmd.run(config, client, db, storage, trie_cache)
		}
		BenchmarkCmd::Block(cmd) => {
			let PartialComponents { client, .. } = service::new_partial(&config, false)?;
			cmd.run(client)
		}
		BenchmarkCmd::Extrinsic(cmd) => {
			let PartialComponents { client, .. } = service::new_partial(&config, false)?;
			let genesis = client.chain_info().genesis_hash;
			cmd.run(client, first_block_inherents()?, Vec::new(), &extrinsics(genesis))
		}
		BenchmarkCmd::Machine(cmd) => cmd.run(&config, SUBSTRATE_REFERENCE_HARDWARE.clone()),
	}
}

/// Inherents of a block on top of the genesis block. Slot and time are zero, which goes together.
fn first_block_inherents() -> Result<InherentData> {
	let mut inherents = InherentData::new();
	let timestamp = sp_timestamp::InherentDataProvider::new(Duration::ZERO.into());
	futures::executor::block_on(timestamp.provide_inherent_data(&mut inherents))
		.map_err(|error| format!("Creating inherent data: {error:?}"))?;
	Ok(inherents)
}

/// What `benchmark extrinsic` knows.
fn extrinsics(genesis: Hash) -> ExtrinsicFactory {
	let remark = frame_system::Call::remark { remark: Vec::new() };
	let transfer = pallet_balances::Call::transfer_keep_alive {
		dest: Sr25519Keyring::Bob.to_account_id().into(),
		value: TRANSFERRED,
	};
	ExtrinsicFactory(vec![
		Box::new(Signed { name: ("system", "remark"), call: remark.into(), genesis }),
		Box::new(Signed {
			name: ("balances", "transfer_keep_alive"),
			call: transfer.into(),
			genesis,
		}),
	])
}

/// A call signed by Alice.
struct Signed {
	name: (&'static str, &'static str),
	call: RuntimeCall,
	genesis: Hash,
}

impl ExtrinsicBuilder for Signed {
	fn pallet(&self) -> &str {
		self.name.0
	}

	fn extrinsic(&self) -> &str {
		self.name.1
	}

	fn build(&self, nonce: u32) -> std::result::Result<OpaqueExtrinsic, &'static str> {
		let signer = Sr25519Keyring::Alice;
		let extension = tx_extension(Era::Immortal, nonce, 0);
		let (spec, transaction) = (VERSION.spec_version, VERSION.transaction_version);
		let implicit =
			((), (), spec, transaction, self.genesis, self.genesis, (), (), (), None, ());
		let payload = SignedPayload::from_raw(self.call.clone(), extension.clone(), implicit);
		let signature = payload.using_encoded(|bytes| Signature::Sr25519(signer.sign(bytes)));
		let extrinsic = UncheckedExtrinsic::new_signed(
			self.call.clone(),
			signer.to_account_id().into(),
			signature,
			extension,
		);
		Ok(extrinsic.into())
	}
}

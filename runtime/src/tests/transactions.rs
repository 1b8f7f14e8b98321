// SPDX-License-Identifier: Apache-2.0

use super::environment::{account, local_testnet, signed};
use crate::*;
use codec::{Decode, Encode};
use frame_support::assert_ok;
use frame_system::offchain::{CreateAuthorizedTransaction, CreateBare};
use sp_keyring::Sr25519Keyring::{Alice, Bob};
use sp_runtime::{
	traits::TransactionExtension,
	transaction_validity::{InvalidTransaction, TransactionSource},
};

fn remark() -> frame_system::Call<Runtime> {
	frame_system::Call::remark { remark: vec![1, 2, 3] }
}

/// Wallets encode the extensions by these names, in this order.
#[test]
fn extensions_are_the_standard_ones_in_order() {
	let names = TxExtension::metadata()
		.into_iter()
		.map(|extension| extension.identifier)
		.collect::<Vec<_>>();
	assert_eq!(
		names,
		[
			"AuthorizeCall",
			"CheckNonZeroSender",
			"CheckSpecVersion",
			"CheckTxVersion",
			"CheckGenesis",
			"CheckMortality",
			"CheckNonce",
			"CheckWeight",
			"ChargeTransactionPayment",
			"CheckMetadataHash",
			"WeightReclaim",
		]
	);
}

/// A device that builds its transaction by hand writes era, nonce, tip and hash mode: four zeros.
#[test]
fn explicit_extension_bytes_are_era_nonce_tip_and_mode() {
	assert_eq!(tx_extension(Era::Immortal, 0, 0).encode(), [0, 0, 0, 0]);
	assert_eq!(tx_extension(Era::mortal(64, 0), 1, 2).encode(), [5, 0, 1 << 2, 2 << 2, 0]);
}

#[test]
fn a_general_transaction_is_version_five_and_extension_zero() {
	let call = RuntimeCall::from(remark());
	let tx = <Runtime as CreateAuthorizedTransaction<frame_system::Call<Runtime>>>::
		create_authorized_transaction(call.clone());
	let bytes = tx.encode();
	let body = &bytes[1..];
	assert_eq!(&body[..6], [0x45, 0, 0, 0, 0, 0]);
	assert_eq!(&body[6..], &call.encode()[..]);
	assert_eq!(UncheckedExtrinsic::decode(&mut &bytes[..]).unwrap().encode(), bytes);
}

#[test]
fn an_unauthorized_general_or_bare_transaction_is_refused() {
	local_testnet().execute_with(|| {
		type System = frame_system::Call<Runtime>;
		let general =
			<Runtime as CreateAuthorizedTransaction<System>>::create_authorized_transaction(
				remark().into(),
			);
		let bare = <Runtime as CreateBare<System>>::create_bare(remark().into());
		for tx in [general, bare] {
			let hash = crate::System::parent_hash();
			assert!(Executive::validate_transaction(TransactionSource::External, tx.clone(), hash)
				.is_err());
			assert!(Executive::apply_extrinsic(tx).is_err());
		}
	});
}

#[test]
fn a_signed_transaction_counts_its_nonce_and_can_not_be_replayed() {
	local_testnet().execute_with(|| {
		let tx = signed(Bob, 0, remark());
		let hash = System::parent_hash();
		assert_ok!(Executive::validate_transaction(TransactionSource::External, tx.clone(), hash));
		assert_ok!(Executive::apply_extrinsic(tx.clone()).unwrap());
		assert_eq!(System::account_nonce(account(Bob)), 1);
		assert_eq!(Executive::apply_extrinsic(tx), Err(InvalidTransaction::Stale.into()));
	});
}

#[test]
fn a_signature_of_somebody_else_is_refused() {
	local_testnet().execute_with(|| {
		let mut tx = signed(Bob, 0, remark());
		if let sp_runtime::generic::Preamble::Signed(who, ..) = &mut tx.preamble {
			*who = account(Alice).into();
		}
		assert_eq!(Executive::apply_extrinsic(tx), Err(InvalidTransaction::BadProof.into()));
	});
}

#[test]
fn pallet_indices_stay() {
	use frame_support::traits::PalletsInfoAccess;
	let infos = AllPalletsWithSystem::infos();
	let index = |name| infos.iter().find(|info| info.name == name).unwrap().index;
	for (name, expected) in [
		("System", 0),
		("Timestamp", 1),
		("Balances", 10),
		("TransactionPayment", 11),
		("Assets", 12),
		("Babe", 20),
		("Authorship", 21),
		("Offences", 22),
		("Historical", 23),
		("Session", 24),
		("Grandpa", 25),
		("Utility", 30),
		("Multisig", 31),
		("Proxy", 32),
		("Treasury", 40),
		("Preimage", 41),
		("Scheduler", 42),
		("Parameters", 43),
		("Sudo", 49),
		("DeviceRegistry", 50),
		("UsageToken", 51),
		("LeaseEscrow", 52),
		("Attestation", 53),
	] {
		assert_eq!(index(name), expected, "{name}");
	}
}

#[test]
fn no_weights_are_free_but_those_the_sdk_does_not_have() {
	fn of<W: 'static>() -> &'static str {
		core::any::type_name::<W>()
	}
	for weights in [
		of::<<Runtime as frame_system::Config>::SystemWeightInfo>(),
		of::<<Runtime as frame_system::Config>::ExtensionsWeightInfo>(),
		of::<<Runtime as pallet_assets::Config>::WeightInfo>(),
		of::<<Runtime as pallet_attestation::Config>::WeightInfo>(),
		of::<<Runtime as pallet_balances::Config>::WeightInfo>(),
		of::<<Runtime as pallet_device_registry::Config>::WeightInfo>(),
		of::<<Runtime as pallet_lease_escrow::Config>::WeightInfo>(),
		of::<<Runtime as pallet_multisig::Config>::WeightInfo>(),
		of::<<Runtime as pallet_parameters::Config>::WeightInfo>(),
		of::<<Runtime as pallet_preimage::Config>::WeightInfo>(),
		of::<<Runtime as pallet_proxy::Config>::WeightInfo>(),
		of::<<Runtime as pallet_scheduler::Config>::WeightInfo>(),
		of::<<Runtime as pallet_session::Config>::WeightInfo>(),
		of::<<Runtime as pallet_sudo::Config>::WeightInfo>(),
		of::<<Runtime as pallet_timestamp::Config>::WeightInfo>(),
		of::<<Runtime as pallet_transaction_payment::Config>::WeightInfo>(),
		of::<<Runtime as pallet_treasury::Config>::WeightInfo>(),
		of::<<Runtime as pallet_usage_token::Config>::WeightInfo>(),
		of::<<Runtime as pallet_utility::Config>::WeightInfo>(),
	] {
		assert_ne!(weights, "()");
	}
	let db = <Runtime as frame_system::Config>::DbWeight::get();
	assert_eq!((db.read, db.write), (8_000_000, 50_000_000));
}

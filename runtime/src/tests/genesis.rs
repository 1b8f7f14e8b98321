// SPDX-License-Identifier: Apache-2.0

use super::environment::{account, from_preset, genesis_config};
use crate::{configs::TreasuryAccount, genesis_config_presets::*, *};
use frame_support::traits::TypedGet;
use sp_consensus_babe::AllowedSlots;
use sp_genesis_builder::{
	runtime_decl_for_genesis_builder::GenesisBuilder, PresetId, DEV_RUNTIME_PRESET,
	LOCAL_TESTNET_RUNTIME_PRESET,
};
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};

const PRESETS: [(&str, usize); 2] = [(DEV_RUNTIME_PRESET, 1), (LOCAL_TESTNET_RUNTIME_PRESET, 4)];

#[test]
fn the_api_serves_the_presets_and_a_default() {
	let names = <Runtime as GenesisBuilder<Block>>::preset_names();
	assert_eq!(names, PRESETS.map(|(name, _)| PresetId::from(name)));
	for name in names {
		let json = <Runtime as GenesisBuilder<Block>>::get_preset(&Some(name)).unwrap();
		assert!(serde_json::from_slice::<serde_json::Value>(&json).unwrap().is_object());
	}
	assert!(<Runtime as GenesisBuilder<Block>>::get_preset(&None).is_some());
	assert!(<Runtime as GenesisBuilder<Block>>::get_preset(&Some("other".into())).is_none());
}

#[test]
fn presets_build_through_the_api() {
	for (preset, validators) in PRESETS {
		let json = serde_json::to_vec(&genesis_config(preset)).unwrap();
		sp_io::TestExternalities::new_empty().execute_with(|| {
			<Runtime as GenesisBuilder<Block>>::build_state(json).unwrap();
			assert_eq!(Session::validators().len(), validators);
		});
	}
}

#[test]
fn session_keys_reach_babe_and_grandpa() {
	for (preset, validators) in PRESETS {
		from_preset(preset).0.execute_with(|| {
			assert_eq!(Babe::authorities().len(), validators);
			assert_eq!(Grandpa::grandpa_authorities().len(), validators);
			assert_eq!(
				Babe::epoch_config().unwrap().allowed_slots,
				AllowedSlots::PrimaryAndSecondaryVRFSlots
			);
			let alice = SessionKeys {
				babe: Sr25519Keyring::Alice.public().into(),
				grandpa: Ed25519Keyring::Alice.public().into(),
			};
			assert_eq!(
				pallet_session::NextKeys::<Runtime>::get(account(Sr25519Keyring::Alice)),
				Some(alice)
			);
			// Both of the first sessions have a root, so that their offences can be proved.
			assert!((0..2).all(|session| Historical::historical_root(session).is_some()));
			assert!(Historical::historical_root(2).is_none());
		});
	}
}

#[test]
fn money_of_the_presets_is_where_it_belongs() {
	for (preset, _) in PRESETS {
		from_preset(preset).0.execute_with(|| {
			for who in Sr25519Keyring::well_known() {
				assert_eq!(Balances::free_balance(account(who)), ENDOWMENT);
			}
			assert_eq!(Balances::free_balance(TreasuryAccount::get()), TREASURY_ENDOWMENT);
			assert_eq!(Balances::total_issuance(), 12 * ENDOWMENT + TREASURY_ENDOWMENT);
			assert_eq!(pallet_sudo::Key::<Runtime>::get(), Some(account(Sr25519Keyring::Alice)));
		});
	}
}

#[test]
fn nobody_is_sudo_unless_a_preset_says_so() {
	assert!(RuntimeGenesisConfig::default().sudo.key.is_none());
}

#[test]
fn the_version_is_that_of_a_first_release() {
	assert_eq!(&*VERSION.spec_name, "tenure");
	assert_eq!(VERSION.spec_version, 1);
	assert_eq!(<Runtime as frame_system::Config>::SS58Prefix::get(), 42);
}

#[test]
fn metadata_exists_in_every_version() {
	sp_io::TestExternalities::new_empty().execute_with(|| {
		assert_eq!(Runtime::metadata_versions(), vec![14, 15, 16]);
		for version in Runtime::metadata_versions() {
			assert!(Runtime::metadata_at_version(version).is_some());
		}
	});
}

// SPDX-License-Identifier: Apache-2.0

//! What wallets show of us: of each call, storage item and constant only the first line of its docs.

use crate::Runtime;
use frame_support::__private::metadata_ir::PalletMetadataIR;
use scale_info::{MetaType, TypeDef};

const OURS: [&str; 4] = ["Attestation", "DeviceRegistry", "LeaseEscrow", "UsageToken"];

fn our_pallets() -> Vec<PalletMetadataIR> {
	let all = Runtime::metadata_ir().pallets;
	let ours: Vec<_> = all.into_iter().filter(|pallet| OURS.contains(&pallet.name)).collect();
	assert_eq!(ours.len(), OURS.len());
	ours
}

/// Names and docs of the variants of a type.
fn variants(ty: &MetaType) -> Vec<(&'static str, Vec<&'static str>)> {
	let TypeDef::Variant(definition) = ty.type_info().type_def else { unreachable!("an enum") };
	definition.variants.into_iter().map(|variant| (variant.name, variant.docs)).collect()
}

/// Names and docs of what a pallet shows with one line.
fn shown_with_one_line(pallet: &PalletMetadataIR) -> Vec<(&'static str, Vec<&'static str>)> {
	let calls = pallet.calls.iter().flat_map(|calls| variants(&calls.ty));
	let storage = pallet.storage.iter().flat_map(|storage| &storage.entries);
	let storage = storage.map(|entry| (entry.name, entry.docs.clone()));
	let constants = pallet.constants.iter().map(|constant| (constant.name, constant.docs.clone()));
	calls.chain(storage).chain(constants).collect()
}

#[test]
fn the_first_line_of_docs_is_a_sentence() {
	let mut cut = Vec::new();
	for pallet in our_pallets() {
		for (name, docs) in shown_with_one_line(&pallet) {
			if !docs.first().is_some_and(|line| line.trim().ends_with(['.', ':'])) {
				cut.push(format!("{}.{name}: {:?}", pallet.name, docs.first()));
			}
		}
	}
	assert!(cut.is_empty(), "{cut:#?}");
}

#[test]
fn all_events_and_errors_have_docs() {
	for pallet in our_pallets() {
		let events = pallet.event.iter().flat_map(|event| variants(&event.ty));
		let errors = pallet.error.iter().flat_map(|error| variants(&error.ty));
		for (name, docs) in events.chain(errors) {
			assert!(!docs.is_empty(), "{}.{name}", pallet.name);
		}
	}
}

// SPDX-License-Identifier: Apache-2.0

//! Builds the wasm of the runtime beside the native crate.

#[cfg(feature = "std")]
fn main() {
	let builder = substrate_wasm_builder::WasmBuilder::init_with_defaults();
	#[cfg(feature = "metadata-hash")]
	let builder = builder.enable_metadata_hash("TNR", 12);
	builder.build();
}

#[cfg(not(feature = "std"))]
fn main() {}

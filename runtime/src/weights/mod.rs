// SPDX-License-Identifier: Apache-2.0

//! Weights that no crate of the SDK gives out, made by `scripts/benchmark.sh`.

pub mod pallet_parameters;

// SPDX-License-Identifier: Apache-2.0

//! Tests of the registry, one file for each call or theme.

mod activation;
mod broken_state;
mod configuration;
mod fleets;
mod force_retire;
mod invariants;
mod key_changes;
mod membership;
mod missing;
mod pages;
mod reads;
mod register;
mod retire;
mod steps;
mod transfer;
mod update;

// SPDX-License-Identifier: Apache-2.0

//! Tests of the registry, one file for each call or theme.

mod activation;
mod configuration;
mod invariants;
mod reads;
mod register;
mod retire;
mod update;

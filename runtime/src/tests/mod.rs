// SPDX-License-Identifier: Apache-2.0

//! Tests of the runtime as a whole, on state built from its own genesis presets.

mod accounts;
mod call_filter;
mod docs;
mod economics;
mod environment;
mod genesis;
mod leasing;
mod offences;
mod sessions;
mod transactions;

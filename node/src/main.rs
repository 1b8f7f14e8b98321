// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! The Tenure node: BABE authorship, GRANDPA finality, ParityDB, and for development a mode in
//! which it seals its own blocks (`--sealing`).

// The errors of sc-cli and sc-service are that large.
#![allow(clippy::result_large_err)]

mod authorship;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod chain_spec;
mod cli;
mod command;
mod equivocation_book;
mod equivocation_reporting;
mod finality;
mod sealing;
mod service;

use std::process::ExitCode;

fn main() -> ExitCode {
	match command::run() {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("Error: {error}");
			ExitCode::FAILURE
		}
	}
}

// SPDX-License-Identifier: Apache-2.0

//! Migrations of storage that the next upgrade of the runtime runs.

/// Single-block migrations, in order. Every one is versioned, so that a second run does nothing,
/// and is removed once each network has upgraded past it.
pub type SingleBlockMigrations = ();

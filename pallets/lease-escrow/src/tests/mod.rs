// SPDX-License-Identifier: Apache-2.0

//! Tests by call and theme. Each runs in `ExtBuilder::build_and_execute`, which checks the invariants
//! and the total issuance afterwards.

mod access;
mod agreements;
mod arbiters;
mod availability;
mod bond;
mod book;
mod cancel;
mod claim;
mod crowd;
mod custody;
mod disputes;
mod dust;
mod end;
mod extend;
mod fleets;
mod follow;
mod force_retire;
mod groups;
#[cfg(feature = "runtime-benchmarks")]
mod helpers;
mod invariants;
mod keeper;
mod objected;
mod objections;
mod outages;
mod queries;
mod random;
mod receipts;
mod refusals;
mod rent;
mod requests;
mod revoke;
mod settle;
mod stored;
mod sublet;
mod substitute;
mod sweep;
mod tenant;
mod transfer;
mod warnings;

use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use tenure_primitives::{Balance, CloseReason, LeaseId, Moment};

// SPDX-License-Identifier: Apache-2.0

//! Leasing on the whole runtime: our pallets, money, blocks and transactions together.

mod delegation;
mod exits;
mod fleets;
mod ownership;
pub mod people;
mod random;
mod receipts;
mod requests;
mod resale;
mod story;
mod sweep;

use super::environment;
use crate::{constants::time::SLOT_DURATION, *};
use environment::FIRST_SLOT;
use sp_runtime::DispatchError;
use tenure_primitives::Moment;

/// The time of the first block: a whole minute.
pub const START: Moment = FIRST_SLOT * SLOT_DURATION / 1_000;

/// Seconds of a slot.
pub const SLOT: Moment = SLOT_DURATION / 1_000;

/// The time of this block.
pub fn now() -> Moment {
	Timestamp::get() / 1_000
}

/// Runs the test in the first block of a chain, and checks at its end what must always hold.
pub fn on_chain(test: impl FnOnce()) {
	environment::local_testnet().execute_with(|| {
		Executive::inherents_applied();
		test();
		assert_invariants();
	});
}

/// Ends the block and begins the one in the first slot at or after `time`, up to where the hooks and
/// inherents are through and transactions follow. If that is the first one of a session, which has
/// no room for anything else, goes on to the one after it.
pub fn block_at(time: Moment) {
	begin_block_at(time);
	if is_full() {
		begin_block_at(now() + SLOT);
	}
	Executive::inherents_applied();
}

/// Lets the time pass up to `time` with a block a minute: more than two without one are an outage.
pub fn blocks_until(time: Moment) {
	while now() + 60 < time {
		block_at(now() + 60);
	}
	block_at(time);
}

/// Whether the hooks have left nothing of the block.
pub fn is_full() -> bool {
	let block = <Runtime as frame_system::Config>::BlockWeights::get().max_block;
	!System::block_weight().total().all_lt(block)
}

/// Ends the block and begins the one in the first slot at or after `time`, without what comes after
/// the inherents: migrations and the sweep.
pub fn begin_block_at(time: Moment) {
	environment::next_block(time.div_ceil(SLOT), 0);
}

/// What happened since this was asked last, or since the block began.
pub fn take_events() -> Vec<RuntimeEvent> {
	let events = System::events().into_iter().map(|record| record.event).collect();
	System::reset_events();
	events
}

/// Dispatches the call like a transaction of `who` would, but takes no fee.
pub fn call(who: &AccountId, call: impl Into<RuntimeCall>) -> Result<(), DispatchError> {
	use sp_runtime::traits::Dispatchable;
	let call: RuntimeCall = call.into();
	let outcome = call.dispatch(RuntimeOrigin::signed(who.clone()));
	outcome.map(|_| ()).map_err(|failure| failure.error)
}

/// Checks the invariants of all pallets.
#[cfg(feature = "try-runtime")]
pub fn assert_invariants() {
	assert_eq!(invariants(), Ok(()));
}

/// The invariants can be checked with the feature `try-runtime` only.
#[cfg(not(feature = "try-runtime"))]
pub fn assert_invariants() {}

/// The invariants of all pallets; ours first, for they say which one does not hold.
#[cfg(feature = "try-runtime")]
pub fn invariants() -> Result<(), sp_runtime::TryRuntimeError> {
	use frame_support::traits::{Hooks, TryState, TryStateSelect};
	let block = System::block_number();
	<DeviceRegistry as Hooks<BlockNumber>>::try_state(block)?;
	<UsageToken as Hooks<BlockNumber>>::try_state(block)?;
	<LeaseEscrow as Hooks<BlockNumber>>::try_state(block)?;
	<Attestation as Hooks<BlockNumber>>::try_state(block)?;
	<Arbitration as Hooks<BlockNumber>>::try_state(block)?;
	<AllPalletsWithSystem as TryState<BlockNumber>>::try_state(block, TryStateSelect::All)
}

// SPDX-License-Identifier: Apache-2.0

//! Units of money and time, and the numbers that several configurations share.

/// Money: one TNR has twelve decimals.
pub mod currency {
	use crate::Balance;

	/// One TNR.
	pub const UNIT: Balance = 1_000_000_000_000;
	/// A thousandth of a TNR.
	pub const MILLI_UNIT: Balance = UNIT / 1_000;
	/// A millionth of a TNR.
	pub const MICRO_UNIT: Balance = UNIT / 1_000_000;

	/// The least free balance that keeps an account alive.
	pub const EXISTENTIAL_DEPOSIT: Balance = 10 * MILLI_UNIT;

	/// Deposit for one stored item, whatever its size.
	pub const DEPOSIT_PER_ITEM: Balance = 100 * MILLI_UNIT;
	/// Deposit for one stored byte.
	pub const DEPOSIT_PER_BYTE: Balance = MILLI_UNIT;

	/// Deposit, in TNR plancks, for `items` stored items that take `bytes` together.
	// Two products of a `u32` with a constant below 2^38 can't leave `u128`.
	#[allow(clippy::arithmetic_side_effects)]
	pub const fn deposit(items: u32, bytes: u32) -> Balance {
		items as Balance * DEPOSIT_PER_ITEM + bytes as Balance * DEPOSIT_PER_BYTE
	}
}

/// Time in slots, blocks and milliseconds. A block takes one slot.
pub mod time {
	use crate::BlockNumber;

	/// Length of a slot in milliseconds. It can't be changed on a live chain.
	pub const SLOT_DURATION: u64 = 3_000;

	/// Blocks in a minute, an hour and a day, when no slot stays empty.
	pub const MINUTES: BlockNumber = 60_000 / (SLOT_DURATION as BlockNumber);
	/// Blocks in an hour.
	pub const HOURS: BlockNumber = MINUTES * 60;
	/// Blocks in a day.
	pub const DAYS: BlockNumber = HOURS * 24;

	/// Length of an epoch, which is a session, in slots. It can't be changed on a live chain.
	#[cfg(not(feature = "fast-runtime"))]
	pub const EPOCH_DURATION_IN_SLOTS: u32 = 600;
	/// Length of an epoch, which is a session, in slots: short, for throw-away chains only.
	#[cfg(feature = "fast-runtime")]
	pub const EPOCH_DURATION_IN_SLOTS: u32 = 20;

	/// Share of slots that have a primary author: one in four.
	pub const PRIMARY_PROBABILITY: (u64, u64) = (1, 4);

	/// Block hashes kept in state: long mortal eras, and devices that name an older block.
	pub const BLOCK_HASH_COUNT: BlockNumber = 4_096;
}

/// Validators and what is kept to prove their offences.
pub mod consensus {
	use super::time::EPOCH_DURATION_IN_SLOTS;

	/// The most validators that BABE and GRANDPA have room for.
	pub const MAX_AUTHORITIES: u32 = 100;

	/// Sessions for which an equivocation can still be reported (a week of full epochs). The
	/// unbonding delay of validators must not be shorter.
	pub const REPORT_LONGEVITY_SESSIONS: u32 = 336;

	/// The same in slots.
	pub const REPORT_LONGEVITY_SLOTS: u64 =
		REPORT_LONGEVITY_SESSIONS as u64 * EPOCH_DURATION_IN_SLOTS as u64;
}

/// Fees of transactions.
pub mod fee {
	use super::currency::{MICRO_UNIT, UNIT};
	use crate::Balance;
	use frame_support::weights::constants::WEIGHT_REF_TIME_PER_SECOND;

	/// Price of one second of execution at the lowest multiplier: a transfer, some 0.35 ms, then
	/// costs a few thousandths of a TNR.
	pub const FEE_PER_SECOND: Balance = 10 * UNIT;

	/// Price of one picosecond of execution, in plancks.
	pub const FEE_PER_REF_TIME: Balance = FEE_PER_SECOND / WEIGHT_REF_TIME_PER_SECOND as Balance;

	/// Price of one byte of an encoded transaction, in plancks.
	pub const FEE_PER_BYTE: Balance = 2 * MICRO_UNIT;
}

// SPDX-License-Identifier: Apache-2.0

//! What must be true after every block.

use crate::{
	Config, HoldReason, NextSeriesId, Pallet, Series, SeriesRecordOf, WindowLedger, Windows,
};
use alloc::collections::BTreeMap;
use frame_support::{
	ensure,
	traits::{fungible::Inspect, fungibles::Inspect as _, tokens::fungible::hold::Inspect as _},
};
use sp_runtime::TryRuntimeError;
use tenure_primitives::{Balance, Moment, SeriesId, Subject};

impl<T: Config> Pallet<T> {
	/// 1. What is on hold in a series' account is outstanding units × unit price, and its endowment is
	///    there beside it.
	/// 2. No more units are outstanding than sold, nor sold than the cap.
	/// 3. Every series has an asset and a number below the next one, which has neither.
	/// 4. The ledgers of a subject are in order; those whose window is not over are disjoint and say
	///    what the series say. Every series that needs a ledger has one.
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		let now = Self::now();
		let next = NextSeriesId::<T>::get();
		ensure!(!T::Units::asset_exists(next), "the next series has an asset");
		let mut promised = BTreeMap::<_, (u64, u32)>::new();
		for (series, record) in Series::<T>::iter() {
			ensure!(series > 0 && series < next, "a series has no number below the next one");
			Self::check_backing(series, &record)?;
			if now < record.sale.usable_until {
				let (subject, open) = (record.subject.encode_key(), record.closed_at.is_none());
				let key = (subject, record.sale.usable_from, record.sale.usable_until);
				let (seconds, count) = promised.entry(key).or_default();
				*seconds = Self::outstanding(series)
					.checked_mul(record.sale.unit_seconds.into())
					.and_then(|more| seconds.checked_add(more))
					.ok_or("outstanding time overflows")?;
				*count = count.checked_add(open.into()).ok_or("too many series")?;
			}
		}
		for (subject, ledgers) in Windows::<T>::iter() {
			Self::check_order(&ledgers, now)?;
			for ledger in ledgers.iter().filter(|ledger| ledger.is_live(now)) {
				let key = (subject.encode_key(), ledger.from, ledger.until);
				let expected = promised.remove(&key).unwrap_or_default();
				ensure!(
					expected == (ledger.outstanding_seconds, ledger.open_series),
					"a ledger does not say what its series say"
				);
			}
		}
		ensure!(
			promised.values().all(|sums| *sums == (0, 0)),
			"units are outstanding or offered without a ledger"
		);
		Ok(())
	}

	fn check_backing(series: SeriesId, record: &SeriesRecordOf<T>) -> Result<(), TryRuntimeError> {
		let account = Self::account_of(series);
		let outstanding = Self::outstanding(series);
		ensure!(T::Units::asset_exists(series), "a series has no asset");
		ensure!(outstanding <= record.sold, "more units are outstanding than sold");
		ensure!(record.sold <= record.sale.cap, "more units are sold than the cap allows");
		let backing = Balance::from(outstanding).checked_mul(record.sale.unit_price);
		let held = T::Currency::balance_on_hold(&HoldReason::Backing.into(), &account);
		ensure!(backing == Some(held), "units and their backing differ");
		ensure!(T::Currency::balance(&account) >= record.endowment, "an endowment is gone");
		Ok(())
	}

	fn check_order(ledgers: &[WindowLedger], now: Moment) -> Result<(), TryRuntimeError> {
		ensure!(ledgers.iter().all(|ledger| ledger.from < ledger.until), "a window is empty");
		for (earlier, later) in ledgers.iter().zip(ledgers.iter().skip(1)) {
			ensure!(earlier.from <= later.from, "windows are out of order");
			ensure!(
				!earlier.is_live(now) || earlier.until <= later.from,
				"windows that are not over overlap"
			);
		}
		Ok(())
	}
}

trait EncodeKey {
	fn encode_key(&self) -> (u8, u64);
}

// Subjects have no order of their own.
impl EncodeKey for Subject {
	fn encode_key(&self) -> (u8, u64) {
		match self {
			Self::Device(device) => (0, *device),
			Self::Fleet(fleet) => (1, *fleet),
		}
	}
}

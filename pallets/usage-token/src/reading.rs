// SPDX-License-Identifier: Apache-2.0

//! Answers for runtime APIs and for the runtime's call filter. They change nothing.

#![cfg_attr(
	not(test),
	deny(clippy::as_conversions, clippy::cast_possible_truncation, clippy::expect_used)
)]

use crate::{Config, Error, Pallet, Series, SeriesRecordOf};
use frame_support::traits::fungibles::Inspect as _;
use tenure_primitives::{apis::SeriesDetails, Moment, SeriesId, SeriesInfo, Units};

impl<T: Config> Pallet<T> {
	/// The series with what is left to sell, or nothing if there is none.
	pub fn details(series: SeriesId) -> Option<SeriesDetails<T::AccountId>> {
		let record = Series::<T>::get(series)?;
		let now = Self::now();
		Some(SeriesDetails {
			closed: record.closed_at.is_some(),
			outstanding: Self::outstanding(series),
			sold: record.sold,
			available: Self::available(&record, now),
			redeem_value: Self::redeem_share(&record, now).mul_floor(record.sale.unit_price),
			account: Self::account_of(series),
			subject: record.subject,
			owner: record.owner,
			sale: record.sale,
			terms: record.terms,
		})
	}

	/// Whether holders may pass on units of the series: for the call filter of the runtime.
	pub fn may_transfer(series: SeriesId) -> bool {
		Series::<T>::get(series).is_some_and(|record| record.sale.transferable)
	}

	/// Units of the series in people's hands.
	pub fn outstanding(series: SeriesId) -> Units {
		// Never more than the cap, which is of this type.
		Units::try_from(T::Units::total_issuance(series)).unwrap_or(Units::MAX)
	}

	/// Units that could be bought at `now`.
	fn available(record: &SeriesRecordOf<T>, now: Moment) -> Units {
		if Self::ensure_on_sale(record, now).is_err() {
			return 0;
		}
		Self::free_seconds(record, now)
			.checked_div(record.sale.unit_seconds.into())
			.map_or(0, |units| units.min(Self::unsold(record)))
	}

	pub(crate) fn info(series: SeriesId) -> Result<SeriesInfo<T::AccountId>, Error<T>> {
		let record = Self::record_of(series)?;
		Ok(SeriesInfo {
			id: series,
			subject: record.subject,
			owner: record.owner,
			sale: record.sale,
			terms: record.terms,
			closed: record.closed_at.is_some(),
		})
	}
}

// SPDX-License-Identifier: Apache-2.0

//! Answers for runtime APIs and for the runtime's call filter. They change nothing.

#![cfg_attr(
	not(test),
	deny(clippy::as_conversions, clippy::cast_possible_truncation, clippy::expect_used)
)]

use crate::{
	windows::Ledgers, Config, Error, NextSeriesId, Pallet, Series, SeriesByOwner, SeriesBySubject,
	SeriesRecordOf, WindowLedger,
};
use alloc::vec::Vec;
use frame_support::traits::fungibles::Inspect as _;
use tenure_primitives::{
	apis::{Holding, Page, SeriesDetails, WindowCapacity},
	Moment, SeriesId, SeriesInfo, Subject, Units,
};

/// Most entries of a page.
const MAX_PAGE: u32 = 100;

/// Series numbers that one page of holdings looks at.
const NUMBERS_PER_PAGE: u32 = 1_000;

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
			redeem_value: Self::worth(&record, now).share.mul_floor(record.sale.unit_price),
			expires: Self::expires(&record),
			account: Self::account_of(series),
			subject: record.subject,
			owner: record.owner,
			sale: record.sale,
			terms: record.terms,
		})
	}

	/// Numbers of the subject's series after `after`, at most `limit` and at most 100, in no order that
	/// says anything.
	pub fn series_of_subject(
		subject: &Subject,
		after: Option<SeriesId>,
		limit: u32,
	) -> Page<SeriesId, SeriesId> {
		let keys = match after {
			Some(after) => SeriesBySubject::<T>::iter_key_prefix_from(
				subject,
				SeriesBySubject::<T>::hashed_key_for(subject, after),
			),
			None => SeriesBySubject::<T>::iter_key_prefix(subject),
		};
		page(keys, after, limit)
	}

	/// Numbers of the series that `owner` made after `after`, at most `limit` and at most 100, in no
	/// order that says anything.
	pub fn series_of_owner(
		owner: &T::AccountId,
		after: Option<SeriesId>,
		limit: u32,
	) -> Page<SeriesId, SeriesId> {
		let keys = match after {
			Some(after) => SeriesByOwner::<T>::iter_key_prefix_from(
				owner,
				SeriesByOwner::<T>::hashed_key_for(owner, after),
			),
			None => SeriesByOwner::<T>::iter_key_prefix(owner),
		};
		page(keys, after, limit)
	}

	/// What the account has of the series from number `from` on. Looks at 1,000 numbers and returns at
	/// most `limit` and at most 100 holdings; the cursor is the number to go on with.
	pub fn holdings(account: &T::AccountId, from: SeriesId, limit: u32) -> Page<Holding, SeriesId> {
		let (now, next) = (Self::now(), NextSeriesId::<T>::get());
		let first = from.max(1);
		let end = first.saturating_add(NUMBERS_PER_PAGE).min(next);
		let limit = usize::try_from(limit.min(MAX_PAGE)).unwrap_or(0);
		let mut items = Vec::new();
		for series in first..end {
			if items.len() >= limit {
				return Page { items, next: Some(series) };
			}
			items.extend(Self::holding(account, series, now));
		}
		Page { items, next: (end < next).then_some(end) }
	}

	/// What is left of the usable windows of a device or a fleet that are not over. Booked time of a fleet
	/// includes the leases of devices that left it. Of a fleet of which more than 4 starts and ends of
	/// leases have passed unnoted, less is left.
	pub fn capacity(subject: &Subject) -> Vec<WindowCapacity> {
		let now = Self::now();
		let ledgers = Self::ledgers_at(subject, now);
		let devices = Self::devices_of(subject).unwrap_or(0);
		let live = ledgers.windows.iter().filter(|ledger| ledger.is_live(now));
		live.map(|ledger| Self::capacity_of(&ledgers, ledger, devices, now)).collect()
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

	pub(crate) fn info(series: SeriesId) -> Result<SeriesInfo<T::AccountId>, Error<T>> {
		let record = Self::record_of(series)?;
		Ok(SeriesInfo {
			id: series,
			expires: Self::expires(&record),
			closed: record.closed_at.is_some(),
			subject: record.subject,
			owner: record.owner,
			sale: record.sale,
			terms: record.terms,
		})
	}

	/// Units that could be bought at `now`.
	fn available(record: &SeriesRecordOf<T>, now: Moment) -> Units {
		let Ok(devices) = Self::ensure_on_sale(record, now) else { return 0 };
		let ledgers = Self::ledgers_at(&record.subject, now);
		Self::free_seconds(&ledgers, &record.sale, devices, now)
			.checked_div(record.sale.unit_seconds.into())
			.map_or(0, |units| units.min(Self::unsold(record)))
	}

	fn holding(account: &T::AccountId, series: SeriesId, now: Moment) -> Option<Holding> {
		let units = Units::try_from(T::Units::balance(series, account)).ok()?;
		if units == 0 {
			return None;
		}
		let record = Series::<T>::get(series)?;
		let expires = Self::expires(&record);
		// A closed series that has expired asks nobody: it is at par and can't be staked.
		let is_asked = record.closed_at.is_none() || now < expires;
		let is_served = is_asked && Self::is_served(&record, now).0;
		let share = Self::share_at(&record, is_served, now);
		Some(Holding {
			series,
			units,
			unit_seconds: record.sale.unit_seconds,
			subject: record.subject,
			value: share.mul_floor(Self::par_value(&record, units).ok()?),
			redeem_share: share,
			can_be_staked: now < expires && is_served,
			can_be_transferred: record.sale.transferable,
			can_be_redeemed_by_anyone: expires <= now,
			expires,
		})
	}

	fn capacity_of(
		ledgers: &Ledgers<T>,
		ledger: &WindowLedger,
		devices: u32,
		now: Moment,
	) -> WindowCapacity {
		WindowCapacity {
			from: ledger.from,
			until: ledger.until,
			open_series: ledger.open_series,
			remaining_seconds: ledger.remaining_seconds(devices, now),
			outstanding_seconds: ledger.outstanding_seconds,
			booked_seconds: Self::booked_of(&ledgers.subject, ledger, now),
			free_seconds: Self::free_of(&ledgers.subject, ledger, devices, now),
		}
	}
}

fn page(
	mut keys: impl Iterator<Item = SeriesId>,
	after: Option<SeriesId>,
	limit: u32,
) -> Page<SeriesId, SeriesId> {
	let limit = usize::try_from(limit.min(MAX_PAGE)).unwrap_or(0);
	let items: Vec<SeriesId> = keys.by_ref().take(limit).collect();
	let next = keys.next().and_then(|_| items.last().copied().or(after));
	Page { items, next }
}

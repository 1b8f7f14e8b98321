// SPDX-License-Identifier: Apache-2.0

//! What a description may contain.

use crate::{Config, Error, Pallet};
use frame_support::{ensure, traits::Get};
use h3o::CellIndex;
use tenure_primitives::{Capabilities, Location};

impl<T: Config> Pallet<T> {
	/// Refuses what is no H3 cell, a cell that is too small, and what can't be a country code.
	/// Whether the code is in use, and whether the cell lies in that country, is not checked.
	pub(crate) fn ensure_valid_location(location: &Location) -> Result<(), Error<T>> {
		let cell = CellIndex::try_from(location.cell).map_err(|_| Error::<T>::InvalidCell)?;
		ensure!(
			u8::from(cell.resolution()) <= T::MaxLocationResolution::get(),
			Error::<T>::LocationTooPrecise
		);
		ensure!(location.country.iter().all(u8::is_ascii_uppercase), Error::<T>::InvalidCountry);
		Ok(())
	}

	/// Refuses a measure that is given twice. At most 16 × 16 comparisons.
	pub(crate) fn ensure_valid_capabilities(capabilities: &Capabilities) -> Result<(), Error<T>> {
		let mut rest = capabilities.iter();
		while let Some(first) = rest.next() {
			ensure!(
				rest.clone().all(|other| other.capability != first.capability),
				Error::<T>::DuplicateCapability
			);
		}
		Ok(())
	}

	/// Refuses a heartbeat gap, in seconds, outside the registry's bounds.
	pub(crate) fn ensure_valid_gap(gap: u32) -> Result<(), Error<T>> {
		ensure!(
			(T::MinHeartbeatGap::get()..=T::MaxHeartbeatGap::get()).contains(&gap),
			Error::<T>::GapOutOfRange
		);
		Ok(())
	}
}

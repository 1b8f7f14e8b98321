// SPDX-License-Identifier: Apache-2.0

//! How devices join and leave fleets.

use crate::{Config, DeviceRecordOf, Devices, Error, Event, FleetMembers, Fleets, Pallet};
use frame_support::{defensive, dispatch::DispatchResult, ensure, traits::Get};
use tenure_primitives::{traits::FleetSales, DeviceId, FleetId};

impl<T: Config> Pallet<T> {
	/// Puts a device of `who` into a fleet of `who`.
	pub(crate) fn do_add_to_fleet(
		who: T::AccountId,
		fleet: FleetId,
		device: DeviceId,
	) -> DispatchResult {
		Self::fleet_record_of(&who, fleet)?;
		let mut record = Self::record_of(&who, device)?;
		Self::ensure_apart(&record)?;
		ensure!(record.offered_to.is_none(), Error::<T>::DeviceOffered);
		// What the fleet sells is counted by its members: each must be able to prove service.
		ensure!(record.active_key().is_some(), Error::<T>::KeyNotActive);
		Self::join_fleet(fleet, device, &mut record)
	}

	/// Begins a membership, if there is room for it and nothing of the device itself is sold. The caller
	/// has checked that its key is active; it stays so while the device is in a fleet or missing.
	pub(crate) fn join_fleet(
		fleet: FleetId,
		device: DeviceId,
		record: &mut DeviceRecordOf<T>,
	) -> DispatchResult {
		let mut fleet_record = Self::fleet_record(fleet)?;
		ensure!(fleet_record.members < T::MaxFleetMembers::get(), Error::<T>::FleetFull);

		fleet_record.members = fleet_record.members.saturating_add(1);
		Fleets::<T>::insert(fleet, fleet_record);
		FleetMembers::<T>::insert(fleet, device, ());
		record.fleet = Some(fleet);
		Devices::<T>::insert(device, &*record);
		T::Fleets::joined(fleet, device)?;
		Self::deposit_event(Event::DeviceJoinedFleet { fleet, device });
		Ok(())
	}

	/// Takes a device out of a fleet of `who`, if the rest can serve what the fleet has sold.
	pub(crate) fn do_remove_from_fleet(
		who: T::AccountId,
		fleet: FleetId,
		device: DeviceId,
	) -> DispatchResult {
		Self::fleet_record_of(&who, fleet)?;
		let mut record = Self::record(device)?;
		ensure!(record.fleet == Some(fleet), Error::<T>::NotInFleet);
		Self::strike_member(fleet, device, &mut record);
		T::Fleets::left(fleet, device)?;
		Self::deposit_event(Event::DeviceLeftFleet { fleet, device });
		Ok(())
	}

	/// Takes the device out of its fleet, if it is in one, whatever the fleet has sold.
	pub(crate) fn take_out_of_fleet(device: DeviceId, record: &mut DeviceRecordOf<T>) {
		if let Some(fleet) = record.fleet {
			Self::strike_member(fleet, device, record);
			T::Fleets::taken_out(fleet, device);
			Self::deposit_event(Event::DeviceLeftFleet { fleet, device });
		}
	}

	/// Ends a membership in the storage and in `record`.
	fn strike_member(fleet: FleetId, device: DeviceId, record: &mut DeviceRecordOf<T>) {
		FleetMembers::<T>::remove(fleet, device);
		Fleets::<T>::mutate(fleet, |fleet_record| match fleet_record {
			Some(fleet_record) => {
				fleet_record.members = fleet_record.members.saturating_sub(1);
			}
			None => {
				defensive!("a device is in a fleet that is there");
			}
		});
		record.fleet = None;
		Devices::<T>::insert(device, &*record);
	}
}

// SPDX-License-Identifier: Apache-2.0

//! How fleets come and go.

use crate::{
	Config, Devices, Error, Event, FleetMembers, FleetRecord, FleetRecordOf, Fleets, FleetsByOwner,
	NextFleetId, Pallet,
};
use frame_support::{defensive, traits::Consideration};
use sp_runtime::DispatchError;
use tenure_primitives::{traits::FleetSales, FleetId};

impl<T: Config> Pallet<T> {
	/// Makes an empty fleet of `owner`, who pays for it. Returns its number.
	pub(crate) fn do_create_fleet(owner: T::AccountId) -> Result<FleetId, DispatchError> {
		let fleet = NextFleetId::<T>::get();
		let next = fleet.checked_add(1).ok_or(Error::<T>::NumbersExhausted)?;
		let ticket = T::FleetConsideration::new(&owner, FleetRecordOf::<T>::footprint())?;
		NextFleetId::<T>::put(next);
		Fleets::<T>::insert(fleet, FleetRecord { owner: owner.clone(), members: 0, ticket });
		FleetsByOwner::<T>::insert(&owner, fleet, ());
		Self::deposit_event(Event::FleetCreated { fleet, owner });
		Ok(fleet)
	}

	/// Lets all members of the fleet go and removes it. Returns how many members there were.
	pub(crate) fn do_disband_fleet(
		owner: T::AccountId,
		fleet: FleetId,
	) -> Result<u32, DispatchError> {
		let record = Self::fleet_record_of(&owner, fleet)?;
		T::Fleets::can_disband(fleet)?;
		record.ticket.drop(&owner)?;
		Fleets::<T>::remove(fleet);
		FleetsByOwner::<T>::remove(&owner, fleet);
		for device in Self::members(fleet) {
			FleetMembers::<T>::remove(fleet, device);
			Devices::<T>::mutate(device, |member| match member {
				Some(member) => member.fleet = None,
				None => {
					defensive!("a member of a fleet has a record");
				}
			});
			Self::deposit_event(Event::DeviceLeftFleet { fleet, device });
		}
		Self::deposit_event(Event::FleetDisbanded { fleet, owner });
		Ok(record.members)
	}
}

// SPDX-License-Identifier: Apache-2.0

//! Whoever closes a lease that the sweep left lying, and gets a part of the protocol's share for it.

use super::{
	books::Books,
	contracts::Contract,
	evidence::final_from,
	park::Park,
	world::{pass_in_blocks, people, pick},
	*,
};
use pallet_lease_escrow::{Call as Lease, Leases};
use sp_runtime::Perbill;
use tenure_primitives::LeaseId;

/// How late the sweep is with a lease before closing it is rewarded.
const PATIENCE: Moment = 600;

/// The keeper's part of the protocol's share.
const REWARD: Perbill = Perbill::from_percent(20);

/// Most leases of a claim.
const AT_ONCE: usize = 32;

impl Contract {
	/// From when no heartbeat can prove any of its time.
	pub fn proven_from(&self, park: &Park) -> Moment {
		final_from(&park.machine(self.device).lives, self.until, self.gap)
	}
}

impl World<'_> {
	/// Blocks are so full that the sweep has no room until a lease is long over, and somebody settles what
	/// is over.
	pub fn crowd(&mut self, lease: usize, seconds: Moment, who: usize) {
		self.enter();
		let is_served = |contract: &Contract| {
			let (to_payee, to_protocol) = contract.split(contract.earned(&self.park));
			contract.paid.0 < to_payee && contract.paid.1 < to_protocol
		};
		let over = self
			.pick_contract(lease, is_served)
			.map_or(now(), |(_, contract)| contract.closes_from(&self.park));
		let time = over.max(now()) + seconds;
		pass_in_blocks(time);
		begin_block_at(time);
		let over = self.books.contracts.iter().filter(|(_, contract)| contract.until <= now());
		let over: Vec<LeaseId> = over.map(|(lease, _)| *lease).take(AT_ONCE).collect();
		let who = pick(&people(), who).unwrap();
		self.settle_for(&who, &over);
	}

	/// Somebody settles these leases.
	pub fn settle_for(&mut self, who: &AccountId, leases: &[LeaseId]) {
		self.books.keeper = Some(who.clone());
		let look = |lease: &LeaseId| {
			let deadline = Leases::<Runtime>::get(lease)?.deadline;
			Some((*lease, Moment::from(deadline) * 60))
		};
		self.books.looks = leases.iter().filter_map(look).collect();
		match leases {
			[lease] => self.judge("settle", who, Lease::settle { lease: *lease }, true),
			_ => {
				let leases = leases.to_vec().try_into().unwrap();
				self.judge("claim", who, Lease::claim { leases }, true)
			}
		};
		self.settled(leases);
		self.books.keeper = None;
	}
}

impl Books {
	/// What the keeper of a lease that closes now is to get, of this protocol's share.
	pub fn reward(
		&self,
		lease: LeaseId,
		contract: &Contract,
		park: &Park,
		protocol: Balance,
	) -> Balance {
		let Some(look) = self.looks.get(&lease).filter(|_| self.keeper.is_some()) else { return 0 };
		let due = contract.closes_from(park).max(*look);
		if now() < self.standstills.moved(due + PATIENCE, due) {
			return 0;
		}
		REWARD.mul_floor(protocol).min(protocol - contract.paid.1)
	}

	/// The keeper got what it was to get.
	pub fn enter_reward(&mut self, keeper: &AccountId, amount: Balance) {
		self.give(keeper, amount);
		if let Some(most) = self.most.get_mut(keeper) {
			*most += amount;
		}
	}
}

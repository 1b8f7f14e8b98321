// SPDX-License-Identifier: Apache-2.0

//! Whoever closes a lease that the sweep left lying, and gets a part of the protocol's share for it.

use super::{
	books::Books,
	contracts::Contract,
	evidence::final_from,
	outages::Standstills,
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
	/// From when nothing can prove more of its time.
	pub fn proven_from(&self, park: &Park, standstills: &Standstills) -> Moment {
		let Some(gap) = self.evidence.heartbeat_gap() else {
			return self.final_from(standstills);
		};
		final_from(&park.machine(self.device).lives, self.until, gap)
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
			.map_or(now(), |(id, contract)| self.books.closes_from(id, &contract, &self.park));
		let time = over.max(now()) + seconds;
		self.block_without_sweep_at(time);
		let over = self.books.contracts.iter().filter(|(_, contract)| contract.until <= now());
		let over: Vec<LeaseId> = over.map(|(lease, _)| *lease).take(AT_ONCE).collect();
		let who = pick(&people(), who).unwrap();
		self.settle_for(&who, &over);
	}

	/// A later block, with others before it, all too full for the sweep.
	pub fn block_without_sweep_at(&mut self, time: Moment) {
		self.leave_block();
		pass_in_blocks(time);
		begin_block_at(time);
		if is_full() {
			begin_block_at(now() + SLOT);
		}
		self.is_unswept = true;
	}

	/// Remembers when the sweep was to look at these leases.
	pub fn note_looks(&mut self, leases: &[LeaseId]) {
		let look = |lease: &LeaseId| {
			let deadline = Leases::<Runtime>::get(lease)?.deadline;
			Some((*lease, Moment::from(deadline) * 60))
		};
		self.books.looks = leases.iter().filter_map(look).collect();
	}

	/// Somebody settles these leases.
	pub fn settle_for(&mut self, who: &AccountId, leases: &[LeaseId]) {
		self.books.keeper = Some(who.clone());
		self.note_looks(leases);
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
		id: LeaseId,
		contract: &Contract,
		park: &Park,
		protocol: Balance,
	) -> Balance {
		let Some(look) = self.looks.get(&id).filter(|_| self.keeper.is_some()) else { return 0 };
		let due = self.closes_from(id, contract, park).max(*look);
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

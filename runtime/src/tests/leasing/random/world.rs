// SPDX-License-Identifier: Apache-2.0

//! Takes the steps on the chain.

use super::{
	books::Books,
	park::{Machine, Park},
	steps::{Cause, TimeStep},
	*,
};
use frame_support::traits::GetCallMetadata;
use pallet_device_registry::Call as Registry;
use pallet_lease_escrow::{BlockTime, Bonds, Call as Lease, LastBlockTime, Leases, Unbondings};
use pallet_usage_token::{Call as Token, Series};
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Eve, Ferdie};
use sp_runtime::traits::Dispatchable;
use tenure_primitives::{
	traits::Offers as _, DeviceId, LeaseTerms, SaleConditions, SeriesId, Subject, Units,
};

/// Those who own devices. They rent from each other, too.
pub const OWNERS: [Sr25519Keyring; 2] = [Bob, Charlie];
/// Those who only rent.
pub const TENANTS: [Sr25519Keyring; 3] = [Dave, Eve, Ferdie];

/// Those who decide disputes: one that does nothing else, an owner and a tenant.
pub const ARBITERS: [Sr25519Keyring; 3] = [Alice, Charlie, Ferdie];

/// Everybody who acts.
pub fn people() -> Vec<AccountId> {
	OWNERS.into_iter().chain(TENANTS).map(account).collect()
}

/// The chain with what we know of it.
pub struct World<'a> {
	pub park: Park,
	pub books: Books,
	pub outcomes: &'a mut Outcomes,
	/// Whether this block had no room for the sweep yet.
	pub is_unswept: bool,
}

/// The one at this place, counted round and round.
pub fn pick<T: Clone>(all: &[T], index: usize) -> Option<T> {
	all.get(index.checked_rem(all.len())?).cloned()
}

/// Those that pass, or all if none does.
pub fn preferring<T: Clone>(all: Vec<T>, passes: impl Fn(&T) -> bool) -> Vec<T> {
	let passing: Vec<T> = all.iter().filter(|item| passes(item)).cloned().collect();
	if passing.is_empty() {
		all
	} else {
		passing
	}
}

impl<'a> World<'a> {
	/// Dispatches a call and counts what came of it.
	pub fn call(
		&mut self,
		name: &'static str,
		who: &AccountId,
		inner: impl Into<RuntimeCall>,
	) -> Result<(), DispatchError> {
		let inner: RuntimeCall = inner.into();
		let made = inner.get_call_metadata();
		let outcome = call(who, inner);
		self.outcomes.note_made(name, made, outcome);
		outcome
	}

	/// The same for governance.
	pub fn call_as_root(
		&mut self,
		name: &'static str,
		inner: impl Into<RuntimeCall>,
	) -> Result<(), DispatchError> {
		let inner: RuntimeCall = inner.into();
		let made = inner.get_call_metadata();
		let outcome = inner.dispatch(RuntimeOrigin::root());
		let outcome = outcome.map(|_| ()).map_err(|failure| failure.error);
		self.outcomes.note_made(name, made, outcome);
		outcome
	}

	/// Dispatches a call of which we know whether it may succeed. Tells whether it did.
	pub fn judge(
		&mut self,
		name: &'static str,
		who: &AccountId,
		inner: impl Into<RuntimeCall>,
		may: bool,
	) -> bool {
		let outcome = self.call(name, who, inner);
		assert_eq!(outcome.is_ok(), may, "{name}: {outcome:?}");
		may
	}

	/// A later block, with others before it. The one before forgets its events.
	pub fn block_at(&mut self, time: Moment) {
		self.leave_block();
		pass_in_blocks(time);
		block_at(time);
		self.enter();
		self.books.assert_swept();
	}

	/// Enters what happened in the block, the sweep included.
	pub fn leave_block(&mut self) {
		self.enter();
		self.sweep_now();
	}

	/// The sweep comes at the latest before the first transaction that is put into the block like any, and
	/// at its end.
	pub fn sweep_now(&mut self) {
		if core::mem::take(&mut self.is_unswept) {
			Executive::inherents_applied();
			self.check(Cause::Time, "when the sweep came");
		}
	}

	/// A later block, and none before it.
	fn stand_still_until(&mut self, time: Moment) {
		self.leave_block();
		self.books.standstills.note(now(), time.next_multiple_of(SLOT));
		block_at(time);
	}

	/// Enters what happened into the books.
	pub fn enter(&mut self) {
		let gone = |machine: &&Machine| machine.is_missing || machine.is_retired;
		let missing = self.park.machines.iter().filter(gone);
		self.books.missing = missing.map(|machine| machine.device.id).collect();
		self.books.enter(take_events(), &self.park, self.outcomes);
		for device in &self.books.lost {
			let machine = self.park.machine_mut(*device);
			if !machine.is_lost && !machine.is_retired {
				machine.note_lost();
			}
		}
	}

	/// Enters what happened into the books, and compares them with the chain.
	pub fn check(&mut self, cause: Cause, when: &str) {
		self.enter();
		self.park.compare(when);
		self.books.compare(&self.park, cause, when, self.outcomes);
		#[cfg(feature = "try-runtime")]
		assert_all_hold(when);
	}

	pub fn take(&mut self, step: &Step) {
		match step.clone() {
			Step::Owner(step) => self.take_owners_step(step),
			Step::Tenant(step) => self.take_tenants_step(step),
			Step::Change(step) => self.take_change_step(step),
			Step::Quarrel(step) => self.take_quarrel_step(step),
			Step::Hand(step) => self.take_hand_step(step),
			Step::Time(TimeStep::Serve { beats, slots, silent }) => {
				for index in 0..beats {
					// Signatures take long without optimisation: some are made, the rest are as good as checked.
					self.serve(slots, silent, index == 3);
				}
			}
			Step::Time(TimeStep::Nap { slots }) => self.block_at(now() + slots * SLOT),
			Step::Time(TimeStep::StandStill { slots }) => {
				self.stand_still_until(now() + slots * SLOT);
				self.serve(10, 0, false);
			}
			Step::Time(TimeStep::Crowd { lease, seconds, who }) => self.crowd(lease, seconds, who),
			Step::Time(TimeStep::Expire) => {
				let series = self.books.series.iter();
				let waiting = series.filter(|(id, facts)| {
					facts.closed_at.is_some() && now() < facts.expires() && facts.is_promised(**id)
				});
				let expiries: Vec<Moment> = waiting.map(|(_, facts)| facts.expires()).collect();
				if let Some(expiry) = expiries.iter().min() {
					self.block_at(*expiry);
				}
			}
		}
	}

	/// A block so many slots later, with heartbeats of all devices that may report and are not silent.
	/// A third of them is signed if this is asked for.
	pub fn serve(&mut self, slots: u64, silent: u8, is_signed: bool) {
		self.block_at(now() + slots * SLOT);
		for index in 0..self.park.machines.len() {
			let machine = &self.park.machines[index];
			let device = machine.device.id;
			if !machine.is_active || silent & (1 << (index % 8)) != 0 {
				continue;
			}
			let is_offered = UsageToken::is_offered(device);
			assert!(is_offered || !self.must_be_heard(machine), "{device} can't prove its service");
			if is_signed && index as u64 % 3 == slots % 3 {
				let refusal = pallet_attestation::Refusal::NotOffered;
				let expected = if is_offered { Ok(Ok(())) } else { Err(refusal.into()) };
				assert_eq!(machine.device.beat(), expected);
				if is_offered {
					self.outcomes.made.insert(("Attestation", "heartbeat"));
				}
			} else if is_offered {
				checked_report(device, false);
			}
			if is_offered {
				self.park.machines[index].note_beat();
				self.outcomes.heartbeats += 1;
			}
		}
	}

	/// Whether anybody depends on the reports of the device.
	fn must_be_heard(&self, machine: &Machine) -> bool {
		let device = machine.device.id;
		let of_fleet = machine.fleet.map(Subject::Fleet);
		let is_judged = |lease: pallet_lease_escrow::LeaseOf<Runtime>| {
			let gap = lease.evidence.heartbeat_gap().map(Moment::from);
			let is_awaited = |gap| now() <= lease.until + gap;
			let is_signed = now() < lease.until && !lease.is_physical();
			lease.device == device && gap.map_or(is_signed, is_awaited)
		};
		Leases::<Runtime>::iter_values().any(is_judged)
			|| self.books.is_promised(&Subject::Device(device))
			|| of_fleet.is_some_and(|fleet| self.books.is_promised(&fleet))
	}

	/// One of the present devices, of those that pass if there are any.
	pub fn pick_device(&self, index: usize, passes: impl Fn(&Machine) -> bool) -> Option<DeviceId> {
		let present = self.park.present();
		pick(&preferring(present, |device| passes(self.park.machine(*device))), index)
	}

	/// Lets all windows pass, and gets everything out that can be got out.
	pub fn wind_down(&mut self) {
		let is_even = self.park.machines.len().is_multiple_of(2);
		if is_even {
			self.force_out_the_busiest();
		} else {
			self.hand_over();
			self.check(Cause::Owner, "when a device changed hands");
		}
		self.crowd(1, 700, self.park.machines.len());
		self.check(Cause::Time, "when somebody settled what was left lying");
		let last = Series::<Runtime>::iter_values().map(|record| record.sale.usable_until).max();
		// Nobody reports any more, so that the evidence of all is final; the sweep does the rest.
		self.block_at(last.unwrap_or_default().max(now()) + 86_400);
		self.check(Cause::Time, "when all windows are over");
		for _ in 0..3 {
			self.block_at(now() + 60);
			self.check(Cause::Time, "while the sweep goes on");
		}
		self.books.assert_all_closed();
		self.outlast_disputes();
		self.redeem_everything();
		if is_even {
			self.reap_everything();
			self.leave();
		} else {
			self.leave();
			self.reap_everything();
		}
		for fleet in self.park.fleets.clone() {
			let catch_up = Token::catch_up { fleet: fleet.id };
			self.judge("catch_up", &account(Ferdie), catch_up, true);
		}
		self.check(Cause::Owner, "when everybody has left");
		self.books.assert_nothing_held();
	}

	/// Some disputes are settled by somebody, the sweep ends the others.
	fn outlast_disputes(&mut self) {
		let over = self.books.disputes.values().map(|quarrel| self.books.over_from(quarrel));
		let Some(last) = over.max() else { return };
		self.block_without_sweep_at(last.max(now()));
		self.settle_disputes(self.books.disputes.len());
		self.check(Cause::Time, "when some disputes are settled");
		self.block_at(now() + 60);
		self.check(Cause::Time, "when all disputes are over");
		assert!(self.books.disputes.is_empty());
	}

	/// Governance retires the device with the most leases.
	fn force_out_the_busiest(&mut self) {
		let present = self.park.present().into_iter();
		let leases = |device: &DeviceId| {
			Leases::<Runtime>::iter_values().filter(|lease| lease.device == *device).count()
		};
		if let Some(device) = present.max_by_key(leases) {
			self.force_retire(device);
			self.check(Cause::Owner, "when governance took a device");
		}
	}

	/// Half of the holdings by their holders, half by anyone.
	fn redeem_everything(&mut self) {
		for (index, (who, series, units)) in holdings().into_iter().enumerate() {
			if index.is_multiple_of(2) {
				self.judge("redeem", &who, Token::redeem { series, units }, true);
			} else {
				let anyone = pick(&people(), index).unwrap();
				let redeem = Token::redeem_for { series, holder: who.clone() };
				self.judge("redeem_for", &anyone, redeem, true);
			}
			self.enter();
			assert_eq!(units_of(series, &who), 0);
		}
		self.check(Cause::Tenant, "when everything is redeemed");
	}

	fn reap_everything(&mut self) {
		for series in 1..next_series() {
			let reap = Token::reap_series { series };
			while !self.books.series[&series].is_reaped {
				self.judge("reap_series", &account(Ferdie), reap.clone(), true);
				self.enter();
			}
			let gone = pallet_usage_token::Error::<Runtime>::SeriesReaped;
			assert_eq!(call(&account(Ferdie), reap), Err(gone.into()));
		}
	}

	/// Takes back what an owner unbonded long enough ago.
	pub fn withdraw_unbonded(&mut self, owner: &AccountId) {
		let may = Unbondings::<Runtime>::get(owner).iter().any(|part| part.due <= now());
		self.judge("withdraw_unbonded", owner, Lease::withdraw_unbonded {}, may);
	}

	/// Bonds, fleets and devices.
	fn leave(&mut self) {
		for owner in OWNERS.map(account) {
			self.withdraw_unbonded(&owner);
			let amount = Bonds::<Runtime>::get(&owner).free();
			if Unbondings::<Runtime>::get(&owner).is_full() {
				self.block_at(now() + 8 * 86_400);
				self.withdraw_unbonded(&owner);
			}
			if amount > 0 {
				self.judge("unbond", &owner, Lease::unbond { amount }, true);
			}
		}
		self.remove_from_fleet(0);
		for fleet in self.park.present_fleets() {
			self.disband(&fleet);
		}
		// Now nobody has a claim on any device.
		self.release_key(0);
		self.rotate_key(0, false);
		self.activate(0);
		for device in self.park.present() {
			let Machine { owner, is_missing, .. } = self.park.machine(device).clone();
			self.books.lost.remove(&device);
			if is_missing {
				self.judge("retire", &owner, Registry::retire { device }, false);
				self.judge("report_found", &owner, Registry::report_found { device }, true);
			}
			self.judge("retire", &owner, Registry::retire { device }, true);
			let machine = self.park.machine_mut(device);
			(machine.is_missing, machine.is_lost) = (false, false);
			machine.note_retired();
		}
		self.enter();
		self.block_at(now() + 8 * 86_400);
		OWNERS.map(account).iter().for_each(|owner| self.withdraw_unbonded(owner));
	}
}

/// Each invariant once; those of our own pallets once more if one does not hold, for its name.
#[cfg(feature = "try-runtime")]
fn assert_all_hold(when: &str) {
	use frame_support::traits::{TryState, TryStateSelect};
	let block = System::block_number();
	let all = <AllPalletsWithSystem as TryState<BlockNumber>>::try_state;
	if let Err(error) = all(block, TryStateSelect::All) {
		assert_eq!(invariants(), Ok(()), "{when}");
		panic!("{error:?} {when}");
	}
}

/// Up to then blocks were made in which nothing happened.
pub fn pass_in_blocks(time: Moment) {
	let open = now().max(time.saturating_sub(SLOT));
	LastBlockTime::<Runtime>::put(BlockTime { open, stood_still: false });
}

/// Makes a series for the subject.
pub fn series_for(
	subject: Subject,
	sale: SaleConditions,
	terms: LeaseTerms<AccountId>,
) -> Token<Runtime> {
	Token::create_series { subject, sale, terms: Box::new(terms) }
}

/// Series that are on sale.
pub fn open_series() -> Vec<SeriesId> {
	let mut open: Vec<SeriesId> = Series::<Runtime>::iter()
		.filter(|(_, record)| record.closed_at.is_none() && now() < record.sale.usable_until)
		.map(|(series, _)| series)
		.collect();
	open.sort_unstable();
	open
}

/// Who has how many units of which series.
pub fn holdings() -> Vec<(AccountId, SeriesId, Units)> {
	let people = people();
	(1..next_series())
		.flat_map(|series| people.iter().map(move |who| (who.clone(), series)))
		.map(|(who, series)| (who.clone(), series, units_of(series, &who)))
		.filter(|(_, _, units)| *units > 0)
		.collect()
}

// SPDX-License-Identifier: Apache-2.0

//! What tenants and holders do, and anyone.

use super::{
	contracts::Contract,
	park::{Park, DAY},
	quarrels::with_arbiter,
	receipts::Key,
	steps::TenantsStep,
	world::{holdings, open_series, people, pick, preferring},
	*,
};
use pallet_lease_escrow::{Call as Lease, Leases};
use pallet_usage_token::Call as Token;
use sp_runtime::Perbill;
use tenure_primitives::{DeviceId, LeaseId, SaleConditions, SeriesId, Subject, Units};

type Open = pallet_lease_escrow::LeaseOf<Runtime>;

/// Those that pass, rarely all.
fn mostly<T: Clone>(all: Vec<T>, index: usize, passes: impl Fn(&T) -> bool) -> Vec<T> {
	if index.is_multiple_of(8) {
		all
	} else {
		preferring(all, passes)
	}
}

fn part(whole: Units, percent: u64) -> Units {
	(whole * percent / 100).max(1)
}

impl World<'_> {
	pub fn take_tenants_step(&mut self, step: TenantsStep) {
		match step {
			TenantsStep::Rent { who, series, units, ahead } => {
				self.rent(who, series, units, ahead);
			}
			TenantsStep::Book { holding, percent, ahead } => self.book(holding, percent, ahead),
			TenantsStep::Cancel { lease } => {
				self.lease_ahead(lease);
				let waiting = |lease: &Open| lease.from > now();
				let Some((lease, tenant)) = pick_lease(lease, waiting) else { return };
				let _ = self.call("cancel", &tenant, Lease::cancel { lease });
			}
			TenantsStep::End { lease } => {
				// Rather one that receipts pay, every other time.
				let is_early = Contract::can_be_ended;
				let by_receipts =
					|contract: &Contract| is_early(contract) && contract.is_co_signed();
				let any = lease.is_multiple_of(2) && self.books.contracts.values().any(by_receipts);
				let fits =
					|contract: &Contract| is_early(contract) && (!any || by_receipts(contract));
				let Some((lease, contract)) = self.pick_contract(lease, fits) else { return };
				let _ = self.call("end", &contract.tenant, Lease::end { lease });
			}
			TenantsStep::Settle { who, lease } => {
				let who = pick(&people(), who).unwrap();
				let Some((lease, _)) = pick_lease(lease, |_| true) else { return };
				self.settle_for(&who, &[lease]);
			}
			TenantsStep::SetShare { percent } => self.set_share(percent),
			step => self.take_holders_step(step),
		}
	}

	/// Steps with units.
	fn take_holders_step(&mut self, step: TenantsStep) {
		match step {
			TenantsStep::Buy { who, series, units } => {
				let who = pick(&people(), who).unwrap();
				let Some(series) = self.pick_for_sale(series) else { return };
				let (units, seconds) = self.fitting(series, units);
				let room = self.books.room_for(&self.park, series);
				let buy = Token::buy { series, units, max_cost: Balance::MAX };
				let name = self.named(series, "buy", "buy of a fleet");
				room.assert_agrees(seconds, self.call(name, &who, buy));
			}
			TenantsStep::Redeem { holding, percent } => {
				let Some((who, series, units)) = pick(&holdings(), holding) else { return };
				let units = part(units, percent);
				self.judge("redeem", &who, Token::redeem { series, units }, true);
			}
			TenantsStep::RedeemFor { who, holding: index } => {
				let who = pick(&people(), who).unwrap();
				let expires = |series: &SeriesId| self.books.series[series].expires();
				let over = preferring(holdings(), |(_, series, _)| expires(series) <= now());
				let Some((holder, series, _)) = pick(&over, index) else { return };
				let may = expires(&series) <= now();
				if may || index.is_multiple_of(5) {
					let redeem = Token::redeem_for { series, holder };
					self.judge("redeem_for", &who, redeem, may);
				}
			}
			TenantsStep::Transfer { holding, to, percent } => {
				let Some((who, series, units)) = pick(&holdings(), holding) else { return };
				let to = pick(&people(), to).unwrap();
				let units = part(units, percent);
				let may = self.books.series[&series].sale.transferable;
				if self.judge("transfer", &who, transfer_of(series, &to, units), may) {
					self.books.note_transfer(series, units, &who, &to);
				}
			}
			TenantsStep::Approve { holding, to } => {
				let Some((who, series, units)) = pick(&holdings(), holding) else { return };
				let delegate = pick(&people(), to).unwrap();
				let may = self.books.series[&series].sale.transferable;
				let approve = pallet_assets::Call::approve_transfer {
					id: codec::Compact(series),
					delegate: delegate.into(),
					amount: units.into(),
				};
				self.judge("approve_transfer", &who, approve, may);
			}
			TenantsStep::Gift { who, series, amount } => {
				let who = pick(&people(), who).unwrap();
				let Some(series) = self.pick_series(series, |_| true) else { return };
				let gift = pallet_balances::Call::transfer_keep_alive {
					dest: UsageToken::account_of(series).into(),
					value: amount,
				};
				self.judge("transfer_keep_alive", &who, gift, true);
				self.books.note_gift(series, amount, &who);
			}
			TenantsStep::Reap { who, series: index } => {
				let who = pick(&people(), who).unwrap();
				let is_due = |series: &SeriesId| self.books.series[series].is_to_be_reaped(*series);
				let Some(series) = self.pick_series(index, is_due) else { return };
				let may = is_due(&series);
				if may || index.is_multiple_of(5) {
					self.judge("reap_series", &who, Token::reap_series { series }, may);
				}
			}
			TenantsStep::CatchUp { who, fleet } => {
				let who = pick(&people(), who).unwrap();
				let Some(fleet) = pick(&self.park.fleets, fleet) else { return };
				self.judge("catch_up", &who, Token::catch_up { fleet: fleet.id }, true);
			}
			other => unreachable!("{other:?} is none of a holder's"),
		}
	}

	fn rent(&mut self, who: usize, series: usize, units: Units, ahead: u64) {
		let soon = |series: &SeriesId| {
			let sale = &self.books.series[series].sale;
			sale.usable_from < now() + DAY - 7_200 && now() + 3_600 < sale.usable_until
		};
		let all = mostly(open_series(), series, |id| soon(id) && self.is_to_be_had(id));
		let Some(series) = pick(&all, series) else { return };
		self.rent_from(series, who, units, ahead);
	}

	/// Somebody rents from this series.
	pub fn rent_from(&mut self, series: SeriesId, who: usize, units: Units, ahead: u64) {
		let Some((device, start)) = self.slot(series, ahead) else { return };
		let server = self.park.machine(device).owner.clone();
		let others = preferring(people(), |who| *who != server);
		let admits = |who: &AccountId| self.books.series[&series].admits(who);
		let stranger = others.iter().find(|who| !admits(who)).cloned();
		let who = pick(&mostly(others, who, admits), who).unwrap();
		// What receipts pay takes longer: there is more to sign.
		let is_by_receipts = self.books.series[&series].terms.evidence.heartbeat_gap().is_none();
		let minutes = if is_by_receipts { 3 * units } else { units };
		let least = u64::from(self.books.series[&series].terms.min_duration.div_ceil(60));
		let (units, seconds) = self.fitting(series, minutes.max(least));
		let room = self.books.room_for(&self.park, series);
		let name = self.named(series, "rent", "rent a member");
		let named = self.name_arbiter(series, device, &who, ahead);
		let refusal = stranger
			.map(|stranger| call(&stranger, rental(&stranger, series, device, start, units)));
		let rent = with_arbiter(keyed_rental(&who, series, device, start, units), named);
		let outcome = self.call(name, &who, rent);
		room.assert_agrees(seconds, outcome);
		if let (Some(refusal), Ok(())) = (refusal, outcome) {
			// Whom the owner did not list gets no lease where somebody else does.
			let error = pallet_lease_escrow::Error::<Runtime>::TenantNotAdmitted;
			assert_eq!(refusal, Err(error.into()));
			self.outcomes.turned_away += 1;
		}
	}

	fn book(&mut self, holding: usize, percent: u64, ahead: u64) {
		let is_usable = |(who, series, _): &(AccountId, SeriesId, Units)| {
			let facts = &self.books.series[series];
			let server = self.park.server(&facts.subject);
			now() + 3_600 < facts.expires()
				&& facts.sale.usable_from < now() + DAY - 7_200
				&& server.is_some_and(|server| server != *who)
				&& facts.admits(who)
				&& self.is_to_be_had(series)
		};
		let Some(item) = pick(&mostly(holdings(), holding, is_usable), holding) else { return };
		if !is_usable(&item) && !holding.is_multiple_of(4) {
			return;
		}
		let (who, series, units) = item;
		let Some((device, start)) = self.slot(series, ahead) else { return };
		let length = u64::from(self.books.series[&series].sale.unit_seconds);
		let least = u64::from(self.books.series[&series].terms.min_duration).div_ceil(length);
		let units = part(units, percent).max(least).min(units);
		let name = self.named(series, "book", "book a member");
		let named = self.name_arbiter(series, device, &who, ahead);
		let mut book = with_arbiter(booking(&who, series, device, start, units), named);
		if let Lease::book { access_key, .. } = &mut book {
			*access_key = Key::of(&who).public;
		}
		let _ = self.call(name, &who, book);
	}

	/// One name for series of devices, another for those of fleets.
	pub fn named(
		&self,
		series: SeriesId,
		of_device: &'static str,
		of_fleet: &'static str,
	) -> &'static str {
		match self.books.series[&series].subject {
			Subject::Device(_) => of_device,
			Subject::Fleet(_) => of_fleet,
		}
	}

	/// One of the series that are on sale, mostly one with a device that is to be had.
	fn pick_for_sale(&self, index: usize) -> Option<SeriesId> {
		pick(&mostly(open_series(), index, |series| self.is_to_be_had(series)), index)
	}

	pub fn is_to_be_had(&self, series: &SeriesId) -> bool {
		self.books.series[series].is_to_be_had(&self.park)
	}

	/// One of the series that are not reaped, of those that pass if there are any.
	fn pick_series(&self, index: usize, passes: impl Fn(&SeriesId) -> bool) -> Option<SeriesId> {
		let all = self.books.series.iter().filter(|(_, facts)| !facts.is_reaped);
		pick(&preferring(all.map(|(series, _)| *series).collect(), passes), index)
	}

	/// Units that last so many minutes, and their seconds.
	fn fitting(&self, series: SeriesId, minutes: u64) -> (Units, u64) {
		let sale = &self.books.series[&series].sale;
		let units = units_for(sale, minutes);
		(units, units * u64::from(sale.unit_seconds))
	}

	fn set_share(&mut self, percent: u32) {
		use crate::configs::leasing::{dynamic_params::leasing, RuntimeParameters};
		let share = Perbill::from_percent(percent);
		let key_value = RuntimeParameters::Leasing(leasing::Parameters::ProtocolShare(
			leasing::ProtocolShare,
			Some(share),
		));
		let outcome = Parameters::set_parameter(RuntimeOrigin::root(), key_value);
		self.outcomes.note_call("set_share", outcome);
		self.books.share = share;
	}

	/// A device of the series and a start: now if the device is free and was seen, or some minutes
	/// after the last of its leases. Nothing if a fleet is empty.
	fn slot(&self, series: SeriesId, ahead: u64) -> Option<(DeviceId, Option<Moment>)> {
		let facts = &self.books.series[&series];
		let device = pick_member(&self.park, &facts.subject, ahead)?;
		let closed = self.books.totals.get(&device).map_or(0, |totals| totals.free_from);
		let taken_until = Leases::<Runtime>::iter_values()
			.filter(|lease| lease.device == device)
			.map(|lease| lease.until + Moment::from(lease.turnaround))
			.chain([closed])
			.max()
			.unwrap_or_default();
		// To the second where receipts pay.
		let resolution = facts.terms.evidence.resolution();
		let pace = if resolution == 60 { 60 } else { 61 };
		let soonest = now().next_multiple_of(resolution);
		let base = taken_until.next_multiple_of(resolution).max(facts.sale.usable_from);
		let start = match (ahead % 3, base <= soonest, self.park.machine(device).is_on()) {
			(0, true, true) => None,
			(_, _, true) => Some(base.max(soonest) + ahead / 3 * pace),
			// Far enough ahead that nobody asks whether it is on.
			(_, _, false) => Some(base.max(soonest) + 480 + ahead * pace),
		};
		Some((device, start))
	}
}

/// Rents with a key that the caller can sign with.
pub fn keyed_rental(
	tenant: &AccountId,
	series: SeriesId,
	device: DeviceId,
	start: Option<Moment>,
	units: Units,
) -> Lease<Runtime> {
	let mut rent = rental(tenant, series, device, start, units);
	if let Lease::rent { access_key, .. } = &mut rent {
		*access_key = Key::of(tenant).public;
	}
	rent
}

/// Units that last about so many minutes: fewer when they are long, some more when they are short.
pub fn units_for(sale: &SaleConditions, minutes: u64) -> Units {
	let minute = if sale.unit_seconds < 60 { 61 } else { 60 };
	(minutes * minute).div_ceil(sale.unit_seconds.into())
}

/// One of the subject's devices, rather one that is on.
fn pick_member(park: &Park, subject: &Subject, index: u64) -> Option<DeviceId> {
	let devices = match subject {
		Subject::Device(device) => vec![*device],
		Subject::Fleet(_) => park.devices_of(subject),
	};
	pick(&preferring(devices, |device| park.machine(*device).is_on()), index as usize / 3)
}

/// An open lease that passes, rarely any, and its tenant.
fn pick_lease(index: usize, passes: impl Fn(&Open) -> bool) -> Option<(LeaseId, AccountId)> {
	let mut leases: Vec<(LeaseId, Open)> = Leases::<Runtime>::iter()
		.filter(|(_, lease)| passes(lease) || index.is_multiple_of(8))
		.collect();
	leases.sort_by_key(|(id, _)| *id);
	let (id, lease) = pick(&leases, index)?;
	Some((id, lease.tenant))
}

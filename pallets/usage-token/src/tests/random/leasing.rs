// SPDX-License-Identifier: Apache-2.0

//! A double of the lease pallet: units become leases, which take time of devices and end.

use super::{world::*, *};
use frame_support::traits::tokens::{
	fungible::hold::Mutate as _, Fortitude::Force, Precision::Exact, Restriction::Free,
};

/// Kept free after each lease.
const PAUSE: Moment = 60;

impl World {
	pub fn lease(&mut self, step: &Step) -> Option<&'static str> {
		match *step {
			Step::Lease { series, who, units, ahead, member, buys } => {
				let series = self.series(series)?;
				let who = if buys { who % 5 } else { self.holder(series, who) };
				let units = if buys { units } else { self.some(series, who, units) };
				let opens = record(series).sale.usable_from;
				let start = Now::get().max(opens).next_multiple_of(60) + ahead;
				self.book(series, who, units, start, member, buys)
			}
			Step::Cancel(lease) => {
				let promised = self.promised();
				let lease = self.pick(lease, |lease, now| now < lease.from)?;
				let Lease { device, from, free_from, units, .. } = lease;
				self.give_back(&lease, units * 3 / 4);
				self.pay_server(&lease, units - units * 3 / 4);
				unbook(device, from, free_from, from);
				self.forget(lease.series);
				self.check_returned(&promised, lease.is_stray);
				Some(if self.has_left(&lease) { "cancel on a leaver" } else { "cancel" })
			}
			// Its owner does not accept it: money goes back, and the units are no more.
			Step::Refuse(lease) => {
				let promised = self.promised();
				let lease = self.pick(lease, |lease, now| now < lease.from)?;
				let Lease { series, device, from, free_from, units, is_stray, .. } = lease;
				let (tenant, amount) = (&PEOPLE[lease.tenant], value(series, units));
				assert_ok!(Balances::release(&rent_reason(), tenant, amount, Exact));
				*self.paid_out.entry(series).or_default() += amount;
				UsageToken::do_unsell(series, units);
				unbook(device, from, free_from, from);
				self.forget(series);
				self.check_returned(&promised, is_stray);
				Some("refuse")
			}
			Step::End(lease) => {
				let promised = self.promised();
				let lease =
					self.pick(lease, |lease, now| lease.from <= now && now + 60 < lease.until)?;
				let unit = u64::from(record(lease.series).sale.unit_seconds);
				let until = (Now::get() + 1).next_multiple_of(60);
				let returned = (lease.until - until) / unit;
				self.give_back(&lease, returned);
				unbook(lease.device, lease.from, lease.free_from, until + PAUSE);
				let units = lease.units - returned;
				let (is_stray, has_left) = (lease.is_stray, self.has_left(&lease));
				self.leases.push(Lease { until, free_from: until + PAUSE, units, ..lease });
				self.check_returned(&promised, is_stray);
				Some(if has_left { "end on a leaver" } else { "end" })
			}
			Step::Settle(lease) => {
				let lease = self.pick(lease, |lease, now| lease.until <= now)?;
				self.pay_server(&lease, lease.units);
				self.forget(lease.series);
				Some("settle")
			}
			_ => None,
		}
	}

	fn book(
		&mut self,
		series: SeriesId,
		who: usize,
		units: Units,
		from: Moment,
		member: usize,
		buys: bool,
	) -> Option<&'static str> {
		let info = <UsageToken as UsageUnits<_, RuntimeHoldReason>>::series(series).ok()?;
		let devices = devices_of(&info.subject);
		let device = *devices.get(member % devices.len().max(1))?;
		let listed = Registry::get()[&device].status == DeviceStatus::Listed;
		let until = from + units * u64::from(info.sale.unit_seconds);
		let free_from = until + PAUSE;
		let is_free = Bookings::get()
			.iter()
			.all(|(booked, start, end)| *booked != device || *end <= from || free_from <= *start);
		let fits = info.sale.usable_from <= from && until <= info.sale.usable_until;
		if !(listed && is_free && fits && units > 0) {
			return None;
		}
		let tenant = &PEOPLE[who];
		let result = done(|| {
			if buys {
				UsageToken::buy_staked(series, tenant, units, rent_reason()).map(drop)
			} else {
				UsageToken::stake(series, tenant, units, rent_reason()).map(drop)
			}
		});
		if buys {
			self.check_sale(series, units, &result);
		}
		result.ok()?;
		super::super::book(device, from, free_from);
		let is_stray = false;
		let tenant = who;
		self.leases.push(Lease { series, device, tenant, from, until, free_from, units, is_stray });
		Leased::mutate(|leased| leased.insert(series));
		if buys {
			*self.paid_in.entry(series).or_default() += value(series, units);
			return Some("rent");
		}
		self.gains(who, value(series, units));
		Some("book")
	}

	/// Takes a lease out of the list, if there is one to which it applies; rather one of a device that
	/// left the fleet.
	fn pick(&mut self, number: usize, applies: impl Fn(&Lease, Moment) -> bool) -> Option<Lease> {
		let now = Now::get();
		let count = self.leases.len();
		let order = (0..count).map(|step| (number + step) % count);
		let mut fitting = order.filter(|index| applies(&self.leases[*index], now));
		let mut of_leavers = fitting.clone().filter(|index| self.has_left(&self.leases[*index]));
		let index = of_leavers.next().or_else(|| fitting.next())?;
		Some(self.leases.remove(index))
	}

	fn give_back(&mut self, lease: &Lease, units: Units) {
		if units > 0 {
			let tenant = &PEOPLE[lease.tenant];
			assert_ok!(UsageToken::unstake(lease.series, tenant, units, rent_reason()));
			self.loses(lease.tenant, value(lease.series, units));
		}
	}

	fn pay_server(&mut self, lease: &Lease, units: Units) {
		let amount = value(lease.series, units);
		let (tenant, server) = (PEOPLE[lease.tenant].clone(), self.server(lease.series));
		let to = &PEOPLE[server];
		let reason = rent_reason();
		assert_ok!(Balances::transfer_on_hold(&reason, &tenant, to, amount, Exact, Free, Force));
		self.loses(lease.tenant, amount);
		self.gains(server, amount);
		*self.paid_out.entry(lease.series).or_default() += amount;
		*self.used.entry(lease.series).or_default() += units;
	}

	fn forget(&mut self, series: SeriesId) {
		if self.leases.iter().all(|lease| lease.series != series) {
			Leased::mutate(|leased| leased.remove(&series));
		}
	}

	/// The device was taken away: rents go back in money.
	pub fn close_all(&mut self, device: DeviceId) {
		let (closed, rest): (Vec<_>, _) =
			self.leases.drain(..).partition(|lease| lease.device == device);
		self.leases = rest;
		for lease in closed {
			let amount = value(lease.series, lease.units);
			let tenant = &PEOPLE[lease.tenant];
			assert_ok!(Balances::release(&rent_reason(), tenant, amount, Exact));
			*self.paid_out.entry(lease.series).or_default() += amount;
			*self.used.entry(lease.series).or_default() += lease.units;
			self.forget(lease.series);
		}
	}
}

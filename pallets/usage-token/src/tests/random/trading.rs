// SPDX-License-Identifier: Apache-2.0

//! Making, selling, redeeming and reaping series.

use super::{world::*, *};
use crate::MAX_CATCH_UP;
use tenure_primitives::RedeemShares;

impl World {
	pub fn trade(&mut self, step: &Step) -> Option<&'static str> {
		match *step {
			Step::Offer { subject, window, price, unit, cap } => {
				self.offer(subject, window, price, unit, cap)
			}
			Step::Close(series) => {
				let series = self.series(series)?;
				let server = PEOPLE[self.server(series)].clone();
				done(|| UsageToken::close_series(signed(&server), series)).ok()?;
				Some("close")
			}
			Step::Buy { series, who, units } => {
				let (series, who) = (self.series(series)?, who % 5);
				let buyer = signed(&PEOPLE[who]);
				// Some want all that is left, some one more.
				let left = UsageToken::details(series).unwrap().available;
				let units = match units % 12 {
					0 | 1 => left.max(1),
					2 => left + 1,
					_ => units,
				};
				let result = done(|| plain(UsageToken::buy(buyer, series, units, Balance::MAX)));
				self.check_sale(series, if result.is_ok() { 0 } else { units }, &result);
				result.ok()?;
				self.loses(who, value(series, units));
				*self.paid_in.entry(series).or_default() += value(series, units);
				Some("buy")
			}
			Step::Redeem { series, who, units } => {
				let series = self.series(series)?;
				let who = self.holder(series, who);
				let units = self.some(series, who, units);
				let share = expected_share(&record(series));
				let holder = signed(&PEOPLE[who]);
				done(|| plain(UsageToken::redeem(holder, series, units))).ok()?;
				self.redeemed(series, who, units, share);
				Some("redeem")
			}
			Step::RedeemFor { series, who } => {
				let series = self.series(series)?;
				let who = self.holder(series, who);
				let units = units_of(series, &PEOPLE[who]);
				let share = expected_share(&record(series));
				let holder = PEOPLE[who].clone();
				let expires = UsageToken::details(series).unwrap().expires;
				done(|| plain(UsageToken::redeem_for(signed(&NOBODY), series, holder))).ok()?;
				assert!(expires <= Now::get());
				self.redeemed(series, who, units, share);
				Some("redeem for")
			}
			Step::Transfer { series, who, to, units } => {
				let series = self.series(series)?;
				let who = self.holder(series, who);
				let (from, to) = (signed(&PEOPLE[who]), PEOPLE[to % 5].clone());
				let units = self.some(series, who, units).into();
				done(|| Assets::transfer(from, series, to, units)).ok()?;
				Some("transfer")
			}
			Step::Approve { series, who } => {
				let (series, who) = (self.series(series)?, signed(&PEOPLE[who % 4]));
				done(|| Assets::approve_transfer(who, series, NOBODY, 3)).ok()?;
				Some("approve")
			}
			Step::Gift { series } => {
				let account = UsageToken::account_of(self.series(series)?);
				done(|| Balances::transfer_keep_alive(signed(&TOM), account, 77)).ok()?;
				self.loses(2, 77);
				Some("gift")
			}
			Step::Reap(series) => self.reap(series),
			_ => None,
		}
	}

	fn offer(
		&mut self,
		subject: usize,
		window: usize,
		unit_price: Balance,
		unit: u32,
		cap: Units,
	) -> Option<&'static str> {
		let devices: Vec<_> = Registry::get().into_keys().collect();
		let fleets: Vec<_> = FleetOwners::get().into_keys().collect();
		let index = subject % (devices.len() + fleets.len());
		let (subject, owner) = match devices.get(index) {
			Some(device) => (Subject::Device(*device), Registry::get()[device].owner.clone()),
			None => {
				let fleet = fleets[index - devices.len()];
				(Subject::Fleet(fleet), FleetOwners::get()[&fleet].clone())
			}
		};
		// Windows from now on or from later on, some of them in each other's way.
		let (from, days) = [(0, 3), (3, 2), (5, 3), (8, 4), (12, 8), (2, 2), (1, 9)][window % 7];
		let shares = [(100, 95, 90), (90, 90, 90), (100, 100, 100)][window / 7 % 3];
		let share = Perbill::from_percent;
		let sale = SaleConditions {
			unit_seconds: unit * 60,
			unit_price,
			cap,
			sale_until: START + (from + days) * DAY,
			usable_from: START + from * DAY,
			usable_until: START + (from + days) * DAY,
			redeem_shares: RedeemShares {
				before: share(shares.0),
				during: share(shares.1),
				after: share(shares.2),
			},
			..sale()
		};
		let terms = terms().into();
		done(|| plain(UsageToken::create_series(signed(&owner), subject, sale, terms))).ok()?;
		self.loses(index_of(&owner), ED);
		Some("offer")
	}

	/// INV5, and where the money went.
	fn redeemed(&mut self, series: SeriesId, who: usize, units: Units, share: Perbill) {
		let due = share.mul_floor(value(series, units));
		let rest = value(series, units) - due;
		let (mut paid, mut to_owner, mut diverted) = (0, 0, 0);
		for event in our_events() {
			match event {
				Event::UnitsRedeemed { paid: to_holder, to_owner: rest, .. } => {
					(paid, to_owner) = (to_holder, rest)
				}
				Event::DustDiverted { amount, .. } => diverted += amount,
				other => panic!("redeeming said {other:?}"),
			}
		}
		assert!(due <= value(series, units));
		assert!(paid == due || paid == 0 && due < ED, "{paid} of {due} paid");
		assert!(to_owner == rest || to_owner == 0 && rest < ED, "{to_owner} of {rest} paid");
		assert_eq!(paid + to_owner + diverted, due + rest);
		self.gains(who, paid);
		self.gains(self.server(series), to_owner);
		self.gains(5, diverted);
		*self.paid_out.entry(series).or_default() += due + rest;
	}

	fn reap(&mut self, series: usize) -> Option<&'static str> {
		let series = self.series(series)?;
		let (record, account) = (record(series), UsageToken::account_of(series));
		let fortune = free(&account);
		done(|| plain(UsageToken::reap_series(signed(&NOBODY), series))).ok()?;
		assert_eq!(UsageToken::outstanding(series), 0);
		assert!(self.leases.iter().all(|lease| lease.series != series));
		if Series::<Test>::contains_key(series) {
			return Some("reap in part");
		}
		assert_eq!(Balances::total_balance(&account), 0);
		self.gains(index_of(&record.owner), fortune);
		Some("reap")
	}

	pub fn catch_up(&mut self, fleet: FleetId) -> Option<&'static str> {
		let passed = UsageToken::do_catch_up(fleet);
		assert!(passed <= MAX_CATCH_UP);
		Some("catch up")
	}
}

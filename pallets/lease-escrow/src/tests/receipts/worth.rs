// SPDX-License-Identifier: Apache-2.0

//! What a tenant would have never rises with time while nobody cheats: waiting to cancel, to end or to
//! stay away never pays.

use super::*;
use proptest::prelude::*;
use sp_runtime::Perbill;

#[derive(Clone, Copy, Debug)]
struct Case {
	unit_seconds: u32,
	unit_price: Balance,
	units: u64,
	/// Seconds from now to the start.
	ahead: u64,
	/// Notice of an early end.
	notice: u32,
	/// How long the tenant uses the device, at most.
	used: u64,
	fraction: Perbill,
}

impl Case {
	/// Any moment up to the end of the lease, or one that is near the start, the end, or that of use.
	fn moment(&self, (place, number): Moments) -> u64 {
		let end = self.ahead + self.units * u64::from(self.unit_seconds);
		let near = |moment: u64| (moment + number % 240).saturating_sub(120).min(end);
		match place {
			0 => number % (end + 1),
			1 => near(self.ahead),
			2 => near(self.ahead + self.used),
			_ => near(end),
		}
	}

	/// What the tenant has if it leaves `at` so many seconds from now; a unit counts for what redeeming it
	/// gives at least.
	fn worth(&self, at: u64) -> Balance {
		let builder = ExtBuilder::default()
			.co_signed()
			.balance(TENANT, 1 << 80)
			.bond(0)
			.sale(|sale| {
				sale.unit_seconds = self.unit_seconds;
				sale.unit_price = self.unit_price;
				sale.redeem_shares.after = self.fraction;
			})
			.terms(|terms| {
				terms.tenant_notice = self.notice;
				terms.owner_penalty = Perbill::zero();
			});
		builder.build().execute_with(|| {
			let id = rent_at(TENANT, Some(START + self.ahead), self.units);
			let sign = || {
				let passed = now().min(lease(id).until) - lease(id).from;
				let _ = Neighbours::sign(id, passed.min(self.used));
			};
			set_time(START + at);
			if at < self.ahead {
				assert_ok!(LeaseEscrow::cancel(signed(TENANT), id));
			} else {
				sign();
				// Refused when its notice takes it to its end.
				let _ = LeaseEscrow::end(signed(TENANT), id);
				set_time(now().max(lease(id).until));
				sign();
				set_time(lease(id).until + RECEIPT_WINDOW);
				assert_ok!(LeaseEscrow::settle(signed(KEEPER), id));
			}
			assert!(is_closed(id));
			assert_ok!(LeaseEscrow::do_try_state());
			let units = Balance::from(units_of(TENANT)) * self.unit_price;
			total(TENANT) + self.fraction.mul_floor(units)
		})
	}
}

fn case() -> impl Strategy<Value = Case> {
	(
		proptest::sample::select(&[1u32, 7, 60, 3_600, 86_400]),
		(1u128..100_000, 1u64..30, 0u64..2 * DAY),
		(0u32..400, 0u64..3 * DAY, 900_000_000u32..=1_000_000_000),
	)
		.prop_map(|(unit_seconds, (unit_price, units, ahead), (notice, used, fraction))| Case {
			unit_seconds,
			unit_price,
			units: units + 60u64.div_ceil(unit_seconds.into()),
			ahead,
			notice,
			used,
			fraction: Perbill::from_parts(fraction),
		})
}

/// Where to look, and a random number.
type Moments = (u8, u64);

fn moment() -> impl Strategy<Value = Moments> {
	(0u8..4, 0u64..1 << 40)
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(256))]

	#[test]
	fn nothing_rises_with_time(
		case in case(),
		moments in (moment(), moment()),
	) {
		let moments = (case.moment(moments.0), case.moment(moments.1));
		let (earlier, later) = (moments.0.min(moments.1), moments.0.max(moments.1));
		// Amounts are rounded a few times, each to a whole one.
		prop_assert!(case.worth(later) <= case.worth(earlier) + 2);
	}
}

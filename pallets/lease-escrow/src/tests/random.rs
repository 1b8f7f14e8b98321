// SPDX-License-Identifier: Apache-2.0

//! Random sequences of calls, time and heartbeats. Whatever happens, the invariants hold after each
//! step, no money appears or vanishes, and each lease pays out exactly what went into it.

use super::*;
use crate::{
	Calendars, Custodies, Deadlines, DevicesOut, DisputeDeadlines, Disputes, HoldReason, Leases,
	NextLeaseId, Payouts,
};
use frame_support::traits::fungible::hold::Mutate as _;
use proptest::prelude::*;
use std::collections::BTreeMap;
use tenure_primitives::{
	traits::LeaseBook, DeviceId, DisputeId, DisputeKind, SeriesId, Side, Units,
};

/// Who has money: each may rent, and own a device.
const PEOPLE: [AccountId; 4] = [OWNER, TENANT, OTHER, KEEPER];

const DEVICES: [DeviceId; 3] = [DEVICE, MEMBERS[0], MEMBERS[1]];

/// A series and a device: its own series, or that of the fleet, which it may be in or not.
type Offer = (SeriesId, DeviceId);

#[derive(Clone, Debug)]
enum Step {
	Rent { tenant: AccountId, offer: Offer, ahead: u64, units: Units },
	Buy { tenant: AccountId, series: SeriesId, units: Units },
	Book { tenant: AccountId, offer: Offer, ahead: u64, units: Units },
	Redeem { tenant: AccountId, series: SeriesId, units: Units },
	Cancel { tenant: AccountId, lease: LeaseId },
	End { tenant: AccountId, lease: LeaseId },
	Extend { tenant: AccountId, lease: LeaseId, units: Units },
	Revoke { owner: AccountId, lease: LeaseId },
	SetKey { tenant: AccountId, lease: LeaseId, key: u8 },
	SetPayout { tenant: AccountId, lease: LeaseId, bytes: usize },
	Accept { owner: AccountId, lease: LeaseId },
	Decline { owner: AccountId, lease: LeaseId },
	RentFleet { tenant: AccountId, ahead: u64, units: Units },
	Substitute { tenant: AccountId, lease: LeaseId, device: DeviceId },
	Follow { tenant: AccountId, lease: LeaseId, series: SeriesId, units: Units },
	Offer { tenant: AccountId, lease: LeaseId, to: AccountId, price: Balance },
	WithdrawOffer { tenant: AccountId, lease: LeaseId },
	Sublet { to: AccountId, lease: LeaseId, key: u8 },
	Sign { lease: LeaseId, quarters: u64 },
	Ready { lease: LeaseId },
	Confirm { lease: LeaseId },
	Return { lease: LeaseId, by_tenant: bool },
	ContestReturn { lease: LeaseId, by_tenant: bool, claim: Balance },
	Settle { lease: LeaseId },
	Object { tenant: AccountId, lease: LeaseId, share: u32 },
	Damage { lease: LeaseId, amount: Balance, bonded: bool },
	Answer { who: AccountId, dispute: usize, how: Answer },
	Decide { dispute: usize, percent: u32 },
	SettleDispute { dispute: usize },
	Days { days: u64 },
	Claim { leases: Vec<LeaseId> },
	Bond { owner: AccountId, amount: Balance },
	Unbond { owner: AccountId, amount: Balance },
	Withdraw { owner: AccountId },
	Transfer { device: DeviceId, to: AccountId },
	Join { device: DeviceId },
	Leave { device: DeviceId },
	ForceRetire { device: DeviceId },
	Close { series: SeriesId, notice: u64 },
	Serve { minutes: u64 },
	Pass { minutes: u64 },
	Jump { seconds: u64 },
	Migrate { seconds: u64 },
	Crowd { minutes: u64 },
	Lose { lease: usize, minutes: u64 },
	Stick { minutes: u64 },
	Impoverish,
}

/// What a side of a dispute does.
#[derive(Clone, Copy, Debug)]
enum Answer {
	Contest,
	Concede,
	Withdraw,
}

fn step() -> impl Strategy<Value = Step> {
	let tenant =
		|| prop_oneof![4 => Just(TENANT), 4 => Just(OTHER), 4 => Just(KEEPER), 1 => Just(OWNER)];
	let person = || proptest::sample::select(&PEOPLE);
	let device = || proptest::sample::select(&DEVICES);
	let series = || {
		prop_oneof![
			Just(SERIES),
			Just(FLEET_SERIES),
			Just(CO_SERIES),
			Just(HOME_SERIES),
			Just(MANUAL_SERIES),
			Just(MANUAL_HOME_SERIES),
		]
	};
	let offer = || {
		prop_oneof![
			6 => Just((SERIES, DEVICE)),
			6 => Just((CO_SERIES, DEVICE)),
			6 => Just((HOME_SERIES, DEVICE)),
			4 => Just((MANUAL_SERIES, DEVICE)),
			4 => Just((MANUAL_HOME_SERIES, DEVICE)),
			4 => Just((FLEET_SERIES, MEMBERS[0])),
			2 => Just((FLEET_SERIES, MEMBERS[1])),
			1 => Just((FLEET_SERIES, DEVICE)),
		]
	};
	let lease = || 1u64..12;
	prop_oneof![
		24 => (tenant(), offer(), 0u64..180, 1u64..12)
			.prop_map(|(tenant, offer, ahead, units)| Step::Rent { tenant, offer, ahead, units }),
		8 => (tenant(), series(), 1u64..12)
			.prop_map(|(tenant, series, units)| Step::Buy { tenant, series, units }),
		12 => (tenant(), offer(), 0u64..180, 1u64..6)
			.prop_map(|(tenant, offer, ahead, units)| Step::Book { tenant, offer, ahead, units }),
		2 => (tenant(), series(), 1u64..6)
			.prop_map(|(tenant, series, units)| Step::Redeem { tenant, series, units }),
		6 => (tenant(), lease()).prop_map(|(tenant, lease)| Step::Cancel { tenant, lease }),
		8 => (tenant(), lease()).prop_map(|(tenant, lease)| Step::End { tenant, lease }),
		8 => (tenant(), lease(), 1u64..5)
			.prop_map(|(tenant, lease, units)| Step::Extend { tenant, lease, units }),
		6 => (person(), lease()).prop_map(|(owner, lease)| Step::Revoke { owner, lease }),
		2 => (tenant(), lease(), 0u8..9)
			.prop_map(|(tenant, lease, key)| Step::SetKey { tenant, lease, key }),
		3 => (tenant(), lease(), 0usize..9)
			.prop_map(|(tenant, lease, bytes)| Step::SetPayout { tenant, lease, bytes }),
		8 => (person(), lease()).prop_map(|(owner, lease)| Step::Accept { owner, lease }),
		2 => (person(), lease()).prop_map(|(owner, lease)| Step::Decline { owner, lease }),
		6 => (tenant(), 0u64..180, 1u64..12)
			.prop_map(|(tenant, ahead, units)| Step::RentFleet { tenant, ahead, units }),
		8 => (tenant(), lease(), device()).prop_map(|(tenant, lease, device)| {
			Step::Substitute { tenant, lease, device }
		}),
		8 => (tenant(), lease(), series(), 1u64..6).prop_map(|(tenant, lease, series, units)| {
			Step::Follow { tenant, lease, series, units }
		}),
		8 => (tenant(), lease(), person(), 0u128..3_000)
			.prop_map(|(tenant, lease, to, price)| Step::Offer { tenant, lease, to, price }),
		2 => (tenant(), lease())
			.prop_map(|(tenant, lease)| Step::WithdrawOffer { tenant, lease }),
		8 => (tenant(), lease(), 0u8..9)
			.prop_map(|(to, lease, key)| Step::Sublet { to, lease, key }),
		10 => (lease(), 0u64..=4).prop_map(|(lease, quarters)| Step::Sign { lease, quarters }),
		10 => lease().prop_map(|lease| Step::Ready { lease }),
		10 => lease().prop_map(|lease| Step::Confirm { lease }),
		8 => (lease(), proptest::bool::ANY)
			.prop_map(|(lease, by_tenant)| Step::Return { lease, by_tenant }),
		5 => (lease(), proptest::bool::ANY, 0u128..30_001)
			.prop_map(|(lease, by_tenant, claim)| Step::ContestReturn { lease, by_tenant, claim }),
		6 => lease().prop_map(|lease| Step::Settle { lease }),
		2 => proptest::collection::vec(0u64..12, 0..8)
			.prop_map(|leases| Step::Claim { leases }),
		4 => (person(), 0u128..9_000).prop_map(|(owner, amount)| Step::Bond { owner, amount }),
		2 => (person(), 0u128..9_000).prop_map(|(owner, amount)| Step::Unbond { owner, amount }),
		2 => person().prop_map(|owner| Step::Withdraw { owner }),
		8 => (device(), person()).prop_map(|(device, to)| Step::Transfer { device, to }),
		4 => device().prop_map(|device| Step::Join { device }),
		4 => device().prop_map(|device| Step::Leave { device }),
		1 => device().prop_map(|device| Step::ForceRetire { device }),
		1 => (series(), 0u64..5_000).prop_map(|(series, notice)| Step::Close { series, notice }),
		10 => (1u64..20).prop_map(|minutes| Step::Serve { minutes }),
		5 => (1u64..20).prop_map(|minutes| Step::Pass { minutes }),
		3 => (1u64..5_000).prop_map(|seconds| Step::Jump { seconds }),
		2 => (1u64..2_000).prop_map(|seconds| Step::Migrate { seconds }),
		2 => (1u64..30).prop_map(|minutes| Step::Crowd { minutes }),
		2 => (0usize..4, 1u64..40).prop_map(|(lease, minutes)| Step::Lose { lease, minutes }),
		1 => (1u64..40).prop_map(|minutes| Step::Stick { minutes }),
		8 => (tenant(), lease(), 0u32..=110)
			.prop_map(|(tenant, lease, share)| Step::Object { tenant, lease, share }),
		3 => (lease(), 0u128..3_000, any::<bool>())
			.prop_map(|(lease, amount, bonded)| Step::Damage { lease, amount, bonded }),
		8 => (person(), 0usize..4, prop_oneof![
			4 => Just(Answer::Contest),
			1 => Just(Answer::Concede),
			1 => Just(Answer::Withdraw),
		])
			.prop_map(|(who, dispute, how)| Step::Answer { who, dispute, how }),
		5 => (0usize..4, 0u32..=100)
			.prop_map(|(dispute, percent)| Step::Decide { dispute, percent }),
		2 => (0usize..4).prop_map(|dispute| Step::SettleDispute { dispute }),
		1 => (1u64..16).prop_map(|days| Step::Days { days }),
		1 => Just(Step::Impoverish),
	]
}

/// The neighbours of [`odd`]: a fleet, a series of odd seconds that is paid by receipts, and one of
/// leases for which the device is taken home.
fn make_neighbours() {
	make_fleet();
	make_co_signed_series(307);
	make_physical_series();
	make_manual_series();
	make_manual_home_series();
}

/// Units of five minutes at an odd price and an odd protocol share: everything needs rounding. Longer
/// jumps of the clock are outages.
fn odd(bond: Balance) -> ExtBuilder {
	ExtBuilder::default()
		.bond(bond)
		.outages(600)
		.sale(|sale| {
			sale.unit_seconds = 300;
			sale.unit_price = 1_003;
		})
		.terms(|terms| {
			terms.turnaround = 60;
			terms.owner_notice = 400;
			terms.owner_penalty = odd_penalty();
		})
		.objections(1_000)
}

fn odd_penalty() -> sp_runtime::Perbill {
	sp_runtime::Perbill::from_parts(333_333_333)
}

/// Most calls are about one of the last leases and come from whom it is up to, or few would succeed.
/// Which lease that is does not depend on what was settled.
fn aim(
	number: u64,
	anybody: AccountId,
	whose: fn(&crate::LeaseOf<Runtime>) -> AccountId,
) -> (AccountId, LeaseId) {
	let id = NextLeaseId::<Runtime>::get().saturating_sub(number % 5);
	let who = Leases::<Runtime>::get(id).filter(|_| !number.is_multiple_of(4));
	(who.as_ref().map_or(anybody, whose), id)
}

fn heartbeat_if_there(device: DeviceId) {
	if neighbours::Devices::<Runtime>::contains_key(device) {
		heartbeat(device);
	}
}

fn device_owner(lease: &crate::LeaseOf<Runtime>) -> AccountId {
	neighbours::Devices::<Runtime>::get(lease.device).map_or(OWNER, |device| device.owner)
}

/// One of the leases that are not over and of which `fits` is true. How many were closed does not change it.
fn pick(number: u64, fits: impl Fn(&crate::LeaseOf<Runtime>) -> bool) -> Option<LeaseId> {
	let now = now();
	let mut leases: Vec<_> = Leases::<Runtime>::iter()
		.filter(|(_, lease)| now < lease.until && !lease.has_lapsed(now) && fits(lease))
		.map(|(id, _)| id)
		.collect();
	leases.sort_unstable();
	let count = leases.len().max(1);
	leases.get(number as usize % count).copied()
}

/// Most calls come from whom they are up to.
fn by(number: u64, anybody: AccountId, up_to: Option<AccountId>) -> AccountId {
	up_to.filter(|_| !number.is_multiple_of(4)).unwrap_or(anybody)
}

/// Leases that run now: how many were closed does not change them.
fn running() -> Vec<LeaseId> {
	let runs = |lease: &crate::LeaseOf<Runtime>| lease.from <= now() && now() < lease.until;
	Leases::<Runtime>::iter().filter(|(_, lease)| runs(lease)).map(|(id, _)| id).collect()
}

/// The tenant signs for so many quarters of the time up to now, if receipts pay the lease.
fn sign_part(lease: LeaseId, quarters: u64) {
	if let Some(record) = Leases::<Runtime>::get(lease) {
		let used = now().min(record.until).saturating_sub(record.from);
		let _ = Neighbours::sign(lease, used * quarters / 4);
	}
}

/// One of the open disputes, in order of their numbers.
fn dispute(number: usize) -> Option<(DisputeId, crate::DisputeOf<Runtime>)> {
	let open: BTreeMap<_, _> = Disputes::<Runtime>::iter()
		.map(|(lease, kind, dispute)| (DisputeId { lease, kind }, dispute))
		.collect();
	let number = number % open.len().max(1);
	open.into_iter().nth(number)
}

/// The same among the open leases whose device is handed over.
fn aim_home(number: u64, whose: fn(&crate::LeaseOf<Runtime>) -> AccountId) -> (AccountId, LeaseId) {
	let mut homes: Vec<LeaseId> = Custodies::<Runtime>::iter_keys().collect();
	homes.sort_unstable();
	let id = homes.get(number as usize % homes.len().max(1)).copied().unwrap_or_default();
	(Leases::<Runtime>::get(id).as_ref().map_or(OTHER, whose), id)
}

fn side(is_tenant: bool) -> fn(&crate::LeaseOf<Runtime>) -> AccountId {
	if is_tenant {
		|lease| lease.tenant
	} else {
		|lease| lease.payee
	}
}

fn take(step: &Step) {
	if let Step::Rent { offer, ahead, .. } | Step::Book { offer, ahead, .. } = step {
		// Most devices are on, or nothing would ever be leased.
		if ahead % 4 > 0 && neighbours::Devices::<Runtime>::contains_key(offer.1) {
			heartbeat(offer.1);
		}
	}
	if let Step::Extend { tenant, lease, .. } = step {
		let (_, lease) = aim(*lease, *tenant, |lease| lease.tenant);
		heartbeat_if_there(Leases::<Runtime>::get(lease).map_or(0, |lease| lease.device));
	}
	// What receipts pay may start at any second.
	let start = |series: SeriesId, ahead: u64| match series {
		CO_SERIES | HOME_SERIES | MANUAL_HOME_SERIES => {
			Some(now() + (ahead * 59).saturating_sub(HOUR))
		}
		_ => Some(now().next_multiple_of(60) + ahead * 60),
	};
	match step.clone() {
		Step::Rent { tenant, offer: (series, device), ahead, units } => {
			let _ = LeaseEscrow::rent(
				signed(tenant),
				series,
				device,
				start(series, ahead),
				units,
				Balance::MAX,
				TEXT,
				key_of(tenant),
				arbiter_for(series),
			);
		}
		Step::Book { tenant, offer: (series, device), ahead, units } => {
			let _ = LeaseEscrow::book(
				signed(tenant),
				series,
				device,
				start(series, ahead),
				units,
				TEXT,
				key_of(tenant),
				arbiter_for(series),
			);
		}
		Step::Buy { tenant, series, units } => {
			let _ = Neighbours::buy(series, tenant, units);
		}
		Step::Redeem { tenant, series, units } => {
			let _ = frame_support::storage::with_storage_layer(|| {
				Neighbours::redeem(series, tenant, units)
			});
		}
		Step::Cancel { tenant, lease } => {
			let (tenant, lease) = aim(lease, tenant, |lease| lease.tenant);
			let _ = LeaseEscrow::cancel(signed(tenant), lease);
		}
		Step::End { tenant, lease } => {
			let (tenant, lease) = aim(lease, tenant, |lease| lease.tenant);
			let _ = LeaseEscrow::end(signed(tenant), lease);
		}
		Step::Extend { tenant, lease, units } => {
			let (tenant, lease) = aim(lease, tenant, |lease| lease.tenant);
			let _ = LeaseEscrow::extend(signed(tenant), lease, units, Balance::MAX);
		}
		Step::Revoke { owner, lease } => {
			let (owner, lease) = aim(lease, owner, |lease| lease.payee);
			let _ = LeaseEscrow::revoke(signed(owner), lease);
		}
		Step::Object { tenant, lease, share } => {
			// Of the leases whose rent can be objected to, or few would be.
			let open: BTreeMap<_, _> = Leases::<Runtime>::iter_keys()
				.filter_map(|id| Some((id, LeaseEscrow::lease_details(id)?)))
				.filter(|(_, details)| details.objectable > 0)
				.collect();
			let place = lease as usize % open.len().max(1);
			let Some((lease, details)) = open.into_iter().nth(place) else { return };
			let tenant = if share.is_multiple_of(7) { tenant } else { details.tenant };
			let amount = details.objectable * Balance::from(share) / 100;
			let _ = LeaseEscrow::object(signed(tenant), lease, amount, TEXT);
		}
		// As custody will: part of what the tenant has on hold for something else, here for that alone.
		Step::Damage { lease, amount, bonded } => {
			let (_, id) = aim(lease, TENANT, |lease| lease.tenant);
			// Of a device that is handed over there is a deposit to claim.
			let remote = Leases::<Runtime>::get(id)
				.filter(|lease| !lease.is_physical() && !lease.is_request());
			let Some(lease) = remote else { return };
			let reason = HoldReason::LeaseRecord;
			let _ = frame_support::storage::with_storage_layer(|| {
				Balances::hold(&reason.into(), &lease.tenant, amount)?;
				let dispute = DisputeId { lease: id, kind: DisputeKind::Damage };
				LeaseEscrow::open_dispute(crate::disputes::Claim {
					id: dispute,
					claimant: lease.payee,
					respondent: lease.tenant,
					arbiter: ARBITER,
					amount,
					held_by: Side::Respondent,
					held_for: reason,
					protocol_share: sp_runtime::Perbill::zero(),
					evidence: TEXT,
				})?;
				if bonded {
					LeaseEscrow::do_contest(lease.tenant, dispute)?;
				}
				sp_runtime::DispatchResult::Ok(())
			});
		}
		Step::Answer { who, dispute: number, how } => {
			let Some((DisputeId { lease, kind }, open)) = dispute(number) else { return };
			let who = |party| if number == 3 { who } else { party };
			let _ = match how {
				Answer::Contest => LeaseEscrow::contest(signed(who(open.respondent)), lease, kind),
				Answer::Concede => LeaseEscrow::concede(signed(who(open.respondent)), lease, kind),
				Answer::Withdraw => {
					LeaseEscrow::withdraw_claim(signed(who(open.claimant)), lease, kind)
				}
			};
		}
		Step::Decide { dispute: number, percent } => {
			let Some((id, open)) = dispute(number) else { return };
			let _ = Neighbours::decide(open.arbiter, id, percent);
		}
		Step::SettleDispute { dispute: number } => {
			let Some((id, _)) = dispute(number) else { return };
			let _ = LeaseEscrow::settle_dispute(signed(KEEPER), id.lease, id.kind);
		}
		Step::Days { days } => {
			set_time(now() + days * DAY);
			poll();
		}
		Step::SetKey { tenant, lease, key } => {
			let (tenant, lease) = aim(lease, tenant, |lease| lease.tenant);
			let key = tenure_primitives::PublicKey::Ed25519([key; 32]);
			let _ = LeaseEscrow::set_access_key(signed(tenant), lease, key);
		}
		Step::SetPayout { tenant, lease, bytes } => {
			let (tenant, lease) = aim(lease, tenant, |lease| lease.tenant);
			// One byte fewer is none.
			let address = bytes.checked_sub(1).map(|bytes| vec![7; bytes].try_into().unwrap());
			let _ = LeaseEscrow::set_payout(signed(tenant), lease, address);
		}
		Step::Claim { leases } => {
			let _ = LeaseEscrow::claim(signed(KEEPER), leases.try_into().unwrap());
		}
		Step::Withdraw { owner } => {
			let _ = LeaseEscrow::withdraw_unbonded(signed(owner));
		}
		Step::Accept { owner, lease } => {
			let id = pick(lease, crate::LeaseOf::<Runtime>::is_request).unwrap_or(lease);
			let request = Leases::<Runtime>::get(id);
			let owner = by(lease, owner, request.as_ref().map(device_owner));
			request.iter().for_each(|request| heartbeat_if_there(request.device));
			let lease = id;
			let _ = LeaseEscrow::accept(signed(owner), lease);
		}
		Step::Decline { owner, lease } => {
			let id = pick(lease, crate::LeaseOf::<Runtime>::is_request).unwrap_or(lease);
			let owner = by(lease, owner, Leases::<Runtime>::get(id).as_ref().map(device_owner));
			let lease = id;
			let _ = LeaseEscrow::decline(signed(owner), lease);
		}
		Step::RentFleet { tenant, ahead, units } => {
			MEMBERS.into_iter().for_each(heartbeat_if_there);
			let _ = LeaseEscrow::rent_fleet(
				signed(tenant),
				FLEET_SERIES,
				MEMBERS.to_vec().try_into().unwrap(),
				start(FLEET_SERIES, ahead % 8),
				units,
				Balance::MAX,
				TEXT,
				key_of(tenant),
				arbiter_for(FLEET_SERIES),
			);
		}
		Step::Substitute { tenant, lease, device } => {
			let runs = |lease: &crate::LeaseOf<Runtime>| {
				lease.series == FLEET_SERIES && lease.from <= now() && !lease.is_ending()
			};
			let id = pick(lease, runs).unwrap_or(lease);
			let record = Leases::<Runtime>::get(id);
			let tenant = by(lease, tenant, record.as_ref().map(|lease| lease.tenant));
			// Its device goes silent, the other one is seen.
			if !lease.is_multiple_of(3) {
				pass_until(now() + u64::from(GAP) + 60);
			}
			let other = record.map(|lease| MEMBERS[usize::from(lease.device == MEMBERS[0])]);
			let device = other.filter(|_| !lease.is_multiple_of(5)).unwrap_or(device);
			heartbeat_if_there(device);
			let _ = LeaseEscrow::substitute(signed(tenant), id, device);
		}
		Step::Follow { tenant, lease, series, units } => {
			let fits = |lease: &crate::LeaseOf<Runtime>| {
				!lease.is_request() && lease.series != series && lease.device == DEVICE
			};
			let id = pick(lease, fits).unwrap_or(lease);
			let up_to = Leases::<Runtime>::get(id).map(|lease| lease.tenant);
			let (tenant, lease) = (by(lease, tenant, up_to), id);
			heartbeat_if_there(DEVICE);
			let arbiter = arbiter_for(series);
			let _ = LeaseEscrow::follow(
				signed(tenant),
				lease,
				series,
				units,
				Balance::MAX,
				TEXT,
				arbiter,
			);
		}
		Step::Offer { tenant, lease, to, price } => {
			let (tenant, lease) = aim(lease, tenant, |lease| lease.tenant);
			let _ = LeaseEscrow::offer_lease(signed(tenant), lease, to, price);
		}
		Step::WithdrawOffer { tenant, lease } => {
			let id = pick(lease, |lease| lease.is_offered).unwrap_or(lease);
			let up_to = Leases::<Runtime>::get(id).map(|lease| lease.tenant);
			let (tenant, lease) = (by(lease, tenant, up_to), id);
			let _ = LeaseEscrow::withdraw_lease_offer(signed(tenant), lease);
		}
		Step::Sublet { to, lease, key } => {
			let id = pick(lease, |lease| lease.is_offered && !lease.is_ending()).unwrap_or(lease);
			let up_to = crate::LeaseOffers::<Runtime>::get(id).map(|offer| offer.to);
			let (to, lease) = (by(lease, to, up_to), id);
			let key = tenure_primitives::PublicKey::Ed25519([key; 32]);
			let _ = LeaseEscrow::accept_lease(signed(to), lease, key, TEXT, Balance::MAX);
		}
		Step::Sign { lease, quarters } => {
			let (_, lease) = aim(lease, 0, |lease| lease.tenant);
			sign_part(lease, quarters);
		}
		Step::Ready { lease } => {
			let (owner, lease) = aim_home(lease, |lease| lease.payee);
			let _ = LeaseEscrow::offer_handover(signed(owner), lease, TEXT);
		}
		Step::Confirm { lease } => {
			let (tenant, lease) = aim_home(lease, |lease| lease.tenant);
			let _ = LeaseEscrow::confirm_handover(signed(tenant), lease, TEXT);
		}
		Step::Return { lease, by_tenant } => {
			let (who, lease) = aim_home(lease, side(by_tenant));
			let _ = LeaseEscrow::report_return(signed(who), lease, TEXT);
		}
		Step::ContestReturn { lease, by_tenant, claim } => {
			let (who, lease) = aim_home(lease, side(by_tenant));
			let _ = LeaseEscrow::contest_return(signed(who), lease, claim, TEXT);
		}
		Step::Settle { lease } => {
			let _ = LeaseEscrow::settle(signed(KEEPER), lease);
		}
		Step::Bond { owner, amount } => {
			let _ = LeaseEscrow::bond(signed(owner), amount);
		}
		Step::Unbond { owner, amount } => {
			let _ = LeaseEscrow::unbond(signed(owner), amount);
		}
		Step::Transfer { device, to } => {
			let _ = Neighbours::transfer(device, to);
		}
		Step::Join { device } => {
			let _ = Neighbours::join_fleet(FLEET, device);
		}
		Step::Leave { device } => {
			let _ = Neighbours::leave_fleet(device);
		}
		Step::ForceRetire { device } => {
			let _ = Neighbours::force_retire(device);
		}
		Step::Close { series, notice } => Neighbours::close_series(series, now() + notice),
		Step::Serve { minutes } => {
			for _ in 0..minutes {
				set_time(now() + 60);
				neighbours::Devices::<Runtime>::iter_keys().for_each(heartbeat);
				poll();
			}
			running().into_iter().for_each(|lease| sign_part(lease, 4));
		}
		Step::Pass { minutes } => pass_until(now() + minutes * 60),
		Step::Jump { seconds } => {
			set_time(now() + seconds);
			poll();
		}
		// Blocks so full that there is no poll.
		Step::Crowd { minutes } => (0..minutes).for_each(|_| set_time(now() + 60)),
		// For a time the evidence of a lease can't be found, so that closing it may fail.
		Step::Lose { lease, minutes } => {
			let mut running = running();
			running.sort_unstable();
			let lease = running.get(lease % running.len().max(1)).copied().unwrap_or_default();
			neighbours::Lost::<Runtime>::insert(lease, ());
			pass_until(now() + minutes * 60);
			neighbours::Lost::<Runtime>::remove(lease);
		}
		// For a time units don't go back.
		Step::Stick { minutes } => {
			neighbours::Stuck::<Runtime>::insert(CO_SERIES, ());
			pass_until(now() + minutes * 60);
			neighbours::Stuck::<Runtime>::remove(CO_SERIES);
		}
		// Blocks without transactions, and without a poll.
		Step::Migrate { seconds } => {
			Standstill::set(true);
			set_time(now() + seconds / 2);
			Standstill::set(false);
			set_time(now() + seconds);
			poll();
		}
		// The owner's free balance leaves it; it keeps its bond.
		Step::Impoverish => {
			let _ = <Balances as frame_support::traits::fungible::Mutate<_>>::transfer(
				&OWNER,
				&77,
				free(OWNER),
				frame_support::traits::tokens::Preservation::Expendable,
			);
		}
	}
}

fn settle_everything() {
	// The chain stands still no more, or everybody's time to object would move on and on.
	OutageThreshold::set(u32::MAX);
	for _ in 0..20 {
		set_time(now() + HOUR / 4);
		poll();
	}
	// Then the time for receipts is over too.
	set_time(now() + RECEIPT_WINDOW);
	poll();
	for lease in 1..NextLeaseId::<Runtime>::get() {
		let _ = LeaseEscrow::settle(signed(KEEPER), lease);
	}
	set_time(now() + 18 * DAY);
	poll();
}

/// Follows each lease from event to event: what went in came out.
fn check_ledger() {
	let mut escrows: BTreeMap<LeaseId, (Balance, Balance, Balance)> = BTreeMap::new();
	let mut disputes: BTreeMap<(LeaseId, DisputeKind), (Balance, Balance)> = BTreeMap::new();
	let mut revoked = std::collections::BTreeSet::new();
	let price = series_info_price();
	let mut kept: BTreeMap<LeaseId, Balance> = BTreeMap::new();
	let mut warned: BTreeMap<(LeaseId, Moment), u32> = BTreeMap::new();
	for event in events() {
		match event {
			Event::LeaseBooked { lease, rent, bond, .. } => {
				assert!(escrows.insert(lease, (rent, bond, 0)).is_none());
			}
			Event::LeaseRequested { lease, rent, .. } => {
				assert!(escrows.insert(lease, (rent, 0, 0)).is_none());
			}
			Event::LeaseSubstituted { lease, rent, .. } => {
				let (escrowed, bond, _) = escrows.get_mut(&lease).unwrap();
				(*escrowed, *bond) = (*escrowed - rent, 0);
			}
			Event::LeaseAccepted { lease, bond, .. } => {
				escrows.get_mut(&lease).unwrap().1 = bond;
			}
			Event::LeaseExtended { lease, rent, .. } => {
				let (escrowed, bond, _) = escrows.get_mut(&lease).unwrap();
				*escrowed += rent;
				*bond = odd_penalty().mul_floor(*escrowed);
			}
			// Not more than twice about the same end, and never after it.
			Event::LeaseEndsSoon { lease, until, seconds_left, .. } => {
				assert!(escrows.contains_key(&lease) && seconds_left > 0);
				let count = warned.entry((lease, until)).or_default();
				*count += 1;
				assert!(*count <= 2);
			}
			Event::KeeperPaid { lease, keeper, amount } => {
				assert!(keeper == KEEPER && amount > 0);
				assert!(kept.insert(lease, amount).is_none());
			}
			Event::LeaseRevoked { lease, .. } => {
				revoked.insert(lease);
			}
			Event::DisputeOpened { lease, kind, amount, bond, .. } => {
				assert!(disputes.insert((lease, kind), (amount, bond)).is_none());
				if kind == DisputeKind::Rent {
					// It is the dispute's from now on and not the lease's.
					escrows.get_mut(&lease).unwrap().2 += amount;
				}
			}
			Event::DisputeClosed {
				lease,
				kind,
				to_claimant,
				to_respondent,
				to_protocol,
				to_arbiter,
				..
			} => {
				let (amount, bond) = disputes.remove(&(lease, kind)).unwrap();
				let paid = to_claimant + to_respondent + to_protocol;
				// What is missing went to the arbiter, who gets a twentieth at most.
				assert!(paid <= amount && amount - paid <= to_arbiter);
				assert!(to_arbiter <= amount / 20 && to_arbiter <= bond);
			}
			Event::LeaseEndingEarly { lease, returned_units, .. } => {
				escrows.get_mut(&lease).unwrap().0 -= Balance::from(returned_units) * price;
			}
			Event::LeaseClosed {
				lease,
				paid_to_payee,
				paid_to_protocol,
				refunded,
				penalty,
				returned_units,
				leased_seconds,
				proven_seconds,
				reason,
				..
			} => {
				let (escrowed, bond, disputed) = escrows.remove(&lease).unwrap();
				let reward = kept.remove(&lease).unwrap_or_default();
				assert!(reward <= KeeperShare::get().mul_floor(paid_to_protocol));
				let returned = Balance::from(returned_units) * price;
				assert_eq!(
					paid_to_payee + paid_to_protocol + refunded + returned + disputed,
					escrowed
				);
				assert!(penalty <= bond);
				assert!(
					!matches!(reason, CloseReason::ForceRetired | CloseReason::Cancelled)
						|| penalty == 0
				);
				assert!(revoked.contains(&lease) || reason != CloseReason::Revoked);
				assert!(
					!revoked.contains(&lease)
						|| matches!(
							reason,
							CloseReason::Revoked
								| CloseReason::ForceRetired
								| CloseReason::Forfeited
						)
				);
				assert!(proven_seconds <= leased_seconds);
			}
			_ => {}
		}
	}
	assert!(escrows.is_empty(), "all leases were closed");
	assert!(kept.is_empty(), "keepers are paid at the close alone");
	assert!(disputes.is_empty(), "all disputes are over");
}

/// A device that can be leased at some hour is to be had.
fn check_availability() {
	for (series, device) in [
		(SERIES, DEVICE),
		(CO_SERIES, DEVICE),
		(MANUAL_SERIES, DEVICE),
		(FLEET_SERIES, DEVICE),
		(FLEET_SERIES, MEMBERS[0]),
	] {
		for start in [None, Some(now().next_multiple_of(60) + HOUR)] {
			if let Ok(quote) =
				LeaseEscrow::quote(TENANT, series, device, start, 1, arbiter_for(series))
			{
				assert!(LeaseEscrow::is_to_be_had(device, quote.owner_bond));
			}
		}
	}
	for (series, start) in [(HOME_SERIES, None), (MANUAL_HOME_SERIES, Some(now() + HOUR))] {
		if let Ok(quote) = LeaseEscrow::quote(TENANT, series, DEVICE, start, 1, Some(ARBITER)) {
			assert!(LeaseEscrow::is_to_be_taken(DEVICE, quote.owner_bond));
		}
	}
}

fn series_info_price() -> Balance {
	neighbours::Series::<Runtime>::get(SERIES).unwrap().sale.unit_price
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(192))]

	#[test]
	fn money_is_conserved(
		steps in proptest::collection::vec(step(), 1..60),
		bond in 0u128..40_000,
	) {
		odd(bond).build_and_execute(|| {
			make_neighbours();
			for owner in [TENANT, OTHER, KEEPER] {
				let _ = LeaseEscrow::bond(signed(owner), bond / 2);
				let _ = Neighbours::buy(CO_SERIES, owner, 8);
				let _ = Neighbours::buy(SERIES, owner, 8);
				let _ = Neighbours::buy(FLEET_SERIES, owner, 8);
				let _ = Neighbours::buy(MANUAL_SERIES, owner, 8);
				let _ = Neighbours::buy(MANUAL_HOME_SERIES, owner, 8);
			}
			let issuance = Balances::total_issuance();
			for step in &steps {
				take(step);
				check_availability();
				assert_eq!(LeaseEscrow::do_try_state(), Ok(()), "after {step:?}");
				assert_ok!(Neighbours::do_try_state());
				assert_eq!(Balances::total_issuance(), issuance);
			}
			settle_everything();
			check_ledger();
			assert_eq!(Leases::<Runtime>::iter().count(), 0);
			assert_eq!(Deadlines::<Runtime>::iter().count(), 0);
			assert_eq!(Calendars::<Runtime>::iter().count(), 0);
			assert_eq!(Payouts::<Runtime>::iter().count(), 0);
			assert_eq!(Disputes::<Runtime>::iter().count(), 0);
			assert_eq!(DisputeDeadlines::<Runtime>::iter().count(), 0);
			assert!(!LeaseEscrow::has_open_leases(SERIES));
			assert!(!LeaseEscrow::has_open_leases(FLEET_SERIES));
			assert!(!LeaseEscrow::has_open_leases(CO_SERIES));
			for series in [HOME_SERIES, MANUAL_SERIES, MANUAL_HOME_SERIES] {
				assert!(!LeaseEscrow::has_open_leases(series));
			}
			assert_eq!(crate::Requests::<Runtime>::iter().count(), 0);
			assert_eq!(crate::LeaseOffers::<Runtime>::iter().count(), 0);
			assert_eq!(neighbours::Receipts::<Runtime>::iter().count(), 0);
			assert_eq!(Custodies::<Runtime>::iter().count(), 0);
			assert_eq!(DevicesOut::<Runtime>::iter().count(), 0);
			for who in PEOPLE {
				assert_eq!(bond_of(who).committed, 0);
				assert_eq!(rent_held(who), 0);
				assert_eq!(held(HoldReason::LeaseRecord, who), 0);
				assert_eq!(held(HoldReason::Disputed, who), 0);
				assert_eq!(held(HoldReason::DisputeBond, who), 0);
				assert_eq!(held(HoldReason::DamageDeposit, who), 0);
			}
		});
	}

	#[test]
	fn who_settles_and_how_often_changes_nothing(
		steps in proptest::collection::vec(step(), 1..45),
	) {
		let outcome = |busy: bool| {
			odd(1_000_000).build().execute_with(|| {
				make_neighbours();
				for owner in [TENANT, OTHER, KEEPER] {
					assert_ok!(LeaseEscrow::bond(signed(owner), 1_000_000));
				}
				// An owner without an account loses dust, how much depends on when it is paid. Whoever
				// settles early a lease that receipts pay has its units back earlier: they may be used
				// in place of others, and that must change nothing either. What can be objected to depends on
				// when it was settled, and what a payee can put up on what it was paid.
				// And whoever closes a lease that was not handed over frees its time.
				let same = |step: &&Step| match step {
					Step::Rent { offer: (HOME_SERIES | MANUAL_HOME_SERIES, _), .. }
					| Step::Book { offer: (HOME_SERIES | MANUAL_HOME_SERIES, _), .. } => false,
					Step::Settle { .. }
					| Step::Claim { .. }
					| Step::Lose { .. }
					| Step::Stick { .. }
					| Step::Object { .. }
					| Step::Damage { .. }
					| Step::Impoverish => false,
					Step::Book { offer: (series, _), .. }
					| Step::Redeem { series, .. }
					| Step::Close { series, .. } => *series != CO_SERIES,
					_ => true,
				};
				for step in steps.iter().filter(same) {
					take(step);
					if busy {
						for lease in 1..NextLeaseId::<Runtime>::get() {
							let _ = LeaseEscrow::settle(signed(KEEPER), lease);
						}
					}
				}
				settle_everything();
				let units = |who| {
					[SERIES, FLEET_SERIES, CO_SERIES, MANUAL_SERIES]
						.map(|series| neighbours::UnitsOf::<Runtime>::get(series, who))
						.iter()
						.sum::<Units>()
				};
				let worth = |who| total(who) + Balance::from(units(who)) * series_info_price();
				// The keeper is paid out of the protocol's share.
				[
					worth(OWNER),
					worth(TENANT),
					worth(OTHER),
					worth(ARBITER),
					worth(KEEPER) + worth(TREASURY),
					worth(77),
				]
			})
		};
		prop_assert_eq!(outcome(false), outcome(true));
	}
}

// SPDX-License-Identifier: Apache-2.0

//! Records as they lie in the storage of a running chain.
//!
//! **If a test fails here the layout of a stored type has changed.** A chain that runs has records of the
//! old layout: write a migration, raise `STORAGE_VERSION`, keep these bytes as those of the old version
//! and test that they are migrated. Only while no chain runs may the bytes be replaced.

use super::*;
use crate::{
	AccessGrants, BlockTime, Bonds, CalendarOf, Calendars, ConditionReport, CustodyRecord,
	Deadlines, DeviceTotals, Dispute, DisputeOf, Entry, HoldReason, LastBlockTime, LateClaim,
	Lease, LeaseOf, LeaseOffer, Leases, LeasesBySeries, LeasesByTenant, Lifetimes, MinuteKey,
	NextLeaseId, OutageRing, Outages, OwnerBond, RequestsOf, ReturnReport, Takeover, Unbonding,
	UnbondingQueue, Unbondings, STORAGE_VERSION,
};
use codec::{Decode, DecodeAll, Encode};
use frame_support::{storage::unhashed::put_raw, traits::fungible::MutateHold};
use sp_core::{
	bytes::{from_hex, to_hex},
	H256,
};
use sp_runtime::Perbill;
use tenure_lease_math::{Noted, Objection, Outage, Review};
use tenure_primitives::{
	AccessGrant, CancellationStep, DisputeId, DisputeKind, EvidencePolicy, Side,
};

const ADVICE: &str = "The layout of a stored type has changed. Write a migration and raise the \
	storage version; see the head of this file";

const LEASE: &str = "\
	0x0100000001000000000000000200000000000000010000000000000000879303000000001095930300\
	0000003c000000000000003c000000e803000000000000000000000000000060ea000000000000000000\
	0000000000000000000000000000000000000000000000000000000000000000001c2500000000000000\
	00000000000000f401000000000000000000000000000080f0fa02307500000000000000000000000000\
	000065cd1d68010000000000000407000000804a5d0500e9a4353d0000003e0000000000000001780000\
	000002020202020202020202020202020202020202020202020202020202020202020000070707070707\
	070707070707070707070707070707070707070707070707070732000000000000000000000000000000\
	c18693030000000000000000000000000070420f0000000000000000000000000000000000";
const CALENDAR: &str =
	"0x040100000000000000008793030000000010959303000000004e959303000000000178000000";
const GRANTS: &str = "\
	0x0101000000000000000002020202020202020202020202020202020202020202020202020202020202\
	02008793030000000010959303000000000000";
const BOND: &str = "0x409c000000000000000000000000000030750000000000000000000000000000";
const UNBONDINGS: &str = "0x04e803000000000000000000000000000080d8940300000000";
const TOTALS: &str = "\
	0x010000000000000058020000000000001c020000000000002823000000000000000000000000000000\
	00000000879303000000000187930300000000";
const OUTAGES: &str = "0x04a884930300000000d485930300000000";
const BLOCK_TIME: &str = "0x008793030000000000";
const DISPUTE: &str = "\
	0x0200000000000000010000000000000001e8030000000000000000000000000000e903000000000000\
	0000000000000000ea0300000000000000000000000000003200000000000000000000000000000080f0\
	fa0205000000000000000107070707070707070707070707070707070707070707070707070707070707\
	0700879303000000000187930300000000028793030000000041420f0003";
const OFFER: &str = "0x0300000000000000eb030000000000000000000000000000";
const CUSTODY: &str = "\
	0x5802000008070000590200009600201c000030750000000000000000000000000000204e0000000000\
	000000000000000000581b0000000000000000000000000000b80b000000000000000000000000000001\
	ff8693030000000007070707070707070707070707070707070707070707070707070707070707070102\
	879303000000000707070707070707070707070707070707070707070707070707070707070707008793\
	030000000001038793030000000007070707070707070707070707070707070707070707070707070707\
	070707070101070707070707070707070707070707070707070707070707070707070707070700010487\
	9303000000000409000000000000000300000000000000f1030000000000000000000000000000";

/// A lease of an hour that was begun half an hour ago and settled after ten minutes.
fn golden_lease() -> LeaseOf<Runtime> {
	Lease {
		series: SERIES,
		device: DEVICE,
		tenant: TENANT,
		payee: OWNER,
		from: START,
		until: START + HOUR,
		units: 60,
		unit_seconds: 60,
		unit_price: PRICE,
		escrowed: 60_000,
		cut_off_seconds: 0,
		rounding: 0,
		least_sample: 0,
		paid_to_payee: 9_500,
		paid_to_protocol: 500,
		protocol_share: Perbill::from_percent(5),
		bond: 30_000,
		owner_penalty: Perbill::from_percent(50),
		penalty_free_seconds: 360,
		cancellation: vec![CancellationStep { notice: 7, share: Perbill::from_percent(9) }]
			.try_into()
			.unwrap(),
		fraction_share: Perbill::from_percent(90),
		tenant_notice: 61,
		turnaround: 62,
		waived_pause: 0,
		evidence: EvidencePolicy::Heartbeat { max_gap: GAP },
		access_key: key_of(TENANT),
		former_key: None,
		payout: None,
		legal_document: TEXT,
		deposit: DEPOSIT,
		booked_at: START - 63,
		previous: None,
		substituted_by: None,
		group: None,
		requested_until: None,
		own_units: false,
		is_offered: false,
		ended_early: false,
		end_noted: false,
		force_retired: false,
		deadline: 1_000_048,
		looks: 0,
		arbiter: None,
		review: Review::default(),
	}
}

fn golden_dispute() -> DisputeOf<Runtime> {
	Dispute {
		claimant: TENANT,
		respondent: OWNER,
		held_by: Side::Respondent,
		amount: 1_000,
		claimant_bond: 1_001,
		respondent_bond: 1_002,
		fee: 50,
		protocol_share: Perbill::from_percent(5),
		arbiter: ARBITER,
		before_arbiter: true,
		evidence: TEXT,
		opened_at: START,
		since: START + 1,
		deadline: START + 2,
		due: 1_000_001,
		tries: 3,
	}
}

fn golden_custody() -> CustodyRecord<AccountId> {
	let report = |at| ConditionReport { at, condition: TEXT };
	CustodyRecord {
		handover_window: 600,
		inspection: 1_800,
		return_grace: 601,
		overdue_percent: 150,
		forfeit_after: 7_200,
		deposit: 30_000,
		held: 20_000,
		compensated: 7_000,
		charged: 3_000,
		offer: Some(report(START - 1)),
		takeover: Some(Takeover { report: report(START + 2), served_from: START }),
		returned: Some(ReturnReport {
			report: report(START + 3),
			by_tenant: true,
			answer: Some(TEXT),
			is_final: false,
		}),
		retired_at: Some(START + 4),
		claims: vec![LateClaim { lease: 9, tenant: OTHER, amount: 1_009 }].try_into().unwrap(),
	}
}

fn golden_entry() -> Entry {
	golden_lease().entry(1)
}

fn agrees<Stored: Encode + Decode + PartialEq + std::fmt::Debug>(value: Stored, golden: &str) {
	let bytes = value.encode();
	assert_eq!(to_hex(&bytes, false), golden, "{ADVICE}");
	assert_eq!(Stored::decode_all(&mut &bytes[..]).expect(ADVICE), value, "{ADVICE}");
}

fn bytes(golden: &str) -> Vec<u8> {
	from_hex(golden).unwrap()
}

#[test]
fn layout_is_that_of_the_storage_version() {
	assert_eq!(STORAGE_VERSION, 1, "keep the bytes of old versions and test their migration");
	agrees(golden_lease(), LEASE);
	agrees(CalendarOf::<Runtime>::truncate_from(vec![golden_entry()]), CALENDAR);
	agrees(AccessGrant { current: Some(golden_lease().grant(1)), next: None }, GRANTS);
	agrees(golden_custody(), CUSTODY);
	agrees(OwnerBond { held: 40_000, committed: 30_000 }, BOND);
	let parts = vec![Unbonding { amount: 1_000, due: START + DAY }];
	agrees(UnbondingQueue::truncate_from(parts), UNBONDINGS);
	agrees(
		DeviceTotals {
			leases: 1,
			leased_seconds: 600,
			proven_seconds: 540,
			earned: 9_000,
			unclosed: 0,
			free_from: START,
			back_at: START + 1,
		},
		TOTALS,
	);
	let outage = Outage { from: START - 600, until: START - 300 };
	agrees(OutageRing::truncate_from(vec![outage]), OUTAGES);
	agrees(BlockTime { open: START, stood_still: false }, BLOCK_TIME);
	agrees(golden_dispute(), DISPUTE);
	agrees(RequestsOf::truncate_from(vec![golden_entry()]), CALENDAR);
	agrees(LeaseOffer { to: OTHER, price: 1_003 }, OFFER);
	agrees(DisputeId { lease: 1, kind: DisputeKind::Rent }, "0x010000000000000001");
}

#[test]
fn fields_that_are_seldom_used_keep_their_layout_too() {
	let mut lease = golden_lease();
	lease.payout = Some(H256([8; 32]));
	lease.former_key = Some(tenure_primitives::FormerKey { key: key_of(OTHER), until: START + 64 });
	lease.evidence =
		EvidencePolicy::CoSigned { max_lag: 65, reservation_share: Perbill::from_percent(10) };
	lease.waived_pause = 61;
	(lease.previous, lease.substituted_by, lease.group) = (Some(72), Some(73), Some(74));
	(lease.requested_until, lease.own_units, lease.is_offered) = (Some(START + 75), true, true);
	lease.arbiter = Some(ARBITER);
	lease.review = Review {
		window: 66,
		payable_seconds: 67,
		noted: Some(Noted { at: START + 68, seconds: 69 }),
		objection: Some(Objection { amount: 70, payable: 71, revoked: true }),
	};
	agrees(lease, SELDOM);
}

const SELDOM: &str = "\
	0x0100000001000000000000000200000000000000010000000000000000879303000000001095930300\
	0000003c000000000000003c000000e803000000000000000000000000000060ea000000000000000000\
	0000000000000000000000000000000000000000000000000000000000000000001c2500000000000000\
	00000000000000f401000000000000000000000000000080f0fa02307500000000000000000000000000\
	000065cd1d68010000000000000407000000804a5d0500e9a4353d0000003e0000003d00000000410000\
	0000e1f50500020202020202020202020202020202020202020202020202020202020202020201000303\
	030303030303030303030303030303030303030303030303030303030303408793030000000001080808\
	080808080808080808080808080808080808080808080808080808080807070707070707070707070707\
	0707070707070707070707070707070707070732000000000000000000000000000000c1869303000000\
	00014800000000000000014900000000000000014a00000000000000014b879303000000000101000000\
	70420f000001050000000000000042000000430000000000000001448793030000000045000000000000\
	0001460000000000000000000000000000004700000000000000000000000000000001";

/// A chain that wrote these records before its upgrade.
fn put_records() {
	for (key, golden) in [
		(Leases::<Runtime>::hashed_key_for(1), LEASE),
		(Calendars::<Runtime>::hashed_key_for(DEVICE), CALENDAR),
		(AccessGrants::<Runtime>::hashed_key_for(DEVICE), GRANTS),
		(Bonds::<Runtime>::hashed_key_for(OWNER), BOND),
		(Unbondings::<Runtime>::hashed_key_for(OWNER), UNBONDINGS),
		(Lifetimes::<Runtime>::hashed_key_for(DEVICE), TOTALS),
		(Outages::<Runtime>::hashed_key().to_vec(), OUTAGES),
		(LastBlockTime::<Runtime>::hashed_key().to_vec(), BLOCK_TIME),
		(NextLeaseId::<Runtime>::hashed_key().to_vec(), "0x0200000000000000"),
	] {
		put_raw(&key, &bytes(golden));
	}
	Deadlines::<Runtime>::insert(MinuteKey::from(1_000_048), 1, ());
	LeasesByTenant::<Runtime>::insert(TENANT, 1, ());
	LeasesBySeries::<Runtime>::insert(SERIES, 1, ());
	for (reason, who, amount) in [
		(HoldReason::Rent, TENANT, 50_000),
		(HoldReason::LeaseRecord, TENANT, DEPOSIT),
		(HoldReason::OwnerBond, OWNER, 41_000),
	] {
		assert_ok!(Balances::hold(&reason.into(), &who, amount));
	}
	neighbours::Tallies::<Runtime>::insert(1, 10);
}

#[test]
fn lease_made_under_the_old_code_runs_to_its_end() {
	ExtBuilder::default().bond(0).build_and_execute(|| {
		put_records();
		set_time(START + 600);
		heartbeat(DEVICE);
		assert_ok!(LeaseEscrow::do_try_state());
		assert_eq!(LeaseEscrow::access_grant(DEVICE).map(|grant| grant.lease), Some(1));
		serve_until(START + 40 * 60);
		assert_ok!(LeaseEscrow::settle(signed(KEEPER), 1));
		assert_eq!(lease(1).paid(), Ok(40_000));
		assert_ok!(LeaseEscrow::set_access_key(signed(TENANT), 1, key_of(OTHER)));
		assert_ok!(LeaseEscrow::extend(signed(TENANT), 1, 10, Balance::MAX));
		serve_until(START + 70 * 60);
		assert!(!Leases::<Runtime>::contains_key(1));
		assert!(matches!(
			last_event(),
			Event::LeaseClosed {
				reason: CloseReason::Completed,
				leased_seconds: 4_200,
				proven_seconds: 4_200,
				refunded: 0,
				penalty: 0,
				..
			}
		));
		assert_eq!(bond_of(OWNER), OwnerBond { held: 40_000, committed: 0 });
		assert_eq!(Lifetimes::<Runtime>::get(DEVICE).leases, 2);
		assert_eq!((rent_held(TENANT), held(HoldReason::LeaseRecord, TENANT)), (0, 0));
		set_time(START + DAY);
		assert_ok!(LeaseEscrow::withdraw_unbonded(signed(OWNER)));
	});
}

/// What tenants pay a deposit for, in the runtime; see `CustodyDeposit`.
#[test]
fn record_of_a_hand_over_is_no_longer_than_it_was_paid_for() {
	use codec::MaxEncodedLen;
	// In a runtime whose accounts are numbers: 24 bytes less for each claim.
	assert_eq!(CustodyRecord::<AccountId>::max_encoded_len() + 8 * 24, 706);
	assert_eq!(CustodyRecord::<sp_runtime::AccountId32>::max_encoded_len(), 706);
}

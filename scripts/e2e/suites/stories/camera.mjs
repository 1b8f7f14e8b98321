// SPDX-License-Identifier: Apache-2.0
// A camera that its tenant takes home next week, with a deposit and an arbiter: once it comes back late and
// damaged, once as it should.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { blake2AsHex } from '@polkadot/util-crypto';
import { UNIT } from '../../lib/chain.mjs';
import { eventsSince, ofLease } from '../../lib/events.mjs';
import { Ledger, shareOf } from '../../lib/ledger.mjs';
import {
	DAY, HOUR, MINUTE, accessKey, arbiterFrom, handedOverTerms, minuteFrom, percent, registered, registration, rental,
	seriesOn, untilClosed,
} from '../../lib/leasing.mjs';

const HOURS = 4;
const HOUR_PRICE = UNIT / 2n;
const RENT = BigInt(HOURS) * HOUR_PRICE;
const DEPOSIT = 40n * UNIT;
const CLAIM = 30n * UNIT;

/** `session` has a chain once the tests run. */
export function camera(session) {
	let chain;
	let owner;
	let tenant;
	let arbiter;
	let id;
	let series;

	const escrow = () => chain.api.tx.leaseEscrow;
	const api = () => chain.api.call.leaseEscrowApi;
	const details = async (lease) => (await api().lease(lease)).unwrap();
	const closing = async (lease) => (await details(lease)).closing.type;
	const custody = async (lease) => (await details(lease)).custody.unwrap();

	before(async () => {
		({ chain } = session);
		owner = await chain.fundedAccount('//camera/owner');
		tenant = await chain.fundedAccount('//camera/tenant');
		arbiter = await arbiterFrom(chain, '//camera/arbiter');
		await chain.succeed(escrow().bond(10n * UNIT), owner);
		const metadata = { document: blake2AsHex('A camera with two lenses'), uri: 'https://tenure.example/camera' };
		const call = registration(chain, { deviceClass: 'Camera', capabilities: [], metadata, heartbeatGap: DAY });
		[id] = await registered(chain, owner, [call]);
		series = await seriesOn(chain, owner, { Device: id }, {
			sale: { unitSeconds: HOUR, unitPrice: HOUR_PRICE },
			terms: handedOverTerms({ damageDeposit: DEPOSIT, arbiters: [arbiter.address] }),
		});
	});

	test('a camera comes back late and damaged, and an arbiter says what that costs', async () => {
		const ledger = await Ledger.open(chain, { owner, tenant, arbiter });
		const holdsOfOwner = await chain.holds(owner);
		const start = (await minuteFrom(chain)) + 7 * DAY;
		const first = (await chain.number()) + 1;

		const quote = (await api().quote(tenant.address, series, id, start, HOURS, arbiter.address)).asOk;
		assert.equal(quote.rent.toBigInt(), RENT);
		assert.equal(quote.damageDeposit.toBigInt(), DEPOSIT);
		assert.equal(quote.ownerBond.toBigInt(), RENT / 2n);
		const rent = rental(chain, tenant, {
			series, device: id, start, units: HOURS, maxCost: RENT, arbiter: arbiter.address,
		});
		const booked = (await ledger.act(rent, tenant)).event('leaseEscrow.LeaseBooked');
		const { lease } = booked;
		const until = booked.until.toNumber();
		assert.deepEqual(await chain.holds(tenant), {
			'leaseEscrow.Rent': RENT,
			'leaseEscrow.LeaseRecord': quote.recordDeposit.toBigInt(),
			'leaseEscrow.DamageDeposit': DEPOSIT,
		});
		assert.equal((await chain.api.query.leaseEscrow.bonds(owner.address)).committed.toBigInt(), RENT / 2n);
		assert.equal((await details(lease)).state.type, 'Booked');
		assert.equal((await details(lease)).arbiter.unwrap().toString(), arbiter.address);
		assert.equal((await details(lease)).legalUri.toUtf8(), 'https://tenure.example/terms');
		// What becomes of it if nobody says anything more.
		assert.equal(await closing(lease), 'NoShow');

		// A week in which nothing happens.
		await chain.advanceTo(start - 10 * MINUTE);
		await ledger.act(escrow().offerHandover(lease, blake2AsHex('no scratch')), owner);
		assert.equal(await openFor(), null);
		await chain.passTo(start);
		assert.equal((await details(lease)).state.type, 'Handover');
		assert.equal(await closing(lease), 'Cancelled');
		assert.equal(await openFor(), null);
		await chain.passTo(start + 10 * MINUTE);
		const taken = await ledger.act(escrow().confirmHandover(lease, blake2AsHex('no scratch')), tenant);
		assert.equal(await openFor(), keyOf(tenant));
		assert.equal(taken.event('leaseEscrow.HandoverConfirmed').servedFrom.toNumber(), start);
		assert.equal((await details(lease)).state.type, 'Running');
		assert.equal(await closing(lease), 'Forfeited');

		// The end, and the time after it in which a return costs nothing, go by.
		await chain.passTo(until + HOUR);
		assert.equal((await details(lease)).state.type, 'Returning');
		assert.equal(await openFor(), null);
		const { dueBack, overdue: shown } = await custody(lease);
		assert.equal(dueBack.toNumber(), until + HOUR / 4);
		assert.equal(shown.toBigInt(), overdueAt(await chain.now()));
		const warnings = ofLease(await eventsSince(chain, first), 'leaseEscrow.LeaseEndsSoon', lease);
		assert.equal(warnings.length, 2);
		assert.ok(warnings[0].secondsLeft.toNumber() > warnings[1].secondsLeft.toNumber());

		const back = await ledger.act(escrow().reportReturn(lease, blake2AsHex('a scratch, perhaps')), tenant);
		const overdue = overdueAt(await chain.now(back.hash));
		assert.ok((await custody(lease)).returnedByTenant.unwrap().isTrue);
		assert.equal(await closing(lease), 'Completed');

		// The owner finds more than a scratch. What is not in dispute goes to whom it belongs, the lease closes.
		await chain.pass(5 * MINUTE);
		assert.equal((await custody(lease)).overdue.toBigInt(), overdue);
		const contested = await ledger.act(escrow().contestReturn(lease, CLAIM, blake2AsHex('a broken lens')), owner);
		assert.equal(contested.event('leaseEscrow.DepositPaid').amount.toBigInt(), overdue);
		assert.equal(contested.event('leaseEscrow.DepositReturned').amount.toBigInt(), DEPOSIT - CLAIM - overdue);
		const closed = contested.event('leaseEscrow.LeaseClosed');
		assert.equal(closed.reason.type, 'Completed');
		assert.equal(closed.provenSeconds.toNumber(), HOURS * HOUR);
		const fee = closed.paidToProtocol.toBigInt();
		assert.equal(fee, quote.protocolFee.toBigInt());
		assert.ok((await api().lease(lease)).isNone);

		// The tenant contests that, and puts up as much as the owner did.
		const bond = CLAIM / 10n;
		assert.equal(contested.event('leaseEscrow.DisputeOpened').bond.toBigInt(), bond);
		assert.deepEqual(await chain.holds(tenant), { 'leaseEscrow.Disputed': CLAIM });
		await ledger.act(escrow().contest(lease, 'Damage'), tenant);
		assert.deepEqual(await chain.holds(tenant), { 'leaseEscrow.Disputed': CLAIM, 'leaseEscrow.DisputeBond': bond });
		const [dispute] = await api().disputes(lease);
		assert.deepEqual(
			[dispute.claimant, dispute.respondent, dispute.arbiter].map(String),
			[owner, tenant, arbiter].map(({ address }) => address),
		);
		assert.ok(dispute.beforeArbiter.isTrue);
		const what = { lease, kind: 'Damage' };
		const { deadline } = (await chain.api.query.arbitration.cases(what)).unwrap();
		assert.equal(deadline.toNumber(), dispute.deadline.toNumber());
		const { decide } = chain.api.tx.arbitration;
		await ledger.refused(decide(what, percent(70)), session.stranger, 'arbitration.NotArbiterOfCase');

		const decided = await ledger.act(decide(what, percent(70)), arbiter);
		const end = decided.event('leaseEscrow.DisputeClosed');
		assert.equal(end.outcome.asVerdict.claimantShare.toNumber(), percent(70));
		assert.equal(decided.event('arbitration.CaseDecided').arbiter.toString(), arbiter.address);
		const award = (CLAIM * 7n) / 10n;
		const arbiterFee = CLAIM / 20n;
		assert.deepEqual(
			[end.toClaimant, end.toRespondent, end.toProtocol, end.toArbiter].map((amount) => amount.toBigInt()),
			[award, CLAIM - award, 0n, arbiterFee],
		);
		// Both bear the fee by what they lost.
		const feeOfTenant = (arbiterFee * 7n) / 10n;
		await ledger.expect({
			owner: RENT - fee + overdue + award - (arbiterFee - feeOfTenant),
			tenant: -RENT - overdue - award - feeOfTenant,
			arbiter: arbiterFee,
			treasury: fee,
		});
		assert.deepEqual(await chain.holds(tenant), {});
		assert.deepEqual(await chain.holds(owner), holdsOfOwner);
		assert.equal((await chain.api.query.leaseEscrow.bonds(owner.address)).committed.toBigInt(), 0n);
		assert.equal((await api().disputes(lease)).length, 0);
		assert.ok((await chain.api.query.arbitration.cases(what)).isNone);

		function overdueAt(time) {
			// Half as much again as the rent.
			return (HOUR_PRICE * BigInt(time - until) * 150n) / BigInt(HOUR * 100);
		}
	});

	test('a deposit goes back by itself when the owner says nothing', async () => {
		const ledger = await Ledger.open(chain, { owner, tenant, arbiter });
		const start = (await minuteFrom(chain)) + DAY;
		const hours = 2;
		const price = BigInt(hours) * HOUR_PRICE;
		const rent = rental(chain, tenant, {
			series, device: id, start, units: hours, maxCost: price, arbiter: arbiter.address,
		});
		const { lease, until } = (await ledger.act(rent, tenant)).event('leaseEscrow.LeaseBooked');
		const { protocolShare } = await details(lease);
		await chain.advanceTo(start - 10 * MINUTE);
		// Ready later than agreed: it serves from then on.
		await chain.passTo(start + 10 * MINUTE);
		const ready = await ledger.act(escrow().offerHandover(lease, blake2AsHex('no scratch')), owner);
		const served = await chain.now(ready.hash);
		await ledger.act(escrow().confirmHandover(lease, blake2AsHex('no scratch')), tenant);
		await chain.passTo(until.toNumber() + 5 * MINUTE);
		await ledger.act(escrow().reportReturn(lease, blake2AsHex('no scratch')), tenant);
		assert.equal((await custody(lease)).overdue.toBigInt(), 0n);
		await chain.pass(20 * MINUTE);
		assert.equal((await chain.holds(tenant))['leaseEscrow.DamageDeposit'], DEPOSIT);

		const first = (await chain.number()) + 1;
		await chain.pass(10 * MINUTE);
		await untilClosed(chain, lease);
		const events = await eventsSince(chain, first);
		const [returned] = ofLease(events, 'leaseEscrow.DepositReturned', lease);
		assert.equal(returned.amount.toBigInt(), DEPOSIT);
		assert.equal(ofLease(events, 'leaseEscrow.LeaseClosed', lease)[0].reason.type, 'Completed');
		const earned = (HOUR_PRICE * BigInt(until.toNumber() - served)) / BigInt(HOUR);
		const fee = shareOf(earned, protocolShare);
		await ledger.expect({ owner: earned - fee, tenant: -earned, treasury: fee });
		assert.deepEqual(await chain.holds(tenant), {});
	});

	const keyOf = (pair) => chain.api.createType('TenurePrimitivesKeyPublicKey', accessKey(pair)).toHex();

	/** The key that opens the camera's box now, or null. */
	async function openFor() {
		const grant = await api().accessGrant(id);
		return grant.isSome ? grant.unwrap().accessKey.toHex() : null;
	}
}

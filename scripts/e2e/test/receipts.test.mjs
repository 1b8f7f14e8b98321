// SPDX-License-Identifier: Apache-2.0
// Leases by the second that are paid by what the tenant signs: one that is signed to its end, one whose
// tenant stops signing, one that is ended early, and what the chain does not take as a receipt.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Chain, UNIT } from '../lib/chain.mjs';
import { eventsSince, ofLease } from '../lib/events.mjs';
import { MINUTE, accessKey, activeDevice, percent, rental, series as makeSeries } from '../lib/leasing.mjs';
import { Node } from '../lib/node.mjs';
import { receipt } from '../lib/receipt.mjs';
import { expectUnsignedRefused } from '../lib/refused.mjs';

const SECOND_PRICE = UNIT / 100n;
const RESERVATION = 10n;
const WINDOW = 24 * 3_600;
const OPTIONS = {
	sale: { unitSeconds: 1, unitPrice: SECOND_PRICE, cap: 1_000_000 },
	terms: {
		cancellation: [{ notice: 0, share: percent(5) }],
		evidence: { CoSigned: { maxLag: 30, reservationShare: percent(10) } },
		ownerPenalty: percent(50),
	},
};

let chain;
let owner;
let tenant;
let friend;
let id;
let device;
let series;

const lease = async (number) => (await chain.api.call.leaseEscrowApi.lease(number)).unwrap();

before(async () => {
	chain = await Chain.connect(await Node.start());
	owner = await chain.fundedAccount('//receipts/owner');
	tenant = await chain.fundedAccount('//receipts/tenant');
	friend = await chain.fundedAccount('//receipts/friend');
	await chain.succeed(chain.api.tx.leaseEscrow.bond(100n * UNIT), owner);
	({ id, device } = await activeDevice(chain, owner, '//receipts/gpu'));
	series = await makeSeries(chain, owner, id, OPTIONS);
});

after(async () => {
	await chain.disconnect();
	await chain.node.stop();
	assert.deepEqual(chain.node.faults(), []);
});

/** Rents from now on, for so many seconds; the booking's event. */
async function rent(seconds) {
	await chain.advance(MINUTE);
	assert.equal((await device.beat(chain, id)).error, null);
	const call = rental(chain, tenant, { series, device: id, units: seconds, maxCost: BigInt(seconds) * SECOND_PRICE });
	return (await chain.succeed(call, tenant)).event('leaseEscrow.LeaseBooked');
}

/** The event with which the lease was closed, by the sweep or by whoever settles it now. */
async function settled(number) {
	const first = await chain.number();
	const result = await chain.submit(chain.api.tx.leaseEscrow.settle(number), friend);
	assert.ok([null, 'leaseEscrow.LeaseClosed'].includes(result.error), result.error);
	const [closed] = ofLease(await eventsSince(chain, first), 'leaseEscrow.LeaseClosed', number);
	assert.ok(closed, `lease ${number} is open`);
	return closed;
}

test('ninety-seven seconds, all signed, close as soon as the last receipt is there', async () => {
	const booked = await rent(97);
	const [from, until] = [booked.from.toNumber(), booked.until.toNumber()];
	assert.equal(until - from, 97);
	assert.ok(from <= (await chain.now()), 'it starts at once');
	assert.equal((await chain.api.call.leaseEscrowApi.accessGrant(id)).unwrap().lease.toNumber(), booked.lease.toNumber());

	await chain.advanceTo(from + 40);
	assert.equal((await chain.submitAuthorized(receipt(chain, tenant, booked.lease, 40))).error, null);
	await chain.succeed(chain.api.tx.leaseEscrow.settle(booked.lease), owner);
	assert.equal((await lease(booked.lease)).paid.toBigInt(), 40n * SECOND_PRICE);

	await chain.advanceTo(until + 1);
	const brought = await chain.submitAuthorized(receipt(chain, tenant, booked.lease, 97));
	assert.equal(brought.event('attestation.ReceiptRecorded').seconds.toNumber(), 97);
	const closed = await settled(booked.lease);
	assert.equal(closed.reason.type, 'Completed');
	assert.equal(closed.provenSeconds.toNumber(), 97);
	assert.equal(closed.paidToPayee.toBigInt() + closed.paidToProtocol.toBigInt(), 97n * SECOND_PRICE);
	assert.equal(closed.refunded.toBigInt(), 0n);
	assert.equal(closed.penalty.toBigInt(), 0n);
});

test('a tenant that stops signing gets units back but a tenth, and no money', async () => {
	const before = await chain.units(series, tenant);
	const booked = await rent(1_000);
	await chain.advanceTo(booked.from.toNumber() + 600);
	assert.equal((await chain.submitAuthorized(receipt(chain, tenant, booked.lease, 400))).error, null);
	// The day in which receipts can be brought has blocks, or it would not count.
	await chain.advanceTo(booked.until.toNumber());
	await chain.passTo(booked.until.toNumber() + WINDOW + MINUTE);
	await chain.seal(2);
	assert.ok((await chain.api.query.leaseEscrow.leases(booked.lease)).isNone, 'the sweep has closed it');

	const unsigned = 600n;
	const returned = unsigned - unsigned / RESERVATION;
	assert.equal((await chain.units(series, tenant)) - before, returned);
	assert.deepEqual(await chain.holds(tenant), {});
	await chain.succeed(chain.api.tx.usageToken.redeem(series, returned), tenant);
});

test('an early end to the second', async () => {
	const booked = await rent(2_000);
	await chain.advanceTo(booked.from.toNumber() + 500);
	const ended = await chain.succeed(chain.api.tx.leaseEscrow.end(booked.lease), tenant);
	const until = ended.event('leaseEscrow.LeaseEndingEarly').until.toNumber();
	const used = until - booked.from.toNumber();
	assert.ok(used < 520, `${used} seconds`);
	await chain.advanceTo(until + 1);
	assert.equal((await chain.submitAuthorized(receipt(chain, tenant, booked.lease, used))).error, null);
	const closed = await settled(booked.lease);
	assert.equal(closed.reason.type, 'EndedEarly');
	assert.equal(closed.returnedUnits.toNumber(), 2_000 - used);
	assert.equal(closed.paidToPayee.toBigInt() + closed.paidToProtocol.toBigInt(), BigInt(used) * SECOND_PRICE);
});

test('a receipt is refused by name', async () => {
	const booked = await rent(300);
	const from = booked.from.toNumber();
	await chain.advanceTo(from + 100);
	const refused = (call, pattern) => expectUnsignedRefused(chain, call, pattern);
	await refused(receipt(chain, friend, booked.lease, 50), /bad signature/);
	await refused(receipt(chain, tenant, booked.lease, 50, { genesis: `0x${'11'.repeat(32)}` }), /bad signature/);
	await refused(receipt(chain, tenant, booked.lease, 250), /Custom error: 17\b/);
	await refused(receipt(chain, tenant, booked.lease.toNumber() + 1, 50), /Custom error: 14\b/);
	assert.equal((await chain.submitAuthorized(receipt(chain, tenant, booked.lease, 90))).error, null);
	await refused(receipt(chain, tenant, booked.lease, 90), /outdated/);
	await refused(receipt(chain, tenant, booked.lease, 95), /Custom error: 8\b/);

	// What the old key signed stays good when there is a new one.
	await chain.succeed(chain.api.tx.leaseEscrow.setAccessKey(booked.lease, accessKey(friend)), tenant);
	const change = (await chain.now()) - from;
	await chain.advance(MINUTE);
	await refused(receipt(chain, tenant, booked.lease, change + 30), /bad signature/);
	assert.equal((await chain.submitAuthorized(receipt(chain, tenant, booked.lease, change))).error, null);
	await chain.advanceTo(booked.until.toNumber() + MINUTE);
	assert.equal((await chain.submitAuthorized(receipt(chain, friend, booked.lease, 300))).error, null);
	assert.equal((await settled(booked.lease)).reason.type, 'Completed');
});

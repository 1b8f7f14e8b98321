// SPDX-License-Identifier: Apache-2.0
// The main path: a GPU leased for ten minutes, of which it serves seven.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Chain, UNIT } from '../lib/chain.mjs';
import { eventsSince } from '../lib/events.mjs';
import { treasury } from '../lib/ledger.mjs';
import {
	UNIT_PRICE, accessKey, activeDevice, minuteFrom, registration, rental, series as makeSeries,
} from '../lib/leasing.mjs';
import { Device } from '../lib/report.mjs';
import { Node } from '../lib/node.mjs';
import { unexpectedWarnings } from '../lib/warnings.mjs';

const MINUTES = 10;
// The terms and the device allow this pause, in seconds, so that a minute's heartbeat may be a block late.
const GAP = 90;
// Between two reports of a device, in seconds.
const REPORT_INTERVAL = 30;
// Seconds from the start of the lease. Silent from the fifth to the seventh minute.
const BEATS_BEFORE_SILENCE = [3, 63, 123, 183, 243];
const BEATS_AFTER_SILENCE = [414, 474, 534, 594, 630];

let chain;
let owner;
let tenant;
let other;

before(async () => {
	chain = await Chain.connect(await Node.start());
	owner = await chain.fundedAccount('//story/owner');
	tenant = await chain.fundedAccount('//story/tenant');
	other = await chain.fundedAccount('//story/other');
});

after(async () => {
	await chain.disconnect();
	await chain.node.stop();
	assert.deepEqual(chain.node.faults(), []);
	assert.deepEqual(unexpectedWarnings(), []);
});

// A heartbeat just after a whole minute: the next one, a lease's start, is then far enough away for
// another.
async function seenOnTheMinute(device, id) {
	await beatAt(device, id, await minuteFrom(chain, REPORT_INTERVAL));
}

async function beatAt(device, id, time) {
	await chain.passTo(time - 3);
	const result = await device.beat(chain, id);
	assert.equal(result.error, null);
	return result;
}

const grant = async (id) => {
	const found = await chain.api.call.leaseEscrowApi.accessGrant(id);
	return found.isSome ? found.unwrap() : null;
};

test('a GPU is leased from register to final payment', async () => {
	const { api } = chain;
	const first = (await chain.number()) + 1;
	const issuance = (await api.query.balances.totalIssuance()).toBigInt();

	// The owner registers a GPU and bonds.
	const device = new Device('//story/gpu');
	const registered = await chain.succeed(registration(chain, { key: device.key, heartbeatGap: GAP }), owner);
	const id = registered.event('deviceRegistry.DeviceRegistered').device.toNumber();
	await chain.succeed(api.tx.leaseEscrow.bond(50n * UNIT), owner);

	// The device activates itself; it owns no token.
	const activated = await device.activate(chain, id, owner.address);
	assert.equal(activated.error, null);
	assert.equal(activated.fee, 0n);
	assert.equal((await chain.balance(device.pair)).total, 0n);
	const details = (await api.call.deviceRegistryApi.device(id)).unwrap();
	assert.ok(details.key.unwrap().active.isTrue);

	// A series by the minute.
	const series = await makeSeries(chain, owner, id, { terms: { evidence: { Heartbeat: { maxGap: GAP } } } });
	const offered = (await api.call.usageTokenApi.series(series)).unwrap();
	assert.equal(offered.available.toNumber(), 10_000);
	const metadata = await api.query.assets.metadata(series);
	assert.equal(metadata.decimals.toNumber(), 0);
	assert.ok(metadata.name.toUtf8().length > 0);

	// A quote, then the rental: the price paid equals the quote.
	await seenOnTheMinute(device, id);
	const quote = (await api.call.leaseEscrowApi.quote(tenant.address, series, id, null, MINUTES, null)).asOk;
	assert.equal(quote.rent.toBigInt(), BigInt(MINUTES) * UNIT_PRICE);
	const tenantBefore = await chain.balance(tenant);
	const rented = await chain.succeed(rental(chain, tenant, { series, device: id, units: MINUTES }), tenant);
	const booked = rented.event('leaseEscrow.LeaseBooked');
	const lease = booked.lease.toNumber();
	const start = booked.from.toNumber();
	const end = booked.until.toNumber();
	assert.equal(end - start, MINUTES * 60);
	assert.equal(booked.rent.toBigInt(), quote.rent.toBigInt());
	const held = await chain.holds(tenant);
	assert.equal(held['leaseEscrow.Rent'], quote.rent.toBigInt());
	assert.equal(held['leaseEscrow.LeaseRecord'], quote.recordDeposit.toBigInt());

	// Another tenant wants the same time: refused by name, and only the fee is gone.
	await chain.expectError(
		rental(chain, other, { series, device: id, start: start + 60, units: MINUTES }), other, 'leaseEscrow.SlotTaken',
	);
	const taken = (await api.call.leaseEscrowApi.availability(id, start, end)).asOk;
	assert.ok(taken.isFree.isFalse);
	assert.equal(taken.bookings.length, 1);

	// Before the start the key opens nothing; the stored grant already says when it will.
	const stored = (await api.query.leaseEscrow.accessGrants(id)).unwrap().current.unwrap();
	assert.equal(stored.from.toNumber(), start);
	if ((await chain.now()) < start) assert.equal(await grant(id), null);

	// The device serves, falls silent for three minutes, serves on.
	await beatAt(device, id, start + BEATS_BEFORE_SILENCE[0]);
	assert.deepEqual((await grant(id)).accessKey.toJSON(), api.createType('TenurePrimitivesKeyPublicKey', accessKey(tenant)).toJSON());
	for (const offset of BEATS_BEFORE_SILENCE.slice(1)) await beatAt(device, id, start + offset);
	const running = (await api.call.leaseEscrowApi.lease(lease)).unwrap();
	assert.equal(running.state.type, 'Running');
	assert.equal(running.provenSeconds.toNumber(), 4 * 60);
	for (const offset of BEATS_AFTER_SILENCE.slice(0, -1)) await beatAt(device, id, start + offset);
	assert.notEqual(await grant(id), null);

	// Nobody sends a transaction: the clock ends the lease, the sweep settles it.
	const ownerBefore = await chain.balance(owner);
	const treasuryBefore = await chain.balance(treasury(chain));
	const tenantAtEnd = await chain.balance(tenant);
	const last = await beatAt(device, id, start + BEATS_AFTER_SILENCE.at(-1));
	assert.equal(await grant(id), null);
	let closed = last.blockEvents.find(({ method }) => method === 'LeaseClosed');
	for (let made = 0; !closed && made < 60; made++) {
		const at = await api.at(await chain.seal());
		const events = (await at.query.system.events()).map(({ event }) => event);
		closed = events.find(({ method }) => method === 'LeaseClosed');
	}
	assert.ok(closed, 'the lease closes by itself');

	// Seven minutes' rent to the owner less the protocol's share, three minutes' to the tenant, in money.
	const share = running.protocolShare.toBigInt();
	const earned = 7n * UNIT_PRICE;
	const fee = (earned * share) / 1_000_000_000n;
	assert.equal(closed.data.reason.type, 'Completed');
	assert.equal(closed.data.provenSeconds.toNumber(), 7 * 60);
	const ownerAfter = await chain.balance(owner);
	assert.equal(ownerAfter.total - ownerBefore.total, earned - fee);
	assert.ok((await chain.balance(treasury(chain))).total - treasuryBefore.total >= fee);
	const tenantAfter = await chain.balance(tenant);
	assert.equal(tenantAfter.total - tenantAtEnd.total, -earned);
	assert.equal(tenantBefore.total - tenantAfter.total, earned + rented.fee);

	// Nothing is left on hold or committed.
	assert.deepEqual(await chain.holds(tenant), {});
	const bond = await api.query.leaseEscrow.bonds(owner.address);
	assert.equal(bond.committed.toBigInt(), 0n);
	assert.equal((await chain.holds(owner))['leaseEscrow.OwnerBond'], 50n * UNIT);
	assert.ok((await api.call.leaseEscrowApi.lease(lease)).isNone);
	assert.equal((await api.query.balances.totalIssuance()).toBigInt(), issuance);

	// The events tell the story in order.
	const chapters = [
		'DeviceRegistered', 'BondDeposited', 'KeyActivated', 'SeriesCreated', 'LeaseBooked', 'HeartbeatRecorded',
		'LeaseEndsSoon', 'LeaseEnded', 'LeaseClosed',
	];
	const story = (await eventsSince(chain, first)).map(({ name }) => name.split('.')[1]);
	let at = -1;
	for (const chapter of chapters) {
		at = story.indexOf(chapter, at + 1);
		assert.notEqual(at, -1, `${chapter} is missing or out of order in ${story.join(', ')}`);
	}
});

test('a restart in mid-lease loses nothing', async () => {
	const { id, device } = await activeDevice(chain, owner, '//story/restart', { heartbeatGap: GAP });
	const series = await makeSeries(chain, owner, id, { terms: { evidence: { Heartbeat: { maxGap: GAP } } } });
	await seenOnTheMinute(device, id);
	const rented = await chain.succeed(rental(chain, tenant, { series, device: id, units: 5 }), tenant);
	const { lease, from } = rented.event('leaseEscrow.LeaseBooked');
	const start = from.toNumber();
	await beatAt(device, id, start + 3);
	await beatAt(device, id, start + 63);
	await chain.untilFinalized();
	const before = (await chain.api.call.leaseEscrowApi.lease(lease)).toHex();
	const best = await chain.bestHash();

	await chain.restart();
	assert.equal(await chain.bestHash(), best);
	assert.equal((await chain.api.call.leaseEscrowApi.lease(lease)).toHex(), before);

	// A crash too loses nothing that was final.
	await chain.restart({ kill: true });
	for (const offset of [123, 183, 243, 303]) await beatAt(device, id, start + offset);
	while ((await chain.api.call.leaseEscrowApi.lease(lease)).isSome) await chain.seal();
	assert.deepEqual(await chain.holds(tenant), {});
	const totals = await chain.api.query.leaseEscrow.lifetimes(id);
	assert.equal(totals.provenSeconds.toNumber(), 300);
});


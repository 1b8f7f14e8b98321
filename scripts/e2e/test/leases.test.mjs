// SPDX-License-Identifier: Apache-2.0
// What both sides can do with a lease that is agreed: extend it, revoke it, say who opens the device and
// where it pays, and settle many at once. And who is let in, and how a bond comes back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { blake2AsHex } from '@polkadot/util-crypto';
import { stringToHex } from '@polkadot/util';
import { Chain, UNIT } from '../lib/chain.mjs';
import {
	DAY, MINUTE, UNIT_PRICE, accessKey, activeDevice, minuteFrom, percent, rental, series as makeSeries, serveUntil,
	untilClosed,
} from '../lib/leasing.mjs';
import { Node } from '../lib/node.mjs';

const GAP = 2 * MINUTE;
const OPTIONS = { terms: { evidence: { Heartbeat: { maxGap: GAP } }, ownerPenalty: percent(50), penaltyFreeShare: 0 } };

let chain;
let owner;
let tenant;
let friend;
let id;
let device;
let series;

const escrow = () => chain.api.tx.leaseEscrow;
const lease = async (number) => (await chain.api.call.leaseEscrowApi.lease(number)).unwrap();
const grant = async () => (await chain.api.call.leaseEscrowApi.accessGrant(id)).unwrap();

before(async () => {
	chain = await Chain.connect(await Node.start());
	owner = await chain.fundedAccount('//leases/owner');
	tenant = await chain.fundedAccount('//leases/tenant');
	friend = await chain.fundedAccount('//leases/friend');
	await chain.succeed(escrow().bond(100n * UNIT), owner);
	({ id, device } = await activeDevice(chain, owner, '//leases/gpu', { heartbeatGap: GAP }));
	series = await makeSeries(chain, owner, id, OPTIONS);
});

after(async () => {
	await chain.disconnect();
	await chain.node.stop();
	assert.deepEqual(chain.node.faults(), []);
});

const serve = (time) => serveUntil(chain, [{ id, device }], time);

async function rent(units, start = null) {
	await chain.advance(MINUTE);
	assert.equal((await device.beat(chain, id)).error, null);
	const rented = await chain.succeed(rental(chain, tenant, { series, device: id, start, units }), tenant);
	return rented.event('leaseEscrow.LeaseBooked');
}

test('a running lease goes on, changes its key and its payout address', async () => {
	const before = (await chain.balance(tenant)).total;
	const booked = await rent(5);
	await serve(booked.from.toNumber() + MINUTE);
	await chain.succeed(escrow().extend(booked.lease, 5, 5n * UNIT_PRICE), tenant);
	assert.equal((await lease(booked.lease)).until.toNumber(), booked.until.toNumber() + 5 * MINUTE);
	await chain.expectError(escrow().extend(booked.lease, 5, 0), tenant, 'leaseEscrow.CostAboveMax');

	assert.equal((await grant()).accessKey.toHex(), chain.api.createType('TenurePrimitivesKeyPublicKey', accessKey(tenant)).toHex());
	await chain.succeed(escrow().setAccessKey(booked.lease, accessKey(friend)), tenant);
	assert.equal((await grant()).accessKey.toHex(), chain.api.createType('TenurePrimitivesKeyPublicKey', accessKey(friend)).toHex());
	const address = 'bc1q-tenure-example';
	await chain.succeed(escrow().setPayout(booked.lease, address), tenant);
	assert.equal((await grant()).payout.unwrap().toHex(), blake2AsHex(address));
	assert.equal((await chain.api.query.leaseEscrow.payouts(booked.lease)).unwrap().toHex(), stringToHex(address));

	await serve(booked.until.toNumber() + 6 * MINUTE);
	await untilClosed(chain, booked.lease);
	assert.deepEqual(await chain.holds(tenant), {});
	assert.ok((await chain.api.query.leaseEscrow.payouts(booked.lease)).isNone);
	// All ten minutes were served.
	const spent = before - (await chain.balance(tenant)).total;
	assert.ok(spent >= 10n * UNIT_PRICE && spent < 11n * UNIT_PRICE, `${spent}`);
});

test('an owner that revokes gives the rent back and pays for it', async () => {
	const start = (await minuteFrom(chain)) + 60 * MINUTE;
	const ahead = await rent(10, start);
	await chain.expectError(escrow().revoke(ahead.lease), tenant, 'leaseEscrow.NotPayee');
	const before = (await chain.balance(tenant)).total;
	const revoked = await chain.succeed(escrow().revoke(ahead.lease), owner);
	assert.equal(revoked.event('leaseEscrow.LeaseClosed').reason.type, 'Revoked');
	assert.equal((await chain.balance(tenant)).total - before, 5n * UNIT_PRICE);
	assert.deepEqual(await chain.holds(tenant), {});

	// In mid-lease: what is cut off comes back with half of it on top.
	const running = await rent(10);
	const held = (await chain.balance(tenant)).total;
	await serve(running.from.toNumber() + 2 * MINUTE);
	await chain.succeed(escrow().revoke(running.lease), owner);
	const until = (await lease(running.lease)).until.toNumber();
	assert.ok(until < running.until.toNumber());
	const minutes = BigInt((until - running.from.toNumber()) / MINUTE);
	await serve(until + MINUTE);
	await untilClosed(chain, running.lease);
	const cut = (10n - minutes) * UNIT_PRICE;
	assert.equal((await chain.balance(tenant)).total, held - minutes * UNIT_PRICE + cut / 2n);
});

test('a list says who may rent', async () => {
	const { sale } = (await chain.api.call.usageTokenApi.series(series)).unwrap();
	const [usableFrom, usableUntil] = [sale.usableFrom.toNumber(), sale.usableUntil.toNumber()];
	const closed = await makeSeries(chain, owner, id, {
		sale: { usableFrom, usableUntil, saleUntil: usableUntil },
		terms: { ...OPTIONS.terms, admission: { Only: [friend.address] } },
	});
	await chain.advance(MINUTE);
	assert.equal((await device.beat(chain, id)).error, null);
	const refused = rental(chain, tenant, { series: closed, device: id, units: 5 });
	await chain.expectError(refused, tenant, 'leaseEscrow.TenantNotAdmitted');
	const admitted = rental(chain, friend, { series: closed, device: id, units: 5 });
	const { lease: number, until } = (await chain.succeed(admitted, friend)).event('leaseEscrow.LeaseBooked');
	await serve(until.toNumber() - MINUTE);
	// Anyone settles many at once; what can't be settled stops nothing.
	const claimed = await chain.succeed(escrow().claim([number, 9_999]), tenant);
	assert.equal(claimed.all('leaseEscrow.LeaseSettled').length, 1);
	assert.equal(claimed.all('leaseEscrow.ClaimFailed').length, 1);
	await serve(until.toNumber() + MINUTE);
	await untilClosed(chain, number);
});

test('a bond comes back after a week', async () => {
	const { held } = await chain.api.query.leaseEscrow.bonds(owner.address);
	await chain.succeed(escrow().unbond(held), owner);
	assert.equal((await chain.holds(owner))['leaseEscrow.OwnerBond'], held.toBigInt());
	await chain.expectError(escrow().withdrawUnbonded(), owner, 'leaseEscrow.NothingToWithdraw');
	const unbacked = rental(chain, tenant, { series, device: id, units: 5 });
	await chain.expectError(unbacked, tenant, 'leaseEscrow.OwnerBondTooSmall');
	await chain.advance(7 * DAY);
	await chain.succeed(escrow().withdrawUnbonded(), owner);
	assert.equal((await chain.holds(owner))['leaseEscrow.OwnerBond'], undefined);
});

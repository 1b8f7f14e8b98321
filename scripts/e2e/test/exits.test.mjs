// SPDX-License-Identifier: Apache-2.0
// Leaving early gives units back; units turn into money at the share of the series, or pass to others.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Chain, UNIT } from '../lib/chain.mjs';
import { DAY, UNIT_PRICE, activeDevice, booking, minuteFrom, rental, series as makeSeries } from '../lib/leasing.mjs';
import { Node } from '../lib/node.mjs';

let chain;
let owner;
let tenant;
let id;
let device;
let series;

before(async () => {
	chain = await Chain.connect(await Node.start());
	owner = await chain.fundedAccount('//exits/owner');
	tenant = await chain.fundedAccount('//exits/tenant');
	await chain.succeed(chain.api.tx.leaseEscrow.bond(100n * UNIT), owner);
	({ id, device } = await activeDevice(chain, owner, '//exits/gpu'));
	series = await makeSeries(chain, owner, id);
});

after(async () => {
	await chain.disconnect();
	await chain.node.stop();
	assert.deepEqual(chain.node.faults(), []);
});

async function seen() {
	await chain.advance(60);
	assert.equal((await device.beat(chain, id)).error, null);
}

/** What the owner keeps of `amount` once the protocol has its share. */
const toOwner = (amount, share) => amount - (amount * share) / 1_000_000_000n;

test('cancelling before the start gives units back, less the step of the ladder', async () => {
	const start = (await minuteFrom(chain)) + 2 * DAY;
	const rented = await chain.succeed(rental(chain, tenant, { series, device: id, start, units: 100 }), tenant);
	const { lease } = rented.event('leaseEscrow.LeaseBooked');
	const share = (await chain.api.call.leaseEscrowApi.lease(lease)).unwrap().protocolShare.toBigInt();
	const ownerBefore = (await chain.balance(owner)).total;

	await chain.succeed(chain.api.tx.leaseEscrow.cancel(lease), tenant);
	// More than a day ahead: five of a hundred.
	assert.equal(await chain.units(series, tenant), 95n);
	assert.equal((await chain.balance(owner)).total - ownerBefore, toOwner(5n * UNIT_PRICE, share));
	assert.deepEqual(await chain.holds(tenant), {});
	assert.ok((await chain.api.query.leaseEscrow.calendars(id)).length === 0);
});

test('an early end gives the unused units back', async () => {
	await seen();
	const booked = (await chain.succeed(booking(chain, tenant, { series, device: id, units: 60 }), tenant)).event(
		'leaseEscrow.LeaseBooked',
	);
	assert.equal(await chain.units(series, tenant), 35n);
	const start = booked.from.toNumber();
	await chain.passTo(start + 90);
	await chain.succeed(chain.api.tx.leaseEscrow.end(booked.lease), tenant);
	// It ends with the second minute. Of 58 unused units 48 come back: leaving costs a fifth of the
	// sixty, as cancelling just before the start would have.
	assert.equal(await chain.units(series, tenant), 83n);
	const lease = (await chain.api.call.leaseEscrowApi.lease(booked.lease)).unwrap();
	assert.equal(lease.until.toNumber(), start + 120);
	await chain.passTo(start + 300);
	while ((await chain.api.call.leaseEscrowApi.lease(booked.lease)).isSome) await chain.seal();
	assert.deepEqual(await chain.holds(tenant), {});
});

test('units redeem for money at the share of the series', async () => {
	const before = (await chain.balance(tenant)).total;
	const ownerBefore = (await chain.balance(owner)).total;
	const redeemed = await chain.succeed(chain.api.tx.usageToken.redeem(series, 13), tenant);
	const par = 13n * UNIT_PRICE;
	assert.equal((await chain.balance(tenant)).total - before, (par * 95n) / 100n - redeemed.fee);
	assert.equal((await chain.balance(owner)).total - ownerBefore, par - (par * 95n) / 100n);
	assert.equal(await chain.units(series, tenant), 70n);
});

test('units pass to another account, which books with them', async () => {
	const friend = await chain.fundedAccount('//exits/friend');
	await chain.succeed(chain.api.tx.assets.transfer(series, friend.address, 30), tenant);
	assert.equal(await chain.units(series, friend), 30n);
	await seen();
	const booked = (await chain.succeed(booking(chain, friend, { series, device: id, units: 30 }), friend)).event(
		'leaseEscrow.LeaseBooked',
	);
	assert.equal(booked.tenant.toString(), friend.address);
	assert.equal(await chain.units(series, friend), 0n);
	assert.equal((await chain.holds(friend))['leaseEscrow.Rent'], 30n * UNIT_PRICE);
});

test('backing stands behind every unit', async () => {
	const outstanding = (await chain.api.query.assets.asset(series)).unwrap().supply.toBigInt();
	const details = (await chain.api.call.usageTokenApi.series(series)).unwrap();
	assert.equal((await chain.holds(details.account.toString()))['usageToken.Backing'], outstanding * UNIT_PRICE);
});

test('a closed series redeems at par', async () => {
	await chain.succeed(chain.api.tx.usageToken.closeSeries(series), owner);
	const before = (await chain.balance(tenant)).total;
	const redeemed = await chain.succeed(chain.api.tx.usageToken.redeem(series, 40), tenant);
	assert.equal((await chain.balance(tenant)).total - before, 40n * UNIT_PRICE - redeemed.fee);
	await chain.expectError(chain.api.tx.usageToken.buy(series, 1, UNIT_PRICE), tenant, 'usageToken.SeriesClosed');
});

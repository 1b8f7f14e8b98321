// SPDX-License-Identifier: Apache-2.0
// What happens to a device in its life: descriptions, keys, loss, and the end by governance.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Chain, UNIT } from '../lib/chain.mjs';
import { DAY, MINUTE, UNIT_PRICE, activeDevice, minuteFrom, rental, series as makeSeries } from '../lib/leasing.mjs';
import { Node } from '../lib/node.mjs';
import { Device } from '../lib/report.mjs';

let chain;
let owner;
let tenant;
let id;
let device;

const registry = () => chain.api.tx.deviceRegistry;
const details = async (which = id) => (await chain.api.call.deviceRegistryApi.device(which)).unwrap();

before(async () => {
	chain = await Chain.connect(await Node.start());
	owner = await chain.fundedAccount('//devices/owner');
	tenant = await chain.fundedAccount('//devices/tenant');
	await chain.succeed(chain.api.tx.leaseEscrow.bond(100n * UNIT), owner);
	({ id, device } = await activeDevice(chain, owner, '//devices/first'));
});

after(async () => {
	await chain.disconnect();
	await chain.node.stop();
	assert.deepEqual(chain.node.faults(), []);
});

test('a description changes, and a location can be taken back', async () => {
	assert.ok((await details()).location.isSome);
	await chain.succeed(registry().update(id, { location: 'Remove', heartbeatGap: 2 * MINUTE }), owner);
	assert.ok((await details()).location.isNone);
	assert.equal((await details()).heartbeatGap.toNumber(), 2 * MINUTE);
	const place = { cell: '0x851f1d4bfffffff', country: '0x4445' };
	await chain.succeed(registry().update(id, { location: { Set: place } }), owner);
	assert.equal((await details()).location.unwrap().country.toUtf8(), 'DE');
	await chain.expectError(registry().update(id, {}), owner, 'deviceRegistry.NothingToChange');
});

test('a key is released, and the device takes it up again', async () => {
	await chain.succeed(registry().releaseKey(id), owner);
	assert.ok((await details()).key.unwrap().active.isFalse);
	await chain.advance(MINUTE);
	assert.equal((await device.activate(chain, id, owner.address)).error, null);
	assert.ok((await details()).key.unwrap().active.isTrue);
});

test('the key of an offered device changes a day later, signed for by the new key', async () => {
	const series = await makeSeries(chain, owner, id);
	await chain.expectError(registry().releaseKey(id), owner, 'deviceRegistry.DeviceCommitted');
	const next = new Device('//devices/second');
	const scheduled = await chain.succeed(registry().rotateKey(id, next.key), owner);
	const from = scheduled.event('deviceRegistry.KeyRotationScheduled').from.toNumber();
	assert.ok(from >= (await chain.now()) + DAY - MINUTE);
	await chain.advance(MINUTE);
	await assert.rejects(next.activate(chain, id, owner.address), /Custom error: 13/);
	assert.equal((await device.beat(chain, id)).error, null);
	await chain.advanceTo(from);
	assert.equal((await next.activate(chain, id, owner.address)).error, null);
	assert.ok((await details()).rotation.isNone);
	await chain.advance(MINUTE);
	await assert.rejects(device.beat(chain, id), /1010/);
	assert.equal((await next.beat(chain, id)).error, null);
	device = next;
	await chain.succeed(chain.api.tx.usageToken.closeSeries(series), owner);
});

test('nobody leases a missing device, and its units give their whole price', async () => {
	const series = await makeSeries(chain, owner, id);
	await chain.succeed(chain.api.tx.usageToken.buy(series, 20, 2n * UNIT), tenant);
	await chain.advance(MINUTE);
	assert.equal((await device.beat(chain, id)).error, null);
	const worth = async () => (await chain.api.call.usageTokenApi.holdings(tenant.address, series, 1)).items[0].value;
	assert.equal((await worth()).toBigInt(), (20n * UNIT_PRICE * 95n) / 100n);
	await chain.succeed(registry().reportMissing(id), owner);
	assert.equal((await worth()).toBigInt(), 20n * UNIT_PRICE);
	const rent = rental(chain, tenant, { series, device: id, units: 5 });
	await chain.expectError(rent, tenant, 'leaseEscrow.DeviceNotListed');
	await chain.expectError(registry().retire(id), owner, 'deviceRegistry.DeviceMissing');
	const before = (await chain.balance(tenant)).total;
	const redeemed = await chain.succeed(chain.api.tx.usageToken.redeem(series, 10), tenant);
	assert.equal((await chain.balance(tenant)).total - before, 10n * UNIT_PRICE - redeemed.fee);
	await chain.succeed(registry().reportFound(id), owner);
	assert.equal((await worth()).toBigInt(), (10n * UNIT_PRICE * 95n) / 100n);
});

test('governance takes a device off the chain, and its tenants have their money', async () => {
	const [series] = (await chain.api.call.usageTokenApi.holdings(tenant.address, 1, 1)).items.map((item) => item.series);
	const start = (await minuteFrom(chain)) + 2 * MINUTE;
	await chain.succeed(rental(chain, tenant, { series, device: id, start, units: 10 }), tenant);
	const before = (await chain.balance(tenant)).total;
	await chain.expectError(registry().forceRetire(id), owner, 'BadOrigin');
	const retired = await chain.sudo(registry().forceRetire(id));
	assert.equal(retired.event('leaseEscrow.LeaseClosed').reason.type, 'ForceRetired');
	assert.deepEqual(await chain.holds(tenant), {});
	assert.equal((await chain.balance(tenant)).total, before);
	assert.ok((await chain.api.call.deviceRegistryApi.device(id)).isNone);
	const redeemed = await chain.succeed(chain.api.tx.usageToken.redeem(series, 10), tenant);
	assert.equal((await chain.balance(tenant)).total - before, 10n * UNIT_PRICE - redeemed.fee);
});

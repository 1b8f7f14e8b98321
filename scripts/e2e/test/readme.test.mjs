// SPDX-License-Identifier: Apache-2.0
// The first lease of the README, with the encoded calls that stand there.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { Chain } from '../lib/chain.mjs';
import { Node } from '../lib/node.mjs';
import { Device } from '../lib/report.mjs';

const README = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
const CALLS = README.match(/^ *0x[0-9a-f]{20,}$/gm).map((hex) => hex.trim());
const NAMES = ['deviceRegistry.register', 'leaseEscrow.bond', 'usageToken.createSeries', 'leaseEscrow.rent'];

let chain;

before(async () => {
	chain = await Chain.connect(await Node.start());
});

after(async () => {
	await chain.disconnect();
	await chain.node.stop();
});

test('the walk-through works as written', async () => {
	const { api } = chain;
	assert.equal(CALLS.length, NAMES.length);
	const calls = CALLS.map((hex, index) => {
		const call = api.createType('Call', hex);
		assert.equal(`${call.section}.${call.method}`, NAMES[index]);
		assert.equal(call.toHex(), hex, `${NAMES[index]} is encoded otherwise now`);
		return api.tx[call.section][call.method](...call.args);
	});
	const [alice, bob] = [chain.account('Alice'), chain.account('Bob')];
	const device = new Device('//my-gpu');
	await chain.succeed(calls[0], alice);
	assert.equal((await device.activate(chain, 1, alice.address)).error, null);
	await chain.succeed(calls[1], alice);
	await chain.succeed(calls[2], alice);
	await chain.advance(33);
	assert.equal((await device.beat(chain, 1)).error, null);
	const quote = (await api.call.leaseEscrowApi.quote(bob.address, 1, 1, null, 1, null)).asOk;
	assert.equal(quote.rent.toBigInt(), 100_000_000_000n);
	const booked = (await chain.succeed(calls[3], bob)).event('leaseEscrow.LeaseBooked');
	assert.equal(booked.lease.toNumber(), 1);
	while ((await api.call.leaseEscrowApi.lease(1)).isSome) {
		await chain.advance(33);
		await device.beat(chain, 1);
	}
	const totals = await api.query.leaseEscrow.lifetimes(1);
	assert.equal(totals.provenSeconds.toNumber(), 60);
	assert.deepEqual(await chain.holds(bob), {});
});

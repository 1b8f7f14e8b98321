// SPDX-License-Identifier: Apache-2.0
// Four validators by real slots: finality, and its going on without one of them.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, Node } from '../lib/node.mjs';

const VALIDATORS = ['alice', 'bob', 'charlie', 'dave'];

describe('a local network of four validators', { timeout: 180_000 }, () => {
	const nodes = [];

	before(async () => {
		const start = async (name, flags = []) => {
			const port = await freePort();
			const listen = `/ip4/127.0.0.1/tcp/${port}`;
			const keys = [`--${name}`, '--unsafe-force-node-key-generation'];
			const args = [...keys, '--listen-addr', listen, ...flags];
			const node = new Node({ chain: 'local', name, sealing: null, args });
			nodes.push(node);
			await node.start();
			return `${listen}/p2p/${await node.rpc('system_localPeerId')}`;
		};
		const [first, ...others] = VALIDATORS;
		const bootnode = await start(first);
		await Promise.all(others.map((name) => start(name, ['--bootnodes', bootnode])));
	});

	after(() => Promise.all(nodes.map((node) => node.kill())));

	const finalized = async (node) =>
		Number((await node.rpc('chain_getHeader', await node.rpc('chain_getFinalizedHead'))).number);

	// Waits until each of the nodes has finalized `count` blocks more than now.
	const finalizes = async (watched, count, timeoutMs) => {
		const start = await Promise.all(watched.map(finalized));
		const deadline = Date.now() + timeoutMs;
		for (;;) {
			const now = await Promise.all(watched.map(finalized));
			if (now.every((number, index) => number >= start[index] + count)) return;
			assert.ok(Date.now() < deadline, `finality stands at ${now} after ${timeoutMs} ms, from ${start}`);
			await sleep(250);
		}
	};

	test('finalizes the same blocks everywhere', async () => {
		await finalizes(nodes, 2, 60_000);
		const height = Math.min(...(await Promise.all(nodes.map(finalized))));
		const hashes = await Promise.all(nodes.map((node) => node.rpc('chain_getBlockHash', height)));
		assert.equal(new Set(hashes).size, 1);
	});

	test('goes on without one of them', async () => {
		await nodes.at(-1).kill();
		await finalizes(nodes.slice(0, -1), 2, 60_000);
	});

	test('takes the lost one back', async () => {
		const lost = nodes.at(-1);
		await lost.start();
		await finalizes([lost], 2, 60_000);
		for (const node of nodes) assert.deepEqual(node.faults(), []);
	});
});

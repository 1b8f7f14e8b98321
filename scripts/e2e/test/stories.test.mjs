// SPDX-License-Identifier: Apache-2.0
// Leases of very different things, from the first transaction to the last planck. They share a node, because
// starting one takes longer than most of them.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { Chain } from '../lib/chain.mjs';
import { Node } from '../lib/node.mjs';
import { unexpectedWarnings } from '../lib/warnings.mjs';
import { camera } from '../suites/stories/camera.mjs';
import { drone } from '../suites/stories/drone.mjs';
import { fleet } from '../suites/stories/fleet.mjs';
import { gpu } from '../suites/stories/gpu.mjs';
import { outage } from '../suites/stories/outage.mjs';
import { rig } from '../suites/stories/rig.mjs';

const session = {};

before(async () => {
	session.chain = await Chain.connect(await Node.start());
	session.stranger = await session.chain.fundedAccount('//stories/stranger');
});

after(async () => {
	const { chain } = session;
	await chain.disconnect();
	await chain.node.stop();
	assert.deepEqual(chain.node.faults(), []);
	assert.deepEqual(unexpectedWarnings(), []);
});

for (const suite of [gpu, camera, drone, fleet, rig, outage]) describe(suite.name, () => suite(session));

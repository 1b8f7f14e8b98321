// SPDX-License-Identifier: Apache-2.0
// Suites that share a node, because starting one takes longer than most of them. Each has its own accounts and
// devices; the time that one lets pass has passed for the next.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { Chain } from '../lib/chain.mjs';
import { Node } from '../lib/node.mjs';
import { unexpectedWarnings } from '../lib/warnings.mjs';
import { agreements } from '../suites/agreements.mjs';
import { handovers } from '../suites/handovers.mjs';
import { holders } from '../suites/holders.mjs';
import { pages } from '../suites/pages.mjs';
import { registry } from '../suites/registry.mjs';
import { series } from '../suites/series.mjs';

const session = {};

before(async () => {
	session.chain = await Chain.connect(await Node.start());
});

after(async () => {
	const { chain } = session;
	await chain.disconnect();
	await chain.node.stop();
	assert.deepEqual(chain.node.faults(), []);
	assert.deepEqual(unexpectedWarnings(), []);
});

// The last one fills the storage, which the others compare as a whole.
for (const suite of [registry, holders, series, handovers, agreements, pages]) describe(suite.name, () => suite(session));

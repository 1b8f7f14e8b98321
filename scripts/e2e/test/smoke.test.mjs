// SPDX-License-Identifier: Apache-2.0
// The development node as an app sees it: blocks on demand, time that can jump, finality, restarts.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Chain, UNIT } from '../lib/chain.mjs';
import { submitAuthorized } from '../lib/device.mjs';
import { Node, runToExit } from '../lib/node.mjs';
import { unexpectedWarnings, warnings } from '../lib/warnings.mjs';

const WEEK = 7 * 24 * 60 * 60;
const SLOT = 3;
const SLOTS_PER_WEEK = WEEK / SLOT;

describe('a development node with manual sealing', { timeout: 240_000 }, () => {
	let node, chain, alice, bob, charlie;

	before(async () => {
		node = await Node.start({ sealing: 'manual' });
		chain = await Chain.connect(node);
		[alice, bob, charlie] = ['Alice', 'Bob', 'Charlie'].map((name) => chain.account(name));
	});

	after(async () => {
		await chain?.disconnect();
		await node?.kill();
	});

	test('tells polkadot.js all it needs', async () => {
		const { api } = chain;
		assert.equal((await api.rpc.system.chainType()).type, 'Development');
		assert.equal(api.runtimeVersion.specName.toString(), 'tenure');
		assert.equal(api.consts.system.ss58Prefix.toNumber(), 42);
		assert.equal(api.registry.chainSS58, 42);
		assert.deepEqual(api.registry.chainTokens, ['TNR']);
		assert.deepEqual(api.registry.chainDecimals, [12]);
		assert.equal(api.consts.babe.expectedBlockTime.toNumber(), SLOT * 1_000);
		assert.equal(api.consts.babe.epochDuration.toNumber(), 600);
		assert.equal(api.registry.signedExtensions[0], 'AuthorizeCall');
		assert.equal(api.registry.signedExtensions.at(-1), 'WeightReclaim');
		assert.equal(api.extrinsicVersion, 4);
		assert.ok(api.call.transactionPaymentApi.queryFeeDetails, 'runtime APIs come from the metadata');
		assert.deepEqual(unexpectedWarnings(), []);
		assert.equal(warnings.filter((text) => /runtime apis/i.test(text)).length, 0);
	});

	test('a transfer moves the amount, the sender pays the fee', async () => {
		const amount = 5n * UNIT;
		const [bobBefore, charlieBefore] = [await chain.balance(bob), await chain.balance(charlie)];
		// Not from Alice: she makes the blocks and gets a share of each fee.
		const result = await chain.succeed(chain.api.tx.balances.transferKeepAlive(charlie.address, amount), bob);
		assert.ok(result.fee > 0n);
		assert.equal((await chain.balance(charlie)).free, charlieBefore.free + amount);
		assert.equal((await chain.balance(bob)).free, bobBefore.free - amount - result.fee);
		assert.equal(result.event('balances.Transfer').amount.toBigInt(), amount);
	});

	test('a failed call names its error and costs the fee only', async () => {
		const everything = (await chain.balance(alice)).free * 2n;
		await chain.expectError(
			chain.api.tx.balances.transferKeepAlive(bob.address, everything),
			alice,
			'token.FundsUnavailable',
		);
		await chain.expectError(chain.api.tx.system.setStorage([]), bob, 'BadOrigin');
	});

	test('nobody creates assets beside the usage tokens', async () => {
		await chain.expectError(chain.api.tx.assets.create(7, alice.address, 1), alice, 'system.CallFiltered');
		await chain.expectError(
			chain.api.tx.utility.batchAll([chain.api.tx.assets.create(7, alice.address, 1)]),
			alice,
			'system.CallFiltered',
		);
		assert.ok((await chain.api.query.assets.asset(7)).isNone);
	});

	test('the pool refuses who cannot pay, and calls that nobody authorizes', async () => {
		const stranger = chain.account('//stranger');
		const refusal = await chain.expectRefused(chain.api.tx.system.remark('0x00'), stranger, /pay some fees/);
		assert.equal(refusal.code, 1010);
		await assert.rejects(submitAuthorized(chain.api, chain.api.tx.system.remark('0x00')), { code: 1010 });
	});

	test('1,200 blocks take seconds and become final', async () => {
		const start = await chain.number();
		const time = await chain.now();
		const begin = performance.now();
		await chain.seal(1_200);
		const elapsed = performance.now() - begin;
		assert.equal(await chain.number(), start + 1_200);
		assert.equal((await chain.now()) - time, 1_200 * SLOT);
		assert.ok(elapsed < 60_000, `1,200 blocks took ${Math.round(elapsed)} ms`);
		await chain.untilFinalized(start + 1_200, 30_000);
	});

	test('a week passes in one block, and finality follows', async () => {
		const [number, time] = [await chain.number(), await chain.now()];
		await chain.skipSlots(SLOTS_PER_WEEK);
		await chain.seal();
		assert.equal(await chain.number(), number + 1);
		const passed = (await chain.now()) - time;
		assert.ok(passed >= WEEK && passed <= WEEK + SLOT, `${passed} s passed`);
		// The jump ends the epoch; a transaction still gets in, and what follows becomes final.
		await chain.succeed(chain.api.tx.balances.transferKeepAlive(bob.address, UNIT), alice);
		await chain.seal(10);
		await chain.untilFinalized();
	});

	test('advanceTo meets a time to the slot', async () => {
		const target = (await chain.now()) + 3_601;
		const now = await chain.advanceTo(target);
		assert.ok(now >= target && now < target + SLOT, `${now - target} s off`);
	});

	test('a restart keeps everything and goes on', async () => {
		const state = async () => ({
			genesis: chain.api.genesisHash.toHex(),
			number: await chain.number(),
			time: await chain.now(),
			alice: await chain.balance(alice),
			bob: await chain.balance(bob),
		});
		await chain.untilFinalized();
		const kept = await state();
		await chain.restart();
		assert.deepEqual(await state(), kept);
		await chain.succeed(chain.api.tx.balances.transferKeepAlive(bob.address, UNIT), alice);
		assert.ok((await chain.now()) > kept.time);
		assert.equal((await chain.balance(bob)).free, kept.bob.free + UNIT);
		await chain.untilFinalized();
	});

	test('a power cut costs no finalized block', async () => {
		const finalized = await chain.finalizedNumber();
		await chain.restart({ kill: true });
		assert.ok((await chain.number()) >= finalized, 'a finalized block is lost');
		await chain.succeed(chain.api.tx.balances.transferKeepAlive(bob.address, UNIT), alice);
		await chain.untilFinalized();
	});

	test('it logged no fault, and ends cleanly', async () => {
		await chain.disconnect();
		assert.equal(await node.stop(), 0);
		assert.deepEqual(node.faults(), []);
		assert.deepEqual(unexpectedWarnings(), []);
	});
});

describe('sealing', { timeout: 120_000 }, () => {
	test('instant: a transaction gets its block at once and becomes final', async () => {
		const node = await Node.start({ sealing: 'instant' });
		const chain = await Chain.connect(node);
		const result = await chain.succeed(
			chain.api.tx.balances.transferKeepAlive(chain.account('Bob').address, UNIT),
			chain.account('Alice'),
		);
		await chain.untilFinalized(result.number, 10_000);
		await chain.disconnect();
		await node.kill();
	});

	test('is refused outside a development chain', async () => {
		const { code, output } = await runToExit([
			...['--chain', 'local', '--alice', '--tmp', '--sealing', 'manual'],
			...['--rpc-port', '0', '--port', '0', '--no-prometheus', '--no-telemetry'],
			'--unsafe-force-node-key-generation',
		]);
		assert.notEqual(code, 0);
		assert.match(output, /--sealing.*[Dd]evelopment/s);
	});

	test('moves the clock only for trusted callers', async () => {
		const node = await Node.start({ rpcMethods: 'safe' });
		await assert.rejects(node.rpc('sealing_skipSlots', 1), { code: -32601 });
		await node.kill();
	});
});

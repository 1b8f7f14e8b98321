// SPDX-License-Identifier: Apache-2.0
// A connection to a running node by polkadot.js, with no types of our own. Amounts are BigInt in
// the smallest unit, times are seconds.
import './warnings.mjs';
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiPromise, Keyring, WsProvider } from '@polkadot/api';
import { generalTransaction } from './device.mjs';
import { changes } from './state.mjs';
import { TransactionResult } from './transaction.mjs';

// The first block of a session takes no transactions, and two sessions can follow each other.
const SEAL_LIMIT = 5;
// Calls of a batch: even of dear ones a block takes so many.
const BATCH = 32;
const INCLUSION_TIMEOUT_MS = 60_000;
const FINALITY_TIMEOUT_MS = 60_000;

export const UNIT = 1_000_000_000_000n;

export class Chain {
	#keyring = new Keyring({ type: 'sr25519', ss58Format: 42 });

	static async connect(node) {
		const chain = new Chain();
		chain.node = node;
		await chain.#open();
		return chain;
	}

	async #open() {
		this.provider = new WsProvider(this.node.ws, 1_000);
		this.api = await ApiPromise.create({ provider: this.provider, noInitWarn: true, throwOnConnect: true });
	}

	async disconnect() {
		await this.api.disconnect();
	}

	/** Stops and starts the node on the same folder and connects again: `api` is a new one. */
	async restart({ kill = false } = {}) {
		await this.disconnect();
		await (kill ? this.node.kill() : this.node.stop());
		await this.node.start();
		await this.#open();
	}

	/** The key pair of a development account ('Alice') or of any secret URI ('//tenant/1'). */
	account(uri) {
		return this.#keyring.addFromUri(uri.startsWith('/') ? uri : `//${uri}`);
	}

	/** The key pair of `uri`, endowed by Alice. */
	async fundedAccount(uri, amount = 1_000n * UNIT) {
		const pair = this.account(uri);
		const result = await this.submit(
			this.api.tx.balances.transferKeepAlive(pair.address, amount),
			this.account('Alice'),
		);
		assert.equal(result.error, null);
		return pair;
	}

	/** A JSON-RPC call by name, for methods that polkadot.js does not know. */
	rpc(method, ...params) {
		return this.provider.send(method, params);
	}

	// --- Blocks and time ---

	/** Makes `count` blocks, empty ones too; the hash of the last. */
	async seal(count = 1) {
		let hash;
		for (let made = 0; made < count; made++) {
			({ hash } = await this.rpc('engine_createBlock', true, false, null));
		}
		return hash;
	}

	/** Lets the next block come `count` slots later. */
	async skipSlots(count) {
		await this.rpc('sealing_skipSlots', count);
	}

	/** Moves the chain's clock on by `seconds` or up to a slot more, in one block; the new time. */
	async advance(seconds) {
		const slots = Math.ceil((seconds * 1_000) / this.api.consts.babe.expectedBlockTime.toNumber());
		if (slots > 1) await this.skipSlots(slots - 1);
		await this.seal();
		return this.now();
	}

	/** Moves the chain's clock to `time` or up to a slot later; the new time. */
	async advanceTo(time) {
		const now = await this.now();
		return time > now ? this.advance(time - now) : now;
	}

	/** Lets `seconds` or up to a slot more pass, with blocks often enough that none of it is an outage; the new time. */
	async pass(seconds) {
		return this.passTo((await this.now()) + seconds);
	}

	/** Lets time pass in the same way until `time` or up to a slot later; the new time. */
	async passTo(time) {
		const slot = this.api.consts.babe.expectedBlockTime.toNumber() / 1_000;
		const most = Math.floor(this.api.consts.leaseEscrow.outageThreshold.toNumber() / slot);
		let slots = Math.ceil((time - (await this.now())) / slot);
		while (slots > 0) {
			const next = Math.min(slots, most);
			if (next > 1) await this.skipSlots(next - 1);
			await this.seal();
			slots -= next;
		}
		return this.now();
	}

	/** The time of block `hash`, or of the best one. */
	async now(hash) {
		const at = await this.api.at(hash ?? (await this.bestHash()));
		return (await at.query.timestamp.now()).toNumber() / 1_000;
	}

	bestHash() {
		return this.rpc('chain_getBlockHash');
	}

	/** The number of block `hash`, or of the best block. */
	async number(hash = null) {
		return Number((await this.rpc('chain_getHeader', hash)).number);
	}

	async finalizedNumber() {
		return this.number(await this.rpc('chain_getFinalizedHead'));
	}

	/** Waits until block `number`, or what is the best one now, is finalized. */
	async untilFinalized(number, timeoutMs = FINALITY_TIMEOUT_MS) {
		const target = number ?? (await this.number());
		const deadline = Date.now() + timeoutMs;
		let finalized;
		while ((finalized = await this.finalizedNumber()) < target) {
			if (Date.now() > deadline) {
				throw new Error(`block ${target} is not final after ${timeoutMs} ms: finality is at ${finalized}`);
			}
			await sleep(50);
		}
		return finalized;
	}

	// --- Transactions ---

	/** Signs and submits `tx` and resolves with a TransactionResult once it is in a block. */
	async submit(tx, signer, options = {}) {
		const signed = await tx.signAsync(signer, { nonce: -1, ...options });
		return this.include(signed.toHex());
	}

	/** The same for a call that authorizes itself: no signer, no fee. */
	async submitAuthorized(call) {
		return this.include(generalTransaction(this.api, call));
	}

	/** The same for several before it makes a block: the TransactionResults, in their order. */
	async submitAllAuthorized(calls) {
		const hexes = calls.map((call) => generalTransaction(this.api, call));
		for (const hex of hexes) await this.rpc('author_submitExtrinsic', hex);
		return this.#untilIncluded(hexes);
	}

	/** Submits `call` with root's origin through sudo; throws if the call itself fails. */
	async sudo(call, signer = this.account('Alice')) {
		const result = await this.submit(this.api.tx.sudo.sudo(call), signer);
		assert.equal(result.error ?? result.innerError, null, 'a sudo call');
		return result;
	}

	/** Submits `tx`, which must succeed. */
	async succeed(tx, signer, options) {
		const result = await this.submit(tx, signer, options);
		assert.equal(result.error ?? result.innerError, null, `${tx.method.section}.${tx.method.method}`);
		return result;
	}

	/** Signs and submits each [tx, signer] before it makes a block: the TransactionResults, in their order. */
	async submitAll(pairs) {
		const hexes = [];
		// Counted here: the pool's own answer is a moment late.
		const nonces = new Map();
		for (const [tx, signer] of pairs) {
			const nonce = nonces.get(signer.address) ?? (await this.rpc('system_accountNextIndex', signer.address));
			nonces.set(signer.address, nonce + 1);
			const hex = (await tx.signAsync(signer, { nonce })).toHex();
			await this.rpc('author_submitExtrinsic', hex);
			hexes.push(hex);
		}
		return this.#untilIncluded(hexes);
	}

	/** Submits the calls in batches that fit into a block; all must succeed. The batches' TransactionResults. */
	async succeedAll(calls, signer) {
		const batches = [];
		for (let done = 0; done < calls.length; done += BATCH) {
			batches.push([this.api.tx.utility.batchAll(calls.slice(done, done + BATCH)), signer]);
		}
		const results = await this.submitAll(batches);
		for (const { error } of results) assert.equal(error, null);
		return results;
	}

	/** Hands an encoded extrinsic to the pool, makes blocks until one holds it. */
	async include(hex) {
		let next = (await this.number()) + 1;
		await this.rpc('author_submitExtrinsic', hex);
		if (this.node.options.sealing === 'manual') return (await this.#untilIncluded([hex]))[0];
		const deadline = Date.now() + INCLUSION_TIMEOUT_MS;
		while (Date.now() < deadline) {
			const hash = await this.rpc('chain_getBlockHash', next);
			const result = hash && (await this.#resultsIn(hash, [hex])).get(hex);
			if (result) return result;
			if (hash) next++;
			else await sleep(50);
		}
		throw new Error(`in no block after ${INCLUSION_TIMEOUT_MS} ms: ${hex}`);
	}

	// Makes blocks until each extrinsic of the pool is in one.
	async #untilIncluded(hexes) {
		const results = new Map();
		// Each might fill a block.
		const limit = SEAL_LIMIT + hexes.length;
		for (let made = 0; made < limit; made++) {
			for (const [hex, result] of await this.#resultsIn(await this.seal(), hexes)) results.set(hex, result);
			if (results.size === hexes.length) return hexes.map((hex) => results.get(hex));
		}
		throw new Error(`not in ${limit} blocks: ${hexes.filter((hex) => !results.has(hex))}`);
	}

	async #resultsIn(hash, hexes) {
		const { block } = await this.rpc('chain_getBlock', hash);
		const places = hexes.map((hex) => [hex, block.extrinsics.indexOf(hex)]).filter(([, index]) => index >= 0);
		if (places.length === 0) return new Map();
		const at = await this.api.at(hash);
		const events = await at.query.system.events();
		return new Map(
			places.map(([hex, index]) => [hex, new TransactionResult(at.registry, block.header, hash, index, events)]),
		);
	}

	/**
	 * Submits `tx`, which must fail with `name` ('leaseEscrow.NotTenant', 'BadOrigin',
	 * 'token.FundsUnavailable') and change nothing but what every block changes, the signer's nonce
	 * and the fee. `ignore` names further storage ('pallet' or 'pallet.entry').
	 */
	async expectError(tx, signer, name, { ignore = [] } = {}) {
		const before = await this.bestHash();
		const idle = await changes(this, before, await this.seal(), ignore);
		const result = await this.submit(tx, signer);
		assert.equal(result.error ?? result.innerError, name, `${tx.method.section}.${tx.method.method}`);
		const touched = await changes(this, result.parentHash, result.hash, ignore);
		const byEveryBlock = new Set(idle.entries.map(({ key }) => key));
		assert.deepEqual(
			touched.entries.filter(({ key }) => !byEveryBlock.has(key)).map(({ name }) => name),
			[],
			`${name}: a failed call changed storage`,
		);
		let sum = 0n;
		for (const [address, { total, nonce }] of touched.accounts) {
			sum += total;
			if (address === signer.address) {
				// Less than the fee only for the block's author, who gets a share of it.
				assert.ok(total <= 0n && -total <= result.fee, `the signer paid ${-total}, the fee is ${result.fee}`);
				assert.equal(nonce, 1);
			} else {
				assert.ok(total > 0n && nonce === 0, `${address} lost by another's failed call`);
			}
		}
		assert.equal(sum, 0n, 'a failed call created or destroyed money');
		return result;
	}

	/** `tx` must be refused by the pool with a message that matches; the error. */
	async expectRefused(tx, signer, pattern, options = {}) {
		const signed = await tx.signAsync(signer, { nonce: -1, ...options });
		let refusal;
		await assert.rejects(this.rpc('author_submitExtrinsic', signed.toHex()), (error) => {
			refusal = error;
			return pattern.test(`${error.message} ${error.data ?? ''}`);
		});
		return refusal;
	}

	// --- Balances ---

	/** {free, reserved, frozen, total} of an address or a key pair. */
	async balance(who) {
		const { data } = await this.api.query.system.account(who.address ?? who);
		const [free, reserved, frozen] = [data.free, data.reserved, data.frozen].map((amount) => amount.toBigInt());
		return { free, reserved, frozen, total: free + reserved };
	}

	/** What is held in an account, by reason: {'leaseEscrow.Rent': 12n}. */
	async holds(who) {
		const holds = await this.api.query.balances.holds(who.address ?? who);
		return Object.fromEntries(
			holds.map(({ id, amount }) => {
				const pallet = id.type[0].toLowerCase() + id.type.slice(1);
				return [`${pallet}.${id.value.type}`, amount.toBigInt()];
			}),
		);
	}

	/** Units of the asset that an account has. */
	async units(assetId, who) {
		const account = await this.api.query.assets.account(assetId, who.address ?? who);
		return account.isSome ? account.unwrap().balance.toBigInt() : 0n;
	}
}

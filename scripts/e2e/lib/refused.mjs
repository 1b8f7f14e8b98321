// SPDX-License-Identifier: Apache-2.0
// Tables of calls that must be refused: each with its own error, all of them without any other effect.
import assert from 'node:assert/strict';
import { generalTransaction } from './device.mjs';
import { changes } from './state.mjs';

/**
 * Submits the call of every row [call, signer, error] into the same block, or as few as hold them. Each must fail
 * with its error ('usageToken.SoldOut'); together they must change nothing but what every block changes, the
 * signers' nonces and their fees. No signer may be the blocks' author, who gets a share of the fees.
 */
export async function expectErrors(chain, rows) {
	const idle = await changes(chain, await chain.bestHash(), await chain.seal());
	const results = await chain.submitAll(rows);
	const named = (error, row) => {
		const { section, method } = rows[row][0].method;
		return `${row}: ${section}.${method} ${error}`;
	};
	const found = results.map((result) => result.error ?? result.innerError);
	assert.deepEqual(found.map(named), rows.map(([, , error]) => error).map(named));

	const blocks = results.toSorted((one, other) => one.number - other.number);
	const touched = await changes(chain, blocks[0].parentHash, blocks.at(-1).hash);
	const byEveryBlock = new Set(idle.entries.map(({ key }) => key));
	const changed = touched.entries.filter(({ key }) => !byEveryBlock.has(key));
	assert.deepEqual(changed.map(({ name }) => name), [], 'failed calls changed storage');
	let sum = 0n;
	for (const [address, { total, nonce }] of touched.accounts) {
		sum += total;
		const own = results.filter((_, row) => rows[row][1].address === address);
		assert.equal(nonce, own.length, address);
		const fees = own.reduce((paid, { fee }) => paid + fee, 0n);
		if (own.length > 0) assert.equal(-total, fees, `${address} paid other than the fees`);
		else assert.ok(total > 0n, `${address} lost by others' failed calls`);
	}
	assert.equal(sum, 0n, 'failed calls created or destroyed money');
}

/** The pool must refuse what a device sends, or a call that nobody signed, with this error. */
export async function expectUnsignedRefused(chain, call, pattern) {
	const before = await chain.bestHash();
	const hex = generalTransaction(chain.api, call);
	await assert.rejects(chain.rpc('author_submitExtrinsic', hex), (error) => {
		assert.match(`${error.message} ${error.data ?? ''}`, pattern, `${call.method.section}.${call.method.method}`);
		return true;
	});
	assert.equal(await chain.bestHash(), before);
}

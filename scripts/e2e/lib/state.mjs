// SPDX-License-Identifier: Apache-2.0
// The chain's storage as a whole, to see what a transaction changed.

// What consensus and fees write in any block.
const OF_EVERY_BLOCK = [
	...['authorship', 'babe', 'grandpa', 'historical', 'session', 'timestamp', 'transactionPayment'],
	...['balances.inactiveIssuance', 'balances.totalIssuance', 'treasury.deactivated', 'treasury.lastSpendPeriod'],
];
const PAGE = 1_000;

// Every storage entry: {name, prefix}. Of System only the accounts; there are thousands of hashes.
function entries(api, ignore) {
	const ignored = new Set([...OF_EVERY_BLOCK, ...ignore]);
	return Object.entries(api.query)
		.flatMap(([pallet, methods]) =>
			Object.entries(methods)
				.filter(([, entry]) => entry.creator?.meta)
				.map(([method, entry]) => ({ pallet, name: `${pallet}.${method}`, prefix: entry.keyPrefix() })),
		)
		.filter(({ pallet }) => pallet !== 'substrate')
		.filter(({ pallet, name }) => pallet !== 'system' || name === 'system.account')
		.filter(({ pallet, name }) => !ignored.has(pallet) && !ignored.has(name));
}

async function keysUnder(chain, prefix, hash) {
	const keys = [];
	for (let page; !page || page.length === PAGE; keys.push(...page)) {
		page = await chain.rpc('state_getKeysPaged', prefix, PAGE, keys.at(-1) ?? prefix, hash);
	}
	return keys;
}

/** Map of storage key (hex) to {name, value}, at a block. */
export async function snapshot(chain, hash, ignore = []) {
	const state = new Map();
	await Promise.all(
		entries(chain.api, ignore).map(async ({ name, prefix }) => {
			const keys = await keysUnder(chain, prefix, hash);
			// The key of a plain value is the prefix itself, which the paging starts after.
			keys.push(prefix);
			const [set] = await chain.rpc('state_queryStorageAt', keys, hash);
			for (const [key, value] of set?.changes ?? []) {
				if (value !== null) state.set(key, { name, value });
			}
		}),
	);
	return state;
}

/**
 * What differs between two blocks: `entries` [{key, name}] outside the accounts, and `accounts`, a
 * Map of address to the difference in {total, nonce}.
 */
export async function changes(chain, from, to, ignore = []) {
	const [before, after] = await Promise.all([snapshot(chain, from, ignore), snapshot(chain, to, ignore)]);
	const keys = [...new Set([...before.keys(), ...after.keys()])].filter(
		(key) => before.get(key)?.value !== after.get(key)?.value,
	);
	const result = { entries: [], accounts: new Map() };
	for (const key of keys) {
		const { name } = before.get(key) ?? after.get(key);
		if (name !== 'system.account') {
			result.entries.push({ key, name });
			continue;
		}
		const [old, now] = [before, after].map((state) => account(chain.api, state.get(key)?.value));
		// Blake2_128Concat: 16 bytes of hash, then the account id, after two 16-byte prefixes.
		const address = chain.api.registry.createType('AccountId', `0x${key.slice(2 + 96)}`).toString();
		result.accounts.set(address, { total: now.total - old.total, nonce: now.nonce - old.nonce });
	}
	return result;
}

function account(api, value) {
	if (!value) return { total: 0n, nonce: 0 };
	const { data, nonce } = api.registry.createType('FrameSystemAccountInfo', value);
	return { total: data.free.toBigInt() + data.reserved.toBigInt(), nonce: nonce.toNumber() };
}

// SPDX-License-Identifier: Apache-2.0
// What the blocks tell, whether a transaction caused it or not.

// Pallets of this chain.
const OURS = new Set(['arbitration', 'attestation', 'deviceRegistry', 'leaseEscrow', 'usageToken']);

/** Our pallets' events in the blocks from number `first` to the best one, in their order: {name, data}. */
export async function eventsSince(chain, first) {
	const count = (await chain.number()) + 1 - first;
	const blocks = await Promise.all(Array.from({ length: count }, (_, index) => recordsOf(chain, first + index)));
	return blocks
		.flat()
		.filter(({ event }) => OURS.has(event.section))
		.map(({ event: { section, method, data } }) => ({ name: `${section}.${method}`, data }));
}

async function recordsOf(chain, number) {
	const hash = await chain.rpc('chain_getBlockHash', number);
	const encoded = await chain.rpc('state_getStorage', chain.api.query.system.events.key(), hash);
	return chain.api.createType('Vec<FrameSystemEventRecord>', encoded);
}

/** The data of those among `events` that have this name and are about the lease. */
export function ofLease(events, name, lease) {
	return events.filter((event) => event.name === name && event.data.lease.eq(lease)).map(({ data }) => data);
}

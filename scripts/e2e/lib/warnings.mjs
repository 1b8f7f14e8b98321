// SPDX-License-Identifier: Apache-2.0
// polkadot.js says on the console what it does not understand of a chain. Import this before it.

// The library needs no knowledge of either: `AuthorizeCall` encodes to nothing, and the chain's own
// JSON-RPC methods are called by name.
const EXPECTED = [/Unknown signed extensions AuthorizeCall found/, /RPC methods not decorated/];

/** Every warning and error that went to the console so far, the expected ones included. */
export const warnings = [];

/** Those of them that say something unexpected. */
export const unexpectedWarnings = () =>
	warnings.filter((text) => !EXPECTED.some((pattern) => pattern.test(text)));

for (const level of ['warn', 'error']) {
	const original = console[level].bind(console);
	console[level] = (...values) => {
		const text = values.map(String).join(' ');
		warnings.push(text);
		if (!EXPECTED.some((pattern) => pattern.test(text))) original(...values);
	};
}

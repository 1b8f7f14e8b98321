// SPDX-License-Identifier: Apache-2.0
// What a device or its gateway does without an account: fee-free transactions that the call itself
// authorizes. polkadot.js has no builder for them, so they are put together here.
import { Keyring } from '@polkadot/api';
import { bnToU8a, compactToU8a, hexToU8a, stringToU8a, u8aConcat, u8aToHex } from '@polkadot/util';
import { decodeAddress } from '@polkadot/util-crypto';

const VERSION_5_GENERAL = 0x45;
const EXTENSION_VERSION = 0x00;

// The explicit bytes of each transaction extension in a transaction that nobody signs.
const EXTENSION_BYTES = {
	AuthorizeCall: [],
	ChargeTransactionPayment: [0x00], // no tip
	CheckEra: [0x00], // immortal
	CheckGenesis: [],
	CheckMetadataHash: [0x00], // mode: disabled
	CheckMortality: [0x00], // immortal
	CheckNonZeroSender: [],
	CheckNonce: [0x00],
	CheckSpecVersion: [],
	CheckTxVersion: [],
	CheckWeight: [],
	WeightReclaim: [],
};

/** The hex of a general (version 5) transaction that carries `call`, a call or an extrinsic of it. */
export function generalTransaction(api, call) {
	const extensions = api.registry.signedExtensions.map((name) => {
		const bytes = EXTENSION_BYTES[name];
		if (!bytes) throw new Error(`no bytes known for the transaction extension ${name}`);
		return Uint8Array.from(bytes);
	});
	const body = u8aConcat(
		Uint8Array.of(VERSION_5_GENERAL, EXTENSION_VERSION),
		...extensions,
		(call.method ?? call).toU8a(),
	);
	return u8aToHex(u8aConcat(compactToU8a(body.length), body));
}

/** Hands such a transaction to the node; resolves with its hash once the pool has taken it. */
export function submitAuthorized(api, call) {
	// By name: the typed method decodes the extrinsic and encodes it anew, wrongly for this kind.
	return api.rpc('author_submitExtrinsic', generalTransaction(api, call));
}

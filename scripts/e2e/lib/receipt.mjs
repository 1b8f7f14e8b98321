// SPDX-License-Identifier: Apache-2.0
// What a tenant signs for the time it has used, byte for byte, and the call that brings it to the chain.
import { bnToU8a, hexToU8a, stringToU8a, u8aConcat, u8aToHex } from '@polkadot/util';

const RECEIPT_CONTEXT = stringToU8a('tenure/receipt');
const RECEIPT_VERSION = Uint8Array.of(1);

const littleEndian = (number) => bnToU8a(number, { bitLength: 64, isLe: true });

/** The tenant's signature: `seconds` of the lease are used so far. `pair` is the lease's access key. */
export function signReceipt(chain, pair, lease, seconds, { genesis } = {}) {
	const genesisHash = hexToU8a(genesis ?? chain.api.genesisHash.toHex());
	const payload = u8aConcat(RECEIPT_CONTEXT, RECEIPT_VERSION, genesisHash, littleEndian(lease), littleEndian(seconds));
	return { Sr25519: u8aToHex(pair.sign(payload)) };
}

/** `attestation.submitReceipt` with such a signature. */
export function receipt(chain, pair, lease, seconds, options) {
	return chain.api.tx.attestation.submitReceipt(lease, seconds, signReceipt(chain, pair, lease, seconds, options));
}

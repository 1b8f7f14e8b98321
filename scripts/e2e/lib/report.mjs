// SPDX-License-Identifier: Apache-2.0
// What a device signs, byte for byte, and the calls that carry it.
import { Keyring } from '@polkadot/api';
import { bnToU8a, hexToU8a, stringToU8a, u8aConcat, u8aToHex } from '@polkadot/util';
import { decodeAddress } from '@polkadot/util-crypto';

const REPORT_CONTEXT = stringToU8a('tenure/report');
const REPORT_VERSION = Uint8Array.of(1);
const HEARTBEAT = Uint8Array.of(0);
const ACTIVATION = Uint8Array.of(1);
const KINDS = { sr25519: 'Sr25519', ed25519: 'Ed25519' };

const littleEndian = (number, bitLength) => bnToU8a(number, { bitLength, isLe: true });
const namedBlockBytes = ({ number, blockHash }) => u8aConcat(littleEndian(number, 32), hexToU8a(blockHash));

/** A device: all that it has is its key. `chain` needs `api`, `rpc` and `number`, as a Chain has them. */
export class Device {
	constructor(secret, type = 'sr25519') {
		this.pair = new Keyring({ type }).addFromUri(secret);
		this.kind = KINDS[type];
	}

	/** Its key as `deviceRegistry.register` takes it. */
	get key() {
		return { [this.kind]: u8aToHex(this.pair.publicKey) };
	}

	/** A recent finalized block, which a report has to name. */
	async namedBlock(chain) {
		const blockHash = await chain.rpc('chain_getFinalizedHead');
		return { number: await chain.number(blockHash), blockHash };
	}

	/** The call that makes the key active: it names the owner that the device serves. */
	async activation(chain, id, owner, { named, genesis } = {}) {
		named ??= await this.namedBlock(chain);
		const body = u8aConcat(ACTIVATION, decodeAddress(owner), namedBlockBytes(named));
		return chain.api.tx.attestation.activate(id, named, this.#sign(chain, genesis, id, body));
	}

	/** The call that says: I am on. */
	async heartbeat(chain, id, { named, genesis } = {}) {
		named ??= await this.namedBlock(chain);
		const body = u8aConcat(HEARTBEAT, namedBlockBytes(named));
		return chain.api.tx.attestation.heartbeat(id, named, this.#sign(chain, genesis, id, body));
	}

	async activate(chain, id, owner, options) {
		await chain.untilFinalized();
		return chain.submitAuthorized(await this.activation(chain, id, owner, options));
	}

	/** Sends a heartbeat that names the newest block, once that is final. */
	async beat(chain, id, options) {
		await chain.untilFinalized();
		return chain.submitAuthorized(await this.heartbeat(chain, id, options));
	}

	#sign(chain, genesis, id, body) {
		const genesisHash = hexToU8a(genesis ?? chain.api.genesisHash.toHex());
		const payload = u8aConcat(REPORT_CONTEXT, REPORT_VERSION, genesisHash, littleEndian(id, 64), body);
		return { [this.kind]: u8aToHex(this.pair.sign(payload)) };
	}
}

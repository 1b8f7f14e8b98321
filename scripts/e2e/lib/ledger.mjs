// SPDX-License-Identifier: Apache-2.0
// Who has won and lost how much, to the last planck, when the fees of transactions are set apart.
import assert from 'node:assert/strict';

const BILLION = 1_000_000_000n;

/** `share` of `amount`, in billionths, rounded down. */
export const shareOf = (amount, share) => (amount * BigInt(share)) / BILLION;

/** The account that gets the protocol's share and the greater part of the fees. */
export function treasury(chain) {
	// "modl" and the treasury's pallet id, padded.
	const id = Buffer.concat([Buffer.from('modltnr/trsy'), Buffer.alloc(20)]);
	return chain.api.registry.createType('AccountId', `0x${id.toString('hex')}`).toString();
}

/** Follows what people have. As long as it does all paid transactions of the chain go through `act`. */
export class Ledger {
	#start = new Map();
	#fees = new Map();
	#treasuryFees = 0n;

	/** `people`: {name: key pair or address}. The treasury is always among them. */
	static async open(chain, people) {
		const ledger = new Ledger();
		ledger.chain = chain;
		ledger.people = { ...people, treasury: treasury(chain) };
		for (const [name, who] of Object.entries(ledger.people)) {
			ledger.#start.set(name, (await chain.balance(who)).total);
		}
		return ledger;
	}

	/** Submits `tx`, which must succeed, and notes what it cost; its TransactionResult. */
	async act(tx, signer) {
		const result = await this.chain.succeed(tx, signer);
		this.#note(signer, result);
		return result;
	}

	/** Submits `tx`, which must fail with `error` and change nothing, and notes what that cost. */
	async refused(tx, signer, error) {
		this.#note(signer, await this.chain.expectError(tx, signer, error));
	}

	#note(signer, { fee }) {
		this.#fees.set(signer.address, (this.#fees.get(signer.address) ?? 0n) + fee);
		this.#treasuryFees += (fee * 80n + 99n) / 100n;
	}

	/** Each has gained what `gains` says beside the fees, and who is not among them nothing. */
	async expect(gains) {
		const found = {};
		for (const [name, who] of Object.entries(this.people)) {
			const gain = (await this.chain.balance(who)).total - this.#start.get(name);
			const fees = this.#fees.get(who.address) ?? 0n;
			found[name] = name === 'treasury' ? gain - this.#treasuryFees : gain + fees;
		}
		const nothing = Object.fromEntries(Object.keys(this.people).map((name) => [name, 0n]));
		assert.deepEqual(found, { ...nothing, ...gains });
		assert.equal(Object.values(found).reduce((sum, gain) => sum + gain, 0n), 0n, 'money came or went');
	}
}

// SPDX-License-Identifier: Apache-2.0
// What became of one transaction.

/** A dispatch error's name: 'leaseEscrow.NotTenant', 'token.FundsUnavailable', 'BadOrigin'. */
export function errorName(registry, error) {
	if (error.isModule) {
		const { section, name } = registry.findMetaError(error.asModule);
		return `${section}.${name}`;
	}
	const inner = error.inner?.type;
	return inner ? `${error.type[0].toLowerCase()}${error.type.slice(1)}.${inner}` : error.type;
}

export class TransactionResult {
	constructor(registry, header, hash, index, records) {
		this.hash = hash;
		this.parentHash = header.parentHash;
		this.number = Number(header.number);
		this.index = index;
		this.registry = registry;
		/** The block's events that no extrinsic caused. */
		this.blockEvents = records.filter(({ phase }) => !phase.isApplyExtrinsic).map(({ event }) => event);
		/** This transaction's events, in their order. */
		this.events = records
			.filter(({ phase }) => phase.isApplyExtrinsic && phase.asApplyExtrinsic.eqn(index))
			.map(({ event }) => event);
	}

	/** Names of the events: ['balances.Withdraw', 'system.ExtrinsicSuccess']. */
	get names() {
		return this.events.map(({ section, method }) => `${section}.${method}`);
	}

	/** All events of that name: their data, fields by name. */
	all(name) {
		return this.events.filter(({ section, method }) => `${section}.${method}` === name).map(({ data }) => data);
	}

	/** The one event of that name: its data, fields by name. */
	event(name) {
		const found = this.all(name);
		if (found.length !== 1) throw new Error(`${found.length} events ${name} among ${this.names.join(', ')}`);
		return found[0];
	}

	/** Fee paid, tip included. */
	get fee() {
		const [paid] = this.all('transactionPayment.TransactionFeePaid');
		return paid ? paid.actualFee.toBigInt() : 0n;
	}

	/** The dispatch error's name, or null. */
	get error() {
		const [failed] = this.all('system.ExtrinsicFailed');
		return failed ? errorName(this.registry, failed.dispatchError) : null;
	}

	/** The error of the call inside sudo, a batch, a proxy or a multisig, or null. */
	get innerError() {
		const outcomes = [
			...this.all('sudo.Sudid').map(({ sudoResult }) => sudoResult),
			...this.all('sudo.SudoAsDone').map(({ sudoResult }) => sudoResult),
			...this.all('proxy.ProxyExecuted').map(({ result }) => result),
			...this.all('multisig.MultisigExecuted').map(({ result }) => result),
			...this.all('utility.DispatchedAs').map(({ result }) => result),
		].filter((result) => result.isErr);
		const errors = [
			...outcomes.map((result) => result.asErr),
			...this.all('utility.BatchInterrupted').map(({ error }) => error),
			...this.all('utility.ItemFailed').map(({ error }) => error),
		];
		return errors.length > 0 ? errorName(this.registry, errors[0]) : null;
	}
}

// SPDX-License-Identifier: Apache-2.0
// A GPU by the minute: its tenant wants more time, and then leaves the rest to somebody else.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { UNIT } from '../../lib/chain.mjs';
import { eventsSince, ofLease } from '../../lib/events.mjs';
import { Ledger, shareOf } from '../../lib/ledger.mjs';
import {
	LEGAL_DOCUMENT, MINUTE, UNIT_PRICE, accessKey, activeDevice, rental, seriesOn, serveUntil,
} from '../../lib/leasing.mjs';

const MINUTES = 20;
const MORE = 10;
const RENT = BigInt(MINUTES) * UNIT_PRICE;
const WHOLE_RENT = BigInt(MINUTES + MORE) * UNIT_PRICE;
const PRICE = (3n * UNIT) / 2n;
const GAP = 5 * MINUTE;
const INTERVAL = 2 * MINUTE;

/** `session` has a chain once the tests run. */
export function gpu(session) {
	let chain;
	let owner;
	let tenant;
	let friend;
	let laptop;
	let ledger;
	let machine;
	let lease;
	let start;
	let until;
	let first;
	let share;

	const escrow = () => chain.api.tx.leaseEscrow;
	const api = () => chain.api.call.leaseEscrowApi;
	const details = async () => (await api().lease(lease)).unwrap();
	const toOwner = (amount) => amount - shareOf(amount, share);
	const keyOf = (pair) => chain.api.createType('TenurePrimitivesKeyPublicKey', accessKey(pair)).toHex();
	/** The key that opens the GPU now. */
	const opens = async () => (await api().accessGrant(machine.id)).unwrap().accessKey.toHex();

	before(async () => {
		({ chain } = session);
		owner = await chain.fundedAccount('//gpu/owner');
		tenant = await chain.fundedAccount('//gpu/tenant');
		friend = await chain.fundedAccount('//gpu/friend');
		laptop = chain.account('//gpu/laptop');
		await chain.succeed(escrow().bond(10n * UNIT), owner);
		machine = await activeDevice(chain, owner, '//gpu/machine', { heartbeatGap: GAP });
		const terms = { evidence: { Heartbeat: { maxGap: GAP } } };
		const series = await seriesOn(chain, owner, { Device: machine.id }, { terms });
		ledger = await Ledger.open(chain, { owner, tenant, friend, stranger: session.stranger });
		await serveUntil(chain, [machine], (await chain.now()) + MINUTE);
		first = (await chain.number()) + 1;
		const rented = await ledger.act(rental(chain, tenant, { series, device: machine.id, units: MINUTES }), tenant);
		const booked = rented.event('leaseEscrow.LeaseBooked');
		({ lease } = booked);
		[start, until] = [booked.from.toNumber(), booked.until.toNumber()];
		share = (await details()).protocolShare.toNumber();
	});

	test('its tenant works from another machine, and for longer', async () => {
		await serveUntil(chain, [machine], start + 3 * MINUTE, INTERVAL);
		assert.equal(await opens(), keyOf(tenant));
		await ledger.act(escrow().setAccessKey(lease, accessKey(laptop)), tenant);
		assert.equal(await opens(), keyOf(laptop));
		const extended = await ledger.act(escrow().extend(lease, MORE, BigInt(MORE) * UNIT_PRICE), tenant);
		const { rent, until: later } = extended.event('leaseEscrow.LeaseExtended');
		assert.equal(rent.toBigInt(), BigInt(MORE) * UNIT_PRICE);
		until += MORE * MINUTE;
		assert.equal(later.toNumber(), until);
		assert.equal((await details()).until.toNumber(), until);
		assert.equal((await chain.holds(tenant))['leaseEscrow.Rent'], WHOLE_RENT);
	});

	test('a friend takes the rest', async () => {
		await serveUntil(chain, [machine], start + 10 * MINUTE, INTERVAL);
		await ledger.act(escrow().claim([lease]), owner);
		const paid = (await details()).paid.toBigInt();
		assert.ok(paid >= 9n * UNIT_PRICE, `${paid}`);
		await ledger.act(escrow().offerLease(lease, friend.address, PRICE), tenant);
		const { offeredTo, offerPrice } = await details();
		assert.equal(offeredTo.unwrap().toString(), friend.address);
		assert.equal(offerPrice.unwrap().toBigInt(), PRICE);

		const accept = (who, most) => escrow().acceptLease(lease, accessKey(who), LEGAL_DOCUMENT, most);
		const before = (await chain.balance(tenant)).free;
		await ledger.refused(accept(session.stranger, PRICE), session.stranger, 'leaseEscrow.NotOfferedToYou');
		await ledger.refused(accept(friend, PRICE - 1n), friend, 'leaseEscrow.CostAboveMax');
		const deposit = (await chain.holds(tenant))['leaseEscrow.LeaseRecord'];
		const taken = await ledger.act(accept(friend, PRICE), friend);
		const { from, to, price, rent } = taken.event('leaseEscrow.LeaseTransferred');
		assert.deepEqual([from.toString(), to.toString()], [tenant.address, friend.address]);
		assert.deepEqual([price, rent].map((amount) => amount.toBigInt()), [PRICE, WHOLE_RENT - paid]);
		assert.deepEqual(await chain.holds(tenant), {});
		assert.equal((await chain.balance(tenant)).free - before, PRICE + deposit);
		assert.deepEqual(await chain.holds(friend), {
			'leaseEscrow.Rent': WHOLE_RENT - paid, 'leaseEscrow.LeaseRecord': deposit,
		});
		assert.equal((await details()).tenant.toString(), friend.address);
		assert.equal(await opens(), keyOf(friend));
		await ledger.refused(escrow().end(lease), tenant, 'leaseEscrow.NotTenant');
		assert.ok((await chain.api.query.leaseEscrow.leasesByTenant(friend.address, lease)).isSome);
	});

	test('it is told that its time runs out, and the owner claims the rest', async () => {
		await serveUntil(chain, [machine], until, INTERVAL);
		const claimed = await ledger.act(escrow().claim([lease]), owner);
		const closed = claimed.event('leaseEscrow.LeaseClosed');
		assert.equal(closed.reason.type, 'Completed');
		assert.equal(closed.tenant.toString(), friend.address);
		assert.equal(closed.provenSeconds.toNumber(), (MINUTES + MORE) * MINUTE);
		assert.equal(closed.refunded.toBigInt(), 0n);

		const warnings = ofLease(await eventsSince(chain, first), 'leaseEscrow.LeaseEndsSoon', lease);
		assert.deepEqual(warnings.map((warning) => warning.tenant.toString()), [friend.address, friend.address]);
		const left = warnings.map(({ secondsLeft }) => secondsLeft.toNumber());
		// A fifth, a tenth, and up to the time between two blocks less.
		for (const [index, part] of [5, 10].entries()) {
			const most = ((MINUTES + MORE) * MINUTE) / part;
			assert.ok(left[index] <= most && left[index] > most - INTERVAL, `${left}`);
		}
		await ledger.expect({
			owner: toOwner(WHOLE_RENT),
			// The rent that was not paid was the first tenant's, and came with the lease for the price.
			tenant: PRICE - WHOLE_RENT,
			friend: -PRICE,
			treasury: shareOf(WHOLE_RENT, share),
		});
		assert.deepEqual(await chain.holds(friend), {});
		assert.ok((await api().accessGrant(machine.id)).isNone);
	});
}

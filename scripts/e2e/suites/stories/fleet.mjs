// SPDX-License-Identifier: Apache-2.0
// Three edge nodes of a fleet in one call. One of them fails, and a fourth takes over.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { UNIT } from '../../lib/chain.mjs';
import { eventsSince, ofLease } from '../../lib/events.mjs';
import { Ledger, shareOf } from '../../lib/ledger.mjs';
import {
	LEGAL_DOCUMENT, MINUTE, accessKey, activeDevices, fleetOf, percent, seriesOn, serveUntil, untilClosed,
} from '../../lib/leasing.mjs';

const UNITS = 12;
const UNIT_MINUTES = 5;
const PRICE = UNIT / 8n;
const RENT = BigInt(UNITS) * PRICE;
const GAP = 10 * MINUTE;
const INTERVAL = 4 * MINUTE;

/** `session` has a chain once the tests run. */
export function fleet(session) {
	let chain;
	let owner;
	let tenant;
	let ledger;
	let nodes;
	let rented;
	let series;
	let leases;
	let substitute;
	let group;
	/** The money of the lease that failed and of the one that took over. */
	let escrowed;
	let start;
	let until;
	let first;

	const escrow = () => chain.api.tx.leaseEscrow;
	const api = () => chain.api.call.leaseEscrowApi;
	const details = async (lease) => (await api().lease(lease)).unwrap();
	const bond = () => chain.api.query.leaseEscrow.bonds(owner.address);
	/** All nodes but the one that failed. */
	const alive = () => nodes.filter((_, index) => index !== 1);

	before(async () => {
		({ chain } = session);
		owner = await chain.fundedAccount('//fleet/owner');
		tenant = await chain.fundedAccount('//fleet/tenant');
		await chain.succeed(escrow().bond(10n * UNIT), owner);
		const uris = ['first', 'second', 'third', 'fourth'].map((name) => `//fleet/${name}`);
		nodes = await activeDevices(chain, owner, uris, { deviceClass: 'EdgeNode', heartbeatGap: GAP });
		const number = await fleetOf(chain, owner, nodes.map(({ id }) => id));
		rented = nodes.slice(0, 3).map(({ id }) => id);
		series = await seriesOn(chain, owner, { Fleet: number }, {
			sale: { unitSeconds: UNIT_MINUTES * MINUTE, unitPrice: PRICE },
			terms: { evidence: { Heartbeat: { maxGap: GAP } }, penaltyFreeShare: percent(1) },
		});
		await serveUntil(chain, nodes, (await chain.now()) + MINUTE);
		ledger = await Ledger.open(chain, { owner, tenant });
	});

	test('three nodes are rented in one call, or none', async () => {
		first = (await chain.number()) + 1;
		const rent = (devices, most = 3n * RENT) =>
			escrow().rentFleet(series, devices, null, UNITS, most, LEGAL_DOCUMENT, accessKey(tenant), null);
		await ledger.refused(rent(rented, 3n * RENT - 1n), tenant, 'leaseEscrow.CostAboveMax');
		await ledger.refused(rent([...rented.slice(0, 2), rented[0]]), tenant, 'leaseEscrow.DuplicateDevice');
		await ledger.refused(rent([]), tenant, 'leaseEscrow.NoDevices');
		const made = await ledger.act(rent(rented), tenant);
		const booked = made.all('leaseEscrow.LeaseBooked');
		leases = booked.map(({ lease }) => lease.toNumber());
		[start, until] = [booked[0].from.toNumber(), booked[0].until.toNumber()];
		const grouped = made.event('leaseEscrow.GroupBooked');
		assert.deepEqual([grouped.first.toNumber(), grouped.last.toNumber()], [leases[0], leases[2]]);
		group = grouped.group.toNumber();
		for (const [index, lease] of leases.entries()) {
			const { device, group: of, state } = await details(lease);
			assert.deepEqual([device.toNumber(), of.unwrap().toNumber(), state.type], [rented[index], group, 'Booked']);
		}
		assert.equal((await chain.holds(tenant))['leaseEscrow.Rent'], 3n * RENT);
		assert.equal((await bond()).committed.toBigInt(), (3n * RENT) / 2n);
	});

	test('one of them falls silent, and a free one serves the rest', async () => {
		await serveUntil(chain, nodes, start + 14 * MINUTE, INTERVAL);
		const call = escrow().substitute(leases[1], nodes[3].id);
		await ledger.refused(call, tenant, 'leaseEscrow.DeviceServes');
		await serveUntil(chain, alive(), (await chain.now()) + GAP + MINUTE, INTERVAL);
		const holds = await chain.holds(tenant);
		const taken = (await ledger.act(call, tenant)).event('leaseEscrow.LeaseSubstituted');
		substitute = taken.by.toNumber();
		assert.equal(taken.device.toNumber(), nodes[3].id);
		assert.equal(taken.rent.toBigInt(), BigInt(taken.units.toNumber()) * PRICE);
		const [failed, next] = [await details(leases[1]), await details(substitute)];
		escrowed = [failed, next].map((lease) => lease.escrowed.toBigInt());
		assert.equal(escrowed[0] + escrowed[1], RENT);
		assert.equal(failed.substitutedBy.unwrap().toNumber(), substitute);
		assert.equal(next.previous.unwrap().toNumber(), leases[1]);
		assert.equal(next.group.unwrap().toNumber(), group);
		assert.equal(failed.until.toNumber(), next.from.toNumber());
		assert.equal(next.until.toNumber(), taken.until.toNumber());
		assert.ok(next.until.toNumber() <= until && next.until.toNumber() > until - UNIT_MINUTES * MINUTE);
		// The money stays where it is, and its owner answers for the second only.
		assert.equal((await chain.holds(tenant))['leaseEscrow.Rent'], holds['leaseEscrow.Rent']);
		assert.equal(failed.bond.toBigInt(), 0n);
		assert.equal(failed.closing.type, 'Substituted');
		assert.equal((await bond()).committed.toBigInt(), RENT + taken.rent.toBigInt() / 2n);
		await serveUntil(chain, alive(), next.from.toNumber(), INTERVAL);
		assert.ok((await api().accessGrant(nodes[1].id)).isNone);
		assert.equal((await api().accessGrant(nodes[3].id)).unwrap().lease.toNumber(), substitute);
	});

	test('all close, and nobody owes a penalty', async () => {
		const { from, until: end, protocolShare } = await details(substitute);
		await serveUntil(chain, alive(), until + MINUTE, INTERVAL);
		const all = [...leases, substitute];
		for (const lease of all) await untilClosed(chain, lease);
		const events = await eventsSince(chain, first);
		const closed = all.map((lease) => ofLease(events, 'leaseEscrow.LeaseClosed', lease)[0]);
		assert.deepEqual(closed.map(({ reason }) => reason.type), ['Completed', 'Substituted', 'Completed', 'Completed']);
		assert.deepEqual(closed.map(({ penalty }) => penalty.toBigInt()), [0n, 0n, 0n, 0n]);
		const proven = closed.map(({ provenSeconds }) => provenSeconds.toNumber());
		const whole = until - start;
		assert.deepEqual([proven[0], proven[2], proven[3]], [whole, whole, end.toNumber() - from.toNumber()]);
		assert.ok(proven[1] >= 13 * MINUTE && proven[1] <= 15 * MINUTE, `${proven[1]} s`);

		const ofFailed = (PRICE * BigInt(proven[1])) / BigInt(UNIT_MINUTES * MINUTE);
		const gross = [RENT, ofFailed, RENT, escrowed[1]];
		assert.equal(closed[1].refunded.toBigInt(), escrowed[0] - ofFailed);
		const sum = (amounts) => amounts.reduce((total, amount) => total + amount, 0n);
		const fee = sum(gross.map((amount) => shareOf(amount, protocolShare)));
		await ledger.expect({ owner: sum(gross) - fee, tenant: -sum(gross), treasury: fee });
		assert.deepEqual(await chain.holds(tenant), {});
		assert.equal((await bond()).committed.toBigInt(), 0n);
		assert.equal((await bond()).held.toBigInt(), 10n * UNIT);
	});
}

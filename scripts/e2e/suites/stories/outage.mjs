// SPDX-License-Identifier: Apache-2.0
// The chain stands still for an hour in the middle of a lease: nobody pays rent for that, and nobody a penalty.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { UNIT } from '../../lib/chain.mjs';
import { eventsSince, ofLease } from '../../lib/events.mjs';
import { Ledger, shareOf } from '../../lib/ledger.mjs';
import {
	HOUR, MINUTE, UNIT_PRICE, activeDevice, percent, rental, seriesOn, serveUntil, untilClosed,
} from '../../lib/leasing.mjs';

const MINUTES = 100;
const GAP = 8 * MINUTE;
const INTERVAL = 3 * MINUTE;

/** `session` has a chain once the tests run. */
export function outage(session) {
	let chain;
	let owner;
	let tenant;
	let machine;
	let series;

	before(async () => {
		({ chain } = session);
		owner = await chain.fundedAccount('//outage/owner');
		tenant = await chain.fundedAccount('//outage/tenant');
		await chain.succeed(chain.api.tx.leaseEscrow.bond(10n * UNIT), owner);
		machine = await activeDevice(chain, owner, '//outage/gpu', { heartbeatGap: GAP });
		series = await seriesOn(chain, owner, { Device: machine.id }, {
			terms: { evidence: { Heartbeat: { maxGap: GAP } }, ownerPenalty: percent(50), penaltyFreeShare: 0 },
		});
	});

	test('an hour without blocks costs no penalty and no rent', async () => {
		const ledger = await Ledger.open(chain, { owner, tenant });
		const first = (await chain.number()) + 1;
		await serveUntil(chain, [machine], (await chain.now()) + MINUTE);
		const rented = await ledger.act(rental(chain, tenant, { series, device: machine.id, units: MINUTES }), tenant);
		const { lease, from, until } = rented.event('leaseEscrow.LeaseBooked');
		const { protocolShare } = (await chain.api.call.leaseEscrowApi.lease(lease)).unwrap();
		await serveUntil(chain, [machine], from.toNumber() + 15 * MINUTE, INTERVAL);

		const stopped = await chain.now();
		const again = await chain.advance(HOUR);
		const events = await eventsSince(chain, await chain.number());
		const noted = events.find(({ name }) => name === 'leaseEscrow.OutageNoted');
		assert.deepEqual([noted.data.from.toNumber(), noted.data.until.toNumber()], [stopped, again]);
		const outages = await chain.api.query.leaseEscrow.outages();
		assert.equal(outages.at(-1).until.toNumber(), again);
		assert.equal((await machine.device.beat(chain, machine.id)).error, null);

		await serveUntil(chain, [machine], until.toNumber() + MINUTE, INTERVAL);
		await untilClosed(chain, lease);
		const [closed] = ofLease(await eventsSince(chain, first), 'leaseEscrow.LeaseClosed', lease);
		const proven = closed.provenSeconds.toNumber();
		// The hour, and at most the minutes from the heartbeat before it to the one after it.
		assert.ok(proven <= (MINUTES - 60) * MINUTE && proven >= (MINUTES - 67) * MINUTE, `${proven} s`);
		assert.equal(closed.reason.type, 'Completed');
		assert.equal(closed.penalty.toBigInt(), 0n);
		const earned = BigInt(proven / MINUTE) * UNIT_PRICE;
		assert.equal(closed.refunded.toBigInt(), BigInt(MINUTES) * UNIT_PRICE - earned);
		const fee = shareOf(earned, protocolShare);
		await ledger.expect({ owner: earned - fee, tenant: -earned, treasury: fee });
	});
}

// SPDX-License-Identifier: Apache-2.0
// A mining rig by the hour that mines for its tenant's address. The tenant objects to part of the rent, its
// owner gives in.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { stringToHex } from '@polkadot/util';
import { blake2AsHex } from '@polkadot/util-crypto';
import { UNIT } from '../../lib/chain.mjs';
import { eventsSince, ofLease } from '../../lib/events.mjs';
import { Ledger, shareOf } from '../../lib/ledger.mjs';
import { HOUR, MINUTE, activeDevice, arbiterFrom, rental, seriesOn, serveUntil, untilClosed } from '../../lib/leasing.mjs';

const HOURS = 2;
const HOUR_PRICE = 2n * UNIT;
const RENT = BigInt(HOURS) * HOUR_PRICE;
const OBJECTED = UNIT / 2n;
const GAP = 20 * MINUTE;
const INTERVAL = 8 * MINUTE;
const POOL = 'stratum+tcp://pool.example:3333#bc1q-tenant.rig';

/** `session` has a chain once the tests run. */
export function rig(session) {
	let chain;
	let owner;
	let tenant;
	let ledger;
	let machine;
	let lease;
	let start;
	let until;
	let share;
	let recordDeposit;

	const escrow = () => chain.api.tx.leaseEscrow;
	const api = () => chain.api.call.leaseEscrowApi;
	const details = async () => (await api().lease(lease)).unwrap();
	const toOwner = (amount) => amount - shareOf(amount, share);

	before(async () => {
		({ chain } = session);
		owner = await chain.fundedAccount('//rig/owner');
		tenant = await chain.fundedAccount('//rig/tenant');
		const arbiter = await arbiterFrom(chain, '//rig/arbiter');
		await chain.succeed(escrow().bond(10n * UNIT), owner);
		const description = { deviceClass: 'MiningRig', capabilities: [], heartbeatGap: GAP };
		machine = await activeDevice(chain, owner, '//rig/miner', description);
		const series = await seriesOn(chain, owner, { Device: machine.id }, {
			sale: { unitSeconds: HOUR, unitPrice: HOUR_PRICE },
			terms: { evidence: { Heartbeat: { maxGap: GAP } }, objectionWindow: 30 * MINUTE, arbiters: [arbiter.address] },
		});
		ledger = await Ledger.open(chain, { owner, tenant, arbiter });
		await chain.pass(MINUTE);
		assert.equal((await machine.device.beat(chain, machine.id)).error, null);
		const rent = rental(chain, tenant, {
			series, device: machine.id, units: HOURS, maxCost: RENT, arbiter: arbiter.address,
		});
		const booked = (await ledger.act(rent, tenant)).event('leaseEscrow.LeaseBooked');
		({ lease } = booked);
		[start, until] = [booked.from.toNumber(), booked.until.toNumber()];
		share = (await details()).protocolShare.toNumber();
		recordDeposit = (await chain.holds(tenant))['leaseEscrow.LeaseRecord'];
	});

	test('the rig mines for the address that its tenant names', async () => {
		const named = await ledger.act(escrow().setPayout(lease, POOL), tenant);
		const digest = blake2AsHex(POOL);
		assert.equal(named.event('leaseEscrow.PayoutChanged').payout.unwrap().toHex(), digest);
		assert.equal((await details()).payout.unwrap().toHex(), stringToHex(POOL));
		await serveUntil(chain, [machine], start + MINUTE);
		assert.equal((await api().accessGrant(machine.id)).unwrap().payout.unwrap().toHex(), digest);
	});

	test('rent waits until its tenant had the time to object', async () => {
		await serveUntil(chain, [machine], start + 30 * MINUTE, INTERVAL);
		await ledger.act(escrow().settle(lease), owner);
		const { paid, earned, objectable } = await details();
		assert.equal(paid.toBigInt(), 0n);
		assert.ok(earned.toBigInt() >= HOUR_PRICE / 2n);
		assert.equal(objectable.toBigInt(), earned.toBigInt());
	});

	test('its tenant objects to a part of it, and the rest is paid at once', async () => {
		await chain.pass(5 * MINUTE);
		const slow = blake2AsHex('a slow quarter of an hour');
		const claim = await ledger.act(escrow().object(lease, OBJECTED, slow), tenant);
		const opened = claim.event('leaseEscrow.DisputeOpened');
		assert.equal(opened.kind.type, 'Rent');
		// As much as is objected to, and no less than the deposit for a record.
		assert.equal(opened.bond.toBigInt(), recordDeposit);
		assert.deepEqual(await chain.holds(tenant), {
			'leaseEscrow.Rent': RENT - OBJECTED,
			'leaseEscrow.LeaseRecord': recordDeposit,
			'leaseEscrow.Disputed': OBJECTED,
			'leaseEscrow.DisputeBond': recordDeposit,
		});
		const claimed = await ledger.act(escrow().claim([lease]), owner);
		const { earned, paid, objected } = await details();
		assert.equal(objected.toBigInt(), OBJECTED);
		assert.equal(paid.toBigInt(), earned.toBigInt() - OBJECTED);
		const { toPayee, toProtocol } = claimed.event('leaseEscrow.LeaseSettled');
		assert.equal(toPayee.toBigInt(), toOwner(paid.toBigInt()));
		assert.equal(toProtocol.toBigInt(), shareOf(paid.toBigInt(), share));
	});

	test('its owner gives in', async () => {
		await serveUntil(chain, [machine], (await chain.now()) + MINUTE);
		const [dispute] = await api().disputes(lease);
		assert.ok(dispute.beforeArbiter.isFalse);
		assert.equal(dispute.amount.toBigInt(), OBJECTED);
		const conceded = await ledger.act(escrow().concede(lease, 'Rent'), owner);
		const closed = conceded.event('leaseEscrow.DisputeClosed');
		assert.equal(closed.outcome.type, 'Conceded');
		assert.equal(closed.toClaimant.toBigInt(), OBJECTED);
		assert.equal((await chain.holds(tenant))['leaseEscrow.Disputed'], undefined);
		assert.equal((await chain.holds(tenant))['leaseEscrow.DisputeBond'], undefined);
	});

	test('the rest is paid at the end', async () => {
		const first = (await chain.number()) + 1;
		await serveUntil(chain, [machine], until + MINUTE, INTERVAL);
		await ledger.act(escrow().claim([lease]), owner);
		await untilClosed(chain, lease);
		const events = await eventsSince(chain, first);
		assert.equal(ofLease(events, 'leaseEscrow.LeaseEndsSoon', lease).length, 2);
		const [closed] = ofLease(events, 'leaseEscrow.LeaseClosed', lease);
		assert.equal(closed.reason.type, 'Completed');
		assert.equal(closed.provenSeconds.toNumber(), HOURS * HOUR);
		const gross = RENT - OBJECTED;
		await ledger.expect({ owner: toOwner(gross), tenant: -gross, treasury: shareOf(gross, share) });
		assert.deepEqual(await chain.holds(tenant), {});
		assert.ok((await chain.api.query.leaseEscrow.payouts(lease)).isNone);
		assert.ok((await api().accessGrant(machine.id)).isNone);
	});
}

// SPDX-License-Identifier: Apache-2.0
// A drone that its owner wants back in the middle of a lease: it gives notice and pays for what it takes back.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { blake2AsHex } from '@polkadot/util-crypto';
import { UNIT } from '../../lib/chain.mjs';
import { eventsSince, ofLease } from '../../lib/events.mjs';
import { Ledger, shareOf } from '../../lib/ledger.mjs';
import {
	DAY, HOUR, MINUTE, booking, handedOverTerms, minuteFrom, percent, registered, registration, seriesOn, untilClosed,
} from '../../lib/leasing.mjs';

const MINUTES = 4 * 60;
const PRICE = UNIT / 20n;
const NOTICE = 40 * MINUTE;

/** `session` has a chain once the tests run. */
export function drone(session) {
	let chain;
	let owner;
	let tenant;
	let id;
	let series;
	let ledger;
	let lease;
	let start;
	let until;
	/** What each of the two takes off the lease's end. */
	const ends = {};

	const escrow = () => chain.api.tx.leaseEscrow;
	const api = () => chain.api.call.leaseEscrowApi;
	const price = (seconds) => (PRICE * BigInt(seconds)) / BigInt(MINUTE);
	const bond = () => chain.api.query.leaseEscrow.bonds(owner.address);

	before(async () => {
		({ chain } = session);
		owner = await chain.fundedAccount('//drone/owner');
		tenant = await chain.fundedAccount('//drone/tenant');
		await chain.succeed(escrow().bond(10n * UNIT), owner);
		const metadata = { document: blake2AsHex('A drone with four rotors'), uri: 'https://tenure.example/drone' };
		const call = registration(chain, { deviceClass: 'Drone', capabilities: [], metadata, heartbeatGap: DAY });
		[id] = await registered(chain, owner, [call]);
		series = await seriesOn(chain, owner, { Device: id }, {
			sale: { unitPrice: PRICE },
			terms: handedOverTerms({
				ownerNotice: NOTICE, tenantNotice: MINUTE, penaltyFreeShare: percent(5),
			}),
		});
		const { account } = (await chain.api.call.usageTokenApi.series(series)).unwrap();
		ledger = await Ledger.open(chain, { owner, tenant, series: account.toString() });
	});

	test('units are bought, booked and the drone is taken', async () => {
		await ledger.act(chain.api.tx.usageToken.buy(series, 300, 300n * PRICE), tenant);
		start = (await minuteFrom(chain)) + HOUR;
		const booked = await ledger.act(booking(chain, tenant, { series, device: id, start, units: MINUTES }), tenant);
		({ lease } = booked.event('leaseEscrow.LeaseBooked'));
		until = start + MINUTES * MINUTE;
		assert.equal(await chain.units(series, tenant), 60n);
		assert.equal((await chain.holds(tenant))['leaseEscrow.Rent'], BigInt(MINUTES) * PRICE);
		await ledger.act(escrow().offerHandover(lease, blake2AsHex('battery full')), owner);
		await chain.passTo(start + MINUTE);
		await ledger.act(escrow().confirmHandover(lease, blake2AsHex('battery full')), tenant);
		assert.equal((await api().lease(lease)).unwrap().state.type, 'Running');
	});

	test('its owner gives notice, and the lease ends sooner', async () => {
		await chain.passTo(start + 90 * MINUTE);
		const revoked = await ledger.act(escrow().revoke(lease), owner);
		ends.revoked = revoked.event('leaseEscrow.LeaseRevoked').until.toNumber();
		assert.equal(ends.revoked, (await chain.now(revoked.hash)) + NOTICE);
		const details = (await api().lease(lease)).unwrap();
		assert.equal(details.until.toNumber(), ends.revoked);
		assert.equal(details.cutOffSeconds.toNumber(), until - ends.revoked);
		// The time behind it can be leased again.
		const free = (await api().availability(id, ends.revoked + HOUR / 4, until)).asOk;
		assert.ok(free.isFree.isTrue);
		// Until then the drone is the tenant's.
		assert.ok((await api().accessGrant(id)).isSome);
		await ledger.refused(escrow().revoke(lease), owner, 'leaseEscrow.AlreadyEnding');
		await ledger.refused(escrow().extend(lease, 10, UNIT), tenant, 'leaseEscrow.AlreadyEnding');
	});

	test('its tenant flies it home before, and has the units of that time', async () => {
		await chain.passTo(start + 110 * MINUTE);
		const back = await ledger.act(escrow().reportReturn(lease, blake2AsHex('battery empty')), tenant);
		const ending = back.event('leaseEscrow.LeaseEndingEarly');
		ends.left = ending.until.toNumber();
		assert.equal(ends.left, (await chain.now(back.hash)) + MINUTE);
		ends.units = Math.floor((ends.revoked - ends.left) / MINUTE);
		assert.equal(ending.returnedUnits.toNumber(), ends.units);
		assert.equal(await chain.units(series, tenant), 60n + BigInt(ends.units));
		assert.ok((await api().accessGrant(id)).isNone);
		await ledger.act(escrow().reportReturn(lease, blake2AsHex('battery empty')), owner);
		assert.equal((await api().lease(lease)).unwrap().closing.type, 'Revoked');
	});

	test('what was cut off comes back in money, with half of it from the bond', async () => {
		const { protocolShare } = (await api().lease(lease)).unwrap();
		const { held, committed } = await bond();
		assert.equal(committed.toBigInt(), (BigInt(MINUTES) * PRICE) / 2n);
		const first = await chain.number();
		await chain.passTo(ends.left);
		await untilClosed(chain, lease);
		assert.ok((await api().accessGrant(id)).isNone);
		const [closed] = ofLease(await eventsSince(chain, first), 'leaseEscrow.LeaseClosed', lease);
		const cutOff = price(until - ends.revoked);
		const served = ends.left - start;
		// The unit that was begun when the tenant left is paid, too.
		const gross = BigInt(MINUTES - ends.units) * PRICE - cutOff;
		const fee = shareOf(gross, protocolShare);
		const penalty = cutOff / 2n;
		assert.equal(closed.reason.type, 'Revoked');
		assert.equal(closed.provenSeconds.toNumber(), served);
		assert.deepEqual(
			[closed.paidToPayee, closed.paidToProtocol, closed.refunded, closed.penalty].map((amount) => amount.toBigInt()),
			[gross - fee, fee, cutOff, penalty],
		);
		assert.equal((await bond()).held.toBigInt(), held.toBigInt() - penalty);
		assert.equal((await bond()).committed.toBigInt(), 0n);
		assert.deepEqual(await chain.holds(tenant), {});
		const units = 60n + BigInt(ends.units);
		await ledger.expect({
			owner: gross - fee - penalty,
			tenant: penalty - gross - units * PRICE,
			series: units * PRICE,
			treasury: fee,
		});
		// Units are worth their money.
		await ledger.act(chain.api.tx.usageToken.redeem(series, units), tenant);
		const redeemed = (units * PRICE * 95n) / 100n;
		await ledger.expect({
			owner: gross - fee - penalty + units * PRICE - redeemed, tenant: penalty - gross - units * PRICE + redeemed,
			treasury: fee,
		});
	});
}

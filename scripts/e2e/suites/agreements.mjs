// SPDX-License-Identifier: Apache-2.0
// Leases that the owner has to accept, that go on in another series or that go to another tenant: how they are
// answered, and what is refused of those who do so.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { UNIT } from '../lib/chain.mjs';
import { eventsSince, ofLease } from '../lib/events.mjs';
import {
	DAY, HOUR, LEGAL_DOCUMENT, MINUTE, UNIT_PRICE, accessKey, activeDevices, fleetOf, handedOverTerms, minuteFrom,
	registered, registration, rental, seriesOn, serveUntil, untilClosed,
} from '../lib/leasing.mjs';
import { expectErrors } from '../lib/refused.mjs';

const NEVER = 4_242;
const ANSWER = 10 * MINUTE;
const GAP = 3 * MINUTE;
const MINUTES = 20;
const RENT = BigInt(MINUTES) * UNIT_PRICE;
// So many may wait for the owner of a device.
const MOST = 16;

/** `session` has a chain once the tests run. */
export function agreements(session) {
	let chain;
	let owner;
	let tenant;
	let friend;
	let stranger;
	let camera;
	const machines = {};
	const series = {};

	const escrow = () => chain.api.tx.leaseEscrow;
	const api = () => chain.api.call.leaseEscrowApi;
	const total = async (who) => (await chain.balance(who)).total;
	const waiting = async () => (await api().requests(machines.asked.id)).map(Number);
	const refuse = (rows) =>
		expectErrors(chain, rows.map(([tx, signer, error]) => [
			tx, signer, /\.|BadOrigin/.test(error) ? error : `leaseEscrow.${error}`,
		]));
	const serve = (time) => serveUntil(chain, Object.values(machines), time);
	const rent = (name, start = null, which = name) =>
		rental(chain, tenant, { series: series[which], device: machines[name].id, start, units: MINUTES });
	const accept = (who, lease, { legal = LEGAL_DOCUMENT, most = UNIT } = {}) =>
		escrow().acceptLease(lease, accessKey(who), legal, most);

	/** Asks for a lease from `start` on: its number, and until when it can be accepted. */
	async function request(start) {
		const asked = (await chain.succeed(rent('asked', start), tenant)).event('leaseEscrow.LeaseRequested');
		return { lease: asked.lease.toNumber(), until: asked.requestedUntil.toNumber() };
	}

	before(async () => {
		({ chain } = session);
		owner = await chain.fundedAccount('//agreements/owner');
		tenant = await chain.fundedAccount('//agreements/tenant');
		friend = await chain.fundedAccount('//agreements/friend');
		stranger = await chain.fundedAccount('//agreements/stranger');
		await chain.succeed(escrow().bond(100n * UNIT), owner);
		const names = ['asked', 'open', 'bound', 'member'];
		const found = await activeDevices(chain, owner, names.map((name) => `//agreements/${name}`), { heartbeatGap: GAP });
		for (const [index, name] of names.entries()) machines[name] = found[index];
		const evidence = { Heartbeat: { maxGap: GAP } };
		const fleet = await fleetOf(chain, owner, [machines.member.id]);
		const device = (name) => ({ Device: machines[name].id });
		series.asked = await seriesOn(chain, owner, device('asked'), {
			terms: { evidence, acceptance: { Manual: { deadline: ANSWER } } },
		});
		series.open = await seriesOn(chain, owner, device('open'), { terms: { evidence } });
		const { sale } = (await chain.api.call.usageTokenApi.series(series.open)).unwrap();
		const [usableFrom, usableUntil] = [sale.usableFrom.toNumber(), sale.usableUntil.toNumber()];
		series.cheap = await seriesOn(chain, owner, device('open'), {
			sale: { unitPrice: UNIT_PRICE / 2n, usableFrom, usableUntil, saleUntil: usableUntil }, terms: { evidence },
		});
		series.bound = await seriesOn(chain, owner, device('bound'), { sale: { transferable: false }, terms: { evidence } });
		series.member = await seriesOn(chain, owner, { Fleet: fleet }, { terms: { evidence } });
		const call = registration(chain, { deviceClass: 'Camera', capabilities: [], heartbeatGap: DAY });
		[camera] = await registered(chain, owner, [call]);
		series.camera = await seriesOn(chain, owner, { Device: camera }, { terms: handedOverTerms() });
		await serve((await chain.now()) + MINUTE);
	});

	test('a request that is declined gives everything back in money', async () => {
		const start = (await minuteFrom(chain)) + HOUR;
		const before = await total(tenant);
		const sent = await chain.succeed(rent('asked', start), tenant);
		const lease = sent.event('leaseEscrow.LeaseRequested').lease.toNumber();
		const { state, closing } = (await api().lease(lease)).unwrap();
		assert.deepEqual([state.type, closing.type], ['Requested', 'Declined']);
		assert.deepEqual(await waiting(), [lease]);
		assert.equal((await chain.holds(tenant))['leaseEscrow.Rent'], RENT);
		// It takes no time of the calendar, and no bond.
		const { isFree } = (await api().availability(machines.asked.id, start, start + HOUR)).asOk;
		assert.ok(isFree.isTrue);
		assert.equal((await chain.api.query.leaseEscrow.bonds(owner.address)).committed.toBigInt(), 0n);
		const declined = await chain.succeed(escrow().decline(lease), owner);
		assert.equal(declined.event('leaseEscrow.LeaseClosed').reason.type, 'Declined');
		assert.equal(before - (await total(tenant)), sent.fee);
		assert.deepEqual(await chain.holds(tenant), {});
		assert.equal(await chain.units(series.asked, tenant), 0n);
		assert.deepEqual(await waiting(), []);
	});

	test('what a call about a request refuses', async () => {
		await serve((await chain.now()) + MINUTE);
		const start = (await minuteFrom(chain)) + HOUR;
		const { lease } = await request(start);
		const accepted = (await request(start + DAY)).lease;
		const made = await chain.succeed(escrow().accept(accepted), owner);
		assert.equal(made.event('leaseEscrow.LeaseAccepted').bond.toBigInt(), RENT / 2n);
		const { decline, extend, offerLease, setPayout, setAccessKey, follow, object, substitute } = escrow();
		await refuse([
			[rent('asked'), tenant, 'StartMissing'],
			[rent('asked', start - HOUR + 5 * MINUTE), tenant, 'StartTooSoon'],
			[escrow().accept(lease), stranger, 'NotDeviceOwner'],
			[decline(lease), tenant, 'NotDeviceOwner'],
			...[escrow().accept, decline].flatMap((call) => [
				[call(NEVER), owner, 'UnknownLease'], [call(accepted), owner, 'NotRequested'],
			]),
			[extend(lease, 1, UNIT), tenant, 'RequestPending'],
			[offerLease(lease, friend.address, 0), tenant, 'RequestPending'],
			[setPayout(lease, 'pool'), tenant, 'RequestPending'],
			[setAccessKey(lease, accessKey(friend)), tenant, 'RequestPending'],
			[follow(lease, series.asked, 5, UNIT, LEGAL_DOCUMENT, null), tenant, 'RequestPending'],
			[object(lease, 1, LEGAL_DOCUMENT), tenant, 'RequestPending'],
			[substitute(lease, machines.open.id), tenant, 'RequestPending'],
			[extend(accepted, 1, UNIT), tenant, 'NeedsAcceptance'],
			[offerLease(accepted, friend.address, 0), tenant, 'NeedsAcceptance'],
		]);
		// Its tenant thinks better of it: the units come back, all of them.
		await chain.succeed(escrow().cancel(lease), tenant);
		assert.equal(await chain.units(series.asked, tenant), BigInt(MINUTES));
	});

	test('an owner that says nothing has declined', async () => {
		await serve((await chain.now()) + MINUTE);
		// Just after a whole minute: the sweep of the next one closes what has lapsed.
		await chain.passTo((await minuteFrom(chain)) + 3);
		const first = (await chain.number()) + 1;
		const start = (await minuteFrom(chain)) + HOUR;
		const { lease, until } = await request(start);
		const more = Array.from({ length: MOST - 1 }, () => rent('asked', start));
		await chain.succeedAll(more, tenant);
		assert.equal((await waiting()).length, MOST);
		await chain.expectError(rent('asked', start), tenant, 'leaseEscrow.TooManyRequests');
		const before = await total(tenant);
		await chain.passTo(until);
		await refuse([
			[escrow().accept(lease), owner, 'RequestLapsed'],
			[escrow().cancel(lease), tenant, 'RequestLapsed'],
		]);
		const cost = before - (await total(tenant));
		await untilClosed(chain, lease + MOST - 1);
		assert.equal(before - (await total(tenant)), cost);
		const [closed] = ofLease(await eventsSince(chain, first), 'leaseEscrow.LeaseClosed', lease);
		assert.equal(closed.reason.type, 'Declined');
		assert.equal(closed.refunded.toBigInt(), RENT);
	});

	test('what a lease that goes on or to others refuses', async () => {
		const { offerLease, withdrawLeaseOffer, follow, substitute } = escrow();
		await serve((await chain.now()) + MINUTE);
		const start = await minuteFrom(chain, 5 * MINUTE);
		const leases = {};
		for (const name of ['open', 'bound', 'member']) {
			const booked = await chain.succeed(rent(name, start), tenant);
			leases[name] = booked.event('leaseEscrow.LeaseBooked').lease.toNumber();
		}
		const toFriend = await chain.succeed(rent('open', start + HOUR), tenant);
		leases.offered = toFriend.event('leaseEscrow.LeaseBooked').lease.toNumber();
		const call = rental(chain, tenant, {
			series: series.camera, device: camera, start, units: 2 * 60, maxCost: 100n * UNIT,
		});
		leases.camera = (await chain.succeed(call, tenant)).event('leaseEscrow.LeaseBooked').lease.toNumber();
		await chain.succeed(offerLease(leases.offered, friend.address, UNIT), tenant);

		const goOn = (lease, which, cost = 10n * UNIT) => follow(lease, series[which], 5, cost, LEGAL_DOCUMENT, null);
		await refuse([
			[offerLease(NEVER, friend.address, 0), tenant, 'UnknownLease'],
			[offerLease(leases.open, friend.address, 0), stranger, 'NotTenant'],
			[offerLease(leases.open, tenant.address, 0), tenant, 'AlreadyTenant'],
			[offerLease(leases.bound, friend.address, 0), tenant, 'SeriesNotTransferable'],
			[withdrawLeaseOffer(leases.open), tenant, 'LeaseNotOffered'],
			[withdrawLeaseOffer(leases.offered), friend, 'NotTenant'],
			[accept(friend, leases.open), friend, 'LeaseNotOffered'],
			[accept(stranger, leases.offered), stranger, 'NotOfferedToYou'],
			[accept(friend, leases.offered, { most: UNIT - 1n }), friend, 'CostAboveMax'],
			[accept(friend, leases.offered, { legal: `0x${'00'.repeat(32)}` }), friend, 'WrongLegalDocument'],
			[goOn(leases.open, 'cheap'), stranger, 'NotTenant'],
			[goOn(leases.open, 'open'), tenant, 'SameSeries'],
			[goOn(leases.open, 'bound'), tenant, 'WrongDevice'],
			[goOn(leases.open, 'cheap', 0), tenant, 'CostAboveMax'],
			[goOn(leases.camera, 'cheap'), tenant, 'NotRemote'],
			[substitute(leases.member, machines.open.id), tenant, 'NotStarted'],
			[substitute(NEVER, machines.open.id), tenant, 'UnknownLease'],
		]);

		// It goes on in the cheap series, and no further in the first one.
		const followed = await chain.succeed(goOn(leases.open, 'cheap'), tenant);
		const { lease, previous } = followed.event('leaseEscrow.LeaseLinked');
		assert.equal(previous.toNumber(), leases.open);
		const next = (await api().lease(lease)).unwrap();
		assert.equal(next.from.toNumber(), start + MINUTES * MINUTE);
		assert.equal(next.previous.unwrap().toNumber(), leases.open);
		await chain.expectError(escrow().extend(leases.open, 1, UNIT), tenant, 'leaseEscrow.SlotTaken');
		// An offer can be meant for the owner, who does not rent its own device; or taken back.
		await chain.succeed(offerLease(leases.open, owner.address, 0), tenant);
		await chain.expectError(accept(owner, leases.open), owner, 'leaseEscrow.OwnDevice');
		await chain.succeed(withdrawLeaseOffer(leases.offered), tenant);
		await chain.expectError(accept(friend, leases.offered), friend, 'leaseEscrow.LeaseNotOffered');

		await serve(start + MINUTE);
		await chain.expectError(substitute(leases.open, machines.member.id), tenant, 'leaseEscrow.NotOfFleet');
	});
}

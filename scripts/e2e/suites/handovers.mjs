// SPDX-License-Identifier: Apache-2.0
// What is refused of those who hand devices over, bring them back, object and decide.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { blake2AsHex } from '@polkadot/util-crypto';
import { UNIT } from '../lib/chain.mjs';
import {
	DAY, HOUR, MINUTE, UNIT_PRICE, activeDevices, arbiterFrom, handedOverTerms, minuteFrom, percent, registered,
	registration, rental, seriesOn, serveUntil,
} from '../lib/leasing.mjs';
import { expectErrors } from '../lib/refused.mjs';

const HOURS = 3;
const NEVER = 4_242;
const CONDITION = blake2AsHex('as it was');

/** `session` has a chain once the tests run. */
export function handovers(session) {
	let chain;
	let owner;
	let tenant;
	let stranger;
	let arbiter;
	let other;
	let start;
	let machines;
	/** Series by what there can be a dispute about. */
	const series = {};
	/** Leases by how far they have come, and the cameras of most of them by the same names. */
	const leases = {};
	const cameras = {};

	const escrow = () => chain.api.tx.leaseEscrow;
	const custody = async (name) =>
		(await chain.api.call.leaseEscrowApi.lease(leases[name])).unwrap().custody.unwrap();
	const refuse = (rows) =>
		expectErrors(chain, rows.map(([tx, signer, error]) => [
			tx, signer, /\.|BadOrigin/.test(error) ? error : `leaseEscrow.${error}`,
		]));
	const rentCamera = (name, changes = {}) =>
		rental(chain, tenant, {
			series: series[name], device: cameras[name], start, units: HOURS, maxCost: UNIT, arbiter: arbiter.address,
			...changes,
		});

	async function all(rows) {
		const results = await chain.submitAll(rows);
		for (const { error } of results) assert.equal(error, null);
		return results;
	}

	before(async () => {
		({ chain } = session);
		owner = await chain.fundedAccount('//handovers/owner');
		tenant = await chain.fundedAccount('//handovers/tenant');
		stranger = await chain.fundedAccount('//handovers/stranger');
		arbiter = await arbiterFrom(chain, '//handovers/arbiter');
		other = await arbiterFrom(chain, '//handovers/other');
		await chain.succeed(escrow().bond(100n * UNIT), owner);
		const names = ['booked', 'silent', 'offered', 'taken', 'back', 'disputed'];
		const camera = registration(chain, { deviceClass: 'Camera', capabilities: [], heartbeatGap: DAY });
		const ids = await registered(chain, owner, names.map(() => camera));
		for (const [index, name] of names.entries()) {
			cameras[name] = ids[index];
			series[name] = await seriesOn(chain, owner, { Device: ids[index] }, {
				sale: { unitSeconds: HOUR },
				terms: handedOverTerms({ damageDeposit: 10n * UNIT, arbiters: [arbiter.address] }),
			});
		}
		machines = await activeDevices(chain, owner, ['//handovers/gpu', '//handovers/strict']);
		series.gpu = await seriesOn(chain, owner, { Device: machines[0].id });
		series.strict = await seriesOn(chain, owner, { Device: machines[1].id }, {
			terms: { objectionWindow: HOUR, arbiters: [arbiter.address] },
		});
	});

	test('a tenant has to name an arbiter who can decide', async () => {
		start = await minuteFrom(chain, HOUR);
		const named = (who) => rentCamera('booked', { arbiter: who?.address ?? null });
		const { addArbiter, removeArbiter } = chain.api.tx.arbitration;
		await refuse([
			[named(null), tenant, 'ArbiterMissing'],
			[named(other), tenant, 'ArbiterNotListed'],
			[named(tenant), tenant, 'ArbiterIsParty'],
			[named(owner), tenant, 'ArbiterIsParty'],
			[named(arbiter), arbiter, 'ArbiterIsParty'],
			[
				rental(chain, tenant, { series: series.gpu, device: machines[0].id, units: 5, arbiter: arbiter.address }),
				tenant, 'ArbiterNotNeeded',
			],
			[addArbiter(stranger.address, 'https://arbiter.example'), stranger, 'BadOrigin'],
			[removeArbiter(arbiter.address), owner, 'BadOrigin'],
		]);
		const alice = chain.account('Alice');
		const { sudo } = chain.api.tx.sudo;
		await chain.expectError(sudo(addArbiter(other.address, '')), alice, 'arbitration.AlreadyArbiter');
		await chain.sudo(removeArbiter(other.address));
		await chain.expectError(sudo(removeArbiter(other.address)), alice, 'arbitration.NotArbiter');
		await chain.succeed(rentCamera('booked', { start: start + 2 * DAY }), tenant);
		await chain.sudo(removeArbiter(arbiter.address));
		await chain.expectError(named(arbiter), tenant, 'leaseEscrow.ArbiterNotListed');
		await chain.sudo(addArbiter(arbiter.address, 'https://arbiter.example'));
	});

	test('what a call about a hand-over or a return refuses', async () => {
		// Not on a whole minute: what is over is closed by the sweep of the next one.
		start = (await minuteFrom(chain, HOUR)) + 9;
		const names = ['booked', 'silent', 'offered', 'taken', 'back', 'disputed'];
		const booked = await all([
			...names.map((name) => [rentCamera(name, name === 'booked' ? { start: start + DAY } : {}), tenant]),
			[rentCamera('taken', { start: start + 5 * HOUR }), tenant],
		]);
		for (const [index, name] of [...names, 'next'].entries()) {
			leases[name] = booked[index].event('leaseEscrow.LeaseBooked').lease.toNumber();
		}
		const { offerHandover, confirmHandover, reportReturn, contestReturn, extend, end } = escrow();
		const offering = ['offered', 'taken', 'back', 'disputed'];
		await all(offering.map((name) => [offerHandover(leases[name], CONDITION), owner]));
		await chain.advanceTo(start - 2 * MINUTE);
		await chain.passTo(start);
		await all(['taken', 'back', 'disputed'].map((name) => [confirmHandover(leases[name], CONDITION), tenant]));
		await all(['back', 'disputed'].map((name) => [reportReturn(leases[name], CONDITION), tenant]));
		await chain.succeed(contestReturn(leases.disputed, UNIT, CONDITION), owner);

		const { reportMissing, reportFound } = chain.api.tx.deviceRegistry;
		await chain.succeed(reportMissing(cameras.booked), owner);
		const rows = [
			[offerHandover(leases.booked, CONDITION), tenant, 'NotPayee'],
			[offerHandover(leases.booked, CONDITION), owner, 'DeviceNotListed'],
			[offerHandover(leases.offered, CONDITION), owner, 'AlreadyOffered'],
			[offerHandover(leases.taken, CONDITION), owner, 'AlreadyOffered'],
			// Another tenant has it.
			[offerHandover(leases.next, CONDITION), owner, 'DeviceNotReturned'],
			[confirmHandover(leases.offered, CONDITION), owner, 'NotTenant'],
			[confirmHandover(leases.booked, CONDITION), tenant, 'NotStarted'],
			[confirmHandover(leases.silent, CONDITION), tenant, 'HandoverNotOffered'],
			[confirmHandover(leases.taken, CONDITION), tenant, 'AlreadyHandedOver'],
			[extend(leases.offered, 1, UNIT), tenant, 'NotHandedOver'],
			[end(leases.offered), tenant, 'NotHandedOver'],
			[reportReturn(leases.taken, CONDITION), stranger, 'NotParty'],
			[reportReturn(leases.offered, CONDITION), tenant, 'NotHandedOver'],
			[reportReturn(leases.taken, CONDITION), owner, 'LeaseNotOver'],
			[reportReturn(leases.back, CONDITION), tenant, 'AlreadyReturned'],
			[contestReturn(leases.taken, UNIT, CONDITION), stranger, 'NotParty'],
			[contestReturn(leases.taken, UNIT, CONDITION), owner, 'ReturnNotReported'],
			[contestReturn(leases.back, UNIT, CONDITION), tenant, 'AlreadyReturned'],
			[contestReturn(leases.back, 10n * UNIT + 1n, CONDITION), owner, 'ClaimTooLarge'],
			[contestReturn(leases.back, 0, CONDITION), owner, 'ZeroAmount'],
		];
		for (const [lease, error] of [[NEVER, 'UnknownLease'], [leases.disputed, 'LeaseClosed']]) {
			rows.push(
				[offerHandover(lease, CONDITION), owner, error], [confirmHandover(lease, CONDITION), tenant, error],
				[reportReturn(lease, CONDITION), tenant, error], [contestReturn(lease, 1, CONDITION), owner, error],
			);
		}
		await refuse(rows);
		await chain.succeed(reportFound(cameras.booked), owner);
	});

	test('what a call about a dispute refuses', async () => {
		const { concede, withdrawClaim, contest, settleDispute } = escrow();
		const { decide } = chain.api.tx.arbitration;
		const what = { lease: leases.disputed, kind: 'Damage' };
		await chain.succeed(contest(leases.disputed, 'Damage'), tenant);
		await refuse([
			[concede(leases.disputed, 'Damage'), owner, 'NotRespondent'],
			[withdrawClaim(leases.disputed, 'Damage'), tenant, 'NotClaimant'],
			[contest(leases.disputed, 'Damage'), stranger, 'NotRespondent'],
			[contest(leases.disputed, 'Damage'), tenant, 'AlreadyContested'],
			[settleDispute(leases.disputed, 'Damage'), stranger, 'DisputeNotOver'],
			[decide(what, percent(50)), stranger, 'arbitration.NotArbiterOfCase'],
			[decide({ lease: leases.disputed, kind: 'Rent' }, percent(50)), arbiter, 'arbitration.UnknownCase'],
			...[concede, withdrawClaim, contest, settleDispute].flatMap((call) => [
				[call(leases.disputed, 'Rent'), owner, 'UnknownDispute'], [call(NEVER, 'Damage'), owner, 'UnknownDispute'],
			]),
		]);
		// Its owner thinks better of it, and there is nothing left to decide.
		const withdrawn = await chain.succeed(withdrawClaim(leases.disputed, 'Damage'), owner);
		assert.equal(withdrawn.event('leaseEscrow.DisputeClosed').outcome.type, 'Withdrawn');
		await chain.expectError(decide(what, percent(50)), arbiter, 'arbitration.UnknownCase');
	});

	test('what comes too late', async () => {
		const { offerHandover, confirmHandover, contestReturn, revoke } = escrow();
		const deadlines = [];
		for (const name of ['silent', 'offered', 'back']) deadlines.push((await custody(name)).deadline.toNumber());
		await chain.passTo(Math.max(...deadlines));
		await refuse([
			[offerHandover(leases.silent, CONDITION), owner, 'HandoverOver'],
			[confirmHandover(leases.offered, CONDITION), tenant, 'HandoverOver'],
			[contestReturn(leases.back, UNIT, CONDITION), owner, 'InspectionOver'],
			[revoke(leases.silent), owner, 'AlreadyOver'],
		]);
		await chain.pass(MINUTE);
		for (const name of ['silent', 'offered', 'back']) {
			assert.ok((await chain.api.call.leaseEscrowApi.lease(leases[name])).isNone, `${name} is closed`);
		}
		assert.equal((await chain.holds(tenant))['leaseEscrow.DamageDeposit'], 4n * 10n * UNIT);
	});

	test('what an objection refuses', async () => {
		const { object, offerHandover, reportReturn } = escrow();
		await serveUntil(chain, machines, (await chain.now()) + MINUTE);
		const rows = [['gpu', null], ['strict', arbiter.address]].map(([name, who], index) => [
			rental(chain, tenant, { series: series[name], device: machines[index].id, units: 20, arbiter: who }), tenant,
		]);
		const booked = (await all(rows)).map((result) => result.event('leaseEscrow.LeaseBooked'));
		const [gpu, strict] = booked.map(({ lease }) => lease.toNumber());
		const { from } = (await chain.api.call.leaseEscrowApi.lease(strict)).unwrap();
		// Two heartbeats in each gap of a minute.
		await serveUntil(chain, machines, from.toNumber() + 3 * MINUTE, 40);
		const objected = (lease, amount) => object(lease, amount, CONDITION);
		await refuse([
			[objected(NEVER, 1), tenant, 'UnknownLease'],
			[objected(leases.disputed, 1), tenant, 'LeaseClosed'],
			[objected(strict, 1), owner, 'NotTenant'],
			[objected(strict, 0), tenant, 'ZeroAmount'],
			[objected(strict, 20n * UNIT_PRICE), tenant, 'ObjectionTooLarge'],
			[objected(gpu, 1), tenant, 'ObjectionNotOpen'],
			[offerHandover(gpu, CONDITION), owner, 'NotPhysical'],
			[reportReturn(gpu, CONDITION), tenant, 'NotPhysical'],
		]);
		await chain.succeed(objected(strict, UNIT_PRICE), tenant);
		await refuse([
			[objected(strict, 1), tenant, 'AlreadyDisputed'],
			[chain.api.tx.arbitration.decide({ lease: strict, kind: 'Rent' }, 0), arbiter, 'arbitration.UnknownCase'],
		]);
	});
}

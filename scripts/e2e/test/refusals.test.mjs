// SPDX-License-Identifier: Apache-2.0
// Bad input: each has its name, and changes nothing but the fee.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Chain, UNIT } from '../lib/chain.mjs';
import {
	DAY, HOUR, MINUTE, UNIT_PRICE, activeDevice, arbiterFrom, handedOverTerms, leaseTerms, minuteFrom, percent,
	registration, rental, saleConditions, series as makeSeries,
} from '../lib/leasing.mjs';
import { Node } from '../lib/node.mjs';
import { expectErrors, expectUnsignedRefused } from '../lib/refused.mjs';
import { Device } from '../lib/report.mjs';

let chain;
let owner;
let tenant;
let poor;
let arbiter;
let id;
let device;
let series;
let silent;
let pending;

before(async () => {
	chain = await Chain.connect(await Node.start());
	owner = await chain.fundedAccount('//refusals/owner', 100_000n * UNIT);
	tenant = await chain.fundedAccount('//refusals/tenant', 100_000n * UNIT);
	poor = await chain.fundedAccount('//refusals/poor', UNIT);
	arbiter = await arbiterFrom(chain, '//refusals/arbiter');
	await chain.succeed(chain.api.tx.leaseEscrow.bond(1_000n * UNIT), owner);
	silent = await activeDevice(chain, owner, '//refusals/silent');
	silent.series = await makeSeries(chain, owner, silent.id);
	await chain.advance(10 * MINUTE);
	({ id, device } = await activeDevice(chain, owner, '//refusals/gpu'));
	series = await makeSeries(chain, owner, id);
	const key = new Device('//refusals/pending').key;
	const registered = await chain.succeed(registration(chain, { key }), owner);
	pending = { id: registered.event('deviceRegistry.DeviceRegistered').device.toNumber() };
	pending.series = await makeSeries(chain, owner, pending.id);
});

after(async () => {
	await chain.disconnect();
	await chain.node.stop();
	assert.deepEqual(chain.node.faults(), []);
});

const create = async (subject, { sale = {}, terms = {} } = {}) =>
	chain.api.tx.usageToken.createSeries({ Device: subject }, saleConditions(await chain.now(), sale), leaseTerms(terms));

const rent = (changes) => rental(chain, tenant, { series, device: id, units: 10, ...changes });

// A later heartbeat, so that what follows is not refused for the device being silent.
async function seen() {
	await chain.advance(MINUTE);
	const result = await device.beat(chain, id);
	assert.equal(result.error, null);
}

test('a device that never was', async () => {
	await chain.expectError(await create(4_242), owner, 'deviceRegistry.UnknownDevice');
	await chain.expectError(rent({ device: 4_242 }), tenant, 'deviceRegistry.UnknownDevice');
	await chain.expectError(rent({ device: silent.id }), tenant, 'leaseEscrow.WrongDevice');
});

test("another owner's device", async () => {
	await chain.expectError(await create(id), tenant, 'usageToken.NotDeviceOwner');
	await chain.expectError(chain.api.tx.deviceRegistry.retire(id), tenant, 'deviceRegistry.NotOwner');
});

test('a retired device', async () => {
	const registered = await chain.succeed(registration(chain), owner);
	const retired = registered.event('deviceRegistry.DeviceRegistered').device.toNumber();
	await chain.succeed(chain.api.tx.deviceRegistry.retire(retired), owner);
	await chain.expectError(await create(retired), owner, 'deviceRegistry.DeviceRetired');
	await chain.expectError(chain.api.tx.deviceRegistry.retire(id), owner, 'deviceRegistry.DeviceCommitted');
});

test('a device whose key is not proven', async () => {
	const call = rental(chain, tenant, { series: pending.series, device: pending.id, units: 10 });
	await chain.expectError(call, tenant, 'leaseEscrow.DeviceKeyNotActive');
});

test('a device that was not seen lately', async () => {
	const call = rental(chain, tenant, { series: silent.series, device: silent.id, units: 10 });
	await chain.expectError(call, tenant, 'leaseEscrow.DeviceNotSeenLately');
});

test('too small a bond of the owner', async () => {
	const other = await chain.fundedAccount('//refusals/unbonded');
	const unbonded = await activeDevice(chain, other, '//refusals/unbonded-gpu');
	const theirs = await makeSeries(chain, other, unbonded.id);
	const call = rental(chain, tenant, { series: theirs, device: unbonded.id, units: 10 });
	await chain.expectError(call, tenant, 'leaseEscrow.OwnerBondTooSmall');
});

test('price, legal text and time', async () => {
	await seen();
	await chain.expectError(rent({ maxCost: 10n * UNIT_PRICE - 1n }), tenant, 'leaseEscrow.CostAboveMax');
	await chain.expectError(rent({ legal: `0x${'00'.repeat(32)}` }), tenant, 'leaseEscrow.WrongLegalDocument');
	const minute = await minuteFrom(chain);
	await chain.expectError(rent({ start: minute - 10 * MINUTE }), tenant, 'leaseEscrow.StartInPast');
	await chain.expectError(rent({ start: minute + DAY + 1 }), tenant, 'leaseEscrow.NotWholeMinute');
	await chain.expectError(rent({ start: minute + 21 * DAY }), tenant, 'leaseEscrow.TooFarAhead');
	await chain.expectError(rent({ units: 10 * 1_440 + 1 }), tenant, 'leaseEscrow.TooLong');
	await chain.expectError(rent({ units: 0 }), tenant, 'leaseEscrow.ZeroUnits');
});

test('too short a lease', async () => {
	await seen();
	const atLeastAnHour = await makeSeries(chain, owner, id, { terms: { minDuration: HOUR }, sale: await sameWindow() });
	await chain.expectError(rent({ series: atLeastAnHour }), tenant, 'leaseEscrow.TooShort');
});

// Open series of one device have the same usable window.
async function sameWindow() {
	const { sale } = (await chain.api.call.usageTokenApi.series(series)).unwrap();
	const [usableFrom, usableUntil] = [sale.usableFrom.toNumber(), sale.usableUntil.toNumber()];
	return { usableFrom, usableUntil, saleUntil: usableUntil };
}

test('a series that is sold out, and one that is over', async () => {
	const few = await makeSeries(chain, owner, id, { sale: { cap: 5, ...(await sameWindow()) } });
	await seen();
	await chain.expectError(rent({ series: few }), tenant, 'usageToken.SoldOut');
	await chain.expectError(chain.api.tx.usageToken.buy(few, 6, UNIT), tenant, 'usageToken.SoldOut');
	await chain.expectError(chain.api.tx.usageToken.buy(few, 0, UNIT), tenant, 'usageToken.ZeroUnits');
	await chain.expectError(
		chain.api.tx.usageToken.buy(series, (1n << 64n) - 1n, (1n << 128n) - 1n), tenant, 'usageToken.AmountOverflow',
	);
});

test('amounts that overflow', async () => {
	const call = await create(id, { sale: { unitPrice: (1n << 128n) - 1n, ...(await sameWindow()) } });
	await chain.expectError(call, owner, 'usageToken.AmountOverflow');
});

test('too low a balance', async () => {
	await seen();
	const call = rental(chain, poor, { series, device: id, units: 1_000 });
	await chain.expectError(call, poor, 'leaseEscrow.BalanceTooLow');
	await chain.expectError(chain.api.tx.usageToken.buy(series, 1_000, 1_000n * UNIT), poor, 'usageToken.BalanceTooLow');
	await chain.expectError(chain.api.tx.leaseEscrow.bond(10n * UNIT), poor, 'leaseEscrow.BalanceTooLow');
	await chain.expectError(chain.api.tx.leaseEscrow.bond(1), poor, 'leaseEscrow.AmountTooSmall');
});

/** Terms of receipts: what cancelling costs and what time without a signature costs, in percent. */
const coSigned = (ladder, reservation = 10, maxLag = 60) => ({
	cancellation: [{ notice: 0, share: percent(ladder) }],
	evidence: { CoSigned: { maxLag, reservationShare: percent(reservation) } },
});

/** Terms of devices that are handed over, with these changes to the custody. */
const handedOver = (custody = {}) => {
	const terms = handedOverTerms();
	return { ...terms, custody: { Physical: { ...terms.custody.Physical, ...custody } } };
};

test('terms that no pallet serves yet, that nobody can keep, or that pay to break, are refused by name', async () => {
	const terms = [
		['AcceptanceDeadlineOutOfRange', { acceptance: { Manual: { deadline: MINUTE - 1 } } }],
		['AcceptanceDeadlineOutOfRange', { acceptance: { Manual: { deadline: 7 * DAY + 1 } } }],
		['EvidenceNotAvailable', { evidence: { Metered: { maxRate: 1 } } }],
		['EvidenceNotAvailable', { evidence: 'Output' }],
		['EvidenceDoesNotSuitCustody', { evidence: 'Clock' }],
		['EvidenceDoesNotSuitCustody', { ...handedOver(), evidence: { Heartbeat: { maxGap: MINUTE } } }],
		['CustodyWindowOutOfRange', handedOver({ handoverWindow: 599 })],
		['CustodyWindowOutOfRange', handedOver({ forfeitAfter: 3_599 })],
		['CustodyWindowOutOfRange', handedOver({ inspection: 30 * DAY + 1 })],
		['HandoverWindowTooLong', { ...handedOver(), minDuration: HOUR }],
		['ReturnGraceTooLong', handedOver({ returnGrace: 3.5 * HOUR + 1 })],
		['OwnerNoticeTooShort', { ...handedOver(), ownerNotice: HOUR / 2 - 1 }],
		['LadderTooHigh', { ...handedOver(), cancellation: [] }],
		['LadderTooHigh', { ...handedOver(), cancellation: [{ notice: 0, share: percent(11) }] }],
		['OverduePercentOutOfRange', handedOver({ overduePercent: 99 })],
		['OverduePercentOutOfRange', handedOver({ overduePercent: 1_001 })],
		['DamageDepositNotAvailable', { damageDeposit: UNIT, arbiters: [arbiter.address] }],
		['ArbitersMissing', { ...handedOver(), damageDeposit: UNIT }],
		['ArbitersMissing', { objectionWindow: 60 }],
		['ArbitersNotNeeded', { arbiters: [arbiter.address] }],
		['ArbiterNotListed', { objectionWindow: 60, arbiters: [arbiter.address, poor.address] }],
		['ArbiterNotListed', { objectionWindow: 60, arbiters: [owner.address] }],
		['ObjectionWindowTooLong', { objectionWindow: 7 * DAY + 1, arbiters: [arbiter.address] }],
		['ObjectionNotAvailable', { objectionWindow: 60, ...coSigned(5) }],
		['ObjectionNotAvailable', { ...handedOver(), objectionWindow: 60 }],
		['AdmissionNotAvailable', { admission: { Credential: 1 } }],
		['NobodyAdmitted', { admission: { Only: [] } }],
		['EndorsementNotAvailable', { requiredEndorsement: 1 }],
		['GeofenceNotAvailable', { geofence: 1 }],
		['LadderAboveReservation', coSigned(20)],
		['ReservationShareTooHigh', coSigned(5, 11)],
		['ReceiptLagOutOfRange', coSigned(5, 10, 0)],
	];
	const rows = [];
	for (const [error, changes] of terms) rows.push([await create(id, { terms: changes }), owner, `usageToken.${error}`]);
	await expectErrors(chain, rows);
});

test('assets can be neither made nor changed past the usage token pallet', async () => {
	const { assets } = chain.api.tx;
	for (const call of [
		assets.create(99, owner.address, 1), assets.mint(series, owner.address, 1), assets.burn(series, tenant.address, 1),
		assets.freeze(series, tenant.address), assets.refund(series, true), assets.touch(series), assets.startDestroy(series),
	]) {
		await chain.expectError(call, owner, 'system.CallFiltered');
	}
});

const refused = (call, pattern) => expectUnsignedRefused(chain, call, pattern);

test('heartbeats that prove nothing', async () => {
	await chain.advance(MINUTE);
	await chain.untilFinalized();
	const named = await device.namedBlock(chain);
	const good = await device.heartbeat(chain, id, { named });
	assert.equal((await chain.submitAuthorized(good)).error, null);

	// Replayed: the block was named before.
	await chain.advance(MINUTE);
	await refused(good, /outdated|stale/i);

	await chain.untilFinalized();
	const fresh = await device.namedBlock(chain);
	const stranger = new Device('//refusals/stranger');
	await refused(await stranger.heartbeat(chain, id, { named: fresh }), /bad signature/i);
	await refused(await device.heartbeat(chain, id, { named: fresh, genesis: `0x${'11'.repeat(32)}` }), /bad signature/i);
	const never = { number: fresh.number, blockHash: `0x${'22'.repeat(32)}` };
	await refused(await device.heartbeat(chain, id, { named: never }), /Custom error: 9\b/);
	await refused(await device.heartbeat(chain, 4_242, { named: fresh }), /Custom error: 1\b/);
	await refused(await device.heartbeat(chain, pending.id, { named: fresh }), /Custom error: 4\b/);

	// Old: more blocks have passed than a report may take.
	await chain.seal(chain.api.consts.attestation.maxNamedBlockAge.toNumber() + 1);
	await refused(await device.heartbeat(chain, id, { named: fresh }), /Custom error: 10\b/);
});

test('a series whose usable window is over', async () => {
	await chain.advance(31 * DAY);
	await chain.expectError(rent({}), tenant, 'leaseEscrow.SeriesExpired');
	await chain.expectError(chain.api.tx.usageToken.buy(series, 1, UNIT), tenant, 'usageToken.SeriesExpired');
});

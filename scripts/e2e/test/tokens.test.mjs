// SPDX-License-Identifier: Apache-2.0
// Usage tokens in people's hands: a fleet sold as one series, a resale, refunds, a series that closes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { blake2AsHex, createKeyMulti, encodeAddress } from '@polkadot/util-crypto';
import { Chain, UNIT } from '../lib/chain.mjs';
import {
	DAY, HOUR, LEGAL_DOCUMENT, MINUTE, UNIT_PRICE, accessKey, activeDevice, leaseTerms, minuteFrom, rental, saleConditions,
	serveUntil, untilClosed,
} from '../lib/leasing.mjs';
import { Node } from '../lib/node.mjs';
import { unexpectedWarnings } from '../lib/warnings.mjs';

const GAP = 120;
const MEMBERS = 3;

let chain;
let owner;
let anna;
let boris;
let stranger;
const machines = [];
let fleet;
/** Series of the fleet: by the minute for a day, by the hour for thirty days. */
const fleetSeries = {};

const tx = () => chain.api.tx;
const tokens = () => chain.api.call.usageTokenApi;

before(async () => {
	chain = await Chain.connect(await Node.start());
	owner = await chain.fundedAccount('//tokens/owner');
	anna = await chain.fundedAccount('//tokens/anna');
	boris = await chain.fundedAccount('//tokens/boris');
	stranger = await chain.fundedAccount('//tokens/stranger');
	await chain.succeed(tx().leaseEscrow.bond(500n * UNIT), owner);
});

after(async () => {
	await chain.disconnect();
	await chain.node.stop();
	assert.deepEqual(chain.node.faults(), []);
	assert.deepEqual(unexpectedWarnings(), []);
});

const total = async (who) => (await chain.balance(who)).total;

async function createSeries(subject, { sale = {}, terms = {} } = {}) {
	const call = tx().usageToken.createSeries(
		subject,
		saleConditions(await chain.now(), sale),
		leaseTerms({ evidence: { Heartbeat: { maxGap: GAP } }, ...terms }),
	);
	return (await chain.succeed(call, owner)).event('usageToken.SeriesCreated').series.toNumber();
}

const book = (who, series, device, start, units) =>
	tx().leaseEscrow.book(series, device, start, units, LEGAL_DOCUMENT, accessKey(who), null);

const buy = (who, series, units) => chain.succeed(tx().usageToken.buy(series, units, UNIT * 1_000n), who);

const serve = (time) => serveUntil(chain, machines, time);

test('three devices become a fleet, sold as one series', async () => {
	for (let index = 1; index <= MEMBERS; index++) {
		machines.push(await activeDevice(chain, owner, `//tokens/gpu/${index}`, { heartbeatGap: GAP }));
	}
	fleet = (await chain.succeed(tx().deviceRegistry.createFleet(), owner)).event('deviceRegistry.FleetCreated').fleet;
	const joining = machines.map(({ id }) => tx().deviceRegistry.addToFleet(fleet, id));
	await chain.succeed(tx().utility.batchAll(joining), owner);
	const details = (await chain.api.call.deviceRegistryApi.fleet(fleet)).unwrap();
	assert.deepEqual(details.members.map(Number).sort(), machines.map(({ id }) => id).sort());

	const now = await chain.now();
	fleetSeries.minutes = await createSeries({ Fleet: fleet }, { sale: { saleUntil: now + DAY, usableUntil: now + DAY } });
	const [window] = await tokens().capacity({ Fleet: fleet });
	const left = BigInt(MEMBERS) * window.until.toBigInt() - BigInt(MEMBERS * (await chain.now()));
	assert.equal(window.remainingSeconds.toBigInt(), left);
	assert.equal(window.freeSeconds.toBigInt(), left);
	const page = await tokens().seriesOfSubject({ Fleet: fleet }, null, 10);
	assert.deepEqual(page.items.map(Number), [fleetSeries.minutes]);
});

test('a wallet sees the series as an asset', async () => {
	const metadata = await chain.api.query.assets.metadata(fleetSeries.minutes);
	assert.equal(metadata.name.toUtf8(), `Tenure series ${fleetSeries.minutes}`);
	assert.equal(metadata.symbol.toUtf8(), `TNU${fleetSeries.minutes}`);
	assert.equal(metadata.decimals.toNumber(), 0);
	for (const who of [owner, stranger]) {
		await chain.expectError(tx().assets.mint(fleetSeries.minutes, who.address, 1), who, 'system.CallFiltered');
		await chain.expectError(tx().assets.create(99, who.address, 1), who, 'system.CallFiltered');
	}
});

test('two tenants use the fleet at the same time', async () => {
	const series = fleetSeries.minutes;
	await buy(anna, series, 30);
	await buy(boris, series, 40);
	await serve((await chain.now()) + MINUTE);
	const start = (await minuteFrom(chain)) + MINUTE;
	const before = await total(owner);
	const leases = [];
	for (const [who, { id }] of [[anna, machines[0]], [boris, machines[1]]]) {
		const booked = await chain.succeed(book(who, series, id, start, 10), who);
		leases.push(booked.event('leaseEscrow.LeaseBooked').lease);
	}
	await chain.expectError(book(boris, series, machines[0].id, start, 10), boris, 'leaseEscrow.SlotTaken');
	const share = (await chain.api.call.leaseEscrowApi.lease(leases[0])).unwrap().protocolShare.toBigInt();
	await serve(start + 12 * MINUTE);
	for (const lease of leases) await untilClosed(chain, lease);
	const rent = 10n * UNIT_PRICE;
	assert.equal((await total(owner)) - before, 2n * (rent - (rent * share) / 1_000_000_000n));
	assert.equal(await chain.units(series, anna), 20n);
	assert.equal(await chain.units(series, boris), 30n);
});

test('a device that others count on can not leave', async () => {
	const [window] = await tokens().capacity({ Fleet: fleet });
	// Some seconds of each member pass until the purchase.
	await buy(boris, fleetSeries.minutes, Math.floor(window.freeSeconds.toNumber() / MINUTE) - 1);
	await chain.expectError(
		tx().deviceRegistry.removeFromFleet(fleet, machines[2].id), owner, 'usageToken.FleetTooSmall',
	);
	await chain.expectError(tx().usageToken.buy(fleetSeries.minutes, 4, UNIT), anna, 'usageToken.CapacityExceeded');
	const units = (await chain.units(fleetSeries.minutes, boris)) - 30n;
	await chain.succeed(tx().usageToken.redeem(fleetSeries.minutes, units), boris);
});

test('three of ten hours are sold on, without trust', async () => {
	const now = await chain.now();
	// Another window of the same fleet: after the first one.
	const usableFrom = now + DAY;
	const series = await createSeries(
		{ Fleet: fleet },
		{ sale: { unitSeconds: HOUR, usableFrom, usableUntil: now + 30 * DAY }, terms: { minDuration: HOUR } },
	);
	fleetSeries.hours = series;
	await buy(anna, series, 10);
	const price = (5n * UNIT_PRICE) / 2n;

	// The account that needs both.
	const signatories = [anna.address, boris.address];
	const both = encodeAddress(createKeyMulti(signatories, 2), 42);
	const deal = tx().utility.batchAll([
		tx().assets.transferApproved(series, anna.address, boris.address, 3),
		tx().balances.transferAllowDeath(anna.address, price),
	]);
	const { weight } = await chain.api.call.transactionPaymentCallApi.queryCallInfo(deal.method, deal.method.toU8a().length);

	// Anna lets that account take three units, and agrees to the deal.
	const offered = await chain.succeed(
		tx().utility.batchAll([
			tx().assets.approveTransfer(series, both, 3),
			tx().multisig.approveAsMulti(2, [boris.address], null, blake2AsHex(deal.method.toU8a()), weight),
		]),
		anna,
	);
	const timepoint = { height: offered.number, index: offered.index };
	const [annaBefore, borisBefore] = [await total(anna), await total(boris)];

	// Boris pays in, agrees, and makes sure of the units: all three or nothing.
	const taken = await chain.succeed(
		tx().utility.batchAll([
			tx().balances.transferKeepAlive(both, price),
			tx().multisig.asMulti(2, [anna.address], timepoint, deal.method, weight),
			tx().assets.transfer(series, boris.address, 3),
		]),
		boris,
	);
	assert.equal(await chain.units(series, anna), 7n);
	assert.equal(await chain.units(series, boris), 3n);
	assert.equal((await total(anna)) - annaBefore, price);
	assert.equal(borisBefore - (await total(boris)), price + taken.fee);
	assert.equal(await total(both), 0n);
});

test('holdings tell what they are worth and what can be done with them', async () => {
	const { items, next } = await tokens().holdings(boris.address, 1, 100);
	assert.ok(next.isNone);
	const held = Object.fromEntries(items.map((item) => [item.series.toNumber(), item]));
	const minutes = held[fleetSeries.minutes];
	assert.equal(minutes.units.toNumber(), 30);
	assert.equal(minutes.value.toBigInt(), (30n * UNIT_PRICE * 95n) / 100n);
	assert.ok(minutes.canBeStaked.isTrue && minutes.canBeTransferred.isTrue && minutes.canBeRedeemedByAnyone.isFalse);
	assert.equal(held[fleetSeries.hours].units.toNumber(), 3);
	assert.equal(held[fleetSeries.hours].value.toBigInt(), 3n * UNIT_PRICE);
});

test('forgotten units are refunded after the window, by anyone', async () => {
	const series = fleetSeries.minutes;
	const { expires } = (await tokens().series(series)).unwrap();
	await chain.expectError(tx().usageToken.redeemFor(series, boris.address), stranger, 'usageToken.NotExpired');
	await serve((await chain.now()) + 2 * MINUTE);
	await chain.advanceTo(expires.toNumber());
	const before = await total(boris);
	const strangerBefore = await total(stranger);
	const refunded = await chain.succeed(tx().usageToken.redeemFor(series, boris.address), stranger);
	assert.equal((await total(boris)) - before, (30n * UNIT_PRICE * 90n) / 100n);
	// For a fleet it costs what looking at its members does.
	assert.ok(refunded.fee > 0n);
	assert.equal(await total(stranger), strangerBefore - refunded.fee);
	assert.equal(await chain.units(series, boris), 0n);
	await chain.expectError(
		tx().usageToken.redeemFor(series, boris.address), stranger, 'usageToken.NothingToRedeem',
	);
});

test('a series closes with money still inside, and everybody gets theirs', async () => {
	const series = fleetSeries.hours;
	const account = (await tokens().series(series)).unwrap().account.toString();
	// A stranger's gift changes nothing.
	await chain.succeed(tx().balances.transferKeepAlive(account, UNIT), stranger);
	await chain.succeed(tx().usageToken.closeSeries(series), owner);
	await chain.expectError(tx().usageToken.reapSeries(series), stranger, 'usageToken.UnitsOutstanding');

	// At once at par for whoever asks.
	const before = await total(boris);
	const redeemed = await chain.succeed(tx().usageToken.redeem(series, 3), boris);
	assert.equal((await total(boris)) - before, 3n * UNIT_PRICE - redeemed.fee);

	// Units can still be used until the notice is over.
	await serve((await chain.now()) + MINUTE);
	const { sale } = (await tokens().series(series)).unwrap();
	const start = Math.ceil(sale.usableFrom.toNumber() / MINUTE) * MINUTE + HOUR;
	const booked = await chain.succeed(book(anna, series, machines[0].id, start, 1), anna);
	await chain.expectError(tx().usageToken.redeemFor(series, anna.address), stranger, 'usageToken.NotExpired');
	await chain.succeed(tx().leaseEscrow.cancel(booked.event('leaseEscrow.LeaseBooked').lease), anna);
	// A whole unit is the least that cancelling costs.
	assert.equal(await chain.units(series, anna), 6n);

	// The forgotten rest goes back at par as well.
	const { expires } = (await tokens().series(series)).unwrap();
	await chain.advanceTo(expires.toNumber());
	const annaBefore = await total(anna);
	await chain.succeed(tx().usageToken.redeemFor(series, anna.address), stranger);
	assert.equal((await total(anna)) - annaBefore, 6n * UNIT_PRICE);

	const held = (await chain.holds(owner))['usageToken.SeriesRecord'];
	const ownerBefore = await total(owner);
	const endowment = chain.api.consts.balances.existentialDeposit.toBigInt();
	await chain.succeed(tx().usageToken.reapSeries(series), stranger);
	assert.equal((await total(owner)) - ownerBefore, endowment + UNIT);
	assert.ok((await chain.holds(owner))['usageToken.SeriesRecord'] < held);
	assert.ok((await chain.api.query.assets.asset(series)).isNone);
	assert.equal(await total(account), 0n);
	await chain.expectError(tx().usageToken.buy(series, 1, UNIT), anna, 'usageToken.SeriesReaped');
});

test('a device changes hands with its leases', async () => {
	const { id, device } = machines[2];
	await chain.succeed(tx().usageToken.redeemFor(fleetSeries.minutes, anna.address), anna);
	await chain.succeed(tx().usageToken.reapSeries(fleetSeries.minutes), stranger);
	await chain.succeed(tx().deviceRegistry.removeFromFleet(fleet, id), owner);
	const series = await createSeries({ Device: id });
	// The others are not offered any more, and may not report free of charge.
	await chain.advance(MINUTE);
	assert.equal((await device.beat(chain, id)).error, null);
	const start = (await minuteFrom(chain)) + HOUR;
	const rented = await chain.succeed(rental(chain, anna, { series, device: id, start, units: 10 }), anna);
	const { lease } = rented.event('leaseEscrow.LeaseBooked');

	await chain.succeed(tx().deviceRegistry.offerTransfer(id, boris.address), owner);
	// As long as it is offered, nothing is booked on it; and the buyer says how much bond may come along.
	const late = rental(chain, anna, { series, device: id, start: start + HOUR, units: 10 });
	await chain.expectError(late, anna, 'leaseEscrow.DeviceOffered');
	await chain.expectError(tx().deviceRegistry.acceptTransfer(id, 0), boris, 'leaseEscrow.BondAboveMax');
	await chain.expectError(tx().deviceRegistry.acceptTransfer(id, UNIT), boris, 'leaseEscrow.OwnerBondTooSmall');
	await chain.succeed(tx().leaseEscrow.bond(10n * UNIT), boris);
	await chain.succeed(tx().deviceRegistry.acceptTransfer(id, UNIT), boris);
	const moved = (await chain.api.call.leaseEscrowApi.lease(lease)).unwrap();
	assert.equal(moved.payee.toString(), boris.address);
	const owned = await chain.api.call.deviceRegistryApi.devicesOf(boris.address, null, 10);
	assert.deepEqual(owned.items.map(Number), [id]);
});

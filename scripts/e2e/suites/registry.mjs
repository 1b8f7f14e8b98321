// SPDX-License-Identifier: Apache-2.0
// Devices that are offered, that leave fleets, that go missing and come back; and all that a call of the
// registry refuses.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { UNIT } from '../lib/chain.mjs';
import {
	DAY, MINUTE, activeDevices, fleetOf, minuteFrom, registered, registration, rental, seriesOn,
} from '../lib/leasing.mjs';
import { expectErrors, expectUnsignedRefused } from '../lib/refused.mjs';
import { Device } from '../lib/report.mjs';

const NEVER = 4_242;

/** `session` has a chain once the tests run. */
export function registry(session) {
	let chain;
	let owner;
	let other;
	let buyer;
	let poor;

	/** Devices of `owner`, by the state that they are in. */
	const machines = {};
	const keyOf = (name) => new Device(`//registry/${name}`).key;
	const call = () => chain.api.tx.deviceRegistry;
	const details = async (id) => (await chain.api.call.deviceRegistryApi.device(id)).unwrap();
	const free = async (fleet) => {
		const [window] = await chain.api.call.usageTokenApi.capacity({ Fleet: fleet });
		return window.freeSeconds.toNumber();
	};

	before(async () => {
		({ chain } = session);
		owner = await chain.fundedAccount('//registry/owner', 2_000n * UNIT);
		other = await chain.fundedAccount('//registry/other');
		buyer = await chain.fundedAccount('//registry/buyer');
		poor = await chain.fundedAccount('//registry/poor', UNIT / 2n);
		await chain.succeed(chain.api.tx.leaseEscrow.bond(100n * UNIT), owner);
		const names = ['active', 'sold', 'first', 'second', 'third', 'stolen', 'spare'];
		const active = await activeDevices(chain, owner, names.map((name) => `//registry/${name}`));
		names.forEach((name, index) => (machines[name] = active[index]));
	});

	test('an offer is withdrawn, and the device is leased again', async () => {
		const { id } = machines.sold;
		machines.sold.series = await seriesOn(chain, owner, { Device: id });
		const start = (await minuteFrom(chain)) + DAY;
		const rent = rental(chain, buyer, { series: machines.sold.series, device: id, start, units: 10 });
		await chain.succeed(call().offerTransfer(id, buyer.address), owner);
		await chain.expectError(rent, buyer, 'leaseEscrow.DeviceOffered');

		const withdrawn = await chain.succeed(call().withdrawTransfer(id), owner);
		const { device, to } = withdrawn.event('deviceRegistry.TransferWithdrawn');
		assert.deepEqual([device.toNumber(), to.toString()], [id, buyer.address]);
		assert.ok((await details(id)).offeredTo.isNone);
		await chain.expectError(call().acceptTransfer(id, 0), buyer, 'deviceRegistry.NotOffered');
		assert.equal((await chain.succeed(rent, buyer)).all('leaseEscrow.LeaseBooked').length, 1);
	});

	test('a missing member leaves the fleet at once, and comes back into it', async () => {
		const [first, second, third] = [machines.first.id, machines.second.id, machines.third.id];
		machines.fleet = await fleetOf(chain, owner, [first, second, third]);
		const { fleet } = machines;
		machines.fleetSeries = await seriesOn(chain, owner, { Fleet: fleet });
		await chain.succeed(chain.api.tx.usageToken.buy(machines.fleetSeries, 60, 100n * UNIT), buyer);
		const before = await free(fleet);

		const missing = await chain.succeed(call().reportMissing(second), owner);
		assert.equal(missing.event('deviceRegistry.DeviceLeftFleet').device.toNumber(), second);
		assert.equal((await details(second)).status.type, 'Missing');
		// A third less, and what the block took.
		const remaining = (before + 60 * MINUTE) / 3;
		const without = await free(fleet);
		assert.ok(Math.abs(before - remaining - without) <= 3 * 6, `${before} s, then ${without} s`);

		const found = await chain.succeed(call().reportFound(second), owner);
		assert.equal(found.event('deviceRegistry.DeviceJoinedFleet').fleet.toNumber(), fleet);
		assert.equal((await details(second)).status.type, 'Listed');
		assert.equal((await details(second)).fleet.unwrap().toNumber(), fleet);
		assert.ok((await free(fleet)) >= before - 3 * 3 * 6);
	});

	test('a member leaves its fleet and is sold alone', async () => {
		const { third, fleet } = machines;
		const left = await chain.succeed(call().removeFromFleet(fleet, third.id), owner);
		assert.equal(left.event('deviceRegistry.DeviceLeftFleet').device.toNumber(), third.id);
		assert.ok((await details(third.id)).fleet.isNone);
		const members = (await chain.api.call.deviceRegistryApi.fleet(fleet)).unwrap().members;
		assert.deepEqual(members.map(Number), [machines.first.id, machines.second.id]);
		const series = await seriesOn(chain, owner, { Device: third.id });
		await chain.expectError(call().addToFleet(fleet, third.id), owner, 'usageToken.UnitsPromised');
		await chain.succeed(chain.api.tx.usageToken.closeSeries(series), owner);
		await chain.succeed(call().addToFleet(fleet, third.id), owner);
		assert.equal((await details(third.id)).fleet.unwrap().toNumber(), fleet);
	});

	test('units that came back while a member was missing keep it out of its fleet', async () => {
		const { id } = machines.stolen;
		const series = await seriesOn(chain, owner, { Device: id });
		const start = (await minuteFrom(chain)) + 2 * DAY;
		const rented = await chain.succeed(rental(chain, buyer, { series, device: id, start, units: 10 }), buyer);
		await chain.succeed(chain.api.tx.usageToken.closeSeries(series), owner);
		await chain.succeed(call().addToFleet(machines.fleet, id), owner);
		await chain.succeed(call().reportMissing(id), owner);
		await chain.succeed(chain.api.tx.leaseEscrow.cancel(rented.event('leaseEscrow.LeaseBooked').lease), buyer);
		const units = await chain.units(series, buyer);
		assert.ok(units > 0n);
		await chain.expectError(call().reportFound(id), owner, 'usageToken.UnitsPromised');
		await chain.succeed(chain.api.tx.usageToken.redeem(series, units), buyer);
		await chain.succeed(call().reportFound(id), owner);
		assert.equal((await details(id)).fleet.unwrap().toNumber(), machines.fleet);
		await chain.succeed(call().reportMissing(id), owner);
	});

	test('a fleet is disbanded: its members are free, its deposit comes back', async () => {
		const { id } = machines.spare;
		const held = (await chain.holds(owner))['deviceRegistry.FleetRecord'];
		const fleet = await fleetOf(chain, owner, [id]);
		const { deposit } = (await chain.api.call.deviceRegistryApi.fleet(fleet)).unwrap();
		assert.equal((await chain.holds(owner))['deviceRegistry.FleetRecord'], held + deposit.toBigInt());
		const series = await seriesOn(chain, owner, { Fleet: fleet });
		await chain.expectError(call().disbandFleet(fleet), owner, 'usageToken.UnitsPromised');
		await chain.succeed(chain.api.tx.usageToken.closeSeries(series), owner);

		// Missing meanwhile, so that it has no fleet to come back to.
		await chain.succeed(call().reportMissing(id), owner);
		const { free: before } = await chain.balance(owner);
		const disbanded = await chain.succeed(call().disbandFleet(fleet), owner);
		assert.equal(disbanded.event('deviceRegistry.FleetDisbanded').fleet.toNumber(), fleet);
		assert.equal((await chain.balance(owner)).free - before, deposit.toBigInt() - disbanded.fee);
		assert.equal((await chain.holds(owner))['deviceRegistry.FleetRecord'], held);
		assert.ok((await chain.api.call.deviceRegistryApi.fleet(fleet)).isNone);
		await chain.succeed(call().reportFound(id), owner);
		assert.ok((await details(id)).fleet.isNone);
		machines.disbanded = fleet;
	});

	test('a fleet takes 128 devices and no more', async () => {
		const many = chain.api.consts.deviceRegistry.maxFleetMembers.toNumber();
		assert.equal(many, 128);
		const uris = Array.from({ length: many }, (_, index) => `//registry/many/${index}`);
		const devices = (await activeDevices(chain, owner, uris)).map(({ id }) => id);
		const fleet = await fleetOf(chain, owner, devices);
		await chain.succeed(call().reportMissing(devices[0]), owner);
		await chain.succeed(call().addToFleet(fleet, machines.spare.id), owner);
		await expectErrors(chain, [
			[call().addToFleet(fleet, machines.active.id), owner, 'deviceRegistry.FleetFull'],
			[call().reportFound(devices[0]), owner, 'deviceRegistry.FleetFull'],
		]);
		const disbanded = await chain.succeed(call().disbandFleet(fleet), owner);
		assert.equal(disbanded.all('deviceRegistry.DeviceLeftFleet').length, many);
	});

	test('what a call of the registry refuses', async () => {
		const { active, sold, first, fleet, disbanded, stolen } = machines;
		const [keyless, retired, lost, pending, copy, offered, theirs] = [
			...(await registered(chain, owner, [
				registration(chain), registration(chain), registration(chain),
				registration(chain, { key: keyOf('pending') }), registration(chain, { key: keyOf('copy') }),
				registration(chain),
			])),
			...(await registered(chain, other, [registration(chain)])),
		];
		const theirFleet = await fleetOf(chain, other, []);
		await chain.succeed(call().retire(retired), owner);
		await chain.succeed(call().reportMissing(lost), owner);
		await chain.succeed(call().offerTransfer(offered, buyer.address), owner);
		await chain.succeed(call().offerTransfer(copy, poor.address), owner);
		Object.assign(machines, { keyless: { id: keyless }, retired: { id: retired }, pending: { id: pending } });

		const place = { cell: '0x851f1d4bfffffff', country: '0x4445' };
		const twice = [{ capability: 'CpuCores', value: 1 }, { capability: 'CpuCores', value: 2 }];
		const badDescriptions = {
			InvalidCell: { location: { ...place, cell: '0xffffffffffffffff' } },
			LocationTooPrecise: { location: { ...place, cell: '0x861f1d4b7ffffff' } },
			InvalidCountry: { location: { ...place, country: '0x6465' } },
			GapOutOfRange: { heartbeatGap: MINUTE - 1 },
			DuplicateCapability: { capabilities: twice },
		};
		const rows = [];
		for (const [error, description] of Object.entries(badDescriptions)) {
			const { location, ...rest } = description;
			const changes = { ...rest, ...(location && { location: { Set: location } }) };
			rows.push([registration(chain, description), owner, error]);
			rows.push([call().update(active.id, changes), owner, error]);
		}
		const key = active.device.key;
		rows.push(
			[registration(chain, { heartbeatGap: DAY + 1 }), owner, 'GapOutOfRange'],
			[registration(chain, { key }), owner, 'KeyActiveElsewhere'],
			[registration(chain), poor, 'token.FundsUnavailable'],
			[call().update(pending, { key }), owner, 'KeyActiveElsewhere'],
			[call().update(active.id, {}), owner, 'NothingToChange'],
			[call().update(active.id, { key: keyOf('next') }), owner, 'KeyActive'],
			[call().retire(sold.id), owner, 'DeviceCommitted'],
			[call().offerTransfer(active.id, owner.address), owner, 'AlreadyOwner'],
			[call().offerTransfer(offered, buyer.address), owner, 'NothingToChange'],
			[call().withdrawTransfer(active.id), owner, 'NotOffered'],
			[call().acceptTransfer(active.id, 0), buyer, 'NotOffered'],
			[call().acceptTransfer(offered, 0), other, 'OfferedToAnother'],
			[call().acceptTransfer(copy, 0), poor, 'token.FundsUnavailable'],
			[call().releaseKey(keyless), owner, 'NoKey'],
			[call().releaseKey(pending), owner, 'KeyNotActive'],
			[call().releaseKey(sold.id), owner, 'DeviceCommitted'],
			[call().rotateKey(active.id, key), owner, 'NothingToChange'],
			[call().rotateKey(pending, keyOf('pending')), owner, 'NothingToChange'],
			[call().rotateKey(pending, key), owner, 'KeyActiveElsewhere'],
			[call().rotateKey(first.id, key), owner, 'KeyActiveElsewhere'],
			[call().reportFound(active.id), owner, 'DeviceNotMissing'],
			[call().forceRetire(active.id), owner, 'BadOrigin'],
			[call().createFleet(), poor, 'token.FundsUnavailable'],
			[call().addToFleet(fleet, offered), owner, 'DeviceOffered'],
			[call().addToFleet(fleet, sold.id), owner, 'usageToken.UnitsPromised'],
			[call().addToFleet(fleet, theirs), owner, 'NotOwner'],
			[call().removeFromFleet(fleet, active.id), owner, 'NotInFleet'],
			[call().disbandFleet(fleet), owner, 'usageToken.UnitsPromised'],
		);

		const ofAnother = [
			(id) => call().update(id, { heartbeatGap: MINUTE }), call().retire,
			(id) => call().offerTransfer(id, owner.address), call().withdrawTransfer, call().releaseKey,
			(id) => call().rotateKey(id, keyOf('next')), call().reportMissing, call().reportFound,
			(id) => call().addToFleet(fleet, id),
		];
		const ofAny = [...ofAnother, (id) => call().acceptTransfer(id, 0), (id) => call().removeFromFleet(fleet, id)];
		rows.push(...ofAnother.map((make) => [make(theirs), owner, 'NotOwner']));
		for (const make of ofAny) {
			rows.push([make(NEVER), owner, 'UnknownDevice'], [make(retired), owner, 'DeviceRetired']);
		}
		rows.push(
			[call().update(lost, { key: keyOf('next') }), owner, 'DeviceMissing'],
			...[
				call().retire, (id) => call().offerTransfer(id, buyer.address), call().releaseKey,
				(id) => call().rotateKey(id, keyOf('next')), call().reportMissing, (id) => call().addToFleet(fleet, id),
			].map((make) => [make(stolen.id), owner, 'DeviceMissing']),
			...[
				call().retire, (id) => call().offerTransfer(id, buyer.address), call().releaseKey,
				(id) => call().addToFleet(fleet, id),
			].map((make) => [make(first.id), owner, 'DeviceInFleet']),
			...[
				(number) => call().addToFleet(number, active.id), (number) => call().removeFromFleet(number, first.id),
				call().disbandFleet,
			].flatMap((make) => [
				[make(NEVER), owner, 'UnknownFleet'],
				[make(disbanded), owner, 'FleetDisbanded'],
				[make(theirFleet), owner, 'NotFleetOwner'],
			]),
		);
		await expectErrors(
			chain,
			rows.map(([tx, signer, error]) => [
				tx, signer, /\.|BadOrigin/.test(error) ? error : `deviceRegistry.${error}`,
			]),
		);
		for (const [id, error] of [[NEVER, 'UnknownDevice'], [retired, 'DeviceRetired']]) {
			const forced = chain.api.tx.sudo.sudo(call().forceRetire(id));
			await chain.expectError(forced, chain.account('Alice'), `deviceRegistry.${error}`);
		}
	});

	test('a device that can not prove service joins no fleet', async () => {
		const { fleet, keyless, pending } = machines;
		await expectErrors(chain, [
			[call().addToFleet(fleet, keyless.id), owner, 'deviceRegistry.KeyNotActive'],
			[call().addToFleet(fleet, pending.id), owner, 'deviceRegistry.KeyNotActive'],
		]);
	});

	test('what the pool refuses of a device', async () => {
		const { active, sold, stolen, keyless, retired, pending } = machines;
		await chain.advance(MINUTE);
		await chain.untilFinalized();
		const named = await active.device.namedBlock(chain);
		const activation = (device, id) => device.activation(chain, id, owner.address, { named });
		const refused = async (tx, code) =>
			expectUnsignedRefused(chain, await tx, new RegExp(`Custom error: ${code}\\b`));
		const thief = new Device('//registry/stolen');
		await refused(activation(active.device, NEVER), 1);
		await refused(activation(active.device, retired.id), 2);
		await refused(activation(active.device, keyless.id), 3);
		await refused(sold.device.heartbeat(chain, pending.id, { named }), 4);
		await refused(activation(active.device, active.id), 5);
		await refused(active.device.heartbeat(chain, active.id, { named }), 7);
		await refused(activation(new Device('//pending', 'ed25519'), pending.id), 11);
		await chain.succeed(call().reportFound(stolen.id), owner);
		await chain.succeed(call().removeFromFleet(machines.fleet, stolen.id), owner);
		await chain.succeed(call().releaseKey(stolen.id), owner);
		await chain.succeed(call().reportMissing(stolen.id), owner);
		await refused(activation(thief, stolen.id), 12);
		// Another record names the same key: whoever holds the key proves one of them.
		const [second] = await registered(chain, other, [registration(chain, { key: keyOf('twice') })]);
		const [third] = await registered(chain, other, [registration(chain, { key: keyOf('twice') })]);
		const twice = new Device('//registry/twice');
		assert.equal((await twice.activate(chain, second, other.address)).error, null);
		await refused(twice.activation(chain, third, other.address, { named }), 6);

		await chain.advance(MINUTE);
		assert.equal((await sold.device.beat(chain, sold.id)).error, null);
		await chain.seal();
		await chain.untilFinalized();
		await refused(sold.device.heartbeat(chain, sold.id), 8);
		// Nobody signs for these calls, so nobody may send them.
		for (const tx of [call().createFleet(), call().retire(active.id), chain.api.tx.usageToken.reapSeries(1)]) {
			await expectUnsignedRefused(chain, tx, /1010|Invalid|UnknownOrigin|authoriz/i);
		}
	});
}

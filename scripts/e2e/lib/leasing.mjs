// SPDX-License-Identifier: Apache-2.0
// What owners and tenants do, with the arguments that most tests don't care about filled in.
import { blake2AsHex } from '@polkadot/util-crypto';
import { UNIT } from './chain.mjs';
import { generalTransaction } from './device.mjs';
import { Device } from './report.mjs';

export const MINUTE = 60;
export const HOUR = 3_600;
export const DAY = 86_400;

const BILLION = 1_000_000_000;
// A block takes a limited number of reports, and the first one of a session none.
const ACTIVATION_BLOCKS = 5;
// Between two reports of a device, in seconds, and a slot more.
const REPORT_INTERVAL = 33;
export const percent = (value) => (value * BILLION) / 100;

export const LEGAL_TEXT = 'The tenant uses the device over the network and does nothing unlawful with it.';
export const LEGAL_DOCUMENT = blake2AsHex(LEGAL_TEXT);
export const UNIT_PRICE = UNIT / 10n;

/** The key with which a tenant opens a device. */
export const accessKey = (pair) => ({ Sr25519: `0x${Buffer.from(pair.publicKey).toString('hex')}` });

/** `deviceRegistry.register` of a GPU. */
export function registration(chain, { key = null, heartbeatGap = MINUTE, ...others } = {}) {
	const { deviceClass, capabilities, location, metadata } = {
		deviceClass: 'Gpu',
		capabilities: [
			{ capability: 'GpuCount', value: 1 },
			{ capability: 'GpuMemoryMib', value: 24_576 },
		],
		// H3 cell of resolution 5 in the north of Germany.
		location: { cell: '0x851f1d4bfffffff', country: '0x4445' },
		metadata: { document: blake2AsHex('A GPU in Hamburg'), uri: 'https://tenure.example/gpu' },
		...others,
	};
	return chain.api.tx.deviceRegistry.register(deviceClass, capabilities, location, metadata, heartbeatGap, key);
}

/** Sale conditions of a series by the minute that is on sale and usable from `now` for 30 days. */
export function saleConditions(now, changes = {}) {
	return {
		unitSeconds: MINUTE,
		unitPrice: UNIT_PRICE,
		cap: 10_000,
		saleFrom: now,
		saleUntil: now + 30 * DAY,
		usableFrom: now,
		usableUntil: now + 30 * DAY,
		redeemShares: { before: percent(100), during: percent(95), after: percent(90) },
		transferable: true,
		...changes,
	};
}

/** Terms of remote leases of one minute to ten days that are paid by heartbeats. */
export function leaseTerms(changes = {}) {
	return {
		minDuration: MINUTE,
		maxDuration: 10 * DAY,
		advanceLimit: 20 * DAY,
		turnaround: 0,
		acceptance: 'Automatic',
		cancellation: [
			{ notice: DAY, share: percent(5) },
			{ notice: 0, share: percent(20) },
		],
		tenantNotice: 0,
		ownerNotice: 0,
		ownerPenalty: percent(50),
		penaltyFreeShare: percent(40),
		damageDeposit: 0,
		arbiters: [],
		custody: 'Remote',
		evidence: { Heartbeat: { maxGap: MINUTE } },
		objectionWindow: 0,
		legal: { document: LEGAL_DOCUMENT, uri: 'https://tenure.example/terms' },
		admission: 'Anyone',
		requiredEndorsement: null,
		geofence: null,
		...changes,
	};
}

/** Terms of leases of two hours to ten days whose device the tenant takes home, with half an hour for each step. */
export function handedOverTerms(changes = {}) {
	return leaseTerms({
		minDuration: 2 * HOUR,
		cancellation: [
			{ notice: DAY, share: percent(5) },
			{ notice: 0, share: percent(10) },
		],
		ownerNotice: HOUR / 2,
		custody: {
			Physical: {
				handoverWindow: HOUR / 2, inspection: HOUR / 2, returnGrace: HOUR / 4, overduePercent: 150,
				forfeitAfter: 4 * HOUR,
			},
		},
		evidence: 'Clock',
		...changes,
	});
}

/** A registered GPU whose device has activated its key: {id, device}. */
export async function activeDevice(chain, owner, uri, options = {}) {
	const device = new Device(uri, options.type);
	const registered = await chain.succeed(registration(chain, { key: device.key, ...options }), owner);
	const id = registered.event('deviceRegistry.DeviceRegistered').device.toNumber();
	const activated = await device.activate(chain, id, owner.address);
	if (activated.error) throw new Error(`activation of device ${id}: ${activated.error}`);
	return { id, device };
}

/** Registered GPUs whose devices have activated their keys, all in few blocks: [{id, device}]. */
export async function activeDevices(chain, owner, uris, options = {}) {
	const devices = uris.map((uri) => new Device(uri));
	const ids = await registered(chain, owner, devices.map(({ key }) => registration(chain, { key, ...options })));
	await chain.untilFinalized();
	const machines = devices.map((device, index) => ({ id: ids[index], device }));
	for (const { id, device } of machines) {
		const activation = await device.activation(chain, id, owner.address);
		await chain.rpc('author_submitExtrinsic', generalTransaction(chain.api, activation));
	}
	const waiting = new Set(ids);
	for (let made = 0; waiting.size > 0; made++) {
		if (made === ACTIVATION_BLOCKS) throw new Error(`devices ${[...waiting]} are not activated`);
		const at = await chain.api.at(await chain.seal());
		const activated = (await at.query.system.events()).filter(({ event }) => event.method === 'KeyActivated');
		for (const { event } of activated) waiting.delete(event.data.device.toNumber());
	}
	return machines;
}

/** The numbers of the devices that these `registration`s make. */
export async function registered(chain, owner, registrations) {
	const batches = await chain.succeedAll(registrations, owner);
	const made = batches.flatMap((batch) => batch.all('deviceRegistry.DeviceRegistered'));
	return made.map(({ device }) => device.toNumber());
}

/** A fleet of these devices; its number. */
export async function fleetOf(chain, owner, devices) {
	const { deviceRegistry } = chain.api.tx;
	const made = await chain.succeed(deviceRegistry.createFleet(), owner);
	const fleet = made.event('deviceRegistry.FleetCreated').fleet.toNumber();
	await chain.succeedAll(devices.map((id) => deviceRegistry.addToFleet(fleet, id)), owner);
	return fleet;
}

/** A series of a device or a fleet; its id. */
export async function seriesOn(chain, owner, subject, options) {
	const call = await offer(chain, subject, options);
	return (await chain.succeed(call, owner)).event('usageToken.SeriesCreated').series.toNumber();
}

/** `usageToken.createSeries` on a device or a fleet. */
export async function offer(chain, subject, { sale = {}, terms = {} } = {}) {
	return chain.api.tx.usageToken.createSeries(subject, saleConditions(await chain.now(), sale), leaseTerms(terms));
}

/** The key pair of `uri`, endowed, which governance has put on its list of arbiters. */
export async function arbiterFrom(chain, uri) {
	const arbiter = await chain.fundedAccount(uri);
	await chain.sudo(chain.api.tx.arbitration.addArbiter(arbiter.address, 'https://arbiter.example'));
	return arbiter;
}

/** A series of the device; its id. */
export async function series(chain, owner, device, options) {
	return seriesOn(chain, owner, { Device: device }, options);
}

/** `leaseEscrow.rent`. */
export function rental(chain, tenant, { series, device, start = null, units, maxCost, legal = LEGAL_DOCUMENT, arbiter = null }) {
	const most = maxCost ?? BigInt(units) * UNIT_PRICE;
	return chain.api.tx.leaseEscrow.rent(series, device, start, units, most, legal, accessKey(tenant), arbiter);
}

/** `leaseEscrow.book`. */
export function booking(chain, tenant, { series, device, start = null, units, legal = LEGAL_DOCUMENT, arbiter = null }) {
	return chain.api.tx.leaseEscrow.book(series, device, start, units, legal, accessKey(tenant), arbiter);
}

/** The next whole minute at least `seconds` from now. */
export async function minuteFrom(chain, seconds = 0) {
	return Math.ceil(((await chain.now()) + seconds) / MINUTE) * MINUTE;
}

/** Lets time pass until `time` or a little later. The machines [{id, device}] send a heartbeat every `interval` seconds. */
export async function serveUntil(chain, machines, time, interval = MINUTE) {
	for (let now = await chain.now(); now < time; now = await chain.now()) {
		await chain.pass(Math.max(REPORT_INTERVAL, Math.min(interval, time - now)));
		await chain.untilFinalized();
		const heartbeats = await Promise.all(machines.map(({ id, device }) => device.heartbeat(chain, id)));
		for (const { error } of await chain.submitAllAuthorized(heartbeats)) {
			if (error) throw new Error(`a heartbeat: ${error}`);
		}
	}
}

/** Lets time pass until the lease is closed. */
export async function untilClosed(chain, lease) {
	while ((await chain.api.call.leaseEscrowApi.lease(lease)).isSome) await chain.advance(MINUTE / 2);
}

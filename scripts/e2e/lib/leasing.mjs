// SPDX-License-Identifier: Apache-2.0
// What owners and tenants do, with the arguments that most tests don't care about filled in.
import { blake2AsHex } from '@polkadot/util-crypto';
import { Device } from './report.mjs';
import { UNIT } from './chain.mjs';

export const MINUTE = 60;
export const DAY = 86_400;

const BILLION = 1_000_000_000;
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

/** A registered GPU whose device has activated its key: {id, device}. */
export async function activeDevice(chain, owner, uri, options = {}) {
	const device = new Device(uri, options.type);
	const registered = await chain.succeed(registration(chain, { key: device.key, ...options }), owner);
	const id = registered.event('deviceRegistry.DeviceRegistered').device.toNumber();
	const activated = await device.activate(chain, id, owner.address);
	if (activated.error) throw new Error(`activation of device ${id}: ${activated.error}`);
	return { id, device };
}

/** A series of the device; its id. */
export async function series(chain, owner, device, { sale = {}, terms = {} } = {}) {
	const call = chain.api.tx.usageToken.createSeries(
		{ Device: device },
		saleConditions(await chain.now(), sale),
		leaseTerms(terms),
	);
	return (await chain.succeed(call, owner)).event('usageToken.SeriesCreated').series.toNumber();
}

/** `leaseEscrow.rent`. */
export function rental(chain, tenant, { series, device, start = null, units, maxCost, legal = LEGAL_DOCUMENT }) {
	const most = maxCost ?? BigInt(units) * UNIT_PRICE;
	return chain.api.tx.leaseEscrow.rent(series, device, start, units, most, legal, accessKey(tenant));
}

/** `leaseEscrow.book`. */
export function booking(chain, tenant, { series, device, start = null, units, legal = LEGAL_DOCUMENT }) {
	return chain.api.tx.leaseEscrow.book(series, device, start, units, legal, accessKey(tenant));
}

/** The next whole minute at least `seconds` from now. */
export async function minuteFrom(chain, seconds = 0) {
	return Math.ceil(((await chain.now()) + seconds) / MINUTE) * MINUTE;
}

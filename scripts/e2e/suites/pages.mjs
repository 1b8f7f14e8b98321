// SPDX-License-Identifier: Apache-2.0
// Long lists that the runtime APIs give page by page, read by polkadot.js with nothing but the metadata.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { UNIT } from '../lib/chain.mjs';
import { DAY, UNIT_PRICE, activeDevices, fleetOf, offer, registered, registration } from '../lib/leasing.mjs';
import { Device } from '../lib/report.mjs';

const DEVICES = 105;
const FLEETS = 7;
// More than a page may have, and more numbers than one page of holdings looks at.
const OF_THE_DEVICE = 105;
const SERIES = 1_003;

/** `session` has a chain once the tests run. */
export function pages(session) {
	let chain;
	let owner;
	let holder;
	let devices;
	let fleets;
	let fleet;
	/** Numbers of the series, which follow each other. */
	let made;

	const registry = () => chain.api.call.deviceRegistryApi;
	const tokens = () => chain.api.call.usageTokenApi;
	const numbers = (list) => list.map(Number).sort((one, other) => one - other);
	const upTo = (last) => Array.from({ length: last }, (_, index) => index + 1);

	/** Everything, `limit` at a time, by following the cursor: [items, sizes of the pages]. */
	async function readAll(read, limit) {
		const [items, sizes] = [[], []];
		for (let cursor = null; ; ) {
			const page = await read(cursor, limit);
			items.push(...page.items);
			sizes.push(page.items.length);
			if (page.next.isNone) return [items, sizes];
			cursor = page.next.unwrap();
		}
	}

	before(async () => {
		({ chain } = session);
		owner = await chain.fundedAccount('//pages/owner', 10_000n * UNIT);
		holder = await chain.fundedAccount('//pages/holder');
		const key = new Device('//pages/gpu').key;
		const registrations = upTo(DEVICES).map((number) => registration(chain, number === 1 ? { key } : {}));
		devices = await registered(chain, owner, registrations);
		fleets = [];
		for (let made = 0; made < FLEETS; made++) fleets.push(await fleetOf(chain, owner, []));
		[fleet] = fleets;
		const [onDevice, onFleet] = [await offer(chain, { Device: devices[0] }), await offer(chain, { Fleet: fleet })];
		const offers = upTo(SERIES).map((number) => (number <= OF_THE_DEVICE ? onDevice : onFleet));
		const results = await chain.succeedAll(offers, owner);
		const created = results.flatMap((result) => result.all('usageToken.SeriesCreated'));
		made = created.map(({ series }) => series.toNumber());
		assert.deepEqual(made, upTo(SERIES).map((number) => made[0] + number - 1));
	});

	test("an owner's devices and fleets", async () => {
		const devicesOf = (after, limit) => registry().devicesOf(owner.address, after, limit);
		for (const [limit, sizes] of [[40, [40, 40, 25]], [105, [100, 5]], [1_000, [100, 5]]]) {
			const [items, found] = await readAll(devicesOf, limit);
			assert.deepEqual(found, sizes);
			assert.deepEqual(numbers(items), devices);
		}
		const fleetsOf = (after, limit) => registry().fleetsOf(owner.address, after, limit);
		const [items, found] = await readAll(fleetsOf, 3);
		assert.deepEqual(found, [3, 3, 1]);
		assert.deepEqual(numbers(items), fleets);
		// Who has nothing, and who asks for nothing.
		const nothing = [
			await registry().devicesOf(holder.address, null, 10), await registry().fleetsOf(holder.address, 3, 10),
		];
		for (const page of nothing) {
			assert.deepEqual([page.items.length, page.next.isNone], [0, true]);
		}
		assert.equal((await devicesOf(null, 0)).items.length, 0);
	});

	test('the series of a device, of a fleet and of an owner', async () => {
		const of = (subject) => (after, limit) => tokens().seriesOfSubject(subject, after, limit);
		const [ofDevice, deviceSizes] = await readAll(of({ Device: devices[0] }), 50);
		assert.deepEqual(deviceSizes, [50, 50, 5]);
		assert.deepEqual(numbers(ofDevice), made.slice(0, OF_THE_DEVICE));
		const [ofFleet, fleetSizes] = await readAll(of({ Fleet: fleet }), 1_000);
		assert.equal(fleetSizes.length, Math.ceil((SERIES - OF_THE_DEVICE) / 100));
		assert.deepEqual(numbers(ofFleet), made.slice(OF_THE_DEVICE));
		const [ofOwner] = await readAll((after, limit) => tokens().seriesOfOwner(owner.address, after, limit), 100);
		assert.deepEqual(numbers(ofOwner), made);
		const [ofNobody, sizes] = await readAll(of({ Fleet: fleets[1] }), 10);
		assert.deepEqual([ofNobody.length, sizes], [0, [0]]);
	});

	test('what somebody holds', async () => {
		const { usageToken } = chain.api.tx;
		const [member] = await activeDevices(chain, owner, ['//pages/member']);
		await chain.succeed(chain.api.tx.deviceRegistry.addToFleet(fleet, member.id), owner);
		const held = [...made.slice(0, OF_THE_DEVICE), made[500], made.at(-1)];
		const buys = held.map((series) => usageToken.buy(series, 1, UNIT_PRICE));
		await chain.succeedAll(buys, holder);
		const holdings = (from, limit) => tokens().holdings(holder.address, from ?? made[0], limit);
		const [items, sizes] = await readAll(holdings, 1_000);
		// A hundred holdings, the few of the other numbers up to the thousandth from there.
		assert.deepEqual(sizes, [100, held.length - 100]);
		assert.deepEqual(items.map(({ series }) => series.toNumber()), held);
		assert.ok(items.every(({ units, value }) => units.eqn(1) && value.toBigInt() >= (UNIT_PRICE * 95n) / 100n));

		const [again, pages] = await readAll(holdings, 50);
		assert.deepEqual(again.map(({ series }) => series.toNumber()), held);
		assert.deepEqual(pages, [50, 50, 7]);
		// A page that looks at a thousand numbers ends before the last series.
		await chain.succeed(chain.api.tx.assets.transferAll(made.at(-1), owner.address, false), holder);
		const ofOwner = (from, limit) => tokens().holdings(owner.address, from ?? made[0], limit);
		const [few, looks] = await readAll(ofOwner, 100);
		assert.deepEqual(looks, [0, 1]);
		assert.deepEqual(few.map(({ series }) => series.toNumber()), made.slice(-1));
	});

	test('the usable windows of a device', async () => {
		const now = await chain.now();
		const subject = { Device: devices[2] };
		const key = new Device('//pages/windows').key;
		await chain.succeed(chain.api.tx.deviceRegistry.rotateKey(devices[2], key), owner);
		const weeks = upTo(chain.api.consts.usageToken.maxWindowsPerSubject.toNumber());
		const from = (week) => now + week * 7 * DAY;
		const offers = [];
		for (const week of weeks) {
			const [usableFrom, usableUntil] = [from(week), from(week) + DAY];
			offers.push(await offer(chain, subject, { sale: { usableFrom, usableUntil, saleUntil: usableUntil } }));
		}
		// Made in any order, told in that of time.
		const results = await chain.succeedAll(offers.toReversed(), owner);
		const [first] = results[0].all('usageToken.SeriesCreated');
		await chain.succeed(chain.api.tx.usageToken.buy(first.series, 60, 60n * UNIT_PRICE), holder);
		const windows = await tokens().capacity(subject);
		assert.deepEqual(windows.map((window) => window.from.toNumber()), weeks.map(from));
		const last = windows.at(-1);
		assert.equal(last.outstandingSeconds.toNumber(), 3_600);
		assert.equal(last.freeSeconds.toNumber(), DAY - 3_600);
		assert.equal(windows[0].freeSeconds.toNumber(), DAY);
	});
}

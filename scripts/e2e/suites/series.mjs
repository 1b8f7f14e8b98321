// SPDX-License-Identifier: Apache-2.0
// What a series sells to the last unit, how a fleet's past bookings are noted, how a series goes for good; and
// all that a call of the usage tokens refuses.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { UNIT } from '../lib/chain.mjs';
import {
	DAY, HOUR, MINUTE, UNIT_PRICE, activeDevices, booking, fleetOf, minuteFrom, offer, percent, registered, registration,
	rental, seriesOn,
} from '../lib/leasing.mjs';
import { expectErrors } from '../lib/refused.mjs';
import { Device } from '../lib/report.mjs';

const NEVER = 4_242;
const MOST = (1n << 64n) - 1n;
const ANY_COST = (1n << 128n) - 1n;

/** `session` has a chain once the tests run. */
export function series(session) {
	let chain;
	let owner;
	let tenant;
	let stranger;
	const machines = {};
	/** Series that later tests need, by what became of them. */
	const made = {};

	const call = () => chain.api.tx.usageToken;
	const total = async (who) => (await chain.balance(who)).total;
	const details = async (series) => (await chain.api.call.usageTokenApi.series(series)).unwrap();
	const changesOf = async (fleet) => (await chain.api.query.usageToken.fleetChanges.keys(fleet)).length;
	const window = async (subject) => (await chain.api.call.usageTokenApi.capacity(subject))[0];

	before(async () => {
		({ chain } = session);
		owner = await chain.fundedAccount('//series/owner', 2_000n * UNIT);
		tenant = await chain.fundedAccount('//series/tenant');
		stranger = await chain.fundedAccount('//series/stranger', 10n * UNIT);
		await chain.succeed(chain.api.tx.leaseEscrow.bond(100n * UNIT), owner);
		const active = ['first', 'second', 'third', 'member'];
		const pending = ['sold', 'main', 'missing', 'stolen', 'windows', 'approved'];
		const found = await activeDevices(chain, owner, active.map((name) => `//series/${name}`));
		active.forEach((name, index) => (machines[name] = found[index].id));
		const key = (name) => new Device(`//series/${name}`).key;
		const ids = await registered(chain, owner, [
			...pending.map((name) => registration(chain, { key: key(name) })), registration(chain),
		]);
		[...pending, 'keyless'].forEach((name, index) => (machines[name] = ids[index]));
	});

	test('a sale ends with the last unit of the cap, and of the time', async () => {
		const { buy, redeem } = call();
		const usableFrom = await minuteFrom(chain, HOUR);
		const sale = { usableFrom, usableUntil: usableFrom + 10 * MINUTE, saleUntil: usableFrom + 10 * MINUTE };
		const subject = { Device: machines.sold };
		const capped = await seriesOn(chain, owner, subject, { sale: { ...sale, cap: 4 } });
		const open = await seriesOn(chain, owner, subject, { sale });
		await expectErrors(chain, [
			[buy(capped, 5, UNIT), tenant, 'usageToken.SoldOut'],
			[buy(open, 11, 2n * UNIT), tenant, 'usageToken.CapacityExceeded'],
		]);
		await chain.succeed(buy(capped, 4, UNIT), tenant);
		assert.equal((await details(open)).available.toNumber(), 6);
		await chain.succeed(buy(open, 6, UNIT), tenant);
		assert.equal((await window(subject)).freeSeconds.toNumber(), 0);
		await expectErrors(chain, [
			[buy(capped, 1, UNIT), tenant, 'usageToken.SoldOut'],
			[buy(open, 1, UNIT), stranger, 'usageToken.CapacityExceeded'],
		]);
		// What is redeemed can be sold again.
		await chain.succeed(redeem(capped, 1), tenant);
		await chain.succeed(buy(open, 1, UNIT_PRICE), stranger);
		await chain.expectError(buy(capped, 1, UNIT), stranger, 'usageToken.CapacityExceeded');
	});

	test('what a fleet has behind it is noted by anyone who asks for it', async () => {
		const fleet = await fleetOf(chain, owner, [machines.first, machines.second]);
		const series = await seriesOn(chain, owner, { Fleet: fleet });
		await chain.succeed(call().buy(series, 5, UNIT), tenant);
		const start = await minuteFrom(chain, 2 * MINUTE);
		for (let hour = 0; hour < 5; hour++) {
			const at = start + hour * HOUR;
			const book = booking(chain, tenant, { series, device: machines.first, start: at, units: 1 });
			await chain.succeed(book, tenant);
		}
		assert.equal(await changesOf(fleet), 10);
		assert.equal((await window({ Fleet: fleet })).bookedSeconds.toNumber(), 5 * MINUTE);
		await chain.advanceTo(start + 5 * HOUR);
		// Whoever reads comes past four changes: two leases.
		const behind = await window({ Fleet: fleet });
		assert.equal(behind.bookedSeconds.toNumber(), 3 * MINUTE);
		const caughtUp = await chain.succeed(call().catchUp(fleet), stranger);
		assert.ok(caughtUp.fee > 0n);
		assert.equal(await changesOf(fleet), 0);
		const { bookedSeconds, freeSeconds, until } = await window({ Fleet: fleet });
		assert.equal(bookedSeconds.toNumber(), 0);
		assert.equal(freeSeconds.toNumber(), 2 * (until.toNumber() - (await chain.now())));
		await chain.succeed(call().catchUp(NEVER), stranger);
		Object.assign(made, { fleet, fleetSeries: series });
	});

	test('bookings of a disbanded fleet live on, what is noted of them goes', async () => {
		const fleet = await fleetOf(chain, owner, [machines.third]);
		const series = await seriesOn(chain, owner, { Fleet: fleet });
		const start = await minuteFrom(chain, HOUR);
		const rent = rental(chain, tenant, { series, device: machines.third, start, units: 10 });
		const { lease } = (await chain.succeed(rent, tenant)).event('leaseEscrow.LeaseBooked');
		await chain.succeed(call().closeSeries(series), owner);
		await chain.succeed(chain.api.tx.deviceRegistry.disbandFleet(fleet), owner);
		assert.equal(await changesOf(fleet), 2);
		await chain.succeed(call().catchUp(fleet), stranger);
		assert.equal(await changesOf(fleet), 0);
		await chain.expectError(call().reapSeries(series), stranger, 'usageToken.LeasesOpen');

		await chain.succeed(chain.api.tx.leaseEscrow.cancel(lease), tenant);
		const units = await chain.units(series, tenant);
		const before = await total(tenant);
		const redeemed = await chain.succeed(call().redeem(series, units), tenant);
		assert.equal((await total(tenant)) - before, units * UNIT_PRICE - redeemed.fee);
		await chain.succeed(call().reapSeries(series), stranger);
		Object.assign(made, { disbanded: fleet, reaped: series });
	});

	test('approvals that nobody used go with their series, and their deposits come back', async () => {
		const { assets, utility } = chain.api.tx;
		const series = await seriesOn(chain, owner, { Device: machines.approved });
		await chain.succeed(call().buy(series, 1, UNIT), tenant);
		const delegates = Array.from({ length: 70 }, (_, index) => chain.account(`//series/delegate/${index}`).address);
		await chain.succeed(utility.batchAll(delegates.map((who) => assets.approveTransfer(series, who, 1))), tenant);
		const { reserved } = await chain.balance(tenant);
		const deposit = reserved / 70n;
		assert.equal(deposit, chain.api.consts.assets.approvalDeposit.toBigInt());
		await chain.succeed(call().redeem(series, 1), tenant);
		await chain.succeed(call().closeSeries(series), owner);
		await chain.expectError(assets.destroyApprovals(series), stranger, 'assets.IncorrectStatus');

		const begun = await chain.succeed(call().reapSeries(series), stranger);
		assert.equal(begun.fee, 0n);
		const { accounts, approvals } = begun.event('usageToken.SeriesReapingContinues');
		assert.deepEqual([accounts.toNumber(), approvals.toNumber()], [0, 64]);
		assert.equal((await chain.balance(tenant)).reserved, 6n * deposit);
		const { buy, redeem, closeSeries, redeemFor } = call();
		await expectErrors(chain, [
			[buy(series, 1, UNIT), tenant, 'usageToken.SeriesReaped'],
			[redeem(series, 1), tenant, 'usageToken.SeriesReaped'],
			[closeSeries(series), owner, 'usageToken.SeriesReaped'],
			[redeemFor(series, tenant.address), stranger, 'usageToken.SeriesReaped'],
			[assets.approveTransfer(series, stranger.address, 1), tenant, 'assets.AssetNotLive'],
			[assets.finishDestroy(series), stranger, 'assets.InUse'],
		]);
		// Anyone may do the rest by the calls of the assets pallet.
		await chain.succeed(assets.destroyApprovals(series), stranger);
		await chain.succeed(assets.finishDestroy(series), stranger);
		assert.equal((await chain.balance(tenant)).reserved, 0n);
		const reaped = await chain.succeed(call().reapSeries(series), stranger);
		const { owner: maker, returned } = reaped.event('usageToken.SeriesReaped');
		assert.equal(maker.toString(), owner.address);
		assert.equal(returned.toBigInt(), chain.api.consts.balances.existentialDeposit.toBigInt());
	});

	test('units of a fleet that nobody could use give their whole price, by anyone', async () => {
		const now = await chain.now();
		const sale = { usableFrom: now + 31 * DAY, usableUntil: now + 34 * DAY, saleUntil: now + 34 * DAY };
		const series = await seriesOn(chain, owner, { Fleet: made.fleet }, { sale });
		await chain.succeed(call().buy(series, 10, UNIT), tenant);
		await chain.expectError(call().redeemFor(series, tenant.address), stranger, 'usageToken.NotExpired');
		// No device says anything until the window is over.
		await chain.advanceTo(sale.usableUntil);
		const [before, owners] = [await total(tenant), await total(owner)];
		const redeemed = await chain.succeed(call().redeemFor(series, tenant.address), stranger);
		assert.equal((await total(tenant)) - before, 10n * UNIT_PRICE);
		assert.equal(await total(owner), owners);
		// Looking at the members is not free of charge.
		assert.ok(redeemed.fee > 0n);
		made.expired = series;
	});

	async function seriesInAllStates() {
		const now = await chain.now();
		const month = { usableFrom: now, usableUntil: now + 30 * DAY };
		const main = { Device: machines.main };
		const onSale = { saleFrom: now, saleUntil: month.usableUntil };
		const on = (subject, sale) => seriesOn(chain, owner, subject, { sale: { ...onSale, ...month, ...sale } });
		made.live = await on(main);
		made.later = await on(main, { saleFrom: now + DAY });
		made.over = await on(main, { saleUntil: now + MINUTE });
		made.dear = await on(main, { unitPrice: 1n << 100n, cap: 1 });
		made.closed = await on(main);
		made.onMissing = await on({ Device: machines.missing });
		made.onStolen = await on({ Device: machines.stolen });
		await chain.succeed(call().buy(made.closed, 1, UNIT), tenant);
		await chain.succeed(call().closeSeries(made.closed), owner);
		await chain.succeed(chain.api.tx.deviceRegistry.reportMissing(machines.missing), owner);
		await chain.sudo(chain.api.tx.deviceRegistry.forceRetire(machines.stolen));
		await fleetOf(chain, owner, [machines.member]);
		const days = chain.api.consts.usageToken.maxWindowsPerSubject.toNumber();
		const offers = [];
		for (let day = 0; day < days; day++) {
			const [usableFrom, usableUntil] = [now + day * DAY, now + (day + 1) * DAY];
			const sale = { usableFrom, usableUntil, saleUntil: usableUntil };
			offers.push(await offer(chain, { Device: machines.windows }, { sale }));
		}
		await chain.succeed(chain.api.tx.utility.batchAll(offers), owner);
		assert.equal((await chain.api.call.usageTokenApi.capacity({ Device: machines.windows })).length, days);
		await chain.advance(2 * MINUTE);
		return month;
	}

	test('what a call of the usage tokens refuses', async () => {
		const month = await seriesInAllStates();
		const now = await chain.now();
		const rows = [];
		const make = async (error, sale, terms, subject = { Device: machines.main }, who = owner) => {
			const options = { sale: { ...month, saleUntil: month.usableUntil, ...sale }, terms };
			rows.push([await offer(chain, subject, options), who, error]);
		};

		const windowOf = (from, until) => ({ usableFrom: now + from, usableUntil: now + until });
		await make('InvalidUnit', { unitSeconds: 0 });
		await make('InvalidUnit', { unitSeconds: MINUTE + 1 });
		await make('PriceTooLow', { unitPrice: chain.api.consts.usageToken.minUnitPrice.toBigInt() - 1n });
		await make('NoUnits', { cap: 0 });
		await make('AmountOverflow', { cap: 1n << 63n });
		await make('InvalidUsableWindow', windowOf(DAY, DAY));
		await make('InvalidUsableWindow', { ...windowOf(-2 * DAY, -DAY), saleUntil: now - DAY });
		const aMinute = { ...windowOf(DAY, DAY + MINUTE), saleUntil: now + DAY };
		await make('InvalidUsableWindow', aMinute, { minDuration: 2 * MINUTE });
		await make('WindowTooFar', windowOf(0, 3_661 * DAY));
		await make('InvalidSaleWindow', { saleFrom: now + DAY, saleUntil: now + DAY });
		await make('InvalidSaleWindow', { saleFrom: now - DAY, saleUntil: now - MINUTE });
		await make('InvalidSaleWindow', { saleUntil: month.usableUntil + 1 });
		const shares = (before, during, end) => ({
			redeemShares: { before: percent(before), during: percent(during), after: percent(end) },
		});
		await make('RedeemSharesInvalid', shares(95, 96, 90));
		await make('RedeemSharesInvalid', shares(100, 95, 89));
		await make('InvalidDuration', {}, { minDuration: 0 });
		await make('InvalidDuration', {}, { minDuration: HOUR, maxDuration: MINUTE });
		await make('InvalidDuration', {}, { maxDuration: 366 * DAY + 1 });
		await make('AdvanceTooLong', {}, { advanceLimit: 366 * DAY + 1 });
		await make('TurnaroundTooLong', {}, { turnaround: 366 * DAY + 1 });
		await make('InvalidLadder', {}, { cancellation: [{ notice: 0, share: percent(1) - 1 }] });
		const step = (notice, share) => ({ notice, share: percent(share) });
		await make('InvalidLadder', {}, { cancellation: [step(0, 5), step(DAY, 20)] });
		await make('InvalidLadder', {}, { cancellation: [step(DAY, 20), step(0, 5)] });
		await make('HeartbeatGapOutOfRange', {}, { evidence: { Heartbeat: { maxGap: MINUTE - 1 } } });
		await make('HeartbeatGapOutOfRange', {}, { evidence: { Heartbeat: { maxGap: DAY + 1 } } });
		await make('EvidenceNotAvailable', {}, { evidence: 'Output' });
		await make('EvidenceDoesNotSuitCustody', {}, { evidence: 'Clock' });
		await make('NobodyAdmitted', {}, { admission: { Only: [] } });
		await make('WindowsConflict', { ...windowOf(DAY, 40 * DAY), saleUntil: now + DAY });
		const oneMore = { ...windowOf(30 * DAY, 31 * DAY), saleUntil: now + DAY };
		await make('TooManyWindows', oneMore, {}, { Device: machines.windows });
		await make('NoDeviceKey', {}, {}, { Device: machines.keyless });
		await make('DeviceNotListed', {}, {}, { Device: machines.missing });
		await make('DeviceInFleet', {}, {}, { Device: machines.member });
		await make('NotDeviceOwner', {}, {}, undefined, tenant);
		await make('NotDeviceOwner', {}, {}, { Fleet: made.fleet }, tenant);
		await make('deviceRegistry.UnknownDevice', {}, {}, { Device: NEVER });
		await make('deviceRegistry.DeviceRetired', {}, {}, { Device: machines.stolen });
		await make('deviceRegistry.UnknownFleet', {}, {}, { Fleet: NEVER });
		await make('deviceRegistry.FleetDisbanded', {}, {}, { Fleet: made.disbanded });

		const { closeSeries, buy, redeem, redeemFor, reapSeries } = call();
		rows.push(
			[closeSeries(made.live), tenant, 'NotSeriesOwner'],
			[closeSeries(made.closed), owner, 'SeriesClosed'],
			[closeSeries(made.expired), owner, 'SeriesExpired'],
			[buy(made.live, 0, UNIT), tenant, 'ZeroUnits'],
			[buy(made.live, 2, 2n * UNIT_PRICE - 1n), tenant, 'CostAboveMax'],
			[buy(made.live, 10_001, ANY_COST), tenant, 'SoldOut'],
			[buy(made.live, 1_000, ANY_COST), stranger, 'BalanceTooLow'],
			[buy(made.dear, MOST, ANY_COST), tenant, 'AmountOverflow'],
			[buy(made.later, 1, UNIT), tenant, 'SaleNotOpen'],
			[buy(made.over, 1, UNIT), tenant, 'SaleOver'],
			[buy(made.closed, 1, UNIT), tenant, 'SeriesClosed'],
			[buy(made.expired, 1, UNIT), tenant, 'SeriesExpired'],
			[buy(made.onMissing, 1, UNIT), tenant, 'DeviceNotListed'],
			[buy(made.onStolen, 1, UNIT), tenant, 'deviceRegistry.DeviceRetired'],
			[redeem(made.live, 0), tenant, 'ZeroUnits'],
			[redeem(made.live, 1), tenant, 'NotEnoughUnits'],
			[redeem(made.closed, 2), tenant, 'NotEnoughUnits'],
			[redeem(made.dear, MOST), tenant, 'AmountOverflow'],
			[redeemFor(made.live, tenant.address), stranger, 'NotExpired'],
			[redeemFor(made.closed, tenant.address), stranger, 'NotExpired'],
			[redeemFor(made.expired, tenant.address), stranger, 'NothingToRedeem'],
			[reapSeries(made.live), stranger, 'SeriesOpen'],
			[reapSeries(made.closed), stranger, 'UnitsOutstanding'],
		);
		for (const [series, error] of [[0, 'UnknownSeries'], [NEVER, 'UnknownSeries'], [made.reaped, 'SeriesReaped']]) {
			rows.push(
				[closeSeries(series), owner, error], [buy(series, 1, UNIT), tenant, error],
				[redeem(series, 1), tenant, error], [redeemFor(series, tenant.address), stranger, error],
				[reapSeries(series), stranger, error],
			);
		}
		await expectErrors(
			chain,
			rows.map(([tx, signer, error]) => [tx, signer, error.includes('.') ? error : `usageToken.${error}`]),
		);
	});

	test('a maker pays the deposit and the endowment, or makes nothing', async () => {
		const maker = await chain.fundedAccount('//series/maker', (8n * UNIT) / 5n);
		const { key } = new Device('//series/made');
		const [device] = await registered(chain, maker, [registration(chain, { key })]);
		const poor = await offer(chain, { Device: device });
		await chain.expectError(poor, maker, 'token.FundsUnavailable');
		// The deposit is there, but not the endowment of the series' own account beside its owner's.
		const existential = chain.api.consts.balances.existentialDeposit.toBigInt();
		const deposit = async () => (await chain.holds(owner))['usageToken.SeriesRecord'];
		const before = await deposit();
		await seriesOn(chain, owner, { Device: machines.sold });
		const needed = (await deposit()) - before;
		const { partialFee } = await poor.paymentInfo(maker);
		const aim = needed + partialFee.toBigInt() + existential + existential / 2n;
		const missing = aim - (await chain.balance(maker)).free;
		await chain.succeed(chain.api.tx.balances.transferKeepAlive(maker.address, missing), chain.account('Bob'));
		await chain.expectError(poor, maker, 'usageToken.BalanceTooLow');
	});
}

// SPDX-License-Identifier: Apache-2.0
// Who has units, and who may use them for whom: approvals, accounts of several people, proxies, and series
// whose units stay with their buyer.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { blake2AsHex, createKeyMulti, encodeAddress } from '@polkadot/util-crypto';
import { UNIT } from '../lib/chain.mjs';
import {
	DAY, LEGAL_DOCUMENT, MINUTE, UNIT_PRICE, accessKey, activeDevices, booking, minuteFrom, percent, seriesOn,
} from '../lib/leasing.mjs';
import { expectErrors } from '../lib/refused.mjs';

/** `session` has a chain once the tests run. */
export function holders(session) {
	let chain;
	let owner;
	let anna;
	let boris;
	let agent;
	let id;
	let device;
	let series;

	const tx = () => chain.api.tx;
	const total = async (who) => (await chain.balance(who)).total;
	const existential = () => chain.api.consts.balances.existentialDeposit.toBigInt();
	const multisig = (threshold) => encodeAddress(createKeyMulti([anna.address, boris.address], threshold), 42);
	const holding = async (who, which = series) =>
		(await chain.api.call.usageTokenApi.holdings(who.address ?? who, which, 1)).items[0];

	before(async () => {
		({ chain } = session);
		owner = await chain.fundedAccount('//holders/owner');
		anna = await chain.fundedAccount('//holders/anna');
		boris = await chain.fundedAccount('//holders/boris');
		agent = await chain.fundedAccount('//holders/agent', 10n * UNIT);
		await chain.succeed(tx().leaseEscrow.bond(100n * UNIT), owner);
		[{ id, device }] = await activeDevices(chain, owner, ['//holders/gpu']);
		series = await seriesOn(chain, owner, { Device: id });
	});

	test('an approved account takes units, up to what was approved', async () => {
		const { approveTransfer, transferApproved, cancelApproval } = tx().assets;
		await chain.succeed(tx().usageToken.buy(series, 10, UNIT), anna);
		await chain.succeed(approveTransfer(series, boris.address, 5), anna);
		const deposit = chain.api.consts.assets.approvalDeposit.toBigInt();
		assert.equal((await chain.balance(anna)).reserved, deposit);
		await expectErrors(chain, [
			[transferApproved(series, anna.address, boris.address, 6), boris, 'assets.Unapproved'],
			[transferApproved(series, anna.address, agent.address, 1), agent, 'assets.Unapproved'],
			[tx().usageToken.redeem(series, 1), boris, 'usageToken.NotEnoughUnits'],
		]);
		await chain.succeed(transferApproved(series, anna.address, agent.address, 3), boris);
		assert.equal(await chain.units(series, agent), 3n);
		await chain.succeed(cancelApproval(series, boris.address), anna);
		assert.equal((await chain.balance(anna)).reserved, 0n);
		await chain.expectError(transferApproved(series, anna.address, boris.address, 1), boris, 'assets.Unapproved');
		// Whoever got them has all that comes with them.
		assert.equal((await holding(agent)).value.toBigInt(), (3n * UNIT_PRICE * 95n) / 100n);
		const before = await total(agent);
		const redeemed = await chain.succeed(tx().usageToken.redeem(series, 3), agent);
		assert.equal((await total(agent)) - before, (3n * UNIT_PRICE * 95n) / 100n - redeemed.fee);
	});

	test('an account of two people buys, books and is served', async () => {
		const both = multisig(2);
		await chain.succeed(tx().balances.transferKeepAlive(both, 10n * UNIT), anna);
		// Anna proposes, Boris agrees: what the call did, as that account.
		async function together(call) {
			const { queryCallInfo } = chain.api.call.transactionPaymentCallApi;
			const { weight } = await queryCallInfo(call.method, call.method.toU8a().length);
			const asMulti = (other, at) => tx().multisig.asMulti(2, [other.address], at, call.method, weight);
			const proposed = await chain.succeed(asMulti(boris, null), anna);
			return chain.succeed(asMulti(anna, { height: proposed.number, index: proposed.index }), boris);
		}
		await together(tx().usageToken.buy(series, 4, UNIT));
		assert.equal(await chain.units(series, both), 4n);
		await chain.advance(MINUTE);
		assert.equal((await device.beat(chain, id)).error, null);
		const start = await minuteFrom(chain, 30);
		const booked = await together(booking(chain, anna, { series, device: id, start, units: 2 }));
		const { lease, tenant } = booked.event('leaseEscrow.LeaseBooked');
		assert.equal(tenant.toString(), both);
		assert.equal((await chain.holds(both))['leaseEscrow.Rent'], 2n * UNIT_PRICE);
		while ((await chain.api.call.leaseEscrowApi.lease(lease)).isSome) {
			await chain.advance(33);
			assert.equal((await device.beat(chain, id)).error, null);
		}
		assert.equal((await chain.api.query.leaseEscrow.lifetimes(id)).provenSeconds.toNumber(), 2 * MINUTE);
		assert.deepEqual(await chain.holds(both), {});
		assert.equal(await total(both), 10n * UNIT - 4n * UNIT_PRICE);
		assert.equal(await chain.units(series, both), 2n);
	});

	test('an account with units and no money can not book or redeem a little, and loses nothing', async () => {
		// Any of the two acts for it, and pays the fees.
		const either = multisig(1);
		const as = (call) => tx().multisig.asMultiThreshold1([boris.address], call);
		const usableFrom = (await chain.now()) + 40 * DAY;
		const redeemShares = { before: percent(95), during: percent(95), after: percent(90) };
		const sale = { unitPrice: existential(), usableFrom, usableUntil: usableFrom + DAY, redeemShares };
		const cheap = await seriesOn(chain, owner, { Device: id }, { sale });
		await chain.succeed(tx().usageToken.buy(cheap, 2, UNIT), anna);
		await chain.succeed(tx().assets.transfer(cheap, either, 2), anna);
		assert.equal(await total(either), 0n);
		await chain.advance(MINUTE);
		assert.equal((await device.beat(chain, id)).error, null);
		await chain.succeed(tx().assets.transfer(series, either, 1), anna);
		const start = (await minuteFrom(chain)) + DAY;
		await expectErrors(chain, [
			[as(tx().usageToken.redeem(cheap, 1)), anna, 'usageToken.AmountBelowExistentialDeposit'],
			[as(booking(chain, anna, { series, device: id, start, units: 1 })), anna, 'leaseEscrow.BalanceTooLow'],
		]);
		// Both units together are more than an existential deposit.
		await chain.succeed(as(tx().usageToken.redeem(cheap, 2)), anna);
		assert.equal(await total(either), (2n * existential() * 95n) / 100n);
	});

	test('an offered swap is taken back, or fails whole', async () => {
		const { assets, balances, multisig: agree, utility } = tx();
		const both = multisig(2);
		const price = UNIT / 4n;
		const dealFor = (amount) => utility.batchAll([
			assets.transferApproved(series, anna.address, boris.address, 3),
			balances.transferAllowDeath(anna.address, amount),
		]);
		const deal = dealFor(price);
		const hash = blake2AsHex(deal.method.toU8a());
		const { queryCallInfo } = chain.api.call.transactionPaymentCallApi;
		const { weight } = await queryCallInfo(deal.method, deal.method.toU8a().length);
		await chain.succeed(tx().usageToken.buy(series, 3, UNIT), anna);
		const offer = utility.batchAll([
			assets.approveTransfer(series, both, 3), agree.approveAsMulti(2, [boris.address], null, hash, weight),
		]);
		const take = (timepoint, taken = deal) => utility.batchAll([
			balances.transferKeepAlive(both, price),
			agree.asMulti(2, [anna.address], timepoint, taken.method, weight),
			assets.transfer(series, boris.address, 3),
		]);
		async function offered() {
			await chain.succeed(offer, anna);
			// Where Boris reads it, too.
			const { when } = (await chain.api.query.multisig.multisigs(both, hash)).unwrap();
			return { height: when.height.toNumber(), index: when.index.toNumber() };
		}

		const first = await offered();
		assert.ok((await chain.balance(anna)).reserved > 0n);
		const takenBack = [agree.cancelAsMulti(2, [boris.address], first, hash), assets.cancelApproval(series, both)];
		await chain.succeed(utility.batchAll(takenBack), anna);
		assert.equal((await chain.balance(anna)).reserved, 0n);
		await chain.expectError(take(first), boris, 'multisig.UnexpectedTimepoint');

		// She has fewer units than she offered when Boris answers: nothing of his batch happens.
		const second = await offered();
		await chain.expectError(take(second, dealFor(price - 1n)), boris, 'multisig.UnexpectedTimepoint');
		const units = await chain.units(series, anna);
		await chain.succeed(assets.transfer(series, agent.address, units - 2n), anna);
		await chain.expectError(take(second), boris, 'assets.NoAccount');
		await chain.succeed(assets.transfer(series, anna.address, units - 2n), agent);
		const before = await total(anna);
		await chain.succeed(take(second), boris);
		assert.equal(await chain.units(series, boris), 3n);
		assert.equal((await total(anna)) - before, price);
		assert.equal((await chain.balance(anna)).reserved, 0n);
	});

	test('a proxy for leases books and buys, and gives nothing away', async () => {
		const { proxy, usageToken, leaseEscrow, assets, balances, utility } = tx();
		await chain.succeed(proxy.addProxy(agent.address, 'LeaseOperation', 0), anna);
		const forAnna = (call) => proxy.proxy(anna.address, null, call);
		const before = await chain.units(series, anna);
		await chain.succeed(forAnna(usageToken.buy(series, 5, UNIT)), agent);
		const start = (await minuteFrom(chain)) + DAY;
		const book = booking(chain, anna, { series, device: id, start, units: 3 });
		const booked = await chain.succeed(forAnna(book), agent);
		const { lease, tenant } = booked.event('leaseEscrow.LeaseBooked');
		assert.equal(tenant.toString(), anna.address);
		assert.equal(await chain.units(series, anna), before + 2n);

		const give = assets.transfer(series, agent.address, 1);
		await expectErrors(chain, [
			give,
			assets.transferKeepAlive(series, agent.address, 1),
			assets.transferAll(series, agent.address, false),
			assets.approveTransfer(series, agent.address, 1),
			balances.transferKeepAlive(agent.address, 1),
			leaseEscrow.setPayout(lease, 'address of the agent'),
			leaseEscrow.offerLease(lease, agent.address, 0),
			leaseEscrow.acceptLease(lease, accessKey(agent), LEGAL_DOCUMENT, UNIT),
			utility.batchAll([give]),
			utility.asDerivative(0, give),
			proxy.addProxy(agent.address, 'Any', 0),
			tx().multisig.asMultiThreshold1([agent.address], give),
		].map((call) => [forAnna(call), agent, 'system.CallFiltered']));
		await chain.expectError(proxy.proxy(anna.address, 'Any', give), agent, 'proxy.NotProxy');
		const annaBefore = await total(anna);
		await chain.succeed(forAnna(usageToken.redeem(series, 1)), agent);
		assert.equal((await total(anna)) - annaBefore, (UNIT_PRICE * 95n) / 100n);
		await chain.succeed(forAnna(leaseEscrow.cancel(lease)), agent);
		await chain.succeed(proxy.removeProxy(agent.address, 'LeaseOperation', 0), anna);
		await chain.expectError(forAnna(usageToken.redeem(series, 1)), agent, 'proxy.NotProxy');
	});

	test('units of a bound series stay with their buyer', async () => {
		const usableFrom = (await chain.now()) + 50 * DAY;
		const sale = { transferable: false, usableFrom, usableUntil: usableFrom + 10 * DAY };
		const bound = await seriesOn(chain, owner, { Device: id }, { sale });
		await chain.succeed(tx().usageToken.buy(bound, 5, UNIT), anna);
		assert.ok((await holding(anna, bound)).canBeTransferred.isFalse);
		const { assets, utility } = tx();
		const give = assets.transfer(bound, boris.address, 1);
		await expectErrors(chain, [
			...[
				give,
				assets.transferKeepAlive(bound, boris.address, 1),
				assets.transferAll(bound, boris.address, false),
				assets.approveTransfer(bound, boris.address, 1),
				utility.batchAll([give]),
				utility.asDerivative(0, give),
			].map((call) => [call, anna, 'system.CallFiltered']),
			[assets.transferApproved(bound, anna.address, boris.address, 1), boris, 'system.CallFiltered'],
		]);
		const before = await total(anna);
		const redeemed = await chain.succeed(tx().usageToken.redeem(bound, 5), anna);
		assert.equal((await total(anna)) - before, 5n * UNIT_PRICE - redeemed.fee);
	});
}

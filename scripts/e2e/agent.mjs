// SPDX-License-Identifier: Apache-2.0
// A device's agent, the smallest that works: it holds the device's key and nothing else, activates
// itself and sends heartbeats free of charge. It says whose key may open the device.
import './lib/warnings.mjs';
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiPromise, WsProvider } from '@polkadot/api';
import { submitAuthorized } from './lib/device.mjs';
import { Device } from './lib/report.mjs';

const USAGE = `Usage: scripts/device-agent.sh [options] SECRET [DEVICE]

Acts as a device: activates its key and sends a heartbeat every half a minute or so.
Without DEVICE it prints the public key of SECRET, to register the device with.
  SECRET          secret of the device's key, such as //my-gpu on a development chain
  DEVICE          number of the device, as deviceRegistry.DeviceRegistered says
  --node URL      JSON-RPC of a node (default ws://127.0.0.1:9944)
  --interval S    seconds between heartbeats (default 33)
`;

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		help: { type: 'boolean', short: 'h' },
		interval: { type: 'string', default: '33' },
		node: { type: 'string', default: 'ws://127.0.0.1:9944' },
	},
});
const [secret, number] = positionals;
if (values.help || !secret) {
	console.log(USAGE);
	process.exit(values.help ? 0 : 1);
}

const device = new Device(secret);
if (!number) {
	console.log(Object.values(device.key)[0]);
	process.exit(0);
}
const id = Number(number);
const interval = Number(values.interval) * 1_000;
const api = await ApiPromise.create({ provider: new WsProvider(values.node), noInitWarn: true });
const chain = {
	api,
	rpc: (method, ...params) => api.rpc(method, ...params),
	number: async (hash) => (await api.rpc.chain.getHeader(hash)).number.toNumber(),
};
const say = (text) => console.log(`${new Date().toISOString()} ${text}`);

async function report() {
	const record = (await api.call.deviceRegistryApi.device(id)).unwrapOr(null);
	if (!record) throw new Error(`there is no device ${id}`);
	const key = record.key.unwrapOr(null);
	if (!key) throw new Error(`device ${id} has no key`);
	if (!key.active.isTrue) {
		await submitAuthorized(api, await device.activation(chain, id, record.owner.toString()));
		return 'activated';
	}
	await submitAuthorized(api, await device.heartbeat(chain, id));
	const grant = (await api.call.leaseEscrowApi.accessGrant(id)).unwrapOr(null);
	return grant ? `heartbeat; open for ${grant.accessKey.value} until ${new Date(grant.until * 1_000).toISOString()}` : 'heartbeat; locked';
}

for (;;) {
	// A refused report is no reason to stop: the device may not be offered yet.
	say(await report().catch((error) => `refused: ${error.message}`));
	await sleep(interval);
}

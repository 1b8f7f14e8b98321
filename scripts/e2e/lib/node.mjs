// SPDX-License-Identifier: Apache-2.0
// Starts, stops and kills the real node. Each instance has its own folder and ports.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const TAIL_LINES = 30;
const KEPT_LINES = 5_000;
// A start compiles the runtime: some fifteen seconds of a processor, which several nodes may share.
const START_TIMEOUT_MS = 150_000;
const STOP_TIMEOUT_MS = 30_000;
// What we write into the log ourselves.
const MARK = '--- ';
const STOPPING = `${MARK}stopping`;

const running = new Set();
const folders = new Map();

/** Path of the node under test: TENURE_NODE, or the release build in cargo's target folder. */
export function binary() {
	const target = process.env.CARGO_TARGET_DIR ?? join(homedir(), '.cache/tenure/target');
	const path = process.env.TENURE_NODE ?? join(target, 'release/tenure-node');
	if (!existsSync(path)) {
		throw new Error(`no node at ${path}: build it with cargo build --release -p tenure-node`);
	}
	return path;
}

/** A port that was free a moment ago. */
export async function freePort() {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address();
	server.close();
	await once(server, 'close');
	return port;
}

/** A new folder under the system's temporary one, removed when the tests end. */
export function temporaryFolder(name = 'node') {
	const folder = mkdtempSync(join(tmpdir(), `tenure-e2e-${name}-`));
	folders.set(folder, null);
	return folder;
}

/** Runs the node with `args` until it exits by itself: {code, signal, output}. */
export async function runToExit(args, { timeoutMs = 30_000 } = {}) {
	const child = spawn(binary(), args, { stdio: ['ignore', 'pipe', 'pipe'] });
	running.add(child);
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text) => (output += text));
	}
	const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
	const [code, signal] = await once(child, 'close');
	clearTimeout(timer);
	running.delete(child);
	return { code, signal, output };
}

/** One node. `Node.start` gives a running one whose RPC answers. */
export class Node {
	#child = null;
	#exit = null;
	#log = [];
	#file = null;

	/**
	 * @param {object} options
	 * @param {'dev'|'local'|string} [options.chain] chain id or the path of a specification
	 * @param {'manual'|'instant'|null} [options.sealing] null: blocks by slots, as on a live chain
	 * @param {string} [options.rpcMethods] 'unsafe' or 'safe'
	 * @param {string[]} [options.args] further flags
	 * @param {string} [options.basePath] a folder that outlives this node
	 */
	constructor({ chain = 'dev', sealing = 'manual', rpcMethods = 'unsafe', args = [], basePath, name } = {}) {
		this.options = { chain, sealing, rpcMethods, args };
		this.name = name ?? chain.split('/').at(-1);
		this.folder = temporaryFolder(this.name);
		this.basePath = basePath ?? join(this.folder, 'base');
		this.logFile = join(this.folder, 'node.log');
		folders.set(this.folder, this);
	}

	static async start(options) {
		const node = new Node(options);
		await node.start();
		return node;
	}

	get pid() {
		return this.#child?.pid;
	}

	/** Address of the JSON-RPC; the port changes with each start. */
	get ws() {
		return `ws://127.0.0.1:${this.rpcPort}`;
	}

	/** What the node has logged since its first start, at most the last few thousand lines. */
	get log() {
		return [...this.#log];
	}

	/** Log lines that no healthy node writes. */
	faults() {
		// Tasks that a SIGTERM ends lose each other one by one, which sc-service logs as errors.
		const ofStopping = /Essential task `[\w-]+` failed|into a closed channel|`voter_commands_rx` was closed/;
		let stopping = false;
		return this.#log.filter((line) => {
			if (line.startsWith(MARK)) stopping = line === STOPPING;
			return /panicked at|\bERROR\b|💔/.test(line) && !(stopping && ofStopping.test(line));
		});
	}

	/** Starts the node on its folder, for the first time or again, and waits for the RPC. */
	async start() {
		if (this.#child) throw new Error(`${this.name} runs already`);
		const { chain, sealing, rpcMethods, args } = this.options;
		const flags = [
			...(chain === 'dev' ? ['--dev'] : ['--chain', chain]),
			...['--base-path', this.basePath, '--rpc-port', '0', '--rpc-methods', rpcMethods],
			...['--rpc-cors', 'all', '--no-prometheus', '--no-telemetry', '--no-mdns'],
			...['--detailed-log-output', '--disable-log-color'],
			...(args.some((flag) => ['--port', '--listen-addr'].includes(flag)) ? [] : ['--port', '0']),
			...(sealing ? ['--sealing', sealing] : []),
			...args,
		];
		this.#file ??= createWriteStream(this.logFile, { flags: 'a' });
		this.#note(`${MARK}tenure-node ${flags.join(' ')}`);
		const child = spawn(binary(), flags, {
			stdio: ['ignore', 'pipe', 'pipe'],
			env: { ...process.env, RUST_BACKTRACE: '1' },
		});
		this.#child = child;
		running.add(child);
		this.rpcPort = undefined;
		for (const stream of [child.stdout, child.stderr]) this.#read(stream);
		this.#exit = new Promise((resolve) => {
			child.once('error', (error) => resolve({ code: null, signal: null, error }));
			child.once('close', (code, signal) => resolve({ code, signal }));
		}).then((result) => {
			running.delete(child);
			if (this.#child === child) this.#child = null;
			return result;
		});
		await this.#untilRpcAnswers();
	}

	/** Ends the node as an operator would and returns its exit code. */
	async stop(signal = 'SIGTERM') {
		const child = this.#child;
		if (!child) return 0;
		this.#note(STOPPING);
		child.kill(signal);
		const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
		const { code, signal: endedBy } = await this.#exit;
		clearTimeout(timer);
		if (endedBy === 'SIGKILL' && signal !== 'SIGKILL') {
			throw new Error(`${this.name} did not stop within ${STOP_TIMEOUT_MS} ms of ${signal}`);
		}
		return code;
	}

	/** Ends the node as a power cut would. */
	async kill() {
		await this.stop('SIGKILL');
	}

	async restart() {
		await this.stop();
		await this.start();
	}

	/** The exit of the running node: {code, signal}. */
	exited() {
		return this.#exit;
	}

	/** Resolves with the first log line since the last start that matches; throws after the time. */
	async untilLogged(pattern, timeoutMs = 30_000) {
		const deadline = Date.now() + timeoutMs;
		for (;;) {
			const begin = this.#log.findLastIndex((line) => line.startsWith('--- tenure-node'));
			const line = this.#log.slice(begin + 1).find((text) => pattern.test(text));
			if (line) return line;
			if (!this.#child) throw new Error(`${this.name} ended before it logged ${pattern}\n${this.tail()}`);
			if (Date.now() > deadline) {
				throw new Error(`${this.name} did not log ${pattern} within ${timeoutMs} ms\n${this.tail()}`);
			}
			await sleep(20);
		}
	}

	tail() {
		return this.#log.slice(-TAIL_LINES).join('\n');
	}

	/** One JSON-RPC call over HTTP: the result, or an Error with the node's `code` and `data`. */
	async rpc(method, ...params) {
		const response = await fetch(`http://127.0.0.1:${this.rpcPort}`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
		});
		const { result, error } = await response.json();
		if (error) throw Object.assign(new Error(`${method}: ${error.message}`), { code: error.code, data: error.data });
		return result;
	}

	async #untilRpcAnswers() {
		const line = await this.untilLogged(/Running JSON-RPC server: addr=/, START_TIMEOUT_MS);
		this.rpcPort = Number(/127\.0\.0\.1:(\d+)/.exec(line)[1]);
		await this.rpc('system_chain');
	}

	#read(stream) {
		let rest = '';
		stream.setEncoding('utf8').on('data', (text) => {
			const lines = (rest + text).split('\n');
			rest = lines.pop();
			for (const line of lines) this.#note(line);
		});
		stream.on('end', () => rest && this.#note(rest));
	}

	#note(line) {
		this.#log.push(line);
		if (this.#log.length > 2 * KEPT_LINES) this.#log.splice(0, KEPT_LINES);
		this.#file.write(`${line}\n`);
	}
}

// No node outlives its test file, however that ends; the logs of a failed one do.
process.on('exit', () => {
	for (const child of running) child.kill('SIGKILL');
	for (const [folder, node] of folders) {
		if (process.exitCode && node) {
			console.error(`\n--- end of ${node.logFile}:\n${node.tail()}`);
			rmSync(join(folder, 'base'), { recursive: true, force: true });
		} else {
			rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
		}
	}
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
	process.once(signal, () => process.exit(130));
}

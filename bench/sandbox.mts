// The sandbox of the bench, as a process of its own on a plan without rate limit, its latency and limits set anew for
// each measurement.

import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NODE_24, ROOT } from '../scripts/lib/paths.mts';
import { freePort } from '../scripts/lib/ports.mts';
import { start, stop } from '../scripts/lib/processes.mts';
import { ask, type ServiceAccess } from '../scripts/lib/tokenim-client.mts';

const START_TIMEOUT_MS = 20_000;
/** Of the clock that Linux counts a process's CPU time in. */
const TICKS_PER_SECOND = 100;

export interface BenchSandbox {
	readonly access: ServiceAccess;
	/** Empties it and sets how long each answer takes and how many requests the plan allows at once. */
	prepare(latencyMs: number, concurrency: number): Promise<void>;
	/** How many people it holds. */
	users(): Promise<number>;
	/** CPU time that it has used so far, in milliseconds; 0 where the system does not tell. */
	cpuMs(): Promise<number>;
	close(): Promise<void>;
}

/** @throws Error where it does not answer within 20 s */
export async function openBenchSandbox(): Promise<BenchSandbox> {
	const folder = await mkdtemp(join(tmpdir(), 'tokenim-bench-sandbox-'));
	const port = await freePort(4020);
	const log = await open(join(folder, 'sandbox.log'), 'w', 0o600);
	const child = start(
		NODE_24,
		[join(ROOT, 'sandbox', 'main.mts'), '--port', String(port), '--data', folder, '--plan', 'unpaced'],
		{ cwd: ROOT, stdio: ['ignore', log.fd, log.fd] },
	);
	await log.close();
	const access = await firstAnswer(folder, `http://127.0.0.1:${port}/v1`, Date.now() + START_TIMEOUT_MS);
	const control = async (method: string, path: string, body?: unknown) => {
		const answer = await fetch(new URL(`/sandbox/${path}`, access.baseUrl), {
			method,
			headers: { 'X-TokenIM-Key': access.apiKey },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		if (!answer.ok) throw new Error(`The sandbox answered ${answer.status} to ${path}: ${await answer.text()}`);
		return (await answer.json()) as { readonly users: number };
	};
	return {
		access,
		async prepare(latencyMs, concurrency) {
			await control('POST', 'reset');
			await control('PUT', 'limits', { concurrentRequests: concurrency });
			await control('PUT', 'faults', latencyMs > 0 ? [{ when: {}, do: { kind: 'slow', delayMs: latencyMs } }] : []);
		},
		users: async () => (await control('GET', 'state')).users,
		async cpuMs() {
			const stat = await readFile(`/proc/${child.pid}/stat`, 'utf8').catch(() => '');
			const [user = 0, system = 0] = stat
				.slice(stat.lastIndexOf(')') + 2)
				.split(' ')
				.slice(11, 13)
				.map(Number);
			return ((user + system) * 1000) / TICKS_PER_SECOND;
		},
		async close() {
			await stop(child);
			await rm(folder, { recursive: true, force: true });
		},
	};
}

async function firstAnswer(folder: string, baseUrl: string, deadline: number): Promise<ServiceAccess> {
	for (;;) {
		try {
			const { apiKey, apiSecret } = JSON.parse(await readFile(join(folder, 'credentials.json'), 'utf8'));
			const access: ServiceAccess = { baseUrl, apiKey, apiSecret };
			await ask(access, 'GET', '/limits');
			return access;
		} catch (error) {
			if (Date.now() > deadline) throw error;
			await sleep(100);
		}
	}
}

// The service goes away in the middle of a run and comes back: connections that break, then a port that nobody listens at.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/server.mts';
import { runWorkflow } from '../host/engine.mts';
import { people, statusesOf, verdictsOf } from './world.mts';

const PEOPLE = people(1_000);
const DOWN_MS = 2_000;

test('a restart of the service costs time, and no row', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'tokenim-restart-'));
	const key = { apiKey: 'key', apiSecret: 'secret' };
	const options: SandboxOptions = {
		...key,
		plan: 'unpaced',
		limits: { usersPerRequest: 20, concurrentRequests: 4 },
		database: join(folder, 'service.sqlite'),
		latencyMs: 10,
	};
	let sandbox: Sandbox = await startSandbox(options);
	onTestFinished(async () => {
		await sandbox.close();
		rmSync(folder, { recursive: true, force: true });
	});

	const { baseUrl, port } = sandbox;
	const running = runWorkflow({ items: PEOPLE, credentials: { baseUrl, ...key } });
	await expect.poll(() => sandbox.requests.length, { interval: 5 }).toBeGreaterThan(15);
	await sandbox.close();
	await sleep(DOWN_MS);
	sandbox = await startSandbox({ ...options, port });

	const result = await running;
	expect(statusesOf(result).filter((status) => status !== 'created' && status !== 'exists?')).toEqual([]);
	const imIds = new Map(sandbox.users().map(({ userId, imId }) => [userId, imId]));
	expect(imIds.size).toBe(1_000);
	expect(verdictsOf(result).filter(({ userId, imId }) => imIds.get(String(userId)) !== imId)).toEqual([]);
});

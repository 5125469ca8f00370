// The ends of a run that nobody's rows bring about: Stop in the editor, and Maximum Run Time.

import type { INodeExecutionData, INodeType } from 'n8n-workflow';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { runWorkflow } from './engine.mts';
import { builtPackage } from './package.mts';

let sandbox: Sandbox;
beforeEach(
	async () =>
		void (sandbox = await startSandbox({ plan: 'unpaced', limits: { usersPerRequest: 2, concurrentRequests: 1 } })),
);
afterEach(async () => await sandbox.close());

const ITEMS = Array.from({ length: 6 }, (_, index) => ({ userId: `s${index}`, username: `N${index}` }));
const writes = () => sandbox.requests.filter(({ endpoint }) => endpoint === 'users/batch').length;

/** The node, and what it gave back even where n8n throws that away. */
async function watched(): Promise<{ nodeType: INodeType; returned: Promise<INodeExecutionData[]> }> {
	const { nodeType } = await builtPackage();
	let resolve: (items: INodeExecutionData[]) => void = () => undefined;
	const promise = new Promise<INodeExecutionData[]>((settle) => (resolve = settle));
	const execute: INodeType['execute'] = async function () {
		const outputs = (await nodeType.execute?.call(this)) ?? [[]];
		if (Array.isArray(outputs)) resolve(outputs[0] ?? []);
		return outputs;
	};
	return { nodeType: { ...nodeType, description: nodeType.description, execute }, returned: promise };
}

const statuses = (items: readonly INodeExecutionData[]) => items.map(({ json }) => json.status);

async function importUsers(nodeType: INodeType, options: { stop?: AbortSignal; maximumRunTime?: number } = {}) {
	const { baseUrl, apiKey, apiSecret } = sandbox;
	const { stop, maximumRunTime = 0 } = options;
	return await runWorkflow({
		items: ITEMS,
		credentials: { baseUrl, apiKey, apiSecret },
		nodeType,
		stop,
		onError: 'continueRegularOutput',
		parameters: { options: { maximumRunTime } },
	});
}

test('Stop settles every row within a second and sends nothing more', async () => {
	const { nodeType, returned } = await watched();
	const stop = new AbortController();
	sandbox.setFaults([{ when: { endpoint: 'users/batch', request: 2 }, do: { kind: 'hang', written: true } }]);
	const running = importUsers(nodeType, { stop: stop.signal });
	await expect.poll(writes).toBe(2);
	const stoppedAt = Date.now();
	stop.abort();
	expect(statuses(await returned)).toEqual([
		'created',
		'created',
		'unknown',
		'unknown',
		'notAttempted',
		'notAttempted',
	]);
	expect(Date.now() - stoppedAt).toBeLessThan(1_000);
	expect((await running).status).toBe('canceled');
	expect(writes()).toBe(2);
});

test('Stop while the service asked to wait does not wait', async () => {
	const { nodeType, returned } = await watched();
	const stop = new AbortController();
	sandbox.setFaults([{ when: { endpoint: 'users/batch', request: 1 }, do: { kind: 'rateLimited', retryAfter: 60 } }]);
	const running = importUsers(nodeType, { stop: stop.signal });
	await expect.poll(writes).toBe(1);
	const stoppedAt = Date.now();
	stop.abort();
	expect(statuses(await returned)).toEqual(ITEMS.map(() => 'notAttempted'));
	expect(Date.now() - stoppedAt).toBeLessThan(1_000);
	await running;
	expect(writes()).toBe(1);
});

test('Maximum Run Time hands over what there is', async () => {
	const { nodeType } = await builtPackage();
	sandbox.setFaults([{ when: { endpoint: 'users/batch', request: 2 }, do: { kind: 'hang', written: false } }]);
	const startedAt = Date.now();
	const { outputs, hints } = await importUsers(nodeType, { maximumRunTime: 1 });
	expect(Date.now() - startedAt).toBeLessThan(2_000);
	expect(statuses(outputs[0] ?? [])).toEqual([
		'created',
		'created',
		'unknown',
		'unknown',
		'notAttempted',
		'notAttempted',
	]);
	expect(hints.map(({ message }) => message).join(' ')).toContain(
		'The run ended early. Maximum Run Time (1 s) was up.',
	);
});

// What a run that fails leaves in its error, and what it writes to the log while it runs (law 10).

import { inspect } from 'node:util';
import type { INodeType } from 'n8n-workflow';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { FaultAction } from '../../sandbox/faults/script.mts';
import { builtPackage } from '../host/package.mts';
import { openWorld, type World } from './world.mts';

const NAME = 'Marker-Name-7731';
const LEAK = 'Marker-Leak-5150';
const ITEMS = Array.from({ length: 6 }, (_, index) => ({
	userId: `p${index}`,
	username: `${NAME} ${index}`,
	email: `${NAME}@example.com`,
}));

const problem = (status: number, code: string): FaultAction => ({
	kind: 'refusal',
	status,
	body: { title: LEAK, code, detail: LEAK, person: { name: LEAK } },
	headers: { 'x-person': LEAK },
});
const ENDS: ReadonlyArray<readonly [string, FaultAction]> = [
	['401', problem(401, 'invalid_signature')],
	['402', problem(402, 'plan_quota_exhausted')],
	['403', problem(403, 'forbidden')],
	['400 that says nothing known', problem(400, `${LEAK} is no code`)],
	['418', problem(418, `${LEAK} is no code`)],
	['422', problem(422, 'idempotency_key_mismatch')],
	['a redirect', { kind: 'redirect', location: `http://127.0.0.1:9/${LEAK}` }],
	[
		'a web page',
		{ kind: 'refusal', status: 403, body: `<html>${LEAK}</html>`, headers: { 'content-type': 'text/html' } },
	],
];

const secretsOf = ({ sandbox }: World) => [
	sandbox.apiKey,
	sandbox.apiSecret,
	'x-tokenim-signature',
	'X-TokenIM-Signature',
];
/** Everything in it, however deep and whether it would be printed or not. */
const all = (value: unknown) =>
	inspect(value, { depth: 30, showHidden: true, maxArrayLength: null, maxStringLength: null });

/** The node, and everything that it logs. */
async function loggedNode(): Promise<{ readonly nodeType: INodeType; readonly logged: unknown[] }> {
	const { nodeType } = await builtPackage();
	const logged: unknown[] = [];
	const log = (...what: unknown[]) => void logged.push(what);
	const logger = { error: log, warn: log, info: log, debug: log };
	const execute: INodeType['execute'] = async function () {
		return (await nodeType.execute?.call(Object.create(this, { logger: { value: logger } }))) ?? [[]];
	};
	return { nodeType: { ...nodeType, description: nodeType.description, execute }, logged };
}

describe('the error of a run that ends with', () => {
	test.each(ENDS)('%s holds no key, no secret, no person, and nothing of the answer', async (_what, fault) => {
		const world = await openWorld(onTestFinished, { limits: { usersPerRequest: 2, concurrentRequests: 1 } });
		world.sandbox.setFaults([{ when: { endpoint: 'users/batch', from: 1 }, do: fault }]);
		const { nodeType, logged } = await loggedNode();
		const { error, hints } = await world.run(ITEMS, { onError: 'stopWorkflow', nodeType });
		expect(String(error?.message)).toMatch(/\w+ \w+ \w+/);
		const said = all([error, hints, logged]);
		for (const marker of [...secretsOf(world), NAME, LEAK]) expect(said).not.toContain(marker);
	});
});

test('the verdicts of such a run hold none of it either', async () => {
	for (const [, fault] of ENDS) {
		const world = await openWorld(onTestFinished);
		world.sandbox.setFaults([{ when: { endpoint: 'users/batch', from: 1 }, do: fault }]);
		const { nodeType, logged } = await loggedNode();
		const { outputs, hints } = await world.run(ITEMS, { nodeType });
		const said = all([outputs, hints, logged]);
		for (const marker of [...secretsOf(world), NAME, LEAK]) expect(said).not.toContain(marker);
	}
});

test('a run that goes well, and one that stumbles, log no person and no secret', async () => {
	const world = await openWorld(onTestFinished, { limits: { usersPerRequest: 2, concurrentRequests: 1 } });
	const { nodeType, logged } = await loggedNode();
	await world.run(ITEMS, { nodeType });
	world.sandbox.setFaults([{ when: { endpoint: 'users/batch', request: 2 }, do: problem(500, 'internal') }]);
	await world.run(ITEMS, { nodeType, executionId: '2' });
	for (const marker of [...secretsOf(world), NAME, LEAK, 'p0']) expect(all(logged)).not.toContain(marker);
});

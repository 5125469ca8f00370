// What a service, a proxy or a sheet says is never an address, a path, a prototype or code (law 12).

import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { openWorld, people, statusesOf, verdictsOf } from './world.mts';

const PEOPLE = people(4);
const SMALL = { limits: { usersPerRequest: 2, concurrentRequests: 1 } };

afterEach(() => {
	const plain: object = {};
	expect(Object.keys(Object.prototype)).toEqual([]);
	expect('polluted' in plain).toBe(false);
});

/** Another host that writes down what reaches it. */
async function otherHost(): Promise<{ readonly url: string; readonly reached: IncomingHttpHeaders[] }> {
	const reached: IncomingHttpHeaders[] = [];
	const listener: RequestListener = (request, response) => {
		reached.push(request.headers);
		response.writeHead(200, { 'content-type': 'application/json' }).end('{"results":[]}');
	};
	const server = createServer(listener);
	await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
	onTestFinished(async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	});
	const address = server.address();
	return { url: `http://localhost:${typeof address === 'object' ? address?.port : 0}/v1/users/batch`, reached };
}

describe('a redirect to another host', () => {
	test.each([301, 302, 303, 307, 308])('with %i is not followed: nothing of ours arrives there', async (status) => {
		const { url, reached } = await otherHost();
		const { sandbox, run } = await openWorld(onTestFinished, SMALL);
		sandbox.setFaults([
			{ when: { endpoint: 'users/batch', from: 2 }, do: { kind: 'redirect', location: url, status } },
		]);
		expect(statusesOf(await run(PEOPLE))).toEqual(['created', 'created', 'notAttempted', 'notAttempted']);
		expect(reached).toEqual([]);
	});

	test('is not followed where the plan, a look-up or a job is asked after either', async () => {
		const { url, reached } = await otherHost();
		const redirect = { kind: 'redirect', location: url } as const;
		for (const endpoint of ['limits', 'users/query', 'jobs'] as const) {
			const { sandbox, run } = await openWorld(onTestFinished, SMALL);
			sandbox.setFaults([
				{ when: { endpoint }, do: redirect },
				{ when: { endpoint: 'users/batch', request: 1 }, do: { kind: 'job' } },
				{ when: { endpoint: 'users/batch', request: 2 }, do: { kind: 'tamper', how: { kind: 'short' } } },
			]);
			expect(statusesOf(await run(PEOPLE))).toContain(endpoint === 'limits' ? 'notAttempted' : 'unknown');
		}
		expect(reached).toEqual([]);
	});
});

describe('ids and columns that mean something to a program', () => {
	const ODD = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', '-', '@', '...'];

	test('are people like others, through create, verify and delete, and groups too', async () => {
		const { sandbox, run } = await openWorld(onTestFinished);
		const items = ODD.map((userId) => ({ userId, username: userId }));
		expect(statusesOf(await run(items))).toEqual(ODD.map(() => 'created'));
		expect(statusesOf(await run(items, { executionId: '2', parameters: { operation: 'verify' } }))).toEqual(
			ODD.map(() => 'found'),
		);
		const groups = ODD.map((groupId) => ({ groupId, name: groupId, ownerId: '__proto__', memberIds: ODD }));
		const inGroup = { resource: 'group' };
		expect(statusesOf(await run(groups, { executionId: '3', parameters: inGroup }))).toEqual(ODD.map(() => 'created'));
		const verified = await run(groups, { executionId: '4', parameters: { ...inGroup, operation: 'verify' } });
		expect(statusesOf(verified)).toEqual(ODD.map(() => 'found'));
		const deleting = { operation: 'deleteEvery' };
		expect(statusesOf(await run(items, { executionId: '5', parameters: deleting }))).toEqual(ODD.map(() => 'deleted'));
		expect(sandbox.userCount()).toBe(0);
	});

	test('`.`, `..` and paths are refused before they are sent, as users, as groups and as members', async () => {
		const { sandbox, run } = await openWorld(onTestFinished);
		const paths = ['.', '..', '../limits', '%2e%2e', 'a/b', 'a?b', 'a#b', '\u0000'];
		expect(statusesOf(await run(paths.map((userId) => ({ userId, username: 'x' }))))).toEqual(
			paths.map(() => 'invalid'),
		);
		for (const operation of ['create', 'addMembers', 'verify']) {
			const items = paths.map((groupId) => ({ groupId, name: 'x', ownerId: 'p1', memberIds: 'p1' }));
			const result = await run(items, { parameters: { resource: 'group', operation } });
			expect(statusesOf(result)).toEqual(paths.map(() => 'invalid'));
		}
		expect(sandbox.requests.filter(({ endpoint }) => endpoint !== 'limits')).toEqual([]);
	});

	test('as names of columns and attributes change nothing but the row', async () => {
		const { sandbox, run } = await openWorld(onTestFinished);
		const item: Record<string, string> = JSON.parse(
			'{"userId":"p1","username":"Ada","__proto__":"x","constructor":"y","attributes.__proto__":"polluted","attributes.constructor":"z"}',
		);
		const [verdict] = verdictsOf(await run([item], { parameters: { options: { includeInputFields: true } } }));
		expect(verdict).toMatchObject({ status: 'created', input: { userId: 'p1' } });
		expect(Object.entries(sandbox.users()[0]?.attributes ?? {})).toEqual([
			['__proto__', 'polluted'],
			['constructor', 'z'],
		]);
	});
});

describe('answers that mean something to a program', () => {
	test('foreign ids count for nobody', async () => {
		const { sandbox, run } = await openWorld(onTestFinished, SMALL);
		const ids = ['__proto__', '..', 'constructor', 'p4'];
		sandbox.setFaults([
			{ when: { endpoint: 'users/batch', request: 1 }, do: { kind: 'tamper', how: { kind: 'long', ids } } },
		]);
		expect(statusesOf(await run(PEOPLE))).toEqual(PEOPLE.map(() => 'created'));
	});

	test.each([
		'{"__proto__":{"polluted":true},"results":{"__proto__":{"polluted":true}}}',
		'{"results":[{"__proto__":{"polluted":true},"userId":"__proto__","status":"constructor"}]}',
		'{"results":[{"userId":{"toString":"x"},"status":["created"],"index":"0"}]}',
		'[[[[[[[[]]]]]]]]',
		'null',
		`${'['.repeat(100_000)}${']'.repeat(100_000)}`,
	])('%.80s is no answer, and the same write goes again', async (body) => {
		const { sandbox, run, writes } = await openWorld(onTestFinished, SMALL);
		sandbox.setFaults([
			{ when: { endpoint: 'users/batch', request: 2 }, do: { kind: 'refusal', status: 200, body, written: true } },
		]);
		const statuses = statusesOf(await run(PEOPLE));
		expect(statuses.filter((status) => status !== 'created' && status !== 'exists?')).toEqual([]);
		expect(
			writes().length + sandbox.requests.filter(({ endpoint }) => endpoint === 'users/query').length,
		).toBeGreaterThan(2);
	});

	test.each(['..', '.', '../users/batch', 'http://elsewhere.example/', '__proto__'])(
		'a job named %s is asked after at no other path',
		async (jobId) => {
			const { sandbox, run } = await openWorld(onTestFinished, SMALL);
			sandbox.setFaults([
				{
					when: { endpoint: 'users/batch', request: 2 },
					do: { kind: 'refusal', status: 202, body: { jobId, state: 'queued' }, written: true },
				},
			]);
			const statuses = statusesOf(await run(PEOPLE));
			expect(statuses.filter((status) => !['created', 'exists?'].includes(status))).toEqual([]);
			const paths = new Set(sandbox.requests.map(({ path }) => path));
			paths.delete(`/v1/jobs/${encodeURIComponent(jobId)}`);
			expect([...paths].filter((path) => !/^\/v1\/(limits|users\/batch|users\/query)$/.test(path))).toEqual([]);
		},
	);
});

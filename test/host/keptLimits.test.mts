// The limits of the plan are read once for many small runs, in n8n's engine against the sandbox, which counts requests.

import { expect, test } from 'vitest';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { statuses, useLab } from './lab.mts';

const lab = useLab();
const person = (number: number) => ({ userId: `s${number}`, username: `N${number}` });
const people = (count: number, from = 0) => Array.from({ length: count }, (_, index) => person(from + index));

/** What was asked since the last time, in order. */
let seen = 0;
function asked(): string[] {
	const requests = lab.sandbox.requests.slice(seen);
	seen = lab.sandbox.requests.length;
	return requests.map(({ endpoint, status }) => `${endpoint} ${status}`);
}

/** Runs the node, and tells what that asked of the service. */
async function asks(items: readonly IDataObject[], parameters: INodeParameters = {}): Promise<string[]> {
	await lab.run({ items, parameters, onError: 'continueRegularOutput' });
	return asked();
}

async function begin(options: Parameters<typeof lab.restart>[0] = {}): Promise<void> {
	seen = 0;
	await lab.restart(options);
	await lab.run({ items: people(1) });
	expect(asked()).toEqual(['limits 200', 'users/batch 200']);
}

test('a hundred registrations are a hundred creates and one question for the limits', async () => {
	for (let number = 0; number < 100; number++) {
		const { outputs } = await lab.run({ items: [person(number)] });
		expect(statuses(outputs[0])).toEqual(['created']);
	}
	const endpoints = lab.sandbox.requests.map(({ endpoint }) => endpoint);
	expect(endpoints.filter((endpoint) => endpoint === 'users/batch')).toHaveLength(100);
	expect(endpoints.filter((endpoint) => endpoint === 'limits')).toHaveLength(1);
	expect(endpoints).toHaveLength(101);
});

test('twenty registrations at once ask once, too', async () => {
	const runs = people(20).map(async (one, index) => await lab.run({ items: [one], executionId: `at once ${index}` }));
	const ran = await Promise.all(runs);
	expect(ran.flatMap(({ outputs }) => statuses(outputs[0]))).toEqual(Array(20).fill('created'));
	expect(lab.sandbox.requests.filter(({ endpoint }) => endpoint === 'limits')).toHaveLength(1);
});

test('rows that one request takes need no new answer, more rows do', async () => {
	await begin({ limits: { usersPerRequest: 3 } });
	expect(await asks(people(3, 1))).toEqual(['users/batch 200']);
	expect(await asks(people(4, 10))).toEqual(['limits 200', 'users/batch 200', 'users/batch 200']);
	expect(await asks(people(2, 20), { options: { batchSize: 1 } })).toEqual([
		'limits 200',
		'users/batch 200',
		'users/batch 200',
	]);
	expect(await asks(people(2), { operation: 'verify' })).toEqual(['users/query 200']);
});

test('a file and Validate Only ask anew', async () => {
	await begin();
	const csv = { data: { content: 'userId,username\ns9,Nine\n', fileName: 'a.csv' } };
	await lab.run({ items: [{}], files: [csv], parameters: { input: 'file' } });
	expect(asked()).toEqual(['limits 200', 'users/batch 200']);
	expect(await asks([person(10)], { validateOnly: true })).toEqual(['limits 200', 'users/query 200']);
});

test('limits that did not change are told without their body, and hold', async () => {
	await begin();
	const look = { validateOnly: true };
	expect(await asks([person(1)], look)).toEqual(['limits 200', 'users/query 200']);
	const { outputs } = await lab.run({ items: people(2), parameters: look });
	expect(outputs[0]?.map(({ json }) => json.would)).toEqual(['exists', 'created']);
	expect(asked()).toEqual(['limits 304', 'users/query 200']);
	expect(await asks([person(1)])).toEqual(['users/batch 200']);
});

test('the hint on the quota counts by a new answer', async () => {
	await begin({ quota: 3 });
	const { hints } = await lab.run({ items: people(4, 1), onError: 'continueRegularOutput' });
	expect(hints[0]?.message).toContain('room for 2 more users and 4 rows came in');
	expect(asked()[0]).toBe('limits 200');
});

test('an exhausted quota, learned by a refusal, has the next run ask anew', async () => {
	await begin({ quota: 3 });
	// What is left of it is used up.
	expect(await asks(people(3, 1))).toEqual(['users/batch 402', 'users/batch 200', 'users/batch 402']);
	expect(await asks(people(1, 1))).toEqual(['limits 200', 'users/batch 200']);
});

test('a limit that was lowered meanwhile cuts the request, and has the next run ask anew', async () => {
	await begin();
	lab.sandbox.setLimits({ usersPerRequest: 2 });
	expect(await asks(people(4, 1))).toEqual(['users/batch 413', 'users/batch 200', 'users/batch 200']);
	expect(await asks(people(2, 10))).toEqual(['limits 200', 'users/batch 200']);
});

test.each([
	['forbids', { kind: 'forbidden' }, 403],
	['throttles', { kind: 'rateLimited', retryAfter: 0 }, 429],
] as const)('a service that %s a request is asked anew by the next run', async (_what, fault, status) => {
	await begin();
	lab.sandbox.setFaults([{ when: { endpoint: 'users/batch', request: 1 }, do: fault }]);
	expect((await asks(people(1, 1)))[0]).toBe(`users/batch ${status}`);
	expect((await asks(people(1, 2)))[0]).toBe('limits 200');
});

test('a changed secret or profile is another credential, and asks for itself', async () => {
	await begin();
	const { baseUrl, apiKey, apiSecret } = lab.sandbox;
	await lab.run({
		items: people(1, 1),
		credentials: { baseUrl, apiKey, apiSecret: 'other' },
		onError: 'continueRegularOutput',
	});
	expect(asked()).toEqual(['limits 401']);
	await lab.run({ items: people(1, 1), credentials: { baseUrl: `${baseUrl}/`, apiKey, apiSecret } });
	expect(asked()).toEqual(['limits 200', 'users/batch 200']);
});

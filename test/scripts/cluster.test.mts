// What the cluster's measurement makes of answers, and the example workflows that it runs.

import { describe, expect, test } from 'vitest';
import { countsOf, mistakesOf, roster, type Verdict } from '../../scripts/cluster/import.mts';
import { gateOf, queueWorkflows, ROWS_PER_PART } from '../../scripts/cluster/workflows.mts';
import { figures } from '../../scripts/cluster/report.mts';
import { sandboxCredential } from '../../scripts/lib/example-workflow.mts';
import type { Sandbox } from '../../sandbox/server.mts';

const PEOPLE = roster(3);
const verdict = (index: number, more: Partial<Verdict> = {}): Verdict => ({
	row: String(index + 2),
	status: 'created',
	userId: PEOPLE[index]?.userId ?? '',
	imId: `im${index}`,
	...more,
});
const GOOD = [verdict(0), verdict(1, { status: 'exists' }), verdict(2)];
type User = ReturnType<Sandbox['users']>[number];
const holding = (imIds: readonly string[]) => ({
	users: () =>
		imIds.map((imId, index): User => ({ userId: PEOPLE[index]?.userId ?? `x${index}`, imId, username: '' }) as User),
});
const THERE = ['im0', 'im1', 'im2'];

describe('the answer of an import', () => {
	test('with one true verdict for each row is right', () => {
		expect(mistakesOf(PEOPLE, GOOD, holding(THERE))).toEqual([]);
	});

	test.each<[string, readonly Verdict[], readonly string[], string]>([
		['somebody lost', GOOD, ['im0', 'im1'], '1 people were lost'],
		['somebody twice', GOOD, ['im0', 'im1', 'im1'], '1 people are there twice'],
		['somebody too many', GOOD, [...THERE, 'im3'], 'the service holds 4 people, not 3'],
		['a verdict lost', GOOD.slice(1), THERE, '2 verdicts came back for 3 rows'],
		[
			'verdicts in another order',
			[verdict(1), verdict(0), verdict(2)],
			THERE,
			'the verdicts are not one for each row, in row order',
		],
		[
			'a row that failed',
			[verdict(0), verdict(1, { status: 'unknown' }), verdict(2)],
			THERE,
			'1 verdicts are not true',
		],
		[
			'an id that is not theirs',
			[verdict(0), verdict(1), verdict(2, { imId: 'im9' })],
			THERE,
			'1 verdicts are not true',
		],
	])('with %s is told', (_what, verdicts, held, mistake) => {
		expect(mistakesOf(PEOPLE, verdicts, holding(held)).join('; ')).toContain(mistake);
	});

	test('counts who may have been created by a lost attempt apart', () => {
		expect([...countsOf([...GOOD, verdict(0, { status: 'exists', createdBy: 'unknown' })])]).toEqual([
			['created', 2],
			['exists', 1],
			['exists (by who knows whom)', 1],
		]);
	});
});

describe('the example workflows', () => {
	const gate = gateOf('secret');
	const tokenIm = sandboxCredential({ baseUrl: 'http://127.0.0.1:1/v1', apiKey: 'k', apiSecret: 's' });

	test("get this cluster's address, key and credential, and hold no secret themselves", async () => {
		const workflows = await queueWorkflows('http://127.0.0.1:9999', gate, tokenIm);
		const nodes = workflows.flatMap((workflow) => workflow.nodes);
		expect(
			nodes.filter(({ credentials }) => credentials?.httpHeaderAuth?.id === gate.credential.id).map(({ name }) => name),
		).toEqual(['CSV File', 'Send Part', 'Part Again', 'Part']);
		expect(nodes.filter(({ credentials }) => credentials?.tokenImApi?.id === tokenIm.id)).toHaveLength(1);
		expect(nodes.flatMap(({ parameters }) => (typeof parameters.url === 'string' ? [parameters.url] : []))).toEqual(
			Array(2).fill('http://127.0.0.1:9999/webhook/tokenim-part'),
		);
		expect(JSON.stringify(workflows)).not.toContain('"secret"');
	});

	test('cut parts of the size that the measurement names', async () => {
		const workflows = await queueWorkflows('http://127.0.0.1:9999', gate, tokenIm);
		expect(JSON.stringify(workflows)).toContain(`.chunk(${ROWS_PER_PART})`);
	});
});

test('the figures name each run, what was killed, and ten million people on paper', () => {
	const reading = {
		what: 'two workers',
		seconds: 50,
		requests: 1_000,
		slowedDown: 20,
		databaseMb: 25,
		counts: new Map([['created', 100_000]]),
		nodes: [
			{ node: 'Send Part', ms: 42_000 },
			{ node: 'Each Part', ms: 3 },
		],
		mistakes: [],
	};
	const killed = { ...reading, thereAtKill: 33_000, executionsLost: 4, noticedAfterSeconds: 80 };
	const text = figures({
		machine: 'a machine',
		load: 1.25,
		rows: 100_000,
		concurrency: 5,
		perSecond: 20,
		readings: [reading],
		kills: [killed],
		peaks: [{ name: 'main', mb: 800 }],
	});
	expect(text).toContain('| two workers | 50 s | 2,000 | 1,000 | 20 | 100,000 created |');
	expect(text).toContain(
		'- two workers: killed with 33,000 people there; 4 executions ended with it, n8n noticed after 80 s',
	);
	expect(text).toContain('| 10,000,000 | 100,000 | 2,000 in 100 | 1.39 h | 1.39 h | 2.4 GB |');
	expect(text).toContain('(two workers, 50.0 s) goes, by node of the import: Send Part 42.0 s; outside of them');
	expect(text).toContain('load 1.3');
});

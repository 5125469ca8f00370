// After a run with every kind of fault, nothing of key, secret, signature or of what only the service's error bodies hold
// is in n8n's database, its log, or anything else that it wrote (law 10).

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sha256, signatureOf } from '../../sandbox/authentication.mts';
import type { FaultAction } from '../../sandbox/faults/script.mts';
import { describeWithN8n } from '../e2e/describe.mts';
import { openLab, type Lab } from '../e2e/lab.mts';
import { startN8n } from './n8nProcess.mts';
import { CREATE, csv, inARow, start, tokenIm, workflowOf } from './workflows.mts';

/** Of the rows: they belong into the execution, and nowhere else. */
const NAME = 'Marker-Name-7731';
/** Of somebody else: only the service's error bodies and headers hold it. */
const LEAK = 'Marker-Leak-5150';
const DETAIL = `${LEAK} 张三 +8613800005150 is not what you think`;

const problem = (status: number, code: string): FaultAction => ({
	kind: 'refusal',
	status,
	body: { type: 'about:blank', title: DETAIL, status, code, detail: DETAIL, errorBody: { person: DETAIL } },
	headers: { 'x-person': LEAK, 'retry-after': '1' },
	written: false,
});
const page: FaultAction = {
	kind: 'refusal',
	status: 502,
	body: `<html><title>${DETAIL}</title><body>${DETAIL}</body></html>`,
	headers: { 'content-type': 'text/html' },
};

/** What the writes meet, one after the other: the first node all but the last four, which end a run each. */
const FAULTS: readonly FaultAction[] = [
	problem(500, 'internal'),
	page,
	problem(429, 'rate_limited'),
	{
		kind: 'refusal',
		status: 200,
		body: `{"results":[{"userId":"${DETAIL}","status":"failed","error":{"message":"${DETAIL}`,
	},
	{ kind: 'tamper', how: { kind: 'long', ids: [LEAK] } },
	problem(400, 'invalid_request'),
	problem(409, 'idempotency_key_in_use'),
	{ kind: 'reset', written: true },
	problem(413, 'too_many_items'),
	problem(403, 'forbidden'),
	problem(418, DETAIL),
	{ kind: 'redirect', location: `http://127.0.0.1:9/${LEAK}` },
	problem(402, 'plan_quota_exhausted'),
];
const ROWS = 24;
const NODES: ReadonlyArray<readonly [name: string, onError: string | undefined]> = [
	['Continue', 'continueRegularOutput'],
	['Error Output', 'continueErrorOutput'],
	['Continue Again', 'continueRegularOutput'],
	['Stop', undefined],
];

await describeWithN8n('what n8n keeps of a run with faults', () => {
	let lab: Lab;
	let log: string;
	let files: ReadonlyMap<string, Buffer>;

	beforeAll(async () => {
		lab = await openLab({ plan: 'unpaced', limits: { usersPerRequest: 2, concurrentRequests: 1 }, recordBodies: true });
		const rows = Array.from({ length: ROWS }, (_, index) => `p${index},${NAME} ${index},p${index}@${NAME}.example`);
		const file = await lab.write('people.csv', ['userId,username,email', ...rows, ''].join('\n'));
		const nodes = NODES.map(([name, onError]) => tokenIm(name, lab.credential, CREATE, { onError }));
		const arrows = [...inARow('Start', 'Read', 'Rows'), ...NODES.map(([to]) => ({ from: 'Rows', to }))];
		await lab.store([lab.credential], [workflowOf('faults', [start, ...csv(file), ...nodes], arrows)]);
		lab.sandbox.setFaults(
			FAULTS.map((fault, at) => ({ when: { endpoint: 'users/batch', request: at + 1 }, do: fault })),
		);
		const env = {
			N8N_LOG_LEVEL: 'debug',
			EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'all',
			EXECUTIONS_DATA_SAVE_ON_ERROR: 'all',
		};
		log = await (await startN8n(lab.settings, ['execute', '--id=faults', '--rawOutput'], env)).printed;
		files = await filesBelow(join(lab.settings.userFolder, '.n8n'));
	});
	afterAll(() => lab?.close());

	/** The files that hold a text, and `log`. */
	const holding = (marker: string): string[] => [
		...(log.includes(marker) ? ['log'] : []),
		...[...files].flatMap(([name, bytes]) => (bytes.includes(marker) ? [name] : [])),
	];

	test('the run met the faults, and n8n wrote down its rows', () => {
		const faults = new Set(lab.sandbox.requests.flatMap((request) => request.faults));
		expect([...faults].sort()).toEqual(['redirect', 'refusal', 'reset', 'tamper']);
		expect(lab.sandbox.requests.filter((request) => request.faults.length > 0)).toHaveLength(FAULTS.length);
		expect(holding(`${NAME} ${ROWS - 1}`).filter((name) => name.startsWith('database.sqlite'))).not.toEqual([]);
		expect(log).toContain('The plan has no room');
	});

	test('neither the API key nor the API secret', () => {
		const { apiKey, apiSecret } = lab.sandbox;
		expect([holding(apiKey), holding(apiSecret)]).toEqual([[], []]);
		expect([holding(Buffer.from(apiSecret).toString('base64')), holding(encodeURIComponent(apiSecret))]).toEqual([
			[],
			[],
		]);
	});

	test('no signature, and no header that carries one', () => {
		const signatures = lab.sandbox.requests.map(({ method, path, headers, body = '' }) =>
			signatureOf(lab.sandbox.apiSecret, {
				method,
				path,
				timestamp: headers['x-tokenim-timestamp'] ?? '',
				nonce: headers['x-tokenim-nonce'] ?? '',
				bodyHash: sha256(Buffer.from(body)),
			}),
		);
		expect(signatures.length).toBeGreaterThanOrEqual(FAULTS.length);
		expect(signatures.flatMap(holding)).toEqual([]);
		expect(['x-tokenim-signature', 'X-TokenIM-Signature', 'x-tokenim-nonce'].flatMap(holding)).toEqual([]);
	});

	test('nothing that only the bodies and headers of refusals hold', () => {
		expect([holding(LEAK), holding('8613800005150')]).toEqual([[], []]);
	});

	test('no person in the log, the output that the command prints at its end aside', () => {
		const [before = '', ...output] = log.split(/^.*\| info +\| \{$/m);
		expect(output.join()).toContain(NAME);
		expect(before.split('\n').length).toBeGreaterThan(40);
		expect(before.split('\n').filter((line) => line.includes('Marker'))).toEqual([]);
	});
});

async function filesBelow(folder: string): Promise<Map<string, Buffer>> {
	const found = new Map<string, Buffer>();
	for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
		const path = join(entry.parentPath, entry.name);
		if (entry.isFile() && !path.includes('node_modules'))
			found.set(path.slice(folder.length + 1), await readFile(path));
	}
	return found;
}

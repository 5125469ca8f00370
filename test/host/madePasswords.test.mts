// Return Tokens: a password that the node made reaches the result of a user whom this run created, and nothing else.

import { inspect } from 'node:util';
import { parse } from 'csv-parse/sync';
import type { IDataObject, INodeExecutionData, INodeType } from 'n8n-workflow';
import { expect, test } from 'vitest';
import standard from '../../nodes/TokenIm/protocol/profiles/tokenim-rest-v1.json' with { type: 'json' };
import { callThroughEngine } from './agent.mts';
import { statuses, useLab } from './lab.mts';
import { builtPackage } from './package.mts';
import { useVendors, type VendorRun } from './vendor.mts';

const run = useVendors();
const lab = useLab();
const MADE = /^[A-Za-z0-9]{24}$/;
const people = (...ids: string[]) => ids.map((userId) => ({ userId, username: userId.toUpperCase() }));
const returnTokens = { options: { returnTokens: true } };

const tokens = (items: readonly INodeExecutionData[] = []) => items.map(({ json }) => json.tokens);

/** The passwords that went out, by user. */
function sent({ seen }: Pick<VendorRun, 'seen'>): Record<string, unknown> {
	const made = seen.flatMap(({ text }) => passwordsIn(text));
	return Object.fromEntries(made);
}

function passwordsIn(text: string): Array<readonly [string, string]> {
	const body: unknown = text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : [];
	return [body].flat().flatMap((one) => {
		const { user, username, password }: { user?: string; username?: string; password?: string } = Object(one);
		return password === undefined ? [] : [[user ?? username ?? '', password] as const];
	});
}

test.each(['ejabberd', 'easemob'])('of %s, each created user comes with the password that was set', async (vendor) => {
	const result = await run(vendor, { items: people('s1', 's2'), parameters: returnTokens });
	const { s1, s2 } = sent(result);
	expect([String(s1), String(s2)]).toEqual([expect.stringMatching(MADE), expect.stringMatching(MADE)]);
	expect(s1).not.toBe(s2);
	expect(statuses(result.outputs[0])).toEqual(['created', 'created']);
	expect(tokens(result.outputs[0])).toEqual([{ password: s1 }, { password: s2 }]);
});

test('without the option nobody sees it', async () => {
	const result = await run('ejabberd', { items: people('s1') });
	expect(String(sent(result).s1)).toMatch(MADE);
	expect(JSON.stringify([result.outputs, result.hints])).not.toContain(String(sent(result).s1));
	expect(result.outputs[0]?.[0]?.json).not.toHaveProperty('tokens');
});

test('a password of the sheet, and one of a user who existed, is not told', async () => {
	const first = await run('ejabberd', { items: people('old') });
	const items = [{ userId: 'own', password: 'chosen by hand' }, ...people('old', 'new')];
	const result = await run('ejabberd', { items, parameters: returnTokens, world: first.world });
	expect(statuses(result.outputs[0])).toEqual(['created', 'exists', 'created']);
	expect(tokens(result.outputs[0])).toEqual([undefined, undefined, { password: sent(result).new }]);
});

test('a user found after a lost answer has none: who knows which request set it', async () => {
	let isLost = false;
	const result = await run('ejabberd', {
		items: people('s1'),
		parameters: returnTokens,
		script: ({ path }) => {
			if (path !== '/api/register' || isLost) return undefined;
			isLost = true;
			return { status: 502, body: '<html>' };
		},
	});
	expect(statuses(result.outputs[0])).toEqual(['created']);
	expect(tokens(result.outputs[0])).toEqual([{ password: sent(result).s1 }]);
	const lost = await run('ejabberd', {
		items: people('s2'),
		parameters: returnTokens,
		world: result.world,
		script: (seen) => {
			if (seen.path !== '/api/register') return undefined;
			result.world.service(seen);
			return { status: 502, body: '<html>' };
		},
	});
	expect(lost.outputs[0]).toMatchObject([{ json: { status: 'exists', createdBy: 'unknown' } }]);
	expect(tokens(lost.outputs[0])).toEqual([undefined]);
});

test.each([
	['Validate Only', { validateOnly: true }],
	['Verify', { operation: 'verify' }],
	['Batch Delete', { operation: 'deleteEvery' }],
])('%s makes none and tells none', async (_what, parameters) => {
	const result = await run('ejabberd', { items: people('s1'), parameters: { ...parameters, ...returnTokens } });
	expect([sent(result), tokens(result.outputs[0])]).toEqual([{}, [undefined]]);
});

test('a failed row tells none, and none is in a hint, a log line, the report or the summary', async () => {
	const logged: unknown[] = [];
	const nodeType = await loggingInto(logged);
	for (const output of ['all', 'attention', 'summary']) {
		const options = { returnTokens: true, reportFile: true, includeInputFields: true, output };
		const result = await run('ejabberd', { items: people('s1', 'bad'), parameters: { options }, nodeType });
		const made = Object.values(sent(result)).map(String);
		expect(made).toHaveLength(2);
		const [good, ...others] = output === 'all' ? (result.outputs[0] ?? []) : [undefined, ...(result.outputs[0] ?? [])];
		if (output === 'all') expect(good?.json.tokens).toEqual({ password: made[0] });
		const report = Buffer.from(others.at(-1)?.binary?.report?.data ?? '', 'base64').toString();
		expect(report).toContain('bad');
		const said = inspect([others, report, result.hints, result.error, logged], { depth: 30, maxStringLength: null });
		for (const password of made) expect(said).not.toContain(password);
	}
});

test('a run that fails tells none in its error', async () => {
	const parameters = { options: { returnTokens: true, failRunWhen: 'anyRow' } };
	const result = await run('ejabberd', { items: people('s1', 'bad'), parameters, onError: 'stopWorkflow' });
	const said = inspect([result.error, result.outputs], { depth: 30, showHidden: true, maxStringLength: null });
	expect(result.error?.message).toBeTruthy();
	for (const password of Object.values(sent(result))) expect(said).not.toContain(String(password));
});

test('results that come back as rows leave their tokens out of input and report', async () => {
	const first = await run('ejabberd', { items: people('s1', 's2'), parameters: returnTokens });
	const results = (first.outputs[0] ?? []).map(({ json }) => json);
	const { tokens: _, ...s2 } = results[1] ?? {};
	// As n8n's Convert to File writes them, and as a cell of JSON text.
	const cells = { ...s2, tokens: JSON.stringify(results[1]?.tokens), 'tokens.password': String(sent(first).s2) };
	for (const operation of ['batchCreate', 'verify', 'deleteEvery']) {
		const options = { includeInputFields: true, reportFile: true };
		const items: IDataObject[] = [{ ...results[0] }, cells, { ...results[0], userId: 'a b' }];
		const again = await run('ejabberd', { items, parameters: { operation, options }, world: first.world });
		expect(again.outputs[0]?.[0]?.json).toMatchObject({ input: { userId: 's1', status: 'created' } });
		const report = Buffer.from(again.outputs[0]?.at(-1)?.binary?.report?.data ?? '', 'base64');
		const [bad]: readonly object[] = parse(report, { bom: true, columns: true });
		expect(bad).toMatchObject({ row: '3', userId: 'a b', status: 'created' });
		expect(Object.keys(bad ?? {}).join()).not.toContain('tokens');
		const said = inspect([again.outputs, String(report), again.hints], { depth: 30, maxStringLength: null });
		for (const password of Object.values(sent(first))) expect(said).not.toContain(String(password));
	}
});

test("a column of that name that holds no tokens is somebody's own", async () => {
	const parameters = { options: { includeInputFields: true } };
	const { outputs } = await run('ejabberd', { items: [{ userId: 's1', tokens: 12 }], parameters });
	expect(outputs[0]?.[0]?.json.input).toEqual({ userId: 's1', tokens: 12 });
});

test('an agent is refused before anything is sent', async () => {
	const heard = await callThroughEngine({
		parameters: { input: 'json', rowsAsJson: "={{ $fromAI('users', 'x', 'json') }}", ...returnTokens },
		credentials: keyed(),
		input: { users: JSON.stringify(people('s1')) },
	});
	expect(JSON.stringify(heard)).toContain('An AI agent gets no tokens and no passwords of users');
	expect(lab.sandbox.requests).toEqual([]);
	const verified = await callThroughEngine({
		parameters: { operation: 'verify', input: 'json', rowsAsJson: JSON.stringify(people('s1')), ...returnTokens },
		credentials: keyed(),
		input: {},
	});
	expect(verified).toMatchObject([{ status: 'missing' }]);
});

/** The contract with a password that is made, kept among the attributes. */
function keyed(edit: (profile: { idempotency: { replayed?: string } }) => void = () => undefined) {
	const { baseUrl, apiKey, apiSecret } = lab.sandbox;
	const password = { wire: 'attributes.password', secret: true, generate: '{random:24}' };
	const profile = structuredClone({ ...standard, fields: { ...standard.fields, extra: { password } } });
	edit(profile);
	return { baseUrl, apiKey, apiSecret, profile: 'custom', profileJson: JSON.stringify(profile) };
}

test.each([
	['that the service repeats', 'reset', 'r', [undefined], true],
	['that the service repeats and does not mark', 'reset', undefined, [undefined], true],
	['to a request that never arrived', 'never', 'r', [{ password: expect.stringMatching(MADE) }], false],
] as const)(
	'with keys, an answer %s tells which password was set, or not',
	async (_what, fault, mark, expected, hint) => {
		await lab.restart({});
		lab.sandbox.setFaults([
			{ when: { endpoint: 'users/batch', request: 1 }, do: { kind: 'reset', written: fault === 'reset' } },
		]);
		const { outputs, hints } = await lab.run({
			items: people('s1'),
			parameters: returnTokens,
			credentials: keyed(({ idempotency }) => {
				if (mark === undefined) delete idempotency.replayed;
			}),
		});
		expect(statuses(outputs[0])).toEqual(['created']);
		expect(tokens(outputs[0])).toEqual(expected);
		const said = hints.some(({ message }) => message.startsWith('1 of the created users have no tokens here'));
		expect(said).toBe(hint);
	},
);

/** The node, and everything that it logs. */
async function loggingInto(logged: unknown[]): Promise<INodeType> {
	const { nodeType } = await builtPackage();
	const log = (...what: unknown[]) => void logged.push(what);
	const logger = { error: log, warn: log, info: log, debug: log };
	const execute: INodeType['execute'] = async function () {
		return (await nodeType.execute?.call(Object.create(this, { logger: { value: logger } }))) ?? [[]];
	};
	return { ...nodeType, description: nodeType.description, execute };
}

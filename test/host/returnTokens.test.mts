// Return Tokens: what a service hands out with a user reaches the output where it was asked for, and nothing else.

import { parse } from 'csv-parse/sync';
import type { INodeExecutionData } from 'n8n-workflow';
import { expect, test } from 'vitest';
import { builtPackage } from './package.mts';
import { statuses } from './lab.mts';
import { useVendors } from './vendor.mts';

const run = useVendors();
const PEOPLE = ['s1', 's2'].map((userId) => ({ userId, username: userId }));
const TOKENS = { options: { returnTokens: true } };

const tokens = (items: readonly INodeExecutionData[] = []) => items.map(({ json }) => json.tokens);

test.each([
	['rongcloud', 'batchCreate', 'updated', [{ token: 'token-of-s1' }, { token: 'token-of-s2' }]],
	['rongcloud', 'batchUpsert', 'updated', [{ token: 'token-of-s1' }, { token: 'token-of-s2' }]],
	['netease-yunxin', 'batchCreate', 'created', [{ token: 'f0e1' }, { token: 'f0e1' }]],
])('of %s, %s hands the token of each user on', async (vendor, operation, status, expected) => {
	const { outputs, error } = await run(vendor, { items: PEOPLE, parameters: { operation, ...TOKENS } });
	expect([error, statuses(outputs[0])]).toEqual([undefined, [status, status]]);
	expect(tokens(outputs[0])).toEqual(expected);
});

test.each(['rongcloud', 'netease-yunxin'])('without the option nothing of %s holds a token', async (vendor) => {
	const { outputs, hints } = await run(vendor, { items: PEOPLE });
	expect(outputs[0]).toHaveLength(2);
	expect(JSON.stringify([outputs, hints])).not.toMatch(/token|f0e1/i);
});

test('the option has no meaning for an operation that writes no user', async () => {
	const { outputs, error } = await run('rongcloud', {
		items: [{ groupId: 'g1', name: 'One' }],
		parameters: { resource: 'group', operation: 'create', ...TOKENS },
	});
	expect([error, statuses(outputs[0]), tokens(outputs[0])]).toEqual([undefined, ['created'], [undefined]]);
});

test('a row whose user was there before, or whose answer holds no token, has none', async () => {
	const withoutToken = { body: { code: 200, userId: 's1' } };
	const { outputs } = await run('rongcloud', {
		items: PEOPLE,
		parameters: TOKENS,
		script: ({ form }) => (form.get('userId') === 's1' ? withoutToken : undefined),
	});
	expect(tokens(outputs[0])).toEqual([undefined, { token: 'token-of-s2' }]);
	expect(outputs[0]?.[0]?.json).not.toHaveProperty('tokens');
});

test('an unchanged row has none, for nothing was written for it, until Send is Every Row', async () => {
	const known = { body: { code: 200, userName: 's1', userPortrait: '' } };
	const upsert = async (send: string) =>
		await run('rongcloud', {
			items: PEOPLE.slice(0, 1),
			parameters: { operation: 'batchUpsert', send, ...TOKENS },
			script: ({ path }) => (path === '/user/info.json' ? known : undefined),
		});
	const { outputs } = await upsert('differs');
	expect([statuses(outputs[0]), tokens(outputs[0])]).toEqual([['unchanged'], [undefined]]);
	const every = await upsert('every');
	expect([statuses(every.outputs[0]), tokens(every.outputs[0])]).toEqual([['updated'], [{ token: 'token-of-s1' }]]);
});

test('no token is in a hint, a summary or the report file', async () => {
	const items = [...PEOPLE, { userId: 'bad', username: 'refused' }];
	const { outputs, hints } = await run('rongcloud', {
		items,
		parameters: { options: { returnTokens: true, reportFile: true } },
	});
	expect(statuses(outputs[0])).toEqual(['updated', 'updated', 'failed', 'report']);
	const report = outputs[0]?.at(-1);
	const file = parse(Buffer.from(report?.binary?.report?.data ?? '', 'base64'), { bom: true, columns: true });
	expect(file).toMatchObject([{ userId: 'bad' }]);
	expect(JSON.stringify([hints, report?.json, file])).not.toContain('token-of');
	const summary = await run('rongcloud', { items, parameters: { options: { returnTokens: true, output: 'summary' } } });
	expect(JSON.stringify(summary.outputs)).not.toContain('token-of');
});

test('n8n is told which field is a secret', async () => {
	const { nodeType } = await builtPackage();
	expect(nodeType.description.sensitiveOutputFields).toEqual(['tokens']);
});

// Send: Only What Differs, as people meet it: a night's sheet in n8n's own engine.

import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { statuses, useLab } from './lab.mts';

const lab = useLab();
const upsert: INodeParameters = { operation: 'batchUpsert' };
const people = (count: number) =>
	Array.from({ length: count }, (_, index) => ({
		userId: `s${index}`,
		username: `学生 ${index}`,
		registeredAt: '2026-09-01T08:00:00+08:00',
		'attributes.class': '3B',
	}));
/** Two who are new, and three who are not as they were. */
const tonight = () => [
	...people(1_000).map((row, index) => (index % 400 === 1 ? { ...row, 'attributes.class': '4A' } : row)),
	{ ...people(1)[0], userId: 'new1' },
	{ ...people(1)[0], userId: 'new2' },
];

describe('a sheet of 1,002 rows of which 5 differ', () => {
	test('is foretold in a sentence, and nothing is written', async () => {
		await lab.run({ items: people(1_000) });
		lab.sandbox.setLimits({ requestsPerSecond: 20 });
		const before = lab.writes();
		const { outputs, hints } = await lab.run({ items: tonight(), parameters: { ...upsert, validateOnly: true } });
		expect(hints[0]?.message).toBe(
			"Nothing was written. Would create 2, update 3, leave 997 as they are: 8 requests instead of 12, about 1 s at this plan's rate",
		);
		expect(lab.writes()).toBe(before);
		expect(outputs[0]?.[1]?.json).toMatchObject({
			status: 'valid',
			would: 'updated',
			changes: [{ field: 'attributes.class', from: '3B', to: '4A' }],
		});
		expect(outputs[0]?.[0]?.json).toMatchObject({ status: 'valid', would: 'unchanged' });
	});

	test('takes look-ups and one request, says what it changed, and the next night writes nothing', async () => {
		await lab.run({ items: people(1_000) });
		const before = lab.writes();
		const { outputs, hints } = await lab.run({ items: tonight(), parameters: upsert });
		expect(lab.writes()).toBe(before + 1);
		expect(hints[0]?.message).toBe('2 created, 3 updated, 997 unchanged');
		expect(outputs[0]?.[0]?.json).toMatchObject({ status: 'unchanged', userId: 's0', reason: '', row: 1 });
		expect(Object.keys(outputs[0]?.[0]?.json ?? {}).slice(0, 3)).toEqual(['status', 'userId', 'reason']);
		expect(outputs[0]?.[1]?.json).toMatchObject({
			status: 'updated',
			changes: [{ field: 'attributes.class', from: '3B', to: '4A' }],
		});
		const again = await lab.run({ items: tonight(), parameters: upsert });
		expect(again.hints[0]?.message).toBe('1,002 unchanged');
		expect(lab.writes()).toBe(before + 1);
	});

	test('is written whole where every row is to be sent', async () => {
		await lab.run({ items: people(3) });
		const before = lab.writes();
		const { outputs } = await lab.run({ items: people(3), parameters: { ...upsert, send: 'every' } });
		expect(statuses(outputs[0])).toEqual(['updated', 'updated', 'updated']);
		expect(outputs[0]?.[0]?.json).not.toHaveProperty('changes');
		expect(lab.writes()).toBe(before + 1);
	});
});

describe('who is unchanged', () => {
	test('needs no attention, and stands in the summary', async () => {
		await lab.run({ items: people(2) });
		const attention = { ...upsert, options: { output: 'attention', reportFile: true } };
		const rows = [...people(2), { userId: 'not an id', username: 'Bob' }];
		const seen = await lab.run({ items: rows, parameters: attention });
		expect(statuses(seen.outputs[0])).toEqual(['invalid', 'report']);
		const summary = { ...upsert, options: { output: 'summary' } };
		const { outputs } = await lab.run({ items: rows, parameters: summary });
		expect(outputs[0]?.[0]?.json).toMatchObject({ succeeded: 2, failed: 1, statuses: { unchanged: 2, invalid: 1 } });
	});

	test('stays as the service has him: an empty cell clears what was there, and is a change', async () => {
		await lab.run({ items: [{ userId: 's1', username: 'Ada', email: 'ada@example.com' }] });
		const items = [{ userId: 's1', username: 'Ada', email: '' }];
		expect(statuses((await lab.run({ items, parameters: upsert })).outputs[0])).toEqual(['unchanged']);
		const cleared = await lab.run({ items, parameters: { ...upsert, emptyCells: 'clear' } });
		expect(cleared.outputs[0]?.[0]?.json).toMatchObject({
			status: 'updated',
			changes: [{ field: 'email', from: 'ada@example.com', to: null }],
		});
		expect(lab.sandbox.users()[0]?.email ?? null).toBeNull();
	});
});

test('a key that may not read users is told what to do', async () => {
	await lab.restart({ permissions: ['users:write'] });
	const { error } = await lab.run({ items: people(2), parameters: upsert });
	expect(error?.message).toBe('The key may not read users: set Send to Every Row');
	expect(error?.description).toContain('(forbidden)');
});

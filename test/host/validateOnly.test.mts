// Validate Only, on every operation that writes.

import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { statuses, useLab } from './lab.mts';

const lab = useLab();
const ADA = { userId: 's1', username: 'Ada' };
const CEM = { userId: 's3', username: 'Cem' };
const BAD = { userId: 's 2', username: 'Bob' };

test('every row is checked, nothing is asked or written where no look-up is wanted', async () => {
	const parameters = { validateOnly: true, lookUpExisting: false };
	const { outputs, hints } = await lab.run({ items: [ADA, BAD, CEM], parameters });
	expect(statuses(outputs[0])).toEqual(['valid', 'invalid', 'valid']);
	expect(outputs[0]?.[0]?.json).not.toHaveProperty('would');
	expect(hints[0]?.message).toBe('2 valid, 1 needs attention (1 × User ID holds a character that is not allowed)');
	expect(lab.sandbox.requests.map(({ endpoint }) => endpoint)).toEqual(['limits']);
});

test('an invalid row says whom it is about, and an id that cannot be used as it was found', async () => {
	const items = [{ ...ADA, email: 'nowhere' }, { ...ADA, username: '' }, BAD, { ...CEM }, { ...CEM }];
	const { outputs } = await lab.run({ items, parameters: { validateOnly: true, lookUpExisting: false } });
	expect(outputs[0]?.map(({ json }) => [json.status, json.userId])).toEqual([
		['invalid', 's1'],
		['invalid', 's1'],
		['invalid', 's 2'],
		['valid', 's3'],
		['invalid', 's3'],
	]);
});

test('a valid row is a good one: it comes out of the success output', async () => {
	const { outputs } = await lab.run({
		items: [ADA, BAD, CEM],
		parameters: { validateOnly: true },
		onError: 'continueErrorOutput',
	});
	expect(statuses(outputs[0])).toEqual(['valid', 'valid']);
	expect(outputs[1]?.[0]?.json).toMatchObject({ ...BAD, error: { status: 'invalid' } });
});

describe('with the look-up, on by default, each row tells what the run then does', () => {
	const USERS = [ADA, CEM];
	const GROUP = { groupId: 'g1', name: '3B', ownerId: 's1', memberIds: 's1' };
	const cases: Array<[string, INodeParameters, object[]]> = [
		['Batch Create', {}, USERS],
		['Batch Create, If User Exists: Report as Failed', { ifUserExists: 'fail' }, USERS],
		['Batch Create or Update', { operation: 'batchUpsert' }, USERS],
		['Batch Delete', { operation: 'deleteEvery' }, USERS],
		['Batch Suspend', { operation: 'batchSuspend' }, USERS],
		['Batch Reactivate', { operation: 'batchReactivate' }, USERS],
		['Create groups', { resource: 'group' }, [GROUP, { ...GROUP, groupId: 'g2' }]],
		['Batch Delete of groups', { resource: 'group', operation: 'batchDelete' }, [GROUP, { ...GROUP, groupId: 'g2' }]],
		[
			'Create or Update of groups',
			{ resource: 'group', operation: 'upsert' },
			[GROUP, { ...GROUP, groupId: 'g2', name: 'New' }],
		],
		[
			'Set Members',
			{ resource: 'group', operation: 'setMembers' },
			[
				{ groupId: 'g1', memberIds: 's1' },
				{ groupId: 'g9', memberIds: 's1' },
			],
		],
		[
			'Add Members',
			{ resource: 'group', operation: 'addMembers' },
			[
				{ groupId: 'g1', memberIds: 's1' },
				{ groupId: 'g9', memberIds: 's1' },
			],
		],
	];

	test.each(cases)('%s', async (_name, parameters, items) => {
		await lab.run({ items: [ADA] });
		await lab.run({ items: [GROUP], parameters: { resource: 'group' } });
		const before = lab.writes();
		const rows = items.map((item) => ({ ...item }));
		const tried = await lab.run({ items: rows, parameters: { ...parameters, validateOnly: true } });
		expect(statuses(tried.outputs[0])).toEqual(['valid', 'valid']);
		expect(lab.writes()).toBe(before);
		const would = tried.outputs[0]?.map(({ json }) => json.would);
		const done = await lab.run({ items: rows, parameters, onError: 'continueRegularOutput' });
		expect(would).toEqual(statuses(done.outputs[0]));
	});
});

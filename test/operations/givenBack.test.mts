// Group → Verify compares what a look-up gives back, as Create or Update does: both tell the same of one group.

import { expect, it } from 'vitest';

import { createProtocol } from '../../nodes/TokenIm/protocol/calls';
import { readProfile } from '../../nodes/TokenIm/protocol/profile/profile';
import json from '../../nodes/TokenIm/protocol/profiles/tokenim-rest-v1.json' with { type: 'json' };
import { readyOperation } from './parameters.mts';

const { group } = json.fields;
const profile = readProfile({
	...json,
	fields: { ...json.fields, group: { ...group, description: { ...group.description, cast: 'number' } } },
});
const { operation } = readyOperation({ resource: 'group', operation: 'verify' }, profile, createProtocol(profile));
const judged = (description: string) =>
	operation.judge(
		{ id: 'g', fields: { groupId: 'g', description } },
		{ kind: 'found', imId: 'im', record: { groupId: 'g', description: '7' } },
	);

it('a number that keeps no leading zero is the same', () => {
	expect(judged('007').status).toBe('found');
});

it('another number is told as the row gives it', () => {
	expect(judged('008')).toMatchObject({
		status: 'mismatch',
		differences: [{ field: 'description', expected: '008', actual: '7' }],
	});
});

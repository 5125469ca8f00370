// The table at the end of `npm start`: rows by step and verdict, groups apart from their members.

import { expect, test } from 'vitest';
import { countVerdicts } from '../../scripts/lib/verdicts.mts';

const runOf = (verdicts: ReadonlyArray<Readonly<Record<string, unknown>>>) => ({
	startTime: 0,
	executionTime: 1,
	executionIndex: 0,
	data: { main: [verdicts.map((json) => ({ json }))] },
});

test('counts each group once and its members by themselves, and rows without a group as they are', () => {
	const result = {
		runData: {
			'Create Students': [runOf([{ status: 'created' }, { status: 'created' }, { status: 'invalid' }])],
			'Create Class Groups': [
				runOf([
					{ status: 'exists', group: 'created', groupId: 'c1', userId: 's1' },
					{ status: 'added', group: 'created', groupId: 'c1', userId: 's2' },
					{ status: 'added', group: 'exists', groupId: 'c2', userId: 's3' },
					{ status: 'invalid', groupId: 'c 3' },
				]),
			],
		},
	};
	expect(countVerdicts(result)).toEqual([
		{ step: 'Create students', verdict: 'created', count: 2 },
		{ step: '', verdict: 'invalid', count: 1 },
		{ step: 'Create class groups', verdict: 'created', count: 1 },
		{ step: '', verdict: 'exists', count: 1 },
		{ step: '', verdict: 'invalid', count: 1 },
		{ step: '  their members', verdict: 'exists', count: 1 },
		{ step: '', verdict: 'added', count: 2 },
	]);
});

import { stringify } from 'flatted';
import { expect, test } from 'vitest';
import { timesOf } from '../../scripts/cluster/nodeTimes.mts';

test('the time of a node is that of all its runs, as n8n stored them', () => {
	const stored = stringify({
		resultData: {
			runData: { Rows: [{ executionTime: 20 }], 'Send Part': [{ executionTime: 300 }, { executionTime: 12 }] },
		},
	});
	expect(timesOf(stored)).toEqual([
		{ node: 'Rows', ms: 20 },
		{ node: 'Send Part', ms: 312 },
	]);
});

test('an execution without run data is no measurement', () => {
	expect(() => timesOf(stringify({ resultData: {} }))).toThrow('n8n kept no run data of the import.');
});

// The total that stands below a sheet, as it comes from Google Sheets, from JSON and in a JSON file: nobody is made of it.

import { expect, test } from 'vitest';
import type { WorkflowOptions } from './engine.mts';
import { statuses, useLab } from './lab.mts';

const lab = useLab();
const PEOPLE = [
	{ row_number: 2, ID: 's1', Name: 'Ada' },
	{ row_number: 3, ID: 's2', Name: 'Bob' },
];
const ROWS = [...PEOPLE, { row_number: 4, ID: 'Total', Name: 2 }];

test.each<[string, WorkflowOptions]>([
	['items', { items: ROWS }],
	['JSON', { items: [{}], parameters: { input: 'json', rowsAsJson: JSON.stringify(ROWS) } }],
	['a JSON file', { items: [{}], files: [{ data: { content: JSON.stringify(ROWS) } }], parameters: { input: 'file' } }],
])('%s', async (_, options) => {
	const { outputs } = await lab.run({ ...options, onError: 'continueRegularOutput' });
	expect(statuses(outputs[0])).toEqual(['created', 'created', 'invalid']);
	expect(outputs[0]?.[2]?.json.reason).toMatch(/may be a total of the rows above it/);
	expect(lab.sandbox.users().map(({ userId }) => userId)).toEqual(['s1', 's2']);
});

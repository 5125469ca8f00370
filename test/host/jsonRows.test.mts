// Input: JSON with an expression: it is worked out for each item, and the event loop gets its turns meanwhile (law 11).

import { expect, test } from 'vitest';
import { eachRow } from '../../nodes/TokenIm/engine/rows/rowReader';
import { chosenInput } from '../../nodes/TokenIm/host/chosenInput';
import { properties } from '../../nodes/TokenIm/description';
import { runWorkflow } from './engine.mts';
import { nodeThat } from './fakeNode.mts';

test('rows of many items are read with turns of the event loop between them', async () => {
	const ITEMS = 100;
	let turns = 0;
	let clock = 0;
	const node = nodeThat(async (host) => {
		const now = () => (clock += 4);
		const breathe = async () => void turns++;
		const source = await chosenInput(host, { now, breathe });
		const seen: unknown[] = [];
		for await (const { item, columns } of eachRow(source.rows())) seen.push([item, columns.userId]);
		expect(seen).toEqual(Array.from({ length: ITEMS }, (_, index) => [index, `s${index}`]));
		return [];
	});
	const nodeType = { ...node, description: { ...node.description, properties } };
	const items = Array.from({ length: ITEMS }, (_, index) => ({ rows: [{ userId: `s${index}` }] }));
	const { error } = await runWorkflow({
		items,
		parameters: { input: 'json', rowsAsJson: '={{ $json.rows }}' },
		nodeType,
		credentials: {},
	});
	expect(error).toBe(undefined);
	expect(turns).toBeGreaterThanOrEqual(ITEMS / 8);
});

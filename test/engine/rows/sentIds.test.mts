// What a run remembers of rows that it sent: the last of each id, for as long as a later row may be compared with it.

import { expect, it } from 'vitest';

import { newTask } from '../../../nodes/TokenIm/engine/delivery/task';
import { SentIds } from '../../../nodes/TokenIm/engine/rows/sentIds';
import type { Outcome } from '../../../nodes/TokenIm/engine/types';

const held: Outcome = { kind: 'found', record: {} };

/** Sends rows 0 to `count` of as many ids, then one more with the id of row 0; says whether that one is compared. */
function comparesAfter(count: number, reach: number): boolean {
	const sent = new SentIds(reach);
	for (let position = 0; position <= count; position++) {
		const id = `u${position === count ? 0 : position}`;
		const task = newTask({ id, fields: {} }, position);
		task.outcome = { kind: 'done', status: 'updated' };
		task.foreseen = { would: 'updated', before: held, after: held };
		expect(sent.has(id)).toBe(position === count);
		sent.add(id, task);
		if (position < count) continue;
		let isCompared = false;
		sent.compareAgain({ tasks: [task], parts: [''], revision: 0 }, () => {
			isCompared = true;
			return { kind: 'send' };
		});
		return isCompared;
	}
	return false;
}

it.each([
	[1, 10, true],
	[10, 10, true],
	[11, 10, false],
	[5_000, 10, false],
	[4_000, 4_000, true],
])('a row %i behind, where %i are in reach, is compared: %s; its id is known for ever', (behind, reach, expected) => {
	expect(comparesAfter(behind, reach)).toBe(expected);
});

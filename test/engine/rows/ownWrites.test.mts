// What a run remembers of rows that it sent: the last of each id, for as long as a later row may be compared with it.

import { describe, expect, it } from 'vitest';

import { newTask } from '../../../nodes/TokenIm/engine/delivery/task';
import { OwnWrites } from '../../../nodes/TokenIm/engine/rows/ownWrites';
import type { Outcome, Task } from '../../../nodes/TokenIm/engine/types';

const held: Outcome = { kind: 'found', record: {} };

/** Sends rows 0 to `count` of as many ids, then one more with the id of row 0; says whether that one is compared. */
function comparesAfter(count: number, reach: number): boolean {
	const sent = new OwnWrites(reach);
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

describe('what a later row is compared with', () => {
	const before: Outcome = { kind: 'missing' };
	const after: Outcome = { kind: 'found', record: { value: 'A' } };
	const taskAt = (position: number, more: Partial<Task> = {}): Task =>
		Object.assign(newTask({ id: 'u1', fields: {} }, position), more);
	const foreseen: Task['foreseen'] = { would: 'created', before, after };

	/** What the second task of an id is compared with; `undefined` where it is not. */
	function comparedWith(earlier: Task, later: Task = taskAt(110)): Outcome | undefined {
		const sent = new OwnWrites(10);
		sent.add('u1', earlier);
		sent.add('u1', later);
		let seen: Outcome | undefined;
		sent.compareAgain({ tasks: [later], parts: [''], revision: 0 }, (_, now) => {
			seen = now;
			return { kind: 'send' };
		});
		return seen;
	}

	it.each<[string, Partial<Task>, Outcome | undefined]>([
		['was refused: what was there before', { outcome: refused(), foreseen }, before],
		['was done: what it wrote', { outcome: { kind: 'done', status: 'created' }, foreseen }, after],
		[
			'made somebody: with the id that the service gave',
			{ outcome: { kind: 'done', status: 'created', imId: 'im1' }, foreseen },
			{ ...after, imId: 'im1' },
		],
		[
			'left nobody there: nobody, whatever the answer names',
			{ outcome: { kind: 'done', status: 'deleted', imId: 'im1' }, foreseen: { ...foreseen, after: before } },
			before,
		],
		['would be done: what it would write', { outcome: { kind: 'valid', would: 'created' }, foreseen }, after],
		[
			'would be refused: what was there before',
			{ outcome: { kind: 'valid', would: 'failed' }, foreseen: { ...foreseen, would: 'failed' } },
			before,
		],
		['is unknown: with nothing', { outcome: { kind: 'unknown', reason: 'Lost.' }, foreseen }, undefined],
		['was not looked up: with nothing', { outcome: { kind: 'done', status: 'created' } }, undefined],
		['is not settled: with nothing', { foreseen }, undefined],
	])('where the earlier one %s', (_, earlier, expected) => {
		expect(comparedWith(taskAt(100, earlier))).toEqual(expected);
	});

	it('is what it finds: then it is not sent, and the next one is compared with that', () => {
		const sent = new OwnWrites(10);
		const earlier = taskAt(100, { outcome: { kind: 'done', status: 'created' }, foreseen });
		const [later, other] = [taskAt(101), newTask({ id: 'u2', fields: {} }, 102)];
		for (const task of [earlier, later]) sent.add('u1', task);
		sent.add('u2', other);
		const chunk = { tasks: [later, other], parts: ['l', 'o'], revision: 3 };
		const outcome: Outcome = { kind: 'done', status: 'unchanged' };
		const left = sent.compareAgain(chunk, () => ({ kind: 'done', outcome }));
		expect(left).toEqual({ tasks: [other], parts: ['o'], revision: 3 });
		expect(later).toMatchObject({ outcome, foreseen: { would: 'unchanged', before: after, after } });
	});

	it('is asked once, and a chunk of which all is sent stays as it is', () => {
		const sent = new OwnWrites(10);
		const [earlier, later] = [taskAt(0, { outcome: { kind: 'done', status: 'created' }, foreseen }), taskAt(1)];
		for (const task of [earlier, later]) sent.add('u1', task);
		const chunk = { tasks: [later], parts: [''], revision: 0 };
		let asked = 0;
		const decide = () => {
			asked++;
			return { kind: 'send', foreseen } as const;
		};
		expect(sent.compareAgain(chunk, decide)).toBe(chunk);
		expect(sent.compareAgain(chunk, decide)).toBe(chunk);
		expect([asked, later.foreseen]).toEqual([1, foreseen]);
	});
});

function refused(): Outcome {
	return { kind: 'failed', code: 'no', message: 'No.', retryable: false };
}

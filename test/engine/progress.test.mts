// What a run counts, and what of that reaches the log (law 10).

import { describe, expect, it } from 'vitest';

import { Progress } from '../../nodes/TokenIm/engine/progress';
import type { Verdict } from '../../nodes/TokenIm/engine/types';

const of = (status: 'created' | 'exists', createdBy?: 'unknown'): Verdict => ({
	status,
	createdBy,
	userId: 'secret-name',
	row: 1,
	attempts: 1,
	requestId: 'secret-request',
	batch: 1,
});

function watched() {
	let now = 1_000_000;
	const lines: Array<readonly [message: string, counts: Readonly<Record<string, number>>]> = [];
	const progress = new Progress({ now: () => now, log: (message, counts) => lines.push([message, counts]) });
	return {
		progress,
		lines,
		after(ms: number, verdict: Verdict): void {
			now += ms;
			progress.count(verdict);
		},
	};
}

describe('the log of a run', () => {
	it('gets one line each half minute, with counts and nothing else', () => {
		const { lines, after } = watched();
		after(29_999, of('created'));
		expect(lines).toEqual([]);
		after(1, of('exists'));
		after(29_999, of('created'));
		expect(lines).toEqual([['TokenIM: rows so far', { created: 1, exists: 1 }]]);
		after(1, of('created'));
		expect(lines[1]).toEqual(['TokenIM: rows so far', { created: 3, exists: 1 }]);
		expect(JSON.stringify(lines)).not.toContain('secret');
	});
});

describe('the report of a run', () => {
	it('counts verdicts by status, and apart those whose creator is not known', () => {
		const { progress, after } = watched();
		for (const verdict of [of('created'), of('exists'), of('exists', 'unknown'), of('exists', 'unknown')])
			after(1, verdict);
		expect(progress.report().counts).toEqual(
			new Map([
				['created', 1],
				['exists', 3],
			]),
		);
		expect(progress.report().createdByUnknown).toBe(2);
	});

	it('of nothing is empty', () => {
		expect(watched().progress.report()).toEqual({ counts: new Map(), createdByUnknown: 0 });
	});
});

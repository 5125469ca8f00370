// What a run counts, and what of that reaches the log (law 10).

import { describe, expect, it } from 'vitest';

import { Progress } from '../../nodes/TokenIm/engine/progress';
import type { Verdict } from '../../nodes/TokenIm/engine/types';
import { VirtualClock } from './clock.mts';

const of = (status: 'created' | 'exists', createdBy?: 'unknown'): Verdict => ({
	status,
	createdBy,
	userId: 'secret-name',
	row: 1,
	attempts: 1,
	requestId: 'secret-request',
	batch: 1,
});

type Line = readonly [message: string, counts: Readonly<Record<string, number>>];

function watched() {
	const clock = new VirtualClock();
	const lines: Line[] = [];
	const over = new AbortController();
	const progress = new Progress({ sleep: clock.sleep, log: (message, counts) => lines.push([message, counts]) });
	return { clock, lines, over, progress };
}

describe('the log of a run', () => {
	it('gets one line each half minute, also while nothing happens, with counts and nothing else', async () => {
		const { clock, lines, over, progress } = watched();
		const kept = progress.keepLog(over.signal);
		progress.count(of('created'));
		await clock.run(clock.sleep(29_999));
		expect(lines).toEqual([]);
		await clock.run(clock.sleep(2));
		progress.count(of('exists'));
		await clock.run(clock.sleep(90_000));
		const later = { created: 1, exists: 1 };
		expect(lines.map(([, counts]) => counts)).toEqual([{ created: 1 }, later, later, later]);
		expect(lines[0]?.[0]).toBe('TokenIM: rows so far');
		expect(JSON.stringify(lines)).not.toContain('secret');
		over.abort();
		await clock.run(kept);
		expect(lines).toHaveLength(4);
	});

	it('stays empty where a run takes less', async () => {
		const { clock, lines, over, progress } = watched();
		const kept = progress.keepLog(over.signal);
		over.abort();
		await clock.run(kept);
		expect(lines).toEqual([]);
	});
});

describe('the report of a run', () => {
	it('counts verdicts by status, and apart those whose creator is not known', () => {
		const { progress } = watched();
		for (const verdict of [of('created'), of('exists'), of('exists', 'unknown'), of('exists', 'unknown')])
			progress.count(verdict);
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

// What a run counts, and what of that reaches the log (law 10).

import { describe, expect, it } from 'vitest';

import { Progress, type Standing } from '../../nodes/TokenIm/engine/progress';
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

const QUIET = { requests: 0, isAmiss: false };

function watched() {
	const clock = new VirtualClock();
	const lines: string[] = [];
	const over = new AbortController();
	const progress = new Progress({ sleep: clock.sleep, log: (line) => lines.push(line) });
	return { clock, lines, over, progress };
}

describe('the log of a run', () => {
	it('gets one line each half minute, also while nothing happens, with counts in the message and nothing else', async () => {
		const { clock, lines, over, progress } = watched();
		let standing: Standing = { requests: 1, isAmiss: true };
		const kept = progress.keepLog(over.signal, () => standing);
		await clock.run(clock.sleep(29_999));
		expect(lines).toEqual([]);
		await clock.run(clock.sleep(2));
		for (let row = 0; row < 1_234; row++) progress.count(of('created'));
		standing = { requests: 1_013, isAmiss: false };
		await clock.run(clock.sleep(30_000));
		progress.count(of('exists'));
		await clock.run(clock.sleep(60_000));
		const later = 'TokenIM: created 1,234, exists 1, 1,013 requests so far';
		expect(lines).toEqual([
			'TokenIM: no row is done yet, 1 request so far; the service did not carry out the last one, so the run waits and tries again',
			'TokenIM: created 1,234, 1,013 requests so far',
			later,
			later,
		]);
		over.abort();
		await clock.run(kept);
		expect(lines).toHaveLength(4);
	});

	it('stays empty where a run takes less', async () => {
		const { clock, lines, over, progress } = watched();
		const kept = progress.keepLog(over.signal, () => QUIET);
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

// The headline of Validate Only with a look-up: what the run would do, and what that takes as far as that is known.

import { describe, expect, test } from 'vitest';
import type { Judgement, WouldStatus } from '../../nodes/TokenIm/engine/types';
import { planHeadline, type PlanFacts } from '../../nodes/TokenIm/output/planWords';
import { Tally } from '../../nodes/TokenIm/output/tally';

const NUMBERS = { row: 1, attempts: 1, requestId: undefined, batch: 1 };
const WOULDS = new Map<WouldStatus, number>([
	['unchanged', 9_979],
	['updated', 12],
	['created', 9],
]);
const DEEDS = 'Nothing was written. Would create 9, update 12, leave 9,979 as they are';
const looked = { requests: 51, spared: { sent: 1, ofAll: 101 } };

describe('the headline of a plan', () => {
	test.each<[string, PlanFacts, string]>([
		[
			'all of it',
			{ ...looked, requestsPerSecond: 20, userRoom: 31_000 },
			": 52 requests instead of 101, about 3 s at this plan's rate, room for 31,000 more",
		],
		['no rate', { ...looked, userRoom: 31_000 }, ': 52 requests instead of 101, room for 31,000 more'],
		['no quota', { ...looked, requestsPerSecond: 20 }, ": 52 requests instead of 101, about 3 s at this plan's rate"],
		['nothing', { requests: 51 }, ''],
		[
			'a look that broke off',
			{ ...looked, requestsPerSecond: 20, userRoom: 0, ended: { reason: 'r' } },
			': room for 0 more',
		],
		[
			'a slow plan',
			{ ...looked, requestsPerSecond: 0.2 },
			": 52 requests instead of 101, about 5 min at this plan's rate",
		],
		[
			'no request that is spared',
			{ requests: 51, spared: { sent: 100, ofAll: 101 } },
			': 151 requests (Send at Every Row would take 101)',
		],
		['one', { requests: 0, spared: { sent: 1, ofAll: 5 } }, ': 1 request instead of 5'],
	])('knows %s', (_what, facts, tail) => {
		expect(planHeadline(WOULDS, facts)).toBe(`${DEEDS}${tail}`);
	});

	test('has words for every status that a run may give', () => {
		const all: WouldStatus[] = ['created', 'updated', 'unchanged', 'exists', 'added', 'deleted', 'absent', 'failed'];
		expect(planHeadline(new Map([...all, 'notAttempted' as const].map((status) => [status, 1])), { requests: 1 })).toBe(
			'Nothing was written. Would create 1, update 1, leave 1 as they are, find 1 that exist, add 1, delete 1, find 1 already gone, fail at 1, not get to 1',
		);
	});

	test('tells what needs attention too, and the summary has the numbers', () => {
		const tally = new Tally();
		const rows: Judgement[] = [
			{ status: 'valid', would: 'created' },
			{ status: 'valid', would: 'unchanged', active: false },
			{ status: 'notAttempted', reason: 'r' },
		];
		for (const row of rows) tally.add({ ...row, ...NUMBERS });
		expect(tally.headline({ requests: 2, spared: { sent: 1, ofAll: 3 }, userRoom: 5 })).toBe(
			'Nothing was written. Would create 1, leave 1 as they are: 3 requests (Send at Every Row would take 3), room for 5 more. 1 needs attention (1 × not attempted). 1 of them is suspended (active: false) and cannot sign in',
		);
		expect(tally.summary()).toMatchObject({ would: { created: 1, unchanged: 1 }, suspended: 1 });
	});
});

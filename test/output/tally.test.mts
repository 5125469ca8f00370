import { describe, expect, test } from 'vitest';
import type { Judgement, Verdict } from '../../nodes/TokenIm/engine/types';
import { isFailed, isOnlyCounted, needsAttention, Tally } from '../../nodes/TokenIm/output/tally';

const NUMBERS = { row: 1, attempts: 1, requestId: undefined, batch: 1 };
const verdict = (judgement: Judgement): Verdict => ({ ...judgement, ...NUMBERS });
const issue = (field: string, code: string) => ({ column: field, field, code, found: 'x', expected: 'y', fix: 'z' });

function tallyOf(...rows: Array<readonly [number, Judgement]>): Tally {
	const tally = new Tally();
	for (const [times, judgement] of rows) for (let row = 0; row < times; row++) tally.add(verdict(judgement));
	return tally;
}

const FAILED: Judgement = { status: 'failed', code: 'username_blocked', message: 'm', retryable: false };
const members = { added: 1, exists: 0, failed: [], unknown: [], notAttempted: [] };

describe('which rows failed, and which need attention', () => {
	test.each<[Judgement, boolean, boolean]>([
		[{ status: 'created' }, false, false],
		[{ status: 'updated' }, false, false],
		[{ status: 'unchanged' }, false, false],
		[{ status: 'exists' }, false, false],
		[{ status: 'deleted' }, false, false],
		[{ status: 'absent' }, false, false],
		[{ status: 'kept', reason: 'It was there before.' }, false, false],
		[{ status: 'added' }, false, false],
		[{ status: 'found' }, false, false],
		[{ status: 'valid' }, false, false],
		[{ status: 'missing' }, false, true],
		[{ status: 'mismatch', differences: [] }, false, true],
		[{ status: 'invalid', issues: [] }, true, true],
		[FAILED, true, true],
		[{ status: 'unknown', reason: 'r' }, true, true],
		[{ status: 'notAttempted', reason: 'r' }, true, true],
		[{ status: 'created', members }, false, false],
		[{ status: 'created', members: { ...members, unknown: ['s1'] } }, false, true],
		[{ status: 'exists', members: { ...members, failed: [{ userId: 's1', code: 'c', message: 'm' }] } }, false, true],
		[{ status: 'created', members: { ...members, notAttempted: ['s1'] } }, false, true],
	])('%j', (judgement, failed, attention) => {
		expect([isFailed(verdict(judgement)), needsAttention(verdict(judgement))]).toEqual([failed, attention]);
	});
});

describe('the headline', () => {
	test('counts what was done, and what needs attention with its reasons', () => {
		const tally = tallyOf(
			[7, { status: 'invalid', issues: [issue('userId', 'repeated')] }],
			[31, { status: 'exists' }],
			[12, { status: 'invalid', issues: [issue('phone', 'not_a_phone')] }],
			[9_950, { status: 'created' }],
		);
		expect(tally.headline()).toBe(
			'9,950 created, 31 existed, 19 need attention (12 × Phone is not a phone number, 7 × same as another row)',
		);
	});

	test('begins with the groups of a roster, each counted once', () => {
		const member = (groupId: string, group: Judgement['status'], status: 'added' | 'exists' = 'added'): Judgement => ({
			status,
			groupId,
			userId: 'u',
			group,
		});
		const refused: Judgement = { ...FAILED, groupId: 'c', userId: 'u', group: 'created' };
		const tally = tallyOf(
			[5, member('a', 'created')],
			[3, member('b', 'created')],
			[2, member('d', 'exists', 'exists')],
			[1, refused],
		);
		expect(tally.headline()).toBe(
			'3 groups created, 1 existed; 8 members added, 2 existed, 1 needs attention (1 × username blocked)',
		);
		expect(tally.summary()).toMatchObject({ groups: { created: 3, exists: 1 } });
		expect(tallyOf([1, member('a', 'created')]).headline()).toBe('1 group created; 1 member added');
	});

	test('of members that came into groups speaks of them alone', () => {
		const added: Judgement = { status: 'added', groupId: 'a', userId: 'u', group: 'added' };
		expect(tallyOf([2, added]).headline()).toBe('2 members added');
	});

	test('tells what was left as it was, and who of them is suspended', () => {
		const tally = tallyOf([9_978, { status: 'unchanged' }], [12, { status: 'updated' }]);
		expect(tally.headline()).toBe('12 updated, 9,978 unchanged');
		tally.add(verdict({ status: 'unchanged', active: false }));
		expect(tally.headline()).toBe(
			'12 updated, 9,979 unchanged. 1 of them is suspended (active: false) and cannot sign in',
		);
		tally.add(verdict({ status: 'updated', active: false }));
		expect(tally.headline()).toBe(
			'13 updated, 9,979 unchanged. 2 of them are suspended (active: false) and cannot sign in',
		);
		expect(tally.summary()).toMatchObject({ statuses: { unchanged: 9_979, updated: 13 }, suspended: 2 });
	});

	test('counts who was taken out of groups and who was held, for the summary', () => {
		const members = { added: 0, exists: 3, failed: [], unknown: [], notAttempted: [] };
		const tally = tallyOf(
			[2, { status: 'updated', groupId: 'a', members: { ...members, removed: ['u1', 'u2'] } }],
			[1, { status: 'updated', groupId: 'b', members: { ...members, held: ['u3'], heldBecause: 'brake' } }],
			[1, { status: 'unchanged', groupId: 'c', members }],
		);
		expect(tally.summary()).toMatchObject({ removedMembers: 4, heldMembers: 1 });
		expect(Object.keys(tallyOf([1, { status: 'unchanged', groupId: 'c', members }]).summary())).not.toContain(
			'removedMembers',
		);
	});

	test('is short when all is well', () => {
		expect(tallyOf([1, { status: 'found' }]).headline()).toBe('1 found');
	});

	test('says that there were no rows', () => {
		expect(tallyOf().headline()).toBe('no rows came in');
	});

	test('names five reasons and sums up the others', () => {
		const rows = Array.from({ length: 8 }, (_, index) => [8 - index, { ...FAILED, code: `code_${index}` }] as const);
		expect(tallyOf(...rows).headline()).toBe(
			'36 need attention (8 × code 0, 7 × code 1, 6 × code 2, 5 × code 3, 4 × code 4, 6 × other reasons)',
		);
	});

	test('says how many may be the work of a lost answer', () => {
		const tally = tallyOf([2, { status: 'exists', createdBy: 'unknown' }], [1, { status: 'exists' }]);
		expect(tally.headline()).toBe(
			'3 existed. Of those that existed, 2 may have been created by this run: an answer was lost',
		);
	});

	test('stays short whatever codes a service makes up', () => {
		const rows = Array.from(
			{ length: 5_000 },
			(_, index) => [1, { ...FAILED, code: `${'x'.repeat(500)}${index}` }] as const,
		);
		const tally = tallyOf(...rows);
		expect(tally.headline().length).toBeLessThan(500);
		expect(JSON.stringify(tally.summary()).length).toBeLessThan(200_000);
	});
});

test('the summary is the same in data', () => {
	const tally = tallyOf(
		[2, { status: 'created' }],
		[1, FAILED],
		[1, { status: 'notAttempted', reason: 'r', code: 'plan_quota_exhausted' }],
	);
	expect(tally.summary()).toEqual({
		rows: 4,
		succeeded: 2,
		failed: 2,
		needAttention: 2,
		statuses: { created: 2, failed: 1, notAttempted: 1 },
		reasons: [
			{ reason: 'username blocked', rows: 1 },
			{ reason: 'not attempted: plan quota exhausted', rows: 1, cure: 'r' },
		],
	});
});

describe('a verdict of which only the status counts', () => {
	test.each<[boolean, Judgement]>([
		[true, { status: 'unchanged', userId: 'u1', imId: 'i1' }],
		[true, { status: 'created', userId: 'u1' }],
		[true, { status: 'updated', userId: 'u1', changes: [{ field: 'username', from: 'A', to: 'B' }] }],
		[false, { status: 'exists', userId: 'u1', createdBy: 'unknown' }],
		[false, { status: 'unchanged', userId: 'u1', active: false }],
		[false, { status: 'valid', userId: 'u1', would: 'created' }],
		[false, { status: 'added', groupId: 'g1', group: 'created' }],
		[false, { status: 'created', groupId: 'g1', members: { ...members, failed: [] } }],
		[false, { status: 'missing', userId: 'u1' }],
		[false, FAILED],
	])('%s: %o', (isOnly, judgement) => {
		expect(isOnlyCounted(verdict(judgement))).toBe(isOnly);
		if (!isOnly) return;
		const standIn = { status: judgement.status } as Judgement;
		expect(tallyOf([2, standIn]).summary()).toEqual(tallyOf([2, judgement]).summary());
		expect(tallyOf([2, standIn]).headline()).toBe(tallyOf([2, judgement]).headline());
	});
});

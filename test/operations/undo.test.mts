// Undo: who was created by an earlier run, and is still that very account, goes; everybody else stays, with a reason.

import { describe, expect, it } from 'vitest';

import type { Verdict } from '../../nodes/TokenIm/engine/types';
import { createLab, type Lab, type LabRun } from './lab.mts';
import type { ParameterValues } from './parameters.mts';

const CREATE: ParameterValues = { resource: 'user', operation: 'batchCreate', ifUserExists: 'keep' };
const UNDO: ParameterValues = { resource: 'user', operation: 'undo' };
const DELETE: ParameterValues = { resource: 'user', operation: 'deleteEvery' };
type Row = Readonly<Record<string, unknown>>;

const people = (...ids: string[]) => ids.map((userId) => ({ userId, username: userId }));
const statusesOf = (ran: LabRun): string[] => ran.verdicts.map(({ status }) => status);
const reasonOf = (verdict: Verdict | undefined) => (verdict !== undefined && 'reason' in verdict ? verdict.reason : '');
const idsIn = ({ service }: Lab) => service.users().map(({ userId }) => userId);
const resultsOf = ({ verdicts }: LabRun): Row[] => verdicts.map((verdict) => ({ ...verdict }));

async function imported(...ids: string[]): Promise<{ readonly lab: Lab; readonly results: Row[] }> {
	const lab = createLab({ plan: 'unpaced' });
	const results = resultsOf(await lab.run(CREATE, people(...ids)));
	await lab.rest(5_000);
	return { lab, results };
}

describe('what a run has created', () => {
	it('is deleted, and is gone already the second time', async () => {
		const { lab, results } = await imported('a', 'b');
		expect(statusesOf(await lab.run(UNDO, results, { executionId: '2' }))).toEqual(['deleted', 'deleted']);
		expect(idsIn(lab)).toEqual([]);
		await lab.rest(5_000);
		const again = await lab.run(UNDO, results, { executionId: '3' });
		expect(statusesOf(again)).toEqual(['absent', 'absent']);
		expect(again.attempts.map(({ endpoint }) => endpoint)).toEqual(['limits', 'users/query', 'users/query']);
	});

	it('is kept where it is another account now: deleted meanwhile, and created by somebody else', async () => {
		const { lab, results } = await imported('a', 'b');
		await lab.run(DELETE, people('a'), { executionId: '2' });
		await lab.run(CREATE, people('a'), { executionId: '3' });
		await lab.rest(5_000);
		const ran = await lab.run(UNDO, results, { executionId: '4' });
		expect(statusesOf(ran)).toEqual(['kept', 'deleted']);
		expect(reasonOf(ran.verdicts[0])).toContain('is another account');
		expect(idsIn(lab)).toEqual(['a']);
	});

	it('is found although look-ups lag behind the import', async () => {
		const lab = createLab({ plan: 'unpaced', readLagMs: 1_900 });
		const results = resultsOf(await lab.run(CREATE, people('a')));
		expect(statusesOf(await lab.run(UNDO, results, { executionId: '2' }))).toEqual(['deleted']);
		expect(idsIn(lab)).toEqual([]);
	});

	it('is sent once where two rows tell of it, and another account of the same ID is looked at by itself', async () => {
		const { lab, results } = await imported('a');
		const other = { ...results[0], imId: 'im_of_somebody' };
		const ran = await lab.run(UNDO, [other, ...results, ...results], { executionId: '2' });
		expect(statusesOf(ran)).toEqual(['kept', 'deleted', 'deleted']);
		expect(ran.attempts.filter(({ endpoint }) => endpoint === 'users/batch-delete')).toHaveLength(1);
	});
});

describe('a row that proves nothing is kept, nothing is asked of it, and it says why', () => {
	it.each<[string, Row, RegExp]>([
		["a CRM's own status", { status: 'active' }, /^Its status is "active", neither "created" nor "updated"\.$/],
		['an updated one that tells no changes', { status: 'updated' }, /no changes/],
		['one that existed', { status: 'exists' }, /"exists"/],
		['one without a status', { status: '' }, /no status/],
		['a status of another writing', { status: 'Created' }, /"Created"/],
		['created, it is not known by whom', { createdBy: 'unknown' }, /not known who created it/],
		['one without an imId', { imId: '' }, /no imId/],
		['an imId that is no text', { imId: { id: 'im_1' } }, /no imId/],
		['an imId that lost its last digits as a number', { imId: 2 ** 53 }, /no imId/],
		['created by whom a spreadsheet wrote with a capital', { createdBy: 'Unknown' }, /not known who created it/],
	])('%s', async (_what, change, reason) => {
		const { lab, results } = await imported('a');
		const ran = await lab.run(UNDO, [{ ...results[0], ...change }], { executionId: '2' });
		expect(ran.verdicts[0]).toMatchObject({ status: 'kept', userId: 'a', reason: expect.stringMatching(reason) });
		expect(ran.attempts.map(({ endpoint }) => endpoint)).toEqual(['limits']);
		expect(idsIn(lab)).toEqual(['a']);
	});

	it('of somebody else whom it names: an id without its zeros, an imId that a spreadsheet changed', async () => {
		const { lab, results } = await imported('007', '7');
		const [first, second] = results;
		const ran = await lab.run(
			UNDO,
			[
				{ ...first, userId: '7' },
				{ ...second, imId: 7 },
			],
			{ executionId: '2' },
		);
		expect(statusesOf(ran)).toEqual(['kept', 'kept']);
		expect(idsIn(lab)).toEqual(['007', '7']);
	});
});

it('who cannot be looked up is not deleted', async () => {
	const { lab, results } = await imported('a');
	lab.service.setFaults([{ when: { endpoint: 'users/query' }, do: { kind: 'emptyBody' } }]);
	const ran = await lab.run(UNDO, results, { executionId: '2' });
	expect(statusesOf(ran)).toEqual(['notAttempted']);
	expect(reasonOf(ran.verdicts[0])).toContain('could not be looked up');
	expect(idsIn(lab)).toEqual(['a']);
});

it('Validate Only tells what it then does, and deletes nobody', async () => {
	const { lab, results } = await imported('a', 'b', 'c');
	await lab.run(DELETE, people('b', 'c'), { executionId: '2' });
	await lab.run(CREATE, people('c'), { executionId: '3' });
	await lab.rest(5_000);
	const tried = await lab.run({ ...UNDO, validateOnly: true }, results, { executionId: '4' });
	expect(tried.verdicts.map((verdict) => 'would' in verdict && verdict.would)).toEqual(['deleted', 'absent', 'kept']);
	expect(idsIn(lab)).toEqual(['a', 'c']);
});

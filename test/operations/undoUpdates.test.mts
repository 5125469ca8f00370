// Undo of updates: earlier values go back where the user still holds what the run wrote; all else is kept, and told.

import { describe, expect, it } from 'vitest';

import type { Verdict } from '../../nodes/TokenIm/engine/types';
import { createLab, type Lab, type LabRun } from './lab.mts';
import type { ParameterValues } from './parameters.mts';

type Row = Readonly<Record<string, unknown>>;

const UPSERT: ParameterValues = { resource: 'user', operation: 'batchUpsert', emptyCells: 'clear' };
const UNDO: ParameterValues = { resource: 'user', operation: 'undo' };
const statusesOf = (ran: LabRun): string[] => ran.verdicts.map(({ status }) => status);
const reasonOf = (verdict: Verdict | undefined) => (verdict !== undefined && 'reason' in verdict ? verdict.reason : '');
const resultsOf = ({ verdicts }: LabRun): Row[] => verdicts.map((verdict) => ({ ...verdict }));
const writesIn = ({ attempts }: LabRun) =>
	attempts.filter(({ endpoint }) => endpoint === 'users/batch' || endpoint === 'users/batch-delete');

let executions = 0;
const next = () => ({ executionId: `undo-${++executions}` });

/** What stands in the service, without what it gives of itself. */
const heldIn = ({ service }: Lab) =>
	service
		.users()
		.map(({ imId: _, ...fields }) => JSON.parse(JSON.stringify(fields)))
		.sort((one, other) => (one.userId < other.userId ? -1 : 1));

const ANN = { userId: 'ann', username: 'Ann', email: 'ann@example.com', attributes: { class: '3B', seats: 4 } };
const BEN = { userId: 'ben', username: 'Ben' };
const ROWS = [
	{ userId: 'ann', username: 'Anna', email: null, attributes: { class: '4A', seats: 5, room: 'x' } },
	{ userId: 'cid', username: 'Cid' },
	{ userId: 'ben', username: 'Ben' },
];

/** A lab in which a run has updated ann, created cid and left ben as he was. */
async function updated(rows: readonly Row[] = ROWS, readLagMs = 0) {
	const lab = createLab({ plan: 'unpaced', readLagMs });
	await lab.run(UPSERT, [ANN, BEN], next());
	await lab.rest(5_000);
	const before = heldIn(lab);
	const results = resultsOf(await lab.run(UPSERT, rows, next()));
	await lab.rest(5_000);
	return { lab, before, results };
}

describe('what a run has changed', () => {
	it('is as it was, and the second time there is nothing left to take back', async () => {
		const { lab, before, results } = await updated();
		expect(results.map(({ status }) => status)).toEqual(['updated', 'created', 'unchanged']);
		const undone = await lab.run(UNDO, results, next());
		expect(statusesOf(undone)).toEqual(['updated', 'deleted', 'kept']);
		expect(undone.verdicts[0]).toMatchObject({ userId: 'ann', imId: results[0]?.imId });
		expect(undone.verdicts[0]).toMatchObject({ kept: undefined });
		expect(writesIn(undone).map(({ endpoint, ids }) => [endpoint, ids])).toEqual([
			['users/batch-delete', ['cid']],
			['users/batch', ['ann']],
		]);
		expect(heldIn(lab)).toEqual(before);
		await lab.rest(5_000);
		const again = await lab.run(UNDO, results, next());
		expect(statusesOf(again)).toEqual(['kept', 'absent', 'kept']);
		expect(reasonOf(again.verdicts[0])).toMatch(/: It holds its earlier value already\.$/);
		expect(writesIn(again)).toEqual([]);
	});

	it('comes back where the undo is undone', async () => {
		const { lab, results } = await updated();
		const after = heldIn(lab).filter(({ userId }) => userId !== 'cid');
		const undone = resultsOf(await lab.run(UNDO, results, next()));
		await lab.rest(5_000);
		expect(statusesOf(await lab.run(UNDO, undone, next()))).toEqual(['updated', 'kept', 'kept']);
		expect(heldIn(lab)).toEqual(after);
	});

	it('goes back as far as nobody has changed it since; the rest is left, and told', async () => {
		const { lab, results } = await updated();
		await lab.run(UPSERT, [{ userId: 'ann', username: 'Annie', attributes: { class: '5C' } }], next());
		await lab.rest(5_000);
		const { verdicts } = await lab.run(UNDO, results.slice(0, 1), next());
		expect(verdicts[0]).toMatchObject({
			status: 'updated',
			changes: [
				{ field: 'email', from: null, to: 'ann@example.com' },
				{ field: 'attributes.seats', from: 5, to: 4 },
				{ field: 'attributes.room', from: 'x', to: null },
			],
			kept: [
				{ field: 'username', reason: expect.stringContaining('somebody has changed it since') },
				{ field: 'attributes.class', reason: expect.stringContaining('somebody has changed it since') },
			],
		});
		expect(heldIn(lab)[0]).toMatchObject({ ...ANN, username: 'Annie', attributes: { class: '5C', seats: 4 } });
	});

	it('is kept where all of it was changed since, and each field stands in the reason', async () => {
		const { lab, results } = await updated([{ userId: 'ann', username: 'Anna' }]);
		await lab.run(UPSERT, [{ userId: 'ann', username: 'Annie' }], next());
		await lab.rest(5_000);
		const undone = await lab.run(UNDO, results, next());
		expect(statusesOf(undone)).toEqual(['kept']);
		expect(reasonOf(undone.verdicts[0])).toMatch(/^username: It holds another value than the one that the run wrote/);
		expect(writesIn(undone)).toEqual([]);
	});

	it('is found although look-ups lag behind the run', async () => {
		const lab = createLab({ plan: 'unpaced', readLagMs: 1_900 });
		await lab.run(UPSERT, [ANN], next());
		await lab.rest(5_000);
		const before = heldIn(lab);
		const results = resultsOf(await lab.run(UPSERT, ROWS.slice(0, 1), next()));
		expect(statusesOf(await lab.run(UNDO, results, next()))).toEqual(['updated']);
		expect(heldIn(lab)).toEqual(before);
	});

	it('is the same however a moment is written', async () => {
		const lab = createLab({ plan: 'unpaced' });
		const [first, second] = ['2026-07-02T08:00:00+08:00', '2026-08-02T08:00:00+08:00'];
		await lab.run(UPSERT, [{ ...BEN, registeredAt: first }], next());
		await lab.rest(5_000);
		const [result] = resultsOf(await lab.run(UPSERT, [{ ...BEN, registeredAt: second }], next()));
		await lab.rest(5_000);
		const changes = [{ field: 'registeredAt', from: first, to: '2026-08-02T00:00:00.000Z' }];
		expect(statusesOf(await lab.run(UNDO, [{ ...result, changes }], next()))).toEqual(['updated']);
		expect(Date.parse(heldIn(lab)[0]?.registeredAt)).toBe(Date.parse(first));
	});

	it('all attributes cleared at once: they come back, and undoing that leaves what came since', async () => {
		const { lab, before, results } = await updated(ROWS.slice(2));
		const { imId } = lab.service.users().find(({ userId }) => userId === 'ann') ?? {};
		const cleared = [
			{
				...results[0],
				userId: 'ann',
				imId,
				status: 'updated',
				changes: [{ field: 'attributes', from: ANN.attributes, to: null }],
			},
		];
		await lab.run(UPSERT, [{ userId: 'ann', attributes: { class: null, seats: null } }], next());
		await lab.rest(5_000);
		const undone = resultsOf(await lab.run(UNDO, cleared, next()));
		expect(undone).toMatchObject([{ status: 'updated' }]);
		expect(heldIn(lab)).toEqual(before);
		await lab.run(UPSERT, [{ userId: 'ann', attributes: { later: 'y' } }], next());
		await lab.rest(5_000);
		expect(statusesOf(await lab.run(UNDO, undone, next()))).toEqual(['updated']);
		expect(heldIn(lab)[0]?.attributes).toEqual({ later: 'y' });
	});
});

describe('rows of one user', () => {
	const two = [
		{ userId: 'ann', username: 'Anna' },
		{ userId: 'ann', username: 'Annie' },
	];

	it('fed in as they came: the last change goes back, the earlier is kept', async () => {
		const { lab, results } = await updated(two);
		expect(statusesOf(await lab.run(UNDO, results, next()))).toEqual(['kept', 'updated']);
		expect(heldIn(lab)[0]?.username).toBe('Anna');
	});

	it('fed in from the last to the first all go back, although look-ups lag behind', async () => {
		const { lab, before, results } = await updated(two, 1_900);
		expect(statusesOf(await lab.run(UNDO, [...results].reverse(), next()))).toEqual(['updated', 'updated']);
		expect(heldIn(lab)).toEqual(before);
	});

	it('who was created and then updated is deleted, and never made anew by the update', async () => {
		const { lab, before, results } = await updated([
			{ userId: 'cid', username: 'Cid' },
			{ userId: 'cid', username: 'Cido' },
		]);
		expect(results.map(({ status }) => status)).toEqual(['created', 'updated']);
		const undone = await lab.run(UNDO, results, next());
		expect(statusesOf(undone)).toEqual(['deleted', 'deleted']);
		expect(writesIn(undone).map(({ endpoint }) => endpoint)).toEqual(['users/batch-delete']);
		expect(heldIn(lab)).toEqual(before);
	});
});

describe('a row is kept, nothing is written, and it says why', () => {
	it.each<[string, Row, RegExp]>([
		['without changes', { changes: [] }, /no changes/],
		['changes that are no JSON', { changes: '[object Object]' }, /cannot be read/],
		['changes without an earlier value', { changes: [{ field: 'username', to: 'Anna' }] }, /cannot be read/],
		[
			'one field twice',
			{ changes: [1, 2].map((from) => ({ field: 'username', from: `${from}`, to: 'Anna' })) },
			/cannot be read/,
		],
		['a value that is none', { changes: [{ field: 'username', from: { a: 1 }, to: 'Anna' }] }, /cannot be read/],
		['a field that is not there', { changes: [{ field: 'password', from: 'x', to: 'y' }] }, /^password: Look-ups do/],
		['the id', { changes: [{ field: 'userId', from: 'x', to: 'ann' }] }, /^userId: Look-ups do not/],
		['a name cleared', { changes: [{ field: 'username', from: null, to: 'Anna' }] }, /cannot be written: expected/],
		['a phone that is none', { changes: [{ field: 'phone', from: '8.6E+12', to: null }] }, /^phone: .* cannot be writ/],
		['no imId', { imId: '' }, /no imId/],
		['another account', { imId: 'im_of_somebody' }, /another account than the one that was updated/],
	])('%s', async (_what, change, reason) => {
		const { lab, results } = await updated();
		const before = heldIn(lab);
		const ran = await lab.run(UNDO, [{ ...results[0], ...change }], next());
		expect(ran.verdicts[0]).toMatchObject({ status: 'kept', userId: 'ann', reason: expect.stringMatching(reason) });
		expect(writesIn(ran)).toEqual([]);
		expect(heldIn(lab)).toEqual(before);
	});
});

it('who is gone is absent', async () => {
	const { lab, results } = await updated();
	await lab.run({ resource: 'user', operation: 'deleteEvery' }, [{ userId: 'ann' }], next());
	await lab.rest(5_000);
	expect(statusesOf(await lab.run(UNDO, results.slice(0, 1), next()))).toEqual(['absent']);
});

it('who cannot be looked up is not written', async () => {
	const { lab, results } = await updated();
	lab.service.setFaults([{ when: { endpoint: 'users/query' }, do: { kind: 'emptyBody' } }]);
	const ran = await lab.run(UNDO, results.slice(0, 1), next());
	expect(statusesOf(ran)).toEqual(['notAttempted']);
	expect(reasonOf(ran.verdicts[0])).toContain('could not be looked up whether somebody has changed it');
	expect(writesIn(ran)).toEqual([]);
});

describe('changes as n8n makes columns of them', () => {
	const columnsOf = (changes: ReadonlyArray<Row>) =>
		Object.fromEntries(
			changes.flatMap((change, place) =>
				['field', 'from', 'to'].map((part) => [`changes.${place}.${part}`, String(change[part] ?? '')]),
			),
		);

	it('are taken back; of a number it is not known whether it was text, so it is kept', async () => {
		const { lab, results } = await updated();
		const { changes, ...others } = results[0] ?? {};
		const cells = columnsOf(Array.isArray(changes) ? changes : []);
		const { verdicts } = await lab.run(UNDO, [{ ...others, ...cells, 'changes.9.field': '' }], next());
		expect(verdicts[0]).toMatchObject({
			status: 'updated',
			kept: [{ field: 'attributes.seats', reason: expect.stringContaining('text or something else') }],
		});
		expect(heldIn(lab)[0]).toMatchObject({ ...ANN, attributes: { class: '3B', seats: 5 } });
	});

	it.each<[was: string, made: number | boolean]>([
		['007', 7],
		['1-2', 46_024],
		['true', true],
	])('and %j, of which a spreadsheet made %j, is kept: what stood there is not known', async (was, made) => {
		const lab = createLab({ plan: 'unpaced' });
		const before = { userId: 'eve', username: 'Eve', attributes: { room: was } };
		await lab.run(UPSERT, [before], next());
		const ran = await lab.run(UPSERT, [{ ...before, attributes: { room: 'B12' } }], next());
		const [{ changes, ...others } = {}] = resultsOf(ran);
		expect(changes).toEqual([{ field: 'attributes.room', from: was, to: 'B12' }]);
		const cells = { 'changes.0.field': 'attributes.room', 'changes.0.from': made, 'changes.0.to': 'B12' };
		const { verdicts } = await lab.run(UNDO, [{ ...others, ...cells }], next());
		expect(verdicts).toMatchObject([{ status: 'kept', reason: expect.stringContaining('text or something else') }]);
		expect(heldIn(lab)).toMatchObject([{ attributes: { room: 'B12' } }]);
	});

	it.each<[string, Row]>([
		['one column of a change is gone', { 'changes.0.field': 'email', 'changes.0.to': '' }],
		['one column of a change is another', { 'changes.0.field': 'email', 'changes.0.from': '', 'changes.0.To': 'x' }],
	])('and are not read where %s', async (_what, cells) => {
		const { lab, results } = await updated();
		const { changes: _, ...others } = results[0] ?? {};
		const ran = await lab.run(UNDO, [{ ...others, ...cells }], next());
		expect(reasonOf(ran.verdicts[0])).toMatch(/cannot be read/);
		expect(writesIn(ran)).toEqual([]);
	});

	it('as a cell of JSON text are the same as the list', async () => {
		const { lab, before, results } = await updated();
		const rows = results.map((result) => ({ ...result, changes: JSON.stringify(result.changes) }));
		expect(statusesOf(await lab.run(UNDO, rows, next()))).toEqual(['updated', 'deleted', 'kept']);
		expect(heldIn(lab)).toEqual(before);
	});
});

it('Validate Only tells what it then does, and writes nothing', async () => {
	const rows = [...ROWS, { userId: 'dan', username: 'Dan' }, { userId: 'ben', username: 'Benno' }];
	const { lab, results } = await updated(rows);
	await lab.run(UPSERT, [{ userId: 'ann', username: 'Annie' }], next());
	await lab.rest(5_000);
	const before = heldIn(lab);
	const again = [...results].reverse();
	const tried = await lab.run({ ...UNDO, validateOnly: true }, [...again, ...again], next());
	expect(writesIn(tried)).toEqual([]);
	expect(heldIn(lab)).toEqual(before);
	const ran = await lab.run(UNDO, [...again, ...again], next());
	const told = (verdict: Verdict, status: unknown) => [
		status,
		'changes' in verdict ? verdict.changes : undefined,
		'kept' in verdict ? verdict.kept : undefined,
	];
	expect(tried.verdicts.map((one) => told(one, 'would' in one ? one.would : one.status))).toEqual(
		ran.verdicts.map((one) => told(one, one.status)),
	);
	expect(statusesOf(ran)).toEqual([
		...['updated', 'deleted', 'kept', 'deleted', 'updated'],
		...['kept', 'deleted', 'kept', 'deleted', 'kept'],
	]);
});

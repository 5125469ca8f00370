// The brake of what takes away (law 14), on the virtual clock.

import { describe, expect, it } from 'vitest';

import type { BrakeSetting, Operation } from '../../../nodes/TokenIm/engine/operation';
import type { Issue } from '../../../nodes/TokenIm/engine/types';
import { judgementOf } from '../../../nodes/TokenIm/operations/judgement';
import { validateOnly } from '../../../nodes/TokenIm/operations/validateOnly';
import { scriptedCall } from '../service.mts';
import { ids, runRows, type Script, type WorldOptions } from '../world.mts';

const ISSUE: Issue = {
	column: 'id',
	field: 'userId',
	code: 'bad',
	found: 'x',
	expected: 'a good one',
	fix: 'Mend it.',
};
const fold = (id: string) => id.toLowerCase();
const call = scriptedCall('delete', { fold, settlement: 'again' });
const gone: Script = ({ name, ids: sent }) =>
	name === 'delete' ? { results: sent.map((id) => ({ id, answer: { status: 'deleted' } })) } : undefined;

const prepare: Operation['prepare'] = ({ columns, issues }) => {
	const id = String(columns.id);
	if (issues !== undefined) return { ok: false, issues };
	if (id.startsWith('bad')) return { ok: false, issues: [ISSUE] };
	return { ok: true, entry: { id, fields: {} }, ...(id.startsWith('kept') ? { kept: 'as it is' } : {}) };
};

async function takeAway(
	rows: readonly string[],
	most: number,
	more: Partial<Operation> = {},
	options: Partial<WorldOptions> = {},
) {
	const brake: BrakeSetting = { most, setting: 'Delete at Most' };
	const operation: Partial<Operation> = { prepare, repeats: 'share', brake, ...more };
	const ran = await runRows({ ids: rows, call, script: gone, operation, ...options });
	return {
		...ran,
		statuses: ran.verdicts.map(({ status }) => status),
		taken: ran.sentTo('delete').flatMap((sent) => sent.ids),
	};
}

describe('rows that name more than the brake', () => {
	it('are not sent, none of them, and say both numbers; what is invalid or kept stays so', async () => {
		const { verdicts, statuses, taken, report } = await takeAway(['a', 'bad1', 'b', 'kept1', 'c'], 2);
		expect(statuses).toEqual(['notAttempted', 'invalid', 'notAttempted', 'kept', 'notAttempted']);
		expect(taken).toEqual([]);
		expect(verdicts[0]).toMatchObject({ userId: 'a', code: 'brake', attempts: 0 });
		expect(verdicts[0]).toHaveProperty(
			'reason',
			expect.stringContaining('The rows name 3, and "Delete at Most" is 2.'),
		);
		expect(report.ended).toMatchObject({ code: 'brake' });
	});

	it('are counted to their last, far behind the first full request', async () => {
		const { verdicts, taken } = await takeAway(ids(25_000), 24_999);
		expect(taken).toEqual([]);
		expect(verdicts).toHaveLength(25_000);
		expect(verdicts.map(({ row }) => row)).toEqual(ids(25_000).map((_, index) => index + 1));
		expect(verdicts[0]).toHaveProperty(
			'reason',
			expect.stringContaining('name 25,000, and "Delete at Most" is 24,999.'),
		);
	});

	it('are told when nothing is written, too', async () => {
		const real: Operation = {
			call,
			repeats: 'share',
			brake: { most: 1, setting: 'Delete at Most' },
			prepare,
			describe: () => ISSUE,
			carryOut: async () => await Promise.reject(new Error('Validate Only carries nothing out')),
			judge: (entry, outcome) => judgementOf('userId', entry, outcome),
		};
		const tried = await takeAway(['a', 'b'], 1, validateOnly(real));
		expect(tried.statuses).toEqual(['notAttempted', 'notAttempted']);
		const fewer = await takeAway(['a'], 1, validateOnly(real));
		expect(fewer.statuses).toEqual(['valid']);
		expect([...tried.taken, ...fewer.taken]).toEqual([]);
	});
});

describe('rows that name as many as the brake, or fewer,', () => {
	it.each(['share', 'after', 'refuse'] as const)(
		'are sent; an id counts once, however it is written (%s)',
		async (repeats) => {
			const { taken } = await takeAway(['a', 'A', 'b', 'bad1', 'bad2', 'kept1', 'kept2', 'a'], 2, { repeats });
			expect(new Set(taken.map(fold))).toEqual(new Set(['a', 'b']));
		},
	);

	it('are sent in their order once the last was read', async () => {
		const { taken, statuses } = await takeAway(ids(250), 250, {}, { caps: { concurrentRequests: 1 } });
		expect(taken).toEqual(ids(250));
		expect(new Set(statuses)).toEqual(new Set(['deleted']));
	});

	it('come to their end, however many wait for their verdicts', async () => {
		const { statuses } = await takeAway(ids(25_000), 25_000);
		expect(statuses.filter((status) => status === 'deleted')).toHaveLength(25_000);
	});
});

it('0 is no limit', async () => {
	const { statuses } = await takeAway(ids(25_000), 0);
	expect(statuses.filter((status) => status === 'deleted')).toHaveLength(25_000);
});

const BRAKES: ReadonlyArray<Operation['brake']> = [
	{ most: 200, setting: 'Delete at Most' },
	{ most: 0, setting: 'Delete at Most' },
	'proof',
];
const WAYS = BRAKES.flatMap((brake) => (['share', 'after', 'gather'] as const).map((repeats) => ({ brake, repeats })));

describe.each(WAYS)('where one row cannot be read, %j', (way) => {
	it.each(['u1', 'u90', 'u150'])('nobody goes: %s', async (id) => {
		const issues = new Map([[id, [ISSUE]]]);
		const { taken, verdicts, report } = await takeAway(ids(150), 200, way, { issues });
		expect(taken).toEqual([]);
		const { status, code } = Object.assign({ status: '', code: '' }, verdicts[5]);
		expect([status, code]).toEqual(['notAttempted', 'rows_unreadable']);
		expect(verdicts.find(({ row }) => `u${row}` === id)).toMatchObject({ status: 'invalid', issues: [ISSUE] });
		expect(report.ended?.reason).toContain(`Row ${id.slice(1)} could not be read. Nothing was taken away`);
	});

	it('the rows are numbered where there are more', async () => {
		const issues = new Map(ids(20).map((id) => [id, [ISSUE]]));
		const { report } = await takeAway(ids(150), 0, way, { issues });
		expect(report.ended?.reason).toMatch(/^20 rows, the first of them row 1, could not be read\./);
	});
});

it('a row that is only wrong holds nobody', async () => {
	const { taken } = await takeAway(['a', 'bad1', 'b'], 0);
	expect(taken).toEqual(['a', 'b']);
});

it.each(BRAKES)('rows that break off before they were all read take nobody away (%j)', async (brake) => {
	for (const repeats of ['share', 'after', 'gather'] as const) {
		const verdicts: WorldOptions['verdicts'] = [];
		let sent = 0;
		const script: Script = (request, number, world) => {
			if (request.name === 'delete') sent++;
			return gone(request, number, world);
		};
		const running = takeAway(ids(150), 200, { repeats, brake }, { breaksOff: new Error('cut'), verdicts, script });
		await expect(running).rejects.toThrow('cut');
		expect(sent).toBe(0);
		expect(verdicts).toHaveLength(150);
		expect(new Set(verdicts.map((verdict) => 'code' in verdict && verdict.code))).toEqual(new Set(['rows_broke_off']));
	}
});

it('a run that is stopped before they were counted takes nobody away', async () => {
	const { statuses, taken } = await takeAway(ids(150), 200, {}, { cancel: AbortSignal.abort() });
	expect(taken).toEqual([]);
	expect(new Set(statuses)).toEqual(new Set(['notAttempted']));
});

describe.each([{ most: 1_000, setting: 'Delete at Most' }, ...BRAKES.slice(1)])(
	'a Stop in the middle of taking away, %j',
	(brake) => {
		it.each(['share', 'after', 'refuse'] as const)(
			'sends nobody more, and tells what is known (%s)',
			async (repeats) => {
				const stop = new AbortController();
				const carriedOut = new Set<string>();
				let stoppedAt = Infinity;
				const script: Script = (request, number, world) => {
					if (request.name !== 'delete') return undefined;
					if (number === 3) {
						stop.abort();
						stoppedAt = world.clock.now();
						// Carried out, and the answer never comes.
						for (const id of request.ids) carriedOut.add(id);
						return { hang: true };
					}
					for (const id of request.ids) carriedOut.add(id);
					return gone(request, number, world);
				};
				const { statuses, taken, world } = await takeAway(
					ids(1_000),
					0,
					{ brake, repeats },
					{ script, cancel: stop.signal, caps: { concurrentRequests: 2 } },
				);
				expect(world.sent.filter(({ name, at }) => name === 'delete' && at > stoppedAt + 1_000)).toEqual([]);
				expect(new Set(taken).size).toBe(taken.length);
				expect(taken.length).toBeLessThan(600);
				for (const [index, id] of ids(1_000).entries()) {
					const status = statuses[index];
					if (status === 'deleted') expect(carriedOut.has(id)).toBe(true);
					if (status === 'notAttempted') expect([id, carriedOut.has(id)]).toEqual([id, false]);
					expect(['deleted', 'unknown', 'notAttempted']).toContain(status);
				}
				expect(statuses).toContain('unknown');
			},
		);
	},
);

describe('where it is not the id of the row that goes,', () => {
	const members: Operation['prepare'] = ({ columns }) => {
		const [id = '', ...memberIds] = String(columns.id).split(' ');
		return { ok: true, entry: { id, fields: {}, memberIds } };
	};
	const brake: Omit<BrakeSetting, 'most'> = {
		setting: 'Remove at Most',
		idsOf: ({ memberIds = [] }) => memberIds.map(fold),
	};

	it.each(['after', 'gather'] as const)('what the operation names is counted (%s)', async (repeats) => {
		const rows = ['g1 ada bob', 'g2 ADA cem'];
		const within = await takeAway(rows, 0, { prepare: members, repeats, brake: { ...brake, most: 3 } });
		expect(new Set(within.taken)).toEqual(new Set(['g1', 'g2']));
		const over = await takeAway(rows, 0, { prepare: members, repeats, brake: { ...brake, most: 2 } });
		expect(over.taken).toEqual([]);
		expect(new Set(over.statuses)).toEqual(new Set(['notAttempted']));
		expect(over.verdicts[0]).toHaveProperty('reason', expect.stringContaining('name 3, and "Remove at Most" is 2'));
	});
});

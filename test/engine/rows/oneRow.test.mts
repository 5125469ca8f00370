// One row never ends the run (law 4), and what ends it is told as it was (law 1).

import { describe, expect, it } from 'vitest';

import type { Operation } from '../../../nodes/TokenIm/engine/operation';
import type { Row, Verdict } from '../../../nodes/TokenIm/engine/types';
import type { VirtualClock } from '../clock.mts';
import { scriptedCall } from '../service.mts';
import { ids, runRows, type Script } from '../world.mts';

const entryOf = ({ columns }: Row) => ({ id: String(columns.id), fields: { userId: columns.id } });
const throwing: Operation['prepare'] = (row) => {
	if (row.number === 3) throw new RangeError('Maximum call stack size exceeded');
	return { ok: true, entry: { ...entryOf(row), memberIds: [] } };
};

describe.each(['refuse', 'after', 'share', 'gather'] as const)('where ids that come again are to %s', (repeats) => {
	it('a row that cannot be worked through is invalid, and the others go on', async () => {
		const ran = await runRows({ ids: ids(300), operation: { repeats, prepare: throwing } });
		expect(ran.statuses()).toEqual({ created: 299, invalid: 1 });
		expect(ran.report.ended).toBeUndefined();
		expect(ran.verdicts[2]).toMatchObject({
			row: 3,
			issues: [{ code: 'row_unreadable', field: 'row', found: 'RangeError: Maximum call stack size exceeded' }],
		});
	});

	it('so is one that cannot be written into a request; it keeps its id', async () => {
		const call = scriptedCall('create', {
			encode: ({ id }) => {
				if (id === 'u3') throw new TypeError('circular');
				return id;
			},
		});
		const operation: Partial<Operation> = { call, repeats, idField: 'userId' };
		const ran = await runRows({ ids: ids(300), operation });
		expect(ran.statuses()).toEqual({ created: 299, invalid: 1 });
		expect(ran.verdicts[2]).toMatchObject({ row: 3, userId: 'u3', issues: [{ code: 'row_unreadable' }] });
	});

	it('what it threw is cut in its verdict', async () => {
		const prepare: Operation['prepare'] = (row) => {
			if (row.number === 1) throw new Error('x'.repeat(100_000));
			return { ok: true, entry: entryOf(row) };
		};
		const { verdicts } = await runRows({ ids: ids(2), operation: { repeats, prepare } });
		expect(JSON.stringify(verdicts[0]).length).toBeLessThan(1_000);
	});
});

describe('a defect of this package', () => {
	/** Rows of the first chunk are left without a verdict. */
	const judge: Operation['judge'] = (entry) => {
		if (entry.id === 'u7') throw new Error('the true cause');
		return { status: 'created', userId: entry.id };
	};

	it('is told as it was, and not by the verdicts that it left out', async () => {
		await expect(runRows({ ids: ids(300), operation: { judge } })).rejects.toThrow('the true cause');
	});

	it('holds up nobody who waits for its rows', async () => {
		const twice = ['u7', ...ids(300), 'u7'];
		await expect(runRows({ ids: twice, operation: { judge, repeats: 'after' } })).rejects.toThrow('the true cause');
	});

	it('ends the run also where so many rows wait behind it that reading has stopped', async () => {
		const first: Operation['judge'] = (entry) => {
			if (entry.id === 'u1') throw new Error('the true cause');
			return { status: 'created', userId: entry.id };
		};
		const script: Script = (sent, _number, { people }) =>
			sent.ids.includes('u1') ? { ...people.create(sent.ids, sent.key), afterMs: 30_000 } : undefined;
		await expect(runRows({ ids: ids(30_000), operation: { judge: first }, script })).rejects.toThrow('the true cause');
	});

	it('leaves no log behind that goes on for ever, nor does an output that takes no verdict', async () => {
		const fails: ReadonlyArray<Parameters<typeof runRows>[0]> = [
			{ ids: ids(300), operation: { judge } },
			{ ids: ids(300), onVerdict: ({ row }: Verdict) => (row === 5 ? fail() : undefined) },
			{ ids: ids(300), breaksOff: new Error('the file is cut off') },
		];
		for (const options of fails) {
			let lines = 0;
			let clock: VirtualClock | undefined;
			const ran = runRows({ ...options, onLog: () => lines++, onStart: (world) => void (clock = world.clock) });
			await expect(ran).rejects.toThrow(/true cause|no room|cut off/);
			const before = lines;
			await clock?.run(clock.sleep(10 * 60_000));
			expect(lines).toBe(before);
		}
	});
});

function fail(): never {
	throw new Error('no room');
}

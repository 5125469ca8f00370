// What a run leaves behind and what it holds while rows wait: it must not grow with the rows, for beside a large heap the
// collector of all of it comes late.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';

import type { Operation } from '../../../nodes/TokenIm/engine/operation';
import type { RunOptions } from '../../../nodes/TokenIm/engine/run';
import type { Verdict } from '../../../nodes/TokenIm/engine/types';
import { LIMITS, type Script } from '../world.mts';
import { holding, rowsOf, runSheet } from './sheet.mts';

setFlagsFromString('--expose-gc');
const collectGarbage: (how?: { readonly type: 'minor' }) => void = runInNewContext('gc');

const ROWS = 24_000;
/** Elements of the array that each row carries. */
const BALLAST = 512;
const BALLAST_BYTES = ROWS * BALLAST * 8;

/** More than are under way at a time, so that no row is there for three collections of the young, and none grows old. */
const LOOK_UPS_OF_THE_YOUNG = 12;

const prepare: Operation['prepare'] = ({ columns }) => {
	const [id = '', value = ''] = String(columns.id).split('=');
	return { ok: true, entry: { id, fields: { value, ballast: new Array(BALLAST).fill(id.length) } } };
};

describe('rows whose verdicts have left', () => {
	it('go with what was made of them, although only the young are collected', async () => {
		const used: number[] = [];
		const script: Script = ({ name }, number) => {
			if (name !== 'query' || number % LOOK_UPS_OF_THE_YOUNG !== 0) return undefined;
			collectGarbage({ type: 'minor' });
			used.push(process.memoryUsage().heapUsed);
			return undefined;
		};
		const limits = { idsPerQuery: 20 };
		const ran = await runSheet({ rows: rowsOf(ROWS), held: holding(ROWS), limits, script, operation: { prepare } });
		expect(ran.statuses()).toEqual({ unchanged: ROWS });
		const start = used[Math.floor(used.length / 4)] ?? 0;
		expect(Math.max(...used) - start).toBeLessThan(BALLAST_BYTES / 8);
	});
});

describe('rows that wait behind one that is not settled yet', () => {
	const rows = 10_000;
	// The request of the first row comes back last.
	const heapWhileTheyWait = async (isAlike: RunOptions['isAlike']): Promise<number> => {
		let used = 0;
		const script: Script = ({ name }, number) => {
			if (name !== 'query' || number !== rows / LIMITS.idsPerQuery) return undefined;
			collectGarbage();
			used = process.memoryUsage().heapUsed;
			return undefined;
		};
		const sheet = { rows: rowsOf(rows, [0]), held: holding(rows), script, isAlike, mostAhead: rows };
		const verdicts: Verdict[] = [];
		collectGarbage();
		const before = process.memoryUsage().heapUsed;
		const ran = await runSheet({ ...sheet, verdicts });
		expect(ran.statuses()).toEqual({ updated: 1, unchanged: rows - 1 });
		expect(verdicts.map(({ status }) => status)).toEqual(['updated', ...new Array(rows - 1).fill('unchanged')]);
		return used - before;
	};

	it('hold neither verdicts nor rows where nothing but their number comes out', async () => {
		const each = await heapWhileTheyWait(undefined);
		const alike = await heapWhileTheyWait(({ status }) => status === 'unchanged');
		// What a row and its verdict take at least.
		expect(each - alike).toBeGreaterThan(rows * 150);
	});
});

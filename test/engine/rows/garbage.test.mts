// What a run leaves behind and what it holds while rows wait: it must not grow with the rows, for beside a large heap the
// collector of all of it comes late.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';

import type { Operation } from '../../../nodes/TokenIm/engine/operation';
import type { Script } from '../world.mts';
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

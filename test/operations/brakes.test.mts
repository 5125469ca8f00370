// All rows are read before anybody is taken away, with a brake of 0 too: behind the last may stand that the file is damaged.
// Operations on members read all rows first in any case: those of one group go together.

import { describe, expect, it } from 'vitest';

import { createLab } from './lab.mts';
import type { ParameterValues } from './parameters.mts';
import { isWrite } from './sending.mts';

const COUNT = 2_000;

const cases: ReadonlyArray<readonly [brake: string, parameters: ParameterValues]> = [
	['deleteAtMost', { resource: 'user', operation: 'deleteEvery' }],
	['suspendAtMost', { resource: 'user', operation: 'batchSuspend' }],
	['deleteGroupsAtMost', { resource: 'group', operation: 'batchDelete' }],
];

describe.each(cases)('%s', (brake, parameters) => {
	/** How many rows had been read when the first request that takes away was sent. */
	async function readAtFirst(most: number): Promise<number> {
		const lab = createLab({ plan: 'unpaced' });
		try {
			let read = 0;
			let atFirst: number | undefined;
			const rows = Array.from({ length: COUNT }, (_, index) => ({
				get userId() {
					read = Math.max(read, index + 1);
					return `u${index}`;
				},
				get groupId() {
					read = Math.max(read, index + 1);
					return `g${index}`;
				},
			}));
			const before = lab.service.requests.length;
			const ran = await lab.run({ ...parameters, [brake]: most }, rows, {
				meanwhile: () => {
					const isFirst = lab.service.requests.slice(before).every(({ endpoint }) => endpoint === 'limits');
					if (isFirst) atFirst = read;
				},
			});
			expect([ran.attempts.some(isWrite), ran.verdicts.length]).toEqual([true, COUNT]);
			return atFirst ?? 0;
		} finally {
			lab.service.close();
		}
	}

	it('reads all rows first, at 0 too', async () => {
		expect(await readAtFirst(COUNT)).toBe(COUNT);
		expect(await readAtFirst(0)).toBe(COUNT);
	});
});

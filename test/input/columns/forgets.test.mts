// What lives as long as n8n holds nothing of what it looked at: a file without a header has people where names of columns
// should be.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { knownColumns } from '../../../nodes/TokenIm/input/columns/knownColumns';
import { likenessOf } from '../../../nodes/TokenIm/input/columns/likeness';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const NAMES = 500;
const CHARACTERS = 900;
/** A tenth of what the names of one call take, at a byte for each character. */
const MOST_HELD_BYTES = (NAMES * CHARACTERS) / 10;
const CALLS = 20;

test.each<readonly [what: string, look: (names: readonly string[]) => unknown]>([
	['names are those of columns', knownColumns],
	['names make a user', (names) => likenessOf(names, 'users')],
	['names make a group', (names) => likenessOf(names, 'groups')],
])('whether %s is found out, and the names are not held', (_, look) => {
	const call = (number: number) =>
		look(Array.from({ length: NAMES }, (__, at) => `attributes.${number}-${at}-`.padEnd(CHARACTERS, 'x')));
	call(0);
	collectGarbage();
	const before = process.memoryUsage().heapUsed;
	for (let number = 1; number <= CALLS; number++) call(number);
	collectGarbage();
	expect(process.memoryUsage().heapUsed - before).toBeLessThan(MOST_HELD_BYTES * CALLS);
});

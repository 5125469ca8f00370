// What was right from the start and must stay so.

import { expect, test } from 'vitest';
import { useWild } from './wild.mts';

const wild = useWild();

test('a file with nothing wrong makes its people', async () => {
	const { users, verdicts, hints, stopped } = await wild.runFile('userId,username\ns1,Ada\ns2,王小明\n');
	expect(stopped).toBe(undefined);
	expect(users).toEqual([
		['s1', 'Ada'],
		['s2', '王小明'],
	]);
	expect(verdicts.map(({ row, status }) => [row, status])).toEqual([
		[2, 'created'],
		[3, 'created'],
	]);
	expect(hints.length).toBeGreaterThan(0);
});

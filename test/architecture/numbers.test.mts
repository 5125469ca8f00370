// A number that people read is written in one way: by one function, in the lowest room.

import { expect, test } from 'vitest';
import { filesLike, textOf } from './sources.mts';

test('numbers for people are written by engine/count.ts alone', () => {
	const files = filesLike(/^(nodes|credentials)\/.*\.ts$/).filter((file) => textOf(file).includes('toLocaleString('));
	expect(files).toEqual(['nodes/TokenIm/engine/count.ts']);
});

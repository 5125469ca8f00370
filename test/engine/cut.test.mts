import { expect, test } from 'vitest';
import { cut } from '../../nodes/TokenIm/engine/cut';

test.each([
	['Ada', 3, 'Ada'],
	['Adam', 3, 'Ad…'],
	['', 3, ''],
	['ab😀', 4, 'ab😀'],
	['ab😀c', 4, 'ab…'],
	['a😀bc', 4, 'a😀…'],
	['😀😀', 2, '…'],
])('%j, of which %i characters have room, is %j', (text, most, expected) => {
	expect(cut(text, most)).toBe(expected);
});

test('no cut leaves half a character', () => {
	const text = 'a😀'.repeat(20);
	for (let most = 1; most < 60; most++) expect(cut(text, most)).not.toMatch(/\p{Cs}/u);
});

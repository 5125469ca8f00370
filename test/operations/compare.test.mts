// What is told of a difference: the service's text is cut, so that ten thousand rows do not carry ten thousand answers.

import { expect, test } from 'vitest';
import { differencesOf, MOST_SHOWN } from '../../nodes/TokenIm/operations/compare';
import { readChanges } from '../../nodes/TokenIm/operations/changesCell';

const NONE: ReadonlySet<string> = new Set();
const LONG = 'a'.repeat(MOST_SHOWN + 1);

test('a text of the service is told up to a length, in a field and in an attribute', () => {
	const told = differencesOf(
		{ username: 'Ada', attributes: { team: 'x' } },
		{ username: LONG, attributes: { team: LONG } },
		NONE,
	);
	const cut = `${'a'.repeat(MOST_SHOWN)}…`;
	expect(told.map(({ actual }) => actual)).toEqual([cut, cut]);
});

test('what is equal is equal, however long, and what is as long as may be told is told', () => {
	expect(differencesOf({ username: LONG }, { username: LONG }, NONE)).toEqual([]);
	const most = 'a'.repeat(MOST_SHOWN);
	expect(differencesOf({ username: 'Ada' }, { username: most }, NONE)[0]?.actual).toBe(most);
});

test('Undo gives nobody back a text that was cut', () => {
	const [change] = differencesOf({ username: 'Ada' }, { username: LONG }, NONE);
	const changes = [{ field: change?.field, from: change?.actual, to: change?.expected }];
	expect(readChanges({ changes })).toBe('unreadable');
});

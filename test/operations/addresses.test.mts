// E-mail addresses as ids: capitals make no other person, but where the column says that it holds the service's own ids.

import { expect, test } from 'vitest';
import type { Operation } from '../../nodes/TokenIm/engine/operation.ts';
import type { Choices } from '../../nodes/TokenIm/input/columns/chosen.ts';
import { chooseOperation } from '../../nodes/TokenIm/operations/choose.ts';
import { createProtocol } from '../../nodes/TokenIm/protocol/calls.ts';
import { defaultProfile } from '../../nodes/TokenIm/protocol/profiles/index.ts';

const created = (choices?: Choices): Operation =>
	chooseOperation((name, fallback) => (name === 'operation' ? 'batchCreate' : fallback)).ready(
		defaultProfile,
		createProtocol(defaultProfile),
		{ choices },
	).operation;

test.each([
	['Email', 'Ada@X.test', 'ada@x.test'],
	['Login', 'Ada@X.test', 'ada@x.test'],
	['UID', 'Ada', 'Ada'],
	['userId', 'Ada@X.test', 'Ada@X.test'],
])('an id in %s: %s is the same as %s', (column, id, folded) => {
	const operation = created();
	const row = { number: 2, item: 0, columns: { [column]: id, Name: 'Ada' } };
	const prepared = operation.prepare(row);
	expect(prepared.ok).toBe(true);
	expect(operation.call.fold(id)).toBe(folded);
});

test('a column that was chosen for ids is no statement about them', () => {
	const operation = created(
		new Map([
			['userId', { column: 'Mail' }],
			['username', { column: 'Name' }],
		]),
	);
	operation.prepare({ number: 1, item: 0, columns: { Mail: 'Ada@x.test', Name: 'Ada' } });
	expect(operation.call.fold('Ada@x.test')).toBe('ada@x.test');
});

test('the message says why', () => {
	const operation = created();
	const row = { number: 2, item: 1, columns: { Email: 'ada@x.test', Name: 'Ada' } };
	operation.prepare(row);
	const entry = { id: 'ada@x.test', fields: {} };
	expect(operation.describe(row, entry, { sameAsRow: 1 }).fix).toBe(
		'Same as row 1 (capitals make no other e-mail address). Remove one of the two rows, or give this one an id of its own.',
	);
});

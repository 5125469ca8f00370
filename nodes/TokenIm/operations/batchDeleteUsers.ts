// User → Batch Delete: undoes an import. Unless every row is meant, only what a run says it created is deleted.

import { deliver } from '../engine/delivery/deliver';
import type { Operation } from '../engine/operation';
import type { Entry, Row } from '../engine/types';
import type { Protocol } from '../protocol/calls';
import { judge } from './judge';
import type { Reader } from './reader';

export type DeleteWhich = 'created' | 'every';

export function batchDeleteUsers(protocol: Protocol, reader: Reader, which: DeleteWhich): Operation {
	const call = protocol.deleteUsers();
	return {
		...reader,
		call,
		repeats: 'share',
		prepare(row) {
			const prepared = reader.prepare(row);
			if (which === 'every' || wasCreated(row) || isUnreadable(row)) return prepared;
			// A row that came to nothing, such as an invalid one, may have no id that could be told.
			return { ok: true, entry: prepared.ok ? prepared.entry : NOBODY, isKept: true };
		},
		carryOut: async (ctx, chunk, means) => await deliver(ctx, call, chunk, means),
		judge: (entry, outcome) => (entry === NOBODY ? { status: 'kept' } : judge('userId', entry, outcome)),
	};
}

const NOBODY: Entry = { id: '', fields: {} };

/** What such a row of a file says of its status cannot be known. */
function isUnreadable({ issues = [] }: Row): boolean {
	return issues.length > 0;
}

/** The output of Batch Create says `status: created`; one that was found after a lost answer says `exists`. */
function wasCreated({ columns }: Row): boolean {
	return Object.hasOwn(columns, 'status') && columns.status === 'created';
}

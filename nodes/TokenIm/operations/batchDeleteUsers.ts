// User → Batch Delete: undoes an import. Unless every row is meant, only what a run says it created is deleted.

import { deliver } from '../engine/deliver';
import type { Operation } from '../engine/operation';
import type { Row } from '../engine/types';
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
			return prepared.ok && which === 'created' && !wasCreated(row) ? { ...prepared, isKept: true } : prepared;
		},
		carryOut: async (ctx, chunk, plan) => await deliver(ctx, call, chunk, plan),
		judge: (entry, outcome) => judge('userId', entry, outcome),
	};
}

/** The output of Batch Create says `status: created`; one that was found after a lost answer says `exists`. */
function wasCreated({ columns }: Row): boolean {
	return Object.hasOwn(columns, 'status') && columns.status === 'created';
}

// Which operation the editor's choice is.

import type { Operation } from '../engine/operation';
import { mapColumns, type ColumnMap, type EmptyCells } from '../input/columns';
import { GROUP_FIELDS, USER_FIELDS } from '../input/fields';
import type { Protocol } from '../protocol/calls';
import { compileFields, type Mode } from '../protocol/fields';
import type { Profile } from '../protocol/profile';
import { batchCreateUsers } from './batchCreateUsers';
import { batchUpsertUsers } from './batchUpsertUsers';
import { createGroups } from './createGroups';
import { createReader, type Reader } from './reader';
import { verifyUsers } from './verifyUsers';

/** What the editor's fields say, by their internal names. */
export type OperationChoice =
	| { readonly resource: 'user'; readonly operation: 'batchCreate'; readonly ifUserExists: 'keep' | 'fail' }
	| { readonly resource: 'user'; readonly operation: 'batchUpsert'; readonly emptyCells: EmptyCells }
	| { readonly resource: 'user'; readonly operation: 'verify' }
	| { readonly resource: 'group'; readonly operation: 'create' };

export interface ReadyOperation {
	readonly operation: Operation;
	/** Checked against all rows before the first is sent. */
	readonly columns: ColumnMap;
}

const USER_REQUIRED = ['userId', 'username'] as const;
const GROUP_REQUIRED = ['groupId', 'name', 'ownerId'] as const;

/** Makes the operation that was chosen, with the columns and rules of its rows. */
export function createOperation(choice: OperationChoice, profile: Profile, protocol: Protocol): ReadyOperation {
	if (choice.resource === 'group') {
		const { columns, reader } = readerOf('group', 'create', GROUP_REQUIRED);
		return { columns, operation: createGroups(protocol, reader) };
	}
	switch (choice.operation) {
		case 'batchCreate': {
			const { columns, reader } = readerOf('user', 'create', USER_REQUIRED);
			return { columns, operation: batchCreateUsers(protocol, reader, choice.ifUserExists) };
		}
		case 'batchUpsert': {
			const { columns, reader } = readerOf('user', 'update', ['userId'], choice.emptyCells);
			return { columns, operation: batchUpsertUsers(protocol, reader) };
		}
		case 'verify': {
			const { columns, reader } = readerOf('user', 'verify', ['userId']);
			return { columns, operation: verifyUsers(protocol, reader) };
		}
	}

	function readerOf(
		kind: 'user' | 'group',
		mode: Mode,
		required: readonly string[],
		emptyCells: EmptyCells = 'leave',
	): { columns: ColumnMap; reader: Reader } {
		const columns = mapColumns(kind === 'user' ? USER_FIELDS : GROUP_FIELDS, { required, emptyCells });
		return { columns, reader: createReader(kind === 'user' ? 'userId' : 'groupId', columns, compileFields(profile, kind, mode)) };
	}
}

// Which operation the editor's choice is.

import type { Operation } from '../engine/operation';
import { mapColumns, type ColumnMap, type ColumnMapOptions, type EmptyCells } from '../input/columns/columns';
import { ColumnsUnclear } from '../input/columns/columnsUnclear';
import { USER_FIELDS } from '../input/columns/fields';
import { Unsupported, type Protocol } from '../protocol/calls';
import { compileFields, type Mode } from '../input/rules/entryRules';
import type { Profile } from '../protocol/profile/profile';
import { addMembers } from './addMembers';
import { oncePerAddress } from './addresses';
import { batchCreateUsers } from './batchCreateUsers';
import { batchDeleteUsers, type DeleteWhich } from './batchDeleteUsers';
import { batchUpsertUsers } from './batchUpsertUsers';
import { createGroups } from './createGroups';
import { forecastCreate, forecastDelete, forecastGroups, forecastMembers, forecastUpsert } from './forecasts';
import { byMembership, mapMemberships, type GroupBy } from './groupBy';
import { createReader, type Reader } from './reader';
import { rowFields } from './rowFields';
import { validateOnly, type Forecast } from './validateOnly';
import { verifyGroups } from './verifyGroups';
import { verifyUsers } from './verifyUsers';

/** Whether anything is written: Validate Only checks, with a look-up it also foretells. */
export type Trial = 'write' | 'validate' | 'validateWithLookUp';

/** What the editor's fields say, by their internal names. */
export type OperationChoice =
	| {
			readonly resource: 'user';
			readonly operation: 'batchCreate';
			readonly ifUserExists: 'keep' | 'fail';
			readonly trial?: Trial;
	  }
	| {
			readonly resource: 'user';
			readonly operation: 'batchUpsert';
			readonly emptyCells: EmptyCells;
			readonly trial?: Trial;
	  }
	| {
			readonly resource: 'user';
			readonly operation: 'batchDelete';
			readonly deleteWhich: DeleteWhich;
			readonly trial?: Trial;
	  }
	| { readonly resource: 'user'; readonly operation: 'verify' }
	| {
			readonly resource: 'group';
			readonly operation: 'create' | 'addMembers';
			readonly groupBy?: GroupBy;
			readonly trial?: Trial;
	  }
	| { readonly resource: 'group'; readonly operation: 'verify'; readonly groupBy?: GroupBy };

export interface ReadyOperation {
	readonly operation: Operation;
	/** Checked against all rows before the first is sent. */
	readonly columns: ColumnMap;
}

/** How the cells of every operation are read: the columns that were chosen, what a date or a phone may look like. */
export type Reading = Omit<ColumnMapOptions, 'required' | 'emptyCells' | 'reads' | 'leavesOut'>;

/** Makes the operation that was chosen, with the columns and rules of its rows. */
export function createOperation(
	choice: OperationChoice,
	profile: Profile,
	protocol: Protocol,
	reading: Reading = {},
): ReadyOperation {
	switch (choice.resource) {
		case 'user':
			return userOperation(choice);
		case 'group':
			return groupOperation(choice);
	}

	function userOperation(chosen: Extract<OperationChoice, { resource: 'user' }>): ReadyOperation {
		switch (chosen.operation) {
			case 'batchCreate': {
				const { columns, reader } = readerOf('user', 'create');
				const operation = oncePerAddress(batchCreateUsers(protocol, reader, chosen.ifUserExists), columns);
				return {
					columns,
					operation: tried(chosen.trial, operation, () => forecastCreate(protocol, chosen.ifUserExists)),
				};
			}
			case 'batchUpsert': {
				const { columns, reader } = readerOf('user', 'update', chosen.emptyCells);
				return {
					columns,
					operation: tried(chosen.trial, batchUpsertUsers(protocol, reader), () =>
						forecastUpsert(protocol, rowFields(profile, 'user', 'create').required),
					),
				};
			}
			case 'batchDelete': {
				const { columns, reader } = readerOf('user', 'delete');
				const operation = batchDeleteUsers(protocol, reader, chosen.deleteWhich);
				return { columns, operation: tried(chosen.trial, operation, () => forecastDelete(protocol)) };
			}
			case 'verify': {
				const { columns, reader } = readerOf('user', 'verify');
				return { columns, operation: verifyUsers(protocol, reader) };
			}
		}
	}

	function groupOperation(chosen: Extract<OperationChoice, { resource: 'group' }>): ReadyOperation {
		switch (chosen.operation) {
			case 'create': {
				const { columns, reader } = groupReaderOf('create', chosen.groupBy);
				const operation = tried(chosen.trial, createGroups(protocol, reader), () =>
					forecastGroups(protocol, chosen.groupBy !== undefined),
				);
				return { columns, operation: gathered(operation, chosen.groupBy) };
			}
			case 'addMembers': {
				const { columns, reader } = groupReaderOf('members', chosen.groupBy);
				const operation = tried(chosen.trial, addMembers(protocol, reader), () => forecastMembers(protocol));
				return { columns, operation: gathered(operation, chosen.groupBy) };
			}
			case 'verify': {
				const { columns, reader } = groupReaderOf('verify', chosen.groupBy);
				return { columns, operation: gathered(verifyGroups(protocol, reader), chosen.groupBy) };
			}
		}
	}

	function groupReaderOf(mode: Mode, groupBy: GroupBy | undefined): { columns: ColumnMap; reader: Reader } {
		if (groupBy === undefined) return readerOf('group', mode);
		const { required, leavesOut } = rowFields(profile, 'group', mode);
		if (leavesOut.includes('memberIds')) needMembers(mode);
		if (groupBy.owner === undefined && required.includes('ownerId')) throw ownerMissing(profile.name);
		const columns = mapMemberships(
			mapColumns(USER_FIELDS, { ...reading, required: ['userId'], reads: ['userId'] }),
			groupBy,
			mode === 'create',
		);
		return { columns, reader: createReader('groupId', columns, compileFields(profile, 'group', mode)) };
	}

	/** A row of a roster is about a member. @throws Unsupported */
	function needMembers(mode: Mode): void {
		if (mode === 'verify') protocol.queryMembers('-');
		else protocol.addMembers('-');
	}

	function readerOf(
		kind: 'user' | 'group',
		mode: Mode,
		emptyCells: EmptyCells = 'leave',
	): { columns: ColumnMap; reader: Reader } {
		const { fields, required, leavesOut } = rowFields(profile, kind, mode);
		// Nothing else is sent then: a wrong date must not keep a user from being deleted.
		const isIdsOnly = mode === 'delete' || mode === 'members';
		const columns = mapColumns(fields, {
			...reading,
			required,
			emptyCells,
			...(isIdsOnly ? { reads: required } : { leavesOut }),
		});
		return {
			columns,
			reader: createReader(kind === 'user' ? 'userId' : 'groupId', columns, compileFields(profile, kind, mode)),
		};
	}
}

function ownerMissing(service: string): ColumnsUnclear {
	return new ColumnsUnclear(
		`Groups of ${service} need an owner`,
		'Set Owner to From Column or Same for All. Nothing was sent.',
	);
}

/** Nothing is written where the user asked to validate only. */
function tried(trial: Trial | undefined, operation: Operation, forecast: () => Forecast): Operation {
	if (trial === undefined || trial === 'write') return operation;
	return validateOnly(operation, trial === 'validate' ? undefined : lookingUp(forecast));
}

/** @throws Unsupported where the service has no such look-up, with the way out */
function lookingUp(forecast: () => Forecast): Forecast {
	try {
		return forecast();
	} catch (error) {
		throw error instanceof Unsupported ? error.with('Turn Look Up Existing off to check the rows without it.') : error;
	}
}

function gathered(operation: Operation, groupBy: GroupBy | undefined): Operation {
	return groupBy === undefined ? operation : byMembership(operation);
}

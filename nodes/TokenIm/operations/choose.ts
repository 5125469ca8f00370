// Which operation the editor's choice is, and how its rows are read.

import type { Operation } from '../engine/operation';
import { mapColumns, type ColumnMap, type ColumnMapOptions } from '../input/columns/columns';
import { ColumnsUnclear } from '../input/columns/columnsUnclear';
import { USER_FIELDS } from '../input/columns/fields';
import { compileFields } from '../input/rules/entryRules';
import { Unsupported, type Protocol } from '../protocol/calls';
import { readsAllFields } from '../protocol/fields/fieldUse';
import type { Profile } from '../protocol/profile/profile';
import { byMembership } from './byMembership';
import { mayMake, type ListedOperation, type ListOperation } from './definition';
import { mapMemberships, namesWanted, readGroupBy, type GroupBy } from './groupBy';
import { groupCodes } from './groupCode';
import { adviceFor, firstOperation, operationNamed } from './index';
import { onOrOff, SettingUnclear, type ReadParameter } from './parameters';
import { createRowCheck, type RowCheck } from './rowCheck';
import { rowFields } from './rowFields';
import { rowsOfOne } from './rowsOfOne';
import { validateOnly } from './validateOnly';

export interface ChosenOperation
	extends Pick<ListedOperation, 'makesUsers' | 'takesAway' | 'takesOthers' | 'columnsAre'> {
	/** *Validate Only*: nothing is written. */
	readonly foretells: boolean;
	/**
	 * The operation on this service.
	 *
	 * @throws Unsupported where the service cannot do it; ColumnsUnclear where columns were chosen that cannot be meant
	 */
	ready(profile: Profile, protocol: Protocol, rowOptions?: RowOptions): ReadyOperation;
}

export interface ReadyOperation {
	readonly operation: Operation;
	/** Checked against all rows before the first is sent. */
	readonly columns: ColumnMap;
}

/** What holds for the rows of every operation: the columns that were chosen, what a date or a phone may look like. */
export type RowOptions = Omit<ColumnMapOptions, 'required' | 'emptyCells' | 'reads' | 'leavesOut' | 'ownIds'>;

/** Whether anything is written: Validate Only checks the rows, with Look Up Existing it also foretells. */
type Writing = 'write' | 'checkRows' | 'lookUp';

/**
 * Reads which operation was chosen, and its settings.
 *
 * @throws SettingUnclear where an expression or an edited workflow file says what the node does not know
 */
export function chooseOperation(read: ReadParameter): ChosenOperation {
	const { resource, value, listed } = named(read);
	if (listed === undefined || listed.lists !== undefined)
		throw new SettingUnclear(
			`"${String(value)}" is not an operation of the resource "${String(resource)}"`,
			`${adviceFor(resource, value)} Nothing was sent.`,
		);
	const set = listed.choose(read);
	const groupBy = listed.takesMemberships ? readGroupBy(read, mayMake(listed)) : undefined;
	const writing = listed.hasValidateOnly ? readWriting(read) : 'write';
	const { makesUsers, takesAway, takesOthers, columnsAre } = listed;
	return {
		makesUsers,
		takesAway,
		takesOthers,
		columnsAre,
		foretells: writing !== 'write',
		ready(profile, protocol, rowOptions = {}) {
			const { columns, rowCheck } =
				groupBy === undefined
					? ownRows(listed, profile, { ...rowOptions, emptyCells: set.emptyCells }, set.wholeLists)
					: rosterRows(listed, profile, protocol, rowOptions, groupBy);
			const making = { profile, protocol, columns, rowCheck, isPerMember: groupBy !== undefined };
			const made = set.make(making);
			const forecast = writing === 'lookUp' ? lookingUp(() => set.forecast(making)) : undefined;
			const operation = writing === 'write' ? made : validateOnly(made, forecast);
			return { columns, operation: groupBy === undefined ? operation : byMembership(operation) };
		},
	};
}

/** The operation that was chosen, where it is one that reads a list. Never throws. */
export function chosenList(read: ReadParameter): ListOperation | undefined {
	const { listed } = named(read);
	return listed?.lists === undefined ? undefined : listed;
}

function named(read: ReadParameter) {
	const resource = read('resource', 'user');
	const value = read('operation', firstOperation(resource));
	return { resource, value, listed: operationNamed(resource, value) };
}

/** @throws SettingUnclear */
function readWriting(read: ReadParameter): Writing {
	if (!onOrOff(read, 'validateOnly', 'Validate Only', false)) return 'write';
	return onOrOff(read, 'lookUpExisting', 'Look Up Existing', true) ? 'lookUp' : 'checkRows';
}

export interface Rows {
	readonly columns: ColumnMap;
	readonly rowCheck: RowCheck;
}

/** How rows are read that are what the operation is about. @throws ColumnsUnclear where columns were chosen that cannot be meant */
export function ownRows(
	{ resource, mode }: Pick<ListedOperation, 'resource' | 'mode'>,
	profile: Profile,
	rowOptions: RowOptions & Pick<ColumnMapOptions, 'emptyCells'>,
	wholeLists = false,
): Rows {
	const { fields, required, leavesOut } = rowFields(profile, resource, mode);
	const idField = resource === 'user' ? 'userId' : 'groupId';
	// All rows may be members of one group.
	const isOfMembers = mode === 'members' || (mode === 'verify' && rowOptions.choices?.has('memberIds') === true);
	const columns = mapColumns(fields, {
		...rowOptions,
		values: { ...rowOptions.values, wholeLists },
		required,
		ownIds: isOfMembers ? [] : [idField],
		// A wrong date must not keep a user from being deleted.
		...(readsAllFields(mode) ? { leavesOut } : { reads: required }),
	});
	const rowCheck = createRowCheck(idField, columns, compileFields(profile, resource, mode));
	return { columns, rowCheck: resource === 'user' ? rowCheck : { ...rowCheck, rowsOfOne: rowsOfOne(profile, mode) } };
}

/** @throws Unsupported where the service has no members that could be told of; ColumnsUnclear where an owner is missing */
function rosterRows(
	listed: ListedOperation,
	profile: Profile,
	protocol: Protocol,
	rowOptions: RowOptions,
	groupBy: GroupBy,
): Rows {
	const { mode } = listed;
	const { required, leavesOut } = rowFields(profile, 'group', mode);
	if (leavesOut.includes('memberIds')) needMembers(mode === 'verify', protocol);
	if (groupBy.owner === undefined && required.includes('ownerId')) throw ownerMissing(profile.name);
	const users = mapColumns(USER_FIELDS, { ...rowOptions, required: ['userId'], reads: ['userId'], ownIds: ['userId'] });
	const codes = 'column' in groupBy.group && groupBy.group.holdsNames ? groupCodes(profile) : undefined;
	const isNew = mode === 'update' ? 'perhaps' : mayMake(listed);
	const columns = mapMemberships(users, groupBy, isNew, codes);
	const rowCheck = createRowCheck('groupId', columns, compileFields(profile, 'group', mode));
	return { columns, rowCheck: { ...namesWanted(rowCheck, groupBy), rowsOfOne: rowsOfOne(profile, mode) } };
}

/** A row of a roster is about a member. @throws Unsupported */
function needMembers(isCompared: boolean, protocol: Protocol): void {
	if (isCompared) protocol.queryMembers('-');
	else protocol.addMembers('-');
}

function ownerMissing(service: string): ColumnsUnclear {
	return new ColumnsUnclear(
		`Groups of ${service} need an owner`,
		'Set Owner to From Column or Same for All. Nothing was sent.',
	);
}

/** @throws Unsupported where the service has no such look-up, with the way out */
function lookingUp<Made>(forecast: () => Made): Made {
	try {
		return forecast();
	} catch (error) {
		throw error instanceof Unsupported ? error.with('Turn Look Up Existing off to check the rows without it.') : error;
	}
}

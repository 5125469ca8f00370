// Group By: one row for each membership. The rows of a group make one entry.

import type { Issue, Row } from '../engine/types';
import type { MappedRow } from '../input/columns/assemble';
import { cachedByColumns } from '../input/columns/cache';
import { isClassColumn } from '../input/columns/classes';
import type { Told } from '../input/columns/columnReport';
import type { ColumnMap } from '../input/columns/columns';
import { typedColumns } from '../input/columns/typed';
import { issueOf, shown } from '../input/cells/finding';
import { readTold } from '../input/cells/told';
import { nullPrototype } from '../input/cells/values';
import type { GroupCodes } from './groupCode';
import type { RowCheck } from './rowCheck';
import { neededText, optionalText, type ReadParameter } from './parameters';

export interface GroupBy {
	/** The column that tells the group, by its ID or by its name, or the ID of the one group of all rows. */
	readonly group: { readonly column: string; readonly holdsNames: boolean } | { readonly groupId: string };
	/** What a new group is called: as a column says, or all of them the same. Without it its ID, or the name it is made of. */
	readonly name?: { readonly column: string } | { readonly text: string };
	/** Who owns the group: the user id in a column, or one for all groups. */
	readonly owner?: { readonly column: string } | { readonly userId: string };
}

/**
 * Reads *Rows* and what it asks for; `undefined` where each row is a group.
 *
 * @param isNew whether the groups are created, so that they have an owner and a name
 * @throws SettingUnclear where a column is not named
 */
export function readGroupBy(read: ReadParameter, isNew: boolean): GroupBy | undefined {
	if (read('rows', 'group') !== 'membership') return undefined;
	const from = read('groupIdFrom', 'column');
	const group =
		from === 'same'
			? { groupId: neededText(read, 'sameGroupId', 'ID of the Group', 'the ID of the group that all rows belong to') }
			: {
					column: neededText(read, 'groupBy', 'Group By', 'the column that tells the group of each row'),
					holdsNames: from === 'name',
				};
	return isNew ? { group, name: readName(read, from), owner: readOwner(read) } : { group };
}

function readName(read: ReadParameter, from: unknown): GroupBy['name'] {
	if (from === 'name') return undefined;
	const given = optionalText(read, from === 'same' ? 'sameGroupName' : 'groupNameColumn');
	if (given === undefined) return undefined;
	return from === 'same' ? { text: given } : { column: given };
}

function readOwner(read: ReadParameter): GroupBy['owner'] {
	switch (read('owner', 'column')) {
		case 'none':
			return undefined;
		case 'same':
			return { userId: neededText(read, 'ownerId', 'Owner ID', 'the ID of the user who owns the groups') };
		default:
			return {
				column: neededText(read, 'ownerColumn', 'Owner Column', 'the column with the user ID of each owner'),
			};
	}
}

/**
 * Columns of a roster as columns of groups: `groupId`, `name`, `ownerId` and one member.
 *
 * @param users finds the user's id in a row
 * @param isNew whether the group is created, so that it needs a name; `perhaps`: one that exists must not be called by
 *   its ID for want of another name
 * @param codes makes the IDs of names, where Group By holds names
 */
export function mapMemberships(
	users: ColumnMap,
	groupBy: GroupBy,
	isNew: boolean | 'perhaps',
	codes?: GroupCodes,
): ColumnMap {
	const isCalledById = isNew === true;
	const { group, name: called, owner } = groupBy;
	const column = 'column' in group ? group.column : undefined;
	const nameColumn =
		called === undefined
			? isCalledById || (isNew === 'perhaps' && codes !== undefined)
				? column
				: undefined
			: 'column' in called
				? called.column
				: undefined;
	const ownerColumn = owner !== undefined && 'column' in owner ? owner.column : undefined;
	const typed = typedColumns([
		column === undefined ? undefined : { name: column, purpose: 'entered as Group By' },
		nameColumn === undefined ? undefined : { name: nameColumn, purpose: 'entered as Group Name Column' },
		ownerColumn === undefined ? undefined : { name: ownerColumn, purpose: 'entered as Owner Column' },
	]);
	const placesIn = cachedByColumns((names) => {
		const [groupId, name, ownerId] = typed.among(names);
		return { groupId, name, ownerId };
	});
	const asTyped: Readonly<Record<string, string | undefined>> = {
		groupId: column,
		name: nameColumn,
		ownerId: ownerColumn,
	};
	const columns = new Set<string>();
	/** By code, the name that it was made of first. */
	const made = new Map<string, string>();
	return {
		async check(rows, breathe) {
			const see = cachedByColumns((names) => names.forEach((name) => columns.add(name)));
			await users.check(seenOnTheWay(rows, see), breathe);
			if (columns.size > 0) typed.check([...columns]);
		},
		hasOwnIds: () => users.hasOwnIds(),
		report() {
			const report = users.report();
			const [by, name, ownerId] = typed.among([...columns]);
			const named = new Set([by, name, ownerId]);
			const told = (from: string | undefined, text?: string): Told | undefined =>
				from !== undefined ? { column: from } : text === undefined ? undefined : { text };
			const groups = told(by, 'groupId' in group ? group.groupId : undefined);
			return {
				...report,
				ignored: report.ignored.filter((column) => !named.has(column)),
				groups: groups && {
					by: groups,
					isMade: codes !== undefined,
					named: told(name, called !== undefined && 'text' in called ? called.text : undefined),
					owned: told(ownerId, owner !== undefined && 'userId' in owner ? owner.userId : undefined),
				},
			};
		},
		map(row): MappedRow {
			const user = users.map(row);
			const places = placesIn(row.columns);
			const values = nullPrototype();
			const issues: Issue[] = [...user.issues];
			if (codes === undefined) {
				read('groupId', places.groupId, 'id');
				read('name', places.name, 'text');
			} else makeCode(codes);
			read('ownerId', places.ownerId, 'id');
			if ('groupId' in group) values.groupId = group.groupId;
			if (isNew !== false && called !== undefined && 'text' in called) values.name = called.text;
			else if (isCalledById && 'groupId' in group) values.name = group.groupId;
			if (owner !== undefined && 'userId' in owner) values.ownerId = owner.userId;
			if (user.values.userId !== undefined) values.memberIds = [user.values.userId];
			return { values, issues, columnOf, lacks: () => false };

			function read(field: string, from: string | undefined, kind: 'id' | 'text'): void {
				if (from === undefined) return;
				const purpose = { name: field, kind, isClass: () => isClassColumn(from) };
				const cell = readTold(row.columns[from], row.facts?.of(from), purpose);
				if (cell.kind === 'refused') issues.push(issueOf(field, cell.finding, () => from));
				else if (cell.kind === 'value') values[field] = cell.value;
			}

			function makeCode({ nameOf, codeOf }: GroupCodes): void {
				read('name', places.groupId, 'text');
				if (typeof values.name !== 'string') return;
				const name = nameOf(values.name);
				const code = codeOf(name);
				const first = made.get(code) ?? name;
				made.set(code, first);
				if (first !== name) issues.push(codeTaken(places.groupId ?? null, name, first));
				values.groupId = code;
				if (isNew !== false) values.name = name;
				else delete values.name;
			}

			function columnOf(field: string): string | null {
				const own = field === 'groupId' || field === 'name' || field === 'ownerId' ? places[field] : undefined;
				return own ?? asTyped[field] ?? (field.startsWith('memberIds') ? user.columnOf('userId') : null);
			}
		},
	};
}

/** Whether one group would be made of two: told, never decided. */
function codeTaken(column: string | null, name: string, first: string): Issue {
	return {
		column,
		field: 'groupId',
		code: 'code_taken',
		found: shown(name),
		expected: 'a name from which no other group of this run has its ID',
		fix: `"${shown(first)}" gives the same ID. Give one of the two another name, or set Group ID to From Column.`,
	};
}

function* seenOnTheWay(rows: Iterable<Row>, see: (columns: object) => unknown): Generator<Row, void, undefined> {
	for (const row of rows) {
		see(row.columns);
		yield row;
	}
}

/** What cannot be an ID may be a name: then its cure is in the editor, not in the sheet. */
const OF_NAMES: ReadonlySet<string> = new Set(['bad_characters', 'too_long', 'too_short', 'not_allowed']);

/** The same check, which says of names in place of IDs how they are taken. */
export function namesWanted(rowCheck: RowCheck, { group }: GroupBy): RowCheck {
	if (!('column' in group) || group.holdsNames) return rowCheck;
	const told = (issue: Issue): Issue =>
		issue.field === 'groupId' && OF_NAMES.has(issue.code)
			? { ...issue, fix: `If these are names of groups, set Group ID to Made From the Name. Else: ${issue.fix}` }
			: issue;
	return {
		...rowCheck,
		prepare(row) {
			const prepared = rowCheck.prepare(row);
			return prepared.ok ? prepared : { ...prepared, issues: prepared.issues.map(told) };
		},
	};
}

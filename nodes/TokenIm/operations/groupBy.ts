// Group By: one row for each membership. The rows of a group make one entry, and each row's verdict is its member's.

import type { Operation } from '../engine/operation';
import type { Entry, Issue, Judgement, Outcome, Row } from '../engine/types';
import type { MappedRow } from '../input/columns/assemble';
import { cachedByColumns } from '../input/columns/cache';
import type { Use } from '../input/columns/columnReport';
import type { ColumnMap } from '../input/columns/columns';
import { GROUP_FIELDS } from '../input/columns/fields';
import { typedColumns } from '../input/columns/typed';
import { issueOf } from '../input/cells/finding';
import { nullPrototype, readCell } from '../input/cells/values';
import { neededText, optionalText, type ReadParameter } from './parameters';

export interface GroupBy {
	/** The column that tells the group: its value is the group's id. */
	readonly column: string;
	/** The column with the group's name; a new group without one is named by its id. */
	readonly nameColumn?: string;
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
	const column = neededText(read, 'groupBy', 'Group By', 'the column that tells the group of each row');
	return isNew ? { column, nameColumn: optionalText(read, 'groupNameColumn'), owner: readOwner(read) } : { column };
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
 * @param isNew whether the group is created, so that it needs a name
 */
export function mapMemberships(users: ColumnMap, groupBy: GroupBy, isNew: boolean): ColumnMap {
	const { column, owner } = groupBy;
	const nameColumn = groupBy.nameColumn ?? (isNew ? column : undefined);
	const ownerColumn = owner !== undefined && 'column' in owner ? owner.column : undefined;
	const typed = typedColumns([
		{ name: column, purpose: 'entered as Group By' },
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
	return {
		async check(rows, breathe) {
			const see = cachedByColumns((names) => names.forEach((name) => columns.add(name)));
			await users.check(seenOnTheWay(rows, see), breathe);
			if (columns.size > 0) typed.check([...columns]);
		},
		hasOwnIds: () => users.hasOwnIds(),
		report() {
			const report = users.report();
			const fields = ['groupId', 'name', 'ownerId'];
			const uses = typed.among([...columns]).flatMap((from, index): Use[] => {
				const { name: field, label } = GROUP_FIELDS.find(({ name }) => name === fields[index]) ?? {};
				return from === undefined || field === undefined || label === undefined ? [] : [{ column: from, field, label }];
			});
			const named = new Set(uses.map((use) => use.column));
			const isOther = (name: string) => !named.has(name);
			return { ...report, used: [...report.used, ...uses], ignored: report.ignored.filter(isOther) };
		},
		map(row): MappedRow {
			const user = users.map(row);
			const places = placesIn(row.columns);
			const values = nullPrototype();
			const issues: Issue[] = [...user.issues];
			read('groupId', places.groupId, 'id');
			read('name', places.name, 'text');
			read('ownerId', places.ownerId, 'id');
			if (owner !== undefined && 'userId' in owner) values.ownerId = owner.userId;
			if (user.values.userId !== undefined) values.memberIds = [user.values.userId];
			return { values, issues, columnOf };

			function read(field: string, from: string | undefined, kind: 'id' | 'text'): void {
				if (from === undefined) return;
				const cell = readCell(row.columns[from], kind);
				if (cell.kind === 'refused') issues.push(issueOf(field, cell.finding, () => from));
				else if (cell.kind === 'value') values[field] = cell.value;
			}

			function columnOf(field: string): string | null {
				const own = field === 'groupId' || field === 'name' || field === 'ownerId' ? places[field] : undefined;
				return own ?? asTyped[field] ?? (field.startsWith('memberIds') ? user.columnOf('userId') : null);
			}
		},
	};
}

function* seenOnTheWay(rows: Iterable<Row>, see: (columns: object) => unknown): Generator<Row, void, undefined> {
	for (const row of rows) {
		see(row.columns);
		yield row;
	}
}

/** The same operation with a row for each membership. */
export function byMembership(operation: Operation): Operation {
	return { ...operation, repeats: 'gather', judge: (entry, outcome) => judgeMember(operation, entry, outcome) };
}

function judgeMember(operation: Operation, entry: Entry, outcome: Outcome): Judgement {
	const [userId] = entry.memberIds ?? [];
	const group = operation.judge({ ...entry, memberIds: undefined }, outcome);
	if (userId === undefined) return group;
	const who = { groupId: entry.id, userId, group: group.status };
	const member = 'memberOutcomes' in outcome ? outcome.memberOutcomes?.get(userId) : undefined;
	if (member === undefined) return withoutMember(group, who);
	switch (member.kind) {
		case 'done':
			return { status: member.status, ...who };
		case 'found':
		case 'missing':
			return { status: member.kind, ...who };
		case 'failed': {
			const { code, message, field, retryable } = member;
			return { status: 'failed', ...who, code, message, field, retryable };
		}
		case 'unknown':
			return { status: 'unknown', ...who, reason: member.reason };
		case 'valid':
			return { status: 'valid', ...who, would: member.would };
		default:
			return { status: 'notAttempted', ...who, reason: 'reason' in member ? member.reason : 'The run ended.' };
	}
}

/** The group itself did not come so far that a member could be added or asked after. */
function withoutMember(
	group: Judgement,
	who: { groupId: string; userId: string; group: Judgement['status'] },
): Judgement {
	switch (group.status) {
		case 'failed':
			return { status: 'notAttempted', ...who, code: group.code, reason: `The group was refused: ${group.message}` };
		case 'mismatch':
			return { ...group, ...who };
		case 'unknown':
		case 'notAttempted':
			return { ...group, ...who };
		case 'missing':
			return { status: 'missing', ...who };
		case 'valid':
			// Where a group is refused, its members have no turn.
			return { status: 'valid', ...who, would: group.would === 'failed' ? 'notAttempted' : group.would };
		default:
			return { status: 'unknown', ...who, reason: 'Nothing was heard of this member.' };
	}
}

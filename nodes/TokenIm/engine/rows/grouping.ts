// Group By: rows that name the same group become one entry with a member for each row.

import type { WaitingRow } from './sharedTask';
import type { Entry } from '../types';

export interface GroupedRows {
	readonly entry: Entry;
	readonly rows: readonly WaitingRow[];
}

/** Groups entries by id; keeps of each row what its verdict needs. */
export class Grouping {
	private readonly groups = new Map<
		string,
		{ readonly first: WaitingRow; readonly rows: WaitingRow[]; readonly members: Set<string> }
	>();

	/**
	 * Takes a row in.
	 *
	 * @returns the field in which it contradicts an earlier row of its group, and that row; then it was not taken
	 */
	add(id: string, waiting: WaitingRow): { readonly field: string; readonly row: number } | undefined {
		const { entry } = waiting;
		const group = this.groups.get(id);
		if (group === undefined) {
			this.groups.set(id, { first: waiting, rows: [waiting], members: new Set(entry.memberIds) });
			return undefined;
		}
		const field = differingField(group.first.entry, entry);
		if (field !== undefined) return { field, row: group.first.row.number };
		group.rows.push(waiting);
		for (const member of entry.memberIds ?? []) group.members.add(member);
		return undefined;
	}

	/** The groups, in the order of their first rows. */
	*grouped(): Generator<GroupedRows, void, undefined> {
		for (const { first, rows, members } of this.groups.values()) {
			yield { entry: { ...first.entry, memberIds: [...members] }, rows };
		}
	}
}

function differingField(one: Entry, other: Entry): string | undefined {
	const names = new Set([...Object.keys(one.fields), ...Object.keys(other.fields)]);
	return [...names].find((name) => JSON.stringify(one.fields[name]) !== JSON.stringify(other.fields[name]));
}

// Group By: rows that name the same group become one entry with a member for each row.

import type { RowsOfOne } from '../operation';
import type { WaitingRow } from './sharedTask';
import type { Entry } from '../types';

export interface GroupedRows {
	readonly entry: Entry;
	readonly rows: readonly WaitingRow[];
}

interface Group {
	readonly first: WaitingRow;
	readonly rows: WaitingRow[];
	/** By the form in which they are compared, as the first row that names each writes them. */
	readonly members: Map<string, string>;
}

const AS_WRITTEN: RowsOfOne = { agree: () => false, member: (userId) => userId };

/** Groups entries by id; keeps of each row what its verdict needs. */
export class Grouping {
	private readonly groups = new Map<string, Group>();

	constructor(private readonly compared: RowsOfOne = AS_WRITTEN) {}

	/**
	 * Takes a row in.
	 *
	 * @returns the field in which it contradicts an earlier row of its group, and that row; then it was not taken
	 */
	add(id: string, waiting: WaitingRow): { readonly field: string; readonly row: number } | undefined {
		const group = this.groups.get(id);
		if (group === undefined) {
			const made: Group = { first: waiting, rows: [waiting], members: new Map() };
			this.groups.set(id, made);
			this.addMembers(made, waiting);
			return undefined;
		}
		const field = this.differingField(group.first.entry, waiting.entry);
		if (field !== undefined) return { field, row: group.first.row.number };
		group.rows.push(waiting);
		this.addMembers(group, waiting);
		return undefined;
	}

	/** The groups, in the order of their first rows. */
	*grouped(): Generator<GroupedRows, void, undefined> {
		for (const { first, rows, members } of this.groups.values()) {
			yield { entry: { ...first.entry, memberIds: [...members.values()] }, rows };
		}
	}

	/** Each once (law 9): the first spelling is the one that is sent. */
	private addMembers({ members }: Group, { entry }: WaitingRow): void {
		for (const userId of entry.memberIds ?? []) {
			const folded = this.compared.member(userId);
			if (!members.has(folded)) members.set(folded, userId);
		}
	}

	private differingField(one: Entry, other: Entry): string | undefined {
		const names = new Set([...Object.keys(one.fields), ...Object.keys(other.fields)]);
		return [...names].find(
			(name) =>
				JSON.stringify(one.fields[name]) !== JSON.stringify(other.fields[name]) &&
				!this.compared.agree(one, other, name),
		);
	}
}

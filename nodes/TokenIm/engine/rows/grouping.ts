// Group By: rows that name the same group become one entry with a member for each row.

import type { Passenger } from './sharedTask';
import type { Entry } from '../types';

export interface Gathered {
	readonly entry: Entry;
	readonly passengers: readonly Passenger[];
}

/** Gathers entries by id; keeps of each row what its verdict needs. */
export class Gatherer {
	private readonly groups = new Map<
		string,
		{ readonly first: Passenger; readonly passengers: Passenger[]; readonly members: Set<string> }
	>();

	/**
	 * Takes a row in.
	 *
	 * @returns the field in which it contradicts an earlier row of its group, and that row; then it was not taken
	 */
	add(id: string, passenger: Passenger): { readonly field: string; readonly row: number } | undefined {
		const { entry } = passenger;
		const group = this.groups.get(id);
		if (group === undefined) {
			this.groups.set(id, { first: passenger, passengers: [passenger], members: new Set(entry.memberIds) });
			return undefined;
		}
		const field = differingField(group.first.entry, entry);
		if (field !== undefined) return { field, row: group.first.row.number };
		group.passengers.push(passenger);
		for (const member of entry.memberIds ?? []) group.members.add(member);
		return undefined;
	}

	/** The groups, in the order of their first rows. */
	*gathered(): Generator<Gathered, void, undefined> {
		for (const { first, passengers, members } of this.groups.values()) {
			yield { entry: { ...first.entry, memberIds: [...members] }, passengers };
		}
	}
}

function differingField(one: Entry, other: Entry): string | undefined {
	const names = new Set([...Object.keys(one.fields), ...Object.keys(other.fields)]);
	return [...names].find((name) => JSON.stringify(one.fields[name]) !== JSON.stringify(other.fields[name]));
}

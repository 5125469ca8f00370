// What an AI agent hears of people whom its rows do not name: as many as a list may hold in one call, and how many more.
// A group of thousands would fill its memory, and what it is told goes to its model.

import { count } from '../engine/count';
import type { Difference, MemberSummary, Verdict } from '../engine/types';

const MEMBERS = 'memberIds';

/**
 * Shortens the lists of verdicts, all those of one call together.
 *
 * @param most how many a list may hold; `undefined` where no agent calls: then all is told
 */
export function tellingAtMost(most: number | undefined): (verdict: Verdict) => Verdict {
	if (most === undefined) return (verdict) => verdict;
	const others = new Room(most);
	// Of members with whom something is amiss the rows of a call name no more than that: these are told whoever else is.
	const left = new Room(most);
	return (verdict) => {
		if (verdict.status === 'mismatch') return { ...verdict, differences: shortened(verdict.differences, others) };
		if (!('members' in verdict) || verdict.members === undefined) return verdict;
		return { ...verdict, members: inShort(verdict.members, left, others) };
	};
}

/** What is left of the number that may be told. */
class Room {
	constructor(private left: number) {}

	/** As many, from the first on, as there is room for; they take it up. */
	take<T>(list: readonly T[]): readonly T[] {
		const told = list.slice(0, this.left);
		this.left -= told.length;
		return told;
	}
}

function shortened(differences: readonly Difference[], room: Room): readonly Difference[] {
	const others = differences.filter(isOther);
	const told = new Set(room.take(others));
	const rest = others.length - told.size;
	const more = rest === 0 ? [] : [{ field: MEMBERS, expected: null, actual: `${count(rest)} more` }];
	return [...differences.filter((one) => !isOther(one) || told.has(one)), ...more];
}

/** A member whom no row names. */
function isOther({ field, expected }: Difference): boolean {
	return field === MEMBERS && expected === null;
}

function inShort(members: MemberSummary, left: Room, others: Room): MemberSummary {
	const more: Record<string, number> = {};
	const some = <T>(name: string, list: readonly T[], room: Room): readonly T[] => {
		const told = room.take(list);
		if (told.length < list.length) more[name] = list.length - told.length;
		return told;
	};
	const { failed, unknown, notAttempted, removed, held } = members;
	const short = {
		...members,
		failed: some('failed', failed, left),
		unknown: some('unknown', unknown, left),
		notAttempted: some('notAttempted', notAttempted, left),
		removed: removed && some('removed', removed, others),
		held: held && some('held', held, others),
	};
	return Object.keys(more).length === 0 ? members : { ...short, more };
}

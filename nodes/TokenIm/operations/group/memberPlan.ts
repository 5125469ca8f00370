// Who comes into a group, who stays and who goes, and whether so many may (law 14). Pure: a list and the rows in, people
// out.

import { count } from '../../engine/count';
import type { Entry } from '../../engine/types';
import type { Listed } from '../../engine/wire';
import type { Protocol } from '../../protocol/calls';
import { alike, nearly } from '../alike';
import type { MemberNotes } from './memberNotes';

/** So many may always go: a fifth of a small group is nobody. */
const LEAST = 3;

export interface MemberSettings {
	/** Of the members of one group, in percent; 0: no limit. */
	readonly most: number;
	readonly emptyMeansNobody: boolean;
	/** Who is never taken out: folded, and as `alike` writes it. */
	readonly never: ReadonlySet<string>;
}

export interface MemberPlan {
	/** Whom the rows name and the list does not. */
	readonly add: readonly string[];
	/** Whom the rows name and the list too. */
	readonly stay: readonly string[];
	/** Whom the list names and no row does, nor nearly so; the owner and those of *Never These* aside. */
	readonly surplus: readonly string[];
	/** Why none of `surplus` may be taken out. */
	readonly held?: string;
}

/**
 * Whom no row names as a member of the group, nor nearly so where nobody in it has the ID of that row. The owner is not
 * among them.
 *
 * @param owner the owner, where the group itself tells
 * @param never who is not among them either; folded, and as `alike` writes it
 */
export function membersInNoRow(
	{ id: groupId, memberIds = [] }: Entry,
	listed: readonly Listed[],
	owner: string | undefined,
	notes: Pick<MemberNotes, 'names'>,
	protocol: Pick<Protocol, 'fold'>,
	never: ReadonlySet<string> = NOBODY,
): Listed[] {
	const fold = (id: string): string => protocol.fold('user', id);
	const group = protocol.fold('group', groupId);
	const ownerId = owner === undefined ? undefined : alike(fold(owner));
	const isIn = new Set(listed.map(({ id }) => fold(id)));
	const members = new Set(listed.map(({ id }) => alike(fold(id))));
	const absent = memberIds.map(fold).filter((id) => !isIn.has(id));
	const maybe = new Set([...absent, ...[...never].filter((id) => !members.has(id))].map(nearly));
	return listed.filter(({ id, role }) => {
		const userId = fold(id);
		const key = alike(userId);
		if (role === 'owner' || key === ownerId || never.has(key)) return false;
		return !maybe.has(nearly(userId)) && !notes.names(group, userId);
	});
}

const NOBODY: ReadonlySet<string> = new Set();

/**
 * @param listed everybody in the group, each once, of a list that was read to its end
 * @param owner the owner, where the group itself tells
 */
export function planMembers(
	entry: Entry,
	listed: readonly Listed[],
	owner: string | undefined,
	notes: MemberNotes,
	{ most, never }: MemberSettings,
	protocol: Pick<Protocol, 'fold'>,
): MemberPlan {
	const fold = (id: string): string => protocol.fold('user', id);
	const isIn = new Set(listed.map(({ id }) => fold(id)));
	const { memberIds = [] } = entry;
	const others = membersInNoRow(entry, listed, owner, notes, protocol, never);
	// No request can be about a foreign id.
	const surplus = new Map(others.filter(({ foreign }) => foreign !== true).map(({ id }) => [fold(id), id]));
	return {
		add: memberIds.filter((id) => !isIn.has(fold(id))),
		stay: memberIds.filter((id) => isIn.has(fold(id))),
		surplus: [...surplus.values()],
		held: notes.holds(protocol.fold('group', entry.id)) ?? brake(surplus.size, isIn.size, most),
	};
}

function brake(surplus: number, members: number, most: number): string | undefined {
	const allowed = Math.max(LEAST, Math.floor((members * most) / 100));
	if (most === 0 || surplus <= allowed) return undefined;
	return `The brake holds: ${count(surplus)} of ${count(members)} members would be taken out, and "Remove at Most" is ${most} % (${count(allowed)} here). Look at the rows again; where they are meant, raise that number (0: no limit).`;
}

/** Why nobody may be taken out once it is known who came in: somebody whom the rows name has to be there. */
export function lastHolds(
	{ add, stay, surplus, held }: MemberPlan,
	cameIn: number,
	{ emptyMeansNobody }: MemberSettings,
): string | undefined {
	if (held !== undefined || surplus.length === 0 || stay.length + cameIn > 0) return held;
	// A cell with IDs of nobody is not an empty one.
	if (emptyMeansNobody && add.length === 0) return undefined;
	return 'Nobody whom the rows name would be left in the group: the last member is taken out only where Empty Means Nobody is on and the cell of members is empty.';
}

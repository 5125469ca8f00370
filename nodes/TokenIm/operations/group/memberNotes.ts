// What the rows of a run say of the members of groups, as far as they could be read. Whoever is named nowhere may be
// taken out only where no row might have named them (law 14).

import type { Prepared } from '../../engine/types';
import type { Protocol } from '../../protocol/calls';
import { alike, nearly } from '../alike';
import type { ColumnMap } from '../../input/columns/columns';
import type { RowCheck } from '../rowCheck';

export class MemberNotes {
	/** By group, whom its rows name: also rows that went no further. */
	private readonly named = new Map<string, Set<string>>();
	/** Groups of which a row could not be read. */
	private readonly unclear = new Set<string>();
	/** Of each group that a row is about, also of one that could not be read, its ID as a row has it. */
	private readonly ids = new Map<string, string>();
	/** The same groups by what their IDs nearly are; kept row by row, for all at once would hold the event loop (law 11). */
	private readonly byNearly = new Map<string, string[]>();
	private isAnyUnclear = false;

	constructor(private readonly protocol: Pick<Protocol, 'fold'>) {}

	/** Takes in what was read of a row; `undefined` where that threw. */
	see(prepared: Prepared | undefined): void {
		if (prepared?.ok === true) {
			const { id, memberIds = [] } = prepared.entry;
			const group = this.noted(id);
			const members = this.named.get(group) ?? new Set<string>();
			this.named.set(group, members);
			for (const userId of memberIds) members.add(alike(this.protocol.fold('user', userId)));
			return;
		}
		// Where a whole row is unclear, so is whether its group is the one that it seems to name.
		const isOfGroup = prepared?.id !== undefined && !prepared.issues.some(({ field }) => field === 'row');
		if (isOfGroup) this.unclear.add(this.noted(prepared.id));
		else this.isAnyUnclear = true;
	}

	/** Whether a row names this user, or somebody whose id reads the same, as a member of the group; both folded. */
	names(group: string, userId: string): boolean {
		return this.named.get(alike(group))?.has(alike(userId)) === true;
	}

	/** Why nobody may be taken out of this group; folded. */
	holds(group: string): string | undefined {
		if (this.isAnyUnclear) return GROUP_UNCLEAR;
		return this.unclear.has(alike(group)) ? MEMBER_UNCLEAR : undefined;
	}

	/** IDs of rows, each of another group than this one, that a hand or a spreadsheet may have made of its ID; folded. */
	nearlyNamed(group: string): readonly string[] {
		const key = alike(group);
		const near = this.byNearly.get(nearly(key)) ?? [];
		return near.filter((other) => other !== key).map((other) => this.ids.get(other) ?? other);
	}

	/** Groups whose ids read the same count as one: a person who wrote them meant one. */
	private noted(id: string): string {
		const group = alike(this.protocol.fold('group', id));
		if (this.ids.has(group)) return group;
		this.ids.set(group, id);
		const key = nearly(group);
		const near = this.byNearly.get(key);
		if (near === undefined) this.byNearly.set(key, [group]);
		else near.push(group);
		return group;
	}
}

const GROUP_UNCLEAR =
	'A row could not be read so far that its group was known: it may name them. Mend the rows that are invalid and run again.';
const MEMBER_UNCLEAR =
	'A row of this group could not be read: it may name them. Mend the rows that are invalid and run again.';

/**
 * The same check, which notes down what was read.
 *
 * @param columns given where an empty list of members is one, and nothing is wrong with its row
 */
export function noting(rowCheck: RowCheck, notes: MemberNotes, columns?: Pick<ColumnMap, 'map'>): RowCheck {
	return {
		...rowCheck,
		prepare(row) {
			let prepared: Prepared | undefined;
			try {
				prepared = rowCheck.prepare(row);
				if (columns !== undefined) prepared = orNobody(prepared, () => columns.map(row).lacks('memberIds'));
				return prepared;
			} finally {
				notes.see(prepared);
			}
		},
	};
}

/** A column that a row has not says nothing: only one that is there and empty means nobody. */
function orNobody(prepared: Prepared, lacksMembers: () => boolean): Prepared {
	if (prepared.ok || prepared.id === undefined) return prepared;
	const isEmpty = prepared.issues.every(
		({ field, code, column }) => field === 'memberIds' && code === 'required' && column !== null,
	);
	const { id } = prepared;
	return isEmpty && !lacksMembers() ? { ok: true, entry: { id, fields: { groupId: id }, memberIds: [] } } : prepared;
}

// Group By: what became of the groups, each counted once, for rows are their members.

import type { Verdict } from '../engine/types';
import { count } from '../engine/count';

/** How the status of a group reads behind a number. Adding members makes nothing of the group itself. */
const WORDS = new Map<Verdict['status'], string>([
	['created', 'created'],
	['updated', 'updated'],
	['unchanged', 'unchanged'],
	['exists', 'existed'],
	['found', 'found'],
	['missing', 'missing'],
	['mismatch', 'different'],
	['failed', 'refused'],
	['unknown', 'unknown'],
]);

export class GroupTally {
	private readonly statuses = new Map<string, Verdict['status']>();

	add(verdict: Verdict): void {
		if ('group' in verdict && verdict.group !== undefined && verdict.groupId !== undefined)
			this.statuses.set(verdict.groupId, verdict.group);
	}

	/** Whether rows were members of groups. */
	get hasMembers(): boolean {
		return this.statuses.size > 0;
	}

	/** "2 groups created, 1 existed"; empty where nothing became of any. */
	text(): string {
		const counts = [...this.counts()].filter(([status]) => WORDS.has(status));
		return counts
			.map(([status, groups], index) => {
				const noun = index > 0 ? '' : groups === 1 ? ' group' : ' groups';
				return `${count(groups)}${noun} ${WORDS.get(status)}`;
			})
			.join(', ');
	}

	/** By status, how many groups. */
	counts(): ReadonlyMap<Verdict['status'], number> {
		const counts = new Map<Verdict['status'], number>();
		for (const status of this.statuses.values()) counts.set(status, (counts.get(status) ?? 0) + 1);
		return counts;
	}
}

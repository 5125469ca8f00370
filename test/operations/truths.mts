// What verdicts may not say, given who is in the service. Says what is wrong and throws nothing: also for the soak.

import type { Verdict } from '../../nodes/TokenIm/engine/types';

const DONE: ReadonlySet<string> = new Set(['created', 'updated', 'unchanged', 'exists']);

/** Of a verdict, what tells of somebody; as the engine has it or as the node puts it out. */
export interface Told {
	readonly status: Verdict['status'];
	readonly userId?: string;
	readonly groupId?: string;
	readonly imId?: string;
	readonly createdBy?: string;
}

/** Who is in the service, by id; `after` with what the service calls them. */
export interface Holds {
	readonly before: ReadonlySet<string>;
	readonly after: ReadonlyMap<string, string>;
	/** Somebody may have come after a look-up that did not find him, and that no key can tell of. */
	readonly isBelated?: boolean;
}

/** The id that a verdict speaks of. */
export function idOf({ userId, groupId }: Pick<Told, 'userId' | 'groupId'>): string | undefined {
	return userId ?? groupId;
}

/** A sentence for each lie: nobody lost, nobody claimed, nobody denied (laws 1, 3, 7). */
export function untruths(verdicts: readonly Told[], { before, after, isBelated = false }: Holds): string[] {
	const lies: string[] = [];
	const created = new Set<string>();
	const mayBeMade = new Set<string>();
	for (const verdict of verdicts) {
		const { status, imId, createdBy } = verdict;
		const id = idOf(verdict);
		if (id === undefined) continue;
		if (DONE.has(status)) {
			if (!after.has(id)) lies.push(`${id} is ${status}, but not there`);
			else if (imId !== undefined && imId !== after.get(id))
				lies.push(`${id} is ${String(after.get(id))}, not ${imId}`);
		}
		if (DONE.has(status) || status === 'unknown') mayBeMade.add(id);
		if (status === 'created') {
			if (before.has(id)) lies.push(`${id} was there before, so nobody created it`);
			if (created.has(id)) lies.push(`${id} was created twice`);
			created.add(id);
		}
		if (status === 'exists' && createdBy !== 'unknown' && !before.has(id)) {
			lies.push(`${id} was not there before, so this run may have created it`);
		}
	}
	for (const id of after.keys()) {
		if (!isBelated && !before.has(id) && !mayBeMade.has(id))
			lies.push(`${id} was created, and every row of it says otherwise`);
	}
	return lies;
}

// What a verdict says of the members of a group, held against who is in it.

import { expect } from 'vitest';

import type { Verdict } from '../../nodes/TokenIm/engine/types';
import type { Lab } from './lab.mts';

/** Who is in each group. */
export const membersOf = ({ service }: Lab): Map<string, ReadonlySet<string>> =>
	new Map(service.groups().map((group) => [group.groupId, new Set(group.memberIds)]));

/** The members of a verdict are all accounted for, and none of them untruly. */
export function membersAreTrue(
	verdict: Verdict,
	memberIds: readonly string[],
	before: ReadonlySet<string>,
	after: ReadonlySet<string>,
	isBelatedScript: boolean,
): void {
	if (!('members' in verdict) || verdict.members === undefined) return;
	const { added, exists, failed, unknown, notAttempted } = verdict.members;
	expect(added + exists + failed.length + unknown.length + notAttempted.length).toBe(memberIds.length);
	const out = new Set([...failed.map(({ userId }) => userId), ...unknown, ...notAttempted]);
	expect(out.size).toBe(failed.length + unknown.length + notAttempted.length);
	for (const id of out) expect(memberIds).toContain(id);
	for (const id of memberIds)
		if (!out.has(id)) expect(after.has(id), `${id} is in the group, says the verdict`).toBe(true);
	if (isBelatedScript) return;
	for (const id of notAttempted)
		if (after.has(id))
			expect(before.has(id) || id === 'u1', `${id} was added, says the group, and notAttempted, says the verdict`).toBe(
				true,
			);
	for (const { userId } of failed)
		if (after.has(userId))
			expect(before.has(userId) || userId === 'u1', `${userId} failed, says the verdict`).toBe(true);
}

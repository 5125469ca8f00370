// What became of a group's members, in short: counts of those that are in, ids of those that are not.

import type { MemberSummary, Task } from '../engine/types';

export function summarize(members: readonly Task[]): MemberSummary {
	const failed: Array<{ userId: string; code: string; message: string }> = [];
	const unknown: string[] = [];
	const notAttempted: string[] = [];
	let added = 0;
	let exists = 0;
	for (const { entry, outcome } of members) {
		if (outcome?.kind === 'done' && outcome.status === 'exists') exists++;
		else if (outcome?.kind === 'done') added++;
		else if (outcome?.kind === 'failed') failed.push({ userId: entry.id, code: outcome.code, message: outcome.message });
		else if (outcome?.kind === 'notAttempted') notAttempted.push(entry.id);
		else unknown.push(entry.id);
	}
	return { added, exists, failed, unknown, notAttempted };
}

// Who is in a group, read to the end of its list, and who owns it: nothing is said of members whom no row names before
// both are known (law 14).

import type { RunContext } from '../../engine/context';
import { listAll, type ListStep } from '../../engine/delivery/listAll';
import { lookUp } from '../../engine/delivery/lookUp';
import type { ListCall } from '../../engine/list';
import type { Outcome, Task } from '../../engine/types';
import type { Listed } from '../../engine/wire';
import type { Protocol } from '../../protocol/calls';
import type { MemberNotes } from './memberNotes';
import { planMembers, type MemberPlan, type MemberSettings } from './memberPlan';
import type { NearGroups } from './nearGroups';

/** What a run knows of its rows, and how it was set. */
export interface Planning {
	readonly protocol: Protocol;
	readonly notes: MemberNotes;
	readonly near: NearGroups;
	readonly settings: MemberSettings;
}

/** What is known of the groups themselves: not every list of members says who is the owner. */
export async function groupsNow(
	ctx: RunContext,
	protocol: Protocol,
	tasks: readonly Task[],
): Promise<ReadonlyMap<Task, Outcome>> {
	const query = protocol.groupLookUp();
	if (query === undefined) return new Map();
	return new Map([...(await lookUp(ctx, query, tasks))].map(([task, { outcome }]) => [task, outcome]));
}

type Ended = Exclude<ListStep, { readonly kind: 'records' | 'whole' }>;

/** The whole of a list, or how it ended before. */
export async function readMembers(ctx: RunContext, list: ListCall): Promise<readonly Listed[] | Ended> {
	const listed: Listed[] = [];
	for await (const step of listAll(ctx, list)) {
		if (step.kind === 'whole') return listed;
		if (step.kind !== 'records') return step;
		for (const record of step.records) listed.push(record);
	}
	return { kind: 'brokeOff', code: 'no_answer', reason: 'The list of members did not end.' };
}

/**
 * Reads who is in the group, and plans who comes and goes.
 *
 * @returns what becomes of it where that, or who owns it, could not be read; under `absent` where there is no such group
 */
export async function planFor(
	ctx: RunContext,
	{ protocol, notes, near, settings }: Planning,
	task: Task,
	now: Outcome | undefined,
): Promise<MemberPlan | Outcome | { readonly absent: Outcome }> {
	const list = protocol.listMembers(task.entry.id);
	const listed = await readMembers(ctx, list);
	if ('kind' in listed) {
		const { kind, code, reason } = listed;
		if (kind === 'absent') return { absent: { kind: 'failed', code, message: reason, retryable: false } };
		return { kind: 'notAttempted', code, reason: `${reason} Nobody was added or taken out.` };
	}
	if (isOpen(now) && !listed.some(({ role }) => role === 'owner')) return now;
	const plan = planMembers(task.entry, listed, ownerIn(now), notes, settings, protocol);
	if (plan.surplus.length === 0) return plan;
	const held = plan.held ?? ownerHolds(listed, now, list) ?? (await near.holds(ctx, task));
	return { ...plan, held };
}

function isOpen(now: Outcome | undefined): now is Outcome {
	return now !== undefined && now.kind !== 'found' && now.kind !== 'missing';
}

/** Who owns the group, where its look-up tells. */
export function ownerIn(now: Outcome | undefined): string | undefined {
	const owner = now?.kind === 'found' ? now.record.ownerId : undefined;
	return typeof owner === 'string' || typeof owner === 'number' ? String(owner) : undefined;
}

/** Where the owner should be told and is not, any of the others may be the owner. */
export function ownerHolds(
	listed: readonly Listed[],
	now: Outcome | undefined,
	{ tellsOwner }: ListCall,
): string | undefined {
	if (ownerIn(now) !== undefined || listed.some(({ role }) => role === 'owner')) return undefined;
	return tellsOwner || now?.kind === 'missing' ? OWNER_UNCLEAR : undefined;
}

const OWNER_UNCLEAR =
	'The service did not say who owns the group: neither its list of members nor the look-up of the group. Run again; where it stays so, ask the administrator of the service.';

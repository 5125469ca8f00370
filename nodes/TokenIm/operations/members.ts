// Members of one group: adding them, asking after them, and what became of them in short.

import { cut } from '../engine/delivery/chunk';
import type { RunContext } from '../engine/context';
import { deliver } from '../engine/delivery/deliver';
import type { Seen } from '../engine/delivery/errand';
import { lookUp, lookUpBy } from '../engine/delivery/lookUp';
import { newTask } from '../engine/delivery/task';
import type { Entry, MemberSummary, Outcome, Task } from '../engine/types';
import type { Call } from '../engine/call';

export type MemberOutcomes = ReadonlyMap<string, Outcome>;

/**
 * Carries a members call out for each of these user ids, as many in one request as the plan allows.
 *
 * @param group the row's task: its place in the run is part of the members' keys
 * @param query asked first, for calls that would change the role of who is in the group; what it finds is not sent
 * @param open ids that an earlier request carried without an answer to them: they may be members already
 * @returns what became of each id, in the same order
 */
export async function forMembers(
	ctx: RunContext,
	call: Call,
	group: Task,
	userIds: readonly string[],
	query?: Call,
	open: ReadonlySet<string> = new Set(),
): Promise<MemberOutcomes> {
	const tasks = userIds.map((id) => newTask(memberEntry(id), group.position, open.has(id) ? 'open' : 'none'));
	const means = { lookUp: lookUpBy(ctx, query) };
	await Promise.all(cut(call, tasks, ctx.limits).map(async (chunk) => await deliver(ctx, call, chunk, means)));
	return collect(
		group,
		tasks.map(({ entry, outcome, attempts }) => [entry, { outcome: outcome ?? UNRECORDED, attempts }]),
	);
}

/** Asks after each of these user ids. Returns what is known of each, in the same order. */
export async function askAfter(
	ctx: RunContext,
	query: Call,
	group: Task,
	userIds: readonly string[],
): Promise<MemberOutcomes> {
	const asked = userIds.map((id) => ({ entry: memberEntry(id), position: group.position }));
	const seen = await lookUp(ctx, query, asked);
	return collect(
		group,
		[...seen].map(([{ entry }, now]) => [entry, now]),
	);
}

/** The group travelled as often as the request of its members that travelled most. */
function collect(group: Task, members: ReadonlyArray<readonly [Entry, Seen]>): MemberOutcomes {
	group.attempts += members.reduce((most, [, { attempts }]) => Math.max(most, attempts), 0);
	return new Map(members.map(([{ id }, { outcome }]) => [id, outcome]));
}

const UNRECORDED: Outcome = { kind: 'unknown', reason: 'No outcome was recorded.' };

function memberEntry(userId: string): Entry {
	return { id: userId, fields: { userId } };
}

/** Counts of members that are in, ids of those that are not. */
export function summarize(members: MemberOutcomes): MemberSummary {
	const failed: Array<{ userId: string; code: string; message: string }> = [];
	const unknown: string[] = [];
	const notAttempted: string[] = [];
	let added = 0;
	let exists = 0;
	for (const [userId, outcome] of members) {
		if (outcome.kind === 'done' && outcome.status === 'exists') exists++;
		else if (outcome.kind === 'done') added++;
		else if (outcome.kind === 'failed') failed.push({ userId, code: outcome.code, message: outcome.message });
		else if (outcome.kind === 'notAttempted') notAttempted.push(userId);
		else unknown.push(userId);
	}
	return { added, exists, failed, unknown, notAttempted };
}

/** Of members that were to go: ids of those who did, how many were not in, and ids of those who may be in still. */
export function summarizeRemoved(
	members: MemberOutcomes,
): MemberSummary & { readonly removed: readonly string[]; readonly absent: number } {
	const { failed, unknown, notAttempted } = summarize(members);
	const done = [...members].flatMap(([userId, outcome]) => (outcome.kind === 'done' ? [{ userId, outcome }] : []));
	const removed = done.filter(({ outcome }) => outcome.status !== 'absent').map(({ userId }) => userId);
	return { added: 0, exists: 0, removed, absent: done.length - removed.length, failed, unknown, notAttempted };
}

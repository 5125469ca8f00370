// What is tried on a live service beside rows: lists, and what takes away, on the throw-away users and their group.

import type { Call } from '../../nodes/TokenIm/engine/call';
import type { RunContext } from '../../nodes/TokenIm/engine/context';
import { cut } from '../../nodes/TokenIm/engine/delivery/chunk';
import { deliver } from '../../nodes/TokenIm/engine/delivery/deliver';
import { listAll } from '../../nodes/TokenIm/engine/delivery/listAll';
import { lookUpBy } from '../../nodes/TokenIm/engine/delivery/lookUp';
import { newTask } from '../../nodes/TokenIm/engine/delivery/task';
import type { ListCall } from '../../nodes/TokenIm/engine/list';
import type { DoneStatus } from '../../nodes/TokenIm/engine/wire';
import type { Protocol } from '../../nodes/TokenIm/protocol/calls';
import { isGroupGone, isOutOfGroup, isReactivated, isSuspended, type Shows } from './tryAfter.mts';
import type { Left } from './trySteps.mts';

/** Whom it is tried on; `group` is the id by which the service knows the group. */
export interface TryIds {
	readonly users: readonly string[];
	readonly member: string;
	readonly group: string;
}

export interface CallStep {
	readonly what: string;
	/** What it is tried on; none where earlier steps did not leave it. */
	on(left: Left): TryIds | undefined;
	/** @returns what is told, and whether it came as expected. @throws Unsupported where the service does not have it */
	carryOut(ctx: RunContext, protocol: Protocol, ids: TryIds): Promise<Told>;
	/** The group is gone afterwards. */
	readonly takesGroup?: true;
}

export interface Told {
	readonly lines: readonly string[];
	readonly isFine: boolean;
}

/** @param mark with which every id begins */
export function callStepsOf(mark: string): readonly CallStep[] {
	const users = [`${mark}a`, `${mark}b`];
	const member = `${mark}b`;
	return STEPS.map(({ what, needs, ...step }) => ({
		...step,
		what: what({ users, member, group: `${mark}g` }),
		on: (left) => {
			const hasUsers = needs === 'group' || users.every((id) => left.users.has(id));
			const hasGroup = needs === 'users' || left.group !== undefined;
			return hasUsers && hasGroup ? { users: [...left.users], member, group: left.group ?? '' } : undefined;
		},
	}));
}

interface Described extends Omit<CallStep, 'what' | 'on'> {
	readonly what: (ids: TryIds) => string;
	readonly needs: 'users' | 'group' | 'both';
}

const STEPS: readonly Described[] = [
	{
		needs: 'users',
		what: ({ users }) => `find ${users.join(', ')} and all others of them in the list of users`,
		carryOut: async (ctx, protocol, { users }) => await find(ctx, protocol.listUsers(), users),
	},
	{
		needs: 'group',
		what: ({ group }) => `find ${group} in the list of groups`,
		carryOut: async (ctx, protocol, { group }) => await find(ctx, protocol.listGroups(), [group]),
	},
	{
		needs: 'both',
		what: ({ member }) => `find ${member} in the list of the members of that group`,
		carryOut: async (ctx, protocol, { group, member }) => await find(ctx, protocol.listMembers(group), [member]),
	},
	{
		needs: 'both',
		what: ({ member }) => `take ${member} out of that group`,
		carryOut: async (ctx, protocol, { group, member }) =>
			await change(ctx, protocol, {
				call: protocol.removeMembers(group),
				id: member,
				group,
				expected: 'removed',
				shows: isOutOfGroup,
			}),
	},
	{
		needs: 'users',
		what: ({ member }) => `suspend ${member}`,
		carryOut: async (ctx, protocol, { member, group }) =>
			await change(ctx, protocol, {
				call: protocol.suspendUsers(),
				id: member,
				group,
				expected: 'suspended',
				shows: isSuspended,
			}),
	},
	{
		needs: 'users',
		what: ({ member }) => `reactivate ${member}`,
		carryOut: async (ctx, protocol, { member, group }) =>
			await change(ctx, protocol, {
				call: protocol.reactivateUsers(),
				id: member,
				group,
				expected: 'reactivated',
				shows: isReactivated,
			}),
	},
	{
		needs: 'group',
		takesGroup: true,
		what: ({ group }) => `delete the group ${group}`,
		carryOut: async (ctx, protocol, { group }) =>
			await change(ctx, protocol, {
				call: protocol.deleteGroups(),
				id: group,
				group,
				expected: 'deleted',
				shows: isGroupGone,
			}),
	},
];

/** A list that goes round in circles shows that on the pages after those that it was read for. */
const PAGES_BEYOND = 3;

/** Reads a list as far as it must to meet all of them, and a little further: the service may have many others. */
async function find(ctx: RunContext, list: ListCall, ids: readonly string[]): Promise<Told> {
	const left = new Map(ids.map((id) => [list.fold(id), id]));
	let beyond = 0;
	for await (const step of listAll(ctx, list)) {
		if (step.kind === 'records') {
			for (const { id } of step.records) left.delete(list.fold(id));
			if (left.size === 0 && ++beyond > PAGES_BEYOND) break;
			continue;
		}
		if (step.kind === 'whole' && left.size === 0) break;
		const why = 'reason' in step ? step.reason : 'The list ended, as the profile reads it, without it.';
		const lines = [...left.values()].map((id) => `${id}: not in the list. ${why}`);
		return { lines: lines.length === 0 ? [why] : lines, isFine: false };
	}
	return { lines: ids.map((id) => `${id}: listed`), isFine: true };
}

interface Changing {
	readonly call: Call;
	readonly id: string;
	readonly group: string;
	readonly expected: DoneStatus;
	/** What the service shows afterwards. */
	readonly shows: Shows;
}

async function change(
	ctx: RunContext,
	protocol: Protocol,
	{ call, id, group, expected, shows }: Changing,
): Promise<Told> {
	const task = newTask({ id, fields: {} }, 0);
	const means = { lookUp: lookUpBy(ctx, protocol.userLookUp()) };
	for (const chunk of cut(call, [task], ctx.limits)) await deliver(ctx, call, chunk, means);
	const { outcome } = task;
	const status = outcome?.kind === 'done' ? outcome.status : (outcome?.kind ?? 'unknown');
	if (status !== expected) {
		const why = outcome !== undefined && 'reason' in outcome ? outcome.reason : '';
		const message = outcome?.kind === 'failed' ? outcome.message : why;
		return { lines: [`${id}: ${status}, expected ${expected}. ${message}`.trim()], isFine: false };
	}
	await ctx.pause(protocol.readLagMs);
	const shown = await shows(ctx, protocol, id, group);
	if (shown === undefined) return { lines: [`${id}: ${status}`], isFine: true };
	return { lines: [`${id}: the profile says ${status}, but ${shown}`], isFine: false };
}

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
			return hasUsers && hasGroup ? { users, member, group: left.group ?? '' } : undefined;
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
		what: ({ users }) => `find ${users.join(' and ')} in the list of users`,
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
			await change(ctx, protocol, protocol.removeMembers(group), member, 'removed'),
	},
	{
		needs: 'users',
		what: ({ member }) => `suspend ${member}`,
		carryOut: async (ctx, protocol, { member }) =>
			await change(ctx, protocol, protocol.suspendUsers(), member, 'suspended'),
	},
	{
		needs: 'users',
		what: ({ member }) => `reactivate ${member}`,
		carryOut: async (ctx, protocol, { member }) =>
			await change(ctx, protocol, protocol.reactivateUsers(), member, 'reactivated'),
	},
	{
		needs: 'group',
		takesGroup: true,
		what: ({ group }) => `delete the group ${group}`,
		carryOut: async (ctx, protocol, { group }) =>
			await change(ctx, protocol, protocol.deleteGroups(), group, 'deleted'),
	},
];

/** Reads a list as far as it must to meet all of them: the service may have many others. */
async function find(ctx: RunContext, list: ListCall, ids: readonly string[]): Promise<Told> {
	const left = new Map(ids.map((id) => [list.fold(id), id]));
	for await (const step of listAll(ctx, list)) {
		if (step.kind !== 'records') {
			const why = 'reason' in step ? step.reason : 'the list ended';
			return { lines: [...left.values()].map((id) => `${id}: not in the list. ${why}`), isFine: false };
		}
		for (const { id } of step.records) left.delete(list.fold(id));
		if (left.size === 0) break;
	}
	return { lines: ids.map((id) => `${id}: listed`), isFine: true };
}

async function change(
	ctx: RunContext,
	protocol: Protocol,
	call: Call,
	id: string,
	expected: DoneStatus,
): Promise<Told> {
	const task = newTask({ id, fields: {} }, 0);
	const means = { lookUp: lookUpBy(ctx, protocol.userLookUp()) };
	for (const chunk of cut(call, [task], ctx.limits)) await deliver(ctx, call, chunk, means);
	const { outcome } = task;
	const status = outcome?.kind === 'done' ? outcome.status : (outcome?.kind ?? 'unknown');
	if (status === expected) return { lines: [`${id}: ${status}`], isFine: true };
	const why = outcome !== undefined && 'reason' in outcome ? outcome.reason : '';
	const message = outcome?.kind === 'failed' ? outcome.message : why;
	return { lines: [`${id}: ${status}, expected ${expected}. ${message}`.trim()], isFine: false };
}

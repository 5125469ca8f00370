// Group → Create: groups with owner and members. Members that one request cannot hold, and those that its answer left
// out, go through the members endpoint once the group is there.

import type { Chunk } from '../../engine/delivery/chunk';
import type { RunContext } from '../../engine/context';
import { deliver } from '../../engine/delivery/deliver';
import type { Means } from '../../engine/delivery/errand';
import type { Outcome } from '../../engine/types';
import type { Protocol } from '../../protocol/calls';
import { defineOperation } from '../definition';
import { judgementOf } from '../judgement';
import { membersOf, openOf, userLookUpOf } from '../memberForecast';
import { askAfter } from '../members';
import type { Forecast } from '../validateOnly';
import { fillGroup } from './fillGroup';

export const createGroups = defineOperation({
	resource: 'group',
	words: {
		name: 'Create',
		value: 'create',
		description: 'Create a group for each row, with its owner and members',
		action: 'Create groups',
	},
	mode: 'create',
	takesMemberships: true,
	settings: () => ({}),
	make({ protocol, rowCheck }) {
		const call = protocol.createGroups('keep');
		return {
			...rowCheck,
			call,
			lookUp: protocol.groupLookUp(),
			repeats: 'refuse',
			async carryOut(ctx: RunContext, chunk: Chunk, means: Means): Promise<void> {
				// Limits are only ever lowered, so no request of these groups carries more members of one.
				const most = ctx.limits.of(call).members;
				await deliver(ctx, call, chunk, means);
				await Promise.all(chunk.tasks.map(async (task) => await fillGroup(ctx, protocol, call, task, most)));
			},
			judge: (entry, outcome) => judgementOf('groupId', entry, outcome),
		};
	},
	forecast: ({ protocol, isPerMember }) => forecast(protocol, isPerMember),
});

/** @param isPerMember whether each row is told of its member (*Group By*), which takes further look-ups */
function forecast(protocol: Protocol, isPerMember: boolean): Forecast {
	const users = userLookUpOf(protocol);
	return {
		query: protocol.queryGroups(),
		would: (_entry, exists) => (exists ? 'exists' : 'created'),
		async ask(ctx, task, exists) {
			const { id, fields, memberIds = [] } = task.entry;
			const owner = exists || fields.ownerId === undefined ? [] : [String(fields.ownerId)];
			const asked = isPerMember ? memberIds : [];
			const known = await users(ctx, task, [...owner, ...asked]);
			const members = exists ? protocol.memberQuery(id) : undefined;
			const inGroup = members === undefined ? new Map<string, Outcome>() : await askAfter(ctx, members, task, asked);
			const open = openOf(known) ?? openOf(inGroup);
			if (open !== undefined) return open;
			// Who does not exist cannot own a group; one that exists keeps the owner that it has.
			if (owner.some((userId) => known.get(userId)?.kind === 'missing')) return { kind: 'valid', would: 'failed' };
			const isIn = (userId: string) =>
				inGroup.get(userId)?.kind === 'found' || owner.some((own) => isSame(own, userId));
			const isKnown = !exists || members !== undefined;
			return {
				kind: 'valid',
				would: exists ? 'exists' : 'created',
				memberOutcomes: membersOf(asked, isIn, known, isKnown),
			};
		},
	};

	function isSame(one: string, other: string): boolean {
		return protocol.fold('user', one) === protocol.fold('user', other);
	}
}

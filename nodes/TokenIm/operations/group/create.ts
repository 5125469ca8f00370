// Group → Create: groups with owner and members. Members that one request cannot hold, and those that its answer left
// out, go through the members endpoint once the group is there.

import type { Chunk } from '../../engine/delivery/chunk';
import type { RunContext } from '../../engine/context';
import { deliver } from '../../engine/delivery/deliver';
import type { Means } from '../../engine/delivery/errand';
import { match } from '../../engine/delivery/match';
import type { Outcome, Task } from '../../engine/types';
import type { Call } from '../../engine/call';
import type { EntryAnswer } from '../../engine/wire';
import { Unsupported, type Protocol } from '../../protocol/calls';
import { defineOperation } from '../definition';
import { judgementOf } from '../judgement';
import { membersOf, openOf, userLookUpOf } from '../memberForecast';
import { askAfter, forMembers, summarize, type MemberOutcomes } from '../members';
import type { Forecast } from '../validateOnly';

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

/**
 * Adds the members of a group that its own request did not, and sums up what became of each.
 *
 * @param most members, from the first on, that its own request may have carried
 */
async function fillGroup(
	ctx: RunContext,
	protocol: Protocol,
	creator: Call,
	group: Task,
	most: number | undefined,
): Promise<void> {
	const { memberIds = [] } = group.entry;
	const { outcome } = group;
	if (outcome?.kind !== 'done' || memberIds.length === 0) return;
	const fold = (id: string): string => protocol.fold('user', id);
	const answers = match(memberIds.map(fold), outcome.members ?? [], fold);
	const settled = new Map(memberIds.map((id, index) => [id, settledBy(answers[index])]));
	const left = memberIds.filter((id) => settled.get(id) === undefined);
	const carried = mayHaveAdded(protocol, creator, group, outcome) ? memberIds.slice(0, most) : [];
	const unanswered = carried.filter((_, index) => answers[index] === undefined);
	const address = protocol.groupAddress(group.entry.id, outcome.imId);
	// A group that this run made has nobody yet whose role could change.
	const lookUp = outcome.status === 'created' ? undefined : protocol.memberLookUp(address);
	const added = await addLeft();
	const memberOutcomes = new Map<string, Outcome>();
	for (const id of memberIds) {
		const became = settled.get(id) ?? added.get(id);
		if (became !== undefined) memberOutcomes.set(id, became);
	}
	group.outcome = { ...outcome, members: undefined, memberOutcomes, memberSummary: summarize(memberOutcomes) };

	async function addLeft(): Promise<MemberOutcomes> {
		if (left.length === 0) return new Map();
		const call = adderOf(protocol, address);
		if (!(call instanceof Unsupported)) return await forMembers(ctx, call, group, left, lookUp, new Set(unanswered));
		const message = `The request that creates a group has no room for this member, and no other can add one: ${call.why}`;
		return new Map(left.map((id) => [id, { kind: 'failed', code: 'unsupported', message, retryable: false }]));
	}
}

/**
 * Whether the request for the group may have added members: not where its body names none, nor where it was refused, or
 * not sent at all, for a group that existed.
 */
function mayHaveAdded(
	{ existingGroupsTakeMembers }: Protocol,
	creator: Call,
	{ entry }: Task,
	{ status, createdBy }: Extract<Outcome, { kind: 'done' }>,
): boolean {
	if (status === 'exists' && createdBy !== 'unknown' && !existingGroupsTakeMembers) return false;
	return creator.encode(entry) !== creator.encode({ ...entry, memberIds: undefined });
}

/** What the group's own answer settles of a member; a refusal that asks for another try is left to the members endpoint. */
function settledBy(answer: EntryAnswer | undefined): Outcome | undefined {
	if (answer?.status === 'failed') {
		const { code, message, field, retryable } = answer;
		return retryable ? undefined : { kind: 'failed', code, message, field, retryable };
	}
	return answer?.status === 'added' || answer?.status === 'exists'
		? { kind: 'done', status: answer.status }
		: undefined;
}

function adderOf(protocol: Protocol, groupId: string): Call | Unsupported {
	return protocol.unsupported('addMembers') ?? protocol.addMembers(groupId);
}

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

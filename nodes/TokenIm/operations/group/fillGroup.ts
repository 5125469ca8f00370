// The members of a group that was just made or met: those that its own request did not bring go through the members
// endpoint.

import type { Call } from '../../engine/call';
import type { RunContext } from '../../engine/context';
import { match } from '../../engine/delivery/match';
import type { Outcome, Task } from '../../engine/types';
import type { EntryAnswer } from '../../engine/wire';
import { Unsupported, type Protocol } from '../../protocol/calls';
import { forMembers, summarize, type MemberOutcomes } from '../members';

/**
 * Adds the members of a group that its own request did not, and sums up what became of each.
 *
 * @param most members, from the first on, that its own request may have carried
 */
export async function fillGroup(
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
	const added = await addRest(ctx, protocol, group, { address, left, lookUp, open: new Set(unanswered) });
	const memberOutcomes = new Map<string, Outcome>();
	for (const id of memberIds) {
		const became = settled.get(id) ?? added.get(id);
		if (became !== undefined) memberOutcomes.set(id, became);
	}
	group.outcome = { ...outcome, members: undefined, memberOutcomes, memberSummary: summarize(memberOutcomes) };
}

interface Rest {
	/** The id by which the service knows the group. */
	readonly address: string;
	readonly left: readonly string[];
	/** Asked first, where adding one who is in would change something. */
	readonly lookUp?: Call;
	/** Who may be in by an earlier request. */
	readonly open?: ReadonlySet<string>;
}

/** Adds these people to a group that is there; where the service has no request for that, each is told so. */
export async function addRest(
	ctx: RunContext,
	protocol: Protocol,
	group: Task,
	{ address, left, lookUp, open }: Rest,
): Promise<MemberOutcomes> {
	if (left.length === 0) return new Map();
	const call = adderOf(protocol, address);
	if (!(call instanceof Unsupported)) return await forMembers(ctx, call, group, left, lookUp, open);
	const message = `The request that creates a group has no room for this member, and no other can add one: ${call.why.replace(/\.$/, '')}. Add these members in the service itself.`;
	return new Map(left.map((id) => [id, { kind: 'failed', code: 'unsupported', message, retryable: false }]));
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

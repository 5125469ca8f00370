// What the service shows of somebody after `try` took something away or gave it back: in words where that contradicts
// what the profile says was done.

import type { RunContext } from '../../nodes/TokenIm/engine/context';
import { listAll } from '../../nodes/TokenIm/engine/delivery/listAll';
import { lookUp } from '../../nodes/TokenIm/engine/delivery/lookUp';
import type { Call } from '../../nodes/TokenIm/engine/call';
import type { ListCall } from '../../nodes/TokenIm/engine/list';
import type { Outcome } from '../../nodes/TokenIm/engine/types';
import type { Listed } from '../../nodes/TokenIm/engine/wire';
import type { Protocol } from '../../nodes/TokenIm/protocol/calls';

/** Nothing where it is as it should be, or where neither a look-up nor a list tells. */
export type Shows = (ctx: RunContext, protocol: Protocol, id: string, group: string) => Promise<string | undefined>;

export const isOutOfGroup: Shows = async (ctx, protocol, id, group) => {
	const query = protocol.memberQuery(group);
	const isIn =
		query === undefined
			? protocol.unsupported('listMembers') === undefined &&
				(await listedAs(ctx, protocol.listMembers(group), id)) !== undefined
			: (await askedAfter(ctx, query, id))?.kind === 'found';
	return isIn ? 'the service still has it in the group' : undefined;
};

export const isGroupGone: Shows = async (ctx, protocol, group) => {
	const query = protocol.groupLookUp();
	const seen = query === undefined ? undefined : await askedAfter(ctx, query, group);
	return seen?.kind === 'found' ? 'a look-up still finds it' : undefined;
};

export const isSuspended: Shows = async (ctx, protocol, id) =>
	(await isActive(ctx, protocol, id)) === true ? 'the service says that it can sign in' : undefined;

export const isReactivated: Shows = async (ctx, protocol, id) =>
	(await isActive(ctx, protocol, id)) === false ? 'the service says that it cannot sign in' : undefined;

/** By the look-up, else by the list; `undefined` where neither tells. */
async function isActive(ctx: RunContext, protocol: Protocol, id: string): Promise<boolean | undefined> {
	const query = protocol.userLookUp();
	const seen = query === undefined ? undefined : await askedAfter(ctx, query, id);
	if (seen?.kind === 'found' && seen.active !== undefined) return seen.active;
	if (protocol.unsupported('listUsers') !== undefined) return undefined;
	return (await listedAs(ctx, protocol.listUsers(), id))?.active;
}

async function askedAfter(ctx: RunContext, query: Call, id: string): Promise<Outcome | undefined> {
	const [seen] = [...(await lookUp(ctx, query, [{ entry: { id, fields: {} }, position: 0 }])).values()];
	return seen?.outcome;
}

/** Reads a list until it names somebody. */
async function listedAs(ctx: RunContext, list: ListCall, id: string): Promise<Listed | undefined> {
	for await (const step of listAll(ctx, list)) {
		const found = step.kind === 'records' ? step.records.find((one) => list.fold(one.id) === list.fold(id)) : undefined;
		if (found !== undefined) return found;
	}
	return undefined;
}

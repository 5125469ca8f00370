// Rows may mean a group by an ID that is nobody's: a spreadsheet makes 301 of 0301, a hand writes 3b for 3B. Whoever they
// name may not be taken for somebody whom no row of the group names (law 14).

import type { RunContext } from '../../engine/context';
import { listAll } from '../../engine/delivery/listAll';
import { lookUp } from '../../engine/delivery/lookUp';
import type { Task } from '../../engine/types';
import type { Protocol } from '../../protocol/calls';
import type { MemberNotes } from './memberNotes';

/** Whether there is a group; `open` where nobody answered. */
type Presence = 'there' | 'absent' | 'open';

/** For one run: each such group is asked after once, whichever group it may mean. */
export class NearGroups {
	private readonly known = new Map<string, Promise<Presence>>();

	constructor(
		private readonly protocol: Protocol,
		private readonly notes: MemberNotes,
	) {}

	/**
	 * Why it cannot be told who of the group is in no row; nothing where each ID that is nearly its own is a group itself,
	 * for then they are two. To be asked once all rows were read.
	 */
	async holds(ctx: RunContext, { entry, position }: Task): Promise<string | undefined> {
		for (const id of this.notes.nearlyNamed(this.protocol.fold('group', entry.id))) {
			const presence = await this.presenceOf(ctx, id, position);
			if (presence === 'absent') return meantBy(id);
			if (presence === 'open') return unansweredOf(id);
		}
		return undefined;
	}

	private async presenceOf(ctx: RunContext, id: string, position: number): Promise<Presence> {
		const known = this.known.get(id) ?? this.look(ctx, id, position);
		this.known.set(id, known);
		return await known;
	}

	/** A group that was made just now may be missed: it is looked for once more after the read lag (law 9). */
	private async look(ctx: RunContext, id: string, position: number): Promise<Presence> {
		const first = await this.lookOnce(ctx, id, position);
		if (first !== 'absent') return first;
		return (await ctx.outwaitReadLag()) ? await this.lookOnce(ctx, id, position) : 'open';
	}

	private async lookOnce(ctx: RunContext, id: string, position: number): Promise<Presence> {
		const query = this.protocol.groupLookUp();
		if (query === undefined) return await this.lookIntoList(ctx, id);
		const asked = { entry: { id, fields: { groupId: id } }, position };
		const kind = (await lookUp(ctx, query, [asked])).get(asked)?.outcome.kind;
		if (kind === 'missing') return 'absent';
		return kind === 'found' ? 'there' : 'open';
	}

	/** Where no look-up tells, the first that is heard of its list of members does. */
	private async lookIntoList(ctx: RunContext, id: string): Promise<Presence> {
		for await (const { kind } of listAll(ctx, this.protocol.listMembers(id))) {
			if (kind === 'absent') return kind;
			return kind === 'brokeOff' ? 'open' : 'there';
		}
		return 'open';
	}
}

function meantBy(id: string): string {
	return `Rows also name the group "${id}", which does not exist: they may mean this one. Mend the ID in those rows and run again.`;
}

function unansweredOf(id: string): string {
	return `Rows also name the group "${id}", and whether it exists was not answered: they may mean this one. Run again.`;
}

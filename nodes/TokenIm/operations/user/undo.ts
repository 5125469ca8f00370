// User → Undo: takes an import back. Rows are the results of an earlier run; of those, only who was created then, and is
// still that very account, is deleted. Everything else is kept, and says why.

import { pick, type Chunk } from '../../engine/delivery/chunk';
import type { RunContext } from '../../engine/context';
import { deliver } from '../../engine/delivery/deliver';
import type { Means, Seen } from '../../engine/delivery/errand';
import { lookUp } from '../../engine/delivery/lookUp';
import type { Call } from '../../engine/call';
import type { Entry, Outcome, Prepared, Row, Task } from '../../engine/types';
import { defineOperation } from '../definition';
import { judgementOf } from '../judgement';

export const undoUsers = defineOperation({
	resource: 'user',
	words: {
		name: 'Undo',
		value: 'undo',
		description: 'Take an import back: delete the users whom an earlier run created, and nobody else',
		action: 'Undo an import of users',
	},
	parameters: [
		{
			displayName:
				'Feed in what an earlier run put out, as it is or from a file. A row is deleted only if its status is "created" and its user is still the very account (imId) that was created then; every other row is kept, with its reason. A deleted user cannot be brought back.',
			name: 'undoNotice',
			type: 'notice',
			default: '',
		},
	],
	mode: 'delete',
	takesAway: true,
	// Results have columns that need no explanation.
	columnsAre: 'notTold',
	settings: () => ({}),
	make({ protocol, rowCheck }) {
		const call = protocol.deleteUsers();
		const query = protocol.accountLookUp();
		const accounts = new Accounts(call);
		return {
			...rowCheck,
			call,
			// Two rows of one id may be about two accounts; the later is told what became of the earlier.
			repeats: 'after',
			prepare: (row) => prepareResult(row, rowCheck.prepare(row), query === undefined ? protocol.name : undefined),
			async carryOut(ctx, chunk, means) {
				const open = accounts.tellKnown(chunk);
				if (query !== undefined) await takeBack(ctx, { call, query }, open, means);
				accounts.learn(open);
			},
			judge: (entry, outcome) =>
				entry === NOBODY && outcome.kind === 'kept'
					? { status: 'kept', reason: outcome.reason }
					: judgementOf('userId', entry, outcome),
		};
	},
	forecast: ({ protocol }) => ({
		// Where no account can be told from another every row is kept, and nothing is asked.
		query: protocol.accountLookUp() ?? protocol.queryUsers(),
		would: (entry, exists, imId) => (!exists ? 'absent' : isAccount(entry, imId) ? 'deleted' : 'kept'),
	}),
});

const NOBODY: Entry = { id: '', fields: {} };

/**
 * What a result is to Undo: somebody to look up, or kept.
 *
 * @param unproved the service, where it gives no id that tells one account from another
 */
function prepareResult(row: Row, prepared: Prepared, unproved: string | undefined): Prepared {
	// What such a row of a file says of its status cannot be known.
	if ((row.issues ?? []).length > 0) return prepared;
	const status = textIn(row, 'status');
	// A row that came to nothing, such as an invalid one, may have no id that could be told.
	if (status !== 'created') return keep(prepared, notCreated(status));
	if (textIn(row, 'createdBy') === 'unknown') return keep(prepared, 'It is not known who created it.');
	if (unproved !== undefined) return keep(prepared, noProof(unproved));
	const imId = textIn(row, 'imId');
	if (imId === '') return keep(prepared, NO_IM_ID);
	return prepared.ok ? { ok: true, entry: { ...prepared.entry, imId } } : prepared;
}

function notCreated(status: string): string {
	if (status === '') return 'It has no status, so it is no result of an earlier run.';
	if (status === 'updated') return 'It was updated, not created; updates are not taken back.';
	return `Its status is "${status.length > 40 ? `${status.slice(0, 39)}…` : status}", not "created".`;
}

const NO_IM_ID =
	'The row has no imId, so nothing proves that this is the account that was created then. Feed in the results with all their columns.';

function noProof(service: string): string {
	return `${service} gives no ID by which an account could be told from a later one of the same name, so nothing proves that this is the one that was created then. If these users are to go all the same, use Batch Delete.`;
}

function keep(prepared: Prepared, reason: string): Prepared {
	return { ok: true, entry: prepared.ok ? prepared.entry : NOBODY, kept: reason };
}

/** A cell of a results column as text: an id that a spreadsheet made a number of is compared as it reads. */
function textIn({ columns }: Row, name: string): string {
	const value = Object.hasOwn(columns, name) ? columns[name] : undefined;
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** Looks everybody up and deletes who is still the account of the row. */
async function takeBack(
	ctx: RunContext,
	{ call, query }: { readonly call: Call; readonly query: Call },
	chunk: Chunk,
	means: Means,
): Promise<void> {
	note(await lookUp(ctx, query, chunk.tasks));
	const missing = chunk.tasks.filter(({ outcome }) => outcome?.kind === 'missing');
	if (missing.length > 0 && !ctx.end.isDraining) {
		// Look-ups may lag behind the very import that is undone (law 9).
		await ctx.pause(ctx.settings.readLagMs);
		if (!ctx.end.isDraining) note(await lookUp(ctx, query, missing));
	}
	const proved = pick(chunk, ({ entry, outcome }) => outcome?.kind === 'found' && isAccount(entry, outcome.imId));
	for (const task of chunk.tasks) task.outcome = unlessProved(task);
	if (proved.tasks.length > 0) await deliver(ctx, call, proved, means);
}

function note(seen: ReadonlyMap<Task, Seen>): void {
	for (const [task, { outcome, attempts }] of seen) {
		task.attempts += attempts;
		task.outcome = outcome;
	}
}

function isAccount({ imId }: Entry, found: string | undefined): boolean {
	return imId !== undefined && imId === found;
}

/** What a look-up makes of a row whose user stays; nothing where it is to be deleted. */
function unlessProved({ entry, outcome }: Task): Outcome | undefined {
	switch (outcome?.kind) {
		case 'found':
			if (isAccount(entry, outcome.imId)) return undefined;
			return { kind: 'kept', reason: OTHER_ACCOUNT };
		case 'missing':
			return { kind: 'done', status: 'absent' };
		case 'failed':
		case 'notAttempted':
			return outcome;
		default:
			return { kind: 'notAttempted', reason: NOT_LOOKED_UP };
	}
}

const OTHER_ACCOUNT =
	'The user of this ID is another account than the one that was created then: its imId differs, or a spreadsheet has changed one of the two IDs.';
const NOT_LOOKED_UP = 'It could not be looked up whether this is still the account that was created then.';

/** What became of the accounts of earlier rows: the same account is sent once (law 9). */
class Accounts {
	private readonly outcomes = new Map<string, Outcome>();

	constructor(private readonly call: Call) {}

	/** Gives what is known to its tasks. Returns the rest. */
	tellKnown(chunk: Chunk): Chunk {
		for (const task of chunk.tasks) task.outcome = this.outcomes.get(this.keyOf(task));
		return pick(chunk, ({ outcome }) => outcome === undefined);
	}

	learn({ tasks }: Chunk): void {
		for (const task of tasks) if (task.outcome !== undefined) this.outcomes.set(this.keyOf(task), task.outcome);
	}

	private keyOf({ entry }: Task): string {
		return JSON.stringify([this.call.fold(entry.id), entry.imId]);
	}
}

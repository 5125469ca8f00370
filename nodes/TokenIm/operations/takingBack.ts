// Undo: looks rows up, and takes back what a look-up proves to be the run's.

import { count } from '../engine/count';
import type { Call } from '../engine/call';
import type { RunContext } from '../engine/context';
import { atOnce } from '../engine/delivery/atOnce';
import { cut, pick, recut, type Chunk } from '../engine/delivery/chunk';
import { deliver } from '../engine/delivery/deliver';
import type { Means, Seen } from '../engine/delivery/errand';
import { lookUp } from '../engine/delivery/lookUp';
import type { Entry, Outcome, Task } from '../engine/types';
import { together, type TakingBack } from './earlierValues';
import { written } from './onlyWhatDiffers';
import type { Ways } from './undoRows';

/**
 * Looks everybody up, deletes who is still the account of a row that was created, and gives earlier values back.
 *
 * @param writes false: tells what it would do
 */
export function takingBack(ways: Ways, writes: boolean) {
	const accounts = new Accounts(ways.call);
	const values = new WrittenValues(ways);
	return async (ctx: RunContext, chunk: Chunk, means: Means): Promise<void> => {
		const { query, deletes, updates } = ways;
		// Without a look-up each row was kept before.
		if (query === undefined) return;
		const open = accounts.tellKnown(chunk);
		note(await lookUp(ctx, query, open.tasks));
		const late = open.tasks.filter((task) => mayLag(task, values));
		// Look-ups may lag behind the very import that is undone.
		if (late.length > 0 && (await ctx.outwaitReadLag(means.onWait))) note(await lookUp(ctx, query, late));
		const plans = new Map<Task, TakingBack>();
		for (const task of open.tasks) {
			const plan = values.planOf(task);
			task.outcome = plan !== undefined && plan.changes.length === 0 ? keptAll(plan) : unlessProved(task);
			if (plan !== undefined && task.outcome === undefined) plans.set(task, plan);
		}
		const goes = pick(open, (task) => task.outcome === undefined && !plans.has(task));
		if (!writes) foretell(open, plans);
		else {
			// What was looked up together may take several requests.
			if (deletes !== undefined && goes.tasks.length > 0)
				await atOnce(ctx, recut(deletes, goes, ctx.limits), async (part) => await deliver(ctx, deletes, part, means));
			if (updates !== undefined) await giveBack(ctx, updates, plans, means);
		}
		accounts.learn(open);
		values.learn(plans);
	};
}

function note(seen: ReadonlyMap<Task, Seen>): void {
	for (const [task, { outcome, attempts }] of seen) {
		task.attempts += attempts;
		task.outcome = outcome;
	}
}

/** Whether a look-up may not show yet what the run did. */
function mayLag(task: Task, values: WrittenValues): boolean {
	return task.outcome?.kind === 'missing' || values.planOf(task)?.mayLag === true;
}

/** Where accounts can be told apart, who was found must be the row's. */
function isAccount({ imId }: Entry, found: string | undefined): boolean {
	return imId === undefined || imId === found;
}

/** What a look-up makes of a row of which nothing is taken back; nothing where something is. */
function unlessProved({ entry, outcome }: Task): Outcome | undefined {
	switch (outcome?.kind) {
		case 'found':
			if (isAccount(entry, outcome.imId)) return undefined;
			return { kind: 'kept', reason: entry.changed === undefined ? OTHER_ACCOUNT : OTHER_ACCOUNT_OF_UPDATED };
		case 'missing':
			return { kind: 'done', status: 'absent' };
		case 'failed':
		case 'notAttempted':
			return outcome;
		default:
			return { kind: 'notAttempted', reason: entry.changed === undefined ? NOT_LOOKED_UP : NOT_COMPARED };
	}
}

const OTHER_ACCOUNT =
	'The user of this ID is another account than the one that was created then: its imId differs, or a spreadsheet has changed one of the two IDs.';
const OTHER_ACCOUNT_OF_UPDATED =
	'The user of this ID is another account than the one that was updated then: its imId differs, or a spreadsheet has changed one of the two IDs.';
const NOT_LOOKED_UP = 'It could not be looked up whether this is still the account that was created then.';
const NOT_COMPARED = 'It could not be looked up whether somebody has changed it since.';

/** Nothing goes back: each field with its reason, fields of one reason together. */
function keptAll({ kept }: TakingBack): Outcome {
	const fieldsOf = new Map<string, string[]>();
	for (const { field, reason } of kept) fieldsOf.set(reason, [...(fieldsOf.get(reason) ?? []), field]);
	const reasons = [...fieldsOf].map(([reason, fields]) => `${listed(fields)}: ${reason}`);
	return { kind: 'kept', reason: reasons.join(' ') };
}

const MOST_NAMED = 10;

function listed(fields: readonly string[]): string {
	const more = fields.length - MOST_NAMED;
	return fields.slice(0, MOST_NAMED).join(', ') + (more > 0 ? ` and ${count(more)} more` : '');
}

/** Validate Only: what would be done. */
function foretell({ tasks }: Chunk, plans: ReadonlyMap<Task, TakingBack>): void {
	for (const task of tasks) {
		const plan = plans.get(task);
		const { outcome } = task;
		if (plan !== undefined) task.outcome = { kind: 'valid', would: 'updated', ...toldOf(plan) };
		else if (outcome === undefined) task.outcome = { kind: 'valid', would: 'deleted' };
		else if (outcome.kind === 'kept') task.outcome = { kind: 'valid', would: 'kept' };
		else if (outcome.kind === 'done') task.outcome = { kind: 'valid', would: outcome.status };
	}
}

function toldOf({ changes, kept }: TakingBack): Pick<TakingBack, 'changes'> & Partial<Pick<TakingBack, 'kept'>> {
	return { changes, ...(kept.length === 0 ? {} : { kept }) };
}

/** Writes earlier values; afterwards each of the tasks has the outcome of that. */
async function giveBack(
	ctx: RunContext,
	call: Call,
	plans: ReadonlyMap<Task, TakingBack>,
	means: Means,
): Promise<void> {
	const twins = new Map([...plans].map(([task, { entry }]) => [{ ...task, entry }, task]));
	const chunks = cut(call, [...twins.keys()], ctx.limits);
	await atOnce(ctx, chunks, async (chunk) => await deliver(ctx, call, chunk, means));
	for (const [twin, task] of twins) {
		const plan = plans.get(task);
		const { outcome } = twin;
		Object.assign(task, twin, { entry: task.entry });
		if (plan !== undefined && outcome?.kind === 'done' && outcome.status === 'updated')
			task.outcome = { ...outcome, imId: outcome.imId ?? task.entry.imId, ...toldOf(plan) };
	}
}

/** What earlier rows of this run gave back: look-ups may lag behind that. */
class WrittenValues {
	private readonly fieldsOf = new Map<string, Entry['fields']>();

	constructor(private readonly ways: Ways) {}

	/** What is taken back of a task that was looked up, is found and is the row's account; else nothing. */
	planOf({ entry, outcome }: Task): TakingBack | undefined {
		if (entry.changed === undefined || outcome?.kind !== 'found' || !isAccount(entry, outcome.imId)) return undefined;
		const earlier = this.fieldsOf.get(this.ways.call.fold(entry.id));
		const record = earlier === undefined ? outcome.record : written(earlier, outcome.record);
		return this.ways.earlier.takeBack(entry, entry.changed, record);
	}

	learn(plans: ReadonlyMap<Task, TakingBack>): void {
		for (const [{ entry, outcome }, plan] of plans) {
			const isWritten = outcome?.kind === 'valid' || (outcome?.kind === 'done' && outcome.status === 'updated');
			const id = this.ways.call.fold(entry.id);
			if (isWritten) this.fieldsOf.set(id, together(this.fieldsOf.get(id) ?? {}, plan.entry.fields));
		}
	}
}

/** What became of the accounts of earlier rows: the same account is sent once (law 9). */
class Accounts {
	private readonly outcomes = new Map<string, Outcome>();
	/**
	 * By user id, what is so of a later row of another account: look-ups may lag behind the deletion, and a plan deletes
	 * nobody.
	 */
	private readonly gone = new Map<string, Outcome>();

	constructor(private readonly call: Call) {}

	/** Gives what is known to its tasks. Returns the rest. */
	tellKnown(chunk: Chunk): Chunk {
		for (const task of chunk.tasks)
			task.outcome = this.outcomes.get(this.keyOf(task)) ?? this.gone.get(this.call.fold(task.entry.id));
		return pick(chunk, ({ outcome }) => outcome === undefined);
	}

	/** What became of a value says nothing of the account's next row. */
	learn({ tasks }: Chunk): void {
		for (const task of tasks) {
			const { outcome, entry } = task;
			if (outcome === undefined || entry.changed !== undefined) continue;
			this.outcomes.set(this.keyOf(task), outcome);
			if (outcome.kind === 'done' && outcome.status === 'deleted')
				this.gone.set(this.call.fold(entry.id), { kind: 'done', status: 'absent' });
			if (outcome.kind === 'valid' && outcome.would === 'deleted')
				this.gone.set(this.call.fold(entry.id), { kind: 'valid', would: 'absent' });
		}
	}

	private keyOf({ entry }: Task): string {
		return JSON.stringify([this.call.fold(entry.id), entry.imId]);
	}
}

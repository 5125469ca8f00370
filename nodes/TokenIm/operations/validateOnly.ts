// Validate Only: the same rows, read and checked the same way, and nothing written. With a look-up it also says what the
// run would say of each row.

import type { RunContext } from '../engine/context';
import type { Means, Seen } from '../engine/delivery/errand';
import { lookUp } from '../engine/delivery/lookUp';
import type { LookFirst, Operation } from '../engine/operation';
import type { Entry, Outcome, Prepared, Task, WouldStatus } from '../engine/types';
import type { Call } from '../engine/call';
import { toldWhenForbidden } from './onlyWhatDiffers';

export interface Forecast {
	/** Looks the rows' ids up. */
	readonly query: Call;
	/** Whether an id that is missed is looked up once more after the read lag: the run, too, looks twice, or need not look. */
	readonly looksAgain?: boolean;
	/**
	 * What the run would say of a row whose id exists, or does not; an earlier row of this run counts. `imId`: the
	 * service's own id, where it was found. `active`: whether a user can sign in, where the look-up tells. Nothing where
	 * that does not tell what the run would say.
	 */
	readonly would: (entry: Entry, exists: boolean, imId?: string, active?: boolean) => WouldStatus | undefined;
	/** Told what was read of each row; `undefined` where that threw. */
	readonly sees?: (prepared: Prepared | undefined) => void;
	/** Asks further, where the id alone does not tell. `seen`: what the look-up told, `found` or `missing`. */
	readonly ask?: (ctx: RunContext, task: Task, exists: boolean, seen: Outcome) => Promise<Outcome>;
}

/** Where an operation looks rows up itself: how far it goes without writing. */
export type OwnForecast = Pick<Operation, 'carryOut'>;

/** @param forecast without it rows are only checked */
export function validateOnly(operation: Operation, forecast?: Forecast | OwnForecast): Operation {
	const { lookFirst, ...checked } = operation;
	if (forecast !== undefined && 'carryOut' in forecast) return { ...checked, ...forecast };
	if (forecast === undefined || lookFirst === undefined) return asking(checked, forecast);
	return planned(operation, lookFirst);
}

/** Rows that are looked up before they are sent go the same way, and end before the request. */
function planned(operation: Operation, lookFirst: LookFirst): Operation {
	return {
		...operation,
		lookFirst: {
			query: toldWhenForbidden(lookFirst.query, () => LOOK_NOT),
			// Also where the run need not ask: whether the id exists.
			asks: () => true,
			decide(entry, seen) {
				if (seen.kind !== 'found' && seen.kind !== 'missing') return { kind: 'done', outcome: seen };
				const decision = lookFirst.decide(entry, seen);
				if (decision.kind === 'send' || decision.outcome.kind !== 'done') return decision;
				const { status, active } = decision.outcome;
				return { kind: 'done', outcome: { kind: 'valid', would: status, active } };
			},
		},
		async carryOut(_ctx, { tasks }) {
			for (const task of tasks) {
				// Without anything foreseen it follows another row with its id, too far behind to be compared with that.
				const { would, changes, active } = task.foreseen ?? { would: 'updated' };
				task.outcome = { kind: 'valid', would, changes, active };
			}
		},
	};
}

const LOOK_NOT =
	'The key may not read users: turn Look Up Existing off to check the rows without it, and set Send to Every Row';

function asking(operation: Operation, forecast: Forecast | undefined): Operation {
	const seen = new Set<string>();
	return {
		...operation,
		asks: forecast?.query,
		prepare(row) {
			let prepared: Prepared | undefined;
			try {
				prepared = operation.prepare(row);
				return prepared;
			} finally {
				forecast?.sees?.(prepared);
			}
		},
		async carryOut(ctx, chunk, { onWait }) {
			const now: ReadonlyMap<Task, Seen> =
				forecast === undefined ? new Map() : await seenBy(ctx, forecast, chunk.tasks, onWait);
			await Promise.all(
				chunk.tasks.map(async (task) => {
					const id = operation.call.fold(task.entry.id);
					const { outcome, attempts = 0 } = now.get(task) ?? {};
					task.attempts = attempts;
					task.outcome = await foretell(ctx, task, outcome, seen.has(id), forecast);
					if (task.outcome.kind === 'valid' && task.outcome.would === 'created') seen.add(id);
				}),
			);
		},
	};
}

/** What the look-up knows of each, where it may lag behind a write (law 9). */
async function seenBy(
	ctx: RunContext,
	{ query, looksAgain }: Forecast,
	tasks: readonly Task[],
	onWait: Means['onWait'],
): Promise<ReadonlyMap<Task, Seen>> {
	const first = await lookUp(ctx, query, tasks);
	const missed = tasks.filter((task) => first.get(task)?.outcome.kind === 'missing');
	if (looksAgain !== true || missed.length === 0 || !(await ctx.outwaitReadLag(onWait))) return first;
	return new Map([...first, ...(await lookUp(ctx, query, missed))]);
}

async function foretell(
	ctx: RunContext,
	task: Task,
	lookedUp: Outcome | undefined,
	isEarlier: boolean,
	forecast: Forecast | undefined,
): Promise<Outcome> {
	if (forecast === undefined || lookedUp === undefined) return { kind: 'valid' };
	if (lookedUp.kind !== 'found' && lookedUp.kind !== 'missing') return lookedUp;
	const exists = isEarlier || lookedUp.kind === 'found';
	const { imId, active } = lookedUp.kind === 'found' ? lookedUp : {};
	return (
		(await forecast.ask?.(ctx, task, exists, lookedUp)) ?? {
			kind: 'valid',
			would: forecast.would(task.entry, exists, imId, active),
		}
	);
}

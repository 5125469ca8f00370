// Validate Only: the same rows, read and checked the same way, and nothing written. With a look-up it also says what the
// run would say of each row.

import type { RunContext } from '../engine/context';
import type { Seen } from '../engine/delivery/errand';
import { lookUp } from '../engine/delivery/lookUp';
import type { Operation } from '../engine/operation';
import type { Entry, Outcome, Task, WouldStatus } from '../engine/types';
import type { Call } from '../engine/call';

export interface Forecast {
	/** Looks the rows' ids up. */
	readonly query: Call;
	/**
	 * What the run would say of a row whose id exists, or does not; an earlier row of this run counts. `imId`: the
	 * service's own id, where it was found.
	 */
	readonly would: (entry: Entry, exists: boolean, imId?: string) => WouldStatus;
	/** Asks further, where the id alone does not tell. */
	readonly ask?: (ctx: RunContext, task: Task, exists: boolean) => Promise<Outcome>;
}

export function validateOnly(operation: Operation, forecast?: Forecast): Operation {
	const seen = new Set<string>();
	return {
		...operation,
		async carryOut(ctx, chunk) {
			const now: ReadonlyMap<Task, Seen> =
				forecast === undefined ? new Map() : await lookUp(ctx, forecast.query, chunk.tasks);
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
	const imId = lookedUp.kind === 'found' ? lookedUp.imId : undefined;
	return (
		(await forecast.ask?.(ctx, task, exists)) ?? { kind: 'valid', would: forecast.would(task.entry, exists, imId) }
	);
}

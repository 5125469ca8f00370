// Validate Only: the same rows, read and checked the same way, and nothing written. With a look-up it also says what the
// run would say of each row.

import { cut } from '../engine/delivery/chunk';
import type { RunContext } from '../engine/context';
import { deliver } from '../engine/delivery/deliver';
import type { Operation } from '../engine/operation';
import { newTask } from '../engine/delivery/task';
import type { Entry, Outcome, Task, WouldStatus } from '../engine/types';
import type { Call } from '../engine/call';

export interface Forecast {
	/** Looks the rows' ids up. */
	readonly query: Call;
	/** What the run would say of a row whose id exists, or does not; an earlier row of this run counts. */
	readonly would: (entry: Entry, exists: boolean) => WouldStatus;
	/** Asks further, where the id alone does not tell. */
	readonly ask?: (ctx: RunContext, task: Task, exists: boolean) => Promise<Outcome>;
}

export function validateOnly(operation: Operation, forecast?: Forecast): Operation {
	const seen = new Set<string>();
	return {
		...operation,
		async carryOut(ctx, chunk) {
			const twins = chunk.tasks.map((task) => newTask(task.entry, task.position));
			if (forecast !== undefined) {
				const parts = cut(forecast.query, twins, ctx.limits);
				await Promise.all(parts.map(async (part) => await deliver(ctx, forecast.query, part, {})));
			}
			await Promise.all(
				chunk.tasks.map(async (task, index) => {
					const id = operation.call.fold(task.entry.id);
					task.attempts = twins[index]?.attempts ?? 0;
					task.outcome = await foretell(ctx, task, twins[index]?.outcome, seen.has(id), forecast);
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
	if (forecast === undefined) return { kind: 'valid' };
	if (lookedUp === undefined) return { kind: 'unknown', reason: 'The look-up was not answered.' };
	if (lookedUp.kind !== 'found' && lookedUp.kind !== 'missing') return lookedUp;
	const exists = isEarlier || lookedUp.kind === 'found';
	return (await forecast.ask?.(ctx, task, exists)) ?? { kind: 'valid', would: forecast.would(task.entry, exists) };
}

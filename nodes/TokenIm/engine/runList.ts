// A run that reads a list: rows first, where there are any, then page by page to the end. Nothing is written.

import { RunContext, type Settings } from './context';
import { askForPlan } from './delivery/askForPlan';
import type { RunIdentity } from './delivery/idempotency';
import { listAll } from './delivery/listAll';
import type { ListCall } from './list';
import { RunLimits } from './pacing/limits';
import { Progress } from './progress';
import { RowReader, type Rows } from './rows/rowReader';
import { watchEnds, type RunReport } from './run';
import type { Ports, Row } from './types';
import type { Call } from './call';
import type { Limits, Listed } from './wire';

export interface ListRunOptions {
	readonly list: ListCall;
	/** All of them are read before the list is asked for. */
	readonly rows?: {
		readonly of: Rows;
		take(row: Row): void;
		/** All rows were taken. Throws where the list need not be read. */
		done(): void;
	};
	/** Takes those that the list names, each once. Says whether more are wanted. */
	take(records: readonly Listed[]): boolean;
	/** How many a page need hold at most; `undefined` for as many as the plan allows. */
	readonly pageSize?: number;
	readonly planCall: Call | undefined;
	readonly limits: Limits;
	readonly settings: Settings;
	readonly ports: Ports;
	readonly identity: RunIdentity;
	/** n8n's Stop and time-out. */
	readonly cancel?: AbortSignal;
}

export interface ListRun {
	readonly report: RunReport;
	/** Why what was taken is not to be believed; nothing where the list was read to its end, or far enough. */
	readonly brokeOff?: { readonly code: string; readonly reason: string };
}

/**
 * Reads the rows, then the list. What `take` was given is to be believed only where the result has no `brokeOff`.
 *
 * @throws what the rows, or their `done`, throw; nothing of the list was read then
 */
export async function runList(options: ListRunOptions): Promise<ListRun> {
	const { ports } = options;
	const limits = new RunLimits({ ...options.limits });
	const ctx = new RunContext(ports, options.settings, limits, options.identity);
	const progress = new Progress(ports);
	const stopWatching = watchEnds(ctx, options);
	try {
		void progress.keepLog(ctx.end.abandoned, () => ctx.standing);
		await takeRows(ctx, options);
		const { plan, note } = await askForPlan(ctx, options.planCall);
		ctx.pace.adopt();
		const brokeOff = await takeList(ctx, options, progress);
		const { requestsPerSecond } = limits;
		const report = { ...progress.report(), requests: ctx.requests, requestsPerSecond, plan, note };
		return { report, brokeOff };
	} finally {
		stopWatching();
	}
}

async function takeRows({ end, ports }: RunContext, { rows }: ListRunOptions): Promise<void> {
	if (rows === undefined) return;
	const reader = new RowReader(rows.of, ports);
	try {
		for (let row = reader.take(); row !== undefined; row = reader.take()) {
			// Rows that were not read to their end prove nothing: the list says why it was not read.
			if (end.isDraining) return;
			if (row === 'wait') await reader.wait();
			else rows.take(row);
		}
	} finally {
		await reader.end();
	}
	rows.done();
}

async function takeList(
	ctx: RunContext,
	{ list, pageSize, take }: ListRunOptions,
	progress: Progress,
): Promise<ListRun['brokeOff']> {
	const { limit, most } = list.pageSize;
	const size = pageSize === undefined ? most : Math.min(most ?? pageSize, pageSize);
	for await (const step of listAll(ctx, { ...list, pageSize: { limit, most: size } })) {
		if (step.kind === 'whole') return undefined;
		if (step.kind !== 'records') return { code: step.code, reason: step.reason };
		progress.listed(step.records.length);
		if (!take(step.records)) return undefined;
	}
	return { code: 'no_answer', reason: 'The list has no end.' };
}

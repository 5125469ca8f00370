// A run: rows in, one verdict for each row out, in row order, whatever the service does in between.

import { pick } from './delivery/chunk';
import { RunContext, type Settings } from './context';
import { ROWS_BROKE_OFF, type EndReason } from './end';
import type { Delivered } from './delivery/delivered';
import type { Means } from './delivery/errand';
import type { RunIdentity } from './delivery/idempotency';
import { lookUpBy } from './delivery/lookUp';
import { ChunkSource, type ReadyChunk } from './rows/chunkSource';
import { RunLimits } from './pacing/limits';
import type { Operation } from './operation';
import { Order } from './rows/order';
import { applyEnd } from './delivery/outcome';
import { applyCaps, askForPlan } from './delivery/askForPlan';
import { Progress } from './progress';
import type { Rows } from './rows/rowReader';
import { RefusedOutright, type NextChunk } from './delivery/refusedOutright';
import type { Ports, Row, Verdict } from './types';
import type { Call } from './call';
import type { Limits, PlanReading } from './wire';

export interface RunOptions {
	readonly rows: Rows;
	readonly operation: Operation;
	/** Reads the plan's limits, once, before anything else is sent; a service may have no endpoint for them. */
	readonly planCall: Call | undefined;
	/** What holds where the plan names nothing. */
	readonly limits: Limits;
	/** What the user set lower than the plan. */
	readonly caps?: { readonly entriesPerRequest?: number; readonly concurrentRequests?: number };
	readonly settings: Settings;
	readonly ports: Ports;
	readonly identity: RunIdentity;
	/** n8n's Stop and time-out. */
	readonly cancel?: AbortSignal;
	/** Takes each verdict, in row order. */
	readonly sink: (verdict: Verdict, row: Row) => void;
	/**
	 * Whether `sink` makes the same of a verdict as of every other alike one with its status, whatever its row: it gets any of
	 * them then, so that neither verdicts nor rows are held while they wait for their turn. Default: none is.
	 */
	readonly isAlike?: (verdict: Verdict) => boolean;
	/** Rows whose verdicts may wait behind others before reading stops; 10,000 where it is not said. */
	readonly mostAhead?: number;
	/** Told the plan before the first write. */
	readonly onPlan?: (plan: PlanReading) => void;
}

export interface RunReport {
	/** Rows for each status. */
	readonly counts: ReadonlyMap<Verdict['status'], number>;
	/** Rows that exist although an answer of this run was lost: perhaps its own work. */
	readonly createdByUnknown: number;
	readonly requests: number;
	/** Where rows were looked up first: how many had to be made for rows then, and how many for all if none were. */
	readonly spared?: { readonly sent: number; readonly ofAll: number };
	/** What the plan allows; `undefined` where nobody said. */
	readonly requestsPerSecond?: number;
	/** Why the run ended before its rows were through. */
	readonly ended?: EndReason;
	readonly plan?: PlanReading;
	/** Something the user should know that no row tells. */
	readonly note?: string;
}

/**
 * Carries an operation out on rows.
 *
 * @throws what `rows` throws, once every row that was read has its verdict; else only if the rows cannot be given one
 *   verdict each, which is a defect of this package
 */
export async function run(options: RunOptions): Promise<RunReport> {
	const { operation, ports } = options;
	const limits = new RunLimits({ ...options.limits });
	const progress = new Progress(ports);
	const order = new Order((verdict, row) => {
		progress.count(verdict);
		options.sink(verdict, row);
	}, options.isAlike);
	/** Chunks that nobody waits for. */
	const extra = new Set<Promise<void>>();
	let batch = 0;

	const carryOut = async (ready: ReadyChunk, told: Pick<Means, 'onDelivered' | 'onWait'>): Promise<void> => {
		await Promise.all(ready.after);
		try {
			const chunk = ready.toSend();
			if (chunk.tasks.length > 0) {
				batch++;
				for (const task of chunk.tasks) task.batch = batch;
				await operation.carryOut(ctx, chunk, { lookUp, refusedOutright, ...told });
			}
		} catch (error) {
			ctx.end.drain({ code: 'internal', reason: `The node met something it was not built for: ${String(error)}` });
		}
		applyEnd(
			ctx,
			pick(ready.chunk, (task) => task.outcome === undefined),
		);
		try {
			for (const shared of ready.sharedTasks) shared.settle(operation, order);
		} finally {
			// Whoever waits for these rows must not wait for ever.
			ready.settled();
		}
	};

	const tryNextChunk = async (code: string): Promise<NextChunk> => {
		const ready = await source.next(true);
		if (ready === undefined) return 'none';
		return await new Promise<NextChunk>((resolve) => {
			// A chunk that waits for an earlier one may wait for the very rows that ask.
			if (ready.after.length > 0) resolve('none');
			const onDelivered = (delivered: Delivered): void => {
				const isSame =
					delivered.kind === 'refused' && delivered.refusal.class === 'entry' && delivered.refusal.code === code;
				resolve(isSame ? 'refused' : 'other');
			};
			alsoCarryOut(ready, { onDelivered }, () => resolve('other'));
		});
	};

	const breaks: unknown[] = [];
	const orBreak = async (part: () => Promise<unknown>): Promise<void> => {
		try {
			await part();
		} catch (error) {
			breaks.push(error);
			ctx.end.drain(ROWS_BROKE_OFF);
		}
	};
	/** Carries a chunk out beside the workers. */
	const alsoCarryOut = (ready: ReadyChunk, told: Pick<Means, 'onDelivered' | 'onWait'>, then: () => void): void => {
		const going = orBreak(async () => await carryOut(ready, told)).finally(() => {
			extra.delete(going);
			then();
		});
		extra.add(going);
	};
	/** Comes back when the chunk is done, or only waits. */
	const carryOutOrWait = async (ready: ReadyChunk): Promise<void> =>
		await new Promise((resolve) => alsoCarryOut(ready, { onWait: resolve }, resolve));
	const work = async (): Promise<void> =>
		await orBreak(async () => {
			for (let ready = await source.next(); ready !== undefined; ready = await source.next())
				await carryOutOrWait(ready);
		});

	const refusedOutright = new RefusedOutright(tryNextChunk);
	const ctx = new RunContext(ports, options.settings, limits, options.identity);
	const lookUp = lookUpBy(ctx, operation.lookUp);
	const source = new ChunkSource(ctx, operation, options.rows, order, options.mostAhead);
	const stopWatching = watchEnds(ctx, options);
	try {
		void progress.keepLog(ctx.end.abandoned, () => ctx.standing);
		const { plan, note } = await askForPlan(ctx, options.planCall);
		const { requests: beforeRows } = ctx;
		if (plan !== undefined) options.onPlan?.(plan);
		applyCaps(limits, operation.call, options.caps ?? {});
		ctx.pace.adopt();
		await Promise.all(Array.from({ length: limits.concurrentRequests + 1 }, work));
		while (extra.size > 0) await Promise.all(extra);
		await orBreak(async () => await source.turnAway());
		// The true cause goes first: what it left undone is no news.
		if (breaks.length > 0) throw breaks[0];
		order.close();
		const { requestsOfAll: ofAll } = source;
		return {
			...progress.report(),
			requests: ctx.requests,
			spared: ofAll === undefined ? undefined : { sent: batch, ofAll: beforeRows + ofAll },
			requestsPerSecond: limits.requestsPerSecond,
			ended: ctx.end.reason,
			plan,
			note,
		};
	} finally {
		stopWatching();
	}
}

/** Ends the run when *Maximum Run Time* is up or n8n stops the execution. Returns how to stop watching. */
export function watchEnds(
	ctx: RunContext,
	{ settings, ports, cancel }: Pick<RunOptions, 'settings' | 'ports' | 'cancel'>,
): () => void {
	let isOver = false;
	const stop = (): void => {
		if (!isOver)
			ctx.end.abandon({
				code: 'stopped',
				reason: 'The execution was stopped. Run Verify to see what was done before.',
			});
	};
	if (cancel?.aborted) stop();
	cancel?.addEventListener('abort', stop, { once: true });
	if (settings.maxRunTimeMs !== undefined) {
		const seconds = settings.maxRunTimeMs / 1000;
		void ports.sleep(settings.maxRunTimeMs, ctx.end.abandoned).then(() => {
			if (!isOver)
				ctx.end.abandon(
					ctx.end.byTheClock({
						code: 'maximum_run_time',
						reason: `Maximum Run Time (${seconds} s) was up. Run again to go on.`,
					}),
				);
		});
	}
	return () => {
		isOver = true;
		cancel?.removeEventListener('abort', stop);
		ctx.end.finish();
	};
}

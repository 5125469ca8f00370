// Everything a run needs, virtual: clock, generator, service. `runRows` gives back what a test asserts.

import { deliver } from '../../nodes/TokenIm/engine/delivery/deliver';
import type { Operation } from '../../nodes/TokenIm/engine/operation';
import { run, type RunOptions, type RunReport } from '../../nodes/TokenIm/engine/run';
import type { Issue, Row, Verdict } from '../../nodes/TokenIm/engine/types';
import type { Limits } from '../../nodes/TokenIm/engine/wire';
import type { Call } from '../../nodes/TokenIm/engine/call';
import { judgementOf } from '../../nodes/TokenIm/operations/judgement';
import { VirtualClock } from './clock.mts';
import { People, planCall, queryCall, scriptedCall, toExchange, type Answer, type Sent } from './service.mts';

export const LIMITS: Limits = {
	usersPerRequest: 100,
	groupsPerRequest: 20,
	idsPerQuery: 200,
	membersPerRequest: 200,
	maxBodyBytes: 1_048_576,
	requestsPerSecond: undefined,
	concurrentRequests: 4,
};

export interface World {
	readonly clock: VirtualClock;
	readonly people: People;
	readonly sent: Sent[];
}

/** Answers a request; `undefined` leaves it to the people. `number` counts requests of this name from 1. */
export type Script = (sent: Sent, number: number, world: World) => Answer | undefined;

export interface WorldOptions {
	readonly ids: readonly string[];
	readonly script?: Script;
	readonly limits?: Partial<Limits>;
	readonly call?: Call;
	readonly latencyMs?: number;
	readonly operation?: Partial<Operation>;
	readonly settings?: Partial<RunOptions['settings']>;
	readonly cancel?: AbortSignal;
	/** Reading breaks off after all ids. */
	readonly breaksOff?: Error;
	/** What keeps the rows of some ids from being read. */
	readonly issues?: ReadonlyMap<string, readonly Issue[]>;
	/** Takes the verdicts where the run does not come to its end. */
	readonly verdicts?: Verdict[];
	readonly seed?: number;
	readonly caps?: RunOptions['caps'];
	/** For what happens to a run from outside, at its time. */
	readonly onStart?: (world: World) => void;
	/** The event loop got a turn. */
	readonly onBreath?: (clock: VirtualClock) => void;
	readonly onPlan?: RunOptions['onPlan'];
	readonly onLog?: () => void;
	/** Told each verdict before it is kept. */
	readonly onVerdict?: (verdict: Verdict) => void;
	readonly mostAhead?: number;
	readonly isAlike?: RunOptions['isAlike'];
}

export interface Ran {
	readonly verdicts: Verdict[];
	readonly report: RunReport;
	readonly world: World;
	readonly tookMs: number;
	/** Requests of a name. */
	sentTo(name: string): Sent[];
	statuses(): Record<string, number>;
}

/** Runs ids as rows against a scripted service on a virtual clock. */
export async function runRows(options: WorldOptions): Promise<Ran> {
	const world: World = { clock: new VirtualClock(), people: new People(), sent: [] };
	const { clock } = world;
	const call = options.call ?? scriptedCall('create');
	const verdicts = options.verdicts ?? [];
	const random = generator(options.seed ?? 1);
	const startedAt = clock.now();
	const counts = new Map<string, number>();
	options.onStart?.(world);
	const report = await clock.run(
		run({
			rows: rowsOf(options),
			operation: operationOf(call, options.operation),
			planCall: planCall(),
			limits: { ...LIMITS, ...options.limits },
			settings: { requestTimeoutMs: 60_000, readLagMs: 2_000, ...options.settings },
			identity: { instanceId: 'i', executionId: 'e', nodeId: 'n', runIndex: 0 },
			cancel: options.cancel,
			caps: options.caps,
			onPlan: options.onPlan,
			mostAhead: options.mostAhead,
			isAlike: options.isAlike,
			sink: (verdict) => {
				options.onVerdict?.(verdict);
				verdicts.push(verdict);
			},
			ports: {
				now: clock.now,
				sleep: clock.sleep,
				random,
				breathe: async () => void options.onBreath?.(clock),
				log: () => options.onLog?.(),
				async send(request, { signal, timeoutMs }) {
					const ids: string[] = request.body === undefined ? [] : JSON.parse(request.body);
					const name = request.path.split('/')[1] ?? '';
					const sent: Sent = {
						name,
						ids,
						key: request.headers.key,
						at: clock.now(),
						path: request.path,
						body: request.body,
					};
					world.sent.push(sent);
					counts.set(name, (counts.get(name) ?? 0) + 1);
					const number = counts.get(name) ?? 0;
					await clock.sleep(options.latencyMs ?? 20, signal);
					const answer = options.script?.(sent, number, world) ?? answerOf(sent, world);
					const moreMs = 'hang' in answer ? timeoutMs : (answer.afterMs ?? 0);
					if (moreMs > 0) await clock.sleep(moreMs, signal);
					return toExchange(answer);
				},
			},
		}),
	);
	return {
		verdicts,
		report,
		world,
		tookMs: clock.now() - startedAt,
		sentTo: (name) => world.sent.filter((sent) => sent.name === name),
		statuses: () => Object.fromEntries(report.counts),
	};
}

function* rowsOf({ ids, breaksOff, issues }: WorldOptions): Generator<Row> {
	for (const [index, id] of ids.entries())
		yield { number: index + 1, item: index, columns: { id }, issues: issues?.get(id) };
	if (breaksOff !== undefined) throw breaksOff;
}

/** `n` ids: u1, u2, … */
export const ids = (n: number): string[] => Array.from({ length: n }, (_, index) => `u${index + 1}`);

/** A seeded generator of numbers in [0, 1): mulberry32. */
export function generator(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}

function answerOf(sent: Sent, { people }: World): Answer {
	if (sent.name === 'create') return people.create(sent.ids, sent.key);
	if (sent.name === 'query') return people.query(sent.ids);
	return { results: [] };
}

function operationOf(call: Call, overrides: Partial<Operation> = {}): Operation {
	return {
		call,
		lookUp: queryCall(),
		repeats: 'refuse',
		prepare: ({ columns }) => ({ ok: true, entry: { id: String(columns.id), fields: { userId: columns.id } } }),
		describe: (_row, { id }, what) => ({
			column: 'id',
			field: 'userId',
			code: 'sameAsRow' in what ? 'repeated' : 'overBytes' in what ? 'too_large' : 'contradicting',
			found: id,
			expected: '',
			fix: JSON.stringify(what),
		}),
		carryOut: async (ctx, chunk, plan) => await deliver(ctx, call, chunk, plan),
		judge: (entry, outcome) => judgementOf('userId', entry, outcome),
		...overrides,
	};
}

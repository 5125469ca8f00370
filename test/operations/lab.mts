// Operations as they ship, over the real protocol, against the sandbox's service in this process, on a virtual clock.

import { run, type RunReport } from '../../nodes/TokenIm/engine/run';
import type { Row, Verdict } from '../../nodes/TokenIm/engine/types';
import type { Exchange, WireRequest } from '../../nodes/TokenIm/engine/wire';
import { createProtocol } from '../../nodes/TokenIm/protocol/calls';
import type { Profile } from '../../nodes/TokenIm/protocol/profile/profile';
import { defaultProfile } from '../../nodes/TokenIm/protocol/profiles/index';
import { createService, type Service, type ServiceOptions } from '../../sandbox/service.mts';
import type { EndpointName, Reply } from '../../sandbox/types.mts';
import { VirtualClock } from '../engine/clock.mts';
import { generator } from '../engine/world.mts';
import { signerOf } from '../protocol/signer.mts';
import { readyOperation, type ParameterValues } from './parameters.mts';

/** One attempt, as the client saw it. */
export interface Attempt {
	readonly sentAt: number;
	readonly endpoint: EndpointName | undefined;
	readonly path: string;
	readonly key: string | undefined;
	readonly ids: readonly string[];
	readonly members: number;
	readonly bytes: number;
	readonly faults: readonly string[];
	exchange: Exchange | undefined;
	answeredAt: number;
}

export interface RunSettings {
	readonly executionId?: string;
	readonly seed?: number;
	readonly maxRunTimeMs?: number;
	/** Reading the rows throws after so many; the run then hands over what it has. */
	readonly rowsBreakOffAfter?: number;
	/** Told before each request of the run: what others do meanwhile. */
	readonly meanwhile?: () => void;
	/** When n8n's Stop comes, counted from the start of the run. */
	readonly stopAfterMs?: number;
	readonly caps?: { readonly entriesPerRequest?: number; readonly concurrentRequests?: number };
	/** No connection is made between these times after the start. */
	readonly unreachedMs?: readonly [from: number, to: number];
}

export interface LabRun {
	readonly verdicts: readonly Verdict[];
	readonly report: RunReport;
	readonly attempts: readonly Attempt[];
	readonly startedAt: number;
	readonly endedAt: number;
}

export interface Lab {
	readonly clock: VirtualClock;
	readonly service: Service;
	run(
		parameters: ParameterValues,
		rows: ReadonlyArray<Readonly<Record<string, unknown>>>,
		settings?: RunSettings,
	): Promise<LabRun>;
	/** Somebody else's request, answered at once. */
	post(path: string, body: unknown): void;
	/** Lets virtual time pass. */
	rest(ms: number): Promise<void>;
}

const WIRE_MS = 5;
const TIMEOUT_MS = 60_000;
const keyed = createProtocol(defaultProfile);
const keyless = createProtocol({ ...defaultProfile, idempotency: undefined });
const sign = signerOf(defaultProfile);
const encoder = new TextEncoder();

/** A service and a way to run operations against it; `idempotency: false` also takes the keys out of the profile, TokenIM's. */
export function createLab(options: ServiceOptions = {}, profile?: Profile): Lab {
	const clock = new VirtualClock();
	const service = createService({ apiKey: 'key', apiSecret: 'secret', ...options, now: clock.now });
	const protocol = profile !== undefined ? createProtocol(profile) : options.idempotency === false ? keyless : keyed;
	let nonces = 0;

	async function send(
		request: WireRequest,
		signal: AbortSignal,
		timeoutMs: number,
		attempts: Attempt[],
	): Promise<Exchange> {
		const path = `/v1${request.path}`;
		const nonce = (++nonces).toString(16).padStart(32, '0');
		const headers = {
			...request.headers,
			...sign({ method: request.method, pathWithQuery: path, body: request.body }, service, clock.now(), nonce),
		};
		const attempt: Attempt = {
			...contentOf(request),
			sentAt: clock.now(),
			faults: [],
			exchange: undefined,
			answeredAt: Number.POSITIVE_INFINITY,
		};
		attempts.push(attempt);
		await clock.sleep(WIRE_MS, signal);
		const reply = service.handle({ method: request.method, path, headers, body: encoder.encode(request.body ?? '') });
		const entry = service.requests.at(-1);
		Object.assign(attempt, { endpoint: entry?.endpoint, faults: entry?.faults ?? [] });
		attempt.exchange = await arrived(reply, signal, timeoutMs);
		attempt.answeredAt = clock.now();
		return attempt.exchange;
	}

	async function arrived(reply: Reply, signal: AbortSignal, timeoutMs: number): Promise<Exchange> {
		const isLate = reply.kind === 'hang' || reply.delayMs + 2 * WIRE_MS >= timeoutMs;
		await clock.sleep(isLate ? timeoutMs - WIRE_MS : reply.delayMs + WIRE_MS, signal);
		if (signal.aborted) return { kind: 'lost', reason: 'the request was cancelled' };
		if (isLate) return { kind: 'lost', reason: 'no answer came in time' };
		if (reply.kind === 'reset') return { kind: 'lost', reason: 'the connection was reset' };
		return { kind: 'answer', status: reply.status, headers: reply.headers, body: reply.body };
	}

	return {
		clock,
		service,
		post(path, content) {
			const body = JSON.stringify(content);
			const nonce = (++nonces).toString(16).padStart(32, '0');
			const signed = { method: 'POST', pathWithQuery: `/v1${path}`, body } as const;
			const headers = {
				'content-type': 'application/json',
				...sign(signed, service, clock.now(), nonce),
			};
			const reply = service.handle({ method: 'POST', path: `/v1${path}`, headers, body: encoder.encode(body) });
			if (reply.kind !== 'answer' || reply.status !== 200) throw new Error(`Not taken: ${JSON.stringify(reply)}`);
		},
		rest: async (ms) => await clock.run(clock.sleep(ms)),
		async run(parameters, rows, settings = {}) {
			const startedAt = clock.now();
			const verdicts: Verdict[] = [];
			const attempts: Attempt[] = [];
			const { operation } = readyOperation(parameters, profile ?? defaultProfile, protocol);
			const stop = new AbortController();
			const { stopAfterMs, unreachedMs: [downFrom, downTo] = [0, 0] } = settings;
			if (stopAfterMs === 0) stop.abort();
			else if (stopAfterMs !== undefined) void clock.sleep(stopAfterMs).then(() => stop.abort());
			const report = await clock.run(
				run({
					rows: rowsOf(rows, settings.rowsBreakOffAfter),
					operation,
					planCall: protocol.limits(),
					limits: protocol.defaultLimits,
					caps: settings.caps,
					settings: {
						requestTimeoutMs: TIMEOUT_MS,
						readLagMs: protocol.readLagMs,
						maxRunTimeMs: settings.maxRunTimeMs,
					},
					identity: { instanceId: 'i', executionId: settings.executionId ?? '1', nodeId: 'n', runIndex: 0 },
					cancel: stop.signal,
					sink: (verdict) => verdicts.push(verdict),
					ports: {
						now: clock.now,
						sleep: clock.sleep,
						random: generator(settings.seed ?? 1),
						breathe: async () => undefined,
						log: () => undefined,
						async send(request, { signal, timeoutMs }) {
							const sinceStart = clock.now() - startedAt;
							if (sinceStart >= downFrom && sinceStart < downTo)
								return { kind: 'unreached', reason: 'the connection was refused' };
							settings.meanwhile?.();
							return await send(request, signal, timeoutMs, attempts);
						},
					},
				}),
			);
			return { verdicts, report, attempts, startedAt, endedAt: clock.now() };
		},
	};
}

function* rowsOf(rows: ReadonlyArray<Row['columns']>, breakOffAfter = Infinity): Generator<Row, void, undefined> {
	for (const [index, columns] of rows.entries()) {
		if (index >= breakOffAfter) throw new Error('the rows break off');
		yield { number: index + 1, item: index, columns };
	}
}

function contentOf(request: WireRequest): Pick<Attempt, 'endpoint' | 'path' | 'key' | 'ids' | 'members' | 'bytes'> {
	const body: unknown = request.body === undefined ? {} : JSON.parse(request.body);
	const lists =
		typeof body === 'object' && body !== null
			? Object.values(body).filter((value): value is unknown[] => Array.isArray(value))
			: [];
	const entries = lists.flat();
	return {
		endpoint: undefined,
		path: request.path,
		key: request.headers['Idempotency-Key'],
		ids: entries.map(idOf),
		members: entries.reduce<number>((sum, entry) => sum + membersOf(entry), 0),
		bytes: Buffer.byteLength(request.body ?? ''),
	};
}

function idOf(entry: unknown): string {
	if (typeof entry !== 'object' || entry === null) return String(entry);
	return String('userId' in entry ? entry.userId : 'groupId' in entry ? entry.groupId : '');
}

function membersOf(entry: unknown): number {
	return typeof entry === 'object' && entry !== null && 'memberIds' in entry && Array.isArray(entry.memberIds)
		? entry.memberIds.length
		: 0;
}

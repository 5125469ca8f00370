// The TokenIM service without a socket: a request in, a reply out, at once. Time and chance are injected, so that
// tests run it on a virtual clock; `server.mts` puts it behind HTTP.

import { randomBytes } from 'node:crypto';
import { createGatekeeper } from './authentication.mts';
import { createCall, type Call } from './call.mts';
import { startFaults, type Hit } from './faults/decide.mts';
import { endingOf } from './faults/ending.mts';
import type { Fault } from './faults/script.mts';
import { tampered } from './faults/tamper.mts';
import { isRefusal } from './operations/context.mts';
import { answerOf, refuse } from './outcome.mts';
import { createPipeline, type Manner } from './pipeline.mts';
import { planOf } from './plan.mts';
import { createReadLag } from './readLag.mts';
import { createRequestLog } from './requestLog.mts';
import { openStore } from './store/database.mts';
import { createSchedule } from './schedule.mts';
import type { Service, ServiceOptions } from './serviceTypes.mts';
import { allPermissions, type Answer, type ApiKey, type EndpointName, type Reply } from './types.mts';

export type { Service, ServiceOptions, StoredGroup } from './serviceTypes.mts';

/** Creates a service; in memory this takes about 0.3 ms. Throws when the plan is unknown or the file is no database. */
export function createService(options: ServiceOptions = {}): Service {
	const { now = Date.now, latencyMs = 0, strict = false } = options;
	const first = {
		apiKey: options.apiKey ?? randomBytes(8).toString('hex'),
		apiSecret: options.apiSecret ?? randomBytes(24).toString('hex'),
		permissions: options.permissions ?? allPermissions,
	};
	const keys = new Map<string, ApiKey>([first, ...(options.otherKeys ?? [])].map((key) => [key.apiKey, key]));
	const plan = planOf(options.plan ?? 'standard', options.limits, options.quota);
	const store = openStore(options.database ?? ':memory:');
	const lag = createReadLag(options.readLagMs ?? 0, now);
	const gatekeeper = createGatekeeper(keys);
	const log = createRequestLog(options);

	const schedule = createSchedule(now);
	const idempotency = options.idempotency ?? true;
	const pipeline = createPipeline({ store, lag, plan: () => plan, idempotency, schedule: schedule.at });

	let script: readonly Fault[] = options.faults ?? [];
	let seed = options.seed ?? 1;
	let faults = startFaults(script, seed);
	let number = 0;
	const numbers = new Map<EndpointName, number>();
	let answeredAtMs: number[] = [];

	const restartScript = () => {
		faults = startFaults(script, seed);
		number = 0;
		numbers.clear();
	};

	/** What is under way at `atMs`, this request not counted. */
	const isCrowded = (atMs: number): boolean => {
		answeredAtMs = answeredAtMs.filter((untilMs) => untilMs > atMs);
		const limit = plan.limits.concurrentRequests;
		return Boolean(options.enforceConcurrency && limit && answeredAtMs.length >= limit);
	};

	function replyTo(call: Call, key: ApiKey, hits: readonly Hit[]): Reply {
		for (const { action } of hits) {
			if (action.kind === 'setLimits') Object.assign(plan.limits, action.limits);
			if (action.kind === 'setQuota') plan.quota = action.quota;
		}
		const delayMs =
			latencyMs + hits.reduce((sum, { action }) => sum + (action.kind === 'slow' ? action.delayMs : 0), 0);
		if (isCrowded(call.atMs)) return { ...answerOf(crowded, call.requestId), delayMs: 0 };

		const job = hits.find(({ action }) => action.kind === 'job')?.action;
		const manner: Manner = {
			strict,
			refuseEntry: (id) => faults.entryError(hits, id),
			job: job?.kind === 'job' ? job : undefined,
			busyUntilMs: call.atMs + delayMs,
		};
		const ending = hits.map((hit) => endingOf(hit, call)).find((each) => each !== undefined);
		if (ending === undefined) return { ...retouched(pipeline.carryOut(call, key, manner), hits, call), delayMs };

		if (typeof ending.written === 'object') {
			const dueMs = call.atMs + ending.written.lateMs;
			pipeline.reserve(call, dueMs);
			schedule.at(dueMs, (atMs) => pipeline.carryOut({ ...call, atMs }, key, { ...manner, busyUntilMs: atMs }));
			return { ...ending.seen(undefined), delayMs };
		}
		const isLost = ending.written ? { ...manner, busyUntilMs: call.atMs } : undefined;
		return { ...ending.seen(isLost && pipeline.carryOut(call, key, isLost)), delayMs };
	}

	const retouched = (answer: Answer, hits: readonly Hit[], call: Call): Answer => {
		const tampers = hits.flatMap(({ action }) => (action.kind === 'tamper' ? action.how : []));
		return tampered(answer, tampers, faults.random, call.query.get('cursor'));
	};

	return {
		apiKey: first.apiKey,
		apiSecret: first.apiSecret,
		requests: log.entries,
		handle(request) {
			schedule.catchUp();
			number += 1;
			const call = createCall(number, now(), request);
			const endpoint = call.route?.name;
			if (endpoint) numbers.set(endpoint, (numbers.get(endpoint) ?? 0) + 1);

			const admitted = gatekeeper.admit(call.request, call.bodyHash, call.atMs);
			const asked = {
				endpoint,
				number,
				numberOf: (name: EndpointName) => numbers.get(name) ?? 0,
				ids: call.ids,
				pathId: call.route?.id || undefined,
			};
			const hits = isRefusal(admitted) ? [] : faults.hits(asked);
			const reply = isRefusal(admitted)
				? { ...answerOf(admitted, call.requestId), delayMs: latencyMs }
				: replyTo(call, admitted, hits);
			if (reply.delayMs > 0) answeredAtMs.push(call.atMs + reply.delayMs);

			const named =
				reply.kind === 'answer' ? { ...reply, headers: { ...reply.headers, 'x-request-id': call.requestId } } : reply;
			log.add(
				call,
				named,
				hits.map(({ action }) => action.kind),
			);
			return named;
		},
		setFaults(faultsNow, seedNow = seed) {
			script = faultsNow;
			seed = seedNow;
			restartScript();
		},
		setLimits(limits) {
			Object.assign(plan.limits, limits);
		},
		setQuota(quota) {
			plan.quota = quota;
		},
		setPermissions(permissions) {
			keys.set(first.apiKey, { ...first, permissions });
		},
		faults: () => script,
		limits: () => ({ ...plan.limits }),
		quota: () => plan.quota,
		users() {
			schedule.catchUp();
			return store.users.all();
		},
		groups() {
			schedule.catchUp();
			return store.groups.all().map((group) => ({ ...group, memberIds: store.groups.memberIds(group.groupId) }));
		},
		userCount() {
			schedule.catchUp();
			return store.users.count();
		},
		reset() {
			schedule.forget();
			lag.forget();
			store.clear();
			pipeline.forgetEverything();
			log.clear();
			restartScript();
		},
		close: () => store.close(),
	};
}

const crowded = refuse('rate_limited', 'Too many requests at once.', undefined, { 'retry-after': '1' });

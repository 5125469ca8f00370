/** The way of one request through the service: pace, permission, size, idempotency, the operation, its answer. */
import type { Call } from './call.mts';
import { createIdempotency } from './idempotency.mts';
import { createJobs, type JobScript } from './jobs.mts';
import type { OperationContext } from './operations/context.mts';
import { operations } from './operations/index.mts';
import { limitsAnswer } from './operations/limits.mts';
import { isList, lists } from './operations/lists.mts';
import { answerOf, refuse, success, type Outcome, type Success } from './outcome.mts';
import { createPace } from './plan.mts';
import type { ReadLag } from './readLag.mts';
import { endpoints, type Route } from './routes.mts';
import type { Store } from './store/database.mts';
import { isRecord, type Answer, type ApiKey, type Plan } from './types.mts';

/** How this one request is to be carried out, where a fault has a say in it. */
export interface Manner {
	readonly strict: OperationContext['strict'];
	readonly refuseEntry: OperationContext['refuseEntry'];
	readonly job: JobScript | undefined;
	/** Until then the request counts as running: its idempotency key is in use. */
	readonly busyUntilMs: number;
}

export interface Pipeline {
	/** Carries the request out, exactly as the contract says. */
	carryOut(call: Call, key: ApiKey, manner: Manner): Answer;
	/** The key of `call` is in use until then, though nothing is carried out yet. */
	reserve(call: Call, untilMs: number): void;
	forgetEverything(): void;
}

export interface PipelineOptions {
	readonly store: Store;
	readonly lag: ReadLag;
	/** Read anew for each request: limits may change under way. */
	readonly plan: () => Plan;
	/** Without it the service takes no notice of `Idempotency-Key`. */
	readonly idempotency: boolean;
	/** Told of a job's end that comes by itself, not by being asked. */
	readonly schedule: (dueMs: number, work: (nowMs: number) => void) => void;
}

export function createPipeline({ store, lag, plan, idempotency, schedule }: PipelineOptions): Pipeline {
	let pace = createPace();
	const keys = createIdempotency(store.idempotency);
	const jobs = createJobs(schedule);

	/** Runs a POST in one transaction; a refusal, and a dry run, leave nothing behind. */
	function operate(call: Call, route: Route, manner: Manner, nowMs: number, settleCount: number, dry = false): Outcome {
		const body = call.json();
		if (body === undefined) return refuse('malformed_body', 'The body is not JSON.');
		const { value } = body;
		if (!isRecord(value)) return refuse('invalid_request', 'The body must be an object.');
		const { strict } = manner;
		const refuseEntry = dry ? () => undefined : manner.refuseEntry;
		const context = { store, lag, plan: plan(), strict, refuseEntry, settleCount };
		const run = () => operations[route.name](value, context, route.id);
		if (!endpoints[route.name].writes) return run();
		const outcome = store.transaction(run, ({ kind }) => kind === 'success' && !dry);
		if (outcome.kind === 'success' && !dry) lag.commit(nowMs);
		else lag.discard();
		return outcome;
	}

	function post(call: Call, route: Route, manner: Manner): Outcome {
		if (manner.job === undefined || !endpoints[route.name].writes) {
			return operate(call, route, manner, call.atMs, Number.POSITIVE_INFINITY);
		}
		const refused = operate(call, route, manner, call.atMs, Number.POSITIVE_INFINITY, true);
		if (refused.kind === 'refusal') return refused;
		return jobs.accept(manner.job, call.atMs, (nowMs, settleCount) => operate(call, route, manner, nowMs, settleCount));
	}

	function keyed(call: Call, route: Route, manner: Manner): Answer {
		const key = call.request.headers['idempotency-key'];
		if (key === undefined || !idempotency || !endpoints[route.name].writes) {
			return answerOf(withRequestId(post(call, route, manner), call, route), call.requestId);
		}
		if (key === '' || key.length > 128) {
			return answerOf(refuse('invalid_request', 'Idempotency-Key must be 1 to 128 characters.'), call.requestId);
		}
		const fingerprint = `${call.request.method} ${call.request.path} ${call.bodyHash}`;
		const known = keys.look(key, fingerprint, call.atMs);
		if (known?.kind === 'refusal') return answerOf(known, call.requestId);
		if (known !== undefined) return known;
		const answer = answerOf(withRequestId(post(call, route, manner), call, route), call.requestId);
		keys.keep(key, fingerprint, answer, call.atMs, manner.busyUntilMs);
		return answer;
	}

	function handled(call: Call, key: ApiKey, manner: Manner): Answer {
		const refused = (outcome: Outcome) => answerOf(outcome, call.requestId);
		const { route, request, requestId } = call;
		if (route === undefined) return refused(refuse('not_found', 'There is no such endpoint.'));
		const { method, permission } = endpoints[route.name];
		if (request.method !== method) {
			return refused(refuse('method_not_allowed', `Use ${method}.`, undefined, { allow: method }));
		}
		if (permission !== undefined && !key.permissions.includes(permission)) {
			return refused(refuse('forbidden', `The key lacks the permission ${permission}.`));
		}
		const { limits } = plan();
		if (request.body.length > limits.maxBodyBytes) {
			const limit = limits.maxBodyBytes;
			return refused(refuse('body_too_large', `The body may hold ${limit} bytes.`, { limit }));
		}
		if (route.name === 'limits')
			return limitsAnswer(plan(), store.users.count(), key, request.headers['if-none-match']);
		if (route.name === 'jobs') return answerOf(jobs.ask(route.id, call.atMs), requestId);
		if (isList(route.name)) {
			const context = { store, lag, plan: plan(), nowMs: call.atMs };
			return answerOf(lists[route.name](call.query, context, route.id), requestId);
		}
		return keyed(call, route, manner);
	}

	return {
		carryOut(call, key, manner) {
			const perSecond = plan().limits.requestsPerSecond;
			if (!perSecond) return handled(call, key, manner);
			const { waitMs, remaining, resetSeconds } = pace.take(call.atMs, perSecond);
			const answer = waitMs === 0 ? handled(call, key, manner) : answerOf(tooFast(waitMs), call.requestId);
			const headers = {
				...answer.headers,
				'ratelimit-limit': String(perSecond),
				'ratelimit-remaining': String(remaining),
				'ratelimit-reset': String(resetSeconds),
			};
			return { ...answer, headers };
		},
		reserve(call, untilMs) {
			const key = call.request.headers['idempotency-key'];
			if (key === undefined || !idempotency) return;
			keys.reserve(key, `${call.request.method} ${call.request.path} ${call.bodyHash}`, untilMs);
		},
		forgetEverything() {
			pace = createPace();
			keys.forget();
			jobs.forget();
		},
	};
}

const tooFast = (waitMs: number) =>
	refuse('rate_limited', 'Slow down.', undefined, { 'retry-after': String(Math.ceil(waitMs / 1000)) });

/** Answers to writes name their request in the body too. */
function withRequestId(outcome: Outcome, { requestId }: Call, { name }: Route): Outcome {
	if (outcome.kind === 'refusal' || !endpoints[name].writes || !isRecord(outcome.body)) return outcome;
	const named: Success = success({ requestId, ...outcome.body }, outcome.status);
	return { ...named, headers: outcome.headers };
}

// The laws about what is sent (3 and 4), held against every attempt of a run.

import { expect } from 'vitest';

import type { Limits } from '../../sandbox/types.mts';
import type { Attempt, LabRun } from './lab.mts';

const decoder = new TextDecoder();

/** Whether an answer was read that says what became of every entry of the request. */
function isComplete({ exchange }: Attempt): boolean {
	const body = decoded(exchange);
	return exchange?.kind === 'answer' && exchange.status === 200 && 'results' in body && Array.isArray(body.results);
}

/** A refusal which says that this request was not carried out. */
function isDefinite({ exchange }: Attempt): boolean {
	return exchange?.kind === 'answer' && [400, 404, 413, 429].includes(exchange.status);
}

/** Nothing tells whether it was carried out. */
export const isUnsettled = (attempt: Attempt): boolean => !isComplete(attempt) && !isDefinite(attempt);

export const isWrite = ({ path }: Attempt): boolean =>
	path.startsWith('/users/batch') ||
	path.startsWith('/groups/batch') ||
	/^\/groups\/[^/]+\/members(\/remove)?$/.test(path);
const isCreate = ({ path }: Attempt): boolean => path === '/users/batch' || path === '/groups/batch';
const isQuery = ({ path }: Attempt): boolean => path.endsWith('/query');

/** Law 3: a key goes again only while no complete answer was read for it, with the same rows; without keys there are none. */
export function keysAreKept(run: LabRun, hasKeys: boolean): void {
	const seen = new Map<string, Attempt>();
	for (const attempt of run.attempts) {
		if (!isWrite(attempt)) {
			expect(attempt.key).toBeUndefined();
			continue;
		}
		if (!hasKeys) {
			expect(attempt.key).toBeUndefined();
			continue;
		}
		expect(attempt.key).toMatch(/^[0-9a-f]{64}$/);
		const earlier = seen.get(attempt.key ?? '');
		if (earlier !== undefined) {
			expect(isComplete(earlier), `${attempt.path} went again with its key although its answer was complete`).toBe(
				false,
			);
			expect([attempt.path, attempt.ids]).toEqual([earlier.path, earlier.ids]);
		}
		seen.set(attempt.key ?? '', attempt);
	}
}

const decoded = (exchange: Attempt['exchange']): object => {
	try {
		const body: unknown = exchange?.kind === 'answer' ? JSON.parse(decoder.decode(exchange.body)) : undefined;
		return typeof body === 'object' && body !== null ? body : {};
	} catch {
		return {};
	}
};

/** The job that a request became, or that a question was about and that has ended. */
function jobOf({ exchange, path }: Attempt): { readonly begun?: string; readonly ended?: string } {
	const body = decoded(exchange);
	if (path.startsWith('/jobs/') && 'state' in body && (body.state === 'done' || body.state === 'failed'))
		return { ended: path.slice('/jobs/'.length) };
	return exchange?.kind === 'answer' && exchange.status === 202 && 'jobId' in body ? { begun: String(body.jobId) } : {};
}

/** Law 3: a create that may have arrived goes again with its own key, or after its ids were looked up. */
export function nothingIsSentBlindly(run: LabRun): void {
	const open = new Map<string, Attempt>();
	const jobs = new Map<string, Attempt>();
	for (const attempt of run.attempts) {
		const { begun, ended } = jobOf(attempt);
		if (begun !== undefined) jobs.set(begun, attempt);
		if (ended !== undefined) for (const id of jobs.get(ended)?.ids ?? []) open.delete(id);
		if (isQuery(attempt)) {
			if (attempt.exchange?.kind === 'answer' && attempt.exchange.status === 200)
				for (const id of attempt.ids) open.delete(id);
			continue;
		}
		if (!isCreate(attempt)) continue;
		for (const id of attempt.ids) {
			const earlier = open.get(id);
			if (earlier !== undefined)
				expect(attempt.key !== undefined && attempt.key === earlier.key, `${id} went again blindly`).toBe(true);
			if (isUnsettled(attempt)) open.set(id, attempt);
			else open.delete(id);
		}
	}
}

/** Law 4: no request holds more than was allowed as far as was known when it went; one that may have arrived goes again as it was. */
export function limitsAreKept(run: LabRun): void {
	const learned: Array<{ readonly at: number; readonly limits: Partial<Record<keyof Limits, unknown>> }> = [];
	for (const { exchange, answeredAt } of run.attempts) {
		const limits = limitsIn(exchange);
		if (limits !== undefined) learned.push({ at: answeredAt, limits });
	}
	for (const attempt of run.attempts) {
		const refusal =
			attempt.exchange?.kind === 'answer' && attempt.exchange.status === 413 ? decoded(attempt.exchange) : {};
		// Of requests that hold entries; one that asks after a job has nothing that could be too much.
		if (!('code' in refusal) || !('limit' in refusal) || attempt.path.startsWith('/jobs/')) continue;
		const of =
			refusal.code === 'too_many_items'
				? limitOf(attempt)
				: refusal.code === 'body_too_large'
					? 'maxBodyBytes'
					: attempt.path.startsWith('/users') || /\/(query|batch-delete)$/.test(attempt.path) // holds no members
						? limitOf(attempt)
						: 'membersPerRequest';
		learned.push({ at: attempt.answeredAt, limits: { [of]: refusal.limit } });
	}
	const open = new Set<string | undefined>();
	for (const attempt of run.attempts) {
		const isAgain = attempt.key !== undefined && open.has(attempt.key);
		if (isUnsettled(attempt)) open.add(attempt.key);
		if (isAgain || attempt.ids.length < 2) continue;
		for (const { at, limits } of learned) {
			if (at >= attempt.sentAt) continue;
			expect(attempt.ids.length, `${attempt.path} holds more than was allowed`).toBeLessThanOrEqual(
				numberOr(limits[limitOf(attempt)]),
			);
			expect(attempt.bytes).toBeLessThanOrEqual(numberOr(limits.maxBodyBytes));
			if (attempt.path === '/groups/batch')
				expect(attempt.members).toBeLessThanOrEqual(numberOr(limits.membersPerRequest));
		}
	}
}

const numberOr = (limit: unknown): number => (typeof limit === 'number' ? limit : Number.POSITIVE_INFINITY);

function limitOf({ path }: Attempt): keyof Limits {
	if (path.startsWith('/users/batch')) return 'usersPerRequest';
	if (path.startsWith('/groups/batch')) return 'groupsPerRequest';
	return /\/members(\/remove)?$/.test(path) ? 'membersPerRequest' : 'idsPerQuery';
}

/** What the answer to the first question said of the plan. */
function limitsIn(exchange: Attempt['exchange']): Partial<Record<keyof Limits, unknown>> | undefined {
	const body = decoded(exchange);
	return 'limits' in body && typeof body.limits === 'object' && body.limits !== null ? body.limits : undefined;
}

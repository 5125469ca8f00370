// The laws of design.md, held against what a run said, what it sent, and what the service then holds. Each throws where
// it is broken.

import { expect } from 'vitest';

import type { Verdict } from '../../nodes/TokenIm/engine/types';
import type { Fault } from '../../sandbox/faults/script.mts';
import type { Limits } from '../../sandbox/types.mts';
import type { Attempt, LabRun, RunSettings } from './lab.mts';

const decoder = new TextDecoder();
const DONE: ReadonlySet<Verdict['status']> = new Set(['created', 'updated', 'exists']);

/** The id that a verdict speaks of. */
export function idOf(verdict: Verdict): string | undefined {
	return 'userId' in verdict && verdict.userId !== undefined ? verdict.userId : 'groupId' in verdict ? verdict.groupId : undefined;
}

/** Law 1: one verdict for each row, in row order. */
export function oneVerdictEach(run: LabRun, rows: number): void {
	expect(run.verdicts.map((verdict) => verdict.row)).toEqual(Array.from({ length: rows }, (_, index) => index + 1));
	expect([...run.report.counts.values()].reduce((sum, count) => sum + count, 0)).toBe(rows);
}

/** Who is in the service, by id. */
export interface Holds {
	readonly before: ReadonlySet<string>;
	readonly after: ReadonlyMap<string, string>;
}

/** Nobody lost, nobody claimed, nobody denied (laws 1, 3, 7). */
export function verdictsAreTrue(run: LabRun, { before, after }: Holds): void {
	const created = new Set<string>();
	const mayBeMade = new Set<string>();
	for (const verdict of run.verdicts) {
		const id = idOf(verdict);
		if (id === undefined) continue;
		if (DONE.has(verdict.status)) {
			expect(after.has(id), `${id} is ${verdict.status}, but not there`).toBe(true);
			mayBeMade.add(id);
			if ('imId' in verdict && verdict.imId !== undefined) expect(verdict.imId).toBe(after.get(id));
		}
		if (verdict.status === 'unknown') mayBeMade.add(id);
		if (verdict.status === 'created') {
			expect(before.has(id), `${id} was there before, so nobody created it`).toBe(false);
			expect(created.has(id), `${id} was created twice`).toBe(false);
			created.add(id);
		}
		if (verdict.status === 'exists' && !('createdBy' in verdict && verdict.createdBy === 'unknown')) {
			expect(before.has(id), `${id} was not there before, so this run may have created it`).toBe(true);
		}
	}
	for (const id of after.keys()) {
		if (!before.has(id)) expect(mayBeMade.has(id), `${id} was created, and every row of it says otherwise`).toBe(true);
	}
}

/** Whether an answer was read that says what became of every entry of the request. */
function isComplete({ exchange }: Attempt): boolean {
	const body = decoded(exchange);
	return exchange?.kind === 'answer' && exchange.status === 200 && 'results' in body && Array.isArray(body.results);
}

/** A refusal which says that this request was not carried out. */
function isDefinite({ exchange }: Attempt): boolean {
	return exchange?.kind === 'answer' && [400, 404, 413, 429].includes(exchange.status);
}

const isUnsettled = (attempt: Attempt): boolean => !isComplete(attempt) && !isDefinite(attempt);

export const isWrite = ({ path }: Attempt): boolean => path.startsWith('/users/batch') || path === '/groups/batch' || /^\/groups\/[^/]+\/members$/.test(path);
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
			expect(isComplete(earlier), `${attempt.path} went again with its key although its answer was complete`).toBe(false);
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
	if (path.startsWith('/jobs/') && 'state' in body && (body.state === 'done' || body.state === 'failed')) return { ended: path.slice('/jobs/'.length) };
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
			if (attempt.exchange?.kind === 'answer' && attempt.exchange.status === 200) for (const id of attempt.ids) open.delete(id);
			continue;
		}
		if (!isCreate(attempt)) continue;
		for (const id of attempt.ids) {
			const earlier = open.get(id);
			if (earlier !== undefined) expect(attempt.key !== undefined && attempt.key === earlier.key, `${id} went again blindly`).toBe(true);
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
		const refusal = attempt.exchange?.kind === 'answer' && attempt.exchange.status === 413 ? decoded(attempt.exchange) : {};
		if (!('code' in refusal) || !('limit' in refusal)) continue;
		const of = refusal.code === 'too_many_items' ? limitOf(attempt) : refusal.code === 'body_too_large' ? 'maxBodyBytes' : attempt.path.startsWith('/users') ? limitOf(attempt) : 'membersPerRequest';
		learned.push({ at: attempt.answeredAt, limits: { [of]: refusal.limit } });
	}
	const open = new Set<string | undefined>();
	for (const attempt of run.attempts) {
		const isAgain = attempt.key !== undefined && open.has(attempt.key);
		if (isUnsettled(attempt)) open.add(attempt.key);
		if (isAgain || attempt.ids.length < 2) continue;
		for (const { at, limits } of learned) {
			if (at >= attempt.sentAt) continue;
			expect(attempt.ids.length, `${attempt.path} holds more than was allowed`).toBeLessThanOrEqual(numberOr(limits[limitOf(attempt)]));
			expect(attempt.bytes).toBeLessThanOrEqual(numberOr(limits.maxBodyBytes));
			if (attempt.path === '/groups/batch') expect(attempt.members).toBeLessThanOrEqual(numberOr(limits.membersPerRequest));
		}
	}
}

const numberOr = (limit: unknown): number => (typeof limit === 'number' ? limit : Number.POSITIVE_INFINITY);

function limitOf({ path }: Attempt): keyof Limits {
	if (path.startsWith('/users/batch')) return 'usersPerRequest';
	if (path === '/groups/batch') return 'groupsPerRequest';
	return path.endsWith('/members') ? 'membersPerRequest' : 'idsPerQuery';
}

/** What the answer to the first question said of the plan. */
function limitsIn(exchange: Attempt['exchange']): Partial<Record<keyof Limits, unknown>> | undefined {
	const body = decoded(exchange);
	return 'limits' in body && typeof body.limits === 'object' && body.limits !== null ? body.limits : undefined;
}

/** Laws 7 and 8: when it is over, nothing is sent, and the run hands over in time. */
export function endsAreKept(run: LabRun, settings: RunSettings): void {
	const { maxRunTimeMs = Number.POSITIVE_INFINITY, stopAfterMs = Number.POSITIVE_INFINITY } = settings;
	const overAt = run.startedAt + Math.min(maxRunTimeMs, stopAfterMs + 1_000);
	expect(run.endedAt - run.startedAt).toBeLessThanOrEqual(Math.min(maxRunTimeMs, stopAfterMs) + 1_000);
	const stopped = run.attempts.filter(({ exchange, faults }) => exchange?.kind === 'answer' && isFinal(exchange.status, faults));
	const lastAt = Math.min(overAt, ...stopped.map(({ answeredAt }) => answeredAt));
	for (const { sentAt } of run.attempts) expect(sentAt, 'something was sent after the end').toBeLessThanOrEqual(lastAt);
}

function isFinal(status: number, faults: readonly string[]): boolean {
	if ([402, 403, 422, 307].includes(status)) return true;
	return status === 401 && !faults.includes('unauthorized');
}

/** A row is `unknown` only where something that carried it got no clear answer. */
export function unknownIsReal(run: LabRun): void {
	for (const verdict of run.verdicts) {
		const id = idOf(verdict);
		if (verdict.status !== 'unknown' || id === undefined) continue;
		const carried = run.attempts.filter(({ ids, path }) => ids.includes(id) || path.includes(`/${encodeURIComponent(id)}/`));
		const isOpen = carried.some((attempt) => isUnsettled(attempt) || attempt.faults.includes('tamper'));
		expect(isOpen, `${id} is unknown, but every request that carried it was answered`).toBe(true);
	}
}

/** Whether writes may come after a run has given them up. */
export function isBelated(faults: readonly Fault[]): boolean {
	return faults.some(({ do: action }) => action.kind === 'job' || ('written' in action && typeof action.written === 'object'));
}

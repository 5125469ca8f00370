// The laws about what a run says and when it ends (1, 3, 7, 8), held against what the service then holds.

import { expect } from 'vitest';

import type { Verdict } from '../../nodes/TokenIm/engine/types';
import type { Fault } from '../../sandbox/faults/script.mts';
import type { LabRun, RunSettings } from './lab.mts';
import { isUnsettled } from './sending.mts';

const DONE: ReadonlySet<Verdict['status']> = new Set(['created', 'updated', 'exists']);

/** The id that a verdict speaks of. */
export function idOf(verdict: Verdict): string | undefined {
	return 'userId' in verdict && verdict.userId !== undefined
		? verdict.userId
		: 'groupId' in verdict
			? verdict.groupId
			: undefined;
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

/** Laws 7 and 8: when it is over, nothing is sent, and the run hands over in time. */
export function endsAreKept(run: LabRun, settings: RunSettings): void {
	const { maxRunTimeMs = Number.POSITIVE_INFINITY, stopAfterMs = Number.POSITIVE_INFINITY } = settings;
	const overAt = run.startedAt + Math.min(maxRunTimeMs, stopAfterMs + 1_000);
	expect(run.endedAt - run.startedAt).toBeLessThanOrEqual(Math.min(maxRunTimeMs, stopAfterMs) + 1_000);
	const stopped = run.attempts.filter(
		({ exchange, faults }) => exchange?.kind === 'answer' && isFinal(exchange.status, faults),
	);
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
		const carried = run.attempts.filter(
			({ ids, path }) => ids.includes(id) || path.includes(`/${encodeURIComponent(id)}/`),
		);
		const isOpen = carried.some((attempt) => isUnsettled(attempt) || attempt.faults.includes('tamper'));
		expect(isOpen, `${id} is unknown, but every request that carried it was answered`).toBe(true);
	}
}

/** Whether writes may come after a run has given them up. */
export function isBelated(faults: readonly Fault[]): boolean {
	return faults.some(
		({ do: action }) => action.kind === 'job' || ('written' in action && typeof action.written === 'object'),
	);
}

// The laws about what a run says and when it ends (1, 3, 7, 8), held against what the service then holds.

import { expect } from 'vitest';

import { defaultProfile } from '../../nodes/TokenIm/protocol/profiles';
import type { Fault } from '../../sandbox/faults/script.mts';
import type { LabRun, RunSettings } from './lab.mts';
import { isUnsettled } from './sending.mts';
import { idOf, untruths, type Holds } from './truths.mts';

export { idOf };

const { readLagMs } = defaultProfile;

/** Law 1: one verdict for each row, in row order. */
export function oneVerdictEach(run: LabRun, rows: number): void {
	expect(run.verdicts.map((verdict) => verdict.row)).toEqual(Array.from({ length: rows }, (_, index) => index + 1));
	expect([...run.report.counts.values()].reduce((sum, count) => sum + count, 0)).toBe(rows);
}

/** Nobody lost, nobody claimed, nobody denied (laws 1, 3, 7). */
export function verdictsAreTrue({ verdicts }: Pick<LabRun, 'verdicts'>, holds: Holds): void {
	expect(untruths(verdicts, holds)).toEqual([]);
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

/** Whether a write whose answer is lost may come after the look-up that settles it: later than the service says that it lags. */
export function comesAfterLookUp(faults: readonly Fault[]): boolean {
	return faults.some(
		({ do: action }) => 'written' in action && typeof action.written === 'object' && action.written.lateMs > readLagMs,
	);
}

/** Whether writes may come after a run has given them up. */
export function isBelated(faults: readonly Fault[]): boolean {
	return faults.some(
		({ do: action }) => action.kind === 'job' || ('written' in action && typeof action.written === 'object'),
	);
}

// What the rounds of a soak come to, and whether it was passed.

import { count, say } from '../../scripts/lib/terminal.mts';
import type { Played } from './play.mts';
import { isLeak, trendOf, type Sample, type Trend } from './trend.mts';

/** Over these a slope that is surely there is a leak: heap 0.6 MB, resident memory 6 MB an hour. */
const LIMIT_KB_PER_MIN = { heap: 10, resident: 100 };

export class Totals {
	rounds = 0;
	rows = 0;
	requests = 0;
	broken = 0;
	readonly faults = new Map<string, number>();
	readonly statuses = new Map<string, number>();
	readonly heap: Sample[] = [];
	readonly resident: Sample[] = [];
	#toldAt = 0;

	add({ rows, requests, faults, statuses, broken, memory }: Played, atMin: number): void {
		this.rounds++;
		this.rows += rows;
		this.requests += requests;
		this.broken += broken.length;
		merge(this.faults, faults);
		merge(this.statuses, statuses);
		for (const { heapBytes, rssBytes } of memory) {
			this.heap.push({ atMin, kb: heapBytes / 1024 });
			this.resident.push({ atMin, kb: rssBytes / 1024 });
		}
	}

	tellNowAndThen(atMin: number): void {
		if (atMin < this.#toldAt + 1) return;
		this.#toldAt = Math.floor(atMin);
		const mb = (samples: readonly Sample[]) => ((samples.at(-1)?.kb ?? 0) / 1024).toFixed(1);
		say(`${this.#toldAt} min: ${count(this.rounds)} rounds, ${count(this.rows)} rows, heap ${mb(this.heap)} MB, resident ${mb(this.resident)} MB, ${count(this.broken)} laws broken`);
	}

	/** Says what came of it; 1 where a law broke or memory grows. */
	conclude(warmUpMin: number): number {
		say(`\n${count(this.rounds)} rounds, each created under faults, verified and created again: ${count(this.rows)} rows, ${count(this.requests)} requests under faults.`);
		say(`Faults that had a part: ${listed(this.faults)}`);
		say(`Verdicts under faults: ${listed(this.statuses)}`);
		say(`Laws broken: ${count(this.broken)}`);
		const heapGrows = told('Heap after garbage collection', trendOf(this.heap, warmUpMin), LIMIT_KB_PER_MIN.heap);
		const residentGrows = told('Resident memory', trendOf(this.resident, warmUpMin), LIMIT_KB_PER_MIN.resident);
		return this.broken > 0 || heapGrows || residentGrows ? 1 : 0;
	}
}

function told(what: string, trend: Trend, limit: number): boolean {
	const grows = isLeak(trend, limit);
	const slope = `${trend.slopeKbPerMin.toFixed(1)} ± ${trend.standardError.toFixed(1)} KB/min`;
	say(`${what}: mean ${(trend.meanKb / 1024).toFixed(1)} MB, slope ${slope} over ${count(trend.samples)} samples (limit ${limit}): ${grows ? 'IT GROWS' : 'flat'}`);
	return grows;
}

function merge(into: Map<string, number>, from: ReadonlyMap<string, number>): void {
	for (const [name, more] of from) into.set(name, (into.get(name) ?? 0) + more);
}

function listed(counts: ReadonlyMap<string, number>): string {
	return [...counts].sort(([, one], [, other]) => other - one).map(([name, many]) => `${name} ${count(many)}`).join(', ');
}

// What the rounds of a soak come to, and whether it was passed.

import { count, say } from '../../scripts/lib/terminal.mts';
import { growthOf, type Growth, type Note } from './growth.mts';
import type { Played } from './play.mts';

/** One of the processes that play the rounds beside each other. */
export interface Lane {
	readonly name: string;
	/** No compiler of V8's runs in it. */
	readonly isInterpreted: boolean;
}

export class Totals {
	rounds = 0;
	rows = 0;
	requests = 0;
	broken = 0;
	readonly faults = new Map<string, number>();
	readonly statuses = new Map<string, number>();
	readonly notes: Note[] = [];
	readonly #lane: Lane;
	#toldAt = 0;

	constructor(lane: Lane) {
		this.#lane = lane;
	}

	add({ rows, requests, faults, statuses, broken, memory }: Played, atMin: number): void {
		this.rounds++;
		this.rows += rows;
		this.requests += requests;
		this.broken += broken.length;
		merge(this.faults, faults);
		merge(this.statuses, statuses);
		this.notes.push(
			...memory.map(({ heapBytes, machineCodeBytes, residentBytes }) => ({
				atMin,
				heapBytes,
				machineCodeBytes,
				residentBytes,
			})),
		);
	}

	tellNowAndThen(atMin: number): void {
		if (atMin < this.#toldAt + 1) return;
		this.#toldAt = Math.floor(atMin);
		const mb = (bytes = 0) => (bytes / 1024 / 1024).toFixed(1);
		const { heapBytes, residentBytes } = this.notes.at(-1) ?? {};
		say(
			`${this.#toldAt} min, ${this.#lane.name}: ${count(this.rounds)} rounds, ${count(this.rows)} rows, heap ${mb(heapBytes)} MB, resident ${mb(residentBytes)} MB, ${count(this.broken)} laws broken`,
		);
	}

	/** Says what came of it; 1 where a law broke or memory grows. */
	conclude(warmUpMin: number): number {
		say(
			`\nThe ${this.#lane.name} process: ${count(this.rounds)} rounds, each created under faults, verified and created again: ${count(this.rows)} rows, ${count(this.requests)} requests under faults.`,
		);
		say(`Faults that had a part: ${listed(this.faults)}`);
		say(`Verdicts under faults: ${listed(this.statuses)}`);
		say(`Laws broken: ${count(this.broken)}`);
		const growth = growthOf(this.notes, warmUpMin, this.#lane.isInterpreted);
		for (const each of growth) say(told(each));
		return this.broken > 0 || growth.some(({ grows }) => grows) ? 1 : 0;
	}
}

function told({ what, trend, limitKbPerMin, grows }: Growth): string {
	const slope = `${trend.slopeKbPerMin.toFixed(1)} ± ${trend.standardError.toFixed(1)} KB/min`;
	const judged = limitKbPerMin === undefined ? '' : ` (limit ${limitKbPerMin}): ${grows ? 'IT GROWS' : 'flat'}`;
	return `${what}: mean ${(trend.meanKb / 1024).toFixed(1)} MB, slope ${slope} over ${count(trend.samples)} samples${judged}`;
}

function merge(into: Map<string, number>, from: ReadonlyMap<string, number>): void {
	for (const [name, more] of from) into.set(name, (into.get(name) ?? 0) + more);
}

function listed(counts: ReadonlyMap<string, number>): string {
	return [...counts]
		.sort(([, one], [, other]) => other - one)
		.map(([name, many]) => `${name} ${count(many)}`)
		.join(', ');
}

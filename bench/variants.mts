// What the request helper of n8n can be asked to do differently, and what that costs: in the bare loop, so that nothing
// else is in the way.

import { say } from '../scripts/lib/terminal.mts';
import { GOAL } from './matrix.mts';
import type { Bench } from './measure.mts';
import { median } from './statistics.mts';

const ROUNDS = 7;

export interface Variant {
	readonly answerAs: 'arraybuffer' | 'stream';
	readonly credential: 'each' | 'once';
	readonly wholeMs: number;
	/** CPU time of n8n for each request. */
	readonly cpuMsPerRequest: number;
}

const CHOICES = [
	{ answerAs: 'arraybuffer', credential: 'each' },
	{ answerAs: 'stream', credential: 'each' },
	{ answerAs: 'arraybuffer', credential: 'once' },
	{ answerAs: 'stream', credential: 'once' },
] as const;

/** The ways take turns; medians. */
export async function measureVariants({ sandbox, n8n }: Bench): Promise<Variant[]> {
	const readings = CHOICES.map((choice) => ({ choice, wholeMs: [] as number[], cpu: [] as number[] }));
	for (let round = 0; round < ROUNDS; round++) {
		for (const { choice, wholeMs, cpu } of readings) {
			await sandbox.prepare(GOAL.latencyMs, 16);
			const reading = await n8n.call({ way: 'loop', rows: GOAL.rows, concurrency: 16, ...choice });
			wholeMs.push(reading.wholeMs);
			cpu.push(reading.cpuMs / reading.requests);
		}
	}
	return readings.map(({ choice, wholeMs, cpu }) => {
		const variant = { ...choice, wholeMs: median(wholeMs), cpuMsPerRequest: median(cpu) };
		say(
			`Bare loop, answer as ${choice.answerAs}, credential ${choice.credential}: ${Math.round(variant.wholeMs)} ms, ${variant.cpuMsPerRequest.toFixed(2)} ms CPU a request`,
		);
		return variant;
	});
}

// A straight line through memory samples, and how sure its slope is.

import { Trouble } from '../../scripts/lib/terminal.mts';

export interface Sample {
	/** Since the start. */
	readonly atMin: number;
	readonly kb: number;
}

export interface Trend {
	readonly slopeKbPerMin: number;
	/** Of the slope. */
	readonly standardError: number;
	readonly meanKb: number;
	/** How many samples stand behind it. */
	readonly samples: number;
}

/** Samples near each other are alike (one heap, one garbage collection), so the line goes through the means of this many stretches. */
const BLOCKS = 20;
/** How many standard errors above zero is no chance: with 18 degrees of freedom once in 260 runs. */
const SURE = 3;

/**
 * The least-squares line through the samples from `warmUpMin` on.
 * @throws Trouble where there are fewer than two for each stretch
 */
export function trendOf(samples: readonly Sample[], warmUpMin: number): Trend {
	const counted = samples.filter(({ atMin }) => atMin >= warmUpMin);
	if (counted.length < 2 * BLOCKS) {
		throw new Trouble(
			`Only ${counted.length} samples after the warm-up: too few for a trend.`,
			'Let it run longer, for example: npm run soak -- --minutes 60',
		);
	}
	const points = blocksOf(counted);
	const meanAt = mean(points.map(({ atMin }) => atMin));
	const meanKb = mean(points.map(({ kb }) => kb));
	const spread = sum(points.map(({ atMin }) => (atMin - meanAt) ** 2));
	const slopeKbPerMin = sum(points.map(({ atMin, kb }) => (atMin - meanAt) * (kb - meanKb))) / spread;
	const rest = sum(points.map(({ atMin, kb }) => (kb - meanKb - slopeKbPerMin * (atMin - meanAt)) ** 2));
	const standardError = Math.sqrt(rest / (points.length - 2) / spread);
	return { slopeKbPerMin, standardError, meanKb, samples: counted.length };
}

/** Whether memory grows faster than the limit, and surely grows. */
export function isLeak({ slopeKbPerMin, standardError }: Trend, limitKbPerMin: number): boolean {
	return slopeKbPerMin > limitKbPerMin && slopeKbPerMin > SURE * standardError;
}

/** Means of equally many neighbours. */
function blocksOf(samples: readonly Sample[]): Sample[] {
	return Array.from({ length: BLOCKS }, (_, block) => {
		const part = samples.slice(
			Math.floor((block * samples.length) / BLOCKS),
			Math.floor(((block + 1) * samples.length) / BLOCKS),
		);
		return { atMin: mean(part.map(({ atMin }) => atMin)), kb: mean(part.map(({ kb }) => kb)) };
	});
}

function mean(values: readonly number[]): number {
	return sum(values) / values.length;
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}

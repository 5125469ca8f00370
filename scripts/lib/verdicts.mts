// What the TokenIM nodes reported, counted for the table at the end.

import { outputOf, type RunResult } from './run-data.mts';

/** A node of the example workflow, and what its rows are. */
export interface Step {
	readonly node: string;
	readonly title: string;
}

export const STEPS: readonly Step[] = [
	{ node: 'Create Students', title: 'Create students' },
	{ node: 'Create Class Groups', title: 'Create class groups' },
	{ node: 'Verify Students', title: 'Verify students' },
];

const NEEDS_ATTENTION = new Set(['missing', 'mismatch', 'invalid', 'failed', 'unknown', 'notAttempted']);
const MEMBER_FATES = ['added', 'exists', 'failed', 'unknown', 'notAttempted'];

type Verdict = Readonly<Record<string, unknown>>;

export interface Counted {
	readonly step: string;
	readonly verdict: string;
	readonly count: number;
}

/** The verdicts of a node, in row order. In error-output mode the failed rows come last. */
export function verdictsOf(result: RunResult, node: string): Verdict[] {
	return [...outputOf(result, node, 0), ...outputOf(result, node, 1)].map(({ json }) =>
		isRecord(json.error) ? json.error : json,
	);
}

/** How many rows of each step met with which verdict, and below the groups what became of their members. */
export function countVerdicts(result: RunResult): Counted[] {
	return STEPS.flatMap(({ node, title }) => {
		const verdicts = verdictsOf(result, node);
		const statuses = tally(verdicts.map((verdict) => [String(verdict.status), 1]));
		const members = tally(verdicts.flatMap(memberCounts));
		return [...rowsOf(title, statuses), ...rowsOf('  their members', members)];
	});
}

/** Verdicts that a person has to look at, with the step they come from. */
export function needingAttention(result: RunResult): Array<{ step: string; verdict: Verdict }> {
	return STEPS.flatMap(({ node, title }) =>
		verdictsOf(result, node)
			.filter((verdict) => NEEDS_ATTENTION.has(String(verdict.status)))
			.map((verdict) => ({ step: title, verdict })),
	);
}

/** Members as counts or as lists of ids. */
function memberCounts({ members }: Verdict): Array<[string, number]> {
	if (!isRecord(members)) return [];
	return MEMBER_FATES.map((fate) => {
		const value = members[fate];
		return [fate, Array.isArray(value) ? value.length : Number(value ?? 0)];
	});
}

function tally(pairs: ReadonlyArray<readonly [string, number]>): Map<string, number> {
	const counts = new Map<string, number>();
	for (const [name, amount] of pairs) if (amount > 0) counts.set(name, (counts.get(name) ?? 0) + amount);
	return counts;
}

function rowsOf(step: string, counts: ReadonlyMap<string, number>): Counted[] {
	return [...counts].map(([verdict, count], index) => ({ step: index === 0 ? step : '', verdict, count }));
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

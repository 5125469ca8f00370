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

/** How many rows of each step met with which verdict; where rows are memberships, groups first and their members below. */
export function countVerdicts(result: RunResult): Counted[] {
	return STEPS.flatMap(({ node, title }) => {
		const verdicts = verdictsOf(result, node);
		const memberships = verdicts.filter(isMembership);
		const groups = new Map(memberships.map(({ groupId, group }) => [groupId, group]));
		const others = verdicts.filter((verdict) => !isMembership(verdict));
		const statuses = tally([...groups.values(), ...others.map(({ status }) => status)]);
		return [...rowsOf(title, statuses), ...rowsOf('  their members', tally(memberships.map(({ status }) => status)))];
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

/** Where a row is a membership, its verdict is the member's, and tells under `group` what became of the group. */
function isMembership({ group, groupId }: Verdict): boolean {
	return group !== undefined && groupId !== undefined;
}

function tally(statuses: readonly unknown[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const status of statuses) counts.set(String(status), (counts.get(String(status)) ?? 0) + 1);
	return counts;
}

function rowsOf(step: string, counts: ReadonlyMap<string, number>): Counted[] {
	return [...counts].map(([verdict, count], index) => ({ step: index === 0 ? step : '', verdict, count }));
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

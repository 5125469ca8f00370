// What vitest's JSON report says: how many tests of each kind passed, and which were left out and why.

import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Missing } from '../lib/needs.mts';
import { ROOT } from '../lib/paths.mts';

/** The parts of vitest's JSON report that are read here. */
interface Report {
	readonly testResults: ReadonlyArray<{
		readonly name: string;
		readonly status: string;
		readonly assertionResults: ReadonlyArray<{
			readonly status: string;
			readonly meta?: { readonly leftOut?: Missing };
		}>;
	}>;
}

export interface Counts {
	passed: number;
	failed: number;
	skipped: number;
}

/** Tests that were left out for the same reason. */
export interface LeftOut {
	readonly missing: Missing;
	count: number;
}

export interface Summary {
	readonly all: Counts;
	/** By the name of the kind, in the order in which they run. */
	readonly kinds: ReadonlyMap<string, Counts>;
	readonly leftOut: readonly LeftOut[];
	/** Skipped by the tests themselves: nothing explains these. */
	readonly unexplained: number;
	/** Files that broke before any of their tests ran. */
	readonly brokenFiles: readonly string[];
}

const KINDS: ReadonlyArray<readonly [folder: string, kind: string]> = [
	['test/host/', "tests of the node in n8n's own engine"],
	['test/delivery/', 'tests of delivery under faults'],
	['test/e2e/', 'tests in a real n8n'],
	['test/', 'tests of each part'],
];

/** Reads the report; undefined where the tests did not get to write one. */
export function readReport(file: string): Summary | undefined {
	return existsSync(file) ? summarize(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
}

/** Counts what stands in the report. */
export function summarize({ testResults }: Report): Summary {
	const all = none();
	const kinds = new Map([...KINDS.slice(-1), ...KINDS.slice(0, -1)].map(([, kind]) => [kind, none()]));
	const leftOut = new Map<string, LeftOut>();
	let unexplained = 0;
	for (const { name, assertionResults } of testResults) {
		const ofKind = kinds.get(kindOf(name)) ?? none();
		for (const { status, meta } of assertionResults) {
			const outcome = status === 'passed' || status === 'failed' ? status : 'skipped';
			all[outcome]++;
			ofKind[outcome]++;
			if (outcome !== 'skipped') continue;
			if (meta?.leftOut === undefined) unexplained++;
			else
				leftOut.set(meta.leftOut.why, {
					missing: meta.leftOut,
					count: (leftOut.get(meta.leftOut.why)?.count ?? 0) + 1,
				});
		}
	}
	const brokenFiles = testResults
		.filter(
			({ status, assertionResults }) => status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
		)
		.map(({ name }) => relative(ROOT, name));
	return { all, kinds, leftOut: [...leftOut.values()], unexplained, brokenFiles };
}

/** The line that stands at the very end. */
export function lastLine({ passed, failed, skipped }: Counts): string {
	return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

function kindOf(file: string): string {
	const path = relative(ROOT, file).split('\\').join('/');
	return KINDS.find(([folder]) => path.startsWith(folder))?.[1] ?? '';
}

function none(): Counts {
	return { passed: 0, failed: 0, skipped: 0 };
}

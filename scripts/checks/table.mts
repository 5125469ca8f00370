// The table at the end of `npm test`: what passed, what was left out and why, and how to get it.

import { count, many, table } from '../lib/terminal.mts';
import type { Summary } from './report.mts';
import type { Step } from './steps.mts';

type Row = readonly [what: string, result: string, remedy: string];

/** A step that could not begin, and why. */
export interface NotRun {
	readonly name: string;
	readonly why: string;
	readonly remedy: string;
}

/** The table as text. Kinds of tests of which none ran are not in it. */
export function resultTable(steps: readonly Step[], summary: Summary | undefined, notRun: readonly NotRun[]): string {
	const rows: Row[] = [
		...steps.map(({ name, passed, seconds }): Row => [name, `${passed ? 'passed' : 'DID NOT PASS'}, ${seconds} s`, '']),
		...(summary === undefined ? [] : testRows(summary)),
		...notRun.map(({ name, why, remedy }): Row => [name, why, remedy]),
	];
	return table(['What', 'Result', 'How to get it'], rows);
}

function testRows({ kinds, leftOut, unexplained, brokenFiles }: Summary): Row[] {
	const rows: Row[] = [];
	for (const [kind, { passed, failed, skipped }] of kinds) {
		const said = [
			...(passed > 0 ? [`${count(passed)} passed`] : []),
			...(failed > 0 ? [`${count(failed)} DID NOT PASS`] : []),
			...(skipped > 0 ? [`${count(skipped)} left out`] : []),
		];
		if (said.length > 0) rows.push([`  ${kind}`, said.join(', '), '']);
	}
	for (const { missing, count: tests } of leftOut)
		rows.push(['  left out', `${many(tests, 'test')}: ${missing.why}`, missing.command]);
	if (unexplained > 0)
		rows.push(['  left out', `${many(unexplained, 'test')}: by a selection, or by the tests themselves`, '']);
	for (const file of brokenFiles) rows.push([`  ${file}`, 'DID NOT PASS: it ended before its tests', '']);
	return rows;
}

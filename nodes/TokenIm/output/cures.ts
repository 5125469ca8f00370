// What mends the rows of one reason, told once for all of them, in the error of a run where all failed. An error goes to
// n8n's log and to error workflows: it holds nothing of a row but its number (law 10), and no text of the service.

import type { Verdict } from '../engine/types';
import type { CureOf } from '../protocol/answer/cures';

/** By code: what mends every row at once, or whose words for a single row name what is in it. */
const FOR_ALL: ReadonlyMap<string, string> = new Map([
	['no_country_code', 'Set Default Country Code in the options, e.g. +86.'],
	['ambiguous_time', 'Set Date Format in the options, e.g. dd/MM/yyyy.'],
	['time_not_of_format', 'Set Date Format in the options to how the dates are written.'],
	['differs_within_group', 'Give all rows of one group the same name and the same owner.'],
	['code_taken', 'Give one of the two groups another name, or set Group ID to From Column.'],
]);

/**
 * The cure of a row that needs attention; empty where it has none that may be told.
 *
 * @param cureOf what mends a row that the service refused
 */
export function cureForAll(verdict: Verdict, cureOf: CureOf): string {
	if (verdict.status === 'failed') return cureOf(verdict.code);
	if (verdict.status !== 'invalid') return '';
	const [issue] = verdict.issues;
	if (issue === undefined) return '';
	return FOR_ALL.get(issue.code) ?? `Row ${verdict.row}: ${issue.fix}`;
}

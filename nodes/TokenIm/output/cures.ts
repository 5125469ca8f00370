// What mends the rows of one reason, told once for all of them.

import type { Verdict } from '../engine/types';
import { reasonText } from './reason';

/** By code: settings that mend every row at once, where a row is told of its own cell. */
const OF_SETTINGS: ReadonlyMap<string, string> = new Map([
	['no_country_code', 'Set Default Country Code in the options, e.g. +86.'],
	['ambiguous_time', 'Set Date Format in the options, e.g. dd/MM/yyyy.'],
	['time_not_of_format', 'Set Date Format in the options to how the dates are written.'],
]);

/** The cure of a row that needs attention, as it may stand for all rows of its reason; empty where it says none. */
export function cureOf(verdict: Verdict): string {
	if (verdict.status !== 'invalid')
		return verdict.status === 'failed' ? `Row ${verdict.row}: ${reasonText(verdict)}` : '';
	const [issue] = verdict.issues;
	if (issue === undefined) return '';
	return OF_SETTINGS.get(issue.code) ?? `Row ${verdict.row}: ${issue.fix}`;
}

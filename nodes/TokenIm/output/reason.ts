// Why a row needs attention and how it is mended, in one line for the person who has the sheet.

import type { Difference, Issue, MemberSummary, Verdict } from '../engine/types';

const MOST_CHARACTERS = 1_000;
const MOST_MEMBERS_NAMED = 10;

/** Empty where nothing has to be done about the row. */
export function reasonText(verdict: Verdict): string {
	const told = textOf(verdict);
	if (told === '') return told;
	const text = told.replace(/\s+/g, ' ').trim();
	return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text;
}

function textOf(verdict: Verdict): string {
	switch (verdict.status) {
		case 'invalid':
			return verdict.issues.map(issueText).join(' | ');
		case 'failed':
			return `Refused by the service (${verdict.code}): ${verdict.message}`;
		case 'unknown':
			return `Unknown whether this was done. ${verdict.reason} Run the same rows again, or run Verify.`;
		case 'notAttempted':
			return `Not sent. ${verdict.reason}`;
		case 'missing':
			return 'Not there: the service knows no such ID.';
		case 'unlisted':
			return 'In no row: the service has this user, and the rows do not name it.';
		case 'mismatch':
			return verdict.differences.map(differenceText).join(' | ');
		default:
			return 'members' in verdict && verdict.members !== undefined ? membersText(verdict.members) : '';
	}
}

function issueText({ column, field, found, expected, fix }: Issue): string {
	return `${column ?? field}: found ${found === '' ? 'nothing' : JSON.stringify(found)}, expected ${expected}. ${fix}`;
}

function differenceText({ field, expected, actual }: Difference): string {
	return `${field}: ${inWords(expected)} here, ${inWords(actual)} in the service`;
}

function membersText({ held = [], heldBecause = '', ...others }: MemberSummary): string {
	const notIn = notDoneText(others);
	if (held.length === 0) return notIn;
	return [`Members not taken out: ${someOf(held)}. ${heldBecause}`, notIn].filter((text) => text !== '').join(' | ');
}

function notDoneText({ absent, failed, unknown, notAttempted }: MemberSummary): string {
	const left = [...failed.map(({ userId, message }) => `${userId} (${message})`), ...unknown, ...notAttempted];
	if (left.length === 0) return '';
	return `Members not ${absent === undefined ? 'added' : 'taken out'}: ${someOf(left)}`;
}

function someOf(ids: readonly string[]): string {
	const more = ids.length > MOST_MEMBERS_NAMED ? ` and ${ids.length - MOST_MEMBERS_NAMED} more` : '';
	return `${ids.slice(0, MOST_MEMBERS_NAMED).join(', ')}${more}`;
}

function inWords(value: unknown): string {
	return value === undefined || value === null || value === '' ? 'nothing' : JSON.stringify(value);
}

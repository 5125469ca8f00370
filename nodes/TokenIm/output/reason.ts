// Why a row needs attention and how it is mended, in one line for the person who has the sheet.

import type { Difference, Issue, MemberSummary, Verdict } from '../engine/types';
import type { CureOf } from '../protocol/answer/cures';
import { cut } from '../engine/cut';

const MOST_CHARACTERS = 1_000;
const MOST_MEMBERS_NAMED = 10;

const NONE: CureOf = () => '';

/** Empty where nothing has to be done about the row. @param cureOf what mends a row that the service refused */
export function reasonText(verdict: Verdict, cureOf = NONE): string {
	const told = textOf(verdict, cureOf);
	if (told === '') return told;
	return cut(told.replace(/\s+/g, ' ').trim(), MOST_CHARACTERS);
}

/** What the service says of the row, and behind it what mends that. */
export function refusalText(
	{ code, message }: Pick<Extract<Verdict, { readonly status: 'failed' }>, 'code' | 'message'>,
	cureOf: CureOf,
): string {
	const cure = cureOf(code);
	return cure === '' ? message : `${ended(message)} ${cure}`;
}

/** As a sentence, which what follows does not run into. */
function ended(text: string): string {
	const trimmed = text.trim();
	return /[.!?。！？]$/u.test(trimmed) ? trimmed : `${trimmed}.`;
}

function textOf(verdict: Verdict, cureOf: CureOf): string {
	switch (verdict.status) {
		case 'invalid':
			return verdict.issues.map(issueText).join(' | ');
		case 'failed':
			return `Refused by the service (${verdict.code}): ${refusalText(verdict, cureOf)}`;
		case 'unknown':
			return `Unknown whether this was done. ${verdict.reason} Run the same rows again, or run Verify.`;
		case 'notAttempted':
			return `Not sent. ${verdict.reason}`;
		case 'missing':
			return 'Not there: the service knows no such ID.';
		case 'unlisted':
			return 'In no row: the service has this user, and the rows do not name it.';
		case 'mismatch':
			return [...verdict.differences.map(differenceText), verdict.unclear ?? '']
				.filter((text) => text !== '')
				.join(' | ');
		default:
			return 'members' in verdict && verdict.members !== undefined ? membersText(verdict.members, cureOf) : '';
	}
}

function issueText({ column, field, found, expected, fix }: Issue): string {
	return `${column ?? field}: found ${found === '' ? 'nothing' : JSON.stringify(found)}, expected ${expected}. ${fix}`;
}

function differenceText({ field, expected, actual }: Difference): string {
	return `${field}: ${inWords(expected)} here, ${inWords(actual)} in the service`;
}

function membersText(members: MemberSummary, cureOf: CureOf): string {
	const { held = [], heldBecause = '', more, ...others } = members;
	const notIn = notDoneText({ ...others, more }, cureOf);
	const notTold = more?.held ?? 0;
	if (held.length + notTold === 0) return notIn;
	return [`Members not taken out: ${someOf(held, notTold)}. ${heldBecause}`, notIn]
		.filter((text) => text !== '')
		.join(' | ');
}

/** Each cure once, behind all of them: the members of a row are mostly refused for one reason. */
function notDoneText({ absent, failed, unknown, notAttempted, more = {} }: MemberSummary, cureOf: CureOf): string {
	const left = [...failed.map(({ userId, message }) => `${userId} (${message})`), ...unknown, ...notAttempted];
	const notTold = (more.failed ?? 0) + (more.unknown ?? 0) + (more.notAttempted ?? 0);
	if (left.length + notTold === 0) return '';
	const text = `Members not ${absent === undefined ? 'added' : 'taken out'}: ${someOf(left, notTold)}`;
	const cures = [...new Set(failed.map(({ code }) => cureOf(code)))].filter((cure) => cure !== '');
	return cures.length === 0 ? text : [`${text}.`, ...cures].join(' ');
}

/** @param notTold how many there are beside these */
function someOf(ids: readonly string[], notTold: number): string {
	const named = ids.slice(0, MOST_MEMBERS_NAMED);
	const rest = ids.length - named.length + notTold;
	if (named.length === 0) return `${rest} of them`;
	return `${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function inWords(value: unknown): string {
	return value === undefined || value === null || value === '' ? 'nothing' : JSON.stringify(value);
}

// A verdict as the JSON of an item. n8n's table takes its columns from the first items: what a person reads first stands
// first, and every result has a reason, empty where nothing has to be done.

import type { IDataObject } from 'n8n-workflow';
import type { Verdict } from '../engine/types';
import type { DoneStatus } from '../engine/wire';
import type { CureOf } from '../protocol/answer/cures';
import { reasonText, refusalText } from './reason';

/** The key of what *Return Tokens* adds: the description of the node tells n8n that it is secret. */
export const TOKENS = 'tokens' satisfies keyof Extract<Verdict, { readonly status: DoneStatus }>;

/**
 * `status`, the ids and `reason`, then everything else that the verdict says, each once.
 *
 * @param cureOf what mends a row that the service refused
 */
export function resultOf(verdict: Verdict, cureOf: CureOf): IDataObject {
	const result: IDataObject = { status: verdict.status };
	if (verdict.groupId !== undefined) result.groupId = verdict.groupId;
	if (verdict.userId !== undefined) result.userId = verdict.userId;
	if (verdict.status === 'invalid') showFound(verdict, result);
	result.reason = ownReason(verdict, cureOf);
	result.row = verdict.row;
	// Not `Object.entries`: its pairs cost a microsecond for each row.
	const given = verdict as unknown as IDataObject;
	for (const key of Object.keys(given)) if (given[key] !== undefined && !(key in result)) result[key] = given[key];
	return result;
}

const IDS = ['groupId', 'userId'] as const;

/** An ID that cannot be used is shown as it was found: by it the person knows which row it is. */
function showFound({ issues }: Extract<Verdict, { readonly status: 'invalid' }>, result: IDataObject): void {
	for (const id of IDS) {
		const found = issues.find(({ field }) => field === id)?.found ?? '';
		if (result[id] === undefined && found !== '') result[id] = found;
	}
}

/** What the verdict itself gives as its reason; else what is wrong and how it is mended, in one line. */
function ownReason(verdict: Verdict, cureOf: CureOf): string {
	switch (verdict.status) {
		case 'unknown':
		case 'notAttempted':
		case 'kept':
			return verdict.reason;
		case 'failed':
			return refusalText(verdict, cureOf);
		default:
			return reasonText(verdict, cureOf);
	}
}

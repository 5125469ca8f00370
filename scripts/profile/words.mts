// What a reading of an answer means, for people.

import type { EntryAnswer, Page, Reading, RefusalClass } from '../../nodes/TokenIm/engine/wire';

export const MEANINGS: Readonly<Record<RefusalClass, string>> = {
	throttled: 'slow down: wait, then send it again',
	transient: 'nobody knows what happened: wait, then send it again, or look up first',
	busy: 'an earlier copy is still running: ask again later',
	nonce: 'the same request again, signed anew',
	entry: 'one row is to blame: send halves until it stands alone',
	taken: 'it is so already',
	tooLarge: 'too much in one request: send less',
	quota: 'the plan is full: send as many as fit, then the run ends',
	absent: 'what it is about does not exist',
	expired: 'the list is read anew',
	stop: 'the run ends',
};

/** Where {@link inWords} has no line. */
export const NOTHING = 'nothing is said of any entry: they are looked up, or sent once more';

/** @returns a line for each thing that the answer says */
export function inWords(reading: Reading): readonly string[] {
	switch (reading.kind) {
		case 'refused':
			return [`${MEANINGS[reading.refusal.class]} (${reading.refusal.code})`];
		case 'job':
			return [`it became the job ${reading.jobId}, which is asked after`];
		case 'complete': {
			if (reading.page !== undefined) return pageInWords(reading.page);
			const named = reading.results.map(
				({ id, index, answer }) => `${id ?? `entry ${(index ?? 0) + 1} of the request`}: ${answerText(answer)}`,
			);
			return reading.rest === undefined
				? named
				: [...named, `${named.length === 0 ? 'each entry' : 'every other'}: ${answerText(reading.rest)}`];
		}
	}
}

function pageInWords(page: Page): readonly string[] {
	const records = Array.from({ length: page.length }, (_, index) => page.at(index));
	const end =
		page.next === undefined ? 'this is the last page' : `the next page begins at ${JSON.stringify(page.next)}`;
	return [
		...records.map(({ id, imId, active, role, record }) => {
			const told = Object.entries(record).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
			const status = active === undefined ? [] : [active ? 'active' : 'suspended'];
			return [`${id}: listed${own(imId)}`, ...status, ...(role === undefined ? [] : [role]), ...told].join(', ');
		}),
		end,
	];
}

function answerText(answer: EntryAnswer | undefined): string {
	if (answer === undefined) return 'unanswered, for what it says means nothing here';
	switch (answer.status) {
		case 'unproved':
			return 'unknown: this look-up cannot prove it';
		case 'missing':
			return 'missing';
		case 'failed':
			return `failed (${answer.code})${answer.retryable ? ', to be sent again' : ''}`;
		case 'found': {
			const told = Object.entries(answer.record).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
			const status = answer.active === undefined ? [] : [answer.active ? 'active' : 'suspended'];
			return [`found${own(answer.imId)}`, ...status, ...told].join(', ');
		}
		default: {
			const members = (answer.members ?? []).map(
				({ id, answer: member }) => `${id ?? '?'} ${member?.status ?? 'unanswered'}`,
			);
			return `${answer.status}${own(answer.imId)}${members.length === 0 ? '' : `, its members: ${members.join(', ')}`}`;
		}
	}
}

function own(imId: string | undefined): string {
	return imId === undefined ? '' : `, its own id ${imId}`;
}

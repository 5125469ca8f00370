// Answers that the documents of a service show, read by its profile, and where it reads them otherwise than they mean.

import type { Call, Carried } from '../../nodes/TokenIm/engine/call';
import type { EntryAnswer, Reading } from '../../nodes/TokenIm/engine/wire';
import { isRecord } from '../../nodes/TokenIm/protocol/language/own';
import type { Sample } from '../../nodes/TokenIm/protocol/profile/samples';
import { inWords, NOTHING } from './words.mts';

export interface ReadSample {
	/** For people. */
	readonly lines: readonly string[];
	/** Where the profile contradicts the document. */
	readonly contradictions: readonly string[];
}

/** @param readsEntries whether the profile looks for single entries in such answers */
export function readSample(sample: Sample, call: Call, carried: Carried, readsEntries: boolean): ReadSample {
	const { status, headers, body, operation, what } = sample;
	const text = sample.text ?? (body === undefined ? '' : JSON.stringify(body));
	const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
	const bytes = new TextEncoder().encode(text);
	const reading = call.read({ kind: 'answer', status, headers: lower, body: bytes }, 0, carried);
	const [first = NOTHING, ...more] = inWords(reading);
	const where = `${operation}${what === undefined ? '' : `, ${what}`}`;
	const contradictions = contradictionsOf(sample, reading, call, carried).map((one) => `${where}: ${one}`);
	const unread = status < 300 && !readsEntries ? listsIn(body) : [];
	return {
		lines: [
			`  the document shows${what === undefined ? '' : ` (${what})`}: HTTP ${status} ${text === '' ? '(no body)' : text}`,
			...[first, ...more].map((line) => `    → ${line}`),
			...contradictions.map((line) => `    ✗ ${line}`),
			...unread.map(
				(path) =>
					`    Warning: the list at ${path} is not read, for all entries share one fate (kind "all"). Does it name entries that were refused?`,
			),
		],
		contradictions,
	};
}

function contradictionsOf({ means }: Sample, reading: Reading, call: Call, carried: Carried): string[] {
	if (means === undefined) return [];
	const read = reading.kind === 'refused' ? `a refusal of class ${reading.refusal.class}` : reading.kind;
	if (typeof means === 'string') {
		const isSo = reading.kind === 'refused' && reading.refusal.class === means;
		return isSo ? [] : [`it means a refusal of class ${means}, but the profile reads ${read}`];
	}
	if (reading.kind !== 'complete') return [`it says what became of entries, but the profile reads ${read}`];
	return Object.entries(means).flatMap(([id, fate]) => {
		const told = fateOf(id, reading, call, carried);
		return told === fate ? [] : [`${id} is ${fate}, but the profile reads ${told}`];
	});
}

function fateOf(id: string, { results, rest }: Extract<Reading, { kind: 'complete' }>, call: Call, carried: Carried) {
	const own = results.find((result) => {
		const about = result.id ?? (result.index === undefined ? undefined : carried.entries[result.index]?.id);
		return about !== undefined && call.fold(about) === call.fold(id);
	});
	const answer: EntryAnswer | undefined = own === undefined ? rest : own.answer;
	return answer?.status ?? 'unanswered';
}

/** Where a body holds lists with something in them. */
function listsIn(body: unknown, path = ''): string[] {
	if (Array.isArray(body)) return body.length === 0 ? [] : [path === '' ? '@' : path];
	if (!isRecord(body)) return [];
	return Object.entries(body).flatMap(([key, value]) => listsIn(value, path === '' ? key : `${path}.${key}`));
}

// Which result belongs to which entry (law 2).

import type { EntryAnswer, WireResult } from '../wire';

/**
 * Matches the results of an answer to the ids that were sent.
 *
 * A result counts for the id it names; its index counts only where it names none. A result for an id that was not sent
 * is foreign, whatever its index. Results that contradict each other leave their id unanswered, and so does one whose
 * status means nothing for the call.
 *
 * @param ids what was sent, each once, as the call's `fold` leaves them
 * @param rest holds for each id that no result is about; results without meaning leave it unanswered all the same
 * @returns for each id its answer, or `undefined`: unanswered
 */
export function match(
	ids: readonly string[],
	results: readonly WireResult[],
	fold: (id: string) => string,
	rest?: EntryAnswer,
): Array<EntryAnswer | undefined> {
	const places = new Map<string, number>();
	for (const [index, id] of ids.entries()) places.set(id, index);
	const answers = new Array<EntryAnswer | undefined>(ids.length).fill(undefined);
	const spoiled = new Set<number>();
	for (const result of results) {
		const place = result.id === undefined ? result.index : places.get(fold(result.id));
		if (place === undefined || place < 0 || place >= ids.length || !Number.isInteger(place)) continue;
		const earlier = answers[place];
		if (result.answer === undefined || (earlier !== undefined && !agree(earlier, result.answer))) spoiled.add(place);
		else answers[place] = result.answer;
	}
	return answers.map((answer, place) => (spoiled.has(place) ? undefined : (answer ?? rest)));
}

/** Two results agree when they say the same of the entry; the wording of a refusal and what was handed out aside. */
function agree(one: EntryAnswer, other: EntryAnswer): boolean {
	if (one.status === 'failed' && other.status === 'failed')
		return one.code === other.code && one.retryable === other.retryable;
	return said(one) === said(other);
}

function said(answer: EntryAnswer): string {
	return JSON.stringify({ ...answer, returned: undefined });
}

// Large answers that arrive together are read one after the other: each parse holds the event loop for a while (law 11),
// and sixty-four in a row held it for ten seconds.

/** Answers from this size on wait for their turn; smaller ones are parsed in a few milliseconds. */
export const LARGE_ANSWER_BYTES = 256 * 1024;

/** Resolves for one caller at a time, each after a turn of the event loop of its own. */
export function createTurns(breathe: () => Promise<void>): () => Promise<void> {
	let last = Promise.resolve();
	return async () => await (last = last.then(breathe));
}

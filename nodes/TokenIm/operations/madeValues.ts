// Return Tokens: values that the node made for a row, such as a password, told where the service has them from this run.

import type { Operation } from '../engine/operation';
import type { Entry, Outcome } from '../engine/types';

/**
 * Adds to the verdict of a row that was created what the node made for it. Not where the answer may be that of an
 * earlier request: that one may have set another value. What the service itself handed out under a name counts.
 *
 * @param onUnknown called for each row that was created with a value that nobody knows
 */
export function tellingMade(operation: Operation, onUnknown: () => void): Operation {
	return {
		...operation,
		judge(entry, outcome) {
			const judgement = operation.judge(entry, outcome);
			const { made } = entry;
			if (made === undefined || judgement.status !== 'created') return judgement;
			if (isOwnWork(outcome)) return { ...judgement, tokens: { ...valuesOf(entry, made), ...judgement.tokens } };
			onUnknown();
			return judgement;
		},
	};
}

function isOwnWork(outcome: Outcome): boolean {
	return outcome.kind === 'done' && outcome.mayBeReplay !== true;
}

function valuesOf({ fields }: Entry, made: readonly string[]): Readonly<Record<string, string>> {
	return Object.fromEntries(made.map((name) => [name, String(fields[name])]));
}

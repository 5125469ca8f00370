// What the service says of single entries that it refused.

import type { DoneStatus, EntryAnswer } from '../../engine/wire';
import type { Meanings } from '../profile/answers';
import { compileFirst, compileOptional, textOf } from '../language/pointer';
import { codeText } from './refusals';

/** The service's text for people in a verdict; longer ones are cut. */
const MAX_MESSAGE = 500;

export interface FailureOptions {
	/** What it means that it is so already: that it is done, or refused. */
	readonly takenMeans: DoneStatus | 'failed';
	/** The canonical name of a field that the service names. */
	readonly fieldOf: (wire: string) => string;
	/** Statuses that make sense as an answer to the call; any other has no meaning. */
	readonly sensible: ReadonlySet<DoneStatus>;
	/** What success means where an answer says no more. */
	readonly done: DoneStatus;
}

/** Compiles how a refused entry is read. */
export function compileFailure(
	meanings: Meanings,
	{ takenMeans, fieldOf }: FailureOptions,
): (element: unknown) => EntryAnswer {
	const { error } = meanings;
	const codeOf = compileFirst(error.code);
	const messageOf = compileFirst(error.message);
	const wireFieldOf = compileOptional(error.field);
	const retryableOf = compileOptional(error.retryable);
	const says = new Map(Object.entries(meanings.says));
	const takenCodes = new Set(meanings.takenCodes);
	const retryableCodes = new Set(meanings.retryableCodes);
	return (element) => {
		const code = codeText(codeOf(element)) ?? 'refused';
		const message = textOf(messageOf(element), MAX_MESSAGE);
		const isTaken = takenCodes.has(code) || meanings.takenTexts.some((text) => message?.includes(text) === true);
		if (isTaken && takenMeans !== 'failed') return { status: takenMeans };
		const field = textOf(wireFieldOf(element), 100);
		return {
			status: 'failed',
			code,
			message: says.get(code) ?? message ?? 'The service refused this entry and gave no reason.',
			...(field === undefined ? {} : { field: fieldOf(field) }),
			retryable: retryableOf(element) === true || retryableCodes.has(code),
			...(isTaken ? { taken: true } : {}),
		};
	};
}

// Answers that carry one result for each entry.

import type { DoneStatus, EntryAnswer, WireResult } from '../engine/types';
import type { MemberResults, ResultsAnswer } from './format/answers';
import { compileOptional, compilePointer, isRecord, listOf, textOf, wholeOf } from './pointer';
import { codeText } from './refusals';

/** Reads the results of an answer; `undefined` where the answer has no list of results. */
export type ResultsReader = (value: unknown) => readonly WireResult[] | undefined;

/** The service's text for people in a verdict; longer ones are cut. */
const MAX_MESSAGE = 500;
const MAX_ID = 512;

/**
 * Compiles a reader.
 *
 * @param sensible the statuses that make sense as an answer to the call; any other has no meaning
 * @param fieldOf the canonical name of a field that the service names
 */
export function compileResults(
	answer: ResultsAnswer | MemberResults,
	sensible: ReadonlySet<DoneStatus>,
	fieldOf: (wire: string) => string,
): ResultsReader {
	const at = compilePointer(answer.at);
	const idOf = compilePointer(answer.id);
	const indexOf = compileOptional(answer.index);
	const read = compileAnswer(answer, sensible, fieldOf);
	return (value) => listOf(at(value))?.flatMap((element) => resultOf(element));

	function resultOf(element: unknown): WireResult[] {
		if (!isRecord(element)) return [];
		const id = idOf(element);
		// An id counts alone; what stands in its place and is none makes the result foreign (law 2).
		if (id !== undefined && id !== null) {
			return typeof id === 'string' && id.length <= MAX_ID ? [{ id, answer: read(element) }] : [];
		}
		const index = wholeOf(indexOf(element), 0);
		return index === undefined ? [] : [{ index, answer: read(element) }];
	}
}

function compileAnswer(
	answer: ResultsAnswer | MemberResults,
	sensible: ReadonlySet<DoneStatus>,
	fieldOf: (wire: string) => string,
): (element: unknown) => EntryAnswer | undefined {
	const statusOf = compilePointer(answer.status);
	const words = new Map(Object.entries(answer.words));
	const failure = compileFailure(answer, fieldOf);
	const imIdOf = compileOptional('imId' in answer ? answer.imId : undefined);
	const membersOf =
		'members' in answer && answer.members !== undefined
			? compileResults(answer.members, new Set<DoneStatus>(['added', 'exists']), fieldOf)
			: () => undefined;
	return (element) => {
		const word = statusOf(element);
		const status = typeof word === 'string' ? words.get(word) : undefined;
		if (status === 'failed') return failure(element);
		if (status === undefined || !sensible.has(status)) return undefined;
		const imId = textOf(imIdOf(element), MAX_ID);
		const members = membersOf(element);
		return { status, ...(imId === undefined ? {} : { imId }), ...(members === undefined ? {} : { members }) };
	};
}

function compileFailure(
	answer: ResultsAnswer | MemberResults,
	fieldOf: (wire: string) => string,
): (element: unknown) => EntryAnswer {
	const codeOf = compilePointer(answer.error.code);
	const messageOf = compilePointer(answer.error.message);
	const wireFieldOf = compileOptional(answer.error.field);
	const retryableOf = compileOptional(answer.error.retryable);
	const takenCodes = new Set('takenCodes' in answer ? answer.takenCodes : []);
	return (element) => {
		const code = codeText(codeOf(element)) ?? 'refused';
		const field = textOf(wireFieldOf(element), 100);
		return {
			status: 'failed',
			code,
			message:
				textOf(messageOf(element), MAX_MESSAGE) ?? 'The service refused this entry and gave no reason.',
			...(field === undefined ? {} : { field: fieldOf(field) }),
			retryable: retryableOf(element) === true,
			...(takenCodes.has(code) ? { taken: true } : {}),
		};
	};
}

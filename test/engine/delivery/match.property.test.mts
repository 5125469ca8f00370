// Whatever a service answers, results are matched by one rule (law 2).

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { match } from '../../../nodes/TokenIm/engine/delivery/match';
import type { EntryAnswer, WireResult } from '../../../nodes/TokenIm/engine/wire';

const created = (imId: string): EntryAnswer => ({ status: 'created', imId });
const failed = (code: string, message = 'No.', retryable = false): EntryAnswer => ({
	status: 'failed',
	code,
	message,
	retryable,
});
const same = (id: string): string => id;
const A = created('a');
const B = created('b');

describe('whatever a service answers', () => {
	const ids = ['a', 'b', 'c', 'd'];
	const answer = fc.option(fc.constantFrom(A, B, failed('no'), failed('later', 'Later.', true)), { nil: undefined });
	const result: fc.Arbitrary<WireResult> = fc.record(
		{ id: fc.constantFrom(...ids, 'x', 'y'), index: fc.integer({ min: -2, max: 6 }), answer },
		{ requiredKeys: ['answer'] },
	);

	it('there is one place for each id, and the order of the results does not matter', () => {
		fc.assert(
			fc.property(fc.array(result, { maxLength: 12 }), (results) => {
				const answers = match(ids, results, same);
				expect(answers).toHaveLength(ids.length);
				expect(match(ids, [...results].reverse(), same).map((each) => each?.status)).toEqual(
					answers.map((each) => each?.status),
				);
			}),
		);
	});

	it('an answer for an id was given for that id and never contradicted', () => {
		fc.assert(
			fc.property(fc.array(result, { maxLength: 12 }), (results) => {
				match(ids, results, same).forEach((found, place) => {
					const said = results.filter((each) =>
						each.id === undefined ? each.index === place : each.id === ids[place],
					);
					if (found === undefined) expect(said.length !== 1 || said[0]?.answer === undefined).toBe(true);
					else expect(said.every((each) => each.answer?.status === found.status)).toBe(true);
				});
			}),
		);
	});
});

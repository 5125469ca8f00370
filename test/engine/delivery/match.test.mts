// Which result belongs to which entry (law 2).

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
const C = created('c');

describe('results', () => {
	const table: ReadonlyArray<
		readonly [why: string, results: readonly WireResult[], answers: ReadonlyArray<EntryAnswer | undefined>]
	> = [
		[
			'in order',
			[
				{ id: 'a', answer: A },
				{ id: 'b', answer: B },
				{ id: 'c', answer: C },
			],
			[A, B, C],
		],
		[
			'in another order count by id',
			[
				{ id: 'c', answer: C },
				{ id: 'a', answer: A },
				{ id: 'b', answer: B },
			],
			[A, B, C],
		],
		['too few leave the others unanswered', [{ id: 'b', answer: B }], [undefined, B, undefined]],
		['none leave all unanswered', [], [undefined, undefined, undefined]],
		[
			'for ids that were never sent are foreign',
			[
				{ id: 'x', answer: A },
				{ id: 'a', answer: A },
			],
			[A, undefined, undefined],
		],
		[
			'that name an unknown id are foreign whatever their index',
			[{ id: 'x', index: 1, answer: A }],
			[undefined, undefined, undefined],
		],
		['count by id where the index says otherwise', [{ id: 'a', index: 2, answer: A }], [A, undefined, undefined]],
		[
			'without an id count by index',
			[
				{ index: 2, answer: C },
				{ index: 0, answer: A },
			],
			[A, undefined, C],
		],
		['without id and index count for nobody', [{ answer: A }], [undefined, undefined, undefined]],
		['with an index below 0 count for nobody', [{ index: -1, answer: A }], [undefined, undefined, undefined]],
		['with an index beyond the end count for nobody', [{ index: 3, answer: A }], [undefined, undefined, undefined]],
		[
			'with a broken index count for nobody',
			[
				{ index: 0.5, answer: A },
				{ index: Number.NaN, answer: A },
			],
			[undefined, undefined, undefined],
		],
		[
			'that repeat and agree count once',
			[
				{ id: 'a', answer: A },
				{ id: 'a', answer: created('a') },
			],
			[A, undefined, undefined],
		],
		[
			'that contradict each other leave their id unanswered',
			[
				{ id: 'a', answer: A },
				{ id: 'a', answer: failed('no') },
			],
			[undefined, undefined, undefined],
		],
		[
			'that contradict each other and then repeat leave it unanswered',
			[
				{ id: 'a', answer: A },
				{ id: 'a', answer: B },
				{ id: 'a', answer: A },
			],
			[undefined, undefined, undefined],
		],
		[
			'that contradict each other by id and by index leave it unanswered',
			[
				{ id: 'a', answer: A },
				{ index: 0, answer: B },
			],
			[undefined, undefined, undefined],
		],
		[
			'that give one person two accounts contradict each other',
			[
				{ id: 'b', answer: created('1') },
				{ id: 'b', answer: created('2') },
			],
			[undefined, undefined, undefined],
		],
		[
			'whose status means nothing leave their id unanswered',
			[{ id: 'a', answer: undefined }],
			[undefined, undefined, undefined],
		],
		[
			'whose status means nothing spoil a good one',
			[
				{ id: 'a', answer: A },
				{ id: 'a', answer: undefined },
			],
			[undefined, undefined, undefined],
		],
		[
			'that come after one without meaning are spoiled',
			[
				{ id: 'a', answer: undefined },
				{ id: 'a', answer: A },
			],
			[undefined, undefined, undefined],
		],
		[
			'that contradict each other harm nobody else',
			[
				{ id: 'a', answer: A },
				{ id: 'a', answer: B },
				{ id: 'b', answer: B },
			],
			[undefined, B, undefined],
		],
	];
	it.each(table)('%s', (_why, results, answers) => {
		expect(match(['a', 'b', 'c'], results, same)).toEqual(answers);
	});

	it('agree when a refusal is worded otherwise, and not when its code or its hope differs', () => {
		const twice = (one: EntryAnswer, other: EntryAnswer) =>
			match(
				['a'],
				[
					{ id: 'a', answer: one },
					{ id: 'a', answer: other },
				],
				same,
			)[0];
		expect(twice(failed('no', 'No.'), failed('no', 'Nope.'))).toMatchObject({ status: 'failed', code: 'no' });
		expect(twice(failed('no'), failed('never'))).toBeUndefined();
		expect(twice(failed('no', 'No.', true), failed('no', 'No.', false))).toBeUndefined();
		expect(twice(failed('no'), created('a'))).toBeUndefined();
	});

	it('agree whatever they hand out, and the last one counts', () => {
		const handing = (token: string): WireResult => ({
			id: 'a',
			answer: { status: 'created', imId: 'a', returned: { token } },
		});
		expect(match(['a'], [handing('1'), handing('2')], same)).toEqual([handing('2').answer]);
	});

	it('are matched as the service folds ids', () => {
		const folded = (id: string): string => id.toLowerCase();
		expect(
			match(
				['ann', 'bob'],
				[
					{ id: 'ANN', answer: A },
					{ id: 'Bob', answer: B },
				],
				folded,
			),
		).toEqual([A, B]);
		expect(match(['ann'], [{ id: 'ANN', answer: A }], same)).toEqual([undefined]);
	});

	it.each(['__proto__', 'constructor', 'toString', '..'])('take %s for an id like any other', (id) => {
		expect(match([id], [{ id, answer: A }], same)).toEqual([A]);
		expect(match(['a'], [{ id, answer: A }], same)).toEqual([undefined]);
	});
});

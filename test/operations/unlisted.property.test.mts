// Find Users Not in Rows, by property: everybody who is in no row comes out, nobody who is in one, and over the brake
// nobody at all, whatever rows repeat and however ids are written (law 14).

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Issue, Row } from '../../nodes/TokenIm/engine/types';
import type { Listed } from '../../nodes/TokenIm/engine/wire';
import { NothingListed } from '../../nodes/TokenIm/operations/listing';
import { ownRows } from '../../nodes/TokenIm/operations/choose';
import { findUnlistedUsers } from '../../nodes/TokenIm/operations/user/findUnlisted';
import { createProtocol } from '../../nodes/TokenIm/protocol/calls';
import { defaultProfile } from '../../nodes/TokenIm/protocol/profiles';
import type { ParameterValues } from './parameters.mts';
import { numRuns } from './runs.mts';

const { user } = defaultProfile.fields;
/** A service to which Ada and ada are one. */
const folding = {
	...defaultProfile,
	fields: { ...defaultProfile.fields, user: { ...user, userId: { ...user.userId, caseSensitive: false } } },
};

interface Found {
	readonly ids: readonly string[];
	readonly refused?: string;
	readonly hints: readonly string[];
}

function find(
	parameters: ParameterValues,
	rows: ReadonlyArray<Row['columns'] | Row>,
	users: readonly Listed[],
	{ profile = defaultProfile, most }: { profile?: typeof defaultProfile; most?: number } = {},
): Found {
	const { rowCheck } = ownRows(findUnlistedUsers, profile, { emptyCells: 'leave' });
	const make = findUnlistedUsers.choose((name, fallback) => parameters[name] ?? fallback);
	const listing = make({ protocol: createProtocol(profile), rowCheck, most });
	try {
		rows.forEach((one, index) => listing.rows?.take(isRow(one) ? one : { number: index + 1, item: 0, columns: one }));
		listing.rows?.done();
		for (const one of users) listing.take([one]);
		const { found, hints } = listing.results();
		return { ids: [...found].map(({ listed }) => listed.id), hints };
	} catch (error) {
		if (error instanceof NothingListed) return { ids: [], refused: error.code, hints: [] };
		throw error;
	}
}

function isRow(one: Row['columns'] | Row): one is Row {
	return typeof one.columns === 'object' && one.columns !== null;
}

const id = fc.integer({ min: 0, max: 30 }).map((number) => `s${number}`);
const listed = fc.record({
	id,
	active: fc.constantFrom(true, true, false, undefined),
	school: fc.constantFrom('North', 'South', undefined),
	foreign: fc.constantFrom(undefined, undefined, undefined, true),
});
type Someone = typeof listed extends fc.Arbitrary<infer One> ? One : never;
const everybody = fc.uniqueArray(listed, { selector: (one) => one.id, maxLength: 31 });
const world = fc.record({
	users: everybody,
	rows: fc.array(id, { minLength: 1, maxLength: 40 }),
	never: fc.array(id, { maxLength: 4 }),
	only: fc.constantFrom('North', undefined),
	includeSuspended: fc.boolean(),
	findAtMost: fc.constantFrom(0, 10, 20, 50, 100),
});

function listedOf({ id: userId, active, school, foreign }: Someone): Listed {
	return {
		id: userId,
		...(active === undefined ? {} : { active }),
		...(foreign === undefined ? {} : { foreign }),
		record: school === undefined ? {} : { attributes: { school } },
	};
}

const parametersOf = ({
	never,
	only,
	includeSuspended,
	findAtMost,
}: typeof world extends fc.Arbitrary<infer W> ? W : never) => ({
	neverThese: never.join('\n'),
	includeSuspended,
	findAtMost,
	...(only === undefined ? {} : { onlyUsersWith: { attribute: { name: 'school', value: only } } }),
});

test(
	'everybody who is in no row and stays comes out, nobody else, and over the brake nobody',
	{ timeout: 3_600_000 },
	() => {
		fc.assert(
			fc.property(world, (made) => {
				const { users, rows, never, only, includeSuspended, findAtMost } = made;
				const looked = users.filter((one) => one.foreign !== true && (only === undefined || one.school === only));
				const active = looked.filter((one) => one.active !== false).length;
				const leavers = looked
					.filter(
						(one) => (includeSuspended || one.active !== false) && !rows.includes(one.id) && !never.includes(one.id),
					)
					.map((one) => one.id);
				const isOver = findAtMost > 0 && leavers.length > (active * findAtMost) / 100;
				const found = find(
					parametersOf(made),
					rows.map((userId) => ({ userId, email: 'not one' })),
					users.map(listedOf),
				);
				expect(found).toMatchObject(isOver ? { ids: [], refused: 'brake' } : { ids: leavers });
			}),
			{ numRuns: numRuns(0.2) },
		);
	},
);

test('one row whose ID cannot be read, anywhere, holds everybody', { timeout: 3_600_000 }, () => {
	const spoiled = fc.constantFrom<Row['columns']>(
		{ userId: '1.38E+10' },
		{ userId: 2 ** 60 },
		{ userId: 'a b' },
		{ userId: 'x'.repeat(500) },
		{ userId: '', username: 'Ada' },
		{ userId: null, 备注: '新生' },
	);
	fc.assert(
		fc.property(world, spoiled, fc.nat(), (made, row, at) => {
			const rows: Array<Row['columns']> = made.rows.map((userId) => ({ userId }));
			rows.splice(at % (rows.length + 1), 0, row);
			const found = find({ ...parametersOf(made), findAtMost: 0 }, rows, made.users.map(listedOf));
			expect(found).toEqual({ ids: [], refused: 'rows_unreadable', hints: [] });
		}),
		{ numRuns: numRuns(0.1) },
	);
});

/** Ids of any characters, as an API profile may allow. */
const FREE = { ...user.userId, characterSet: undefined };
/** A list of a service that means ill, or writes ids otherwise than it took them. */
const HOSTILE: ReadonlyArray<readonly [listed: string, ofRow: string]> = [
	['Rene\u0301', 'Ren\u00E9'],
	['Ren\u00E9', 'Rene\u0301'],
	['\uFF53\uFF11', 's1'],
	['s\u200B1', 's1'],
	['s1\uFEFF', 's1'],
	['\u202Es1', 's1'],
	[' s1 ', 's1'],
	['__proto__', '__proto__'],
	['constructor', 'constructor'],
	['hasOwnProperty', 'hasOwnProperty'],
];

describe('ids are compared', () => {
	const ada: Listed = { id: 'ADA', record: {} };
	test('folded where the service folds, in rows and under Never These', () => {
		const others = { profile: folding };
		expect(find({ findAtMost: 0 }, [{ userId: 'aDa' }], [ada], others).ids).toEqual([]);
		expect(find({ findAtMost: 0, neverThese: 'aDa' }, [{ userId: 'x' }], [ada], others).ids).toEqual([]);
	});
	test('as they stand where it does not', () => {
		const both = [ada, { id: 'ada', record: {} }];
		expect(find({ findAtMost: 0, neverThese: 'ada' }, [{ userId: 'x' }], both).ids).toEqual(['ADA']);
		expect(find({ findAtMost: 0 }, [{ userId: 'ada' }], both).ids).toEqual(['ADA']);
	});
	test('cleaned as rows are: full width, zero width, white space', () => {
		const rows = [{ userId: ' ｓ１\u200b ' }];
		expect(find({ findAtMost: 0 }, rows, [{ id: 's1', record: {} }]).ids).toEqual([]);
	});
	test.each(HOSTILE)('so that %j of the list, which reads as %j of a row, is not found', (listedId, userId) => {
		const free = { ...defaultProfile, fields: { ...defaultProfile.fields, user: { ...user, userId: FREE } } };
		const list = [listedId, 'leaver'].map((id): Listed => ({ id, record: {} }));
		const found = find({ findAtMost: 0 }, [{ userId }], list, { profile: free });
		expect(found).toEqual({ ids: ['leaver'], hints: [] });
		expect(find({ findAtMost: 0, neverThese: userId }, [{ userId: 'x' }], list, { profile: free }).ids).toEqual([
			'leaver',
		]);
	});
});

test('a row of a file that could not be read holds everybody, also where it looks empty', () => {
	const issue: Issue = { column: null, field: 'row', code: 'json_cut_off', found: '', expected: '', fix: '' };
	const broken: Row = { number: 2, item: 0, columns: {}, issues: [issue] };
	expect(find({ findAtMost: 0 }, [{ userId: 's1' }, broken], [{ id: 's2', record: {} }]).refused).toBe(
		'rows_unreadable',
	);
});

test.each([[[]], [[{}]], [[{ userId: '' }, { userId: ' ', row_number: 3 }]]])('rows %j name nobody', (rows) => {
	expect(find({ findAtMost: 0 }, rows, [{ id: 's2', record: {} }]).refused).toBe('no_rows');
});

test.each([
	['__proto__', '[object Object]', false],
	['nested', '[object Object]', false],
	['missing', 'undefined', false],
	['nothing', 'null', false],
	['constructor', String(Object), false],
	['class', '3', true],
	['class', 'three', false],
	['isStaff', 'false', true],
])('an attribute "%s" at "%s" is looked up as the own value that it is', (name, value, isFound) => {
	const attributes: unknown = JSON.parse('{"class":3,"isStaff":false,"nothing":null,"nested":{"x":1}}');
	const parameters = { findAtMost: 0, onlyUsersWith: { attribute: { name, value } } };
	const { ids, hints } = find(parameters, [{ userId: 'x' }], [{ id: 's1', record: { attributes } }]);
	expect([ids, hints.length]).toEqual(isFound ? [['s1'], 0] : [[], 1]);
});

test('an agent is told of so many, and that there are more', () => {
	const users = ['a', 'b', 'c'].map((one): Listed => ({ id: one, record: {} }));
	expect(find({ findAtMost: 0 }, [{ userId: 'x' }], users, { most: 2 })).toEqual({
		ids: ['a', 'b'],
		hints: ['An AI agent is told 2 at most: there are more.'],
	});
	expect(find({ findAtMost: 100 }, [{ userId: 'x' }], users, { most: 3 }).hints).toEqual([]);
});

test.each([{}, [], null, true])('Never These of %j is refused, for nobody would be kept out', (neverThese) => {
	const choose = () => findUnlistedUsers.choose((name, fallback) => (name === 'neverThese' ? neverThese : fallback));
	expect(choose).toThrow('"Never These" is no list of IDs');
});

test.each([
	['ADMIN', 'admin'],
	['7', '007'],
])('Never These names %j, whom the service has not: %j may be the same, and is not found', (never, other) => {
	const users = [other, 'x', 'y'].map((one) => ({ id: one, record: {} }));
	const found = find({ findAtMost: 0, neverThese: never }, [{ userId: 'x' }], users);
	expect(found.ids).toEqual(['y']);
	expect(found.hints.join()).toContain('1 user has an ID that differs from one of the rows or of Never These');
});

test('Never These names nobody whom a run could compare with: without rows nobody is found', () => {
	expect(find({ findAtMost: 0, neverThese: 'x' }, [], [{ id: 's2', record: {} }]).refused).toBe('no_rows');
});

test.each([
	['S2', 's2'],
	['7', '007'],
])('a row names %j, whom the service has not: %j may be the same, and is not found', (named, other) => {
	const users = [other, 'x', 'y'].map((one) => ({ id: one, record: {} }));
	const rows = [{ userId: named }, { userId: 'x' }];
	const found = find({ findAtMost: 0 }, rows, users);
	expect(found.ids).toEqual(['y']);
	expect(found.hints.join()).toContain('1 user has an ID that differs from one of the rows');
	for (const all of [
		[...users, { id: named, record: {} }],
		[{ id: named, record: {} }, ...users],
	])
		expect([...find({ findAtMost: 0 }, rows, all).ids].sort()).toEqual([other, 'y'].sort());
});

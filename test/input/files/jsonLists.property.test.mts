// Any object, however it is cut into pieces: the lists of objects in it are found as JSON.parse sees them.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ElementCutter } from '../../../nodes/TokenIm/input/files/jsonElements.ts';
import { allRows } from './reading.mts';

const name = fc.oneof(
	fc.constantFrom('users', 'data', '__proto__', 'a"b', 'a\\', '名]', '{'),
	fc.string({ minLength: 1 }),
);
const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 1 }), { noNullPrototype: true }), {
	minLength: 1,
	maxLength: 4,
});
const scalars = fc.oneof(
	fc.string(),
	fc.integer(),
	fc.boolean(),
	fc.constant(null),
	fc.array(fc.oneof(fc.string(), fc.array(fc.integer()))),
);
const { tree } = fc.letrec((tie) => ({
	tree: fc.uniqueArray(
		fc.tuple(
			name,
			fc.oneof(
				{ maxDepth: 6 },
				scalars,
				objects,
				tie('tree').map((members) => new Members(members)),
			),
		),
		{
			selector: ([key]) => key,
			maxLength: 5,
		},
	),
}));

/** An object's members in their order, whatever their names are. */
class Members {
	constructor(readonly members: unknown) {}
	toJSON(): unknown {
		return objectOf(this.members);
	}
}

function objectOf(members: unknown): object {
	return Array.isArray(members) ? Object.fromEntries(members) : {};
}

/** By the letter: lists of objects, or empty ones, at most four names deep. */
function listsIn(value: unknown, path: readonly string[] = []): Array<readonly [string, string]> {
	if (Array.isArray(value)) {
		const isRows =
			value.length === 0 || (typeof value[0] === 'object' && value[0] !== null && !Array.isArray(value[0]));
		return isRows ? [[JSON.stringify(path), JSON.stringify(value)]] : [];
	}
	if (typeof value !== 'object' || value === null || path.length >= 4) return [];
	return Object.entries(value).flatMap(([key, member]) => listsIn(member, [...path, key]));
}

test('lists in objects are found at every depth up to four names, with their elements', () => {
	fc.assert(
		fc.property(tree, fc.integer({ min: 1, max: 30 }), fc.boolean(), (members, size, pretty) => {
			const text = JSON.stringify(objectOf(members), undefined, pretty ? 2 : undefined);
			const cutter = new ElementCutter();
			const found: string[][] = [];
			const take = (isEnd: boolean) => {
				for (const { kind, list = -1, text: element } of cutter.elements(isEnd)) {
					expect(kind).toBe('element');
					(found[list] ??= []).push(JSON.stringify(JSON.parse(element)));
				}
			};
			for (let at = 0; at < text.length; at += size) {
				cutter.push({ text: text.slice(at, at + size), isDamaged: false });
				take(false);
			}
			take(true);
			const lists = cutter.lists.map((path, list) => [JSON.stringify(path), `[${(found[list] ?? []).join(',')}]`]);
			expect(lists).toEqual(listsIn(JSON.parse(text)));
			const own = Object.entries(JSON.parse(text)).filter(
				([, value]) => typeof value === 'number' || (typeof value === 'string' && value !== ''),
			);
			expect(cutter.own).toEqual(own.map(([key]) => key));
		}),
		{ numRuns: 300, examples: [[[[' ', '']], 1, false]] },
	);
});

test('the list of the users is read wherever it stands, and whatever stands beside it', async () => {
	const beside = fc.dictionary(
		fc.string({ minLength: 1 }).filter((key) => !/^\W*users\W*$/i.test(key)),
		scalars,
		{ maxKeys: 4, noNullPrototype: true },
	);
	await fc.assert(
		fc.asyncProperty(
			beside,
			beside,
			fc.array(fc.nat(), { minLength: 1, maxLength: 5 }),
			fc.integer({ min: 1, max: 40 }),
			async (before, after, ids, chunkBytes) => {
				const users = ids.map((id) => ({ userId: `s${id}`, username: 'A' }));
				const text = JSON.stringify({ ...before, groups: [{ id: 'g', name: 'G' }], users, ...after });
				const rows = await allRows(text, {}, { fileName: 'x.json', chunkBytes });
				if (Object.hasOwn(before, 'userId') || Object.hasOwn(after, 'userId')) return;
				expect(rows.map(({ columns }) => ({ ...columns }))).toEqual(users);
			},
		),
		{ numRuns: 100 },
	);
});

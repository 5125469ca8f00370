// Whatever encoding names are written in: they come out right, or the user is asked. Never wrong, and never asked where
// it is certain.

import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { FileUnreadable } from '../../../nodes/TokenIm/input/files/unreadable.ts';
import { LANGUAGES, type Language } from './names.mts';
import { rowsOf } from './reading.mts';

/** Cases of both properties together: `TOKENIM_PROPERTY_RUNS`, or enough for every day. */
const RUNS = Number(process.env.TOKENIM_PROPERTY_RUNS ?? 3_000);

const CASES: ReadonlyArray<(text: string) => string> = [
	(text) => text,
	(text) => text.toUpperCase(),
	(text) => text.toLowerCase(),
];
const LANGUAGE = fc.constantFrom<Language[]>(...Object.values(LANGUAGES));
const PART = fc.nat({ max: 1_000_000 });

interface Sheet {
	readonly names: readonly string[];
	readonly text: string;
}

interface Shape {
	readonly language: Language;
	readonly parts: ReadonlyArray<readonly [number, number]>;
	/** 0: family and given name; 1: the given, 2: the family name alone. */
	readonly form: number;
	readonly inCase: number;
	/** 0: in the language itself. */
	readonly header: number;
	readonly end: string;
}

function shapeOf(rows: { readonly min: number; readonly max: number }): fc.Arbitrary<Shape> {
	return fc.record({
		language: LANGUAGE,
		parts: fc.array(fc.tuple(PART, PART), { minLength: rows.min, maxLength: rows.max, size: 'max' }),
		form: fc.constantFrom(0, 0, 1, 2),
		inCase: fc.nat({ max: CASES.length - 1 }),
		header: fc.nat({ max: 2 }),
		end: fc.constantFrom('\n', '\r\n'),
	});
}

function pick<T>(list: readonly T[], at: number): T {
	const found = list[at % list.length];
	if (found === undefined) throw new Error('An empty list.');
	return found;
}

/** @param canWrite whether the encoding has all characters of a name; others are left out */
function sheetOf(shape: Shape, canWrite: (text: string) => boolean): Sheet {
	const { language, parts, form, inCase, header, end } = shape;
	const { given, family, glue, isFamilyFirst } = language;
	const all = parts
		.map(([first, last]) => {
			const both = [pick(given, first), pick(family, last)];
			const name = form === 0 ? (isFamilyFirst ? both.reverse() : both).join(glue) : (both[form - 1] ?? '');
			return pick(CASES, inCase)(name);
		})
		.filter((name) => canWrite(name));
	const names = [...new Set(all)];
	const heads = header === 0 ? language.header : ['userId', 'username', 'class'];
	const rows = names.map((name, index) => [`s${index + 1}`, name, '3B'].join(','));
	return { names, text: [heads.join(','), ...rows, ''].join(end) };
}

/** What became of the file: the names of its rows, those that say that they cannot be read left out. */
async function read(
	bytes: Uint8Array,
): Promise<{ readonly asked: boolean; readonly names: readonly (string | null)[] }> {
	try {
		const { rows } = await rowsOf(bytes);
		const names = rows.map(({ columns, issues }) => (issues === undefined ? String(Object.values(columns)[1]) : null));
		return { asked: false, names };
	} catch (error) {
		if (error instanceof FileUnreadable && error.message.includes('could not be told'))
			return { asked: true, names: [] };
		throw error;
	}
}

describe('names in any encoding', () => {
	it('come out right, or the user is asked', async () => {
		await fc.assert(
			fc.asyncProperty(shapeOf({ min: 1, max: 200 }), fc.nat({ max: 20 }), fc.boolean(), async (shape, at, isFew) => {
				const encoding = pick(shape.language.encodings, at);
				const parts = isFew ? shape.parts.slice(0, 1 + (at % 4)) : shape.parts;
				const { names, text } = sheetOf(
					{ ...shape, parts },
					(name) => iconv.decode(iconv.encode(name, encoding), encoding) === name,
				);
				const { names: found } = await read(Uint8Array.from(iconv.encode(text, encoding)));
				const wrong = found.filter((name, index) => name !== null && name !== names[index]);
				expect(wrong.length === 0 ? '' : `${encoding}: ${names.join()} became ${found.join()}`).toBe('');
			}),
			{ numRuns: RUNS / 2 },
		);
	}, 3_600_000);

	it('are not asked about in Unicode, and in Chinese of twenty names or with a header that is known', async () => {
		const unicode = fc.constantFrom(
			'utf8',
			'utf8 with a mark',
			'utf-16le',
			'utf-16be',
			'utf-16le with a mark',
			'utf-16be with a mark',
		);
		await fc.assert(
			fc.asyncProperty(
				shapeOf({ min: 24, max: 60 }),
				unicode,
				fc.nat({ max: 20 }),
				fc.boolean(),
				async (shape, form, at, isFew) => {
					const isChinese = shape.language === LANGUAGES.simplified || shape.language === LANGUAGES.traditional;
					const encoding =
						isChinese && at % 2 === 0 ? pick(shape.language.encodings, at / 2) : (form.split(' ', 1)[0] ?? '');
					const isLegacy = isChinese && at % 2 === 0;
					const parts = isLegacy && isFew && shape.header === 0 ? shape.parts.slice(0, 1 + (at % 3)) : shape.parts;
					const canWrite = (name: string) => iconv.decode(iconv.encode(name, encoding), encoding) === name;
					const { names, text } = sheetOf({ ...shape, parts, form: isLegacy ? 0 : shape.form }, canWrite);
					fc.pre(names.length >= 20 || parts.length < 20);
					const bytes = iconv.encode(!isLegacy && form.endsWith('mark') ? `\uFEFF${text}` : text, encoding);
					const { asked, names: found } = await read(Uint8Array.from(bytes));
					expect(
						asked || found.join() !== names.join()
							? `${encoding}: ${asked ? 'asked about' : found.join()} ${names.join()}`
							: '',
					).toBe('');
				},
			),
			{ numRuns: RUNS / 2 },
		);
	}, 3_600_000);
});

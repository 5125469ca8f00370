// Wherever the text of a file happens to be cut, the same comes out of it.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CsvDialect, CsvRecord } from '../../../nodes/TokenIm/input/files/csvRecord.ts';
import { RecordCutter } from '../../../nodes/TokenIm/input/files/csvRecords.ts';
import { decoded } from '../../../nodes/TokenIm/input/files/decode.ts';
import { ElementCutter, type JsonElement } from '../../../nodes/TokenIm/input/files/jsonElements.ts';

const DIALECT: CsvDialect = { delimiter: ',', comment: '#' };
const CSV_TEXT = fc
	.array(fc.constantFrom('"', '"', ',', '\n', '\r\n', '\r', '\r\r\n', '#', 'a', 'b', ' ', '\0'), { maxLength: 60 })
	.map((parts) => parts.join(''));
const JSON_TEXT = fc
	.array(fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', '1', ' ', '{"a":1}', '"x"'), { maxLength: 40 })
	.map((parts) => `[${parts.join('')}`);
const SIZE = fc.integer({ min: 1, max: 7 });

function slices(text: string, size: number): string[] {
	return Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
		text.slice(index * size, (index + 1) * size),
	);
}

function recordsOf(parts: readonly string[]): CsvRecord[] {
	const cutter = new RecordCutter(DIALECT);
	const records = parts.flatMap((text) => {
		cutter.push({ text, isDamaged: false });
		return [...cutter.records(false)];
	});
	return [...records, ...cutter.records(true)];
}

function elementsOf(parts: readonly string[]): JsonElement[] {
	const cutter = new ElementCutter();
	const elements = parts.flatMap((text) => {
		cutter.push({ text, isDamaged: false });
		return [...cutter.elements(false)];
	});
	return [...elements, ...cutter.elements(true)];
}

describe('records of CSV', () => {
	it('are the same wherever the text is cut', () => {
		fc.assert(
			fc.property(CSV_TEXT, SIZE, (text, size) => {
				expect(recordsOf(slices(text, size))).toEqual(recordsOf([text]));
			}),
			{ numRuns: 2000 },
		);
	});

	it('hold every character of the text but line ends, so that no row is lost', () => {
		fc.assert(
			fc.property(CSV_TEXT, (text) => {
				const bare = (some: string) => some.replace(/[\r\n]/g, '');

				expect(
					bare(
						recordsOf([text])
							.map((record) => record.text)
							.join(''),
					),
				).toBe(bare(text));
			}),
			{ numRuns: 2000 },
		);
	});

	it('are those that were written, with whatever in their cells', () => {
		const cell = fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', '#', 'é', '三') });
		const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
		fc.assert(
			fc.property(fc.array(fc.array(cell, { minLength: 1 }), { minLength: 1 }), SIZE, (table, size) => {
				const lines = table.map((cells) => cells.map(quoted).join(','));

				expect(recordsOf(slices(lines.join('\r\n'), size)).map(({ kind, cells }) => [kind, cells])).toEqual(
					table.map((cells) => ['whole', cells]),
				);
			}),
		);
	});
});

it('elements of JSON are the same wherever the text is cut', () => {
	fc.assert(
		fc.property(JSON_TEXT, SIZE, (text, size) => {
			const untold = ({ kind, position, text: held }: JsonElement) =>
				kind === 'trailing' ? { kind, position } : { kind, position, held };

			expect(elementsOf(slices(text, size)).map(untold)).toEqual(elementsOf([text]).map(untold));
		}),
		{ numRuns: 2000 },
	);
});

it.each(['utf-8', 'utf-16le', 'gb18030', 'big5'])(
	'text in %s is the same wherever the bytes are cut',
	async (encoding) => {
		const bytes = fc.uint8Array({ maxLength: 40 });
		await fc.assert(
			fc.asyncProperty(bytes, SIZE, async (all, size) => {
				fc.pre(isDecodable(all, encoding));
				const read = async (step: number) => {
					const pieces = (async function* () {
						for (let at = 0; at === 0 || at < all.length; at += step) yield all.subarray(at, at + step);
					})();
					let whole = '';
					let isDamaged = false;
					for await (const text of decoded(pieces, encoding)) {
						whole += text.text;
						isDamaged ||= text.isDamaged;
					}
					return { whole, isDamaged };
				};

				expect(await read(size)).toEqual(await read(1000));
			}),
		);
	},
);

it('bytes on which Node.js breaks off are damage, and what follows them is read', async () => {
	const pieces = (async function* () {
		yield Uint8Array.from([97, 129, 48, 0, 98, 99]);
	})();
	let whole = '';
	let isDamaged = false;
	for await (const text of decoded(pieces, 'gb18030')) {
		whole += text.text;
		isDamaged ||= text.isDamaged;
	}

	expect(whole).toMatch(/^a\uFFFD[^]*bc$/);
	expect(isDamaged).toBe(true);
});

/** Node.js's decoder throws on some bytes that GB18030 does not know; where it breaks off depends on the cut. */
function isDecodable(bytes: Uint8Array, encoding: string): boolean {
	try {
		new TextDecoder(encoding).decode(bytes);
		const streaming = new TextDecoder(encoding);
		for (const byte of bytes) streaming.decode(Uint8Array.of(byte), { stream: true });
		streaming.decode();
		return true;
	} catch {
		return false;
	}
}

import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { allRows, rowsOf } from './reading.mts';

const columnsOf = async (content: string, chunkBytes = 10_000) =>
	(await allRows(content, {}, { chunkBytes })).map(({ columns }) => ({ ...columns }));
const codesOf = async (content: string, fileName?: string) =>
	(await allRows(content, {}, { fileName })).map(({ number, issues }) => [
		number,
		...(issues ?? []).map(({ code }) => code),
	]);

describe('JSON', () => {
	it('is a list of objects, numbered from 1', async () => {
		const { rows, facts } = await rowsOf('\uFEFF [ {"id":"s1"} ,\n{"id":"s2"} ]\n');

		expect(facts).toEqual({ format: 'json', encoding: 'utf-8' });
		expect(rows).toEqual([
			{ number: 1, item: 0, columns: { id: 's1' } },
			{ number: 2, item: 0, columns: { id: 's2' } },
		]);
	});

	it('is an object that holds one list of objects, beside other data', async () => {
		const text =
			'{"total": 2, "fields": ["id", "x]"], "page": {"list": [{"no": 1}]}, "users": [{"id": 1}, {"id": 2}], "next": "]}"}';

		expect(await columnsOf(text)).toEqual([{ id: 1 }, { id: 2 }]);
	});

	it.each(['[]', '{"users": []}', ' [ ] '])('may be a list without rows: %s', async (text) => {
		expect(await allRows(text, { format: 'json' })).toEqual([]);
	});

	it('reads any list as JSON.parse does, wherever the pieces are cut', async () => {
		const row = fc.dictionary(fc.string(), fc.jsonValue());
		await fc.assert(
			fc.asyncProperty(
				fc.array(row, { minLength: 1 }),
				fc.integer({ min: 1, max: 40 }),
				fc.boolean(),
				async (list, size, pretty) => {
					const text = JSON.stringify(list, null, pretty ? 2 : undefined);
					const rows = await allRows(text, { format: 'json' }, { chunkBytes: size });

					expect(rows.map(({ columns }) => JSON.stringify(columns))).toEqual(list.map((one) => JSON.stringify(one)));
				},
			),
			{ numRuns: 100 },
		);
	});

	it('takes any name for a column', async () => {
		const [row] = await allRows('[{"__proto__": {"polluted": 1}, "constructor": 2}]');

		expect('polluted' in (row?.columns ?? {})).toBe(false);
		expect('valueOf' in (row?.columns ?? {})).toBe(false);
		expect(Object.keys(row?.columns ?? {})).toEqual(['__proto__', 'constructor']);
	});

	it('gives an element that is no row an issue, and reads on', async () => {
		expect(await codesOf('[{"a":1},7,{"a":},[],,{"a":2}{"a":3},null,{"a":4},]')).toEqual([
			[1],
			[2, 'json_not_a_row'],
			[3, 'json_invalid'],
			[4, 'json_not_a_row'],
			[5, 'json_invalid'],
			[6, 'json_invalid'],
			[7, 'json_not_a_row'],
			[8],
		]);
	});

	it('says where an invalid element stands', async () => {
		const [, second] = await allRows('[{"a":1}, {"a":x}]');

		expect(second?.issues?.[0]).toMatchObject({
			found: '{"a":x}',
			fix: expect.stringContaining('Entry 2 of the list, at character 11'),
		});
	});

	it.each([
		['[{"a":1},{"a":', 'json_cut_off'],
		['[{"a":1},', 'json_cut_off'],
		['[{"a":1}', 'json_cut_off'],
		['{"users":[{"a":1}, {"a":2}', 'json_cut_off'],
		['{"users":[{"a":1}]', 'json_cut_off'],
		['[{"a":1}] x', 'json_trailing'],
	])('says what is wrong with %s once, at its end', async (text, code) => {
		const codes = (await allRows(text, { format: 'json' })).flatMap(({ issues }) =>
			(issues ?? []).map((issue) => issue.code),
		);

		expect(codes).toEqual([code]);
	});

	it('keeps an element of more than a MiB from its neighbours', async () => {
		const long = 'x'.repeat(1024 * 1024 + 1);

		expect(await codesOf(`[{"a":1},{"a":"${long}"},{"a":2}]`)).toEqual([[1], [2, 'row_too_long'], [3]]);
	});
});

describe('JSON Lines', () => {
	it('are read line by line, empty lines left out and counted', async () => {
		const text = '{"a":"x\\"y"}\n\n{"a":2}\r\n{"a":3\n7\n{"a":4}';

		expect(await codesOf(text, 'x.jsonl')).toEqual([[1], [3], [4, 'json_invalid'], [5, 'json_not_a_row'], [6]]);
	});

	it('may have a line of more than a MiB', async () => {
		const long = 'x'.repeat(1024 * 1024 + 1);

		expect(await codesOf(`{"a":1}\n{"a":"${long}"}\n{"a":2}\n`)).toEqual([[1], [2, 'row_too_long'], [3]]);
	});
});

it('names what bytes cannot be read', async () => {
	const bytes = Uint8Array.from(
		Buffer.concat([Buffer.from('[{"a":"张三李四王五赵六"},{"a":"'), Buffer.from([0xe5, 0xbc]), Buffer.from('"}]')]),
	);
	const [first, second] = await allRows(bytes, { encoding: 'utf-8' });

	expect(first?.issues).toBeUndefined();
	expect(second?.issues).toMatchObject([{ code: 'characters_unreadable', column: 'a' }]);
});

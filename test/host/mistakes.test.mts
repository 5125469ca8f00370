// A file of 10,000 rows with twelve kinds of mistakes: twelve messages, and a report file that imports clean once each
// row is mended as its message says.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { csvLine } from '../../nodes/TokenIm/output/csv';
import { statuses, useLab } from './lab.mts';

const lab = useLab();

type Person = Readonly<Record<string, string>>;

interface Mistake {
	readonly code: string;
	/** What somebody did to a row that was right. */
	readonly made: (row: Person) => Person;
	/** What the message tells them to do. */
	readonly says: RegExp;
	readonly mended: (row: Person, right: Person) => Person;
}

const anew = (column: string) => (row: Person, right: Person) => ({ ...row, [column]: right[column] ?? '' });

const MISTAKES: readonly Mistake[] = [
	{
		code: 'bad_characters',
		made: (row) => ({ ...row, 学号: `${row['学号']} b` }),
		says: /Take the space out of column "学号"/,
		mended: (row) => ({ ...row, 学号: (row['学号'] ?? '').replace(' b', '') }),
	},
	{ code: 'required', made: (row) => ({ ...row, 姓名: '' }), says: /Fill in column "姓名"/, mended: anew('姓名') },
	{
		code: 'number_shortened',
		made: (row) => ({ ...row, 学号: '2.02601E+10' }),
		says: /Format the column as Text in the sheet, then enter the value again/,
		mended: anew('学号'),
	},
	{
		code: 'repeated',
		made: (row) => ({ ...row, 学号: 's00000' }),
		says: /Same as row \d+\. Remove one of the two rows, or give this one an ID of its own/i,
		mended: anew('学号'),
	},
	{
		code: 'number_decimal_tail',
		made: (row) => ({ ...row, 学号: '20260101.0' }),
		says: /Take away the "\.0"/,
		mended: (row, right) => ({ ...row, 学号: right['学号'] ?? '' }),
	},
	{
		code: 'too_long',
		made: (row) => ({ ...row, 姓名: '长'.repeat(65) }),
		says: /Shorten the value in column "姓名"/,
		mended: (row) => ({ ...row, 姓名: (row['姓名'] ?? '').slice(0, 64) }),
	},
	{
		code: 'not_an_email',
		made: (row) => ({ ...row, 邮箱: 'li.lei at example.com' }),
		says: /Write one address/,
		mended: anew('邮箱'),
	},
	{
		code: 'not_a_phone',
		made: (row) => ({ ...row, 手机: '+86 ask his mother' }),
		says: /with \+ and the country code/,
		mended: anew('手机'),
	},
	{
		code: 'no_country_code',
		made: (row) => ({ ...row, 手机: '010-65520000' }),
		says: /country code/i,
		mended: (row) => ({ ...row, 手机: `+86${row['手机']}` }),
	},
	{
		code: 'not_a_url',
		made: (row) => ({ ...row, 头像: 'ada.png' }),
		says: /Write the whole address/,
		mended: anew('头像'),
	},
	{
		code: 'ambiguous_time',
		made: (row) => ({ ...row, 注册时间: '02/03/2026' }),
		says: /2026-0?[23]|year first|Date Format/i,
		mended: (row) => ({ ...row, 注册时间: '2026-03-02' }),
	},
	{
		code: 'impossible_time',
		made: (row) => ({ ...row, 注册时间: '2026-02-30' }),
		says: /correct it in the sheet/,
		mended: anew('注册时间'),
	},
];

const ROWS = 10_000;
/** Of a file, below its header. */
const FIRST_ROW = 2;
/** How many rows have each mistake. */
const TIMES = 25;

function person(index: number): Person {
	return {
		学号: `s${String(index).padStart(5, '0')}`,
		姓名: `学生${index}`,
		头像: 'https://example.com/a.png',
		邮箱: `s${index}@example.com`,
		手机: `+861380000${String(index).padStart(4, '0')}`,
		注册时间: '2026/9/1 8:00',
	};
}

/** Which mistake the row has, if any; spread over the sheet, and none in the first row. */
function mistakeOf(index: number): Mistake | undefined {
	const step = Math.floor(ROWS / (MISTAKES.length * TIMES));
	return index % step === step - 1 ? MISTAKES[((index - step + 1) / step) % MISTAKES.length] : undefined;
}

const sheet = (): Person[] =>
	Array.from({ length: ROWS }, (_, index) => mistakeOf(index)?.made(person(index)) ?? person(index));

/** As a spreadsheet saves it. */
function csv(rows: readonly Person[]): string {
	const lines = rows.map((row) => csvLine(Object.values(row), false));
	return [csvLine(Object.keys(rows[0] ?? {}), false), ...lines].join('\r\n');
}

test('twelve mistakes give twelve messages, and the report file, mended as they say, imports clean', async () => {
	const parameters = { input: 'file', options: { reportFile: true } };
	const runFile = async (content: string) =>
		await lab.run({
			items: [{}],
			files: [{ data: { content, fileName: 'people.csv' } }],
			parameters,
			timeZone: 'Asia/Shanghai',
		});
	const { outputs } = await runFile(csv(sheet()));
	const verdicts = outputs[0]?.filter(({ json }) => json.status !== 'report') ?? [];
	expect(verdicts).toHaveLength(ROWS);

	const told = readFileSync(resolve(import.meta.dirname, '../../docs/messages.md'), 'utf8');
	const codes = new Map<unknown, number>();
	for (const { json } of verdicts) {
		const index = Number(json.row) - FIRST_ROW;
		const mistake = mistakeOf(index);
		if (mistake === undefined) expect([json.row, json.status]).toEqual([json.row, 'created']);
		else {
			expect(json).toMatchObject({
				status: 'invalid',
				issues: [{ code: mistake.code, fix: expect.stringMatching(mistake.says) }],
			});
			codes.set(mistake.code, (codes.get(mistake.code) ?? 0) + 1);
			expect(told).toContain(`\`${mistake.code}\``);
			// docs/messages.md shows the sentence as it stands here, but for what was found.
			expect(told).toContain(String(json.reason).replace(/^.*?(?=, expected)/s, ''));
		}
	}
	expect(codes).toEqual(new Map(MISTAKES.map(({ code }) => [code, expect.any(Number)])));

	const file = outputs[0]?.at(-1)?.binary?.report?.data ?? '';
	const reported: Person[] = parse(Buffer.from(file, 'base64'), { bom: true, columns: true });
	expect(reported).toHaveLength(verdicts.filter(({ json }) => json.status === 'invalid').length);
	const mended = reported.map((row) => {
		const index = Number(row.row) - FIRST_ROW;
		return mistakeOf(index)?.mended(row, person(index)) ?? row;
	});
	const again = await runFile(csv(mended));
	expect(new Set(statuses(again.outputs[0]))).toEqual(new Set(['created']));
	expect(lab.sandbox.userCount()).toBe(ROWS);
});

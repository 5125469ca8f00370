// Where a sheet shows by itself that its phone numbers are China's, and that everything else stays a question.

import { describe, expect, test } from 'vitest';
import { mapColumns } from '../../../nodes/TokenIm/input/columns/columns';
import { USER_FIELDS } from '../../../nodes/TokenIm/input/columns/fields';

async function phones(column: string, first: readonly unknown[], later: readonly unknown[] = [], code?: string) {
	const map = mapColumns(USER_FIELDS, { required: [], values: { defaultCountryCode: code } });
	const rowsOf = (cells: readonly unknown[]) =>
		cells.map((cell, item) => ({ number: item + 1, item, columns: { 学号: `s${item}`, [column]: cell } }));
	await map.check(rowsOf(first), async () => {});
	const outcomes = rowsOf([...first, ...later]).map((row) => {
		const { values, issues } = map.map(row);
		return issues[0]?.code ?? values.phone;
	});
	return { outcomes, columns: map.report().chinesePhones ?? [] };
}

const refusedAll = (count: number) => Array.from({ length: count }, () => 'no_country_code');

test('mobile numbers of China under a Chinese name are taken with +86, and the column is told', async () => {
	expect(
		await phones('手机', ['13800138000', 13912345678, '186 1234 5678', '199-1234-5678', '', '+14155550101']),
	).toEqual({
		outcomes: ['+8613800138000', '+8613912345678', '+8618612345678', '+8619912345678', undefined, '+14155550101'],
		columns: ['手机'],
	});
});

test('a later row that does not fit is refused, and its neighbours go on', async () => {
	const { outcomes } = await phones(
		'手机号',
		['13800138000'],
		['010-65520000', '4155550101', '1-718-555-1234', '13912345678'],
	);
	expect(outcomes).toEqual(['+8613800138000', ...refusedAll(3), '+8613912345678']);
});

describe('nothing is taken', () => {
	test.each([
		['the name is not Chinese', 'mobile', ['13800138000']],
		['one number is a landline', '手机', ['13800138000', '010-65520000']],
		['one number is too short', '手机', ['13800138000', '1380013800']],
		["one number is another country's", '手机', ['13800138000', '0171 1234567']],
		['a number is grouped as in North America', '手机', ['13800138000', '1-718-555-1234']],
		["all could be North America's", '手机', ['17185551234', '13055551234']],
		['the code is written without +', '手机', ['13800138000', '8613900000000']],
	])('where %s', async (_why, column, cells) => {
		expect(await phones(column, cells)).toEqual({ outcomes: refusedAll(cells.length), columns: [] });
	});

	test('where there is no number without code', async () => {
		expect((await phones('手机', ['+14155550101', ''])).columns).toEqual([]);
	});
});

describe('one number among many that is none', () => {
	const fixesOf = async (cells: readonly string[]) => {
		const map = mapColumns(USER_FIELDS, { required: [] });
		const rows = cells.map((cell, item) => ({ number: item + 2, item, columns: { 学号: `s${item}`, 手机: cell } }));
		await map.check(rows, async () => {});
		return rows.flatMap((row) => map.map(row).issues.map(({ fix }) => /row (\d+) is none/.exec(fix)?.[1]));
	};
	const five = Array.from({ length: 5 }, (_, at) => `1380013800${at}`);

	test('is told to the others, since it keeps them all', async () => {
		expect(await fixesOf([...five, '12345'])).toEqual([...five.map(() => '7'), undefined]);
	});

	test('is not told where it may be right', async () => {
		expect(await fixesOf([...five.slice(1), '12345'])).toEqual(Array(5).fill(undefined));
	});
});

test('what the user set goes before what the sheet shows', async () => {
	expect(await phones('手机', ['13800138000'], [], '+1')).toEqual({ outcomes: ['not_of_plan'], columns: [] });
});

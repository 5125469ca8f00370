// CSV files as people's tools write them: line ends, short rows, notes above the header, rows that are no people, quotes
// with spaces around them, and files that are no table.

import { describe, expect, it } from 'vitest';
import { useWild, type Outcome } from './wild.mts';

const wild = useWild();

/** Row and status of each verdict. */
const statuses = ({ verdicts }: Outcome) => verdicts.map(({ row, status }) => `${String(row)} ${String(status)}`);
const names = (count: number) =>
	Array.from({ length: count }, (_, index): [string, string] => [`s${index + 1}`, `Name ${index + 1}`]);
/** The hint that tells what was left out. */
const leftOut = ({ hints }: Outcome) => hints.find((hint) => hint.includes('left out'));

describe('line ends', () => {
	it('CR CR LF is one', async () => {
		const outcome = await wild.run('01-cr-cr-lf');

		expect(outcome.users).toEqual(names(10));
		expect(statuses(outcome)).toEqual(names(10).map((_, index) => `${index + 2} created`));
	});

	it('a header that ends in CR stands above rows that end in LF', async () => {
		const outcome = await wild.run('02-header-cr-rest-lf');

		expect(outcome.users).toEqual(names(6));
		expect(statuses(outcome)).toEqual(names(6).map((_, index) => `${index + 2} created`));
	});

	it('a LF in a cell without quotes of a file of CRs costs its own row only, and says why', async () => {
		const outcome = await wild.run('03-cr-file-with-lf-in-a-cell');

		expect(outcome.users.map(([id]) => id)).toEqual(['s1', 's3', 's4']);
		expect(statuses(outcome)).toEqual(['2 created', '3 invalid', '4 invalid', '5 created', '6 created']);
		expect(outcome.verdicts[2]?.reason).toContain('a line break stands in a cell without quotes');
	});
});

describe('short rows', () => {
	it('are read as Excel meant them: the cells that it left out are empty', async () => {
		const outcome = await wild.run('04-last-column-empty');

		expect(statuses(outcome)).toEqual(['2 created', '3 created', '4 created']);
		expect(outcome.users.map(([, name]) => name)).toEqual(['Ada Lind', 'Bob Stone', 'Cem Tan']);
	});

	it('are none where only the header ends in a separator', async () => {
		const outcome = await wild.run('05-header-ends-in-a-separator');

		expect(outcome.users).toEqual([
			['s1', 'Ada'],
			['s2', 'Bob'],
		]);
		expect(outcome.hints.join()).not.toContain('column3');
	});
});

describe('a line above the header', () => {
	it('is left out where Google Groups writes one, and told', async () => {
		const outcome = await wild.run('16-line-above-the-header');

		expect(statuses(outcome)).toEqual(['3 created', '4 created']);
		expect(outcome.users.map(([, name]) => name)).toEqual(['Ada Lind', 'Bob Stone']);
		expect(leftOut(outcome)).toContain('row 1 (above the header row)');
	});

	it('is left out where PowerShell writes one, and told', async () => {
		const outcome = await wild.run('17-powershell-type-line');

		expect(statuses(outcome)).toEqual(['3 created', '4 created']);
		expect(leftOut(outcome)).toContain('row 1 (above the header row)');
	});

	it('is one message where no reading helps', async () => {
		const outcome = await wild.runFile('Class list of 7a\nLind,Ada,3\nStone,Bob,4\n');

		expect(outcome.verdicts).toHaveLength(1);
		expect(outcome.verdicts[0]?.reason).toContain('No columns hold the User ID');
		expect(outcome.writes).toBe(0);
	});
});

describe('rows that are no people', () => {
	it.each([
		['19-sqlcmd-dashes', ['3 created', '4 created'], 'row 2 (lines of dashes', 'row 6 (a count or a total)'],
		['20-two-exports-in-one', ['2 created', '4 created'], 'row 3 (the header row once more)', '1 row'],
		['21-row-that-explains', ['3 created'], 'row 2 (what the columns take)', '1 row'],
		['22-report-footer', ['2 created'], 'rows 5, 6, 7, 8 and 9 (words below the table)', '5 rows'],
	])('%s makes people of the others, and tells which were left out', async (folder, expected, ...told) => {
		const outcome = await wild.run(folder);

		expect(statuses(outcome)).toEqual(expected);
		expect(outcome.users).toHaveLength(expected.length);
		for (const text of told) expect(leftOut(outcome)).toContain(text);
	});
});

describe('quotes with spaces around them', () => {
	it('close a cell also where a space stands before them', async () => {
		expect((await wild.run('23-space-before-the-quote')).users).toEqual([
			['s1', 'Bob'],
			['s2', 'Lind, Ada'],
		]);
	});

	it('close a cell also where a space stands behind them', async () => {
		expect((await wild.run('24-space-after-the-quote')).users).toEqual([
			['s1', 'Ada'],
			['s2', 'Bob'],
		]);
	});
});

describe('whole files', () => {
	it('may have zero bytes at the end of a cell', async () => {
		expect((await wild.run('28-zero-bytes-in-a-cell')).users).toEqual([
			['s1', 'Ada'],
			['s2', 'Bob'],
		]);
	});

	it('may have days as columns', async () => {
		expect((await wild.run('44-dates-as-columns')).users).toEqual([['s1', 'Ada']]);
	});

	it('may have commas within cells that semicolons part', async () => {
		const outcome = await wild.run('46-semicolons-and-commas', {
			columns: 'choose',
			chosenColumns: { mappingMode: 'defineBelow', value: { userId: 'id', username: 'Name, Vorname' } },
		});

		expect(outcome.users).toEqual([
			['1', 'Lind, Ada'],
			['2', 'Stone, Bob'],
		]);
		expect((await wild.run('46-semicolons-and-commas')).verdicts[0]?.reason).toContain('"Name, Vorname"');
	});

	it.each([
		['47-html-named-xls', 'The file is an HTML table'],
		['48-xml-named-xls', 'The file is an XML spreadsheet of Excel 2003'],
	])('%s is told for what it is, with the way out', async (folder, told) => {
		const outcome = await wild.run(folder);

		expect(outcome.verdicts).toHaveLength(1);
		expect(outcome.verdicts[0]).toMatchObject({ status: 'notAttempted' });
		expect(outcome.verdicts[0]?.reason).toContain(told);
		expect(outcome.verdicts[0]?.reason).toContain('save it as CSV');
	});

	it('that have one line, which names no columns, are never a success without rows', async () => {
		const outcome = await wild.runFile('userId,username;s1,Ada;s2,Bob');

		expect(outcome.verdicts).toHaveLength(1);
		expect(outcome.verdicts[0]?.reason).toContain('No column holds the Username');
	});
});

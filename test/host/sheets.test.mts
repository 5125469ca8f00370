// A workbook whose first sheet is none of people: the message says which sheet was read, and which one holds them.

import { describe, expect, test } from 'vitest';
import { number, PEOPLE, row, text, workbook, type SheetParts } from '../input/files/workbooks.mts';
import { statuses, useLab } from './lab.mts';

const lab = useLab();

const README = {
	name: 'README',
	rows: row(1, text('How to fill in this workbook')) + row(2, text('One person a row.')) + row(3, text('Save it.')),
};
const NOTES = { name: 'Notes', rows: row(1, text('a'), text('b')) + row(2, text('c'), text('d')) };
const people = { name: 'People', rows: PEOPLE };

async function run(sheets: readonly SheetParts[], fileOptions = {}, parameters = {}) {
	const data = { content: workbook({ sheets }), fileName: 'people.xlsx' };
	return await lab.run({
		items: [{}],
		files: [{ data }],
		parameters: { input: 'file', fileOptions, ...parameters },
	});
}

describe('the message that columns are missing', () => {
	test('names the sheet that was read, the one that has them, and where it is chosen', async () => {
		const { error } = await run([README, people]);
		expect(error?.message).toBe('No columns hold the User ID and the Username');
		expect(error?.description).toContain(
			'The sheet "README" of the workbook was read, the first one. "People" has such columns: enter it as Sheet under File Options. Nothing was sent.',
		);
		expect(error?.description?.match(/Nothing was sent/g)).toHaveLength(1);
		expect(statuses((await run([README, people], { sheet: 'People' })).outputs[0])).toEqual(['created']);
	});

	test('names all sheets that have them, and which of these are hidden', async () => {
		const hidden = { ...people, name: 'Last year', state: 'hidden' } as const;
		const { error } = await run([README, NOTES, hidden, people]);
		expect(error?.description).toContain(
			'The sheet "README" of the workbook was read, the first one that is not hidden. "Last year", "People" (hidden: "Last year") have such columns: enter the one that is meant as Sheet under File Options.',
		);
	});

	test('names the others where none has them', async () => {
		const { error } = await run([README, NOTES]);
		expect(error?.description).toContain('"README" of the workbook was read, the first one. Not read: "Notes".');
	});

	test('says so of a sheet that was chosen', async () => {
		const { error } = await run([people, README], { sheet: 'readme' });
		expect(error?.description).toContain(
			'The sheet "README" of the workbook was read, as Sheet under File Options says. "People" has such columns',
		);
	});

	test('says so where a header cannot be read, or a column that was chosen is in no row', async () => {
		const data = { name: 'Data', rows: row(1, text('a@example.com'), number(13800138000)) };
		expect((await run([data, people])).error?.description).toContain('"People" has such columns');
		const chosen = {
			columns: 'choose',
			chosenColumns: { mappingMode: 'defineBelow', value: { userId: 'userId', username: 'username' } },
		};
		expect((await run([NOTES, people], {}, chosen)).error?.description).toContain('"People" has such columns');
	});

	test('says nothing of sheets where there is one', async () => {
		expect((await run([README])).error?.description).not.toContain('of the workbook was read');
	});
});

// The report as a workbook, opened and saved by LibreOffice as a person would: what is text stays text.

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { excelFile } from '../../nodes/TokenIm/output/excel.ts';
import { allRows } from '../input/files/reading.mts';
import { describeWithLibreOffice } from './describe.mts';

const run = promisify(execFile);
const breathe = async () => undefined;

const HEADER = ['row', 'reason', 'userId', 'phone', 'since', 'name'];
const CELLS = [
	[2, 'Fill in the name.', '007', '13800138000', '2026-09-01', '=1+1'],
	[3, '', '1234567890123456789', '+8613800138001', '01.02.2026', '@SUM(A1)'],
	[4, '', '1E5', '00861', '9/1', "O'Neil\n<王小明>"],
	[5, '', 'TRUE', '', '', '_x000D_'],
];

describeWithLibreOffice('a report that LibreOffice opens', () => {
	let folder: string;
	beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'tokenim-libreoffice-'))));
	afterAll(async () => await rm(folder, { recursive: true, force: true }));

	async function saved(as: string): Promise<Buffer> {
		const source = join(folder, 'report.xlsx');
		await writeFile(source, await excelFile(HEADER, CELLS, breathe));
		const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
		await run('soffice', [profile, '--headless', '--convert-to', as, '--outdir', join(folder, 'saved'), source]);
		return await readFile(join(folder, 'saved', `report.${as.split(':')[0]}`));
	}

	const values = async (bytes: Uint8Array) =>
		(await allRows(bytes, { encoding: undefined })).map(({ columns }) => Object.values(columns));
	const texts = CELLS.map((cells) => cells.map(String));

	test('and saves as a workbook comes back as it was', async () => {
		expect(await values(await saved('xlsx'))).toEqual(texts);
	});

	test('and saves as CSV has the same IDs, phones and dates, and no formula worked out', async () => {
		// Comma, double quotes, UTF-8, from the first line on.
		expect(await values(await saved('csv:Text - txt - csv (StarCalc):44,34,76,1'))).toEqual(texts);
	});
});

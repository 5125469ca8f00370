// CSV text as rows, as it comes.

import type { Row } from '../../engine/types';
import type { CsvDialect } from './csvRecord';
import { RecordCutter } from './csvRecords';
import type { Text } from './decode';
import { Sheet, type SheetSettings } from './sheet';
import { noRecords } from './unreadable';

export interface CsvSettings extends SheetSettings {
	readonly dialect: CsvDialect;
	breathe(): Promise<void>;
}

/** @throws FileUnreadable before the first row, where the header cannot be read */
export async function* csvRows(
	texts: AsyncIterable<Text>,
	settings: CsvSettings,
): AsyncGenerator<Row, void, undefined> {
	const cutter = new RecordCutter(settings.dialect);
	const sheet = new Sheet(settings);
	for await (const text of texts) {
		cutter.push(text);
		for (const row of sheet.rowsOf(cutter.records(false))) yield row;
		await settings.breathe();
	}
	for (const row of sheet.rowsOf(cutter.records(true))) yield row;
	for (const row of sheet.end()) yield row;
	if (sheet.isEmpty) throw noRecords();
}

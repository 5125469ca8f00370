// CSV text as rows, in blocks, as it comes.

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

/** A piece of a file may be nothing but line ends. */
const RECORDS_IN_ONE_TURN = 10_000;

/** @throws FileUnreadable before the first row, where the header cannot be read */
export async function* csvRows(
	texts: AsyncIterable<Text>,
	settings: CsvSettings,
): AsyncGenerator<readonly Row[], void, undefined> {
	const cutter = new RecordCutter(settings.dialect);
	const sheet = new Sheet(settings);
	for await (const text of texts) {
		cutter.push(text);
		for (const block of blocks(false)) {
			if (block.length > 0) yield block;
			else await settings.breathe();
		}
		await settings.breathe();
	}
	for (const block of blocks(true)) yield block;
	if (sheet.isEmpty) throw noRecords();

	/** Empty ones where many records gave no row. */
	function* blocks(isEnd: boolean): Generator<readonly Row[], void, undefined> {
		for (let record = cutter.next(isEnd); record !== undefined; record = cutter.next(isEnd)) {
			sheet.take(record);
			if (!sheet.isBlock && record.number % RECORDS_IN_ONE_TURN !== 0) continue;
			yield sheet.rows();
		}
		if (isEnd) sheet.end();
		if (sheet.settled > 0) yield sheet.rows();
	}
}

// JSON and JSON Lines as rows, in blocks: each element or line is parsed alone, so that a broken one costs only itself.

import { count } from '../../engine/count';
import type { Issue, Row } from '../../engine/types';
import { nullPrototype, shaped } from '../cells/values';
import { inBlocks } from './blocks';
import { MOST_CHARACTERS, RecordCutter } from './csvRecords';
import type { Text } from './decode';
import { charactersUnreadable, jsonCutOff, jsonInvalid, jsonTrailing, notARow, rowTooLong } from './issues';
import { ElementCutter, type JsonElement } from './jsonElements';
import type { Rows } from './jsonOutline';
import { rowByItself } from './rowByItself';

export interface JsonSettings {
	readonly item: number;
	/** The name of the encoding, for messages. */
	encoding(): string;
	breathe(): Promise<void>;
}

/**
 * A row's number is its place in the list, from 1.
 *
 * @param rows where in the text they stand
 * @throws FileUnreadable before the first row, where the text is no JSON
 */
export async function* jsonRows(
	texts: AsyncIterable<Text>,
	rows: Rows,
	settings: JsonSettings,
): AsyncGenerator<readonly Row[], void, undefined> {
	if (rows === 'object') {
		yield [await wholeRow(texts, settings)];
		return;
	}
	const cutter = new ElementCutter();
	const path = JSON.stringify(rows);
	let number = 0;
	for await (const text of texts) {
		cutter.push(text);
		for (const block of inBlocks(inList(false))) yield block;
		await settings.breathe();
	}
	for (const block of inBlocks(inList(true))) yield block;

	/** What ends too early or goes on too long is told, too. */
	function* inList(isEnd: boolean): Generator<Row, void, undefined> {
		for (const element of cutter.elements(isEnd)) {
			const isOther = element.list !== undefined && JSON.stringify(cutter.lists[element.list]) !== path;
			if (!isOther || element.kind === 'cutOff') yield rowOfElement(element, ++number, settings);
		}
	}
}

/** The text is one object, and that is the row. */
async function wholeRow(texts: AsyncIterable<Text>, settings: JsonSettings): Promise<Row> {
	let whole = '';
	let isAnyDamaged = false;
	for await (const { text, isDamaged } of texts) {
		if (whole.length + text.length > MOST_CHARACTERS) return bare(1, settings.item, rowTooLong(1));
		whole += text;
		isAnyDamaged ||= isDamaged;
		await settings.breathe();
	}
	return parsedRow({ text: whole, isDamaged: isAnyDamaged }, 1, 'The object', settings);
}

/** A row's number is its line; empty lines are left out and count. */
export async function* jsonLineRows(
	texts: AsyncIterable<Text>,
	settings: JsonSettings,
): AsyncGenerator<readonly Row[], void, undefined> {
	const cutter = new RecordCutter({ delimiter: '', lineEnd: '\n', comment: undefined }, true);
	let number = 0;
	for await (const text of texts) {
		cutter.push(text);
		for (const block of inBlocks(lines(false))) yield block;
		await settings.breathe();
	}
	for (const block of inBlocks(lines(true))) yield block;

	function* lines(isEnd: boolean): Generator<Row, void, undefined> {
		for (const { kind, text, isDamaged } of cutter.records(isEnd)) {
			number++;
			if (kind === 'tooLong') yield bare(number, settings.item, rowTooLong(number));
			else if (text.trim() !== '') yield parsedRow({ text, isDamaged }, number, `Line ${number}`, settings);
		}
	}
}

function rowOfElement(element: JsonElement, number: number, settings: JsonSettings): Row {
	const { item } = settings;
	const { kind, text, position } = element;
	const where = `Entry ${number} of the list, at character ${count(position)} of the file,`;
	switch (kind) {
		case 'tooLong':
			return bare(number, item, rowTooLong(number));
		case 'cutOff':
			return bare(number, item, jsonCutOff(number, text, position));
		case 'trailing':
			return bare(number, item, jsonTrailing(text, position));
		case 'element':
			return parsedRow(element, number, where, settings);
	}
}

function parsedRow({ text, isDamaged }: Text, number: number, where: string, settings: JsonSettings): Row {
	const { item } = settings;
	const value = parsed(text);
	if (value === undefined) return bare(number, item, jsonInvalid(where, text));
	if (typeof value !== 'object' || value === null || Array.isArray(value))
		return bare(number, item, notARow(where, text));
	const columns = Object.assign(shaped(), value);
	if (!isDamaged) return rowByItself(columns, number, item);
	const [column, cell] = Object.entries(columns).find(([, held]) => String(held).includes('\uFFFD')) ?? [null, text];
	return { number, item, columns, issues: [charactersUnreadable(number, column, String(cell), settings.encoding())] };
}

/** `undefined`, which no JSON text means, where it is not valid. */
function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function bare(number: number, item: number, issue: Issue): Row {
	return { number, item, columns: nullPrototype(), issues: [issue] };
}

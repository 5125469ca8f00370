// JSON and JSON Lines as rows: each element or line is parsed alone, so that a broken one costs only itself.

import type { Issue, Row } from '../../engine/types';
import { nullPrototype, shaped } from '../cells/values';
import { RecordCutter } from './csvRecords';
import type { Text } from './decode';
import {
	charactersUnreadable,
	jsonCutOff,
	jsonInvalid,
	jsonSecondList,
	jsonTrailing,
	notARow,
	rowTooLong,
} from './issues';
import { ElementCutter, type JsonElement } from './jsonElements';

export interface JsonSettings {
	readonly item: number;
	/** The name of the encoding, for messages. */
	encoding(): string;
	breathe(): Promise<void>;
}

/**
 * A row's number is its place in the list, from 1.
 *
 * @throws FileUnreadable before the first row, where the text is no list of objects
 */
export async function* jsonRows(
	texts: AsyncIterable<Text>,
	settings: JsonSettings,
): AsyncGenerator<Row, void, undefined> {
	const cutter = new ElementCutter();
	let number = 0;
	for await (const text of texts) {
		cutter.push(text);
		for (const element of cutter.elements(false)) yield rowOfElement(element, ++number, settings);
		await settings.breathe();
	}
	for (const element of cutter.elements(true)) yield rowOfElement(element, ++number, settings);
}

/** A row's number is its line; empty lines are left out and count. */
export async function* jsonLineRows(
	texts: AsyncIterable<Text>,
	settings: JsonSettings,
): AsyncGenerator<Row, void, undefined> {
	const cutter = new RecordCutter({ delimiter: '', lineEnd: '\n', comment: undefined }, true);
	let number = 0;
	for await (const text of texts) {
		cutter.push(text);
		for (const row of lines(false)) yield row;
		await settings.breathe();
	}
	for (const row of lines(true)) yield row;

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
	const where = `Entry ${number} of the list, at character ${position.toLocaleString('en-US')} of the file,`;
	switch (kind) {
		case 'tooLong':
			return bare(number, item, rowTooLong(number));
		case 'cutOff':
			return bare(number, item, jsonCutOff(number, text, position));
		case 'secondList':
			return bare(number, item, jsonSecondList(text, position));
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
	if (!isDamaged) return { number, item, columns };
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

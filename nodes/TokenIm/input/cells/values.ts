// A cell becomes a value of its field's kind, or an issue that says how to mend the sheet. Ids and phones are text:
// digits that a spreadsheet already lost are never guessed back (law 9).

import { EMPTY, refused, textCell, type Cell, type FieldKind, type ValueOptions } from './cell';
import { bareAddress } from './emails';
import {
	decimalTail,
	gapInList,
	nameTooLong,
	notAList,
	notAnObject,
	notText,
	notWhole,
	shortened,
	tooLong,
	tooManyIds,
} from './unreadable';
import { MOST_ATTRIBUTES, MOST_CELL_CHARACTERS, MOST_CODE_CHARACTERS, MOST_IDS, MOST_NAME_CHARACTERS } from './bounds';
import { tooLong as cellOver, tooManyAttributes } from './notAllowed';
import { readPhone } from './phones';
import { readPlain, type Plain } from './plain';
import { cleanCode, cleanText } from './text';
import { readTime } from './times';

export type { Cell, ValueOptions } from './cell';

/**
 * Reads one cell. Empty text, `null`, `undefined` and an empty list are `empty`. Gives text for every kind but `ids`
 * (a list of texts) and `attributes` (a null-prototype object of what the cell held, `null` where a name was empty).
 */
export function readCell(cell: unknown, kind: FieldKind | 'attribute', rules: ValueOptions = {}): Cell {
	if (cell === undefined || cell === null) return EMPTY;
	if (typeof cell === 'string' && cell.length > MOST_CELL_CHARACTERS)
		return refused(cellOver(cell, MOST_CELL_CHARACTERS, 'characters'));
	switch (kind) {
		case 'attribute':
			return readAttribute(cell);
		case 'ids':
			return readIds(cell, rules.wholeLists === true);
		case 'attributes':
			return readAttributes(cell);
		case 'time':
			return readTimeCell(cell, rules);
		case 'id':
			return readDigits(cell, ID);
		case 'phone': {
			const digits = readDigits(cell, CONTACT);
			return isCode(digits) ? readPhone(digits.value, rules) : digits;
		}
		case 'email':
			return readEmail(cell);
		case 'url':
			return readText(cell, FREE);
		case 'text':
			return readText(cell, NAME);
	}
}

/** Reads the value of one attribute: text, a number or true/false; anything else is the profile's to refuse. */
function readAttribute(cell: unknown): Cell {
	return typeof cell === 'string' ? readPlain(cell, FREE) : { kind: 'value', value: cell };
}

const ID: Plain = { clean: cleanCode, isNullEmpty: false };
const NAME: Plain = { clean: cleanText, isNullEmpty: false };
const CONTACT: Plain = { clean: cleanCode, isNullEmpty: true };
const FREE: Plain = { clean: cleanText, isNullEmpty: true };

/** Short forms of long numbers: a spreadsheet's `1.38E+10`, Java's `2.0230101E7`. An id such as `7E12` is left alone. */
const SHORTENED = /^-?(?:\d+E[+-]\d+|\d+[.,]\d+E[+-]?\d+)$/i;
/** The same with all 15 digits that a spreadsheet keeps: the number had more (`workbook/cellText.ts`). */
const BEYOND_DIGITS = /^-?\d\.\d{14}E\+\d+$/;
const DECIMAL_TAIL = /^\d+\.0+$/;
/** The mark that makes a number text in a spreadsheet, where it came along: `'007`. */
const TEXT_MARK = /^'(?=[+\d][\d.,E+-]*$)/i;
/** How each of these begins. */
const ODD_NUMBER = /^(?:'|-?\d+[.,E])/i;

/** An id or a phone. */
function readDigits(cell: unknown, plain: Plain): Cell {
	if (typeof cell === 'number') return readNumber(cell);
	const text = readText(cell, plain);
	if (text.kind !== 'value' || typeof text.value !== 'string') return text;
	if (!ODD_NUMBER.test(text.value)) return text;
	const digits = text.value.replace(TEXT_MARK, '');
	if (BEYOND_DIGITS.test(digits)) return refused(tooLong(digits));
	if (SHORTENED.test(digits)) return refused(shortened(digits));
	if (DECIMAL_TAIL.test(digits)) return refused(decimalTail(digits));
	return textCell(digits);
}

function readText(cell: unknown, plain: Plain): Cell {
	if (typeof cell === 'string') return readPlain(cell, plain);
	if (typeof cell === 'bigint') return textCell(String(cell));
	if (typeof cell === 'number') return Number.isInteger(cell) ? readNumber(cell) : textCell(String(cell));
	return refused(notText(cell));
}

function readEmail(cell: unknown): Cell {
	const text = readText(cell, CONTACT);
	if (!isCode(text)) return text;
	const address = bareAddress(text.value);
	return address === text.value ? text : textCell(address);
}

function readTimeCell(cell: unknown, rules: ValueOptions): Cell {
	if (typeof cell !== 'string') return readTime(cell, rules);
	const text = readPlain(cell, CONTACT);
	return isCode(text) ? readTime(text.value, rules) : text;
}

/** Whether it may be what it should. What is longer is nothing that people write there: the profile's rules say so. */
function isCode(cell: Cell): cell is { readonly kind: 'value'; readonly value: string } {
	return cell.kind === 'value' && typeof cell.value === 'string' && cell.value.length <= MOST_CODE_CHARACTERS;
}

function readNumber(value: number): Cell {
	if (Number.isSafeInteger(value)) return textCell(String(value));
	return refused(Number.isInteger(value) ? tooLong(String(value)) : notWhole(String(value)));
}

/** A list, JSON text of a list, or texts separated by commas, semicolons, 、, tabs or line breaks, or else by |. */
function readIds(cell: unknown, isWhole: boolean): Cell {
	if (Array.isArray(cell)) return listOf(cell, isWhole);
	if (typeof cell !== 'string') return typeof cell === 'object' ? refused(notAList(cell)) : listOf([cell]);
	const text = readPlain(cell, ID);
	if (text.kind !== 'value' || typeof text.value !== 'string') return text;
	if (!text.value.startsWith('[')) {
		const list = listOf(splitIds(text.value));
		// People end lists with a comma; marks between nobody are what is left of a list.
		return isWhole && list.kind === 'empty' ? refused(gapInList(cell)) : list;
	}
	const parsed = parseJson(text.value);
	return Array.isArray(parsed) ? listOf(parsed, isWhole) : refused(notAList(cell));
}

/** @param isWhole whether nothing may be missing in any place */
function listOf(parts: readonly unknown[] | 'tooMany', isWhole = false): Cell {
	if (parts === 'tooMany' || parts.length > MOST_IDS) return refused(tooManyIds(MOST_IDS));
	const ids: unknown[] = [];
	for (const part of parts) {
		const id = part === undefined || part === null ? EMPTY : readDigits(part, ID);
		if (id.kind === 'refused') return id;
		if (id.kind === 'value') ids.push(id.value);
		else if (isWhole) return refused(gapInList(parts));
	}
	return ids.length === 0 ? EMPTY : { kind: 'value', value: ids };
}

const BETWEEN_IDS = /[,;、\t\r\n]+/;

/** What is over the bound is not even cut. */
function splitIds(text: string): readonly string[] | 'tooMany' {
	const parts = text.split(BETWEEN_IDS, MOST_IDS + 1);
	if (parts.length > MOST_IDS) return 'tooMany';
	// Some services have | within their ids, but then it is not the only mark between them.
	return parts.length === 1 ? text.split('|', MOST_IDS + 1) : parts;
}

function readAttributes(cell: unknown): Cell {
	const text = typeof cell === 'string' ? readPlain(cell, FREE) : undefined;
	if (text !== undefined && text.kind !== 'value') return text;
	const source = typeof text?.value === 'string' ? parseJson(text.value) : cell;
	if (source === null) return EMPTY;
	if (typeof source !== 'object' || Array.isArray(source)) {
		return refused(notAnObject(cell));
	}
	const names = Object.keys(source);
	if (names.length > MOST_ATTRIBUTES) return refused(tooManyAttributes(names.length, MOST_ATTRIBUTES));
	const attributes = nullPrototype();
	for (const key of names) {
		const value: unknown = Reflect.get(source, key);
		if (key.length > MOST_NAME_CHARACTERS) return refused(nameTooLong(key, MOST_NAME_CHARACTERS));
		const name = cleanText(key);
		const attribute = readCell(value, 'attribute');
		if (attribute.kind === 'refused') return refused({ ...attribute.finding, attribute: name });
		attributes[name] = attribute.kind === 'value' ? attribute.value : null;
	}
	return { kind: 'value', value: attributes };
}

/** An object that user data may key: `__proto__` and `constructor` are names like any other (law 12). */
export function nullPrototype(): Record<string, unknown> {
	return Object.create(null);
}

/** What stands behind the objects of `shaped`: nothing, not even `constructor` or a setter of `__proto__`. */
class Shaped {
	[name: string]: unknown;
}
Reflect.deleteProperty(Shaped.prototype, 'constructor');
Object.freeze(Object.setPrototypeOf(Shaped.prototype, null));

/**
 * The same for objects of which there are many with the same names. V8 makes an object without prototype a hash table of
 * its own; these share one shape, which takes a fraction of the memory (docs/benchmarks.md, the big file). Never handed
 * out: other programs take an object with an unknown prototype for no plain one.
 */
export function shaped(): Record<string, unknown> {
	return new Shaped();
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

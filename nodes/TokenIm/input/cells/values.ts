// A cell becomes a value of its field's kind, or an issue that says how to mend the sheet. Ids and phones are text:
// digits that a spreadsheet already lost are never guessed back (law 9).

import { EMPTY, refused, textCell, type Cell, type ValueOptions } from './cell';
import type { FieldKind } from '../columns/fields';
import { decimalTail, notAList, notAnObject, notText, notWhole, shortened, tooLong } from './issues';
import { readPhone } from './phones';
import { cleanCode, cleanText } from './text';
import { readTime } from './times';

export type { Cell, ValueOptions } from './cell';

/**
 * Reads one cell. Empty text, `null`, `undefined` and an empty list are `empty`. Gives text for every kind but `ids`
 * (a list of texts) and `attributes` (a null-prototype object of what the cell held, `null` where a name was empty).
 */
export function readCell(cell: unknown, kind: FieldKind | 'attribute', rules: ValueOptions = {}): Cell {
	if (cell === undefined || cell === null) return EMPTY;
	switch (kind) {
		case 'attribute':
			return readAttribute(cell);
		case 'ids':
			return readIds(cell);
		case 'attributes':
			return readAttributes(cell);
		case 'time':
			return readTime(cell, rules);
		case 'id':
			return readDigits(cell);
		case 'phone': {
			const digits = readDigits(cell);
			return digits.kind === 'value' && typeof digits.value === 'string' ? readPhone(digits.value, rules) : digits;
		}
		case 'email':
			return readText(cell, cleanCode);
		case 'text':
		case 'url':
			return readText(cell, cleanText);
	}
}

/** Reads the value of one attribute: text, a number or true/false; anything else is the profile's to refuse. */
function readAttribute(cell: unknown): Cell {
	return typeof cell === 'string' ? textCell(cleanText(cell)) : { kind: 'value', value: cell };
}

/** A spreadsheet's short form of a long number: `1.38E+10`. An id such as `7E12` has no sign and is left alone. */
const SHORTENED = /^\d(?:\.\d+)?E\+\d+$/i;
/** The same with all 15 digits that a spreadsheet keeps: the number had more (`workbook/cellText.ts`). */
const BEYOND_DIGITS = /^-?\d\.\d{14}E\+\d+$/;
const DECIMAL_TAIL = /^\d+\.0+$/;
/** How exports keep a spreadsheet from reading a text as a number: `="007"`. */
const TEXT_FORMULA = /^="([^"]*)"$/;

/** An id or a phone. */
function readDigits(cell: unknown): Cell {
	if (typeof cell === 'number') return readNumber(cell);
	const text = readText(cell, (given) => cleanCode(cleanCode(given).replace(TEXT_FORMULA, '$1')));
	if (text.kind !== 'value' || typeof text.value !== 'string') return text;
	if (BEYOND_DIGITS.test(text.value)) return refused(tooLong(text.value));
	if (SHORTENED.test(text.value)) return refused(shortened(text.value));
	if (DECIMAL_TAIL.test(text.value)) return refused(decimalTail(text.value));
	return text;
}

function readText(cell: unknown, clean: (text: string) => string): Cell {
	if (typeof cell === 'string') return textCell(clean(cell));
	if (typeof cell === 'bigint') return textCell(String(cell));
	if (typeof cell === 'number') return Number.isInteger(cell) ? readNumber(cell) : textCell(String(cell));
	return refused(notText(cell));
}

function readNumber(value: number): Cell {
	if (Number.isSafeInteger(value)) return textCell(String(value));
	return refused(Number.isInteger(value) ? tooLong(String(value)) : notWhole(String(value)));
}

/** A list, JSON text of a list, or texts separated by commas, semicolons, 、 or line breaks. */
function readIds(cell: unknown): Cell {
	const parts = Array.isArray(cell) ? cell : splitIds(cell);
	if (parts === undefined) {
		return refused(notAList(cell));
	}
	const ids: unknown[] = [];
	for (const part of parts) {
		const id = part === undefined || part === null ? EMPTY : readDigits(part);
		if (id.kind === 'refused') return id;
		if (id.kind === 'value') ids.push(id.value);
	}
	return ids.length === 0 ? EMPTY : { kind: 'value', value: ids };
}

function splitIds(cell: unknown): readonly unknown[] | undefined {
	if (typeof cell !== 'string') return typeof cell === 'object' ? undefined : [cell];
	const text = cleanCode(cell);
	if (text.startsWith('[')) {
		const parsed = parseJson(text);
		return Array.isArray(parsed) ? parsed : undefined;
	}
	return text.split(/[,;、\r\n]/);
}

function readAttributes(cell: unknown): Cell {
	const source = typeof cell === 'string' ? (cleanText(cell) === '' ? null : parseJson(cleanText(cell))) : cell;
	if (source === null) return EMPTY;
	if (typeof source !== 'object' || Array.isArray(source)) {
		return refused(notAnObject(cell));
	}
	const attributes = nullPrototype();
	for (const [name, value] of Object.entries(source)) {
		const attribute = readCell(value, 'attribute');
		attributes[cleanText(name)] = attribute.kind === 'value' ? attribute.value : null;
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

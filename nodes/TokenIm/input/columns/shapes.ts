// Whether a cell could be meant as a date, a phone and so on, well written or not: what is badly written is told of its
// row, and what is another thing altogether shows that the column was taken for what it is not.

import { MOST_ATTRIBUTES } from '../cells/bounds';
import type { FieldKind } from '../cells/cell';

/** @param cell one that is not empty */
export function looksLike(cell: unknown, kind: FieldKind): boolean {
	switch (kind) {
		case 'time':
			return typeof cell === 'object' || digitsIn(cell) >= 4;
		case 'phone':
			return digitsIn(cell) >= 4 && !String(cell).includes('@');
		case 'email':
			return typeof cell === 'string' && /[@\uFF20]|\bat\b/i.test(cell);
		case 'url':
			return typeof cell === 'string' && /[./:]/.test(cell);
		case 'text':
			return typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'bigint';
		case 'id':
		case 'ids':
		case 'attributes':
			return true;
	}
}

function digitsIn(cell: unknown): number {
	if (typeof cell !== 'string' && typeof cell !== 'number' && typeof cell !== 'bigint') return 0;
	return String(cell).replace(/\P{Nd}/gu, '').length;
}

/** Characters of a cell of Excel. Up to a thousand cells of a column are parsed. */
const MOST_LOOKED_AT = 32_767;

/**
 * What other tools call attributes: Salesforce's type and address of a record, the lists of Keycloak and of LDAP.
 * @param cell one that is not empty
 */
export function holdsForeignAttributes(cell: unknown): boolean {
	if (typeof cell === 'string' && cell.length > MOST_LOOKED_AT) return false;
	const held = typeof cell === 'string' ? parsed(cell) : cell;
	if (typeof held !== 'object' || held === null || Array.isArray(held)) return false;
	if (Object.keys(held).length > MOST_ATTRIBUTES) return false;
	const values = new Map<string, unknown>(Object.entries(held));
	const isRecord = values.size === 2 && values.has('type') && /\/sobjects\//.test(String(values.get('url')));
	return isRecord || [...values.values()].every(Array.isArray);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

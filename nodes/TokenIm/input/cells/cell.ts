// What reading a cell gives, and how its reading can be told what the sheet itself does not say.

import { misread, type CellIssue } from './issues';
import { isMisread } from './misread';

export type Cell =
	| { readonly kind: 'value'; readonly value: unknown }
	| { readonly kind: 'empty' }
	| { readonly kind: 'refused'; readonly issue: CellIssue };

/** How what is written is understood where it can be understood in more than one way. */
export interface ValueOptions {
	/** IANA name; dates without an offset are in this zone. Default: UTC. */
	readonly timeZone?: string;
	/** How dates are written, in Luxon's tokens, e.g. `dd/MM/yyyy`; without it ambiguous ones are refused. */
	readonly dateFormat?: string;
	/** E.g. `+86`: put in front of phone numbers that are written without a country code. */
	readonly defaultCountryCode?: string;
}

export const EMPTY: Cell = { kind: 'empty' };

/** What was lost on its way here is refused, wherever text is read. */
export function textCell(text: string): Cell {
	if (text === '') return EMPTY;
	return isMisread(text) ? refused(misread(text)) : { kind: 'value', value: text };
}

export function refused(issue: CellIssue): Cell {
	return { kind: 'refused', issue };
}

// What reading a cell gives, and how its reading can be told what the sheet itself does not say.

import type { Finding } from './finding';
import { isMisread } from './misread';
import { misread } from './unreadable';

/** How a cell becomes a value. Lengths and character sets are the profile's to know, not ours. */
export type FieldKind = 'id' | 'ids' | 'text' | 'url' | 'email' | 'phone' | 'time' | 'attributes';

export type Cell =
	| { readonly kind: 'value'; readonly value: unknown }
	| { readonly kind: 'empty' }
	| { readonly kind: 'refused'; readonly finding: Finding };

/** How what is written is understood where it can be understood in more than one way. */
export interface ValueOptions {
	/** IANA name; dates without an offset are in this zone. Default: UTC. */
	readonly timeZone?: string;
	/** How dates are written, in Luxon's tokens, e.g. `dd/MM/yyyy`; without it ambiguous ones are refused. */
	readonly dateFormat?: string;
	/** E.g. `+86`: put in front of phone numbers that are written without a country code. */
	readonly defaultCountryCode?: string;
	/** Whether, without that setting, mobile numbers of China are taken for what they are: the sheet shows that it holds them. */
	readonly takesChineseMobiles?: () => boolean;
	/** Where it nearly does: the row that speaks against it. */
	readonly exceptionToChina?: () => number | undefined;
	/** Whether a list with nothing in one of its places is refused: whoever is meant there must not be left out of account. */
	readonly wholeLists?: boolean;
	/** Whether a number of days is counted from 1904, as in workbooks that Excel for Mac once made. Default: as everywhere. */
	readonly countsFrom1904?: boolean;
}

export const EMPTY: Cell = { kind: 'empty' };

/** What was lost on its way here is refused, wherever text is read. */
export function textCell(text: string): Cell {
	if (text === '') return EMPTY;
	return isMisread(text) ? refused(misread(text)) : valueCell(text);
}

export function valueCell(value: unknown): Cell {
	return { kind: 'value', value };
}

export function refused(finding: Finding): Cell {
	return { kind: 'refused', finding };
}

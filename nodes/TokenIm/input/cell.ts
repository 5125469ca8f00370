// What reading a cell gives, and how its reading can be told what the sheet itself does not say.

import { ColumnsUnclear } from './columnsUnclear';
import type { CellIssue } from './issues';

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

export function textCell(text: string): Cell {
	return text === '' ? EMPTY : { kind: 'value', value: text };
}

export function refused(issue: CellIssue): Cell {
	return { kind: 'refused', issue };
}

/** Country codes have one to three digits and never start with 0 (ITU-T E.164). */
const COUNTRY_CODE = /^\+?([1-9]\d{0,2})$/;

/**
 * The rules as the readers of cells take them: empty settings are none, the country code has its `+`.
 * @throws ColumnsUnclear where a setting cannot be meant
 */
export function checkedRules({ timeZone, dateFormat, defaultCountryCode }: ValueOptions): ValueOptions {
	const code = defaultCountryCode?.replace(/\s/g, '') ?? '';
	const digits = COUNTRY_CODE.exec(code)?.[1];
	if (code !== '' && digits === undefined) {
		throw new ColumnsUnclear(
			`The Default Country Code "${code}" is none`,
			'Enter + and one to three digits, such as +86, or leave it empty. Nothing was sent.',
		);
	}
	return {
		timeZone: timeZone || undefined,
		dateFormat: dateFormat?.trim() || undefined,
		defaultCountryCode: digits === undefined ? undefined : `+${digits}`,
	};
}

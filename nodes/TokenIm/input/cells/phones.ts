// Phone numbers: what people put between digits goes, and a national number gets the country code that the user set.
// Nothing is guessed: without that setting a national number is refused. What is no number the profile judges.

import { refused, textCell, type Cell, type ValueOptions } from './cell';
import { countryUnclear, noCountryCode } from './unreadable';

const BETWEEN_DIGITS = /[\s().\-/\u2010-\u2015·]/g;
/** `+44 (0) 20 …`: the 0 is dialled at home only. */
const TRUNK_IN_BRACKETS = /^(\+[\d\s]+)\(0\)/;

/** Countries whose numbers keep their leading 0 abroad (ITU-T national numbering plans). */
const KEEP_ZERO: ReadonlySet<string> = new Set(['+39', '+378', '+379', '+225', '+241', '+242']);
/** A mobile number of China has 11 digits and starts with 1; with 86 before it there is nothing else it could be. */
const CHINESE_MOBILE_WITH_CODE = /^861[3-9]\d{9}$/;
/** The longest national numbers that most countries have, without their trunk prefix. */
const LONGEST_NATIONAL_DIGITS = 11;

/** @param text a cleaned text that is not empty */
export function readPhone(text: string, { defaultCountryCode: code }: ValueOptions): Cell {
	const digits = text.replace(TRUNK_IN_BRACKETS, '$1').replace(BETWEEN_DIGITS, '');
	if (/^\+\d+$/.test(digits)) return textCell(digits);
	if (!/^\d{4,15}$/.test(digits)) return textCell(text);
	if (code === undefined) return refused(noCountryCode(text));
	// 00 is the ITU's international prefix (E.123); no national number starts with it.
	if (digits.startsWith('00')) return textCell(`+${digits.slice(2)}`);
	if (code === '+86' && CHINESE_MOBILE_WITH_CODE.test(digits)) return textCell(`+${digits}`);
	const national = withoutTrunk(digits, code);
	if (
		national === digits &&
		digits.startsWith(code.slice(1)) &&
		digits.length >= LONGEST_NATIONAL_DIGITS + (code === '+86' ? 1 : 0)
	) {
		return refused(countryUnclear(text, code));
	}
	return textCell(code + national);
}

/** National numbers are written with a prefix for calls at home: 0 nearly everywhere, 1 in North America, 8 in Russia. */
function withoutTrunk(digits: string, code: string): string {
	if (code === '+1') return digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
	if (code === '+7') return digits.length === 11 && /^[78]/.test(digits) ? digits.slice(1) : digits;
	return KEEP_ZERO.has(code) ? digits : digits.replace(/^0/, '');
}

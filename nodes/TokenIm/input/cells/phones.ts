// Phone numbers: what people put between digits goes, and a national number gets the country code that the user set, by
// the numbering plans that libphonenumber knows. Nothing is guessed: without that setting a national number is refused,
// and so is a cell that holds more than one number. What is no number the profile judges.

import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { refused, textCell, valueCell, type Cell, type ValueOptions } from './cell';
import { countryUnclear, noCountryCode, notOfPlan, severalPhones, withExtension } from './unreadable';

/** @param text a cleaned text that is not empty */
export function readPhone(text: string, rules: ValueOptions): Cell {
	// Most cells hold a number and nothing else.
	if (TIDY.test(text)) return ofDigits(text, text, text, rules);
	const plain = text.replace(/^tel:\s*/i, '');
	const number = plain.replace(TRUNK_IN_BRACKETS, withoutTrunk);
	if (HAS_EXTENSION.test(plain)) return refused(withExtension(text));
	if (isSeveral(number)) return refused(severalPhones(text));
	return ofDigits(number.replace(BETWEEN_DIGITS, ''), plain, text, rules);
}

/** @param plain as it was written, grouped or not */
function ofDigits(digits: string, plain: string, text: string, rules: ValueOptions): Cell {
	const { defaultCountryCode: code, takesChineseMobiles } = rules;
	if (digits.startsWith('+') && TIDY.test(digits)) return international(digits, text);
	if (!/^(?:00\d{4,15}|\d{4,15})$/.test(digits)) return textCell(text);
	if (code === undefined) {
		if (!isChineseMobile(plain)) return refused(noCountryCode(text));
		return takesChineseMobiles?.() === true
			? textCell(`+86${digits}`)
			: refused(noCountryCode(text, rules.exceptionToChina?.()));
	}
	// 00 is the ITU's international prefix (E.123); no national number starts with it.
	if (digits.startsWith('00')) return international(`+${digits.slice(2)}`, text);
	return national(digits, code, text);
}

/** Whether a text is a mobile number of China without country code, also in how its digits are grouped. */
export function isChineseMobile(text: string): boolean {
	return /^1[3-9]\d[\s-]*(?:\d{4}[\s-]*\d{4}|\d{8})$/.test(text);
}

/** Whether a text is a number as North America writes it at home, with the 1 in front. */
export function isAmerican(text: string): boolean {
	const digits = text.replace(BETWEEN_DIGITS, '');
	return digits.length === 11 && parsed(`+${digits}`, undefined)?.startsWith('+1') === true;
}

/** A mobile number of China has 11 digits and starts with 1. */
const CHINESE_MOBILE = /^1[3-9]\d{9}$/;
/** With 86 before it there is nothing else it could be. */
const CHINESE_MOBILE_WITH_CODE = /^861[3-9]\d{9}$/;

const TIDY = /^\+?\d+$/;
const BETWEEN_DIGITS = /[\s().\-/\u2010-\u2015·]/g;
/** `+44 (0) 20 …`, `0044 (0)20 …`: the 0 is dialled at home only. */
const TRUNK_IN_BRACKETS = /^(\(?(?:\+|00)[\d\s().-]{1,8}?)\(\s*0\s*\)/;

/** Countries whose numbers keep their leading 0 abroad (ITU-T national numbering plans). */
const KEEP_ZERO = /^(?:\+|00)(?:39|378|379|225|241|242|229)/;

function withoutTrunk(_all: string, before: string): string {
	return KEEP_ZERO.test(before.replace(BETWEEN_DIGITS, '')) ? `${before}0` : before;
}

/** `ext. 5`, `x5`, `#5`, `;ext=5`, `转 801`, `доб. 12`, and digits in brackets behind a number: `88888888(801)`. */
const HAS_EXTENSION =
	/\d\s*(?:(?:;\s*)?ext(?:n|ension)?\b\.?|[x#]|转|轉|分机|分機|内线|內線|доб\.?|вн\.?|durchwahl|dw|poste|int\.?|anexo|ramal|interno)\s*[=.:]?\s*\d+\)?$|\d\s*[(（]\s*\d{1,5}\s*[)）]$/iu;

/**
 * Two numbers in a cell: between them stands what stands in no number, a second +, or a slash. One slash may also stand
 * behind the area code, as in `030/123456`: then few digits are before it.
 */
function isSeveral(text: string): boolean {
	if (/\d\D*(?:[,;|、&\n+]|\b(?:or|and|und|oder|ou|et|y|o)\b|或|和)\D*\d/iu.test(text)) return true;
	const slash = text.indexOf('/');
	if (slash < 0) return false;
	const before = text.slice(0, slash).replace(/\D/g, '').length;
	const most = /^\(?(?:\+|00)/.test(text) ? 7 : 6;
	return before > most || text.includes('/', slash + 1) || /^\s*-/.test(text.slice(slash + 1));
}

/** Country codes of one and two digits (ITU-T E.164); all others have three. */
const CODE = '(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\\d{3})';
/** A national number that begins with 0 is still written as at home, nearly everywhere. */
const WITH_TRUNK = new RegExp(`^\\+${CODE}0`);
/** Numbers of a usual length; of the plans with one length that one alone. */
const USUAL = /^\+(?:1[2-9]\d{9}|7\d{10}|86(?:1[3-9]\d{9}|(?!1[3-9])\d{9,11})|(?!1|7|86)[2-9]\d{7,12})$/;

/** What the library lets pass: a mobile number of China that lacks digits, or has more. */
const SHORT_MOBILE = /^\+861[3-9](?!\d{9}$)/;

/** A number with its country code. Where it is written as usual that is enough, and costs next to nothing. */
function international(digits: string, text: string): Cell {
	const isClear = USUAL.test(digits) && (!WITH_TRUNK.test(digits) || KEEP_ZERO.test(digits));
	return isClear ? valueCell(digits) : ofPlan(digits, undefined, text);
}

function national(digits: string, code: string, text: string): Cell {
	if (code === '+86' && CHINESE_MOBILE.test(digits)) return valueCell(code + digits);
	if (digits.startsWith(code.slice(1))) {
		const whole = parsed(`+${digits}`, undefined);
		if (whole !== undefined) {
			// There the prefix for calls at home is the country code, or its number is like nothing else.
			const isSure = code === '+1' || code === '+7' || (code === '+86' && CHINESE_MOBILE_WITH_CODE.test(digits));
			return isSure ? textCell(whole) : refused(countryUnclear(text, code));
		}
	}
	return ofPlan(digits, code, text);
}

function ofPlan(digits: string, code: string | undefined, text: string): Cell {
	const number = parsed(digits, code);
	return number === undefined ? refused(notOfPlan(text, code)) : textCell(number);
}

/** The number in E.164, where the numbering plan of its country has such numbers. */
function parsed(digits: string, code: string | undefined): string | undefined {
	const number = parsePhoneNumberFromString(digits, { defaultCallingCode: code?.slice(1), extract: false });
	if (number?.isValid() !== true || SHORT_MOBILE.test(number.number)) return undefined;
	return number.number;
}

// What a web address, a moment, an e-mail address and a phone number look like (the contract, `User`).

import { badFormat, type Finding } from './findings';

/** Checks a text that is not empty; `undefined` where nothing is wrong. */
export type Format = (text: string) => Finding | undefined;

/** http(s), without spaces: URL parsers drop line breaks silently. */
export const url: Format = (text) =>
	/^https?:\/\/\S+$/i.test(text) && URL.canParse(text)
		? undefined
		: badFormat(
				'not_a_url',
				text,
				'an address that starts with http:// or https://',
				'Write the whole address, such as https://example.com/a.png.',
			);

export const email: Format = (text) =>
	text.length <= 254 && /^[^\s@]+@[^\s@]+$/.test(text)
		? undefined
		: badFormat('not_an_email', text, 'one e-mail address', 'Write one address, such as li.lei@example.com.');

/** E.164. */
export const phone: Format = (text) =>
	/^\+[1-9]\d{1,14}$/.test(text)
		? undefined
		: badFormat(
				'not_a_phone',
				text,
				'a phone number: + and country code, then digits only',
				'Write it with + and the country code, without spaces or brackets, such as +8613800138000.',
			);

/** RFC 3339 with offset. */
export const dateTime: Format = (text) => {
	if (isInstant(text)) return undefined;
	const isDayNumber = /^\d{5}(\.\d+)?$/.test(text);
	return badFormat(
		'not_a_time',
		text,
		'a date with time and offset, such as 2026-09-01T08:00:00+08:00',
		isDayNumber
			? 'This is the number by which a spreadsheet counts days. Format the column as Text and write 2026-09-01T08:00:00+08:00.'
			: 'Write date, time and offset from UTC, such as 2026-09-01T08:00:00+08:00.',
	);
};

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[Zz]|[+-](\d\d):(\d\d))$/;

function isInstant(text: string): boolean {
	const match = INSTANT.exec(text);
	if (match === null) return false;
	const [, year, month, day, hour, minute, second, offsetHours = 0, offsetMinutes = 0] = match;
	return (
		Number(day) >= 1 &&
		Number(day) <= daysOf(Number(year), Number(month)) &&
		Number(hour) <= 23 &&
		Number(minute) <= 59 &&
		Number(second) <= 60 &&
		Number(offsetHours) <= 23 &&
		Number(offsetMinutes) <= 59
	);
}

/** 0 for a month that does not exist. */
function daysOf(year: number, month: number): number {
	if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
	if (month < 1 || month > 12) return 0;
	return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

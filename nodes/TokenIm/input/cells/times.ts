// Times become RFC 3339 with an offset. What can be read in two ways is refused, never guessed.

import { DateTime } from 'luxon';
import { refused, textCell, valueCell, type Cell, type ValueOptions } from './cell';
import { ambiguousDate, impossibleDate, notATime, notOfFormat, otherYear } from './unreadable';
import { isInstant } from './instants';

/** @param cell a cleaned text, a number (how a spreadsheet counts days), a Date, or Luxon's DateTime as n8n's expressions give it */
export function readTime(cell: unknown, rules: ValueOptions): Cell {
	if (typeof cell === 'number' || typeof cell === 'bigint') return readText(String(cell), rules);
	if (typeof cell === 'string') return readText(cell, rules);
	const text = cell instanceof Date ? isoOfDate(cell) : isoOfLuxon(cell);
	return text === undefined ? refused(notATime(cell)) : textCell(text);
}

const TIME =
	/(?:[Tt\s]\s*)?(?:(上午|下午)\s*)?(?<hour>\d{1,2})(?::|时|時|点|點)(?:(?<minute>\d{1,2})分?(?:(?::|(?<=分))(?<second>\d{1,2})(?:[.,](?<fraction>\d{1,9}))?秒?)?)?(?:\s*(?<half>[AaPp])\.?[Mm]\.?)?/u
		.source;
/**
 * `Z`, `+08:00`, `+0800`, `GMT+0800`; `+00` as PostgreSQL writes it, `-05` only behind seconds, for `08:00-09` may be
 * from eight to nine. A name behind the offset adds nothing to it: `+0800 CST` (Go), `+08:00[Asia/Shanghai]` (Java).
 */
const OFFSET =
	/(?:\s*(?<offset>[Zz](?:\[\w+\])?|(?:UTC|GMT)?[+-](?:[01]\d|2[0-3]):?[0-5]\d|\+(?:[01]\d|2[0-3])|(?<=:\d\d:\d\d(?:[.,]\d+)?)-(?:[01]\d|2[0-3])|UTC|GMT)(?:\s+(?<zone>[A-Z]{2,5})|\[[\w/+-]+\])?)?/
		.source;
/** 2026-07-02, 2026/7/2, 2026.7.2, 2026年7月2日. */
const YEAR_FIRST = new RegExp(
	`^(?<year>\\d{4})\\s*(?:-|/|\\.|年)\\s*(?<one>\\d{1,2})\\s*(?:-|/|\\.|月)\\s*(?<two>\\d{1,2})日?(?:${TIME}${OFFSET})?$`,
	'u',
);
/** ISO 8601's basic form, which tells itself from other numbers by its T: 20240901T080000Z. */
const BASIC = new RegExp(
	`^(?<year>\\d{4})(?<one>\\d\\d)(?<two>\\d\\d)T(?<hour>\\d\\d)(?<minute>\\d\\d)(?:(?<second>\\d\\d)(?:[.,](?<fraction>\\d{1,9}))?)?${OFFSET}$`,
	'u',
);
/** 7/2/2026 and 2.7.2026: which is the day, the numbers must tell. */
const YEAR_LAST = new RegExp(
	`^(?<one>\\d{1,2})(?:-|/|\\.)(?<two>\\d{1,2})(?:-|/|\\.)(?<year>\\d{4}),?(?:${TIME}${OFFSET})?$`,
	'u',
);

/** How a spreadsheet counts: days since 1899-12-30, the time of day as a fraction; five digits are 1927 to 2173. */
const DAY_NUMBER = /^\d{5}(?:[.,]\d+)?$/;
const DAY_ZERO_MS = Date.UTC(1899, 11, 30);
const DAY_ZERO_1904_MS = Date.UTC(1904, 0, 1);
const SECONDS_A_DAY = 86_400;
/**
 * Seconds or milliseconds since 1970, from 2001 to early 2030: with more digits than a day number, and as a date written
 * without separators they would be of the years 1000 to 1899.
 */
const EPOCH = /^1[0-8]\d{8}(?:(?<milliseconds>\d{3})|\.(?<fraction>\d{1,6}))?$/;

function readText(text: string, rules: ValueOptions): Cell {
	if (text === '') return textCell('');
	const formatted = rules.dateFormat === undefined ? undefined : byFormat(text, rules.dateFormat, rules);
	if (formatted !== undefined) return formatted;
	if (isInstant(text)) return isOurs(Number(text.slice(0, 4))) ? valueCell(text) : refused(otherYear(text));
	if (DAY_NUMBER.test(text)) return ofDayNumber(Number(text.replace(',', '.')), rules);
	if (EPOCH.test(text)) return ofEpoch(text);
	const yearFirst = (YEAR_FIRST.exec(text) ?? BASIC.exec(text))?.groups;
	if (yearFirst !== undefined) return ofParts(text, yearFirst, Number(yearFirst.one), Number(yearFirst.two), rules);
	const yearLast = YEAR_LAST.exec(text)?.groups;
	if (yearLast === undefined) return refused(notATime(text));
	if (rules.dateFormat !== undefined) return refused(notOfFormat(text, rules.dateFormat));
	const one = Number(yearLast.one);
	const two = Number(yearLast.two);
	if (one <= 12 && two <= 12 && one !== two) return refused(ambiguousDate(text));
	return ofParts(text, yearLast, ...(one > 12 ? ([two, one] as const) : ([one, two] as const)), rules);
}

function ofParts(
	text: string,
	parts: Record<string, string | undefined>,
	month: number,
	day: number,
	rules: ValueOptions,
): Cell {
	const hour = hourOf(text, parts);
	const date = {
		year: Number(parts.year),
		month,
		day,
		hour,
		minute: Number(parts.minute ?? 0),
		second: Number(parts.second ?? 0),
		millisecond: Number((parts.fraction ?? '0').padEnd(3, '0').slice(0, 3)),
	};
	const { offset, zone } = parts;
	// The name says UTC and the number another time.
	if (/^(?:UTC|GMT)$/.test(zone ?? '') && !isZero(offset)) return refused(notATime(text));
	const moment = DateTime.fromObject(date, { zone: offset === undefined ? (rules.timeZone ?? 'utc') : zoneOf(offset) });
	if (!moment.isValid) return refused(impossibleDate(text));
	return isOurs(date.year) ? isoCell(moment) : refused(otherYear(text));
}

/**
 * Years of other calendars look like ours: 2567 in Thailand, 1403 in Iran, 1446 of the Hijra are 2024. And programs write
 * 0001, 1601 and 9999 for no date at all.
 */
function isOurs(year: number): boolean {
	return year >= 1900 && year <= 2200;
}

/** 12 AM and 上午12 are midnight, 12 PM and 下午12 noon. */
function hourOf(text: string, { hour, half }: Record<string, string | undefined>): number {
	if (hour === undefined) return 0;
	const isMorning = half?.toLowerCase() === 'a' || text.includes('上午');
	const isAfternoon = half?.toLowerCase() === 'p' || text.includes('下午');
	const number = Number(hour);
	if (isMorning) return number === 12 ? 0 : number;
	return isAfternoon && number < 12 ? number + 12 : number;
}

function zoneOf(offset: string): string {
	const [, sign, hours, minutes = '00'] = /([+-])(\d\d):?(\d\d)?$/.exec(offset) ?? [];
	return sign === undefined ? 'utc' : `utc${sign}${hours}:${minutes}`;
}

function isZero(offset: string | undefined): boolean {
	return !/[1-9]/.test(offset ?? '');
}

function ofEpoch(text: string): Cell {
	const parts = EPOCH.exec(text)?.groups;
	const isMilliseconds = parts?.milliseconds !== undefined;
	const ms = isMilliseconds ? Number(text) : Math.round(Number(text) * 1000);
	return isoCell(DateTime.fromMillis(ms, { zone: 'utc' }));
}

function ofDayNumber(days: number, rules: ValueOptions): Cell {
	// Fractions are not exact: a second is as near as a spreadsheet shows.
	const zeroMs = rules.countsFrom1904 === true ? DAY_ZERO_1904_MS : DAY_ZERO_MS;
	const wallClock = new Date(zeroMs + Math.round(days * SECONDS_A_DAY) * 1000);
	return isoCell(
		DateTime.fromJSDate(wallClock, { zone: 'utc' }).setZone(rules.timeZone ?? 'utc', { keepLocalTime: true }),
	);
}

/** `undefined` where the text is not written in the format; a time may follow a format that has none. */
function byFormat(text: string, format: string, rules: ValueOptions): Cell | undefined {
	for (const tail of ['', ' H:mm', ' H:mm:ss']) {
		const moment = DateTime.fromFormat(text, format + tail, {
			zone: rules.timeZone ?? 'utc',
			locale: 'en-US',
			setZone: false,
		});
		if (moment.isValid) return isoCell(moment);
		if (moment.invalidReason === 'unit out of range') return refused(impossibleDate(text));
	}
	return undefined;
}

function isoCell(moment: DateTime): Cell {
	return textCell(moment.toISO({ suppressMilliseconds: true }) ?? '');
}

function isoOfDate(date: Date): string | undefined {
	return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** Known by its shape, because the host brings its own copy of Luxon. */
function isoOfLuxon(value: unknown): string | undefined {
	if (typeof value !== 'object' || value === null || !('isLuxonDateTime' in value)) return undefined;
	if (!('toISO' in value) || typeof value.toISO !== 'function') return undefined;
	const text: unknown = value.toISO();
	return typeof text === 'string' ? text : undefined;
}

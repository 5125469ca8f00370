// The value of a cell as text: what a CSV file of the sheet would say, but with nothing lost. Dates have the year first,
// in the time of the clock on the wall; whole numbers have all their digits and the zeros that the sheet shows.

import type { NumberFormat, Place } from './numberFormat';

const SECONDS_A_DAY = 86_400;
/** The last day that a spreadsheet knows, 9999-12-31. */
const LAST_DAY = 2_958_465;
/** Spreadsheets keep 15 digits of a number. */
const DIGITS = 15;

/** @param written as the file says it; what is no number stays as it is */
export function numberText(written: string, format: NumberFormat, countsFrom1904: boolean): string {
	const value = Number(written);
	if (written.trim() === '' || !Number.isFinite(value)) return written;
	switch (format.kind) {
		case 'moment':
			return momentText(value, format.hasDate, countsFrom1904) ?? plainText(value);
		case 'duration':
			return value < 0 ? plainText(value) : clockText(Math.round(value * SECONDS_A_DAY));
		case 'digits':
			return digitsText(value, format.places) ?? plainText(value);
		case 'plain':
			return plainText(value);
	}
}

/** Beyond 15 digits in the short form of a spreadsheet, with all it has: nobody takes that for an ID or a phone. */
function plainText(value: number): string {
	if (Number.isInteger(value))
		return Math.abs(value) < 10 ** DIGITS ? String(value) : value.toExponential(DIGITS - 1).toUpperCase();
	return String(Number(value.toPrecision(DIGITS)));
}

function digitsText(value: number, places: readonly Place[]): string | undefined {
	if (!Number.isInteger(value) || value < 0 || value >= 10 ** DIGITS) return undefined;
	const digits = value === 0 ? [] : [...String(value)];
	const first = places.findIndex((place) => 'digit' in place);
	let text = '';
	for (const [index, place] of [...places.entries()].reverse()) {
		if ('literal' in place) text = place.literal + text;
		else if (index === first) text = (digits.splice(0).join('') || (place.digit === '0' ? '0' : '')) + text;
		else text = (digits.pop() ?? (place.digit === '0' ? '0' : '')) + text;
	}
	return /\d/.test(text) ? text : undefined;
}

/** @returns `undefined` where the number is no moment that a spreadsheet knows */
function momentText(value: number, hasDate: boolean, countsFrom1904: boolean): string | undefined {
	// Fractions are not exact: a second is as near as a spreadsheet shows.
	const seconds = Math.round(value * SECONDS_A_DAY);
	const day = Math.floor(seconds / SECONDS_A_DAY);
	const time = clockText(seconds - day * SECONDS_A_DAY).padStart(8, '0');
	if (value < 0 || day > LAST_DAY) return undefined;
	if (day === 0 && !hasDate) return time;
	const date = countsFrom1904 ? isoDay(Date.UTC(1904, 0, 1), day) : dateFrom1900(day);
	return time === '00:00:00' ? date : `${date}T${time}`;
}

/** Day 60 is a 29 February that 1900 did not have; day 0, as an empty formula gives it, is shown as 1900-01-00. */
function dateFrom1900(day: number): string {
	if (day === 0) return '1900-01-00';
	if (day === 60) return '1900-02-29';
	return isoDay(Date.UTC(1899, 11, day < 60 ? 31 : 30), day);
}

function isoDay(zeroMs: number, day: number): string {
	return new Date(zeroMs + day * SECONDS_A_DAY * 1000).toISOString().slice(0, 10);
}

function clockText(seconds: number): string {
	const two = (number: number) => String(number).padStart(2, '0');
	return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

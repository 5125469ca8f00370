// The settings by which dates and phones are understood, checked once before the first row is read.

import { DateTime, IANAZone } from 'luxon';
import type { ValueOptions } from '../cells/cell';
import { ColumnsUnclear } from './columnsUnclear';

/** Country codes have one to three digits and never start with 0 (ITU-T E.164). */
const COUNTRY_CODE = /^\+?([1-9]\d{0,2})$/;

/**
 * The rules as the readers of cells take them: empty settings are none, the country code has its `+`.
 * @throws ColumnsUnclear where a setting cannot be meant
 */
export function checkedRules({ timeZone, dateFormat, defaultCountryCode, wholeLists }: ValueOptions): ValueOptions {
	const code = defaultCountryCode?.replace(/\s/g, '') ?? '';
	const digits = COUNTRY_CODE.exec(code)?.[1];
	if (code !== '' && digits === undefined) {
		throw new ColumnsUnclear(
			`The Default Country Code "${code}" is none`,
			'Enter + and one to three digits, such as +86, or leave it empty. Nothing was sent.',
		);
	}
	return {
		timeZone: checkedZone(timeZone || undefined),
		dateFormat: checkedFormat(dateFormat?.trim() || undefined),
		defaultCountryCode: digits === undefined ? undefined : `+${digits}`,
		wholeLists,
	};
}

function checkedZone(timeZone: string | undefined): string | undefined {
	if (timeZone !== undefined && !IANAZone.isValidZone(timeZone)) {
		throw new ColumnsUnclear(
			`The time zone "${timeZone}" is not known`,
			'Dates without an offset are read in it. Choose another one in the settings of the workflow, or of n8n (GENERIC_TIMEZONE), such as Europe/Berlin or Asia/Shanghai. Nothing was sent.',
		);
	}
	return timeZone;
}

/** A day whose parts are told apart by their numbers, and that is in no current year. */
const PROBE = DateTime.utc(1998, 11, 23);
/** Tokens of other tools: Luxon takes Y for the letter and D, beside other tokens, for a whole date. */
const FOREIGN = /Y|D+.*[My]|[My].*D/;

/** A format is one where a date that is written by it is read as the same day. */
function checkedFormat(format: string | undefined): string | undefined {
	if (format === undefined) return undefined;
	const bare = format.replace(/'[^']*'/g, '');
	const again = DateTime.fromFormat(PROBE.toFormat(format, { locale: 'en-US' }), format, {
		zone: 'utc',
		locale: 'en-US',
	});
	if (FOREIGN.test(bare) || !again.isValid || !again.hasSame(PROBE, 'day')) {
		throw new ColumnsUnclear(
			`The Date Format "${format}" does not name a day, a month and a year`,
			'Write dd for the day, MM for the month and yyyy for the year, such as dd/MM/yyyy or M/d/yyyy; small mm are minutes. Or leave it empty: dates with the year first need none. Nothing was sent.',
		);
	}
	return format;
}
